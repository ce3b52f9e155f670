//! Masking: the secrets of an entry wherever they are, and proofs at their places.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use serde_with::skip_serializing_none;

use crate::call::{Call, ParamValue, Text};
use crate::cloud::{Vendor, vendor_named};
use crate::journal::{CallKind, CallRecord, Entry};
use crate::redact::{COVER, Redactor};
use crate::sign::decode_pairs;

#[derive(Debug, Serialize, JsonSchema)]
pub struct HeaderView {
    pub(super) name: String,
    pub(super) value: String,
}

/// A body: either `text` or `base64`.
#[skip_serializing_none]
#[derive(Debug, Serialize, JsonSchema)]
pub struct BodyView {
    /// Before anything was covered.
    pub(super) bytes: usize,
    pub(super) text: Option<String>,
    pub(super) base64: Option<String>,
    pub(super) note: Option<&'static str>,
}

/// The redactor for the secrets of an entry: those of `base`, those of its world, the session token that the client
/// claimed, and the values of veiled parameters, such as the password of a database.
pub fn entry_redactor(entry: &Entry, base: &Redactor) -> Redactor {
    let redactor = base.clone().with_world(&entry.told.world);
    let Some((vendor, call)) = read_call(&entry.told) else { return redactor };
    let redactor = redactor.and_sent(call.claim.session_token.as_deref().unwrap_or(""));
    let veiled = call.params.pairs.iter().filter(|(name, _)| is_listed(vendor.requests.veiled, name));
    veiled.fold(redactor, |redactor, (_, value)| match value {
        ParamValue::Text(text) => redactor.and_sent(text),
        ParamValue::Json(value) => redactor.and_sent(value.as_str().unwrap_or("")),
    })
}

pub(super) fn read_claim(told: &CallRecord) -> Option<crate::call::Claim> {
    read_call(told).map(|(_, call)| call.claim)
}

fn read_call(told: &CallRecord) -> Option<(&'static Vendor, Call)> {
    let vendor = vendor_named(told.vendor).filter(|_| told.kind == CallKind::Call)?;
    Some((vendor, (vendor.requests.read)(&told.raw)))
}

fn is_listed(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Covers secrets wherever they are, and proofs at their places.
pub(super) struct Masker {
    pub redactor: Redactor,
    /// Names of headers and parameters whose values are covered whatever they are.
    names: &'static [&'static str],
}

impl Masker {
    pub fn new(entry: &Entry, redactor: Redactor) -> Self {
        let told = &entry.told;
        let Some(claim) = read_claim(told) else { return Self { redactor, names: &[] } };
        let signature = claim.signature.as_deref().unwrap_or("");
        let redactor = redactor.and_sent(signature);
        Self { redactor, names: vendor_named(told.vendor).map_or(&[], |vendor| vendor.requests.veiled) }
    }

    fn is_veiled(&self, name: &str) -> bool {
        let lower = name.to_ascii_lowercase();
        // Whoever invented it; the id of a key is none.
        let says_so = ["secret", "password", "cookie", "api-key", "apikey"].iter().any(|word| lower.contains(word));
        is_listed(self.names, name) || (says_so && lower != "secretid")
    }

    pub fn mask_value(&self, name: &str, value: &ParamValue) -> ParamValue {
        match value {
            _ if self.is_veiled(name) => ParamValue::Text(Text::from_static(COVER)),
            ParamValue::Text(text) => ParamValue::Text(self.redactor.redact_text(text).into()),
            ParamValue::Json(value) => {
                // A cover has no sign in it that JSON would have to escape.
                let text = self.redactor.redact_text(&value.to_string());
                ParamValue::Json(serde_json::from_str(&text).unwrap_or(Value::String(text)))
            }
        }
    }

    pub fn mask_header(&self, name: &str, value: &str) -> HeaderView {
        let value = match name {
            _ if self.is_veiled(name) => COVER.to_owned(),
            "authorization" => self.redactor.redact_text(&without_proof(value)),
            _ => self.redactor.redact_text(value),
        };
        HeaderView { name: self.redactor.redact_text(name), value }
    }

    pub fn mask_target(&self, target: &str) -> String {
        let covered = target.split_once('?').map(|(path, query)| format!("{path}?{}", self.mask_pairs(query)));
        self.redactor.redact_text(covered.as_deref().unwrap_or(target))
    }

    /// A query or form, with the values of veiled names covered.
    fn mask_pairs(&self, text: &str) -> String {
        let piece = |piece: &str| {
            let name = decode_pairs(piece.as_bytes()).into_iter().next().map(|(name, _)| name);
            match (name.filter(|name| self.is_veiled(name)), piece.split_once('=')) {
                (Some(_), Some((name, _))) => format!("{name}={COVER}"),
                _ => piece.to_owned(),
            }
        };
        text.split('&').map(piece).collect::<Vec<_>>().join("&")
    }

    pub fn mask_body(&self, body: &[u8], media_type: &str) -> BodyView {
        let empty = BodyView { bytes: body.len(), text: None, base64: None, note: None };
        match std::str::from_utf8(body) {
            Ok(text) if media_type == "application/x-www-form-urlencoded" => {
                BodyView { text: Some(self.redactor.redact_text(&self.mask_pairs(text))), ..empty }
            }
            Ok(text) => BodyView { text: Some(self.redactor.redact_text(text)), ..empty },
            Err(_) => BodyView {
                base64: Some(STANDARD.encode(self.redactor.redact_bytes(body))),
                note: Some("the body is not text; Base64 of its bytes"),
                ..empty
            },
        }
    }
}

/// The header without the proof in it: the signature of a vendor's scheme, or all behind the word of another one.
fn without_proof(value: &str) -> String {
    const NAME: &str = "signature=";
    let lower = value.to_ascii_lowercase();
    let Some(from) = lower.find(NAME).map(|at| at + NAME.len()) else {
        // Without a signature in it, that of a vendor's scheme proves nothing.
        return match value.split_once(' ') {
            Some((scheme, _)) if !scheme.contains("-HMAC-") => format!("{scheme} {COVER}"),
            _ => value.to_owned(),
        };
    };
    let length = value[from..].find([',', ' ', ';']).unwrap_or(value.len() - from);
    format!("{}{COVER}{}", &value[..from], &value[from + length..])
}
