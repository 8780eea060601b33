//! The animatic: the eased in-between of the two prepared pictures, played from memory before anything is paid.
//!
//! It has Rehearsal's curves (no speed and no acceleration at either end; the camera goes out and comes back), so that it
//! promises no more than a rehearsal shows. Owns its clock alone; the pictures are the viewer's.

use std::f64::consts::PI;

/// How far the camera comes nearer between two pictures, as a share.
const ROUND_TRIP_ZOOM: f64 = 0.07;
/// How far it comes nearer over one picture.
const ONE_WAY_ZOOM: f64 = 0.13;

/// What one moment shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shot {
    /// Share of the last picture, 0 to 1.
    pub blend: f32,
    /// Share of the picture's sides that is seen, around its middle.
    pub view: f32,
    /// The frame that is shown, from 0.
    pub frame: u32,
}

/// A clip's shape.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Frames a second.
    pub fps: u32,
    pub frames: u32,
    pub camera_fixed: bool,
    pub two_pictures: bool,
}

/// The clock of a playing animatic, in seconds of the window's time.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Animatic {
    started: Option<f64>,
}

impl Animatic {
    #[must_use]
    pub fn is_playing(self) -> bool {
        self.started.is_some()
    }

    pub fn stop(&mut self) {
        self.started = None;
    }

    pub fn toggle(&mut self, now: f64) {
        self.started = if self.is_playing() { None } else { Some(now) };
    }

    /// What is to be seen now, and in how many seconds that changes. It ends by itself with the last frame.
    pub fn at(&mut self, now: f64, shape: Shape) -> Option<(Shot, f64)> {
        let elapsed = (now - self.started?).max(0.0) * f64::from(shape.fps);
        let frame = elapsed.floor();
        if frame >= f64::from(shape.frames) {
            self.started = None;
            return None;
        }
        let next = (frame + 1.0 - elapsed) / f64::from(shape.fps);
        Some((shape.shot(frame as u32), next))
    }
}

impl Shape {
    /// The frame of this number, from 0: the first is the first picture untouched, the last the last one.
    #[must_use]
    pub fn shot(self, frame: u32) -> Shot {
        let time = f64::from(frame) / f64::from(self.frames.saturating_sub(1).max(1));
        let eased = ease(time);
        let zoom = match (self.camera_fixed, self.two_pictures) {
            (true, _) => 0.0,
            (false, true) => ROUND_TRIP_ZOOM * (PI * time).sin().powi(2),
            (false, false) => ONE_WAY_ZOOM * eased,
        };
        let blend = if self.two_pictures { eased } else { 0.0 };
        Shot { blend: blend as f32, view: (1.0 / (1.0 + zoom)) as f32, frame }
    }
}

/// From 0 to 1 with no speed and no acceleration at either end (Perlin's quintic).
fn ease(time: f64) -> f64 {
    time * time * time * time.mul_add(time.mul_add(6.0, -15.0), 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape { fps: 24, frames: 120, camera_fixed: false, two_pictures: true };

    #[test]
    fn it_starts_on_the_first_picture_and_ends_on_the_last() {
        let ends = [SHAPE.shot(0), SHAPE.shot(119)];
        assert!(ends[0].blend <= 0.0 && ends[1].blend >= 1.0);
        assert!(ends.iter().all(|shot| (shot.view - 1.0).abs() < 1e-6));
        let middle = SHAPE.shot(60);
        assert!((0.4..0.6).contains(&middle.blend) && middle.view < 0.95);
        assert!(Shape { camera_fixed: true, ..SHAPE }.shot(60).view >= 1.0);
    }

    #[test]
    fn one_picture_is_only_travelled_over() {
        let shape = Shape { two_pictures: false, ..SHAPE };
        assert!(shape.shot(119).blend <= 0.0);
        assert!(shape.shot(119).view < shape.shot(60).view && shape.shot(60).view < 1.0);
    }

    #[test]
    fn the_clock_shows_each_frame_for_its_time_and_stops_at_the_end() {
        let mut animatic = Animatic::default();
        assert_eq!(animatic.at(5.0, SHAPE), None);
        animatic.toggle(10.0);
        let (shot, next) = animatic.at(10.0 + 2.5 / 24.0, SHAPE).unwrap();
        assert_eq!(shot.frame, 2);
        assert!((next - 0.5 / 24.0).abs() < 1e-9);
        assert_eq!(animatic.at(15.1, SHAPE), None);
        assert!(!animatic.is_playing());
    }
}
