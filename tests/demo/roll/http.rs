//! A browser, as far as the demo needs one: it sends requests, and does not follow
//! redirects.

use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::time::timeout;

/// The timeout of a request.
const PATIENCE: Duration = Duration::from_secs(10);

/// The browser of one user, with its own connections.
pub(crate) struct Browser {
    client: Client<HttpConnector, Full<Bytes>>,
    site: SocketAddr,
}

/// A response.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: String,
}

/// Submits a form.
pub(crate) struct Submission {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) content_type: String,
    pub(crate) body: String,
}

impl Browser {
    pub(crate) fn new(site: SocketAddr) -> Self {
        let client = Client::builder(TokioExecutor::new()).build_http();
        Self { client, site }
    }

    pub(crate) async fn get(&self, path: &str) -> Result<Answer, String> {
        let request = Request::get(self.url(path)).body(Full::default());
        self.send(request.map_err(|error| error.to_string())?).await
    }

    pub(crate) async fn submit(&self, submission: &Submission) -> Result<Answer, String> {
        let request = Request::builder()
            .method(&submission.method)
            .uri(self.url(&submission.path))
            .header(CONTENT_TYPE, &submission.content_type)
            .body(Full::from(submission.body.clone()));
        self.send(request.map_err(|error| error.to_string())?).await
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.site)
    }

    async fn send(&self, request: Request<Full<Bytes>>) -> Result<Answer, String> {
        let answer = async {
            let answer = self.client.request(request).await;
            let answer = answer.map_err(|error| error.to_string())?;
            let status = answer.status();
            let body = answer.into_body().collect().await;
            let body = body.map_err(|error| error.to_string())?.to_bytes();
            let body = String::from_utf8_lossy(&body).into_owned();
            Ok(Answer { status, body })
        };
        let late = |_| Err(format!("no answer in {} s", PATIENCE.as_secs()));
        timeout(PATIENCE, answer).await.unwrap_or_else(late)
    }
}

impl Answer {
    /// Whether the status is 2xx or 3xx.
    pub(crate) fn is_served(&self) -> bool {
        self.status.is_success() || self.status.is_redirection()
    }
}
