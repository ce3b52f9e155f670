//! Rules at the flow: which calls they take, what those are answered, and what is done all the same.

use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};
use ticketbooth::call::RawRequest;
use ticketbooth::cloud::client::{ClientCall, signed_request};
use ticketbooth::cloud::examples::Tweak;
use ticketbooth::cloud::vendor_named;
use ticketbooth::emulator::{Aspect, AuthMode, Backwards, Emulator, SandboxOptions as Sandbox, Shift};
use ticketbooth::journal::EventDetail;
use ticketbooth::pipeline;
use ticketbooth::reply::Reply;
use ticketbooth::rules;
use ticketbooth::trail::{Step, StepOutcome};

use crate::admin::ask;
use crate::kit::{self, NOON_UNIX, alibaba_raw, code, json, open, ruled, tencent, tencent_raw, tickets, verdict};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

fn create(emulator: &Emulator) -> Reply {
    let params = [("WorksId", WORK), ("TicketNum", "9")];
    pipeline::serve(emulator, alibaba_raw("2022-01-01", "CreateTicket", &params))
}

fn issue(emulator: &Emulator) -> String {
    json(&create(emulator))["Result"].as_str().expect("a ticket").to_owned()
}

fn dashboard(ticket: &str) -> String {
    format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}")
}

/// An emulator whose CreateTicket has this rule.
fn creating(then: &str) -> Emulator {
    ruled(AuthMode::Off, &format!("[{{ id: r, on: alibaba.CreateTicket, then: {then} }}]"))
}

fn hits(emulator: &Emulator) -> Vec<(u64, u64)> {
    let standings = emulator.default_sandbox().epoch().rules.all_stats();
    standings.iter().map(|standing| (standing.eligible, standing.hits)).collect()
}

fn advance(emulator: &Emulator, seconds: i64) {
    emulator.default_sandbox().shift_clock(Shift::Advance(seconds), Backwards::Refused).unwrap();
}

#[test]
fn an_error_is_the_vendors_own_and_nothing_is_done() {
    let emulator = creating("{ error: Instance.Expired }");
    let reply = create(&emulator);
    let body = json(&reply);
    assert_eq!((reply.status, code(&body)), (400, "Instance.Expired"));
    assert_eq!(reply.header("x-ticketbooth-rule"), Some("r"));
    assert!(reply.header("x-ticketbooth-explain").is_some());
    assert_eq!(tickets(&emulator), 0);
    let entry = emulator.default_sandbox().epoch().journal.last_entry().unwrap();
    assert_eq!(entry.told.rule.as_deref(), Some("r"));
    assert_eq!(entry.told.outcome.code(), Some("Instance.Expired"));
    assert_eq!(entry.told.trail.steps().last(), Some((Step::Rule, StepOutcome::Answered)));
    assert_eq!(entry.told.rule.as_deref(), Some("r"));
}

#[test]
fn message_status_and_arguments_are_chosen() {
    let emulator = creating("{ error: Instance.Expired, message: no more, status: 503 }");
    let reply = create(&emulator);
    assert_eq!((reply.status, json(&reply)["Message"].as_str()), (503, Some("no more")));
    let emulator = creating("{ error: MissingWorksId }");
    assert_eq!(code(&json(&create(&emulator))), "MissingWorksId");
    let emulator = ruled(AuthMode::Off, "[{ id: r, on: tencent.*, then: { error: RequestLimitExceeded } }]");
    let response = tencent(&emulator, "CreateEmbedToken", &json!({ "ProjectId": 117, "PageId": 11520 }));
    assert_eq!(code(&response), "RequestLimitExceeded");
}

#[test]
fn an_answer_of_ones_own_is_sent_as_it_stands() {
    let emulator = creating("{ respond: { status: 418, headers: { X-Pot: short }, body: { tea: [1, null] } } }");
    let reply = create(&emulator);
    assert_eq!((reply.status, &reply.body[..]), (418, &br#"{"tea":[1,null]}"#[..]));
    assert_eq!((reply.header("x-pot"), reply.header("content-type")), (Some("short"), Some("application/json")));
    assert_eq!((reply.header("x-ticketbooth-rule"), tickets(&emulator)), (Some("r"), 0));
}

#[test]
fn proceed_is_the_normal_answer() {
    let emulator = creating("proceed");
    let reply = create(&emulator);
    assert_eq!((reply.status, reply.header("x-ticketbooth-rule")), (200, Some("r")));
    assert_eq!((tickets(&emulator), hits(&emulator)), (1, vec![(1, 1)]));
}

#[test]
fn what_is_done_to_the_answer_leaves_the_call_done() {
    for then in [
        "{ lose: reply }",
        "{ lose: reply, how: hang }",
        "{ cut: 40 }",
        "{ drip: { bytes: 1, every: 5ms } }",
        "{ delay: 10m }",
        "{ mangle: not_json }",
        "{ mangle: bad_chunk }",
        "{ advance_clock: 1m }",
    ] {
        let emulator = creating(then);
        create(&emulator);
        assert_eq!(tickets(&emulator), 1, "{then}");
    }
    let emulator = creating("{ lose: request }");
    create(&emulator);
    assert_eq!(tickets(&emulator), 0);
}

/// Whoever sends the same bytes again after a request that got lost is the first one.
#[test]
fn a_lost_request_has_used_up_no_nonce_and_no_rate() {
    let vendor = ticketbooth::cloud::vendor_named("alibaba").unwrap();
    let mut wish = ClientCall::new(vendor, "CreateTicket", "127.0.0.1:4240", NOON_UNIX, "one nonce".to_owned());
    wish.key = "LTAIlocaltest000000000000".to_owned();
    wish.secret = "localtestsecret000000000000000".to_owned();
    wish.params.push(("WorksId".to_owned(), WORK.to_owned()));
    let request = signed_request(vendor, &wish);
    let outcomes = |then: &str| -> Vec<String> {
        let rules = format!("[{{ on: alibaba.CreateTicket, calls: 1-30, then: {then} }}]");
        let emulator = ruled(AuthMode::Strict, &rules);
        let replies = (0..32).map(|_| pipeline::serve(&emulator, &request));
        replies
            .map(|reply| {
                serde_json::from_slice(&reply.body).map_or_else(|_| "lost".to_owned(), |body| code(&body).to_owned())
            })
            .collect()
    };
    let lost = outcomes("{ lose: request }");
    assert_eq!((&*lost[29], &*lost[30], &*lost[31]), ("lost", "none", "SignatureNonceUsed"));
    let done = outcomes("{ lose: reply }");
    assert_eq!(
        (&*done[0], &*done[1]),
        ("none", "SignatureNonceUsed"),
        "the answer got lost on its way, and the call was done"
    );
}

#[test]
fn each_named_damage_is_what_its_name_says() {
    let mangled = |name: &str| {
        let emulator = creating(&format!("{{ mangle: {name} }}"));
        (create(&emulator), json(&create(&ruled(AuthMode::Off, "[]"))))
    };
    let (reply, _) = mangled("not_json");
    assert!(serde_json::from_slice::<Value>(&reply.body).is_err() && !reply.body.is_empty());
    let (reply, good) = mangled("truncated_json");
    assert!(good.to_string().as_bytes().starts_with(&reply.body) && !reply.body.is_empty());
    let (reply, _) = mangled("empty_body");
    assert_eq!((reply.status, reply.body.len()), (200, 0));
    let (reply, _) = mangled("html_502");
    assert_eq!((reply.status, reply.header("content-type")), (502, Some("text/html")));
    assert!(reply.body.starts_with(b"<html>") && reply.header("x-ticketbooth-rule") == Some("r"));
    let (reply, good) = mangled("wrong_content_type");
    assert_eq!((reply.header("content-type"), json(&reply)), (Some("text/plain"), good));
    let (reply, good) = mangled("missing_request_id");
    assert_eq!((json(&reply).get("RequestId"), &json(&reply)["Result"]), (None, &good["Result"]));
    let (reply, good) = mangled("null_data");
    assert_eq!((&json(&reply)["Result"], &json(&reply)["Success"]), (&Value::Null, &good["Success"]));
    let emulator =
        ruled(AuthMode::Off, "[{ id: r, on: alibaba.QueryTicketInfo, then: { mangle: string_for_number } }]");
    let ticket = issue(&emulator);
    let reply =
        pipeline::serve(&emulator, alibaba_raw("2022-01-01", "QueryTicketInfo", &[("Ticket", ticket.as_str())]));
    assert_eq!(json(&reply)["Result"]["UsedTicketNum"], "0");
    let emulator = ruled(AuthMode::Off, "[{ id: r, on: tencent.*, then: { mangle: missing_request_id } }]");
    let reply = pipeline::serve(&emulator, tencent_raw("CreateEmbedToken", r#"{"ProjectId":117,"PageId":11520}"#));
    assert_eq!((json(&reply)["Response"].get("RequestId"), tickets(&emulator)), (None, 1));
}

#[test]
fn a_mis_signed_call_uses_up_nothing() {
    let emulator =
        ruled(AuthMode::Strict, "[{ id: r, on: alibaba.CreateTicket, calls: 1, then: { error: Instance.Expired } }]");
    let vendor = vendor_named("alibaba").unwrap();
    let call = |nonce: &str, tweak: Option<Tweak<'_>>| {
        let mut wish = ClientCall::new(vendor, "CreateTicket", "127.0.0.1:4240", NOON_UNIX, nonce.to_owned());
        wish.params.push(("WorksId".to_owned(), WORK.to_owned()));
        tweak.iter().for_each(|tweak| wish.apply(tweak));
        json(&pipeline::serve(&emulator, signed_request(vendor, &wish)))["Code"].as_str().unwrap_or("none").to_owned()
    };
    assert_eq!(call("1", Some(Tweak::Secret("another"))), "SignatureDoesNotMatch");
    assert_eq!(hits(&emulator), [(0, 0)]);
    assert_eq!(call("2", None), "Instance.Expired");
    assert_eq!(call("2", None), "SignatureNonceUsed");
    assert_eq!(call("3", None), "none");
    assert_eq!(hits(&emulator), [(2, 1)]);
}

#[test]
fn a_rule_for_three_calls_refuses_three_of_64_clients() {
    let emulator = ruled(
        AuthMode::Off,
        "[{ id: r, on: alibaba.CreateTicket, calls: '10-12', then: { error: Instance.Expired } }]",
    );
    let start = Barrier::new(64);
    let refused: usize = thread::scope(|scope| {
        let client = || {
            start.wait();
            (0..4).filter(|_| create(&emulator).status != 200).count()
        };
        let clients: Vec<_> = (0..64).map(|_| scope.spawn(client)).collect();
        clients.into_iter().map(|client| client.join().unwrap()).sum()
    });
    assert_eq!((refused, hits(&emulator)), (3, vec![(256, 3)]));
    assert_eq!(tickets(&emulator), 253);
}

#[test]
fn the_same_seed_gives_the_same_pattern() {
    let pattern = |chance: &str| -> Vec<u16> {
        let text = format!("[{{ id: r, on: alibaba.*, calls: {{ chance: {chance} }}, then: {{ respond: {{}} }} }}]");
        let emulator = ruled(AuthMode::Off, &text);
        (0..64).map(|_| u16::from(create(&emulator).header("x-ticketbooth-rule").is_some())).collect()
    };
    assert_eq!(pattern("0"), [0; 64]);
    assert_eq!(pattern("1"), [1; 64]);
    let even = pattern("0.5");
    assert_eq!(even, pattern("0.5"));
    assert!((16..48).contains(&even.iter().sum::<u16>()), "{even:?}");
}

#[test]
fn a_window_goes_by_the_world_clock() {
    let emulator = ruled(
        AuthMode::Off,
        "[{ id: r, on: alibaba.*, during: { from: 10m, until: 20m }, then: { error: ServiceUnavailable } }]",
    );
    let mut refused = Vec::new();
    for _ in 0..3 {
        refused.push(create(&emulator).header("x-ticketbooth-rule").is_some());
        advance(&emulator, 600);
    }
    assert_eq!(refused, [false, true, false]);
    emulator.default_sandbox().reset_aspects(&[Aspect::Rules]);
    advance(&emulator, 600);
    assert!(create(&emulator).header("x-ticketbooth-rule").is_some(), "the time of rules begins with them");
}

#[test]
fn the_clock_moves_after_the_call() {
    let emulator = creating("{ advance_clock: 241m }");
    let ticket = issue(&emulator);
    assert_eq!(emulator.default_sandbox().epoch().state.clock.now().unix_seconds(), NOON_UNIX + 241 * 60);
    let epoch = emulator.default_sandbox().epoch();
    assert_eq!(epoch.journal.last_entry().unwrap().told.at.unix_seconds(), NOON_UNIX);
    let told: Vec<_> = epoch.feed.events_since(0).0.into_iter().map(|event| event.what).collect();
    assert!(
        matches!(
            &told[..],
            [
                EventDetail::Ticket { .. },
                EventDetail::Call { .. },
                EventDetail::Rule { .. },
                EventDetail::Clock { .. },
                EventDetail::Ticket { .. }
            ]
        ),
        "{told:?}"
    );
    assert_eq!(verdict(&open(&emulator, &dashboard(&ticket))), "expired");
}

#[test]
fn a_visit_is_ruled_before_its_ticket_is_touched() {
    let emulator = ruled(
        AuthMode::Off,
        "- { id: one, on: alibaba.visit, where: { pageId: 'a206*' }, calls: 1, then: { error: Authorize3rdTicket.Expired } }\n\
         - { id: two, on: alibaba.visit, calls: 2, then: { respond: { status: 503, body: later } } }\n\
         - { id: three, on: alibaba.visit, calls: 3, then: { lose: request } }\n\
         - { id: four, on: alibaba.visit, calls: 4, then: { mangle: empty_body } }\n\
         - { id: five, on: alibaba.visit, calls: 5, then: { error: AE0580800012, status: 403 } }\n",
    );
    let ticket = issue(&emulator);
    let used = || emulator.default_sandbox().epoch().state.tickets.all_tickets()[0].used;
    let refused = open(&emulator, &dashboard(&ticket));
    assert_eq!((verdict(&refused), refused.header("x-ticketbooth-rule"), used()), ("expired", Some("one"), 0));
    let page = String::from_utf8_lossy(&refused.body).into_owned();
    assert!(page.contains(&format!("Ticket [{ticket}] has expired")), "{page}");
    assert_eq!((open(&emulator, &dashboard(&ticket)).status, used()), (503, 0));
    open(&emulator, &dashboard(&ticket));
    assert_eq!(used(), 0);
    assert_eq!((open(&emulator, &dashboard(&ticket)).body.len(), used()), (0, 1));
    let refused = open(&emulator, &dashboard(&ticket));
    assert_eq!((refused.status, verdict(&refused), used()), (403, "wrong-target", 1));
    let look = crate::kit::raw("HEAD", &dashboard(&ticket), &[("host", "h")], b"");
    ticketbooth::web::serve_page(&emulator, &look).unwrap();
    assert_eq!(hits(&emulator)[4], (5, 1), "a look is no visit");
    assert_eq!(verdict(&open(&emulator, &dashboard(&ticket))), "admitted");
}

#[test]
fn an_answer_of_a_rule_has_the_content_type_that_its_body_looks_like() {
    let plain = "text/plain; charset=utf-8";
    for (body, expected) in [
        ("{ a: 1 }", Some("application/json")),
        ("'[1, 2]'", Some("application/json")),
        ("'<html><p>down</p></html>'", Some("text/html; charset=utf-8")),
        ("'  <?xml version=\"1.0\"?><a/>'", Some("text/html; charset=utf-8")),
        ("Bad Gateway", Some(plain)),
        ("'{ not json'", Some(plain)),
        ("''", None),
    ] {
        let emulator = creating(&format!("{{ respond: {{ status: 502, body: {body} }} }}"));
        let reply = create(&emulator);
        assert_eq!(reply.header("content-type"), expected, "{body}");
    }
    let emulator = creating("{ respond: { headers: { Content-Type: text/csv }, body: '<a' } }");
    let reply = create(&emulator);
    assert_eq!(reply.header("content-type"), Some("text/csv"), "what the rule says stands");
}

#[test]
fn every_sandbox_has_rules_and_counters_of_its_own() {
    let emulator = creating("{ error: Instance.Expired }");
    let other = rules::read_rules("rules", "[{ id: x, on: alibaba.*, calls: 2, then: proceed }]").unwrap();
    let minted = emulator.create_sandbox(Sandbox { rules: other, ..Sandbox::default() }).unwrap();
    create(&emulator);
    assert_eq!(hits(&emulator), [(1, 1)]);
    let standing = minted.sandbox.epoch().rules.find_rule("x").unwrap();
    assert_eq!((standing.eligible, standing.hits), (0, 0));
}

#[test]
fn a_reset_brings_the_first_rules_back() {
    let emulator = creating("{ error: Instance.Expired }");
    let sandbox = emulator.default_sandbox();
    create(&emulator);
    let changed = sandbox.change_rules(|epoch| epoch.rules.without_rule("r").ok_or("none"));
    assert_eq!((changed, create(&emulator).status), (Ok(()), 200));
    assert_eq!(sandbox.change_rules(|epoch| epoch.rules.without_rule("r").ok_or("none")), Err("none"));
    sandbox.reset_aspects(&[Aspect::Rules]);
    assert_eq!(hits(&emulator), [(0, 0)]);
    assert_eq!(create(&emulator).status, 400);
}

/// A rule with something wrong in it, and the place, message and help of its problem.
#[rustfmt::skip]
const BAD: &[(&str, &str)] = &[
    ("{ id: r, on: alibba.CreateTicket, then: proceed }", r#"1:14: unknown vendor "alibba" / did you mean "alibaba.CreateTicket"?"#),
    ("{ id: r, on: aws.Create, then: proceed }", r#"1:14: unknown vendor "aws" / one of: tencent, alibaba"#),
    ("{ id: r, on: alibaba.CreateTiket, then: proceed }", r#"1:14: unknown action "CreateTiket" of alibaba / did you mean "alibaba.CreateTicket"?"#),
    ("{ id: r, on: tencent, then: proceed }", r#"1:14: "tencent" names no vendor and action / did you mean "tencent.*"?"#),
    ("{ id: r, on: alibaba.CreateTicket, where: { WorkId: x }, then: proceed }", r#"1:45: unknown parameter "WorkId" / did you mean "WorksId"?"#),
    ("{ id: r, on: alibaba.CreateTicket, then: { error: Throtling.User } }", r#"1:51: unknown error code "Throtling.User" of alibaba / did you mean "Throttling.User"? `ticketbooth codes alibaba.CreateTicket` lists all of them"#),
    ("{ id: r, on: alibaba.CreateTicket, then: { error: AE0580800012 } }", r#"1:51: alibaba.CreateTicket never answers with "AE0580800012" / `ticketbooth codes alibaba.CreateTicket` lists all of them"#),
    ("{ id: r, on: alibaba.visit, then: { error: Throttling.User } }", r#"1:44: a visit never answers with "Throttling.User" / `ticketbooth codes alibaba.visit` lists all of them"#),
    ("{ id: r, on: tencent.*, then: { error: Instance.Expired } }", r#"1:40: unknown error code "Instance.Expired" of tencent / `ticketbooth codes tencent` lists all of them"#),
    ("{ id: r, on: alibaba.*, then: { eror: Throttling.User } }", r#"1:33: unknown key "eror" / did you mean "error"?"#),
    ("{ id: r, on: alibaba.*, then: procede }", r#"1:31: unknown word "procede" / did you mean "proceed"?"#),
    ("{ id: r, on: alibaba.*, calls: { first: 0 }, then: proceed }", "1:41: `first` is at least 1"),
    ("{ id: r, on: alibaba.*, calls: '4-2', then: proceed }", r#"1:32: "4-2" ends before it begins / write "2-4""#),
    ("{ id: r, on: alibaba.*, calls: 0, then: proceed }", "1:32: call 0 does not exist / calls are counted from 1"),
    ("{ id: r, on: alibaba.*, calls: [1, x], then: proceed }", r#"1:36: "x" names no calls / these are positions of calls: write `3`, `"2-4"`, `[1, "3-5"]`, `{first: 2}`, `{after: 3}`, `{every: 5}`, `{nth: 2}` or `{chance: 0.1}`"#),
    ("{ id: r, on: alibaba.*, calls: { chance: 1.5 }, then: proceed }", "1:42: invalid probability 1.5 / 0 to 1"),
    ("{ id: r, on: alibaba.*, calls: { first: 1, every: 2 }, then: proceed }", "1:32: expected one of `first`, `after`, `every`, `nth` and `chance` / positions of calls, not a number of them; for a number see `expect`"),
    ("{ id: r, on: alibaba.*, during: { from: 20m, until: 10m }, then: proceed }", "1:33: this time ends before it begins"),
    ("{ id: r, on: alibaba.*, then: { delay: 11m } }", r#"1:40: "11m" is too long / at most 10m"#),
    ("{ id: r, on: alibaba.*, then: { delay: soon } }", r#"1:40: invalid duration "soon" / write it like 300ms, 90s, 10m, 1h30m, 1 day 2h or PT5M"#),
    ("{ id: r, on: alibaba.*, then: { delay: { from: 2s, sigma: 1 } } }", "1:40: expected `from` and `until`, or `median` and `sigma`"),
    ("{ id: r, on: alibaba.*, then: { cut: 10485761 } }", "1:38: 10485761 bytes are too many / 10485760 at most"),
    ("{ id: r, on: alibaba.*, then: { drip: { bytes: 0, every: 1s } } }", "1:48: a piece has at least 1 byte"),
    ("{ id: r, on: alibaba.*, then: { mangle: not_jason } }", r#"1:41: unknown word "not_jason" / did you mean "not_json"?"#),
    ("{ id: r, on: alibaba.visit, then: { mangle: null_data } }", "1:45: an embed page is not JSON / one of: empty_body, html_502, wrong_content_type, duplicate_head, wrong_length, bad_chunk"),
    ("{ id: r, on: alibaba.*, then: { lose: reply, cut: 3 } }", "1:46: `cut` does not go together with `lose`"),
    ("{ id: r, on: alibaba.*, then: { how: reset } }", "1:33: `how` needs `lose` beside it"),
    ("{ id: r, on: alibaba.*, then: { respond: { headers: { Content-Length: '3' } } } }", r#"1:55: the header "Content-Length" is not to be chosen / it follows from the body; see `mangle: wrong_length` and `mangle: bad_chunk`"#),
    ("{ id: r, on: alibaba.*, then: { respond: { status: 99 } } }", "1:52: invalid HTTP status 99 / 200 to 599"),
    ("{ id: r, on: alibaba.*, then: {} }", "1:31: this does nothing / write `proceed` for the normal answer"),
    ("{ id: r, on: alibaba.* }", r#"1:1: missing key "then" or "sequence" / write `then: { error: CODE }`, or another effect"#),
    ("{ id: r, on: alibaba.*, then: proceed, sequence: [proceed] }", "1:40: a rule has either `then` or `sequence`"),
    ("{ id: r, on: alibaba.*, sequence: [] }", "1:35: a sequence of 0 steps / 1 to 1000 steps"),
    ("{ id: r, on: alibaba.*, repeat: last, then: proceed }", "1:25: only a `sequence` can be repeated"),
    ("{ id: 'a b', on: alibaba.*, then: proceed }", r#"1:7: invalid rule id "a b" / 1 to 64 letters, digits, `.`, `_` and `-`"#),
];

fn told(problems: &ticketbooth::document::Problems) -> Vec<String> {
    let told = problems.iter().map(|problem| {
        let help = problem.help.as_ref().map_or_else(String::new, |help| format!(" / {help}"));
        format!("{}:{}: {}{help}", problem.line, problem.column, problem.message)
    });
    told.collect()
}

#[test]
fn a_rule_that_cannot_fire_is_refused_with_its_place_and_cause() {
    for (text, expected) in BAD {
        let problems = rules::read_rule("rule", text).expect_err(text);
        assert_eq!(told(&problems), [*expected], "{text}");
    }
}

#[test]
fn rules_are_bounded_and_their_ids_differ() {
    let many = |count: usize| {
        let lines = (0..count).map(|n| format!("- {{ id: r{n}, on: alibaba.*, calls: {}, then: proceed }}\n", n + 1));
        rules::read_rules("rules", &lines.collect::<String>())
    };
    assert_eq!(many(1000).unwrap().len(), 1000);
    assert_eq!(told(&many(1001).unwrap_err()), ["1:1: 1001 rules are too many / 1000 at most"]);
    let twice = "- { id: a, on: alibaba.*, then: proceed }\n- { id: a, on: alibaba.*, then: proceed }\n";
    assert_eq!(
        told(&rules::read_rules("rules", twice).unwrap_err()),
        [r#"2:9: rule "a" is defined twice / give each rule an id of its own"#]
    );
    let body = "x".repeat((1 << 20) + 1);
    let long = json!({ "id": "r", "on": "alibaba.*", "then": { "respond": { "body": body } } }).to_string();
    let problems = rules::read_rule("rule", &long).unwrap_err();
    assert_eq!(problems.iter().next().unwrap().message, "a body of 1048577 bytes is too long");
}

/// An error that not every action of the vendor has, over the whole vendor.
#[test]
fn an_error_of_a_vendor_reaches_the_actions_that_can_answer_with_it_and_passes_the_others_by() {
    let emulator = kit::demo(AuthMode::Off);
    let put = |rule: &Value| ask(&emulator, "POST", "/rules", rule);
    let (status, added) = put(&json!({ "on": "alibaba.*", "then": { "error": "Instance.Expired" } }));
    assert_eq!((status, added["id"].as_str()), (201, Some("rule-1")), "{added}");
    let reached: Vec<&str> = added["reaches"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    for action in vendor_named("alibaba").unwrap().catalog.actions {
        let body = kit::alibaba(&emulator, action.versions[0], action.name, &[]).1;
        assert_eq!(code(&body) == "Instance.Expired", reached.contains(&action.name), "{}: {body}", action.name);
    }
    assert!(
        reached.contains(&"CreateTicket") && reached.len() < vendor_named("alibaba").unwrap().catalog.actions.len(),
        "{reached:?}"
    );
    // A sequence is for the actions that have all of its errors.
    let mixed =
        json!({ "on": "alibaba.*", "sequence": [{ "error": "Instance.Expired" }, { "error": "AE0580800012" }] });
    assert_eq!(put(&mixed).0, 422);
}

#[test]
fn a_rule_without_an_id_gets_one_by_its_place() {
    let ids = |text: &str| -> Vec<String> {
        rules::read_rules("rules", text).unwrap().iter().map(|rule| rule.id().to_string()).collect()
    };
    let text = "[{ on: alibaba.visit, calls: 1, then: proceed }, { id: x, on: alibaba.visit, calls: 2, then: proceed }, \
        { on: alibaba.visit, calls: 3, then: proceed }]";
    assert_eq!(ids(text), ["rule-1", "x", "rule-3"]);
    let twice = rules::read_rules("rules", &text.replace("id: x", "id: rule-3")).unwrap_err();
    assert_eq!(told(&twice), [r#"1:110: rule "rule-3" is defined twice / give each rule an id of its own"#]);
    let emulator = kit::demo(AuthMode::Off);
    let add = |rule: Value| ask(&emulator, "POST", "/rules", &rule);
    let (status, added) = add(json!({ "on": "alibaba.CreateTicket", "then": { "error": "Instance.Expired" } }));
    assert_eq!((status, added["id"].as_str()), (201, Some("rule-1")));
    assert_eq!(add(json!({ "id": "rule-3", "on": "alibaba.visit", "calls": 1, "then": "proceed" })).0, 201);
    assert_eq!(add(json!({ "on": "alibaba.visit", "then": "proceed" })).1["id"], "rule-4");
    assert_eq!(add(json!({ "id": "rule-4", "on": "tencent.visit", "then": "proceed" })).0, 409);
}

#[test]
fn a_rule_that_another_one_leaves_no_call_is_refused_and_told_by_which() {
    let hidden = |first: &str, second: &str| {
        rules::read_rules("rules", &format!("[{{ id: a, {first} }}, {{ id: b, {second} }}]")).err()
    };
    let by = "this rule can never fire: rule \"a\" before it answers every call that it is for";
    for (first, second) in [
        ("on: alibaba.*, then: proceed", "on: alibaba.CreateTicket, then: { error: Instance.Expired }"),
        ("on: alibaba.CreateTicket, then: proceed", "on: alibaba.CreateTicket, where: { WorksId: x }, then: proceed"),
        (
            "on: alibaba.*, where: { WorksId: x }, then: proceed",
            "on: alibaba.*, where: { WorksId: x, UserId: y }, then: proceed",
        ),
        ("on: alibaba.*, then: proceed", "on: alibaba.*, calls: 3, during: { from: 1m }, then: proceed"),
        ("on: alibaba.*, then: { error: Instance.Expired }", "on: alibaba.CreateTicket, then: proceed"),
        ("on: alibaba.visit, sequence: [proceed], repeat: last", "on: alibaba.visit, then: proceed"),
    ] {
        let problems = hidden(first, second).unwrap_or_else(|| panic!("{first} leaves {second} a call"));
        assert!(told(&problems)[0].contains(by), "{problems}");
    }
    for (first, second) in [
        ("on: alibaba.CreateTicket, then: proceed", "on: alibaba.*, then: proceed"),
        ("on: alibaba.*, then: proceed", "on: alibaba.visit, then: proceed"),
        ("on: alibaba.*, then: proceed", "on: tencent.*, then: proceed"),
        ("on: alibaba.*, calls: { first: 9 }, then: proceed", "on: alibaba.*, then: proceed"),
        ("on: alibaba.*, calls: { chance: 1 }, then: proceed", "on: alibaba.*, then: proceed"),
        ("on: alibaba.*, sequence: [proceed]", "on: alibaba.*, then: proceed"),
        ("on: alibaba.*, during: { until: 1h }, then: proceed", "on: alibaba.*, then: proceed"),
        ("on: alibaba.*, where: { WorksId: x }, then: proceed", "on: alibaba.*, where: { WorksId: y }, then: proceed"),
        ("on: alibaba.*, then: { error: Instance.Expired }", "on: alibaba.*, then: proceed"),
    ] {
        assert!(hidden(first, second).is_none(), "{first} leaves {second} no call");
    }
    let emulator = kit::demo(AuthMode::Off);
    assert_eq!(ask(&emulator, "POST", "/rules", &json!({ "id": "a", "on": "alibaba.*", "then": "proceed" })).0, 201);
    let later = json!({ "id": "b", "on": "alibaba.CreateTicket", "then": { "error": "Instance.Expired" } });
    let (status, told) = ask(&emulator, "POST", "/rules", &later);
    assert!(status == 422 && told["error"]["message"].as_str().unwrap().contains("rule \"a\""), "{told}");
}

/// One duration for rules and for the clock.
#[test]
fn a_rule_moves_the_clock_by_any_duration_that_the_clock_takes() {
    for text in ["10 days", "1 day 2h", "PT26H", "90m", "P1DT2H"] {
        let emulator = creating(&format!("{{ advance_clock: \"{text}\" }}"));
        create(&emulator);
        let by_rule = emulator.default_sandbox().epoch().state.clock.now();
        let other = kit::demo(AuthMode::Off);
        assert_eq!(ask(&other, "POST", "/clock", &json!({ "advance": text })).0, 200, "{text}");
        assert_eq!(by_rule, other.default_sandbox().epoch().state.clock.now(), "{text}");
    }
    for text in ["80000000 hours", "-80000000 hours"] {
        let rule = json!({ "on": "alibaba.*", "then": { "advance_clock": text } });
        let (status, told) = ask(&kit::demo(AuthMode::Off), "POST", "/rules", &rule);
        assert!(status == 422 && told.to_string().contains("longer than the clock's range"), "{told}");
    }
}

#[test]
fn an_error_without_arguments_takes_them_from_its_call() {
    let message = |on: &str, error: &str, request: &RawRequest| {
        let rule = json!([{ "on": on, "then": { "error": error } }]).to_string();
        let body = json(&pipeline::serve(&ruled(AuthMode::Off, &rule), request));
        body["Message"].as_str().or(body["Response"]["Error"]["Message"].as_str()).unwrap().to_owned()
    };
    let create = |params: &[(&str, &str)]| alibaba_raw("2022-01-01", "CreateTicket", params);
    let of_work = message("alibaba.CreateTicket", "Report.NotExist.Error", &create(&[("WorksId", "a206")]));
    assert_eq!(of_work, "This work does not exist. It may have been deleted. Work ID is a206.");
    let delay = alibaba_raw("2022-01-01", "DelayTicketExpireTime", &[("Ticket", "b1c2"), ("ExpireTime", "9")]);
    let of_ticket = message("alibaba.DelayTicketExpireTime", "Authorize3rdTicket.NotExist", &delay);
    assert_eq!(of_ticket, "Ticket b1c2 does not exist.");
    let missing = message("alibaba.CreateTicket", "System.Param.Empty", &create(&[]));
    assert!(missing.contains("WorksId") || missing.contains("worksId"), "{missing}");
    let throttled = message("tencent.*", "RequestLimitExceeded", &tencent_raw("CreateEmbedToken", "{}"));
    assert!(throttled.contains("20") && !throttled.contains("limit`"), "{throttled}");
    // What is given goes before what the call has.
    let rule = json!([{ "on": "alibaba.*", "then": { "error": "Report.NotExist.Error", "args": ["x"] } }]).to_string();
    let body = json(&pipeline::serve(&ruled(AuthMode::Off, &rule), create(&[("WorksId", "a206")])));
    assert!(body["Message"].as_str().unwrap().ends_with("Work ID is x."), "{body}");
}

/// The numbers of the first ten calls that the rule answered.
fn answered(calls: &str) -> Vec<u64> {
    let rule = format!("[{{ id: r, on: alibaba.CreateTicket, calls: {calls}, then: {{ error: Instance.Expired }} }}]");
    let emulator = ruled(AuthMode::Off, &rule);
    (1..=10).filter(|_| code(&json(&create(&emulator))) == "Instance.Expired").collect()
}

#[test]
fn spans_that_touch_or_overlap_choose_each_call_once() {
    assert_eq!(answered("['3-5', 1, '4-6', 9]"), [1, 3, 4, 5, 6, 9]);
    assert_eq!(answered("{ every: 3 }"), [3, 6, 9]);
}

#[test]
fn a_generic_error_reaches_the_actions_that_have_its_parameter() {
    let emulator = kit::demo(AuthMode::Off);
    let rule = json!({ "on": "alibaba.*", "then": { "error": "MissingWorksId" } });
    let (status, told) = ask(&emulator, "POST", "/rules", &rule);
    let reached: Vec<&str> = told["reaches"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(status == 201 && ["CreateTicket", "QueryWorks"].iter().all(|action| reached.contains(action)), "{told}");
    for action in ticketbooth::cloud::vendor_named("alibaba").unwrap().catalog.actions {
        let has = action.params.iter().any(|param| param.name == "WorksId");
        assert_eq!(reached.contains(&action.name), has, "{}", action.name);
    }
    for (on, error) in
        [("alibaba.*", "MissingFoo"), ("alibaba.QueryTicketInfo", "MissingWorksId"), ("alibaba.visit", "used-up")]
    {
        let (status, told) = ask(&emulator, "POST", "/rules", &json!({ "on": on, "then": { "error": error } }));
        assert_eq!(status, 422, "{on} {error}: {told}");
        assert!(!told.to_string().contains(&format!("did you mean \\\"{error}\\\"")), "{told}");
    }
}
