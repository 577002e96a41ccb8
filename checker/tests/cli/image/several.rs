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

/// A program of the app, and one that is older than it.
fn with_an_odd_one() -> Vec<u8> {
    image(&[
        (
            "app/server",
            &[handler("server", "0.1.0"), release("shop", "7.0.0")],
        ),
        (
            "app/worker",
            &[form("worker", "0.1.0"), release("jobs", "6.0.0")],
        ),
    ])
}

#[test]
fn a_program_that_is_named_is_left_out() {
    let folder = Folder::new();
    let odd = folder.file("odd.tar", layout(&[with_an_odd_one()]).tar());
    let server = [handler("server", "0.1.0"), release("shop", "7.0.0")];
    let alone = layout(&[image(&[("app/server", &server)])]);
    let alone = inspected(&folder.file("alone.tar", alone.tar()));
    for path in ["app/worker", "/app/worker", "./app//worker"] {
        let args = [
            "inspect",
            &odd,
            "--format",
            "json",
            "--without-program",
            path,
        ];
        assert_eq!(
            run(&args),
            (Some(0), alone.clone(), String::new()),
            "{path}"
        );
    }
    let snapshot = folder.file("alone.json", alone);
    for (old, new, option) in [
        (&odd, &snapshot, "--old-without-program"),
        (&snapshot, &odd, "--new-without-program"),
    ] {
        let html = crate::shown(&folder.path().join("report.html"));
        for args in [
            &["check", old, new][..],
            &["plan", old, new],
            &["plan", "--check", old, new],
            &["simulate", old, new],
            &["report", old, new, "--html", &html],
        ] {
            let (status, _, complaint) = run(&[args, &[option, "app/worker"]].concat());
            assert_eq!((status, &*complaint), (Some(0), ""), "{args:?}");
            assert_eq!(run(args).0, Some(2), "{args:?}");
        }
    }
    let ledger = crate::shown(&folder.path().join("ledger"));
    let at = ["--ledger", &ledger];
    assert_eq!(run(&[&["record", "init"], &at[..]].concat()).0, Some(0));
    let without = ["--without-program", "app/worker"];
    for args in [
        &["record", "deploy", &odd][..],
        &["gate", &odd],
        &["record", "retire", "--all-but", &odd],
    ] {
        assert_eq!(run(&[args, &at].concat()).0, Some(2), "{args:?}");
        let (status, printed, complaint) = run(&[args, &without, &at].concat());
        assert_eq!((status, &*complaint), (Some(0), ""), "{args:?} {printed}");
    }
}

#[test]
fn only_a_program_of_an_image_can_be_left_out_and_one_stays() {
    let folder = Folder::new();
    let odd = folder.file("odd.tar", layout(&[with_an_odd_one()]).tar());
    let program = folder.file("app", elf(&section(&[handler("server", "0.1.0")])));
    let snapshot = folder.file("app.json", inspected(&program));
    let no_image = "this is not an image: `--without-program`,";
    for (build, paths, expected) in [
        (
            &odd,
            &["app/wroker"][..],
            "no program with annotations is at `app/wroker` in this image. The programs are \
             `app/server`, `app/worker`",
        ),
        (&odd, &["app"], "no program with annotations is at `app`"),
        (&odd, &["."], "no program with annotations is at ``"),
        (
            &odd,
            &["app/server", "app/worker"],
            "all programs of this image are left out: `app/server`, `app/worker`. One must stay",
        ),
        (&program, &["app/worker"], no_image),
        (&snapshot, &["app/worker"], no_image),
    ] {
        let options = paths.iter().flat_map(|path| ["--without-program", path]);
        let args = ["inspect", build].into_iter().chain(options);
        let (status, printed, complaint) = run(&args.collect::<Vec<_>>());
        assert_eq!((status, &*printed), (Some(2), ""), "{complaint}");
        assert!(complaint.contains(expected), "{complaint}");
    }
    let args = [
        "check",
        "--baseline-rev",
        "v1",
        "--old-without-program",
        "a",
    ];
    let (status, _, complaint) = run(&args);
    assert_eq!(status, Some(2));
    assert!(
        complaint.contains("`--baseline-rev` builds one program"),
        "{complaint}"
    );
}

/// What is left out need not be readable.
#[test]
fn a_damaged_program_can_be_left_out() {
    let folder = Folder::new();
    let server = elf(&section(&[handler("server", "7.0.0")]));
    let layer = Layer::new().file("app/server", &server);
    let layer = layer.file("app/odd", &elf(b"no record"));
    let build = folder.file("image.tar", layout(&[layer.tar()]).tar());
    assert_eq!(run(&["inspect", &build]).0, Some(2));
    let args = ["inspect", &build, "--without-program", "app/odd"];
    assert_eq!(run(&args).0, Some(0));
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
                 release, or leave out the odd one with `--without-program`, "
            ),
            "{complaint}"
        );
    }
}
