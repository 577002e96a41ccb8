//! Why an image cannot be read: one variant per cause, each with what to do.

use std::io;

use super::limits::{FOLLOWED_LIMIT, HEADER_LIMIT, PATHS_LIMIT, UNPACKED_LIMIT};
use crate::artifact::error::BuildError;

const GIB: u64 = 1 << 30;
const MIB: u64 = 1 << 20;

/// Why an image cannot be read. Files are named as they are called in the image.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// A file of it cannot be read.
    #[error("cannot read `{name}` in it: {error}")]
    Io {
        /// Its name in the image.
        name: String,
        /// What went wrong.
        error: io::Error,
    },
    /// A temporary file cannot be written.
    #[error(
        "cannot write a temporary file in {}: {error}. Make room there, or set TMPDIR to another \
         directory", std::env::temp_dir().display()
    )]
    Temporary {
        /// What went wrong.
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
    /// The archive is not a whole tar.
    #[error("this begins like a tar but is damaged: {0}. Save or copy the image again")]
    Archive(io::Error),
    /// A file that another one refers to does not exist.
    #[error("`{0}` is missing, though the image refers to it. Save or copy the whole image again")]
    Missing(String),
    /// The archive ends within a file.
    #[error("it ends within `{0}`. Save or copy the image again")]
    CutShort(String),
    /// A file has another size than the image states.
    #[error(
        "`{name}` has {found} bytes, and the image says {stated}: save or copy the image again"
    )]
    Size {
        /// Its name in the image.
        name: String,
        /// What the image says.
        stated: u64,
        /// What there is.
        found: u64,
    },
    /// A file does not have the digest that the image states.
    #[error(
        "`{name}` is damaged: the image says sha256 {stated}, and it is {found}. Save or copy the \
         image again"
    )]
    Digest {
        /// Its name in the image.
        name: String,
        /// What the image says, in hexadecimal digits.
        stated: String,
        /// What it is.
        found: String,
    },
    /// A digest that is not a sha256.
    #[error(
        "it refers to `{0}`, which is not a supported digest: expected `sha256:` with 64 \
         hexadecimal digits"
    )]
    UnknownDigest(String),
    /// A JSON file does not have the expected form.
    #[error("`{name}` in it cannot be read: {message}")]
    Json {
        /// Its name in the image.
        name: String,
        /// What is wrong.
        message: String,
    },
    /// A layout that is not known yet.
    #[error("it is an OCI layout of version {0}, and this version reads 1: update coexist-checker")]
    NewerLayout(String),
    /// What a digest refers to is not an index, a manifest or a layer.
    #[error(
        "`{name}` has the media type {found:?}, which is not supported: expected an image \
         of OCI or Docker (schema 2) with layers of tar, plain, gzip or zstd"
    )]
    UnknownMediaType {
        /// Its name in the image.
        name: String,
        /// Its media type.
        found: String,
    },
    /// A layer that is compressed in another way.
    #[error(
        "the layer `{name}` is compressed with {found}, which is not supported: compress it with \
         gzip or zstd"
    )]
    UnknownCompression {
        /// The name of the layer.
        name: String,
        /// What its first bytes show.
        found: &'static str,
    },
    /// A layer with the stated digest that is not a tar.
    #[error("the layer `{name}` cannot be unpacked: {error}. Build or copy the image again")]
    Layer {
        /// The name of the layer.
        name: String,
        /// What went wrong.
        error: io::Error,
    },
    /// A layer that ends within a file.
    #[error(
        "the layer `{layer}` ends within the file `{file}`: build, save or copy the image again"
    )]
    LayerCutShort {
        /// The name of the layer.
        layer: String,
        /// The file in it.
        file: String,
    },
    /// A file with holes.
    #[error(
        "`{file}` in the layer `{layer}` is a sparse file, which is not supported: pack the layer \
         without `--sparse`"
    )]
    Sparse {
        /// The name of the layer.
        layer: String,
        /// The file in it.
        file: String,
    },
    /// It unpacks to more than any image.
    #[error(
        "it unpacks to more than {} GiB, which is the most that is read: is this the right \
         file?", UNPACKED_LIMIT / GIB
    )]
    TooMuch,
    /// A path, or the attributes with it, that is too long.
    #[error(
        "a file in the layer `{layer}` has a header of more than {} MiB, which is the most that is \
         read: is this the right file?", HEADER_LIMIT / MIB
    )]
    LongHeader {
        /// The name of the layer.
        layer: String,
    },
    /// It has more programs and links than any image.
    #[error(
        "the paths of its programs and symbolic links are of more than {} MiB, which is the most \
         that is kept: is this the right file?", PATHS_LIMIT as u64 / MIB
    )]
    TooManyPaths,
    /// Its paths lead over too many links.
    #[error(
        "its paths lead over so many symbolic links that they have more than {} MiB together, which \
         is the most that is read: is this the right file?", FOLLOWED_LIMIT as u64 / MIB
    )]
    TooManyLinks,
    /// Indexes that are nested too deep.
    #[error("its indexes are nested more than {0} deep: is this the right file?")]
    TooDeep(usize),
    /// An index of too many images.
    #[error("its indexes name more than {0} images: is this the right file?")]
    TooManyImages(usize),
    /// An index without images.
    #[error("it holds no image: its index lists nothing but signatures and the like")]
    NoImage,
    /// More than one image.
    #[error(
        "it holds several images: {}. A build is one image: save that one by itself", 
        .0.join(", ")
    )]
    Several(Vec<String>),
    /// No program in it has annotations.
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
        /// What went wrong.
        error: Box<BuildError>,
    },
    /// Its programs are of several releases.
    #[error(
        "its programs disagree on the release: {0}. Build them from one release, or state it \
         with `--release`, `--old-release` or `--new-release`"
    )]
    Releases(String),
    /// Its programs state several releases.
    #[error(
        "its programs state different releases: {0}. Build them from one release, or leave out the \
         odd one with `--without-program`, `--old-without-program` or `--new-without-program`"
    )]
    Statements(String),
    /// No program with annotations is at the path of one that is left out.
    #[error("no program with annotations is at `{path}` in this image. The programs are {known}")]
    NoProgram {
        /// The path, as it is in the image.
        path: String,
        /// The programs that there are.
        known: String,
    },
    /// All programs are left out.
    #[error("all programs of this image are left out: {0}. One must stay")]
    NoneLeft(String),
    /// The image for one platform cannot be read.
    #[error("for {platform}, {error}")]
    Platform {
        /// The platform, as `linux/amd64`.
        platform: String,
        /// What went wrong.
        error: Box<BuildError>,
    },
    /// The images for two platforms differ.
    #[error(
        "its images for {} and {} differ: {difference}. Build them from one release, or \
         save the image for one platform", platforms[0], platforms[1]
    )]
    Platforms {
        /// The two platforms, as `linux/amd64`.
        platforms: [String; 2],
        /// The first thing that differs.
        difference: String,
    },
}

/// A name from an image, escaped and cut, so that it fits into one line of a message.
pub(super) fn shown(name: &[u8]) -> String {
    const MOST: usize = 200;
    let text = String::from_utf8_lossy(name);
    let mut shown: String = text.chars().take(MOST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown.escape_debug().to_string()
}
