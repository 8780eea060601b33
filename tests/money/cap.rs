//! The limit of a day.

use crate::bench::Bench;

#[test]
fn a_day_over_its_limit_is_refused_with_both_figures_and_the_way_out() {
    let bench = Bench::new();
    bench.limit(25);
    for _ in 0..2 {
        let ran = bench.generate(&[]);
        assert_eq!(ran.code, 0, "{ran:?}");
    }
    let over = bench.generate(&[]);
    assert_eq!((over.code, bench.host.posts()), (2, 2), "{over:?}");
    assert_eq!(over.last["status"], "invalid");
    assert_eq!(over.reason(), "This would bring today to about $0.36, over your limit of $0.25 a day.");
    assert!(over.last["advice"].as_str().unwrap().contains("--over-cap"), "{over:?}");

    let anyway = bench.generate(&["--over-cap"]);
    assert_eq!((anyway.code, bench.host.posts()), (0, 3), "{anyway:?}");
}

#[test]
fn the_limit_of_a_removed_or_unknown_task_counts_too() {
    let bench = Bench::new();
    bench.host.fail(true);
    assert_eq!(bench.generate(&[]).code, 4);
    bench.host.fail(false);
    bench.limit(23);
    let over = bench.generate(&["--seed", "7"]);
    assert_eq!((over.code, bench.host.posts()), (2, 1), "it may have been charged: {over:?}");
    assert!(over.reason().contains("$0.24"), "{over:?}");
}

#[test]
fn a_limit_that_cannot_be_read_is_not_taken_for_none() {
    for broken in [r#"{"daily_cap_cents": "five"}"#, r#"{"daily_cap_cents": -1}"#, "{"] {
        let bench = Bench::new();
        std::fs::create_dir_all(bench.data()).unwrap();
        std::fs::write(bench.data().join("settings.json"), broken).unwrap();
        let held = bench.generate(&[]);
        assert_eq!((held.code, bench.host.posts()), (2, 0), "{broken}: {held:?}");
        assert_eq!(
            held.reason(),
            "The limit of a day in the settings could not be read; set it again, or add --over-cap.",
            "{held:?}"
        );
        let anyway = bench.generate(&["--over-cap"]);
        assert_eq!((anyway.code, bench.host.posts()), (0, 1), "{broken}: {anyway:?}");
    }
}
