//! The emulator inside a Rust program.

use std::net::TcpListener;
use std::time::Duration;

use ticketbooth::cloud::client::{ClientCall, signed_request};
use ticketbooth::cloud::vendor_named;
use ticketbooth::emulator::{AuthClock, Emulator};
use ticketbooth::http::send_request;
use ticketbooth::running::{Key, Running};
use ticketbooth::verify::Verdict;

use crate::kit::{NOON, NOON_UNIX};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

/// The HTTP status of a signed call over the wire.
fn create(booth: &Running, key: &Key, nonce: &str) -> u16 {
    call(booth, key, nonce, vec![("WorksId".to_owned(), WORK.to_owned())])
}

fn create_without_work(booth: &Running, key: &Key) {
    call(booth, key, "1", Vec::new());
}

fn call(booth: &Running, key: &Key, nonce: &str, params: Vec<(String, String)>) -> u16 {
    let vendor = vendor_named("alibaba").unwrap();
    let mut wish = ClientCall::new(vendor, "CreateTicket", &booth.endpoint(), NOON_UNIX, nonce.to_owned());
    (wish.key, wish.secret) = (key.id.clone(), key.secret.clone());
    wish.params.extend(params);
    send_request(&booth.endpoint(), &signed_request(vendor, &wish), Duration::from_secs(30)).unwrap().status
}

fn start() -> Running {
    let builder = Emulator::builder().clock(NOON.parse().unwrap()).auth_clock(AuthClock::World).seed(7);
    builder.start_blocking().unwrap()
}

#[test]
fn calls_land_in_the_sandbox_of_their_key_and_in_its_journal() {
    let booth = start();
    let mine = booth.sandbox("mine").unwrap();
    assert_eq!(create(&booth, &mine.key("alibaba").unwrap(), "1"), 200);
    assert_eq!(create(&booth, &booth.key("alibaba").unwrap(), "1"), 200);
    assert_eq!(create(&booth, &booth.key("alibaba").unwrap(), "1"), 400);
    let told: Vec<_> = booth.journal().into_iter().map(|call| (call.action, call.http_status, call.code)).collect();
    let refused = Some("SignatureNonceUsed".to_owned());
    assert_eq!(told, [("CreateTicket".to_owned(), 200, None), ("CreateTicket".to_owned(), 400, refused)]);
    assert_eq!((mine.journal().len(), mine.id().as_str()), (1, "mine"));
    assert!(booth.sandbox("mine").is_err());
}

#[test]
fn a_clock_is_in_the_hand_of_the_test() {
    let booth = start();
    assert_eq!(create(&booth, &booth.key("alibaba").unwrap(), "1"), 200);
    let moved = booth.clock().advance(Duration::from_secs(4 * 3600)).unwrap();
    assert_eq!((moved.transitions.len(), moved.reading.frozen), (1, true));
    assert_eq!(booth.clock().now().unix_seconds(), NOON_UNIX + 4 * 3600);
}

#[test]
fn a_rule_is_added_and_what_was_called_is_verified_as_soon_as_it_is_there() {
    let booth = start();
    let mine = booth.sandbox("mine").unwrap();
    mine.rule("{ id: busy, on: alibaba.CreateTicket, calls: 1, then: { error: Throttling.User } }").unwrap();
    assert!(mine.rule("{ id: busy, on: alibaba.visit, then: { delay: 1s } }").is_err());
    let key = mine.key("alibaba").unwrap();
    let statuses = std::thread::scope(|scope| {
        let calls = scope.spawn(|| ["1", "2"].map(|nonce| create(&booth, &key, nonce)));
        let finding = mine.verify("{ on: alibaba.CreateTicket, calls: { at_least: 2 }, within: 1h }").unwrap();
        assert_eq!((finding.verdict, finding.evidence.len()), (Verdict::Pass, 2));
        calls.join().unwrap()
    });
    assert!(statuses[0] >= 400 && statuses[1] == 200, "{statuses:?}");
    assert_eq!((mine.rules()[0].hits, booth.rules().len()), (1, 0));
    let finding = mine.verify("{ on: alibaba.*, code: Throttling.User, calls: { exactly: 1 } }").unwrap();
    assert_eq!(finding.verdict, Verdict::Pass);
    let problems = mine.verify("{ on: alibaba.CreateTiket, calls: nevr }").unwrap_err().to_string();
    assert!(problems.starts_with("error: question:1:"), "{problems}");
    assert!(booth.verify("{ on: alibaba.CreateTiket }").unwrap_err().to_string().contains("CreateTicket"));
}

#[test]
fn a_scenario_and_rules_are_in_force_from_the_beginning_and_judged() {
    let scenario = "{ ticketbooth: 1, name: busy, rules: [{ id: first, on: alibaba.CreateTicket, calls: 1, \
                    then: { error: Throttling.User } }], expect: [{ on: alibaba.CreateTicket, calls: { exactly: 2 } }] }";
    let rules = "[{ id: second, on: alibaba.CreateTicket, calls: 2, then: { error: Instance.Expired } }]";
    let builder = Emulator::builder().clock(NOON.parse().unwrap()).auth_clock(AuthClock::World);
    assert!(Emulator::builder().assume([("alibaba.head_method", "no")]).is_err());
    let builder = builder.assume([("alibaba.missing_param", "service")]).unwrap();
    let booth = builder.scenario(scenario).unwrap().rules(rules).unwrap().start_blocking().unwrap();
    assert_eq!(booth.report().unwrap().verdict, Verdict::Fail);
    let key = booth.key("alibaba").unwrap();
    for nonce in ["1", "2"] {
        create(&booth, &key, nonce);
    }
    let codes: Vec<_> = booth.journal().into_iter().map(|call| call.code.unwrap()).collect();
    assert_eq!(codes, ["Throttling.User", "Instance.Expired"]);
    assert_eq!(booth.report().unwrap().verdict, Verdict::Pass);
    let mine = booth.sandbox("mine").unwrap();
    assert!(mine.report().is_none());
    create_without_work(&booth, &mine.key("alibaba").unwrap());
    assert_eq!(mine.journal()[0].code.as_deref(), Some("System.Param.Empty"), "choices of the builder are everybody's");
    let problems =
        Emulator::builder().rules("[{ id: x, on: alibaba.CreateTiket, then: proceed }]").unwrap_err().to_string();
    assert!(problems.contains("alibaba.CreateTicket"), "{problems}");
}

#[test]
fn what_holds_for_one_sandbox_holds_for_the_handle_of_the_default_one() {
    let booth = start();
    let mine = booth.sandbox("mine").unwrap();
    mine.assume([("alibaba.nonce_lifetime", "24h")]).unwrap();
    let unfit = booth.assume([("alibaba.nonce_lifetim", "24h")]).unwrap_err().to_string();
    assert_eq!(unfit, "unknown assumption \"alibaba.nonce_lifetim\"; did you mean \"alibaba.nonce_lifetime\"?");
    let statuses = [&mine, &*booth].map(|sandbox| {
        let key = sandbox.key("alibaba").unwrap();
        let status = |nonce: &str| create(&booth, &key, nonce);
        (sandbox.id(), sandbox.keys().len(), [status("1"), status("1"), status("2")])
    });
    assert_eq!(statuses[0].2, [200, 400, 200]);
    assert_eq!(statuses[1].2, [200, 400, 200]);
    assert_eq!((statuses[0].0.as_str(), statuses[1].0.as_str()), ("mine", "default"));
    assert_eq!(statuses[0].1, statuses[1].1);
}

#[test]
fn dropping_it_frees_the_port_at_once() {
    let booth = start();
    let endpoint = booth.endpoint();
    // A connection that somebody keeps open must not keep the server.
    let kept = std::net::TcpStream::connect(&endpoint).unwrap();
    drop(booth);
    drop(TcpListener::bind(&endpoint).unwrap());
    drop(kept);
    let again = Emulator::builder().listen(endpoint.parse().unwrap()).start_blocking().unwrap();
    assert_eq!(again.url(), format!("http://{endpoint}"));
}

#[test]
fn a_port_that_is_taken_is_an_error_on_any_runtime() {
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = holder.local_addr().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let error = runtime.block_on(Emulator::builder().listen(address).start()).unwrap_err();
    assert!(error.to_string().contains("already in use"), "{error}");
    let booth = runtime.block_on(Emulator::builder().start()).unwrap();
    runtime.block_on(async { drop(booth) });
}

#[test]
fn no_debug_output_shows_a_secret() {
    let booth = start();
    let text = format!("{:?} {:?}", booth.key("tencent"), booth.sandbox("mine").unwrap());
    assert!(text.contains("AKIDlocaltest") && !text.contains("localtestsecret"), "{text}");
    let secret = booth.sandbox("other").unwrap().key("alibaba").unwrap().secret;
    assert!(!text.contains(&secret));
}
