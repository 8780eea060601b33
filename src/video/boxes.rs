//! Reading ISO base media boxes from bytes nobody vouches for.
//!
//! Owns the box header and big-endian fields. Every read is checked, and nothing here
//! allocates by a number that stands in the file. What a box means is `mp4`'s business.

/// A four-character box or codec name.
pub(super) type FourCc = [u8; 4];

/// The bytes of one box after its header.
#[derive(Clone, Copy)]
pub(super) struct Box4<'a> {
    pub(super) name: FourCc,
    pub(super) body: &'a [u8],
}

/// The header of a box as it stands in a file: its name, and the lengths of header and body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) name: FourCc,
    /// Bytes before the body.
    pub(super) front: u64,
    /// Bytes of the body, as far as the file holds them.
    pub(super) body: u64,
    /// Bytes of header and body as the header says.
    pub(super) size: u64,
}

impl Header {
    /// Reads a header from up to 16 bytes; `left` is what remains from its start to the end
    /// of the file. A body that reaches past that end is cut to it: a clip whose download
    /// broke off still shows what it has.
    pub(super) fn parse(bytes: &[u8], left: u64) -> Option<Self> {
        let mut fields = Fields(bytes);
        let short = fields.u32()?;
        let name = fields.array()?;
        let (front, whole) = match short {
            0 => (8, left),
            1 => (16, fields.u64()?),
            n => (8, u64::from(n)),
        };
        let body = whole.min(left).checked_sub(front)?;
        Some(Self { name, front, body, size: whole })
    }
}

/// The boxes that lie one after another in `bytes`, up to the first that makes no sense.
pub(super) fn children(bytes: &[u8]) -> impl Iterator<Item = Box4<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let head = Header::parse(rest, rest.len() as u64)?;
        let start = usize::try_from(head.front).ok()?;
        let end = start.checked_add(usize::try_from(head.body).ok()?)?;
        let body = rest.get(start..end)?;
        rest = &rest[end..];
        Some(Box4 { name: head.name, body })
    })
}

/// The body of the first box called `name`.
pub(super) fn child(bytes: &[u8], name: FourCc) -> Option<&[u8]> {
    children(bytes).find(|b| b.name == name).map(|b| b.body)
}

/// The body found by going down through `path`.
pub(super) fn descend<'a>(bytes: &'a [u8], path: &[FourCc]) -> Option<&'a [u8]> {
    path.iter().try_fold(bytes, |inside, &name| child(inside, name))
}

/// Big-endian fields, read from the front.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    pub(super) fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (front, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(front)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    pub(super) fn skip(&mut self, n: usize) -> Option<()> {
        self.take(n).map(|_| ())
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.array().map(u8::from_be_bytes)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_be_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_be_bytes)
    }

    pub(super) fn i32(&mut self) -> Option<i32> {
        self.array().map(i32::from_be_bytes)
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_be_bytes)
    }

    /// Version and flags of a "full" box.
    pub(super) fn version(&mut self) -> Option<(u8, u32)> {
        let word = self.u32()?;
        Some(((word >> 24) as u8, word & 0x00ff_ffff))
    }

    /// A field that is 64 bits wide in version 1 and 32 bits before.
    pub(super) fn wide(&mut self, version: u8) -> Option<u64> {
        if version == 1 { self.u64() } else { self.u32().map(u64::from) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(name: FourCc, body: &[u8]) -> Vec<u8> {
        let mut out = u32::try_from(body.len() + 8).unwrap().to_be_bytes().to_vec();
        out.extend(name);
        out.extend(body);
        out
    }

    #[test]
    fn goes_down_through_nested_boxes() {
        let inner = boxed(*b"mdhd", &[7, 8]);
        let outer = [boxed(*b"free", &[]), boxed(*b"mdia", &inner)].concat();
        assert_eq!(descend(&outer, &[*b"mdia", *b"mdhd"]), Some(&[7, 8][..]));
        assert_eq!(descend(&outer, &[*b"mdia", *b"minf"]), None);
    }

    #[test]
    fn a_box_that_reaches_past_the_end_is_cut_to_it() {
        let mut bytes = boxed(*b"moov", &[1, 2, 3, 4]);
        bytes[3] = 200;
        assert_eq!(child(&bytes, *b"moov"), Some(&[1, 2, 3, 4][..]));
    }

    #[test]
    fn a_size_smaller_than_its_header_ends_the_walk() {
        for size in [2u32, 7] {
            let bytes = [size.to_be_bytes().to_vec(), b"moov".to_vec()].concat();
            assert_eq!(children(&bytes).count(), 0);
        }
        let huge = [1u32.to_be_bytes().to_vec(), b"moov".to_vec(), u64::MAX.to_be_bytes().to_vec()].concat();
        assert_eq!(child(&huge, *b"moov"), Some(&[][..]));
    }
}
