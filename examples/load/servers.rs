//! The servers that ours is held against: one that gives a constant answer, and one that does the same work with
//! nothing around it.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use dashmap::DashMap;
use hmac::Hmac;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::header::HeaderMap;
use hyper::http::request::Parts;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use ticketbooth::cloud::catalog::as_text;
use uuid::Uuid;

use crate::sign::{self, ALIBABA_SECRET};

/// Which of the two is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Bare,
    Equal,
}

/// Serves until the process ends, and prints the address first.
pub fn serve(kind: Kind) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime starts");
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        println!("{}", listener.local_addr().expect("it is bound"));
        let shared = Arc::new(Shared::new(kind));
        loop {
            let Ok((stream, _)) = listener.accept().await else { continue };
            let _ = stream.set_nodelay(true);
            let shared = Arc::clone(&shared);
            let answer = service_fn(move |request| {
                let shared = Arc::clone(&shared);
                async move { Ok::<_, Infallible>(shared.answer(request).await) }
            });
            let mut protocol = http1::Builder::new();
            protocol.timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(30));
            tokio::spawn(protocol.serve_connection(TokioIo::new(stream), answer));
        }
    });
}

/// What the server of equal work keeps.
struct Shared {
    kind: Kind,
    days: Mutex<Option<(String, Hmac<Sha256>)>>,
    key: Hmac<Sha256>,
    nonces: DashMap<Box<str>, i64>,
    tickets: DashMap<u128, Ticket>,
    serial: AtomicU64,
}

struct Ticket {
    uses: u32,
    expires_at: i64,
}

/// An answer of the size of a real one, with what marks the success of each kind of call.
const CONSTANT: &str = r#"{"Response":{"Msg":"success","RequestId":"c6a78d99-cbe2-441b-a8b8-e772e7096b4f","Extra":"","Data":{"Id":1,"ProjectId":"117","PageId":"11520","ExtraParam":"","Scope":"page","ExpireTime":240,"CreatedUser":null,"CreatedAt":"2026-01-05 08:00:00","UpdatedUser":null,"UpdatedAt":"2026-01-05 08:00:00","BIToken":"fa087187-0bb4-47a6-b3ce-b8a00ab547b7","UserCorpId":"","UserId":"","TicketNum":0,"GlobalParam":"","Intention":"embed","TokenType":100,"TokenNum":1,"SingleUserMultiToken":false,"ConfigParam":"","Success":true}}}"#;

/// Bytes of an embed page.
const PAGE: usize = 5_000;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CreateEmbedToken {
    project_id: u64,
    page_id: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Info<'a> {
    id: u64,
    project_id: String,
    page_id: String,
    extra_param: &'a str,
    scope: &'a str,
    expire_time: u32,
    created_at: &'a str,
    updated_at: &'a str,
    #[serde(rename = "BIToken", serialize_with = "as_text")]
    token: Uuid,
    user_corp_id: &'a str,
    user_id: &'a str,
    ticket_num: u32,
    global_param: &'a str,
    intention: &'a str,
    token_type: u32,
    token_num: u32,
    single_user_multi_token: bool,
    config_param: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Answer<'a> {
    msg: &'a str,
    #[serde(serialize_with = "as_text")]
    request_id: Uuid,
    extra: &'a str,
    data: Info<'a>,
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0))
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

fn part<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    text.split_once(name)?.1.split(&[',', ' '][..]).next()
}

fn pairs(query: &str) -> Vec<(std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)> {
    form_urlencoded::parse(query.as_bytes()).collect()
}

impl Shared {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            days: Mutex::default(),
            key: sign::keyed(ALIBABA_SECRET.as_bytes()),
            nonces: DashMap::new(),
            tickets: DashMap::new(),
            serial: AtomicU64::new(0),
        }
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (parts, body) = request.into_parts();
        let is_page = parts.method == Method::GET;
        let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
        let content = match self.kind {
            Kind::Bare if is_page => Some(page()),
            Kind::Bare => Some(Bytes::from_static(CONSTANT.as_bytes())),
            Kind::Equal => self.work(&parts, &body),
        };
        let status = if content.is_some() { 200 } else { 400 };
        let kind = if is_page { "text/html; charset=utf-8" } else { "application/json" };
        let response = Response::builder().status(status).header("content-type", kind).header("server", "nginx");
        let response = response.header("access-control-allow-credentials", "true").header("connection", "keep-alive");
        let response = response.header("x-request", "c6a78d99-cbe2-441b-a8b8-e772e7096b4f");
        response.body(Full::new(content.unwrap_or_default())).expect("a response of constants")
    }

    /// `None`: refused.
    fn work(&self, parts: &Parts, body: &Bytes) -> Option<Bytes> {
        if parts.method == Method::GET {
            return self.visit(parts);
        }
        match text(&parts.headers, "authorization") {
            Some(line) if line.starts_with("TC3-") => self.tc3(&parts.headers, line, body),
            Some(line) => self.acs3(parts, line, body),
            None => self.rpc(parts),
        }
    }

    /// An id that looks like chance; making chance is no part of the work.
    fn fresh(&self) -> (Uuid, u64) {
        let serial = self.serial.fetch_add(1, Ordering::Relaxed) + 1;
        (Uuid::from_u128(u128::from(serial).wrapping_mul(0x2545_f491_4f6c_dd1d_9e37_79b9_7f4a_7c15)), serial)
    }

    fn issue(&self) -> (Uuid, u64) {
        let (id, serial) = self.fresh();
        self.tickets.insert(id.as_u128(), Ticket { uses: 1, expires_at: now() + 240 * 60 });
        (id, serial)
    }

    fn tc3(&self, headers: &HeaderMap, line: &str, body: &Bytes) -> Option<Bytes> {
        let scope = part(line, "Credential=")?.split_once('/')?.1;
        let time = text(headers, "x-tc-timestamp")?;
        if (now() - time.parse::<i64>().ok()?).abs() > 300 {
            return None;
        }
        let date = scope.split('/').next()?;
        let day = {
            let mut days = self.days.lock();
            if days.as_ref().is_none_or(|(known, _)| known != date) {
                *days = Some((date.to_owned(), sign::day_key(sign::TENCENT_SECRET, date)));
            }
            days.as_ref()?.1.clone()
        };
        let signature = sign::tc3(&day, text(headers, "content-type")?, text(headers, "host")?, body, time, scope);
        if !bool::from(signature.as_bytes().ct_eq(part(line, "Signature=")?.as_bytes())) {
            return None;
        }
        let call: CreateEmbedToken = serde_json::from_slice(body).ok()?;
        let (token, id) = self.issue();
        let data = Info {
            id,
            project_id: call.project_id.to_string(),
            page_id: call.page_id.to_string(),
            extra_param: "",
            scope: "page",
            expire_time: 240,
            created_at: "2026-01-05 08:00:00",
            updated_at: "2026-01-05 08:00:00",
            token,
            user_corp_id: "",
            user_id: "",
            ticket_num: 0,
            global_param: "",
            intention: "embed",
            token_type: 100,
            token_num: 1,
            single_user_multi_token: false,
            config_param: "",
        };
        serde_json::to_vec(&Answer { msg: "success", request_id: self.fresh().0, extra: "", data })
            .ok()
            .map(Bytes::from)
    }

    fn is_new(&self, nonce: &str) -> bool {
        self.nonces.insert(nonce.into(), now() + 900).is_none()
    }

    fn created(&self) -> Option<Bytes> {
        let (ticket, _) = self.issue();
        let (request, _) = self.fresh();
        Some(format!(r#"{{"RequestId":"{request:X}","Result":"{:032x}","Success":true}}"#, ticket.as_u128()).into())
    }

    fn acs3(&self, parts: &Parts, line: &str, body: &Bytes) -> Option<Bytes> {
        let (headers, query) = (&parts.headers, parts.uri.query().unwrap_or(""));
        let signed = part(line, "SignedHeaders=")?;
        let lines = signed.split(';').map(|name| (name, text(headers, name).unwrap_or("")));
        let signature = sign::acs3(&self.key, query, lines, signed, body);
        let is_right = bool::from(signature.as_bytes().ct_eq(part(line, "Signature=")?.as_bytes()));
        let is_known = pairs(query).iter().any(|(name, value)| name == "WorksId" && value == sign::WORK);
        let at: jiff::Timestamp = text(headers, "x-acs-date")?.parse().ok()?;
        let is_fresh = (now() - at.as_second()).abs() < 900;
        (is_right && is_fresh && is_known && self.is_new(text(headers, "x-acs-signature-nonce")?)).then_some(())?;
        self.created()
    }

    fn rpc(&self, parts: &Parts) -> Option<Bytes> {
        let mut pairs = pairs(parts.uri.query()?);
        let value = |pairs: &[(_, std::borrow::Cow<'_, str>)], wanted: &str| {
            let found = pairs.iter().find(|(name, _): &&(std::borrow::Cow<'_, str>, _)| name == wanted);
            found.map(|(_, value)| value.to_string())
        };
        let (sent, nonce) = (value(&pairs, "Signature")?, value(&pairs, "SignatureNonce")?);
        let at: jiff::Timestamp = value(&pairs, "Timestamp")?.parse().ok()?;
        pairs.retain(|(name, _)| name != "Signature");
        pairs.sort_unstable();
        let texts: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (&**name, &**value)).collect();
        let is_right = bool::from(sign::rpc(&texts).as_bytes().ct_eq(sent.as_bytes()));
        let is_known = texts.iter().any(|(name, value)| *name == "WorksId" && *value == sign::WORK);
        (is_right && is_known && (now() - at.as_second()).abs() < 900 && self.is_new(&nonce)).then_some(())?;
        self.created()
    }

    fn visit(&self, parts: &Parts) -> Option<Bytes> {
        let pairs = pairs(parts.uri.query()?);
        let (_, ticket) = pairs.iter().find(|(name, _)| name == "accessTicket")?;
        let mut ticket = self.tickets.get_mut(&u128::from_str_radix(ticket, 16).ok()?)?;
        (ticket.uses > 0 && ticket.expires_at > now()).then_some(())?;
        ticket.uses -= 1;
        Some(page())
    }
}

fn page() -> Bytes {
    let mut page = String::with_capacity(PAGE);
    page.push_str("<!doctype html><html lang=\"en\">");
    page.extend(std::iter::repeat_n('.', PAGE - 64));
    page.into()
}
