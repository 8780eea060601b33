//! What a screen reader says of the form.

use crate::domain::draft::FrameChoice;
use crate::domain::frame::{FrameSlot, PictureFacts, ratio_label};
use crate::domain::price::Price;

/// "First frame, required"
pub fn well_name(slot: FrameSlot) -> String {
    match slot {
        FrameSlot::First => words!("spoken-first"),
        FrameSlot::Last => words!("spoken-last"),
    }
}

/// "3840 by 2160, 16 to 9, 4.2 megabytes", and what is wrong with it.
pub fn well_value(choice: &FrameChoice, warnings: &[String]) -> String {
    let mut value = match choice {
        FrameChoice::Empty => words!("spoken-empty"),
        FrameChoice::Reading { source, .. } => words!("spoken-reading", name = source.name()),
        FrameChoice::Unreadable { reason, .. } => reason.clone(),
        FrameChoice::Address { url } => words!("spoken-address", url = url),
        FrameChoice::Ready(picture) => facts(&picture.facts),
    };
    for warning in warnings {
        value = words!("spoken-and", value = value, warning = warning);
    }
    value
}

fn facts(facts: &PictureFacts) -> String {
    let ratio = ratio_label(facts.size).replace(':', &words!("spoken-ratio-to"));
    let megabytes = facts.bytes as f64 / 1e6;
    words!(
        "spoken-facts",
        width = facts.size.width,
        height = facts.size.height,
        ratio = ratio,
        megabytes = format!("{megabytes:.1}"),
    )
}

/// "Generate, about 26 cents"
pub fn generate(price: Price) -> String {
    match price {
        Price::Free => words!("spoken-generate-free"),
        Price::Unknown => words!("spoken-generate-unknown"),
        Price::About { total, .. } if total.0 < 100 => words!("spoken-generate-cents", cents = total.0),
        Price::About { total, .. } => {
            let cents = format!("{:02}", total.0 % 100);
            words!("spoken-generate-dollars", dollars = total.0 / 100, cents = cents)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::frame::PictureFormat;
    use crate::domain::model::Size;
    use crate::domain::price::Cents;

    #[test]
    fn figures_are_words() {
        let picture = PictureFacts { format: PictureFormat::Png, size: Size::new(3840, 2160), bytes: 4_200_000 };
        assert_eq!(facts(&picture), "3840 by 2160, 16 to 9, 4.2 megabytes");
        assert_eq!(generate(Price::About { takes: 1, total: Cents(26) }), "Generate, about 26 cents");
        assert_eq!(generate(Price::About { takes: 2, total: Cents(122) }), "Generate, about 1 dollars 22");
    }
}
