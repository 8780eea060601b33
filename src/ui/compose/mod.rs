//! The form: two wells, the prompt, the settings, and Generate pinned below.

mod camera_words;
#[cfg(test)]
mod component_sheet;
mod fields;
mod footer;
mod notes;
mod prompt;
mod prompts;
mod sources;
mod spoken;
mod wells;

use egui::{Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::UiContext;
use super::icons::Icon;
use super::theme::Theme;
use super::theme::metrics::{layout, space};
use super::widgets::{IconButton, keep_focus_in_sight, name_scroll_bars, panel_frame, panel_header, rule};
use crate::domain::frame::FrameSlot;
use crate::state::Action;

pub(super) use wells::{contained, focused as focused_well, ground, paint_drop_target};

/// Height of the prompt where the panel is full, and where there is room.
const PROMPT_LEAST: f32 = 90.0;
const PROMPT_MOST: f32 = 186.0;

/// What the panel remembers between passes.
#[derive(Default)]
pub struct Compose {
    wells: [Option<Rect>; 2],
    prompt: prompt::Prompt,
    /// Height of everything but the prompt, as the last pass measured it.
    rest: f32,
}

impl Compose {
    /// Where the wells' pictures lie, first and last.
    #[must_use]
    pub fn wells(&self) -> [Rect; 2] {
        self.wells.map(|rect| rect.unwrap_or(Rect::NOTHING))
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &mut UiContext<'_>) {
        let theme = Theme::of(ui.ctx());
        let panel = ui.max_rect();
        // A frame paints its line around what it is given.
        ui.painter().add(panel_frame(&theme).paint(panel.shrink(1.0)));
        let header = if cx.narrow { layout::PANEL_HEADER_NARROW } else { layout::PANEL_HEADER };
        let footer = footer::height(cx);
        let inside = panel.shrink(1.0);
        let split = |top: f32, bottom: f32| Rect::from_min_max(pos2(inside.left(), top), pos2(inside.right(), bottom));
        let body = split(inside.top() + header, inside.bottom() - footer);
        head(&mut ui.new_child(UiBuilder::new().max_rect(split(inside.top(), body.top()))), header, cx);
        let mut middle = ui.new_child(UiBuilder::new().max_rect(body).id_salt("form"));
        let area = ScrollArea::vertical().id_salt("form").auto_shrink([false, false]);
        let shown = area.show(&mut middle, |ui| {
            let inner = Rect::from_min_max(
                pos2(body.left() + layout::COMPOSE_PADDING, ui.cursor().top()),
                pos2(body.right() - layout::COMPOSE_PADDING, f32::INFINITY),
            );
            let mut form = ui.new_child(UiBuilder::new().max_rect(inner));
            form.spacing_mut().item_spacing = vec2(0.0, 0.0);
            self.form(&mut form, body.height(), cx);
            keep_focus_in_sight(&form);
            let used = form.min_rect().bottom() - ui.cursor().top();
            ui.allocate_space(vec2(body.width(), used + space::XXL));
        });
        name_scroll_bars(&middle, &words!("scroll-form"), shown);
        let mut foot = ui.new_child(UiBuilder::new().max_rect(split(body.bottom(), inside.bottom())));
        foot.spacing_mut().item_spacing = vec2(0.0, 0.0);
        rule(&mut foot);
        footer::ui(&mut foot, cx);
    }

    fn form(&mut self, ui: &mut Ui, height: f32, cx: &mut UiContext<'_>) {
        let gap = if cx.narrow { space::L } else { space::GROUP };
        let top = ui.cursor().top();
        self.wells = wells::ui(ui, cx).map(Some);
        notes::ui(ui, cx);
        ui.add_space(gap);
        let prompt = (height - self.rest - space::XXL).clamp(PROMPT_LEAST, PROMPT_MOST);
        self.prompt.ui(ui, prompt, cx);
        ui.add_space(gap);
        fields::ui(ui, gap, cx);
        self.rest = ui.min_rect().bottom() - top - prompt;
    }
}

fn head(ui: &mut Ui, height: f32, cx: &mut UiContext<'_>) {
    panel_header(ui, &words!("compose-title"), height, layout::COMPOSE_PADDING, |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        // The glyphs, not the buttons around them, end where the form does.
        ui.add_space(-space::M);
        if ui.add(IconButton::new(Icon::CLEAR_FORM, &words!("clear-form")).small()).clicked() {
            cx.act(Action::ClearForm);
        }
        let recent = ui.add(IconButton::new(Icon::RECENT_PROMPTS, &words!("recent-prompts")).small());
        prompts::menu(ui, &recent, cx);
    });
}

/// "first" is cyan, "last" violet, everywhere.
pub(super) fn slot_color(theme: &Theme, slot: FrameSlot) -> egui::Color32 {
    theme.palette.slot(slot == FrameSlot::First)
}
