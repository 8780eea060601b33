//! All widgets in all states, to look at: `cargo run --example gallery [light] [contrast] [reduced]`.

use eframe::egui;
use egui::{Align2, Color32, Rect, Sense, Ui, vec2};
use inbetween::ui::{
    fonts,
    icons::Icon,
    theme::{self, Appearance, Motion, Palette, Theme, Type},
    widgets::{
        Button, ButtonKind, ButtonSize, Choice, Dash, Dropdown, IconButton, MetaChip, Note, Progress, Segment,
        Segmented, Severity, Stepper, Surface, Switch, Tag, TextField, Toast, ToastKind, Tone, app_mark, bars,
        dashed_rect, frame_counter, key_cap, panel_frame, panel_header, progress_bar, skeleton, status_pill, timecode,
    },
};

fn main() -> eframe::Result {
    let asked = |word: &str| std::env::args().any(|argument| argument == word);
    let appearance = Appearance {
        theme: if asked("light") { egui::ThemePreference::Light } else { egui::ThemePreference::Dark },
        motion: if asked("reduced") { Motion::Reduced } else { Motion::Full },
        increase_contrast: asked("contrast"),
    };
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1440.0, 900.0]).with_position([0.0, 0.0]),
        ..Default::default()
    };
    eframe::run_native(
        "Gallery",
        options,
        Box::new(move |cc| {
            fonts::install(&cc.egui_ctx);
            theme::apply(&cc.egui_ctx, appearance);
            Ok(Box::new(Gallery::default()))
        }),
    )
}

struct Gallery {
    on: bool,
    off: bool,
    filter: u8,
    take: u8,
    count: u32,
    resolution: &'static str,
    ratio: &'static str,
    seed: String,
    bad_seed: String,
    search: String,
    key: String,
}

impl Default for Gallery {
    fn default() -> Self {
        Self {
            on: true,
            off: false,
            filter: 0,
            take: 2,
            count: 2,
            resolution: "720p",
            ratio: "16:9",
            seed: String::new(),
            bad_seed: "42949672960".into(),
            search: String::new(),
            key: "sk-0123456789".into(),
        }
    }
}

impl eframe::App for Gallery {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let theme = Theme::of(ui.ctx());
        let frame = egui::Frame::new().fill(theme.palette.panel).inner_margin(32);
        egui::CentralPanel::default().frame(frame).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(10.0, 10.0);
            ui.columns(3, |columns| {
                let [left, middle, right] = columns else { return };
                left_column(left);
                self.middle_column(middle);
                Self::right_column(right);
            });
        });
    }
}

fn title(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui.ctx());
    ui.add_space(6.0);
    ui.label(Type::BodyStrong.rich(text, theme.palette.text));
}

fn left_column(ui: &mut Ui) {
    title(ui, "Task status");
    let pills = [
        (Icon::UPLOADING, "Uploading", Tone::Running),
        (Icon::QUEUED, "Queued", Tone::Idle),
        (Icon::RENDERING, "Rendering 42%", Tone::Running),
        (Icon::DOWNLOADING, "Downloading", Tone::Running),
        (Icon::DONE, "Done", Tone::Done),
        (Icon::FAILED, "Failed", Tone::Failed),
        (Icon::UNKNOWN, "Unknown — may have been charged", Tone::Unknown),
        (Icon::NOT_WATCHED, "Not watched", Tone::Idle),
    ];
    ui.horizontal_wrapped(|ui| {
        for (icon, text, tone) in pills {
            status_pill(ui, icon, text, tone, false);
        }
    });
    title(ui, "Buttons: primary, default, quiet, outline, danger, disabled");
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.add(Button::new("Generate").primary().icon(Icon::PLAY));
        ui.add(Button::new("Compare"));
        ui.add(Button::new("Edit prompt").kind(ButtonKind::Quiet));
        ui.add(Button::new("Cancel…").kind(ButtonKind::Outline));
        ui.add(Button::new("Remove").kind(ButtonKind::Danger));
        ui.add(Button::new("Verify").enabled(false));
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.add(Button::new("Save as…").kind(ButtonKind::Emphasised).icon(Icon::SAVE));
        ui.add(Button::new("Use last frame as first").icon(Icon::LAST_AS_FIRST));
        ui.add(Button::new("Export frame").icon(Icon::IMAGE));
        ui.add(Button::new("Compare").icon(Icon::COMPARE));
        ui.add(IconButton::new(Icon::OPEN_OUTSIDE, "Open in player"));
        ui.add(IconButton::new(Icon::SHOW_IN_FOLDER, "Show in folder"));
    });
    ui.horizontal(|ui| {
        ui.add(Button::new("Choose image…").primary().icon(Icon::IMAGE));
        ui.add(Button::new("Paste").icon(Icon::CLIPBOARD).keys("Ctrl+V"));
        ui.add(Button::new("Reuse settings").icon(Icon::REUSE_SETTINGS).kind(ButtonKind::Link));
    });
    ui.horizontal(|ui| {
        ui.add(Button::new("Retry").kind(ButtonKind::Emphasised).icon(Icon::RETRY).small());
        ui.add(Button::new("Edit prompt").kind(ButtonKind::Quiet).small());
        ui.add(Button::new("Check again").kind(ButtonKind::Emphasised).icon(Icon::SEARCH).small());
        ui.add(Button::new("Send again…").kind(ButtonKind::Quiet).small());
    });
    let generate = || Button::new("Generate").primary().size(ButtonSize::Large).width(366.0).keys("Ctrl+Enter");
    ui.add(generate().icon(Icon::PLAY));
    ui.add(generate().enabled(false));
    title(ui, "Notes and chips");
    ui.set_max_width(366.0);
    ui.horizontal(|ui| {
        ui.add(MetaChip::new("3840×2160 · 16:9 · 4.2 MB", Severity::Plain, 178.0));
        ui.add(MetaChip::new("4032×3024 · 4:3 · 6.8 MB", Severity::Warning, 178.0));
    });
    Note::warning("Last frame is 4:3; it will be cropped to match the first frame.", &["Crop to 16:9", "Adjust crop…"])
        .show(ui);
    Note::error("Shorter side is 280 px; it must be greater than 300 px.", &["Choose another…"]).show(ui);
}

impl Gallery {
    fn middle_column(&mut self, ui: &mut Ui) {
        self.fields(ui);
        title(ui, "Switch, segmented, stepper, progress");
        ui.horizontal(|ui| {
            ui.add(Switch::new(&mut self.off, "Off"));
            ui.add(Switch::new(&mut self.on, "On"));
            ui.add(Switch::new(&mut true, "Disabled").enabled(false));
            let segments = [
                Segment::new(0, "All").count(Some(8)),
                Segment::new(1, "Running").count(Some(4)),
                Segment::new(2, "Done"),
            ];
            Segmented::new("Filter tasks", &segments).show(ui, &mut self.filter);
            Stepper::new("Takes", 1..=4).show(ui, &mut self.count);
        });
        ui.horizontal(|ui| {
            let segments = [Segment::new(1, "Take 1"), Segment::new(2, "Take 2")];
            Segmented::new("Take", &segments).show(ui, &mut self.take);
            for fraction in [0.0, 0.02, 0.42, 1.0] {
                progress_bar(ui, "Clip", Progress::At(fraction), 60.0);
            }
        });
        title(ui, "Icon buttons, key caps, tags");
        ui.horizontal(|ui| {
            for icon in [Icon::RECENT_PROMPTS, Icon::CLEAR_FORM, Icon::KEYBOARD, Icon::SETTINGS] {
                ui.add(IconButton::new(icon, "Icon"));
            }
            ui.add(IconButton::new(Icon::CROP, "Adjust crop").tiny());
            ui.add(IconButton::new(Icon::CLOSE, "Remove").tiny());
            ui.add(IconButton::new(Icon::LOOP, "Loop").toggled(true));
            ui.add(IconButton::new(Icon::LOOP, "Loop").toggled(false));
            ui.add(IconButton::new(Icon::SHOW_IN_FOLDER, "Open").surface(Surface::Filled));
        });
        ui.horizontal(|ui| {
            ui.add(IconButton::new(Icon::BACK, "Back one frame"));
            ui.add(IconButton::new(Icon::PLAY, "Play").surface(Surface::Disc).sizes(38.0, 19.0));
            ui.add(IconButton::new(Icon::PAUSE, "Pause").surface(Surface::Disc).sizes(38.0, 19.0));
            ui.add(IconButton::new(Icon::FORWARD, "Forward one frame"));
            ui.add(IconButton::new(Icon::FULL_SCREEN, "Full screen"));
            ui.add(IconButton::new(Icon::PLAY, "Play").surface(Surface::Disc).sizes(38.0, 19.0).enabled(false));
            key_cap(ui, "Ctrl+O");
            key_cap(ui, "/");
        });
        ui.horizontal(|ui| {
            ui.add(Tag::new("1248×704"));
            ui.add(Tag::new("24 fps"));
            ui.add(Tag::new("Seed").number("48213907"));
            ui.add(Tag::new("Camera fixed"));
        });
        ui.horizontal(|ui| {
            let theme = Theme::of(ui.ctx());
            ui.label(Type::Timecode.rich(timecode(304), theme.palette.text));
            ui.label(Type::SmallMono.rich(frame_counter(73, 120), theme.palette.muted));
        });
        title(ui, "Toast");
        Toast::new(ToastKind::Success, "Clip ready: Lake, dawn to dusk").action("Play").show(ui);
        Toast::new(ToastKind::Failure, "Task failed: No connection").action("Show").show(ui);
        Toast::new(ToastKind::Hint, "Drop anywhere else to fill the empty well.").fixed().show(ui);
    }

    fn fields(&mut self, ui: &mut Ui) {
        title(ui, "Field: rest, icon, error, disabled");
        let resolutions =
            [Choice::new("480p", "480p").detail("864×480"), Choice::new("720p", "720p"), Choice::new("1080p", "1080p")];
        let ratios = [
            Choice::new("16:9", "16:9").ratio(16.0 / 9.0),
            Choice::new("1:1", "1:1").ratio(1.0),
            Choice::new("9:16", "9:16").ratio(9.0 / 16.0),
            Choice::new("21:9", "21:9").ratio(21.0 / 9.0).enabled(false),
        ];
        ui.horizontal(|ui| {
            Dropdown::new("Resolution", &resolutions).show(ui, &mut self.resolution);
            Dropdown::new("Aspect ratio", &ratios).show(ui, &mut self.ratio);
            Dropdown::new("Duration", &[Choice::new(5, "5 s")]).enabled(false).show(ui, &mut 5);
            Dropdown::new("Speed", &[Choice::new(1, "1×"), Choice::new(2, "2×")]).quiet().width(60.0).show(ui, &mut 1);
        });
        ui.horizontal(|ui| {
            TextField::new(&mut self.seed, "Seed").hint("Random").mono().width(150.0).show(ui);
            let error = Some("Seed must be between -1 and 2147483647.");
            TextField::new(&mut self.bad_seed, "Bad seed").mono().error(error).width(150.0).show(ui);
            TextField::new(&mut "Off".to_owned(), "Off").enabled(false).width(80.0).show(ui);
        });
        ui.horizontal(|ui| {
            TextField::new(&mut self.search, "Search prompts")
                .hint("Search prompts")
                .icon(Icon::SEARCH)
                .search()
                .width(200.0)
                .show(ui);
            TextField::new(&mut self.key, "API key").password(true).mono().icon(Icon::KEY).width(200.0).show(ui);
        });
    }

    fn right_column(ui: &mut Ui) {
        let theme = Theme::of(ui.ctx());
        let (rect, _) = ui.allocate_exact_size(vec2(200.0, 30.0), Sense::hover());
        app_mark(ui.painter(), &theme, rect.left_center() - vec2(0.0, 7.0));
        ui.painter().text(
            rect.left_center() + vec2(40.0, 0.0),
            Align2::LEFT_CENTER,
            "Inbetween",
            Type::Heading.font_id(),
            theme.palette.text,
        );
        panel_frame(&theme).show(ui, |ui| {
            ui.set_height(150.0);
            panel_header(ui, "Storm clears at the lighthouse and goes on", 44.0, 16.0, |ui| {
                ui.add(IconButton::new(Icon::MORE, "More"));
                status_pill(ui, Icon::RENDERING, "Rendering 42%", Tone::Running, false);
            });
            ui.horizontal(|ui| {
                ui.add_space(16.0);
                ui.vertical(|ui| progress_bar(ui, "Clip", Progress::At(0.64), 200.0));
            });
            let place = Rect::from_min_size(ui.next_widget_position() + vec2(16.0, 0.0), vec2(120.0, 64.0));
            skeleton(ui, place, "Reading…");
        });
        empty_stage(ui, &theme);
        title(ui, "Palette");
        swatches(ui);
        title(ui, "Type");
        for style in [Type::Display, Type::Title, Type::Heading, Type::Body, Type::Small, Type::Caption] {
            ui.label(style.rich(format!("{style:?}: from one frame to the other 0123"), theme.palette.text));
        }
        ui.label(Type::Prompt.rich("湖の夜明け → dusk, لون, привет", theme.palette.text2));
    }
}

fn empty_stage(ui: &mut Ui, theme: &Theme) {
    let p = &theme.palette;
    let (rect, _) = ui.allocate_exact_size(vec2(418.0, 90.0), Sense::hover());
    let well = |left: f32, color: Color32| {
        let place = Rect::from_min_size(rect.min + vec2(left, 0.0), vec2(150.0, 88.0));
        dashed_rect(ui.painter(), place, 10.0, egui::Stroke::new(1.5, color), Dash::default());
        Icon::PLUS.paint(ui.painter(), place.center(), 24.0, color);
    };
    well(0.0, p.first);
    well(268.0, p.last);
    let middle = Rect::from_min_size(rect.min + vec2(164.0, 0.0), vec2(91.0, 88.0));
    bars(ui.painter(), middle, 7, 7.0, |_, place| p.between(place));
}

fn swatches(ui: &mut Ui) {
    for palette in [Palette::DARK, Palette::LIGHT] {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for color in [
                palette.bg,
                palette.panel,
                palette.raised,
                palette.control,
                palette.viewer,
                palette.stroke,
                palette.text,
                palette.muted,
                palette.accent,
                palette.first,
                palette.last,
                palette.warning,
                palette.error,
                palette.success,
            ] {
                let (rect, _) = ui.allocate_exact_size(vec2(26.0, 20.0), Sense::hover());
                let edge = Theme::hairline(Theme::of(ui.ctx()).palette.stroke);
                ui.painter().rect(rect, 4.0, color, edge, egui::StrokeKind::Inside);
            }
        });
    }
}
