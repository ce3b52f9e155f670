//! The four signing recipes once more, in a shape of their own: what the tests sign with owes nothing
//! to the code that verifies.

pub mod slip;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use ticketbooth::call::RawRequest;

use crate::kit::raw;

pub const TENCENT_KEY: &str = "AKIDlocaltest0000000000000000000000";
pub const TENCENT_SECRET: &str = "localtestsecret00000000000000000";
pub const OTHER_TENCENT_SECRET: &str = "anotherTencentSecret000000000000";
pub const ALIBABA_KEY: &str = "LTAIlocaltest000000000000";
pub const ALIBABA_SECRET: &str = "localtestsecret000000000000000";
pub const OTHER_ALIBABA_SECRET: &str = "anotherAlibabaSecret0000000000";

pub const LOOPBACK: &str = "127.0.0.1:4240";

const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

fn sha256(text: impl AsRef<[u8]>) -> String {
    hex::encode(Sha256::digest(text.as_ref()))
}

fn hmac256(key: impl AsRef<[u8]>, text: impl AsRef<[u8]>) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_ref()).unwrap();
    mac.update(text.as_ref());
    mac.finalize().into_bytes().to_vec()
}

fn hmac1(key: impl AsRef<[u8]>, text: impl AsRef<[u8]>) -> Vec<u8> {
    let mut mac = Hmac::<Sha1>::new_from_slice(key.as_ref()).unwrap();
    mac.update(text.as_ref());
    mac.finalize().into_bytes().to_vec()
}

fn utc(unix: i64, form: &str) -> String {
    jiff::Timestamp::from_second(unix).unwrap().strftime(form).to_string()
}

fn joined(pairs: &[(String, String)]) -> String {
    pairs.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect::<Vec<_>>().join("&")
}

/// A Tencent call in the newer form.
#[derive(Clone, Debug)]
pub struct Tc3 {
    pub key: &'static str,
    pub secret: &'static str,
    pub unix: i64,
    pub host: &'static str,
    pub service: &'static str,
    /// The date of the scope; `None`: the day of `unix`.
    pub date: Option<&'static str>,
    pub terminator: &'static str,
    pub content_type: &'static str,
    pub version: &'static str,
    /// The signed headers.
    pub signed: &'static str,
    pub lower_case_values: bool,
    /// More headers, none of them signed.
    pub more: Vec<(&'static str, &'static str)>,
}

impl Tc3 {
    pub fn at(unix: i64) -> Self {
        Self {
            key: TENCENT_KEY,
            secret: TENCENT_SECRET,
            unix,
            host: LOOPBACK,
            service: "bi",
            date: None,
            terminator: "tc3_request",
            content_type: "application/json",
            version: "2022-01-05",
            signed: "content-type;host",
            lower_case_values: true,
            more: Vec::new(),
        }
    }

    pub fn post(&self, action: &str, body: &str) -> RawRequest {
        self.request("POST", "/", action, body.as_bytes())
    }

    pub fn get(&self, action: &str, query: &str) -> RawRequest {
        self.request("GET", &format!("/?{query}"), action, b"")
    }

    pub fn request(&self, method: &str, target: &str, action: &str, body: &[u8]) -> RawRequest {
        let value = |name: &str| match name {
            "content-type" => self.content_type,
            "host" => self.host,
            _ => "",
        };
        let cased = |text: &str| if self.lower_case_values { text.to_lowercase() } else { text.to_owned() };
        let lines: String = self.signed.split(';').map(|name| format!("{name}:{}\n", cased(value(name)))).collect();
        let unsigned = self.more.contains(&("x-tc-content-sha256", "UNSIGNED-PAYLOAD"));
        let hashed = if unsigned { sha256("UNSIGNED-PAYLOAD") } else { sha256(body) };
        let query = target.split_once('?').map_or("", |(_, query)| query);
        let canonical = format!("{method}\n/\n{query}\n{lines}\n{}\n{hashed}", self.signed);
        let day = self.date.map_or_else(|| utc(self.unix, "%Y-%m-%d"), str::to_owned);
        let scope = format!("{day}/{}/{}", self.service, self.terminator);
        let string_to_sign = format!("TC3-HMAC-SHA256\n{}\n{scope}\n{}", self.unix, sha256(canonical));
        let of_day = hmac256(format!("TC3{}", self.secret), &day);
        let signing_key = hmac256(hmac256(of_day, self.service), self.terminator);
        let signature = hex::encode(hmac256(signing_key, &string_to_sign));
        let authorization = format!(
            "TC3-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={}, Signature={signature}",
            self.key, self.signed
        );
        let unix = self.unix.to_string();
        let mut headers = vec![
            ("host", self.host),
            ("content-type", self.content_type),
            ("authorization", &authorization),
            ("x-tc-action", action),
            ("x-tc-version", self.version),
            ("x-tc-timestamp", &unix),
        ];
        headers.extend(&self.more);
        raw(method, target, &headers, body)
    }
}

/// A Tencent call in the older form.
#[derive(Clone, Debug)]
pub struct V1 {
    pub secret: &'static str,
    pub host: &'static str,
    pub fields: Vec<(String, String)>,
}

impl V1 {
    pub fn at(unix: i64) -> Self {
        let empty = Self { secret: TENCENT_SECRET, host: LOOPBACK, fields: Vec::new() };
        empty
            .with("Version", "2022-01-05")
            .with("Timestamp", &unix.to_string())
            .with("Nonce", "11886")
            .with("SecretId", TENCENT_KEY)
    }

    /// The same call with this field, in place of the one of this name.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn get(self, action: &str) -> RawRequest {
        let host = self.host;
        let query = self.with("Action", action).signed("GET");
        raw("GET", &format!("/?{query}"), &[("host", host)], b"")
    }

    pub fn post(self, action: &str) -> RawRequest {
        let headers = [("host", self.host), ("content-type", "application/x-www-form-urlencoded")];
        let form = self.with("Action", action).signed("POST");
        raw("POST", "/", &headers, form.as_bytes())
    }

    fn signed(mut self, method: &str) -> String {
        let mut sorted = self.fields.clone();
        sorted.sort();
        let pieces: Vec<String> = sorted.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let text = format!("{method}{}/?{}", self.host, pieces.join("&"));
        let longer = self.fields.iter().any(|(name, value)| name == "SignatureMethod" && value == "HmacSHA256");
        let digest = if longer { hmac256(self.secret, &text) } else { hmac1(self.secret, &text) };
        self.fields.push(("Signature".to_owned(), STANDARD.encode(digest)));
        joined(&self.fields)
    }
}

/// An Alibaba call in the newer form.
#[derive(Clone, Debug)]
pub struct Acs3 {
    pub key: &'static str,
    pub secret: &'static str,
    pub unix: i64,
    pub host: &'static str,
    pub version: &'static str,
    pub nonce: Option<&'static str>,
    /// More headers, all of them signed.
    pub more: Vec<(&'static str, &'static str)>,
}

impl Acs3 {
    pub fn at(unix: i64) -> Self {
        Self {
            key: ALIBABA_KEY,
            secret: ALIBABA_SECRET,
            unix,
            host: LOOPBACK,
            version: "2022-01-01",
            nonce: Some("1"),
            more: Vec::new(),
        }
    }

    pub fn post(&self, action: &str, params: &[(&str, &str)]) -> RawRequest {
        let mut pairs: Vec<(String, String)> =
            params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        pairs.sort();
        let query = joined(&pairs);
        let (date, hashed) = (utc(self.unix, "%Y-%m-%dT%H:%M:%SZ"), sha256(""));
        let mut headers = vec![
            ("host", self.host),
            ("x-acs-action", action),
            ("x-acs-content-sha256", &hashed),
            ("x-acs-date", &date),
            ("x-acs-version", self.version),
        ];
        headers.extend(self.nonce.map(|nonce| ("x-acs-signature-nonce", nonce)));
        headers.extend(&self.more);
        headers.sort_unstable();
        let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let names = headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
        let canonical = format!("POST\n/\n{query}\n{lines}\n{names}\n{hashed}");
        let string_to_sign = format!("ACS3-HMAC-SHA256\n{}", sha256(canonical));
        let signature = hex::encode(hmac256(self.secret, &string_to_sign));
        let authorization =
            format!("ACS3-HMAC-SHA256 Credential={},SignedHeaders={names},Signature={signature}", self.key);
        headers.push(("authorization", &authorization));
        raw("POST", &format!("/?{query}"), &headers, b"")
    }
}

/// An Alibaba call in the older form.
#[derive(Clone, Debug)]
pub struct Rpc {
    pub secret: &'static str,
    pub host: &'static str,
    pub fields: Vec<(String, String)>,
}

impl Rpc {
    pub fn at(unix: i64) -> Self {
        let empty = Self { secret: ALIBABA_SECRET, host: LOOPBACK, fields: Vec::new() };
        empty
            .with("Format", "JSON")
            .with("Version", "2022-01-01")
            .with("AccessKeyId", ALIBABA_KEY)
            .with("SignatureMethod", "HMAC-SHA1")
            .with("SignatureVersion", "1.0")
            .with("SignatureNonce", "1")
            .with("Timestamp", &utc(unix, "%Y-%m-%dT%H:%M:%SZ"))
    }

    /// The same call with this field, in place of the one of this name.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self
    }

    pub fn get(self, action: &str) -> RawRequest {
        let host = self.host;
        let query = self.with("Action", action).signed("GET");
        raw("GET", &format!("/?{query}"), &[("host", host)], b"")
    }

    pub fn post(self, action: &str) -> RawRequest {
        let headers = [("host", self.host), ("content-type", "application/x-www-form-urlencoded")];
        let form = self.with("Action", action).signed("POST");
        raw("POST", "/", &headers, form.as_bytes())
    }

    fn signed(mut self, method: &str) -> String {
        let mut sorted = self.fields.clone();
        sorted.sort();
        let string_to_sign = format!("{method}&%2F&{}", escaped(&joined(&sorted)));
        let digest = hmac1(format!("{}&", self.secret), &string_to_sign);
        self.fields.push(("Signature".to_owned(), STANDARD.encode(digest)));
        joined(&self.fields)
    }
}
