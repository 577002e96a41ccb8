//! A real S3 server: the program `tests/programs/s3`, which the tests build.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock};

use tempfile::TempDir;

/// The credentials that it knows.
const KEY: &str = "coexist";
const SECRET: &str = "the-secret-of-the-tests";

/// A server that runs until it is dropped, or this process ends.
pub(crate) struct Server {
    process: Child,
    talk: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
    address: String,
    folder: TempDir,
}

impl Server {
    /// Starts one that has no bucket.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Command::new(program())
            .arg(folder.path())
            .args([KEY, SECRET])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut address = String::new();
        output.read_line(&mut address).unwrap();
        Self {
            process,
            talk: Mutex::new((input, output)),
            address: address.trim_end().to_owned(),
            folder,
        }
    }

    /// Makes a bucket.
    pub(crate) fn make(&self, bucket: &str) {
        std::fs::create_dir(self.folder.path().join(bucket)).unwrap();
    }

    /// Where its buckets are.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What has to be in the environment of who uses it.
    pub(crate) fn variables(&self) -> Vec<(String, String)> {
        let endpoint = format!("http://{}", self.address);
        let variables = [
            ("AWS_ACCESS_KEY_ID", KEY),
            ("AWS_SECRET_ACCESS_KEY", SECRET),
            ("AWS_ALLOW_HTTP", "true"),
            ("AWS_ENDPOINT", &endpoint),
        ];
        let owned = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        owned.into()
    }

    /// Sends it a request, and waits for the answer.
    pub(crate) fn pass(&self) {
        let mut connection = TcpStream::connect(&self.address).unwrap();
        let request = "GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n";
        connection.write_all(request.as_bytes()).unwrap();
        connection.read_to_end(&mut Vec::new()).unwrap();
    }

    /// Tells it something; returns how many requests it had so far, how many bytes it
    /// answered with, and how many requests are under way.
    pub(crate) fn tell(&self, line: &str) -> [u64; 3] {
        let (input, output) = &mut *self.talk.lock().unwrap();
        writeln!(input, "{line}").unwrap();
        let mut counts = String::new();
        output.read_line(&mut counts).unwrap();
        let counts: Vec<u64> = counts
            .split_whitespace()
            .map(|count| count.parse().unwrap())
            .collect();
        counts.try_into().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _reaped = self.process.wait();
    }
}

/// Builds the server, once in a process.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let stated = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        let target = stated.and_then(|stated| std::path::absolute(stated).ok());
        let target = target.unwrap_or_else(|| workspace.join("target"));
        let folder = target.join("programs").join("s3");
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // As from a shell: of the cargo that runs this, it inherits the settings alone.
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                cargo.env_remove(&name);
            }
        }
        // What it has in common with the workspace is built once.
        cargo.env("CARGO_BUILD_BUILD_DIR", &target);
        let built = cargo
            .current_dir(workspace.join("tests/programs"))
            .args([
                "build",
                "--quiet",
                "--locked",
                "--package",
                "s3",
                "--target-dir",
            ])
            .arg(&folder)
            .status()
            .unwrap();
        assert!(built.success(), "the S3 server cannot be built");
        folder
            .join("debug")
            .join(format!("s3{}", std::env::consts::EXE_SUFFIX))
    })
}
