//! A ledger in a bucket: S3 and what speaks it, Google Cloud Storage, Azure.
//!
//! A text is one object, which a bucket has as a whole or not at all. A new text is written
//! with `If-None-Match: *`, a changed one with `If-Match`: the bucket itself lets one writer
//! through. Each operation ends within a bounded time, retries included. Which texts a ledger
//! has is not known here.

mod access;
mod clock;
mod error;
mod retry;
mod runtime;
mod service;

use std::convert::identity;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use futures_util::{StreamExt as _, stream};
use jiff::SignedDuration;
use object_store::path::Path;
use object_store::{
    Error, ObjectMeta, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions, UpdateVersion,
};
use url::Url;

use self::clock::Clock;
use self::error::{Context, Failure};
use self::retry::{RETRIES, again, pause, random};
use self::runtime::Background;
use super::format::size_limit;
use super::store::{Listed, ListedKind, Store, StoreError, Stored, Tag};

/// How many texts are read at once.
const AT_ONCE: usize = 16;

/// A bucket, or what is in it below a prefix.
///
/// Not for use within an async runtime: its methods wait for the bucket's answer.
#[derive(Debug)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
    context: Context,
    clock: Clock,
    runtime: Background,
}

impl Objects {
    /// Opens the bucket of a URL with the credentials that are in these variables of
    /// the environment. No operation takes longer than `timeout`.
    pub(super) fn open(
        url: &Url,
        variables: &[(String, String)],
        timeout: Duration,
    ) -> Result<Self, StoreError> {
        let place = url.as_str().trim_end_matches('/').to_owned();
        let runtime = Background::new().map_err(|error| StoreError::Failed {
            place: place.clone(),
            what: error.to_string(),
        })?;
        let clock = Clock::default();
        let opened = access::build(url, variables, timeout, &clock);
        let (bucket, service) = opened.map_err(|what| StoreError::Failed {
            place: place.clone(),
            what,
        })?;
        let objects = Self {
            store: bucket.store,
            prefix: bucket.prefix,
            context: Context {
                place,
                service,
                timeout,
            },
            clock,
            runtime,
        };
        // Asked for now, so that missing credentials are reported as such.
        let found = objects.wait(async || (bucket.credentials)().await);
        found.map_err(|failure| error::no_credentials(&objects.context, failure))?;
        Ok(objects)
    }

    fn location(&self, key: &str) -> Path {
        key.split('/').fold(self.prefix.clone(), Path::join)
    }

    /// The key of an object, or of a directory of them.
    fn key(&self, location: &Path) -> Option<String> {
        let parts: Vec<_> = location
            .prefix_match(&self.prefix)?
            .map(|part| part.as_ref().to_owned())
            .collect();
        Some(parts.join("/"))
    }

    /// Makes a request, and again if what went wrong may pass.
    fn wait<T>(&self, request: impl AsyncFn() -> Result<T, Error>) -> Result<T, Failure> {
        self.within(again(request))?.map_err(Failure::Error)
    }

    /// Waits for an answer, for a limited time.
    fn within<T>(&self, answer: impl Future<Output = T>) -> Result<T, Failure> {
        // The timer is made within the runtime.
        let timed = async { tokio::time::timeout(self.context.timeout, pin!(answer)).await };
        let answer = self.runtime.get().block_on(timed);
        answer.map_err(|_elapsed| Failure::Timeout)
    }

    /// Writes under a condition; `false`: it does not hold.
    ///
    /// An answer may be lost after the text was written: then the next try finds it, as if
    /// another writer had been faster. So if an earlier try may have arrived, what is stored is
    /// compared with what was to be written.
    fn put_if(&self, key: &str, text: &str, mode: &PutMode) -> Result<bool, StoreError> {
        let location = self.location(key);
        let put = async {
            let mut may_be_ours = false;
            let mut tried = 0;
            loop {
                let options = PutOptions::from(mode.clone());
                let payload = text.to_owned().into();
                let Err(error) = self.store.put_opts(&location, payload, options).await else {
                    return Ok(true);
                };
                if error::is_condition(&error) {
                    let is_ours = may_be_ours && self.holds(key, text).await?;
                    return Ok(is_ours);
                }
                may_be_ours |= error::may_have_arrived(&error);
                if tried == RETRIES || !error::may_pass(&error) {
                    return Err(if may_be_ours {
                        Failure::Unsure(error)
                    } else {
                        Failure::Error(error)
                    });
                }
                pause(tried).await;
                tried += 1;
            }
        };
        let put = self.within(put);
        put.and_then(identity)
            .map_err(|failure| error::writing_if(&self.context, key, failure))
    }

    async fn holds(&self, key: &str, text: &str) -> Result<bool, Failure> {
        let (location, limit) = (self.location(key), size_limit(key));
        match again(async || read(&*self.store, &location, limit).await).await {
            Ok(stored) => Ok(stored.bytes == text.as_bytes()),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(Failure::Unsure(error)),
        }
    }
}

impl Store for Objects {
    fn place(&self) -> String {
        self.context.place.clone()
    }

    fn make(&self) -> Result<(), StoreError> {
        // Some servers accept the headers and ignore them. A ledger there would be
        // overwritten one day, so it is tried with a name that nobody else uses.
        let key = format!("probe-{:016x}.json", random());
        let (one, two) = ("{ \"probe\": 1 }\n", "{ \"probe\": 2 }\n");
        let tried = (|| {
            let is_new = self.create(&key, one)?;
            let is_kept = !self.create(&key, two)?;
            let Some(stored) = self.read(&key)? else {
                return Ok(false);
            };
            let is_replaced = self.replace(&key, two, &stored)?;
            let is_kept_again = !self.replace(&key, one, &stored)?;
            Ok(is_new && is_kept && is_replaced && is_kept_again)
        })();
        self.remove(&key)?;
        if tried? {
            Ok(())
        } else {
            Err(StoreError::Unconditional {
                place: self.place(),
            })
        }
    }

    fn read(&self, key: &str) -> Result<Option<Stored>, StoreError> {
        let location = self.location(key);
        let stored = self.wait(async || read(&*self.store, &location, size_limit(key)).await);
        error::absent(&self.context, key, stored)
    }

    fn read_all(&self, keys: &[String]) -> Vec<Result<Option<Stored>, StoreError>> {
        let mut results = Vec::new();
        for keys in keys.chunks(AT_ONCE) {
            let reads = keys.iter().map(|key| async {
                let location = self.location(key);
                again(async || read(&*self.store, &location, size_limit(key)).await).await
            });
            let batch = stream::iter(reads).buffered(AT_ONCE).collect::<Vec<_>>();
            let stored: Vec<_> = match self.within(batch) {
                Ok(read) => read
                    .into_iter()
                    .map(|read| read.map_err(Failure::Error))
                    .collect(),
                Err(_) => keys.iter().map(|_| Err(Failure::Timeout)).collect(),
            };
            let each = keys.iter().zip(stored);
            results.extend(each.map(|(key, stored)| error::absent(&self.context, key, stored)));
        }
        results
    }

    fn create(&self, key: &str, text: &str) -> Result<bool, StoreError> {
        self.put_if(key, text, &PutMode::Create)
    }

    fn replace(&self, key: &str, text: &str, read: &Stored) -> Result<bool, StoreError> {
        let Some(Tag { etag, version }) = read.tag.clone() else {
            return Err(StoreError::Unconditional {
                place: self.place(),
            });
        };
        let read = UpdateVersion {
            e_tag: etag,
            version,
        };
        self.put_if(key, text, &PutMode::Update(read))
    }

    fn write(&self, key: &str, text: &str) -> Result<(), StoreError> {
        let location = self.location(key);
        let put = self.wait(async || {
            let payload = text.to_owned().into();
            self.store.put(&location, payload).await
        });
        put.map(drop)
            .map_err(|failure| error::writing(&self.context, key, failure))
    }

    fn list(&self, folder: &str) -> Result<Vec<Listed>, StoreError> {
        let location = self.location(folder);
        let listed = self
            .wait(async || self.store.list_with_delimiter(Some(&location)).await)
            .map_err(|failure| error::reading(&self.context, folder, failure))?;
        let mut listed: Vec<Listed> = listed
            .objects
            .iter()
            .filter_map(|object| {
                let key = self.key(&object.location)?;
                Some(Listed {
                    key,
                    age: self.age(object),
                    kind: ListedKind::File,
                })
            })
            .collect();
        listed.sort_by(|one, other| one.key.cmp(&other.key));
        Ok(listed)
    }

    fn folders(&self) -> Result<Vec<String>, StoreError> {
        let listed = self
            .wait(async || self.store.list_with_delimiter(Some(&self.prefix)).await)
            .map_err(|failure| error::reading(&self.context, "", failure))?;
        let mut folders: Vec<String> = listed
            .common_prefixes
            .iter()
            .filter_map(|folder| self.key(folder))
            .collect();
        folders.sort();
        Ok(folders)
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        let location = self.location(key);
        let removed = self.wait(async || match self.store.delete(&location).await {
            Err(Error::NotFound { .. }) => Ok(()),
            done => done,
        });
        removed.map_err(|failure| error::writing(&self.context, key, failure))
    }

    fn skew(&self) -> Option<SignedDuration> {
        self.clock.skew()
    }
}

impl Objects {
    /// How old an object is, by the store's own clock.
    fn age(&self, object: &ObjectMeta) -> Duration {
        let age = SystemTime::now()
            .duration_since(object.last_modified.into())
            .unwrap_or_default();
        let age = SignedDuration::try_from(age).unwrap_or(SignedDuration::MAX);
        let age = age.saturating_add(self.skew().unwrap_or_default());
        Duration::try_from(age).unwrap_or_default()
    }
}

/// Reads an object of at most `limit` bytes.
async fn read(store: &dyn ObjectStore, location: &Path, limit: u64) -> Result<Stored, Error> {
    let got = store.get(location).await?;
    if got.meta.size > limit {
        return Err(Error::Generic {
            store: "coexist",
            source: format!(
                "it has {} bytes, and at most {limit} are read",
                got.meta.size
            )
            .into(),
        });
    }
    let tag = Tag {
        etag: got.meta.e_tag.clone(),
        version: got.meta.version.clone(),
    };
    Ok(Stored {
        bytes: got.bytes().await?.into(),
        tag: Some(tag),
    })
}
