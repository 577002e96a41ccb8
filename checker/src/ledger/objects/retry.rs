//! Makes a request again when what went wrong may pass.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::time::Duration;

use object_store::Error;

use super::error;

/// How often a request is tried again that failed for a reason that may pass.
pub(super) const RETRIES: u32 = 5;

/// The longest pause before the second try; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(100);

/// Makes a request, and again if what went wrong may pass.
pub(super) async fn again<T>(request: impl AsyncFn() -> Result<T, Error>) -> Result<T, Error> {
    let mut tried = 0;
    loop {
        match request().await {
            Err(error) if tried < RETRIES && error::may_pass(&error) => {
                pause(tried).await;
                tried += 1;
            }
            done => return done,
        }
    }
}

/// Waits for a random time before another try, so that requests that failed together do not
/// come back together.
pub(super) async fn pause(tried: u32) {
    let longest = PAUSE * 2_u32.saturating_pow(tried);
    let part = u32::try_from(random() % 1000).unwrap_or(0);
    tokio::time::sleep(longest / 2 + longest * part / 2000).await;
}

/// A number that no other process draws.
pub(super) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
