//! A secret in every dress that a client can put it into.

use serde_json::{Value, json};
use ticketbooth::emulator::AuthMode;
use ticketbooth::pipeline;
use ticketbooth::redact::{COVER, Redactor};
use ticketbooth::sign::{encode_base64, percent_encode};

use crate::admin::ask;
use crate::kit::{demo, open, raw, tencent_raw};

const SECRET: &str = "s3cr\"et/of+the &world\\三";

fn covered(text: &str) -> String {
    Redactor::default().with_secret(Some(SECRET)).redact_text(text)
}

#[test]
fn every_way_of_writing_a_secret_is_covered() {
    let json = serde_json::to_string(SECRET).unwrap();
    let json = json.trim_matches('"').to_owned();
    let wide: String = SECRET.chars().map(|letter| format!("\\u{:04x}", u32::from(letter))).collect();
    let all: String = SECRET.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let form: String = form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    let xml = SECRET.replace('&', "&amp;").replace('e', "&#x65;").replace('t', "&#116;").replace('"', "&quot;");
    let percent = percent_encode(SECRET);
    let twice = percent_encode(&percent);
    let shapes = [
        SECRET.to_owned(),
        SECRET.to_ascii_uppercase(),
        json.clone(),
        json.replace('\\', "\\\\"),
        wide,
        all,
        form,
        xml,
        percent_encode(&twice),
        percent,
        twice,
    ];
    for shape in shapes {
        assert_eq!(covered(&format!("<{shape}> {shape}")), format!("<{COVER}> {COVER}"), "{shape}");
    }
}

#[test]
fn a_secret_within_base64_is_covered_wherever_it_begins() {
    for before in ["", "a", "ab", "abc", "abcd"] {
        for after in ["", "x", "xy", "xyz"] {
            let text = encode_base64(format!("{before}{SECRET}{after}").as_bytes());
            for text in [text.clone(), text.replace('+', "-").replace('/', "_"), percent_encode(&text)] {
                let clean = covered(&text);
                assert!(clean.contains(COVER), "{before} {after}: {clean}");
                assert!(clean.len() <= COVER.len() + before.len() * 3 + after.len() * 3 + 8, "{clean}");
            }
        }
    }
}

/// A client that confuses two sandboxes sends the secret of one where the other keeps and shows it.
#[test]
fn the_secret_of_one_sandbox_is_covered_in_every_other_one() {
    let emulator = demo(AuthMode::Strict);
    let made: Vec<Value> = ["one", "two"]
        .map(|name| ask(&emulator, "POST", "/sandboxes", &json!({ "name": name })).1)
        .into_iter()
        .collect();
    let secrets: Vec<&str> = made
        .iter()
        .flat_map(|made| made["keys"].as_array().unwrap())
        .map(|key| key["secret"].as_str().unwrap())
        .collect();
    assert!(secrets.len() >= 4);
    for (index, secret) in secrets.iter().enumerate() {
        let wide: String = secret.chars().map(|letter| format!("\\u{:04x}", u32::from(letter))).collect();
        let query = form_urlencoded::byte_serialize(secret.as_bytes()).collect::<String>();
        let requests = [
            raw("GET", &format!("/?Action=CreateTicket&Version=2022-01-01&AccessKeyId={query}"), &[("host", "h")], b""),
            raw("GET", &format!("/?Action={query}&Version={query}&AccessKeyId=x"), &[("host", "h")], b""),
            raw("GET", &format!("/{secret}"), &[("host", "h")], b""),
            tencent_raw("CreateEmbedToken", &format!("{{\"ProjectId\":117,\"{wide}\":\"{secret}\"}}")),
        ];
        for request in requests {
            pipeline::serve(&emulator, request);
        }
        open(&emulator, &format!("/token3rd/dashboard/view/pc.htm?pageId=w&accessTicket={secret}"));
        let list = ask(&emulator, "GET", "/journal?kind=all&limit=1000", &Value::Null).1;
        let mut shown =
            vec![list.to_string(), ask(&emulator, "GET", &format!("/{secret}"), &Value::Null).1.to_string()];
        let calls = list["entries"].as_array().unwrap().iter().filter_map(|entry| entry["request_id"].as_str());
        shown.extend(calls.map(|id| ask(&emulator, "GET", &format!("/journal/{id}"), &Value::Null).1.to_string()));
        for text in &shown {
            assert!(!text.contains(secret) && !text.contains(&wide), "secret {index} is in {text}");
        }
        assert!(shown.iter().filter(|text| text.contains(COVER)).count() > 4, "{shown:?}");
    }
    // A sandbox that is gone has no secrets any more, and one that is there has others.
    assert_eq!(ask(&emulator, "DELETE", "/sandboxes/one", &Value::Null).0, 200);
    let text = secrets.join(" ");
    // What is left of it is taken apart by a thread of its own.
    let covered = || emulator.base_redactor().redact_text(&text).matches(COVER).count();
    let settled = std::iter::repeat_with(covered).inspect(|_| std::thread::yield_now()).take(100_000);
    assert!(settled.into_iter().any(|covered| covered == secrets.len() / 2), "{}", covered());
}

#[test]
fn secrets_are_covered_across_the_slices_that_a_long_text_is_looked_through_in() {
    for before in [(64 << 10) - 20, (64 << 10) - 1, 64 << 10, (128 << 10) - 7] {
        let text = format!("{}{SECRET}{}", "x".repeat(before), "y".repeat(before));
        assert_eq!(covered(&text), format!("{}{COVER}{}", "x".repeat(before), "y".repeat(before)), "{before}");
    }
}

/// A letter of a secret may be the end of what only looks like an escape.
#[test]
fn a_secret_that_begins_within_an_escape_is_covered() {
    let secret = "demo-session-token";
    let redactor = Redactor::default().with_secret(Some(secret));
    for dressed in
        [secret, "d&#x65;mo-s&#x65;ssion-&#116;ok&#x65;n", "d\\u0065mo-session-token", "d%65mo%2dsession-token"]
    {
        for before in ["%1", "%252", "&#x6", "\\u004", "\\u00e", "%", "&", "\\", "\\\\\\", "a+", "%4%4"] {
            let clean = redactor.redact_text(&format!("{before}{dressed}."));
            assert!(clean.ends_with(&format!("{COVER}.")), "{before}{dressed}: {clean}");
        }
    }
}

#[test]
fn what_is_no_secret_stays() {
    let text = "a text with 100% of its signs, \\n and \\u12 and &c; and s3cr too";
    assert_eq!(covered(text), text);
    assert_eq!(Redactor::default().with_secret(Some("")).and_sent("12345").redact_text("12345"), "12345");
}

#[test]
fn the_longer_of_two_secrets_goes_first() {
    let redactor = Redactor::default().with_secret(Some("secret")).with_secret(Some("secret-and-more"));
    assert_eq!(redactor.redact_text("a secret-and-more, a secret"), format!("a {COVER}, a {COVER}"));
}

#[test]
fn bytes_that_are_no_text_are_covered_too() {
    let bytes = [&[0xff, 0x00][..], SECRET.as_bytes(), &[0xfe]].concat();
    let clean = Redactor::default().with_secret(Some(SECRET)).redact_bytes(&bytes).into_owned();
    assert_eq!(clean, [&[0xff, 0x00][..], COVER.as_bytes(), &[0xfe]].concat());
}

#[test]
fn a_short_token_is_covered_where_it_stands_alone() {
    let redactor = Redactor::default().with_token(Some("e"));
    let text = "the code is here: Bearer e, token=e&x=%20e \"e\"";
    let covered = format!("the code is here: Bearer {COVER}, token={COVER}&x=%20{COVER} \"{COVER}\"");
    assert_eq!(redactor.redact_text(text), covered);
    let long = Redactor::default().with_token(Some("eight-ch"));
    assert_eq!(long.redact_text("xeight-chx"), format!("x{COVER}x"));
}
