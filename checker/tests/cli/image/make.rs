//! Makes images: layers, and the layouts around them.

use std::fmt::Write as _;
use std::io::Write as _;

use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tar::{Builder, EntryType, Header};

use crate::Folder;

pub(super) const INDEX: &str = "application/vnd.oci.image.index.v1+json";
pub(super) const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const CONFIG: &str = "application/vnd.oci.image.config.v1+json";
pub(super) const LAYER: &str = "application/vnd.oci.image.layer.v1.tar";

/// Makes the tar of a layer.
pub(super) struct Layer(Builder<Vec<u8>>);

impl Layer {
    pub(super) fn new() -> Self {
        Self(Builder::new(Vec::new()))
    }

    fn put(mut self, kind: EntryType, path: &str, target: &str, contents: &[u8]) -> Self {
        let mut header = Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(contents.len() as u64);
        header.set_mode(0o755);
        header.as_gnu_mut().unwrap().set_real_size(0);
        if !target.is_empty() {
            header.set_link_name(target).unwrap();
        }
        self.0.append_data(&mut header, path, contents).unwrap();
        self
    }

    pub(super) fn file(self, path: &str, contents: &[u8]) -> Self {
        self.put(EntryType::Regular, path, "", contents)
    }

    pub(super) fn symlink(self, path: &str, target: &str) -> Self {
        self.put(EntryType::Symlink, path, target, b"")
    }

    pub(super) fn hard_link(self, path: &str, target: &str) -> Self {
        self.put(EntryType::Link, path, target, b"")
    }

    pub(super) fn sparse(self, path: &str) -> Self {
        self.put(EntryType::GNUSparse, path, "", b"")
    }

    pub(super) fn tar(self) -> Vec<u8> {
        self.0.into_inner().unwrap()
    }
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(super) fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

pub(super) fn sha256(bytes: &[u8]) -> String {
    let mut digits = String::new();
    for byte in Sha256::digest(bytes) {
        write!(digits, "{byte:02x}").unwrap();
    }
    digits
}

/// The files of an image, by their names.
#[derive(Clone, Default)]
pub(super) struct Files(pub(super) Vec<(String, Vec<u8>)>);

impl Files {
    /// The files in a folder.
    pub(super) fn folder(&self, folder: &Folder, name: &str) -> String {
        for (file, contents) in &self.0 {
            folder.file(&format!("{name}/{file}"), contents);
        }
        crate::shown(&folder.path().join(name))
    }

    /// The files in a tar, named as `tar -C image .` does it.
    pub(super) fn tar(&self) -> Vec<u8> {
        let files = self.0.iter();
        let tar = files.fold(Layer::new(), |tar, (file, contents)| {
            tar.file(&format!("./{file}"), contents)
        });
        tar.tar()
    }

    /// The name of the first file that holds these bytes' blob.
    pub(super) fn find(&mut self, name: &str) -> &mut Vec<u8> {
        let mut files = self.0.iter_mut();
        let (_, contents) = files.find(|(file, _)| file.contains(name)).unwrap();
        contents
    }

    /// Adds a blob; returns what describes it.
    pub(super) fn blob(&mut self, media_type: &str, contents: &[u8]) -> Value {
        let digits = sha256(contents);
        let name = format!("blobs/sha256/{digits}");
        if self.0.iter().all(|(known, _)| *known != name) {
            self.0.push((name, contents.to_vec()));
        }
        json!({ "mediaType": media_type, "digest": format!("sha256:{digits}"), "size": contents.len() })
    }

    /// Adds an image of these layers; returns what describes its manifest.
    pub(super) fn image(&mut self, platform: &str, layers: &[(&str, Vec<u8>)]) -> Value {
        let (os, architecture) = platform.split_once('/').unwrap();
        let config = json!({ "os": os, "architecture": architecture, "rootfs": { "type": "layers", "diff_ids": [] } });
        let config = self.blob(CONFIG, config.to_string().as_bytes());
        let layers = layers.iter();
        let layers: Vec<Value> = layers
            .map(|(kind, layer)| self.blob(&format!("{LAYER}{kind}"), layer))
            .collect();
        let manifest = json!({ "schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": layers });
        self.blob(MANIFEST, manifest.to_string().as_bytes())
    }

    /// Adds what makes the blobs an OCI layout of these images.
    pub(super) fn layout(mut self, images: &[Value]) -> Self {
        let index = json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": images });
        self.0
            .push(("index.json".to_owned(), index.to_string().into_bytes()));
        let layout = br#"{"imageLayoutVersion":"1.0.0"}"#.to_vec();
        self.0.push(("oci-layout".to_owned(), layout));
        self
    }
}

/// An OCI layout of one image with these layers, which are not packed.
pub(super) fn layout(layers: &[Vec<u8>]) -> Files {
    let layers: Vec<(&str, Vec<u8>)> = layers.iter().map(|layer| ("", layer.clone())).collect();
    let mut files = Files::default();
    let image = files.image("linux/amd64", &layers);
    files.layout(&[image])
}

/// What `docker save` wrote before it was an OCI layout.
pub(super) fn saved(images: &[(&str, &[Vec<u8>])]) -> Files {
    let mut files = Files::default();
    let mut manifest = Vec::new();
    for (name, layers) in images {
        let digests: Vec<String> = layers
            .iter()
            .map(|layer| format!("sha256:{}", sha256(layer)))
            .collect();
        let config = json!({ "os": "linux", "architecture": "amd64", "rootfs": { "type": "layers", "diff_ids": digests } });
        let config = config.to_string().into_bytes();
        let mut names = Vec::new();
        for (number, layer) in layers.iter().enumerate() {
            let layer_file = format!("{}-{number}/layer.tar", &sha256(name.as_bytes())[..12]);
            files.0.push((layer_file.clone(), layer.clone()));
            names.push(layer_file);
        }
        let config_file = format!("{}.json", sha256(&config));
        files.0.push((config_file.clone(), config));
        manifest.push(json!({ "Config": config_file, "RepoTags": [name], "Layers": names }));
    }
    let manifest = Value::from(manifest).to_string().into_bytes();
    files.0.push(("manifest.json".to_owned(), manifest));
    files
}
