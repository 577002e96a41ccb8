//! Images that cannot be read: status 2, one sentence that says what, where and what now.

use serde_json::{Value, json};

use super::make::{Files, INDEX, LAYER, Layer, MANIFEST, gzip, layout, saved, sha256};
use super::{Folder, elf, handler, layers, program, run, section};

/// What is said about the build.
#[track_caller]
fn complaint(build: &str) -> String {
    let (status, printed, complaint) = run(&["inspect", build]);
    assert_eq!((status, printed.as_str()), (Some(2), ""), "{complaint}");
    assert_eq!(complaint.lines().count(), 1, "{complaint}");
    complaint
}

#[track_caller]
fn assert_complains(files: &Files, expected: &str) {
    let folder = Folder::new();
    for build in [
        folder.file("image.tar", files.tar()),
        files.folder(&folder, "image"),
    ] {
        let complaint = complaint(&build);
        assert!(complaint.contains(expected), "{complaint}");
    }
}

/// A layout of an image whose layers are described in these words.
fn described(layers: &[(&str, &[u8])]) -> Files {
    let mut files = Files::default();
    let layers: Vec<_> = layers
        .iter()
        .map(|(kind, layer)| (*kind, layer.to_vec()))
        .collect();
    let image = files.image("linux/amd64", &layers);
    files.layout(&[image])
}

#[test]
fn a_tar_that_is_no_image() {
    let folder = Folder::new();
    let tar = Layer::new().file("app/importer", &program("1.4.0")).tar();
    for (name, tar) in [("app.tar.gz", gzip(&tar)), ("app.tar", tar)] {
        let complaint = complaint(&folder.file(name, tar));
        assert!(
            complaint
                .contains("an image (what `docker save` writes, or an OCI layout) nor a snapshot"),
            "{complaint}"
        );
    }
}

#[test]
fn a_folder_that_is_no_layout() {
    let folder = Folder::new();
    folder.file("app/importer", program("1.4.0"));
    let complaint = complaint(folder.path().to_str().unwrap());
    assert!(
        complaint.contains("this is a directory and not an OCI layout"),
        "{complaint}"
    );
}

#[test]
fn a_web_app_with_a_manifest_is_no_image() {
    let folder = Folder::new();
    let manifest = br#"{ "name": "importer", "start_url": "/" }"#;
    folder.file("manifest.json", manifest);
    let complaint_folder = complaint(folder.path().to_str().unwrap());
    assert!(
        complaint_folder.contains("this is a directory"),
        "{complaint_folder}"
    );
    let tar = Layer::new().file("manifest.json", manifest).tar();
    let complaint_tar = complaint(&folder.file("app.tar", tar));
    assert!(
        complaint_tar.contains("this is neither a program"),
        "{complaint_tar}"
    );
}

#[test]
fn an_image_without_annotations_says_how_much_was_looked_at() {
    let bare = Layer::new()
        .file("etc/passwd", b"root")
        .file("bin/sh", &elf(&[]))
        .file(
            "bin/Hello.class",
            b"\xCA\xFE\xBA\xBE\0\0\0\x34rest of a class",
        )
        .tar();
    assert_complains(
        &layout(&[bare]),
        "no program in this image has annotations: 2 of the 3 files in its layers begin like",
    );
    assert_complains(&layout(&[]), "0 of the 0 files in its layers");
}

#[test]
fn an_archive_cut_anywhere() {
    let folder = Folder::new();
    for files in [layout(&layers()), saved(&[("importer:1.4.0", &layers())])] {
        let whole = files.tar();
        // The zeros after the last file are not part of it.
        let end = whole.len() - 1024 - 511;
        for end in (0..end).step_by(509) {
            complaint(&folder.file("cut.tar", &whole[..end]));
        }
    }
}

/// What a few bytes unpack to is written to a temporary file.
#[test]
fn an_archive_that_unpacks_to_very_many_times_its_size() {
    let folder = Folder::new();
    let tar = Layer::new().file("zeros", &vec![0; 80 << 20]).tar();
    let packed = gzip(&tar);
    let complaint = complaint(&folder.file("image.tar.gz", &packed));
    assert!(
        complaint.contains(&format!(
            "it has {} bytes and unpacks to more than 67108864",
            packed.len()
        )),
        "{complaint}"
    );
}

#[test]
fn a_temporary_folder_that_takes_nothing_is_no_damaged_image() {
    let folder = Folder::new();
    let packed = gzip(&layout(&layers()).tar());
    let build = folder.file("image.tar.gz", packed);
    let output = crate::coexist()
        .args(["inspect", &build])
        .env("TMPDIR", folder.path().join("absent"))
        .output()
        .unwrap();
    let (status, printed, complaint) = crate::said(output);
    assert_eq!((status, printed.as_str()), (Some(2), ""), "{complaint}");
    assert!(
        complaint.contains("cannot write a temporary file in"),
        "{complaint}"
    );
    assert!(complaint.contains("set TMPDIR"), "{complaint}");
}

#[test]
fn a_layer_cut_anywhere() {
    let [base, app] = layers();
    for packed in [app.clone(), gzip(&app), super::zstd(&app)] {
        // With digests that are right, so that only the layer's own bytes tell.
        for end in (1..packed.len()).step_by(97) {
            let files = described(&[("", &base), ("", &packed[..end])]);
            let folder = Folder::new();
            let build = folder.file("image.tar", files.tar());
            let (status, _, complaint) = run(&["inspect", &build]);
            // A tar that lacks its end alone has all its files.
            let is_whole = packed == app && end >= app.len() - 1024 - 511;
            assert!(
                status == Some(2) || (is_whole && status == Some(0)),
                "{end}: {complaint}"
            );
        }
    }
}

#[test]
fn a_blob_that_is_missing_damaged_or_of_another_size() {
    let [_, app] = layers();
    let digits = sha256(&app);
    let whole = layout(&layers());
    let mut missing = whole.clone();
    missing.0.retain(|(name, _)| !name.ends_with(&digits));
    assert_complains(
        &missing,
        &format!("`blobs/sha256/{digits}` is missing, though the image refers to it"),
    );
    let mut damaged = whole.clone();
    damaged.find(&digits)[600] ^= 1;
    assert_complains(
        &damaged,
        &format!("`blobs/sha256/{digits}` is damaged: the image says sha256 {digits}, and it is "),
    );
    let mut longer = whole;
    longer.find(&digits).push(0);
    assert_complains(&longer, "bytes, and the image says");
    let mut saved = saved(&[("importer:1.4.0", &layers())]);
    saved.find("-1/layer.tar")[600] ^= 1;
    assert_complains(&saved, "-1/layer.tar` is damaged: the image says sha256");
}

#[test]
fn documents_that_are_damaged_or_make_no_sense() {
    let mut config = saved(&[("importer:1.4.0", &layers())]);
    let last = config.find(".json").len() - 1;
    config.find(".json")[last] = b' ';
    assert_complains(&config, ".json` is damaged");
    for (name, contents, expected) in [
        ("index.json", &b"{"[..], "`index.json` in it cannot be read: EOF while"),
        ("index.json", b"[]", "`index.json` in it cannot be read: invalid"),
        ("index.json", br#"{"manifests":[]}"#, "it holds no image"),
        ("index.json", br#"{"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha512:0","size":1}]}"#, "which is not a supported digest"),
        ("index.json", br#"{"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:../../etc/passwd","size":1}]}"#, "which is not a supported digest"),
        ("index.json", br#"{"manifests":[{"mediaType":"application/vnd.docker.distribution.manifest.v1+json","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000000","size":1}]}"#, "\"application/vnd.docker.distribution.manifest.v1+json\", which is not supported"),
        ("oci-layout", br#"{"imageLayoutVersion":"2.0.0"}"#, "an OCI layout of version 2.0.0"),
    ] {
        let mut files = layout(&layers());
        *files.find(name) = contents.to_vec();
        assert_complains(&files, expected);
    }
    let mut fewer = saved(&[("importer:1.4.0", &layers())]);
    let mut manifest: Value = serde_json::from_slice(fewer.find("manifest.json")).unwrap();
    manifest[0]["Layers"].as_array_mut().unwrap().pop();
    *fewer.find("manifest.json") = manifest.to_string().into_bytes();
    assert_complains(&fewer, "it names 1 layers, and the image's configuration 2");
}

#[test]
fn a_document_of_absurd_size() {
    let mut files = layout(&layers());
    *files.find("index.json") = vec![b' '; 5 << 20];
    assert_complains(&files, "it has 5242880 bytes, and at most 4194304 are read");
}

#[test]
fn layers_that_are_not_known() {
    let [base, _] = layers();
    assert_complains(
        &described(&[("+encrypted", &base)]),
        &format!("has the media type \"{LAYER}+encrypted\", which is not supported"),
    );
    assert_complains(
        &described(&[("", b"\xFD7zXZ\0\0\x04")]),
        "is compressed with xz, which is not supported",
    );
    assert_complains(&described(&[("", &[7; 2000])]), "cannot be unpacked");
    assert_complains(
        &described(&[("+gzip", b"\x1F\x8B\x08rubbish that is not gzip")]),
        "cannot be unpacked",
    );
    assert_complains(
        &described(&[("+zstd", b"\x28\xB5\x2F\xFDrubbish that is not zstd")]),
        "cannot be unpacked",
    );
    let sparse = Layer::new().sparse("app/importer").tar();
    assert_complains(&described(&[("", &sparse)]), "`app/importer` in the layer");
}

#[test]
fn indexes_that_are_nested_too_deep() {
    let mut files = Files::default();
    let mut inner = files.image("linux/amd64", &[("", layers()[1].clone())]);
    for _ in 0..6 {
        let index = json!({ "manifests": [inner] });
        inner = files.blob(INDEX, index.to_string().as_bytes());
    }
    assert_complains(
        &files.layout(&[inner]),
        "its indexes are nested more than 4 deep",
    );
}

#[test]
fn an_index_of_absurdly_many_images() {
    let many: Vec<_> = (0..2000)
        .map(|number| json!({ "mediaType": MANIFEST, "digest": format!("sha256:{number:064}"), "size": 1 }))
        .collect();
    assert_complains(
        &Files::default().layout(&many),
        "name more than 1000 images",
    );
}

#[test]
fn a_program_in_it_that_cannot_be_read_is_named() {
    let cut = section(&[handler("importer", "1.4.0")]);
    let cut = elf(&cut[..cut.len() - 5]);
    let layer = Layer::new().file("app/importer\n", &cut).tar();
    assert_complains(
        &layout(&[layer]),
        r"in the image's `app/importer\n`: its section `.coexist` is cut short",
    );
}

#[test]
fn a_program_in_it_that_is_damaged_and_has_records_is_no_other_file() {
    let whole = program("1.4.0");
    let layer = Layer::new()
        .file("app/importer", &whole[..whole.len() - 1])
        .tar();
    assert_complains(
        &layout(&[layer]),
        "in the image's `app/importer`: this begins like a program (ELF) but is damaged",
    );
}

#[test]
fn an_index_of_signatures_alone() {
    let mut files = Files::default();
    let config = files.blob("application/vnd.oci.empty.v1+json", b"{}");
    let manifest = json!({ "config": config, "layers": [config] });
    let signature = files.blob(MANIFEST, manifest.to_string().as_bytes());
    assert_complains(&files.layout(&[signature]), "it holds no image");
}

/// A path that packs to next to nothing, and would be held in memory.
#[test]
fn a_path_of_absurd_length() {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::GNULongName);
    header.set_path("long").unwrap();
    header.set_size(64 << 20);
    header.set_cksum();
    let mut layer = header.as_bytes().to_vec();
    layer.resize(layer.len() + (64 << 20), b'a');
    assert_complains(
        &described(&[("+gzip", &gzip(&layer))]),
        "has a header of more than 1 MiB",
    );
}
