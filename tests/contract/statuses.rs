//! Where a generation may go from where it stands.

use inbetween::domain::failure::{Failure, FailureKind};
use inbetween::domain::generation::{Status, UnixMillis};

fn failure() -> Failure {
    Failure::new(FailureKind::Server, "The host failed.", "")
}

fn all() -> [Status; 10] {
    [
        Status::NotSent,
        Status::Uploading,
        Status::Unknown(failure()),
        Status::Queued,
        Status::Rendering(Some(42)),
        Status::Downloading,
        Status::Done,
        Status::Failed(failure()),
        Status::Refused(failure()),
        Status::Stopped,
    ]
}

#[test]
fn only_these_steps_are_legal() {
    let legal: [(&str, &[&str]); 10] = [
        ("not_sent", &["not_sent", "uploading", "stopped"]),
        ("uploading", &["not_sent", "unknown", "queued", "refused"]),
        // Sending again makes a new generation: nothing leads back to uploading.
        ("unknown", &["queued"]),
        ("queued", &["queued", "rendering", "downloading", "failed", "stopped"]),
        ("rendering", &["queued", "rendering", "downloading", "failed", "stopped"]),
        ("downloading", &["queued", "rendering", "downloading", "done", "failed", "stopped"]),
        ("done", &[]),
        ("failed", &[]),
        ("refused", &[]),
        ("stopped", &["not_sent", "queued"]),
    ];
    for (status, (name, next)) in all().iter().zip(legal) {
        assert_eq!(status.name(), name);
        let mut found: Vec<_> = all().iter().filter(|next| status.may_become(next)).map(Status::name).collect();
        let mut next = next.to_vec();
        found.sort_unstable();
        next.sort_unstable();
        assert_eq!(found, next, "from {name}");
    }
}

#[test]
fn what_may_have_been_charged_is_never_uploaded_again() {
    for status in all() {
        if status.may_become(&Status::Uploading) {
            assert_eq!(status, Status::NotSent);
        }
    }
}

#[test]
fn each_status_is_counted_where_it_belongs() {
    let names = |test: fn(&Status) -> bool| -> Vec<&'static str> {
        all().iter().filter(|status| test(status)).map(Status::name).collect()
    };
    assert_eq!(names(Status::is_settled), ["done", "failed", "refused"]);
    assert_eq!(names(Status::may_be_removed), ["not_sent", "done", "failed", "refused"]);
    assert_eq!(names(Status::is_accepted), ["queued", "rendering", "downloading"]);
    assert_eq!(names(Status::is_running), ["not_sent", "uploading", "queued", "rendering", "downloading"]);
    assert_eq!(names(|status| status.failure().is_some()), ["unknown", "failed", "refused"]);
}

#[test]
fn a_clock_that_went_back_counts_as_no_time() {
    assert_eq!(UnixMillis(61_999).seconds_since(UnixMillis(1_000)), 60);
    assert_eq!(UnixMillis(1_000).seconds_since(UnixMillis(61_999)), 0);
}
