//! Frames on their way to the screen: shrunk to the pixels they are shown in, and converted.
//!
//! Owns the memory that takes, which is used again for the next frame. A frame of the size that is asked for is
//! converted as it is; pictures that are kept or compared are never made here.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};

use super::frame::{Frame, convert_whole, eight_bits};

/// Converts one frame after another.
#[derive(Debug, Default)]
pub struct Screen {
    resizer: Resizer,
    /// A plane whose rows are as many as are wanted, and still as long as they were.
    rows: Vec<u8>,
    planes: [Vec<u8>; 3],
}

impl Screen {
    /// Writes `frame` as RGBA of `width` × `height` pixels into `out`, which has four bytes for each of them.
    ///
    /// Planes are shrunk before they are converted: they are a third of what RGBA is.
    pub fn convert(&mut self, frame: &Frame, (width, height): (u32, u32), out: &mut [u8]) {
        debug_assert_eq!(out.len(), width as usize * height as usize * 4);
        let layout = frame.layout;
        if (layout.width, layout.height) == (width, height) {
            frame.write_rgba(out);
            return;
        }
        let (wide, high) = layout.chroma_size();
        let chroma = (wide as u32, high as u32);
        let sizes = [(layout.width, layout.height), chroma, chroma];
        for ((plane, from), small) in frame.planes().into_iter().zip(sizes).zip(&mut self.planes) {
            small.resize(width as usize * height as usize, 0);
            let done = if layout.deep {
                scale(&mut self.resizer, &mut self.rows, &eight_bits(plane), from, small, (width, height))
            } else {
                scale(&mut self.resizer, &mut self.rows, plane, from, small, (width, height))
            };
            debug_assert!(done.is_some());
        }
        let [y, u, v] = &self.planes;
        convert_whole([y, u, v], (width, height), frame.colour, out);
    }
}

/// Each sample of `to` is the mean of those it covers. Rows first: they are shrunk many samples at a time, and fewer of
/// them are left for the slower step across.
fn scale(
    resizer: &mut Resizer,
    rows: &mut Vec<u8>,
    plane: &[u8],
    from: (u32, u32),
    to: &mut [u8],
    size: (u32, u32),
) -> Option<()> {
    rows.resize(from.0 as usize * size.1 as usize, 0);
    step(resizer, plane, from, rows, (from.0, size.1))?;
    step(resizer, rows, (from.0, size.1), to, size)
}

/// Changes one side of a plane.
fn step(resizer: &mut Resizer, plane: &[u8], from: (u32, u32), to: &mut [u8], size: (u32, u32)) -> Option<()> {
    let source = TypedImageRef::<U8>::from_buffer(from.0, from.1, plane).ok()?;
    let mut target = TypedImage::<U8>::from_buffer(size.0, size.1, to).ok()?;
    // Where each covers two and more, all of them may weigh the same.
    let far = from.0 >= 2 * size.0 || from.1 >= 2 * size.1;
    let filter = if far { FilterType::Box } else { FilterType::Bilinear };
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter));
    resizer.resize_typed(&source, &mut target, &options).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::video::{Colour, Layout, Matrix};

    const HD: Colour = Colour { matrix: Matrix::Bt709, full_range: false };

    fn halves(deep: bool) -> Frame {
        let layout = Layout { width: 64, height: 32, tall_chroma: false, deep };
        let luma = (0..64 * 32).map(|at| if at % 64 < 32 { 16u16 } else { 235 });
        let samples: Vec<u16> = luma.chain(std::iter::repeat_n(128, 2 * 32 * 16)).collect();
        let bytes: Vec<u8> = if deep {
            samples.iter().flat_map(|sample| (sample << 2).to_le_bytes()).collect()
        } else {
            samples.iter().map(|&sample| sample as u8).collect()
        };
        Frame::new(0, layout, HD, bytes)
    }

    #[test]
    fn the_frames_own_size_changes_nothing() {
        let (frame, mut screen) = (halves(false), Screen::default());
        let mut out = vec![0; 64 * 32 * 4];
        screen.convert(&frame, (64, 32), &mut out);
        assert_eq!(out, frame.rgba().pixels);
    }

    #[test]
    fn what_is_shrunk_stays_where_it_is() {
        for deep in [false, true] {
            let (frame, mut screen) = (halves(deep), Screen::default());
            // A second frame of another size finds what the first one left behind.
            for (width, height) in [(8, 4), (21, 9)] {
                let mut out = vec![0; (width * height * 4) as usize];
                screen.convert(&frame, (width, height), &mut out);
                let row: Vec<u8> = out.chunks(4).take(width as usize).map(|pixel| pixel[0]).collect();
                assert!(row[0] < 3 && row[width as usize - 1] > 252, "{row:?}");
                assert!(row.windows(2).all(|pair| pair[0] <= pair[1]), "{row:?}");
                assert!(out.chunks(4).all(|pixel| pixel[3] == 255));
            }
        }
    }
}
