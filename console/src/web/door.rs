//! The door: people take a seat, by the code or by the facilitator's secret address.

use super::{broken, cookie_for, html, message, refused};
use crate::act::Form;
use crate::desk::{Desk, Reply, Stage, seating::Key};
use crate::seats::Place;
use crate::server::{House, Peer};
use crate::view::{Speak, lobby};
use axum::extract::{ConnectInfo, Form as Sent, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{HeaderMap, SET_COOKIE};
use axum::response::{IntoResponse, Redirect, Response};
use hotwash_engine::exercise::{Identified, PersonId};
use hotwash_reports::words;
use minijinja::value::Serde;
use minijinja::{Value, context};
use std::sync::Arc;

/// The join page.
pub(super) async fn page(
    State(house): State<Arc<House>>,
    Query(asked): Query<Form>,
    headers: HeaderMap,
) -> Response {
    let code = asked.get("code").cloned().unwrap_or_default();
    door(&house, (&headers, code, String::new()), StatusCode::OK).await
}

/// The join page, with what was typed and what is wrong with it.
async fn door(
    house: &Arc<House>,
    (headers, code, wrong): (&HeaderMap, String, String),
    status: StatusCode,
) -> Response {
    let headers = headers.clone();
    let model = house
        .with(move |desk| {
            let exercise = Arc::clone(&desk.exercise);
            let speak = Speak::of(&exercise);
            let mine: Vec<(String, String)> = mine(desk, &headers, &speak);
            context! {
                title => words::title(&exercise),
                organisation => exercise.organisation().name.clone(),
                begins => lobby::begins(&speak),
                zone => speak.zone(),
                started => matches!(desk.stage, Stage::Live(_)),
                open => desk.seats.is_open(),
                roles => Value::from(Serde(lobby::roles(&speak, desk.seats.all()))),
                mine => Value::from(Serde(mine)),
                code => code,
                wrong => wrong,
            }
        })
        .await;
    match model {
        Some(model) => (status, html("join.html", &model)).into_response(),
        None => broken(),
    }
}

/// The seats that a browser has already.
fn mine(desk: &Desk, headers: &HeaderMap, speak: &Speak<'_>) -> Vec<(String, String)> {
    let seats = desk.seats.all().iter();
    let own = seats.filter(|seat| {
        let secret = super::secret_of(headers, &seat.id);
        secret.is_some_and(|secret| desk.seats.of(&seat.id, &secret).is_some())
    });
    own.map(|seat| {
        let title = format!("{}, {}", seat.name, lobby::place(speak, &seat.place).1);
        (seat.id.clone(), title)
    })
    .collect()
}

/// Somebody takes a seat by the code.
pub(super) async fn join(
    State(house): State<Arc<House>>,
    ConnectInfo(Peer(from)): ConnectInfo<Peer>,
    headers: HeaderMap,
    Sent(form): Sent<Form>,
) -> Response {
    let field = |name: &str| form.get(name).cloned().unwrap_or_default();
    let (code, name, role) = (field("code"), field("name"), field("role"));
    let now = house
        .with(|desk| desk.setting.clock.now())
        .await
        .unwrap_or(0);
    if !house.attempts().may(from.ip(), now) {
        let text =
            "Too many wrong codes came from here. Wait a minute, then type the code once more.";
        return message(StatusCode::TOO_MANY_REQUESTS, "Wait a minute", text);
    }
    let typed = code.clone();
    let taken = house
        .with(move |desk| {
            if !desk.seats.is_code(&typed) {
                return Err(None);
            }
            let place = place_of(desk, &role)
                .ok_or_else(|| Some(Reply::NotNow("choose a role".to_owned())))?;
            desk.sit(&name, &place).map_err(Some)
        })
        .await;
    match taken {
        Some(Ok(key)) => to_seat(&key),
        Some(Err(None)) => {
            house.attempts().failed(from.ip());
            let wrong =
                "This is not the code of the drill, or it lets nobody in any more.".to_owned();
            door(&house, (&headers, code, wrong), StatusCode::FORBIDDEN).await
        }
        Some(Err(Some(Reply::NotNow(wrong)))) => {
            let wrong = format!("{}.", words::upper_first(&wrong));
            door(&house, (&headers, code, wrong), StatusCode::CONFLICT).await
        }
        Some(Err(Some(other))) => refused(&other),
        None => broken(),
    }
}

/// The place that a form names: a person by their id, or one of two that play nobody.
fn place_of(desk: &Desk, role: &str) -> Option<Place> {
    match role {
        "+observer" => Some(Place::Observer),
        "+wall" => Some(Place::Wall),
        id => {
            let person = PersonId::find(desk.exercise.names(), id)?;
            lobby::has_part(&desk.exercise, person).then(|| Place::Player(vec![person]))
        }
    }
}

fn to_seat(key: &Key) -> Response {
    let page = format!("/s/{}/", key.seat);
    let cookie = [(SET_COOKIE, cookie_for(&key.seat, &key.secret))];
    (cookie, Redirect::to(&page)).into_response()
}

/// The page behind the facilitator's address.
pub(super) async fn enter_page(
    State(house): State<Arc<House>>,
    ConnectInfo(Peer(from)): ConnectInfo<Peer>,
    Path(secret): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err(reply) = may_enter(&house, from, secret).await {
        return reply;
    }
    let model = house
        .with(move |desk| {
            let exercise = Arc::clone(&desk.exercise);
            let speak = Speak::of(&exercise);
            let own = mine(desk, &headers, &speak);
            context! {
                title => words::title(&exercise),
                organisation => exercise.organisation().name.clone(),
                mine => Value::from(Serde(own)),
            }
        })
        .await;
    model.map_or_else(broken, |model| html("enter.html", &model))
}

/// Somebody takes a facilitator's seat.
pub(super) async fn enter(
    State(house): State<Arc<House>>,
    ConnectInfo(Peer(from)): ConnectInfo<Peer>,
    Path(secret): Path<String>,
    Sent(form): Sent<Form>,
) -> Response {
    if let Err(reply) = may_enter(&house, from, secret).await {
        return reply;
    }
    let name = form.get("name").cloned().unwrap_or_default();
    let taken = house
        .with(move |desk| desk.sit(&name, &Place::Facilitator))
        .await;
    match taken {
        Some(Ok(key)) => to_seat(&key),
        Some(Err(reply)) => refused(&reply),
        None => broken(),
    }
}

async fn may_enter(
    house: &Arc<House>,
    from: core::net::SocketAddr,
    secret: String,
) -> Result<(), Response> {
    let now = house
        .with(|desk| desk.setting.clock.now())
        .await
        .unwrap_or(0);
    if !house.attempts().may(from.ip(), now) {
        let text = "Too many wrong addresses came from here. Wait a minute.";
        return Err(message(
            StatusCode::TOO_MANY_REQUESTS,
            "Wait a minute",
            text,
        ));
    }
    let right = house
        .with(move |desk| desk.seats.is_facilitators(&secret))
        .await;
    if right == Some(true) {
        return Ok(());
    }
    house.attempts().failed(from.ip());
    let text = "This is not the facilitator's address. It was printed where the drill was started, and is \
        another after each start.";
    Err(message(StatusCode::FORBIDDEN, "Not this address", text))
}
