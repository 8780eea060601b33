//! The large view of a crop.

use egui::{Align, CornerRadius, Id, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use super::{CropChange, CropEditor};
use crate::domain::draft::Picture;
use crate::domain::frame::{Crop, FrameSlot, ratio_label};
use crate::domain::model::Size;
use crate::state::{Action, Command, Fix};
use crate::ui::UiContext;
use crate::ui::compose::contained;
use crate::ui::sheet;
use crate::ui::theme::metrics::{size, space};
use crate::ui::theme::{Theme, Type};
use crate::ui::widgets::{Button, skeleton};

/// Room of the sheet that is not the picture: header, footer, rules and the window's margin.
const AROUND: f32 = 56.0 + 64.0 + 2.0 * space::PAGE + 4.0;
const FOOTER: f32 = 60.0;

/// The large view.
#[derive(Default)]
pub struct CropView {
    shown: Option<FrameSlot>,
}

impl CropView {
    pub fn ui(&mut self, ui: &Ui, slot: FrameSlot, cx: &mut UiContext<'_>) {
        let Some((picture, output)) = cx.state.draft.frame(slot).picture().zip(cx.state.output()) else {
            // The picture was taken away under the view.
            cx.act(Action::CloseTop);
            return;
        };
        // The crop has the keyboard from the start.
        let opened = self.shown.replace(slot) != Some(slot);
        let screen = ui.ctx().content_rect();
        let room = vec2(screen.width() - 2.0 * space::PAGE, (screen.height() - AROUND).max(120.0));
        let shape = contained(Rect::from_min_size(screen.min, room), picture.facts.size).size();
        let width = shape.x.max(560.0_f32.min(room.x));
        let title = words!("crop-title", slot = slot.word());
        let (mut asked, mut done) = (None, false);
        let closed = sheet::show(
            ui,
            &title,
            width,
            |ui| (asked, done) = footer(ui, picture, output),
            |ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(width, shape.y), Sense::hover());
                let change = stage(ui, rect, slot, picture, output, opened, cx);
                match change {
                    Some(CropChange::Set(crop)) => cx.send(Command::Fix(Fix::SetCrop(slot, crop))),
                    Some(CropChange::Reset) => cx.send(Command::Fix(Fix::ResetCrop(slot))),
                    None => {}
                }
            },
        );
        if asked == Some(CropChange::Reset) {
            cx.send(Command::Fix(Fix::ResetCrop(slot)));
        }
        if done {
            cx.send(Command::Fix(Fix::AcceptCrop(slot)));
        } else if closed {
            cx.act(Action::CloseTop);
        }
    }

    /// Called while the view is not shown.
    pub fn rest(&mut self) {
        self.shown = None;
    }
}

fn stage(
    ui: &mut Ui,
    rect: Rect,
    slot: FrameSlot,
    picture: &Picture,
    output: Size,
    opened: bool,
    cx: &mut UiContext<'_>,
) -> Option<CropChange> {
    let theme = Theme::of(ui.ctx());
    ui.painter().rect_filled(rect, 0.0, theme.palette.viewer);
    let shown = contained(rect, picture.facts.size);
    match cx.state.previews.get(slot) {
        Some(preview) => {
            let texture = cx.textures.get(ui.ctx(), preview);
            egui::Image::new((texture.id(), shown.size())).paint_at(ui, shown);
        }
        None => skeleton(ui, shown, &words!("crop-no-preview")),
    }
    let response = ui.interact(shown, Id::unique(("crop view", slot)), Sense::click_and_drag());
    if opened {
        response.request_focus();
    }
    let editor = CropEditor {
        shown,
        corners: CornerRadius::ZERO,
        picture: picture.facts.size,
        crop: picture.crop_for(output),
        output,
    };
    let Crop { x, y, width, height } = editor.crop;
    let spoken = words!("crop-spoken", width = width, height = height, x = x, y = y);
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, words!("crop-name", slot = slot.word())));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(spoken.clone());
        node.set_value(spoken);
    });
    editor.paint(ui, true);
    editor.change(ui, &response)
}

/// What is kept, and the buttons.
fn footer(ui: &mut Ui, picture: &Picture, output: Size) -> (Option<CropChange>, bool) {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), FOOTER), Sense::hover());
    let inner = rect.shrink2(vec2(space::SECTION, 0.0));
    let crop = picture.crop_for(output);
    let soft = crop.width < output.width || crop.height < output.height;
    let (size, ratio) = (picture.facts.size.to_string(), ratio_label(picture.facts.size));
    let (crop, output) = (Size::new(crop.width, crop.height).to_string(), output.to_string());
    let words = if soft {
        words!("crop-becomes-soft", crop = crop, size = size, ratio = ratio, output = output)
    } else {
        words!("crop-becomes", crop = crop, size = size, ratio = ratio, output = output)
    };
    let mut left = ui.new_child(UiBuilder::new().max_rect(inner).layout(Layout::left_to_right(Align::Center)));
    left.label(Type::Small.rich(words, if soft { p.warning } else { p.text2 }));
    let mut right = ui.new_child(UiBuilder::new().max_rect(inner).layout(Layout::right_to_left(Align::Center)));
    right.spacing_mut().item_spacing.x = space::M;
    let done = right.add(Button::new(&words!("crop-use")).primary().width(size::BUTTON * 4.0)).clicked();
    let reset = right.add(Button::new(&words!("crop-centre")).enabled(picture.accepted_crop.is_some())).clicked();
    (reset.then_some(CropChange::Reset), done)
}
