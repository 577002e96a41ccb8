//! What a store promises, of each kind.

use coexist_checker::ledger::{Listed, Store, StoreError};

use super::{Access, Place, deploy, files, open_url, release, state};

fn keys(listed: &[Listed]) -> Vec<&str> {
    listed.iter().map(|listed| &*listed.key).collect()
}

fn text(store: &dyn Store, key: &str) -> Option<String> {
    let stored = store.read(key).unwrap()?;
    Some(String::from_utf8(stored.bytes).unwrap())
}

#[test]
fn what_is_there_is_not_created_again() {
    for place in Place::all() {
        let store = place.open();
        store.make().unwrap();
        assert_eq!(text(&*store, "production/000001.json"), None);
        assert!(store.create("production/000001.json", "one").unwrap());
        assert!(!store.create("production/000001.json", "two").unwrap());
        // Nor by one who would write the same.
        assert!(!store.create("production/000001.json", "one").unwrap());
        assert_eq!(
            text(&*store, "production/000001.json").as_deref(),
            Some("one")
        );
    }
}

#[test]
fn only_what_was_read_is_replaced() {
    for place in Place::all() {
        let store = place.open();
        store.make().unwrap();
        store.write("mark.json", "one").unwrap();
        let read = store.read("mark.json").unwrap().unwrap();
        assert!(store.replace("mark.json", "two", &read).unwrap());
        assert!(!store.replace("mark.json", "three", &read).unwrap());
        assert_eq!(text(&*store, "mark.json").as_deref(), Some("two"));
        let read = store.read("mark.json").unwrap().unwrap();
        store.remove("mark.json").unwrap();
        assert!(!store.replace("mark.json", "three", &read).unwrap());
        assert_eq!(text(&*store, "mark.json"), None);
    }
}

#[test]
fn a_list_has_what_is_in_the_folder_itself() {
    for place in Place::all() {
        let store = place.open();
        store.make().unwrap();
        assert_eq!(store.folders().unwrap(), [""; 0]);
        assert_eq!(store.list("production").unwrap(), []);
        for key in [
            "mark.json",
            "production/000002.json",
            "production/000001.json",
            "production-eu/000001.json",
        ] {
            store.write(key, "one").unwrap();
        }
        let listed = store.list("production").unwrap();
        assert_eq!(
            keys(&listed),
            ["production/000001.json", "production/000002.json"]
        );
        assert!(listed.iter().all(|listed| listed.age.as_secs() < 60));
        assert_eq!(store.folders().unwrap(), ["production", "production-eu"]);
    }
}

#[test]
fn a_list_of_more_than_a_page_is_whole() {
    for place in Place::all() {
        let store = place.open();
        store.make().unwrap();
        let many: Vec<String> = (0..1205)
            .map(|n| format!("production/{n:06}.json"))
            .collect();
        // As if it had always been there: written one by one it would take long.
        store.write(&many[0], "a text").unwrap();
        for key in &many[1..] {
            std::fs::write(place.folder_of(key), "a text").unwrap();
        }
        assert_eq!(keys(&store.list("production").unwrap()), many);
        let all = store.read_all(&many);
        assert!(
            all.iter()
                .all(|read| { read.as_ref().unwrap().as_ref().unwrap().bytes == b"a text" })
        );
    }
}

#[test]
fn several_are_read_in_order_and_some_may_be_missing() {
    for place in Place::all() {
        let store = place.open();
        store.make().unwrap();
        let keys: Vec<String> = (0..40).map(|n| format!("production/{n:06}.json")).collect();
        for key in keys.iter().step_by(2) {
            store.write(key, key).unwrap();
        }
        for (key, read) in keys.iter().zip(store.read_all(&keys)) {
            let is_there = keys.iter().step_by(2).any(|written| written == key);
            let read = read.unwrap().map(|stored| stored.bytes);
            assert_eq!(read.as_deref(), is_there.then_some(key.as_bytes()));
        }
    }
}

#[test]
fn to_remove_what_is_not_there_is_fine() {
    for place in Place::all() {
        let store = place.open();
        store.make().unwrap();
        store.remove("production/000001.json").unwrap();
        store.write("production/000001.json", "one").unwrap();
        store.remove("production/000001.json").unwrap();
        store.remove("production/000001.json").unwrap();
        assert_eq!(text(&*store, "production/000001.json"), None);
    }
}

#[test]
fn a_registry_that_did_not_change_is_stored_once() {
    for place in Place::all() {
        let ledger = place.init();
        for version in ["1.0.0", "1.1.0", "1.2.0"] {
            assert!(
                deploy(&ledger, &release(version, &["name"]))
                    .unwrap()
                    .is_some()
            );
        }
        let stored = files(&place.folder_of("registries"));
        assert_eq!(stored.len(), 1, "{stored:?}");
        let state = state(&ledger).unwrap();
        let versions: Vec<String> = state
            .live
            .iter()
            .map(|live| live.registry.release.version.to_string())
            .collect();
        assert_eq!(versions, ["1.0.0", "1.1.0", "1.2.0"]);
    }
}

#[test]
fn nothing_is_left_of_what_is_tried_out() {
    let place = Place::bucket();
    place.init();
    let names = files(&place.folder_of(""));
    assert_eq!(names, ["coexist-ledger.json", "production"]);
}

#[test]
fn a_bucket_has_a_ledger_at_its_top_and_others_below() {
    let Place::Bucket(server) = Place::bucket() else {
        unreachable!()
    };
    let access = Access {
        variables: server.variables(),
        ..Access::default()
    };
    for url in ["s3://team", "s3://team/", "s3://team/a%20b/c/"] {
        let store = access.open(url).unwrap();
        store.write("mark.json", url).unwrap();
        assert_eq!(text(&*store, "mark.json").as_deref(), Some(url));
    }
    assert!(server.folder().join("team/mark.json").exists());
    assert!(server.folder().join("team/a b/c/mark.json").exists());
}

#[test]
fn what_a_killed_writer_left_in_a_folder_is_swept_a_day_later() {
    let place = Place::folder();
    let ledger = place.init();
    deploy(&ledger, &release("1.0.0", &["name"])).unwrap();
    let (old, new, foreign) = (
        place.folder_of("production/.part-old"),
        place.folder_of(".part-new"),
        place.folder_of("downloads/.part-old"),
    );
    std::fs::create_dir(foreign.parent().unwrap()).unwrap();
    for part in [&old, &new, &foreign] {
        std::fs::write(part, "half of a te").unwrap();
    }
    let long_ago = std::time::SystemTime::now() - 2 * super::DAY;
    for part in [&old, &foreign] {
        let file = std::fs::File::options().write(true).open(part).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    assert_eq!(state(&ledger).unwrap().live.len(), 1);
    ledger.prune(jiff::Timestamp::UNIX_EPOCH).unwrap();
    assert!(!old.exists());
    assert!(new.exists(), "its writer may be alive");
    assert!(foreign.exists(), "its directory is not of the ledger");
    assert!(matches!(
        open_url("/nowhere/at/all").unwrap().read("mark.json"),
        Ok(None) | Err(StoreError::Failed { .. })
    ));
}
