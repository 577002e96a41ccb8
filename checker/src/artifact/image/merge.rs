//! Makes one registry of the programs of an image, and of the images of all platforms.

use std::collections::BTreeSet;
use std::sync::Arc;

use semver::Version;

use super::error::{ImageError, shown};
use super::path::split;
use crate::artifact::error::BuildError;
use crate::artifact::gather::Gathered;
use crate::registry::{Registry, Release};

/// The registry of an image with these programs, each with its path.
pub(super) fn merged(
    programs: Vec<(Vec<u8>, Gathered)>,
    stated: Option<&Version>,
) -> Result<Registry, BuildError> {
    let mut registry = Registry {
        release: release(&programs, stated)?,
        handlers: Vec::new(),
        forms: Vec::new(),
    };
    for (_, program) in programs {
        let (handlers, forms) = program.into_items();
        registry.handlers.extend(handlers);
        registry.forms.extend(forms);
    }
    registry.sort();
    once(&mut registry.handlers, |handler| &handler.id);
    once(&mut registry.forms, |form| &form.id);
    registry.validate()?;
    Ok(registry)
}

/// Which release the programs are together.
///
/// Its name is the programs' own; where they have several, all of them, joined by `+`:
/// it must be the same for the next release, whose file may be called otherwise. What
/// one program states by `release!()` holds for the image, as it holds for all crates of
/// a program.
fn release(
    programs: &[(Vec<u8>, Gathered)],
    stated: Option<&Version>,
) -> Result<Release, BuildError> {
    let own = |(path, program): &(Vec<u8>, Gathered)| {
        let own = program.stated_release();
        own.map(Option::<&Release>::cloned)
            .map_err(|error| at(path, error.into()))
    };
    let own: Vec<Option<Release>> = programs.iter().map(own).collect::<Result<_, _>>()?;
    let is_stated = own.iter().any(Option::is_some);
    let mut names = BTreeSet::new();
    let mut versions = Vec::new();
    let mut said = Vec::new();
    for ((path, program), own) in programs.iter().zip(own) {
        let (name, version) = match own {
            Some(Release { name, version }) => (name, Some(version)),
            None if is_stated || stated.is_some() => (program.name(&stem(path)), None),
            None => {
                let agreed = program.agreed_version();
                let version = agreed.map_err(|error| at(path, error.into()))?;
                (program.name(&stem(path)), Some(version))
            }
        };
        if let Some(version) = version {
            said.push(format!("`{}` is {name} {version}", shown(path)));
            versions.push(version);
        }
        names.insert(name);
    }
    versions.dedup();
    let version = match (stated, &versions[..]) {
        (Some(version), _) | (None, [version]) => version.clone(),
        (None, _) => return Err(ImageError::Releases(said.join(", ")).into()),
    };
    let names: Vec<String> = names.into_iter().collect();
    Ok(Release {
        name: names.join("+"),
        version,
    })
}

/// The first thing in which two registries differ, in words; `None` if there is none.
pub(super) fn difference(platforms: [&str; 2], registries: [&Registry; 2]) -> Option<String> {
    let [one, other] = registries;
    if one.release != other.release {
        let said = |registry: &Registry| {
            let Release { name, version } = &registry.release;
            format!("{name} {version}")
        };
        return Some(format!("they are {} and {}", said(one), said(other)));
    }
    first_difference(
        platforms,
        "handler",
        [&one.handlers, &other.handlers],
        |handler| &handler.id,
    )
    .or_else(|| {
        first_difference(platforms, "form", [&one.forms, &other.forms], |form| {
            &form.id
        })
    })
}

/// An error of one program in the image.
pub(super) fn at(path: &[u8], error: BuildError) -> BuildError {
    BuildError::Image(ImageError::Program {
        path: shown(path),
        error: Box::new(error),
    })
}

/// The program's name, without an ending.
fn stem(path: &[u8]) -> String {
    let (_, name) = split(path);
    let end = name
        .iter()
        .rposition(|byte| *byte == b'.')
        .filter(|dot| *dot > 0);
    shown(&name[..end.unwrap_or(name.len())])
}

/// Keeps one of several items that are the same. They are sorted by their ids.
fn once<T: PartialEq>(items: &mut Vec<Arc<T>>, id: fn(&T) -> &String) {
    let mut kept: Vec<Arc<T>> = Vec::with_capacity(items.len());
    for item in items.drain(..) {
        let mut namesakes = kept.iter().rev().take_while(|kept| id(kept) == id(&item));
        if !namesakes.any(|kept| *kept == item) {
            kept.push(item);
        }
    }
    *items = kept;
}

fn first_difference<T: PartialEq>(
    platforms: [&str; 2],
    kind: &str,
    [one, other]: [&[Arc<T>]; 2],
    id: fn(&T) -> &String,
) -> Option<String> {
    let only = |id: &str, platform: &str| {
        Some(format!(
            "the {kind} `{}` of {platform} is not so in the other",
            shown(id.as_bytes())
        ))
    };
    let mut pairs = one.iter().zip(other);
    if let Some((item, their)) = pairs.find(|(item, their)| item != their) {
        // Of two that differ, the one that comes first in order is in one of them alone.
        return if id(item) <= id(their) {
            only(id(item), platforms[0])
        } else {
            only(id(their), platforms[1])
        };
    }
    let more = |longer: &[Arc<T>], shorter: &[Arc<T>], platform| {
        longer
            .get(shorter.len())
            .and_then(|item| only(id(item), platform))
    };
    more(one, other, platforms[0]).or_else(|| more(other, one, platforms[1]))
}
