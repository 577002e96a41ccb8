//! The async runtime in which requests are made.

use tokio::runtime::{Builder, Runtime};

/// A runtime that is dropped without waiting: otherwise a look-up of a name that hangs would
/// hold up the program.
#[derive(Debug)]
pub(super) struct Background(Option<Runtime>);

impl Background {
    /// Starts the runtime.
    pub(super) fn new() -> std::io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        Ok(Self(Some(runtime)))
    }

    #[expect(clippy::expect_used, reason = "it is taken by `drop` alone")]
    /// The runtime, until this is dropped.
    pub(super) fn get(&self) -> &Runtime {
        self.0.as_ref().expect("it is there until it is dropped")
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
