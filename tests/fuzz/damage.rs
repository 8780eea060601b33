//! Damage that knows nothing of what it damages: bits, bytes, ends, pieces.

use crate::dice::Dice;

/// Numbers that lengths, sizes and counts are wrong with.
const TELLING: [u8; 8] = [0, 1, 2, 0x7F, 0x80, 0xC0, 0xFE, 0xFF];
/// Nothing grows beyond this.
const LONGEST: usize = 64 * 1024;

/// Damages bytes in one place; `others` are cut up for pieces.
pub fn once(bytes: &mut Vec<u8>, dice: &mut Dice, others: &[Vec<u8>]) {
    if bytes.is_empty() {
        bytes.extend_from_slice(&others[dice.roll(others.len())]);
        return;
    }
    let at = dice.roll(bytes.len());
    match dice.roll(9) {
        0 => bytes[at] ^= 1 << dice.roll(8),
        1 => bytes[at] = dice.roll(256) as u8,
        2 => bytes[at] = TELLING[dice.roll(TELLING.len())],
        3 => {
            let number = ((dice.roll(1 << 16) as u32) << dice.roll(17)).to_be_bytes();
            let length = (bytes.len() - at).min(4);
            bytes[at..at + length].copy_from_slice(&number[..length]);
        }
        4 => bytes.truncate(at),
        5 => drop(bytes.drain(at..at + dice.roll(bytes.len() - at).min(64))),
        // A piece again, somewhere, perhaps many times.
        6 => {
            let piece = piece(bytes, dice, 200);
            let to = dice.roll(bytes.len());
            let times = if dice.roll(8) == 0 { dice.roll(60) } else { 1 };
            bytes.splice(to..to, piece.repeat(times));
        }
        // A piece of another, in place of what is there or between.
        7 => {
            let piece = piece(&others[dice.roll(others.len())], dice, 300);
            let end = bytes.len().min(at + piece.len());
            bytes.splice(at..end, piece);
        }
        _ => {
            let other = &others[dice.roll(others.len())];
            bytes.truncate(at);
            bytes.extend_from_slice(&other[dice.roll(other.len())..]);
        }
    }
    bytes.truncate(LONGEST);
}

fn piece(bytes: &[u8], dice: &mut Dice, longest: usize) -> Vec<u8> {
    let from = dice.roll(bytes.len());
    bytes[from..bytes.len().min(from + 1 + dice.roll(longest))].to_vec()
}
