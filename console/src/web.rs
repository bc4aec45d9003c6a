//! The routes: what can be asked of the server, and who may.
//!
//! Every page but the door belongs to a seat, and is shown to who holds its secret. A request changes nothing
//! unless it is a POST from a page of this server.

mod acts;
mod door;
mod events;
pub(crate) mod picture;
mod seat;
mod staff;
#[cfg(test)]
mod tests;
pub(crate) mod told;

use crate::desk::Reply;
use crate::pages::render;
use crate::seats::Seat;
use crate::server::House;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use core::time::Duration;
use hotwash_reports::paper::html::TOKENS;
use minijinja::{Value, context};
use std::sync::Arc;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

/// The longest body of a request, in bytes.
const MAX_BODY: usize = 64 * 1024;
/// How long an answer may take.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Nothing but what this server itself gives: no inline script or style, no other site, no frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Everything that can be asked for.
pub(crate) fn app(house: Arc<House>) -> Router {
    let at = |name: &str| format!("/s/{{seat}}/{name}");
    let seats = Router::new()
        .route(&at(""), get(seat::page))
        .route(&at("events"), get(events::stream))
        .route(&at("act"), post(acts::act))
        .route(&at("answer"), post(seat::answer))
        .route(&at("ready"), post(seat::ready))
        .route(&at("leave"), post(seat::leave))
        .route(&at("qr.svg"), get(seat::picture))
        .route(&at("start"), post(staff::start))
        .route(&at("move"), post(staff::reseat))
        .route(&at("free"), post(staff::free))
        .route(&at("code"), post(staff::code))
        .route(&at("close"), post(staff::close))
        .route(&at("report.md"), get(staff::report))
        .route(&at("as/{person}"), get(staff::preview))
        .route(&at("clock"), post(staff::clock));
    Router::new()
        .merge(seats)
        .route("/", get(door::page))
        .route("/join", post(door::join))
        .route("/f/{secret}", get(door::enter_page).post(door::enter))
        .route("/assets/{name}", get(asset))
        .fallback(missing)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(CsrfLayer::new())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            TIMEOUT,
        ))
        .layer(always(CONTENT_SECURITY_POLICY, POLICY))
        .layer(always(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(always(X_FRAME_OPTIONS, "DENY"))
        // Browsers name no origin where they may name no referrer, and the check of origins needs it.
        .layer(always(REFERRER_POLICY, "same-origin"))
        .layer(SetResponseHeaderLayer::if_not_present(
            CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ))
        .with_state(house)
}

fn always(
    name: axum::http::HeaderName,
    value: &'static str,
) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}

/// What the pages are drawn with.
async fn asset(axum::extract::Path(name): axum::extract::Path<String>) -> Response {
    let (kind, text) = match name.as_str() {
        // Documents have the same colours, type and space.
        "hotwash.css" => {
            let style = [TOKENS, include_str!("assets/hotwash.css")].concat();
            let headers = [
                (CONTENT_TYPE, "text/css; charset=utf-8"),
                (CACHE_CONTROL, "no-cache"),
            ];
            return (headers, style).into_response();
        }
        "hotwash.js" => (
            "text/javascript; charset=utf-8",
            include_str!("assets/hotwash.js"),
        ),
        "idiomorph.js" => (
            "text/javascript; charset=utf-8",
            include_str!("assets/idiomorph.min.js"),
        ),
        "icon.svg" => ("image/svg+xml", include_str!("assets/icon.svg")),
        _ => return missing().await,
    };
    let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")];
    (headers, text).into_response()
}

async fn missing() -> Response {
    let text = "There is no such page. The address may have been cut off.";
    message(StatusCode::NOT_FOUND, "Not found", text)
}

/// A page that says one thing.
pub(crate) fn message(status: StatusCode, head: &str, text: &str) -> Response {
    let page = render("message.html", &context! { head => head, text => text });
    (status, Html(page)).into_response()
}

/// A page as a whole, by its template.
fn html(name: &str, model: &Value) -> Response {
    Html(render(name, model)).into_response()
}

/// What somebody is told who asks for a page of a seat that is not theirs.
fn not_yours() -> Response {
    let text = "This seat is not yours, or it was freed. Join the drill again: its address and code are on the \
        big screen.";
    message(StatusCode::FORBIDDEN, "No seat", text)
}

/// What cannot be done, as a page says it.
fn refused(reply: &Reply) -> Response {
    let text = match reply {
        Reply::NotNow(text) => text.clone(),
        Reply::Refused(reason, _) => hotwash_reports::words::refusal(*reason).to_owned(),
        Reply::Kept(_) => "It was done.".to_owned(),
    };
    let text = format!("{}.", hotwash_reports::words::upper_first(&text));
    message(StatusCode::CONFLICT, "Not done", &text)
}

/// A fault of the program broke something off.
fn broken() -> Response {
    let text = "A fault of the program broke this off. What was confirmed is in the record.";
    message(StatusCode::INTERNAL_SERVER_ERROR, "Broken off", text)
}

/// The secret that a browser holds for a seat.
fn secret_of(headers: &HeaderMap, seat: &str) -> Option<String> {
    let name = cookie_name(seat);
    let texts = headers.get_all(axum::http::header::COOKIE).iter();
    let cookies = texts.filter_map(|text| text.to_str().ok());
    let mut parsed = cookies.flat_map(cookie::Cookie::split_parse).flatten();
    parsed
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

fn cookie_name(seat: &str) -> String {
    format!("seat-{seat}")
}

/// The cookie with which a browser keeps a seat: no script reads it, and no other site sends it with a form.
fn cookie_for(seat: &str, secret: &str) -> String {
    let cookie = cookie::Cookie::build((cookie_name(seat), secret.to_owned()))
        .path("/")
        .http_only(true)
        .same_site(cookie::SameSite::Lax);
    cookie.build().to_string()
}

/// The seat whose secret a request holds, or what its sender is told.
async fn seated(house: &Arc<House>, headers: &HeaderMap, seat: &str) -> Result<Seat, Response> {
    let secret = secret_of(headers, seat).ok_or_else(not_yours)?;
    let seat = seat.to_owned();
    let found = house
        .with(move |desk| desk.seats.of(&seat, &secret).cloned())
        .await;
    found.ok_or_else(broken)?.ok_or_else(not_yours)
}
