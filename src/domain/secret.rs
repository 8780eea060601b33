//! The API key: a value that cannot be printed and is wiped when dropped.

use std::fmt;

use zeroize::Zeroizing;

/// Longest key every keychain takes: Windows holds 1,280 ASCII characters.
const LONGEST: usize = 1_280;

/// A key for a host's API. `Debug` is redacted and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(Zeroizing<String>);

impl ApiKey {
    /// Takes what a user pasted: surrounding white space goes, a leading `Bearer ` too.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let trimmed = text.trim();
        let key = trimmed.strip_prefix("Bearer ").unwrap_or(trimmed).trim();
        if key.is_empty() {
            return Err(KeyError::Empty);
        }
        if key.len() > LONGEST {
            return Err(KeyError::TooLong { length: key.len() });
        }
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(KeyError::Characters);
        }
        Ok(Self(Zeroizing::new(key.to_owned())))
    }

    /// The key itself, for the header of a request or the keychain; nowhere else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The last four characters, by which its owner knows it; empty for a key too short to show any of.
    #[must_use]
    pub fn hint(&self) -> &str {
        if self.0.len() < 12 { "" } else { &self.0[self.0.len() - 4..] }
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

/// Why a text cannot be a key. The text itself is in none of the sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("{}", words!("key-empty"))]
    Empty,
    #[error("{}", words!("key-too-long", length = length.to_string(), limit = LONGEST.to_string()))]
    TooLong { length: usize },
    #[error("{}", words!("key-characters"))]
    Characters,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_key_is_trimmed_and_never_printed() {
        let key = ApiKey::parse("  Bearer sk_live_0123456789abcd \n").unwrap();
        assert_eq!(key.expose(), "sk_live_0123456789abcd");
        assert_eq!(key.hint(), "abcd");
        assert_eq!(format!("{key:?}"), "ApiKey(…)");
    }

    #[test]
    fn a_short_key_shows_nothing_of_itself() {
        assert_eq!(ApiKey::parse("secret").unwrap().hint(), "");
    }

    #[test]
    fn what_cannot_be_a_header_is_refused() {
        assert_eq!(ApiKey::parse(" \t "), Err(KeyError::Empty));
        assert_eq!(ApiKey::parse("two words"), Err(KeyError::Characters));
        assert_eq!(ApiKey::parse("ключ"), Err(KeyError::Characters));
        assert_eq!(ApiKey::parse(&"k".repeat(1_281)), Err(KeyError::TooLong { length: 1_281 }));
    }
}
