//! The same seed, world, clock and calls give the same bytes: in another process, whatever else goes on there.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use ticketbooth::call::RawRequest;
use ticketbooth::emulator::wall_now;
use ticketbooth::http::{self, ClientAnswer};

use crate::harness::Process;
use crate::kit::raw;
use crate::signer::{Acs3, Rpc, Tc3};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

fn start() -> Process {
    Process::start(&["--seed", "5", "--clock", "frozen@2026-01-05T00:00:00Z"])
}

/// What a test of this file asks of a process.
trait Asked {
    fn send(&self, request: &RawRequest) -> ClientAnswer;
    fn change(&self, path: &str, body: &Value) -> Value;
}

impl Asked for Process {
    fn send(&self, request: &RawRequest) -> ClientAnswer {
        http::send_request(self.authority(), request, Duration::from_secs(30)).unwrap()
    }

    fn change(&self, path: &str, body: &Value) -> Value {
        let headers = [("host", "127.0.0.1"), ("content-type", "application/json")];
        let target = format!("/_ticketbooth{path}");
        let answer = self.send(&raw("POST", &target, &headers, body.to_string().as_bytes()));
        assert!(answer.status < 300, "{path}: {:?}", answer.body);
        serde_json::from_slice(&answer.body).unwrap()
    }
}

fn kept(value: &Value) -> &'static str {
    Box::leak(value.as_str().unwrap().to_owned().into_boxed_str())
}

/// A test of somebody's: forty calls, visits and moves of the clock, and every byte that came back.
fn script(process: &Process, sandbox: Option<&Value>) -> Vec<String> {
    let of = |vendor: &str, name: &str| sandbox.map(|made| kept(&made[vendor][name]));
    let tc3 = Tc3::at(wall_now().unix_seconds());
    let tc3 = Tc3 {
        key: of("tencent", "secret_id").unwrap_or(tc3.key),
        secret: of("tencent", "secret_key").unwrap_or(tc3.secret),
        ..tc3
    };
    let acs3 = Acs3::at(wall_now().unix_seconds());
    let acs3 = Acs3 {
        key: of("alibaba", "access_key_id").unwrap_or(acs3.key),
        secret: of("alibaba", "access_key_secret").unwrap_or(acs3.secret),
        ..acs3
    };
    let query = sandbox.map_or_else(String::new, |made| format!("?sandbox={}", made["id"].as_str().unwrap()));
    let (mut seen, mut moves) = (Vec::new(), Vec::new());
    let mut see = |request: &RawRequest| -> Value {
        let answer = process.send(request);
        seen.push(format!("{} {}", answer.status, String::from_utf8_lossy(&answer.body)));
        serde_json::from_slice(&answer.body).unwrap_or_default()
    };
    for round in 0..8 {
        let nonce: &'static str = Box::leak(format!("{round}").into_boxed_str());
        let token = see(&tc3.post("CreateEmbedToken", "{\"ProjectId\":117,\"PageId\":11520,\"TicketNum\":2}"));
        let token = token["Response"]["Data"]["BIToken"].as_str().unwrap().to_owned();
        let page = format!("/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token={token}");
        see(&raw("GET", &page, &[("host", "127.0.0.1")], b""));
        see(&tc3.post("CreateEmbedToken", "{\"ProjectId\":118}"));
        let signer = Acs3 { nonce: Some(nonce), ..acs3.clone() };
        let ticket = see(&signer.post("CreateTicket", &[("WorksId", WORK), ("ExpireTime", "20")]));
        let ticket = ticket["Result"].as_str().unwrap().to_owned();
        let rpc = Rpc { secret: acs3.secret, ..Rpc::at(wall_now().unix_seconds()) }.with("AccessKeyId", acs3.key);
        see(&rpc.with("SignatureNonce", &format!("q{round}")).with("Ticket", &ticket).get("QueryTicketInfo"));
        // How far the wall clock is away differs, and it alone.
        let moved = process.change(&format!("/clock{query}"), &json!({ "advance": "7m" }));
        moves.push(format!("{} {}", moved["now"], moved["transitions"]));
    }
    seen.extend(moves);
    seen
}

#[test]
fn the_same_calls_give_the_same_bytes_in_another_process_with_busy_neighbours() {
    let wish = json!({ "name": "replay", "seed": 42, "clock": "frozen@2030-06-01T12:00:00Z" });
    // Every second of the refused calls or so is refused otherwise, by chance.
    let flaky = json!({
        "id": "flaky", "on": "tencent.CreateEmbedToken", "where": { "ProjectId": "118" },
        "calls": { "chance": 0.5 }, "then": { "error": "RequestLimitExceeded" },
    });
    let quiet = start();
    let made = quiet.change("/sandboxes", &wish);
    quiet.change("/rules?sandbox=replay", &flaky);
    let (in_sandbox, in_default) = (script(&quiet, Some(&made)), script(&quiet, None));

    let busy = start();
    let neighbour = busy.change("/sandboxes", &json!({ "name": "neighbour", "seed": 42 }));
    let made_again = busy.change("/sandboxes", &wish);
    assert_eq!(made, made_again, "the keys are the same, too");
    busy.change("/rules?sandbox=replay", &flaky);
    let by_chance = in_sandbox.iter().filter(|answer| answer.contains("RequestLimitExceeded")).count();
    assert!((1..8).contains(&by_chance), "{by_chance} of 8 by chance");
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let (key, secret) = (kept(&neighbour["tencent"]["secret_id"]), kept(&neighbour["tencent"]["secret_key"]));
            while !done.load(Ordering::Relaxed) {
                let signer = Tc3 { key, secret, ..Tc3::at(wall_now().unix_seconds()) };
                busy.send(&signer.post("CreateEmbedToken", "{\"ProjectId\":117,\"PageId\":11520}"));
                busy.change("/clock?sandbox=neighbour", &json!({ "advance": "1h" }));
            }
        });
        // The other way round this time: what the one does must not matter to the other.
        let default_again = script(&busy, None);
        let sandbox_again = script(&busy, Some(&made_again));
        done.store(true, Ordering::Relaxed);
        assert_eq!(default_again, in_default);
        assert_eq!(sandbox_again, in_sandbox);
    });
    println!("{} answers were the same byte for byte", in_sandbox.len() + in_default.len());
}
