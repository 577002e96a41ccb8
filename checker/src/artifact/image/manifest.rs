//! Which images there are, and of which layers each is.

use std::io::Read as _;

use super::document::{Config, Descriptor, Index, Layout, Manifest, Platform, Saved};
use super::document::{described, named, sha256};
use super::error::{ImageError, shown};
use super::store::{HEAD, Store};

/// How deep indexes may be nested; in use are two.
const DEPTH: usize = 4;

/// The most images that are looked at; in use are about ten platforms.
const MOST: usize = 1000;

const INDEXES: [&str; 2] = [
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
];
const MANIFESTS: [&str; 2] = [
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
];
const CONFIGS: [&str; 2] = [
    "application/vnd.oci.image.config.v1+json",
    "application/vnd.docker.container.image.v1+json",
];
/// How the media types of layers begin. What follows says how they are compressed, which
/// their first bytes also say.
const LAYERS: [&str; 4] = [
    "application/vnd.oci.image.layer.v1.tar",
    "application/vnd.oci.image.layer.nondistributable.v1.tar",
    "application/vnd.docker.image.rootfs.diff.tar",
    "application/vnd.docker.image.rootfs.foreign.diff.tar",
];
const PACKED: [&str; 4] = ["", "+gzip", ".gzip", "+zstd"];

/// The image of one platform.
pub(super) struct Image {
    /// What distinguishes it from other images: its digest, or the name of its configuration.
    id: String,
    /// Its tags.
    names: Vec<String>,
    pub(super) platform: String,
    /// The first one is the lowest.
    pub(super) layers: Vec<Layer>,
}

/// One layer of an image.
pub(super) struct Layer {
    pub(super) file: String,
    pub(super) size: Option<u64>,
    pub(super) digest: Digest,
}

/// The hexadecimal digits of a layer's sha256.
pub(super) enum Digest {
    /// Of the file.
    Packed(String),
    /// Of the tar in it.
    Unpacked(String),
}

/// Finds the image, once for each platform. `None` if the files are not an image.
pub(super) fn images(store: &Store) -> Result<Option<Vec<Image>>, ImageError> {
    let found = if store.has("oci-layout") {
        in_layout(store)?
    } else if is_list(store, "manifest.json")? {
        saved(store)?
    } else {
        return Ok(None);
    };
    one_app(found).map(Some)
}

/// The images are platforms of one image, as far as their names tell.
fn one_app(images: Vec<Image>) -> Result<Vec<Image>, ImageError> {
    let is_other = |(at, image): (usize, &Image)| {
        images[..at].iter().any(|before| {
            let is_named = !before.names.is_empty() && !image.names.is_empty();
            let shares_name = before.names.iter().any(|name| image.names.contains(name));
            before.platform == image.platform || (is_named && !shares_name)
        })
    };
    if images.iter().enumerate().any(is_other) {
        let said = |image: &Image| {
            if image.names.is_empty() {
                format!("{} ({})", image.id, image.platform)
            } else {
                image.names.join(" or ")
            }
        };
        return Err(ImageError::Several(images.iter().map(said).collect()));
    }
    Ok(images)
}

/// The images of an OCI layout.
fn in_layout(store: &Store) -> Result<Vec<Image>, ImageError> {
    let Layout {
        image_layout_version: version,
    } = named(store, "oci-layout")?;
    if version.split('.').next() != Some("1") {
        return Err(ImageError::NewerLayout(shown(version.as_bytes())));
    }
    let index: Index = named(store, "index.json")?;
    let mut found = Found {
        store,
        images: Vec::new(),
        absent: None,
        seen: 0,
    };
    for descriptor in &index.manifests {
        found.add(descriptor, name(descriptor), DEPTH)?;
    }
    match (found.images, found.absent) {
        (images, None) if images.is_empty() => Err(ImageError::NoImage),
        (images, Some(absent)) if images.is_empty() => Err(ImageError::Missing(absent)),
        (images, _) => Ok(images),
    }
}

/// The images that are found on the way through the indexes.
struct Found<'s> {
    store: &'s Store,
    images: Vec<Image>,
    /// The manifest of a platform that the image does not hold.
    absent: Option<String>,
    /// How many descriptors were looked at.
    seen: usize,
}

impl Found<'_> {
    fn add(
        &mut self,
        descriptor: &Descriptor,
        name: Option<&str>,
        depth: usize,
    ) -> Result<(), ImageError> {
        self.seen += 1;
        if self.seen > MOST {
            return Err(ImageError::TooManyImages(MOST));
        }
        if is_attestation(descriptor) {
            return Ok(());
        }
        let media_type = &*descriptor.media_type;
        let file = descriptor.file()?;
        let is_index = INDEXES.contains(&media_type);
        if !is_index && !MANIFESTS.contains(&media_type) {
            return Err(unknown_type(&file, media_type));
        }
        if let Some(known) = self
            .images
            .iter_mut()
            .find(|image| image.id == descriptor.digest)
        {
            known.names.extend(name.map(ToOwned::to_owned));
            return Ok(());
        }
        // `docker save` writes the index as it is, and only the platforms that it has.
        if !self.store.has(&file) {
            self.absent = Some(file);
            return Ok(());
        }
        if is_index {
            let depth = depth.checked_sub(1).ok_or(ImageError::TooDeep(DEPTH))?;
            let index: Index = described(self.store, descriptor)?;
            return index
                .manifests
                .iter()
                .try_for_each(|inner| self.add(inner, name, depth));
        }
        let manifest: Manifest = described(self.store, descriptor)?;
        // A signature, a chart or the like is also stored as a manifest.
        if !CONFIGS.contains(&&*manifest.config.media_type) {
            return Ok(());
        }
        let platform = match &descriptor.platform {
            Some(platform) => platform.to_string(),
            None => described::<Platform>(self.store, &manifest.config)?.to_string(),
        };
        let layers = manifest.layers.iter().map(layer);
        self.images.push(Image {
            id: descriptor.digest.clone(),
            names: name.map(ToOwned::to_owned).into_iter().collect(),
            platform,
            layers: layers.collect::<Result<_, _>>()?,
        });
        Ok(())
    }
}

/// What a tool notes about how an image was built stands beside it as another one.
fn is_attestation(descriptor: &Descriptor) -> bool {
    let is_of_none =
        |platform: &Platform| platform.os == "unknown" && platform.architecture == "unknown";
    descriptor.platform.as_ref().is_some_and(is_of_none)
        || (descriptor.annotations).contains_key("vnd.docker.reference.type")
}

/// The name that an index gives an image.
fn name(descriptor: &Descriptor) -> Option<&str> {
    // The second is often the tag alone.
    let keys = [
        "io.containerd.image.name",
        "org.opencontainers.image.ref.name",
    ];
    keys.iter().find_map(|key| {
        let name = descriptor.annotations.get(*key)?;
        Some(&**name)
    })
}

fn layer(descriptor: &Descriptor) -> Result<Layer, ImageError> {
    let file = descriptor.file()?;
    let media_type = &*descriptor.media_type;
    let packed = LAYERS
        .iter()
        .find_map(|begin| media_type.strip_prefix(begin));
    if !packed.is_some_and(|packed| PACKED.contains(&packed)) {
        return Err(unknown_type(&file, media_type));
    }
    Ok(Layer {
        file,
        size: Some(descriptor.size),
        digest: Digest::Packed(sha256(&descriptor.digest)?.to_owned()),
    })
}

/// Whether that file is a list: much else is called `manifest.json`, and is none.
fn is_list(store: &Store, file: &str) -> Result<bool, ImageError> {
    if !store.has(file) {
        return Ok(false);
    }
    let mut head = Vec::new();
    let read = store.open(file)?.bytes.take(HEAD).read_to_end(&mut head);
    read.map_err(|error| ImageError::Io {
        name: file.to_owned(),
        error,
    })?;
    let first = head.iter().find(|byte| !byte.is_ascii_whitespace());
    Ok(first == Some(&b'['))
}

/// The images of a `docker save` that is not an OCI layout.
fn saved(store: &Store) -> Result<Vec<Image>, ImageError> {
    let saved: Vec<Saved> = named(store, "manifest.json")?;
    if saved.is_empty() {
        return Err(ImageError::NoImage);
    }
    if saved.len() > MOST {
        return Err(ImageError::TooManyImages(MOST));
    }
    saved.into_iter().map(|saved| image(store, saved)).collect()
}

fn image(store: &Store, saved: Saved) -> Result<Image, ImageError> {
    let config: Config = named(store, &saved.config)?;
    let digests = config.rootfs.diff_ids;
    if digests.len() != saved.layers.len() {
        return Err(ImageError::Json {
            name: "manifest.json".to_owned(),
            message: format!(
                "it names {} layers, and the image's configuration {}: save the image again",
                saved.layers.len(),
                digests.len()
            ),
        });
    }
    let layers = saved.layers.into_iter().zip(digests).map(|(file, digest)| {
        Ok(Layer {
            file,
            size: None,
            digest: Digest::Unpacked(sha256(&digest)?.to_owned()),
        })
    });
    let names = saved.repo_tags.unwrap_or_default();
    Ok(Image {
        id: shown(saved.config.as_bytes()),
        names: names.iter().map(|name| shown(name.as_bytes())).collect(),
        platform: config.platform.to_string(),
        layers: layers.collect::<Result<_, ImageError>>()?,
    })
}

fn unknown_type(file: &str, media_type: &str) -> ImageError {
    ImageError::UnknownMediaType {
        name: shown(file.as_bytes()),
        found: media_type.chars().take(200).collect(),
    }
}
