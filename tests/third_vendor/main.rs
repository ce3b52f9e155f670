//! A vendor is one folder and one entry: a third one is added through the public face of the crate, and everything that
//! walks the vendors has it.

#![allow(clippy::unwrap_used, reason = "in a test, an unwrap is an assertion")]

mod mini;

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use hmac::{Hmac, KeyInit as _, Mac as _};
use mini::{MINI, NAME};
use serde_json::Value;
use sha2::Sha256;
use ticketbooth::cloud::{InstallError, install, vendors};
use ticketbooth::emulator::Emulator;
use ticketbooth::verify::Verdict;
use ticketbooth::world::World;
use ticketbooth::{cli, cloud};

const WORLD: &str = "{ ticketbooth: 1, name: mini, mini: { keys: [{ key: K1, secret: s1 }], works: [sales] } }";

/// Sends a GET to the address and gives status and body.
fn get(address: SocketAddr, target: &str) -> (u16, Value) {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {target} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head[9..12].parse().unwrap(), serde_json::from_str(body).unwrap())
}

/// The query of an IssuePass, signed as Mini BI describes it, by other code than the emulator verifies it with.
fn signed(key: &str, secret: &str, work: &str) -> String {
    let query = format!("Action=IssuePass&MiniKey={key}&Work={work}");
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(query.as_bytes());
    format!("/?{query}&Sign={}", hex::encode(mac.finalize().into_bytes()))
}

/// One test, as the vendors of a process are settled once.
#[test]
fn a_third_vendor_is_served_like_the_others() {
    assert_eq!(install(&[&MINI, &MINI]), Err(InstallError::Twice(NAME)));
    assert_eq!(install(&[&MINI]), Ok(()));
    assert_eq!(vendors().len(), 3);
    assert_eq!(install(&[]), Err(InstallError::TooLate));

    let world = World::load("mini.yaml", WORLD, &cloud::all_assumptions()).unwrap();
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    let booth = Emulator::builder().world(world).vendor_listen(&MINI, any).start_blocking().unwrap();
    let address = booth.addresses().listen;

    let (status, body) = get(address, &signed("K1", "s1", "sales"));
    assert_eq!((status, body["pass"].as_str().map(str::len)), (200, Some(36)), "{body}");
    let (status, body) = get(address, &signed("K1", "wrong", "sales"));
    assert_eq!((status, body["code"].as_str()), (403, Some("BadSign")), "{body}");
    let (status, body) = get(address, &signed("K1", "s1", "nothing"));
    assert_eq!((status, body["message"].as_str()), (404, Some("No work nothing.")), "{body}");

    // A port of its own, where nothing has to tell the vendor.
    let (_, own_port) = booth.addresses().of_vendors[0];
    assert_eq!(get(own_port, "/?Action=Nothing").1["code"], "Refused");

    // Rules, journal, verify and explain.
    booth.rule("{ on: mini.IssuePass, calls: 1, then: { error: NoSuchWork, args: [out] } }").unwrap();
    let (status, body) = get(address, &signed("K1", "s1", "sales"));
    assert_eq!((status, body["message"].as_str()), (404, Some("No work out.")), "{body}");
    let finding = booth.verify("{ on: mini.IssuePass, code: NoSuchWork, calls: { exactly: 2 } }").unwrap();
    assert_eq!(finding.verdict, Verdict::Pass, "{}", finding.message);
    assert_eq!(booth.journal().iter().filter(|call| call.vendor == NAME).count(), 5);
    let (_, explained) = get(address, "/_ticketbooth/explain/last");
    assert_eq!((explained["vendor"].as_str(), explained["code"].as_str()), (Some(NAME), Some("NoSuchWork")));

    // A sandbox has a key of its own that stands for K1.
    let mine = booth.sandbox("mine").unwrap();
    let key = mine.key(NAME).unwrap();
    assert_eq!(get(address, &signed(&key.id, &key.secret, "sales")).0, 200);
    assert_eq!(mine.journal().len(), 1);

    // What walks the vendors has it.
    assert!(World::schema()["properties"]["mini"].is_object());
    assert!(cli::codes_book().contains("NoSuchWork"));
    assert!(cli::verbs_book().contains("--mini-listen"));
    let (_, codes) = get(address, "/_ticketbooth/codes?vendor=mini");
    assert_eq!(codes["total"], 4);

    // A mistake in its section is told with its place, like any other.
    let wrong = WORLD.replace("works:", "work:");
    let problems = World::load("mini.yaml", &wrong, &cloud::all_assumptions()).unwrap_err().to_string();
    assert!(problems.contains("unknown key \"work\"") && problems.contains("did you mean \"works\"?"), "{problems}");
}
