//! What reads a host's answers: the id of a task, a report, a balance, an error, and when to ask again.
//!
//! An input is an answer as a file: the status, headers, an empty line, the body. The corpus has those of the contract
//! and those that public clients have met.

use inbetween::domain::failure::Failure;
use inbetween::domain::secret::ApiKey;
use inbetween::services::api::{Client, Endpoint, HostError, Subject, TaskState};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::dice::Dice;
use crate::oracle::{self, KEY, SIGNATURE};
use crate::rounds::{corpus, run};
use crate::{damage, tokens};

const ROUNDS: u64 = 20_000;

/// No more of an answer is read, in bytes.
const LONGEST: usize = 1024 * 1024;

/// An answer as it would have come out of a connection.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    file: Vec<u8>,
}

impl Answer {
    /// Reads a file leniently: what no connection would let through is left out.
    fn parse(file: Vec<u8>) -> Self {
        let (head, body) = file
            .windows(2)
            .position(|window| window == b"\n\n")
            .map_or((&file[..], &[][..]), |end| (&file[..end], &file[end + 2..]));
        let mut lines = head.split(|byte| *byte == b'\n');
        let status = lines.next().and_then(|line| StatusCode::from_bytes(line).ok()).unwrap_or(StatusCode::OK);
        let header = |line: &[u8]| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let name = HeaderName::from_bytes(&line[..colon]).ok()?;
            Some((name, HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).ok()?))
        };
        let headers = lines.filter_map(header).collect();
        let body = body[..body.len().min(LONGEST)].to_vec();
        Self { status, headers, body, file }
    }
}

fn make(dice: &mut Dice, corpus: &[Vec<u8>]) -> Answer {
    let mut file = corpus[dice.roll(corpus.len())].clone();
    for _ in 0..=dice.roll(4) {
        if dice.roll(6) == 0 {
            damage::once(&mut file, dice, corpus);
            continue;
        }
        let body = file.windows(2).position(|window| window == b"\n\n").map_or(0, |end| end + 2);
        let damaged = tokens::once(&file[body..], dice);
        file.truncate(body);
        file.extend_from_slice(&damaged);
    }
    // A success makes the readers look at the body, whatever it is.
    if dice.roll(3) == 0 && file.len() > 3 {
        file.splice(..3, *b"200");
    }
    Answer::parse(file)
}

#[test]
fn damaged_answers_end_in_an_answer_or_a_sentence() {
    let corpus = corpus("fuzz/corpus/wire");
    let endpoint = Endpoint::parse("https://api.example", Some(ApiKey::parse(KEY).unwrap())).unwrap();
    let client = Client::new(endpoint).unwrap();
    let make = |dice: &mut Dice| make(dice, &corpus);
    run("wire", ROUNDS, make, |answer| &answer.file, |answer, _| check(&client, answer));
}

#[test]
fn the_corpus_is_read_as_it_is_meant() {
    let endpoint = Endpoint::parse("https://api.example", Some(ApiKey::parse(KEY).unwrap())).unwrap();
    let client = Client::new(endpoint).unwrap();
    let mut ends: Vec<_> =
        corpus("fuzz/corpus/wire").into_iter().map(|file| check(&client, &Answer::parse(file))).collect();
    ends.sort_unstable();
    ends.dedup();
    let every = [
        "accepted",
        "balances",
        "failures",
        "limits",
        "progress",
        "refusals",
        "successes",
        "tasks gone",
        "unknown outcomes",
    ];
    assert_eq!(ends, every, "every kind of answer is damaged");
}

/// Holds what is read out of an answer to what may be read out of it. Returns what it was.
fn check(client: &Client, answer: &Answer) -> &'static str {
    let Answer { status, headers, body, .. } = answer;
    let subject = Subject::host("Novita");
    let (accepted, task, balance) = (
        client.read_accepted(*status, headers, body),
        client.read_task(*status, headers, body),
        client.read_balance(*status, headers, body),
    );
    // An id is what a host calls a task, whatever it looks like.
    is_clean(&format!("{:?} {task:?} {balance:?}", accepted.as_ref().err()));
    let submit = oracle::submit(answer, &accepted);
    let report = oracle::task(answer, &task);
    if let Err(error) = accepted {
        is_presentable(&error.into_failure(&subject));
    }
    match task {
        Ok(report) => {
            if let TaskState::Failed(error) = report.state {
                is_bounded(&error);
                is_presentable(&error.into_task_failure(&subject));
            }
        }
        Err(error) => is_presentable(&error.into_failure(&subject)),
    }
    match (balance, report) {
        (Ok(_), _) => "balances",
        (_, Some(report)) => report,
        _ => submit,
    }
}

pub fn is_bounded(error: &HostError) {
    assert!(error.message.chars().count() <= 301, "a message of {} characters", error.message.chars().count());
    assert!(!error.message.contains(char::is_control), "{:?}", error.message);
    assert!(!error.message.contains("://"), "{:?}", error.message);
    let day = std::time::Duration::from_secs(24 * 60 * 60);
    assert!(error.retry_after.is_none_or(|pause| pause <= day), "{:?}", error.retry_after);
}

fn is_presentable(failure: &Failure) {
    let sentence = failure.sentence();
    is_clean(&sentence);
    assert!(sentence.chars().count() < 600 && !sentence.contains(char::is_control), "{sentence:?}");
    assert!(failure.summary.ends_with('.'), "{sentence:?}");
}

fn is_clean(text: &str) {
    let signed = format!("Signature={SIGNATURE}");
    assert!(!text.contains(KEY) && !text.contains(&signed), "{text}");
}
