//! The transport row: where the playhead is, and the buttons that move it.

use egui::{Label, Rect, Ui, vec2};

use super::Speed;
use super::reel::Reel;
use super::volume;
use super::zoom::Zoom;
use crate::domain::settings::ClipSound;
use crate::state::Action;
use crate::ui::icons::Icon;
use crate::ui::stage::regions;
use crate::ui::theme::{
    Theme, Type,
    metrics::{size, space},
};
use crate::ui::widgets::{Choice, Dropdown, IconButton, Surface, frame_counter, timecode};

const DISC: f32 = 38.0;
/// The full-screen glyph, not the button around it, ends where the filmstrip does.
const OVERHANG: f32 = 4.0;

/// What a button of the row asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wish {
    Do(Action),
    Speed(Speed),
    Zoom(Zoom),
    /// In percent.
    Volume(u8),
}

/// What the row shows beside where the playhead is.
#[derive(Debug, Clone, Copy)]
pub struct Switches {
    pub playing: bool,
    pub speed: Speed,
    pub zoom: Zoom,
    pub full: bool,
    pub sound: ClipSound,
}

/// Shows the row.
pub fn show(ui: &mut Ui, rect: Rect, reel: &Reel, on: Switches) -> Option<Wish> {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    regions::row(ui, rect, |ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        ui.add(Label::new(Type::Timecode.rich(timecode(reel.hundredths()), p.text)));
        let counter = frame_counter(reel.number() as u64, reel.frames() as u64);
        ui.add(Label::new(Type::SmallMono.rich(counter, p.muted)));
    });
    let middle = moving(ui, rect, reel, on.playing).map(Wish::Do);
    let right = switches(ui, rect, reel, on);
    middle.or(right)
}

fn moving(ui: &mut Ui, rect: Rect, reel: &Reel, playing: bool) -> Option<Action> {
    let ready = reel.is_ready();
    let width = 2.0 * size::ICON_BUTTON + DISC + 2.0 * space::S;
    let place = regions::centred(rect, vec2(width, DISC));
    let (icon, name) = if playing { (Icon::PAUSE, words!("clip-pause")) } else { (Icon::PLAY, words!("clip-play")) };
    let (backward, onward) = (words!("clip-back"), words!("clip-forward"));
    regions::row(ui, place, |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let back = IconButton::new(Icon::BACK, &backward).keys("←").enabled(ready);
        let play = IconButton::new(icon, &name).sizes(DISC, 18.0).surface(Surface::Disc).keys("Space").enabled(ready);
        let forward = IconButton::new(Icon::FORWARD, &onward).keys("→").enabled(ready);
        let mut asked = None;
        for (button, action) in
            [(back, Action::BackOneFrame), (play, Action::PlayPause), (forward, Action::ForwardOneFrame)]
        {
            if ui.add(button).clicked() {
                asked = Some(action);
            }
        }
        asked
    })
}

fn switches(ui: &mut Ui, rect: Rect, reel: &Reel, on: Switches) -> Option<Wish> {
    let speeds = Speed::ALL.map(|speed| Choice::new(speed, speed.title()));
    let zooms = zooms(on.zoom);
    let zooms: Vec<_> = zooms.iter().map(|(percent, label)| Choice::new(*percent, label)).collect();
    let ready = reel.is_ready();
    regions::row_from_right(ui, rect, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(-OVERHANG);
        let mut wish = None;
        let (icon, name) = if on.full {
            (Icon::WINDOWED, words!("clip-leave-full"))
        } else {
            (Icon::FULL_SCREEN, words!("clip-full"))
        };
        if ui.add(IconButton::new(icon, &name).keys("F").enabled(ready)).clicked() {
            wish = Some(Wish::Do(Action::FullScreen));
        }
        let mut speed = on.speed;
        let name = words!("clip-speed");
        let dropdown = Dropdown::new(&name, &speeds).quiet().enabled(ready);
        if dropdown.show(ui, &mut speed).changed() {
            wish = Some(Wish::Speed(speed));
        }
        if ui.add(IconButton::new(Icon::LOOP, &words!("clip-loop")).toggled(reel.loops())).clicked() {
            wish = Some(Wish::Do(Action::ToggleLoop));
        }
        let mut percent = on.zoom.as_percent();
        let name = words!("clip-zoom");
        let dropdown = Dropdown::new(&name, &zooms).quiet().enabled(ready);
        if dropdown.show(ui, &mut percent).changed() {
            wish = Some(Wish::Zoom(percent.map_or(Zoom::FIT, Zoom::percent)));
        }
        volume::show(ui, reel, on.sound).or(wish)
    })
}

/// The customary scales, and the present one where it is none of them.
fn zooms(zoom: Zoom) -> Vec<(Option<u32>, String)> {
    let mut percents = Zoom::PERCENTS.to_vec();
    percents.extend(zoom.as_percent().filter(|percent| !Zoom::PERCENTS.contains(percent)));
    percents.sort_unstable();
    let named = percents.into_iter().map(|percent| (Some(percent), format!("{percent}%")));
    std::iter::once((None, words!("clip-fit"))).chain(named).collect()
}
