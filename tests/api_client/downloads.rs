//! Bringing a clip home through everything that can happen to it on the way.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use inbetween::domain::failure::{Failure, FailureKind};
use inbetween::services::api::{DownloadError, Downloader, ResultUrl, TaskState, Timeouts, TransportFault};

use super::hosts::{Act, Host, Seen, answer, json, nobody};
use super::orders::{SHORT, client, patient};

/// A host with a finished task: its first connection is the poll, the next ones are for the clip.
struct Finished {
    host: Host,
    video: ResultUrl,
    folder: tempfile::TempDir,
}

impl Finished {
    /// `address` is where the clip is said to be.
    async fn at(address: &str, host: Host, acts: impl Into<Vec<Act>>) -> Self {
        let result = format!(r#"{{"task":{{"status":"TASK_STATUS_SUCCEED"}},"videos":[{{"video_url":"{address}"}}]}}"#);
        let mut all = vec![Act::Answer(json(200, &result))];
        all.extend(acts.into());
        host.act(all);
        let report = client(&host.url()).task("t").await.expect("a report");
        let TaskState::Succeeded { video, .. } = report.state else { panic!("not finished") };
        Self { host, video, folder: tempfile::tempdir().unwrap() }
    }

    async fn new(acts: impl Into<Vec<Act>>) -> Self {
        let host = Host::start(Vec::new());
        let address = format!("{}/clip.mp4?X-Amz-Signature=s3cret", host.url());
        Self::at(&address, host, acts).await
    }

    fn target(&self) -> PathBuf {
        self.folder.path().join("Inbetween").join("clip.mp4")
    }

    async fn fetch(&self) -> Result<u64, DownloadError> {
        self.fetch_with(patient()).await
    }

    async fn fetch_with(&self, timeouts: Timeouts) -> Result<u64, DownloadError> {
        let base = self.host.url().parse().unwrap();
        let downloader = Downloader::with_timeouts(&base, timeouts).unwrap();
        downloader.download(&self.video, &self.target(), |_| ()).await.map(|done| done.length)
    }

    /// The requests for the clip.
    fn asked(&self) -> Vec<Seen> {
        self.host.seen().split_off(1)
    }

    /// Fails, and leaves neither a clip nor a part.
    async fn fails(&self) -> DownloadError {
        let error = self.fetch().await.unwrap_err();
        self.is_clean();
        error
    }

    fn is_clean(&self) {
        let left: Vec<_> = std::fs::read_dir(self.folder.path().join("Inbetween"))
            .map(|entries| entries.map(|entry| entry.unwrap().file_name()).collect())
            .unwrap_or_default();
        assert!(left.is_empty(), "{left:?}");
    }
}

/// A small clip with a box behind it that nobody reads: some hundred kilobytes.
fn clip() -> Vec<u8> {
    let filling: Vec<u8> = (0..300_000_u32).map(|index| (index * 7 % 253) as u8).collect();
    let size = u32::try_from(8 + filling.len()).unwrap().to_be_bytes();
    [&include_bytes!("../fixtures/main-b.mp4")[..], &size, b"free", &filling].concat()
}

fn whole(head: &str) -> Act {
    Act::Answer(answer(200, head, clip()))
}

/// The clip's answer, broken off after so many bytes of it.
fn cut(head: &str, bytes: usize) -> Act {
    let mut answer = answer(200, head, clip());
    answer.truncate(answer.len() - clip().len() + bytes);
    Act::Answer(answer)
}

fn rest(start: usize) -> Act {
    let clip = clip();
    let head = format!("Content-Range: bytes {start}-{}/{}\r\nETag: \"v1\"\r\n", clip.len() - 1, clip.len());
    Act::Answer(answer(206, &head, &clip[start..]))
}

const ETAG: &str = "ETag: \"v1\"\r\n";

fn is_the_clip(path: &Path) {
    assert!(std::fs::read(path).unwrap() == clip(), "not byte for byte what the host has");
    assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "something stayed beside it");
}

#[tokio::test]
async fn a_clip_is_saved_byte_for_byte_without_the_key() {
    let finished = Finished::new([whole("Content-Type: application/octet-stream\r\n")]).await;
    let reports = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&reports);
    let downloader = Downloader::with_timeouts(&finished.host.url().parse().unwrap(), patient()).unwrap();
    let target = finished.target();
    let fetched = downloader.download(&finished.video, &target, move |got| kept.lock().unwrap().push(got));
    assert_eq!(fetched.await.unwrap().length, clip().len() as u64);
    is_the_clip(&finished.target());
    let asked = finished.asked();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].header("authorization").is_empty() && asked[0].header("range").is_empty());
    assert!(asked[0].request_line().contains("X-Amz-Signature=s3cret"));
    let reports = reports.lock().unwrap();
    assert!(reports.iter().all(|got| got.total == Some(clip().len() as u64)));
    assert_eq!(reports.last().unwrap().bytes, clip().len() as u64);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(finished.target()).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[tokio::test]
async fn a_break_is_mended_where_it_happened() {
    let finished = Finished::new([cut(ETAG, 100_000), rest(100_000)]).await;
    finished.fetch().await.unwrap();
    is_the_clip(&finished.target());
    let asked = finished.asked();
    assert_eq!((asked[1].header("range"), asked[1].header("if-range")), (vec!["bytes=100000-"], vec!["\"v1\""]));
}

#[tokio::test]
async fn what_cannot_be_mended_starts_over() {
    let other_size = Act::Answer(answer(206, "Content-Range: bytes 100000-100009/100010\r\n", [0; 10]));
    let other_place = Act::Answer(answer(206, "Content-Range: bytes 0-9/10\r\n", [0; 10]));
    let courses: [Vec<Act>; 5] = [
        // Without a strong ETag nothing proves that the rest is of the same file.
        vec![cut("", 100_000), whole("")],
        vec![cut("ETag: W/\"v1\"\r\n", 100_000), whole("")],
        // The file has changed: the host sends all of it, or says that the range is none.
        vec![cut(ETAG, 100_000), whole("ETag: \"v2\"\r\n")],
        vec![cut(ETAG, 100_000), Act::Answer(answer(416, "", "")), whole("")],
        vec![cut(ETAG, 100_000), other_size, other_place, whole("")],
    ];
    for (index, course) in courses.into_iter().enumerate() {
        let finished = Finished::new(course).await;
        finished.fetch().await.unwrap_or_else(|error| panic!("{index}: {error:?}"));
        is_the_clip(&finished.target());
        let last = finished.asked().pop().unwrap();
        assert_eq!(last.header("range").is_empty(), index != 2, "{index}");
    }
}

#[tokio::test]
async fn a_cut_at_every_tenth_is_mended() {
    for head in ["", ETAG] {
        for tenth in 0..10 {
            let at = clip().len() * tenth / 10;
            let second = if head.is_empty() || at == 0 { whole(head) } else { rest(at) };
            let finished = Finished::new([cut(head, at), second]).await;
            finished.fetch().await.unwrap_or_else(|error| panic!("{tenth}: {error:?}"));
            is_the_clip(&finished.target());
        }
    }
}

#[tokio::test]
async fn passing_trouble_is_waited_out_and_lasting_trouble_is_said() {
    let busy = || Act::Answer(answer(503, "", "<html>"));
    let finished = Finished::new([busy(), Act::Close, Act::Answer(answer(429, "", "")), whole("")]).await;
    finished.fetch().await.unwrap();
    is_the_clip(&finished.target());
    for act in [busy(), Act::Close, cut("", 1000)] {
        let finished = Finished::new([act.clone()]).await;
        let error = finished.fails().await;
        assert!(matches!(error, DownloadError::Transport(TransportFault::Broken)), "{act:?}: {error:?}");
        assert!(Failure::from(error).retryable);
        assert!(finished.asked().len() > 2, "it was tried again");
    }
}

#[tokio::test]
async fn a_silent_host_is_not_waited_for_for_ever() {
    let timeouts = Timeouts { download_stall: SHORT, ..patient() };
    let started = answer(200, "", clip())[..5000].to_vec();
    for act in [Act::SayNothing, Act::AnswerThenHang(started)] {
        let finished = Finished::new([act.clone(), whole("")]).await;
        finished.fetch_with(timeouts).await.unwrap_or_else(|error| panic!("{act:?}: {error:?}"));
        is_the_clip(&finished.target());
    }
}

#[tokio::test]
async fn a_refused_address_asks_for_a_fresh_one() {
    for status in [400, 401, 403, 404, 410] {
        let finished = Finished::new([Act::Answer(answer(status, "", "<Error>expired</Error>"))]).await;
        let error = finished.fails().await;
        assert!(matches!(error, DownloadError::Refused { status: said } if said == status), "{error:?}");
        assert!(error.needs_fresh_url());
        assert_eq!(finished.asked().len(), 1);
    }
    // It expired while the clip was on its way.
    let finished = Finished::new([cut(ETAG, 9000), Act::Answer(answer(403, "", ""))]).await;
    assert!(finished.fails().await.needs_fresh_url());
}

#[tokio::test]
async fn what_is_no_clip_never_becomes_one() {
    let clip = clip();
    let bodies: [&[u8]; 6] = [
        b"<!DOCTYPE html><html><body>Please log in</body></html>",
        b"",
        b"short",
        // Said to be whole, and is not.
        &clip[..clip.len() - 1],
        &clip[..150],
        &clip[16..],
    ];
    for body in bodies {
        let finished = Finished::new([Act::Answer(answer(200, "Content-Type: video/mp4\r\n", body))]).await;
        let error = finished.fails().await;
        assert!(matches!(error, DownloadError::NotAClip | DownloadError::Damaged), "{} bytes: {error:?}", body.len());
        assert_eq!(Failure::from(error).kind, FailureKind::Clip);
    }
    // A page without an end is known by its beginning.
    let endless = b"HTTP/1.1 200 OK\r\n\r\n<html><body>".to_vec();
    let finished = Finished::new([Act::AnswerThenHang(endless)]).await;
    assert!(matches!(finished.fails().await, DownloadError::NotAClip));
}

#[tokio::test]
async fn a_clip_without_a_stated_length_is_checked_by_its_boxes() {
    let unstated = |bytes: &[u8]| Act::Answer([b"HTTP/1.1 200 OK\r\n\r\n", bytes].concat());
    let finished = Finished::new([unstated(&clip())]).await;
    finished.fetch().await.unwrap();
    is_the_clip(&finished.target());
    let finished = Finished::new([unstated(&clip()[..200_000])]).await;
    assert!(matches!(finished.fails().await, DownloadError::NotAClip));
}

#[tokio::test]
async fn what_is_too_large_is_not_begun() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 99000000000\r\n\r\n\0\0\0\x10ftypisom\0\0\0\0".to_vec();
    let finished = Finished::new([Act::AnswerThenHang(head)]).await;
    assert!(matches!(finished.fails().await, DownloadError::TooLarge));
}

#[tokio::test]
async fn a_redirect_is_checked_at_every_hop() {
    let to = |location: &str| Act::Answer(answer(302, &format!("Location: {location}\r\n"), ""));
    let finished = Finished::new([to("/moved.mp4?b=2"), whole("")]).await;
    finished.fetch().await.unwrap();
    is_the_clip(&finished.target());
    assert_eq!(finished.asked()[1].request_line(), "GET /moved.mp4?b=2 HTTP/1.1");

    let other = Host::answering(answer(200, "", clip()));
    let places = [other.url(), "http://10.0.0.1/c".into(), "https://192.168.1.1/c".into(), "https://[::1]/c".into()];
    for place in
        places.iter().map(String::as_str).chain(["http://clips.example/c", "file:///etc/passwd", "ftp://a.example/c"])
    {
        let finished = Finished::new([to(place)]).await;
        let error = finished.fails().await;
        assert!(matches!(error, DownloadError::Address(_)), "{place}: {error:?}");
    }
    assert!(other.seen().is_empty());

    let finished = Finished::new([to("/again")]).await;
    assert!(matches!(finished.fails().await, DownloadError::Refused { .. }));
    assert!(finished.asked().len() < 10, "round and round");
    let finished = Finished::new([Act::Answer(answer(302, "", ""))]).await;
    assert!(matches!(finished.fails().await, DownloadError::Refused { .. }));
}

#[tokio::test]
async fn another_address_of_this_computer_is_not_asked() {
    let other = Host::answering(answer(200, "", clip()));
    for address in [other.url() + "/c.mp4", other.url().replace("http", "https") + "/c.mp4", nobody() + "/c.mp4"] {
        let finished = Finished::at(&address, Host::start(Vec::new()), Vec::new()).await;
        assert!(matches!(finished.fails().await, DownloadError::Address(_)), "{address}");
    }
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn a_name_that_leads_home_is_not_asked() {
    // For a host in the network, a clip at a name is fetched only from a public address behind it.
    let finished = Finished::at("https://localhost.localdomain:1/c.mp4", Host::start(Vec::new()), Vec::new()).await;
    let downloader = Downloader::with_timeouts(&"https://api.novita.ai".parse().unwrap(), patient()).unwrap();
    let error = downloader.download(&finished.video, &finished.target(), |_| ()).await.unwrap_err();
    assert!(matches!(error, DownloadError::Transport(TransportFault::Connect)), "{error:?}");
    finished.is_clean();
}

#[tokio::test]
async fn a_clip_that_keeps_coming_damaged_is_taken_as_it_is() {
    let mut damaged = clip();
    let table = damaged.windows(4).position(|name| name == b"stco").unwrap();
    damaged[table + 12..table + 16].copy_from_slice(&u32::MAX.to_be_bytes());
    let finished = Finished::new([Act::Answer(answer(200, "", &damaged))]).await;
    assert!(matches!(finished.fails().await, DownloadError::Damaged));
    let downloader = Downloader::with_timeouts(&finished.host.url().parse().unwrap(), patient()).unwrap().as_it_is();
    downloader.download(&finished.video, &finished.target(), |_| ()).await.unwrap();
    assert!(std::fs::read(finished.target()).unwrap() == damaged);
    // What does not begin as a clip, or broke off, is none all the same.
    for other in [
        Act::Answer(answer(200, "", "<html>Please log in</html>")),
        Act::Answer(answer(200, "", "\0\0\0")),
        cut("", 4_000),
    ] {
        let finished = Finished::new([other]).await;
        let downloader = Downloader::with_timeouts(&finished.host.url().parse().unwrap(), patient()).unwrap();
        assert!(downloader.as_it_is().download(&finished.video, &finished.target(), |_| ()).await.is_err());
        finished.is_clean();
    }
}

#[tokio::test]
async fn nothing_is_overwritten() {
    let finished = Finished::new([whole("")]).await;
    std::fs::create_dir_all(finished.target().parent().unwrap()).unwrap();
    std::fs::write(finished.target(), "my own notes").unwrap();
    finished.fetch().await.unwrap();
    assert_eq!(std::fs::read_to_string(finished.target()).unwrap(), "my own notes");
    let stem = finished.target().file_stem().unwrap().to_string_lossy().into_owned();
    assert!(std::fs::read(finished.target().with_file_name(format!("{stem} 2.mp4"))).unwrap() == clip());
    assert_eq!(std::fs::read_dir(finished.target().parent().unwrap()).unwrap().count(), 2);
}

#[tokio::test]
async fn what_an_earlier_run_left_is_used_or_removed() {
    // Ended between the last byte and the row: the clip is there.
    let finished = Finished::new([Act::Close]).await;
    std::fs::create_dir_all(finished.target().parent().unwrap()).unwrap();
    std::fs::write(finished.target(), clip()).unwrap();
    finished.fetch().await.unwrap();
    assert!(finished.asked().is_empty());
    is_the_clip(&finished.target());
    // Ended in the middle.
    let finished = Finished::new([whole("")]).await;
    std::fs::create_dir_all(finished.target().parent().unwrap()).unwrap();
    std::fs::write(finished.target().with_extension("mp4.part"), "half of something").unwrap();
    finished.fetch().await.unwrap();
    is_the_clip(&finished.target());
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_said() {
    let finished = Finished::new([whole("")]).await;
    std::fs::write(finished.folder.path().join("Inbetween"), "a file where the folder should be").unwrap();
    let error = finished.fetch().await.unwrap_err();
    assert!(matches!(error, DownloadError::Folder(_)), "{error:?}");
    assert_eq!(Failure::from(error).kind, FailureKind::Folder);
    let full = DownloadError::from(std::io::Error::from(std::io::ErrorKind::StorageFull));
    let failure = Failure::from(full);
    assert_eq!(
        (failure.kind, failure.summary.as_str()),
        (FailureKind::DiskFull, "The clip could not be saved: the disk is full.")
    );
}
