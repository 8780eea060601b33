//! The crop over a picture: shown, and moved by hand or keyboard. The same in the wells and in the large view.
//!
//! Dragging inside moves it, a corner pulls it, arrows nudge it by a pixel of the picture (ten with Shift), plus and minus
//! make it larger and smaller, a double click puts it back. What it may be is the domain's rule.

mod overlay;
mod view;

use egui::{CornerRadius, EventFilter, Key, Modifiers, Pos2, Rect, Response, Ui, pos2, vec2};

use super::theme::Theme;
use crate::domain::cropping::Corner;
use crate::domain::frame::Crop;
use crate::domain::model::Size;

pub use view::CropView;

/// How near to a corner a press has to be to take it, in points.
const REACH: f32 = 14.0;
/// How much one press of plus or minus changes, as a share of the crop's width.
const ZOOM_STEP: f64 = 0.05;
const NUDGE: i64 = 1;
const NUDGE_FAR: i64 = 10;

/// What was asked of a crop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CropChange {
    Set(Crop),
    Reset,
}

/// A crop on a picture, as it is shown.
#[derive(Debug, Clone, Copy)]
pub struct CropEditor {
    /// Where the whole picture is on screen.
    pub shown: Rect,
    /// How round its corners are there.
    pub corners: CornerRadius,
    /// Its size in pixels.
    pub picture: Size,
    pub crop: Crop,
    pub output: Size,
}

/// What a drag has hold of.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Grip {
    /// `None` is the inside.
    corner: Option<Corner>,
    from: Crop,
    origin: Pos2,
}

impl CropEditor {
    /// Points on screen for one pixel of the picture.
    fn scale(&self) -> f32 {
        self.shown.width() / self.picture.width.max(1) as f32
    }

    /// Where the crop lies on screen.
    fn kept(&self) -> Rect {
        let scale = self.scale();
        Rect::from_min_size(
            self.shown.min + vec2(self.crop.x as f32, self.crop.y as f32) * scale,
            vec2(self.crop.width as f32, self.crop.height as f32) * scale,
        )
    }

    /// Paints the crop: what is cut is dimmed, and thirds help while it is moved.
    pub fn paint(&self, ui: &Ui, thirds: bool) {
        overlay::paint(ui.painter(), &Theme::of(ui.ctx()), self.shown, self.corners, self.kept(), thirds);
    }

    /// Takes the pointer and the keys of `response`, which has to sense clicks and drags.
    pub fn change(&self, ui: &Ui, response: &Response) -> Option<CropChange> {
        if response.double_clicked() {
            return Some(CropChange::Reset);
        }
        if let Some(at) = response.hover_pos() {
            ui.set_cursor_icon(self.corner_at(at).map_or(egui::CursorIcon::Grab, cursor));
        }
        let dragged = self.dragged(ui, response);
        let moved = dragged.or_else(|| response.has_focus().then(|| self.typed(ui, response)));
        moved.filter(|crop| *crop != self.crop).map(CropChange::Set)
    }

    fn corner_at(&self, at: Pos2) -> Option<Corner> {
        let kept = self.kept();
        Corner::ALL.into_iter().find(|corner| place(kept, *corner).distance(at) <= REACH)
    }

    fn dragged(&self, ui: &Ui, response: &Response) -> Option<Crop> {
        let id = response.id.with("grip");
        if response.drag_started() {
            let origin = ui.input(|input| input.pointer.press_origin())?;
            let grip = Grip { corner: self.corner_at(origin), from: self.crop, origin };
            ui.data_mut(|data| data.insert_temp(id, grip));
            response.request_focus();
        }
        if !response.dragged() {
            return None;
        }
        let grip: Grip = ui.data(|data| data.get_temp(id))?;
        let by = (response.interact_pointer_pos()? - grip.origin) / self.scale();
        Some(match grip.corner {
            None => grip.from.moved(by.x.round() as i64, by.y.round() as i64, self.picture),
            Some(corner) => {
                let start = CropEditor { crop: grip.from, ..*self }.corner_in_pixels(corner);
                let to = (start.0 + f64::from(by.x), start.1 + f64::from(by.y));
                grip.from.pulled(corner, to, self.picture, self.output)
            }
        })
    }

    fn corner_in_pixels(&self, corner: Corner) -> (f64, f64) {
        let Crop { x, y, width, height } = self.crop;
        let x = if corner.is_left() { x } else { x + width };
        let y = if corner.is_top() { y } else { y + height };
        (f64::from(x), f64::from(y))
    }

    fn typed(&self, ui: &Ui, response: &Response) -> Crop {
        let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        let mut crop = self.crop;
        ui.input_mut(|input| {
            for (modifiers, step) in [(Modifiers::SHIFT, NUDGE_FAR), (Modifiers::NONE, NUDGE)] {
                for (key, x, y) in
                    [(Key::ArrowLeft, -1, 0), (Key::ArrowRight, 1, 0), (Key::ArrowUp, 0, -1), (Key::ArrowDown, 0, 1)]
                {
                    let times = i64::try_from(input.count_and_consume_key(modifiers, key)).unwrap_or(0);
                    crop = crop.moved(x * step * times, y * step * times, self.picture);
                }
            }
            for (key, factor) in
                [(Key::Plus, 1.0 + ZOOM_STEP), (Key::Equals, 1.0 + ZOOM_STEP), (Key::Minus, 1.0 / (1.0 + ZOOM_STEP))]
            {
                for _ in 0..input.count_and_consume_key(Modifiers::NONE, key) {
                    crop = crop.scaled(factor, self.picture, self.output);
                }
            }
        });
        crop
    }
}

fn place(kept: Rect, corner: Corner) -> Pos2 {
    let x = if corner.is_left() { kept.left() } else { kept.right() };
    pos2(x, if corner.is_top() { kept.top() } else { kept.bottom() })
}

fn cursor(corner: Corner) -> egui::CursorIcon {
    match corner {
        Corner::TopLeft | Corner::BottomRight => egui::CursorIcon::ResizeNwSe,
        Corner::TopRight | Corner::BottomLeft => egui::CursorIcon::ResizeNeSw,
    }
}
