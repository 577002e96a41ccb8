//! How far the store's clock is from this machine's: its server says its time with each
//! answer, in `Date` (RFC 9110, 6.6.1).

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp};
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpRequest, HttpResponse, HttpService, ReqwestConnector,
};

use crate::support::clock;

/// What the answers so far said.
#[derive(Clone, Debug, Default)]
pub(super) struct Clock(Arc<Mutex<Option<SignedDuration>>>);

impl Clock {
    /// How far the store's clock was ahead of this machine's at the last answer.
    pub(super) fn skew(&self) -> Option<SignedDuration> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hear(&self, date: &str, now: Timestamp) {
        if let Ok(theirs) = DateTimeParser::new().parse_timestamp(date) {
            let skew = theirs.duration_since(now);
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(skew);
        }
    }
}

impl HttpConnector for Clock {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        // Whoever uses this library may have chosen another one before.
        let _chosen = rustls::crypto::ring::default_provider().install_default();
        let client = ReqwestConnector::default().connect(options)?;
        let clock = self.clone();
        Ok(HttpClient::new(Listening { client, clock }))
    }
}

#[derive(Debug)]
struct Listening {
    client: HttpClient,
    clock: Clock,
}

#[async_trait]
impl HttpService for Listening {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let response = self.client.execute(request).await?;
        let date = response.headers().get("date");
        if let Some(date) = date.and_then(|date| date.to_str().ok()) {
            // A clock that is beyond all times was refused when the command began.
            if let Ok(now) = clock::now() {
                self.clock.hear(date, now);
            }
        }
        Ok(response)
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn what_the_server_says_is_compared_with_this_machine() {
        let clock = Clock::default();
        let now = "2026-03-01T12:00:00Z".parse().unwrap();
        assert_eq!(clock.skew(), None);
        clock.hear("Sun, 01 Mar 2026 11:50:00 GMT", now);
        assert_eq!(clock.skew().map(|skew| skew.as_secs()), Some(-600));
        clock.hear("Sun, 01 Mar 2026 12:00:07 GMT", now);
        assert_eq!(clock.skew().map(|skew| skew.as_secs()), Some(7));
        clock.hear("yesterday", now);
        assert_eq!(clock.skew().map(|skew| skew.as_secs()), Some(7));
    }
}
