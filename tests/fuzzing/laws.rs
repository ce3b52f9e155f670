//! Laws that hold for every answer and for every view of a journal.

use std::io::Cursor;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use ticketbooth::admin::{self, Answer, PREFIX, Streaming};
use ticketbooth::call::{Headers, RawRequest};
use ticketbooth::cloud::catalog::{ErrorRow, StatusRule};
use ticketbooth::cloud::vendor_named;
use ticketbooth::emulator::Emulator;
use ticketbooth::export::{Archive, EVERY, Filters};
use ticketbooth::journal::{Books, CallKind, CallRecord, Entry, Outcome};
use ticketbooth::reply::{Reply, Said};

use super::LOOKS_AT_ALL;
use super::booth::{HOST, TOKEN, answer, raw_request};

/// How many calls the default sandbox has answered.
fn total_calls(emulator: &Emulator) -> u64 {
    emulator.default_sandbox().epoch().journal.total_calls()
}

/// The newest call of the default sandbox.
pub fn last_entry(emulator: &Emulator) -> Option<Arc<Entry>> {
    Books::from(Arc::clone(&emulator.default_sandbox().epoch().journal)).last_entry()
}

/// Sends the request to an emulator without rules, and holds the answer against the vendor's envelope and its rows.
/// The entry is that of the request, where it was a call or the opening of a page.
pub fn send_request(emulator: &Emulator, raw: &Arc<RawRequest>) -> (Reply, Option<Arc<Entry>>) {
    let before = total_calls(emulator);
    let reply = answer(emulator, raw);
    check_headers(&reply);
    match total_calls(emulator) - before {
        0 => {
            let preflight = reply.body.is_empty() && raw.method == "OPTIONS";
            let plain = reply.header("content-type").is_some_and(|kind| kind.starts_with("text/plain"));
            assert!(preflight || (plain && reply.status >= 400), "{reply:?}");
            (reply, None)
        }
        1 => {
            let entry = last_entry(emulator).expect("a call was counted");
            check_answer(&entry.told, &reply);
            (reply, Some(entry))
        }
        more => panic!("one request counts as {more} calls"),
    }
}

/// Nothing that a client sends can end a line of the head.
fn check_headers(reply: &Reply) {
    assert!((200..=599).contains(&reply.status), "{reply:?}");
    for (name, value) in reply.headers.iter() {
        assert!(!value.chars().any(char::is_control), "the header {name} has a control character: {value:?}");
    }
}

fn check_answer(told: &CallRecord, reply: &Reply) {
    assert_eq!(told.reply.status, reply.status, "the journal has another answer");
    assert_eq!(reply.header("x-ticketbooth-request"), Some(&*told.request_id.to_string()), "{reply:?}");
    match told.kind {
        CallKind::Visit | CallKind::Look => check_page(told, reply),
        CallKind::Data => drop(json_of(reply)),
        CallKind::Call => check_envelope(told, reply),
    }
    if let Outcome::Refused(said) = &told.outcome {
        assert!(said.why.is_some(), "no rule wanted this, and nobody knows why it is so: {said:?}");
        check_said(told, said, reply);
    }
    assert!(matches!(told.outcome, Outcome::Success | Outcome::Refused(_)), "there are no rules: {:?}", told.outcome);
}

fn check_page(told: &CallRecord, reply: &Reply) {
    assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
    let verdict = reply.header("x-ticketbooth-visit").expect("a page has a verdict");
    assert_eq!(verdict == "admitted", told.outcome == Outcome::Success, "{verdict}: {:?}", told.outcome);
    std::str::from_utf8(&reply.body).expect("a page is UTF-8");
}

fn check_envelope(told: &CallRecord, reply: &Reply) {
    let succeeded = told.outcome == Outcome::Success;
    let request_id = told.request_id.to_string();
    if reply.header("content-type") == Some("text/xml;charset=utf-8") {
        let text = std::str::from_utf8(&reply.body).expect("XML is UTF-8");
        let document = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        let root = document.root_element();
        assert_eq!(root.has_tag_name("Error"), !succeeded, "{text}");
        let member = |name: &str| root.children().find(|child| child.has_tag_name(name)).and_then(|child| child.text());
        assert_eq!(member("RequestId"), Some(&*request_id), "{text}");
        return;
    }
    let body = json_of(reply);
    let names = |value: &Value| -> Vec<String> {
        value.as_object().map(|members| members.keys().cloned().collect()).unwrap_or_default()
    };
    let (inner, expected): (&Value, &[&str]) = match (told.vendor, succeeded) {
        // The one answer that the vendor leaves empty.
        ("tencent", true) if &*told.action == "DescribeUserGroupInfo" => (&body["Response"], &["RequestId"]),
        ("tencent", true) => (&body["Response"], &["Msg", "RequestId", "Extra", "Data"]),
        ("tencent", false) => (&body["Response"], &["Error", "RequestId"]),
        (_, true) => (&body, &["RequestId", "Result", "Success"]),
        (_, false) => (&body, &["RequestId", "Message", "HostId", "Code", "Recommend"]),
    };
    assert_eq!(names(inner), expected, "{body}");
    assert_eq!(inner["RequestId"], *request_id, "{body}");
    if told.vendor == "tencent" {
        assert_eq!(names(&body), ["Response"], "{body}");
    }
}

/// A refusal has a row in the tables that covers the action, and says what the row says.
fn check_said(told: &CallRecord, said: &Said, reply: &Reply) {
    let vendor = vendor_named(told.vendor).expect("a call has a vendor");
    if told.kind != CallKind::Call {
        return;
    }
    let action = &*told.action;
    let has_status = |row: &ErrorRow| match row.status {
        StatusRule::Fixed(status) => status == said.status,
        StatusRule::OfVersion => true,
    };
    let fits =
        |row: &&&ErrorRow| row.scope.covers_action(action) && spells_code(row.code, &said.code) && has_status(row);
    let is_listed = vendor.catalog.errors.iter().any(|row| fits(&row));
    assert!(is_listed, "{} with {} is no answer of {}.{action}", said.code, said.status, told.vendor);
    assert_eq!(said.status, reply.status, "{}", said.code);
    assert!(!said.message.is_empty(), "{} says nothing", said.code);
    let text = String::from_utf8_lossy(&reply.body);
    assert!(text.contains(&*said.code) || !is_plain_word(&said.code), "{} is not in {text}", said.code);
}

fn is_plain_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
}

/// Whether `code` is the row's, whose `{name}` stands for the name of a parameter.
fn spells_code(row: &str, code: &str) -> bool {
    match row.split_once("{name}") {
        None => row == code,
        Some((before, after)) => code.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).is_some(),
    }
}

pub fn json_of(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.body).unwrap_or_else(|error| panic!("{error}: {:?}", reply.body))
}

/// The whole answer of the admin API, of which nothing is waited for.
pub fn ask_admin(emulator: &Emulator, raw: &RawRequest) -> Reply {
    match admin::answer(emulator, raw) {
        Answer::Now(reply) => reply,
        Answer::Later(pending) => pending.ask(&mut pending.seen()).unwrap_or_else(|| pending.ask_last()),
        Answer::Stream(Streaming::Pieces { media_type, pieces }) => {
            Reply::new(200, media_type, pieces.collect::<String>())
        }
        Answer::Stream(Streaming::Events(mut listening)) => {
            let context = std::task::Context::from_waker(std::task::Waker::noop());
            let text = match listening.poll_next(&context) {
                std::task::Poll::Ready(text) => text.unwrap_or_default(),
                std::task::Poll::Pending => String::new(),
            };
            Reply::new(200, "text/event-stream", text)
        }
    }
}

/// A look at the admin API by somebody who has the token.
pub fn look_at(emulator: &Emulator, path: &str) -> Reply {
    let authorization = format!("Bearer {TOKEN}");
    let headers = [("host", HOST), ("authorization", authorization.as_str())].into_iter().collect::<Headers>();
    ask_admin(emulator, &raw_request("GET", &format!("{PREFIX}{path}"), headers, bytes::Bytes::new(), None))
}

/// Every view of the journal can be read, has no secret of the world in it, and says in a file what it says by itself.
pub fn check_views(emulator: &Emulator) {
    if !LOOKS_AT_ALL.get() {
        return;
    }
    let epoch = emulator.default_sandbox().epoch();
    let keys = epoch.world.credentials();
    let mut secrets: Vec<String> =
        keys.flat_map(|key| key.session_tokens.iter().chain([&key.secret])).cloned().collect();
    secrets.push(TOKEN.to_owned());
    // A world of somebody else may have a word for a secret that stands in every answer.
    secrets.retain(|secret| secret.len() >= 12);
    let list = look_at(emulator, "/journal?kind=all&sandbox=*");
    let mut views = vec![list.clone(), look_at(emulator, "/metrics")];
    if total_calls(emulator) > 0 {
        views.extend([look_at(emulator, "/journal/last"), look_at(emulator, "/explain/last")]);
    }
    for view in &views {
        assert_eq!(view.status, 200, "{view:?}");
        check_covered(&String::from_utf8_lossy(&view.body), &secrets);
    }
    let export = look_at(emulator, "/journal?format=jsonl");
    let text = String::from_utf8(export.body.to_vec()).expect("an export is UTF-8");
    text.lines().for_each(|line| check_covered(line, &secrets));
    let archive = Archive::read_file(Cursor::new(&text), EVERY).unwrap_or_else(|bad| panic!("{bad:?} of {text}"));
    let all = |name: &str| (name == "kind").then_some("all");
    let filters = Filters::from_query(all, None).unwrap_or_else(|_| panic!("all kinds may be asked for"));
    assert_eq!(archive.list_entries(&filters)["entries"], json_of(&list)["entries"], "the file tells something else");
}

/// No text has a secret in it: not as it stands, not in another case, not percent-encoded, and not in Base64.
fn check_covered(text: &str, secrets: &[String]) {
    let mut texts = vec![text.to_owned()];
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        collect_texts(&value, &mut texts);
    }
    let encoded: Vec<String> = texts
        .iter()
        .filter_map(|text| STANDARD.decode(text).ok())
        .map(|b| String::from_utf8_lossy(&b).into())
        .collect();
    for text in texts.iter().chain(&encoded) {
        let mut bare = text.to_lowercase();
        for _ in 0..3 {
            let found = secrets.iter().find(|secret| bare.contains(&secret.to_lowercase()));
            assert!(found.is_none(), "a secret of the world stands in {text}");
            if !bare.contains('%') {
                break;
            }
            bare = percent_encoding::percent_decode_str(&bare).decode_utf8_lossy().to_lowercase();
        }
    }
}

fn collect_texts(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect_texts(item, texts)),
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            texts.push(name.clone());
            collect_texts(value, texts);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
