//! The files of a revision, out of git's objects: nothing is checked out.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::tree::Blobs;

/// The most bytes of a file: 16 MiB.
const MAX_BYTES: usize = 16 << 20;

/// How many files a revision may have.
const MAX_FILES: usize = 1_000_000;

/// The variables that git sets in hooks and aliases: they name one repository.
const OF_ONE_REPOSITORY: [&str; 6] = [
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_WORK_TREE",
];

/// A repository.
pub(crate) struct Repository {
    /// A folder in it.
    folder: PathBuf,
    /// Where that folder is in the repository.
    prefix: PathBuf,
}

/// A process that hands out the contents of files.
pub(crate) struct Objects {
    process: RefCell<Process>,
}

struct Process {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Repository {
    /// The repository that a folder is in.
    ///
    /// # Errors
    ///
    /// If it is in none, or git cannot be run.
    pub(crate) fn find(folder: &Path) -> Result<Self, String> {
        let repository = Self {
            folder: folder.to_owned(),
            prefix: PathBuf::new(),
        };
        let prefix = repository.ask(&["rev-parse", "--show-prefix"])?;
        Ok(Self {
            prefix: PathBuf::from(prefix.trim_end_matches('\n').trim_end_matches('/')),
            ..repository
        })
    }

    fn git(&self) -> Command {
        let mut git = Command::new("git");
        for name in OF_ONE_REPOSITORY {
            git.env_remove(name);
        }
        git.arg("-C").arg(&self.folder);
        git
    }

    /// What git answers.
    ///
    /// # Errors
    ///
    /// What git says, on one line.
    pub(crate) fn ask(&self, arguments: &[&str]) -> Result<String, String> {
        let output = self.git().args(arguments).output();
        let output = output.map_err(|error| format!("cannot run git: {error}"))?;
        if !output.status.success() {
            let message = String::from_utf8_lossy(&output.stderr);
            return Err(crate::support::text::one_line(&message));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// The hash of the commit that a revision names.
    ///
    /// # Errors
    ///
    /// If there is no such commit.
    pub(crate) fn commit(&self, rev: &str) -> Result<String, String> {
        let unknown = || {
            format!(
                "there is no revision `{rev}`: if a remote has it, fetch it with `git fetch --tags`"
            )
        };
        if rev.starts_with('-') {
            return Err(unknown());
        }
        let named = format!("{rev}^{{commit}}");
        let hash = self.ask(&["rev-parse", "--verify", "--quiet", &named]);
        hash.map(|hash| hash.trim().to_owned())
            .map_err(|_| unknown())
    }

    /// What names the contents of the folder in a commit.
    ///
    /// # Errors
    ///
    /// If the commit has no such folder.
    pub(crate) fn tree(&self, commit: &str) -> Result<String, String> {
        let folder = self.prefix.to_string_lossy().replace('\\', "/");
        let named = format!("{commit}:{folder}");
        let tree = self.ask(&["rev-parse", "--verify", "--quiet", &named]);
        let tree = tree.map_err(|_| format!("it has no directory `{folder}`"))?;
        Ok(tree.trim().to_owned())
    }

    /// The files below the folder in a commit, each with the name of its contents.
    ///
    /// # Errors
    ///
    /// If git fails, or there are too many.
    pub(crate) fn files(&self, commit: &str) -> Result<BTreeMap<PathBuf, String>, String> {
        let list = self.ask(&["ls-tree", "-r", "-z", "--full-tree", commit])?;
        let mut files = BTreeMap::new();
        for line in list.split('\0') {
            let Some((about, path)) = line.split_once('\t') else {
                continue;
            };
            let mut about = about.split(' ');
            let (mode, kind, id) = (about.next(), about.next(), about.next());
            // A link is not followed: it may lead anywhere.
            if kind != Some("blob") || mode == Some("120000") {
                continue;
            }
            let (Ok(path), Some(id)) = (Path::new(path).strip_prefix(&self.prefix), id) else {
                continue;
            };
            if files.len() >= MAX_FILES {
                return Err(format!("the revision has more than {MAX_FILES} files"));
            }
            files.insert(path.to_owned(), id.to_owned());
        }
        Ok(files)
    }

    /// Starts to hand out contents.
    ///
    /// # Errors
    ///
    /// If git cannot be run.
    pub(crate) fn objects(&self) -> Result<Objects, String> {
        let mut git = self.git();
        git.args(["cat-file", "--batch"]);
        let spawned = git.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = spawned.map_err(|error| format!("cannot run git: {error}"))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("cannot talk to git".to_owned());
        };
        let output = BufReader::new(output);
        Ok(Objects {
            process: RefCell::new(Process {
                child,
                input,
                output,
            }),
        })
    }
}

impl Blobs for Objects {
    fn read(&self, id: &str) -> Result<Vec<u8>, String> {
        let mut process = self.process.borrow_mut();
        let failed = |error: std::io::Error| format!("git cat-file: {error}");
        writeln!(process.input, "{id}").map_err(failed)?;
        process.input.flush().map_err(failed)?;
        let mut header = String::new();
        process.output.read_line(&mut header).map_err(failed)?;
        let size = header.trim_end().rsplit(' ').next();
        let size = size.and_then(|size| size.parse::<usize>().ok());
        let Some(size) = size else {
            return Err(format!("git has no object {id}"));
        };
        let mut contents = Vec::new();
        let limit = u64::try_from(size).unwrap_or(u64::MAX) + 1;
        let mut limited = (&mut process.output).take(limit);
        limited.read_to_end(&mut contents).map_err(failed)?;
        contents.truncate(size);
        if size > MAX_BYTES {
            return Err(format!(
                "it has {size} bytes, and at most {MAX_BYTES} are read"
            ));
        }
        Ok(contents)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _ended = self.child.wait();
    }
}
