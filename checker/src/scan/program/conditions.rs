//! Whether code is there in the program that is scanned: by its `cfg`s, with these features, and
//! without tests.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Lit, Meta, Token};

use super::manifest::Workspace;

/// The features of a package that are on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Features {
    on: HashSet<String>,
    /// Each of the others may be on or off.
    are_open: bool,
}

impl Features {
    /// Each may be on or off: what is there with it, and what is there without it.
    pub(crate) fn open() -> Self {
        Self {
            are_open: true,
            ..Self::default()
        }
    }

    /// Whether a feature is on; `None`: that is not known.
    fn has(&self, name: &str) -> Option<bool> {
        match self.on.contains(name) {
            false if self.are_open => None,
            is_on => Some(is_on),
        }
    }
}

/// The features of each package that are on if the program of this one is built with these: a
/// package's own, and those that it turns on in its dependencies.
pub(crate) fn features(
    workspace: &Workspace,
    package: &Path,
    asked: &[String],
    with_default: bool,
) -> BTreeMap<PathBuf, Features> {
    let mut on: BTreeMap<PathBuf, Features> = BTreeMap::new();
    let mut open: Vec<(PathBuf, String)> = Vec::new();
    let own = asked.iter().flat_map(|list| list.split([',', ' ']));
    open.extend(
        own.filter(|name| !name.is_empty())
            .map(|name| (package.to_owned(), name.to_owned())),
    );
    if with_default {
        open.push((package.to_owned(), "default".to_owned()));
    }
    let mut seen: HashSet<PathBuf> = HashSet::new();
    let mut packages = vec![package.to_owned()];
    while let Some(folder) = packages.pop() {
        if !seen.insert(folder.clone()) {
            continue;
        }
        let Some(package) = workspace.packages.get(&folder) else {
            continue;
        };
        for dependency in package.dependencies.values() {
            let Some(folder) = &dependency.folder else {
                continue;
            };
            packages.push(folder.clone());
            let asked = dependency.features.iter().cloned();
            open.extend(asked.map(|name| (folder.clone(), name)));
            if dependency.has_default_features {
                open.push((folder.clone(), "default".to_owned()));
            }
        }
    }
    while let Some((folder, name)) = open.pop() {
        if !on
            .entry(folder.clone())
            .or_default()
            .on
            .insert(name.clone())
        {
            continue;
        }
        let Some(package) = workspace.packages.get(&folder) else {
            continue;
        };
        for turned_on in package.features.get(&name).into_iter().flatten() {
            match turned_on.split_once('/') {
                Some((dependency, feature)) => {
                    let dependency = dependency.trim_end_matches('?').replace('-', "_");
                    let dependency = package.dependencies.get(&dependency);
                    if let Some(folder) = dependency.and_then(|one| one.folder.clone()) {
                        open.push((folder, feature.to_owned()));
                    }
                }
                None if turned_on.starts_with("dep:") => {}
                None => open.push((folder.clone(), turned_on.clone())),
            }
        }
    }
    on
}

/// Whether an item with these attributes is there, as far as is known.
pub(crate) fn is_there(attrs: &[Attribute], features: &Features) -> bool {
    attrs.iter().all(|attr| match &attr.meta {
        Meta::List(list) if list.path.is_ident("cfg") => {
            let condition: Option<Meta> = list.parse_args().ok();
            condition.is_none_or(|condition| holds(&condition, features) != Some(false))
        }
        meta => {
            let last = meta.path().segments.last();
            last.is_none_or(|last| last.ident != "test")
        }
    })
}

/// The attributes that are there, with what each `cfg_attr` stands for.
pub(crate) fn effective(attrs: &[Attribute], features: &Features) -> Vec<Attribute> {
    let mut all = Vec::new();
    for attr in attrs {
        if !attr.path().is_ident("cfg_attr") {
            all.push(attr.clone());
            continue;
        }
        let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
        let Ok(parts) = attr.parse_args_with(parser) else {
            continue;
        };
        let mut parts = parts.into_iter();
        let is_off = parts
            .next()
            .is_some_and(|condition| holds(&condition, features) == Some(false));
        if !is_off {
            let own: Vec<Attribute> = parts
                .map(|meta| Attribute {
                    meta,
                    ..attr.clone()
                })
                .collect();
            all.extend(effective(&own, features));
        }
    }
    all
}

/// Whether a condition holds; `None`: that is not known.
fn holds(condition: &Meta, features: &Features) -> Option<bool> {
    match condition {
        Meta::Path(path) if path.is_ident("test") => Some(false),
        Meta::Path(path) if path.is_ident("unix") => Some(true),
        Meta::Path(path) if path.is_ident("windows") => Some(false),
        Meta::Path(_) => None,
        Meta::NameValue(pair) => {
            let Expr::Lit(value) = &pair.value else {
                return None;
            };
            let Lit::Str(text) = &value.lit else {
                return None;
            };
            if pair.path.is_ident("feature") {
                features.has(&text.value())
            } else {
                None
            }
        }
        Meta::List(list) => {
            let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
            let parts = list.parse_args_with(parser).ok()?;
            let parts: Vec<Option<bool>> = parts.iter().map(|part| holds(part, features)).collect();
            let has = |value: bool| parts.contains(&Some(value));
            let is_known = !parts.contains(&None);
            match &*list.path.get_ident()?.to_string() {
                "not" => parts.first().copied().flatten().map(|value| !value),
                "all" if has(false) => Some(false),
                "any" if has(true) => Some(true),
                "all" => is_known.then_some(true),
                "any" => is_known.then_some(false),
                _ => None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Features, is_there};

    #[test]
    fn code_is_there_unless_it_is_known_not_to_be() {
        let features = Features {
            on: ["on".to_owned()].into(),
            are_open: false,
        };
        for (attribute, expected) in [
            ("#[cfg(test)]", false),
            ("#[tokio::test]", false),
            ("#[cfg(feature = \"on\")]", true),
            ("#[cfg(feature = \"off\")]", false),
            ("#[cfg(not(feature = \"off\"))]", true),
            ("#[cfg(all(feature = \"on\", not(test)))]", true),
            ("#[cfg(any(test, feature = \"off\"))]", false),
            ("#[cfg(any(test, debug_assertions))]", true),
            ("#[cfg(all(windows, tokio_unstable))]", false),
            ("#[get(\"/test\")]", true),
        ] {
            let item: syn::ItemFn = syn::parse_str(&format!("{attribute} fn a() {{}}")).unwrap();
            assert_eq!(is_there(&item.attrs, &features), expected, "{attribute}");
        }
    }
    #[test]
    fn what_any_feature_asks_for_is_there_if_all_are_open() {
        for (attribute, expected) in [
            ("#[cfg(feature = \"a\")]", true),
            ("#[cfg(not(feature = \"a\"))]", true),
            ("#[cfg(all(feature = \"a\", test))]", false),
        ] {
            let item: syn::ItemFn = syn::parse_str(&format!("{attribute} fn a() {{}}")).unwrap();
            assert_eq!(
                is_there(&item.attrs, &Features::open()),
                expected,
                "{attribute}"
            );
        }
    }
}
