//! The options that say which feature flags are on while a build serves.

use crate::cli::failure::Failure;
use crate::gate::unknown_flag;
use crate::ledger::{Ledger, State};
use crate::model::{FlagState, Flags, Policy, Turn};
use crate::registry::Registry;

/// The states of feature flags, of the commands that compare two builds.
#[derive(Debug, clap::Args)]
pub(super) struct FlagArgs {
    /// State of a feature flag in OLD, such as `new-checkout=off` (repeatable) [default: as the
    /// ledger has it with a release, otherwise from `[flags]` in the policy file, otherwise on]
    #[arg(long, value_name = "NAME=on|off")]
    old_flag: Vec<FlagState>,
    /// State of a feature flag in NEW (repeatable) [default: as the ledger has it with NEW, or
    /// with OLD, otherwise from `[flags]` in the policy file, otherwise on]
    #[arg(long, value_name = "NAME=on|off")]
    new_flag: Vec<FlagState>,
}

/// The states of feature flags, of the commands that judge a candidate among the releases of
/// a ledger.
#[derive(Debug, clap::Args)]
pub(super) struct CandidateFlagArgs {
    /// State of a feature flag in BUILD, such as `new-checkout=off` (repeatable) [default: as
    /// the app was deployed last, otherwise from `[flags]` in the policy file, otherwise on]
    #[arg(long = "flag", value_name = "NAME=on|off")]
    stated: Vec<FlagState>,
}

impl CandidateFlagArgs {
    /// What is recorded of the candidate's flags: those of its app's last deployment, except for
    /// those that are stated.
    pub(super) fn recorded(
        &self,
        candidate: &Registry,
        (ledger, state): (&Ledger, &State),
    ) -> Result<Flags, Failure> {
        let app = &candidate.release.name;
        let live = state.live.iter().map(|live| &*live.registry);
        let of_app = live.filter(|registry| registry.release.name == *app);
        let builds = of_app.chain([candidate]);
        let known: Vec<&str> = builds.flat_map(Registry::flags).collect();
        let mut stated = self.stated.iter();
        if let Some(state) = stated.find(|state| !known.contains(&&*state.name)) {
            return Err(Failure::Usage(unknown_flag(state, known)));
        }
        Ok(ledger.flags(state, app)?.with(&self.stated))
    }

    /// A flag that is stated and has another state in a release that runs.
    pub(super) fn turned(&self, running: &Flags, policy: &Policy) -> Option<&FlagState> {
        let flags = policy.flags.overridden_by(running);
        let mut stated = self.stated.iter();
        stated.find(|state| flags.is_on(&state.name) != state.is_on)
    }
}

/// A build, and the flags that the ledger keeps with its deployment; a file has none.
pub(super) struct Opened {
    pub(super) registry: Registry,
    pub(super) flags: Option<Flags>,
}

impl From<Registry> for Opened {
    fn from(registry: Registry) -> Self {
        Self {
            registry,
            flags: None,
        }
    }
}

/// Two builds, with what of them is awake.
pub(super) struct Awake {
    pub(super) old: Registry,
    pub(super) new: Registry,
    /// The flags of the new build.
    pub(super) flags_of_new: Flags,
}

impl FlagArgs {
    /// What of the two builds is awake under their flags. If they are one build, of which only
    /// flags differ, the policy is that of turning them.
    pub(super) fn awake(
        &self,
        old: Opened,
        new: Opened,
        policy: &mut Policy,
    ) -> Result<Awake, Failure> {
        let mut flags = self.flags(&[&old, &new], policy)?;
        let (old, new) = (old.registry, new.registry);
        let flags_of_new = flags.pop().unwrap_or_default();
        let flags_of_old = flags.pop().unwrap_or_default();
        let is_one_build = old.release == new.release && old.same_items(&new);
        let turn = Turn::between(&flags_of_old, &flags_of_new, &new.flags());
        let (old, new) = (flags_of_old.awake(old), flags_of_new.awake(new));
        if let Some(turn) = turn.filter(|_| is_one_build) {
            *policy = policy.clone().for_flip(turn);
        }
        Ok(Awake {
            old,
            new,
            flags_of_new,
        })
    }

    /// The flags of the old build, and of each that follows it: those that are stated; otherwise
    /// those that the ledger keeps with its deployment, or with that of the same app before it;
    /// otherwise the policy's. A flag behind which nothing is in any build is a typing error.
    pub(super) fn flags(&self, builds: &[&Opened], policy: &Policy) -> Result<Vec<Flags>, Failure> {
        let known = builds.iter().flat_map(|build| build.registry.flags());
        let mut known: Vec<&str> = known.collect();
        known.sort_unstable();
        known.dedup();
        let mut stated = self.old_flag.iter().chain(&self.new_flag);
        if let Some(state) = stated.find(|state| !known.contains(&&*state.name)) {
            return Err(Failure::Usage(unknown_flag(state, known)));
        }
        let mut before: Option<(&str, &Flags)> = None;
        let each = builds.iter().enumerate().map(|(position, build)| {
            let app = &*build.registry.release.name;
            let inherited = before.filter(|(other, _)| *other == app);
            let recorded = build.flags.as_ref();
            let recorded = recorded.or(inherited.map(|(_, flags)| flags));
            before = recorded.map(|flags| (app, flags)).or(before);
            let stated = match position {
                0 => &self.old_flag,
                _ => &self.new_flag,
            };
            let flags = recorded.map_or_else(
                || policy.flags.clone(),
                |recorded| policy.flags.overridden_by(recorded),
            );
            flags.with(stated)
        });
        Ok(each.collect())
    }
}
