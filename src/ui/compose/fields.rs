//! Resolution, ratio, duration, seed, takes and the camera.

use egui::{Align, Layout, Rect, Ui, UiBuilder, pos2, vec2};

use crate::domain::draft::MOST_TAKES;
use crate::domain::model::AUTO_RATIO;
use crate::domain::request::Violation;
use crate::state::Command;
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::theme::metrics::{size, space};
use crate::ui::theme::{Theme, Type};
use crate::ui::widgets::{Choice, Dropdown, IconButton, Stepper, Switch, TextField, field_label};

const GAP: f32 = 10.0;
const LABEL: f32 = 16.0 + space::S;

pub fn ui(ui: &mut Ui, gap: f32, cx: &mut UiContext<'_>) {
    let top = ui.cursor().min;
    let room = ui.available_width();
    let third = (room - 2.0 * GAP) / 3.0;
    let height = LABEL + size::FIELD;
    ui.allocate_space(vec2(room, height));
    let mut place = 0.0;
    let mut column = |ui: &mut Ui, width: f32, label: &str| {
        let rect = Rect::from_min_size(pos2(top.x + place, top.y), vec2(width, height));
        place += width + GAP;
        labelled(ui, rect, label)
    };
    resolution(&mut column(ui, third, &words!("field-resolution")), third, cx);
    ratio(
        &mut column(ui, third, &if cx.narrow { words!("field-ratio-short") } else { words!("field-ratio") }),
        third,
        cx,
    );
    duration(&mut column(ui, third, &words!("field-duration")), third, cx);
    ui.add_space(gap);
    seed_and_takes(ui, cx);
    ui.add_space(gap);
    if cx.narrow {
        // Without what they do there is room for both in a row.
        let row = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(vec2(room, size::SWITCH.y), row, |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            camera(ui, cx);
            ui.add_space(space::XL);
            original(ui, cx);
        });
        return;
    }
    camera(ui, cx);
    ui.add_space(space::M);
    original(ui, cx);
}

/// A child for a field, its label painted above it.
fn labelled(ui: &mut Ui, rect: Rect, label: &str) -> Ui {
    let builder = UiBuilder::new().max_rect(rect).id_salt(label).layout(Layout::top_down(Align::Min));
    let mut child = ui.new_child(builder);
    child.spacing_mut().item_spacing = vec2(0.0, space::S);
    field_label(&mut child, label);
    child
}

fn resolution(ui: &mut Ui, width: f32, cx: &mut UiContext<'_>) {
    let model = cx.state.model();
    let mut chosen = cx.state.draft.settings.resolution.clone();
    let choices: Vec<_> = model.output.resolutions.iter().map(|row| Choice::new(row.name.clone(), &row.name)).collect();
    if Dropdown::new(&words!("field-resolution"), &choices).width(width).show(ui, &mut chosen).changed() {
        cx.send(Command::SetResolution(chosen));
    }
}

fn ratio(ui: &mut Ui, width: f32, cx: &mut UiContext<'_>) {
    let model = cx.state.model();
    let resolution = &cx.state.draft.settings.resolution;
    let draft = &cx.state.draft;
    let mut chosen = if draft.auto_ratio { AUTO_RATIO } else { &draft.settings.ratio }.to_owned();
    let choice = |name: &'static String| {
        let choice = Choice::new(name.clone(), name);
        match model.output_size(resolution, name) {
            Some(size) => choice.ratio(size.ratio() as f32),
            None => choice,
        }
    };
    // What Auto comes to stands in the field itself.
    let auto = if draft.auto_ratio && draft.first.facts().is_some() {
        words!("field-auto-ratio", ratio = draft.ratio(model))
    } else {
        words!("field-auto")
    };
    let detail = words!("field-auto-detail");
    let mut choices = vec![Choice::new(AUTO_RATIO.to_owned(), &auto).detail(&detail)];
    choices.extend(model.request.ratios.iter().map(choice));
    if Dropdown::new(&words!("field-ratio"), &choices).width(width).show(ui, &mut chosen).changed() {
        cx.send(Command::SetRatio(chosen));
    }
}

fn duration(ui: &mut Ui, width: f32, cx: &mut UiContext<'_>) {
    let seconds = &cx.state.model().request.durations;
    let names: Vec<String> =
        seconds.iter().map(|seconds| words!("seconds-short", seconds = seconds.to_string())).collect();
    let choices: Vec<_> = seconds.iter().zip(&names).map(|(seconds, name)| Choice::new(*seconds, name)).collect();
    let mut chosen = cx.state.draft.settings.duration;
    if Dropdown::new(&words!("field-duration"), &choices).width(width).show(ui, &mut chosen).changed() {
        cx.send(Command::SetDuration(chosen));
    }
}

fn seed_and_takes(ui: &mut Ui, cx: &mut UiContext<'_>) {
    let theme = Theme::of(ui.ctx());
    let top = ui.cursor().min;
    let room = ui.available_width();
    let takes = if cx.narrow { 100.0 } else { 129.0 };
    let seed = room - takes - GAP;
    let error = seed_error(cx);
    ui.allocate_space(vec2(room, LABEL + size::FIELD));
    let left = Rect::from_min_size(top, vec2(seed, LABEL + size::FIELD));
    seed_field(&mut labelled(ui, left, &words!("field-seed")), seed, error.as_deref(), cx);
    let right = Rect::from_min_size(pos2(top.x + seed + GAP, top.y), vec2(takes, LABEL + size::FIELD));
    let mut child = labelled(ui, right, &words!("field-takes"));
    let mut count = cx.state.draft.takes;
    if Stepper::new(&words!("field-takes"), 1..=MOST_TAKES).width(takes).show(&mut child, &mut count).changed() {
        cx.send(Command::SetTakes(count));
    }
    if let Some(error) = error {
        ui.add_space(space::XS);
        ui.label(Type::Caption.rich(error, theme.palette.error));
    }
}

fn seed_error(cx: &UiContext<'_>) -> Option<String> {
    let model = cx.state.model();
    let broken = cx.state.draft.seed.value().is_none_or(|seed| !(-1..=model.request.seed_max).contains(&seed));
    broken.then(|| Violation::Seed { max: model.request.seed_max }.to_string())
}

fn seed_field(ui: &mut Ui, width: f32, error: Option<&str>, cx: &mut UiContext<'_>) {
    let seed = &cx.state.draft.seed;
    let (mut text, locked) = (seed.text.clone(), seed.locked);
    let field = TextField::new(&mut text, &words!("field-seed"))
        .hint(&words!("field-random"))
        .stands_for_a_value()
        .mono()
        .width(width)
        .reserve_right(64.0)
        .error(error)
        .show(ui);
    if text.is_empty() {
        ui.ctx().accesskit_node_builder(field.id, |node| node.set_placeholder(words!("field-random")));
    }
    let icon =
        |place: f32| Rect::from_center_size(pos2(field.rect.right() - place, field.rect.center().y), vec2(28.0, 28.0));
    if IconButton::new(Icon::DICE, &words!("field-new-seed")).small().put(ui, icon(50.5)).clicked() {
        cx.send(Command::RollSeed);
    }
    let lock = if locked { Icon::LOCKED } else { Icon::UNLOCKED };
    let keep_name = words!("field-keep-seed");
    let keep = IconButton::new(lock, &keep_name).small().toggled(locked).surface(crate::ui::widgets::Surface::Glyph);
    if keep.put(ui, icon(18.5)).clicked() {
        cx.send(Command::ToggleSeedLock);
    }
    if text != cx.state.draft.seed.text {
        cx.send(Command::SetSeed(text));
    }
}

fn camera(ui: &mut Ui, cx: &mut UiContext<'_>) {
    let mut fixed = cx.state.draft.settings.camera_fixed;
    if switch_row(ui, &mut fixed, &words!("field-camera-fixed"), &words!("field-camera-fixed-does"), cx.narrow) {
        cx.send(Command::SetCameraFixed(fixed));
    }
}

fn original(ui: &mut Ui, cx: &mut UiContext<'_>) {
    let mut on = cx.state.draft.send_original;
    if switch_row(ui, &mut on, &words!("field-original"), &words!("field-original-does"), cx.narrow) {
        cx.send(Command::SetSendOriginal(on));
    }
}

/// A switch with its name and, where there is room, what it does; whether it was changed.
fn switch_row(ui: &mut Ui, on: &mut bool, name: &str, does: &str, narrow: bool) -> bool {
    let theme = Theme::of(ui.ctx());
    let row = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), size::SWITCH.y), row, |ui| {
        // Side by side, a switch stands closer to its own name than to the next switch.
        ui.spacing_mut().item_spacing.x = if narrow { space::S } else { space::L };
        let changed = ui.add(Switch::new(on, name).description(does)).changed();
        ui.label(Type::BodyMedium.rich(name, theme.palette.text));
        if !narrow {
            ui.add_space(space::M - space::L);
            ui.label(Type::Body.rich(does, theme.palette.muted));
        }
        changed
    })
    .inner
}
