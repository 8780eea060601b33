//! Frames in, H.264 access units out.
//!
//! The first and the last frame are key frames of a fine quality of their own: they have to match the pictures they
//! were made from, and they are what the next clip of a chain starts on. The frames between are coarser, so that a
//! clip stays light enough to be decoded in real time.

use openh264::OpenH264API;
use openh264::encoder::{
    BitRate, Encoder, EncoderConfig, FrameRate, FrameType, IntraFramePeriod, QpRange, RateControlMode, VuiConfig,
};
use openh264::formats::YUVSlices;

use super::RenderError;
use super::planes::Planes;

/// Quantizer of the first and the last frame.
const FINE: u8 = 18;
/// Quantizers of the frames between, the best first: the first one that makes a clip light enough is taken.
const COARSE: [u8; 4] = [26, 29, 32, 35];
/// Bits a pixel of a key frame above which a clip gets too heavy to be decoded in real time by software: fine noise
/// costs ten times what a clean picture costs, and nobody sees it in motion.
const LIGHT_ENOUGH: f64 = 0.7;
/// Frames from one key frame to the next: two seconds, which keeps seeking quick.
const KEY_FRAME_PERIOD: u32 = 48;
/// Not held to: the quantizer alone decides. It is what the stream's level is chosen by.
const BITS_PER_SECOND: u32 = 120_000_000;

/// Where a frame stands in its clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    First,
    Between,
    Last,
}

/// One encoded frame in Annex B form.
pub(super) struct AccessUnit {
    pub data: Vec<u8>,
    pub key_frame: bool,
}

/// Two encoders that share a stream: one for the ends, one for what lies between.
pub(super) struct ClipEncoder {
    ends: Encoder,
    between: Encoder,
    started: bool,
    parameter_sets: Vec<u8>,
}

impl ClipEncoder {
    /// `pictures` are what the clip shows, for its weight to be judged by.
    pub(super) fn new(fps: u32, pictures: &[&Planes]) -> Result<Self, RenderError> {
        let mut coarse = COARSE[0];
        for quantizer in COARSE {
            coarse = quantizer;
            let mut light = true;
            for &picture in pictures {
                let bits = encode(&mut encoder(fps, quantizer)?, picture)?.data.len() as f64 * 8.0;
                light &= bits <= LIGHT_ENOUGH * picture.size.area() as f64;
            }
            if light {
                break;
            }
        }
        Ok(Self {
            ends: encoder(fps, FINE)?,
            between: encoder(fps, coarse)?,
            started: false,
            parameter_sets: Vec::new(),
        })
    }

    /// Encodes the next frame. Frames come in order, the first one as [`Place::First`].
    pub(super) fn push(&mut self, frame: &Planes, place: Place) -> Result<AccessUnit, RenderError> {
        match place {
            Place::First => {
                // Each encoder numbers its key frames from 0, and two key frames in a row must not share a number:
                // the second encoder's own first one is thrown away.
                encode(&mut self.between, frame)?;
            }
            Place::Between if !self.started => {
                self.between.force_intra_frame();
                self.started = true;
            }
            Place::Between => {}
            Place::Last => self.ends.force_intra_frame(),
        }
        let encoder = if place == Place::Between { &mut self.between } else { &mut self.ends };
        let unit = encode(encoder, frame)?;
        self.check(&unit)?;
        Ok(unit)
    }

    /// The file names its parameter sets once, so both encoders have to agree on them.
    fn check(&mut self, unit: &AccessUnit) -> Result<(), RenderError> {
        if !unit.key_frame {
            return Ok(());
        }
        let found = parameter_sets(&unit.data);
        if self.parameter_sets.is_empty() {
            self.parameter_sets = found;
        } else if self.parameter_sets != found {
            return Err(RenderError::Encoder("the parameter sets changed within the clip".to_owned()));
        }
        Ok(())
    }
}

fn encoder(fps: u32, quantizer: u8) -> Result<Encoder, RenderError> {
    Encoder::with_api_config(OpenH264API::from_source(), config(fps, quantizer)).map_err(RenderError::encoder)
}

fn config(fps: u32, quantizer: u8) -> EncoderConfig {
    EncoderConfig::new()
        .bitrate(BitRate::from_bps(BITS_PER_SECOND))
        .max_frame_rate(FrameRate::from_hz(fps as f32))
        // The one mode that keeps to the quantizer exactly without complaining on standard error.
        .rate_control_mode(RateControlMode::Bufferbased)
        .qp(QpRange::new(quantizer, quantizer))
        .skip_frames(false)
        .scene_change_detect(false)
        .adaptive_quantization(false)
        .background_detection(false)
        .intra_frame_period(IntraFramePeriod::from_num_frames(KEY_FRAME_PERIOD))
        .num_threads(1)
        .vui(VuiConfig::bt709())
}

fn encode(encoder: &mut Encoder, frame: &Planes) -> Result<AccessUnit, RenderError> {
    let (width, height) = (frame.size.width as usize, frame.size.height as usize);
    let source = YUVSlices::new((&frame.y, &frame.u, &frame.v), (width, height), (width, width / 2, width / 2));
    let stream = encoder.encode(&source).map_err(RenderError::encoder)?;
    let key_frame = stream.frame_type() == FrameType::IDR;
    let data = stream.to_vec();
    if data.is_empty() {
        return Err(RenderError::Encoder("a frame was left out".to_owned()));
    }
    Ok(AccessUnit { data, key_frame })
}

/// Everything before the first slice of a key frame.
fn parameter_sets(unit: &[u8]) -> Vec<u8> {
    const IDR_SLICE: u8 = 5;
    let slice =
        unit.windows(4).position(|bytes| bytes[..3] == [0, 0, 1] && bytes[3] & 0x1f == IDR_SLICE).unwrap_or(unit.len());
    unit[..slice].to_vec()
}
