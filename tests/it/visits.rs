//! Visits of embed pages: what takes a use, what does not, and who wins the last one.

use std::sync::Barrier;
use std::thread;

use serde_json::json;
use ticketbooth::emulator::{AuthMode, Emulator};
use ticketbooth::web;

use crate::kit::{alibaba, code, demo, json, open, raw, tencent, verdict};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";
const COMPONENT: &str = "0fc6a275c7f64f17b1aabbcca306ce0f31";

fn ticket(emulator: &Emulator, params: &[(&str, &str)]) -> String {
    let (_, body) = alibaba(emulator, "2022-01-01", "CreateTicket", params);
    body["Result"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned()
}

fn token(emulator: &Emulator, asked: serde_json::Value) -> String {
    let response = tencent(emulator, "CreateEmbedToken", &asked);
    response["Data"]["BIToken"].as_str().unwrap_or_else(|| panic!("{response}")).to_owned()
}

fn dashboard(ticket: &str) -> String {
    format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}")
}

fn page(token: &str) -> String {
    format!("/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token={token}")
}

fn text(reply: &ticketbooth::reply::Reply) -> String {
    String::from_utf8(reply.body.to_vec()).unwrap()
}

#[test]
fn an_admitted_visit_shows_the_report_and_takes_one_use() {
    let emulator = demo(AuthMode::Off);
    let ticket = ticket(&emulator, &[("WorksId", WORK), ("TicketNum", "2")]);
    let reply = open(&emulator, &dashboard(&ticket));
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert_eq!(verdict(&reply), "admitted");
    assert!(text(&reply).contains("data-testid=\"embed-report\""));
    let (_, told) = alibaba(&emulator, "2022-01-01", "QueryTicketInfo", &[("Ticket", &ticket)]);
    assert_eq!(told["Result"]["UsedTicketNum"], 1);
}

#[test]
fn a_used_up_ticket_is_refused_in_the_vendors_own_text() {
    let emulator = demo(AuthMode::Off);
    let ticket = ticket(&emulator, &[("WorksId", WORK)]);
    assert_eq!(verdict(&open(&emulator, &dashboard(&ticket))), "admitted");
    let refused = open(&emulator, &dashboard(&ticket));
    assert_eq!((refused.status, verdict(&refused)), (200, "used-up"));
    let page = text(&refused);
    assert!(page.contains("data-testid=\"embed-refusal\" data-kind=\"used-up\""), "{page}");
    assert!(page.contains("AE0130010026 There is no ticket number left, please generate new ticket"), "{page}");
}

#[test]
fn only_a_get_of_the_page_takes_a_use() {
    let emulator = demo(AuthMode::Off);
    let ticket = ticket(&emulator, &[("WorksId", WORK)]);
    let ask = |method: &str, target: &str| web::serve_page(&emulator, raw(method, target, &[("host", "h")], b""));
    for _ in 0..3 {
        assert_eq!(verdict(&ask("HEAD", &dashboard(&ticket)).unwrap()), "admitted");
        assert_eq!(ask("POST", &dashboard(&ticket)).unwrap().status, 405);
        assert_eq!(
            verdict(&open(&emulator, "/token3rd/dashboard/view/pc.htm?pageId=other&accessTicket=x")),
            "unknown-ticket"
        );
        assert_eq!(
            verdict(&open(&emulator, &format!("/token3rd/report/view.htm?id=other&accessTicket={ticket}"))),
            "wrong-target"
        );
    }
    assert_eq!(verdict(&open(&emulator, &dashboard(&ticket))), "admitted");
    assert_eq!(verdict(&ask("HEAD", &dashboard(&ticket)).unwrap()), "used-up");
}

#[test]
fn every_form_of_link_finds_its_work() {
    let emulator = demo(AuthMode::Off);
    let ticket = ticket(&emulator, &[("WorksId", WORK), ("TicketNum", "9")]);
    for link in [
        format!("/token3rd/report/view.htm?id={WORK}&accessTicket={ticket}"),
        format!("/token3rd/screen/view/pc.htm?pageId={WORK}&accessTicket={ticket}&dd_orientation=auto"),
        format!("/token3rd/offline/view/pc.htm?pageId={WORK}&accessTicket={ticket}"),
        format!("/token3rd/dataForm/view/{WORK}?accessTicket={ticket}"),
        format!("/token3rd/anything/else.htm?productId={WORK}&accessTicket={ticket}"),
        format!("/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}"),
    ] {
        assert_eq!(verdict(&open(&emulator, &link)), "admitted", "{link}");
    }
    assert_eq!(verdict(&open(&emulator, &format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}"))), "no-ticket");
}

#[test]
fn a_component_ticket_opens_its_component_alone() {
    let emulator = demo(AuthMode::Off);
    let params = [("WorksId", WORK), ("CmptId", COMPONENT), ("TicketNum", "5")];
    let link = dashboard(&ticket(&emulator, &params));
    assert_eq!(verdict(&open(&emulator, &link)), "wrong-target");
    assert_eq!(verdict(&open(&emulator, &format!("{link}&cmptId={COMPONENT}"))), "admitted");
}

#[test]
fn tickets_and_tokens_are_not_each_others() {
    let emulator = demo(AuthMode::Off);
    let ticket = ticket(&emulator, &[("WorksId", WORK)]);
    let as_token = format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessToken={ticket}");
    assert_eq!(verdict(&open(&emulator, &as_token)), "unknown-ticket");
    assert_eq!(verdict(&open(&emulator, &page(&ticket))), "unknown-ticket");
    let (status, body) = alibaba(&emulator, "2021-03-25", "QueryEmbedTokenInfo", &[("Token", &ticket)]);
    assert_eq!((status, code(&body)), (500, "Authorize3Rd.Token.NotExist"));
}

#[test]
fn a_tencent_token_opens_its_own_view() {
    let emulator = demo(AuthMode::Off);
    let made = token(&emulator, json!({ "ProjectId": 117, "PageId": 11520, "TicketNum": 1 }));
    assert_eq!(verdict(&open(&emulator, &page(&made).replace("scope=page", "scope=panel"))), "wrong-target");
    assert_eq!(verdict(&open(&emulator, &page(&made).replace("projectId=117", "projectId=111"))), "wrong-target");
    assert_eq!(verdict(&open(&emulator, &page(&made))), "admitted");
    let refused = open(&emulator, &page(&made));
    assert_eq!(verdict(&refused), "used-up");
    assert!(text(&refused).contains("Page not accessible"));
    let board = token(&emulator, json!({ "ProjectId": 117, "Scope": "panel" }));
    for _ in 0..5 {
        let link = format!("/page/embed?authType=strong&projectId=117&scope=panel&token={board}");
        assert_eq!(verdict(&open(&emulator, &link)), "admitted", "without TicketNum there is no limit");
    }
}

#[test]
fn a_chat_token_opens_the_chat() {
    let emulator = demo(AuthMode::Off);
    let asked = json!({
        "ProjectId": 111, "Intention": "chatBIEmbed", "Scope": "project", "UserCorpId": "100022975249",
        "UserId": "100024664626",
        "ConfigParam": "{\"ChatBIConfigList\":[{\"ConfigType\":\"SqlView\",\"ConfigDetails\":{\"Enabled\":false}}]}"
    });
    let made = token(&emulator, asked);
    let link = format!("/page/chat-bi-embed?authType=strong&projectId=111&token={made}");
    assert_eq!(verdict(&open(&emulator, &link)), "admitted");
    let as_page = format!("/page/embed?authType=strong&projectId=111&scope=panel&token={made}");
    assert_eq!(verdict(&open(&emulator, &as_page)), "wrong-target");
}

#[test]
fn a_new_token_of_a_user_ends_the_one_before() {
    let emulator = demo(AuthMode::Off);
    let asked = json!({
        "ProjectId": 117, "PageId": 11520, "UserCorpId": "100022975249", "UserId": "100024664626", "TokenType": 200
    });
    let (first, second) = (token(&emulator, asked.clone()), token(&emulator, asked.clone()));
    assert_eq!(verdict(&open(&emulator, &page(&first))), "revoked");
    assert_eq!(verdict(&open(&emulator, &page(&second))), "admitted");
    let extended = tencent(&emulator, "ApplyEmbedInterval", &json!({ "BIToken": first }));
    assert_eq!(code(&extended), "InvalidParameter.Embed");
}

#[test]
fn cleared_tokens_open_nothing_any_more() {
    let emulator = demo(AuthMode::Off);
    let made = token(&emulator, json!({ "ProjectId": 117, "PageId": 11520 }));
    let other = token(&emulator, json!({ "ProjectId": 117, "Scope": "panel" }));
    let asked = json!({ "ProjectId": "117", "PageId": "11520", "Scope": "page", "UserCorpId": "100022975249" });
    assert_eq!(tencent(&emulator, "ClearEmbedToken", &asked)["Data"], true);
    assert_eq!(verdict(&open(&emulator, &page(&made))), "revoked");
    let board = format!("/page/embed?authType=strong&projectId=117&scope=panel&token={other}");
    assert_eq!(verdict(&open(&emulator, &board)), "admitted");
}

#[test]
fn an_open_page_gets_its_data_and_nobody_else_does() {
    let emulator = demo(AuthMode::Off);
    let opened = open(&emulator, &dashboard(&ticket(&emulator, &[("WorksId", WORK)])));
    let cookie = opened.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let fetch = |headers: &[(&str, &str)]| {
        json(&web::serve_page(&emulator, raw("POST", "/api/v2/olap/query", headers, b"")).expect("a data call"))
    };
    assert_eq!(fetch(&[("cookie", &cookie)])["data"]["value"]["rows"].as_array().unwrap().len(), 6);
    let session = cookie.split_once('=').unwrap().1;
    assert_eq!(fetch(&[("x-ticketbooth-session", session)])["success"], true);
    for stranger in ["", "x", &session.replace(".1.", ".2.")] {
        let refused = fetch(&[("x-ticketbooth-session", stranger)]);
        assert_eq!(refused["code"], "Authorize3rdTicket.HasNo.LoginToken");
        assert_eq!(refused["message"], "The request [/api/v2/olap/query] has no token.");
    }
    let made = token(&emulator, json!({ "ProjectId": 117, "PageId": 11520 }));
    let opened = open(&emulator, &page(&made));
    let session = opened.header("set-cookie").unwrap().split(['=', ';']).nth(1).unwrap().to_owned();
    let body = json!({ "Token": session }).to_string();
    let data = web::serve_page(&emulator, raw("POST", "/api/v1/share/page/data", &[], body.as_bytes())).unwrap();
    assert_eq!(json(&data)["Response"]["Data"]["rows"].as_array().unwrap().len(), 6);
}

#[test]
fn what_a_ticket_carries_is_escaped_on_its_page() {
    let emulator = demo(AuthMode::Off);
    let params = [("WorksId", WORK), ("WatermarkParam", "</script><script>alert(1)</script>")];
    let page = text(&open(&emulator, &dashboard(&ticket(&emulator, &params))));
    assert!(!page.contains("<script>alert(1)") && page.contains("&lt;script&gt;alert(1)"), "{page}");
    let refused = text(&open(&emulator, "/token3rd/x/view.htm?pageId=w&accessTicket=%3Cb%3E%22%27"));
    assert!(!refused.contains("<b>") && refused.contains("&lt;b&gt;"), "{refused}");
}

#[test]
fn the_last_use_has_one_winner() {
    let emulator = demo(AuthMode::Off);
    for uses in [1, 2, 7] {
        let link = dashboard(&ticket(&emulator, &[("WorksId", WORK), ("TicketNum", &uses.to_string())]));
        let start = Barrier::new(16);
        let admitted: usize = thread::scope(|scope| {
            let visit = || {
                start.wait();
                usize::from(verdict(&open(&emulator, &link)) == "admitted")
            };
            let threads: Vec<_> = (0..16).map(|_| scope.spawn(visit)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(admitted, uses);
    }
}
