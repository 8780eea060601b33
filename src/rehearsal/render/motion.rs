//! What moves in a clip: the blend between the two pictures, the camera, and the light.
//!
//! Owns the curves and what the seed varies about them. Knows fractions of the picture and of the clip's length alone;
//! never a pixel.

use std::f64::consts::{PI, TAU};

/// Widest zoom of a move that has to come back to where it began.
const ROUND_TRIP_ZOOM: (f64, f64) = (0.05, 0.10);
/// Widest zoom of a move that may stay where it ends.
const ONE_WAY_ZOOM: (f64, f64) = (0.10, 0.16);
/// How far the light breathes, as a share of its strength.
const BREATH: (f64, f64) = (0.05, 0.08);

/// A rectangle of a picture in fractions of its sides. Always inside the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct View {
    pub left: f64,
    pub top: f64,
    /// The same share of both sides, above 0 and at most 1: the picture's shape never changes.
    pub share: f64,
}

impl View {
    pub(super) const WHOLE: Self = Self { left: 0.0, top: 0.0, share: 1.0 };

    /// The picture enlarged by `zoom` (0 is none), looking `aim` of the free way off its centre (-1 to 1 a side).
    fn zoomed(zoom: f64, aim: (f64, f64)) -> Self {
        let share = 1.0 / (1.0 + zoom);
        let free = 1.0 - share;
        let place = |aim: f64| free * aim.mul_add(0.5, 0.5);
        Self { left: place(aim.0), top: place(aim.1), share }
    }
}

/// What one frame shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shot {
    pub view: View,
    /// Share of the last picture, 0 to 1.
    pub blend: f64,
    /// Strength of the light; 1 leaves the picture as it is.
    pub light: f64,
}

/// Which of the four moves a clip makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// From one picture to the other while the camera goes out and comes back.
    TravelAndBlend,
    /// From one picture to the other with the camera still.
    Blend,
    /// Over one picture, one way.
    Travel,
    /// One picture, camera still: the light alone moves, so that the clip is not a dead still.
    Breathe,
}

/// The curves of one clip, fixed by its seed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Motion {
    kind: Kind,
    zoom: f64,
    aim: (f64, f64),
    /// Exponent on time: below 1 the change comes early, above 1 late.
    skew: f64,
    breath: f64,
    breaths: f64,
}

impl Motion {
    /// `two_pictures` is whether the clip has to end on a picture other than its first.
    pub(super) fn new(seed: i64, camera_fixed: bool, two_pictures: bool) -> Self {
        let kind = match (two_pictures, camera_fixed) {
            (true, false) => Kind::TravelAndBlend,
            (true, true) => Kind::Blend,
            (false, false) => Kind::Travel,
            (false, true) => Kind::Breathe,
        };
        let mut chance = Chance::new(seed);
        let zoom = if kind == Kind::Travel { ONE_WAY_ZOOM } else { ROUND_TRIP_ZOOM };
        let direction = chance.between(0.0, TAU);
        Self {
            kind,
            zoom: chance.between(zoom.0, zoom.1),
            aim: (direction.cos(), direction.sin()),
            skew: chance.between(0.8, 1.25),
            breath: chance.between(BREATH.0, BREATH.1) * if chance.unit() < 0.5 { -1.0 } else { 1.0 },
            breaths: if chance.unit() < 0.5 { 1.0 } else { 2.0 },
        }
    }

    /// What is seen at `time`, 0 for the first frame to 1 for the last.
    pub(super) fn at(&self, time: f64) -> Shot {
        let eased = ease(time.powf(self.skew));
        let still = Shot { view: View::WHOLE, blend: 0.0, light: 1.0 };
        match self.kind {
            Kind::TravelAndBlend => {
                Shot { view: View::zoomed(self.zoom * there_and_back(time), self.aim), blend: eased, ..still }
            }
            Kind::Blend => Shot { blend: eased, ..still },
            Kind::Travel => Shot { view: View::zoomed(self.zoom * eased, self.aim), ..still },
            Kind::Breathe => Shot { light: 1.0 + self.breath * there_and_back(fraction(time * self.breaths)), ..still },
        }
    }
}

/// From 0 to 1 with no speed and no acceleration at either end.
fn ease(time: f64) -> f64 {
    time * time * time * time.mul_add(time.mul_add(6.0, -15.0), 10.0)
}

/// From 0 up to 1 and back to 0, with no speed at either end.
fn there_and_back(time: f64) -> f64 {
    let half = (PI * time).sin();
    // sin(π) is not quite 0 in floating point, and the last frame has to show the last picture untouched.
    if time >= 1.0 { 0.0 } else { half * half }
}

/// The part after the point, with the end of the clip kept at 1.
fn fraction(value: f64) -> f64 {
    if value >= value.floor() && value > 0.0 && value.fract() == 0.0 { 1.0 } else { value.fract() }
}

/// Numbers that look random and are the same for the same seed on every machine and in every version.
struct Chance(u64);

impl Chance {
    fn new(seed: i64) -> Self {
        Self(seed.cast_unsigned())
    }

    /// The splitmix64 sequence as a number from 0 up to 1.
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEEDS: [i64; 5] = [0, 1, 42, 158_881_667, 2_147_483_647];

    fn every_motion() -> impl Iterator<Item = (Motion, bool, bool)> {
        SEEDS.into_iter().flat_map(|seed| {
            [(false, false), (false, true), (true, false), (true, true)]
                .map(|(fixed, two)| (Motion::new(seed, fixed, two), fixed, two))
        })
    }

    #[test]
    fn the_first_frame_is_the_first_picture_untouched() {
        for (motion, ..) in every_motion() {
            let shot = motion.at(0.0);
            assert_eq!(shot, Shot { view: View { share: 1.0, ..shot.view }, blend: 0.0, light: 1.0 });
        }
    }

    #[test]
    fn with_two_pictures_the_last_frame_is_the_last_picture_untouched() {
        for (motion, _, two) in every_motion() {
            let shot = motion.at(1.0);
            let expected = if two {
                Shot { view: View { share: 1.0, ..shot.view }, blend: 1.0, light: 1.0 }
            } else {
                Shot { blend: 0.0, ..shot }
            };
            assert_eq!(shot, expected);
        }
    }

    #[test]
    fn the_view_stays_inside_the_picture_and_the_blend_never_goes_back() {
        for (motion, ..) in every_motion() {
            let mut before = 0.0;
            for step in 0..=240 {
                let shot = motion.at(f64::from(step) / 240.0);
                assert!(shot.view.share > 0.8 && shot.view.share <= 1.0, "{shot:?}");
                for start in [shot.view.left, shot.view.top] {
                    assert!(start >= 0.0 && start + shot.view.share <= 1.0 + 1e-12, "{shot:?}");
                }
                assert!(shot.blend >= before && shot.blend <= 1.0, "{shot:?}");
                before = shot.blend;
            }
        }
    }

    #[test]
    fn a_fixed_camera_never_moves_and_is_still_no_dead_still() {
        for (motion, fixed, _) in every_motion().filter(|(_, fixed, _)| *fixed) {
            assert!(fixed);
            let shots: Vec<Shot> = (0..=240).map(|step| motion.at(f64::from(step) / 240.0)).collect();
            assert!(shots.iter().all(|shot| shot.view == View::WHOLE));
            assert!(shots.iter().any(|shot| shot.blend > 0.4 || (shot.light - 1.0).abs() > 0.04));
        }
    }

    #[test]
    fn a_free_camera_moves() {
        for (motion, ..) in every_motion().filter(|(_, fixed, _)| !fixed) {
            assert!(motion.at(0.5).view.share < 0.99);
        }
    }

    #[test]
    fn seeds_differ_and_repeat() {
        for fixed in [false, true] {
            for two in [false, true] {
                let middle = |seed| Motion::new(seed, fixed, two).at(0.37);
                assert_eq!(middle(7), middle(7));
                assert_ne!(middle(7), middle(8), "fixed {fixed}, two pictures {two}");
            }
        }
    }
}
