//! "You already have this clip."

use crate::bench::Bench;

#[test]
fn the_same_clip_is_bought_once_unless_asked_for_again() {
    let bench = Bench::new();
    let first = bench.generate(&["--seed", "7"]);
    assert_eq!((first.code, bench.host.posts()), (0, 1), "{first:?}");
    let clip = first.last["output"].as_str().unwrap();

    let second = bench.generate(&["--seed", "7"]);
    assert_eq!((second.code, bench.host.posts()), (2, 1), "{second:?}");
    assert_eq!(second.last["status"], "invalid");
    assert_eq!(second.reason(), format!("You already have this clip. It is {clip}."));
    assert!(second.last["advice"].as_str().unwrap().contains("--again"), "{second:?}");
    assert_eq!((&second.last["id"], &second.last["output"]), (&first.last["id"], &first.last["output"]));

    let again = bench.generate(&["--seed", "7", "--again"]);
    assert_eq!((again.code, bench.host.posts()), (0, 2), "{again:?}");
}

#[test]
fn whatever_differs_is_another_clip() {
    let bench = Bench::new();
    let ways: [&[&str]; 6] = [
        &["--seed", "7"],
        &["--seed", "8"],
        &["--seed", "7", "--prompt", "Mist"],
        &["--seed", "7", "--duration", "10"],
        &["--seed", "7", "--camera-fixed"],
        &["--seed", "7", "--original"],
    ];
    for (number, way) in ways.iter().enumerate() {
        let ran = bench.generate(way);
        assert_eq!((ran.code, bench.host.posts()), (0, number + 1), "{way:?} {ran:?}");
    }
}

#[test]
fn a_random_seed_is_bought_again_and_the_seed_it_got_is_not() {
    let bench = Bench::new();
    let first = bench.generate(&[]);
    assert_eq!(first.last["seed"], 1_000, "{first:?}");
    assert_eq!(bench.generate(&[]).code, 0, "another random seed makes another clip");
    assert_eq!(bench.generate(&["--seed", "1000"]).code, 2);
    assert_eq!(bench.host.posts(), 2);
}

#[test]
fn a_clip_that_was_deleted_may_be_bought_again() {
    let bench = Bench::new();
    let first = bench.generate(&["--seed", "7"]);
    std::fs::remove_file(first.last["output"].as_str().unwrap()).unwrap();
    assert_eq!(bench.generate(&["--seed", "7"]).code, 0);
    assert_eq!(bench.host.posts(), 2);
}

#[test]
fn an_unknown_outcome_is_not_bought_again_unasked_even_with_a_random_seed() {
    let bench = Bench::new();
    bench.host.fail(true);
    let lost = bench.generate(&[]);
    assert_eq!((lost.code, bench.host.posts()), (4, 1), "{lost:?}");
    bench.host.fail(false);

    let second = bench.generate(&[]);
    assert_eq!((second.code, bench.host.posts()), (2, 1), "{second:?}");
    let id = lost.last["id"].as_str().unwrap();
    let sentence = "This may already be paid for: an earlier task with the same pictures and settings has an unknown \
                    outcome.";
    assert_eq!(second.reason(), format!("{sentence} It is task {id}."));

    assert_eq!(bench.generate(&["--again"]).code, 0);
    assert_eq!(bench.host.posts(), 2);
}

#[test]
fn what_costs_nothing_is_never_asked_about() {
    let bench = Bench::new();
    bench.limit(0);
    for _ in 0..2 {
        let first = bench.start(&["--seed", "7", "--host", "rehearsal"]);
        assert_eq!(first["status"], "not_sent", "its intent is stored: {first}");
    }
    assert_eq!(bench.host.posts(), 0);
}
