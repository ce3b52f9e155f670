//! Every step that an explanation calls passed was made, and none that it calls skipped was.
//!
//! The proof is from outside: the thing that a step looks at is broken, and the same emulator asked again. A step
//! that was passed must refuse then, and one that was skipped must not.

use std::collections::BTreeSet;

use serde_json::Value;
use ticketbooth::cloud::client::{ClientCall, SignatureForm, owned_pairs, signed_request};
use ticketbooth::cloud::examples::Tweak;
use ticketbooth::cloud::{Check, Vendor, vendors};
use ticketbooth::emulator::{AuthClock, AuthMode, Emulator, RateLimits};
use ticketbooth::trail::Step;

use super::{Answer, answers, emulator};
use crate::admin::ask;
use crate::catalogue::{Client, answer};

/// How a step is broken: the call as it goes out then, and how often it went before.
struct Broken {
    wish: ClientCall,
    times: u32,
    oversize: bool,
    /// Whether the calls before the last one have nonces of their own.
    fresh: bool,
}

/// The modes in which an emulator can run, as far as they decide which checks are made.
const MODES: &[(AuthMode, AuthClock, RateLimits)] = &[
    (AuthMode::Strict, AuthClock::World, RateLimits::Vendor),
    (AuthMode::Strict, AuthClock::World, RateLimits::Off),
    (AuthMode::Strict, AuthClock::Off, RateLimits::Off),
    (AuthMode::Presence, AuthClock::World, RateLimits::Vendor),
    (AuthMode::Off, AuthClock::World, RateLimits::Off),
];

/// A good call of the vendor in the form.
fn good(client: &mut Client, form: SignatureForm) -> ClientCall {
    let (action, params) = match client.vendor.name {
        "tencent" => ("CreateEmbedToken", vec![("ProjectId", "117"), ("PageId", "11520"), ("ExpireTime", "10")]),
        _ => ("CreateTicket", vec![("WorksId", "a206f5f3-0000-4000-8000-e9b17c835b03")]),
    };
    let mut wish = client.wish(action);
    wish.form = form;
    wish.params = owned_pairs(&params);
    wish
}

/// The good call with what the step looks at broken; `None`: nothing that a request has can break it.
fn broken(client: &mut Client, form: SignatureForm, step: Step) -> Option<Broken> {
    let is_tencent = client.vendor.name == "tencent";
    let older = form == SignatureForm::Older;
    let mut wish = good(client, form);
    let mut all = |tweaks: &[Tweak<'_>]| tweaks.iter().for_each(|tweak| wish.apply(tweak));
    let (mut times, mut oversize, mut fresh) = (1, false, false);
    match step {
        Step::HttpMethod => all(&[Tweak::Method("PUT")]),
        Step::RequestSize => oversize = true,
        Step::Syntax if older => all(&[Tweak::Body("Action")]),
        Step::Syntax => all(&[Tweak::Body("{")]),
        Step::Format => wish.params.push(("Format".to_owned(), "YAML".to_owned())),
        Step::ActionPresent => all(&[Tweak::Without("X-TC-Action"), Tweak::Without("Action")]),
        Step::Action | Step::ActionAndVersion => "Nothing".clone_into(&mut wish.action),
        Step::ProductAndVersion => "2000-01-01".clone_into(&mut wish.version),
        Step::AuthorizationPresent => {
            all(&[Tweak::Without("X-TC-Timestamp"), Tweak::Without("x-acs-date"), Tweak::Without("Timestamp")]);
        }
        Step::CommonTypes => {
            all(&[if older { Tweak::With("Timestamp", "abc") } else { Tweak::With("X-TC-Timestamp", "abc") }])
        }
        Step::AuthorizationHeader => all(&[Tweak::With(
            "Authorization",
            "TC3-HMAC-SHA256 Credential=AKIDdemo/2026-01-05/bi/tc4_request, SignedHeaders=content-type;host, Signature=0",
        )]),
        Step::SignatureMethod => all(&[Tweak::With("SignatureMethod", "HMAC-MD5")]),
        Step::TimestampFormat => {
            all(&[if older { Tweak::With("Timestamp", "noon") } else { Tweak::With("x-acs-date", "noon") }])
        }
        Step::TimestampWindow => wish.unix -= 86_400,
        Step::AccessKey => "nobody".clone_into(&mut wish.key),
        Step::SessionToken => wish.session_token = Some("wrong".to_owned()),
        Step::BodyHash if !older => all(&[Tweak::With("x-acs-content-sha256", "00")]),
        Step::Signature => "wrong".clone_into(&mut wish.secret),
        Step::Nonce => times = 2,
        Step::Region if older => all(&[Tweak::With("Region", "Nowhere!")]),
        Step::Region => all(&[Tweak::With("X-TC-Region", "Nowhere!")]),
        Step::RateLimit => (times, fresh) = (21, true),
        Step::Permission => {
            let key = if is_tencent { "AKIDdeniedaddress000000000000000000" } else { "LTAInopermission00000000000" };
            key.clone_into(&mut wish.key);
        }
        Step::Parameters if is_tencent => wish.params.push(("Nonsense".to_owned(), "1".to_owned())),
        Step::Parameters => wish.params.clear(),
        Step::World => wish.params[0].1 = "999".to_owned(),
        _ => return None,
    }
    Some(Broken { wish, times, oversize, fresh })
}

/// The explanation of the newest call; `None`: what was sent last never reached the API.
fn explained(emulator: &Emulator, client: &mut Client, broken: &Broken) -> Option<Value> {
    let mut wish = broken.wish.clone();
    let mut last = None;
    for _ in 0..broken.times {
        if broken.fresh {
            client.nonce += 1;
            wish.nonce = client.nonce.to_string();
        }
        let mut raw = signed_request(client.vendor, &wish);
        raw.oversize = broken.oversize;
        last = Some(answer(emulator, &raw));
    }
    last?.header("x-ticketbooth-request")?;
    Some(ask(emulator, "GET", "/explain/last", &Value::Null).1)
}

/// The steps of an explanation with what came of each.
fn steps(explanation: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    explanation["steps"].as_array().unwrap().iter().map(|step| (text(&step["step"]), text(&step["outcome"]))).collect()
}

/// Names of steps that were shown to be made, and what is wrong.
fn prove(vendor: &'static Vendor, given: Answer, form: SignatureForm, proved: &mut BTreeSet<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut client = Client { vendor, nonce: 0 };
    for &(auth, auth_clock, rate_limits) in MODES {
        let new = || emulator(&[given], auth, auth_clock, rate_limits);
        let whole = Broken { wish: good(&mut client, form), times: 1, oversize: false, fresh: false };
        // A world may refuse whatever does not come as it wants; then there is nothing to explain.
        let Some(explanation) = explained(&new(), &mut client, &whole) else { continue };
        let told = steps(&explanation);
        for step in ALL {
            let Some(broken) = broken(&mut client, form, *step) else { continue };
            let Some((_, outcome)) = told.iter().find(|(name, _)| name == step.name()) else { continue };
            // Under some answers the good call lacks something, and what comes behind is not reached.
            if outcome == "refused" {
                continue;
            }
            let Some(after) = explained(&new(), &mut client, &broken) else { continue };
            let refused = steps(&after).into_iter().find(|(_, outcome)| outcome == "refused").map(|(name, _)| name);
            let is_refused = refused.as_deref() == Some(step.name());
            if outcome == "passed" && is_refused {
                proved.insert(step.name().to_owned());
            }
            let depends = matches!(step, Step::Region | Step::MediaType | Step::Product);
            if (outcome == "passed") != is_refused && !depends {
                let given = given.map_or_else(String::new, |(row, choice)| format!(" under {}={choice}", row.name));
                wrong.push(format!(
                    "{} {form:?} {auth:?} {auth_clock:?}{given}: {} is told as {outcome}, and broken it is refused at {refused:?}",
                    vendor.name, step.name(),
                ));
            }
        }
    }
    wrong
}

/// Every step that a request can break.
const ALL: &[Step] = &[
    Step::HttpMethod,
    Step::RequestSize,
    Step::Syntax,
    Step::Format,
    Step::ActionPresent,
    Step::Action,
    Step::ActionAndVersion,
    Step::ProductAndVersion,
    Step::AuthorizationPresent,
    Step::CommonTypes,
    Step::AuthorizationHeader,
    Step::SignatureMethod,
    Step::TimestampFormat,
    Step::TimestampWindow,
    Step::AccessKey,
    Step::SessionToken,
    Step::BodyHash,
    Step::Signature,
    Step::Nonce,
    Step::Region,
    Step::RateLimit,
    Step::Permission,
    Step::Parameters,
    Step::World,
];

#[test]
fn every_step_that_is_told_as_passed_was_made_and_none_that_is_told_as_skipped() {
    let mut wrong = Vec::new();
    for vendor in vendors() {
        let mut proved = BTreeSet::new();
        for given in answers(vendor) {
            for form in [SignatureForm::Newest, SignatureForm::Older] {
                wrong.extend(prove(vendor, given, form, &mut proved));
            }
        }
        // What a request on the emulator's own address does not carry is proved apart.
        let apart = [Step::Product, Step::MediaType, Step::Region];
        let steps = vendor.gateway.checks.iter().map(Check::step).chain([Step::Parameters, Step::World]);
        let missing: Vec<&str> =
            steps.filter(|step| !apart.contains(step)).map(Step::name).filter(|name| !proved.contains(*name)).collect();
        assert!(missing.is_empty(), "{}: nothing shows that these are ever made: {missing:?}", vendor.name);
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_few_requests_carry_is_checked_where_it_is() {
    let [tencent, alibaba] = vendors() else { panic!("two vendors") };
    let strict = || emulator(&[], AuthMode::Strict, AuthClock::World, RateLimits::Off);
    let outcome = |vendor: &'static Vendor, step: Step, change: &dyn Fn(&mut ClientCall)| {
        let mut client = Client { vendor, nonce: 0 };
        let mut wish = good(&mut client, SignatureForm::Newest);
        change(&mut wish);
        let explanation = explained(&strict(), &mut client, &Broken { wish, times: 1, oversize: false, fresh: false });
        let told = steps(&explanation.unwrap());
        told.into_iter().find(|(name, _)| name == step.name()).map(|(_, outcome)| outcome).unwrap()
    };
    let region = |text: &'static str| move |wish: &mut ClientCall| wish.apply(&Tweak::With("X-TC-Region", text));
    assert_eq!(outcome(tencent, Step::Region, &|_| ()), "skipped");
    assert_eq!(outcome(tencent, Step::Region, &region("ap-guangzhou")), "passed");
    assert_eq!(outcome(tencent, Step::Region, &region("Nowhere!")), "refused");
    let bytes = |body: &'static str| {
        move |wish: &mut ClientCall| {
            wish.apply(&Tweak::With("Content-Type", "application/octet-stream"));
            wish.apply(&Tweak::Body(body));
        }
    };
    assert_eq!(outcome(tencent, Step::MediaType, &|_| ()), "skipped");
    assert_eq!(outcome(tencent, Step::MediaType, &bytes("{\"ProjectId\": 117}")), "passed");
    assert_eq!(outcome(tencent, Step::MediaType, &bytes("raw")), "refused");
    let host = |text: &'static str| move |wish: &mut ClientCall| text.clone_into(&mut wish.host);
    assert_eq!(outcome(alibaba, Step::Product, &|_| ()), "skipped");
    assert_eq!(outcome(alibaba, Step::Product, &host("quickbi-public.cn-hangzhou.aliyuncs.com")), "passed");
    assert_eq!(outcome(alibaba, Step::Product, &host("ecs.aliyuncs.com")), "refused");
}

/// Input of a report: a call that carries no nonce, to an emulator that counts no calls.
#[test]
fn a_nonce_that_was_not_sent_and_a_limit_that_is_off_are_not_told_as_passed() {
    let vendor = vendors()[0];
    let mut client = Client { vendor, nonce: 0 };
    let wish = good(&mut client, SignatureForm::Newest);
    let strict = emulator(&[], AuthMode::Strict, AuthClock::World, RateLimits::Off);
    let told = explained(&strict, &mut client, &Broken { wish, times: 1, oversize: false, fresh: false }).unwrap();
    for name in ["nonce", "rate limit"] {
        let step = told["steps"].as_array().unwrap().iter().find(|step| step["step"] == name).unwrap();
        assert_eq!(step["outcome"], "skipped", "{step}");
        assert!(step["detail"].as_str().is_some_and(|text| text.starts_with("not checked: ")), "{step}");
    }
}

#[test]
fn every_trail_has_room_for_the_longest_way() {
    let behind = [Step::Rule, Step::Parameters, Step::World, Step::Ticket, Step::Session].len();
    for vendor in vendors() {
        assert!(vendor.gateway.checks.len() + behind <= ticketbooth::trail::MOST, "{}", vendor.name);
    }
}
