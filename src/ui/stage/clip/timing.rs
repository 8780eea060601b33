//! Frame numbers as time. Numbers count from 1 here, as people count them.

use crate::video::FrameRate;

/// Hundredths of a second at frame `number`: number ÷ fps, cut off, so that the last frame reads the full duration.
pub fn hundredths(number: usize, rate: FrameRate) -> u64 {
    let ticks = number as u64 * u64::from(rate.seconds) * 100;
    ticks / u64::from(rate.frames.max(1))
}

/// "3.04 seconds, frame 73 of 120".
pub fn spoken(number: usize, frames: usize, rate: FrameRate) -> String {
    let time = hundredths(number, rate);
    let seconds = format!("{}.{:02}", time / 100, time % 100);
    words!("clip-time-spoken", seconds = seconds, frame = number.to_string(), frames = frames.to_string())
}

/// Where frame `number` lies on the strip, 0 to 1: at the end of the time it is shown.
pub fn share(number: usize, frames: usize) -> f32 {
    number as f32 / frames.max(1) as f32
}

/// The frame, counted from 0, at a place on the strip.
pub fn frame_at(share: f32, frames: usize) -> usize {
    let number = (share.clamp(0.0, 1.0) * frames as f32).ceil() as usize;
    number.clamp(1, frames.max(1)) - 1
}

/// The frame, counted from 0, that a cell of the strip shows: the first and the last at its ends.
pub fn cell_frame(cell: usize, cells: usize, frames: usize) -> usize {
    (cell * frames.saturating_sub(1)).div_ceil(cells.saturating_sub(1).max(1)).min(frames.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILM: FrameRate = FrameRate { frames: 24, seconds: 1 };

    #[test]
    fn time_is_cut_off_and_ends_on_the_full_duration() {
        assert_eq!(hundredths(73, FILM), 304);
        assert_eq!(hundredths(120, FILM), 500);
        assert_eq!(hundredths(1, FILM), 4);
        assert_eq!(hundredths(30, FrameRate { frames: 30_000, seconds: 1001 }), 100);
        assert_eq!(spoken(73, 120, FILM), "3.04 seconds, frame 73 of 120");
        assert_eq!(spoken(1, 120, FILM), "0.04 seconds, frame 1 of 120");
    }

    #[test]
    fn every_frame_is_found_where_it_lies() {
        for frames in [1, 2, 120, 240] {
            for frame in 0..frames {
                let middle = (frame as f32 + 0.5) / frames as f32;
                assert_eq!(frame_at(middle, frames), frame);
            }
            assert_eq!((frame_at(-1.0, frames), frame_at(2.0, frames)), (0, frames - 1));
        }
    }

    #[test]
    fn the_strip_begins_and_ends_with_the_clip() {
        assert_eq!((cell_frame(0, 9, 120), cell_frame(8, 9, 120)), (0, 119));
        assert_eq!((cell_frame(0, 9, 1), cell_frame(8, 9, 1)), (0, 0));
        assert!((1..9).all(|cell| cell_frame(cell, 9, 120) > cell_frame(cell - 1, 9, 120)));
    }
}
