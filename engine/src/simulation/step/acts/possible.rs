//! Which acts of humans are possible now, and why others are not.

use super::{attendance, own};
use crate::exercise::{ExerciseTime, Few, MessageId, PersonId, RoleId, TaskId};
use crate::record::{Action, Hand, HumanAct, Presence, Refusal, Which, Whose};
use crate::simulation::lane::Lane;
use crate::simulation::messages::MessageState;
use crate::simulation::people::Busy;
use crate::simulation::scene::Scene;
use crate::simulation::story::{DecisionState, InjectState};
use crate::simulation::work::{self, Approval, Assignment, Change, State};
use smallvec::smallvec;
use std::ops::RangeInclusive;

/// The paces at which an exercise can go, in thousandths: from a thousandth of the speed of the clock on the
/// wall, to a thousand times that. Slower is a pause.
const PACES: RangeInclusive<u32> = 1..=1_000_000;

pub(crate) type Possible = Result<(), Refusal>;

/// Nothing if a test passes, else the reason.
pub(super) fn unless(fails: bool, reason: Refusal) -> Possible {
    if fails { Err(reason) } else { Ok(()) }
}

/// Whether an act is possible now, or why it is not.
pub(crate) fn possible(lane: &Lane<'_>, scene: Scene<'_>, action: &Action) -> Possible {
    let whose = action.does.whose();
    by_a_hand_that_may(scene, action)?;
    let Some(person) = action.person else {
        unless(whose == Whose::Player, Refusal::OnlyAPerson)?;
        can_say(lane, &action.does)?;
        return for_facilitator(lane, scene, &action.does);
    };
    unless(whose == Whose::Facilitator, Refusal::OnlyTheFacilitator)?;
    unless(whose == Whose::Evaluator, Refusal::OnlyAnEvaluator)?;
    can_say(lane, &action.does)?;
    unless(!lane.people.get(person).is_human(), Refusal::NobodyPlays)?;
    unless(scene.now < ExerciseTime::STARTEX, Refusal::TooEarly)?;
    // Something real waits for nobody.
    if matches!(action.does, HumanAct::StopWord {}) {
        return Ok(());
    }
    unless(!lane.people.is_played(person), Refusal::StandInActs)?;
    unless(
        is_missed(lane, scene, person, &action.does),
        Refusal::NotThere,
    )?;
    for_player(lane, scene, person, &action.does)
}

/// Whether an act may be entered by whoever enters it, as of then: a scribe with a name, for a person, not long
/// after it was done and not before the exercise began.
fn by_a_hand_that_may(scene: Scene<'_>, action: &Action) -> Possible {
    let Some(hand) = &action.hand else {
        return Ok(());
    };
    unless(action.person.is_none(), Refusal::OnlyAPerson)?;
    unless(hand.scribe.trim().is_empty(), Refusal::NoName)?;
    unless(hand.said > scene.now, Refusal::TooEarly)?;
    let back = scene.now - hand.said > Hand::BACK;
    unless(
        back || hand.said < ExerciseTime::STARTEX,
        Refusal::TooFarBack,
    )
}

/// Whether a person would have to be there for this, and is not. Who is on leave does nothing for the
/// organisation; who is off duty, or not reached, begins nothing.
fn is_missed(lane: &Lane<'_>, scene: Scene<'_>, person: PersonId, act: &HumanAct) -> bool {
    let presence = lane.people.presence(scene, person);
    match act {
        HumanAct::Note { .. }
        | HumanAct::Ask { .. }
        | HumanAct::Explain { .. }
        | HumanAct::Vote { .. }
        | HumanAct::Commit { .. } => false,
        HumanAct::Start { .. }
        | HumanAct::Take { .. }
        | HumanAct::Report {}
        | HumanAct::Declare {}
        | HumanAct::Classify { .. } => presence != Presence::OnDuty,
        _ => presence == Presence::OnLeave,
    }
}

fn for_player(lane: &Lane<'_>, scene: Scene<'_>, person: PersonId, act: &HumanAct) -> Possible {
    match act {
        HumanAct::Start { task, with } => can_start(lane, scene, person, (*task, with)).map(|_| ()),
        HumanAct::Take { act } => own::can_take(lane, scene, person, act),
        HumanAct::Classify { .. } => {
            let roles = scene.exercise().roles_held(person);
            unless(roles.is_empty(), Refusal::HoldsNoRole)
        }
        HumanAct::Acknowledge { message } | HumanAct::Read { message } => {
            can_read(lane, person, *message)
        }
        HumanAct::AskApproval { task } => {
            let needed = scene.exercise().task(task.task).approval.is_some();
            unless(!needed, Refusal::NeedsNoApproval)?;
            let not_asked = |piece: &work::Piece| piece.approval == Approval::NotAsked;
            let Some(index) = waiting(lane, *task, not_asked) else {
                return Err(Refusal::NothingToAsk);
            };
            let role = work::role_for(lane.work, lane.people, scene, index, person);
            unless(role.is_none(), Refusal::NoRoleForTask)
        }
        HumanAct::Approve { task, .. } => can_answer(lane, scene, person, *task),
        HumanAct::Decide { choice } => {
            let open = matches!(
                lane.story.decision(choice.decision),
                DecisionState::Open(..)
            );
            unless(!open, Refusal::NotOpen)?;
            let options = &scene.exercise().plan().decision(choice.decision).options;
            let known = choice.option.index() < options.len();
            unless(!known, Refusal::NoSuchOption)
        }
        HumanAct::HandOver { task, to } => can_hand_over(lane, scene, person, (*task, *to)),
        HumanAct::Tell { to, text } => {
            has_text(text)?;
            unless(
                scene.exercise().roles_held(person).is_empty(),
                Refusal::HoldsNoRole,
            )?;
            is_held(scene, *to)
        }
        HumanAct::Inform { text, .. } | HumanAct::Ask { text } => has_text(text),
        HumanAct::Explain { choice, reason, .. } => {
            has_text(reason)?;
            let taken = lane.story.decision(choice.decision);
            let by = scene.exercise().plan().decision(choice.decision).by;
            let mut roles = scene.exercise().roles(by).iter();
            let chose = matches!(taken, DecisionState::Taken(option, _) if option == choice.option)
                && roles.any(|role| work::acts_as(lane.people, scene, *role, person));
            unless(!chose, Refusal::ChoseOtherwise)
        }
        _ => Ok(()),
    }
}

fn for_facilitator(lane: &Lane<'_>, scene: Scene<'_>, act: &HumanAct) -> Possible {
    match act {
        HumanAct::MoveClock { to } => unless(*to <= scene.now, Refusal::TimeIsPast),
        HumanAct::Hold { inject } | HumanAct::Skip { inject } | HumanAct::Edit { inject, .. } => {
            let repeats = scene.exercise().inject(*inject).repeats.is_some();
            match lane.story.inject(*inject) {
                InjectState::Delivered => unless(!repeats, Refusal::DeliveredBefore),
                InjectState::Skipped => Err(Refusal::LeftOutBefore),
                _ => Ok(()),
            }
        }
        HumanAct::Answer { entry, text } => {
            has_text(text)?;
            unless(!lane.humans.is_asked(*entry), Refusal::NothingAsked)
        }
        HumanAct::Excuse { expectation, .. } => {
            unless(lane.story.is_excused(*expectation), Refusal::ExcusedBefore)
        }
        HumanAct::Pause {}
        | HumanAct::Resume {}
        | HumanAct::Pace { .. }
        | HumanAct::StopWord {}
        | HumanAct::End {} => can_control(lane, scene, act),
        HumanAct::Join { .. }
        | HumanAct::Leave { .. }
        | HumanAct::ChangeSeat { .. }
        | HumanAct::StandIn { .. } => attendance::possible(lane, act),
        _ => Ok(()),
    }
}

/// Whether this can be said about the exercise: by somebody, of what there is.
fn can_say(lane: &Lane<'_>, act: &HumanAct) -> Possible {
    let Some(remark) = act.remark() else {
        return Ok(());
    };
    unless(remark.by.trim().is_empty(), Refusal::NoName)?;
    let wrong = remark
        .corrects
        .is_some_and(|entry| !lane.humans.was_said(entry, act));
    unless(wrong, Refusal::NoSuchEntry)?;
    match act {
        HumanAct::Observe { entry, .. } => {
            let there = (1..=lane.out.last()).contains(entry);
            unless(!there, Refusal::NoSuchEntry)?;
            unless(remark.note.trim().is_empty(), Refusal::NoText)
        }
        HumanAct::Vote { what: text, .. } | HumanAct::Commit { text, .. } => has_text(text),
        _ => Ok(()),
    }
}

/// Whether the clock of the exercise can be controlled in this way.
fn can_control(lane: &Lane<'_>, scene: Scene<'_>, act: &HumanAct) -> Possible {
    let before = scene.now < ExerciseTime::STARTEX;
    unless(before, Refusal::TooEarly)?;
    match act {
        HumanAct::Pause {} => unless(lane.humans.is_paused(), Refusal::PausedAlready),
        HumanAct::Resume {} => unless(!lane.humans.is_paused(), Refusal::NotPaused),
        HumanAct::Pace { thousandths } => unless(!PACES.contains(thousandths), Refusal::NoSuchPace),
        _ => Ok(()),
    }
}

fn can_read(lane: &Lane<'_>, person: PersonId, message: MessageId) -> Possible {
    // Whether there is such a message elsewhere is nobody's to learn by trying.
    let noticed = lane.messages.exists(message)
        && lane.messages.get(message).state == MessageState::Noticed(person);
    let there = noticed && lane.people.get(person).inbox.contains(&message);
    unless(!there, Refusal::NotInInbox)?;
    let reads = matches!(lane.people.get(person).busy, Busy::Reading { .. });
    unless(reads, Refusal::ReadsAnother)
}

/// Whether a person may answer a request. Who is no approver by the plan, and was not asked, learns nothing of
/// whether somebody asked.
fn can_answer(lane: &Lane<'_>, scene: Scene<'_>, person: PersonId, which: Which) -> Possible {
    let exercise = scene.exercise();
    let asked = |piece: &work::Piece| piece.approval == Approval::Asked;
    let index = waiting(lane, which, asked);
    if index.is_some_and(|index| lane.work.piece(index).asked == Some(person)) {
        return Ok(());
    }
    let approver = exercise.task(which.task).approval;
    let roles = || approver.map_or(&[][..], |approver| exercise.roles(approver));
    let ever = roles().iter().any(|role| {
        let role = exercise.role(*role);
        role.holders.contains(&person) || role.deputies.contains(&person)
    });
    unless(!ever, Refusal::NotTheirs)?;
    unless(index.is_none(), Refusal::NotAsked)?;
    let acts = |role: &RoleId| work::acts_as(lane.people, scene, *role, person);
    unless(!roles().iter().any(acts), Refusal::NotTheirs)
}

fn can_hand_over(
    lane: &Lane<'_>,
    scene: Scene<'_>,
    person: PersonId,
    (which, to): (Which, RoleId),
) -> Possible {
    unless(running(lane, which, person).is_none(), Refusal::NotWorking)?;
    is_held(scene, to)
}

/// Whether somebody has a role at all.
fn is_held(scene: Scene<'_>, role: RoleId) -> Possible {
    let role = scene.exercise().role(role);
    let nobody = role.holders.is_empty() && role.deputies.is_empty();
    unless(nobody, Refusal::NobodyHasRole)
}

/// Whether something is said.
fn has_text(text: &str) -> Possible {
    unless(text.trim().is_empty(), Refusal::NoText)
}

/// The first piece that is meant and waits, and passes a test.
pub(super) fn waiting(
    lane: &Lane<'_>,
    which: Which,
    test: impl Fn(&work::Piece) -> bool,
) -> Option<usize> {
    pieces(lane, which, State::Waiting).find(|index| test(lane.work.piece(*index)))
}

/// The first piece that is meant and on which a person works.
pub(super) fn running(lane: &Lane<'_>, which: Which, person: PersonId) -> Option<usize> {
    let mut running = pieces(lane, which, State::Running);
    running.find(|index| lane.work.piece(*index).people.contains(&person))
}

/// The pieces in a state that an act may mean.
pub(super) fn pieces(lane: &Lane<'_>, which: Which, state: State) -> impl Iterator<Item = usize> {
    let pieces = lane.work.pieces();
    pieces
        .filter(move |(_, piece)| piece.state == state && which.fits(piece.instance))
        .map(|(index, _)| index)
}

/// What starting a task comes to.
pub(super) enum Starting {
    /// A piece begins that waited.
    Waiting(Assignment),
    /// A piece goes on that somebody else has in hand.
    InHand(Change),
}

/// With whom and in which role somebody can start a task now, or why not. Work of which nobody told them is to
/// them as if there were none.
pub(super) fn can_start(
    lane: &Lane<'_>,
    scene: Scene<'_>,
    person: PersonId,
    (which, with): (Which, &[PersonId]),
) -> Result<Starting, Refusal> {
    if lane.people.get(person).busy != Busy::Free {
        return Err(Refusal::Busy);
    }
    let mut reason = None;
    for index in known(lane, scene, (which, State::Waiting), person) {
        match can_begin(lane, scene, person, (index, with)) {
            Ok(assignment) => return Ok(Starting::Waiting(assignment)),
            Err(Refusal::NoRoleForTask) => {}
            Err(why) => reason = Some(why),
        }
    }
    for index in known(lane, scene, (which, State::Running), person) {
        match can_take_back(lane, scene, person, (index, with)) {
            Ok(change) => return Ok(Starting::InHand(change)),
            Err(Refusal::NoRoleForTask) => {}
            Err(why) => reason = reason.or(Some(why)),
        }
    }
    Err(reason.unwrap_or_else(|| {
        if is_theirs_by_plan(scene, which.task, person) {
            Refusal::NotReady
        } else {
            Refusal::NoRoleForTask
        }
    }))
}

/// The pieces in a state that an act may mean and that lie before somebody.
pub(super) fn known(
    lane: &Lane<'_>,
    scene: Scene<'_>,
    (which, state): (Which, State),
    person: PersonId,
) -> impl Iterator<Item = usize> {
    pieces(lane, which, state)
        .filter(move |index| work::lies_before(scene, lane.work.piece(*index), person))
}

/// Whether the plan gives a task to a role that a person holds or stands in for.
fn is_theirs_by_plan(scene: Scene<'_>, task: TaskId, person: PersonId) -> bool {
    let exercise = scene.exercise();
    let mut owners = exercise.owners(exercise.task(task)).iter();
    owners.any(|role| {
        let role = exercise.role(*role);
        role.holders.contains(&person) || role.deputies.contains(&person)
    })
}

/// The same of one piece of it that waits.
pub(super) fn can_begin(
    lane: &Lane<'_>,
    scene: Scene<'_>,
    person: PersonId,
    (index, with): (usize, &[PersonId]),
) -> Result<Assignment, Refusal> {
    let (work, people) = (&lane.work, &lane.people);
    if work::role_for(work, people, scene, index, person).is_none() {
        return Err(Refusal::NoRoleForTask);
    }
    let named = team_of(person, with);
    let Some(assignment) = work::team(work, people, scene, (index, &named), false) else {
        return Err(Refusal::NotByThese);
    };
    unless(
        !is_approved(lane, scene, (index, assignment.role), person),
        Refusal::NeedsApproval,
    )?;
    Ok(assignment)
}

/// Whether somebody can go on with a piece that somebody else has in hand, or why not.
fn can_take_back(
    lane: &Lane<'_>,
    scene: Scene<'_>,
    person: PersonId,
    (index, with): (usize, &[PersonId]),
) -> Result<Change, Refusal> {
    let role = work::role_for(lane.work, lane.people, scene, index, person);
    unless(role.is_none(), Refusal::NoRoleForTask)?;
    let better = work::takes_over(lane.work, lane.people, scene, index, person);
    let change = better.ok_or(Refusal::UnderWay)?;
    unless(team_of(person, with).len() > 1, Refusal::NotByThese)?;
    unless(
        !is_approved(lane, scene, (index, change.role), person),
        Refusal::NeedsApproval,
    )?;
    Ok(change)
}

/// Whether somebody, acting in a role, has the approval that a piece needs, or needs none.
fn is_approved(
    lane: &Lane<'_>,
    scene: Scene<'_>,
    (index, role): (usize, RoleId),
    person: PersonId,
) -> bool {
    let piece = lane.work.piece(index);
    let task = scene.exercise().task(piece.instance.task);
    task.approval.is_none()
        || piece.approval == Approval::Given
        || work::has_authority(lane.people, scene, task, role, person)
}

/// Who starts, and who is named to help.
pub(super) fn team_of(person: PersonId, with: &[PersonId]) -> Few<PersonId> {
    let mut team: Few<PersonId> = smallvec![person];
    for helper in with {
        if !team.contains(helper) {
            team.push(*helper);
        }
    }
    team
}
