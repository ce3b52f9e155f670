//! What the scenarios claim, where the answer tells it without a socket.

use std::collections::HashSet;
use std::time::Duration;

use serde_json::{Value, json};
use ticketbooth::emulator::SandboxOptions;
use ticketbooth::reply::{Damage, Loss, Pace};
use ticketbooth::web;

use super::play::{Answer, Play, TICKETS, WORK, holds, same};
use crate::kit::{raw, verdict};
use crate::signer::{Acs3, Tc3};

type Held = Result<(), String>;

/// A call that the app makes.
type Call = fn(&Play) -> Answer;

const PAGE: &str = r#"{"ProjectId":117,"PageId":11520}"#;

pub fn renewal_fails_once(play: &Play) -> Held {
    let (ticket, token) = (play.ticket()?, play.token()?);
    play.wait(30);
    same("the first renewal of a ticket", play.delay(&ticket).code(), "ServiceUnavailable")?;
    same("the second renewal of a ticket", play.delay(&ticket).code(), "none")?;
    same("the first renewal of a token", play.apply(&token).code(), "InternalError.Internal")?;
    same("the second renewal of a token", play.apply(&token).code(), "none")?;
    play.wait(40);
    same("beyond the old end of the ticket", verdict(&play.open_dashboard(&ticket)), "admitted")?;
    same("beyond the old end of the token", verdict(&play.open_page(&token)), "admitted")
}

pub fn renewal_too_late(play: &Play) -> Held {
    let lost = Some(Damage::Lost(Loss::Reset));
    let ticket = play.ticket()?;
    same("the first renewal of a ticket", play.delay(&ticket).damage(), lost)?;
    same("the second renewal of a ticket", play.delay(&ticket).code(), "Authorize3rdTicket.Expired")?;
    same("a new ticket", verdict(&play.open_dashboard(&play.ticket()?)), "admitted")?;
    let token = play.token()?;
    same("the first renewal of a token", play.apply(&token).damage(), lost)?;
    let second = play.apply(&token);
    same("the code of the second renewal of a token", second.code(), "none")?;
    same("its result", &second.body["Data"]["Result"], &Value::Bool(false))?;
    same("a new token", verdict(&play.open_page(&play.token()?)), "admitted")
}

pub fn throttled_then_recovered(play: &Play) -> Held {
    let until_done = |call: &dyn Fn() -> Answer| {
        let mut refused = Vec::new();
        loop {
            let answer = call();
            if answer.code() == "none" || refused.len() == 8 {
                return refused;
            }
            refused.push((answer.reply.status, answer.code().to_owned(), answer.message().to_owned()));
        }
    };
    let refused = until_done(&|| play.create_ticket());
    same("refused tickets", refused.len(), 3)?;
    holds(
        "each with its code",
        refused.iter().all(|(status, code, _)| (*status, &**code) == (400, "Throttling.User")),
    )?;
    let refused = until_done(&|| play.create_token());
    same("refused tokens", refused.len(), 2)?;
    let is_told = |(status, code, message): &(u16, String, String)| {
        (*status, &**code) == (200, "RequestLimitExceeded") && message.contains("`21`") && message.contains("`20`")
    };
    holds("each with its code and numbers", refused.iter().all(is_told))
}

pub fn instance_expires_mid_run(play: &Play) -> Held {
    let (one, other) = (play.ticket()?, play.ticket()?);
    same("a renewal in time", play.delay(&one).code(), "none")?;
    play.wait(10);
    same("the third ticket", play.create_ticket().code(), "Instance.Expired")?;
    same("the fourth ticket", play.create_ticket().code(), "Instance.Expired")?;
    same("a renewal after ten minutes", play.delay(&one).code(), "Instance.Expired")?;
    same("the first ticket", verdict(&play.open_dashboard(&one)), "admitted")?;
    same("the second ticket", verdict(&play.open_dashboard(&other)), "admitted")
}

pub fn prefetch_uses_ticket_up(play: &Play) -> Held {
    let ticket = || play.alibaba("CreateTicket", &[("WorksId", WORK), ("TicketNum", "1")]).ticket();
    let token =
        || play.tencent("CreateEmbedToken", &json!({ "ProjectId": 117, "PageId": 11520, "TicketNum": 1 })).token();
    let first = ticket()?;
    let prefetched = play.open_dashboard(&first);
    same("the prefetched dashboard", prefetched.delivery.damage, Some(Damage::Lost(Loss::Close)))?;
    same("the reader of it", verdict(&play.open_dashboard(&first)), "used-up")?;
    same("another ticket", verdict(&play.open_dashboard(&ticket()?)), "admitted")?;
    let first = token()?;
    same("the prefetched page", play.open_page(&first).body.len(), 0)?;
    same("the reader of it", verdict(&play.open_page(&first)), "used-up")?;
    same("another token", verdict(&play.open_page(&token()?)), "admitted")
}

pub fn expires_while_open(play: &Play) -> Held {
    let session = |page: &ticketbooth::reply::Reply| {
        let cookie = page.header("set-cookie").unwrap_or("").to_owned();
        cookie.split(['=', ';']).nth(1).unwrap_or("").to_owned()
    };
    let ticket = play.ticket()?;
    let opened = play.open_dashboard(&ticket);
    same("the dashboard", verdict(&opened), "admitted")?;
    let fetch = raw("POST", "/api/v2/olap/query", &[("x-ticketbooth-session", &session(&opened))], b"");
    let data = Answer::of(web::serve_page(&play.emulator, &fetch).ok_or("that is no data call")?);
    same("the data of the open page", &data.body["success"], &Value::Bool(false))?;
    same("its code", &data.body["code"], &Value::from("Authorize3rdTicket.Expired"))?;
    same("the dashboard once more", verdict(&play.open_dashboard(&ticket)), "expired")?;
    let token = play.token()?;
    same("the page", verdict(&play.open_page(&token)), "admitted")?;
    same("the page once more", verdict(&play.open_page(&token)), "expired")
}

pub fn clock_skew(play: &Play) -> Held {
    let tencent = |unix: i64| play.serve(&Tc3::at(unix).post("CreateEmbedToken", PAGE)).code().to_owned();
    let start = play.now();
    same("a token in time", tencent(start), "none")?;
    same("a token by the old time", tencent(start), "AuthFailure.SignatureExpire")?;
    same("a token by the new time", tencent(play.now()), "none")?;
    let alibaba = |unix: i64| {
        let request = play.alibaba_signed(unix, TICKETS, "CreateTicket", &[("WorksId", WORK)]);
        play.serve(&request).code().to_owned()
    };
    let start = play.now();
    same("a ticket in time", alibaba(start), "none")?;
    same("a ticket by the old time", alibaba(start), "InvalidTimeStamp.Expired")?;
    same("a ticket by the new time", alibaba(play.now()), "none")
}

pub fn embedding_switched_off(play: &Play) -> Held {
    let never = play.alibaba("CreateTicket", &[("WorksId", "never-released")]);
    same("a ticket for what was never released", never.code(), "Authorize3Rd.Report.Unauthorized")?;
    let never = play.tencent("CreateEmbedToken", &json!({ "ProjectId": 117, "PageId": 40301 }));
    same("a token for what was never released", never.code(), "InvalidParameter.Embed")?;
    let ticket = play.alibaba("CreateTicket", &[("WorksId", WORK), ("TicketNum", "2")]).ticket()?;
    let token = play.token()?;
    for (minute, expected) in [(0, "admitted"), (10, "embedding-off"), (20, "admitted")] {
        let (dashboard, page) = (play.open_dashboard(&ticket), play.open_page(&token));
        same(&format!("the dashboard in minute {minute}"), verdict(&dashboard), expected)?;
        same(&format!("the page in minute {minute}"), verdict(&page), expected)?;
        play.wait(10);
    }
    Ok(())
}

pub fn slow_vendor(play: &Play) -> Held {
    let answers: Vec<Answer> = (0..4).map(|_| play.create_ticket()).collect();
    holds("every ticket comes", answers.iter().all(|answer| answer.ticket().is_ok()))?;
    let delays = |answers: &[Answer]| answers.iter().map(|answer| answer.reply.delivery.delay).collect::<Vec<_>>();
    let different: HashSet<Duration> = delays(&answers).into_iter().collect();
    holds("each is late by a time of its own", different.len() == 4 && !different.contains(&Duration::ZERO))?;
    let other = play.again();
    let repeated: Vec<Answer> = (0..4).map(|_| other.create_ticket()).collect();
    same("the delays of another run", delays(&repeated), delays(&answers))?;
    let late = play.open_dashboard(&answers[0].ticket()?).delivery.delay;
    let bounds = Duration::from_millis(500)..=Duration::from_secs(3);
    holds("the page is late within its bounds", bounds.contains(&late))?;
    let token = play.create_token();
    token.token()?;
    let pace = Some(Pace { bytes: 16, every: Duration::from_millis(50) });
    same("the pace of a token", token.reply.delivery.pace, pace)
}

pub fn half_broken_gateway(play: &Play) -> Held {
    let seen = |call: &dyn Fn() -> Answer| {
        let answers = (0..3).map(|_| call());
        let told = answers.map(|answer| {
            let kind = answer.reply.header("content-type").unwrap_or("").split(';').next().unwrap_or("").to_owned();
            (answer.reply.status, kind)
        });
        told.collect::<Vec<_>>()
    };
    let (good, bad) = ((200, "application/json".to_owned()), (502, "text/html".to_owned()));
    let expected = [good.clone(), bad, good];
    same("the answers of Alibaba", seen(&|| play.create_ticket()), &expected[..])?;
    same("the answers of Tencent", seen(&|| play.create_token()), &expected[..])?;
    same("tickets that were made", play.made("alibaba"), 3)?;
    same("tokens that were made", play.made("tencent"), 2)
}

pub fn token_swarm(play: &Play) -> Held {
    let asked = json!({
        "ProjectId": 117, "PageId": 11520, "TokenType": 300, "TokenNum": 5, "TicketNum": 1,
        "UserCorpId": "100022975249", "UserId": "100024664626",
    });
    let joined = play.tencent("CreateEmbedToken", &asked).token()?;
    let tokens: Vec<&str> = joined.split(',').collect();
    let seen: Vec<String> = tokens.iter().map(|token| verdict(&play.open_page(token)).to_owned()).collect();
    same("the five tiles", seen, ["admitted", "admitted", "revoked", "admitted", "admitted"])?;
    same("the third tile once more", verdict(&play.open_page(tokens[2])), "admitted")
}

pub fn sandbox_pair(play: &Play) -> Held {
    let minted = play
        .emulator
        .create_sandbox(SandboxOptions { rules: play.rules(), ..SandboxOptions::default() })
        .map_err(|error| error.to_string())?;
    let key = minted.keys.iter().find(|key| key.vendor == "alibaba").ok_or("there is no key of Alibaba")?;
    let kept = |text: &str| -> &'static str { Box::leak(text.to_owned().into_boxed_str()) };
    let (key, secret) = (kept(&key.id), kept(&key.secret));
    let other = |action: &str, params: &[(&str, &str)]| {
        let signer = Acs3 { key, secret, nonce: Some(play.nonce()), ..Acs3::at(play.now()) };
        play.serve(&signer.post(action, params))
    };
    same("the first call of the one", play.create_ticket().code(), "Throttling.User")?;
    let ticket = play.ticket()?;
    same("the first call of the other", other("CreateTicket", &[("WorksId", WORK)]).code(), "Throttling.User")?;
    other("CreateTicket", &[("WorksId", WORK)]).ticket()?;
    same("the ticket of the one in its own sandbox", play.query(&ticket).code(), "none")?;
    let foreign = other("QueryTicketInfo", &[("Ticket", &ticket)]);
    same("the ticket of the one in the other's", foreign.code(), "Authorize3rdTicket.NotExist")
}

pub fn flaky_vendor(play: &Play) -> Held {
    let pattern = |play: &Play, call: Call| (0..40).map(|_| call(play).code().to_owned()).collect::<Vec<_>>();
    let calls = [("alibaba", Play::create_ticket as Call), ("tencent", Play::create_token)];
    let other = play.again();
    for (vendor, call) in calls {
        let seen = pattern(play, call);
        let failed = seen.iter().filter(|code| *code == "InternalError").count();
        holds(&format!("some calls of {vendor} fail, and most do not"), (4..=24).contains(&failed))?;
        same(&format!("calls of {vendor} that were made"), play.made(vendor), 40 - failed)?;
        // Whatever runs beside it.
        other.open_dashboard("nothing");
        same(&format!("{vendor} in another run"), pattern(&other, call), seen)?;
    }
    Ok(())
}

pub fn maintenance_window(play: &Play) -> Held {
    let ticket = play.ticket()?;
    play.token()?;
    play.wait(10);
    same("a ticket meanwhile", play.create_ticket().code(), "ServiceUnavailable")?;
    let refused = play.create_token();
    let told = (refused.reply.status, refused.reply.header("retry-after"));
    same("a token meanwhile", told, (503, Some("600")))?;
    same("what it says", &refused.body, &json!({ "message": "down for maintenance" }))?;
    same("a visit meanwhile", verdict(&play.open_dashboard(&ticket)), "admitted")?;
    play.wait(10);
    play.ticket()?;
    play.token().map(drop)
}

pub fn odd_envelopes(play: &Play) -> Held {
    let first = play.create_ticket();
    same("a success", &first.body["Success"], &Value::Bool(true))?;
    same("without a ticket", first.body.get("Result"), Some(&Value::Null))?;
    let ticket = play.ticket()?;
    same("a number as text", &play.query(&ticket).body["Result"]["UsedTicketNum"], &json!("0"))?;
    same("a number", &play.query(&ticket).body["Result"]["UsedTicketNum"], &json!(0))?;
    let first = play.create_token();
    holds("the token is there", first.token().is_ok())?;
    same("its request id", first.body.get("RequestId"), None::<&Value>)?;
    let second = play.create_token();
    holds("the next one has a request id", second.body.get("RequestId").is_some())?;
    let token = second.token()?;
    let kind = |answer: Answer| answer.reply.header("content-type").unwrap_or("").to_owned();
    same("the kind of a renewal", kind(play.apply(&token)), "text/plain")?;
    same("the kind of the next one", kind(play.apply(&token)), "application/json")
}
