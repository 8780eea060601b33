//! What every panel is given: the state to read, a place for wishes, and the textures of pictures already uploaded.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{ColorImage, Context, TextureHandle, TextureOptions};

use crate::domain::frame::Preview;
use crate::state::{Action, Command, State};

/// One pass of the window.
pub struct UiContext<'a> {
    pub state: &'a State,
    pub textures: &'a mut Textures,
    /// The layout below 1200 points.
    pub narrow: bool,
    commands: &'a mut Vec<Command>,
}

impl<'a> UiContext<'a> {
    #[must_use]
    pub fn new(state: &'a State, textures: &'a mut Textures, narrow: bool, commands: &'a mut Vec<Command>) -> Self {
        Self { state, textures, narrow, commands }
    }

    /// Asks for something; it is done after the last panel is painted.
    pub fn send(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Asks for an argument-less command.
    pub fn act(&mut self, action: Action) {
        self.send(Command::Do(action));
    }
}

/// Pictures on the graphics card, by the pixels they were made from. What no panel asked for in a pass is let go.
#[derive(Default)]
pub struct Textures {
    kept: HashMap<usize, Entry>,
}

struct Entry {
    /// Keeps the pixels alive, so that their address cannot be another picture's.
    pixels: Arc<[u8]>,
    texture: TextureHandle,
    used: bool,
}

impl Textures {
    /// The texture of these pixels, uploaded at first use.
    pub fn get(&mut self, ctx: &Context, preview: &Preview) -> TextureHandle {
        let key = preview.rgba.as_ptr().addr();
        let entry = self.kept.entry(key).or_insert_with(|| {
            let size = [preview.size.width as usize, preview.size.height as usize];
            let image = ColorImage::from_rgba_unmultiplied(size, &preview.rgba);
            let texture = ctx.load_texture("picture", image, TextureOptions::LINEAR);
            Entry { pixels: Arc::clone(&preview.rgba), texture, used: true }
        });
        debug_assert!(Arc::ptr_eq(&entry.pixels, &preview.rgba));
        entry.used = true;
        entry.texture.clone()
    }

    /// Lets go of what the last pass did not use.
    pub fn end_pass(&mut self) {
        self.kept.retain(|_, entry| std::mem::take(&mut entry.used));
    }
}
