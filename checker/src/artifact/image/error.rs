//! Why an image cannot be read: one variant per cause, each with what to do.

use std::io;

use super::limits::{HEADER_LIMIT, PATHS_LIMIT, UNPACKED_LIMIT};
use crate::artifact::error::BuildError;

const GIB: u64 = 1 << 30;
const MIB: u64 = 1 << 20;

/// Why an image cannot be read. Files are named as they are called in the image.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// A file of it cannot be read.
    #[error("cannot read `{name}` in it: {error}")]
    Io {
        /// The file.
        name: String,
        /// Why.
        error: io::Error,
    },
    /// The temporary folder takes no more.
    #[error(
        "cannot write a temporary file in {}: {error}. Make room there, or set TMPDIR to another \
         folder", std::env::temp_dir().display()
    )]
    Temporary {
        /// Why.
        error: io::Error,
    },
    /// The archive unpacks to many times its own size.
    #[error(
        "it has {packed} bytes and unpacks to more than {limit}, which is the most that is read of \
         so few: is this the right file?"
    )]
    Expands {
        /// The size of the archive.
        packed: u64,
        /// The most that is unpacked of it.
        limit: u64,
    },
    /// The archive is no whole tar.
    #[error("this begins like a tar, but it is damaged: {0}. Save or copy the image again")]
    Archive(io::Error),
    /// A file that others name is not there.
    #[error(
        "`{0}` is not in it, though the image has it: save or copy the image again, as a whole"
    )]
    Missing(String),
    /// The archive ends within a file.
    #[error("it ends within `{0}`: save or copy the image again")]
    CutShort(String),
    /// A file is of another size than the image says.
    #[error(
        "`{name}` has {found} bytes, and the image says {stated}: save or copy the image again"
    )]
    Size {
        /// The file.
        name: String,
        /// What the image says.
        stated: u64,
        /// What there is.
        found: u64,
    },
    /// A file does not hold what the image says.
    #[error(
        "`{name}` is damaged: the image says sha256 {stated}, and it is {found}. Save or copy the \
         image again"
    )]
    Digest {
        /// The file.
        name: String,
        /// What the image says, in hexadecimal digits.
        stated: String,
        /// What it is.
        found: String,
    },
    /// A digest that is no sha256.
    #[error(
        "it names `{0}` by a digest that is not known here: known is `sha256:` with 64 \
         hexadecimal digits"
    )]
    UnknownDigest(String),
    /// A file of JSON is not what it should be.
    #[error("`{name}` in it cannot be read: {message}")]
    Json {
        /// The file.
        name: String,
        /// What is wrong.
        message: String,
    },
    /// A layout that is not known yet.
    #[error("it is an OCI layout of version {0}, known is 1: update coexist-checker")]
    NewerLayout(String),
    /// What a digest leads to is neither an index, a manifest nor a layer.
    #[error(
        "`{name}` is of the media type {found:?}, which is not known here: known are images of \
         OCI and of Docker (schema 2) with layers of tar, plain, gzip or zstd"
    )]
    UnknownMediaType {
        /// The file.
        name: String,
        /// Its media type.
        found: String,
    },
    /// A layer that is packed in another way.
    #[error("the layer `{name}` is packed with {found}, known are gzip and zstd: pack it anew")]
    UnknownCompression {
        /// The layer.
        name: String,
        /// What its first bytes show.
        found: &'static str,
    },
    /// A layer that holds what the image says, which is no tar.
    #[error("the layer `{name}` cannot be unpacked: {error}. Build or copy the image again")]
    Layer {
        /// The layer.
        name: String,
        /// Why.
        error: io::Error,
    },
    /// A layer that ends within a file.
    #[error(
        "the layer `{layer}` ends within the file `{file}`: build, save or copy the image again"
    )]
    LayerCutShort {
        /// The layer.
        layer: String,
        /// The file in it.
        file: String,
    },
    /// A file with holes.
    #[error(
        "`{file}` in the layer `{layer}` is a sparse file, which is not read: pack the layer \
         without `--sparse`"
    )]
    Sparse {
        /// The layer.
        layer: String,
        /// The file in it.
        file: String,
    },
    /// More than an image has.
    #[error(
        "it unpacks to more than {} GiB, which is the most that is read: is this the right \
         file?", UNPACKED_LIMIT / GIB
    )]
    TooMuch,
    /// A path, or what stands beside it, that is longer than any.
    #[error(
        "a file in the layer `{layer}` has a header of more than {} MiB, which is the most that is \
         read: is this the right file?", HEADER_LIMIT / MIB
    )]
    LongHeader {
        /// The layer.
        layer: String,
    },
    /// More links than an image has.
    #[error(
        "the paths of its programs and symbolic links are of more than {} MiB, which is the most \
         that is kept: is this the right file?", PATHS_LIMIT as u64 / MIB
    )]
    TooManyPaths,
    /// Indexes in indexes without an end.
    #[error("its indexes are nested more than {0} deep: is this the right file?")]
    TooDeep(usize),
    /// More images than anyone reads.
    #[error("its indexes name more than {0} images: is this the right file?")]
    TooManyImages(usize),
    /// An index without images.
    #[error("there is no image in it: its index names none, aside from signatures and the like")]
    NoImage,
    /// More than one image.
    #[error(
        "it holds several images: {}. A build is one of them: save that one by itself", 
        .0.join(", ")
    )]
    Several(Vec<String>),
    /// Nothing in it is annotated.
    #[error(
        "no program in this image has annotations: {programs} of the {files} files in its \
         layers begin like a program (ELF, Mach-O, PE, wasm), and none that is left has handlers \
         or forms in a section `.coexist`. Either nothing in them is annotated, or no code names \
         the crate that is, or the section was removed (`objcopy -R`, `wasm-strip`)"
    )]
    NoPrograms {
        /// How many files they hold, those included that a later layer hides.
        files: u64,
        /// How many of these begin like a program.
        programs: u64,
    },
    /// A program in it cannot be read.
    #[error("in the image's `{path}`: {error}")]
    Program {
        /// Where it is in the image.
        path: String,
        /// Why.
        error: Box<BuildError>,
    },
    /// Its programs are of several releases.
    #[error(
        "its programs do not agree on the release: {0}. Build them from one release, or state it \
         with `--release`, `--old-release` or `--new-release`"
    )]
    Releases(String),
    /// Its programs state several releases.
    #[error(
        "its programs state different releases: {0}. Build them from one release, or make an image \
         without the odd one"
    )]
    Statements(String),
    /// The image for one platform cannot be read.
    #[error("for {platform}, {error}")]
    Platform {
        /// The platform.
        platform: String,
        /// Why.
        error: Box<BuildError>,
    },
    /// The images for two platforms differ.
    #[error(
        "its images for {} and {} are not the same app: {difference}. Build them from one \
         release, or name the image for one platform alone", platforms[0], platforms[1]
    )]
    Platforms {
        /// The two.
        platforms: [String; 2],
        /// The first thing that differs.
        difference: String,
    },
}

/// A name out of an image, fit for one line of a message.
pub(super) fn shown(name: &[u8]) -> String {
    const MOST: usize = 200;
    let text = String::from_utf8_lossy(name);
    let mut shown: String = text.chars().take(MOST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown.escape_debug().to_string()
}
