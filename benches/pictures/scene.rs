//! A picture like a photo, the same on every machine: soft shapes, hard edges, grain.

/// Amounts of light by the size of their shapes in pixels.
const SHAPES: [(u32, f32); 5] = [(1024, 0.45), (256, 0.25), (64, 0.15), (16, 0.1), (5, 0.05)];
/// Share of the whole scale that the grain takes: that of a photo at ISO 400 or so.
const GRAIN: f32 = 0.05;

/// Red, green and blue from 0 to 1.
pub fn pixel(x: u32, y: u32) -> [f32; 3] {
    let light: f32 = SHAPES.iter().map(|(cell, share)| smooth(x, y, *cell, *cell) * share).sum();
    let edge = if smooth(x, y, 700, 7) > 0.55 { 0.18 } else { 0.0 };
    let grain = ((mixed(x, y, 99) & 0xFF) as f32 / 255.0 - 0.5) * GRAIN;
    let warmth = smooth(x, y, 1500, 3);
    let level = light * 0.9 + edge + grain;
    [level * (0.7 + 0.4 * warmth), level * 0.9, level * (1.1 - 0.4 * warmth)].map(|value| value.clamp(0.0, 1.0))
}

fn smooth(x: u32, y: u32, cell: u32, seed: u32) -> f32 {
    let ease = |along: u32| {
        let part = (along % cell) as f32 / cell as f32;
        part * part * (3.0 - 2.0 * part)
    };
    let at = |right: u32, down: u32| (mixed(x / cell + right, y / cell + down, seed) & 0xFFFF) as f32 / 65_535.0;
    let mix = |from: f32, to: f32, part: f32| from + (to - from) * part;
    let (top, bottom) = (mix(at(0, 0), at(1, 0), ease(x)), mix(at(0, 1), at(1, 1), ease(x)));
    mix(top, bottom, ease(y))
}

fn mixed(x: u32, y: u32, seed: u32) -> u32 {
    let mut hash = x.wrapping_mul(0x9E37_79B1) ^ y.wrapping_mul(0x85EB_CA77) ^ seed.wrapping_mul(0xC2B2_AE3D);
    hash = (hash ^ hash >> 15).wrapping_mul(0x2C1B_3C6D);
    hash = (hash ^ hash >> 12).wrapping_mul(0x297A_2D39);
    hash ^ hash >> 15
}
