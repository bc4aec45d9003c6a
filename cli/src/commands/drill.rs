//! `hotwash drill`.

use crate::choice::Choice;
use crate::commands::campaign::start::Start;
use crate::failure::{Failure, Outcome};
use crate::{key, output};
use hotwash_app::{self as app, Place, quoted};
use hotwash_archive::Key;
use hotwash_console::{Begin, Clock, Left, Ready, Setting, TestClock, run as serve};
use hotwash_engine::campaign::later;
use hotwash_engine::exercise::{Day, Span};
use hotwash_engine::simulation::Provenance;
use hotwash_reports::words;
use hotwash_scenarios::definition_hashes;
use std::fmt::Write;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Run a drill: people play their roles on pages of their own
///
/// A server starts on this computer. Whoever runs the drill opens the facilitator's address; everybody else opens
/// the join page on a phone or laptop, types the code and takes a role. Roles that nobody takes are played by the
/// simulation. STARTEX is called on the facilitator's page. The record is kept in the folder `records` of the
/// package, each act on disk before it is confirmed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    choice: Choice,
    /// What all chance is drawn from. Default: what the exercise says, else 1
    #[arg(short, long)]
    seed: Option<u64>,
    /// When it starts: as the scenario says, or at a given hour such as `Sat 03:00`
    #[arg(long, value_name = "WHEN", default_value = "scripted")]
    start: Start,
    /// How many times as fast as the clock on the wall the story goes at first; the facilitator changes it
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pace: u32,
    /// Where to listen. The default reaches only this computer; `0.0.0.0:8080` reaches the whole network
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: String,
    /// The address that people are told, such as `http://drill.example:8080`, where it is another
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    /// Mark the record as that of a training in which players have help
    #[arg(long)]
    assisted: bool,
    /// Seal the record with a key of `hotwash key new` when the facilitator closes it
    #[arg(long, value_name = "KEYFILE")]
    seal: Option<PathBuf>,
    /// Go on with the drill of this record: the same code, the same seats
    #[arg(long, value_name = "RECORD", conflicts_with_all = ["scenario", "organisation", "plan", "package", "seed", "start", "pace", "assisted"])]
    resume: Option<PathBuf>,
    /// Let the clock on the wall be moved by hand, for tests of the pages
    #[arg(long, hide = true)]
    test_clock: bool,
}

/// The clock on the wall.
struct Wall;

impl Clock for Wall {
    fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0, |since| {
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        })
    }
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let seal = args.seal.as_deref().map(key::read).transpose()?;
    let begin = match &args.resume {
        Some(record) => Begin::Again {
            record: record.clone(),
        },
        None => anew(args)?,
    };
    let title = title(&begin);
    let setting = setting(args, seal)?;
    let alone = is_loopback(&args.listen);
    let left = serve(setting, begin, &args.listen, |ready| {
        // Who cannot print cannot drill, and notices.
        let _ = output::print(&said(ready, &title, alone));
    })?;
    output::print(&farewell(&left))?;
    Ok(Outcome::Done)
}

/// A drill from its beginning.
fn anew(args: &Args) -> Result<Begin, Failure> {
    let chosen = args.choice.find()?;
    let ready = app::at(&chosen, &args.start.at)?;
    let seed = args.seed.or(ready.bound.seed).unwrap_or(1);
    let hours = args.start.hours.after_start(seed, 0);
    let exercise = later(&Arc::new(ready.bound.exercise), hours);
    let package = chosen.folder.clone().unwrap_or_default();
    let day = i32::try_from(Wall.now() / Span::DAY.0).unwrap_or(0);
    let (year, month, of_month) = Day(day).civil();
    let slug = exercise.scenario().slug.as_str().to_owned();
    let place = Place::free(
        &package,
        &format!("{year:04}-{month:02}-{of_month:02}"),
        &slug,
    )?;
    Ok(Begin::Anew {
        exercise,
        seed,
        provenance: Provenance {
            definitions: definition_hashes(&chosen.sources),
            actions: None,
        },
        assisted: args.assisted,
        pace: args.pace.saturating_mul(1_000),
        place,
    })
}

fn setting(args: &Args, seal: Option<Key>) -> Result<Setting, Failure> {
    let clock: Arc<dyn Clock> = if args.test_clock {
        Arc::new(TestClock::at(Wall.now()))
    } else {
        Arc::new(Wall)
    };
    Ok(Setting {
        address: address(args)?,
        clock,
        seal,
    })
}

/// The address that people are told. Never what a request claims to have asked for.
fn address(args: &Args) -> Result<String, Failure> {
    if let Some(given) = &args.address {
        let sound = given.starts_with("http://") || given.starts_with("https://");
        let plain = !given.chars().any(|c| c.is_whitespace() || c.is_control());
        if sound && plain {
            return Ok(given.trim_end_matches('/').to_owned());
        }
        return Err(Failure::input(format!("`{given}` is no address of a page"))
            .hint("It begins with `http://` or `https://`, such as `http://drill.example:8080`."));
    }
    let Ok(listen) = args.listen.parse::<SocketAddr>() else {
        return Ok(format!("http://{}", args.listen));
    };
    let ip = if listen.ip().is_unspecified() {
        own_ip().unwrap_or_else(|| listen.ip())
    } else {
        listen.ip()
    };
    Ok(match ip {
        IpAddr::V4(ip) => format!("http://{ip}:{{port}}"),
        IpAddr::V6(ip) => format!("http://[{ip}]:{{port}}"),
    })
}

/// The address of this computer in its network: that from which it would send. Nothing is sent.
fn own_ip() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    socket.local_addr().ok().map(|own| own.ip())
}

fn is_loopback(listen: &str) -> bool {
    match listen.parse::<SocketAddr>() {
        Ok(at) => at.ip().is_loopback(),
        Err(_) => listen.starts_with("localhost:"),
    }
}

fn title(begin: &Begin) -> String {
    match begin {
        Begin::Anew { exercise, .. } => {
            format!(
                "{}, {}",
                words::title(exercise),
                exercise.organisation().name
            )
        }
        Begin::Again { record } => format!("going on with {}", record.display()),
    }
}

/// What is said when the doors are open.
fn said(ready: &Ready, title: &str, alone: bool) -> String {
    let mut text = format!("DRILL  {title}\n\n");
    let _ = write!(
        text,
        "You, the facilitator:  {}\n                       (a secret; open it first)\n\
         Everybody else:        {}\n                       code {}\n\n{}\n\n",
        ready.facilitator, ready.address, ready.code, ready.picture
    );
    if alone {
        text.push_str(
            "These addresses reach only this computer. For phones in the same network, stop and add\n\
             --listen 0.0.0.0:8080. Pages are not encrypted: use a network that you trust.\n",
        );
    }
    let record = ready.record.display();
    let _ = write!(
        text,
        "The record: {record}\nCtrl-C stops the server; nothing is lost by it.\n"
    );
    text
}

/// What is said when the server has stopped.
fn farewell(left: &Left) -> String {
    let Some(record) = &left.record else {
        return "\nSTARTEX was not called, so there is no record.\n".to_owned();
    };
    let path = typed(record);
    let mut text = format!("\nThe record is {}.\n", record.display());
    if !left.closed {
        let _ = writeln!(text, "  go on:   hotwash drill --resume {path}");
    }
    let _ = writeln!(text, "  report:  hotwash report {path}");
    text
}

fn typed(path: &Path) -> String {
    quoted(&path.to_string_lossy())
}
