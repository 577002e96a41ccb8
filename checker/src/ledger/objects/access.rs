//! Opens a bucket with the credentials and settings in the environment variables of its
//! service.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::azure::{AzureConfigKey, MicrosoftAzureBuilder};
use object_store::gcp::{GoogleCloudStorageBuilder, GoogleConfigKey};
use object_store::path::Path;
use object_store::{ClientOptions, ObjectStore, ObjectStoreScheme, RetryConfig};
use url::Url;

use super::clock::Clock;
use super::error;
use super::service::Service;

/// A bucket, before anything was asked of it.
pub(super) struct Bucket {
    pub(super) store: Arc<dyn ObjectStore>,
    /// What stands before every key.
    pub(super) prefix: Path,
    /// Looks for credentials.
    pub(super) credentials: Box<dyn Fn() -> BoxFuture<'static, object_store::Result<()>>>,
}

/// Makes ready what speaks to the bucket of a URL. No request takes longer than a third
/// of `timeout`, so that one that is lost is made again.
pub(super) fn build(
    url: &Url,
    variables: &[(String, String)],
    timeout: Duration,
    clock: &Clock,
) -> Result<(Bucket, Service), String> {
    let (scheme, prefix) =
        ObjectStoreScheme::parse(url).map_err(|error| error::innermost(&error))?;
    let http = Http {
        url,
        options: ClientOptions::new()
            .with_timeout(timeout / 3)
            .with_connect_timeout(timeout / 6)
            .with_user_agent(object_store::HeaderValue::from_static(concat!(
                "coexist/",
                env!("CARGO_PKG_VERSION")
            ))),
        clock,
    };
    let (service, built) = match scheme {
        ObjectStoreScheme::AmazonS3 => (Service::S3, http.s3(prefix, variables)),
        ObjectStoreScheme::GoogleCloudStorage => (Service::Gcs, http.gcs(prefix, variables)),
        ObjectStoreScheme::MicrosoftAzure => (Service::Azure, http.azure(prefix, variables)),
        _ => return Err("it does not name a bucket".to_owned()),
    };
    let bucket = built.map_err(|error| {
        let what = error::innermost(&error);
        format!("{}. {}", what.trim_end_matches('.'), service.credentials())
    })?;
    Ok((bucket, service))
}

/// How servers are spoken to.
struct Http<'a> {
    url: &'a Url,
    options: ClientOptions,
    clock: &'a Clock,
}

/// Tries again are ours to make: they must know which request may have arrived.
fn once() -> RetryConfig {
    RetryConfig {
        max_retries: 0,
        ..RetryConfig::default()
    }
}

/// The settings of a service among the variables, by its own names for them: those that
/// begin so, and one more.
fn settings<'v, K: FromStr>(
    variables: &'v [(String, String)],
    (begin, also): (&'static str, &'static str),
) -> impl Iterator<Item = (K, &'v str)> {
    let own = variables
        .iter()
        .filter(move |(name, _)| name.starts_with(begin) || name == also);
    own.filter_map(|(name, value)| {
        let key = name.to_ascii_lowercase().parse().ok()?;
        Some((key, value.as_str()))
    })
}

/// The three builders have the same methods, and no common trait.
macro_rules! build {
    ($http:expr, $prefix:expr, $variables:expr, $builder:expr, $key:ty, $names:expr, $skip:expr) => {{
        let mut builder = $builder
            .with_url($http.url.as_str())
            .with_client_options($http.options)
            .with_retry(once())
            .with_http_connector($http.clock.clone());
        for (key, value) in settings::<$key>($variables, $names) {
            builder = builder.with_config(key, value);
        }
        let is_public = builder.get_config_value(&$skip).as_deref() == Some("true");
        let store = builder.build()?;
        let provider = Arc::clone(store.credentials());
        Ok(Bucket {
            store: Arc::new(store),
            prefix: $prefix,
            credentials: Box::new(move || {
                let provider = Arc::clone(&provider);
                async move {
                    if !is_public {
                        provider.get_credential().await?;
                    }
                    Ok(())
                }
                .boxed()
            }),
        })
    }};
}

impl Http<'_> {
    fn s3(self, prefix: Path, variables: &[(String, String)]) -> object_store::Result<Bucket> {
        // Not all servers of S3 can delete many objects at once; the ledger never does.
        let bulk = AmazonS3ConfigKey::DisableBulkDelete;
        let builder = AmazonS3Builder::new().with_config(bulk, "true");
        let skip = AmazonS3ConfigKey::SkipSignature;
        build!(
            self,
            prefix,
            variables,
            builder,
            AmazonS3ConfigKey,
            ("AWS_", ""),
            skip
        )
    }

    fn gcs(self, prefix: Path, variables: &[(String, String)]) -> object_store::Result<Bucket> {
        let skip = GoogleConfigKey::SkipSignature;
        build!(
            self,
            prefix,
            variables,
            GoogleCloudStorageBuilder::new(),
            GoogleConfigKey,
            ("GOOGLE_", "SERVICE_ACCOUNT"),
            skip
        )
    }

    fn azure(self, prefix: Path, variables: &[(String, String)]) -> object_store::Result<Bucket> {
        let skip = AzureConfigKey::SkipSignature;
        build!(
            self,
            prefix,
            variables,
            MicrosoftAzureBuilder::new(),
            AzureConfigKey,
            ("AZURE_", "IDENTITY_ENDPOINT"),
            skip
        )
    }
}
