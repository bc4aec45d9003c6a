//! What keeps a page up to date: a stream of the parts that look otherwise.
//!
//! A stream begins with every part, so that whatever a page missed is made good; from then on it sends what
//! changed. Each event carries the number of the last entry that it knows of, and that of the event before it.

use super::told::Told;
use super::{broken, message, seated};
use crate::act::Form;
use crate::desk::Revision;
use crate::server::House;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::HeaderMap;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use core::convert::Infallible;
use core::time::Duration;
use futures_util::stream::{self, Stream};
use std::sync::Arc;
use tokio::sync::watch;
use tokio::time::sleep;

/// How often a page is told that the line is up, where nothing else is to be said.
const BEAT: Duration = Duration::from_secs(10);
/// How long changes are gathered before a page is told.
const GATHER: Duration = Duration::from_millis(80);
/// The most pages that may listen for one seat.
const PAGES: u32 = 12;

/// A page listens. Its seat counts as here until it is gone.
struct Listening {
    house: Arc<House>,
    seat: String,
    kind: String,
    changes: watch::Receiver<Revision>,
    stopping: watch::Receiver<bool>,
    told: Told,
    begun: bool,
    over: bool,
}

/// Why a page is told something.
enum Woken {
    /// Something may look otherwise.
    Changed,
    /// Nothing has changed for a while.
    Quiet,
    /// The server stops.
    Stopped,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.house.desk().listens(&self.seat, false);
    }
}

/// The stream of a seat's page.
pub(super) async fn stream(
    State(house): State<Arc<House>>,
    Path(seat): Path<String>,
    Query(asked): Query<Form>,
    headers: HeaderMap,
) -> Response {
    let found = match seated(&house, &headers, &seat).await {
        Ok(found) => found,
        Err(reply) => return reply,
    };
    let known = known(&headers, &asked);
    let seat = found.id.clone();
    let changes = house
        .with(move |desk| {
            let open = desk.here.get(&seat).map_or(0, |here| here.pages);
            if open >= PAGES {
                return None;
            }
            desk.listens(&seat, true);
            Some((desk.listen(), desk.last_entry()))
        })
        .await;
    let Some(changes) = changes else {
        return broken();
    };
    let Some((changes, last)) = changes else {
        let text = "This seat is open in too many windows. Close some of them.";
        return message(StatusCode::TOO_MANY_REQUESTS, "Too many windows", text);
    };
    let listening = Listening {
        stopping: house.stopping.subscribe(),
        house,
        seat: found.id,
        kind: asked.get("kind").cloned().unwrap_or_default(),
        changes,
        told: Told::default(),
        begun: false,
        // A page that knows more than the record is one of another drill.
        over: known > last,
    };
    let events =
        stream::once(
            async move { Ok::<_, Infallible>(Event::default().event("reload").data("-")) },
        );
    if listening.over {
        drop(listening);
        return Sse::new(events).into_response();
    }
    Sse::new(events_of(listening)).into_response()
}

/// The last entry that a page knows of: what its browser says counts more than what the page was made with.
fn known(headers: &HeaderMap, asked: &Form) -> u32 {
    let header = headers.get("last-event-id").and_then(|of| of.to_str().ok());
    let given = header.or_else(|| asked.get("after").map(String::as_str));
    given.and_then(|text| text.parse().ok()).unwrap_or(0)
}

fn events_of(listening: Listening) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(listening, |mut listening| async move {
        let event = listening.next().await?;
        Some((Ok(event), listening))
    })
}

impl Listening {
    /// The next event; `None`: there will be none any more.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if self.over {
                return None;
            }
            if self.begun {
                match self.wait().await {
                    Woken::Changed => sleep(GATHER).await,
                    Woken::Quiet => return self.beat().await,
                    Woken::Stopped => return None,
                }
            }
            self.begun = true;
            self.changes.mark_unchanged();
            let seat = self.seat.clone();
            let drawn = self
                .house
                .with(move |desk| Some((desk.drawn(&seat)?, desk.setting.clock.now())))
                .await?;
            let Some((drawn, now)) = drawn else {
                self.over = true;
                return Some(Event::default().event("gone").data("-"));
            };
            if drawn.kind.name() != self.kind {
                self.over = true;
                return Some(Event::default().event("reload").data("-"));
            }
            if let Some(update) = self.told.update(&drawn, now) {
                let data = serde_json::to_string(&update).ok()?;
                let id = update.entry.to_string();
                return Some(Event::default().event("parts").id(id).data(data));
            }
        }
    }

    /// Waits until there is something to say.
    async fn wait(&mut self) -> Woken {
        tokio::select! {
            changed = self.changes.changed() => match changed {
                Ok(()) => Woken::Changed,
                Err(_) => Woken::Stopped,
            },
            _ = self.stopping.wait_for(|stops| *stops) => Woken::Stopped,
            () = sleep(BEAT) => Woken::Quiet,
        }
    }

    /// The line is up, and it is so late.
    async fn beat(&mut self) -> Option<Event> {
        let now = self.house.with(|desk| desk.setting.clock.now()).await?;
        Some(Event::default().event("beat").data(now.to_string()))
    }
}
