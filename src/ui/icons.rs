//! Every icon of the interface, by what it means here.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect};
use egui_phosphor::regular as ph;

use super::fonts::Face;

/// One Phosphor glyph in one weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon {
    glyph: &'static str,
    face: Face,
}

const fn outline(glyph: &'static str) -> Icon {
    Icon { glyph, face: Face::Icons }
}

const fn solid(glyph: &'static str) -> Icon {
    Icon { glyph, face: Face::IconsFill }
}

const fn heavy(glyph: &'static str) -> Icon {
    Icon { glyph, face: Face::IconsBold }
}

impl Icon {
    // Compose
    pub const RECENT_PROMPTS: Self = outline(ph::CLOCK_COUNTER_CLOCKWISE);
    pub const CLEAR_FORM: Self = outline(ph::ERASER);
    pub const CROP: Self = outline(ph::CROP);
    pub const CLOSE: Self = outline(ph::X);
    pub const SWAP: Self = outline(ph::ARROWS_LEFT_RIGHT);
    pub const DICE: Self = outline(ph::DICE_FIVE);
    pub const UNLOCKED: Self = outline(ph::LOCK_SIMPLE_OPEN);
    pub const LOCKED: Self = solid(ph::LOCK_SIMPLE);
    pub const IMAGE: Self = outline(ph::IMAGE);
    pub const CLIPBOARD: Self = outline(ph::CLIPBOARD_TEXT);
    pub const REPLACE: Self = outline(ph::ARROWS_CLOCKWISE);
    pub const PLUS: Self = outline(ph::PLUS);
    pub const MINUS: Self = outline(ph::MINUS);
    pub const CARET_DOWN: Self = outline(ph::CARET_DOWN);
    pub const CHECK: Self = outline(ph::CHECK);
    pub const ARROW_RIGHT: Self = outline(ph::ARROW_RIGHT);

    // Top bar and settings
    pub const THIS_COMPUTER: Self = outline(ph::CPU);
    pub const CLOUD: Self = outline(ph::CLOUD);
    pub const WALLET: Self = outline(ph::WALLET);
    pub const KEYBOARD: Self = outline(ph::KEYBOARD);
    pub const SETTINGS: Self = outline(ph::GEAR_SIX);
    pub const KEY: Self = outline(ph::KEY);
    pub const VERIFY: Self = outline(ph::SHIELD_CHECK);
    pub const FOLDER: Self = outline(ph::FOLDER);

    // Tasks
    pub const SEARCH: Self = outline(ph::MAGNIFYING_GLASS);
    pub const UPLOADING: Self = outline(ph::UPLOAD_SIMPLE);
    pub const QUEUED: Self = outline(ph::HOURGLASS);
    pub const RENDERING: Self = outline(ph::FILM_STRIP);
    pub const DOWNLOADING: Self = outline(ph::DOWNLOAD_SIMPLE);
    pub const DONE: Self = solid(ph::CHECK_CIRCLE);
    pub const FAILED: Self = solid(ph::X_CIRCLE);
    pub const UNKNOWN: Self = solid(ph::QUESTION);
    pub const NOT_WATCHED: Self = outline(ph::EYE_SLASH);
    pub const STEP_DONE: Self = heavy(ph::CHECK);
    pub const RETRY: Self = outline(ph::ARROW_CLOCKWISE);
    pub const REUSE: Self = outline(ph::ARROW_COUNTER_CLOCKWISE);
    pub const TRASH: Self = outline(ph::TRASH);
    pub const TASK_PANEL: Self = outline(ph::SIDEBAR_SIMPLE);
    pub const MORE: Self = outline(ph::DOTS_THREE);

    // Notes and toasts
    pub const WARNING: Self = solid(ph::WARNING);
    pub const ERROR: Self = solid(ph::WARNING_OCTAGON);
    pub const INFO: Self = solid(ph::INFO);

    // Stage
    pub const PLAY: Self = solid(ph::PLAY);
    pub const PLAY_OUTLINE: Self = outline(ph::PLAY);
    pub const PAUSE: Self = solid(ph::PAUSE);
    pub const BACK: Self = outline(ph::SKIP_BACK);
    pub const FORWARD: Self = outline(ph::SKIP_FORWARD);
    pub const LOOP: Self = outline(ph::REPEAT);
    pub const FULL_SCREEN: Self = outline(ph::CORNERS_OUT);
    pub const SAVE: Self = outline(ph::FLOPPY_DISK);
    pub const LAST_AS_FIRST: Self = outline(ph::ARROW_ELBOW_DOWN_LEFT);
    pub const COMPARE: Self = outline(ph::COLUMNS);
    pub const OPEN_OUTSIDE: Self = outline(ph::ARROW_SQUARE_OUT);
    pub const SHOW_IN_FOLDER: Self = outline(ph::FOLDER_OPEN);
    pub const REUSE_SETTINGS: Self = outline(ph::ARROW_BEND_UP_LEFT);
    pub const SPLIT_HANDLE: Self = outline(ph::ARROWS_HORIZONTAL);

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
    pub fn paint(self, painter: &Painter, center: Pos2, size: f32, color: Color32) -> Rect {
        painter.text(center, Align2::CENTER_CENTER, self.glyph, self.font_id(size), color)
    }
}
