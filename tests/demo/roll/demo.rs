//! The live demo: real nodes behind a real load balancer, users who fill in a form,
//! and a rollout of the next release while they do.

use std::io::{self, Write};

use crate::expected::expected;
use crate::node::Build;
use crate::params::Params;
use crate::processes::Processes;
use crate::run::Run;
use crate::screen::Screen;
use crate::state::{Counts, DemoState};

/// The releases of the story, built.
#[derive(Clone, Debug)]
pub(crate) struct Builds {
    /// With the form and its handler.
    pub first: Build,
    /// With neither.
    pub all_at_once: Build,
    /// With the handler alone.
    pub without_form: Build,
    /// With neither, as the release after that.
    pub without_handler: Build,
}

/// How the demo ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Submissions failed all at once, and none did in sequence.
    AsExpected,
    /// The result was different: what was unexpected.
    Otherwise(String),
    /// A signal with this number ended it.
    Interrupted(i32),
}

/// Runs the demo. All processes that it started have ended when it returns.
pub(crate) async fn run<W: Write>(
    params: &Params,
    builds: &Builds,
    screen: &mut Screen<W>,
) -> io::Result<Ending> {
    let processes = Processes::default();
    let state = DemoState::new();
    let result = tokio::select! {
        result = tell(params, builds, &processes, &state) => result,
        signal = crate::signals::told_to_stop() => signal.map(Ending::Interrupted),
        error = screen.follow(&state) => Err(error),
    };
    let ended = processes.end_all().await;
    let shown = screen.show(&state).and_then(|()| screen.leave());
    let ending = result?;
    ended.and(shown)?;
    Ok(ending)
}

async fn tell(
    params: &Params,
    builds: &Builds,
    processes: &Processes,
    state: &DemoState,
) -> io::Result<Ending> {
    let execute = async |title, builds: &[&Build]| {
        let run = Run {
            title,
            builds,
            params,
            processes,
            state,
        };
        run.execute().await?;
        Ok::<_, io::Error>(state.look().counts)
    };
    let at_once = [&builds.first, &builds.all_at_once];
    let sequenced = [&builds.first, &builds.without_form, &builds.without_handler];
    let title = "1. All at once: form, route and handler are removed in one release.";
    let at_once = execute(title, &at_once).await?;
    let expected = format!(" (expected {})", expected(params));
    state.say(summary("all at once", at_once, &expected));
    let title = "2. Sequenced: the form is removed first, the route and the handler after it.";
    let sequenced = execute(title, &sequenced).await?;
    state.say(summary("sequenced", sequenced, ""));
    Ok(ending(at_once, sequenced))
}

/// The line that summarizes a run.
fn summary(what: &str, counts: Counts, expected: &str) -> String {
    let (all, failed) = (counts.submissions.all(), counts.submissions.failed);
    let links = match counts.pages.failed {
        0 => String::new(),
        links => format!("; {links} links failed"),
    };
    format!("{what}: {all} submissions, {failed} failed{expected}{links}")
}

/// Whether the runs ended as the story says.
fn ending(at_once: Counts, sequenced: Counts) -> Ending {
    let failed = sequenced.submissions.failed;
    if failed > 0 {
        let why = format!("{failed} submissions failed in the sequence, which none should");
        return Ending::Otherwise(why);
    }
    if sequenced.submissions.served == 0 {
        return Ending::Otherwise("nobody submitted anything in the sequence".to_owned());
    }
    if at_once.submissions.failed == 0 {
        let why = "no submission failed all at once: too few users came, or by chance";
        return Ending::Otherwise(why.to_owned());
    }
    Ending::AsExpected
}
