//! The transport row: where the playhead is, and the buttons that move it.

use egui::{Label, Rect, Ui, vec2};

use super::Speed;
use super::reel::Reel;
use crate::state::Action;
use crate::ui::icons::Icon;
use crate::ui::stage::regions;
use crate::ui::theme::{
    Theme, Type,
    metrics::{size, space},
};
use crate::ui::widgets::{Choice, Dropdown, IconButton, Surface, frame_counter, timecode};

const DISC: f32 = 38.0;
const SPEED_WIDTH: f32 = 60.0;

/// What a button of the row asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Do(Action),
    Speed(Speed),
}

/// Shows the row.
pub fn show(ui: &mut Ui, rect: Rect, reel: &Reel, looping: bool, speed: Speed) -> Option<Wish> {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    regions::row(ui, rect, |ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        ui.add(Label::new(Type::Timecode.rich(timecode(reel.hundredths()), p.text)));
        let counter = frame_counter(reel.number() as u64, reel.frames() as u64);
        ui.add(Label::new(Type::SmallMono.rich(counter, p.muted)));
    });
    let middle = moving(ui, rect, reel).map(Wish::Do);
    let right = switches(ui, rect, reel, looping, speed);
    middle.or(right)
}

fn moving(ui: &mut Ui, rect: Rect, reel: &Reel) -> Option<Action> {
    let ready = reel.is_ready();
    let width = 2.0 * size::ICON_BUTTON + DISC + 2.0 * space::L;
    let place = regions::centred(rect, vec2(width, DISC));
    let (icon, name) = if reel.is_playing() { (Icon::PAUSE, "Pause") } else { (Icon::PLAY, "Play") };
    regions::row(ui, place, |ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        let back = IconButton::new(Icon::BACK, "Back one frame").keys("←").enabled(ready);
        let play = IconButton::new(icon, name).sizes(DISC, 18.0).surface(Surface::Disc).keys("Space").enabled(ready);
        let forward = IconButton::new(Icon::FORWARD, "Forward one frame").keys("→").enabled(ready);
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

fn switches(ui: &mut Ui, rect: Rect, reel: &Reel, looping: bool, speed: Speed) -> Option<Wish> {
    let choices = Speed::ALL.map(|speed| Choice::new(speed, speed.title()));
    regions::row_from_right(ui, rect, |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let mut chosen = speed;
        let dropdown = Dropdown::new("Speed", &choices).quiet().width(SPEED_WIDTH).enabled(reel.is_ready());
        let changed = dropdown.show(ui, &mut chosen).changed();
        let toggle = IconButton::new(Icon::LOOP, "Loop").toggled(looping);
        if ui.add(toggle).clicked() {
            return Some(Wish::Do(Action::ToggleLoop));
        }
        changed.then_some(Wish::Speed(chosen))
    })
}
