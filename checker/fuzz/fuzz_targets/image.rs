//! The image reader: whatever the bytes of a tar, or of a layer in an image that is whole
//! around it, it returns, and what it accepts is a registry that can be written and read.

#![no_main]

use std::fmt::Write as _;
use std::path::Path;

use coexist_checker::artifact;
use coexist_checker::registry::snapshot;
use libfuzzer_sys::fuzz_target;
use sha2::{Digest as _, Sha256};

fuzz_target!(|data: &[u8]| {
    let folder = tempfile::tempdir().expect("the temporary folder takes it");
    let archive = folder.path().join("image.tar");
    std::fs::write(&archive, data).expect("the temporary folder takes it");
    read(&archive);
    // A digest that does not fit stops a reader before it looks at a layer.
    let layout = folder.path().join("layout");
    write_layout(&layout, data).expect("the temporary folder takes it");
    read(&layout);
});

fn read(build: &Path) {
    let Ok(registry) = artifact::open(build, None) else { return };
    let mut json = Vec::new();
    snapshot::write(&registry, &mut json).expect("a vector takes it");
    assert_eq!(snapshot::read(&json).expect("what is written can be read"), registry);
}

/// An OCI layout of one image with that layer.
fn write_layout(folder: &Path, layer: &[u8]) -> std::io::Result<()> {
    const OCI: &str = "application/vnd.oci.image";
    std::fs::create_dir_all(folder.join("blobs/sha256"))?;
    let blob = |kind: &str, contents: &[u8]| {
        let mut digits = String::new();
        for byte in Sha256::digest(contents) {
            let _infallible = write!(digits, "{byte:02x}");
        }
        std::fs::write(folder.join("blobs/sha256").join(&digits), contents)?;
        let size = contents.len();
        std::io::Result::Ok(format!(
            r#"{{"mediaType":"{OCI}.{kind}","digest":"sha256:{digits}","size":{size}}}"#
        ))
    };
    let config = r#"{"os":"linux","architecture":"amd64","rootfs":{"diff_ids":[]}}"#;
    let config = blob("config.v1+json", config.as_bytes())?;
    let layer = blob("layer.v1.tar", layer)?;
    let manifest = format!(r#"{{"config":{config},"layers":[{layer}]}}"#);
    let manifest = blob("manifest.v1+json", manifest.as_bytes())?;
    std::fs::write(folder.join("index.json"), format!(r#"{{"manifests":[{manifest}]}}"#))?;
    std::fs::write(folder.join("oci-layout"), r#"{"imageLayoutVersion":"1.0.0"}"#)
}
