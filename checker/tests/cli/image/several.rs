//! Images with several programs: one app, if they agree on the release.

use super::make::{Layer, layout};
use super::{Folder, elf, form, handler, inspected, inspected_layers, run, section};

/// The record of a `release!()`.
fn release(name: &str, version: &str) -> String {
    format!(
        r#"{{"format":1,"package":"{name}","version":"0.1.0","release":{{"name":"{name}","version":"{version}"}}}}"#
    )
}

/// An image whose programs have these records.
fn image(programs: &[(&str, &[String])]) -> Vec<u8> {
    let programs = programs.iter();
    let layer = programs.fold(Layer::new(), |layer, (path, records)| {
        layer.file(path, &elf(&section(records)))
    });
    layer.tar()
}

#[test]
fn the_items_of_all_programs_are_merged_and_what_is_the_same_is_one() {
    let folder = Folder::new();
    let items = [
        handler("shared", "1.4.0"),
        form("server", "1.4.0"),
        form("worker", "1.4.0"),
    ];
    let [shared, server, worker] = items.clone();
    let printed = inspected_layers(&[
        image(&[("app/server", &[shared.clone(), server])]),
        image(&[("app/worker", &[worker, shared])]),
    ]);
    // One program with all of it is the same, aside from the name.
    let one = inspected(&folder.file("app", elf(&section(&items))));
    let nameless = |json: &str| json.replacen(name(json), "", 1);
    assert_eq!(nameless(&printed), nameless(&one));
}

/// The name of the release, with its quotes.
fn name(json: &str) -> &str {
    let (_, rest) = json.split_once("\"name\": ").unwrap();
    rest.split_once(',').unwrap().0
}

#[test]
fn the_release_is_named_after_all_programs() {
    let printed = inspected_layers(&[image(&[
        ("app/worker", &[form("worker", "1.4.0")]),
        ("app/server", &[handler("server", "1.4.0")]),
    ])]);
    assert_eq!(name(&printed), "\"server+worker\"");
    let printed = inspected_layers(&[image(&[
        ("app/worker", &[form("app", "1.4.0")]),
        ("app/server", &[handler("app", "1.4.0")]),
    ])]);
    assert_eq!(name(&printed), "\"app\"");
}

#[test]
fn what_one_program_states_holds_for_the_image() {
    let printed = inspected_layers(&[image(&[
        (
            "app/server",
            &[release("shop", "7.0.0"), handler("server", "0.1.0")],
        ),
        (
            "app/worker",
            &[form("worker", "0.3.0"), handler("jobs", "0.2.0")],
        ),
    ])]);
    assert!(printed.contains("\"7.0.0\""), "{printed}");
    assert_eq!(name(&printed), "\"shop+worker\"");
}

#[test]
fn programs_that_do_not_agree_are_named_and_a_flag_decides() {
    for (server, worker, expected) in [
        (
            vec![handler("server", "1.4.0")],
            vec![form("worker", "1.3.9")],
            "`app/server` is server 1.4.0, `app/worker` is worker 1.3.9. Build them",
        ),
        (
            vec![handler("server", "1.4.0")],
            vec![form("worker", "1.3.9"), handler("jobs", "0.1.0")],
            "in the image's `app/worker`: it does not state its release",
        ),
    ] {
        let folder = Folder::new();
        let layer = image(&[("app/server", &server), ("app/worker", &worker)]);
        let build = folder.file("image.tar", layout(&[layer]).tar());
        let (status, printed, complaint) = run(&["inspect", &build]);
        assert_eq!((status, printed.as_str()), (Some(2), ""), "{complaint}");
        assert!(complaint.contains(expected), "{complaint}");
        assert!(complaint.contains("`--release`"), "{complaint}");
        let (status, printed, complaint) = run(&["inspect", &build, "--release", "8.0.0"]);
        assert_eq!(status, Some(0), "{complaint}");
        assert!(printed.contains("8.0.0"), "{printed}");
    }
}

#[test]
fn an_item_that_the_programs_have_in_two_ways_is_two() {
    let one = handler("shared", "1.4.0");
    let other = one.replace("file_name", "name");
    let printed = inspected_layers(&[image(&[("app/server", &[one]), ("app/worker", &[other])])]);
    assert_eq!(
        printed.matches("shared::import_csv").count(),
        2,
        "{printed}"
    );
}

/// One of them is an old one, whatever the flag says.
#[test]
fn programs_that_state_different_releases_are_no_build_under_a_flag_either() {
    let folder = Folder::new();
    let layer = image(&[
        (
            "app/server",
            &[handler("server", "0.1.0"), release("shop", "7.0.0")],
        ),
        (
            "app/worker",
            &[form("worker", "0.1.0"), release("shop", "7.1.0")],
        ),
    ]);
    let build = folder.file("image.tar", layout(&[layer]).tar());
    for args in [
        &["inspect", &build][..],
        &["inspect", &build, "--release", "8.0.0"],
    ] {
        let (status, printed, complaint) = run(args);
        assert_eq!((status, printed.as_str()), (Some(2), ""), "{complaint}");
        assert!(
            complaint.contains(
                "`app/server` is shop 7.0.0, `app/worker` is shop 7.1.0. Build them from one \
                 release"
            ),
            "{complaint}"
        );
    }
}
