//! The server: it listens, lets time pass, and stops when it is told to.

use crate::desk::Desk;
use crate::desk::setting::{Begin, Setting};
use crate::seats::attempts::Attempts;
use crate::web;
use core::net::SocketAddr;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;
use hotwash_app::Fault;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Sleep, sleep};

/// How often time is let pass.
const TICK: Duration = Duration::from_millis(200);
/// How many connections may be open: below what a process may open as a matter of course.
const CONNECTIONS: usize = 900;
/// A connection over which nothing goes for so long is closed: a page says something more often.
const IDLE: Duration = Duration::from_mins(1);
/// How many things may be done at once that wait for the disk.
const AT_ONCE: usize = 16;

/// What is said when the doors are open.
#[derive(Debug, Clone)]
pub struct Ready {
    /// The address under which people reach the pages.
    pub address: String,
    /// The code that lets people in, as it is read aloud.
    pub code: String,
    /// The address that a phone finds in the picture.
    pub join: String,
    /// The address of the facilitator's own page, which is a secret.
    pub facilitator: String,
    /// Where the record lies, or will lie.
    pub record: PathBuf,
    /// A picture for a terminal that leads to the join page: one text for each line.
    pub picture: String,
}

/// What there is when the server has stopped.
#[derive(Debug, Clone)]
pub struct Left {
    /// Where the record lies; `None`: STARTEX was never called.
    pub record: Option<PathBuf>,
    /// Whether it was closed, so that it cannot be gone on with.
    pub closed: bool,
}

/// Everything that pages share.
pub(crate) struct House {
    desk: Mutex<Desk>,
    pub(crate) attempts: Mutex<Attempts>,
    /// Whether the clock may be moved by hand.
    pub(crate) by_hand: bool,
    /// Grows when the server is to stop: streams end by it.
    pub(crate) stopping: watch::Sender<bool>,
}

impl House {
    /// A house around a desk.
    pub(crate) fn new(desk: Desk) -> Self {
        Self {
            by_hand: desk.setting.clock.is_moved_by_hand(),
            desk: Mutex::new(desk),
            attempts: Mutex::default(),
            stopping: watch::Sender::new(false),
        }
    }

    /// The desk. Where a fault broke off something half done, nothing more is written.
    pub(crate) fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(|poisoned| {
            let mut desk = poisoned.into_inner();
            desk.trouble
                .get_or_insert_with(|| "a fault of the program stopped it".to_owned());
            desk
        })
    }

    /// Does something with the desk, on a thread that may wait for the disk.
    pub(crate) async fn with<T: Send + 'static>(
        self: &Arc<Self>,
        does: impl FnOnce(&mut Desk) -> T + Send + 'static,
    ) -> Option<T> {
        let house = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || does(&mut house.desk()));
        done.await.ok()
    }

    /// The wrong codes of late.
    pub(crate) fn attempts(&self) -> MutexGuard<'_, Attempts> {
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves a drill until somebody presses Ctrl-C. `ready` is called once the doors are open. `listen`: the address
/// to listen at, such as `127.0.0.1:8080`; port 0 takes a free one, which stands for `{port}` in the setting's
/// address.
///
/// # Errors
///
/// If the record or the journal cannot be used, or the address is taken.
pub fn run(
    setting: Setting,
    begin: Begin,
    listen: &str,
    ready: impl FnOnce(&Ready),
) -> Result<Left, Fault> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .worker_threads(2)
        .max_blocking_threads(AT_ONCE)
        .build()
        .map_err(|error| Fault::new(format!("no server can be started: {error}")))?;
    runtime.block_on(serve(setting, begin, listen, ready))
}

async fn serve(
    mut setting: Setting,
    begin: Begin,
    listen: &str,
    ready: impl FnOnce(&Ready),
) -> Result<Left, Fault> {
    let listener = TcpListener::bind(listen).await.map_err(|error| {
        Fault::new(format!("nothing can listen at `{listen}`: {error}"))
            .hint("Another program may have this address. Name another with `--listen`.")
    })?;
    let port = listener.local_addr().map_or(0, |at| at.port());
    setting.address = setting.address.replace("{port}", &port.to_string());
    let mut desk = Desk::open(setting, begin)?;
    let secret = desk.open_doors()?;
    ready(&said(&desk, &secret));
    let house = Arc::new(House::new(desk));
    let ticking = tokio::spawn(tick(Arc::clone(&house)));
    let listener = Bounded {
        listener,
        free: Arc::new(Semaphore::new(CONNECTIONS)),
    };
    let app = web::app(Arc::clone(&house)).into_make_service_with_connect_info::<Peer>();
    let stopped = {
        let house = Arc::clone(&house);
        async move {
            interrupted().await;
            house.stopping.send_replace(true);
        }
    };
    let served = axum::serve(listener, app)
        .with_graceful_shutdown(stopped)
        .await;
    ticking.abort();
    let desk = house.desk();
    let left = Left {
        record: (desk.last_entry() > 0).then(|| desk.record.clone()),
        closed: desk.is_closed(),
    };
    served.map_err(|error| Fault::new(format!("the server broke off: {error}")))?;
    Ok(left)
}

fn said(desk: &Desk, secret: &str) -> Ready {
    let address = desk.setting.address.clone();
    let code = desk.seats.code();
    let join = format!("{address}/?code={code}");
    Ready {
        code: crate::view::lobby::spaced_code(code),
        picture: web::picture::terminal(&join),
        facilitator: format!("{address}/f/{secret}"),
        record: desk.record.clone(),
        join,
        address,
    }
}

/// Lets time pass, again and again.
async fn tick(house: Arc<House>) {
    loop {
        sleep(TICK).await;
        house.with(Desk::tick).await;
    }
}

/// Returns when somebody asks the program to end.
async fn interrupted() {
    let ctrl_c = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = ctrl_c => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = ctrl_c.await;
}

/// Who is at the other end of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

impl axum::extract::connect_info::Connected<axum::serve::IncomingStream<'_, Bounded>> for Peer {
    fn connect_info(stream: axum::serve::IncomingStream<'_, Bounded>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// A listener that holds only so many connections at once.
pub(crate) struct Bounded {
    listener: TcpListener,
    free: Arc<Semaphore>,
}

impl axum::serve::Listener for Bounded {
    type Io = Held;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Held, SocketAddr) {
        loop {
            let permit = Arc::clone(&self.free).acquire_owned().await;
            let (stream, from) = axum::serve::Listener::accept(&mut self.listener).await;
            if let Ok(permit) = permit {
                return (Held::new(stream, permit), from);
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection that counts among those that are held, and is closed where nothing goes over it.
pub(crate) struct Held {
    stream: TcpStream,
    idle: Pin<Box<Sleep>>,
    _permit: OwnedSemaphorePermit,
}

impl Held {
    fn new(stream: TcpStream, permit: OwnedSemaphorePermit) -> Self {
        Self {
            stream,
            idle: Box::pin(sleep(IDLE)),
            _permit: permit,
        }
    }

    /// Something went over it, or nothing did for too long.
    fn watched<T>(
        &mut self,
        context: &mut Context<'_>,
        polled: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if polled.is_ready() {
            self.idle.as_mut().set(sleep(IDLE));
            return polled;
        }
        match self.idle.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

use core::future::Future;

impl AsyncRead for Held {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.watched(context, polled)
    }
}

impl AsyncWrite for Held {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watched(context, polled)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
