//! A feature flag that is turned: each release that runs and has something behind it goes on
//! with other flags, at once on all nodes. Pages of before meet the nodes of after; nothing
//! else does.

use crate::ledger::{Live, State};
#[cfg(feature = "cli")]
use crate::model::Verdict;
use crate::model::{FlagState, Flags, Policy};
use crate::support::suggest::unknown;

use super::awake::Awake;

/// A flag that is turned for what runs.
#[derive(Debug)]
pub struct Flip<'s> {
    /// The releases that go on with other flags.
    pub turned: Vec<Turned<'s>>,
    /// The deployments that have been turned, and only have to be ended: somebody was
    /// interrupted.
    pub left: Vec<&'s Live>,
}

/// A release that goes on with other flags.
#[derive(Debug)]
pub struct Turned<'s> {
    /// The deployment that ends.
    pub live: &'s Live,
    /// The flags of the one that takes its place.
    pub flags: Flags,
    /// What is judged.
    pub awake: Awake,
}

impl<'s> Flip<'s> {
    /// Turns a flag for all that runs, or for one app.
    ///
    /// # Errors
    ///
    /// If the app does not run, or nothing that runs is behind such a flag: in words.
    pub fn new(
        state: &'s State,
        flag: &FlagState,
        app: Option<&str>,
        policy: &Policy,
    ) -> Result<Self, String> {
        let running: Vec<&Live> = state.live.iter().filter(|live| live.is_running()).collect();
        let name = |live: &&&'s Live| app.is_none_or(|app| live.deployment.release.name == app);
        let of_app: Vec<&'s Live> = running.iter().filter(name).copied().collect();
        if let (Some(app), []) = (app, &of_app[..]) {
            let mut apps: Vec<&str> = running.iter().map(|live| app_of(live)).collect();
            apps.dedup();
            return Err(unknown("running app", app, &apps));
        }
        let known: Vec<&'s Live> = of_app
            .iter()
            .filter(|live| live.registry.flags().contains(&&*flag.name))
            .copied()
            .collect();
        if known.is_empty() {
            let flags = of_app.iter().flat_map(|live| live.registry.flags());
            return Err(unknown_flag(flag, flags.collect()));
        }
        let is_turned = |live: &Live| {
            let flags = policy.flags.overridden_by(&live.deployment.flags);
            flags.is_on(&flag.name) == flag.is_on
        };
        let (done, others): (Vec<&Live>, Vec<&Live>) =
            known.into_iter().partition(|live| is_turned(live));
        let (left, others): (Vec<&Live>, Vec<&Live>) = others.into_iter().partition(|live| {
            let flags = with(&live.deployment.flags, flag);
            done.iter()
                .any(|done| is_same_build(done, live) && done.deployment.flags == flags)
        });
        Ok(Self {
            turned: turned(&others, flag, state, policy),
            left,
        })
    }

    /// Whether the flag has this state already.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.turned.is_empty() && self.left.is_empty()
    }
}

/// Each release with what it meets once all of them are turned.
fn turned<'s>(
    releases: &[&'s Live],
    flag: &FlagState,
    state: &State,
    policy: &Policy,
) -> Vec<Turned<'s>> {
    let after = |live: &Live| {
        let mut after = live.clone();
        after.deployment.flags = with(&live.deployment.flags, flag);
        after
    };
    let each = releases.iter().enumerate().map(|(position, live)| {
        let others = releases.iter().enumerate();
        let others = others.filter(|(other, _)| *other != position);
        let others: Vec<Live> = others.map(|(_, live)| after(live)).collect();
        let flags = with(&live.deployment.flags, flag);
        let awake = Awake::turned((live, &flags), &others, &state.live, policy);
        Turned { live, flags, awake }
    });
    each.collect()
}

fn with(flags: &Flags, flag: &FlagState) -> Flags {
    flags.with(std::slice::from_ref(flag))
}

fn app_of(live: &Live) -> &str {
    &live.deployment.release.name
}

fn is_same_build(one: &Live, other: &Live) -> bool {
    let (one, other) = (&one.deployment, &other.deployment);
    one.release == other.release && one.registry == other.registry
}

/// That nothing is behind a flag, and which flags there are.
pub(crate) fn unknown_flag(flag: &FlagState, mut known: Vec<&str>) -> String {
    known.sort_unstable();
    known.dedup();
    let what = format!("item behind a flag `{}`", flag.name);
    if known.is_empty() {
        format!("there is no {what}, nor behind any other flag")
    } else {
        unknown(&what, &flag.name, &known)
    }
}

/// The verdict of all that is turned: one that is rejected rejects all.
#[cfg(feature = "cli")]
pub(crate) fn verdict(mut verdicts: impl Iterator<Item = Verdict>) -> Verdict {
    let rejected = verdicts.any(|verdict| verdict == Verdict::Reject);
    if rejected {
        Verdict::Reject
    } else {
        Verdict::Accept
    }
}
