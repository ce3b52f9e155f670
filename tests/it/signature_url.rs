//! Addresses of BuildSignatureUrl: what they are made of, and what opens by them.

use serde_json::{Value, json};
use ticketbooth::call::RawRequest;
use ticketbooth::domain::TicketStatus;
use ticketbooth::emulator::{AuthMode, Backwards, Emulator, Shift};
use ticketbooth::pipeline;

use crate::admin::ask;
use crate::changes::done;
use crate::kit::{alibaba, alibaba_raw, assuming, code, demo, json as body_of, open, verdict};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";
const ZHANGSAN: &str = "5b0f8c1d2e3a4b5c8d7e6f5a4b3c2d1e";
const PARTS: [&str; 5] = ["validityTime", "pageId", "accessId", "timestamp", "signature"];

/// Path and query of a new address.
pub fn address(emulator: &Emulator, params: &[(&str, &str)]) -> String {
    let (status, body) =
        alibaba(emulator, "2021-03-25", "BuildSignatureUrl", &[params, &[("WithHost", "false")]].concat());
    assert_eq!(status, 200, "{body}");
    body["Result"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned()
}

fn pairs(address: &str) -> Vec<(String, String)> {
    let query = address.split_once('?').unwrap().1;
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// The address with this value in the place of the one that it has.
fn with(address: &str, name: &str, value: &str) -> String {
    let changed = pairs(address).into_iter().map(|(known, kept)| {
        let kept = if known == name { value.to_owned() } else { kept };
        (known, kept)
    });
    let path = address.split_once('?').unwrap().0;
    format!("{path}?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(changed).finish())
}

fn explained(emulator: &Emulator) -> Value {
    ask(emulator, "GET", "/explain/last", &Value::Null).1
}

#[test]
fn an_address_is_that_of_the_page_of_the_work_and_opens_it_as_its_user() {
    let booth = demo(AuthMode::Off);
    let made =
        address(&booth, &[("WorksId", WORK), ("UserId", ZHANGSAN), ("ExpireMin", "90"), ("Watermark", "secret")]);
    assert!(made.starts_with("/token3rd/dashboard/view/pc.htm?"), "{made}");
    let parts = pairs(&made);
    assert_eq!(parts.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), PARTS);
    let [minutes, page, access, time, signature] = [0, 1, 2, 3, 4].map(|place: usize| parts[place].1.as_str());
    assert_eq!((minutes, page, time), ("90", WORK, "1767571200000"));
    let hex = access.strip_prefix("INNER_").unwrap();
    assert!(hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()), "{access}");
    assert_eq!(signature.len(), 44, "32 bytes in Base64: {signature}");
    for _ in 0..2 {
        let page = open(&booth, &made);
        assert_eq!(verdict(&page), "admitted");
        let text = String::from_utf8_lossy(&page.body).into_owned();
        assert!(text.contains(ZHANGSAN) && text.contains("secret"), "{text}");
    }
    let more = open(&booth, &format!("{made}&bizdate=2026-01-05"));
    assert_eq!(verdict(&more), "admitted", "a parameter of the report is no part of it");
}

#[test]
fn the_path_is_that_of_the_kind_and_an_unnamed_user_the_owner() {
    let booth = demo(AuthMode::Off);
    for (work, path) in [("workbook-demo", "report/view.htm"), ("screen-demo", "screen/view/pc.htm")] {
        let made = address(&booth, &[("WorksId", work)]);
        assert!(made.starts_with(&format!("/token3rd/{path}?")), "{made}");
        let page = open(&booth, &made);
        assert_eq!(verdict(&page), "admitted");
        assert!(String::from_utf8_lossy(&page.body).contains("46e537466d5e4a3aa1b2c3d4e92704c8"));
    }
}

#[test]
fn a_whole_address_has_the_host_that_was_called() {
    let booth = demo(AuthMode::Off);
    let result =
        |request: &RawRequest| body_of(&pipeline::serve(&booth, request))["Result"].as_str().unwrap().to_owned();
    let wish =
        |with_host: &str| alibaba_raw("2021-03-25", "BuildSignatureUrl", &[("WorksId", WORK), ("WithHost", with_host)]);
    let whole = result(&wish("true"));
    assert!(whole.starts_with("http://127.0.0.1:4240/token3rd/"), "{whole}");
    assert!(result(&wish("False")).starts_with("/token3rd/"));
    let mut over_tls = wish("TRUE");
    over_tls.arrival.tls = true;
    assert!(result(&over_tls).starts_with("https://127.0.0.1:4240/token3rd/"));
}

#[test]
fn an_address_that_was_changed_opens_nothing_and_the_explanation_says_where() {
    let booth = demo(AuthMode::Off);
    let made = address(&booth, &[("WorksId", WORK)]);
    let other = address(&booth, &[("WorksId", "workbook-demo")]);
    let signature = pairs(&made)[4].1.clone();
    let tail = format!("{}AAAA=", &signature[..39]);
    for (name, value, kind, told) in [
        ("validityTime", "100000", "altered-link", "`validityTime` as the action answered it"),
        ("accessId", "INNER_00000000000000000000000000000000", "altered-link", "`accessId` as"),
        ("timestamp", "1767571200001", "altered-link", "`timestamp` as"),
        ("signature", tail.as_str(), "altered-link", "`signature` as"),
        ("pageId", "workbook-demo", "wrong-target", "workbook-demo"),
        ("signature", pairs(&other)[4].1.as_str(), "wrong-target", WORK),
        ("signature", "bm8gc2lnbmF0dXJl", "unknown-ticket", "no such ticket"),
        ("signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "unknown-ticket", "no such ticket"),
        ("signature", "", "no-ticket", "no ticket"),
    ] {
        let changed = with(&made, name, value);
        assert_eq!(verdict(&open(&booth, &changed)), kind, "{changed}");
        let explained = explained(&booth).to_string();
        assert!(explained.contains(told), "{name}: {explained}");
    }
    let cut = made.replace("timestamp=", "time=");
    assert_eq!(verdict(&open(&booth, &cut)), "altered-link", "{cut}");
    assert_eq!(verdict(&open(&booth, &made)), "admitted", "it is as it was");
}

#[test]
fn a_link_ends_with_its_minutes() {
    let booth = demo(AuthMode::Off);
    let made = address(&booth, &[("WorksId", WORK), ("ExpireMin", "30")]);
    booth.default_sandbox().shift_clock(Shift::Advance(30 * 60 - 1), Backwards::Refused).unwrap();
    assert_eq!(verdict(&open(&booth, &made)), "admitted");
    booth.default_sandbox().shift_clock(Shift::Advance(1), Backwards::Refused).unwrap();
    let page = open(&booth, &made);
    assert_eq!(verdict(&page), "expired");
    assert!(String::from_utf8_lossy(&page.body).contains("has expired"));
    assert_eq!(verdict(&open(&booth, &with(&made, "validityTime", "240"))), "expired");
}

#[test]
fn what_is_gone_by_the_visit_closes_it() {
    let booth = demo(AuthMode::Off);
    let made = address(&booth, &[("WorksId", WORK), ("UserId", ZHANGSAN)]);
    done(&booth, "UpdateEmbeddedStatus", &[("WorksId", WORK), ("ThirdPartAuthFlag", "false")]);
    assert_eq!(verdict(&open(&booth, &made)), "embedding-off");
    done(&booth, "UpdateEmbeddedStatus", &[("WorksId", WORK), ("ThirdPartAuthFlag", "true")]);
    assert_eq!(verdict(&open(&booth, &made)), "admitted");
    done(&booth, "DeleteUser", &[("UserId", ZHANGSAN)]);
    assert_ne!(verdict(&open(&booth, &made)), "admitted");
}

#[test]
fn calls_are_refused_as_those_for_a_token() {
    let booth = demo(AuthMode::Off);
    for params in [
        &[("WorksId", "unknown-work")][..],
        &[("WorksId", "embedding-off")],
        &[("WorksId", WORK), ("UserId", "nobody")],
        &[("WorksId", WORK), ("AccountName", "main:sub")],
        &[("WorksId", WORK), ("ExpireMin", "241")],
        &[("WorksId", WORK), ("ExpireMin", "0")],
        &[],
    ] {
        let [link, token] = ["BuildSignatureUrl", "CreateEmbedToken"].map(|action| {
            let (status, body) = alibaba(&booth, "2021-03-25", action, params);
            (status, code(&body).to_owned(), body["Message"].clone())
        });
        assert_eq!(link, token, "{params:?}");
        assert_ne!(link.0, 200, "{params:?}");
    }
    let (status, body) = alibaba(&booth, "2022-01-01", "BuildSignatureUrl", &[("WorksId", WORK)]);
    assert_eq!((status, code(&body)), (404, "InvalidAction.NotFound"));
}

#[test]
fn a_link_is_a_ticket_of_its_own_kind_and_a_snapshot_keeps_it() {
    let booth = demo(AuthMode::Off);
    let made = address(&booth, &[("WorksId", WORK)]);
    assert_eq!(verdict(&open(&booth, &made)), "admitted");
    let (_, listed) = ask(&booth, "GET", "/tickets", &Value::Null);
    let ticket = &listed["tickets"][0];
    assert_eq!((&ticket["kind"], &ticket["uses"]), (&json!("link"), &json!(1)), "{listed}");
    assert_eq!(ticket["status"], json!(TicketStatus::Live.name()));
    assert_eq!(verdict(&open(&booth, ticket["link"].as_str().unwrap())), "admitted");
    let id = ticket["id"].as_str().unwrap();
    let (status, body) = alibaba(&booth, "2021-03-25", "DeleteEmbedToken", &[("Token", id)]);
    assert_eq!((status, code(&body)), (500, "Authorize3Rd.Token.NotExist"));
    for name in ["accessToken", "accessTicket"] {
        let other = format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&{name}={id}");
        assert_eq!(verdict(&open(&booth, &other)), "unknown-ticket");
    }

    let (_, saved) = ask(&booth, "GET", "/snapshot", &Value::Null);
    let restored = demo(AuthMode::Off);
    let (status, loaded) = ask(&restored, "PUT", "/snapshot", &saved);
    assert_eq!(status, 200, "{loaded}");
    assert_eq!(verdict(&open(&restored, &made)), "admitted");
    assert_eq!(verdict(&open(&restored, &with(&made, "validityTime", "120"))), "altered-link");
    let (_, revoked) = ask(&restored, "DELETE", &format!("/tickets/{id}"), &Value::Null);
    assert_eq!(verdict(&open(&restored, &made)), "revoked", "{revoked}");
}

#[test]
fn the_same_seed_gives_the_same_addresses() {
    let [one, other] = [(); 2].map(|()| {
        let booth = demo(AuthMode::Off);
        [(); 2].map(|()| address(&booth, &[("WorksId", WORK)]))
    });
    assert_eq!(one, other);
    assert_ne!(one[0], one[1], "a second call gives another link");
}

#[test]
fn an_organization_that_is_not_listed_sees_the_words_of_the_vendor() {
    let booth = assuming(&[("alibaba.signature_url_white_list", "unlisted")]);
    let made = address(&booth, &[("WorksId", WORK)]);
    let page = open(&booth, &made);
    assert_eq!(verdict(&page), "links-not-allowed");
    assert!(String::from_utf8_lossy(&page.body).contains("your accessid is not allowed to use signature"));
    let ticket = done(&booth, "CreateTicket", &[("WorksId", WORK)]);
    let link = format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={}", ticket.as_str().unwrap());
    assert_eq!(verdict(&open(&booth, &link)), "admitted", "tickets need no list");
}
