//! Files dragged over the window and dropped on it.

use std::path::{Path, PathBuf};

use egui::{Align2, Area, Id, LayerId, Order, Painter, Pos2, Rect, Ui, vec2};

use super::UiContext;
use super::compose::paint_drop_target;
use super::theme::Theme;
use super::theme::metrics::space;
use super::widgets::{Toast, ToastKind};
use crate::domain::frame::{FrameSlot, is_called_picture};
use crate::state::Command;

/// Watches for files over the window.
#[derive(Default)]
pub struct Drag {
    /// A name that is no picture's was dragged in; the content decides once it is dropped.
    doubtful: bool,
}

impl Drag {
    /// Takes what was dropped and paints what a drop would do. `wells` are the pictures of both wells.
    pub fn ui(&mut self, ui: &Ui, wells: [Rect; 2], cx: &mut UiContext<'_>) {
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
            self.paint(ui, wells, over, hovered.len(), cx);
        }
    }

    fn paint(&self, ui: &Ui, wells: [Rect; 2], over: Option<FrameSlot>, count: usize, cx: &UiContext<'_>) {
        let ctx = ui.ctx();
        let theme = Theme::of(ctx);
        let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drag")));
        dim(&painter, &theme, ctx.content_rect(), wells[0].union(wells[1]).expand2(vec2(12.0, 30.0)));
        let next = if cx.state.draft.first.is_empty() { FrameSlot::First } else { FrameSlot::Last };
        for (slot, rect) in FrameSlot::BOTH.into_iter().zip(wells) {
            if self.doubtful {
                let edge = egui::Stroke::new(2.0, theme.palette.error);
                painter.rect_stroke(rect, 8.0, edge, egui::StrokeKind::Inside);
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
            .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -space::PAGE))
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

/// Darkens everything but `spared`.
fn dim(painter: &Painter, theme: &Theme, screen: Rect, spared: Rect) {
    let scrim = theme.palette.scrim;
    for rect in [
        Rect::from_min_max(screen.min, egui::pos2(screen.right(), spared.top())),
        Rect::from_min_max(egui::pos2(screen.left(), spared.bottom()), screen.max),
        Rect::from_min_max(egui::pos2(screen.left(), spared.top()), spared.left_bottom()),
        Rect::from_min_max(spared.right_top(), egui::pos2(screen.right(), spared.bottom())),
    ] {
        painter.rect_filled(rect, 0.0, scrim);
    }
}
