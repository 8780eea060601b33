//! What moves, how long it takes, and what stands still when motion is reduced.
//!
//! Two kinds of movement: a *fade* changes colour or opacity in place and is only shortened; a *travel* moves or
//! grows something and becomes a jump. Both ease out, and repaint only until they arrive.

use egui::{Context, Id, emath::easing};

use super::metrics::time;

/// Whether movement is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Motion {
    #[default]
    Full,
    Reduced,
}

impl Motion {
    /// 0 to 1: how far the change of colour to `on` has come. `seconds` is a [`time`] token.
    #[must_use]
    pub fn fade(self, ctx: &Context, id: Id, on: bool, seconds: f32) -> f32 {
        let seconds = match self {
            Self::Full => seconds,
            Self::Reduced => seconds.min(time::REDUCED_FADE),
        };
        ctx.animate_bool_with_time_and_easing(id, on, seconds, easing::cubic_out)
    }

    /// 0 to 1: how far the move to `on` has come; at once when motion is reduced.
    #[must_use]
    pub fn travel(self, ctx: &Context, id: Id, on: bool, seconds: f32) -> f32 {
        match self {
            Self::Full => ctx.animate_bool_with_time_and_easing(id, on, seconds, easing::cubic_out),
            Self::Reduced => f32::from(u8::from(on)),
        }
    }

    /// `target`, or a value on its way there.
    #[must_use]
    pub fn approach(self, ctx: &Context, id: Id, target: f32, seconds: f32) -> f32 {
        match self {
            Self::Full => ctx.animate_value_with_time(id, target, seconds),
            Self::Reduced => target,
        }
    }
}
