//! A file dropped on the window without a desktop to drag it on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui_kittest::Harness;
use inbetween::app::App;

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// Lets go of these files over the window; its next pass takes them.
pub fn drop_on(window: &mut Harness<'_, App>, paths: &[PathBuf]) {
    for path in paths {
        window.input_mut().dropped_files.push(Arc::new(Dropped(path.clone())));
    }
}
