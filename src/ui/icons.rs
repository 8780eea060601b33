//! Every icon of the interface, by what it means here.
//!
//! Code points of Phosphor 2.1, whose fonts lie in `assets/fonts`.

use egui::epaint::TextShape;
use egui::{Align2, Color32, FontId, Painter, Pos2};

use super::fonts::Face;

/// One Phosphor glyph in one weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon {
    glyph: &'static str,
    face: Face,
    /// Upside down: of a glyph whose halves are alike, the mirror image.
    turned: bool,
}

const fn outline(glyph: &'static str) -> Icon {
    Icon { glyph, face: Face::Icons, turned: false }
}

const fn turned(glyph: &'static str) -> Icon {
    Icon { glyph, face: Face::Icons, turned: true }
}

const fn solid(glyph: &'static str) -> Icon {
    Icon { glyph, face: Face::IconsFill, turned: false }
}

const fn heavy(glyph: &'static str) -> Icon {
    Icon { glyph, face: Face::IconsBold, turned: false }
}

impl Icon {
    // Compose
    pub const RECENT_PROMPTS: Self = outline("\u{E1A0}"); // clock-counter-clockwise
    pub const CLEAR_FORM: Self = outline("\u{E21E}"); // eraser
    pub const CROP: Self = outline("\u{E1D4}"); // crop
    pub const CLOSE: Self = outline("\u{E4F6}"); // x
    pub const SWAP: Self = outline("\u{E0A0}"); // arrows-left-right
    pub const DICE: Self = outline("\u{E1EE}"); // dice-five
    pub const UNLOCKED: Self = outline("\u{E30A}"); // lock-simple-open
    pub const LOCKED: Self = solid("\u{E308}"); // lock-simple
    pub const IMAGE: Self = outline("\u{E2CA}"); // image
    pub const IMAGE_PLACE: Self = outline("\u{E2CC}"); // image-square
    pub const LINK: Self = outline("\u{E2E2}"); // link
    pub const STAR: Self = outline("\u{E46A}"); // star
    pub const CLIPBOARD: Self = outline("\u{E196}"); // clipboard
    pub const REPLACE: Self = outline("\u{E094}"); // arrows-clockwise
    pub const PLUS: Self = outline("\u{E3D4}"); // plus
    pub const MINUS: Self = outline("\u{E32A}"); // minus
    pub const CARET_DOWN: Self = outline("\u{E136}"); // caret-down
    pub const CHECK: Self = outline("\u{E182}"); // check
    pub const ARROW_RIGHT: Self = outline("\u{E06C}"); // arrow-right

    // Top bar and settings
    pub const THIS_COMPUTER: Self = outline("\u{E610}"); // cpu
    pub const CLOUD: Self = outline("\u{E1AA}"); // cloud
    pub const WALLET: Self = outline("\u{E68A}"); // wallet
    pub const KEYBOARD: Self = outline("\u{E2D8}"); // keyboard
    pub const SETTINGS: Self = outline("\u{E272}"); // gear-six
    pub const KEY: Self = outline("\u{E2D6}"); // key
    pub const VERIFY: Self = outline("\u{E40C}"); // shield-check
    pub const FOLDER: Self = outline("\u{E24A}"); // folder

    // Tasks
    pub const SEARCH: Self = outline("\u{E30C}"); // magnifying-glass
    pub const UPLOADING: Self = outline("\u{E4C0}"); // upload-simple
    pub const QUEUED: Self = outline("\u{E2B2}"); // hourglass
    pub const RENDERING: Self = outline("\u{E792}"); // film-strip
    pub const DOWNLOADING: Self = outline("\u{E20C}"); // download-simple
    pub const DONE: Self = solid("\u{E184}"); // check-circle
    pub const FAILED: Self = solid("\u{E4F8}"); // x-circle
    pub const UNKNOWN: Self = solid("\u{E3E8}"); // question
    pub const NOT_WATCHED: Self = outline("\u{E224}"); // eye-slash
    pub const STEP_DONE: Self = heavy("\u{E182}"); // check
    pub const RETRY: Self = outline("\u{E036}"); // arrow-clockwise
    pub const REUSE: Self = outline("\u{E038}"); // arrow-counter-clockwise
    pub const TRASH: Self = outline("\u{E4A6}"); // trash
    pub const TASK_PANEL: Self = turned("\u{EC24}"); // sidebar-simple
    pub const MORE: Self = outline("\u{E1FE}"); // dots-three

    // Notes and toasts
    pub const WARNING: Self = solid("\u{E4E0}"); // warning
    pub const ERROR: Self = solid("\u{E4E4}"); // warning-octagon
    pub const INFO: Self = solid("\u{E2CE}"); // info

    // Stage
    pub const PLAY: Self = solid("\u{E3D0}"); // play
    pub const PLAY_OUTLINE: Self = outline("\u{E3D0}"); // play
    pub const PAUSE: Self = solid("\u{E39E}"); // pause
    pub const BACK: Self = outline("\u{E5A4}"); // skip-back
    pub const FORWARD: Self = outline("\u{E5A6}"); // skip-forward
    pub const LOOP: Self = outline("\u{E3F6}"); // repeat
    pub const SOUND: Self = outline("\u{E44A}"); // speaker-high
    pub const MUTED: Self = outline("\u{E45C}"); // speaker-x
    pub const FULL_SCREEN: Self = outline("\u{E1D0}"); // corners-out
    pub const WINDOWED: Self = outline("\u{E1CE}"); // corners-in
    pub const SAVE: Self = outline("\u{E248}"); // floppy-disk
    pub const LAST_AS_FIRST: Self = outline("\u{E018}"); // arrow-bend-down-left
    pub const COMPARE: Self = outline("\u{E870}"); // square-split-horizontal
    pub const OPEN_OUTSIDE: Self = outline("\u{E5DE}"); // arrow-square-out
    pub const SHOW_IN_FOLDER: Self = outline("\u{E256}"); // folder-open
    pub const REUSE_SETTINGS: Self = outline("\u{E024}"); // arrow-bend-up-left
    pub const SPLIT_HANDLE: Self = outline("\u{EB06}"); // arrows-horizontal

    /// Every icon there is.
    pub const ALL: &[Self] = &[
        Self::RECENT_PROMPTS,
        Self::CLEAR_FORM,
        Self::CROP,
        Self::CLOSE,
        Self::SWAP,
        Self::DICE,
        Self::UNLOCKED,
        Self::LOCKED,
        Self::IMAGE,
        Self::IMAGE_PLACE,
        Self::LINK,
        Self::STAR,
        Self::CLIPBOARD,
        Self::REPLACE,
        Self::PLUS,
        Self::MINUS,
        Self::CARET_DOWN,
        Self::CHECK,
        Self::ARROW_RIGHT,
        Self::THIS_COMPUTER,
        Self::CLOUD,
        Self::WALLET,
        Self::KEYBOARD,
        Self::SETTINGS,
        Self::KEY,
        Self::VERIFY,
        Self::FOLDER,
        Self::SEARCH,
        Self::UPLOADING,
        Self::QUEUED,
        Self::RENDERING,
        Self::DOWNLOADING,
        Self::DONE,
        Self::FAILED,
        Self::UNKNOWN,
        Self::NOT_WATCHED,
        Self::STEP_DONE,
        Self::RETRY,
        Self::REUSE,
        Self::TRASH,
        Self::TASK_PANEL,
        Self::MORE,
        Self::WARNING,
        Self::ERROR,
        Self::INFO,
        Self::PLAY,
        Self::PLAY_OUTLINE,
        Self::PAUSE,
        Self::BACK,
        Self::FORWARD,
        Self::LOOP,
        Self::SOUND,
        Self::MUTED,
        Self::FULL_SCREEN,
        Self::WINDOWED,
        Self::SAVE,
        Self::LAST_AS_FIRST,
        Self::COMPARE,
        Self::OPEN_OUTSIDE,
        Self::SHOW_IN_FOLDER,
        Self::REUSE_SETTINGS,
        Self::SPLIT_HANDLE,
    ];

    #[must_use]
    pub fn font_id(self, size: f32) -> FontId {
        FontId::new(size, self.face.family())
    }

    /// The glyph itself, for texts that mix icons and words.
    #[must_use]
    pub const fn glyph(self) -> &'static str {
        self.glyph
    }

    /// Paints the icon in a square of `size` points around `center`.
    pub fn paint(self, painter: &Painter, center: Pos2, size: f32, color: Color32) {
        if self.turned {
            let galley = painter.layout_no_wrap(self.glyph.to_owned(), self.font_id(size), color);
            let corner = center + galley.size() / 2.0;
            painter.add(TextShape::new(corner, galley, color).with_angle(std::f32::consts::PI));
            return;
        }
        painter.text(center, Align2::CENTER_CENTER, self.glyph, self.font_id(size), color);
    }
}
