//! What somebody at a seat can do now, and why the rest cannot be.
//!
//! A page shows it as buttons. A player is offered what is in their view and in the plan, so that nothing is
//! learned from what is offered; acts for which something has to be chosen first, such as a measure of one's own
//! or to whom work is handed over, a page makes itself and asks [`Drill::check`].

use super::Drill;
use crate::exercise::{Exercise, InjectId, ObligationId, OptionId, PersonId, Phase, TaskId};
use crate::record::{Chosen, HumanAct, Refusal, Seat, Which};
use crate::situation::Situation;
use crate::situation::view::{Job, JobStage, PlayerView, Stage, View, Viewer};

/// Something that somebody could want to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The act.
    pub act: HumanAct,
    /// Why it is not possible now; `None`: it is.
    pub refused: Option<Refusal>,
}

impl Drill {
    /// What somebody at a seat can do now, and why the rest cannot be.
    pub fn possible(&mut self, seat: &Seat) -> Vec<Offer> {
        let acts = match seat {
            Seat::Plays { person } => self.acts_of_player(*person),
            Seat::Facilitator {} => of_facilitator(self.situation.exercise()),
            Seat::Evaluator {} | Seat::Observer {} => Vec::new(),
        };
        let offer = |act: HumanAct| Offer {
            refused: self.check(seat, &act).err(),
            act,
        };
        acts.into_iter().map(offer).collect()
    }

    fn acts_of_player(&self, person: PersonId) -> Vec<HumanAct> {
        match self
            .situation
            .view_for(&Viewer::at(&Seat::Plays { person }))
        {
            View::Player(view) => of_player(&self.situation, &view),
            View::All(_) | View::Wall(_) => Vec::new(),
        }
    }
}

/// What a player could want to do, by what they see.
fn of_player(situation: &Situation, view: &PlayerView) -> Vec<HumanAct> {
    let exercise = situation.exercise();
    let mut acts = Vec::new();
    for letter in &view.letters {
        if letter.stage == Stage::Unread {
            let message = letter.message;
            acts.push(HumanAct::Read { message });
            acts.push(HumanAct::Acknowledge { message });
        }
    }
    acts.extend(view.work.iter().flat_map(of_job));
    acts.extend(to_begin(exercise, view));
    acts.extend(view.approvals.iter().map(|instance| HumanAct::Approve {
        task: Which::exactly(*instance),
        granted: true,
    }));
    acts.extend(to_decide(exercise, view));
    acts.extend([HumanAct::Report {}, HumanAct::Declare {}]);
    acts.extend(to_state(exercise, view));
    let several = exercise.scenario().incidents.len() > 1;
    for spoken in &view.incidents {
        acts.extend(Phase::ALL.iter().map(|phase| HumanAct::DeclareComplete {
            phase: *phase,
            incident: several.then_some(spoken.incident),
        }));
    }
    acts.push(HumanAct::StopWord {});
    acts
}

/// What can be done with a piece of work that one sees.
fn of_job(job: &Job) -> Vec<HumanAct> {
    let task = Which::exactly(job.instance);
    match job.stage {
        JobStage::Waiting | JobStage::Paused(_) | JobStage::Reopened => vec![
            HumanAct::Start {
                task,
                with: Vec::new(),
            },
            HumanAct::AskApproval { task },
        ],
        JobStage::TakingOver
        | JobStage::Running
        | JobStage::Interrupted
        | JobStage::Claimed
        | JobStage::GivenUp
        | JobStage::NothingToDo
        | JobStage::LeftOut => Vec::new(),
    }
}

/// Tasks that the plan gives to one's roles and of which one sees no piece yet.
fn to_begin<'v>(
    exercise: &'v Exercise,
    view: &'v PlayerView,
) -> impl Iterator<Item = HumanAct> + 'v {
    let tasks = (0..exercise.plan().tasks.len()).map(TaskId::new);
    let theirs = tasks.filter(|task| {
        let by = exercise.owners(exercise.task(*task));
        let seen = view.work.iter().any(|job| job.instance.task == *task);
        !seen && by.iter().any(|role| view.roles.contains(role))
    });
    theirs.map(|task| HumanAct::Start {
        task: Which::of(task),
        with: Vec::new(),
    })
}

/// Every option of each decision that is theirs and open.
fn to_decide(exercise: &Exercise, view: &PlayerView) -> Vec<HumanAct> {
    let open = view.decisions.iter().filter(|asked| asked.taken.is_none());
    let options = open.flat_map(|asked| {
        let options = exercise.plan().decision(asked.decision).options.len();
        (0..options).map(|option| HumanAct::Decide {
            choice: Chosen {
                decision: asked.decision,
                option: OptionId::new(option),
            },
        })
    });
    options.collect()
}

/// Obligations to which their roles see, whose clock they have not seen start.
fn to_state<'v>(
    exercise: &'v Exercise,
    view: &'v PlayerView,
) -> impl Iterator<Item = HumanAct> + 'v {
    let obligations = (0..exercise.plan().obligations.len()).map(ObligationId::new);
    let theirs = obligations.filter(|obligation| {
        let by = exercise.roles(exercise.obligation(*obligation).by);
        let runs = view
            .clocks
            .iter()
            .any(|duty| duty.obligation == *obligation);
        !runs && by.iter().any(|role| view.roles.contains(role))
    });
    theirs.map(|obligation| HumanAct::StateAware { obligation })
}

/// What whoever runs the exercise could want to do with its injects, its clock and its people.
fn of_facilitator(exercise: &Exercise) -> Vec<HumanAct> {
    let injects = (0..exercise.scenario().injects.len()).map(InjectId::new);
    let mut acts: Vec<HumanAct> = injects
        .flat_map(|inject| {
            [
                HumanAct::Fire { inject },
                HumanAct::Hold { inject },
                HumanAct::Skip { inject },
            ]
        })
        .collect();
    let people = (0..exercise.organisation().people.len()).map(PersonId::new);
    acts.extend(people.flat_map(|person| [true, false].map(|on| HumanAct::StandIn { person, on })));
    acts.extend([
        HumanAct::Pause {},
        HumanAct::Resume {},
        HumanAct::StopWord {},
        HumanAct::End {},
    ]);
    acts
}
