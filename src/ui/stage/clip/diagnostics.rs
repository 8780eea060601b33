//! What the player does, in figures, over the picture.

use egui::{Align2, Rect, Ui};

use super::chip;
use super::reel::Reel;
use crate::ui::theme::Type;

/// Shows the figures in the upper left of `room`.
pub fn show(ui: &Ui, room: Rect, reel: &Reel) {
    let lines = lines(reel, ui.input(|input| input.time));
    chip::lines(
        ui,
        room,
        Align2::LEFT_TOP,
        &words!("diagnostics", lines = lines.join(", ")),
        &lines,
        Type::CaptionMono,
    );
}

fn lines(reel: &Reel, now: f64) -> Vec<String> {
    let player = reel.player();
    let mut lines = Vec::new();
    if let Some(info) = reel.info() {
        let engine = if info.through_ffmpeg { "ffmpeg".to_owned() } else { words!("figure-own-decoder") };
        lines.push(words!(
            "figure-coded",
            codec = info.codec,
            engine = engine,
            size = format!("{}×{}", info.width, info.height),
            rate = info.frame_rate.to_string(),
        ));
    }
    lines.push(words!(
        "figure-decoded",
        decoded = player.decoded_frames(),
        frames = reel.frames(),
        lost = player.lost_frames(),
    ));
    lines.push(words!("figure-late", late = player.late_frames(), shown = reel.pace.a_second(now)));
    let millis = format!("{:.1}", reel.pace.took.as_secs_f64() * 1000.0);
    lines.push(words!("figure-read", millis = millis));
    lines
}
