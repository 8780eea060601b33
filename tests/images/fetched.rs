//! A picture at an address, from a server that may say anything.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use inbetween::domain::frame::PictureFormat;
use inbetween::services::images::{PictureError, fetch, header};

use crate::bench::{entries, fixture_bytes, folder};

/// Answers each request with `answer(path)` and closes; returns the server's address.
fn serve(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let request = lines.next().unwrap().unwrap();
            while !lines.next().unwrap().unwrap().is_empty() {}
            // The other side may have hung up on purpose.
            let _ = stream.write_all(&answer(request.split(' ').nth(1).unwrap()));
        }
    });
    address
}

fn response(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {status}\r\n{headers}Connection: close\r\n\r\n").into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

fn get(address: &str, folder: &std::path::Path) -> Result<std::path::PathBuf, PictureError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(fetch(address, folder, 2_000))
}

fn picture_server() -> String {
    serve(|path| match path {
        "/a.php?name=../../etc/passwd" => {
            let name = "Content-Disposition: attachment; filename=\"../evil.sh\"\r\nContent-Type: text/html\r\n";
            response("200 OK", name, &fixture_bytes("baseline.jpg"))
        }
        "/moved" => response("302 Found", "Location: /a.php?name=../../etc/passwd\r\n", b""),
        "/round" => response("302 Found", "Location: /round\r\n", b""),
        "/page" => response("200 OK", "Content-Type: image/png\r\n", b"<html>not here</html>"),
        "/claims" => response("200 OK", "Content-Length: 2001\r\n", b""),
        "/grows" => response("200 OK", "", &vec![0x89; 1 << 20]),
        "/breaks" => response("200 OK", "Content-Length: 1500\r\n", &fixture_bytes("baseline.jpg")[..300]),
        "/empty" => response("200 OK", "Content-Length: 0\r\n", b""),
        _ => response("404 Not Found", "", b"nothing"),
    })
}

#[test]
fn a_fetched_picture_is_a_file_under_a_name_of_our_own() {
    let folder = folder();
    let server = picture_server();
    for path in ["/a.php?name=../../etc/passwd", "/moved"] {
        let file = get(&format!("{server}{path}"), &folder.path().join("fetched")).unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), fixture_bytes("baseline.jpg"));
        assert_eq!(header(&file).unwrap().format, PictureFormat::Jpeg);
        assert_eq!(file.parent().unwrap(), folder.path().join("fetched"));
        assert!(file.extension().is_some_and(|ending| ending == "jpg"));
    }
}

#[test]
fn whatever_else_comes_is_refused_and_leaves_nothing() {
    let folder = folder();
    let server = picture_server();
    let answers = [
        ("/gone", "The image could not be fetched: its address answered with status 404."),
        ("/round", "The image could not be fetched: no connection to its address."),
        ("/page", "Only JPEG, PNG, WebP, BMP, TIFF or GIF images"),
        ("/claims", "The image at this address is larger than 2 KB."),
        ("/grows", "The image at this address is larger than 2 KB."),
        ("/breaks", "The image could not be fetched: no connection to its address."),
        ("/empty", "This file is empty (0 bytes)."),
    ];
    for (path, sentence) in answers {
        let error = get(&format!("{server}{path}"), folder.path()).unwrap_err();
        assert_eq!(error.to_string(), sentence, "{path}");
    }
    for address in ["file:///etc/passwd", "ftp://127.0.0.1/a.png", "data:image/png;base64,AAAA", "nonsense", ""] {
        assert!(matches!(get(address, folder.path()), Err(PictureError::Address)), "{address}");
    }
    assert!(entries(folder.path()).is_empty(), "{:?}", entries(folder.path()));
}

#[test]
fn nobody_listening_is_said_without_the_address() {
    let folder = folder();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = get(&format!("http://127.0.0.1:{port}/a.png?sig=secret"), folder.path()).unwrap_err();
    assert!(matches!(error, PictureError::Unreachable));
    assert!(!format!("{error} {error:?} {:?}", error.failure(None)).contains("secret"));
}
