use super::*;
use crate::domain::generation::HostRef;

fn row(host: &str, status: Status, notice: Option<FailureKind>) -> Generation {
    Generation {
        host: HostRef { host: host.to_owned(), base_url: None },
        task_id: status.is_accepted().then(|| "t".to_owned()),
        notice: notice.map(|kind| Failure::new(kind, "It rests.", "")),
        ..Generation::sample("g", status)
    }
}

#[test]
fn opening_the_window_sends_nothing_that_costs_money() {
    assert!(!goes_on_by_itself(&row("novita", Status::NotSent, None)));
    assert!(!goes_on_by_itself(&row("novita", Status::NotSent, Some(FailureKind::Network))));
    assert!(goes_on_by_itself(&row("rehearsal", Status::NotSent, None)));
    for status in [Status::Queued, Status::Rendering(Some(3)), Status::Downloading] {
        assert!(goes_on_by_itself(&row("novita", status, Some(FailureKind::Network))));
    }
}

#[test]
fn a_new_key_wakes_the_accepted_tasks_of_its_host_alone() {
    assert!(rests_for_a_key(&row("novita", Status::Queued, Some(FailureKind::Key)), "novita"));
    assert!(!rests_for_a_key(&row("novita", Status::NotSent, Some(FailureKind::Key)), "novita"), "it costs money");
    assert!(!rests_for_a_key(&row("novita", Status::Queued, Some(FailureKind::DiskFull)), "novita"));
    assert!(!rests_for_a_key(&row("other", Status::Queued, Some(FailureKind::Key)), "novita"));
}
