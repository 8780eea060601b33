//! How a picture is turned before it is shown, as the track's display matrix says.
//!
//! Only right angles and mirrors are known; a plane of samples is moved, never resampled, so a
//! turned frame stays exact.

/// One of the eight ways a picture can lie on a rectangular grid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Rows and columns are exchanged, before any mirroring.
    swap: bool,
    mirror_x: bool,
    mirror_y: bool,
}

impl Turn {
    /// From the upper left of the display matrix (16.16 fixed point, only signs matter).
    /// `None` where it is no right angle.
    pub(super) fn from_matrix(a: i32, b: i32, c: i32, d: i32) -> Option<Self> {
        match (a, b, c, d) {
            (_, 0, 0, _) if a != 0 && d != 0 => Some(Self { swap: false, mirror_x: a < 0, mirror_y: d < 0 }),
            // x' = c·y and y' = b·x: the first row becomes a column.
            (0, _, _, 0) if b != 0 && c != 0 => Some(Self { swap: true, mirror_x: c < 0, mirror_y: b < 0 }),
            _ => None,
        }
    }

    /// Clockwise degrees: 0, 90, 180 or 270. A mirrored picture counts as unturned.
    #[must_use]
    pub fn degrees(self) -> u16 {
        match (self.swap, self.mirror_x, self.mirror_y) {
            (false, true, true) => 180,
            (true, true, false) => 90,
            (true, false, true) => 270,
            _ => 0,
        }
    }

    /// True where a frame is shown as it was coded.
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Self::default()
    }

    /// The size a picture of this size is shown at.
    #[must_use]
    pub fn size(self, width: u32, height: u32) -> (u32, u32) {
        if self.swap { (height, width) } else { (width, height) }
    }

    /// Appends the turned plane to `out`. `bytes` is the length of one sample; `plane` holds
    /// `width × height` of them.
    pub(super) fn plane(self, plane: &[u8], width: usize, height: usize, bytes: usize, out: &mut Vec<u8>) {
        if self.is_none() {
            out.extend_from_slice(plane);
            return;
        }
        let (wide, high) = if self.swap { (height, width) } else { (width, height) };
        out.reserve(plane.len());
        for row in 0..high {
            let y = if self.mirror_y { high - 1 - row } else { row };
            for column in 0..wide {
                let x = if self.mirror_x { wide - 1 - column } else { column };
                let at = if self.swap { x * width + y } else { y * width + x } * bytes;
                out.extend_from_slice(&plane[at..at + bytes]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(matrix: [i32; 4]) -> Vec<u8> {
        let mut out = Vec::new();
        let [a, b, c, d] = matrix;
        // 0 1 2
        // 3 4 5
        Turn::from_matrix(a, b, c, d).unwrap().plane(&[0, 1, 2, 3, 4, 5], 3, 2, 1, &mut out);
        out
    }

    #[test]
    fn right_angles_move_every_sample() {
        assert_eq!(turned([1, 0, 0, 1]), [0, 1, 2, 3, 4, 5]);
        assert_eq!(turned([0, 1, -1, 0]), [3, 0, 4, 1, 5, 2], "90° clockwise");
        assert_eq!(turned([-1, 0, 0, -1]), [5, 4, 3, 2, 1, 0], "180°");
        assert_eq!(turned([0, -1, 1, 0]), [2, 5, 1, 4, 0, 3], "270° clockwise");
        assert_eq!(turned([-1, 0, 0, 1]), [2, 1, 0, 5, 4, 3], "mirrored");
    }

    #[test]
    fn degrees_are_clockwise() {
        let degrees = |a, b, c, d| Turn::from_matrix(a, b, c, d).map(Turn::degrees);
        assert_eq!(degrees(0, 65536, -65536, 0), Some(90));
        assert_eq!(degrees(0, -65536, 65536, 0), Some(270));
        assert_eq!(degrees(46341, 46341, -46341, 46341), None);
    }

    #[test]
    fn two_byte_samples_stay_together() {
        let mut out = Vec::new();
        Turn::from_matrix(-1, 0, 0, 1).unwrap().plane(&[1, 2, 3, 4], 2, 1, 2, &mut out);
        assert_eq!(out, [3, 4, 1, 2]);
    }
}
