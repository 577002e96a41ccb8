//! Why a ledger does not answer.

use jiff::{SignedDuration, Timestamp};

use super::damage::Damage;
use super::name::Name;
use super::store::StoreError;

/// Why a ledger does not answer. Nothing is written then.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// What it is kept in does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// That is no place for a ledger.
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
        /// Where.
        place: String,
        /// How far the server's is ahead.
        skew: SignedDuration,
    },
    /// There is no ledger at that place.
    #[error(
        "{place}: there is no ledger. If the place is right, make one: \
         `coexist record init --ledger {place}`"
    )]
    NoLedger {
        /// Where.
        place: String,
    },
    /// It has no such environment.
    #[error("{place}: {unknown} A new one is made with `coexist record init --environment`")]
    NoEnvironment {
        /// Where.
        place: String,
        /// Which, and which was meant.
        unknown: String,
    },
    /// It has several environments, and none is named.
    #[error("{place}: there are several environments: say which, `--environment {}`", names.join("` or `--environment "))]
    WhichEnvironment {
        /// Where.
        place: String,
        /// Their names.
        names: Vec<String>,
    },
    /// That is no name for an environment.
    #[error(
        "`{0}` is no name for an environment: expected small letters, digits and `-`, as in \
         `production`"
    )]
    EnvironmentName(String),
    /// A file of it makes no sense.
    #[error("{place}: {damage}")]
    Damaged {
        /// The store and the key.
        place: String,
        /// What is wrong with it.
        damage: Damage,
    },
    /// The last deployment is gone.
    #[error(
        "{place}: it is not there, though `{noted}` says that it was recorded. Bring it back from a \
         copy. If it was taken out on purpose, set `last` in `{noted}` to {left}"
    )]
    LastMissing {
        /// The store and the key of the deployment.
        place: String,
        /// The store and the key of the text that notes it.
        noted: String,
        /// The number of the last deployment that is left; 0: there is none.
        left: u64,
    },
    /// There is no number for another deployment.
    #[error("{place}: its last deployment has the number {last}, and no number follows that")]
    NoNumberLeft {
        /// Where.
        place: String,
        /// The number.
        last: u64,
    },
    /// No such release is recorded.
    #[error("{place}: no deployment of `{release}` to `{environment}` is recorded: {help}")]
    NoDeployment {
        /// Where.
        place: String,
        /// The environment.
        environment: String,
        /// Which.
        release: Box<Name>,
        /// Which was meant.
        help: String,
    },
    /// It has been retired.
    #[error("{release} was retired already, at {at}. Nothing is written")]
    Retired {
        /// Which.
        release: Name,
        /// When.
        at: Timestamp,
    },
    /// It cannot have been retired before it was deployed.
    #[error("{release} was deployed at {deployed}: it cannot have been retired at {at}")]
    RetiredTooEarly {
        /// Which.
        release: Name,
        /// When it was deployed.
        deployed: Timestamp,
        /// The time that was given.
        at: Timestamp,
    },
    /// A time has not come yet.
    #[error(
        "{at} has not come yet: by the clock of this machine it is {clock}. Say a time that has \
         come, or look after the clock"
    )]
    Future {
        /// The time that was given.
        at: Timestamp,
        /// This machine's.
        clock: Timestamp,
    },
    /// Deployments of two branches are mixed up.
    #[error(
        "{place}: it was recorded after {after}, and now comes after {found}, against which nobody \
         has judged it: two branches were merged. Take this file and those with later numbers out, \
         and record the deployments again"
    )]
    OtherBefore {
        /// The store and the key.
        place: String,
        /// The deployment before, as it was then.
        after: String,
        /// The one that is there now.
        found: String,
    },
    /// A time in the ledger has not come yet.
    #[error(
        "{place}: it is of {at}, but by the clock of this machine it is {clock}. The clock of one \
         of the two machines is wrong: mend it, or the time in the file"
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
        "{release} is deployed already, with other handlers and forms ({place}): one version names \
         one build. Give this one a version of its own, or say it: `--release VERSION`"
    )]
    SameVersion {
        /// Which.
        release: Name,
        /// The store and the key.
        place: String,
    },
    /// Others write all the time.
    #[error("{place}: others wrote at the same time, {tries} times. Nothing is written: try again")]
    Busy {
        /// Where.
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
        "`{scheme}://` is no place for a ledger: expected a folder, or s3://BUCKET/PREFIX, \
         gs://BUCKET/PREFIX, az://CONTAINER/PREFIX or \
         abfss://CONTAINER@ACCOUNT.dfs.core.windows.net/PREFIX"
    )]
    Scheme {
        /// What it begins with.
        scheme: String,
    },
    /// It is no URL.
    #[error("the ledger's URL is wrong: {what}. Expected one such as s3://BUCKET/PREFIX")]
    Wrong {
        /// What is wrong with it.
        what: String,
    },
    /// It has credentials in it.
    #[error(
        "the ledger's URL has credentials in it, or a query, which end up in logs: leave them out, \
         and set them in the environment, as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    )]
    Secret,
    /// This build knows folders only.
    #[error(
        "this coexist was built without the feature `object-store`: it knows ledgers in folders \
         only"
    )]
    Without,
}
