//! The prompt and its counter.

use egui::text::CCursor;
use egui::text_edit::TextEditState;
use egui::text_selection::CCursorRange;
use egui::{
    Color32, Frame, Id, Key, Margin, Modifiers, Rect, ScrollArea, TextEdit, Ui, UiBuilder, UiKind, UiStackInfo, pos2,
    vec2,
};

use super::camera_words;
use crate::state::Command;
use crate::ui::UiContext;
use crate::ui::theme::metrics::space;
use crate::ui::theme::{Theme, Type};
use crate::ui::widgets::{field_frame, field_label, name_scroll_bars};

/// The counter turns amber when fewer characters than this are left.
const NEAR_LIMIT: usize = 100;
/// The line below the text: words for the camera, and the counter.
const COUNTER_ROOM: f32 = 30.0;
/// From the field's edge to the middle of that line.
const COUNTER_MIDDLE: f32 = 15.0;

/// The field's identity.
fn field() -> Id {
    Id::unique("prompt")
}

/// Where the cursor is, counted in characters; at the end where there is none.
pub fn cursor(ui: &Ui, text: &str) -> usize {
    let length = text.chars().count();
    let range = TextEditState::load(ui.ctx(), field()).and_then(|edit| edit.cursor.char_range());
    range.map_or(length, |range| range.primary.index.0.min(length))
}

/// Replaces the prompt from outside the field, with the cursor at `end`; the field's own undo takes it back.
pub fn write(ui: &Ui, text: String, end: usize, cx: &mut UiContext<'_>) {
    let before = cx.state.draft.settings.prompt.clone();
    let mut edit = TextEditState::load(ui.ctx(), field()).unwrap_or_default();
    let at = |index: usize| CCursorRange::one(CCursor::new(index));
    let range = edit.cursor.char_range().unwrap_or_else(|| at(before.chars().count()));
    let mut undoer = edit.undoer();
    undoer.add_undo(&(range, before));
    edit.set_undoer(undoer);
    edit.cursor.set_char_range(Some(at(end)));
    edit.store(ui.ctx(), field());
    // Typing, and taking back, go on from there.
    ui.memory_mut(|memory| memory.request_focus(field()));
    cx.send(Command::SetPrompt(text));
}

/// What the field remembers between passes.
#[derive(Default)]
pub struct Prompt {
    focused_for: u64,
}

/// A part of a field, whose content fades to the field's colour where it does not fit.
pub(super) fn fading(ui: &mut Ui, rect: Rect, fill: Color32) -> Ui {
    let ground = UiStackInfo::new(UiKind::Frame).with_frame(Frame::new().fill(fill));
    let mut part = ui.new_child(UiBuilder::new().max_rect(rect).ui_stack_info(ground));
    part.spacing_mut().scroll.fade.strength = 1.0;
    part
}

impl Prompt {
    pub fn ui(&mut self, ui: &mut Ui, height: f32, cx: &mut UiContext<'_>) {
        let theme = Theme::of(ui.ctx());
        let p = &theme.palette;
        field_label(ui, &words!("prompt-label"));
        ui.add_space(space::S);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), egui::Sense::hover());
        let id = field();
        let focused = ui.memory(|memory| memory.has_focus(id));
        let max = cx.state.model().request.prompt_max_characters;
        let mut text = cx.state.draft.settings.prompt.clone();
        let length = text.chars().count();
        let hovered = ui.rect_contains_pointer(rect);
        ui.painter().add(field_frame(&theme, rect, if hovered { 1.0 } else { 0.0 }, focused, length > max));
        // Ctrl+Enter generates; it must not also break the line.
        if focused {
            ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        }
        // Inside the ring. Lines that do not fit fade to the field's colour.
        let inside = Rect::from_min_max(rect.min + vec2(2.0, 2.0), rect.max - vec2(2.0, COUNTER_ROOM));
        let mut field = fading(ui, inside, p.raised);
        let area = ScrollArea::vertical().id_salt("prompt").auto_shrink([false, false]);
        let shown = area.show(&mut field, |ui| {
            // Lines as far apart as the design has them.
            let mut lay_out = |ui: &Ui, text: &dyn egui::TextBuffer, width: f32| {
                ui.painter().layout_job(Type::Prompt.job(text.as_str(), p.text, width))
            };
            let edit = TextEdit::multiline(&mut text)
                .layouter(&mut lay_out)
                .id(id)
                .font(Type::Prompt.font_id())
                .text_color(p.text)
                .hint_text(Type::Prompt.rich(words!("prompt-placeholder"), p.muted))
                .frame(Frame::NONE.inner_margin(Margin { left: 12, right: 12, top: 10, bottom: 2 }))
                .desired_width(f32::INFINITY)
                .min_size(inside.size());
            let response = ui.add(edit);
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_label(words!("prompt-label"));
                node.set_description(words!("prompt-counted", length = length.to_string(), max = max.to_string()));
            });
            if self.focused_for != cx.state.prompt_focus {
                self.focused_for = cx.state.prompt_focus;
                response.request_focus();
            }
        });
        name_scroll_bars(&field, &words!("scroll-prompt"), shown);
        let color = match max.checked_sub(length) {
            None => p.error,
            Some(left) if left <= NEAR_LIMIT => p.warning,
            Some(_) => p.muted,
        };
        let counter = Type::Caption.line(ui.painter(), format!("{length} / {max}"), color);
        let right = rect.right_bottom() - vec2(12.0, COUNTER_MIDDLE);
        let counter_left = right.x - counter.size().x;
        ui.painter().galley(right - vec2(counter.size().x, counter.size().y / 2.0), counter, color);
        let words = Rect::from_min_max(
            pos2(rect.left() + space::XS, right.y - camera_words::HEIGHT / 2.0),
            pos2(counter_left - space::M, right.y + camera_words::HEIGHT / 2.0),
        );
        camera_words::ui(ui, words, cx);
        if text != cx.state.draft.settings.prompt {
            cx.send(Command::SetPrompt(text));
        }
    }
}
