//! The built-in load balancer: a round-robin HTTP proxy that counts the unanswered requests
//! of each node.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::header::{CONNECTION, TRANSFER_ENCODING};
use axum::http::{Request, StatusCode, Uri, uri};
use axum::response::{IntoResponse as _, Response};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

pub(crate) struct BuiltIn {
    name: &'static str,
    address: SocketAddr,
    nodes: Arc<Nodes>,
    /// The task that serves; dropping this ends it.
    server: JoinSet<io::Result<()>>,
}

/// The nodes, and whose turn it is.
#[derive(Default)]
struct Nodes(Mutex<Turns>);

#[derive(Default)]
struct Turns {
    serving: Vec<Arc<Upstream>>,
    draining: Vec<Arc<Upstream>>,
    next: usize,
}

struct Upstream {
    address: SocketAddr,
    /// Requests that it has not answered yet.
    unanswered: AtomicUsize,
}

/// A request at a node, until it is answered.
struct Turn(Arc<Upstream>);

#[derive(Clone)]
struct Proxy {
    nodes: Arc<Nodes>,
    client: Client<HttpConnector, Body>,
}

impl BuiltIn {
    /// Starts it, by choice or because `HAProxy` is not installed.
    pub(super) async fn start(is_chosen: bool) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let nodes = Arc::<Nodes>::default();
        let proxy = Proxy {
            nodes: Arc::clone(&nodes),
            client: Client::builder(TokioExecutor::new()).build_http(),
        };
        let app = Router::new().fallback(hand_on).with_state(proxy);
        let mut server = JoinSet::new();
        server.spawn(async { axum::serve(listener, app).await });
        let name = if is_chosen {
            "the built-in balancer"
        } else {
            "the built-in balancer (no haproxy here)"
        };
        Ok(Self {
            name,
            address,
            nodes,
            server,
        })
    }

    pub(super) fn name(&self) -> &str {
        self.name
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) fn take_in(&self, address: SocketAddr) {
        let unanswered = AtomicUsize::new(0);
        let node = Upstream {
            address,
            unanswered,
        };
        self.nodes.lock().serving.push(Arc::new(node));
    }

    pub(super) fn drain(&self, address: SocketAddr) {
        let mut turns = self.nodes.lock();
        let at = turns
            .serving
            .iter()
            .position(|node| node.address == address);
        if let Some(at) = at {
            let node = turns.serving.remove(at);
            turns.draining.push(node);
        }
    }

    pub(super) fn is_idle(&self, address: SocketAddr) -> bool {
        let turns = self.nodes.lock();
        let mut draining = turns.draining.iter();
        draining.all(|node| node.address != address || node.unanswered.load(Ordering::Acquire) == 0)
    }

    pub(super) fn forget(&self, address: SocketAddr) {
        let draining = &mut self.nodes.lock().draining;
        draining.retain(|node| node.address != address);
    }

    pub(super) fn stop(mut self) {
        self.server.abort_all();
    }
}

impl Nodes {
    /// Assigns a request to the next node. From here on the request is counted, so a node that
    /// is drained later is not idle before it has answered.
    fn turn(&self) -> Option<Turn> {
        let mut turns = self.lock();
        let at = turns.next.checked_rem(turns.serving.len())?;
        turns.next = at + 1;
        let node = Arc::clone(&turns.serving[at]);
        node.unanswered.fetch_add(1, Ordering::AcqRel);
        Some(Turn(node))
    }

    fn lock(&self) -> MutexGuard<'_, Turns> {
        // No change of these can be left half done by a panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.unanswered.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Forwards a request to a node, and its response back. Pages are small, so the response is
/// read to its end first; then the node is done with it.
async fn hand_on(State(proxy): State<Proxy>, request: Request<Body>) -> Response {
    let Some(turn) = proxy.nodes.turn() else {
        return (StatusCode::SERVICE_UNAVAILABLE, "There is no node.").into_response();
    };
    let answer = async {
        let answer = proxy.client.request(at_node(request, &turn.0)?).await?;
        let (mut head, body) = answer.into_parts();
        let body = to_bytes(Body::new(body), usize::MAX).await?;
        // These headers belong to the connection to the node.
        head.headers.remove(CONNECTION);
        head.headers.remove(TRANSFER_ENCODING);
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>((head, body).into_response())
    };
    match answer.await {
        Ok(answer) => answer,
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    }
}

/// The request as it is forwarded to a node.
fn at_node(
    mut request: Request<Body>,
    node: &Upstream,
) -> Result<Request<Body>, Box<dyn std::error::Error + Send + Sync>> {
    let path = request.uri().path_and_query().cloned();
    let mut parts = uri::Parts::default();
    parts.scheme = Some(uri::Scheme::HTTP);
    parts.authority = Some(node.address.to_string().parse()?);
    parts.path_and_query = path.or_else(|| Some(uri::PathAndQuery::from_static("/")));
    *request.uri_mut() = Uri::from_parts(parts)?;
    request.headers_mut().remove(CONNECTION);
    Ok(request)
}
