//! A window of one state, with time and pointer in the test's hand, and the comparison with the picture that is kept.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::Wake;
use std::time::Duration;

use egui::accesskit::Role;
use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, Rect, TouchPhase, pos2, vec2};
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, SnapshotOptions, try_image_snapshot_options};
use image::{ImageEncoder, RgbaImage};
use inbetween::domain::settings::Theme;
use inbetween::state::State;
use inbetween::ui::Window;

use super::states;

pub const THEMES: [Theme; 2] = [Theme::Dark, Theme::Light];
pub const WIDE: [f32; 2] = [1440.0, 900.0];
pub const NARROW: [f32; 2] = [1024.0, 680.0];
const FOLDER: &str = "tests/snapshots";
/// A pixel's difference that is nothing but another processor's rounding: some four steps of 255.
const THRESHOLD: f32 = 8.0;
/// Pixels on edges that may come out otherwise. One button moved by a point changes hundreds.
const MOST_OTHER: usize = 24;
/// The player decodes as fast as the machine lets it; this is for one that does much else.
const PATIENCE: Duration = Duration::from_secs(60);

std::thread_local! {
    /// What differed in this test so far: every picture is looked at before the test fails.
    static FOUND: std::cell::RefCell<Vec<String>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// The window without an engine: nothing is answered to what it asks for.
pub struct Shown {
    window: Window,
    pub state: State,
    _cache: tempfile::TempDir,
}

impl eframe::App for Shown {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.window.ui(ui, &self.state, &mut Vec::new());
    }
}

/// Rings when the player decoded something.
struct Bell(Sender<()>);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        // Nobody waits any more once the test is over.
        let _ = self.0.send(());
    }
}

pub struct Scene {
    pub window: Harness<'static, Shown>,
    pub size: [f32; 2],
    theme: Theme,
    bell: Receiver<()>,
}

impl Scene {
    pub fn new(mut state: State, theme: Theme, size: [f32; 2], scale: f32) -> Self {
        state.settings.theme = theme;
        let (ring, bell) = channel();
        let cache = tempfile::tempdir().expect("a folder for decoded frames");
        let mut window = Harness::builder()
            .with_size(size)
            .with_pixels_per_point(scale)
            .with_render_cursor(false)
            .wgpu()
            .build_eframe(move |cc| {
                let window = Window::new(&cc.egui_ctx, Arc::new(Bell(ring)).into(), cache.path().to_owned());
                Shown { window, state, _cache: cache }
            });
        window.run_steps(4);
        Self { window, size, theme, bell }
    }

    /// Lets what moves arrive.
    pub fn settle(&mut self) {
        self.window.run_steps(4);
    }

    pub fn focus(&mut self, label: &str) {
        self.window.get_by_label(label).focus();
        self.settle();
    }

    /// Puts the pointer on the row whose name begins and ends like this.
    pub fn hover(&mut self, start: &str, end: &str) {
        let is_meant = |name: &str| name.starts_with(start) && name.ends_with(end);
        let rows = self.window.query_all_by_role(Role::ListItem);
        let row = rows.into_iter().find(|row| {
            use egui_kittest::kittest::NodeT;
            row.accesskit_node().label().is_some_and(|name| is_meant(&name))
        });
        let at = row.expect("the row is there").rect().left_center() + vec2(130.0, 12.0);
        self.window.hover_at(at);
        self.settle();
    }

    /// Holds a file over the window.
    pub fn drag_file(&mut self, name: &str, at: Pos2) {
        self.window.hover_at(at);
        self.window.input_mut().hovered_files =
            vec![egui::HoveredFile { path: Some(name.into()), ..Default::default() }];
        self.settle();
    }

    /// Turns the wheel until the window is at its end.
    pub fn scroll_to_the_end(&mut self, at: Pos2) {
        self.window.hover_at(at);
        self.window.step();
        self.window.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, -9_000.0),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
        self.window.run_steps(12);
        self.window.remove_cursor();
        self.settle();
    }

    /// Moves the playhead to a frame, counted from 1, and waits until all of the clip that is shown is decoded.
    pub fn show_frame(&mut self, number: usize) {
        self.clip_is_there();
        let strip = self.window.get_by_label("Position").rect();
        let share = (number as f32 - 0.5) / 120.0;
        let at = pos2(strip.left() + share * strip.width(), strip.center().y);
        self.window.hover_at(at);
        self.window.drag_at(at);
        self.window.drop_at(at);
        let label = format!("Clip, frame {number} of 120");
        self.until(&label, |scene| {
            scene.window.query_by_label(&label).is_some()
                && scene.window.query_by_label_contains("Decoding").is_none()
                && scene.textures("clip") == 1
        });
        self.settle();
    }

    /// Waits until the clip's first frame and its strip are decoded.
    pub fn clip_is_there(&mut self) {
        let cells = if self.size[0] < 1200.0 { 8 } else { 9 };
        self.until("the strip", move |scene| scene.textures("filmstrip") == cells && scene.textures("clip") == 1);
        self.settle();
    }

    fn until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        while !is_so(self) {
            self.bell.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("never seen: {what}"));
            self.window.step();
        }
    }

    /// How many textures of this name the window holds.
    fn textures(&self, name: &str) -> usize {
        let textures = self.window.ctx.tex_manager();
        let textures = textures.read();
        textures.allocated().filter(|(_, texture)| texture.name == name).count()
    }

    pub fn picture(&mut self) -> RgbaImage {
        self.window.render().expect("a picture; lavapipe is in mesa-vulkan-drivers")
    }

    /// Compares the window with the picture that is kept.
    pub fn check(&mut self, name: &str) {
        let theme = if self.theme == Theme::Dark { "dark" } else { "light" };
        let name = format!("{name}-{theme}-{}x{}", self.size[0], self.size[1]);
        let picture = self.picture();
        let options = options().output_path(FOLDER);
        if let Err(error) = try_image_snapshot_options(&picture, name.as_str(), &options) {
            FOUND.with_borrow_mut(|found| found.push(error.to_string()));
        } else if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            pack(&Path::new(FOLDER).join(format!("{name}.png")));
        }
    }
}

fn options() -> SnapshotOptions {
    SnapshotOptions::new().threshold(THRESHOLD).max_failed_pixels(MOST_OTHER)
}

/// Fails where a picture of this test differed.
pub fn finish() {
    let found = FOUND.take();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// Both themes at the design's two sizes.
pub fn both_sizes(name: &str, state: fn() -> State, act: impl Fn(&mut Scene)) {
    for size in [WIDE, NARROW] {
        for theme in THEMES {
            let mut state = state();
            // The dark pictures show what a picture looks like; the folder stays small.
            if theme == Theme::Light {
                states::calm(&mut state);
            }
            let mut scene = Scene::new(state, theme, size, 1.0);
            act(&mut scene);
            scene.check(name);
        }
    }
    finish();
}

/// Writes a new picture as small as PNG makes it.
fn pack(path: &Path) {
    let picture = image::open(path).expect("it was just written").to_rgb8();
    let file = std::io::BufWriter::new(std::fs::File::create(path).expect("the picture can be written"));
    let (best, adaptive) = (image::codecs::png::CompressionType::Best, image::codecs::png::FilterType::Adaptive);
    let encoder = image::codecs::png::PngEncoder::new_with_quality(file, best, adaptive);
    let (width, height) = picture.dimensions();
    encoder.write_image(&picture, width, height, image::ExtendedColorType::Rgb8).expect("the picture can be written");
}

/// Whether two pictures count as one, whether or not pictures are taken anew.
pub fn is_same(one: &RgbaImage, other: &RgbaImage) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("one.png");
    one.save(&kept).expect("the picture can be written");
    let before = std::fs::read(&kept).expect("it was just written");
    let compared = try_image_snapshot_options(other, "one", &options().output_path(folder.path()));
    compared.is_ok() && std::fs::read(&kept).is_ok_and(|after| after == before)
}

/// The picture with a part of it moved to the right.
pub fn shifted(picture: &RgbaImage, part: Rect, by: u32) -> RgbaImage {
    let mut moved = picture.clone();
    for y in part.top() as u32..part.bottom() as u32 {
        for x in part.left() as u32..part.right() as u32 {
            moved.put_pixel(x + by, y, *picture.get_pixel(x, y));
        }
    }
    moved
}

/// The picture with every channel one step off.
pub fn rounded(picture: &RgbaImage) -> RgbaImage {
    let mut rounded = picture.clone();
    for pixel in rounded.pixels_mut() {
        pixel.0[0] = pixel.0[0].saturating_add(1);
        pixel.0[2] = pixel.0[2].saturating_sub(1);
    }
    rounded
}
