//! Makes one registry of the programs of an image, and of the images of all platforms.

use std::collections::BTreeSet;
use std::sync::Arc;

use semver::Version;

use super::error::{ImageError, shown};
use super::path::split;
use crate::artifact::distinct::keep_distinct;
use crate::artifact::error::BuildError;
use crate::artifact::gather::{Gathered, shortened};
use crate::registry::{Form, Handler, Registry, Release};

/// The registry of an image with these programs, each with its path.
pub(super) fn merged(
    programs: Vec<(Vec<u8>, Gathered)>,
    stated: Option<&Version>,
) -> Result<Registry, BuildError> {
    let mut registry = Registry {
        release: release(&programs, stated)?,
        routing: None,
        trailing_slash: None,
        scanned: false,
        handlers: Vec::new(),
        forms: Vec::new(),
    };
    let mut slashes = Vec::new();
    for (path, program) in programs {
        let stated = program.stated_release();
        let stated = stated.map_err(|error| at(&path, error.into()))?;
        let routing = stated.and_then(|stated| stated.routing);
        slashes.push(stated.and_then(|stated| stated.trailing_slash));
        let (mut handlers, forms) = program.into_items()?;
        // The programs may differ in it, so each handler says it.
        if routing.is_some() {
            for handler in &mut handlers {
                Arc::make_mut(handler).routing = handler.routing.or(routing);
            }
        }
        registry.handlers.extend(handlers);
        registry.forms.extend(forms);
    }
    slashes.dedup();
    if let [slash] = slashes[..] {
        registry.trailing_slash = slash;
    }
    registry.sort();
    let is_same_handler = |a: &Arc<Handler>, b: &Arc<Handler>| a.order(b).is_eq();
    let name = |handler: &Arc<Handler>| handler.id.clone();
    registry.handlers = keep_distinct(registry.handlers, is_same_handler, PartialEq::eq, name)?;
    let is_same_form = |a: &Arc<Form>, b: &Arc<Form>| a.order(b).is_eq();
    let name = |form: &Arc<Form>| form.id.clone();
    registry.forms = keep_distinct(registry.forms, is_same_form, PartialEq::eq, name)?;
    registry.validate()?;
    Ok(registry)
}

/// Which release the programs are together.
///
/// Its name is that of the programs; where they have several, all of them, joined by `+`:
/// it must be the same for the next release, whose file may have another name. What one
/// program states by `release!()` holds for the image, as it holds for all crates of a
/// program.
fn release(
    programs: &[(Vec<u8>, Gathered)],
    stated: Option<&Version>,
) -> Result<Release, BuildError> {
    let own = |(path, program): &(Vec<u8>, Gathered)| {
        let own = program.stated_release();
        own.map(|stated| stated.map(|stated| stated.release.clone()))
            .map_err(|error| at(path, error.into()))
    };
    let own: Vec<Option<Release>> = programs.iter().map(own).collect::<Result<_, _>>()?;
    check_stated(programs, &own)?;
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
        (None, _) => return Err(ImageError::Releases(shortened(&said)).into()),
    };
    let names: Vec<String> = names.into_iter().collect();
    Ok(Release {
        name: names.join("+"),
        version,
    })
}

/// A flag does not overrule what programs state by `release!()`: if that differs, one of
/// them is from another build.
fn check_stated(
    programs: &[(Vec<u8>, Gathered)],
    own: &[Option<Release>],
) -> Result<(), ImageError> {
    let stated = programs.iter().zip(own);
    let stated = stated.filter_map(|((path, _), own)| Some((path, own.as_ref()?)));
    let stated: Vec<(&Vec<u8>, &Release)> = stated.collect();
    let is_other = |(_, release): &(&Vec<u8>, &Release)| release.version != stated[0].1.version;
    if stated.iter().any(is_other) {
        let said = stated.iter().map(|(path, Release { name, version })| {
            format!("`{}` is {name} {version}", shown(path))
        });
        return Err(ImageError::Statements(shortened(&said.collect::<Vec<_>>())));
    }
    Ok(())
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

/// The name of the program's file, without its extension.
fn stem(path: &[u8]) -> String {
    let (_, name) = split(path);
    let end = name
        .iter()
        .rposition(|byte| *byte == b'.')
        .filter(|dot| *dot > 0);
    shown(&name[..end.unwrap_or(name.len())])
}

fn first_difference<T: PartialEq>(
    platforms: [&str; 2],
    kind: &str,
    [one, other]: [&[Arc<T>]; 2],
    id: fn(&T) -> &String,
) -> Option<String> {
    let only = |id: &str, platform: &str| {
        Some(format!(
            "the {kind} `{}` of {platform} differs in the other",
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
