//! Why a ledger does not answer.

use jiff::{SignedDuration, Timestamp};

use super::damage::Damage;
use super::name::Name;
use super::store::StoreError;
use crate::support::text::enumerate;

/// Why a ledger does not answer. Nothing is written then.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// That is not a supported place for a ledger.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// The clock of this machine and the store's are too far apart.
    #[error(
        "{place}: the clock of this machine is {} s {} its server's, which puts the times in the \
         ledger out of order. Set it, and try again",
        skew.unsigned_abs().as_secs(),
        if skew.is_negative() { "ahead of" } else { "behind" }
    )]
    Clock {
        /// The ledger.
        place: String,
        /// How far the server's is ahead.
        skew: SignedDuration,
    },
    /// There is no ledger at that place.
    #[error(
        "{place}: there is no ledger. If the place is right, create one: \
         `coexist record init --ledger {place}`"
    )]
    NoLedger {
        /// The ledger.
        place: String,
    },
    /// It has no such environment.
    #[error("{place}: {unknown} To create one, run `coexist record init --environment`")]
    NoEnvironment {
        /// The ledger.
        place: String,
        /// Which, and which was meant.
        unknown: String,
    },
    /// It has several environments, and none is named.
    #[error("{place}: it has several environments. Name one: `--environment {}`", names.join("` or `--environment "))]
    WhichEnvironment {
        /// The ledger.
        place: String,
        /// The names of the environments.
        names: Vec<String>,
    },
    /// That is not a valid name for an environment.
    #[error(
        "`{0}` is not a valid name for an environment: expected lowercase letters, digits and `-`, as in \
         `production`"
    )]
    EnvironmentName(String),
    /// A file of it is damaged.
    #[error("{place}: {damage}")]
    Damaged {
        /// The store and the key.
        place: String,
        /// What is wrong with it.
        damage: Damage,
    },
    /// The environment has releases of other apps, and never had one of this.
    #[error(
        "{place}: no release of the app `{app}` was ever deployed to `{environment}`, which knows \
         {}{}",
        apps(.known),
        new_app(.app, .same_letters.as_deref())
    )]
    NewApp {
        /// The ledger.
        place: String,
        /// The environment.
        environment: String,
        /// The name of the app.
        app: String,
        /// The apps that were deployed: at least one.
        known: Vec<String>,
        /// One of them whose name differs in case only.
        same_letters: Option<String>,
    },
    /// The last deployment does not exist.
    #[error(
        "{place}: it does not exist, though `{noted}` says that it was recorded. Restore it from a \
         copy. If it was removed on purpose, set `last` in `{noted}` to {left}"
    )]
    LastMissing {
        /// The store and the key of the deployment.
        place: String,
        /// The store and the key of the text that notes it.
        noted: String,
        /// The number of the last deployment that is left; 0: there is none.
        left: u64,
    },
    /// The numbers of deployments are used up.
    #[error("{place}: its last deployment has the number {last}, and no number follows that")]
    NoNumberLeft {
        /// The ledger.
        place: String,
        /// The number of the last deployment.
        last: u64,
    },
    /// No such release is recorded.
    #[error("{place}: no deployment of `{release}` to `{environment}` is recorded: {help}")]
    NoDeployment {
        /// The ledger.
        place: String,
        /// The name of the environment.
        environment: String,
        /// The name of the release.
        release: Box<Name>,
        /// Which was meant.
        help: String,
    },
    /// It has been retired.
    #[error("{release} was already retired at {at}. Nothing is written")]
    Retired {
        /// The name of the release.
        release: Name,
        /// The time at which it was retired.
        at: Timestamp,
    },
    /// It cannot have been retired before it was deployed.
    #[error("{release} was deployed at {deployed}: it cannot have been retired at {at}")]
    RetiredTooEarly {
        /// The name of the release.
        release: Name,
        /// When it was deployed.
        deployed: Timestamp,
        /// The time that was given.
        at: Timestamp,
    },
    /// A time is in the future.
    #[error(
        "{at} is in the future: by the clock of this machine it is {clock}. Give a time in the \
         past, or set the clock"
    )]
    Future {
        /// The time that was given.
        at: Timestamp,
        /// This machine's.
        clock: Timestamp,
    },
    /// Deployments of two branches are mixed up.
    #[error(
        "{place}: it was recorded after {after}, and now follows {found}, against which it was \
         never judged: two branches were merged. Remove this file and those with later numbers, and \
         record the deployments again"
    )]
    OtherBefore {
        /// The store and the key.
        place: String,
        /// The deployment before, as it was then.
        after: String,
        /// The one that is there now.
        found: String,
    },
    /// A time in the ledger is in the future.
    #[error(
        "{place}: its time is {at}, but by the clock of this machine it is {clock}. The clock of \
         one of the two machines is wrong: set it, or correct the time in the file"
    )]
    RecordedInFuture {
        /// The store and the key.
        place: String,
        /// The time in the file.
        at: Timestamp,
        /// This machine's.
        clock: Timestamp,
    },
    /// Another build of this version runs.
    #[error(
        "{release} is already deployed with other handlers and forms ({place}), and a version names \
         one build. Give this one its own version, or state one: `--release VERSION`"
    )]
    SameVersion {
        /// The name of the release.
        release: Name,
        /// The store and the key.
        place: String,
    },
    /// Other writers were faster each time.
    #[error("{place}: others wrote at the same time, {tries} times. Nothing is written. Try again")]
    Busy {
        /// The ledger.
        place: String,
        /// How often it was tried.
        tries: u32,
    },
}

/// Why a URL names no ledger. What it says is not repeated: it may hold secrets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// There is no ledger behind such a URL.
    #[error(
        "`{scheme}://` is not a supported place for a ledger: expected a directory, or s3://BUCKET/PREFIX, \
         gs://BUCKET/PREFIX, az://CONTAINER/PREFIX or \
         abfss://CONTAINER@ACCOUNT.dfs.core.windows.net/PREFIX"
    )]
    Scheme {
        /// What it begins with.
        scheme: String,
    },
    /// It is not a URL.
    #[error("the ledger's URL is not valid: {what}. Expected one such as s3://BUCKET/PREFIX")]
    Wrong {
        /// What is wrong with it.
        what: String,
    },
    /// It has credentials in it.
    #[error(
        "the ledger's URL has credentials in it, or a query, which end up in logs. Remove them, and \
         set them in the environment, as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    )]
    Secret,
    /// This build knows directories only.
    #[error(
        "this coexist was built without the feature `object-store`: it reads ledgers in directories \
         only"
    )]
    Without,
}

/// How many apps are named; the others are counted.
const APPS: usize = 6;

/// The names of apps, each in code quotes.
fn apps(apps: &[String]) -> String {
    let named = apps.iter().take(APPS);
    let mut names: Vec<String> = named.map(|app| format!("`{app}`")).collect();
    if let Some(more @ 1..) = apps.len().checked_sub(APPS) {
        names.push(format!("{more} more"));
    }
    enumerate(&names, "and")
}

/// What to do about an app that the ledger does not know.
fn new_app(app: &str, same_letters: Option<&str>) -> String {
    match same_letters {
        Some(known) => {
            format!(". The name differs from `{known}` in case only: write it as it was deployed")
        }
        None => format!(
            ". If an app was renamed, give it its old name. If it is new, say so: `--new-app {app}`"
        ),
    }
}
