//! A frame: the picture a clip starts or ends on, the limits it has to meet, and the crop it gets.
//!
//! Knows sizes, ratios and bytes; never opens a file and never touches a pixel.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::model::{PictureLimits, Size};

/// From this share of a side on, a crop is worth a warning.
pub const CROP_WARNING_SHARE: f64 = 0.02;

/// Which end of the clip a picture is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FrameSlot {
    First,
    Last,
}

impl FrameSlot {
    pub const BOTH: [Self; 2] = [Self::First, Self::Last];

    /// "First frame" or "Last frame".
    #[must_use]
    pub fn title(self) -> String {
        match self {
            Self::First => words!("frame-first"),
            Self::Last => words!("frame-last"),
        }
    }

    /// "first" or "last": the word of file names, and of the catalogue's choices.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Last => "last",
        }
    }

    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::First => Self::Last,
            Self::Last => Self::First,
        }
    }
}

/// A picture format the hosts name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureFormat {
    Jpeg,
    Png,
    Webp,
    Bmp,
    Tiff,
    Gif,
}

impl PictureFormat {
    /// Lower-case MIME subtype, as the contract writes it.
    #[must_use]
    pub const fn mime_subtype(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Bmp => "bmp",
            Self::Tiff => "tiff",
            Self::Gif => "gif",
        }
    }

    /// The usual ending of a file name, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            other => other.mime_subtype(),
        }
    }
}

/// File name endings of the formats, without the dot.
pub const PICTURE_ENDINGS: [&str; 9] = ["jpg", "jpeg", "jfif", "png", "webp", "bmp", "tif", "tiff", "gif"];

/// Whether a file is a picture by its name; its content decides once it is read.
#[must_use]
pub fn is_called_picture(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| PICTURE_ENDINGS.contains(&ending.as_str()))
}

/// What is known of a picture from its header alone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PictureFacts {
    pub format: PictureFormat,
    /// Size in pixels seen upright, after the turn its EXIF orientation asks for.
    pub size: Size,
    /// Length of the file in bytes.
    pub bytes: u64,
}

impl PictureFacts {
    /// Every limit this picture breaks, in the order a user would meet them.
    #[must_use]
    pub fn violations(&self, limits: &PictureLimits) -> Vec<PictureViolation> {
        let mut found = Vec::new();
        if !limits.formats.contains(&self.format) {
            found.push(PictureViolation::Format { format: self.format });
        }
        if self.size.shorter() <= limits.shorter_side_over {
            found.push(PictureViolation::TooSmall { side: self.size.shorter(), over: limits.shorter_side_over });
        }
        if self.size.longer() >= limits.longer_side_under {
            found.push(PictureViolation::TooLarge { side: self.size.longer(), under: limits.longer_side_under });
        }
        let ratio = self.size.ratio();
        if ratio < limits.ratio_min || ratio > limits.ratio_max {
            found.push(PictureViolation::Ratio { size: self.size, min: limits.ratio_min, max: limits.ratio_max });
        }
        if self.bytes > limits.max_bytes {
            found.push(PictureViolation::TooHeavy { bytes: self.bytes, max: limits.max_bytes });
        }
        found
    }
}

/// A limit of the contract that a picture breaks. Displays as the sentence shown to the user.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum PictureViolation {
    #[error("{}", words!("picture-format", format = format.mime_subtype().to_uppercase()))]
    Format { format: PictureFormat },
    #[error("{}", words!("picture-too-small", side = *side, over = *over))]
    TooSmall { side: u32, over: u32 },
    #[error("{}", words!("picture-too-large", side = *side, under = *under))]
    TooLarge { side: u32, under: u32 },
    #[error("{}", ratio_sentence(*size, *min, *max))]
    Ratio { size: Size, min: f64, max: f64 },
    #[error("{}", words!("picture-too-heavy", size = format_bytes_over(*bytes, *max), limit = format_bytes(*max)))]
    TooHeavy { bytes: u64, max: u64 },
}

/// A rectangle of a picture in pixels, seen upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crop {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

impl Crop {
    /// The largest centred rectangle of the output's ratio. Never empty for a picture with pixels.
    #[must_use]
    pub fn centred(picture: Size, output: Size) -> Self {
        let (pw, ph) = (u64::from(picture.width), u64::from(picture.height));
        let (ow, oh) = (u64::from(output.width), u64::from(output.height));
        let (width, height) = if pw * oh > ph * ow {
            (rounded_quotient(ph * ow, oh).clamp(1, pw), ph)
        } else {
            (pw, rounded_quotient(pw * oh, ow).clamp(1, ph))
        };
        let narrow = |value: u64| u32::try_from(value).expect("a crop is inside its picture");
        Self { x: narrow((pw - width) / 2), y: narrow((ph - height) / 2), width: narrow(width), height: narrow(height) }
    }

    /// The larger share of a side that is cut away, 0 to 1.
    #[must_use]
    pub fn lost_share(&self, picture: Size) -> f64 {
        // One division, so that 20 of 1000 pixels are exactly 2 %.
        let lost = |kept: u32, side: u32| f64::from(side.saturating_sub(kept)) / f64::from(side);
        lost(self.width, picture.width).max(lost(self.height, picture.height))
    }

    /// Whether enough is cut for the user to be told.
    #[must_use]
    pub fn is_noticeable(&self, picture: Size) -> bool {
        self.lost_share(picture) > CROP_WARNING_SHARE
    }
}

fn rounded_quotient(dividend: u64, divisor: u64) -> u64 {
    (dividend + divisor / 2) / divisor
}

/// Ratios people call by name, as width and height.
const NAMED_RATIOS: [(u32, u32); 12] =
    [(1, 1), (5, 4), (4, 3), (3, 2), (16, 10), (16, 9), (2, 1), (21, 9), (4, 5), (3, 4), (2, 3), (9, 16)];

/// How a size's ratio is spoken of: "16:9" where a known name is within 1.5 % (the hosts' own sizes are), else "3.2:1".
#[must_use]
pub fn ratio_label(size: Size) -> String {
    let ratio = size.ratio();
    let off = |(w, h): &(u32, u32)| (ratio / (f64::from(*w) / f64::from(*h)) - 1.0).abs();
    let nearest = NAMED_RATIOS.iter().min_by(|one, other| off(one).total_cmp(&off(other)));
    let named = nearest.filter(|nearest| off(nearest) < 0.015);
    named.map_or_else(|| ratio_to_one(size), |(w, h)| format!("{w}:{h}"))
}

/// Width for a height of one, with as few digits as keep it true: "3.2:1", "0.395:1".
fn ratio_to_one(size: Size) -> String {
    rounded_ratio(size, 4) + ":1"
}

fn ratio_sentence(size: Size, min: f64, max: f64) -> String {
    let ratio = ratio_outside(size, min, max);
    words!("picture-ratio", ratio = ratio, min = min.to_string(), max = max.to_string())
}

/// A ratio outside its bounds, with enough digits not to look like the bound itself.
fn ratio_outside(size: Size, min: f64, max: f64) -> String {
    let texts = (4..16).map(|digits| rounded_ratio(size, digits));
    let told_apart = texts.into_iter().find(|text| text.parse().is_ok_and(|ratio: f64| ratio < min || ratio > max));
    told_apart.map_or_else(|| ratio_to_one(size), |text| text + ":1")
}

fn rounded_ratio(size: Size, digits: usize) -> String {
    let text = format!("{:.digits$}", size.ratio());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A file size as people read it, in decimal units: "96 KB", "4.2 MB", "41 MB".
#[must_use]
pub fn format_bytes(bytes: u64) -> String {
    const KB: u64 = 1_000;
    const MB: u64 = 1_000_000;
    const GB: u64 = 1_000_000_000;
    let tenths = |unit: u64, name: &str| {
        let tenths = rounded_quotient(bytes * 10, unit);
        if tenths >= 100 || tenths.is_multiple_of(10) {
            format!("{} {name}", rounded_quotient(bytes, unit))
        } else {
            format!("{}.{} {name}", tenths / 10, tenths % 10)
        }
    };
    // A unit begins where the one below it would round up to a thousand.
    match bytes {
        0..KB => words!("bytes", count = bytes.to_string()),
        KB..999_500 => format!("{} KB", rounded_quotient(bytes, KB)),
        999_500..999_500_000 => tenths(MB, "MB"),
        _ => tenths(GB, "GB"),
    }
}

/// A size above a limit, never rounded down to the limit itself: 30,000,001 bytes are not "30 MB".
fn format_bytes_over(bytes: u64, limit: u64) -> String {
    let text = format_bytes(bytes);
    if text == format_bytes(limit) { words!("bytes", count = group_thousands(bytes)) } else { text }
}

/// Digits in groups of three: "30,000,001".
#[must_use]
pub fn group_thousands(value: u64) -> String {
    let digits = value.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

impl fmt::Display for FrameSlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A picture ready to be sent, exactly as it will be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PreparedFrame {
    /// A file in the library's own folder.
    File { path: PathBuf, format: PictureFormat },
    /// An address the host fetches by itself.
    Url(String),
}

/// Both pictures of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreparedFrames {
    pub first: PreparedFrame,
    pub last: Option<PreparedFrame>,
}

/// Pixels ready for the screen: 8-bit RGBA, rows from the top, no padding.
#[derive(Clone, PartialEq, Eq)]
pub struct Preview {
    pub size: Size,
    pub rgba: Arc<[u8]>,
}

impl fmt::Debug for Preview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Preview({})", self.size)
    }
}
