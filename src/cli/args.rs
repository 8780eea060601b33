//! The arguments, as `--help` shows them.

use std::path::PathBuf;

use clap::{Args, Parser};

/// Makes the clip between two pictures.
#[derive(Debug, Parser)]
#[command(name = "inbetween", version = env!("INBETWEEN_VERSION"), about, long_about = None)]
pub struct Arguments {
    /// Folder of the library (else the platform's own)
    #[arg(long, global = true, env = "INBETWEEN_DATA_DIR", value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Another address for the host in the network; it takes the key from `NOVITA_API_KEY` alone
    #[arg(long, global = true, env = "INBETWEEN_BASE_URL", value_name = "URL")]
    pub base_url: Option<String>,
    /// Opens the window with these pictures as first and last frame
    #[arg(value_name = "FIRST [LAST]", num_args = 0..=2)]
    pub pictures: Vec<PathBuf>,
    #[command(subcommand)]
    pub command: Option<Subcommand>,
}

#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
    /// Makes a clip and waits for it
    Generate(Box<Generate>),
    /// Follows every unfinished task to its end
    Resume {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Lists the library, newest first
    Tasks {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Says what a clip file is
    Inspect(Inspect),
    /// Serves the Rehearsal host and prints its address and token
    Rehearsal {
        /// Port on 127.0.0.1 (0 takes a free one)
        #[arg(long, default_value_t = 0)]
        port: u16,
    },
}

#[derive(Debug, Args)]
pub struct Generate {
    /// First frame: a file or an http(s) address
    #[arg(long, value_name = "FILE|URL", required_unless_present = "sample")]
    pub first: Option<String>,
    /// Last frame: a file or an http(s) address
    #[arg(long, value_name = "FILE|URL")]
    pub last: Option<String>,
    /// A sample pair in place of the frames: lake-dawn-to-dusk, balloon-over-dunes or storm-clears
    #[arg(long, value_name = "NAME", conflicts_with_all = ["first", "last"])]
    pub sample: Option<String>,
    /// What moves, how the camera behaves, and how the light changes
    #[arg(long, value_name = "TEXT")]
    pub prompt: Option<String>,
    /// 480p, 720p or 1080p
    #[arg(long)]
    pub resolution: Option<String>,
    /// 21:9, 16:9, 4:3, 1:1, 3:4, 9:16, or auto: the nearest to the first frame
    #[arg(long)]
    pub aspect_ratio: Option<String>,
    /// Seconds: 5 or 10
    #[arg(long, allow_hyphen_values = true)]
    pub duration: Option<String>,
    /// Holds the camera still
    #[arg(long)]
    pub camera_fixed: bool,
    /// -1 (random) to 2147483647
    #[arg(long, allow_hyphen_values = true)]
    pub seed: Option<String>,
    /// rehearsal (this computer, free) or novita
    #[arg(long)]
    pub host: Option<String>,
    /// Model on the host
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,
    /// Sends the files as they are, not cropped to the output
    #[arg(long)]
    pub original: bool,
    /// Makes the clip even where it would bring today over the limit of a day
    #[arg(long)]
    pub over_cap: bool,
    /// Makes the clip even where it is there already, or may be
    #[arg(long)]
    pub again: bool,
    /// Copies the finished clip to this file
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// One JSON object a line; the last one is the result
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Inspect {
    pub clip: PathBuf,
    /// One JSON object
    #[arg(long)]
    pub json: bool,
    /// The MD5 of each frame's tightly packed I420 in display order, one a line
    #[arg(long)]
    pub frame_md5: bool,
}
