//! The processes that the demo starts: none of them outlives it.

use std::io::{self, Read as _, Seek as _};
use std::process::{ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::process::{Child, ChildStdout, Command};
use tokio::time::{Instant, sleep};

/// How long a process may take to stop after the signal, before it is killed.
const PATIENCE: Duration = Duration::from_secs(5);

/// All running processes. They are held here until they have ended, so that waiting for one
/// of them can be interrupted.
#[derive(Default)]
pub(crate) struct Processes(Mutex<Vec<Held>>);

struct Held {
    child: Child,
    /// Its standard error.
    said: std::fs::File,
}

impl Processes {
    /// Starts a program in a process group of its own, so that Ctrl-C at the terminal only
    /// reaches the demo, which then ends it. Returns its process ID and standard output.
    pub(crate) fn start(
        &self,
        command: &mut Command,
        stdin: Stdio,
    ) -> io::Result<(u32, ChildStdout)> {
        let said = tempfile::tempfile()?;
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command
            .stdin(stdin)
            .stdout(Stdio::piped())
            .stderr(said.try_clone()?)
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                let program = command.as_std().get_program().display();
                io::Error::new(error.kind(), format!("cannot start {program}: {error}"))
            })?;
        let number = child.id().unwrap_or_default();
        let stdout = child.stdout.take();
        self.lock().push(Held { child, said });
        let stdout = stdout.ok_or_else(|| io::Error::other("a program without output"))?;
        Ok((number, stdout))
    }

    /// What a process has written to standard error.
    pub(crate) fn said(&self, number: u32) -> String {
        let mut processes = self.lock();
        let mut text = String::new();
        if let Some(held) = find(&mut processes, number) {
            let read = held
                .said
                .rewind()
                .and_then(|()| held.said.read_to_string(&mut text));
            if let Err(error) = read {
                text = error.to_string();
            }
        }
        text.trim().to_owned()
    }

    /// Tells a process to stop, and waits until it has.
    pub(crate) async fn stop(&self, number: u32) -> io::Result<()> {
        if let Some(held) = find(&mut self.lock(), number) {
            terminate(&mut held.child)?;
        }
        let patience = Instant::now() + PATIENCE;
        while self.status(number)?.is_none() {
            if Instant::now() > patience {
                self.kill(number)?;
            }
            sleep(Duration::from_millis(10)).await;
        }
        self.lock().retain(|held| held.child.id().is_some());
        Ok(())
    }

    /// Kills all processes that still run, and waits for them.
    pub(crate) async fn end_all(&self) -> io::Result<()> {
        let all = std::mem::take(&mut *self.lock());
        let mut result = Ok(());
        for mut held in all {
            result = result.and(held.child.kill().await);
        }
        result
    }

    /// How it ended; `None`: it still runs.
    fn status(&self, number: u32) -> io::Result<Option<ExitStatus>> {
        match find(&mut self.lock(), number) {
            Some(held) => held.child.try_wait(),
            None => Ok(Some(ExitStatus::default())),
        }
    }

    fn kill(&self, number: u32) -> io::Result<()> {
        find(&mut self.lock(), number).map_or(Ok(()), |held| held.child.start_kill())
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Held>> {
        // No change of the list can be left half done by a panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn find(processes: &mut [Held], number: u32) -> Option<&mut Held> {
    processes
        .iter_mut()
        .find(|held| held.child.id() == Some(number))
}

/// Sends SIGTERM, as a deployment does.
#[cfg(unix)]
fn terminate(child: &mut Child) -> io::Result<()> {
    use rustix::process::{Pid, Signal, kill_process};

    let number = child.id().and_then(|number| i32::try_from(number).ok());
    match number.and_then(Pid::from_raw) {
        Some(number) => Ok(kill_process(number, Signal::TERM)?),
        None => Ok(()),
    }
}

/// There is no signal for that on this platform.
#[cfg(not(unix))]
fn terminate(child: &mut Child) -> io::Result<()> {
    child.start_kill()
}
