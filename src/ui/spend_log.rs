//! The spend log: every task at a host that charges, by day, newest first. Amounts are estimates.

use egui::{Align, Frame, Layout, Margin, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::UiContext;
use super::settings::about;
use super::sheet;
use super::theme::metrics::space;
use super::theme::{Theme, Type};
use super::widgets::{Button, name_scroll_bars};
use crate::domain::generation::UnixMillis;
use crate::domain::model::{Catalogue, Host};
use crate::domain::spend::{Charge, LocalDay, SpendEntry, Spent};
use crate::state::{Action, Command, SettingsCommand};
use crate::words::{self, Spoken};

/// Every line is as high, so that only those in view are laid out.
const LINE: f32 = 38.0;
const TIME_WIDTH: f32 = 52.0;
const AMOUNT_WIDTH: f32 = 96.0;

/// The sheet, and the lines it made of the log.
#[derive(Default)]
pub struct SpendLogSheet {
    lines: Vec<Line>,
    made_for: Option<(u64, LocalDay, Spoken)>,
}

enum Line {
    Day {
        title: String,
        total: Spent,
    },
    /// The place of an entry in the log, and its time of day.
    Entry {
        index: usize,
        time: String,
    },
}

impl SpendLogSheet {
    pub fn ui(&mut self, ui: &Ui, cx: &mut UiContext<'_>) {
        let theme = Theme::of(ui.ctx());
        self.refresh(cx);
        let entries = cx.state.money.entries();
        let (mut done, mut export) = (false, false);
        let footer = |ui: &mut Ui| {
            Frame::new().inner_margin(Margin::symmetric(24, 14)).show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.label(Type::Small.rich(words!("log-estimates"), theme.palette.muted));
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        ui.spacing_mut().item_spacing.x = space::M;
                        done = ui.add(Button::new(&words!("done")).primary()).clicked();
                        export = ui.add(Button::new(&words!("log-export")).enabled(!entries.is_empty())).clicked();
                    });
                });
            });
        };
        let lines = &self.lines;
        let closed = sheet::framed(ui, &words!("log-title"), sheet::width(ui.ctx()), footer, |ui, most| {
            if lines.is_empty() {
                Frame::new().inner_margin(Margin::symmetric(24, 32)).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    ui.label(Type::Body.rich(words!("log-empty"), theme.palette.muted));
                });
                return;
            }
            let area = ScrollArea::vertical().max_height(most).auto_shrink([false, true]);
            let shown = area.show_rows(ui, LINE, lines.len(), |ui, shown| {
                for line in &lines[shown] {
                    show(ui, &theme, line, entries);
                }
            });
            name_scroll_bars(ui, &words!("scroll-log"), shown);
        });
        if export {
            cx.send(Command::Settings(SettingsCommand::ExportSpendLog));
        }
        if closed || done {
            cx.act(Action::CloseTop);
        }
    }

    /// Lays the log out by day where it, the day or the language is another than before.
    fn refresh(&mut self, cx: &UiContext<'_>) {
        let money = &cx.state.money;
        let Some(day) = money.day else { return };
        let key = Some((money.revision, day, words::spoken()));
        if self.made_for != key {
            self.made_for = key;
            self.lines = lines(money.entries(), &day, &TimeZone::system());
        }
    }
}

fn lines(entries: &[SpendEntry], today: &LocalDay, zone: &TimeZone) -> Vec<Line> {
    let local = |at: UnixMillis| zone.to_datetime(Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH));
    let today = local(today.start).date();
    let mut lines = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let at = local(entry.at);
        let begins = index.checked_sub(1).is_none_or(|before| local(entries[before].at).date() != at.date());
        if begins {
            let of_day = entries[index..].iter().take_while(|entry| local(entry.at).date() == at.date());
            let total = Spent::since(UnixMillis(i64::MIN), of_day);
            lines.push(Line::Day { title: day_title(at.date(), today), total });
        }
        lines.push(Line::Entry { index, time: at.strftime("%H:%M").to_string() });
    }
    lines
}

/// "Today", "Yesterday", "Tuesday 24 November", with the year where it is another.
fn day_title(date: Date, today: Date) -> String {
    if date == today {
        words!("log-today")
    } else if date.tomorrow().is_ok_and(|next| next == today) {
        words!("log-yesterday")
    } else if date.year() == today.year() {
        let weekday = date.weekday().to_monday_one_offset();
        words!("log-day", weekday = weekday, day = date.day(), month = date.month())
    } else {
        words!("log-day-of-year", day = date.day(), month = date.month(), year = date.year().to_string())
    }
}

fn show(ui: &mut Ui, theme: &Theme, line: &Line, entries: &[SpendEntry]) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
    let row = rect.shrink2(vec2(space::SECTION, 0.0));
    match line {
        Line::Day { title, total } => {
            response.widget_info(|| {
                WidgetInfo::labeled(Role::Label, true, words!("log-day-spoken", day = title, total = about(*total)))
            });
            let p = &theme.palette;
            left(ui, row, Type::BodyMedium, title, p.text);
            right(ui, row, Type::BodyMedium, &about(*total), p.text);
            ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Theme::hairline(p.line));
        }
        // The log may have become shorter since the lines were made.
        Line::Entry { index, time } => {
            if let Some(entry) = entries.get(*index) {
                let words = paint_entry(ui, theme, row, time, entry);
                response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
            }
        }
    }
}

/// Time, prompt, what is known of the charge, host and amount. Returns them as one sentence.
fn paint_entry(ui: &Ui, theme: &Theme, row: Rect, time: &str, entry: &SpendEntry) -> String {
    let p = &theme.palette;
    left(ui, row, Type::SmallMono, time, p.muted);
    let amount = entry
        .estimate
        .map_or_else(|| words!("log-price-unknown"), |cents| words!("price-about", amount = cents.to_string()));
    let color = if entry.charge == Charge::Not { p.muted } else { p.text2 };
    right(ui, row, Type::Small, &amount, color);
    let catalogue = Catalogue::built_in();
    let host = catalogue.host(&entry.host).map_or_else(|| entry.host.clone(), Host::title);
    let mut room = row;
    room.max.x -= AMOUNT_WIDTH;
    room.max.x = right(ui, room, Type::Small, &host, p.muted) - space::XXL;
    if let Some(words) = entry.charge.words() {
        let color = if entry.charge == Charge::Maybe { p.warning } else { p.muted };
        room.max.x = right(ui, room, Type::Small, &words, color) - space::XXL;
    }
    room.min.x += TIME_WIDTH;
    let prompt = entry.prompt.split_whitespace().collect::<Vec<_>>().join(" ");
    let prompt = if prompt.is_empty() { words!("untitled-clip") } else { prompt };
    left(ui, room, Type::Body, &prompt, p.text);
    match entry.charge.words() {
        None => words!("log-entry-spoken", time = time, prompt = prompt, host = host, amount = amount),
        Some(charge) => words!(
            "log-entry-charge-spoken",
            time = time,
            prompt = prompt,
            host = host,
            amount = amount,
            charge = charge,
        ),
    }
}

fn left(ui: &Ui, row: Rect, style: Type, text: &str, color: egui::Color32) {
    let words = style.line_within(ui.painter(), text, color, row.width());
    ui.painter().galley(pos2(row.left(), row.center().y - words.size().y / 2.0), words, color);
}

/// Returns where the words begin.
fn right(ui: &Ui, row: Rect, style: Type, text: &str, color: egui::Color32) -> f32 {
    let words = style.line_within(ui.painter(), text, color, row.width());
    let at = pos2(row.right() - words.size().x, row.center().y - words.size().y / 2.0);
    ui.painter().galley(at, words, color);
    at.x
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::generation::GenerationId;
    use crate::domain::price::Cents;

    #[test]
    fn days_are_titled_and_summed_without_what_was_not_charged() {
        let day = |text: &str| UnixMillis(text.parse::<Timestamp>().unwrap().as_millisecond());
        let entry = |at: &str, cents, charge| SpendEntry {
            generation: GenerationId::new(at),
            at: day(at),
            host: "novita".to_owned(),
            model: "m".to_owned(),
            prompt: String::new(),
            estimate: Some(Cents(cents)),
            charge,
        };
        let entries = [
            entry("2026-11-25T09:30:00Z", 26, Charge::Likely),
            entry("2026-11-25T08:00:00Z", 61, Charge::Maybe),
            entry("2026-11-24T23:59:00Z", 12, Charge::Not),
            entry("2026-11-03T10:00:00Z", 12, Charge::Likely),
            entry("2025-11-03T10:00:00Z", 12, Charge::Likely),
        ];
        let today = LocalDay {
            start: day("2026-11-25T00:00:00Z"),
            end: day("2026-11-26T00:00:00Z"),
            month_start: day("2026-11-01T00:00:00Z"),
        };
        let words = lines(&entries, &today, &TimeZone::UTC).into_iter().map(|line| match line {
            Line::Day { title, total } => format!("{title} {}", about(total)),
            Line::Entry { index, time } => format!("{index} {time}"),
        });
        let expected = [
            "Today about $0.87",
            "0 09:30",
            "1 08:00",
            "Yesterday about $0.00",
            "2 23:59",
            "Tuesday 3 November about $0.12",
            "3 10:00",
            "3 November 2025 about $0.12",
            "4 10:00",
        ];
        assert_eq!(words.collect::<Vec<_>>(), expected);
    }
}
