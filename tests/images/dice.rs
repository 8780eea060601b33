//! Chance that comes again.

/// Small steps of a known generator, so that a failure comes again.
pub struct Dice(pub u64);

impl Dice {
    /// A number from 0 up to, not including, `below`; 0 where that is 0.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mixed = (self.0 ^ self.0 >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 33) as usize % below.max(1)
    }
}
