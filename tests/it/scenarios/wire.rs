//! What the scenarios claim, where only a socket tells it.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use ticketbooth::call::RawRequest;

use super::play::{Play, TICKETS, WORK, holds, same};
use crate::harness::Served;
use crate::kit::code;
use crate::signer::Tc3;

type Held = Result<(), String>;

pub fn create_reply_lost(play: &Play) -> Held {
    let server = Served::on_thread(Arc::clone(&play.emulator));
    same("the first ticket", server.call(&create_ticket(play)), Received::nothing(End::Closed))?;
    holds("the second ticket comes", server.call(&create_ticket(play)).body()["Result"].is_string())?;
    same("tickets that were made", play.made("alibaba"), 2)?;
    same("the first token", server.call(&create_token(play)), Received::nothing(End::Reset))?;
    holds("the second token comes", server.call(&create_token(play)).body()["Data"]["BIToken"].is_string())?;
    same("tokens that were made", play.made("tencent"), 2)
}

pub fn connection_resets(play: &Play) -> Held {
    let server = Served::on_thread(Arc::clone(&play.emulator));
    for (end, made) in [(End::Reset, 0), (End::Closed, 0), (End::Reset, 1)] {
        same("a ticket", server.call(&create_ticket(play)), Received::nothing(end))?;
        same("tickets that were made", play.made("alibaba"), made)?;
    }
    holds("the fourth ticket comes", server.call(&create_ticket(play)).body()["Result"].is_string())?;
    same("tickets that were made", play.made("alibaba"), 2)?;
    for (end, made) in [(End::Closed, 0), (End::Reset, 0), (End::Closed, 1)] {
        same("a token", server.call(&create_token(play)), Received::nothing(end))?;
        same("tokens that were made", play.made("tencent"), made)?;
    }
    holds("the fourth token comes", server.call(&create_token(play)).body()["Data"]["BIToken"].is_string())?;
    same("tokens that were made", play.made("tencent"), 2)
}

pub fn truncated_json(play: &Play) -> Held {
    let server = Served::on_thread(Arc::clone(&play.emulator));
    let half = server.call(&create_ticket(play));
    same("the status of half an answer", half.status(), 200)?;
    same("its length for HTTP", half.announced(), Some(half.text_of_body().len()))?;
    same("its JSON", half.body(), Value::Null)?;
    holds("the second ticket comes", server.call(&create_ticket(play)).body()["Result"].is_string())?;
    same("tickets that were made", play.made("alibaba"), 2)?;
    let cut = server.call(&create_token(play));
    same("bytes that came of a token", cut.text_of_body().len(), 60)?;
    holds("more were announced", cut.announced() > Some(60))?;
    let token = server.call(&create_token(play)).body()["Data"]["BIToken"].as_str().unwrap_or("").to_owned();
    let asked = json!({ "ProjectId": 117, "PageId": 11520, "BIToken": token }).to_string();
    let apply = || server.call(&Tc3::at(play.now()).post("ApplyEmbedInterval", &asked));
    let short = apply();
    holds("more was promised than came", short.announced() > Some(short.text_of_body().len()))?;
    let whole = apply();
    same("the second renewal", code(&whole.body()), "none")?;
    same("its length", whole.announced(), Some(whole.text_of_body().len()))
}

fn create_ticket(play: &Play) -> RawRequest {
    play.alibaba_signed(play.now(), TICKETS, "CreateTicket", &[("WorksId", WORK)])
}

fn create_token(play: &Play) -> RawRequest {
    Tc3::at(play.now()).post("CreateEmbedToken", r#"{"ProjectId":117,"PageId":11520}"#)
}

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Closed,
    Reset,
}

/// Everything that came on a connection.
#[derive(Debug, PartialEq, Eq)]
struct Received {
    text: String,
    end: End,
}

impl Received {
    const fn nothing(end: End) -> Self {
        Self { text: String::new(), end }
    }

    fn parts(&self) -> (&str, &str) {
        self.text.split_once("\r\n\r\n").unwrap_or_default()
    }

    fn status(&self) -> u16 {
        self.text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
    }

    /// What the head says of the length of the body.
    fn announced(&self) -> Option<usize> {
        self.parts().0.lines().find_map(|line| line.strip_prefix("content-length: "))?.parse().ok()
    }

    fn text_of_body(&self) -> &str {
        self.parts().1
    }

    /// Null where the body is no JSON.
    fn body(&self) -> Value {
        let body: Value = serde_json::from_str(self.text_of_body()).unwrap_or_default();
        body.get("Response").cloned().unwrap_or(body)
    }
}

/// Calls over a socket.
trait Calls {
    fn call(&self, request: &RawRequest) -> Received;
}

impl Calls for Served {
    /// Sends the request on a connection of its own, and reads until that ends.
    fn call(&self, request: &RawRequest) -> Received {
        let mut stream = TcpStream::connect(self.address).unwrap();
        // Only so that a server that never ends the connection fails the test instead of holding it.
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.write_all(&written(request)).unwrap();
        let mut bytes = Vec::new();
        let end = match stream.read_to_end(&mut bytes) {
            Ok(_) => End::Closed,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => End::Reset,
            Err(error) => panic!("{error}"),
        };
        Received { text: String::from_utf8_lossy(&bytes).into_owned(), end }
    }
}

/// The bytes of the request, after whose answer the connection ends.
fn written(request: &RawRequest) -> Vec<u8> {
    let mut head = format!("{} {} HTTP/1.1\r\n", request.method, request.target);
    for (name, value) in request.headers.iter() {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {}\r\nconnection: close\r\n\r\n", request.body.len()));
    [head.as_bytes(), &request.body].concat()
}
