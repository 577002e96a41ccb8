//! Links lead somewhere: to a file that is there, and a heading in it.

use std::collections::BTreeSet;
use std::path::Path;

use super::markdown::{anchors, blocks, definitions, labels, links, prose};
use super::{RUSTDOC_LINKS, guide, name, pages, read, repository};

/// What is wrong with a link on a page.
fn mistake(page: &Path, link: &str) -> Option<String> {
    if link.contains("://") {
        return None;
    }
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = if file.is_empty() {
        page.to_owned()
    } else {
        page.parent()?.join(file)
    };
    if !target.exists() {
        return Some(format!("{}: no file {file}", name(page)));
    }
    let is_there = anchor.is_empty() || anchors(&read(&target)).iter().any(|one| one == anchor);
    (!is_there).then(|| format!("{}: no heading #{anchor} in {}", name(page), name(&target)))
}

#[test]
fn links_lead_to_files_and_headings_that_are_there() {
    let pages = pages();
    let mistakes = pages.iter().flat_map(|page| {
        let links = links(&read(page));
        let mistakes = links.into_iter().filter_map(|link| mistake(page, &link));
        mistakes.collect::<Vec<_>>()
    });
    assert_eq!(mistakes.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn a_missing_file_and_a_missing_heading_are_found() {
    let readme = repository().join("README.md");
    assert!(mistake(&readme, "checker/LEDGER.md#in-git").is_none());
    assert!(mistake(&readme, "checker/LEDGERS.md").is_some());
    assert!(mistake(&readme, "checker/LEDGER.md#in-svn").is_some());
    assert!(mistake(&readme, "#in-git").is_some());
}

/// The files that a page names without a link: `checker/src/rules/mod.rs`.
fn named_files(markdown: &str) -> Vec<String> {
    let prose = prose(markdown);
    let spans = prose.split('`').skip(1).step_by(2);
    let roots = [
        "checker/", "macros/", "runtime/", "tests/", ".ci/", ".cargo/",
    ];
    let files = spans.filter(|span| roots.iter().any(|root| span.starts_with(root)));
    let is_one = |file: &&str| !file.contains("NAME") && !file.contains(['*', '{', ' ', '…']);
    files.filter(is_one).map(str::to_owned).collect()
}

#[test]
fn the_files_that_the_recipes_name_are_there() {
    let files = named_files(&read(&repository().join("CONTRIBUTING.md")));
    assert!(files.len() > 20, "{files:?}");
    for file in files {
        assert!(repository().join(&file).exists(), "no file {file}");
    }
}

#[test]
fn every_link_of_the_guide_is_one_in_rustdoc_as_well() {
    let rustdoc = read(&repository().join(RUSTDOC_LINKS));
    let known: BTreeSet<_> = definitions(&rustdoc).into_iter().map(|one| one.0).collect();
    let mut used = BTreeSet::new();
    for page in guide() {
        let text = read(&page);
        let defined: BTreeSet<_> = definitions(&text).into_iter().map(|one| one.0).collect();
        let labels: BTreeSet<_> = labels(&text).into_iter().collect();
        assert_eq!(labels, defined, "{}: used, and defined", name(&page));
        used.extend(labels);
        // Where it is not by a label, rustdoc cannot lead elsewhere than GitHub.
        let inline = text.split("](").skip(1);
        let mut inline = inline.filter(|link| !link.starts_with('#') && !link.contains("://"));
        assert_eq!(inline.next(), None, "{}", name(&page));
    }
    assert_eq!(known, used, "in rustdoc-links.md, and used");
}

#[test]
fn the_index_leads_to_every_page() {
    let pages = guide();
    let names = pages.iter().filter_map(|page| page.file_name()?.to_str());
    let names: BTreeSet<_> = names.filter(|name| *name != "index.md").collect();
    let index = links(&read(&repository().join("runtime/docs/index.md")));
    let linked = index.iter().map(String::as_str);
    let linked: BTreeSet<_> = linked.filter(|link| !link.contains('/')).collect();
    assert_eq!(linked, names);
}

#[test]
fn the_readme_shows_the_program_of_the_guide() {
    let readme = read(&repository().join("README.md"));
    let guide = read(&repository().join("runtime/docs/frameworks.md"));
    let program = |text| {
        let blocks = blocks(text).into_iter();
        let mut blocks = blocks.filter(|block| block.language.starts_with("rust"));
        blocks.find(|block| block.code.contains("axum::serve"))
    };
    let program = |text| program(text).map(|block| block.code);
    assert!(program(&guide).is_some());
    assert_eq!(program(&readme), program(&guide));
}
