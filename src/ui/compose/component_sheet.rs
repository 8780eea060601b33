//! Every component in its states, as the design's sheet shows them: `tests/snapshots/09-components-*.png`.

use std::sync::Arc;

use egui::{CornerRadius, Frame, Layout, Rect, StrokeKind, Ui, UiBuilder, Vec2, pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotOptions, try_image_snapshot_options};

use super::wells;
use crate::domain::draft::{FrameChoice, Picture};
use crate::domain::frame::{FrameSlot, PictureFacts, PictureFormat, Preview};
use crate::domain::generation::Status;
use crate::domain::model::Size;
use crate::domain::settings::Settings;
use crate::state::State;
use crate::ui::icons::Icon;
use crate::ui::theme::metrics::{radius, space};
use crate::ui::theme::{self, Appearance, Motion, Palette, Theme, Type};
use crate::ui::widgets::{
    Button, ButtonKind, Choice, Dropdown, IconButton, Note, Progress, Segment, Segmented, Stepper, Surface, Switch,
    Tag, TextField, Toast, ToastKind, progress_bar, status_pill,
};
use crate::ui::{Textures, UiContext, fonts};

const WELLS: f32 = 366.0;

/// The sheet, and what its wells hold.
struct Sheet {
    textures: Textures,
    wells: [State; 3],
}

fn picture(file: &[u8]) -> Preview {
    let picture = image::load_from_memory(file).expect("the samples are pictures").thumbnail(480, 480).to_rgba8();
    Preview { size: Size::new(picture.width(), picture.height()), rgba: Arc::from(picture.into_raw()) }
}

/// A picture with more above and below, whose output cuts that away.
fn taller(wide: &Preview) -> Preview {
    let Size { width, height } = wide.size;
    let tall = width * 3 / 4;
    let row = |y: u32| {
        let start = (y + height / 2).saturating_sub(tall / 2).min(height - 1) * width * 4;
        &wide.rgba[start as usize..(start + width * 4) as usize]
    };
    let rgba: Vec<u8> = (0..tall).flat_map(|y| row(y).iter().copied()).collect();
    Preview { size: Size::new(width, tall), rgba: Arc::from(rgba) }
}

fn with(mut state: State, slot: FrameSlot, preview: Preview, size: Size, bytes: u64) -> State {
    let facts = PictureFacts { format: PictureFormat::Jpeg, size, bytes };
    let digest = [slot.word().len() as u8; 32];
    *state.draft.frame_mut(slot) = FrameChoice::Ready(Picture::new("a.jpg".into(), facts, false, digest));
    state.previews.set(slot, Some(preview));
    state
}

impl Sheet {
    fn new() -> Self {
        let state = || State::new(Settings::default(), 7);
        let lake = picture(include_bytes!("../../../assets/samples/lake-dawn-to-dusk-last.png"));
        let dawn = picture(include_bytes!("../../../assets/samples/lake-dawn-to-dusk-first.png"));
        let storm = picture(include_bytes!("../../../assets/samples/storm-clears-first.png"));
        let loaded = with(state(), FrameSlot::First, dawn, Size::new(3840, 2160), 4_200_000);
        let warned = with(loaded, FrameSlot::Last, taller(&lake), Size::new(4032, 3024), 6_800_000);
        let broken = with(state(), FrameSlot::First, storm, Size::new(497, 280), 96_000);
        Self { textures: Textures::default(), wells: [state(), warned, broken] }
    }

    fn ui(&mut self, ui: &mut Ui) {
        let theme = Theme::of(ui.ctx());
        let room = ui.max_rect();
        ui.painter().rect_filled(room.expand(space::PAGE), 0.0, theme.palette.panel);
        ui.spacing_mut().item_spacing = vec2(space::M, space::L);
        heading(ui, "Frame well: empty, drop target; loaded, warning; error, none");
        self.frame_wells(ui);
        notes(ui);
        heading(ui, "Task status, buttons");
        pills(ui);
        buttons(ui);
        heading(ui, "Field: rest, keyboard focus, error; switch, segmented, stepper, progress");
        fields(ui);
        heading(ui, "Toast, tags, icons");
        small_parts(ui);
        palettes(ui);
        self.textures.end_pass();
    }

    fn frame_wells(&mut self, ui: &mut Ui) {
        const HEIGHT: f32 = 188.0;
        let theme = Theme::of(ui.ctx());
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), egui::Sense::hover());
        let gap = (row.width() - 3.0 * WELLS) / 2.0;
        for (index, state) in self.wells.iter().enumerate() {
            let left = row.left() + index as f32 * (WELLS + gap);
            let place = Rect::from_min_size(pos2(left, row.top()), vec2(WELLS, HEIGHT));
            let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt(index));
            let mut commands = Vec::new();
            let mut cx = UiContext::new(state, &mut self.textures, false, &mut commands);
            let places = wells::ui(&mut child, &mut cx);
            match index {
                0 => wells::paint_drop_target(ui.painter(), &theme, places[1], FrameSlot::Last, false, true),
                2 => wells::none(&child, &theme, places[1], FrameSlot::Last),
                _ => {}
            }
        }
    }
}

fn heading(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui.ctx());
    ui.label(Type::Heading.rich(text, theme.palette.text));
}

fn notes(ui: &mut Ui) {
    ui.horizontal_top(|ui| {
        for red in [false, true] {
            ui.allocate_ui(vec2(WELLS, 96.0), |ui| {
                let _ = if red {
                    let text = "Shorter side is 280 px; it must be greater than 300 px.";
                    Note::error(text, &["Choose another…"]).show(ui)
                } else {
                    let text = "Last frame is 4:3; it will be cropped to match the first frame.";
                    Note::warning(text, &["Crop to 16:9", "Adjust crop…"]).show(ui)
                };
            });
        }
    });
}

fn pills(ui: &mut Ui) {
    let unknown = crate::domain::failure::Failure::dropped_unconfirmed("Novita", false);
    let statuses = [
        Status::Uploading,
        Status::Queued,
        Status::Rendering(Some(42)),
        Status::Downloading,
        Status::Done,
        Status::Failed(unknown.clone()),
        Status::Unknown(unknown),
        Status::Stopped,
    ];
    ui.horizontal(|ui| {
        for status in statuses {
            let (icon, words, tone) = crate::ui::tasks::pill(&status);
            status_pill(ui, icon, &words, tone, false);
        }
    });
}

fn buttons(ui: &mut Ui) {
    ui.horizontal(|ui| {
        ui.add(Button::new("Generate").primary().icon(Icon::PLAY));
        ui.add(Button::new("Compare"));
        ui.add(Button::new("Save as…").icon(Icon::SAVE).kind(ButtonKind::Emphasised));
        ui.add(Button::new("Edit prompt").kind(ButtonKind::Quiet));
        ui.add(Button::new("Cancel…").kind(ButtonKind::Outline));
        ui.add(Button::new("Remove").kind(ButtonKind::Danger));
        ui.add(Button::new("Verify").enabled(false));
        ui.add(Button::new("Reuse settings").icon(Icon::REUSE_SETTINGS).kind(ButtonKind::Link));
        ui.add(IconButton::new(Icon::LOOP, "Loop").toggled(true));
        ui.add(IconButton::new(Icon::PLAY, "Play").sizes(38.0, 18.0).surface(Surface::Disc));
    });
}

fn fields(ui: &mut Ui) {
    let choices = [Choice::new(0, "720p")];
    ui.horizontal(|ui| {
        for name in ["Resolution", "Focused resolution"] {
            Dropdown::new(name, &choices).width(150.0).show(ui, &mut 0);
        }
        let wrong = Some("Seed must be between -1 and 2147483647.");
        TextField::new(&mut "42949672960".to_owned(), "Seed").mono().width(150.0).error(wrong).show(ui);
        ui.add(Switch::new(&mut false, "Off"));
        ui.add(Switch::new(&mut true, "On"));
        let segments = [Segment::new(0, "All"), Segment::new(1, "Running").count(Some(4)), Segment::new(2, "Done")];
        Segmented::new("Filter", &segments).show(ui, &mut 0);
        Stepper::new("Takes", 1..=4).show(ui, &mut 2);
        progress_bar(ui, "Progress", Progress::At(0.65), 96.0);
    });
}

fn small_parts(ui: &mut Ui) {
    ui.horizontal(|ui| {
        ui.allocate_ui_with_layout(vec2(240.0, 46.0), Layout::top_down(egui::Align::Min), |ui| {
            Toast::new(ToastKind::Success, "Clip ready").action("Play").show(ui);
        });
        ui.add(Tag::new("1248×704"));
        ui.add(Tag::new("Seed").number("48213907"));
        for icon in Icon::ALL.iter().take(24) {
            let (place, _) = ui.allocate_exact_size(Vec2::splat(18.0), egui::Sense::hover());
            icon.paint(ui.painter(), place.center(), 18.0, Theme::of(ui.ctx()).palette.text2);
        }
    });
}

fn palettes(ui: &mut Ui) {
    let theme = Theme::of(ui.ctx());
    for palette in [Palette::DARK, Palette::LIGHT] {
        let colors = [
            palette.bg,
            palette.panel,
            palette.raised,
            palette.control,
            palette.hover,
            palette.active,
            palette.viewer,
            palette.line,
            palette.stroke,
            palette.strong,
            palette.text,
            palette.text2,
            palette.muted,
            palette.disabled,
            palette.accent,
            palette.accent_soft,
            palette.first,
            palette.last,
            palette.warning,
            palette.error,
            palette.success,
        ];
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 20.0 * space::M) / 21.0;
            for color in colors {
                let (place, _) = ui.allocate_exact_size(vec2(width, 22.0), egui::Sense::hover());
                let corner = CornerRadius::same(radius::SMALL);
                ui.painter().rect(place, corner, color, Theme::hairline(theme.palette.stroke), StrokeKind::Inside);
            }
        });
    }
}

#[test]
fn every_component_looks_as_it_is_kept() {
    let size = vec2(1440.0, 900.0);
    for (name, preference) in [("dark", egui::ThemePreference::Dark), ("light", egui::ThemePreference::Light)] {
        let appearance = Appearance { theme: preference, motion: Motion::Reduced, increase_contrast: false };
        let mut harness = Harness::builder()
            .with_size(size)
            .with_render_cursor(false)
            .with_theme(if name == "dark" { egui::Theme::Dark } else { egui::Theme::Light })
            .wgpu()
            .with_context_setup(move |ctx| {
                // The wells are there once in the window, and thrice here.
                ctx.options_mut(|options| options.warn_on_id_clash = false);
                fonts::install(ctx);
                theme::apply(ctx, appearance);
            })
            .build_ui_state(
                |ui, sheet: &mut Sheet| {
                    Frame::new().inner_margin(space::PAGE as i8).show(ui, |ui| sheet.ui(ui));
                },
                Sheet::new(),
            );
        harness.get_by_label("Focused resolution").focus();
        harness.run_steps(3);
        let picture = harness.render().expect("a picture; lavapipe is in mesa-vulkan-drivers");
        let options = SnapshotOptions::new().threshold(8.0).max_failed_pixels(24);
        let name = format!("09-components-{name}-{}x{}", size.x, size.y);
        try_image_snapshot_options(&picture, name, &options).unwrap_or_else(|error| panic!("{error}"));
    }
}
