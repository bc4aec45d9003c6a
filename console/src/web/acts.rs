//! Acts that pages send.

use super::{broken, refused, seated};
use crate::act::{self, Form};
use crate::desk::Reply;
use crate::seats::secret;
use crate::server::House;
use axum::Json;
use axum::extract::{Form as Sent, Path, State};
use axum::http::StatusCode;
use axum::http::header::{ACCEPT, HeaderMap};
use axum::response::{IntoResponse, Redirect, Response};
use hotwash_engine::exercise::{Identified, PersonId};
use hotwash_reports::words;
use serde::Serialize;
use std::sync::Arc;

/// The longest name that a page gives an act.
const MAX_ID: usize = 64;

/// What became of an act, as a script reads it.
#[derive(Debug, Serialize)]
struct Answer {
    /// The entry that it became, or that says why it did not.
    entry: Option<u32>,
    /// Why it was not done.
    refused: Option<String>,
    /// Whether the same can be sent again later.
    later: bool,
}

/// Somebody at a seat does something.
pub(super) async fn act(
    State(house): State<Arc<House>>,
    Path(seat): Path<String>,
    headers: HeaderMap,
    Sent(form): Sent<Form>,
) -> Response {
    let found = match seated(&house, &headers, &seat).await {
        Ok(found) => found,
        Err(reply) => return reply,
    };
    let given = form.get("id").cloned().unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let sound = (1..=MAX_ID).contains(&given.len()) && given.chars().all(plain);
    let id = if sound {
        given
    } else {
        secret::secret().unwrap_or_default()
    };
    let reply = house
        .with(move |desk| {
            let names = desk.exercise.names();
            let plays = form.get("as").filter(|id| !id.is_empty());
            let plays = plays.map(|id| PersonId::find(names, id));
            match (act::read(&form, names), plays) {
                (Err(unclear), _) => Reply::NotNow(unclear.to_string()),
                (Ok(_), Some(None)) => Reply::NotNow("nobody of that name is played".to_owned()),
                (Ok(act), plays) => desk.act((&found.id, &id), plays.flatten(), &act),
            }
        })
        .await;
    let Some(reply) = reply else { return broken() };
    let script = headers
        .get(ACCEPT)
        .is_some_and(|of| of == "application/json");
    if script {
        return answered(&reply);
    }
    match reply {
        Reply::Kept(_) => Redirect::to(&format!("/s/{seat}/")).into_response(),
        other => refused(&other),
    }
}

fn answered(reply: &Reply) -> Response {
    let (status, answer) = match reply {
        Reply::Kept(entry) => (
            StatusCode::OK,
            Answer {
                entry: Some(*entry),
                refused: None,
                later: false,
            },
        ),
        Reply::Refused(reason, entry) => (
            StatusCode::CONFLICT,
            Answer {
                entry: *entry,
                refused: Some(words::refusal(*reason).to_owned()),
                later: false,
            },
        ),
        Reply::NotNow(text) => (
            StatusCode::CONFLICT,
            Answer {
                entry: None,
                refused: Some(text.clone()),
                later: false,
            },
        ),
    };
    (status, Json(answer)).into_response()
}
