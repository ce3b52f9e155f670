//! The signature doctor: for every row a client that makes the mistake, built by hand, and nobody
//! named who made none of them.

use std::collections::BTreeSet;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde_json::Value;
use ticketbooth::call::{RawRequest, Scheme};
use ticketbooth::cloud::mistakes;
use ticketbooth::cloud::{CheckInput, Vendor, vendor_named, vendors};
use ticketbooth::cloud::{alibaba, tencent};
use ticketbooth::domain::Reason;
use ticketbooth::emulator::{AuthMode, Emulator};
use ticketbooth::explain::{Diagnosis, diagnose, diagnose_any, first_difference};
use ticketbooth::gateway::{self, Incoming};
use ticketbooth::pipeline;
use ticketbooth::sign::encode_base64;
use ticketbooth::trail::Trail;
use ticketbooth::world::{DEMO, World};

use crate::admin::ask;
use crate::kit::{NOON, NOON_UNIX, emulator};
use crate::signer::slip::{Case, acs3, faultless, rpc, tc3, v1};
use crate::signer::{ALIBABA_SECRET, OTHER_ALIBABA_SECRET, OTHER_TENCENT_SECRET, TENCENT_SECRET};

const SCHEMES: [(&str, Scheme); 5] = [
    ("tencent", tencent::TC3),
    ("tencent", tencent::HMAC_SHA1),
    ("tencent", tencent::HMAC_SHA256),
    ("alibaba", alibaba::ACS3),
    ("alibaba", alibaba::RPC),
];

/// The demo world with one more secret for each vendor, strict about the case of header values.
fn world() -> World {
    let text = DEMO
        .replace(
            &format!("AKIDnotadmin00000000000000000000000\n      secret_key: {TENCENT_SECRET}"),
            &format!("AKIDnotadmin00000000000000000000000\n      secret_key: {OTHER_TENCENT_SECRET}"),
        )
        .replace(
            &format!("LTAInopermission00000000000\n      access_key_secret: {ALIBABA_SECRET}"),
            &format!("LTAInopermission00000000000\n      access_key_secret: {OTHER_ALIBABA_SECRET}"),
        );
    let mut world = World::load("test.yaml", &text, &[]).unwrap();
    let strict = crate::kit::assumptions().into_iter().find(|row| row.name == "tencent.raw_header_values").unwrap();
    assert!(world.assumptions.choose(strict, "refuse"));
    world
}

fn strict() -> Emulator {
    emulator(world(), AuthMode::Strict, NOON)
}

fn cases(scheme: Scheme) -> Vec<Case> {
    match scheme {
        tencent::TC3 => tc3(NOON_UNIX),
        tencent::HMAC_SHA1 => v1(NOON_UNIX, false),
        tencent::HMAC_SHA256 => v1(NOON_UNIX, true),
        alibaba::ACS3 => acs3(NOON_UNIX),
        alibaba::RPC => rpc(NOON_UNIX),
        _ => Vec::new(),
    }
}

fn diagnosis(vendor: &Vendor, raw: &RawRequest, world: &World) -> Option<Diagnosis> {
    let call = (vendor.requests.read)(raw);
    diagnose(vendor, &CheckInput { raw, call: &call, assumptions: &world.assumptions }, world)
}

fn rows(vendor: &str, scheme: Scheme) -> Vec<&'static mistakes::Mistake> {
    mistakes::mistakes_of(vendor_named(vendor).unwrap(), scheme).collect()
}

#[test]
fn every_mistake_is_named_for_the_client_that_makes_it() {
    let (emulator, world) = (strict(), world());
    let mut wrong = Vec::new();
    for (vendor, scheme) in SCHEMES {
        let vendor = vendor_named(vendor).unwrap();
        let cases = cases(scheme);
        let rows: BTreeSet<_> = mistakes::mistakes_of(vendor, scheme).map(|row| row.name).collect();
        let made: BTreeSet<_> = cases.iter().map(|case| case.mistake).collect();
        wrong.extend(rows.difference(&made).map(|row| format!("{scheme:?} {row}: no client makes it")));
        wrong.extend(made.difference(&rows).map(|row| format!("{scheme:?} {row}: no such row")));
        for case in cases {
            let incoming = Incoming::read_request(&emulator, vendor, &case.request);
            assert_eq!(incoming.call.claim.scheme, scheme, "{}", case.mistake);
            let refused = gateway::admit(&emulator, &incoming, &mut Trail::default())
                .map(|_| ())
                .map_err(|refusal| refusal.reason());
            let for_signature = matches!(refused, Err(Reason::SignatureMismatch | Reason::CanonicalMismatch));
            if for_signature == case.early || refused.is_ok() {
                wrong.push(format!("{scheme:?} {}: answered with {refused:?}", case.mistake));
            }
            let found = diagnosis(vendor, &case.request, &world).map(|found| found.mistake.name);
            if found != Some(case.mistake) {
                wrong.push(format!("{scheme:?} {}: named {found:?}", case.mistake));
            }
            // Some of the requests carry marks of both vendors, so that more can be signed wrongly.
            let request = RawRequest { port_of: Some(vendor.name), ..case.request };
            pipeline::serve(&emulator, &request);
            let (_, explanation) = ask(&emulator, "GET", "/explain/last", &Value::Null);
            // What another check refuses has a cause of its own, which may be told first.
            let is_told = explanation["advice"] == explanation["mistake"]["advice"] || case.early;
            if explanation["mistake"]["name"] != case.mistake || !is_told {
                wrong.push(format!("{scheme:?} {}: explained by {}", case.mistake, explanation["mistake"]));
            }
            let text = explanation.to_string();
            for secret in [TENCENT_SECRET, ALIBABA_SECRET, OTHER_TENCENT_SECRET, OTHER_ALIBABA_SECRET] {
                assert!(!text.contains(secret), "{scheme:?} {}: a secret is told", case.mistake);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_right_signature_has_no_mistake_in_it() {
    let (emulator, world) = (strict(), world());
    for (vendor, scheme) in SCHEMES {
        let vendor = vendor_named(vendor).unwrap();
        for request in faultless(scheme, NOON_UNIX) {
            let incoming = Incoming::read_request(&emulator, vendor, &request);
            assert!(gateway::admit(&emulator, &incoming, &mut Trail::default()).is_ok(), "{scheme:?} {request:?}");
            assert!(diagnosis(vendor, &request, &world).is_none(), "{scheme:?}");
        }
    }
}

#[test]
fn nobody_is_named_for_a_signature_by_chance() {
    let world = world();
    let mut chance = ChaCha8Rng::seed_from_u64(20_260_105);
    for (vendor, scheme) in SCHEMES {
        let vendor = vendor_named(vendor).unwrap();
        let requests = faultless(scheme, NOON_UNIX);
        for request in &requests {
            // One search for a thousand signatures is as good as a thousand, and a thousand times faster.
            let random: Vec<String> = (0..2_000 / requests.len()).map(|_| signature(scheme, &mut chance)).collect();
            let sent: Vec<&str> = random.iter().map(String::as_str).collect();
            let call = (vendor.requests.read)(request);
            let look = CheckInput { raw: request, call: &call, assumptions: &world.assumptions };
            assert!(diagnose_any(vendor, &look, &world, &sent).is_none(), "{scheme:?}");
            for sent in &random[..10] {
                let mut call = (vendor.requests.read)(request);
                call.claim.signature = Some(sent.clone().into());
                let look = CheckInput { raw: request, call: &call, assumptions: &world.assumptions };
                assert!(diagnose(vendor, &look, &world).is_none(), "{scheme:?} {sent}");
            }
        }
    }
}

/// A signature of the recipe's form that nothing was signed with.
fn signature(scheme: Scheme, chance: &mut ChaCha8Rng) -> String {
    let shorter = matches!(scheme, tencent::HMAC_SHA1 | alibaba::RPC);
    let mut bytes = vec![0; if shorter { 20 } else { 32 }];
    chance.fill_bytes(&mut bytes);
    if matches!(scheme, tencent::TC3 | alibaba::ACS3) { hex::encode(&bytes) } else { encode_base64(&bytes) }
}

#[test]
fn every_recipe_has_its_rows_and_every_row_its_words() {
    for (vendor, scheme) in SCHEMES {
        let rows = rows(vendor, scheme);
        println!("{}: {} mistakes", scheme.name(), rows.len());
        assert!(rows.len() >= 20, "{scheme:?} has {} rows", rows.len());
        let names: BTreeSet<_> = rows.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), rows.len(), "{scheme:?} has a name twice");
        for row in rows {
            let kebab = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
            assert!(row.name.bytes().all(kebab) && !row.name.contains("--"), "{}", row.name);
            assert!(!row.slips.is_empty(), "{}", row.name);
            for sentence in [row.says, row.advice] {
                let begins = sentence.starts_with(|letter: char| letter.is_uppercase() || letter == '`');
                assert!(begins && sentence.ends_with('.') && !sentence.contains("  "), "{}: {sentence}", row.name);
                assert_eq!(sentence.matches(". ").count(), 0, "{}: one sentence", row.name);
            }
        }
    }
}

#[test]
fn no_diagnosis_holds_a_secret() {
    let world = world();
    for (vendor, scheme) in SCHEMES {
        for case in cases(scheme) {
            let Some(found) = diagnosis(vendor_named(vendor).unwrap(), &case.request, &world) else { continue };
            let Diagnosis { mistake, client_string_to_sign, client_canonical_request } = found;
            let texts = [client_string_to_sign.unwrap_or_default(), client_canonical_request.unwrap_or_default()];
            for secret in [TENCENT_SECRET, ALIBABA_SECRET, OTHER_TENCENT_SECRET, OTHER_ALIBABA_SECRET] {
                let is_in = |text: &str| text.to_lowercase().contains(&secret.to_lowercase());
                assert!(!texts.iter().any(|text| is_in(text)), "{} tells a secret", case.mistake);
                assert!(!is_in(mistake.says) && !is_in(mistake.advice), "{}", case.mistake);
            }
        }
    }
}

#[test]
fn what_the_client_signed_is_shown_beside_what_was_right() {
    let world = world();
    let vendor = vendor_named("tencent").unwrap();
    let case = tc3(NOON_UNIX).into_iter().find(|case| case.mistake == "lower-case-method").unwrap();
    let call = (vendor.requests.read)(&case.request);
    let look = CheckInput { raw: &case.request, call: &call, assumptions: &world.assumptions };
    let right = vendor.prove(&look, TENCENT_SECRET, 0).unwrap().canonical_request.unwrap();
    let found = diagnose(vendor, &look, &world).unwrap().client_canonical_request.unwrap();
    let part = first_difference(&right, &found).unwrap();
    assert_eq!((part.line, part.column, &*part.expected, &*part.got), (1, 1, "POST", "post"));
}

#[test]
fn the_doctor_has_nothing_to_say_about_a_call_without_signature_or_key() {
    let world = world();
    for vendor in vendors() {
        for scheme in [tencent::TC3, tencent::HMAC_SHA1, alibaba::ACS3, alibaba::RPC] {
            for mut request in faultless(scheme, NOON_UNIX) {
                let call = (vendor.requests.read)(&request);
                for (key, signature) in
                    [(None, Some("x")), (Some("nobody"), Some("x")), (Some(""), Some("")), (None, None)]
                {
                    let mut call = call.clone();
                    call.claim.access_key = key.map(str::to_owned).map(Into::into);
                    call.claim.signature = signature.map(str::to_owned).map(Into::into);
                    let look = CheckInput { raw: &request, call: &call, assumptions: &world.assumptions };
                    assert!(diagnose(vendor, &look, &world).is_none());
                }
                // Whatever is read as whichever vendor's, and however little is there.
                request.headers = [
                    ("host", ""),
                    (
                        "authorization",
                        "TC3-HMAC-SHA256 Credential=AKIDlocaltest0000000000000000000000, SignedHeaders=, Signature=x",
                    ),
                ]
                .into_iter()
                .collect();
                let call = (vendor.requests.read)(&request);
                let look = CheckInput { raw: &request, call: &call, assumptions: &world.assumptions };
                assert!(diagnose(vendor, &look, &world).is_none());
            }
        }
    }
}

#[test]
fn a_request_of_too_many_parts_is_left_alone() {
    let world = world();
    let case = tc3(NOON_UNIX).into_iter().find(|case| case.mistake == "lower-case-method").unwrap();
    let vendor = vendor_named("tencent").unwrap();
    for (headers, is_named) in [(10, true), (200, false)] {
        let mut request = case.request.clone();
        (0..headers).for_each(|number| request.headers.push(&format!("x-more-{number}"), "x"));
        assert_eq!(diagnosis(vendor, &request, &world).is_some(), is_named, "{headers}");
    }
    let mut request = case.request;
    request.target = format!("{}?a={}", request.target, "1".repeat(100_000)).into();
    assert!(diagnosis(vendor, &request, &world).is_none());
}
