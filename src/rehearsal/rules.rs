//! The rules of a submit request other than those of its pictures.
//!
//! Pure: fields in, an order or the first refusal out. Every figure comes from the model's data.

use super::fields::{Field, Fields};
use super::refusal::{Reason, Refusal};
use crate::domain::model::{Model, Size};

/// A request whose parameters are all in order. The pictures are still text: a URL or Base64.
#[derive(Debug, PartialEq)]
pub(super) struct Order<'a> {
    pub first: &'a str,
    pub last: Option<&'a str>,
    pub size: Size,
    pub seconds: u32,
    pub camera_fixed: bool,
    /// `None` for a random one.
    pub seed: Option<i64>,
}

/// Checks every parameter against the model's rules.
pub(super) fn check<'a>(model: &Model, fields: &'a Fields<'a>) -> Result<Order<'a>, Refusal> {
    let rules = &model.request;
    let reader = Reader(fields);
    let first = reader
        .text(&rules.image_key)?
        .filter(|text| !text.is_empty())
        .ok_or_else(|| Refusal::parameter(&rules.image_key, "is required"))?;
    let last = match &rules.last_image_key {
        Some(key) => reader.text(key)?.filter(|text| !text.is_empty()),
        None => None,
    };
    if let Some(prompt) = reader.text("prompt")? {
        let (length, limit) = (prompt.chars().count(), rules.prompt_max_characters);
        if length > limit {
            return Err(Refusal::parameter("prompt", format!("has {length} characters; the limit is {limit}")));
        }
    }
    let size = output_size(model, &reader)?;
    let seconds = duration(model, &reader)?;
    let camera_fixed = match &rules.camera_fixed_key {
        Some(key) => reader.flag(key)?.unwrap_or(false),
        None => false,
    };
    let seed = match reader.whole("seed")?.unwrap_or(-1) {
        -1 => None,
        seed if (0..=rules.seed_max).contains(&seed) => Some(seed),
        seed => {
            return Err(Refusal::parameter("seed", format!("is {seed}; it must be -1 to {}", rules.seed_max)));
        }
    };
    Ok(Order { first, last, size, seconds, camera_fixed, seed })
}

fn output_size(model: &Model, reader: &Reader<'_>) -> Result<Size, Refusal> {
    let rules = &model.request;
    let names: Vec<&str> = model.output.resolutions.iter().map(|row| row.name.as_str()).collect();
    let resolution = reader.text("resolution")?.ok_or_else(|| Refusal::parameter("resolution", "is required"))?;
    if !names.contains(&resolution) {
        return Err(Refusal::parameter("resolution", not_one_of(resolution, &names)));
    }
    let ratio = reader.text(&rules.ratio_key)?.unwrap_or(&rules.default.ratio);
    model
        .output_size(resolution, ratio)
        .filter(|_| rules.ratios.iter().any(|known| known == ratio))
        .ok_or_else(|| Refusal::parameter(&rules.ratio_key, not_one_of(ratio, &rules.ratios)))
}

fn duration(model: &Model, reader: &Reader<'_>) -> Result<u32, Refusal> {
    let rules = &model.request;
    let given = reader.whole("duration")?.unwrap_or_else(|| i64::from(rules.default.duration));
    u32::try_from(given)
        .ok()
        .filter(|seconds| rules.durations.contains(seconds))
        .ok_or_else(|| Refusal::parameter("duration", not_one_of(given, &rules.durations)))
}

fn not_one_of<T: ToString>(given: impl std::fmt::Display, allowed: &[T]) -> String {
    let allowed: Vec<String> = allowed.iter().map(ToString::to_string).collect();
    format!("is {given}; it must be one of {}", allowed.join(", "))
}

/// Reads parameters by key. Absent and null are the same; a value of the wrong kind is refused.
struct Reader<'a>(&'a Fields<'a>);

impl<'a> Reader<'a> {
    fn text(&self, key: &str) -> Result<Option<&'a str>, Refusal> {
        match self.0.get(key) {
            None | Some(Field::Null) => Ok(None),
            Some(Field::Text(text)) => Ok(Some(text)),
            Some(_) => Err(Refusal::parameter(key, "must be a string")),
        }
    }

    fn whole(&self, key: &str) -> Result<Option<i64>, Refusal> {
        match self.0.get(key) {
            None | Some(Field::Null) => Ok(None),
            Some(Field::Whole(value)) => Ok(Some(*value)),
            Some(_) => Err(Refusal::parameter(key, "must be an integer")),
        }
    }

    fn flag(&self, key: &str) -> Result<Option<bool>, Refusal> {
        match self.0.get(key) {
            None | Some(Field::Null) => Ok(None),
            Some(Field::Flag(value)) => Ok(Some(*value)),
            Some(_) => Err(Refusal::parameter(key, "must be true or false")),
        }
    }
}

/// A body that is no JSON object.
pub(super) fn unreadable(error: &serde_json::Error) -> Refusal {
    Refusal::new(Reason::InvalidRequestBody, format!("the body is not a JSON object: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::model::Catalogue;
    use crate::rehearsal::fields;

    fn model() -> &'static Model {
        Catalogue::built_in().default_model()
    }

    fn refused(body: &str) -> Refusal {
        let fields = fields::read(body.as_bytes()).expect("valid JSON");
        check(model(), &fields).expect_err(body)
    }

    #[test]
    fn what_is_left_out_takes_its_documented_value() {
        let fields = fields::read(br#"{"image":"A","resolution":"480p"}"#).expect("valid JSON");
        let order = check(model(), &fields).expect("in order");
        let expected =
            Order { first: "A", last: None, size: Size::new(864, 480), seconds: 5, camera_fixed: false, seed: None };
        assert_eq!(order, expected);
    }

    #[test]
    fn every_value_on_offer_is_taken() {
        for row in &model().output.resolutions {
            for ratio in &model().request.ratios {
                for seconds in &model().request.durations {
                    let body = format!(
                        r#"{{"image":"A","last_image":"B","resolution":"{}","aspect_ratio":"{ratio}",
                            "duration":{seconds},"seed":2147483647,"camera_fixed":true,"prompt":null}}"#,
                        row.name
                    );
                    let fields = fields::read(body.as_bytes()).expect("valid JSON");
                    let order = check(model(), &fields).expect(&body);
                    assert_eq!((order.size, order.seconds), (row.sizes[ratio], *seconds));
                    assert_eq!((order.last, order.seed, order.camera_fixed), (Some("B"), Some(2_147_483_647), true));
                }
            }
        }
    }

    #[test]
    fn every_broken_rule_names_its_field() {
        for (body, field) in [
            (r#"{"resolution":"480p"}"#, "image"),
            (r#"{"image":"","resolution":"480p"}"#, "image"),
            (r#"{"image":null,"resolution":"480p"}"#, "image"),
            (r#"{"image":7,"resolution":"480p"}"#, "image"),
            (r#"{"image":"A","last_image":["B"],"resolution":"480p"}"#, "last_image"),
            (r#"{"image":"A"}"#, "resolution"),
            (r#"{"image":"A","resolution":"4k"}"#, "resolution"),
            (r#"{"image":"A","resolution":480}"#, "resolution"),
            (r#"{"image":"A","resolution":"480P"}"#, "resolution"),
            (r#"{"image":"A","resolution":"480p","aspect_ratio":"16:10"}"#, "aspect_ratio"),
            (r#"{"image":"A","resolution":"480p","aspect_ratio":1.78}"#, "aspect_ratio"),
            (r#"{"image":"A","resolution":"480p","duration":7}"#, "duration"),
            (r#"{"image":"A","resolution":"480p","duration":"5"}"#, "duration"),
            (r#"{"image":"A","resolution":"480p","duration":5.0}"#, "duration"),
            (r#"{"image":"A","resolution":"480p","seed":-2}"#, "seed"),
            (r#"{"image":"A","resolution":"480p","seed":2147483648}"#, "seed"),
            (r#"{"image":"A","resolution":"480p","seed":"1"}"#, "seed"),
            (r#"{"image":"A","resolution":"480p","camera_fixed":"yes"}"#, "camera_fixed"),
            (r#"{"image":"A","resolution":"480p","prompt":3}"#, "prompt"),
        ] {
            let refusal = refused(body);
            assert_eq!(refusal.field.as_deref(), Some(field), "{body}: {refusal}");
            assert_eq!(refusal.reason, Reason::InvalidRequestBody, "{body}");
        }
    }

    #[test]
    fn the_prompt_is_counted_in_characters_of_any_script() {
        let body = |count| format!(r#"{{"image":"A","resolution":"480p","prompt":"{}"}}"#, "你".repeat(count));
        let long = body(2000);
        let fields = fields::read(long.as_bytes()).expect("valid JSON");
        assert!(check(model(), &fields).is_ok());
        assert_eq!(refused(&body(2001)).to_string(), "prompt: has 2001 characters; the limit is 2000");
    }
}
