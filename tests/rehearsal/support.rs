//! A host in a folder of its own, a client without manners, and pictures to send.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use image::{ImageFormat, RgbImage};
use inbetween::domain::frame::Crop;
use inbetween::rehearsal::{Endpoint, Rehearsal};
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

pub const SUBMIT: &str = "/v3/async/seedance-v1-pro-i2v";
pub const RESULT: &str = "/v3/async/task-result";
/// Long enough for the slowest machine; nothing waits this long unless something is broken.
pub const PATIENCE: Duration = Duration::from_mins(3);

pub struct Fixture {
    pub dir: tempfile::TempDir,
    pub rehearsal: Rehearsal,
    pub client: Client,
}

impl Fixture {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let rehearsal = Rehearsal::new(dir.path().join("rehearsal"));
        Self { dir, rehearsal, client: client() }
    }

    pub fn folder(&self) -> std::path::PathBuf {
        self.dir.path().join("rehearsal")
    }

    pub async fn endpoint(&self) -> Endpoint {
        self.rehearsal.endpoint().await.expect("a host")
    }

    pub async fn post(&self, body: &Value) -> Response {
        let host = self.endpoint().await;
        let request = self.client.post(host.base_url.clone() + SUBMIT).bearer_auth(host.token.reveal());
        request.json(body).send().await.expect("an answer")
    }

    /// Submits what has to be taken, and answers with the task's identifier.
    pub async fn submit(&self, body: &Value) -> String {
        let response = self.post(body).await;
        let (status, answer) = (response.status(), json_of(response).await);
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer["task_id"].as_str().expect("a task id").to_owned()
    }

    pub async fn ask(&self, task: &str) -> Response {
        let host = self.endpoint().await;
        let url = format!("{}{RESULT}?task_id={task}", host.base_url);
        self.client.get(url).bearer_auth(host.token.reveal()).send().await.expect("an answer")
    }

    /// Polls a task to its end; every answer on the way has to be a legal one.
    pub async fn finished(&self, task: &str) -> Value {
        let deadline = Instant::now() + PATIENCE;
        let (mut rank, mut percent) = (0, 0);
        loop {
            let answer = json_of(self.ask(task).await).await;
            let now = match answer["task"]["status"].as_str().expect("a status") {
                "TASK_STATUS_QUEUED" => 0,
                "TASK_STATUS_PROCESSING" => 1,
                "TASK_STATUS_SUCCEED" => 2,
                other => panic!("{other}: {answer}"),
            };
            let progress = answer["task"]["progress_percent"].as_u64().expect("a whole number");
            assert!(now >= rank && progress >= percent && progress <= 100, "it went back: {answer}");
            (rank, percent) = (now, progress);
            if now == 2 {
                return answer;
            }
            assert!(Instant::now() < deadline, "never finished: {answer}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Makes a clip and stores it as a file.
    pub async fn clip(&self, body: &Value) -> (Value, std::path::PathBuf) {
        let task = self.submit(body).await;
        let answer = self.finished(&task).await;
        let bytes = self.client.get(video_url(&answer)).send().await.expect("a clip").bytes().await.expect("its bytes");
        let path = self.dir.path().join(format!("{task}.mp4"));
        std::fs::write(&path, bytes).expect("a file");
        (answer, path)
    }
}

pub fn client() -> Client {
    // Another test of this process may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().build().expect("a client")
}

pub fn video_url(answer: &Value) -> String {
    answer["videos"][0]["video_url"].as_str().expect("a URL").to_owned()
}

pub async fn json_of(response: Response) -> Value {
    let text = response.text().await.expect("a body");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A request that is in order, with some fields of its own.
pub fn request(changes: &Value) -> Value {
    let mut body = json!({ "image": data_uri(&first(864, 480)), "resolution": "480p" });
    for (key, value) in changes.as_object().expect("an object") {
        body[key] = value.clone();
    }
    body
}

/// Hills in warm colours, no two rows or columns the same.
pub fn first(width: u32, height: u32) -> RgbImage {
    landscape(width, height, [220.0, 150.0, 90.0], 3.0)
}

/// Hills in cold colours.
pub fn last(width: u32, height: u32) -> RgbImage {
    landscape(width, height, [70.0, 110.0, 180.0], 5.0)
}

fn landscape(width: u32, height: u32, colour: [f64; 3], hills: f64) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let (across, down) = (f64::from(x) / f64::from(width), f64::from(y) / f64::from(height));
        let light = 0.65 + 0.35 * (across * hills * 6.3).sin() * (down * hills * 3.1).cos();
        image::Rgb(colour.map(|value| (value * light).round() as u8))
    })
}

/// Grain as a camera leaves it, the same in all three colours, so that halved chroma loses nothing of it.
pub fn grainy(mut picture: RgbImage) -> RgbImage {
    let mut state = 1_u32;
    for pixel in picture.pixels_mut() {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = ((state >> 24) % 41) as i16 - 20;
        pixel.0 = pixel.0.map(|value| (i16::from(value) + grain).clamp(0, 255) as u8);
    }
    picture
}

pub fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("an encoder");
    bytes.into_inner()
}

pub fn data_uri(picture: &RgbImage) -> String {
    format!("data:image/png;base64,{}", base64(&encoded(picture, ImageFormat::Png)))
}

pub fn base64(bytes: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(bytes)
}

/// What ffprobe says of the video stream.
pub fn probe(clip: &Path) -> Value {
    let arguments = ["-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json"];
    let output = Command::new("ffprobe").args(arguments).arg(clip).output().expect("ffprobe is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// One frame of a clip as RGB, decoded by ffmpeg.
pub fn frame(clip: &Path, index: u32, (width, height): (u32, u32)) -> RgbImage {
    let filter = format!("select=eq(n\\,{index}),scale=in_color_matrix=bt709:flags=accurate_rnd+full_chroma_int");
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(clip)
        .args(["-vf", &filter, "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"])
        .output()
        .expect("ffmpeg is installed");
    RgbImage::from_raw(width, height, output.stdout).expect("a whole frame")
}

/// The MD5 of every frame, in order.
pub fn frame_md5s(clip: &Path) -> Vec<String> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(clip)
        .args(["-map", "0:v:0", "-fps_mode", "passthrough", "-f", "framemd5", "-"])
        .output()
        .expect("ffmpeg is installed");
    let text = String::from_utf8(output.stdout).expect("text");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.rsplit(',').next().map(|sum| sum.trim().to_owned())).collect()
}

/// Peak signal to noise ratio in dB outside an area.
pub fn psnr_outside(area: Crop, one: &RgbImage, other: &RgbImage) -> f64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let (mut error, mut count) = (0.0, 0.0);
    for ((x, y, a), b) in one.enumerate_pixels().zip(other.pixels()) {
        let inside = (area.x..area.x + area.width).contains(&x) && (area.y..area.y + area.height).contains(&y);
        if !inside {
            for (a, b) in a.0.iter().zip(b.0) {
                error += (f64::from(*a) - f64::from(b)).powi(2);
                count += 1.0;
            }
        }
    }
    10.0 * (255.0 * 255.0 / (error / count)).log10()
}
