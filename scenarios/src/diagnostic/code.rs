//! The closed list of codes.

use std::fmt;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing can be run before it is solved.
    Error,
    /// It can be run, and says less than it could.
    Warning,
    /// Worth knowing.
    Note,
}

impl Level {
    /// The word shown to people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

macro_rules! codes {
    ($($number:literal $name:ident $level:ident $title:literal)+) => {
        /// A rule about definitions. The number never changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(
                #[doc = $title]
                $name,
            )+
        }

        impl Code {
            /// Every code, in the order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The code as shown, such as `HW0213`.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$name => concat!("HW", $number),)+
                }
            }

            /// What it is about, in one line.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$name => $title,)+
                }
            }

            /// The level at which it is reported.
            pub const fn level(self) -> Level {
                match self {
                    $(Self::$name => Level::$level,)+
                }
            }
        }
    };
}

codes! {
    "0101" NotText Error "The file is not text."
    "0102" TooLarge Error "The file is larger than any definition."
    "0103" EmptyFile Error "The file holds no definition."
    "0104" ByteOrderMark Error "The file starts with a byte order mark."
    "0105" SmartQuote Error "Text is delimited by something else than straight double quotes."
    "0106" OpenText Error "A text lacks a quote."
    "0107" OpenComment Error "A comment does not end."
    "0108" BadEscape Error "A backslash is followed by something that it cannot escape."
    "0109" StrayCharacter Error "A character has no meaning where it stands."
    "0110" Percent Error "A share is written in percent."
    "0111" Bracket Error "A bracket is not closed, or closes nothing."
    "0112" MissingComma Error "A comma is missing."
    "0113" MissingColon Error "A colon is missing."
    "0114" Unexpected Error "A sign stands where something else belongs."
    "0115" TooDeep Error "Brackets are nested too deeply."
    "0116" Extension Error "A RON extension is enabled that definitions do not use."
    "0117" NotRon Error "The text is not RON, or not JSON."
    "0118" InsideWord Error "A word has a character in it that has no meaning."
    "0119" OtherBlank Error "A blank is no plain space."
    "0120" HashComment Error "A comment starts with `#`."
    "0121" OtherFormat Error "The file is written in another format."
    "0201" WrongFile Error "The file holds another kind of definition."
    "0202" UnknownField Error "A field has a name that is not known there."
    "0203" MissingField Error "A field is missing that has no default."
    "0204" DuplicateField Error "A field or key is given twice."
    "0205" WrongKind Error "A value is of the wrong kind."
    "0206" UnknownWord Error "A word is not in the vocabulary."
    "0207" QuotedWord Error "A word of the vocabulary is in quotes."
    "0208" UnquotedName Error "A name is not in quotes."
    "0209" WrongArguments Error "A word has too many or too few things in its brackets."
    "0210" BadId Error "An id has characters that ids cannot have."
    "0211" BadDuration Error "A duration cannot be read, or is out of range."
    "0212" BadNumber Error "A number is out of range, or too exact."
    "0213" UnknownRole Error "No role or function has this name."
    "0214" BadTime Error "A time or date cannot be read."
    "0215" BadHours Error "Weekly hours cannot be read."
    "0216" UnknownZone Error "A time zone is not known."
    "0217" BadTechnique Error "A technique id is not written as ATT&CK writes it."
    "0218" UnknownCountry Error "A country is not known."
    "0225" UnknownCurrency Error "A currency is not written as its code."
    "0301" DuplicateId Error "Two things have the same id."
    "0302" UnknownPerson Error "No person has this id."
    "0303" UnknownAsset Error "No asset has this id."
    "0304" UnknownChannel Error "No channel has this id."
    "0305" UnknownTask Error "No task has this id."
    "0306" UnknownObligation Error "No obligation has this id."
    "0307" UnknownDecision Error "No decision or option has this id."
    "0308" UnknownIncident Error "No incident has this id."
    "0309" UnknownStep Error "No step of the attack has this id."
    "0310" UnknownInject Error "No inject has this id."
    "0311" UnknownExpectation Error "No expectation has this id."
    "0312" Cycle Error "Things come after one another in a circle."
    "0313" NotPortable Error "A scenario names something of one organisation or plan."
    "0314" FactOutOfPlace Error "A condition asks for a fact that does not exist there."
    "0315" ActInTrigger Error "A clock waits for an act of the team."
    "0316" TwoTriggers Error "A clock has two triggers."
    "0317" TwoTruths Error "The truth about an incident is given twice."
    "0318" NothingToDecide Error "A decision cannot be put to anybody."
    "0319" TimeOrder Error "Times are in an order that cannot be."
    "0320" Weights Error "Weights do not sum to 1."
    "0321" NobodyActs Error "The organisation has no roles or no people."
    "0322" NoTasks Error "The plan has no tasks."
    "0323" NothingHappens Error "Nothing happens in the scenario."
    "0324" NoFunction Error "A role has no function."
    "0325" MissingPart Error "The organisation, the plan or the scenario is missing."
    "0326" NoExercise Error "The definitions do not make an exercise together."
    "0327" FreeOutage Error "An outage costs next to nothing, and nobody says why."
    "0330" NoBusinessDay Error "A weekend leaves no business day."
    "0331" UnknownDuty Error "No regime of law has a duty of this name."
    "0332" DutyTwice Error "Two clauses speak of the same duty of law."
    "0333" HoursOfAuthority Error "An authority has hours in which it is told."
    "0334" StrangeHours Error "Hours contradict one another, or are none."
    "0335" SeveralAsked Error "An expectation asks for several things at once."
    "0401" NoInjects Warning "The scenario has no injects."
    "0402" NeverComes Warning "An inject can never come."
    "0403" AfterEnd Warning "A time lies outside the exercise."
    "0404" FunctionMissing Warning "Nobody has a function that a response needs."
    "0405" NobodyHolds Warning "Nobody holds a role."
    "0406" NobodyAtNight Warning "Nobody can be called for required tasks at some hours."
    "0407" NobodyApproves Warning "Nobody can approve a task at some hours."
    "0408" NoDeputy Warning "A role that approves has no deputy."
    "0409" CannotLearn Warning "A task waits for something that nobody can learn."
    "0410" ConstantCondition Warning "A condition says nothing."
    "0411" StrangeDuration Warning "A duration is strange for what it belongs to."
    "0412" NoEffect Warning "A field has no effect."
    "0413" EmptyObjective Warning "An objective cannot be achieved or missed."
    "0414" TargetTooShort Warning "The plan's own work takes longer than a target allows."
    "0415" RevealedEarly Warning "An inject reveals a step that has often not happened yet."
    "0416" NoTargets Warning "A step of the attack never finds a target."
    "0420" TooFast Warning "A task takes less time than its measures plausibly do."
    "0421" WideRange Warning "The ends of a duration are absurdly far apart."
    "0422" ManyHands Warning "One person works with their own hands in too many fields."
    "0423" AlwaysOnCall Warning "Somebody is on call, or on shift, for more than half of all hours."
    "0424" NoFalseAlarms Warning "A source does not say how often it raises a false alarm."
    "0425" LawUnknown Warning "Nothing says which law holds for data of persons."
    "0426" NoClause Warning "The plan has no clause for a duty of law."
    "0427" LongerThanLaw Warning "A clause gives itself longer than the law does."
    "0428" OneForMany Warning "One piece of work is done on many assets."
    "0429" OpenOrder Warning "The plan leaves an order open on which an expectation stands."
    "0430" TooFewPeople Warning "A task takes more people than can ever come together."
    "0431" OwnApproval Warning "Somebody may have to approve what they ask for themselves."
    "0432" AllOnLeave Warning "On some days nobody is left for a role."
    "0440" CannotMeet Warning "The plan cannot meet an expectation."
    "0441" WaitsInCircle Warning "Conditions wait for each other in a circle."
    "0442" MinuteMissing Warning "A minute is missing between two shifts."
    "0443" BetweenClocks Warning "A time falls into an hour that the clocks skip or repeat."
    "0444" ManyMessages Warning "More messages come than anybody can read."
    "0501" NoTarget Note "A phase has no target in the plan."
    "0502" NoObjective Note "An expectation belongs to no objective."
    "0503" NoObjectives Note "A scenario has no objectives."
    "0504" Unused Note "Nothing uses a thing."
    "0540" PlayedInPart Note "The attack was played in part only."
}

impl Code {
    /// The code with an id such as `HW0213`, in any case.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.id().eq_ignore_ascii_case(id))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}
