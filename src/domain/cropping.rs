//! What a hand does to a crop: move it, pull a corner, and carry it over to an output of another shape.
//!
//! Every result lies inside its picture and has the output's ratio, to the nearest pixel.

use super::frame::Crop;
use super::model::Size;

/// A crop is never pulled smaller than this share of the largest one: less than that cannot be meant.
const SMALLEST_SHARE: f64 = 0.05;
/// Ratios this close are one shape: the sizes of one named ratio differ by up to 2 % between resolutions.
const SAME_SHAPE: f64 = 0.025;

/// A corner of a crop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Corner {
    TopLeft,
    TopRight,
    BottomLeft,
    BottomRight,
}

impl Corner {
    pub const ALL: [Self; 4] = [Self::TopLeft, Self::TopRight, Self::BottomLeft, Self::BottomRight];

    #[must_use]
    pub const fn is_left(self) -> bool {
        matches!(self, Self::TopLeft | Self::BottomLeft)
    }

    #[must_use]
    pub const fn is_top(self) -> bool {
        matches!(self, Self::TopLeft | Self::TopRight)
    }
}

impl Crop {
    /// Whether it has pixels and all of them lie in a picture of that size.
    #[must_use]
    pub fn lies_in(self, picture: Size) -> bool {
        let inside =
            |start: u32, length: u32, side: u32| length > 0 && start.checked_add(length).is_some_and(|end| end <= side);
        inside(self.x, self.width, picture.width) && inside(self.y, self.height, picture.height)
    }

    /// Moved by so many pixels, as far as the picture goes.
    #[must_use]
    pub fn moved(self, dx: i64, dy: i64, picture: Size) -> Self {
        let along = |start: u32, by: i64, length: u32, side: u32| {
            let most = i64::from(side.saturating_sub(length));
            u32::try_from(i64::from(start).saturating_add(by).clamp(0, most)).unwrap_or(0)
        };
        let x = along(self.x, dx, self.width, picture.width);
        let y = along(self.y, dy, self.height, picture.height);
        Self { x, y, ..self }
    }

    /// With this corner pulled to a point of the picture, in pixels; the opposite corner stays.
    ///
    /// The point need not lie on the crop's diagonal, nor in the picture: the crop follows the farther of its two
    /// sides, as far as the picture goes.
    #[must_use]
    pub fn pulled(self, corner: Corner, to: (f64, f64), picture: Size, output: Size) -> Self {
        let ratio = output.ratio();
        let (left, top) = (f64::from(self.x), f64::from(self.y));
        let (right, bottom) = (left + f64::from(self.width), top + f64::from(self.height));
        let (anchor_x, room_x) =
            if corner.is_left() { (right, right) } else { (left, f64::from(picture.width) - left) };
        let (anchor_y, room_y) =
            if corner.is_top() { (bottom, bottom) } else { (top, f64::from(picture.height) - top) };
        let wide = if corner.is_left() { anchor_x - to.0 } else { to.0 - anchor_x };
        let high = if corner.is_top() { anchor_y - to.1 } else { to.1 - anchor_y };
        let least = f64::from(Self::centred(picture, output).width) * SMALLEST_SHARE;
        let most = room_x.min(room_y * ratio).max(1.0);
        let width = wide.max(high * ratio).clamp(least.min(most), most);
        let size = |length: f64, room: f64| (length.round() as u32).clamp(1, (room as u32).max(1));
        let (width, height) = (size(width, room_x), size(width / ratio, room_y));
        Self {
            x: if corner.is_left() { self.x + self.width - width } else { self.x },
            y: if corner.is_top() { self.y + self.height - height } else { self.y },
            width,
            height,
        }
    }

    /// Larger or smaller around its own middle, as far as the picture goes.
    #[must_use]
    pub fn scaled(self, factor: f64, picture: Size, output: Size) -> Self {
        let largest = Self::centred(picture, output);
        let share = (f64::from(self.width) / f64::from(largest.width) * factor).clamp(SMALLEST_SHARE, 1.0);
        self.around_its_middle(share, largest, picture)
    }

    /// The same choice for another output: the same middle, and the same share of what that output could show.
    ///
    /// `self` was made for `before`.
    #[must_use]
    pub fn carried_over(self, picture: Size, before: Size, output: Size) -> Self {
        let share = f64::from(self.width) / f64::from(Self::centred(picture, before).width);
        self.around_its_middle(share.min(1.0), Self::centred(picture, output), picture)
    }

    /// This share of the largest crop, with the same middle as far as the picture goes.
    fn around_its_middle(self, share: f64, largest: Self, picture: Size) -> Self {
        let scaled = |side: u32| ((f64::from(side) * share).round() as u32).clamp(1, side);
        let (width, height) = (scaled(largest.width), scaled(largest.height));
        let start = |from: u32, length: u32, new: u32, side: u32| {
            let middle = f64::from(from) + f64::from(length) / 2.0;
            let start = (middle - f64::from(new) / 2.0).round().max(0.0) as u32;
            start.min(side.saturating_sub(new))
        };
        Self {
            x: start(self.x, self.width, width, picture.width),
            y: start(self.y, self.height, height, picture.height),
            width,
            height,
        }
    }
}

/// Whether two outputs are of one shape, so that a crop accepted for one was as good as seen for the other.
#[must_use]
pub fn is_same_shape(one: Size, other: Size) -> bool {
    (one.ratio() / other.ratio() - 1.0).abs() <= SAME_SHAPE
}

#[cfg(test)]
mod tests {
    use super::*;

    const PICTURE: Size = Size::new(4032, 3024);
    const OUTPUT: Size = Size::new(1248, 704);

    fn centred() -> Crop {
        Crop::centred(PICTURE, OUTPUT)
    }

    #[test]
    fn a_moved_crop_stops_at_the_edges() {
        let crop = centred();
        assert_eq!(crop.moved(0, 10, PICTURE).y, crop.y + 10);
        assert_eq!(crop.moved(500, -100_000, PICTURE), Crop { x: 0, y: 0, ..crop });
        assert_eq!(crop.moved(0, i64::MAX, PICTURE).y, PICTURE.height - crop.height);
    }

    #[test]
    fn every_corner_keeps_the_opposite_one_and_the_ratio() {
        let crop = Crop { x: 1000, y: 800, width: 1248, height: 704 };
        for corner in Corner::ALL {
            let x = if corner.is_left() { 600.0 } else { 2600.0 };
            let y = if corner.is_top() { 900.0 } else { 1400.0 };
            let pulled = crop.pulled(corner, (x, y), PICTURE, OUTPUT);
            let fixed = |crop: Crop| {
                let x = if corner.is_left() { crop.x + crop.width } else { crop.x };
                (x, if corner.is_top() { crop.y + crop.height } else { crop.y })
            };
            assert_eq!(fixed(pulled), fixed(crop), "{corner:?}");
            assert!(pulled.width > crop.width, "{corner:?}: the farther side leads");
            let ideal = f64::from(pulled.width) / OUTPUT.ratio();
            assert!((f64::from(pulled.height) - ideal).abs() <= 0.5, "{corner:?} {pulled:?}");
        }
    }

    #[test]
    fn a_corner_pulled_out_of_the_picture_stops_inside() {
        let crop = Crop { x: 3000, y: 2400, width: 624, height: 352 };
        let pulled = crop.pulled(Corner::BottomRight, (9e9, 9e9), PICTURE, OUTPUT);
        assert!(pulled.x + pulled.width <= PICTURE.width && pulled.y + pulled.height <= PICTURE.height, "{pulled:?}");
        let tiny = crop.pulled(Corner::BottomRight, (0.0, 0.0), PICTURE, OUTPUT);
        assert_eq!((tiny.x, tiny.y, tiny.width), (3000, 2400, 202));
    }

    #[test]
    fn a_choice_is_carried_over_to_another_resolution_and_ratio() {
        let low = centred().moved(0, -200, PICTURE);
        let output = Size::new(864, 480);
        let carried = low.carried_over(PICTURE, OUTPUT, output);
        assert_eq!((carried.width, carried.x), (4032, 0));
        let middle = |crop: Crop| crop.y + crop.height / 2;
        assert!(middle(carried).abs_diff(middle(low)) <= 1);
        assert_eq!(centred().carried_over(PICTURE, OUTPUT, Size::new(960, 960)), {
            Crop::centred(PICTURE, Size::new(960, 960))
        });
    }

    #[test]
    fn scaling_keeps_the_middle_and_stops_at_the_picture() {
        let half = centred().scaled(0.5, PICTURE, OUTPUT);
        assert_eq!((half.width, half.x), (2016, 1008));
        let whole = half.scaled(10.0, PICTURE, OUTPUT);
        assert_eq!((whole.width, whole.height, whole.x), (4032, 2274, 0));
        assert!(whole.y.abs_diff(centred().y) <= 1);
        assert_eq!(half.scaled(0.0, PICTURE, OUTPUT).width, 202);
    }

    #[test]
    fn resolutions_of_one_ratio_are_one_shape() {
        assert!(is_same_shape(Size::new(864, 480), Size::new(1920, 1088)));
        assert!(!is_same_shape(Size::new(1120, 832), Size::new(960, 960)));
    }
}
