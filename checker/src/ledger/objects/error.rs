//! What a failed request means for the ledger.

use std::error::Error as StdError;
use std::time::Duration;

use object_store::Error;
use object_store::client::{HttpError, HttpErrorKind};

use super::service::Service;
use crate::ledger::store::{StoreError, Stored};

/// Why an operation did not come to its end.
pub(super) enum Failure {
    /// There was no answer in time.
    Timeout,
    /// The server says no, or cannot be reached.
    Error(Error),
    /// The same, but the text may be written nevertheless.
    Unsure(Error),
}

/// What messages say about a bucket.
#[derive(Debug)]
pub(super) struct Context {
    /// Its URL.
    pub(super) place: String,
    pub(super) service: Service,
    /// How long an operation may take.
    pub(super) timeout: Duration,
}

/// Whether the same request may succeed a little later.
pub(super) fn may_pass(error: &Error) -> bool {
    match (status(error), http(error)) {
        // What is not implemented stays so.
        (Some(501), _) | (None, None) => false,
        (Some(status), _) => status >= 500 || [408, 409, 429].contains(&status),
        (None, Some(kind)) => !matches!(kind, HttpErrorKind::Decode | HttpErrorKind::Unknown),
    }
}

/// Whether what was to be written may be written all the same: the server had it, and did
/// not say no to it.
pub(super) fn may_have_arrived(error: &Error) -> bool {
    match (status(error), http(error)) {
        (Some(status), _) => status >= 500 && status != 501,
        (None, kind) => kind.is_some_and(|kind| kind != HttpErrorKind::Connect),
    }
}

/// That what was asked for under a condition is not done, since it does not hold.
///
/// If another conditional request of the same object is under way, S3 says so with 409,
/// and has written nothing: that passes. A condition that does not hold is 409 to Azure.
pub(super) fn is_condition(error: &Error) -> bool {
    let passes = ["ConditionalRequestConflict", "OperationAborted"];
    let is_passing =
        status(error) == Some(409) && code(error).is_some_and(|code| passes.contains(&&*code));
    !is_passing
        && matches!(
            error,
            Error::AlreadyExists { .. } | Error::Precondition { .. } | Error::NotModified { .. }
        )
}

/// An object that does not exist is an answer; a bucket that does not exist is an error.
pub(super) fn absent(
    bucket: &Context,
    key: &str,
    read: Result<Stored, Failure>,
) -> Result<Option<Stored>, StoreError> {
    match read {
        Ok(stored) => Ok(Some(stored)),
        Err(Failure::Error(error))
            if matches!(error, Error::NotFound { .. }) && !is_bucket_missing(&error) =>
        {
            Ok(None)
        }
        Err(failure) => Err(reading(bucket, key, failure)),
    }
}

/// Why something could not be read.
pub(super) fn reading(bucket: &Context, key: &str, failure: Failure) -> StoreError {
    match failure {
        Failure::Timeout => timeout(bucket),
        Failure::Error(error) | Failure::Unsure(error) => told(bucket, key, &error),
    }
}

/// Why something was not written, or may not have been.
pub(super) fn writing(bucket: &Context, key: &str, failure: Failure) -> StoreError {
    let is_unsure = matches!(failure, Failure::Unsure(_));
    match reading(bucket, key, failure) {
        StoreError::Timeout { place, after } => StoreError::Unanswered { place, after },
        StoreError::Failed { place, what } if is_unsure => StoreError::Failed {
            place,
            what: format!(
                "{}. It may be written nevertheless: check what is recorded, `coexist record \
                 list`, before you try again",
                what.trim_end_matches('.')
            ),
        },
        told => told,
    }
}

/// Why something was not written under a condition, or may not have been.
pub(super) fn writing_if(bucket: &Context, key: &str, failure: Failure) -> StoreError {
    match failure {
        Failure::Error(error)
            if matches!(error, Error::NotImplemented { .. }) || status(&error) == Some(501) =>
        {
            StoreError::Unconditional {
                place: bucket.place.clone(),
            }
        }
        failure => writing(bucket, key, failure),
    }
}

/// Why there are no credentials.
pub(super) fn no_credentials(bucket: &Context, failure: Failure) -> StoreError {
    let what = match failure {
        Failure::Timeout => format!("no answer within {} s", bucket.timeout.as_secs()),
        Failure::Error(error) | Failure::Unsure(error) => innermost(&error),
    };
    StoreError::Denied {
        place: bucket.place.clone(),
        what: format!("no credentials ({what})"),
        help: bucket.service.credentials().to_owned(),
    }
}

fn timeout(bucket: &Context) -> StoreError {
    StoreError::Timeout {
        place: bucket.place.clone(),
        after: bucket.timeout,
    }
}

fn told(bucket: &Context, key: &str, error: &Error) -> StoreError {
    let place = bucket.place.clone();
    if is_bucket_missing(error) {
        return StoreError::NotThere {
            place,
            help: "Check its spelling, or create the bucket first: the ledger creates none"
                .to_owned(),
        };
    }
    if http(error) == Some(HttpErrorKind::Timeout) {
        return timeout(bucket);
    }
    let what = innermost(error);
    match (error, status(error)) {
        (Error::PermissionDenied { .. } | Error::Unauthenticated { .. }, _)
        | (_, Some(401 | 403)) => {
            let help = if code(error).as_deref() == Some("RequestTimeTooSkewed") {
                "Set the clock of this machine".to_owned()
            } else {
                format!(
                    "Its credentials must be allowed to read, write, list and delete there. {}",
                    bucket.service.credentials()
                )
            };
            StoreError::Denied { place, what, help }
        }
        _ => StoreError::Failed {
            place: format!("{place}/{key}").trim_end_matches('/').to_owned(),
            what: match advice(&what) {
                Some(advice) => format!("{}. {advice}", what.trim_end_matches('.')),
                None => what,
            },
        },
    }
}

fn advice(what: &str) -> Option<&'static str> {
    if what.contains("URL scheme is not allowed") {
        return Some("Plain HTTP must be allowed: AWS_ALLOW_HTTP=true");
    }
    if what.contains("redirect") {
        return Some("Set AWS_REGION to the region of the bucket");
    }
    None
}

fn is_bucket_missing(error: &Error) -> bool {
    matches!(
        code(error).as_deref(),
        Some("NoSuchBucket" | "ContainerNotFound" | "ContainerBeingDeleted")
    )
}

/// What happened, without the requests around it: their addresses may be signed.
pub(super) fn innermost(error: &(dyn StdError + 'static)) -> String {
    let text = chain(error)
        .last()
        .map_or_else(String::new, ToString::to_string);
    let tag = |name: &str| tag(&text, name);
    match (tag("Code"), tag("Message")) {
        (Some(code), Some(message)) => {
            let message = message.lines().next().unwrap_or_default();
            format!("{code}: {message}")
        }
        (Some(code), None) => code.to_owned(),
        _ => text.lines().collect::<Vec<_>>().join(" ").trim().to_owned(),
    }
}

fn chain<'e>(
    error: &'e (dyn StdError + 'static),
) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// What the server calls it.
fn code(error: &Error) -> Option<String> {
    tag(&error.to_string(), "Code").map(str::to_owned)
}

/// The text of an element of XML.
fn tag<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    Some(rest.split_once("</")?.0)
}

fn http(error: &Error) -> Option<HttpErrorKind> {
    chain(error).find_map(|error| Some(error.downcast_ref::<HttpError>()?.kind()))
}

/// The status of the answer. `object_store` keeps it to itself, but for its text.
fn status(error: &Error) -> Option<u16> {
    let text = chain(error).last()?.to_string();
    let (_, rest) = text.split_once("non-2xx status code: ")?;
    rest.get(..3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use object_store::Error;

    use super::{innermost, is_condition, may_have_arrived, may_pass, status};

    fn generic(text: &str) -> Error {
        Error::Generic {
            store: "S3",
            source: text.to_owned().into(),
        }
    }

    fn answered(status: &str, body: &str) -> String {
        format!("Server returned non-2xx status code: {status}: {body}")
    }

    #[test]
    fn an_answer_in_xml_is_told_by_its_message() {
        let body = "<?xml?><Error><Code>SlowDown</Code><Message>Reduce your rate</Message></Error>";
        let error = generic(&answered("503 Service Unavailable", body));
        assert_eq!(innermost(&error), "SlowDown: Reduce your rate");
        assert_eq!(status(&error), Some(503));
        assert!(may_pass(&error));
    }

    #[test]
    fn what_is_not_implemented_stays_so() {
        assert!(!may_pass(&generic(&answered("501 Not Implemented", ""))));
        assert!(!may_pass(&generic("it is broken")));
    }

    #[test]
    fn a_conflict_of_s3_passes_and_one_of_azure_is_an_answer() {
        let conflict = |code: &str| Error::AlreadyExists {
            path: "a".to_owned(),
            source: answered(
                "409 Conflict",
                &format!("<Error><Code>{code}</Code></Error>"),
            )
            .into(),
        };
        let s3 = conflict("ConditionalRequestConflict");
        assert!(may_pass(&s3) && !is_condition(&s3) && !may_have_arrived(&s3));
        assert!(is_condition(&conflict("BlobAlreadyExists")));
    }
}
