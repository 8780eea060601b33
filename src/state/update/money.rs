//! Orders that wait for a word, and the spend log.
//!
//! The jobs hold an order back where it was bought before or would bring the day over its limit; here it becomes a
//! question. Several may wait: each gets its own question, in order.

use super::say;
use crate::domain::spend::{Consent, Hold};
use crate::state::money::Wish;
use crate::state::{Effect, Event, Question, Sheet, State};

pub(super) fn event(state: &mut State, event: Event) -> Vec<Effect> {
    match event {
        Event::Held(held) => {
            state.placing = state.placing.saturating_sub(1);
            state.money.held.push_back(*held);
            ask(state);
        }
        Event::SpendLoaded(entries) => state.money.load(entries),
        Event::Spent(entry) => state.money.upsert(*entry),
        Event::SpendExported { path } => {
            say(state, words!("toast-log-exported"), Some(crate::state::toast::ToastAction::ShowFile(path)));
        }
        Event::PreparedCleared => say(state, words!("toast-prepared-cleared"), None),
        _ => {}
    }
    Vec::new()
}

/// Asks about the first order that waits, unless something else is being asked.
pub(super) fn ask(state: &mut State) {
    if state.question.is_none()
        && let Some(held) = state.money.held.front()
    {
        state.question = Some(Question::Held(held.why.clone()));
    }
}

/// The answer about the first order that waits. "Show it" is the careful answer about a clip that is there.
pub(super) fn answer(state: &mut State, yes: bool) -> Vec<Effect> {
    let Some(held) = state.money.held.pop_front() else { return Vec::new() };
    let effects = match (yes, &held.why) {
        (true, Hold::OverCap(_)) => place(state, held.wish, Consent { over_cap: true, ..held.consent }),
        (true, Hold::AlreadyHave(_)) => place(state, held.wish, Consent { again: true, ..held.consent }),
        (false, Hold::AlreadyHave(have)) => {
            let id = have.found.first().map(|found| found.id.clone());
            state.tasks.select(id);
            Vec::new()
        }
        (false, Hold::OverCap(_)) => Vec::new(),
    };
    ask(state);
    state.asked = state.now;
    effects
}

/// The question was closed without an answer: its order is forgotten.
pub(super) fn dismiss(state: &mut State) {
    state.money.held.pop_front();
    ask(state);
}

/// Gives an order to the jobs.
pub(super) fn place(state: &mut State, wish: Wish, consent: Consent) -> Vec<Effect> {
    state.placing += 1;
    vec![match wish {
        Wish::Order { order, host, each } => Effect::Place { order, host, each, consent },
        Wish::Again { of } => Effect::PlaceAgain { of, consent },
    }]
}

pub(super) fn show_log(state: &mut State) -> Vec<Effect> {
    state.sheet = Some(Sheet::SpendLog);
    vec![Effect::LoadSpending]
}

#[cfg(test)]
#[path = "money_tests.rs"]
mod tests;
