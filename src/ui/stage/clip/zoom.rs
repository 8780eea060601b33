//! How large the picture is shown, and which part of it: fitted whole, or pixel by pixel.

use egui::{Pos2, Rect, Response, TextureOptions, Ui, Vec2, vec2};

use crate::ui::stage::picture;

/// Least and largest zoom: screen pixels for a pixel of the picture.
const LEAST: f32 = 0.1;
const MOST: f32 = 16.0;
/// So much of a picture always stays in sight, in points.
const KEPT: f32 = 48.0;

/// How a frame goes to the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grain {
    /// How pixels are spread: as squares once they are enlarged.
    pub options: TextureOptions,
    /// The screen pixels a fitted picture is shown in; it needs no more. Otherwise every pixel of it is wanted.
    pub most: Option<[usize; 2]>,
}

impl Grain {
    /// The size in which a picture of `size` pixels is needed, where a texture's sides are at most `longest`.
    pub fn of(self, size: [usize; 2], longest: usize) -> [usize; 2] {
        let [wide, high] = size.map(|side| side.max(1));
        // Up to half its size the graphics card shrinks it as well, and handing it over takes less time than shrinking.
        let most = self.most.filter(|most| 2 * most[0] <= wide && 2 * most[1] <= high);
        let room = most.unwrap_or(size).map(|side| side.clamp(1, longest));
        // The one that is shorter of room decides; nothing is enlarged here.
        if room[0] >= wide && room[1] >= high {
            return [wide, high];
        }
        let by_width = [room[0].min(wide), (room[0].min(wide) * high).div_ceil(wide)];
        let by_height = [(room[1].min(high) * wide).div_ceil(high), room[1].min(high)];
        let small = if by_width[1] <= room[1] { by_width } else { by_height };
        [small[0].clamp(1, room[0]), small[1].clamp(1, room[1])]
    }
}

/// The view of the open clip.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Zoom {
    /// Screen pixels for a pixel of the picture; `None` fits the whole picture.
    scale: Option<f32>,
    /// Where the middle of the picture is from the middle of the viewer, in points.
    pan: Vec2,
}

impl Zoom {
    /// Shown whole.
    pub const FIT: Self = Self { scale: None, pan: Vec2::ZERO };
    /// Customary scales, in percent.
    pub const PERCENTS: [u32; 4] = [50, 100, 200, 400];

    pub fn percent(percent: u32) -> Self {
        Self { scale: Some((percent as f32 / 100.0).clamp(LEAST, MOST)), pan: Vec2::ZERO }
    }

    /// `None` where the picture is fitted.
    pub fn as_percent(self) -> Option<u32> {
        self.scale.map(|scale| (scale * 100.0).round() as u32)
    }

    /// Pixel by pixel where it was fitted, else fitted.
    pub fn toggled(self) -> Self {
        if self.scale.is_some() { Self::FIT } else { Self::percent(100) }
    }

    /// Where a picture of `size` pixels lies in `room`, with `density` screen pixels to a point.
    pub fn place(self, room: Rect, size: Vec2, density: f32) -> Rect {
        match self.scale {
            None => picture::fit(room, size.x / size.y.max(1.0)),
            Some(scale) => {
                let whole = size * scale / density;
                // On whole screen pixels, or 100 % would blur.
                let min = room.center() + self.pan - whole / 2.0;
                Rect::from_min_size((min.to_vec2() * density).round().to_pos2() / density, whole)
            }
        }
    }

    /// How a frame that lies at `place` goes to the screen, with `density` screen pixels to a point.
    pub fn grain(self, place: Rect, density: f32) -> Grain {
        let options = match self.scale {
            Some(scale) if scale > 1.0 => {
                TextureOptions { magnification: egui::TextureFilter::Nearest, ..TextureOptions::LINEAR }
            }
            _ => TextureOptions::LINEAR,
        };
        let fitted = (place.size() * density).round().max(Vec2::splat(1.0));
        let most = self.scale.is_none().then_some([fitted.x as usize, fitted.y as usize]);
        Grain { options, most }
    }

    /// Zooms by `factor` around `at`, which stays where it is.
    fn zoom(self, factor: f32, at: Pos2, room: Rect, size: Vec2, density: f32) -> Self {
        let before = self.place(room, size, density);
        let old = before.width() * density / size.x.max(1.0);
        let new = (old * factor).clamp(LEAST, MOST);
        let middle = at + (before.center() - at) * (new / old);
        Self { scale: Some(new), pan: middle - room.center() }
    }

    /// Keeps a part of the picture in sight.
    fn kept(self, room: Rect, size: Vec2, density: f32) -> Self {
        let Some(scale) = self.scale else { return self };
        let reach = (size * scale / density + room.size()) / 2.0 - vec2(KEPT, KEPT);
        let reach = reach.max(Vec2::ZERO);
        Self { pan: self.pan.clamp(-reach, reach), ..self }
    }

    /// Ctrl and the wheel, or a pinch, zoom; a drag, or the wheel alone, moves an enlarged picture.
    pub fn heed(&mut self, ui: &Ui, response: &Response, room: Rect, size: Vec2) {
        let density = ui.pixels_per_point();
        let over = ui.input(|input| input.pointer.hover_pos()).filter(|at| response.hovered() && room.contains(*at));
        if let Some(at) = over {
            let (factor, wheel) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta()));
            if (factor - 1.0).abs() > f32::EPSILON {
                *self = self.zoom(factor, at, room, size, density);
            } else if self.scale.is_some() {
                self.pan += wheel;
            }
        }
        if self.scale.is_some() && response.dragged() {
            self.pan += response.drag_delta();
        }
        *self = self.kept(room, size, density);
    }
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    const ROOM: Rect = Rect::from_min_max(pos2(100.0, 50.0), pos2(740.0, 530.0));
    const SIZE: Vec2 = vec2(1280.0, 720.0);

    #[test]
    fn a_hundred_percent_is_a_pixel_for_a_pixel_on_every_screen() {
        for density in [1.0, 1.5, 2.0] {
            let place = Zoom::percent(100).place(ROOM, SIZE, density);
            assert!((place.width() * density - SIZE.x).abs() < 0.01);
            let edge = place.left() * density;
            assert!((edge - edge.round()).abs() < 0.01, "on whole pixels");
        }
        assert!(ROOM.contains_rect(Zoom::FIT.place(ROOM, SIZE, 1.0)));
    }

    #[test]
    fn what_is_under_the_pointer_stays_there() {
        let at = pos2(300.0, 200.0);
        let spot = |zoom: Zoom| {
            let place = zoom.place(ROOM, SIZE, 1.0);
            (at - place.min) / place.size()
        };
        let mut zoom = Zoom::FIT;
        let before = spot(zoom);
        for factor in [1.3, 2.0, 0.7] {
            zoom = zoom.zoom(factor, at, ROOM, SIZE, 1.0);
            assert!((spot(zoom) - before).length() < 0.01);
        }
    }

    #[test]
    fn no_zoom_runs_away_and_no_picture_gets_lost() {
        let far = Zoom::percent(100).zoom(1e9, ROOM.center(), ROOM, SIZE, 1.0);
        assert_eq!(far.as_percent(), Some(1600));
        let lost = Zoom { pan: vec2(1e6, -1e6), ..Zoom::percent(100) };
        let place = lost.kept(ROOM, SIZE, 1.0).place(ROOM, SIZE, 1.0);
        assert!(place.intersect(ROOM).width() >= 40.0 && place.intersect(ROOM).height() >= 40.0);
    }

    #[test]
    fn zooming_to_pixels_goes_there_and_back() {
        assert_eq!(Zoom::FIT.toggled().as_percent(), Some(100));
        assert_eq!(Zoom::percent(400).toggled(), Zoom::FIT);
        assert_eq!(Zoom::percent(200).grain(ROOM, 1.0).options.magnification, egui::TextureFilter::Nearest);
        assert_eq!(Zoom::FIT.grain(ROOM, 1.0).options, TextureOptions::LINEAR);
    }

    #[test]
    fn a_fitted_picture_takes_no_more_pixels_than_are_seen() {
        let fitted = |size, density: f32| {
            let [wide, high] = size;
            let place = Zoom::FIT.place(ROOM, vec2(wide as f32, high as f32), density);
            Zoom::FIT.grain(place, density).of(size, 8192)
        };
        assert_eq!(fitted([1920, 1080], 1.0), [640, 360]);
        assert_eq!(fitted([1920, 1088], 1.0), [640, 363]);
        assert_eq!(fitted([1920, 1080], 2.0), [1920, 1080], "handed over sooner than shrunk");
        assert_eq!(fitted([320, 180], 1.0), [320, 180], "nothing is enlarged on the way");
        let whole = Zoom::percent(50).grain(ROOM, 1.0);
        assert_eq!(whole.of([1920, 1080], 8192), [1920, 1080], "zoomed, every pixel counts");
        assert_eq!(whole.of([16_000, 9_000], 4096), [4096, 2304], "but a texture has its limits");
    }
}
