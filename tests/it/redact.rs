//! A secret in every dress that a client can put it into.

use ticketbooth::redact::{COVER, Redactor};
use ticketbooth::sign::{encode_base64, percent_encode};

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
