//! One image for several platforms, and several images.

use serde_json::{Value, json};

use super::make::{Files, INDEX, Layer, saved};
use super::{Folder, expected, inspected, layers, program, run};

/// An image of a program of that version.
fn image(files: &mut Files, platform: &str, version: &str) -> Value {
    let layer = Layer::new().file("app/importer", &program(version));
    // What else is in it differs from one platform to the other.
    let layer = layer.file("etc/arch", platform.as_bytes()).tar();
    let mut image = files.image(platform, &[("", layer)]);
    let (os, architecture) = platform.split_once('/').unwrap();
    image["platform"] = json!({ "os": os, "architecture": architecture });
    image
}

/// What a tool notes about how an image was built.
fn attestation(files: &mut Files) -> Value {
    let mut image = files.image("unknown/unknown", &[]);
    image["platform"] = json!({ "os": "unknown", "architecture": "unknown" });
    image
}

/// A layout whose index leads to an index of these.
fn nested(mut files: Files, images: &[Value]) -> Files {
    let index = json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": images });
    let index = files.blob(INDEX, index.to_string().as_bytes());
    files.layout(&[index])
}

#[track_caller]
fn complaint(files: &Files) -> String {
    let folder = Folder::new();
    let build = folder.file("image.tar", files.tar());
    let (status, printed, complaint) = run(&["inspect", &build]);
    assert_eq!((status, printed.as_str()), (Some(2), ""), "{complaint}");
    assert_eq!(complaint.lines().count(), 1, "{complaint}");
    complaint
}

#[test]
fn the_same_app_for_all_platforms_is_one_build() {
    let mut files = Files::default();
    let images = [
        image(&mut files, "linux/amd64", "1.4.0"),
        image(&mut files, "linux/arm64", "1.4.0"),
        attestation(&mut files),
    ];
    let folder = Folder::new();
    let flat = folder.file("flat.tar", files.clone().layout(&images).tar());
    let nested = folder.file("nested.tar", nested(files, &images).tar());
    for build in [flat, nested] {
        assert_eq!(inspected(&build), expected(&program("1.4.0")));
    }
}

#[test]
fn other_apps_for_other_platforms_are_an_error() {
    let mut files = Files::default();
    let images = [
        image(&mut files, "linux/amd64", "1.4.0"),
        image(&mut files, "linux/arm64", "1.3.0"),
    ];
    let complaint = complaint(&nested(files, &images));
    assert!(
        complaint.contains(
            "its images for linux/amd64 and linux/arm64 differ: they are \
             importer 1.4.0 and importer 1.3.0"
        ),
        "{complaint}"
    );
}

#[test]
fn a_platform_without_annotations_is_named() {
    let mut files = Files::default();
    let bare = Layer::new().file("etc/passwd", b"root").tar();
    let images = [
        image(&mut files, "linux/amd64", "1.4.0"),
        files.image("linux/arm64", &[("", bare)]),
    ];
    let complaint = complaint(&nested(files, &images));
    assert!(
        complaint.contains("for linux/arm64, no program in this image has annotations"),
        "{complaint}"
    );
}

#[test]
fn a_platform_that_was_not_saved_is_not_looked_for() {
    let mut files = Files::default();
    let here = image(&mut files, "linux/amd64", "1.4.0");
    let mut elsewhere = here.clone();
    elsewhere["platform"]["architecture"] = "arm64".into();
    elsewhere["digest"] = format!("sha256:{}", "0".repeat(64)).into();
    let folder = Folder::new();
    let both = nested(files.clone(), &[elsewhere.clone(), here]);
    let build = folder.file("image.tar", both.tar());
    assert_eq!(inspected(&build), expected(&program("1.4.0")));
    let complaint = complaint(&nested(files, &[elsewhere]));
    assert!(
        complaint.contains("is missing, though the image refers to it"),
        "{complaint}"
    );
}

#[test]
fn several_images_are_named() {
    let two = saved(&[("shop:1.4.0", &layers()), ("shop:1.5.0", &layers()[1..])]);
    let complaint_saved = complaint(&two);
    let mut files = Files::default();
    let named = |mut image: Value, name: &str| {
        image["annotations"] = json!({ "org.opencontainers.image.ref.name": name });
        image
    };
    let images = [("linux/amd64", "shop:1.4.0"), ("linux/arm64", "shop:1.5.0")]
        .map(|(platform, name)| named(image(&mut files, platform, "1.4.0"), name));
    let complaint_layout = complaint(&files.layout(&images));
    for complaint in [complaint_saved, complaint_layout] {
        assert!(
            complaint.contains(
                "it holds several images: shop:1.4.0, shop:1.5.0. A build is one image: save"
            ),
            "{complaint}"
        );
    }
}

#[test]
fn one_image_with_two_names_is_one() {
    let mut files = Files::default();
    let image = image(&mut files, "linux/amd64", "1.4.0");
    let images = ["shop:1.4.0", "shop:latest"].map(|name| {
        let mut image = image.clone();
        image["annotations"] = json!({ "io.containerd.image.name": name });
        image
    });
    let folder = Folder::new();
    let build = folder.file("image.tar", files.layout(&images).tar());
    assert_eq!(inspected(&build), expected(&program("1.4.0")));
}

#[test]
fn two_images_without_names_are_several() {
    let mut files = Files::default();
    let images = ["1.4.0", "1.5.0"].map(|version| image(&mut files, "linux/amd64", version));
    let complaint = complaint(&files.layout(&images));
    assert!(
        complaint.contains("it holds several images: sha256:"),
        "{complaint}"
    );
}
