//! An entry of the journal as it may be shown: request and answer without secrets and signatures.

use schemars::JsonSchema;
use serde::Serialize;

use super::evidence::{ArrivalView, DeliveryView, SignedView};
use super::example::made_of;
use super::mask::{BodyView, HeaderView, Masker, entry_redactor, read_claim};
use super::steps::{Explanation, explain_masked, refusal_class};
use crate::call::Params;
use crate::domain::format_rfc3339;
use crate::journal::Entry;
use crate::redact::{COVER, Redactor};
use crate::sign::decode_base64;

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
    /// `success`, `refused`, `scripted` (answered by a rule's `respond`) or `lost` (by a rule).
    outcome: &'static str,
    /// The vendor's code; `null` where nothing was refused.
    code: Option<String>,
    /// The class of the code: `fleeting`, `auth`, `clock`, `nonce`, `request` or `state`.
    class: Option<&'static str>,
    /// `example`: the answer is the example of the vendor's documents, and tells nothing of the world.
    #[serde(skip_serializing_if = "Option::is_none")]
    made_up: Option<String>,
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

impl Summary {
    /// The entry as a line of a list.
    pub fn from_entry(entry: &Entry, base: &Redactor) -> Self {
        Self::with_mask(entry, &Masker::new(entry, entry_redactor(entry, base)))
    }

    fn with_mask(entry: &Entry, veil: &Masker) -> Self {
        let told = &entry.told;
        let text = |text: &str| veil.redactor.redact_text(text);
        Self {
            kind: "call",
            sandbox: told.sandbox.to_string(),
            request_id: told.request_id.to_string(),
            serial: entry.serial,
            at: format_rfc3339(told.at),
            vendor: told.vendor,
            action: text(&told.action),
            version: told.version.as_deref().map(text),
            http_status: told.reply.status,
            outcome: told.outcome.name(),
            code: told.outcome.code().map(text),
            class: refusal_class(told),
            made_up: made_of(told),
            rule: told.rule.as_deref().map(str::to_owned),
            client: told.raw.client.to_string(),
            visitor: told.visitor.as_deref().map(text),
            duration_us: told.duration_us,
            method: text(&told.raw.method),
            target: veil.mask_target(&told.raw.target),
        }
    }
}

impl EntryView {
    /// The whole entry.
    pub fn from_entry(entry: &Entry, base: &Redactor) -> Self {
        let redactor = entry_redactor(entry, base);
        let explanation = explain_masked(entry, &redactor);
        let veil = Masker::new(entry, redactor);
        let (told, raw, reply) = (&entry.told, &entry.told.raw, &entry.told.reply);
        let request = RequestView {
            method: veil.redactor.redact_text(&raw.method),
            target: veil.mask_target(&raw.target),
            headers: raw.headers.iter().map(|(name, value)| veil.mask_header(name, value)).collect(),
            body: veil.mask_body(&raw.body, &raw.media_type()),
        };
        let answer = AnswerView {
            status: reply.status,
            headers: reply.headers.iter().map(|(name, value)| veil.mask_header(name, value)).collect(),
            body: veil.mask_body(&reply.body, reply.header("content-type").unwrap_or("")),
        };
        Self {
            summary: Summary::with_mask(entry, &veil),
            arrival: ArrivalView::from_record(told),
            signed: read_claim(told).map(|claim| SignedView::from_claim(told, &claim, &veil.redactor)),
            delivery: DeliveryView::from_record(told),
            covered: masked_places(&request, &answer),
            request,
            answer,
            explanation,
        }
    }
}

/// The parameters of a call, or of a visitor's link, without secrets and proofs.
pub fn mask_params(entry: &Entry, base: &Redactor) -> Params {
    let veil = Masker::new(entry, entry_redactor(entry, base));
    let pairs = entry
        .told
        .params
        .pairs
        .iter()
        .map(|(name, value)| (veil.redactor.redact_text(name).into(), veil.mask_value(name, value)));
    Params { pairs: pairs.collect() }
}

/// The places that have a cover in them.
fn masked_places(request: &RequestView, answer: &AnswerView) -> Vec<String> {
    let is_covered = |text: &str| text.contains(COVER);
    let of_headers = |side: &str, headers: &[HeaderView]| -> Vec<String> {
        let lines = headers.iter().filter(|line| is_covered(&line.name) || is_covered(&line.value));
        lines.map(|line| format!("{side}.headers.{}", line.name)).collect()
    };
    let of_body = |side: &str, body: &BodyView| {
        let bytes = body.base64.as_deref().and_then(decode_base64).unwrap_or_default();
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
