//! An entry of the journal as it may be shown: request and answer without secrets and signatures.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use serde_with::skip_serializing_none;

use super::evidence::{ArrivalView, DeliveryView, SignedView};
use super::steps::{Explanation, class};
use crate::call::{ParamValue, Params, Text};
use crate::domain::rfc3339;
use crate::journal::{Entry, Kind, Told};
use crate::redact::{COVER, Redactor};
use crate::sign::decode_pairs;
use crate::vendor::named;

/// A call in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Summary {
    /// `call`, also for the visit of a page.
    kind: &'static str,
    sandbox: String,
    request_id: String,
    /// Its number in the journal, from 1.
    serial: u64,
    /// The world clock when the call came: RFC 3339, in UTC.
    at: String,
    vendor: &'static str,
    /// `visit` for an embed page, `look` for one that takes no use, `data` for what an open page fetches.
    action: String,
    version: Option<String>,
    http_status: u16,
    /// `success`, `refused`, `scripted` (answered by a rule) or `lost` (by a rule).
    outcome: &'static str,
    /// The vendor's code; `null` where nothing was refused.
    code: Option<String>,
    /// What the code is about: `fleeting`, `auth`, `clock`, `nonce`, `request` or `state`.
    class: Option<&'static str>,
    /// The rule that shaped the answer.
    rule: Option<String>,
    /// The address of the client.
    client: String,
    /// Whose browser it was, of a visit: what `x-ticketbooth-viewer` said, else a cookie of our pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    visitor: Option<String>,
    duration_us: u64,
    method: String,
    /// Path and query as sent.
    target: String,
}

/// One call with everything that is known of it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EntryView {
    #[serde(flatten)]
    summary: Summary,
    arrival: ArrivalView,
    /// `null` for a page.
    signed: Option<SignedView>,
    delivery: DeliveryView,
    /// Where something was covered: `request.headers.authorization`, `answer.body`.
    covered: Vec<String>,
    request: RequestView,
    answer: AnswerView,
    explanation: Explanation,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct RequestView {
    method: String,
    target: String,
    headers: Vec<HeaderView>,
    body: BodyView,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct AnswerView {
    status: u16,
    headers: Vec<HeaderView>,
    body: BodyView,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct HeaderView {
    name: String,
    value: String,
}

/// A body: either `text` or `base64`.
#[skip_serializing_none]
#[derive(Debug, Serialize, JsonSchema)]
pub struct BodyView {
    /// Before anything was covered.
    bytes: usize,
    text: Option<String>,
    base64: Option<String>,
    note: Option<&'static str>,
}

/// What covers the secrets of an entry: those of its world, the admin token, and the session token
/// that the client claimed.
pub fn redactor(entry: &Entry, admin_token: Option<&str>) -> Redactor {
    let redactor = Redactor::of_world(&entry.told.world).and(admin_token);
    match claim(&entry.told) {
        Some(claim) => redactor.and_sent(claim.session_token.as_deref().unwrap_or("")),
        None => redactor,
    }
}

fn claim(told: &Told) -> Option<crate::call::Claim> {
    let vendor = named(told.vendor).filter(|_| told.kind == Kind::Call)?;
    Some((vendor.read)(&told.raw).claim)
}

impl Summary {
    /// The entry as a line of a list.
    pub fn of(entry: &Entry, admin_token: Option<&str>) -> Self {
        Self::covered(entry, &Veil::new(entry, redactor(entry, admin_token)))
    }

    fn covered(entry: &Entry, veil: &Veil) -> Self {
        let told = &entry.told;
        let text = |text: &str| veil.redactor.text(text);
        Self {
            kind: "call",
            sandbox: told.sandbox.to_string(),
            request_id: told.request_id.to_string(),
            serial: entry.serial,
            at: rfc3339(told.at),
            vendor: told.vendor,
            action: text(&told.action),
            version: told.version.as_deref().map(text),
            http_status: told.reply.status,
            outcome: told.outcome.name(),
            code: told.outcome.code().map(text),
            class: class(told),
            rule: told.rule.as_deref().map(str::to_owned),
            client: told.raw.client.to_string(),
            visitor: told.visitor.as_deref().map(text),
            duration_us: told.duration_us,
            method: text(&told.raw.method),
            target: veil.target(&told.raw.target),
        }
    }
}

impl EntryView {
    /// The whole entry.
    pub fn of(entry: &Entry, explanation: Explanation, admin_token: Option<&str>) -> Self {
        let veil = Veil::new(entry, redactor(entry, admin_token));
        let (told, raw, reply) = (&entry.told, &entry.told.raw, &entry.told.reply);
        let request = RequestView {
            method: veil.redactor.text(&raw.method),
            target: veil.target(&raw.target),
            headers: raw.headers.iter().map(|(name, value)| veil.header(name, value)).collect(),
            body: veil.body(&raw.body, &raw.media_type()),
        };
        let answer = AnswerView {
            status: reply.status,
            headers: reply.headers.iter().map(|(name, value)| veil.header(name, value)).collect(),
            body: veil.body(&reply.body, reply.header("content-type").unwrap_or("")),
        };
        Self {
            summary: Summary::covered(entry, &veil),
            arrival: ArrivalView::of(told),
            signed: claim(told).map(|claim| SignedView::of(told, &claim, &veil.redactor)),
            delivery: DeliveryView::of(told),
            covered: covered(&request, &answer),
            request,
            answer,
            explanation,
        }
    }
}

/// The parameters of a call, or of a visitor's link, without secrets and proofs.
pub fn veiled_params(entry: &Entry, admin_token: Option<&str>) -> Params {
    let veil = Veil::new(entry, redactor(entry, admin_token));
    let pairs =
        entry.told.params.pairs.iter().map(|(name, value)| (veil.redactor.text(name).into(), veil.value(name, value)));
    Params { pairs: pairs.collect() }
}

/// The places that have a cover in them.
fn covered(request: &RequestView, answer: &AnswerView) -> Vec<String> {
    let is_covered = |text: &str| text.contains(COVER);
    let of_headers = |side: &str, headers: &[HeaderView]| -> Vec<String> {
        let lines = headers.iter().filter(|line| is_covered(&line.name) || is_covered(&line.value));
        lines.map(|line| format!("{side}.headers.{}", line.name)).collect()
    };
    let of_body = |side: &str, body: &BodyView| {
        let bytes = body.base64.as_deref().and_then(|text| STANDARD.decode(text).ok()).unwrap_or_default();
        let is_covered = body.text.as_deref().is_some_and(is_covered)
            || bytes.windows(COVER.len()).any(|piece| piece == COVER.as_bytes());
        is_covered.then(|| format!("{side}.body"))
    };
    let mut places = Vec::new();
    places.extend(is_covered(&request.method).then(|| "request.method".to_owned()));
    places.extend(is_covered(&request.target).then(|| "request.target".to_owned()));
    places.extend(of_headers("request", &request.headers));
    places.extend(of_body("request", &request.body));
    places.extend(of_headers("answer", &answer.headers));
    places.extend(of_body("answer", &answer.body));
    places
}

/// Covers secrets wherever they are, and proofs at their places.
struct Veil {
    redactor: Redactor,
    /// Names of headers and parameters whose values are covered whatever they are.
    names: &'static [&'static str],
}

impl Veil {
    fn new(entry: &Entry, redactor: Redactor) -> Self {
        let told = &entry.told;
        let Some(claim) = claim(told) else { return Self { redactor, names: &[] } };
        let signature = claim.signature.as_deref().unwrap_or("");
        let redactor = redactor.and_sent(signature);
        Self { redactor, names: named(told.vendor).map_or(&[], |vendor| vendor.veiled) }
    }

    fn is_veiled(&self, name: &str) -> bool {
        let lower = name.to_ascii_lowercase();
        // Whoever invented it; the id of a key is none.
        let says_so = ["secret", "password", "cookie", "api-key", "apikey"].iter().any(|word| lower.contains(word));
        self.names.contains(&&*lower) || (says_so && lower != "secretid")
    }

    fn value(&self, name: &str, value: &ParamValue) -> ParamValue {
        match value {
            _ if self.is_veiled(name) => ParamValue::Text(Text::from_static(COVER)),
            ParamValue::Text(text) => ParamValue::Text(self.redactor.text(text).into()),
            ParamValue::Json(value) => {
                // A cover has no sign in it that JSON would have to escape.
                let text = self.redactor.text(&value.to_string());
                ParamValue::Json(serde_json::from_str(&text).unwrap_or(Value::String(text)))
            }
        }
    }

    fn header(&self, name: &str, value: &str) -> HeaderView {
        let value = match name {
            _ if self.is_veiled(name) => COVER.to_owned(),
            "authorization" => self.redactor.text(&without_proof(value)),
            _ => self.redactor.text(value),
        };
        HeaderView { name: self.redactor.text(name), value }
    }

    fn target(&self, target: &str) -> String {
        let covered = target.split_once('?').map(|(path, query)| format!("{path}?{}", self.pairs(query)));
        self.redactor.text(covered.as_deref().unwrap_or(target))
    }

    /// A query or form, with the values of veiled names covered.
    fn pairs(&self, text: &str) -> String {
        let piece = |piece: &str| {
            let name = decode_pairs(piece.as_bytes()).into_iter().next().map(|(name, _)| name);
            match (name.filter(|name| self.is_veiled(name)), piece.split_once('=')) {
                (Some(_), Some((name, _))) => format!("{name}={COVER}"),
                _ => piece.to_owned(),
            }
        };
        text.split('&').map(piece).collect::<Vec<_>>().join("&")
    }

    fn body(&self, body: &[u8], media_type: &str) -> BodyView {
        let empty = BodyView { bytes: body.len(), text: None, base64: None, note: None };
        match std::str::from_utf8(body) {
            Ok(text) if media_type == "application/x-www-form-urlencoded" => {
                BodyView { text: Some(self.redactor.text(&self.pairs(text))), ..empty }
            }
            Ok(text) => BodyView { text: Some(self.redactor.text(text)), ..empty },
            Err(_) => BodyView {
                base64: Some(STANDARD.encode(self.redactor.bytes(body))),
                note: Some("the body is no text; Base64 of its bytes"),
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
