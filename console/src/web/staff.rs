//! What only the facilitator may ask for.

use super::seat::and_back;
use super::{broken, html, message, not_yours, refused, seated};
use crate::act::Form;
use crate::desk::{Desk, Reply, Stage};
use crate::pages::preview as drawn_for;
use crate::seats::{Place, Seat};
use crate::server::House;
use axum::extract::{Form as Sent, Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderMap};
use axum::response::{IntoResponse, Response};
use hotwash_app::{Judged, is_finished};
use hotwash_engine::exercise::{Identified, PersonId};
use hotwash_reports::{Document, Options, markdown};
use minijinja::{Value, context};
use std::sync::Arc;

/// The furthest that a clock by hand is moved at once, in ms.
const FURTHEST: i64 = 7 * 24 * 3_600_000;

type Shared = State<Arc<House>>;

/// What a player is told who asks for something of the facilitator.
fn only_staff() -> Reply {
    Reply::NotNow("only the facilitator can do this".to_owned())
}

/// Does something that only the facilitator may, and shows their page again.
async fn staff(
    state: Shared,
    path: Path<String>,
    headers: HeaderMap,
    does: impl FnOnce(&mut Desk) -> Result<(), Reply> + Send + 'static,
) -> Response {
    and_back((state, path, headers), move |desk, seat: &Seat| {
        if seat.place == Place::Facilitator {
            does(desk)
        } else {
            Err(only_staff())
        }
    })
    .await
}

/// Calls STARTEX.
pub(super) async fn start(state: Shared, path: Path<String>, headers: HeaderMap) -> Response {
    staff(state, path, headers, Desk::start).await
}

/// Moves somebody to another role.
pub(super) async fn reseat(
    state: Shared,
    path: Path<String>,
    headers: HeaderMap,
    Sent(form): Sent<Form>,
) -> Response {
    staff(state, path, headers, move |desk| {
        let field = |name: &str| form.get(name).cloned().unwrap_or_default();
        let ids = field("to");
        let ids = ids.split(' ').filter(|id| !id.is_empty());
        let names = desk.exercise.names();
        let people: Option<Vec<PersonId>> = ids.map(|id| PersonId::find(names, id)).collect();
        let people = people.ok_or_else(|| Reply::NotNow("there is no such role".to_owned()))?;
        desk.reseat(&field("seat"), &people)
    })
    .await
}

/// Frees a seat.
pub(super) async fn free(
    state: Shared,
    path: Path<String>,
    headers: HeaderMap,
    Sent(form): Sent<Form>,
) -> Response {
    staff(state, path, headers, move |desk| {
        let seat = form.get("seat").cloned().unwrap_or_default();
        desk.free(&seat)
    })
    .await
}

/// Lets the code let people in, or no longer.
pub(super) async fn code(
    state: Shared,
    path: Path<String>,
    headers: HeaderMap,
    Sent(form): Sent<Form>,
) -> Response {
    staff(state, path, headers, move |desk| {
        let open = form.get("open").is_some_and(|of| of == "yes");
        desk.let_in(open)
    })
    .await
}

/// Closes the record: it is sealed, where there is a key, and nothing is added any more.
pub(super) async fn close(state: Shared, path: Path<String>, headers: HeaderMap) -> Response {
    staff(state, path, headers, |desk| {
        let ended = matches!(&desk.stage, Stage::Live(live) if is_finished(live.drill.record()));
        if !ended {
            return Err(Reply::NotNow("the record is closed after ENDEX".to_owned()));
        }
        desk.close()
            .map_err(|error| Reply::NotNow(error.to_string()))
    })
    .await
}

/// Moves a clock by hand. Where the clock is that on the wall, there is nothing here.
pub(super) async fn clock(
    state: Shared,
    path: Path<String>,
    headers: HeaderMap,
    Sent(form): Sent<Form>,
) -> Response {
    if !state.by_hand {
        return super::missing().await;
    }
    staff(state, path, headers, move |desk| {
        let ms = form.get("ms").and_then(|ms| ms.parse::<i64>().ok());
        let ms = ms.unwrap_or(0).clamp(0, FURTHEST);
        desk.setting.clock.move_by(ms);
        desk.tick();
        Ok(())
    })
    .await
}

/// The facilitator who asks, or what they are told.
async fn facilitator(
    house: &Arc<House>,
    headers: &HeaderMap,
    seat: &str,
) -> Result<Seat, Response> {
    let seat = seated(house, headers, seat).await?;
    if seat.place == Place::Facilitator {
        Ok(seat)
    } else {
        Err(refused(&only_staff()))
    }
}

/// The report, once the exercise is over.
pub(super) async fn report(
    State(house): Shared,
    Path(seat): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err(reply) = facilitator(&house, &headers, &seat).await {
        return reply;
    }
    let record = house
        .with(|desk| match &desk.stage {
            Stage::Live(live) if is_finished(live.drill.record()) => Some((
                live.drill.record().clone(),
                desk.record.display().to_string(),
            )),
            _ => None,
        })
        .await;
    let Some(record) = record else {
        return broken();
    };
    let Some((record, origin)) = record else {
        let text = "The report is there after ENDEX.";
        return message(StatusCode::CONFLICT, "Not yet", text);
    };
    // Judging plays the exercise twice more, and the desk is not kept waiting for that.
    let text = tokio::task::spawn_blocking(move || {
        let judged = Judged::new(record);
        let options = Options {
            origin,
            ..Options::default()
        };
        let exercise = Arc::clone(&judged.record.header.exercise);
        let document = Document::of(&exercise, &judged.record, &judged.evaluation, &options);
        markdown::render(&document)
    })
    .await;
    match text {
        Ok(text) => ([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response(),
        Err(_) => broken(),
    }
}

/// The page of a player as it is now, with nothing to press.
pub(super) async fn preview(
    State(house): Shared,
    Path((seat, person)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if let Err(reply) = facilitator(&house, &headers, &seat).await {
        return reply;
    }
    let drawn = house
        .with(move |desk| {
            let person = PersonId::find(desk.exercise.names(), &person)?;
            let body = drawn_for(desk, &[person])?;
            Some((super::seat::framed(desk, ""), body))
        })
        .await;
    let Some(drawn) = drawn else { return broken() };
    let Some((framed, body)) = drawn else {
        return not_yours();
    };
    let model = context! {
        ..framed,
        ..context! { body => Value::from_safe_string(body), kind => "preview", entry => 0, now => 0, seat => seat }
    };
    html("frame.html", &model)
}
