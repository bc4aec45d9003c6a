//! How cost grows: with the number of runs, the size of an exercise, lanes and threads.
//!
//! `cargo run --release -p hotwash-benches --example growth [ROUNDS]` measures each table in interleaved
//! rounds, nine where nothing is said, and shows the median of each row beside the first. Times are of
//! the processor, so that other work beside it tells little; only the wall time of two threads needs an
//! idle machine, for which a probe looks first. It reads `/proc`, so it needs Linux. `growth town TEAMS`
//! plays ten runs of one town, for profilers.

mod town;

use hotwash_benches::{one_screen, play, world};
use hotwash_engine::campaign::{Hours, Order, Tally, run};
use hotwash_engine::exercise::Exercise;
use std::hint::black_box;
use std::io::{self, Write, stdout};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use town::town;

/// Rounds where nothing is said.
const ROUNDS: usize = 9;
/// Runs of a round of lanes and of threads.
const RUNS: u64 = 16_384;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [mode, runs] = &arguments[..]
        && mode == "campaign"
    {
        return alone(runs.parse().map_err(io::Error::other)?);
    }
    if let [mode, teams] = &arguments[..]
        && mode == "town"
    {
        let exercise = town(teams.parse().map_err(io::Error::other)?);
        let (took, events) = lane(&exercise, 1, 0, 10)?;
        return writeln!(stdout(), "{took:?} for {events} events");
    }
    let rounds = arguments.first().and_then(|rounds| rounds.parse().ok());
    let rounds = rounds.unwrap_or(ROUNDS);
    let mut out = stdout().lock();
    runs(&mut out)?;
    sizes(&mut out, rounds)?;
    lanes(&mut out, rounds)?;
    threads(&mut out, rounds)
}

/// One campaign in a process of its own, which then says its time and the most memory it ever had.
fn alone(runs: u64) -> io::Result<()> {
    let begun = spent()?;
    black_box(campaign(&one_screen(), runs, 1));
    let status = std::fs::read_to_string("/proc/self/status")?;
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let most = most.ok_or_else(|| io::Error::other("the system does not say how much memory"))?;
    let most = most.trim().trim_end_matches(" kB");
    writeln!(
        stdout(),
        "{} {most}",
        spent()?.saturating_sub(begun).as_micros()
    )
}

fn runs(out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "| runs | time for a run | against the first | most memory | of it, for a run more |"
    )?;
    writeln!(out, "| --- | --- | --- | --- | --- |")?;
    let mut first: Option<(u64, f64, f64)> = None;
    for runs in [1_000, 10_000, 100_000] {
        let program = std::env::current_exe()?;
        let said = Command::new(program)
            .args(["campaign", &runs.to_string()])
            .output()?;
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        let mut figures = said
            .split_whitespace()
            .filter_map(|word| word.parse::<f64>().ok());
        let (Some(micros), Some(kilobytes)) = (figures.next(), figures.next()) else {
            return Err(io::Error::other(format!(
                "a campaign of {runs} runs said {said:?}"
            )));
        };
        let each = micros / part(runs);
        let (few, one, least) = *first.get_or_insert((runs, each, kilobytes));
        let more = (kilobytes - least) * 1_024.0 / part((runs - few).max(1));
        let (ratio, megabytes) = (each / one, kilobytes / 1_024.0);
        writeln!(
            out,
            "| {runs} | {each:.1} us | {ratio:.2} | {megabytes:.1} MB | {more:.0} B |"
        )?;
    }
    Ok(())
}

fn sizes(out: &mut impl Write, rounds: usize) -> io::Result<()> {
    const TEAMS: usize = 2;
    writeln!(
        out,
        "\n| teams | events of a run | time for an event | against the first |"
    )?;
    writeln!(out, "| --- | --- | --- | --- |")?;
    let towns = [1, 10, 100].map(|times| (times, town(TEAMS * times)));
    let mut found = vec![Vec::new(); towns.len()];
    let mut events = [0; 3];
    for round in 0..rounds {
        for (i, (times, exercise)) in towns.iter().enumerate() {
            let runs = (2_000 / times).max(1);
            let (took, made) = lane(exercise, 1, (round * runs) as u64, runs as u64)?;
            found[i].push(took.as_secs_f64() * 1e9 / part(made));
            events[i] = made / runs as u64;
        }
    }
    let first = median(&mut found[0].clone());
    for (i, (times, _)) in towns.iter().enumerate() {
        let each = median(&mut found[i]);
        let (teams, events, ratio) = (TEAMS * times, events[i], each / first);
        writeln!(out, "| {teams} | {events} | {each:.0} ns | {ratio:.2} |")?;
    }
    Ok(())
}

fn lanes(out: &mut impl Write, rounds: usize) -> io::Result<()> {
    const LANES: [u64; 4] = [1, 8, 64, 512];
    writeln!(out, "\n| lanes | time for a run | against one lane |")?;
    writeln!(out, "| --- | --- | --- |")?;
    let exercise = one_screen();
    let mut found = vec![Vec::new(); LANES.len()];
    for _ in 0..rounds {
        for (i, lanes) in LANES.iter().enumerate() {
            let (took, _) = lane(&exercise, *lanes, 0, RUNS)?;
            found[i].push(took.as_secs_f64() * 1e6 / part(RUNS));
        }
    }
    let first = median(&mut found[0].clone());
    for (lanes, found) in LANES.iter().zip(&mut found) {
        let each = median(found);
        writeln!(out, "| {lanes} | {each:.1} us | {:.2} |", each / first)?;
    }
    Ok(())
}

fn threads(out: &mut impl Write, rounds: usize) -> io::Result<()> {
    writeln!(
        out,
        "\n| threads | processor time for a run | against one | wall time for a run | against one |"
    )?;
    writeln!(out, "| --- | --- | --- | --- | --- |")?;
    let exercise = one_screen();
    let (mut spent_by, mut wall_by) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    let mut free = Vec::new();
    for _ in 0..rounds {
        free.push(idle());
        for threads in [1, 2] {
            let (clock, begun) = (Instant::now(), spent()?);
            black_box(campaign(&exercise, RUNS, threads));
            let (spent, wall) = (spent()?.saturating_sub(begun), clock.elapsed());
            spent_by[threads - 1].push(spent.as_secs_f64() * 1e6 / part(RUNS));
            wall_by[threads - 1].push(wall.as_secs_f64() * 1e6 / part(RUNS));
        }
    }
    let [spent, wall] = [spent_by, wall_by].map(|by| by.map(|mut found| median(&mut found)));
    for i in 0..2 {
        let (more, faster) = (spent[i] / spent[0], wall[0] / wall[i]);
        let (spent, wall, threads) = (spent[i], wall[i], i + 1);
        writeln!(
            out,
            "| {threads} | {spent:.1} us | {more:.2} times | {wall:.1} us | {faster:.2} times as fast |"
        )?;
    }
    let free = median(&mut free);
    writeln!(
        out,
        "\nThe probe: two threads that only count were {free:.2} times as fast as one."
    )
}

fn campaign(exercise: &Arc<Exercise>, runs: u64, threads: usize) -> Tally {
    let order = Order {
        exercise: Arc::clone(exercise),
        seed: 1,
        runs: 0..runs,
        hours: Hours::AsScripted,
        threads,
    };
    let mut tally = Tally::new(exercise);
    run(&order, &AtomicBool::new(false), |row| tally.add(row));
    tally
}

/// Plays runs in so many lanes: the processor time without that of making them, and the events.
fn lane(
    exercise: &Arc<Exercise>,
    lanes: u64,
    first: u64,
    runs: u64,
) -> io::Result<(Duration, u64)> {
    let mut simulation = world(exercise, 1, first, lanes);
    let begun = spent()?;
    let events = play(&mut simulation, lanes, 1, first..first + runs);
    Ok((spent()?.saturating_sub(begun), events))
}

/// How much faster two threads count than one: about 2 where two processors have nothing else to do.
fn idle() -> f64 {
    fn count() -> u64 {
        (0..60_000_000_u64).fold(0, |sum, i| black_box(sum ^ i))
    }
    let one = Instant::now();
    black_box(count() ^ count());
    let one = one.elapsed();
    let two = Instant::now();
    let other = std::thread::spawn(count);
    black_box(count());
    let _ = other.join();
    one.as_secs_f64() / two.elapsed().as_secs_f64()
}

/// The processor time that this process has used, with threads that ended; to a hundredth of a second.
fn spent() -> io::Result<Duration> {
    const TICK: Duration = Duration::from_millis(10);
    let said = std::fs::read_to_string("/proc/self/stat")?;
    // The name of the program, in brackets, may hold anything; twelve fields later stand two times.
    let fields = said.rsplit(')').next().unwrap_or_default();
    let fields = fields.split_whitespace().skip(11).take(2);
    let ticks: u32 = fields.filter_map(|ticks| ticks.parse::<u32>().ok()).sum();
    Ok(TICK * ticks)
}

fn median(found: &mut [f64]) -> f64 {
    found.sort_by(f64::total_cmp);
    found[found.len() / 2]
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn part(count: u64) -> f64 {
    count as f64
}
