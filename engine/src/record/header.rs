//! The head of a record: everything that is needed to replay and to judge it.

use crate::exercise::{Exercise, Mode, PersonId};
use crate::record::wire::{Named, UnknownName};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The version of the record's format. A reader refuses a greater one.
///
/// 1: first version.
///
/// 2: what took a measure, secured evidence or told a stakeholder says in which role it was done;
/// expectations have no entries of their own, since they are judged by what was done; what is read
/// before STARTEX, and people who begin early; tasks give a reason to be short (`because`),
/// organisations and stakeholders have a `weekend`, organisations a country and sectors, obligations
/// what the plan says of them (`clause`), scenarios `early`; others restore what they run
/// (`TheirsRestored`), and what an asset and a task say of that; control of the clock, who takes part, what
/// evaluators and others say, and entries after ENDEX; refusals are words.
pub const FORMAT: u32 = 2;

/// What was played, with what, by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The version of the engine that wrote the record.
    pub engine_version: String,
    /// The seed of all chance.
    pub seed: u64,
    /// The run's index in its campaign.
    pub run: u64,
    /// How the people of the exercise acted.
    pub mode: Mode,
    /// Whether players had help; a trained result is not an evaluated one.
    pub assisted: bool,
    /// The files that the exercise was made of.
    pub definitions: Vec<DefinitionHash>,
    /// The SHA-256 of the file of actions that was played, in hexadecimal, where one was.
    pub actions: Option<String>,
    /// Who was invited to take part as a human, and whether they were there from the start; sorted by person;
    /// empty in a simulation.
    pub attendance: Vec<(PersonId, Attendance)>,
    /// The resolved exercise.
    pub exercise: Arc<Exercise>,
}

/// A header as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireHeader {
    /// [`FORMAT`] of the writer.
    pub format: u32,
    /// See [`Header::engine_version`].
    pub engine_version: String,
    /// See [`Header::seed`].
    pub seed: u64,
    /// See [`Header::run`].
    pub run: u64,
    /// See [`Header::mode`].
    pub mode: Mode,
    /// See [`Header::assisted`].
    pub assisted: bool,
    /// See [`Header::definitions`].
    pub definitions: Vec<DefinitionHash>,
    /// See [`Header::actions`].
    pub actions: Option<String>,
    /// See [`Header::attendance`]; people by their slugs.
    pub attendance: Vec<(String, Attendance)>,
    /// See [`Header::exercise`].
    pub exercise: Exercise,
}

impl Header {
    /// The written form.
    pub fn write(&self) -> WireHeader {
        let names = self.exercise.names();
        let attended = self.attendance.iter();
        WireHeader {
            format: FORMAT,
            engine_version: self.engine_version.clone(),
            seed: self.seed,
            run: self.run,
            mode: self.mode,
            assisted: self.assisted,
            definitions: self.definitions.clone(),
            actions: self.actions.clone(),
            attendance: attended
                .map(|(person, how)| (person.write(names), *how))
                .collect(),
            exercise: Exercise::clone(&self.exercise),
        }
    }

    /// The header of a written form.
    pub fn read(wire: WireHeader) -> Result<Self, UnknownName> {
        let names = wire.exercise.names();
        let attended = wire.attendance.into_iter();
        let attendance = attended
            .map(|(person, how)| Ok((PersonId::read(person, names)?, how)))
            .collect::<Result<_, UnknownName>>()?;
        Ok(Self {
            engine_version: wire.engine_version,
            seed: wire.seed,
            run: wire.run,
            mode: wire.mode,
            assisted: wire.assisted,
            definitions: wire.definitions,
            actions: wire.actions,
            attendance,
            exercise: Arc::new(wire.exercise),
        })
    }
}

/// A definition file and its hash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefinitionHash {
    /// Its name, without a path.
    pub name: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// How a person took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Attendance {
    /// Played by a human, or by a file of actions, from the start.
    Played,
    /// Invited and absent when the run began: a stand-in acts until somebody joins.
    Absent,
}
