//! Which revisions of a repository are its releases: its tags, in the order of their versions, or
//! the commits of its main line.

use std::collections::BTreeMap;

use coexist_source::version;
use semver::Version;

use crate::scan::git::Repository;

/// How many revisions are looked at.
const MAX_REVISIONS: usize = 20_000;

/// Which revisions are asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// `FROM..TO`: either may be empty.
    pub range: Option<String>,
    /// A pattern of tags.
    pub tags: Option<String>,
    /// Each commit of the main line, and not the tags.
    pub commits: bool,
}

/// A release: a tag, or a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The tag, or the short hash of the commit.
    pub name: String,
    /// The hash of the commit.
    pub commit: String,
    /// The day on which it was made.
    pub date: String,
    /// The version, if the tag is one.
    pub version: Option<Version>,
}

/// The revisions, the oldest first, and what was left out.
pub(super) struct Found {
    pub(super) revisions: Vec<Revision>,
    pub(super) left_out: Vec<String>,
}

/// Finds the revisions.
///
/// # Errors
///
/// In words, if there are none, or the range does not name any of them.
pub(super) fn find(repository: &Repository, asked: &Asked) -> Result<Found, String> {
    let (from, to) = match &asked.range {
        None => ("", ""),
        Some(range) => range.split_once("..").ok_or_else(|| {
            format!("`{range}` is not a range: expected FROM..TO, such as v1.0.0..v2.0.0")
        })?,
    };
    if asked.commits {
        return commits(repository, from, to);
    }
    let mut found = tags(repository, asked.tags.as_deref())?;
    let position = |name: &str, found: &Found| {
        let position = found.revisions.iter().position(|one| one.name == name);
        position.ok_or_else(|| format!("there is no tag `{name}` among the releases"))
    };
    if !to.is_empty() {
        let end = position(to, &found)?;
        found.revisions.truncate(end + 1);
    }
    if !from.is_empty() {
        let start = position(from, &found)?;
        found.revisions.drain(..start);
    }
    Ok(found)
}

/// The commits of the main line: the first parents.
fn commits(repository: &Repository, from: &str, to: &str) -> Result<Found, String> {
    let to = repository.commit(if to.is_empty() { "HEAD" } else { to })?;
    let mut range = vec![
        "log".to_owned(),
        "--first-parent".to_owned(),
        "--reverse".to_owned(),
        "--format=%h%x09%H%x09%cs".to_owned(),
        to,
    ];
    let mut revisions = Vec::new();
    if !from.is_empty() {
        let from = repository.commit(from)?;
        let own = repository.ask(&["log", "-1", "--format=%h%x09%H%x09%cs", &from])?;
        revisions.extend(own.lines().filter_map(commit));
        range.push(format!("^{from}"));
    }
    let range: Vec<&str> = range.iter().map(String::as_str).collect();
    let list = repository.ask(&range)?;
    revisions.extend(list.lines().filter_map(commit).take(MAX_REVISIONS));
    Ok(Found {
        revisions,
        left_out: Vec::new(),
    })
}

fn commit(line: &str) -> Option<Revision> {
    let mut parts = line.split('\t');
    Some(Revision {
        name: parts.next()?.to_owned(),
        commit: parts.next()?.to_owned(),
        date: parts.next()?.to_owned(),
        version: None,
    })
}

/// The tags: in the order of their versions, if they are versions.
fn tags(repository: &Repository, pattern: Option<&str>) -> Result<Found, String> {
    let pattern = format!("refs/tags/{}", pattern.unwrap_or("**"));
    let format = "--format=%(refname:short)%09%(objecttype)%09%(objectname)%09%(*objecttype)%09\
                  %(*objectname)%09%(creatordate:short)";
    let list = repository.ask(&["for-each-ref", "--sort=creatordate", format, &pattern])?;
    let all: Vec<Revision> = list.lines().filter_map(tag).take(MAX_REVISIONS).collect();
    if all.is_empty() {
        return Err(
            "there are no tags here: fetch them with `git fetch --tags`, or take each commit with \
             `--commits`"
                .to_owned(),
        );
    }
    // Several series of versions may be in one repository: `app-v1.0.0`, `tool-v2.3.0`.
    let mut series: BTreeMap<&str, Vec<&Revision>> = BTreeMap::new();
    for revision in &all {
        if revision.version.is_some() {
            series
                .entry(prefix(&revision.name))
                .or_default()
                .push(revision);
        }
    }
    let longest = series.into_values().max_by_key(Vec::len);
    let Some(longest) = longest else {
        return Ok(Found {
            revisions: all,
            left_out: Vec::new(),
        });
    };
    let mut revisions: Vec<Revision> = longest.into_iter().cloned().collect();
    revisions.sort_by(|one, other| one.version.cmp(&other.version));
    let is_known = |one: &&Revision| revisions.iter().any(|known| known.name == one.name);
    let left_out = all.iter().filter(|one| !is_known(one));
    let left_out = left_out.map(|one| one.name.clone()).collect();
    Ok(Found {
        revisions,
        left_out,
    })
}

fn tag(line: &str) -> Option<Revision> {
    let mut parts = line.split('\t');
    let name = parts.next()?.to_owned();
    let (kind, own) = (parts.next()?, parts.next()?);
    let (inner_kind, inner) = (parts.next()?, parts.next()?);
    let date = parts.next()?.to_owned();
    let commit = match (kind, inner_kind) {
        ("commit", _) => own,
        ("tag", "commit") => inner,
        _ => return None,
    };
    let version = version::parse(name.trim_start_matches(prefix(&name))).ok();
    Some(Revision {
        commit: commit.to_owned(),
        date,
        version,
        name,
    })
}

/// What stands before the version in a tag.
fn prefix(tag: &str) -> &str {
    let digits = tag.find(|c: char| c.is_ascii_digit());
    digits.map_or(tag, |at| &tag[..at])
}
