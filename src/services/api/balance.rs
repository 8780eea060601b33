//! The account's balance, which also proves a key without spending.

use serde_json::Value;

/// What an account can spend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// In 1/10000 US dollars; may be below zero.
    pub available: i64,
}

impl Balance {
    /// Reads `availableBalance`, a string by the contract and a number elsewhere.
    pub(super) fn read(answer: &Value) -> Option<Self> {
        let value = ["/availableBalance", "/data/availableBalance"].iter().find_map(|place| answer.pointer(place))?;
        let available = match value {
            Value::String(text) => text.trim().parse::<f64>().ok()?,
            other => other.as_f64()?,
        };
        available.is_finite().then_some(Self { available: available.round() as i64 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn strings_and_numbers_are_balances() {
        let read = |value: Value| Balance::read(&value).map(|balance| balance.available);
        assert_eq!(read(json!({ "availableBalance": "1000000", "cashBalance": "1" })), Some(1_000_000));
        assert_eq!(read(json!({ "availableBalance": -250 })), Some(-250));
        assert_eq!(read(json!({ "availableBalance": "12.6" })), Some(13));
        for none in [json!({}), json!({ "availableBalance": null }), json!({ "availableBalance": "much" }), json!([])] {
            assert_eq!(read(none), None);
        }
    }
}
