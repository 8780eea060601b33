//! The player's clock.

/// "00:03.04": minutes, seconds and hundredths, cut off, so that a clip's end reads its full length.
///
/// `hundredths` counts from the clip's start.
#[must_use]
pub fn timecode(hundredths: u64) -> String {
    let (minutes, rest) = (hundredths / 6000, hundredths % 6000);
    format!("{minutes:02}:{:02}.{:02}", rest / 100, rest % 100)
}

/// "frame 73 / 120", counted from 1.
#[must_use]
pub fn frame_counter(frame: u64, frames: u64) -> String {
    words!("clip-frame-counter", frame = frame.to_string(), frames = frames.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_reads_as_the_design_shows_it() {
        assert_eq!(timecode(0), "00:00.00");
        assert_eq!(timecode(304), "00:03.04");
        assert_eq!(timecode(500), "00:05.00");
        assert_eq!(timecode(61 * 100 + 7), "01:01.07");
        assert_eq!(frame_counter(73, 120), "frame 73 / 120");
    }
}
