//! Which part of a clip a download asks for.

/// What a `Range` header comes to for a file of a known length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Whole,
    /// From the first byte up to and without the second.
    Part(u64, u64),
    /// Nothing of it lies inside the file.
    Nothing,
}

/// Reads a `Range` header. What is no single range of bytes is treated as if it were not there, as HTTP wants.
pub(super) fn asked(header: Option<&str>, length: u64) -> Asked {
    let Some((from, to)) = header.and_then(|text| text.strip_prefix("bytes=")).and_then(|text| text.split_once('-'))
    else {
        return Asked::Whole;
    };
    let (from, to) = (from.trim(), to.trim());
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten();
    match (number(from), number(to)) {
        (Some(from), Some(to)) if from > to => Asked::Whole,
        (Some(from), _) if from >= length && (to.is_empty() || number(to).is_some()) => Asked::Nothing,
        (Some(from), Some(to)) => Asked::Part(from, to.saturating_add(1).min(length)),
        (Some(from), None) if to.is_empty() => Asked::Part(from, length),
        (None, Some(0)) if from.is_empty() => Asked::Nothing,
        (None, Some(last)) if from.is_empty() => Asked::Part(length.saturating_sub(last), length),
        _ => Asked::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_http_says() {
        for (header, expected) in [
            (None, Asked::Whole),
            (Some("bytes=0-"), Asked::Part(0, 100)),
            (Some("bytes=40-"), Asked::Part(40, 100)),
            (Some("bytes=40-49"), Asked::Part(40, 50)),
            (Some("bytes=40-40"), Asked::Part(40, 41)),
            (Some("bytes=40-1000"), Asked::Part(40, 100)),
            (Some("bytes=-10"), Asked::Part(90, 100)),
            (Some("bytes=-1000"), Asked::Part(0, 100)),
            (Some("bytes=100-"), Asked::Nothing),
            (Some("bytes=100-200"), Asked::Nothing),
            (Some("bytes=-0"), Asked::Nothing),
            (Some("bytes=9-4"), Asked::Whole),
            (Some("bytes=0-1,4-5"), Asked::Whole),
            (Some("bytes=-"), Asked::Whole),
            (Some("bytes=a-b"), Asked::Whole),
            (Some("bytes=+1-"), Asked::Whole),
            (Some("lines=1-2"), Asked::Whole),
        ] {
            assert_eq!(asked(header, 100), expected, "{header:?}");
        }
    }
}
