//! A request body as flat fields that borrow their text from it.
//!
//! Two pictures make a body of 80 MB: nothing in it is copied to be looked at. Which keys mean what stands in the
//! model's data, so this knows kinds of values alone.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// All fields of a body by key. Of a key given twice the last one counts.
pub(super) type Fields<'a> = HashMap<Cow<'a, str>, Field<'a>>;

/// A value of a body, as far as any parameter needs it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Field<'a> {
    Null,
    Flag(bool),
    Whole(i64),
    Text(Cow<'a, str>),
    /// A fraction, a number beyond 64 bits, a list or an object: no parameter takes one.
    Other,
}

/// Reads a body. The error says what is wrong and where.
pub(super) fn read(body: &[u8]) -> Result<Fields<'_>, serde_json::Error> {
    struct Keyed<'a>(HashMap<Key<'a>, Field<'a>>);
    impl<'de> Deserialize<'de> for Keyed<'de> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            HashMap::deserialize(deserializer).map(Keyed)
        }
    }
    let Keyed(fields) = serde_json::from_slice(body)?;
    Ok(fields.into_iter().map(|(Key(key), field)| (key, field)).collect())
}

#[derive(PartialEq, Eq, Hash)]
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Field::deserialize(deserializer)? {
            Field::Text(text) => Ok(Self(text)),
            _ => Err(serde::de::Error::custom("a key that is no text")),
        }
    }
}

impl<'de> Deserialize<'de> for Field<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldVisitor)
    }
}

struct FieldVisitor;

impl<'de> Visitor<'de> for FieldVisitor {
    type Value = Field<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Field::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Field::Flag(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Field::Whole(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(value).map_or(Field::Other, Field::Whole))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Field::Other)
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Field::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Field::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Field::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Field::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_borrowed_from_the_body() {
        let fields =
            read(br#"{"image":"data:image/png;base64,AAAA","seed":-1,"x":[1,{"y":2}],"z":1.5}"#).expect("valid");
        assert!(matches!(fields.get("image"), Some(Field::Text(Cow::Borrowed(_)))));
        assert_eq!(fields.get("seed"), Some(&Field::Whole(-1)));
        assert_eq!(fields.get("x"), Some(&Field::Other));
        assert_eq!(fields.get("z"), Some(&Field::Other));
    }

    #[test]
    fn escaped_text_is_read_too() {
        let fields = read(br#"{"prompt":"a\/b \u4f60"}"#).expect("valid");
        assert_eq!(fields.get("prompt"), Some(&Field::Text("a/b 你".into())));
    }

    #[test]
    fn what_is_no_object_is_an_error() {
        for body in ["", "[]", "\"image\"", "{", "{\"a\":}", "null", "{} trailing"] {
            assert!(read(body.as_bytes()).is_err(), "{body}");
        }
    }
}
