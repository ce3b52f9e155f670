//! A call asks for little memory, from socket to socket. In a process of its own, because everything in it is counted.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::alloc::System;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use ticketbooth::cloud::client::{ClientCall, signed_request};
use ticketbooth::cloud::{tencent, vendor_named};
use ticketbooth::emulator::{Emulator, wall_now};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Calls that are counted.
const CALLS: usize = 2_000;

/// Allocations that a signed call may make.
const MOST: usize = 80;

/// Sends the call so often on one connection, and takes no memory for it.
fn send(stream: &mut TcpStream, call: &[u8], times: usize) {
    let mut answer = [0; 16 << 10];
    for _ in 0..times {
        stream.write_all(call).unwrap();
        let mut length = 0;
        // Every answer ends with the end of an object.
        while !answer[..length].ends_with(b"}}}") {
            let more = stream.read(&mut answer[length..]).unwrap();
            assert!(more > 0, "{}", String::from_utf8_lossy(&answer[..length]));
            length += more;
        }
        assert!(answer[..length].starts_with(b"HTTP/1.1 200"));
    }
}

#[test]
fn a_signed_call_makes_few_allocations_from_socket_to_socket() {
    let booth = Emulator::builder().start_blocking().unwrap();
    let address = booth.url().strip_prefix("http://").unwrap().to_owned();
    let mut wish = ClientCall::new(
        vendor_named(tencent::NAME).unwrap(),
        "CreateEmbedToken",
        &address,
        wall_now().unix_seconds(),
        "1".to_owned(),
    );
    wish.params = [("ProjectId", "117"), ("PageId", "11520")].map(|(name, value)| (name.into(), value.into())).to_vec();
    let raw = signed_request(vendor_named(tencent::NAME).unwrap(), &wish);
    let lines: String = raw.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let length = raw.body.len();
    let mut call =
        format!("{} {} HTTP/1.1\r\n{lines}content-length: {length}\r\n\r\n", raw.method, raw.target).into_bytes();
    call.extend_from_slice(&raw.body);
    let mut stream = TcpStream::connect(&address).unwrap();
    send(&mut stream, &call, CALLS);
    let region = Region::new(ALLOCATOR);
    send(&mut stream, &call, CALLS);
    let spent = region.change();
    let (made, grown) = (spent.allocations / CALLS, spent.reallocations / CALLS);
    println!("{made} allocations, {grown} reallocations and {} bytes a call", spent.bytes_allocated / CALLS);
    assert!(made <= MOST, "{made} allocations a call");
}
