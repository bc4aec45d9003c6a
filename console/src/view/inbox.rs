//! Letters as their reader sees them.

use super::{Button, Speak};
use crate::view::player::Offered;
use hotwash_engine::exercise::{ChannelId, ChannelKind, InjectId};
use hotwash_engine::record::{HumanAct, MessageKind};
use hotwash_engine::situation::view::{From, Letter, PlayerView, Stage};
use hotwash_reports::words;
use serde::Serialize;

/// The inbox of a page.
#[derive(Debug, Serialize)]
pub(crate) struct Inbox {
    /// How many letters nobody has opened.
    pub(crate) to_open: usize,
    /// The newest first; what waits stands above what is done.
    pub(crate) letters: Vec<LetterModel>,
    /// How many older ones there are below the first.
    pub(crate) older: Vec<LetterModel>,
}

/// A letter.
#[derive(Debug, Serialize)]
pub(crate) struct LetterModel {
    pub(crate) key: String,
    /// How it looks: `mail`, `call`, `chat` or `news`.
    pub(crate) look: &'static str,
    /// Whether it waits to be opened; a call rings.
    pub(crate) new: bool,
    pub(crate) channel: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) at: String,
    pub(crate) withdrawn: bool,
    pub(crate) subject: String,
    pub(crate) paragraphs: Vec<String>,
    pub(crate) learned: Vec<String>,
    pub(crate) attachments: Vec<String>,
    pub(crate) buttons: Vec<Button>,
}

/// How many letters stand open on a page; older ones are folded.
const OPEN: usize = 12;

/// How a message over a channel looks.
pub(crate) const fn look(kind: Option<ChannelKind>) -> &'static str {
    match kind {
        Some(
            ChannelKind::DeskPhone
            | ChannelKind::MobilePhone
            | ChannelKind::Pager
            | ChannelKind::ConferenceBridge
            | ChannelKind::InPerson
            | ChannelKind::PublicAddress,
        ) => "call",
        Some(ChannelKind::Chat | ChannelKind::TextMessage) => "chat",
        Some(
            ChannelKind::Intranet
            | ChannelKind::StatusPage
            | ChannelKind::Press
            | ChannelKind::SocialMedia,
        ) => "news",
        _ => "mail",
    }
}

/// The inbox of a player.
pub(crate) fn inbox(speak: &Speak<'_>, view: &PlayerView, offers: &[Offered]) -> Inbox {
    let mut newest: Vec<&Letter> = view.letters.iter().rev().collect();
    newest.sort_by_key(|letter| core::cmp::Reverse(letter.noticed));
    let (new, read): (Vec<&Letter>, Vec<&Letter>) = newest
        .into_iter()
        .partition(|letter| letter.stage == Stage::Unread);
    let to_open = new.len();
    let mut letters: Vec<LetterModel> = new
        .into_iter()
        .chain(read)
        .map(|letter| model(speak, letter, offers))
        .collect();
    let older = letters.split_off(letters.len().min(OPEN.max(to_open)));
    Inbox {
        to_open,
        letters,
        older,
    }
}

fn model(speak: &Speak<'_>, letter: &Letter, offers: &[Offered]) -> LetterModel {
    let kind = letter.channel.map(|channel| kind_of(speak, channel));
    let look = look(kind);
    let opened = !matches!(letter.stage, Stage::Unread);
    LetterModel {
        key: format!("letter-{}", letter.message.0),
        look,
        new: letter.stage == Stage::Unread,
        channel: channel(speak, letter, kind),
        from: from(speak, &letter.from),
        to: speak.names.role(letter.to),
        at: letter.noticed.map_or_else(String::new, |at| speak.time(at)),
        withdrawn: letter.stage == Stage::Withdrawn,
        subject: subject(speak, letter),
        paragraphs: paragraphs(&letter.text),
        learned: letter
            .reveals
            .iter()
            .map(|fact| words::known(&speak.names, *fact))
            .collect(),
        attachments: if opened {
            letter
                .inject
                .map_or_else(Vec::new, |of| attached(speak, of))
        } else {
            Vec::new()
        },
        buttons: buttons(speak, letter, (look, offers)),
    }
}

fn kind_of(speak: &Speak<'_>, channel: ChannelId) -> ChannelKind {
    speak.exercise.organisation().channels[channel.index()].kind
}

fn channel(speak: &Speak<'_>, letter: &Letter, kind: Option<ChannelKind>) -> String {
    let by = kind.map_or("in person".to_owned(), |kind| words::spaced(kind.name()));
    let named = letter.channel.map(|channel| speak.names.channel(channel));
    let by = match named {
        Some(named) if !named.eq_ignore_ascii_case(&by) => format!("{by}, {named}"),
        _ => by,
    };
    match letter.kind {
        MessageKind::Inject => words::upper_first(&by),
        kind => format!("{} \u{b7} {by}", words::message_kind(kind)),
    }
}

/// Who a letter is from, as it begins a sentence.
pub(crate) fn from(speak: &Speak<'_>, from: &From) -> String {
    match from {
        From::Source(source) => speak.names.source(*source),
        From::Staff(group) => {
            let slug = &speak.exercise.organisation().groups[group.index()].slug;
            words::upper_first(&slug.as_str().replace('-', " "))
        }
        From::Watch => "The watch over what serves".to_owned(),
        From::Person(person) => speak.title(*person),
        From::Named(name) if !name.trim().is_empty() => name.clone(),
        From::Named(_) | From::Nobody => "Somebody who did not say who".to_owned(),
    }
}

/// What a letter is about, where it has no words of its own.
fn subject(speak: &Speak<'_>, letter: &Letter) -> String {
    let Some(instance) = letter.about else {
        return String::new();
    };
    let task = speak.names.task(instance.task);
    match letter.kind {
        MessageKind::ApprovalRequest => format!("May this be done: {task}?"),
        MessageKind::CallOut => format!("You are needed for: {task}"),
        MessageKind::HandOn => format!("Next is yours: {task}"),
        _ => task,
    }
}

fn paragraphs(text: &str) -> Vec<String> {
    let parts = text.split('\n').map(str::trim);
    let parts = parts.filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

fn attached(speak: &Speak<'_>, inject: InjectId) -> Vec<String> {
    speak.exercise.inject(inject).attachments.clone()
}

fn buttons(speak: &Speak<'_>, letter: &Letter, (look, offers): (&str, &[Offered])) -> Vec<Button> {
    let label = match look {
        "call" => "Take the call",
        _ => "Open",
    };
    let opens = |of: &&Offered| matches!(of.offer.act, HumanAct::Acknowledge { message } if message == letter.message);
    let mut buttons: Vec<Button> = offers
        .iter()
        .filter(opens)
        .take(1)
        .map(|of| of.button(speak).saying(label).main())
        .collect();
    if let (MessageKind::ApprovalRequest, Some(instance)) = (letter.kind, letter.about) {
        buttons.extend(super::work::answers(speak, instance, offers));
    }
    buttons
}
