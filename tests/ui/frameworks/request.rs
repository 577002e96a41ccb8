//! Asks an axum app.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use tower_service::Service as _;

/// The body of the response to `GET`, or its status code unless it is a success.
pub fn get(app: &mut Router, path: &str) -> String {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = now(app.call(request)).unwrap();
    if !response.status().is_success() {
        return response.status().as_u16().to_string();
    }
    let body = now(to_bytes(response.into_body(), usize::MAX)).unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

/// What comes of a future that waits for nothing.
fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the app waits for something"),
    }
}
