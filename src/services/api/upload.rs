//! The streamed body of a submit: reads pictures in pieces, writes them as Base64, and says how far it is.
//!
//! Buffers are reused, so the memory it takes does not grow with the pictures.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use base64_simd::{Out, STANDARD};
use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame, SizeHint};
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::watch;

use super::body::{BodyError, BodyPlan, Part, PictureFile};
use super::transport::Report;
use crate::services::points;

/// Bytes of a picture that are read and encoded at a time; a multiple of three, so that no padding stands inside.
const BLOCK: usize = 48 * 1024;
/// Bytes handed to the connection at a time. It takes up to 16 pieces before it waits for the network, and "a byte was
/// accepted" can be seen only when it asks for the next: small pieces keep a slow line from looking like a dead one.
const PIECE: usize = 4 * 1024;
/// Bytes between two progress reports.
const REPORT_EVERY: u64 = 64 * 1024;

/// How much of a request was handed to the network, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    pub sent: u64,
    pub total: u64,
}

impl Sent {
    #[must_use]
    pub fn is_all(self) -> bool {
        self.sent == self.total
    }
}

/// Turns a plan into its bytes, piece by piece.
pub(super) struct Encoder {
    parts: VecDeque<Part>,
    open: Option<OpenPicture>,
    opening: Option<Opening>,
    /// Encoded, not yet handed out.
    ready: BytesMut,
    /// Read from the file, not yet encoded.
    raw: Box<[u8]>,
}

type Opening = (PictureFile, Pin<Box<dyn Future<Output = std::io::Result<File>> + Send + Sync>>);

struct OpenPicture {
    picture: PictureFile,
    file: File,
    /// Bytes of the file still expected.
    left: u64,
    /// Bytes of `raw` that are filled.
    filled: usize,
}

impl Encoder {
    pub(super) fn new(plan: BodyPlan) -> Self {
        let raw = vec![0; BLOCK].into_boxed_slice();
        Self { parts: plan.parts.into(), open: None, opening: None, ready: BytesMut::new(), raw }
    }

    /// The next piece of the body, or `None` at its end.
    pub(super) fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, BodyError>>> {
        loop {
            if !self.ready.is_empty() {
                let length = self.ready.len().min(PIECE);
                return Poll::Ready(Some(Ok(self.ready.split_to(length).freeze())));
            }
            if self.open.is_some() {
                if let Err(error) = ready!(self.poll_block(cx)) {
                    return Poll::Ready(Some(Err(error)));
                }
                continue;
            }
            if let Some((picture, opening)) = &mut self.opening {
                let slot = picture.slot;
                match ready!(opening.as_mut().poll(cx)) {
                    Ok(file) => {
                        let (picture, _) = self.opening.take().expect("it was just polled");
                        let left = picture.length;
                        self.open = Some(OpenPicture { picture, file, left, filled: 0 });
                    }
                    Err(source) => return Poll::Ready(Some(Err(BodyError::Unreadable { slot, source }))),
                }
                continue;
            }
            match self.parts.pop_front() {
                Some(Part::Text(text)) => return Poll::Ready(Some(Ok(text))),
                Some(Part::Picture(picture)) => {
                    let opening = Box::pin(File::open(picture.path.clone()));
                    self.opening = Some((picture, opening));
                }
                None => return Poll::Ready(None),
            }
        }
    }

    /// Reads until a block is full or the picture ends, and encodes it. At the end it reads one byte further: a file
    /// that grew is as wrong as one that shrank.
    fn poll_block(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BodyError>> {
        let Some(open) = &mut self.open else { return Poll::Ready(Ok(())) };
        let slot = open.picture.slot;
        loop {
            let at_end = open.left == 0;
            let room = usize::try_from(open.left).map_or(BLOCK, |left| left.min(BLOCK)).min(BLOCK - open.filled);
            let mut probe = [0];
            let target = if at_end { &mut probe[..] } else { &mut self.raw[open.filled..][..room] };
            let mut buffer = ReadBuf::new(target);
            ready!(Pin::new(&mut open.file).poll_read(cx, &mut buffer))
                .map_err(|source| BodyError::Unreadable { slot, source })?;
            let read = buffer.filled().len();
            if at_end != (read == 0) {
                return Poll::Ready(Err(BodyError::Changed { slot }));
            }
            if !at_end {
                open.filled += read;
                open.left -= read as u64;
            }
            if at_end || open.filled == BLOCK {
                encode(&self.raw[..open.filled], &mut self.ready);
                open.filled = 0;
                if at_end {
                    self.open = None;
                }
                return Poll::Ready(Ok(()));
            }
        }
    }
}

/// Appends the Base64 of `raw`. The buffer takes its old memory back once the connection has let go of its pieces.
fn encode(raw: &[u8], ready: &mut BytesMut) {
    let start = ready.len();
    ready.resize(start + STANDARD.encoded_length(raw.len()), 0);
    let _ = STANDARD.encode(raw, Out::from_slice(&mut ready[start..]));
}

/// An [`Encoder`] as the body of a request, with its exact length.
pub(super) struct UploadBody {
    encoder: Encoder,
    /// How far it is; `None` before the connection asked for the first piece.
    pulse: watch::Sender<Option<Sent>>,
    report: Report<Sent>,
    sent: Sent,
    reported: u64,
}

impl UploadBody {
    pub(super) fn new(plan: BodyPlan, pulse: watch::Sender<Option<Sent>>, report: Report<Sent>) -> Self {
        let sent = Sent { sent: 0, total: plan.length };
        Self { encoder: Encoder::new(plan), pulse, report, sent, reported: 0 }
    }

    fn advance(&mut self, bytes: usize) {
        self.sent.sent += bytes as u64;
        self.pulse.send_replace(Some(self.sent));
        if self.sent.is_all() || self.sent.sent - self.reported >= REPORT_EVERY {
            self.reported = self.sent.sent;
            (self.report)(self.sent);
        }
    }
}

impl Body for UploadBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let this = self.get_mut();
        let piece = ready!(this.encoder.poll_piece(cx));
        if let Some(Ok(bytes)) = &piece {
            points::pass("piece of a request");
            this.advance(bytes.len());
        }
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.sent.is_all()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.sent.total - self.sent.sent)
    }
}
