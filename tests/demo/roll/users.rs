//! The users, who arrive at random times. Each opens the home page, follows the link to an
//! importer, fills in the form and submits it.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};

use super::http::{Answer, Browser};
use super::page;
use super::params::Params;
use super::state::DemoState;

/// Starts users until the signal to stop, and waits until all have finished.
pub(crate) async fn come(
    params: &Params,
    site: SocketAddr,
    state: &DemoState,
    mut stop: oneshot::Receiver<()>,
) {
    let mut random = fastrand::Rng::new();
    let mut people = JoinSet::new();
    let mut next = Instant::now();
    loop {
        // The intervals of a Poisson process are exponentially distributed.
        next += Duration::from_secs_f64(-(1.0 - random.f64()).ln() / params.visits_per_second);
        tokio::select! {
            () = sleep_until(next) => {}
            // The signal arrived, or its sender is gone.
            _ = &mut stop => break,
        }
        let (shortest, longest) = params.dwell;
        let dwell = shortest + longest.saturating_sub(shortest).mul_f64(random.f64());
        let state = state.clone();
        people.spawn(async move { visit(&Browser::new(site), &state, dwell).await });
        while people.try_join_next().is_some() {}
    }
    while people.join_next().await.is_some() {}
}

/// The visit of one user.
async fn visit(browser: &Browser, state: &DemoState, dwell: Duration) {
    let Some(home) = open("/", browser, state).await else {
        return;
    };
    let Some(link) = page::importer(&home) else {
        return state.page(Err("the home page offers no importer".to_owned()));
    };
    sleep(Params::CLICK).await;
    let Some(html) = open(&link, browser, state).await else {
        return;
    };
    // The page says that the form is gone.
    let Some(submission) = page::filled_in(&html) else {
        return;
    };
    state.opened();
    sleep(dwell).await;
    let what = format!("{} {}", submission.method, submission.path);
    let answer = browser.submit(&submission).await;
    let from = page::release(&html).unwrap_or("?").to_owned();
    state.submitted(served(answer, &what, &from).map(|_| ()));
}

/// Requests a page; `None` if it is not served.
async fn open(path: &str, browser: &Browser, state: &DemoState) -> Option<String> {
    let answer = browser.get(path).await;
    let result = served(answer, &format!("GET {path}"), "");
    state.page(result.as_ref().map(|_| ()).map_err(String::clone));
    result.ok()
}

/// The body of a response; or an error with the request, the release of its page, and the
/// result.
fn served(answer: Result<Answer, String>, what: &str, from: &str) -> Result<String, String> {
    let from = match from {
        "" => String::new(),
        release => format!("page of {release}, "),
    };
    match answer {
        Ok(answer) if answer.is_served() => Ok(answer.body),
        Ok(answer) => {
            let node = page::release(&answer.body).map(|release| format!("node of {release}"));
            let node = node.unwrap_or_else(|| "no node".to_owned());
            Err(format!("{what}: {} ({from}{node})", answer.status))
        }
        Err(error) => Err(format!("{what}: {error} ({from}no node)")),
    }
}
