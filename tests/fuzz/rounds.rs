//! How many rounds are run, from which seed, and what came of them.

use std::cell::RefCell;
use std::io::Write as _;
use std::panic::Location;
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::time::{Duration, Instant};

use crate::dice::Dice;

/// Of a long run.
const MANY: u64 = 1_000_000;

thread_local! {
    /// A panic in this package's code on this thread, were it caught or not.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `round` for each seed in turn, with what `make` makes of it. What it returns is a name to count it by; the bytes of
/// an input that fails are kept.
pub fn run<T>(
    name: &str,
    few: u64,
    mut make: impl FnMut(&mut Dice) -> T,
    bytes: impl Fn(&T) -> &[u8],
    mut round: impl FnMut(&T, &mut Dice) -> &'static str,
) {
    watch_for_panics();
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let is_long = std::env::var_os("INBETWEEN_LONG").is_some();
    let rounds = number("INBETWEEN_FUZZ_ROUNDS").unwrap_or(if is_long { MANY } else { few });
    let seed = number("INBETWEEN_FUZZ_SEED").unwrap_or(0);
    let mut ends: Vec<(&'static str, u64)> = Vec::new();
    let (begun, mut slowest, mut slow) = (Instant::now(), Duration::ZERO, 0);
    for number in 0..rounds {
        let mut dice = Dice(seed + number);
        let input = make(&mut dice);
        let start = Instant::now();
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| round(&input, &mut dice)));
        let took = start.elapsed();
        let panic = PANIC.take();
        let end = match (caught, panic) {
            (Ok(end), None) => end,
            (_, panic) => {
                let file = kept(name, bytes(&input));
                panic!("seed {}: {}; the input is in {}", seed + number, panic.unwrap_or_default(), file.display());
            }
        };
        match ends.iter_mut().find(|(known, _)| *known == end) {
            Some((_, count)) => *count += 1,
            None => ends.push((end, 1)),
        }
        if took > slowest {
            (slowest, slow) = (took, seed + number);
        }
    }
    ends.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let ends: Vec<_> = ends.iter().map(|(end, count)| format!("{count} {end}")).collect();
    let took = begun.elapsed().as_secs_f64();
    let figures = format!(
        "{name}: {rounds} rounds from seed {seed} in {took:.1} s, the slowest {slowest:.1?} (seed {slow}): {}\n",
        ends.join(", ")
    );
    std::io::stdout().write_all(figures.as_bytes()).unwrap();
}

/// Remembers panics of this package's code, those that a fence in it catches too. Others' parsers may panic behind it.
fn watch_for_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let is_own = |at: &Location<'_>| Path::new(at.file()).is_relative();
            if info.location().is_some_and(is_own) {
                PANIC.with_borrow_mut(|kept| {
                    kept.get_or_insert_with(|| info.to_string());
                });
                before(info);
            }
        }));
    });
}

/// Where the input of a failure is kept.
fn kept(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Every file of a folder of the tests, by name.
pub fn corpus(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files.iter().map(|path| std::fs::read(path).unwrap()).collect()
}
