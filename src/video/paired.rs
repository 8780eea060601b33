//! Two decoders at work on one clip, each of which leaves out pictures that the other one makes.
//!
//! What other pictures lean on, both have to make. The rest, with an encoder that writes B-frames mostly every second
//! picture, they make by turns. On two processors that takes 8 to 9 tenths of the time of one decoder, and nearly
//! twice the processor time (`benches/README.md`).

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread;

use super::engine::{GaveUp, Picture, UNDECODABLE};
use super::fast::Fast;
use super::reading;

/// Samples that the helper may be behind. Fewer than the places by which a picture may come late.
const BEHIND: usize = 4;

/// A decoder and its helper.
pub(super) struct Paired {
    own: Fast,
    helper: Helper,
    /// Whose turn it is to make the next picture that no other leans on.
    is_helpers_turn: bool,
}

/// The other decoder, on a thread of its own, which ends with this.
struct Helper {
    samples: SyncSender<Sample>,
    made: Receiver<Result<Picture, GaveUp>>,
    /// Samples whose pictures it is to make, in the order in which they come.
    due: VecDeque<usize>,
    /// Held by nobody else: with it ends what is still to be done.
    _wanted: Arc<()>,
}

/// A sample in the form the decoder takes.
struct Sample {
    index: usize,
    stream: Vec<u8>,
    /// Its picture is the helper's to hand out.
    is_due: bool,
}

impl Paired {
    /// `None` where no thread can be had.
    pub(super) fn new() -> Option<Self> {
        Some(Self { own: Fast::default(), helper: Helper::start()?, is_helpers_turn: false })
    }

    /// The first sample that was fed and whose picture is still to come.
    pub(super) fn oldest(&self) -> Option<usize> {
        self.helper.due.front().copied()
    }

    /// Feeds one sample. What came out by now goes to `ready`.
    pub(super) fn decode(
        &mut self,
        index: usize,
        bytes: &[u8],
        nal_length: usize,
        ready: &mut VecDeque<Picture>,
    ) -> Result<(), GaveUp> {
        let stream = Fast::stream(bytes, nal_length);
        let is_disposable = reading::is_disposable(bytes, nal_length);
        let is_due = is_disposable && self.is_helpers_turn;
        self.is_helpers_turn ^= is_disposable;
        // First here: somebody may wait for the first picture, and two at work hinder each other.
        if !is_due {
            ready.extend(self.own.decode(index, &stream)?);
        }
        if is_due || !is_disposable {
            self.helper.feed(Sample { index, stream, is_due })?;
        }
        self.helper.take(ready)
    }

    /// The last pictures, after the last sample.
    pub(super) fn finish(&mut self, ready: &mut VecDeque<Picture>) -> Result<(), GaveUp> {
        while !self.helper.due.is_empty() {
            self.helper.wait(ready)?;
        }
        Ok(())
    }
}

impl Helper {
    fn start() -> Option<Self> {
        let (samples, fed) = sync_channel::<Sample>(BEHIND);
        let (hand_out, made) = channel();
        let wanted = Arc::new(());
        let still_wanted = Arc::downgrade(&wanted);
        let work = move || {
            let mut decoder = Fast::default();
            for Sample { index, stream, is_due } in fed {
                if still_wanted.strong_count() == 0 {
                    return;
                }
                let picture = reading::guarded(|| decoder.decode(index, &stream)).unwrap_or(Err(GaveUp(UNDECODABLE)));
                let answer = match picture {
                    Ok(Some(picture)) if is_due => Ok(picture),
                    Ok(None) if is_due => Err(GaveUp(UNDECODABLE)),
                    Ok(_) => continue,
                    Err(gave_up) => Err(gave_up),
                };
                let is_over = answer.is_err();
                if hand_out.send(answer).is_err() || is_over {
                    return;
                }
            }
        };
        thread::Builder::new().name("clip decoder".to_owned()).spawn(work).ok()?;
        Some(Self { samples, made, due: VecDeque::new(), _wanted: wanted })
    }

    fn feed(&mut self, sample: Sample) -> Result<(), GaveUp> {
        if sample.is_due {
            self.due.push_back(sample.index);
        }
        // It is gone only where it gave up.
        self.samples.send(sample).map_err(|_| GaveUp(UNDECODABLE))
    }

    /// Takes what is there.
    fn take(&mut self, ready: &mut VecDeque<Picture>) -> Result<(), GaveUp> {
        while let Ok(made) = self.made.try_recv() {
            self.accept(made, ready)?;
        }
        Ok(())
    }

    /// Waits for the next picture.
    fn wait(&mut self, ready: &mut VecDeque<Picture>) -> Result<(), GaveUp> {
        let made = self.made.recv().unwrap_or(Err(GaveUp(UNDECODABLE)));
        self.accept(made, ready)
    }

    fn accept(&mut self, made: Result<Picture, GaveUp>, ready: &mut VecDeque<Picture>) -> Result<(), GaveUp> {
        ready.push_back(made?);
        self.due.pop_front();
        Ok(())
    }
}
