//! The row of file names: the template, and what it makes of a clip.

use egui::Ui;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::clip_name::{Facts, Template, names};
use crate::domain::generation::UnixMillis;
use crate::state::{Command, SettingsCommand, State};
use crate::ui::UiContext;
use crate::ui::theme::metrics::space;
use crate::ui::theme::{Theme, Type};
use crate::ui::widgets::{TextField, field_label};

const ID: &str = "3f9c1a2b";

/// The field of the template: free text until it is one.
#[derive(Default)]
pub struct NamesField {
    text: String,
    /// Why the text is none; the last template that was one stands.
    trouble: Option<String>,
    focused: bool,
}

impl NamesField {
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut UiContext<'_>) {
        let theme = Theme::of(ui.ctx());
        let template = &cx.state.settings.file_names;
        if !self.focused && self.trouble.is_none() {
            template.as_str().clone_into(&mut self.text);
        }
        let name = words!("names-label");
        field_label(ui, &name);
        ui.add_space(space::S);
        let field = TextField::new(&mut self.text, &name)
            .hint(Template::DEFAULT)
            .mono()
            .width(ui.available_width())
            .error(self.trouble.as_deref())
            .show(ui);
        self.focused = field.has_focus();
        if field.changed() {
            match Template::parse(&self.text) {
                Ok(new) => {
                    self.trouble = None;
                    cx.send(Command::Settings(SettingsCommand::SetFileNames(new)));
                }
                Err(error) => self.trouble = Some(error.to_string()),
            }
        }
        ui.add_space(space::M);
        let (caption, color) = match &self.trouble {
            Some(trouble) => (trouble.clone(), theme.palette.error),
            None => (words!("names-example", name = example(template, cx.state)), theme.palette.muted),
        };
        ui.label(Type::Small.rich(caption, color));
        ui.add_space(space::XS);
        let offered = words!("names-offered", names = names().replace(" {id}", ""));
        ui.label(Type::Small.rich(offered, theme.palette.muted));
    }

    /// Forgets what was typed and is no template.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

/// What a clip that is ordered now would be called.
fn example(template: &Template, state: &State) -> String {
    let UnixMillis(now) = state.now;
    let moment = Timestamp::from_millisecond(now).unwrap_or(Timestamp::UNIX_EPOCH);
    let settings = &state.draft.settings;
    let sample = words!("sample-lake");
    let prompt = if settings.prompt.trim().is_empty() { sample.as_str() } else { settings.prompt.as_str() };
    let facts = Facts {
        made: TimeZone::system().to_datetime(moment),
        prompt,
        resolution: &settings.resolution,
        ratio: &settings.ratio,
        seconds: settings.duration,
        seed: Some(41),
    };
    template.file_name(&facts, ID)
}
