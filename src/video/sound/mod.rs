//! What a clip sounds like, and when: its sound track, taken from the file, decoded and handed to the sound device.
//!
//! Whether a clip has sound is known in every build; it is played where the cargo feature `sound` is on, which needs
//! ALSA's headers on Linux.
//!
//! **The picture's clock is the master.** It is there without a device, it stands still while a frame is awaited, and
//! whatever is shown hangs on it. So the `course::Course` of the playhead is told to the sound, and what is handed to
//! the device is what is due there by the time it is heard: a skipped stretch where the sound is late, silence where it
//! is early, once they are more than 40 ms apart. Looping, the in and out points and the end are in the course, so that
//! a turn has no gap.
//!
//! Slower or faster by the menu, it sounds lower or higher, like a tape. Backwards, at J's and L's speeds, while scrubbing
//! and while frames are awaited it is silent.
//!
//! The library's own reader is not asked for clips: it takes the packets of every track for sound, and leaves edit lists
//! alone, which say how much of an encoder's run-in is to be cut. So the packets are found here, and it is given them as
//! the plainest stream it knows (`adts`). Nothing of a picture is known here.
//!
//! | part | owns |
//! |---|---|
//! | `track` | where the packets lie, and when each is heard |
//! | `adts` | packets to samples |
//! | `course` | where the playhead will be |
//! | `line` | what the window, the thread and the device tell each other |
//! | `feed` | samples to the device, in time |
//! | `speaker` | the thread that decodes, and the device |

#[cfg(feature = "sound")]
mod adts;
#[cfg(feature = "sound")]
pub(super) mod course;
#[cfg(feature = "sound")]
mod feed;
mod index;
#[cfg(feature = "sound")]
pub(super) mod line;
#[cfg(feature = "sound")]
pub(super) mod speaker;
#[cfg_attr(not(feature = "sound"), path = "presence.rs")]
pub(super) mod track;

#[cfg(all(test, feature = "sound"))]
mod tests;

/// Whether a clip can be heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// It has no sound.
    Nothing,
    /// It has sound that is not played here, and why.
    Never(Silence),
    /// It is played. What keeps it from being heard at present, if anything does.
    Played(Option<Silence>),
}

/// Why a clip with sound is not heard. Displays as a sentence without a full stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Silence {
    #[error("{}", words!("sound-silent-build"))]
    Build,
    #[error("{}", words!("sound-unknown"))]
    Unknown,
    #[error("{}", words!("sound-no-device"))]
    NoDevice,
    /// The device was there and is not any more.
    #[error("{}", words!("sound-lost"))]
    Lost,
    #[error("{}", words!("sound-no-thread"))]
    NoThread,
}
