//! The server in this process: its routes, its life, and its end.

use std::future::{Future, ready};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, Uri};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::claim::Claim;
use super::endpoint::{Endpoint, Token};
use super::jobs::Jobs;
use super::links::Signer;
use super::refusal::{Reason, Refusal};
use super::routes::{self, Host};
use super::store::Store;
use super::{RehearsalError, clips, worker};
use crate::domain::model::{Catalogue, REHEARSAL};

const RESULT: &str = "/v3/async/task-result";
const BALANCE: &str = "/openapi/v1/billing/balance/detail";
/// How often jobs past their time are looked for.
const SWEEP: Duration = Duration::from_hours(1);

/// The host while this process runs it. Dropping it stops the server and frees the library for the next process; what
/// was not finished goes on there.
#[derive(Debug)]
pub struct Hosting {
    dir: PathBuf,
    endpoint: Endpoint,
    jobs: Arc<Jobs>,
    closing: CancellationToken,
    server: JoinHandle<io::Result<()>>,
}

impl Hosting {
    /// Starts the server on the current runtime and the rendering thread beside it. Port 0 is any free one.
    pub(super) async fn start(dir: &Path, port: u16, claim: Claim) -> Result<Self, RehearsalError> {
        // What the last host left must not be taken for this one's.
        Endpoint::withdraw(dir)?;
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
            .await
            .map_err(|source| RehearsalError::Port { port, source })?;
        let endpoint = Endpoint { base_url: format!("http://{}", listener.local_addr()?), token: Token::random() };
        let claim = Arc::new(claim);
        let jobs = Arc::new(Jobs::resume(Store::open(dir)?)?);
        let closing = CancellationToken::new();
        let host = Arc::new(Host {
            endpoint: endpoint.clone(),
            jobs: Arc::clone(&jobs),
            signer: Signer::new(),
            decoding: Arc::new(Semaphore::new(1)),
            claim: Arc::downgrade(&claim),
        });
        let app = router(&host, &closing);
        let ended = closing.clone().cancelled_owned();
        let server = tokio::spawn(axum::serve(listener, app).with_graceful_shutdown(ended).into_future());
        let hosting = Self { dir: dir.to_owned(), endpoint, jobs, closing, server };
        hosting.endpoint.publish(dir)?;
        worker::start(Arc::clone(&hosting.jobs), claim)?;
        tokio::spawn(sweep(Arc::clone(&hosting.jobs), hosting.closing.clone()));
        Ok(hosting)
    }

    #[must_use]
    pub const fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Whether the server still answers: it ends with the runtime it was started on.
    #[must_use]
    pub fn is_running(&self) -> bool {
        !self.server.is_finished()
    }

    /// Serves until the server ends, which it does by an error alone or with its runtime.
    pub async fn run(mut self) -> Result<(), RehearsalError> {
        match (&mut self.server).await {
            Ok(ended) => Ok(ended?),
            Err(_) => Ok(()),
        }
    }
}

impl Drop for Hosting {
    fn drop(&mut self) {
        if let Err(error) = Endpoint::withdraw(&self.dir) {
            tracing::warn!(%error, "the host's address could not be withdrawn");
        }
        self.closing.cancel();
        self.jobs.close();
    }
}

fn router(host: &Arc<Host>, closing: &CancellationToken) -> Router {
    let mut router = Router::new();
    for model in Catalogue::built_in().models.iter().filter(|model| model.hosts.iter().any(|id| id == REHEARSAL)) {
        let host = Arc::clone(host);
        let answer = move |headers: HeaderMap, body: Body| routes::submit(Arc::clone(&host), model, headers, body);
        router = router.route(&model.path, post(answer));
    }
    let (results, balances, clips, ends) = (Arc::clone(host), Arc::clone(host), Arc::clone(host), closing.clone());
    let closing = closing.clone();
    router
        .route(RESULT, get(move |headers: HeaderMap, uri: Uri| ready(routes::result(&results, &headers, &uri))))
        .route(BALANCE, get(move |headers: HeaderMap| ready(routes::balance(&balances, &headers))))
        .route(
            "/clips/{name}",
            get(move |method: Method, uri: Uri, headers: HeaderMap| {
                clips::serve(Arc::clone(&clips), ends.clone(), method, uri, headers)
            }),
        )
        .method_not_allowed_fallback(routes::unknown)
        .fallback(routes::unknown)
        .layer(from_fn(move |request: Request, next: Next| until(closing.clone(), next.run(request))))
}

/// Answers, unless the host closes first: a sender that hangs must not keep it open.
async fn until(closing: CancellationToken, answer: impl Future<Output = Response>) -> Response {
    tokio::select! {
        answer = answer => answer,
        () = closing.cancelled() => Refusal::new(Reason::CreateTaskFailed, "the host is closing").into_response(),
    }
}

async fn sweep(jobs: Arc<Jobs>, closing: CancellationToken) {
    while closing.run_until_cancelled(tokio::time::sleep(SWEEP)).await.is_some() {
        let jobs = Arc::clone(&jobs);
        // Only a panic or the end of the runtime could fail it, and the next hour tries again.
        let _ = tokio::task::spawn_blocking(move || jobs.sweep()).await;
    }
}
