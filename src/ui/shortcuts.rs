//! The keyboard: which action a key press asks for.
//!
//! Plain keys act only while no text field has the keyboard, and a focused control keeps the keys it uses itself.

use egui::{Context, Event, Key as EguiKey, Modifiers, Popup};

use crate::state::Action;
use crate::state::action::{Key, Shortcut};

/// Actions whose key was pressed in this pass. A key that is held down repeats only where that makes sense.
#[must_use]
pub fn pressed(ctx: &Context) -> Vec<Action> {
    let listing = Popup::is_any_open(ctx);
    let focus = match Focus::of(ctx) {
        // The keys belong to the list that is open.
        Focus::Nothing if listing => Focus::Control,
        focus => focus,
    };
    let mut actions = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| match asked(event, focus) {
            // A list closes itself, and alone.
            Some(Action::CloseTop) if listing => true,
            Some(action) => {
                actions.push(action);
                // What acted is taken away, or it would also move the focus or press a button; only what was pasted is
                // still for a text field.
                matches!(event, Event::Paste(_) | Event::PasteImage(_))
            }
            None => true,
        });
    });
    actions
}

/// What has the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    Nothing,
    Control,
    Text,
}

impl Focus {
    fn of(ctx: &Context) -> Self {
        match ctx.memory(egui::Memory::focused) {
            None => Self::Nothing,
            Some(id) if egui::text_edit::TextEditState::load(ctx, id).is_some() => Self::Text,
            Some(_) => Self::Control,
        }
    }
}

fn asked(event: &Event, focus: Focus) -> Option<Action> {
    match event {
        // The platform's paste key arrives as what it pasted.
        Event::Paste(_) if focus != Focus::Text => Some(Action::Paste),
        Event::PasteImage(_) => Some(Action::Paste),
        // So does its copy key. Words that are selected in a text field are copied there.
        Event::Copy if focus != Focus::Text => Some(Action::CopyFrame),
        Event::Key { key, pressed: true, repeat, modifiers, .. } => {
            let found = Action::ALL
                .into_iter()
                .find(|action| action.shortcut().is_some_and(|shortcut| matches(shortcut, *key, *modifiers, focus)))?;
            (!*repeat || repeats(found)).then_some(found)
        }
        _ => None,
    }
}

fn matches(shortcut: Shortcut, key: EguiKey, modifiers: Modifiers, focus: Focus) -> bool {
    if shortcut.command {
        // Ctrl+V and Ctrl+C are told as a paste and a copy.
        return key == egui_key(shortcut.key)
            && !matches!(shortcut.key, Key::C | Key::V)
            && modifiers.command
            && modifiers.shift == shortcut.shift
            && !modifiers.alt;
    }
    let plain = !modifiers.command && !modifiers.ctrl && !modifiers.alt;
    let free = match focus {
        Focus::Nothing => true,
        Focus::Control => !is_for_controls(shortcut.key),
        Focus::Text => matches!(shortcut.key, Key::Escape | Key::F6),
    };
    let same = match shortcut.key {
        Key::Question => key == EguiKey::Questionmark || (key == EguiKey::Slash && modifiers.shift),
        Key::Slash => key == EguiKey::Slash && !modifiers.shift,
        Key::F6 => key == EguiKey::F6 && modifiers.shift == shortcut.shift,
        other => key == egui_key(other),
    };
    plain && free && same
}

/// Keys that focused controls use themselves.
const fn is_for_controls(key: Key) -> bool {
    matches!(key, Key::Enter | Key::Space | Key::Left | Key::Right | Key::Up | Key::Down | Key::Home | Key::End)
}

/// Stepping goes on while the key is held; everything else happens once a press.
const fn repeats(action: Action) -> bool {
    matches!(action, Action::BackOneFrame | Action::ForwardOneFrame | Action::NextTask | Action::PreviousTask)
}

const fn egui_key(key: Key) -> EguiKey {
    match key {
        Key::Enter => EguiKey::Enter,
        Key::Space => EguiKey::Space,
        Key::Left => EguiKey::ArrowLeft,
        Key::Right => EguiKey::ArrowRight,
        Key::Up => EguiKey::ArrowUp,
        Key::Down => EguiKey::ArrowDown,
        Key::Home => EguiKey::Home,
        Key::End => EguiKey::End,
        Key::Delete => EguiKey::Delete,
        Key::Escape => EguiKey::Escape,
        Key::Comma => EguiKey::Comma,
        Key::Slash => EguiKey::Slash,
        Key::Question => EguiKey::Questionmark,
        Key::F6 => EguiKey::F6,
        Key::C => EguiKey::C,
        Key::D => EguiKey::D,
        Key::E => EguiKey::E,
        Key::F => EguiKey::F,
        Key::I => EguiKey::I,
        Key::J => EguiKey::J,
        Key::K => EguiKey::K,
        Key::L => EguiKey::L,
        Key::M => EguiKey::M,
        Key::O => EguiKey::O,
        Key::Q => EguiKey::Q,
        Key::S => EguiKey::S,
        Key::V => EguiKey::V,
        Key::X => EguiKey::X,
        Key::Z => EguiKey::Z,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: EguiKey, modifiers: Modifiers, repeat: bool) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat, modifiers }
    }

    #[test]
    fn a_held_key_never_generates_twice() {
        let once = key(EguiKey::Enter, Modifiers::COMMAND, false);
        let held = key(EguiKey::Enter, Modifiers::COMMAND, true);
        assert_eq!(asked(&once, Focus::Text), Some(Action::Generate));
        assert_eq!(asked(&held, Focus::Text), None);
    }

    #[test]
    fn plain_keys_leave_text_and_controls_alone() {
        let space = key(EguiKey::Space, Modifiers::NONE, false);
        assert_eq!(asked(&space, Focus::Nothing), Some(Action::PlayPause));
        assert_eq!(asked(&space, Focus::Control), None);
        assert_eq!(asked(&space, Focus::Text), None);
        let slash = key(EguiKey::Slash, Modifiers::NONE, false);
        assert_eq!(asked(&slash, Focus::Control), Some(Action::SearchTasks));
        assert_eq!(asked(&slash, Focus::Text), None);
        assert_eq!(asked(&key(EguiKey::Slash, Modifiers::SHIFT, false), Focus::Nothing), Some(Action::ShowShortcuts));
    }

    #[test]
    fn arrows_go_on_while_held() {
        assert_eq!(
            asked(&key(EguiKey::ArrowRight, Modifiers::NONE, true), Focus::Nothing),
            Some(Action::ForwardOneFrame)
        );
    }

    #[test]
    fn shift_tells_the_wells_apart() {
        assert_eq!(asked(&key(EguiKey::O, Modifiers::COMMAND, false), Focus::Nothing), Some(Action::ChooseFirst));
        let both = Modifiers::COMMAND | Modifiers::SHIFT;
        assert_eq!(asked(&key(EguiKey::O, both, false), Focus::Nothing), Some(Action::ChooseLast));
    }

    #[test]
    fn the_parts_of_the_window_are_reached_from_a_text_too() {
        assert_eq!(asked(&key(EguiKey::F6, Modifiers::NONE, false), Focus::Text), Some(Action::NextRegion));
        assert_eq!(asked(&key(EguiKey::F6, Modifiers::SHIFT, false), Focus::Control), Some(Action::PreviousRegion));
    }

    #[test]
    fn the_copy_key_is_for_words_first() {
        assert_eq!(asked(&Event::Copy, Focus::Text), None);
        assert_eq!(asked(&Event::Copy, Focus::Nothing), Some(Action::CopyFrame));
        let plain = key(EguiKey::C, Modifiers::NONE, false);
        assert_eq!(asked(&plain, Focus::Control), Some(Action::Compare));
        assert_eq!(asked(&plain, Focus::Text), None);
    }

    #[test]
    fn text_is_pasted_into_text_and_a_picture_into_a_well() {
        let text = Event::Paste("words".to_owned());
        assert_eq!(asked(&text, Focus::Text), None);
        assert_eq!(asked(&text, Focus::Nothing), Some(Action::Paste));
        let picture = Event::PasteImage(std::sync::Arc::new(egui::ColorImage::example()));
        assert_eq!(asked(&picture, Focus::Text), Some(Action::Paste));
    }
}
