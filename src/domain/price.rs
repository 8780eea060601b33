//! What a clip costs, as an estimate: the hosts publish no price for these models.
//!
//! tokens = width × height × frames a second × seconds ÷ 1024, at the model's list rate per million tokens.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::model::{Host, Model, Size};

/// An amount in whole US cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cents(pub u64);

impl Cents {
    /// Most that can be typed: a million dollars.
    const MOST: u64 = 100_000_000;

    /// Reads an amount as people type it: "5", "$5", "5.00", "5,5". `None` where it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('$').trim();
        let (dollars, cents) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(dollars) || !digits(cents) || cents.len() > 2 || dollars.len() + cents.len() == 0 {
            return None;
        }
        let whole: u64 = if dollars.is_empty() { 0 } else { dollars.parse().ok()? };
        let part: u64 = format!("{cents:0<2}").parse().ok()?;
        whole.checked_mul(100)?.checked_add(part).filter(|amount| *amount <= Self::MOST).map(Self)
    }
}

impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// What is known of the price of one or more takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Price {
    /// The host charges nothing.
    Free,
    /// An estimate for all takes together.
    About { takes: u32, total: Cents },
    /// No rate is known for this model.
    Unknown,
}

impl Price {
    /// The estimate for `takes` clips: each is rounded to the cent, then multiplied.
    #[must_use]
    pub fn estimate(host: &Host, model: &Model, output: Size, seconds: u32, takes: u32) -> Self {
        if host.free {
            return Self::Free;
        }
        let Some(rate) = model.usd_per_million_tokens else { return Self::Unknown };
        let pixels = output.area() * u64::from(model.frame_count(seconds));
        let tokens = pixels as f64 / 1024.0;
        let each = (tokens * rate / 10_000.0).round() as u64;
        Self::About { takes, total: Cents(each * u64::from(takes)) }
    }

    /// The amount to book, where there is one.
    #[must_use]
    pub fn total(self) -> Option<Cents> {
        match self {
            Self::Free => Some(Cents(0)),
            Self::About { total, .. } => Some(total),
            Self::Unknown => None,
        }
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Free => f.write_str(&words!("price-free")),
            Self::About { takes: 1, total } => f.write_str(&words!("price-about", amount = total.to_string())),
            Self::About { takes, total } => {
                f.write_str(&words!("price-takes", takes = *takes, amount = total.to_string()))
            }
            Self::Unknown => f.write_str(&words!("price-unknown")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::Catalogue;
    use super::*;

    fn shown(host: &str, resolution: &str, takes: u32) -> String {
        let catalogue = Catalogue::built_in();
        let model = catalogue.default_model();
        let output = model.output_size(resolution, "16:9").unwrap();
        Price::estimate(catalogue.host(host).unwrap(), model, output, 5, takes).to_string()
    }

    #[test]
    fn five_seconds_cost_what_the_list_says() {
        assert_eq!(shown("novita", "480p", 1), "about $0.12");
        assert_eq!(shown("novita", "720p", 1), "about $0.26");
        assert_eq!(shown("novita", "1080p", 1), "about $0.61");
    }

    #[test]
    fn an_amount_is_read_as_people_type_it() {
        let table = [("5", 500), (" $5 ", 500), ("5.00", 500), ("5,5", 550), (".25", 25), ("$ 12.30", 1230), ("0", 0)];
        for (text, cents) in table {
            assert_eq!(Cents::parse(text), Some(Cents(cents)), "{text}");
        }
        for text in ["", "$", ".", "-1", "5.001", "five", "1e3", "1.000,00", "99999999999999999999", "1000001"] {
            assert_eq!(Cents::parse(text), None, "{text}");
        }
    }

    #[test]
    fn takes_are_rounded_one_by_one() {
        assert_eq!(shown("novita", "720p", 2), "2 takes, about $0.52");
        assert_eq!(shown("novita", "480p", 4), "4 takes, about $0.48");
    }

    #[test]
    fn rehearsal_is_free_and_a_missing_rate_is_said() {
        assert_eq!(shown("rehearsal", "1080p", 3), "Free");
        let catalogue = Catalogue::built_in();
        let mut model = catalogue.default_model().clone();
        model.usd_per_million_tokens = None;
        let price = Price::estimate(catalogue.host("novita").unwrap(), &model, Size::new(864, 480), 5, 1);
        assert_eq!(price.to_string(), "Price unknown");
        assert_eq!(price.total(), None);
    }
}
