//! The JSON of an image, as its specifications define it. Keys that say nothing about the
//! layers and their platform are ignored.
//!
//! OCI: <https://github.com/opencontainers/image-spec>, of which Docker's schema 2 is
//! the ancestor; `docker save`:
//! <https://github.com/moby/docker-image-spec/blob/main/spec.md>.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read as _;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::error::{ImageError, shown};
use super::hashed::Hashed;
use super::store::Store;

/// The most bytes of a document: registries take no larger ones either.
const LIMIT: u64 = 4 << 20;

/// The file `oci-layout`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Layout {
    pub(super) image_layout_version: String,
}

/// An index: images, or further indexes.
#[derive(Deserialize)]
pub(super) struct Index {
    pub(super) manifests: Vec<Descriptor>,
}

/// The manifest of one image.
#[derive(Deserialize)]
pub(super) struct Manifest {
    pub(super) config: Descriptor,
    pub(super) layers: Vec<Descriptor>,
}

/// What another document is about, and its digest.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Descriptor {
    #[serde(default)]
    pub(super) media_type: String,
    pub(super) digest: String,
    pub(super) size: u64,
    pub(super) platform: Option<Platform>,
    #[serde(default)]
    pub(super) annotations: BTreeMap<String, String>,
}

/// Where an image runs; a configuration has the same keys beside its own.
#[derive(Clone, Deserialize)]
pub(super) struct Platform {
    pub(super) os: String,
    pub(super) architecture: String,
    #[serde(default)]
    pub(super) variant: String,
    #[serde(default, rename = "os.version")]
    pub(super) os_version: String,
}

/// One image in the `manifest.json` of `docker save`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Saved {
    pub(super) config: String,
    pub(super) repo_tags: Option<Vec<String>>,
    pub(super) layers: Vec<String>,
}

/// An image's configuration.
#[derive(Deserialize)]
pub(super) struct Config {
    #[serde(flatten)]
    pub(super) platform: Platform,
    pub(super) rootfs: RootFs,
}

/// The layers as they are unpacked.
#[derive(Deserialize)]
pub(super) struct RootFs {
    pub(super) diff_ids: Vec<String>,
}

impl Descriptor {
    /// The file that holds what this describes.
    pub(super) fn file(&self) -> Result<String, ImageError> {
        sha256(&self.digest).map(blob)
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            &self.os,
            &self.architecture,
            &self.variant,
            &self.os_version,
        ];
        let said: Vec<&str> = parts
            .into_iter()
            .map(|part| &**part)
            .filter(|part| !part.is_empty())
            .collect();
        f.write_str(&shown(said.join("/").as_bytes()))
    }
}

/// The digits of a digest.
pub(super) fn sha256(digest: &str) -> Result<&str, ImageError> {
    digest
        .strip_prefix("sha256:")
        .filter(|digits| is_sha256(digits))
        .ok_or_else(|| ImageError::UnknownDigest(shown(digest.as_bytes())))
}

/// Whether these are the hexadecimal digits of a sha256.
pub(super) fn is_sha256(digits: &str) -> bool {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    digits.len() == 64 && digits.bytes().all(is_digit)
}

/// Where an OCI layout keeps what has that digest.
fn blob(digits: &str) -> String {
    format!("blobs/sha256/{digits}")
}

/// Reads the document that a descriptor describes.
pub(super) fn described<T: DeserializeOwned>(
    store: &Store,
    descriptor: &Descriptor,
) -> Result<T, ImageError> {
    let file = descriptor.file()?;
    let json = bytes(
        store,
        &file,
        Some(descriptor.size),
        sha256(&descriptor.digest).ok(),
    )?;
    parse(&file, &json)
}

/// Reads a document whose digest is not stated, unless its name is one.
pub(super) fn named<T: DeserializeOwned>(store: &Store, file: &str) -> Result<T, ImageError> {
    let name = file.rsplit('/').next().unwrap_or_default();
    let name = name.strip_suffix(".json").unwrap_or(name);
    let json = bytes(store, file, None, Some(name).filter(|name| is_sha256(name)))?;
    parse(file, &json)
}

fn parse<T: DeserializeOwned>(file: &str, json: &[u8]) -> Result<T, ImageError> {
    serde_json::from_slice(json).map_err(|error| ImageError::Json {
        name: shown(file.as_bytes()),
        message: error.to_string(),
    })
}

fn bytes(
    store: &Store,
    file: &str,
    size: Option<u64>,
    digits: Option<&str>,
) -> Result<Vec<u8>, ImageError> {
    let name = || shown(file.as_bytes());
    let stored = store.open(file)?;
    if stored.size > LIMIT {
        return Err(ImageError::Json {
            name: name(),
            message: format!("it has {} bytes, and at most {LIMIT} are read", stored.size),
        });
    }
    stored.check_size(file, size)?;
    let failed = |error| ImageError::Io {
        name: name(),
        error,
    };
    let mut hashed = Hashed::new(stored.bytes, digits.is_some());
    let mut json = Vec::new();
    hashed.read_to_end(&mut json).map_err(failed)?;
    let found = hashed.finish().map_err(failed)?;
    check_digest(file, digits, found)?;
    Ok(json)
}

/// Compares the digits of the digest that is stated, if one is, with what was found.
pub(super) fn check_digest(
    file: &str,
    stated: Option<&str>,
    found: Option<String>,
) -> Result<(), ImageError> {
    match (stated, found) {
        (Some(stated), Some(found)) if stated != found => Err(ImageError::Digest {
            name: shown(file.as_bytes()),
            stated: stated.to_owned(),
            found,
        }),
        _ => Ok(()),
    }
}
