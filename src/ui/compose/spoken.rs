//! What a screen reader says of the form.

use crate::domain::draft::FrameChoice;
use crate::domain::frame::{FrameSlot, PictureFacts, ratio_label};
use crate::domain::price::Price;

/// "First frame, required"
pub fn well_name(slot: FrameSlot) -> &'static str {
    match slot {
        FrameSlot::First => "First frame, required",
        FrameSlot::Last => "Last frame, optional",
    }
}

/// "3840 by 2160, 16 to 9, 4.2 megabytes", and what is wrong with it.
pub fn well_value(choice: &FrameChoice, warnings: &[String]) -> String {
    let mut value = match choice {
        FrameChoice::Empty => "empty".to_owned(),
        FrameChoice::Reading { source, .. } => format!("reading {}", source.name()),
        FrameChoice::Unreadable { reason, .. } => reason.clone(),
        FrameChoice::Address { url } => format!("sent as the address {url}"),
        FrameChoice::Ready(picture) => facts(&picture.facts),
    };
    for warning in warnings {
        value.push_str(". ");
        value.push_str(warning);
    }
    value
}

fn facts(facts: &PictureFacts) -> String {
    let ratio = ratio_label(facts.size).replace(':', " to ");
    let megabytes = facts.bytes as f64 / 1e6;
    format!("{} by {}, {ratio}, {megabytes:.1} megabytes", facts.size.width, facts.size.height)
}

/// "Generate, about 26 cents"
pub fn generate(price: Price) -> String {
    match price {
        Price::Free => "Generate, free".to_owned(),
        Price::Unknown => "Generate, price unknown".to_owned(),
        Price::About { total, .. } if total.0 < 100 => format!("Generate, about {} cents", total.0),
        Price::About { total, .. } => {
            format!("Generate, about {} dollars {:02}", total.0 / 100, total.0 % 100)
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
