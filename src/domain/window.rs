//! Where the window was left, and where it may be put again.
//!
//! Points on the desktop; a window that is maximised or fills the screen keeps the place it goes back to.

use serde::{Deserialize, Serialize};

/// The least a window may be.
pub const SMALLEST: (u32, u32) = (1024, 680);

/// What it is where nothing is known.
pub const USUAL: (u32, u32) = (1440, 900);

/// How long a place has to last before it is believed, in milliseconds: on its way to being maximised a window is large
/// before it says so.
const SETTLED_MILLIS: i64 = 500;

/// So much of a window's upper edge has to be on a screen for it to be moved by hand.
const HANDLE: (i64, i64) = (120, 24);

/// Where a window is when it is not maximised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowPlace {
    /// Its upper left corner; `None` where the desktop does not tell.
    pub at: Option<(i32, i32)>,
    /// Inside its frame.
    pub size: (u32, u32),
    pub maximised: bool,
}

/// A rectangle of the desktop: a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    pub at: (i32, i32),
    pub size: (u32, u32),
}

/// The window as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Hidden or filling the screen: says nothing of its place.
    Away,
    Maximised,
    Normal {
        at: Option<(i32, i32)>,
        size: (u32, u32),
    },
}

impl Default for WindowPlace {
    fn default() -> Self {
        Self { at: None, size: USUAL, maximised: false }
    }
}

impl WindowPlace {
    /// The same place as far as these screens show it: never out of reach, never larger than its screen.
    #[must_use]
    pub fn on(self, screens: &[Screen]) -> Self {
        let size = (self.size.0.max(SMALLEST.0), self.size.1.max(SMALLEST.1));
        let at = self.at.and_then(|at| {
            let seen = |screen: &&Screen| {
                let (wide, high) = screen.overlap(at, (size.0, HANDLE.1 as u32));
                wide >= HANDLE.0 && high >= HANDLE.1
            };
            let screen = screens.iter().filter(seen).max_by_key(|screen| {
                let (wide, high) = screen.overlap(at, size);
                wide * high
            })?;
            Some(screen.hold(at, size))
        });
        let widest = screens.iter().map(|screen| screen.size.0).max().unwrap_or(size.0).max(SMALLEST.0);
        let highest = screens.iter().map(|screen| screen.size.1).max().unwrap_or(size.1).max(SMALLEST.1);
        Self { at, size: (size.0.min(widest), size.1.min(highest)), maximised: self.maximised }
    }
}

impl Screen {
    /// Width and height of what this screen shows of a rectangle.
    fn overlap(&self, at: (i32, i32), size: (u32, u32)) -> (i64, i64) {
        let along = |screen: i32, length: u32, at: i32, size: u32| {
            let (screen, at) = (i64::from(screen), i64::from(at));
            ((screen + i64::from(length)).min(at + i64::from(size)) - screen.max(at)).max(0)
        };
        (along(self.at.0, self.size.0, at.0, size.0), along(self.at.1, self.size.1, at.1, size.1))
    }

    /// The corner nearest to `at` with which a window of this size is wholly on the screen, or begins there.
    fn hold(&self, at: (i32, i32), size: (u32, u32)) -> (i32, i32) {
        let along = |screen: i32, length: u32, at: i32, size: u32| {
            let room = i64::from(length) - i64::from(size);
            let most = i64::from(screen) + room.max(0);
            i64::from(at).clamp(i64::from(screen), most) as i32
        };
        (along(self.at.0, self.size.0, at.0, size.0), along(self.at.1, self.size.1, at.1, size.1))
    }
}

/// Follows a window and tells where it is to be put the next time.
#[derive(Debug, Clone, Default)]
pub struct Placement {
    /// A normal place, and since when.
    newest: Option<(WindowPlace, i64)>,
}

impl Placement {
    /// The place to remember instead of `known`, if it is another one. `now` is in milliseconds; a window that `closes`
    /// waits for nothing.
    #[must_use]
    pub fn see(&mut self, known: Option<WindowPlace>, seen: Seen, now: i64, closes: bool) -> Option<WindowPlace> {
        let place = match seen {
            Seen::Away => {
                self.newest = None;
                return None;
            }
            Seen::Maximised => {
                self.newest = None;
                WindowPlace { maximised: true, ..known.unwrap_or_default() }
            }
            Seen::Normal { at, size } => {
                let place = WindowPlace { at, size, maximised: false };
                let since = match self.newest {
                    Some((newest, since)) if newest == place => since,
                    _ => now,
                };
                self.newest = Some((place, since));
                if now - since < SETTLED_MILLIS && !closes {
                    return None;
                }
                place
            }
        };
        Some(place).filter(|place| known != Some(*place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Screen = Screen { at: (0, 0), size: (1920, 1080) };
    const RIGHT: Screen = Screen { at: (1920, 0), size: (2560, 1440) };

    fn place(x: i32, y: i32, width: u32, height: u32) -> WindowPlace {
        WindowPlace { at: Some((x, y)), size: (width, height), maximised: false }
    }

    #[test]
    fn a_place_that_is_seen_stays() {
        for kept in [place(100, 50, 1440, 900), place(2000, 200, 1440, 900)] {
            assert_eq!(kept.on(&[LEFT, RIGHT]), kept);
        }
    }

    #[test]
    fn a_window_is_never_left_where_nobody_sees_it() {
        // Its screen is gone.
        assert_eq!(place(2000, 200, 1440, 900).on(&[LEFT]).at, None);
        assert_eq!(place(-5000, 0, 1440, 900).on(&[LEFT]).at, None);
        assert_eq!(place(100, 1079, 1440, 900).on(&[LEFT]).at, None);
        assert_eq!(place(100, 50, 1440, 900).on(&[]).at, None);
        // Half over an edge it is pulled back.
        assert_eq!(place(900, 300, 1440, 900).on(&[LEFT]).at, Some((480, 180)));
        assert_eq!(place(-200, 10, 1440, 900).on(&[LEFT]).at, Some((0, 10)));
        // Larger than its screen it begins there.
        assert_eq!(place(300, 50, 3000, 2000).on(&[LEFT]), place(0, 0, 1920, 1080));
    }

    #[test]
    fn a_broken_size_becomes_a_usable_one() {
        assert_eq!(place(0, 0, 0, 3).on(&[LEFT]).size, SMALLEST);
        assert_eq!(place(0, 0, u32::MAX, u32::MAX).on(&[LEFT]).size, LEFT.size);
        assert_eq!(place(i32::MAX, i32::MIN, u32::MAX, u32::MAX).on(&[LEFT]).at, None);
    }

    #[test]
    fn a_maximised_window_keeps_its_normal_place() {
        let mut placement = Placement::default();
        let normal = place(100, 50, 1200, 800);
        let seen = Seen::Normal { at: normal.at, size: normal.size };
        assert_eq!(placement.see(None, seen, 0, false), None);
        assert_eq!(placement.see(None, seen, 600, false), Some(normal));
        assert_eq!(placement.see(Some(normal), seen, 700, false), None, "known already");
        // It grows before it says that it is maximised.
        let large = Seen::Normal { at: Some((0, 0)), size: (1920, 1048) };
        assert_eq!(placement.see(Some(normal), large, 800, false), None);
        let maximised = WindowPlace { maximised: true, ..normal };
        assert_eq!(placement.see(Some(normal), Seen::Maximised, 820, false), Some(maximised));
        assert_eq!(placement.see(Some(maximised), Seen::Away, 5_000, true), None);
        // And back again.
        assert_eq!(placement.see(Some(maximised), seen, 6_000, false), None);
        assert_eq!(placement.see(Some(maximised), seen, 6_600, false), Some(normal));
    }

    #[test]
    fn a_window_that_closes_is_believed_at_once() {
        let normal = place(7, 8, 1100, 700);
        let seen = Seen::Normal { at: normal.at, size: normal.size };
        assert_eq!(Placement::default().see(None, seen, 0, true), Some(normal));
    }
}
