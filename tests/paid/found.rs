//! A library that is lost, and the clips it had.

use inbetween::domain::generation::Status;
use inbetween::services::library::Folders;

use crate::bench::{Bench, Program};
use crate::novita::Script;

#[test]
fn clips_of_a_lost_library_are_found_again_by_their_names() {
    let bench = Bench::new(Program::CommandLine, Script::default());
    bench.run(bench.order("A boat, at dawn"), None);
    let before = bench.rows();
    assert_eq!(before[0].status, Status::Done);
    let database = Folders::resolve(Some(bench.data())).unwrap().database();
    for ending in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", database.display()));
    }
    std::fs::write(&database, "not a database any more".repeat(400)).unwrap();
    // What is no clip of this program is left alone.
    let folder = bench.data().join("clips/Inbetween");
    std::fs::write(folder.join("holiday.mp4"), bench.host.clip()).unwrap();
    std::fs::write(folder.join("2026-11-27 torn 0123456789ab.mp4"), &bench.host.clip()[..900]).unwrap();
    // Whole, and coded in a way that no decoder here knows: it was paid for all the same.
    let strange = include_bytes!("../fixtures/hevc.mp4");
    std::fs::write(folder.join("2026-11-26 strange 456789abcdef.mp4"), strange).unwrap();

    let ran = bench.run(bench.take_up(), None);
    assert!(ran.said.contains("The library was damaged; it was kept as"), "{}", ran.said);
    assert!(ran.said.contains("2 clips were found again by their names."), "{}", ran.said);
    for _ in 0..2 {
        let after = bench.rows();
        assert_eq!(after.len(), 2, "{after:#?}");
        let (strange, own): (Vec<_>, Vec<_>) = after.iter().partition(|row| row.settings.prompt == "strange");
        assert_eq!((&strange[0].status, &strange[0].measured), (&Status::Done, &None));
        let own = own[0];
        assert_eq!((&own.clip, &own.task_id), (&before[0].clip, &before[0].task_id));
        assert_eq!((&own.status, own.settings.prompt.as_str()), (&Status::Done, "a boat at dawn"));
        assert_eq!(own.measured, before[0].measured);
        bench.run(bench.take_up(), None);
    }
    assert_eq!(bench.host.tasks().len(), 1);
}
