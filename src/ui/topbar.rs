//! The top bar: who makes the clips, what is left to spend, shortcuts and settings.

use egui::{Align, CornerRadius, Layout, Rect, Role, Sense, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::UiContext;
use super::icons::Icon;
use super::stage::centred_row;
use super::theme::metrics::{radius, size, space};
use super::theme::{Theme, Type};
use super::widgets::{Choice, Dropdown, IconButton, app_mark, focus_ring};
use crate::domain::model::Host;
use crate::state::{Action, Balance, Command, KeyState};

/// Below this width the host shows its name alone.
const SMALL_BELOW: f32 = 720.0;
/// Room of the name at the left, and of the balance and the buttons at the right.
const NAME: f32 = 80.0;
const RIGHT: f32 = 210.0;

pub fn ui(ui: &mut Ui, cx: &mut UiContext<'_>) {
    let theme = Theme::of(ui.ctx());
    let bar = ui.max_rect();
    let mark = pos2(bar.left() + 16.0, bar.center().y - size::MARK.y / 2.0);
    app_mark(ui.painter(), &theme, mark);
    let name = Type::Heading.line(ui.painter(), "Inbetween", theme.palette.text);
    let at = pos2(mark.x + size::MARK.x + space::L, bar.center().y - name.size().y / 2.0);
    ui.painter().galley(at, name, theme.palette.text);
    let name_right = at.x + NAME;
    // In a small window the host keeps between the name and what stands at the right.
    let small = bar.width() < SMALL_BELOW;
    let place = if small { Rect::from_x_y_ranges(name_right..=bar.right() - RIGHT, bar.y_range()) } else { bar };
    host(ui, place, small, cx);
    // From the left, as Tab goes through it.
    let width = balance_width(ui, cx) + 2.0 * (space::M + size::ICON_BUTTON);
    let right = Rect::from_min_max(pos2(bar.right() - 12.0 - width, bar.top()), bar.max - vec2(12.0, 0.0));
    let builder = UiBuilder::new().max_rect(right).layout(Layout::left_to_right(Align::Center));
    let mut row = ui.new_child(builder);
    row.spacing_mut().item_spacing.x = space::M;
    balance(&mut row, &theme, cx);
    let (name, tip) = (words!("shortcuts-title"), words!("top-shortcuts-tip", keys = keys(Action::ShowShortcuts)));
    if row.add(IconButton::new(Icon::KEYBOARD, &name).tooltip(&tip)).clicked() {
        cx.act(Action::ShowShortcuts);
    }
    let (name, tip) = (words!("settings-title"), words!("top-settings-tip", keys = keys(Action::OpenSettings)));
    if row.add(IconButton::new(Icon::SETTINGS, &name).tooltip(&tip)).clicked() {
        cx.act(Action::OpenSettings);
    }
}

/// The keys of an action, as this system writes them.
fn keys(action: Action) -> String {
    action.shortcut().map(|keys| keys.text(cfg!(target_os = "macos"))).unwrap_or_default()
}

fn host(ui: &mut Ui, place: Rect, small: bool, cx: &mut UiContext<'_>) {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    let hosts = &cx.state.catalogue.hosts;
    let details: Vec<String> = hosts.iter().map(|host| words!("host-detail", detail = host.detail())).collect();
    let titles: Vec<String> = hosts.iter().map(Host::title).collect();
    let choices: Vec<_> = hosts
        .iter()
        .zip(titles.iter().zip(&details))
        .map(|(host, (title, detail))| {
            let (icon, tint) = if host.free { (Icon::THIS_COMPUTER, p.first) } else { (Icon::CLOUD, p.accent) };
            let choice = Choice::new(host.id.clone(), title).icon(icon).tint(tint);
            if small { choice } else { choice.detail(detail) }
        })
        .collect();
    let mut chosen = cx.state.settings.host.clone();
    let current = cx.state.host();
    let spoken = words!("host-spoken", name = current.title(), detail = current.detail());
    let row = |ui: &mut Ui| Dropdown::new(&words!("host-name"), &choices).bar().spoken(&spoken).show(ui, &mut chosen);
    if centred_row(ui, place, "host", row).changed() {
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
const BALANCE_FRAME: f32 = 44.0;

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
    let (rect, response) = ui.allocate_exact_size(vec2(text.size().x + BALANCE_FRAME, size::BALANCE), sense);
    let role = if button { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, &spoken));
    let fill = if button && response.hovered() { p.hover } else { p.panel };
    let corner = CornerRadius::same(radius::CONTROL);
    ui.painter().rect(rect, corner, fill, Theme::hairline(p.line), StrokeKind::Inside);
    if response.has_focus() {
        focus_ring(ui.painter(), rect, radius::CONTROL, theme);
    }
    let icon = if button { Icon::KEY } else { Icon::WALLET };
    icon.paint(ui.painter(), pos2(rect.left() + 19.0, rect.center().y), 14.0, p.muted);
    ui.painter().galley(pos2(rect.left() + 32.0, rect.center().y - text.size().y / 2.0), text, p.text2);
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
