//! The page of a seat, and what its holder does beside acting.

use super::{broken, html, not_yours, refused, seated};
use crate::desk::Desk;
use crate::pages::body;
use crate::seats::Place;
use crate::server::House;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, HeaderMap};
use axum::response::{IntoResponse, Redirect, Response};
use hotwash_engine::exercise::Mode;
use hotwash_reports::words;
use minijinja::{Value, context};
use std::sync::Arc;

/// Who asks, and for which seat.
pub(super) type Asked = (State<Arc<House>>, Path<String>, HeaderMap);

/// The page.
pub(super) async fn page(
    State(house): State<Arc<House>>,
    Path(seat): Path<String>,
    headers: HeaderMap,
) -> Response {
    let seat = match seated(&house, &headers, &seat).await {
        Ok(seat) => seat,
        Err(reply) => return reply,
    };
    let drawn = house
        .with(move |desk| {
            let drawn = desk.drawn(&seat.id)?;
            let now = desk.setting.clock.now();
            Some((framed(desk, &seat.name), seat, drawn, now))
        })
        .await;
    let Some(drawn) = drawn else { return broken() };
    let Some((framed, seat, drawn, now)) = drawn else {
        return not_yours();
    };
    let body = Value::from_safe_string(body(drawn.kind, &drawn.parts));
    let model = context! {
        ..framed,
        ..context! {
            body => body, kind => drawn.kind.name(), entry => drawn.entry, now => now, seat => seat.id,
            wall => drawn.kind.name() == "wall" || seat.place == Place::Wall,
        }
    };
    html("frame.html", &model)
}

/// What stands around every page: that it is an exercise, of which mode, whose.
pub(super) fn framed(desk: &Desk, name: &str) -> Value {
    let mode = match &desk.stage {
        crate::desk::Stage::Lobby(_) => "not started",
        crate::desk::Stage::Live(live) => match live.drill.record().header.mode {
            Mode::Mixed => "mixed",
            mode => words::mode(mode),
        },
    };
    let assisted = match &desk.stage {
        crate::desk::Stage::Lobby(lobby) => lobby.assisted,
        crate::desk::Stage::Live(live) => live.drill.record().header.assisted,
    };
    context! {
        title => words::title(&desk.exercise),
        organisation => desk.exercise.organisation().name.clone(),
        mode => if assisted { format!("{mode}, assisted") } else { mode.to_owned() },
        name => name,
    }
}

/// Does something with a seat, and shows its page again.
pub(super) async fn and_back(
    (State(house), Path(seat), headers): Asked,
    does: impl FnOnce(&mut Desk, &crate::seats::Seat) -> Result<(), crate::desk::Reply> + Send + 'static,
) -> Response {
    let found = match seated(&house, &headers, &seat).await {
        Ok(found) => found,
        Err(reply) => return reply,
    };
    let done = house.with(move |desk| does(desk, &found)).await;
    match done {
        Some(Ok(())) => Redirect::to(&format!("/s/{seat}/")).into_response(),
        Some(Err(reply)) => refused(&reply),
        None => broken(),
    }
}

/// Somebody answers the test message.
pub(super) async fn answer(
    state: State<Arc<House>>,
    path: Path<String>,
    headers: HeaderMap,
) -> Response {
    and_back((state, path, headers), |desk, seat| desk.answer(&seat.id)).await
}

/// Whoever came late opens their page.
pub(super) async fn ready(
    state: State<Arc<House>>,
    path: Path<String>,
    headers: HeaderMap,
) -> Response {
    and_back((state, path, headers), |desk, seat| desk.come_in(&seat.id)).await
}

/// Somebody leaves.
pub(super) async fn leave(
    state: State<Arc<House>>,
    path: Path<String>,
    headers: HeaderMap,
) -> Response {
    let left = and_back((state, path, headers), |desk, seat| desk.free(&seat.id)).await;
    if left.status().is_redirection() {
        return Redirect::to("/").into_response();
    }
    left
}

/// The picture that leads a phone to the join page, while the code lets people in.
pub(super) async fn picture(
    State(house): State<Arc<House>>,
    Path(seat): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err(reply) = seated(&house, &headers, &seat).await {
        return reply;
    }
    let address = house
        .with(|desk| {
            let code = desk.seats.code();
            format!("{}/?code={code}", desk.setting.address)
        })
        .await;
    let Some(address) = address else {
        return broken();
    };
    let kind = [(CONTENT_TYPE, "image/svg+xml")];
    (kind, super::picture::svg(&address)).into_response()
}
