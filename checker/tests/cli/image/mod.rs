//! Container images as builds, in every layout and way of packing, and what hides what
//! in their layers.

mod bad;
mod make;
mod platforms;
mod several;

use super::programs::{elf, form, handler, mach_o, pe, section, wasm};
use super::{Folder, run};
use make::{Files, Layer, gzip, layout, saved, zstd};

/// A program with a handler and a form of that version.
fn program(version: &str) -> Vec<u8> {
    elf(&section(&[
        handler("importer", version),
        form("importer", version),
    ]))
}

/// What is inspected of a build.
#[track_caller]
fn inspected(build: &str) -> String {
    let (status, printed, complaint) = run(&["inspect", build, "--format", "json"]);
    assert_eq!(status, Some(0), "{complaint}");
    printed
}

/// What is inspected of an image with these layers.
#[track_caller]
fn inspected_layers(layers: &[Vec<u8>]) -> String {
    let folder = Folder::new();
    inspected(&folder.file("image.tar", layout(layers).tar()))
}

/// What is inspected of that program.
fn expected(program: &[u8]) -> String {
    let folder = Folder::new();
    inspected(&folder.file("importer", program))
}

/// An image's layers: a base with files that are not programs, and one with the app.
fn layers() -> [Vec<u8>; 2] {
    let base = Layer::new()
        .file("etc/passwd", b"root:x:0:0\n")
        .file("usr/bin/sh", &elf(&[])[..60])
        .symlink("bin", "usr/bin");
    let app = Layer::new().file("app/importer", &program("1.4.0"));
    [base.tar(), app.tar()]
}

#[test]
fn every_layout_is_read() {
    let folder = Folder::new();
    let expected = expected(&program("1.4.0"));
    let layout = layout(&layers());
    let saved = saved(&[("importer:1.4.0", &layers())]);
    for (name, build) in [
        ("layout", layout.folder(&folder, "layout")),
        ("layout.tar", folder.file("layout.tar", layout.tar())),
        ("saved", saved.folder(&folder, "saved")),
        ("saved.tar", folder.file("saved.tar", saved.tar())),
        (
            "saved.tar.gz",
            folder.file("saved.tar.gz", gzip(&saved.tar())),
        ),
        (
            "layout.tar.zst",
            folder.file("layout.tar.zst", zstd(&layout.tar())),
        ),
    ] {
        assert_eq!(inspected(&build), expected, "{name}");
    }
}

#[test]
fn what_docker_saves_today_is_both_layouts_and_one_image() {
    let mut both = layout(&layers());
    // The names are those of the blobs, and the digests those of what is in them.
    let names: Vec<_> = (both.0.iter().map(|(name, _)| name.clone()))
        .filter(|name| name.starts_with("blobs/"))
        .collect();
    let manifest = format!(
        r#"[{{"Config":"{}","RepoTags":["importer:1"],"Layers":["{}","{}"]}}]"#,
        names[0], names[1], names[2]
    );
    both.0
        .push(("manifest.json".to_owned(), manifest.into_bytes()));
    let folder = Folder::new();
    let build = folder.file("both.tar", both.tar());
    assert_eq!(inspected(&build), expected(&program("1.4.0")));
}

#[test]
fn a_layer_that_is_saved_twice_is_a_link() {
    let [base, app] = layers();
    let mut saved = saved(&[("importer:1.4.0", &[base, app.clone(), app])]);
    let twice: Vec<String> = (saved.0.iter().map(|(name, _)| name.clone()))
        .filter(|name| name.ends_with("layer.tar"))
        .collect();
    saved.0.retain(|(name, _)| *name != twice[2]);
    let tar = saved.0.iter().fold(Layer::new(), |tar, (name, contents)| {
        tar.file(name, contents)
    });
    let tar = tar.symlink(&twice[2], &format!("../{}", twice[1])).tar();
    let folder = Folder::new();
    let build = folder.file("image.tar", tar);
    assert_eq!(inspected(&build), expected(&program("1.4.0")));
}

#[test]
fn every_way_of_packing_is_read() {
    let folder = Folder::new();
    let expected = expected(&program("1.4.0"));
    let [base, app] = layers();
    for (kind, pack) in [
        ("", (|layer| layer.to_vec()) as fn(&[u8]) -> Vec<u8>),
        ("+gzip", gzip),
        ("+zstd", zstd),
        // Some say less than they do.
        ("", gzip),
        // As `zstd:chunked` and eStargz write it.
        ("+gzip", |layer| {
            [gzip(&layer[..700]), gzip(&layer[700..])].concat()
        }),
        ("+zstd", |layer| {
            [zstd(&layer[..700]), zstd(&layer[700..])].concat()
        }),
    ] {
        let mut files = Files::default();
        let image = files.image("linux/amd64", &[(kind, pack(&base)), (kind, pack(&app))]);
        let build = folder.file("image.tar", files.layout(&[image]).tar());
        assert_eq!(inspected(&build), expected, "{kind}");
    }
}

#[test]
fn programs_of_every_format_are_found() {
    let section = section(&[handler("importer", "1.4.0")]);
    for program in [
        elf(&section),
        mach_o(&section),
        pe(&section),
        wasm(&section),
    ] {
        let layer = Layer::new().file("app/importer", &program).tar();
        assert_eq!(inspected_layers(&[layer]), expected(&program));
    }
}

#[test]
fn a_program_that_a_later_layer_replaces_does_not_count() {
    let new = Layer::new().file("./app/importer", &program("1.5.0")).tar();
    let [base, old] = layers();
    assert_eq!(
        inspected_layers(&[base, old, new]),
        expected(&program("1.5.0"))
    );
}

#[test]
fn a_program_that_cannot_be_read_does_not_matter_once_it_is_replaced() {
    let damaged = section(&[handler("importer", "1.4.0")]);
    let damaged = elf(&damaged[..damaged.len() - 5]);
    let old = Layer::new().file("app/importer", &damaged).tar();
    let new = Layer::new().file("app/importer", &program("1.5.0")).tar();
    assert_eq!(inspected_layers(&[old, new]), expected(&program("1.5.0")));
}

#[test]
fn a_program_that_a_whiteout_removes_does_not_count() {
    let new = |layer: Layer| layer.file("srv/importer", &program("1.5.0")).tar();
    for whiteout in [
        "app/.wh.importer",
        ".wh.app",
        "app/.wh..wh..opq",
        ".wh..wh..opq",
    ] {
        let [base, old] = layers();
        let new = new(Layer::new().file(whiteout, b""));
        assert_eq!(
            inspected_layers(&[base, old, new]),
            expected(&program("1.5.0")),
            "{whiteout}"
        );
    }
}

#[test]
fn a_program_with_several_names_counts_once() {
    let [base, app] = layers();
    let names = Layer::new()
        .hard_link("usr/bin/importer", "app/importer")
        .symlink("usr/bin/import", "/app/importer")
        .tar();
    assert_eq!(
        inspected_layers(&[base, app, names]),
        expected(&program("1.4.0"))
    );
}

#[test]
fn a_way_over_a_link_to_a_folder_leads_to_the_same_program() {
    let [base, _] = layers();
    let old = Layer::new()
        .file("usr/bin/importer", &program("1.4.0"))
        .tar();
    let new = Layer::new().file("bin/importer", &program("1.5.0")).tar();
    assert_eq!(
        inspected_layers(&[base, old, new]),
        expected(&program("1.5.0"))
    );
}

#[test]
fn two_images_are_checked_planned_and_simulated() {
    let folder = Folder::new();
    let form_only = elf(&section(&[form("importer", "1.5.0")]));
    let new = Layer::new().file("app/importer", &form_only).tar();
    let [base, app] = layers();
    let old = folder.file("old.tar", layout(&[base.clone(), app]).tar());
    let new = layout(&[base, new]).folder(&folder, "new");
    let (status, printed, complaint) = run(&["check", &old, &new]);
    assert_eq!(status, Some(1), "{complaint}");
    assert!(printed.contains("POST /imports/csv"), "{printed}");
    for command in ["plan", "simulate"] {
        let (_, _, complaint) = run(&[command, &old, &new]);
        assert!(!complaint.contains("could not check"), "{complaint}");
    }
    let (status, _, complaint) = run(&["check", &old, &old]);
    assert_eq!(status, Some(0), "{complaint}");
}

#[test]
fn the_version_can_be_stated() {
    let folder = Folder::new();
    let build = folder.file("image.tar", layout(&layers()).tar());
    let (status, printed, _) = run(&["inspect", &build, "--release", "2.0.0"]);
    assert_eq!(status, Some(0));
    assert!(
        printed.contains("2.0.0") && !printed.contains("1.4.0"),
        "{printed}"
    );
}
