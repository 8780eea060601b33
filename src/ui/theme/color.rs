//! Colour arithmetic: mixing two tokens, and the contrast between them.

use egui::Color32;

/// The colour `fraction` (clamped to 0..=1) of the way from `from` to `to`, mixed as the screen shows them.
#[must_use]
pub fn mix(from: Color32, to: Color32, fraction: f32) -> Color32 {
    let fraction = fraction.clamp(0.0, 1.0);
    let channel = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * fraction).round() as u8;
    let ([r0, g0, b0, a0], [r1, g1, b1, a1]) = (from.to_array(), to.to_array());
    Color32::from_rgba_premultiplied(channel(r0, r1), channel(g0, g1), channel(b0, b1), channel(a0, a1))
}

/// The same colour at `opacity` (0 to 1) of what it was.
#[must_use]
pub fn fade(color: Color32, opacity: f32) -> Color32 {
    color.gamma_multiply(opacity.clamp(0.0, 1.0))
}

/// WCAG 2 contrast ratio (1 to 21) of two opaque colours.
#[must_use]
pub fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// WCAG 2 relative luminance, 0 for black to 1 for white.
fn luminance(color: Color32) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_spans_one_to_twenty_one() {
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 1e-9);
        assert!((contrast(Color32::WHITE, Color32::WHITE) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn mixing_starts_and_ends_on_the_given_colours() {
        let (a, b) = (Color32::from_rgb(10, 20, 30), Color32::from_rgb(110, 220, 30));
        assert_eq!(mix(a, b, 0.0), a);
        assert_eq!(mix(a, b, 1.0), b);
        assert_eq!(mix(a, b, 0.5), Color32::from_rgb(60, 120, 30));
        assert_eq!(mix(a, b, 7.0), b);
    }
}
