//! Orders that wait for others to be sent.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use inbetween::domain::generation::{Generation, Status};
use inbetween::jobs::Engine;
use inbetween::state::{Effect, Event};

use crate::engine::with_a_key;
use crate::placing::{engine, order};

/// As many orders as are sent at once.
const AT_ONCE: usize = 2;
/// Longer than one order tries to connect.
const HELD: Duration = Duration::from_secs(4);
const PATIENCE: Duration = Duration::from_secs(60);

/// Keeps every order without an answer, and hangs up on every question. When it has two orders it is gone from its
/// address.
fn keep_two(listener: &TcpListener, orders: &mpsc::Sender<TcpStream>) {
    let mut kept = 0;
    while kept < AT_ONCE {
        let (stream, _) = listener.accept().unwrap();
        let mut line = String::new();
        BufReader::new(&stream).read_line(&mut line).unwrap_or(0);
        if line.starts_with("POST ") {
            kept += 1;
            orders.send(stream).unwrap();
        }
    }
}

/// Takes events until `ends` says so of one.
fn until(engine: &mut Engine, mut ends: impl FnMut(Event) -> bool) {
    let begun = Instant::now();
    while !engine.drain().into_iter().any(&mut ends) {
        assert!(begun.elapsed() < PATIENCE);
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn waiting_for_others_takes_nothing_from_the_time_to_connect() {
    with_a_key("turns::waiting_for_others_takes_nothing_from_the_time_to_connect", wait_and_connect);
}

fn wait_and_connect() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (send, orders) = mpsc::channel();
    let host = std::thread::spawn(move || keep_two(&listener, &send));
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("first.png");
    image::RgbImage::from_pixel(864, 480, image::Rgb([40, 80, 120])).save(&picture).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let mut engine = engine(&runtime, folder.path().join("library"), &url);
    engine.run(Effect::LoadLibrary);
    for number in 0..AT_ONCE {
        engine.run(order(&picture, &format!("order {number}"), 1));
    }
    let kept: Vec<_> = (0..AT_ONCE).map(|_| orders.recv_timeout(PATIENCE).unwrap()).collect();
    host.join().unwrap();
    engine.run(order(&picture, "the third", 1));
    let mut placed = 0;
    until(&mut engine, |event| {
        placed += usize::from(matches!(event, Event::Placed(_)));
        placed > AT_ONCE
    });
    std::thread::sleep(HELD);
    let is_third = |row: &Generation| row.settings.prompt == "the third";
    let has_its_turn =
        |event: &Event| matches!(event, Event::Changed(row) if is_third(row) && row.status == Status::Uploading);
    assert!(!engine.drain().iter().any(has_its_turn), "it has its turn while two are sent");
    drop(kept);
    let (mut tries, mut is_uploading) = (0, false);
    until(&mut engine, |event| {
        let Event::Changed(row) = event else { return false };
        if !is_third(&row) {
            return false;
        }
        if row.status == Status::Uploading && !is_uploading {
            tries += 1;
        }
        is_uploading = row.status == Status::Uploading;
        row.status == Status::NotSent && row.notice.is_some() && tries > 1
    });
}
