//! Clips with sound, where no device is to be had. What is heard of them is held by the engine's own tests, without one.

use std::time::Instant;

use inbetween::video::{Hearing, Player, PlayerOptions, PlayerState, Silence};

use super::{bell, fixture, until};

#[test]
fn a_player_tells_which_clips_have_sound() {
    for (name, has) in [("sound.mp4", true), ("sound-fragments.mp4", true), ("main-b.mp4", false)] {
        let (player, _heard) = super::ready(name, 1 << 21);
        assert_eq!(player.hearing() != Hearing::Nothing, has, "{name}");
    }
}

#[cfg(not(feature = "sound"))]
#[test]
fn a_build_without_sound_says_so() {
    let (player, _heard) = super::ready("sound.mp4", 1 << 21);
    assert_eq!(player.hearing(), Hearing::Never(Silence::Build));
}

/// Set for the child, which has no sound device whatever this machine has.
const CHILD: &str = "INBETWEEN_TEST_NO_DEVICE";

/// Runs as a child of the test below; does nothing on its own.
#[test]
fn child_plays_without_a_device() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let (waker, heard) = bell();
    let mut player = Player::open(&fixture("sound.mp4"), waker, PlayerOptions::default());
    until(&heard, || matches!(player.state(), PlayerState::Ready(_)).then_some(()));
    assert_eq!(player.hearing(), Hearing::Played(None));
    player.set_loudness(1.0);
    player.set_playing(true);
    let begun = Instant::now();
    let trouble = until(&heard, || {
        player.advance(begun + begun.elapsed());
        match player.hearing() {
            Hearing::Played(trouble) => trouble,
            other => panic!("{other:?}"),
        }
    });
    assert_eq!(trouble, Silence::NoDevice);
    // The pictures play on, to the end.
    let mut now = begun + begun.elapsed();
    while player.is_playing() {
        match player.advance(now).next {
            Some(wait) => now += wait,
            None if player.is_playing() => heard.recv_timeout(super::HANG).expect("a frame comes"),
            None => {}
        }
    }
    assert_eq!((player.frame_number(), player.hearing()), (47, Hearing::Played(Some(trouble))));
}

#[cfg(all(feature = "sound", target_os = "linux"))]
#[test]
fn without_a_device_the_pictures_play_and_one_sentence_says_why() {
    let empty = tempfile::NamedTempFile::new().unwrap();
    let mut program = std::process::Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", "sound::child_plays_without_a_device", "--nocapture"]);
    // ALSA knows no device but those that its configuration names.
    let output = program.env(CHILD, "1").env("ALSA_CONFIG_PATH", empty.path()).output();
    let output = output.expect("the test program can be run once more");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{}{text}", String::from_utf8_lossy(&output.stdout));
}
