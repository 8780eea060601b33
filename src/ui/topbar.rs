//! The top bar: who makes the clips, what is left to spend, shortcuts and settings.

use egui::{Align, CornerRadius, Layout, Rect, Role, Sense, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::UiContext;
use super::icons::Icon;
use super::theme::metrics::{radius, size, space};
use super::theme::{Theme, Type};
use super::widgets::{Choice, Dropdown, IconButton, app_mark, focus_ring};
use crate::domain::model::Host;
use crate::state::{Action, Balance, Command, KeyState};

pub fn ui(ui: &mut Ui, cx: &mut UiContext<'_>) {
    let theme = Theme::of(ui.ctx());
    let bar = ui.max_rect();
    let mark = pos2(bar.left() + 16.0, bar.center().y - size::MARK.y / 2.0);
    app_mark(ui.painter(), &theme, mark);
    let name = Type::Heading.line(ui.painter(), "Inbetween", theme.palette.text);
    let at = pos2(mark.x + size::MARK.x + space::L, bar.center().y - name.size().y / 2.0);
    ui.painter().galley(at, name, theme.palette.text);
    host(ui, bar, cx);
    // From the left, as Tab goes through it.
    let width = balance_width(ui, cx) + 2.0 * (space::M + size::ICON_BUTTON);
    let right = Rect::from_min_max(pos2(bar.right() - 12.0 - width, bar.top()), bar.max - vec2(12.0, 0.0));
    let builder = UiBuilder::new().max_rect(right).layout(Layout::left_to_right(Align::Center));
    let mut row = ui.new_child(builder);
    row.spacing_mut().item_spacing.x = space::M;
    balance(&mut row, &theme, cx);
    let (name, tip) = (words!("shortcuts-title"), words!("top-shortcuts-tip"));
    if row.add(IconButton::new(Icon::KEYBOARD, &name).tooltip(&tip)).clicked() {
        cx.act(Action::ShowShortcuts);
    }
    let (name, tip) = (words!("settings-title"), words!("top-settings-tip"));
    if row.add(IconButton::new(Icon::SETTINGS, &name).tooltip(&tip)).clicked() {
        cx.act(Action::OpenSettings);
    }
}

fn host_words(host: &Host) -> String {
    words!("host-choice", name = host.title(), detail = host.detail())
}

fn host(ui: &mut Ui, bar: Rect, cx: &mut UiContext<'_>) {
    let hosts = &cx.state.catalogue.hosts;
    let words: Vec<String> = hosts.iter().map(host_words).collect();
    let choices: Vec<_> = hosts
        .iter()
        .zip(&words)
        .map(|(host, words)| {
            let icon = if host.free { Icon::THIS_COMPUTER } else { Icon::CLOUD };
            Choice::new(host.id.clone(), words).icon(icon)
        })
        .collect();
    let mut chosen = cx.state.settings.host.clone();
    let current = host_words(cx.state.host());
    let wide = Type::Body.line(ui.painter(), current.as_str(), theme_text(ui)).size().x + 76.0;
    let place = Rect::from_center_size(bar.center(), vec2(wide, size::FIELD));
    let spoken = words!("host-spoken", name = cx.state.host().title(), detail = cx.state.host().detail());
    let mut child = ui.new_child(UiBuilder::new().max_rect(place));
    if Dropdown::new(&words!("host-name"), &choices).width(wide).spoken(&spoken).show(&mut child, &mut chosen).changed()
    {
        cx.send(Command::SetHost(chosen));
    }
}

fn theme_text(ui: &Ui) -> egui::Color32 {
    Theme::of(ui.ctx()).palette.text
}

/// What is said of the balance, and how.
fn balance_words(cx: &UiContext<'_>) -> (String, String, Type) {
    let absent = matches!(cx.state.key, KeyState::Absent { .. });
    match (cx.state.host().free, absent, cx.state.balance) {
        (true, ..) => (words!("balance-free"), words!("balance-free-spoken"), Type::Small),
        (_, true, _) => (words!("balance-add-key"), words!("balance-add-key"), Type::SmallMedium),
        (.., Balance::Known { cents }) => (dollars(cents), spoken_dollars(cents), Type::SmallMono),
        (.., Balance::Unknown) => (words!("balance-unknown"), words!("balance-unknown"), Type::Small),
    }
}

/// Around the words of the balance.
const BALANCE_FRAME: f32 = 42.0;

fn balance_width(ui: &Ui, cx: &UiContext<'_>) -> f32 {
    let (words, _, style) = balance_words(cx);
    style.line(ui.painter(), words, theme_text(ui)).size().x + BALANCE_FRAME
}

/// The balance, or what stands in its place. Without a key it is a button that leads to Settings.
fn balance(ui: &mut Ui, theme: &Theme, cx: &mut UiContext<'_>) {
    let p = &theme.palette;
    let absent = matches!(cx.state.key, KeyState::Absent { .. });
    let (words, spoken, style) = balance_words(cx);
    let button = absent && !cx.state.host().free;
    let text = style.line(ui.painter(), words.as_str(), p.text2);
    let sense = if button { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(text.size().x + BALANCE_FRAME, 30.0), sense);
    let role = if button { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, &spoken));
    let fill = if button && response.hovered() { p.hover } else { p.panel };
    let corner = CornerRadius::same(radius::CONTROL);
    ui.painter().rect(rect, corner, fill, Theme::hairline(p.stroke), StrokeKind::Inside);
    if response.has_focus() {
        focus_ring(ui.painter(), rect, radius::CONTROL, theme);
    }
    let icon = if button { Icon::KEY } else { Icon::WALLET };
    icon.paint(ui.painter(), pos2(rect.left() + 18.0, rect.center().y), 14.0, p.muted);
    ui.painter().galley(pos2(rect.left() + 30.0, rect.center().y - text.size().y / 2.0), text, p.text2);
    if response.clicked() {
        cx.act(Action::OpenSettings);
    }
}

/// "$18.42"
#[must_use]
pub fn dollars(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}${}.{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
}

/// "Balance, 18 dollars 42"
fn spoken_dollars(cents: i64) -> String {
    let (dollars, cents_left) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
    let sign = if cents < 0 { "minus" } else { "plus" };
    words!("balance-spoken", sign = sign, dollars = dollars.to_string(), cents = format!("{cents_left:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_debt_is_shown_as_one() {
        assert_eq!(dollars(1842), "$18.42");
        assert_eq!(dollars(-5), "-$0.05");
        assert_eq!(spoken_dollars(1842), "Balance, 18 dollars 42");
    }
}
