//! Every error code of every vendor, made to come: by its example where it has one, else as a rule
//! would order it. Texts are compared with what the vendors' pages print, which stands in files of
//! its own under `tests/catalogue`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;

use serde_json::{Value, json};
use ticketbooth::call::{Language, RawRequest};
use ticketbooth::cli;
use ticketbooth::cloud::catalog::VISIT;
use ticketbooth::cloud::catalog::{ErrorRow, ErrorScope, StatusRule};
use ticketbooth::cloud::client::{
    ClientCall, SignatureForm, create_samples, owned_pairs, signed_request, visit_request,
};
use ticketbooth::cloud::examples::Tweak;
use ticketbooth::cloud::examples::{Example, ExampleCall, ExampleRequest, How};
use ticketbooth::cloud::words::{Spoken, speak};
use ticketbooth::cloud::{Denial, InjectedError, Stamp, Vendor, vendors};
use ticketbooth::domain::{Assumption, Assumptions, RequestId, Timestamp};
use ticketbooth::emulator::{AuthClock, AuthMode, Emulator, RateClock, RateLimits, Settings};
use ticketbooth::pipeline;
use ticketbooth::reply::Reply;
use ticketbooth::web;
use ticketbooth::world::World;

use crate::kit::{NOON, assumptions, json, read, repository, ruled};

const HOST: &str = "127.0.0.1:4240";

/// Codes that a reason ends in and no example provokes, with the reason for that.
const UNPROVOKED: &[(&str, &str, &str)] = &[
    ("tencent", "OperationDenied", "editions and instances are things of the other vendor's world"),
    ("tencent", "expired", "a token lives a minute at least, and no call moves a clock"),
    ("tencent", "embedding-off", "no token is given for a closed page, and no call closes one afterwards"),
    ("tencent", "embedding-off-chat", "the same of a chat"),
    ("alibaba", "InvalidSecurityToken.Malformed", "the tokens of a world have no form that could be wrong"),
    ("alibaba", "InvalidSecurityToken.Expired", "the tokens of a world do not expire"),
    ("alibaba", "Throttling.User", "the vendor names no rate, so its gateway has no check for one"),
    ("alibaba", "Authorize3rdTicket.BindedWorks.Mismatch", "of the API's row: only a visit names another work"),
    ("alibaba", "Authorize3rdTicket.HasNo.LoginToken", "of the API's row: only a page's data calls have sessions"),
    ("alibaba", "Authorize3Rd.Report.Unauthorized", "of a visit: no ticket is given for a closed work"),
    ("alibaba", "Report.NotExist.Error", "of a visit: no ticket is given for a work that is gone"),
];

/// Status, code and message of the vendors' lists, by file.
fn listed(file: &str) -> Vec<(u16, String, Option<String>)> {
    let text = read(&format!("tests/catalogue/{file}"));
    let line = |line: &str| {
        let mut cells = line.split('\t').map(|cell| cell.replace("\\n", "\n"));
        (cells.next().unwrap().parse().unwrap(), cells.next().unwrap(), cells.next())
    };
    text.lines().map(line).collect()
}

fn files() -> Vec<String> {
    let names = fs::read_dir(repository("tests/catalogue")).unwrap();
    names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// The texts between the holes of a pattern, which are `%s` and `{name}`.
fn pieces(pattern: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some(start) = rest.find("%s").into_iter().chain(rest.find('{')).min() {
        let length = if rest[start..].starts_with("%s") { 2 } else { rest[start..].find('}').unwrap() + 1 };
        pieces.push(&rest[..start]);
        rest = &rest[start + length..];
    }
    pieces.push(rest);
    pieces
}

/// Whether `text` is `pattern` with anything in its holes.
fn matches(pattern: &str, text: &str) -> bool {
    let pieces = pieces(pattern);
    let [first, middle @ .., last] = &pieces[..] else { return pattern == text };
    let inner = text.strip_prefix(first).and_then(|rest| rest.strip_suffix(last));
    let found = |rest: &str, piece: &&str| rest.find(piece).map(|place| place + piece.len());
    inner.is_some_and(|inner| {
        middle.iter().try_fold(inner, |rest, piece| found(rest, piece).map(|end| &rest[end..])).is_some()
    })
}

/// What a vendor's own page prints for the code of the action, if anything.
fn printed(vendor: &str, action: &str, code: &str, language: Language) -> Vec<String> {
    let files: &[&str] = match (vendor, language) {
        ("tencent", Language::Chinese) => &["tencent-wire-zh.txt"],
        ("tencent", Language::English) => &["tencent-wire-en.txt", "tencent-CreateEmbedToken.txt"],
        _ => &["alibaba-gateway.txt"],
    };
    let page = format!("{vendor}-{action}.txt");
    let own = files_of(&page);
    let all = files.iter().flat_map(|file| listed(file)).chain(own);
    all.filter(|(_, known, _)| known == code).filter_map(|(_, _, text)| text).collect()
}

fn files_of(page: &str) -> Vec<(u16, String, Option<String>)> {
    if repository(&format!("tests/catalogue/{page}")).exists() { listed(page) } else { Vec::new() }
}

/// The answer to an open question that an example's switch gives; `None`: it is a flag.
pub fn switch(text: &'static str) -> Option<(&'static Assumption, &'static str)> {
    let (name, choice) = text.strip_prefix("assume: { ")?.strip_suffix(" }")?.split_once(": ")?;
    Some((assumptions().into_iter().find(|row| row.name == name).expect(text), choice))
}

/// A demo world with the switch of an example thrown.
pub fn emulator(how: How) -> Emulator {
    let mut world = World::demo();
    let mut rate_limits = RateLimits::Off;
    if let How::Switch(text) = how {
        match switch(text) {
            Some((row, choice)) => assert!(world.assumptions.choose(row, choice), "{text}"),
            None => {
                let switch = text;
                assert_eq!(switch, "--rate-limits vendor --rate-clock world --clock frozen");
                rate_limits = RateLimits::Vendor;
            }
        }
    }
    Emulator::new(Settings {
        auth_clock: AuthClock::World,
        clock: Some(NOON.parse().unwrap()),
        rate_limits,
        rate_clock: RateClock::World,
        ..Settings::new(world)
    })
}

pub fn answer(emulator: &Emulator, raw: &RawRequest) -> Reply {
    web::serve_page(emulator, raw).unwrap_or_else(|| pipeline::serve(emulator, raw))
}

/// Calls with a nonce of their own each, at noon.
pub struct Client {
    pub vendor: &'static Vendor,
    pub nonce: u64,
}

impl Client {
    pub fn wish(&mut self, action: &str) -> ClientCall {
        self.nonce += 1;
        let noon = "2026-01-05T00:00:00Z".parse::<jiff::Timestamp>().unwrap().as_second();
        ClientCall::new(self.vendor, action, HOST, Timestamp::from_unix(noon).unix_seconds(), self.nonce.to_string())
    }

    pub fn stocked(&mut self, emulator: &Emulator, text: &str) -> String {
        self.try_stocked(emulator, text).unwrap()
    }

    /// `None`: the world does not let the ticket be made.
    pub fn try_stocked(&mut self, emulator: &Emulator, text: &str) -> Option<String> {
        let vendor = self.vendor;
        let mut send = |raw: &RawRequest| -> io::Result<_> { Ok(answer(emulator, raw).body) };
        create_samples(vendor, text, &mut |action| self.wish(action), &mut send).ok()
    }

    /// The answer to the example's call in one version, language and format.
    fn call(&mut self, how: How, ask: &ExampleCall, version: &str, more: Shape) -> Reply {
        self.call_to(&emulator(how), ask, version, more)
    }

    /// The same to an emulator that is there.
    pub fn call_to(&mut self, emulator: &Emulator, ask: &ExampleCall, version: &str, more: Shape) -> Reply {
        self.try_call(emulator, ask, version, more).unwrap()
    }

    /// `None`: the world does not let a ticket be made that the call names.
    pub fn try_call(&mut self, emulator: &Emulator, ask: &ExampleCall, version: &str, more: Shape) -> Option<Reply> {
        let mut wish = self.wish(ask.action);
        wish.version = version.to_owned();
        if !ask.key.is_empty() {
            ask.key.clone_into(&mut wish.key);
        }
        for (name, value) in owned_pairs(ask.params) {
            let value = self.try_stocked(emulator, &value)?;
            wish.params.push((name, value));
        }
        ask.tweaks.iter().for_each(|tweak| wish.apply(tweak));
        match more {
            Shape::Plain => {}
            Shape::Xml => wish.params.push(("Format".to_owned(), "XML".to_owned())),
            Shape::Chinese if wish.form == SignatureForm::Older => wish.apply(&Tweak::With("Language", "zh-CN")),
            Shape::Chinese => wish.apply(&Tweak::With("X-TC-Language", "zh-CN")),
        }
        let raw = signed_request(self.vendor, &wish);
        (1..wish.times).for_each(|_| drop(answer(emulator, &raw)));
        Some(answer(emulator, &raw))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Plain,
    Chinese,
    Xml,
}

/// Code and message of an answer whose envelope is the vendor's to the letter.
fn unwrapped(vendor: &Vendor, reply: &Reply) -> Result<(String, String), String> {
    let id = reply.header("x-ticketbooth-request").ok_or("no request id")?.to_owned();
    let body = String::from_utf8(reply.body.to_vec()).unwrap();
    let kind = reply.header("content-type").unwrap_or("");
    if vendor.name == "tencent" {
        let value = json(reply);
        let error = &value["Response"]["Error"];
        let text = |name: &str| error[name].as_str().unwrap_or("").to_owned();
        let (code, message) = (text("Code"), text("Message"));
        let whole = json!({ "Response": { "Error": { "Code": code, "Message": message }, "RequestId": id } });
        return same((kind, &body), ("application/json", &whole.to_string())).map(|()| (code, message));
    }
    let host = |body: &Value| body["HostId"].as_str().unwrap_or("").to_owned();
    let recommend =
        |code: &str| format!("https://api.aliyun.com/troubleshoot?q={code}&product=quickbi-public&requestId={id}");
    if kind.starts_with("text/xml") {
        let member = |name: &str| {
            let text =
                body.split_once(&format!("<{name}>")).and_then(|(_, rest)| rest.split_once(&format!("</{name}>")));
            text.map_or("", |(text, _)| text).to_owned()
        };
        let (code, message, host) = (member("Code"), member("Message"), member("HostId"));
        let recommend = recommend(&code).replace('&', "&amp;");
        let whole = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><RequestId>{id}</RequestId><HostId>{host}</HostId>\
             <Code>{code}</Code><Message>{message}</Message><Recommend>{recommend}</Recommend></Error>"
        );
        let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
        let message = plain.iter().fold(message, |text, (from, to)| text.replace(from, to));
        return same((kind, &body), ("text/xml;charset=utf-8", &whole)).map(|()| (code, message));
    }
    let value = json(reply);
    let text = |name: &str| value[name].as_str().unwrap_or("").to_owned();
    let (code, message) = (text("Code"), text("Message"));
    let whole = json!({
        "RequestId": id, "Message": message, "HostId": host(&value), "Code": code, "Recommend": recommend(&code)
    });
    same((kind, &body), ("application/json;charset=utf-8", &whole.to_string())).map(|()| (code, message))
}

fn same(got: (&str, &str), expected: (&str, &str)) -> Result<(), String> {
    if got == expected { Ok(()) } else { Err(format!("the envelope is {got:?} and should be {expected:?}")) }
}

/// What is wrong with an answer that should be `row`'s.
fn judged(
    vendor: &Vendor,
    row: &ErrorRow,
    (action, version): (&str, &str),
    language: Language,
    reply: &Reply,
) -> Result<(), String> {
    let status = match (vendor.name, row.status) {
        ("tencent", _) => 200,
        // The law of the two pages: 500 in the older version and 400 in the newer.
        (_, StatusRule::OfVersion) if version <= "2021-03-25" => 500,
        (_, StatusRule::OfVersion) => 400,
        (_, StatusRule::Fixed(status)) => {
            let printed = listed("alibaba-gateway.txt").into_iter().find(|(_, code, _)| code == row.code);
            printed.map_or(status, |(status, ..)| status)
        }
    };
    if reply.status != status {
        return Err(format!("HTTP {} instead of {status}: {:?}", reply.status, reply.body));
    }
    let (code, message) = unwrapped(vendor, reply)?;
    if !matches(row.code, &code) {
        return Err(format!("{code} instead of {}: {message}", row.code));
    }
    if !row.texts.iter().any(|text| matches(text.in_language(language), &message)) {
        return Err(format!("no row of {code} has the text {message:?}"));
    }
    let printed = printed(vendor.name, action, row.code, language);
    // What nobody printed is ours, and says so in its row.
    let ours = |text: &str| {
        row.texts.iter().any(|known| {
            known.evidence == ticketbooth::domain::Evidence::Assumed && matches(known.in_language(language), text)
        })
    };
    let chinese_unknown = language == Language::Chinese
        && row.texts.iter().any(|text| text.chinese.is_none() && matches(text.english, &message));
    if printed.is_empty() || chinese_unknown || printed.iter().any(|text| matches(text, &message)) || ours(&message) {
        return Ok(());
    }
    Err(format!("{message:?} is none of the printed {printed:?}"))
}

/// Runs one example everywhere, and says what is wrong.
fn run(client: &mut Client, row: &ErrorRow, example: &Example) -> Vec<String> {
    let vendor = client.vendor;
    let ask = match &example.what {
        ExampleRequest::Link(link) => return opened(client, row, example, link),
        ExampleRequest::Call(ask) => ask,
    };
    let known = vendor.catalog.known_actions.iter().find(|known| known.name == ask.action);
    let served = vendor.catalog.actions.iter().filter(|action| action.name == ask.action);
    let mut versions: Vec<&str> = served.flat_map(|action| action.versions.iter().copied()).collect();
    if versions.is_empty() {
        versions = known.map_or_else(|| vec![vendor.catalog.actions[0].versions[0]], |known| known.versions.to_vec());
    }
    versions.retain(|version| ask.version.is_empty() || *version == ask.version);
    let forms = match vendor.name {
        "tencent" => [Shape::Plain, Shape::Chinese],
        _ => [Shape::Plain, Shape::Xml],
    };
    let mut wrong = Vec::new();
    for version in versions {
        for form in forms {
            // What the call says of its own form, or as its whole body, goes before.
            let own_format = ask.params.iter().any(|(name, _)| *name == "Format");
            let own_body = ask.tweaks.iter().any(|t| matches!(t, Tweak::Body(_)));
            let older = ask.tweaks.contains(&Tweak::Older);
            if (form == Shape::Xml && own_format) || (form == Shape::Chinese && own_body && older) {
                continue;
            }
            let language = if form == Shape::Chinese { Language::Chinese } else { Language::English };
            let reply = client.call(example.how, ask, version, form);
            if let Err(problem) = judged(vendor, row, (ask.action, version), language, &reply) {
                wrong.push(format!("{} ({}), {version}, {form:?}: {problem}", example.code, example.about));
            }
        }
    }
    wrong
}

/// Opens the link of an example in both languages.
fn opened(client: &mut Client, row: &ErrorRow, example: &Example, link: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (language, accepted) in [(Language::English, "en"), (Language::Chinese, "zh-CN")] {
        let emulator = emulator(example.how);
        let mut raw = visit_request(HOST, &client.stocked(&emulator, link));
        raw.headers.push("accept-language", accepted);
        let reply = answer(&emulator, &raw);
        let body = String::from_utf8(reply.body.to_vec()).unwrap();
        let kinds: Vec<&str> = row.texts.iter().flat_map(|text| text.reasons).filter_map(|r| r.visit_kind()).collect();
        let told = match reply.header("x-ticketbooth-refusal") {
            Some(kind) => {
                kinds.contains(&kind)
                    && row.texts.iter().any(|text| {
                        let text = text.in_language(language);
                        let hole =
                            text.find('{').map_or((text, ""), |at| (&text[..at], &text[text.find('}').unwrap() + 1..]));
                        body.contains(hole.0) && body.contains(hole.1)
                    })
            }
            // A data call is answered in the vendor's envelope, in English.
            None => body.contains(&format!("\"{}\"", row.code)),
        };
        if reply.status != 200 || !told {
            wrong.push(format!("{} ({}), {accepted}: {} {body}", example.code, example.about, reply.status));
        }
    }
    wrong
}

/// An emulator with a rule that answers the action with the error.
fn ordering(vendor: &Vendor, action: &str, row: &'static ErrorRow) -> Emulator {
    let rule = json!([{ "id": "r", "on": format!("{}.{action}", vendor.name), "then": { "error": row.code } }]);
    ruled(AuthMode::Strict, &rule.to_string())
}

/// Orders the code, in every action of its scope.
fn ordered(client: &mut Client, row: &'static ErrorRow) -> Vec<String> {
    let vendor = client.vendor;
    let scripted = InjectedError::of_row(row);
    let mut wrong = Vec::new();
    if row.scope == ErrorScope::Visit {
        let assumptions = Assumptions::default();
        let request_id = RequestId::new(uuid::Uuid::from_u128(1), vendor.answers.spelling);
        let stamp = Stamp { request_id, host: HOST, assumptions: &assumptions };
        let world = World::demo();
        let spoken =
            Spoken { action: VISIT, version: "", language: Language::English, stamp: &stamp, of: None, world: &world };
        let reply = (vendor.pages.data_reply)(&stamp, Err(&speak(vendor, Denial::Injected(scripted), &spoken)));
        if !String::from_utf8_lossy(&reply.body).contains(row.code) {
            wrong.push(format!("{}: {:?}", row.code, reply.body));
        }
        return wrong;
    }
    for action in vendor.catalog.rows().filter(|action| row.scope.covers_action(action.name)) {
        for version in action.versions {
            for chinese in [false, vendor.name == "tencent"] {
                let mut wish = client.wish(action.name);
                (*version).clone_into(&mut wish.version);
                if chinese {
                    wish.apply(&Tweak::With("X-TC-Language", "zh-CN"));
                }
                let language = if chinese { Language::Chinese } else { Language::English };
                let reply = pipeline::serve(&ordering(vendor, action.name, row), signed_request(vendor, &wish));
                if let Err(problem) = judged(vendor, row, (action.name, version), language, &reply) {
                    wrong.push(format!("{} as ordered of {} {version}: {problem}", row.code, action.name));
                }
            }
        }
    }
    wrong
}

#[test]
fn every_code_comes_as_its_row_says() {
    let mut wrong = Vec::new();
    let mut ways: BTreeMap<&str, usize> = BTreeMap::new();
    let mut walked = BTreeSet::new();
    for vendor in vendors() {
        let mut client = Client { vendor, nonce: 0 };
        for row in vendor.catalog.errors {
            walked.insert((vendor.name, row.code));
            let page = row.scope == ErrorScope::Visit;
            let rows = vendor.catalog.examples.rows.iter();
            let examples: Vec<_> = rows
                .filter(|example| example.code == row.code && matches!(example.what, ExampleRequest::Link(_)) == page)
                .collect();
            let has = |wanted: fn(&How) -> bool| examples.iter().any(|example| wanted(&example.how));
            let way = match () {
                () if has(|how| *how == How::Request) => "request",
                () if has(|how| *how == How::World) => "world",
                () if has(|how| matches!(how, How::Switch(_))) => "switch",
                () => "rule",
            };
            *ways.entry(way).or_default() += 1;
            if examples.is_empty() {
                let excepted = UNPROVOKED.iter().any(|(name, code, _)| (*name, *code) == (vendor.name, row.code));
                if row.texts.iter().any(|text| !text.reasons.is_empty()) && !excepted {
                    wrong.push(format!("{} of {} has neither an example nor an excuse", row.code, vendor.name));
                }
                wrong.extend(ordered(&mut client, row));
            }
            wrong.extend(examples.into_iter().flat_map(|example| run(&mut client, row, example)));
        }
        for example in vendor.catalog.examples.rows {
            assert!(walked.contains(&(vendor.name, example.code)), "{} is no code", example.code);
        }
    }
    let count = |way: &str| ways.get(way).copied().unwrap_or(0);
    let (request, world) = (count("request"), count("world"));
    println!(
        "catalogue: {request} by request, {world} by world, {} by switch, {} by rule",
        count("switch"),
        count("rule")
    );
    assert!(wrong.is_empty(), "{} of the catalogue:\n{}", wrong.len(), wrong.join("\n"));
    assert!(request + world >= 60);
    for file in files() {
        let vendor = file.split('-').next().unwrap().to_owned();
        for (_, code, _) in listed(&file) {
            assert!(walked.contains(&(vendor.as_str(), code.as_str())), "{file} has {code}, which was not walked");
        }
    }
}

/// A made text and the file that it stands in; `BLESS=1` rewrites the file.
pub fn stands_in(file: &str, text: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(repository(file).parent().unwrap()).unwrap();
        fs::write(repository(file), text).unwrap();
    }
    assert!(read(file) == text, "{file} is not what the rows say; run the test with BLESS=1");
}

#[test]
fn the_book_of_codes_is_up_to_date() {
    stands_in("docs/codes.md", &cli::codes_book());
}
