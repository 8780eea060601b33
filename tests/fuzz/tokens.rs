//! Damage to JSON by its tokens, so that most of what comes out still is JSON.

use crate::dice::Dice;

/// Values in the wrong place, of the wrong type or out of all bounds.
const VALUES: [&str; 24] = [
    "null",
    "true",
    "0",
    "-1",
    "1e400",
    "-0.0",
    "99999999999999999999999999",
    "9223372036854775807",
    "1e18",
    "\"\"",
    "\"0\"",
    "\"-5\"",
    "\"NaN\"",
    "\" TASK_STATUS_FAILED \"",
    "\"task_status_succeed\"",
    "\"TASK_STATUS_QUEUED\"",
    "\"TASK_NOT_FOUND\"",
    "\"RATE_LIMIT_EXCEEDED\"",
    "\"a\\u0000\\u001b[2J\\u202eb\"",
    "\"https://clips.example/x.mp4?X-Amz-Signature=f00dfacecafe0123456789abcdefsigned\"",
    "[]",
    "{}",
    "[{}]",
    "[null]",
];

/// Names that mean something somewhere.
const NAMES: [&str; 12] = [
    "\"task_id\"",
    "\"task\"",
    "\"status\"",
    "\"videos\"",
    "\"video_url\"",
    "\"video_url_ttl\"",
    "\"reason\"",
    "\"message\"",
    "\"code\"",
    "\"error\"",
    "\"data\"",
    "\"availableBalance\"",
];

/// Damages JSON in one place.
pub fn once(body: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut tokens = split(body);
    let is_sign = |at: usize| tokens[at].len() == 1 && tokens[at][0].is_ascii_punctuation();
    let is_name = |at: usize| tokens.get(at + 1).is_some_and(|next| next == b":");
    let (names, values): (Vec<_>, Vec<_>) = (0..tokens.len()).filter(|at| !is_sign(*at)).partition(|at| is_name(*at));
    if names.is_empty() || values.is_empty() {
        return VALUES[dice.roll(VALUES.len())].into();
    }
    let (name, at) = (names[dice.roll(names.len())], values[dice.roll(values.len())]);
    match dice.roll(9) {
        0 | 1 => tokens[at] = VALUES[dice.roll(VALUES.len())].into(),
        2 => tokens[name] = NAMES[dice.roll(NAMES.len())].into(),
        // A number as a string, a string as what stands in it.
        3 => {
            let token = std::mem::take(&mut tokens[at]);
            tokens[at] = match token.first() {
                Some(b'"') => token[1..token.len().max(2) - 1].to_vec(),
                _ => [b"\"", &token[..], b"\""].concat(),
            };
        }
        4 => drop(tokens.remove(dice.roll(tokens.len()))),
        // A name once more with another value, in front of everything else or behind.
        5 => {
            let name = NAMES[dice.roll(NAMES.len())];
            let value = VALUES[dice.roll(VALUES.len())];
            let to = if dice.roll(2) == 0 { 1 } else { tokens.len() - 1 };
            let pair = if to == 1 { format!("{name}:{value},") } else { format!(",{name}:{value}") };
            tokens.insert(to, pair.into_bytes());
        }
        6 => {
            let other = values[dice.roll(values.len())];
            tokens.swap(at, other);
        }
        7 => {
            let depth = 1 << dice.roll(12);
            let (open, close) = if dice.roll(2) == 0 { ("[", "]") } else { ("{\"task\":", "}") };
            tokens[at] = format!("{}1{}", open.repeat(depth), close.repeat(depth)).into_bytes();
        }
        _ => {
            let times = 1 << dice.roll(10);
            let long = tokens[at].repeat(times);
            tokens[at] = if dice.roll(2) == 0 { [b"\"", &long[..], b"\""].concat() } else { long };
        }
    }
    tokens.concat()
}

/// Strings, words with numbers, and signs, each by itself; white space between them goes.
fn split(body: &[u8]) -> Vec<Vec<u8>> {
    let mut tokens = Vec::new();
    let mut rest = body;
    while let Some(&first) = rest.first() {
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_');
        let length = match first {
            b'"' => string_length(rest),
            _ if is_word(&first) => rest.iter().take_while(|byte| is_word(byte)).count(),
            _ => 1,
        };
        let (token, after) = rest.split_at(length);
        if !first.is_ascii_whitespace() {
            tokens.push(token.to_vec());
        }
        rest = after;
    }
    tokens
}

/// Bytes of the string that `bytes` begin with, its quotes included.
fn string_length(bytes: &[u8]) -> usize {
    let mut escaped = false;
    for (index, byte) in bytes.iter().enumerate().skip(1) {
        match byte {
            b'"' if !escaped => return index + 1,
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    bytes.len()
}
