//! The parts panels are made of.
//!
//! Each widget paints itself from the theme's tokens, names itself to screen readers, works by keyboard and shows its
//! focus. None of them knows the application's state: values go in, a [`egui::Response`] or an answer comes out.

mod accessible;
mod badge;
mod bars;
mod button;
mod dashed;
mod dropdown;
mod feel;
mod icon_button;
mod key_cap;
mod menu;
mod note;
mod panel;
mod progress;
mod segmented;
mod skeleton;
mod stepper;
mod switch;
mod text_field;
mod timecode;
mod toast;

pub use accessible::{name_scroll_bars, set_place};
pub use badge::{MetaChip, Severity, Tag, Tone, status_pill};
pub use bars::{app_mark, bars};
pub use button::{Button, ButtonKind, ButtonSize};
pub use dashed::{Dash, dashed_rect};
pub use dropdown::{Choice, Dropdown};
pub use feel::{Feel, focus_ring, keep_focus_in_sight, tooltip};
pub use icon_button::{IconButton, Surface};
pub use key_cap::{KeyLook, key_cap, key_cap_width, paint_key_cap};
pub use menu::{menu, menu_caption, menu_row};
pub use note::Note;
pub use panel::{field_label, panel_frame, panel_header, rule, section_label};
pub use progress::{Progress, paint_span, progress_bar};
pub use segmented::{Segment, Segmented};
pub use skeleton::skeleton;
pub use stepper::Stepper;
pub use switch::Switch;
pub use text_field::{TextField, field_frame};
pub use timecode::{frame_counter, timecode};
pub use toast::{Toast, ToastAnswer, ToastKind};

#[cfg(test)]
mod tests;
