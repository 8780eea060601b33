//! What the player does, in figures, over the picture.

use egui::{Align2, Rect, Ui};

use super::chip;
use super::reel::Reel;
use crate::ui::theme::Type;

/// Shows the figures in the upper left of `room`.
pub fn show(ui: &Ui, room: Rect, reel: &Reel) {
    let lines = lines(reel, ui.input(|input| input.time));
    chip::lines(ui, room, Align2::LEFT_TOP, &format!("Diagnostics: {}", lines.join(", ")), &lines, Type::CaptionMono);
}

fn lines(reel: &Reel, now: f64) -> Vec<String> {
    let player = reel.player();
    let mut lines = Vec::new();
    if let Some(info) = reel.info() {
        let engine = if info.through_ffmpeg { "ffmpeg" } else { "own decoder" };
        lines.push(format!("{} by {engine}, {}×{} at {}", info.codec, info.width, info.height, info.frame_rate));
    }
    lines.push(format!("decoded {} of {}, lost {}", player.decoded_frames(), reel.frames(), player.lost_frames()));
    lines.push(format!("late {}, shown {} in the last second", player.late_frames(), reel.pace.a_second(now)));
    lines.push(format!("read and converted in {:.1} ms", reel.pace.took.as_secs_f64() * 1000.0));
    lines
}
