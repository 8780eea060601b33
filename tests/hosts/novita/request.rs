//! Reading a request from a connection, whole or in part.

use std::fmt::Write as _;
use std::io::{self, ErrorKind};
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

/// No client's head is longer.
const LONGEST_HEAD: usize = 64 * 1024;

/// The head of a request, and what came of its body with it.
pub(super) struct Request {
    pub method: String,
    pub path: String,
    pub query: String,
    headers: String,
    begun: Vec<u8>,
}

impl Request {
    pub async fn read(stream: &mut TcpStream) -> io::Result<Self> {
        let mut bytes = Vec::new();
        let end = loop {
            if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                break end + 4;
            }
            if bytes.len() > LONGEST_HEAD || stream.read_buf(&mut bytes).await? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        };
        let begun = bytes.split_off(end);
        let head = String::from_utf8_lossy(&bytes).into_owned();
        let (line, headers) = head.split_once("\r\n").unwrap_or((&head, ""));
        let mut words = line.split(' ').map(str::to_owned);
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        Ok(Self { method, path: path.to_owned(), query: query.to_owned(), headers: headers.to_owned(), begun })
    }

    /// The value of a header, in whatever case its name is written.
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.headers.lines().filter_map(|line| line.split_once(':'));
        lines.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    }

    /// The value of a name in the query, as it stands there.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    /// Bytes of the body by its `Content-Length`.
    pub fn length(&self) -> u64 {
        self.header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0)
    }

    /// Reads so many bytes of the body and returns their SHA-256 in hexadecimal; `None` where the client went away
    /// before. With a pause it reads a kilobyte at a time.
    pub async fn body(&self, stream: &mut TcpStream, bytes: u64, pause: Duration) -> io::Result<Option<String>> {
        let mut hash = Sha256::new();
        let begun = usize::try_from(bytes).unwrap_or(usize::MAX).min(self.begun.len());
        hash.update(&self.begun[..begun]);
        let mut left = bytes - begun as u64;
        let mut block = vec![0; if pause.is_zero() { 64 * 1024 } else { 1024 }];
        while left > 0 {
            let most = block.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            let read = stream.read(&mut block[..most]).await?;
            if read == 0 {
                return Ok(None);
            }
            hash.update(&block[..read]);
            left -= read as u64;
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
        }
        Ok(Some(hex(&hash.finalize())))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
