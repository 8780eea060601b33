//! One decoded picture: its layout, its samples, and what they look like as RGBA.
//!
//! Samples are kept exactly as decoded, tightly packed, upright. Colour is converted only on
//! the way to the screen. Where frames come from and how long they live is not known here.

use md5::{Digest, Md5};
use yuv::{YuvPlanarImage, YuvRange, YuvStandardMatrix};

/// Which matrix turns YUV into RGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matrix {
    /// ITU-R BT.601, of small pictures and JPEG.
    Bt601,
    /// ITU-R BT.709, of HD.
    Bt709,
    /// ITU-R BT.2020, non-constant luminance.
    Bt2020,
}

/// How samples mean colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// From the stream, else by size: BT.709 from 720 lines up, BT.601 below.
    pub matrix: Matrix,
    /// Luma runs over 0–255 instead of 16–235.
    pub full_range: bool,
}

impl Colour {
    /// From the numbers of H.264's annex E. `lines` is the coded picture's height.
    pub(super) fn from_stream(matrix: u8, full_range: bool, lines: u32) -> Self {
        let matrix = match matrix {
            1 => Matrix::Bt709,
            4..=6 => Matrix::Bt601,
            9 | 10 => Matrix::Bt2020,
            _ if lines >= 720 => Matrix::Bt709,
            _ => Matrix::Bt601,
        };
        Self { matrix, full_range }
    }
}

/// How the samples of a frame lie in memory: Y, then U, then V, rows without padding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Visible width in pixels, upright.
    pub width: u32,
    /// Visible height in pixels, upright.
    pub height: u32,
    /// 4:2:2 instead of 4:2:0: chroma keeps every line.
    pub tall_chroma: bool,
    /// Two bytes a sample (10 bits, little-endian) instead of one.
    pub deep: bool,
}

impl Layout {
    /// Bytes of one sample.
    #[must_use]
    pub fn sample_bytes(self) -> usize {
        if self.deep { 2 } else { 1 }
    }

    /// Width and height of a chroma plane in samples.
    #[must_use]
    pub fn chroma_size(self) -> (usize, usize) {
        let high = if self.tall_chroma { self.height } else { self.height.div_ceil(2) };
        (self.width.div_ceil(2) as usize, high as usize)
    }

    /// Bytes of the luma plane.
    #[must_use]
    pub fn luma_bytes(self) -> usize {
        self.width as usize * self.height as usize * self.sample_bytes()
    }

    /// Bytes of one chroma plane.
    #[must_use]
    pub fn chroma_bytes(self) -> usize {
        let (wide, high) = self.chroma_size();
        wide * high * self.sample_bytes()
    }

    /// Bytes of a whole frame.
    #[must_use]
    pub fn frame_bytes(self) -> usize {
        self.luma_bytes() + 2 * self.chroma_bytes()
    }
}

/// One picture of a clip, exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Its place in the order of showing, from 0.
    pub number: usize,
    /// How `samples` is laid out.
    pub layout: Layout,
    /// What the samples mean.
    pub colour: Colour,
    samples: Vec<u8>,
}

/// A small or whole picture in RGBA, 8 bits, opaque, rows without padding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rgba {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// `width × height × 4` bytes.
    pub pixels: Vec<u8>,
}

impl Frame {
    /// `samples` must be `layout.frame_bytes()` long.
    pub(super) fn new(number: usize, layout: Layout, colour: Colour, samples: Vec<u8>) -> Self {
        debug_assert_eq!(samples.len(), layout.frame_bytes());
        Self { number, layout, colour, samples }
    }

    /// Y, U and V one after another, tightly packed: I420 for 8-bit 4:2:0.
    #[must_use]
    pub fn samples(&self) -> &[u8] {
        &self.samples
    }

    /// The three planes.
    #[must_use]
    pub fn planes(&self) -> [&[u8]; 3] {
        let (y, chroma) = self.samples.split_at(self.layout.luma_bytes());
        let (u, v) = chroma.split_at(self.layout.chroma_bytes());
        [y, u, v]
    }

    /// MD5 of the packed samples in lower-case hex, as ffmpeg's `framemd5` prints it.
    #[must_use]
    pub fn md5(&self) -> String {
        let digits = |byte: &u8| [byte >> 4, byte & 15].map(|d| char::from_digit(d.into(), 16).unwrap_or('0'));
        Md5::digest(&self.samples).iter().flat_map(digits).collect()
    }

    /// Writes the frame as RGBA into `out`, which is resized to fit and can be used again.
    pub fn to_rgba(&self, out: &mut Vec<u8>) {
        out.resize(self.layout.width as usize * self.layout.height as usize * 4, 255);
        self.write_rgba(out);
    }

    /// Writes the frame as RGBA into `out`, which has four bytes for each pixel.
    pub(super) fn write_rgba(&self, out: &mut [u8]) {
        let Layout { width, height, deep, tall_chroma, .. } = self.layout;
        let [y, u, v] = self.planes();
        if deep {
            let [y, u, v] = [y, u, v].map(eight_bits);
            convert([&y, &u, &v], (width, height), tall_chroma, self.colour, out);
        } else {
            convert([y, u, v], (width, height), tall_chroma, self.colour, out);
        }
    }

    /// The frame as a picture of its own.
    #[must_use]
    pub fn rgba(&self) -> Rgba {
        let mut pixels = Vec::new();
        self.to_rgba(&mut pixels);
        Rgba { width: self.layout.width, height: self.layout.height, pixels }
    }

    /// A small picture `width` pixels wide (at most the frame's own width), for strips and
    /// posters. Cheap: it looks at a few samples for every pixel.
    #[must_use]
    pub fn thumbnail(&self, width: u32) -> Rgba {
        let width = width.clamp(1, self.layout.width);
        let height = (u64::from(self.layout.height) * u64::from(width) / u64::from(self.layout.width)).max(1) as u32;
        let to = (width as usize, height as usize);
        let chroma = self.layout.chroma_size();
        let luma = (self.layout.width as usize, self.layout.height as usize);
        let [y, u, v] = self.planes();
        let bytes = self.layout.sample_bytes();
        let small = [shrink(y, luma, bytes, to), shrink(u, chroma, bytes, to), shrink(v, chroma, bytes, to)];
        let mut pixels = vec![255; to.0 * to.1 * 4];
        convert_whole([&small[0], &small[1], &small[2]], (width, height), self.colour, &mut pixels);
        Rgba { width, height, pixels }
    }
}

/// Converts planes of which each has a sample for every pixel.
pub(super) fn convert_whole(planes: [&[u8]; 3], size: (u32, u32), colour: Colour, out: &mut [u8]) {
    let image = image(planes, size, size.0);
    let (range, matrix) = standard(colour);
    let done = yuv::yuv444_to_rgba(&image, out, size.0 * 4, range, matrix);
    debug_assert!(done.is_ok());
}

/// Ten-bit little-endian samples, rounded down to eight bits for the screen.
pub(super) fn eight_bits(plane: &[u8]) -> Vec<u8> {
    plane.as_chunks().0.iter().map(|&pair| (u16::from_le_bytes(pair) >> 2).min(255) as u8).collect()
}

fn image(planes: [&[u8]; 3], (width, height): (u32, u32), chroma_stride: u32) -> YuvPlanarImage<'_, u8> {
    let [y_plane, u_plane, v_plane] = planes;
    YuvPlanarImage {
        y_plane,
        y_stride: width,
        u_plane,
        u_stride: chroma_stride,
        v_plane,
        v_stride: chroma_stride,
        width,
        height,
    }
}

fn convert(planes: [&[u8]; 3], size: (u32, u32), tall: bool, colour: Colour, out: &mut [u8]) {
    let image = image(planes, size, size.0.div_ceil(2));
    let (range, matrix) = standard(colour);
    let done = if tall {
        yuv::yuv422_to_rgba(&image, out, size.0 * 4, range, matrix)
    } else {
        yuv::yuv420_to_rgba(&image, out, size.0 * 4, range, matrix)
    };
    // The layout has fixed every length, so there is nothing left for it to refuse.
    debug_assert!(done.is_ok());
}

fn standard(colour: Colour) -> (YuvRange, YuvStandardMatrix) {
    let range = if colour.full_range { YuvRange::Full } else { YuvRange::Limited };
    let matrix = match colour.matrix {
        Matrix::Bt601 => YuvStandardMatrix::Bt601,
        Matrix::Bt709 => YuvStandardMatrix::Bt709,
        Matrix::Bt2020 => YuvStandardMatrix::Bt2020,
    };
    (range, matrix)
}

/// Samples looked at across and down for one pixel of a thumbnail.
const LOOKS: usize = 4;

/// A plane shrunk (or, for chroma, at times stretched) to `to`, with up to 4 × 4 looks a pixel.
fn shrink(plane: &[u8], from: (usize, usize), bytes: usize, to: (usize, usize)) -> Vec<u8> {
    let looks = |from: usize, to: usize| from.div_ceil(to).clamp(1, LOOKS);
    let (across, down) = (looks(from.0, to.0), looks(from.1, to.1));
    // The middle of look `k` of `n` in the box that pixel `at` covers.
    let middle = |at: usize, k: usize, n: usize, from: usize, to: usize| {
        ((2 * (at * n + k) + 1) * from / (2 * to * n)).min(from - 1)
    };
    let mut out = Vec::with_capacity(to.0 * to.1);
    for row in 0..to.1 {
        for column in 0..to.0 {
            let mut sum = 0;
            for k in 0..down {
                let line = middle(row, k, down, from.1, to.1) * from.0;
                for l in 0..across {
                    let at = (line + middle(column, l, across, from.0, to.0)) * bytes;
                    sum += match bytes {
                        1 => usize::from(plane[at]),
                        _ => usize::from(u16::from_le_bytes([plane[at], plane[at + 1]]) >> 2),
                    };
                }
            }
            out.push((sum / (across * down)).min(255) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const HD: Colour = Colour { matrix: Matrix::Bt709, full_range: false };

    fn flat(width: u32, height: u32, yuv: [u8; 3], colour: Colour) -> Frame {
        let layout = Layout { width, height, tall_chroma: false, deep: false };
        let chroma = layout.chroma_bytes();
        let samples = [vec![yuv[0]; layout.luma_bytes()], vec![yuv[1]; chroma], vec![yuv[2]; chroma]].concat();
        Frame::new(0, layout, colour, samples)
    }

    fn near(pixel: &[u8], wanted: [u8; 4]) -> bool {
        pixel.iter().zip(wanted).all(|(&a, b)| a.abs_diff(b) <= 2)
    }

    #[test]
    fn the_matrix_and_range_decide_the_colour() {
        let full = Colour { matrix: Matrix::Bt601, full_range: true };
        // BT.709's red, limited: 63, 102, 240.
        assert!(near(&flat(16, 8, [63, 102, 240], HD).rgba().pixels[..4], [255, 0, 0, 255]));
        assert!(near(&flat(16, 8, [16, 128, 128], HD).rgba().pixels[..4], [0, 0, 0, 255]));
        assert!(near(&flat(16, 8, [16, 128, 128], full).rgba().pixels[..4], [16, 16, 16, 255]));
        // JPEG's red: 76, 85, 255.
        assert!(near(&flat(16, 8, [76, 85, 255], full).rgba().pixels[..4], [255, 0, 0, 255]));
    }

    #[test]
    fn unspecified_colour_goes_by_the_number_of_lines() {
        assert_eq!(Colour::from_stream(2, false, 720).matrix, Matrix::Bt709);
        assert_eq!(Colour::from_stream(2, false, 719).matrix, Matrix::Bt601);
        assert_eq!(Colour::from_stream(1, false, 480).matrix, Matrix::Bt709);
        assert_eq!(Colour::from_stream(6, true, 1080), Colour { matrix: Matrix::Bt601, full_range: true });
    }

    #[test]
    fn odd_sizes_convert_and_shrink() {
        let frame = flat(33, 17, [63, 102, 240], HD);
        assert_eq!(frame.samples().len(), 33 * 17 + 2 * 17 * 9);
        assert!(near(frame.rgba().pixels.last_chunk::<4>().unwrap(), [255, 0, 0, 255]));
        let small = frame.thumbnail(8);
        assert_eq!((small.width, small.height, small.pixels.len()), (8, 4, 128));
        assert!(small.pixels.chunks(4).all(|p| near(p, [255, 0, 0, 255])));
    }

    #[test]
    fn a_thumbnail_keeps_where_things_are() {
        let mut frame = flat(64, 32, [16, 128, 128], HD);
        for row in 0..32 {
            frame.samples[row * 64 + 32..(row + 1) * 64].fill(235);
        }
        let small = frame.thumbnail(4);
        let row: Vec<u8> = small.pixels.chunks(4).take(4).map(|p| p[0]).collect();
        assert_eq!(row, [0, 0, 255, 255]);
    }

    #[test]
    fn ten_bit_samples_look_like_their_eight_bit_twins() {
        let layout = Layout { width: 4, height: 4, tall_chroma: false, deep: true };
        let words = [vec![235u16 << 2; 16], vec![128 << 2; 8]].concat();
        let frame = Frame::new(0, layout, HD, words.iter().flat_map(|w| w.to_le_bytes()).collect());
        assert!(near(&frame.rgba().pixels[..4], [255, 255, 255, 255]));
        assert!(near(&frame.thumbnail(2).pixels[..4], [255, 255, 255, 255]));
    }
}
