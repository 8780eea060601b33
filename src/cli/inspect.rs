//! `inbetween inspect`: what a clip file is, and the MD5 of each of its frames. What is not known here is asked of the
//! user's ffmpeg.

use std::path::Path;

use serde_json::json;

use super::args::Inspect;
use super::report::{invalid, number};
use super::{Exit, say};
use crate::video::{self, ClipInfo, FFMPEG, VideoError};

pub(super) fn run(arguments: &Inspect) -> Exit {
    match inspect(arguments) {
        Ok(()) => Exit::Done,
        Err(error) => {
            let reason = match error {
                // Names the file itself.
                VideoError::Read { .. } => error.to_string(),
                _ => {
                    words!("cli-inspect-failed", path = arguments.clip.display().to_string(), error = error.to_string())
                }
            };
            invalid(arguments.json, &[reason], "");
            Exit::BadInput
        }
    }
}

fn inspect(arguments: &Inspect) -> Result<(), VideoError> {
    let clip = &arguments.clip;
    let info = video::probe_through(clip, Some(Path::new(FFMPEG)))?;
    if arguments.frame_md5 && !arguments.json {
        return each_md5(clip, &mut |md5| say(&md5));
    }
    if !arguments.json {
        say(&line(&info));
        return Ok(());
    }
    let mut object = json!({
        "status": "done",
        "output": clip.to_string_lossy(),
        "width": info.width,
        "height": info.height,
        "fps": number(info.frame_rate.per_second()),
        "frames": info.frames,
        "duration": number(info.duration.as_secs_f64()),
        "codec": info.codec,
    });
    if info.through_ffmpeg {
        object["decoder"] = "ffmpeg".into();
    }
    if arguments.frame_md5 {
        let mut list = Vec::new();
        each_md5(clip, &mut |md5| list.push(md5))?;
        object["frame_md5"] = list.into();
    }
    say(&object.to_string());
    Ok(())
}

fn each_md5(clip: &Path, take: &mut dyn FnMut(String)) -> Result<(), VideoError> {
    for frame in video::frames_through(clip, Some(Path::new(FFMPEG)))? {
        take(frame?.md5());
    }
    Ok(())
}

fn line(info: &ClipInfo) -> String {
    let (fps, seconds) = (info.frame_rate.per_second(), info.duration.as_secs_f64());
    let facts = words!(
        "cli-clip-facts",
        size = format!("{}×{}", info.width, info.height),
        fps = fps.to_string(),
        frames = info.frames.to_string(),
        seconds = seconds.to_string(),
        codec = info.codec,
    );
    if info.through_ffmpeg { words!("cli-clip-through-ffmpeg", facts = facts) } else { facts }
}
