//! The exercise as a NeXosim bench of models that send each other events. The bench is assembled once
//! and used for all runs, on one thread.
//!
//!     peer-nexosim rows COUNT [SEED]    one line for each run
//!     peer-nexosim time COUNT [SEED]    nanoseconds for a run, and milestones counted

mod attack;
mod person;
mod plan;
mod post;
mod response;
mod run;
mod sources;

use attack::Attack;
use nexosim::ports::{EventSinkReader, EventSource, SinkState, event_slot};
use nexosim::simulation::{EventId, Mailbox, SimInit, Simulation, SimulationError};
use nexosim::time::MonotonicTime;
use person::{Person, Roster};
use plan::PEOPLE;
use post::Post;
use response::{Response, Row};
use sources::{Sensor, Story};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

struct Bench {
    simulation: Simulation,
    start: EventId<u64>,
    row: Box<dyn EventSinkReader<Row>>,
}

/// Where events of each model arrive.
#[derive(Default)]
struct Boxes {
    attack: Mailbox<Attack>,
    sensors: [Mailbox<Sensor>; 2],
    story: Mailbox<Story>,
    post: Mailbox<Post>,
    roster: Mailbox<Roster>,
    response: Mailbox<Response>,
    people: [Mailbox<Person>; PEOPLE],
}

impl Boxes {
    /// What tells every model that a run starts.
    fn starts(&self) -> EventSource<u64> {
        let mut start = EventSource::new()
            .connect(Response::start, &self.response)
            .connect(Post::start, &self.post)
            .connect(Story::start, &self.story)
            .connect(Roster::start, &self.roster)
            .connect(Attack::start, &self.attack);
        for address in &self.sensors {
            start = start.connect(Sensor::start, address);
        }
        for address in &self.people {
            start = start.connect(Person::start, address);
        }
        start
    }
}

fn connect_attack(attack: &mut Attack, sensors: &mut [Sensor], story: &mut Story, boxes: &Boxes) {
    for (sensor, address) in sensors.iter_mut().zip(&boxes.sensors) {
        attack.struck.connect(Sensor::struck, address);
        sensor.send.connect(Post::send, &boxes.post);
    }
    attack.struck.connect(Story::struck, &boxes.story);
    attack.outlook.connect(Response::outlook, &boxes.response);
    story.send.connect(Post::send, &boxes.post);
}

fn connect_people(people: &mut [Person], post: &mut Post, roster: &mut Roster, boxes: &Boxes) {
    roster.turned.connect(Response::turned, &boxes.response);
    for (id, (person, address)) in people.iter_mut().zip(&boxes.people).enumerate() {
        person.opened.connect(Response::opened, &boxes.response);
        person.read.connect(Response::read, &boxes.response);
        person.over.connect(Response::attempt_over, &boxes.response);
        person
            .laid_aside
            .connect(Response::laid_aside, &boxes.response);
        post.deliver[id].connect(Person::notice, address);
        post.drop[id].connect(Person::drop, address);
        roster.turned.connect(Person::turned, address);
    }
}

fn connect_response(response: &mut Response, boxes: &Boxes) {
    response.send.connect(Post::send, &boxes.post);
    response.withdraw.connect(Post::withdraw, &boxes.post);
    response.taken.connect(Attack::taken, &boxes.attack);
    response.declared.connect(Story::declared, &boxes.story);
    response.contained.connect(Story::contained, &boxes.story);
    response.stop_all.connect(Attack::stop, &boxes.attack);
    response.stop_all.connect(Story::stop, &boxes.story);
    response.stop_all.connect(Post::stop, &boxes.post);
    response.stop_all.connect(Roster::stop, &boxes.roster);
    response.stop_all.connect(Response::stop, &boxes.response);
    for address in &boxes.sensors {
        response.stop_all.connect(Sensor::stop, address);
    }
    for (id, address) in boxes.people.iter().enumerate() {
        response.assign[id].connect(Person::assign, address);
        response.release[id].connect(Person::release, address);
        response.stop_all.connect(Person::stop, address);
    }
}

impl Bench {
    fn new() -> Result<Self, SimulationError> {
        let mut attack = Attack::default();
        let mut sensors = [Sensor::new(0), Sensor::new(1)];
        let mut story = Story::default();
        let mut post = Post::default();
        let mut roster = Roster::default();
        let mut response = Response::default();
        let mut people: Vec<Person> = (0..PEOPLE).map(Person::new).collect();
        let boxes = Boxes::default();

        connect_attack(&mut attack, &mut sensors, &mut story, &boxes);
        connect_people(&mut people, &mut post, &mut roster, &boxes);
        connect_response(&mut response, &boxes);
        let (sink, row) = event_slot(SinkState::Enabled);
        response.row.connect_sink(sink);

        let mut bench = SimInit::with_num_threads(1);
        let start = boxes.starts().register(&mut bench);
        bench = bench
            .add_model(attack, boxes.attack, "attack")
            .add_model(story, boxes.story, "story")
            .add_model(post, boxes.post, "post")
            .add_model(roster, boxes.roster, "roster")
            .add_model(response, boxes.response, "response");
        for (id, (sensor, mailbox)) in sensors.into_iter().zip(boxes.sensors).enumerate() {
            bench = bench.add_model(sensor, mailbox, &format!("sensor-{id}"));
        }
        for (id, (person, mailbox)) in people.into_iter().zip(boxes.people).enumerate() {
            bench = bench.add_model(person, mailbox, &format!("person-{id}"));
        }
        Ok(Self {
            simulation: bench.init(MonotonicTime::EPOCH)?,
            start,
            row: Box::new(row),
        })
    }

    fn play(&mut self, seed: u64) -> Result<Row, SimulationError> {
        self.simulation.process_event(&self.start, seed)?;
        loop {
            self.simulation.step()?;
            if let Some(row) = self.row.try_read() {
                return Ok(row);
            }
        }
    }
}

fn main() -> Result<(), SimulationError> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize| arguments.get(place).and_then(|text| text.parse().ok());
    let (runs, seed): (u64, u64) = (number(1).unwrap_or(1_000), number(2).unwrap_or(1));
    let rows = arguments.first().is_some_and(|mode| mode == "rows");
    let mut bench = Bench::new()?;
    let begun = Instant::now();
    for run in 0..runs {
        let row = bench.play(seed * 1_000_003 + run)?;
        if rows {
            let times = row.ends.iter().chain(&row.phases);
            let times: Vec<String> = times.map(ToString::to_string).collect();
            println!("{},{}", times.join(","), row.fallen);
        }
    }
    if !rows {
        let each: Duration = begun.elapsed() / runs.max(1) as u32;
        let milestones = run::MILESTONES.load(Ordering::Relaxed);
        println!(
            "nexosim {runs} runs {} ns {milestones} counted",
            each.as_nanos()
        );
    }
    Ok(())
}
