//! Toasts: what just happened, and one thing to do about it.

use egui::{Align, CornerRadius, Frame, Label, Layout, Margin, Role, Ui, UiBuilder, accesskit::Live, vec2};

use super::{
    button::{Button, ButtonKind},
    icon_button::IconButton,
};
use crate::ui::{
    icons::Icon,
    theme::{
        Theme, Type,
        metrics::{radius, size, space},
    },
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastKind {
    Success,
    Failure,
    Hint,
}

/// What the user did with a toast in this frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ToastAnswer {
    pub acted: bool,
    pub closed: bool,
    /// The pointer or the keyboard is on it: its time does not run.
    pub held: bool,
}

impl ToastKind {
    /// Its icon, and the colour of that.
    #[must_use]
    pub fn look(self, theme: &Theme) -> (Icon, egui::Color32) {
        let p = &theme.palette;
        match self {
            Self::Success => (Icon::DONE, p.success),
            Self::Failure => (Icon::FAILED, p.error),
            Self::Hint => (Icon::INFO, p.accent),
        }
    }
}

/// The frame and content of a toast; where it lies and for how long is the caller's.
#[must_use = "call show"]
pub struct Toast<'a> {
    kind: ToastKind,
    text: &'a str,
    action: Option<&'a str>,
    closable: bool,
}

impl<'a> Toast<'a> {
    pub const fn new(kind: ToastKind, text: &'a str) -> Self {
        Self { kind, text, action: None, closable: true }
    }

    pub const fn action(mut self, action: &'a str) -> Self {
        self.action = Some(action);
        self
    }

    pub const fn fixed(mut self) -> Self {
        self.closable = false;
        self
    }

    pub fn show(self, ui: &mut Ui) -> ToastAnswer {
        let theme = Theme::of(ui.ctx());
        let p = &theme.palette;
        // Told politely unless something failed.
        let role = if self.kind == ToastKind::Failure { Role::Alert } else { Role::Status };
        let builder = UiBuilder::new().accessibility_role(role).accessibility_label(self.text);
        let right = if self.closable { 8 } else { 16 };
        let frame = Frame::new()
            .fill(p.toast)
            .stroke(Theme::hairline(p.stroke))
            .corner_radius(CornerRadius::same(radius::LARGE))
            .shadow(theme.float_shadow())
            .inner_margin(Margin { left: 16, right, top: 0, bottom: 0 });
        let live = if self.kind == ToastKind::Failure { Live::Assertive } else { Live::Polite };
        let row = |ui: &mut Ui| {
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| node.set_live(live));
            frame.show(ui, |ui| {
                ui.set_height(size::TOAST - 2.0);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| self.row(ui, &theme)).inner
            })
        };
        let shown = ui.scope_builder(builder, row).inner;
        let hovered = ui.rect_contains_pointer(shown.response.rect);
        ToastAnswer { held: shown.inner.held || hovered, ..shown.inner }
    }

    fn row(&self, ui: &mut Ui, theme: &Theme) -> ToastAnswer {
        let p = &theme.palette;
        let (icon, ink) = self.kind.look(theme);
        ui.spacing_mut().item_spacing.x = space::L;
        let (rect, _) = ui.allocate_exact_size(vec2(18.0, 18.0), egui::Sense::hover());
        icon.paint(ui.painter(), rect.center(), 18.0, ink);
        ui.add(Label::new(Type::Body.rich(self.text, p.text)).extend());
        let mut answer = ToastAnswer::default();
        if let Some(action) = self.action {
            ui.add_space(space::XS);
            let response = ui.add(Button::new(action).kind(ButtonKind::Link));
            answer.acted = response.clicked();
            answer.held |= response.has_focus();
        }
        if self.closable {
            ui.add_space(space::XS);
            let response = ui.add(IconButton::new(Icon::CLOSE, &words!("close")).small());
            answer.closed = response.clicked();
            answer.held |= response.has_focus();
        }
        answer
    }
}
