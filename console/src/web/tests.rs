//! What the routes let pass and what they do not, asked as a hostile browser would.

use super::app;
use crate::clock::TestClock;
use crate::desk::seating::Key;
use crate::desk::tests::{clock, opened, with_roles};
use crate::desk::{Desk, Stage};
use crate::seats::Place;
use crate::server::{House, Peer};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use core::net::SocketAddr;
use futures_util::StreamExt;
use hotwash_engine::exercise::InjectId;
use hotwash_engine::generator;
use std::sync::Arc;
use tower::ServiceExt;

struct Drill {
    app: Router,
    house: Arc<House>,
    clock: Arc<TestClock>,
    staff: Key,
    players: Vec<Key>,
    wall: Key,
    _folder: tempfile::TempDir,
}

fn drill(seed: u64) -> Drill {
    let folder = tempfile::tempdir().unwrap();
    let (exercise, clock) = (generator::exercise(seed), clock());
    let mut desk = opened(&exercise, &clock, folder.path());
    let staff = desk.sit("Kim", &Place::Facilitator).unwrap();
    let wall = desk.sit("Board", &Place::Wall).unwrap();
    let people = with_roles(&exercise).into_iter().take(2);
    let players = people.map(|person| desk.sit("Noor", &Place::Player(vec![person])).unwrap());
    let players = players.collect();
    let house = Arc::new(House::new(desk));
    Drill {
        app: app(Arc::clone(&house)),
        house,
        clock,
        staff,
        players,
        wall,
        _folder: folder,
    }
}

/// A request, as it comes from an address.
fn request(method: &str, path: &str, key: Option<&Key>, body: &str) -> Request<Body> {
    let from: SocketAddr = "192.0.2.4:5000".parse().unwrap();
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "drill.example")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .extension(ConnectInfo(Peer(from)));
    if let Some(key) = key {
        let cookie = format!("other=1; seat-{}={}", key.seat, key.secret);
        request = request.header(header::COOKIE, cookie);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

impl Drill {
    async fn ask(&self, request: Request<Body>) -> (StatusCode, header::HeaderMap, String) {
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 4_000_000).await.unwrap();
        (
            parts.status,
            parts.headers,
            String::from_utf8(bytes.to_vec()).unwrap(),
        )
    }

    async fn get(&self, key: Option<&Key>, path: &str) -> (StatusCode, String) {
        let (status, _, text) = self.ask(request("GET", path, key, "")).await;
        (status, text)
    }

    async fn post(&self, key: Option<&Key>, path: &str, body: &str) -> (StatusCode, String) {
        let (status, _, text) = self.ask(request("POST", path, key, body)).await;
        (status, text)
    }

    fn entries(&self) -> usize {
        match &self.house.desk().stage {
            Stage::Lobby(_) => 0,
            Stage::Live(live) => live.drill.record().entries.len(),
        }
    }
}

fn page(key: &Key) -> String {
    format!("/s/{}/", key.seat)
}

#[tokio::test]
async fn a_seat_opens_for_its_own_secret_alone() {
    let drill = drill(1);
    let (mine, other) = (&drill.players[0], &drill.players[1]);
    assert_eq!(drill.get(Some(mine), &page(mine)).await.0, StatusCode::OK);
    assert_eq!(drill.get(None, &page(mine)).await.0, StatusCode::FORBIDDEN);
    assert_eq!(
        drill.get(Some(other), &page(mine)).await.0,
        StatusCode::FORBIDDEN
    );
    let guessed = Key {
        seat: mine.seat.clone(),
        secret: "0".repeat(40),
    };
    for path in ["", "events", "qr.svg", "report.md"] {
        let path = format!("{}{path}", page(mine));
        assert_eq!(
            drill.get(Some(&guessed), &path).await.0,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    for path in [
        "act", "answer", "ready", "leave", "start", "free", "code", "close",
    ] {
        let path = format!("{}{path}", page(mine));
        assert_eq!(
            drill.post(Some(&guessed), &path, "").await.0,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_is_the_facilitators_a_player_cannot_do() {
    let drill = drill(1);
    let player = &drill.players[0];
    for path in ["start", "code", "close", "move", "free"] {
        let body = format!("seat={}&open=no&to=x", drill.staff.seat);
        let asked = drill
            .post(Some(player), &format!("{}{path}", page(player)), &body)
            .await;
        assert_eq!(asked.0, StatusCode::CONFLICT, "{path}");
    }
    assert_eq!(drill.entries(), 0);
    assert!(drill.house.desk().seats.is_open());
    drill.house.desk().start().unwrap();
    let before = drill.entries();
    for act in [
        r#"{"Pause":{}}"#,
        r#"{"End":{}}"#,
        r#"{"Leave":{"who":"Kim"}}"#,
    ] {
        let body = format!("id=a1&act={act}");
        let asked = drill
            .post(Some(player), &format!("{}act", page(player)), &body)
            .await;
        assert_eq!(asked.0, StatusCode::CONFLICT, "{act}");
    }
    assert_eq!(drill.entries(), before);
    for path in ["report.md", "as/x"] {
        let path = format!("{}{path}", page(player));
        assert_ne!(
            drill.get(Some(player), &path).await.0,
            StatusCode::OK,
            "{path}"
        );
    }
}

#[tokio::test]
async fn codes_cannot_be_guessed() {
    let drill = drill(1);
    let join = "name=Eve&role=%2Bobserver&code=AAAAAA";
    for _ in 0..10 {
        assert_eq!(
            drill.post(None, "/join", join).await.0,
            StatusCode::FORBIDDEN
        );
    }
    let (code, seats) = {
        let desk = drill.house.desk();
        (desk.seats.code().to_owned(), desk.seats.all().len())
    };
    let right = format!("name=Eve&role=%2Bobserver&code={code}");
    let asked = drill.post(None, "/join", &right).await;
    assert_eq!(asked.0, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        drill.get(None, "/f/guessed").await.0,
        StatusCode::TOO_MANY_REQUESTS
    );
    drill.clock_on(61_000);
    assert_eq!(
        drill.post(None, "/join", &right).await.0,
        StatusCode::SEE_OTHER
    );
    assert_eq!(drill.house.desk().seats.all().len(), seats + 1);
    drill.house.desk().let_in(false).unwrap();
    assert_eq!(
        drill.post(None, "/join", &right).await.0,
        StatusCode::FORBIDDEN,
        "a used code"
    );
}

impl Drill {
    fn clock_on(&self, ms: i64) {
        use crate::clock::Clock;
        self.clock.move_by(ms);
    }
}

#[tokio::test]
async fn what_people_type_is_text_and_never_markup() {
    let drill = drill(2);
    let evil = "<script>alert(1)</script>";
    let code = drill.house.desk().seats.code().to_owned();
    let body = format!("name=%3Cscript%3Ealert(1)%3C%2Fscript%3E&role=%2Bwall&code={code}");
    assert_eq!(
        drill.post(None, "/join", &body).await.0,
        StatusCode::SEE_OTHER
    );
    let (_, house) = drill.get(Some(&drill.staff), &page(&drill.staff)).await;
    assert!(!house.contains(evil) && house.contains("&lt;script&gt;"));
    drill.house.desk().start().unwrap();
    let exercise = Arc::clone(&drill.house.desk().exercise);
    let roles = exercise.organisation().roles.len();
    for role in 0..roles {
        let to = exercise.organisation().roles[role].slug.as_str();
        let act = format!(r#"{{"Add":{{"from":"","to":"{to}","text":""}}}}"#);
        let body = format!("act={act}&from=%3Cb%3Ex&text=%3Cscript%3Ealert(1)%3C%2Fscript%3E");
        drill
            .post(
                Some(&drill.staff),
                &format!("{}act", page(&drill.staff)),
                &body,
            )
            .await;
    }
    drill.clock_on(3_600_000);
    drill.house.desk().tick();
    for key in drill.players.iter().chain([&drill.staff, &drill.wall]) {
        let (status, text) = drill.get(Some(key), &page(key)).await;
        assert_eq!(status, StatusCode::OK);
        assert!(
            !text.contains(evil),
            "a script of somebody's stands on a page"
        );
    }
    let (_, door) = drill
        .get(None, "/?code=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E")
        .await;
    assert!(!door.contains(evil));
}

#[tokio::test]
async fn other_sites_huge_bodies_and_strange_paths_get_nothing() {
    let drill = drill(1);
    let player = &drill.players[0];
    let answer = format!("{}answer", page(player));
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "http://evil.example"),
    ] {
        let mut forged = request("POST", &answer, Some(player), "");
        forged.headers_mut().insert(name, value.parse().unwrap());
        assert_eq!(drill.ask(forged).await.0, StatusCode::FORBIDDEN, "{name}");
    }
    assert!(!drill.house.desk().seats.get(&player.seat).unwrap().answered);
    let act = format!("{}act", page(player));
    let huge = format!("act={}", "x".repeat(200_000));
    assert_eq!(
        drill.post(Some(player), &act, &huge).await.0,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    for path in [
        "/assets/../Cargo.toml",
        "/assets/%2e%2e%2fCargo.toml",
        "/assets/web.rs",
        "/s//",
        "/nothing",
    ] {
        let (status, _) = drill.get(Some(player), path).await;
        assert!(
            status == StatusCode::NOT_FOUND || status == StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let mut forged = request("GET", &page(&drill.staff), Some(&drill.staff), "");
    forged
        .headers_mut()
        .insert(header::HOST, "evil.example".parse().unwrap());
    let (_, headers, text) = drill.ask(forged).await;
    assert!(!text.contains("evil.example") && text.contains("drill.example"));
    let policy = headers.get(header::CONTENT_SECURITY_POLICY).unwrap();
    assert!(!policy.to_str().unwrap().contains("unsafe"));
    let cookie = super::cookie_for("a", "b");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
}

#[tokio::test]
async fn an_act_that_is_sent_again_counts_once() {
    let drill = drill(3);
    drill.house.desk().start().unwrap();
    let player = &drill.players[0];
    let body = "id=same&act=%7B%22Note%22%3A%7B%22text%22%3A%22%22%7D%7D&text=Call+back";
    let act = format!("{}act", page(player));
    let mut answers = Vec::new();
    for _ in 0..3 {
        let mut sent = request("POST", &act, Some(player), body);
        sent.headers_mut()
            .insert(header::ACCEPT, "application/json".parse().unwrap());
        let (status, _, text) = drill.ask(sent).await;
        assert_eq!(status, StatusCode::OK, "{text}");
        answers.push((text, drill.entries()));
    }
    assert!(answers.iter().all(|of| *of == answers[0]), "{answers:?}");
}

/// What no page of a player, a late joiner or the room may hold: texts of injects that nobody delivered.
#[tokio::test]
async fn injects_to_come_and_inboxes_of_others_stay_hidden() {
    let mut looked = 0;
    for seed in 0..8 {
        let drill = drill(seed);
        drill.house.desk().start().unwrap();
        let late = {
            let mut desk = drill.house.desk();
            let person = with_roles(&desk.exercise)[0];
            desk.sit("Ines", &Place::Player(vec![person])).unwrap()
        };
        for _ in 0..6 {
            drill.clock_on(1_800_000);
            drill.house.desk().tick();
            let hidden = undelivered(&drill.house.desk());
            for key in drill.players.iter().chain([&drill.wall, &late]) {
                let (_, text) = drill.get(Some(key), &page(key)).await;
                for secret in &hidden {
                    looked += 1;
                    assert!(!text.contains(secret.as_str()), "{seed}: {secret}");
                }
            }
        }
    }
    assert!(looked > 20, "{looked} looks try little");
}

/// Texts of injects that were not delivered, where no other inject says the same.
fn undelivered(desk: &Desk) -> Vec<String> {
    let Stage::Live(live) = &desk.stage else {
        return Vec::new();
    };
    let injects = &desk.exercise.scenario().injects;
    let came = |i: usize| {
        let of = live.drill.situation().story().inject(InjectId::new(i));
        of.is_some_and(|of| of.times > 0)
    };
    let said: Vec<&str> = (0..injects.len())
        .filter(|i| came(*i))
        .map(|i| injects[i].text.as_str())
        .collect();
    let quiet = (0..injects.len()).filter(|i| !came(*i));
    let texts = quiet.map(|i| injects[i].text.clone());
    texts
        .filter(|text| text.len() > 6 && !said.contains(&text.as_str()))
        .collect()
}

#[tokio::test]
async fn a_stream_begins_with_the_whole_page_and_ends_with_the_seat() {
    let drill = drill(1);
    drill.house.desk().start().unwrap();
    let player = &drill.players[0];
    let path = format!("{}events?after=0&kind=player", page(player));
    let response = drill
        .app
        .clone()
        .oneshot(request("GET", &path, Some(player), ""))
        .await
        .unwrap();
    let mut events = response.into_body().into_data_stream();
    let first = events.next().await.unwrap().unwrap();
    let first = String::from_utf8(first.to_vec()).unwrap();
    for part in crate::pages::Kind::Player.parts() {
        assert!(first.contains(&format!("\"{part}\":")), "{part}");
    }
    assert!(first.contains("\"from\":0"));
    drill.house.desk().free(&player.seat).unwrap();
    let last = events.next().await.unwrap().unwrap();
    assert!(
        String::from_utf8(last.to_vec())
            .unwrap()
            .contains("event: gone")
    );
    assert!(events.next().await.is_none());
    let path = format!("{}events?after=99999&kind=wall", page(&drill.wall));
    let (_, of_another) = drill.get(Some(&drill.wall), &path).await;
    assert!(of_another.contains("event: reload"));
}
