//! The contrast of every word and glyph that is painted with what lies under it, in both themes, with and without
//! "Increase contrast". Over a picture it has to hold whatever the picture is.

use std::collections::BTreeSet;

use egui::epaint::{ClippedShape, TextShape};
use egui::{Color32, FontFamily, Pos2, Rect, Shape};

use super::{Bench, failure, state, unreadable, with_pictures, with_tasks};
use crate::domain::failure::FailureKind;
use crate::domain::generation::{GenerationId, UnixMillis};
use crate::domain::settings::Theme as ThemeChoice;
use crate::state::toast::Tone;
use crate::state::{Action, KeyState, Question, Sheet, State, batch};
use crate::ui::fonts::Face;
use crate::ui::theme::{Palette, contrast};

/// What WCAG 2.1 asks at level AA.
const WORDS: f64 = 4.5;
const GLYPHS: f64 = 3.0;

/// What was painted at a place.
enum Ground {
    Fill(Rect, Color32),
    /// Anything from black to white.
    Picture(Rect),
}

impl Ground {
    fn is_under(&self, at: Pos2) -> bool {
        match self {
            Self::Fill(rect, _) | Self::Picture(rect) => rect.contains(at),
        }
    }
}

/// Reads a frame from its lowest layer to its highest.
struct Reader<'a> {
    palette: &'a Palette,
    screen: Rect,
    grounds: Vec<Ground>,
    found: BTreeSet<String>,
    read: usize,
}

impl Reader<'_> {
    fn shape(&mut self, clip: Rect, shape: &Shape) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| self.shape(clip, shape)),
            Shape::Rect(rect) if rect.brush.is_some() => self.grounds.push(Ground::Picture(rect.rect.intersect(clip))),
            Shape::Rect(rect) if rect.blur_width > 0.0 || rect.fill.a() == 0 => {}
            Shape::Rect(rect) => {
                if rect.fill == self.palette.scrim && rect.rect.contains_rect(self.screen) {
                    // What lies behind a sheet is not to be read.
                    self.found.clear();
                }
                self.grounds.push(Ground::Fill(rect.rect.intersect(clip), rect.fill));
            }
            Shape::Circle(circle) if circle.fill.a() > 0 => {
                let within = Rect::from_center_size(circle.center, egui::Vec2::splat(circle.radius * 1.4));
                self.grounds.push(Ground::Fill(within.intersect(clip), circle.fill));
            }
            Shape::Mesh(mesh) if mesh.texture_id != egui::TextureId::default() => {
                self.grounds.push(Ground::Picture(mesh.calc_bounds().intersect(clip)));
            }
            Shape::Text(text) => self.text(clip, text),
            _ => {}
        }
    }

    fn text(&mut self, clip: Rect, text: &TextShape) {
        let at = text.visual_bounding_rect().center();
        if !clip.contains(at) || text.galley.job.text.trim().is_empty() {
            return;
        }
        let words = text.galley.job.text.chars().take(40).collect::<String>();
        for section in &text.galley.job.sections {
            let own = section.format.color;
            let own = if own == Color32::PLACEHOLDER { text.fallback_color } else { own };
            let color = text.override_text_color.unwrap_or(own);
            if color == self.palette.disabled {
                continue;
            }
            let color = color.gamma_multiply(text.opacity_factor);
            // Actions of a row that is not hovered are there and not seen.
            if color.a() < 128 {
                continue;
            }
            self.read += 1;
            let least = if is_glyph(&section.format.font_id.family) { GLYPHS } else { WORDS };
            for ground in self.under(at) {
                let found = contrast(over(color, ground), ground);
                if found < least - 0.005 {
                    self.found.insert(format!("{words:?}: {found:.2} of {least}, {color:?} on {ground:?}"));
                }
            }
        }
    }

    /// The colours that may be seen at a place.
    fn under(&self, at: Pos2) -> Vec<Color32> {
        let mut above = Vec::new();
        let mut seen = vec![self.palette.bg];
        for ground in self.grounds.iter().rev().filter(|ground| ground.is_under(at)) {
            match ground {
                Ground::Picture(_) => {
                    seen = vec![Color32::BLACK, Color32::WHITE];
                    break;
                }
                Ground::Fill(_, fill) if fill.is_opaque() => {
                    seen = vec![*fill];
                    break;
                }
                Ground::Fill(_, fill) => above.push(*fill),
            }
        }
        seen.into_iter().map(|ground| above.iter().rev().fold(ground, |under, fill| over(*fill, under))).collect()
    }
}

fn is_glyph(family: &FontFamily) -> bool {
    [Face::Icons, Face::IconsFill, Face::IconsBold].iter().any(|face| face.family() == *family)
}

/// A colour over another that is opaque, as the screen shows them.
fn over(top: Color32, under: Color32) -> Color32 {
    let rest = 1.0 - f32::from(top.a()) / 255.0;
    let channel = |top: u8, under: u8| (f32::from(top) + f32::from(under) * rest).round().min(255.0) as u8;
    Color32::from_rgb(channel(top.r(), under.r()), channel(top.g(), under.g()), channel(top.b(), under.b()))
}

fn read(shapes: &[ClippedShape], palette: &Palette, screen: Rect) -> (BTreeSet<String>, usize) {
    let mut reader = Reader { palette, screen, grounds: Vec::new(), found: BTreeSet::new(), read: 0 };
    for clipped in shapes {
        reader.shape(clipped.clip_rect, &clipped.shape);
    }
    (reader.found, reader.read)
}

fn states() -> Vec<(&'static str, State)> {
    let mut troubled = with_tasks(None);
    troubled.draft.first = unreadable();
    troubled.draft.settings.prompt = "a".repeat(1950);
    let mut keyless = with_tasks(Some("t6"));
    "novita".clone_into(&mut keyless.settings.host);
    keyless.key = KeyState::Absent { trouble: Some("The keychain is locked.".to_owned()) };
    keyless.sheet = Some(Sheet::Settings);
    let mut told = with_tasks(Some("t8"));
    told.toasts.push(Tone::Success, "Clip ready", None, UnixMillis(100_000));
    told.toasts.push(Tone::Error, "It failed", None, UnixMillis(100_000));
    let mut noticed = with_tasks(Some("t5"));
    let mut task = noticed.tasks.selected().expect("it is selected").clone();
    task.notice = Some(failure(FailureKind::DiskFull));
    noticed.tasks.upsert(task);
    let mut many = with_pictures();
    let item = |name: &str, choice| batch::Item { path: name.into(), choice, preview: None };
    let items = vec![item("a.png", with_pictures().draft.first), item("b.png", unreadable())];
    many.batch = Some(batch::Batch { number: 1, items, left_out: 3 });
    many.sheet = Some(Sheet::Batch);
    let question = Question::Remove(GenerationId::new("clip"));
    vec![
        ("first run", state()),
        ("two pictures", with_pictures()),
        ("troubled pictures", troubled),
        ("rendering", with_tasks(Some("t3"))),
        ("unknown", with_tasks(Some("t6"))),
        ("a trouble and messages", told),
        ("a passing trouble", noticed),
        ("no key", keyless),
        ("settings", State { sheet: Some(Sheet::Settings), ..with_tasks(None) }),
        ("shortcuts", State { sheet: Some(Sheet::Shortcuts), ..state() }),
        ("crop", State { sheet: Some(Sheet::Crop(crate::domain::frame::FrameSlot::Last)), ..with_pictures() }),
        ("many pictures", many),
        ("a question", State { question: Some(question), ..with_tasks(None) }),
    ]
}

fn looks() -> [(ThemeChoice, egui::Theme, bool); 4] {
    let (dark, light) = (egui::Theme::Dark, egui::Theme::Light);
    [
        (ThemeChoice::Dark, dark, false),
        (ThemeChoice::Dark, dark, true),
        (ThemeChoice::Light, light, false),
        (ThemeChoice::Light, light, true),
    ]
}

fn look_at(bench: &Bench, palette: &Palette, found: &mut BTreeSet<String>, name: &str) {
    let screen = bench.harness.ctx.content_rect();
    let (weak, read) = read(&bench.harness.output().shapes, palette, screen);
    assert!(read > 20, "{name}: {read} texts were read");
    found.extend(weak.into_iter().map(|what| format!("{name}: {what}")));
}

#[test]
fn every_word_and_glyph_is_readable_in_every_look() {
    let mut found = BTreeSet::new();
    for (choice, theme, increased) in looks() {
        let palette = Palette::new(theme, increased);
        for (name, mut state) in states() {
            state.settings.theme = choice;
            state.settings.increase_contrast = increased;
            let name = format!("{theme:?}, increased {increased}, {name}");
            look_at(&Bench::new(state.clone()), &palette, &mut found, &name);
            look_at(&Bench::narrow(state), &palette, &mut found, &format!("{name}, narrow"));
        }
    }
    assert!(found.is_empty(), "{} are too weak:\n{}", found.len(), found.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_lies_on_a_clip_and_under_the_pointer_is_readable() {
    let mut found = BTreeSet::new();
    for (choice, theme, increased) in looks() {
        let palette = Palette::new(theme, increased);
        let mut state = with_tasks(Some("clip"));
        state.settings.theme = choice;
        state.settings.increase_contrast = increased;
        let name = format!("{theme:?}, increased {increased}");
        let mut bench = Bench::new(state);
        bench.until("Clip, frame 1 of 20");
        look_at(&bench, &palette, &mut found, &format!("{name}, clip"));
        bench.send(crate::state::Command::Do(Action::NextTask));
        for control in ["Compare", "Generate, free", "Reuse settings", "Save as…", "Failed, 3", "Loop"] {
            let Some(control) = egui_kittest::kittest::Queryable::query_all_by_label(&bench.harness, control).next()
            else {
                continue;
            };
            let at = control.rect().center();
            bench.harness.hover_at(at);
            bench.harness.run_steps(8);
            look_at(&bench, &palette, &mut found, &format!("{name}, hovered at {at:?}"));
            bench.harness.drag_at(at);
            bench.harness.run_steps(8);
            look_at(&bench, &palette, &mut found, &format!("{name}, pressed at {at:?}"));
            bench.harness.drop_at(egui::pos2(2.0, 2.0));
            bench.harness.run_steps(8);
        }
    }
    assert!(found.is_empty(), "{} are too weak:\n{}", found.len(), found.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_weak_word_is_seen() {
    let fonts = egui_kittest::Harness::builder().with_context_setup(crate::ui::fonts::install);
    let mut harness = fonts.build_ui(|ui| {
        ui.painter().rect_filled(ui.max_rect(), 0.0, Palette::LIGHT.active);
        ui.label(egui::RichText::new("weak").color(Palette::LIGHT.strong));
        ui.label(egui::RichText::new("strong").color(Palette::LIGHT.text));
    });
    harness.run();
    let (found, read) = read(&harness.output().shapes, &Palette::LIGHT, harness.ctx.content_rect());
    assert_eq!((found.len(), read), (1, 2), "{found:?}");
}
