//! The options that say which feature flags are on while a build serves.

use crate::cli::failure::Failure;
use crate::model::{FlagState, Flags, Policy};
use crate::registry::Registry;
use crate::support::suggest::unknown;

/// The states of feature flags, of the commands that compare two builds.
#[derive(Debug, clap::Args)]
pub(super) struct FlagArgs {
    /// State of a feature flag in OLD, such as `new-checkout=off` (repeatable) [default: from
    /// `[flags]` in the policy file, otherwise on]
    #[arg(long, value_name = "NAME=on|off")]
    old_flag: Vec<FlagState>,
    /// State of a feature flag in NEW (repeatable)
    #[arg(long, value_name = "NAME=on|off")]
    new_flag: Vec<FlagState>,
}

/// Two builds, with what of them is awake.
pub(super) struct Awake {
    pub(super) old: Registry,
    pub(super) new: Registry,
    /// Whether the two are one build, of which only flags change: on all nodes at once.
    pub(super) is_flip: bool,
}

impl FlagArgs {
    /// What of the two builds is awake under the policy's flags and the stated ones.
    pub(super) fn awake(
        &self,
        old: Registry,
        new: Registry,
        policy: &mut Policy,
    ) -> Result<Awake, Failure> {
        let [old_flags, new_flags] = self.flags(&[&old, &new], policy)?;
        let is_one_build = old.release == new.release && old.same_items(&new);
        let (old, new) = (old_flags.awake(old), new_flags.awake(new));
        let is_flip = is_one_build && !old.same_items(&new);
        if is_flip {
            *policy = policy.clone().for_flip();
        }
        Ok(Awake { old, new, is_flip })
    }

    /// The flags of the old build and of the new ones. A flag behind which nothing is in any
    /// build is a typing error.
    pub(super) fn flags(
        &self,
        builds: &[&Registry],
        policy: &Policy,
    ) -> Result<[Flags; 2], Failure> {
        let mut known: Vec<&str> = builds.iter().flat_map(|build| build.flags()).collect();
        known.sort_unstable();
        known.dedup();
        let mut stated = self.old_flag.iter().chain(&self.new_flag);
        if let Some(state) = stated.find(|state| !known.contains(&&*state.name)) {
            let what = format!("item behind a flag `{}`", state.name);
            return Err(Failure::Usage(if known.is_empty() {
                format!("there is no {what}, nor behind any other flag")
            } else {
                unknown(&what, &state.name, &known)
            }));
        }
        Ok([&self.old_flag, &self.new_flag].map(|stated| policy.flags.with(stated)))
    }
}
