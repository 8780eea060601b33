//! Files dragged over the window and dropped on it.

use std::path::{Path, PathBuf};

use egui::{
    Align2, Area, Color32, Context, CornerRadius, Id, LayerId, Order, Painter, Pos2, Rect, Stroke, StrokeKind, Ui,
    pos2, vec2,
};

use super::UiContext;
use super::compose::paint_drop_target;
use super::stage::picture;
use super::theme::metrics::{radius, space};
use super::theme::{Theme, Type};
use super::widgets::{Toast, ToastKind};
use crate::domain::frame::{FrameSlot, is_called_picture};
use crate::state::{Command, Thumb};

/// From the hint to the window's edge.
const HINT_BELOW: f32 = 28.0;

/// Watches for files over the window.
#[derive(Default)]
pub struct Drag {
    /// A name that is no picture's was dragged in; the content decides once it is dropped.
    doubtful: bool,
}

impl Drag {
    /// Takes what was dropped and paints what a drop would do. `wells` are the pictures of both wells; the hint lies at
    /// the foot of `stage`.
    pub fn ui(&mut self, ui: &Ui, wells: [Rect; 2], stage: Rect, cx: &mut UiContext<'_>) {
        let (hovered, dropped, pointer) = ui.input(|input| {
            let hovered: Vec<Option<PathBuf>> = input.raw.hovered_files.iter().map(|file| file.path.clone()).collect();
            let dropped: Vec<PathBuf> = input.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect();
            (hovered, dropped, input.pointer.latest_pos())
        });
        let over = over(wells, pointer);
        if !dropped.is_empty() {
            cx.send(Command::TakeFiles { paths: dropped, over });
        }
        if !hovered.is_empty() && cx.state.sheet.is_none() && cx.state.question.is_none() {
            self.doubtful = hovered.iter().flatten().any(|path| !may_be_pictures(path));
            self.paint(ui, wells, stage, over, hovered.len(), cx);
            if let (Some(at), [Some(path)]) = (pointer, hovered.as_slice()) {
                ghost(ui.ctx(), at, path, cx);
            }
        }
    }

    fn paint(&self, ui: &Ui, wells: [Rect; 2], stage: Rect, over: Option<FrameSlot>, count: usize, cx: &UiContext<'_>) {
        let ctx = ui.ctx();
        let theme = Theme::of(ctx);
        let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drag")));
        let lit = wells[0].union(wells[1]).expand2(vec2(12.0, 30.0));
        dim(&painter, &theme, ctx.content_rect(), lit.with_max_y(lit.bottom() + space::M));
        let next = if cx.state.draft.first.is_empty() { FrameSlot::First } else { FrameSlot::Last };
        for (slot, rect) in FrameSlot::BOTH.into_iter().zip(wells) {
            if self.doubtful {
                let edge = Stroke::new(2.0, theme.palette.error);
                painter.rect_stroke(rect, 8.0, edge, StrokeKind::Inside);
                continue;
            }
            let lit = count > 1 || over.unwrap_or(next) == slot;
            paint_drop_target(&painter, &theme, rect, slot, !cx.state.draft.frame(slot).is_empty(), lit);
        }
        let words = match (self.doubtful, count) {
            (true, _) => words!("only-images"),
            (false, 3..) => words!("drag-many", count = count),
            (false, _) => words!("drag-hint"),
        };
        let kind = if self.doubtful { ToastKind::Failure } else { ToastKind::Hint };
        Area::new(Id::unique("drag hint"))
            .order(Order::Tooltip)
            .pivot(Align2::CENTER_BOTTOM)
            .fixed_pos(pos2(stage.center().x, ctx.content_rect().bottom() - HINT_BELOW))
            .show(ctx, |ui| Toast::new(kind, &words).fixed().show(ui));
    }
}

/// The well under the pointer. The platform may not report the pointer while a file is dragged.
fn over(wells: [Rect; 2], pointer: Option<Pos2>) -> Option<FrameSlot> {
    let at = pointer?;
    FrameSlot::BOTH.into_iter().zip(wells).find(|(_, rect)| rect.contains(at)).map(|(slot, _)| slot)
}

/// A name without an ending may be a folder of pictures.
fn may_be_pictures(path: &Path) -> bool {
    path.extension().is_none() || is_called_picture(path)
}

/// Darkens everything but `spared`, whose corners are a panel's: by a line around it that reaches beyond the screen.
fn dim(painter: &Painter, theme: &Theme, screen: Rect, spared: Rect) {
    let line = Stroke::new(screen.width().max(screen.height()), theme.palette.scrim);
    painter.rect_stroke(spared, CornerRadius::same(radius::PANEL), line, StrokeKind::Outside);
}

/// The file that hangs on the pointer.
fn ghost(ctx: &Context, at: Pos2, path: &Path, cx: &mut UiContext<'_>) {
    const HEIGHT: f32 = 56.0;
    const THUMB: egui::Vec2 = vec2(72.0, 42.0);
    const PADDING: f32 = 7.0;
    const MOST: f32 = 240.0;
    let theme = Theme::of(ctx);
    let p = &theme.palette;
    let painter = ctx.layer_painter(LayerId::new(Order::Tooltip, Id::unique("drag ghost")));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = Type::BodyMedium.line_within(&painter, name, p.text, MOST);
    let kind = Type::Small.line(&painter, kind(path), p.muted);
    let width = PADDING + THUMB.x + space::L + name.size().x.max(kind.size().x) + space::GROUP;
    let place = Rect::from_min_size(at + vec2(space::GROUP, space::XXL), vec2(width, HEIGHT));
    let corner = CornerRadius::same(radius::LARGE);
    painter.add(theme.float_shadow().as_shape(place, corner));
    painter.rect(place, corner, p.toast, Theme::hairline(p.strong), StrokeKind::Inside);
    let thumb = Rect::from_min_size(place.min + vec2(PADDING, PADDING), THUMB);
    let small = match cx.state.thumbs.get(path) {
        Some(Thumb::Ready(preview)) => Some(preview.clone()),
        Some(_) => None,
        None => {
            cx.send(Command::LoadThumbs(vec![path.to_owned()]));
            None
        }
    };
    picture::poster(&painter, cx, thumb, small.as_ref(), radius::SMALL);
    let left = thumb.right() + space::L;
    let middle = place.center().y;
    painter.galley(pos2(left, middle - name.size().y), name, Color32::PLACEHOLDER);
    painter.galley(pos2(left, middle), kind, Color32::PLACEHOLDER);
}

/// "JPEG image", by the file's name.
fn kind(path: &Path) -> String {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let format = match ending.as_str() {
        "jpg" | "jpeg" | "jfif" => "JPEG",
        "png" => "PNG",
        "webp" => "WebP",
        "bmp" => "BMP",
        "tif" | "tiff" => "TIFF",
        "gif" => "GIF",
        _ => return String::new(),
    };
    words!("drag-image", format = format)
}
