//! What the command palette lists: every action, found by the beginnings of its words or by its letters in order.

use super::{Action, State};

/// One line of the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub action: Action,
    /// What cannot be done now is listed too, behind what can: so its name and its key are found.
    pub available: bool,
}

/// The actions that `typed` finds: those that can be done first, and among them the best match first.
#[must_use]
pub fn entries(state: &State, typed: &str) -> Vec<Entry> {
    let mut found: Vec<_> = Action::ALL
        .into_iter()
        // What would open or close the palette itself.
        .filter(|action| !matches!(action, Action::CommandPalette | Action::CloseTop))
        .filter_map(|action| Some((rank(&action.title(), typed)?, action)))
        .map(|(rank, action)| (rank, Entry { action, available: action.is_available(state) }))
        .collect();
    // Stable: equals keep the order of the shortcuts sheet.
    found.sort_by_key(|(rank, entry)| (!entry.available, *rank));
    found.into_iter().map(|(_, entry)| entry).collect()
}

/// How well `typed` fits a title, best first; `None` where it does not.
fn rank(title: &str, typed: &str) -> Option<u8> {
    let (title, typed) = (title.to_lowercase(), typed.trim().to_lowercase());
    if title.starts_with(&typed) {
        return Some(0);
    }
    // Scripts without spaces have no beginnings of words.
    if !typed.is_ascii() && title.contains(&typed) {
        return Some(1);
    }
    let words: Vec<_> = words(&title).collect();
    let begins = |part: &str| words.iter().any(|word| word.starts_with(part));
    if self::words(&typed).all(begins) {
        return Some(1);
    }
    let mut letters = typed.chars().filter(|c| c.is_alphanumeric()).peekable();
    // From a word's first letter: "ff" is no match in the middle of another word.
    let first = *letters.peek()?;
    let start = words.iter().position(|word| word.starts_with(first))?;
    for letter in words[start..].iter().flat_map(|word| word.chars()) {
        letters.next_if_eq(&letter);
    }
    letters.peek().is_none().then_some(2)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::settings::Settings;

    fn found(typed: &str) -> Vec<Action> {
        entries(&State::new(Settings::default(), 7), typed).into_iter().map(|entry| entry.action).collect()
    }

    #[test]
    fn an_empty_search_lists_every_action_but_those_of_the_palette() {
        assert_eq!(found(" ").len(), Action::ALL.len() - 2);
    }

    #[test]
    fn the_beginnings_of_words_find_in_any_order() {
        assert_eq!(found("sett").first(), Some(&Action::OpenSettings));
        assert_eq!(found("first choo"), [Action::ChooseFirst]);
        assert_eq!(found("KEYB"), [Action::ShowShortcuts]);
        assert!(found("zzz").is_empty());
    }

    #[test]
    fn a_part_finds_in_a_script_without_spaces() {
        assert_eq!(rank("选择首帧", "首帧"), Some(1));
        assert_eq!(rank("选择首帧", "尾帧"), None);
    }

    #[test]
    fn letters_in_order_find_after_words() {
        assert_eq!(found("gnrt"), [Action::Generate]);
        // The beginning of a title comes before the beginning of one of its words.
        let last = found("last");
        assert_eq!(last.first(), Some(&Action::ChooseLast), "{last:?}");
        assert!(last.contains(&Action::LastFrame));
    }

    #[test]
    fn what_can_be_done_comes_first_and_the_rest_is_still_there() {
        let state = State::new(Settings::default(), 7);
        let listed = entries(&state, "");
        let cut = listed.iter().position(|entry| !entry.available).unwrap();
        assert!(cut > 0 && listed[cut..].iter().all(|entry| !entry.available));
        assert!(listed[cut..].iter().any(|entry| entry.action == Action::Generate), "no picture yet");
        assert_eq!(entries(&state, "generate"), [Entry { action: Action::Generate, available: false }]);
    }
}
