//! Requests as an official client sends them, and their signatures as lean as they can be made: the driver signs
//! with this beforehand, and the server of equal work verifies with it.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

pub const TENCENT_KEY: &str = "AKIDlocaltest0000000000000000000000";
pub const TENCENT_SECRET: &str = "localtestsecret00000000000000000";
pub const ALIBABA_KEY: &str = "LTAIlocaltest000000000000";
pub const ALIBABA_SECRET: &str = "localtestsecret000000000000000";
pub const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
const JSON: &str = "application/json; charset=utf-8";
const BODY: &str = r#"{"ProjectId":117,"PageId":11520}"#;

/// What is sent over and over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    Tc3,
    Acs3,
    Rpc,
    Visit,
}

impl Work {
    pub const ALL: [Self; 4] = [Self::Tc3, Self::Acs3, Self::Rpc, Self::Visit];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Tc3 => "tc3",
            Self::Acs3 => "acs3",
            Self::Rpc => "rpc",
            Self::Visit => "visit",
        }
    }

    /// What only the answer to a call that succeeded has.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Tc3 => "BIToken",
            Self::Acs3 | Self::Rpc => "\"Success\":true",
            Self::Visit => "<html",
        }
    }
}

pub fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length")
}

fn digest(key: &[u8], text: &str) -> Vec<u8> {
    keyed(key).chain_update(text).finalize().into_bytes().to_vec()
}

/// The key of a day.
pub fn day_key(secret: &str, date: &str) -> Hmac<Sha256> {
    let of_date = digest(format!("TC3{secret}").as_bytes(), date);
    keyed(&digest(&digest(&of_date, "bi"), "tc3_request"))
}

/// The signature of a call to Tencent that signs its type and its host.
pub fn tc3(day: &Hmac<Sha256>, kind: &str, host: &str, body: &[u8], time: &str, scope: &str) -> String {
    let mut request = Sha256::new();
    for piece in ["POST\n/\n\ncontent-type:", kind, "\nhost:", host, "\n\ncontent-type;host\n"] {
        request.update(piece);
    }
    request.update(hex::encode(Sha256::digest(body)));
    let mut mac = day.clone();
    for piece in ["TC3-HMAC-SHA256\n", time, "\n", scope, "\n", &hex::encode(request.finalize())] {
        mac.update(piece.as_bytes());
    }
    hex::encode(mac.finalize().into_bytes())
}

/// The signature of a call to Alibaba over these headers.
pub fn acs3<'h>(
    key: &Hmac<Sha256>,
    query: &str,
    headers: impl Iterator<Item = (&'h str, &'h str)>,
    signed: &str,
    body: &[u8],
) -> String {
    let mut request = Sha256::new();
    for piece in ["POST\n/\n", query, "\n"] {
        request.update(piece);
    }
    for (name, value) in headers {
        for piece in [name, ":", value, "\n"] {
            request.update(piece);
        }
    }
    for piece in ["\n", signed, "\n", &hex::encode(Sha256::digest(body))] {
        request.update(piece);
    }
    let mac = key.clone().chain_update("ACS3-HMAC-SHA256\n").chain_update(hex::encode(request.finalize()));
    hex::encode(mac.finalize().into_bytes())
}

/// The older signature of Alibaba over sorted pairs.
pub fn rpc(pairs: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(512);
    let mut joint = "";
    for (name, value) in pairs {
        let (name, value) = (utf8_percent_encode(name, RESERVED), utf8_percent_encode(value, RESERVED));
        write!(text, "{joint}{name}={value}").expect("a text takes any text");
        joint = "&";
    }
    let key = format!("{ALIBABA_SECRET}&");
    let mut mac = Hmac::<Sha1>::new_from_slice(key.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(b"POST&%2F&");
    for piece in utf8_percent_encode(&text, RESERVED) {
        mac.update(piece.as_bytes());
    }
    STANDARD.encode(mac.finalize().into_bytes())
}

/// Makes requests to one server.
pub struct Signer {
    host: String,
    time: i64,
    iso: String,
    scope: String,
    tencent_key: String,
    day: Hmac<Sha256>,
    key: Hmac<Sha256>,
    nonce: u64,
}

impl Signer {
    pub fn new(host: &str) -> Self {
        Self::keyed(host, TENCENT_KEY, TENCENT_SECRET)
    }

    /// The same with another key for Tencent.
    pub fn keyed(host: &str, id: &str, secret: &str) -> Self {
        let now = jiff::Timestamp::now();
        let date = now.strftime("%Y-%m-%d").to_string();
        Self {
            host: host.to_owned(),
            time: now.as_second(),
            iso: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            scope: format!("{date}/bi/tc3_request"),
            tencent_key: id.to_owned(),
            day: day_key(secret, &date),
            key: keyed(ALIBABA_SECRET.as_bytes()),
            nonce: 0,
        }
    }

    /// The next request of this kind; `ticket` is for a visit.
    pub fn next(&mut self, work: Work, ticket: &str) -> Vec<u8> {
        self.nonce += 1;
        match work {
            Work::Tc3 => self.of_tencent(),
            Work::Acs3 => self.of_alibaba(),
            Work::Rpc => self.older(),
            Work::Visit => format!(
                "GET /token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket} HTTP/1.1\r\nHost: {}\r\n\r\n",
                self.host
            ),
        }
        .into_bytes()
    }

    fn of_tencent(&self) -> String {
        let (time, host, scope, key) = (self.time.to_string(), &self.host, &self.scope, &self.tencent_key);
        let signature = tc3(&self.day, JSON, host, BODY.as_bytes(), &time, scope);
        format!(
            "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: {JSON}\r\nContent-Length: {}\r\nX-TC-Action: CreateEmbedToken\r\n\
             X-TC-Version: 2022-01-05\r\nX-TC-Timestamp: {time}\r\nX-TC-Region: ap-guangzhou\r\nAuthorization: TC3-HMAC-SHA256 \
             Credential={key}/{scope}, SignedHeaders=content-type;host, Signature={signature}\r\n\r\n{BODY}",
            BODY.len()
        )
    }

    fn of_alibaba(&self) -> String {
        let (query, empty) = (format!("WorksId={WORK}"), hex::encode(Sha256::digest(b"")));
        let nonce = format!("{:016x}{:016x}", self.time, self.nonce);
        let headers = [
            ("host", self.host.as_str()),
            ("x-acs-action", "CreateTicket"),
            ("x-acs-content-sha256", &empty),
            ("x-acs-date", &self.iso),
            ("x-acs-signature-nonce", &nonce),
            ("x-acs-version", "2022-01-01"),
        ];
        let signed = headers.map(|(name, _)| name).join(";");
        let signature = acs3(&self.key, &query, headers.iter().copied(), &signed, b"");
        let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        format!(
            "POST /?{query} HTTP/1.1\r\n{lines}accept: application/json\r\nContent-Length: 0\r\nAuthorization: \
             ACS3-HMAC-SHA256 Credential={ALIBABA_KEY},SignedHeaders={signed},Signature={signature}\r\n\r\n"
        )
    }

    fn older(&self) -> String {
        let nonce = format!("{}{:08}", self.time, self.nonce);
        let mut pairs = [
            ("AccessKeyId", ALIBABA_KEY),
            ("Action", "CreateTicket"),
            ("Format", "JSON"),
            ("SignatureMethod", "HMAC-SHA1"),
            ("SignatureNonce", &nonce),
            ("SignatureVersion", "1.0"),
            ("Timestamp", &self.iso),
            ("Version", "2022-01-01"),
            ("WorksId", WORK),
        ];
        pairs.sort_unstable();
        let signature = rpc(&pairs);
        let query: Vec<String> = pairs
            .iter()
            .chain([&("Signature", signature.as_str())])
            .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, RESERVED)))
            .collect();
        format!("POST /?{} HTTP/1.1\r\nHost: {}\r\nContent-Length: 0\r\n\r\n", query.join("&"), self.host)
    }
}
