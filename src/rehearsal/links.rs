//! Links to clips that need no key: signed for one job and one hour with a secret this process drew.

use std::time::{SystemTime, UNIX_EPOCH};

use sha2::{Digest, Sha256};

/// Seconds a link is good for.
pub(super) const LIFE: u64 = 3600;

const BLOCK: usize = 64;

/// Makes links and checks them.
pub(super) struct Signer {
    secret: [u8; 32],
}

impl Signer {
    pub(super) fn new() -> Self {
        Self { secret: rand::random() }
    }

    /// Path and query of a fresh link.
    pub(super) fn link(&self, id: &str) -> String {
        let expires = now() + LIFE;
        format!("/clips/{id}.mp4?expires={expires}&signature={}", self.sign(id, expires))
    }

    /// Whether a link was made here and is still good.
    pub(super) fn accepts(&self, id: &str, expires: u64, signature: &str) -> bool {
        expires >= now() && same(self.sign(id, expires).as_bytes(), signature.as_bytes())
    }

    fn sign(&self, id: &str, expires: u64) -> String {
        super::hex(&hmac(&self.secret, format!("{id}\n{expires}").as_bytes()))
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

/// HMAC-SHA-256 (RFC 2104) with a key of at most one block.
fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let padded = |mask: u8| {
        let mut block = [mask; BLOCK];
        for (byte, key) in block.iter_mut().zip(key) {
            *byte ^= key;
        }
        block
    };
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize().into()
}

/// Compares without telling by its time where the two differ.
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_the_standard_one() {
        // RFC 4231, test case 2.
        let code = hmac(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(super::super::hex(&code), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn a_link_is_good_for_its_own_job_and_time_alone() {
        let signer = Signer::new();
        let expires = now() + 60;
        let signature = signer.sign("one", expires);
        assert!(signer.accepts("one", expires, &signature));
        assert!(!signer.accepts("two", expires, &signature));
        assert!(!signer.accepts("one", expires + 1, &signature));
        assert!(!signer.accepts("one", expires, &signature[1..]));
        assert!(!Signer::new().accepts("one", expires, &signature));
        let past = now() - 1;
        assert!(!signer.accepts("one", past, &signer.sign("one", past)));
    }
}
