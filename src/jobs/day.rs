//! The day on this computer, for sums that are counted by it.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use crate::domain::generation::UnixMillis;
use crate::domain::spend::LocalDay;

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// The day that `now` lies in, where this computer says it is.
#[must_use]
pub fn local_day(now: UnixMillis) -> LocalDay {
    day_in(&TimeZone::system(), now)
}

fn day_in(zone: &TimeZone, now: UnixMillis) -> LocalDay {
    let moment = Timestamp::from_millisecond(now.0).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned_datetime(zone.clone());
    let millis =
        |moment: Result<ZonedDateTime, jiff::Error>| moment.map(|at| UnixMillis(at.timestamp().as_millisecond()));
    let start = millis(moment.start_of_day());
    let end = millis(moment.tomorrow().and_then(|next| next.start_of_day()));
    let month_start = millis(moment.first_of_month().and_then(|first| first.start_of_day()));
    match (start, end, month_start) {
        (Ok(start), Ok(end), Ok(month_start)) => LocalDay { start, end, month_start },
        // At the ends of the calendar alone.
        _ => LocalDay { start: now, end: UnixMillis(now.0.saturating_add(DAY_MILLIS)), month_start: now },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_where_the_zone_says_and_are_as_long_as_it_says() {
        let hours = |zone: &str, at: &str| {
            let now = UnixMillis(at.parse::<Timestamp>().unwrap().as_millisecond());
            let day = day_in(&TimeZone::get(zone).unwrap(), now);
            assert!(day.contains(now) && !day.contains(day.end) && day.month_start <= day.start);
            let at = |moment: UnixMillis| Timestamp::from_millisecond(moment.0).unwrap().to_string();
            (at(day.start), at(day.month_start), (day.end.0 - day.start.0) / 3_600_000)
        };
        let berlin = hours("Europe/Berlin", "2026-03-29T12:00:00Z");
        assert_eq!(berlin, ("2026-03-28T23:00:00Z".to_owned(), "2026-02-28T23:00:00Z".to_owned(), 23));
        assert_eq!(hours("Pacific/Auckland", "2026-11-24T12:30:00Z").0, "2026-11-24T11:00:00Z");
        assert_eq!(hours("UTC", "2026-11-24T00:00:00Z").2, 24);
    }
}
