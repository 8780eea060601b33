//! Sizes, gaps, radii and times, in points and seconds.

/// Gaps. Use these and no other distance between things.
pub mod space {
    pub const XXS: f32 = 2.0;
    pub const XS: f32 = 4.0;
    /// Label to field.
    pub const S: f32 = 6.0;
    pub const M: f32 = 8.0;
    pub const L: f32 = 10.0;
    pub const XL: f32 = 12.0;
    /// Group to group.
    pub const GROUP: f32 = 14.0;
    pub const XXL: f32 = 16.0;
    pub const HUGE: f32 = 20.0;
    pub const SECTION: f32 = 24.0;
    pub const PAGE: f32 = 32.0;
}

/// Corner radii.
pub mod radius {
    pub const SHEET: u8 = 14;
    pub const PANEL: u8 = 12;
    /// Generate, toast, sample card.
    pub const LARGE: u8 = 10;
    /// Control, well, row.
    pub const CONTROL: u8 = 8;
    /// Small button, pill, tag, filmstrip.
    pub const SMALL: u8 = 6;
    pub const KEY: u8 = 5;
    pub const PROGRESS: u8 = 2;
}

/// Heights, widths and diameters.
pub mod size {
    pub const FIELD: f32 = 34.0;
    /// The search field and the host, which stand among panels and not in a form.
    pub const FIELD_SLIM: f32 = 32.0;
    pub const BALANCE: f32 = 28.0;
    pub const BUTTON: f32 = 32.0;
    pub const BUTTON_ROOMY: f32 = 36.0;
    pub const BUTTON_SMALL: f32 = 26.0;
    pub const BUTTON_LARGE: f32 = 44.0;
    pub const ICON_BUTTON: f32 = 32.0;
    pub const ICON_BUTTON_SMALL: f32 = 28.0;
    /// The icons in a well's label row: the least a target may be.
    pub const ICON_BUTTON_WELL: f32 = 24.0;
    pub const SWITCH: egui::Vec2 = egui::vec2(34.0, 20.0);
    pub const SEGMENTED: f32 = 30.0;
    pub const SEGMENTED_INSET: f32 = 2.0;
    pub const PILL: f32 = 20.0;
    pub const TAG: f32 = 22.0;
    pub const CHIP: f32 = 24.0;
    pub const KEY_CAP: f32 = 20.0;
    pub const PROGRESS: f32 = 4.0;
    pub const TOAST: f32 = 44.0;
    pub const MARK: egui::Vec2 = egui::vec2(30.0, 14.0);
    pub const GLYPH_BUTTON: f32 = 16.0;
    pub const GLYPH_ICON_BUTTON: f32 = 18.0;
    pub const GLYPH_PILL: f32 = 13.0;
}

/// Window layout.
pub mod layout {
    /// Window margin and gap between panels.
    pub const GAP: f32 = 8.0;
    pub const TOP_BAR: f32 = 48.0;
    pub const COMPOSE: f32 = 400.0;
    pub const COMPOSE_NARROW: f32 = 320.0;
    pub const COMPOSE_PADDING: f32 = 16.0;
    pub const TASKS: f32 = 340.0;
    pub const TASK_RAIL: f32 = 72.0;
    /// Below this width the narrow layout takes over.
    pub const NARROW_BELOW: f32 = 1200.0;
    pub const PANEL_HEADER: f32 = 44.0;
    pub const PANEL_HEADER_NARROW: f32 = 40.0;
    pub const SHEET_WIDTH: f32 = 680.0;
    /// Narrower than this its rows do not fit.
    pub const STAGE_LEAST: f32 = 600.0;
    pub const WINDOW: egui::Vec2 = egui::vec2(1440.0, 900.0);
    pub const WINDOW_MIN: egui::Vec2 = egui::vec2(1024.0, 680.0);
}

/// Line widths.
pub mod stroke {
    pub const HAIRLINE: f32 = 1.0;
    pub const DASH: f32 = 1.5;
    pub const FOCUS: f32 = 2.0;
    /// Between a control's edge and its focus ring.
    pub const FOCUS_GAP: f32 = 2.0;
}

/// How long things take to move, in seconds.
pub mod time {
    /// Hover and press.
    pub const HOVER: f32 = 0.080;
    /// Switch, segment, selection, new filmstrip cells.
    pub const SELECT: f32 = 0.120;
    /// Panel, rail, sheet, and a toast coming in.
    pub const PANEL: f32 = 0.160;
    pub const TOAST_OUT: f32 = 0.120;
    /// Progress easing to its new value.
    pub const PROGRESS: f32 = 0.250;
    /// The longest a fade may take when motion is reduced.
    pub const REDUCED_FADE: f32 = 0.080;
    /// How long a toast stays.
    pub const TOAST_STAY: f32 = 6.0;
}
