//! Reads a container image as a build: one registry of all programs in its layers. It does
//! not pull images, and does not read what they are configured to run.
//!
//! `store` finds files by their names (in a directory, or in a tar), `document` reads the
//! JSON, `manifest` finds the layers, `unpack` decompresses one, `layer` finds the programs
//! in it, `tree` knows which of them are left when all layers are applied, and `merge` makes
//! one registry of theirs. `limits` has the largest image that is read. A layer streams
//! through: of a file, no more is kept than its records.

mod document;
pub(super) mod error;
mod hashed;
mod layer;
mod limits;
mod manifest;
mod merge;
mod meter;
mod path;
mod spool;
mod store;
mod tree;
mod unpack;

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use self::document::check_digest;
use self::error::{ImageError, shown};
use self::hashed::Hashed;
use self::layer::{Looked, Program, Stopped};
use self::limits::{UNPACKED_LIMIT, archive_limit};
use self::manifest::{Digest, Image, Layer};
use self::meter::{Exceeded, Meter, Metered};
use self::path::clean;
use self::spool::CopyError;
use self::store::Store;
use self::tree::Tree;
use self::unpack::{Packing, unpack};
use super::error::BuildError;
use super::file::Stated;
use super::gather::{Gathered, shortened};
use crate::registry::Registry;

/// Reads the image in a directory. `None` if the directory is not an image.
pub(super) fn in_folder(path: &Path, stated: Stated<'_>) -> Result<Option<Registry>, BuildError> {
    registry(&Store::folder(path), stated)
}

/// Reads the image in a tar, which may be compressed as a whole. `None` if it is not a tar,
/// or holds other files.
pub(super) fn in_archive(file: File, stated: Stated<'_>) -> Result<Option<Registry>, BuildError> {
    match Store::tar(unpacked(file)?)? {
        Some(store) => registry(&store, stated),
        None => Ok(None),
    }
}

/// The file itself; of a compressed tar, its contents in a temporary file, since layers are
/// read from any place in it.
fn unpacked(mut file: File) -> Result<File, ImageError> {
    let failed = ImageError::Archive;
    let head = store::head(&mut file).map_err(failed)?;
    if !matches!(Packing::from_head(&head), Packing::Gzip | Packing::Zstd) {
        return Ok(file);
    }
    let Ok(packed) = unpack(&file).map_err(failed)? else {
        return Ok(file);
    };
    let size = file.metadata().map_err(failed)?.len();
    let limit = archive_limit(size);
    let meter = Meter::new(limit);
    let mut packed = Metered::new(packed, &meter);
    // What is not a tar is not unpacked to its end.
    let mut head = Vec::new();
    let read = packed.by_ref().take(store::HEAD).read_to_end(&mut head);
    if read.is_err() || !store::begins_like_tar(&head) {
        drop(packed);
        return Ok(file);
    }
    let contents = tempfile::tempfile().map_err(|error| ImageError::Temporary { error })?;
    let copied = spool::copy(head.chain(packed), &contents);
    if meter.exceeded().is_some() {
        return Err(ImageError::Expands {
            packed: size,
            limit,
        });
    }
    copied.map_err(|error| match error {
        CopyError::Read(error) => ImageError::Archive(error),
        CopyError::Write(error) => ImageError::Temporary { error },
    })?;
    Ok(contents)
}

fn registry(store: &Store, stated: Stated<'_>) -> Result<Option<Registry>, BuildError> {
    let Some(images) = manifest::images(store)? else {
        return Ok(None);
    };
    let meter = Meter::new(UNPACKED_LIMIT);
    let mut first: Option<(&str, Registry)> = None;
    for image in &images {
        let read = programs(store, image, &meter, stated.without)
            .and_then(|programs| merge::merged(programs, stated.version));
        let registry = match read {
            Err(error) if images.len() > 1 => {
                return Err(BuildError::Image(ImageError::Platform {
                    platform: image.platform.clone(),
                    error: Box::new(error),
                }));
            }
            read => read?,
        };
        let Some((platform, known)) = &first else {
            first = Some((&image.platform, registry));
            continue;
        };
        let platforms = [*platform, &*image.platform];
        if let Some(difference) = merge::difference(platforms, [known, &registry]) {
            return Err(BuildError::Image(ImageError::Platforms {
                platforms: platforms.map(ToOwned::to_owned),
                difference,
            }));
        }
    }
    Ok(first.map(|(_, registry)| registry))
}

/// The programs with records that an image has when all its layers are applied, but for those
/// that are left out.
fn programs(
    store: &Store,
    image: &Image,
    meter: &Meter,
    without: &[PathBuf],
) -> Result<Vec<(Vec<u8>, Gathered)>, BuildError> {
    let mut tree = Tree::new();
    let mut looked = Looked::default();
    for layer in &image.layers {
        put_on(&mut tree, store, layer, meter, &mut looked)?;
    }
    let programs = tree.into_programs()?;
    if programs.is_empty() {
        return Err(BuildError::Image(ImageError::NoPrograms {
            files: looked.files,
            programs: looked.programs,
        }));
    }
    // One that is left out need not be readable.
    let left = leave_out(programs, without)?.into_iter();
    let left = left.map(|(path, program)| match program {
        Ok(records) => Ok((path, records)),
        Err(error) => Err(merge::at(&path, error)),
    });
    left.collect()
}

/// The programs but for those at these paths.
fn leave_out<P>(
    mut programs: Vec<(Vec<u8>, P)>,
    without: &[PathBuf],
) -> Result<Vec<(Vec<u8>, P)>, ImageError> {
    let known = |programs: &[(Vec<u8>, P)]| {
        let known = programs
            .iter()
            .map(|(path, _)| format!("`{}`", shown(path)));
        shortened(&known.collect::<Vec<_>>())
    };
    let without = without
        .iter()
        .map(|path| clean(path.as_os_str().as_encoded_bytes()));
    let without: Vec<Vec<u8>> = without.collect();
    for path in &without {
        if programs.iter().all(|(known, _)| known != path) {
            return Err(ImageError::NoProgram {
                path: shown(path),
                known: known(&programs),
            });
        }
    }
    if programs.iter().all(|(path, _)| without.contains(path)) {
        return Err(ImageError::NoneLeft(known(&programs)));
    }
    programs.retain(|(path, _)| !without.contains(path));
    Ok(programs)
}

/// Applies a layer on top of those below it, and checks its digest.
fn put_on(
    tree: &mut Tree<Program>,
    store: &Store,
    layer: &Layer,
    meter: &Meter,
    looked: &mut Looked,
) -> Result<(), ImageError> {
    let name = || shown(layer.file.as_bytes());
    let stored = store.open(&layer.file)?;
    stored.check_size(&layer.file, layer.size)?;
    let failed = |error| ImageError::Io {
        name: name(),
        error,
    };
    let (of_packed, of_unpacked) = match &layer.digest {
        Digest::Packed(digits) => (Some(&**digits), None),
        Digest::Unpacked(digits) => (None, Some(&**digits)),
    };
    let mut packed = Hashed::new(stored.bytes, of_packed.is_some());
    let put = {
        let unpacked = match unpack(&mut packed).map_err(failed)? {
            Ok(unpacked) => unpacked,
            Err(found) => {
                return Err(ImageError::UnknownCompression {
                    name: name(),
                    found,
                });
            }
        };
        let mut unpacked = Hashed::new(Metered::new(unpacked, meter), of_unpacked.is_some());
        let put = layer::put_on(tree, &layer.file, &mut unpacked, meter, looked);
        // After the end of the tar there may be more, which is part of what was hashed.
        put.and_then(|()| {
            let found = unpacked.finish()?;
            Ok(check_digest(&layer.file, of_unpacked, found)?)
        })
    };
    match meter.exceeded() {
        Some(Exceeded::Unpacked) => return Err(ImageError::TooMuch),
        Some(Exceeded::Header) => return Err(ImageError::LongHeader { layer: name() }),
        None => {}
    }
    // That the bytes are not the stated ones matters more than what is wrong with them.
    let found = packed.finish().map_err(failed)?;
    check_digest(&layer.file, of_packed, found)?;
    put.map_err(|stopped| match stopped {
        Stopped::Image(error) => error,
        Stopped::Unreadable(error) => ImageError::Layer {
            name: name(),
            error,
        },
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::{Digest, ImageError, Layer, Looked, Meter, Store, Tree, put_on};

    /// Two MiB of zeros pack to two KiB; what is a thousand times as long is not
    /// unpacked to see it.
    #[test]
    fn a_layer_that_unpacks_to_more_than_is_read_is_an_error() {
        let mut header = tar::Header::new_gnu();
        header.set_size(2 << 20);
        let mut layer = tar::Builder::new(Vec::new());
        let zeros = vec![0; 2 << 20];
        layer.append_data(&mut header, "zeros", &zeros[..]).unwrap();
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(&layer.into_inner().unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("layer"), packed.finish().unwrap()).unwrap();
        let read = |limit| {
            let store = Store::folder(folder.path());
            let layer = Layer {
                file: "layer".to_owned(),
                size: None,
                digest: Digest::Unpacked("0".repeat(64)),
            };
            let meter = Meter::new(limit);
            put_on(
                &mut Tree::new(),
                &store,
                &layer,
                &meter,
                &mut Looked::default(),
            )
        };
        let error = read(1 << 20).unwrap_err();
        assert!(matches!(error, ImageError::TooMuch), "{error}");
        assert!(error.to_string().contains("more than 32 GiB"), "{error}");
        let error = read(3 << 20).unwrap_err();
        assert!(matches!(error, ImageError::Digest { .. }), "{error}");
    }
}
