//! Processor time, in nanoseconds, and how figures are told.

/// Processor time of this thread so far in milliseconds.
#[cfg(unix)]
pub fn thread_time() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

#[cfg(not(unix))]
pub fn thread_time() -> f64 {
    panic!("a thread's own processor time is counted on Unix alone")
}

pub fn heading() {
    println!("processor time of a painted frame, ms        frames   median      p99      max");
}

pub fn report(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{what:42} {:8} {:8.2} {:8.2} {:8.2}", times.len(), at(0.5), at(0.99), at(1.0));
}
