//! A real S3 server on this machine, for the tests: `s3s-fs`, which keeps buckets in a
//! directory, on a port of its own.
//!
//! It does what S3 does, signatures and all, but for one thing: it looks whether a
//! condition holds (`If-None-Match`, `If-Match`) and then writes, so two requests at
//! once may both find that it does; and it writes an object and its entity tag one after
//! the other, so a reader may get one with the other's. S3 promises that neither
//! happens. So requests that write wait for each other here, and for readers
//! (`bucket.rs`); beyond that it is `s3s-fs` that answers.
//!
//! `s3 FOLDER KEY SECRET` prints its address, then executes commands, one per line:
//! `ahead SECONDS` sets the clock that it tells; `deaf` and `heeding` say whether
//! conditions are left out of account, as by servers that do not know them; `counts` does
//! nothing. Each time it prints how many requests there were, how many bytes of answers,
//! and how many requests are under way. It ends with its input.

mod bucket;

use std::error::Error;
use std::future::Future;
use std::io::{self, BufRead as _};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use hyper::body::{Body as _, Incoming};
use hyper::header::{CONTENT_LENGTH, DATE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{Body, HttpError};
use s3s_fs::FileSystem;

use bucket::Bucket;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, key, secret] = &arguments[..] else {
        return Err("s3 FOLDER KEY SECRET".into());
    };
    let files = FileSystem::new(folder).map_err(|error| format!("{error:?}"))?;
    let told = Arc::<Told>::default();
    let bucket = Bucket::new(files, Path::new(folder), Arc::clone(&told));
    let mut service = S3ServiceBuilder::new(bucket);
    service.set_auth(SimpleAuth::from_single(&**key, &**secret));
    let service = Counting {
        service: service.build(),
        told: Arc::clone(&told),
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    println!("{}", listener.local_addr()?);
    std::thread::spawn(move || {
        obey(&told);
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(serve(listener, service))?;
    Ok(())
}

/// What the tests count and set.
#[derive(Default)]
struct Told {
    requests: AtomicU64,
    bytes: AtomicU64,
    ahead: AtomicI64,
    is_deaf: AtomicBool,
    under_way: AtomicU64,
}

/// A request that is under way.
struct UnderWay(Arc<Told>);

impl UnderWay {
    fn new(told: &Arc<Told>) -> Self {
        told.under_way.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(told))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Executes commands until the input ends.
fn obey(told: &Told) {
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        match line.split_once(' ').unwrap_or((&line, "")) {
            ("counts", _) => {}
            ("ahead", seconds) => {
                let seconds = seconds.parse().expect("a number of seconds");
                told.ahead.store(seconds, Ordering::SeqCst);
            }
            ("deaf", _) => told.is_deaf.store(true, Ordering::SeqCst),
            ("heeding", _) => told.is_deaf.store(false, Ordering::SeqCst),
            _ => panic!("there is no command `{line}`"),
        }
        let counts = [&told.requests, &told.bytes, &told.under_way];
        let [requests, bytes, under_way] = counts.map(|count| count.load(Ordering::SeqCst));
        println!("{requests} {bytes} {under_way}");
    }
}

async fn serve(listener: TcpListener, service: Counting) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    loop {
        let (socket, _) = listener.accept().await?;
        // Sends both parts of an answer without delay, as real servers do.
        socket.set_nodelay(true)?;
        let connection =
            http1::Builder::new().serve_connection(TokioIo::new(socket), service.clone());
        // Clients that are killed break theirs off.
        tokio::spawn(async move { drop(connection.await) });
    }
}

#[derive(Clone)]
struct Counting {
    service: S3Service,
    told: Arc<Told>,
}

impl Service<Request<Incoming>> for Counting {
    type Response = Response<Body>;
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let Self { service, told } = self.clone();
        told.requests.fetch_add(1, Ordering::SeqCst);
        let under_way = UnderWay::new(&told);
        Box::pin(async move {
            let _under_way = under_way;
            let mut response = Service::call(&service, request).await?;
            let length = response.headers().get(CONTENT_LENGTH);
            let stated = length.and_then(|length| length.to_str().ok()?.parse().ok());
            let size = stated.unwrap_or_else(|| response.body().size_hint().lower());
            told.bytes.fetch_add(size, Ordering::SeqCst);
            let ahead = told.ahead.load(Ordering::SeqCst);
            let distance = Duration::from_secs(ahead.unsigned_abs());
            let now = SystemTime::now();
            let time = if ahead < 0 {
                now - distance
            } else {
                now + distance
            };
            if let Ok(date) = HeaderValue::from_str(&httpdate::fmt_http_date(time)) {
                response.headers_mut().insert(DATE, date);
            }
            Ok(response)
        })
    }
}
