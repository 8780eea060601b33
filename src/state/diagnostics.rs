//! What a report of a fault needs to know of this installation. Nothing secret: no key, no address, no prompt.

use super::State;

/// What is known of the program and of the computer it runs on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    /// Version and commit.
    pub version: String,
    /// "Debian GNU/Linux 12, `x86_64`"
    pub system: String,
    /// What paints the window.
    pub renderer: String,
    /// Folders, with the user's own written as `~`.
    pub data: String,
    pub clips: String,
    pub cache: String,
    /// The first line that ffmpeg says of itself; `None` where there is none.
    pub ffmpeg: Option<String>,
}

/// What decodes clips by itself.
const DECODERS: &str = "rusty_h264, rust_h264";

impl Diagnostics {
    /// Each fact with its name, as Settings lists them. `scale` is in pixels for a point.
    #[must_use]
    pub fn lines(state: &State, scale: f32) -> Vec<(&'static str, String)> {
        let known = &state.diagnostics;
        let ffmpeg = known.ffmpeg.clone().unwrap_or_else(|| "not found".to_owned());
        vec![
            ("Version", known.version.clone()),
            ("System", known.system.clone()),
            ("Renderer", known.renderer.clone()),
            ("Scale", format!("{}%", (scale * 100.0).round())),
            ("Data", known.data.clone()),
            ("Clips", known.clips.clone()),
            ("Cache", known.cache.clone()),
            ("Decoders", DECODERS.to_owned()),
            ("ffmpeg", ffmpeg),
            ("Host", state.host().id.clone()),
            ("Tasks", format!("{}, {} running", state.tasks.rows().len(), state.tasks.running())),
        ]
    }

    /// The same as a text for the clipboard.
    #[must_use]
    pub fn text(state: &State, scale: f32) -> String {
        let lines = Self::lines(state, scale);
        lines.iter().map(|(name, value)| [name, ": ", value, "\n"].concat()).collect()
    }
}
