//! Reading a request into a call: where the common parameters are and what the body holds.
//!
//! With an `Authorization` header, or with any `X-TC-…` header of the newer form, the common
//! parameters are headers; without, they are form fields or query parameters.

use crate::sign::any_pair;
use bytes::Bytes;
use futures_util::FutureExt as _;
use multer::Multipart;

use super::assumptions::{ACTION_CASE, ActionCaseChoice, BLANKS_BEHIND_SIGNATURE, BlanksBehindSignatureChoice};
use super::known::KNOWN;
use crate::call::{Call, Claim, Language, ParamValue, Params, RawRequest, Text};
use crate::domain::{Assumptions, Refusal};
use crate::text::pieces;

/// The media type of the SDKs' calls of raw bytes.
pub const OCTET_STREAM: &str = "application/octet-stream";

/// Any of these says that the common parameters are headers.
const NEWER_HEADERS: &[&str] = &["x-tc-action", "x-tc-version", "x-tc-timestamp"];

pub fn read_call(raw: &RawRequest) -> Call {
    let newer = raw.header("authorization").is_some() || NEWER_HEADERS.iter().any(|name| raw.header(name).is_some());
    if newer { by_headers(raw) } else { by_fields(raw) }
}

/// Takes an action written in another case for the one it means, and a signature without the white space behind it,
/// where that is how the world has it.
///
/// What is signed is not touched: the signature is computed over what was sent.
pub fn apply_assumptions(call: &mut Call, assumptions: &Assumptions) {
    if let Some(cut) = signature_without_blanks(call)
        && assumptions.holds(&BLANKS_BEHIND_SIGNATURE, BlanksBehindSignatureChoice::Ignore)
    {
        call.claim.signature = Some(cut);
    }
    let Some(said) = call.action.as_deref() else { return };
    if assumptions.holds(&ACTION_CASE, ActionCaseChoice::Ignore) {
        let meant = KNOWN.iter().find(|known| known.name.eq_ignore_ascii_case(said));
        if let Some(known) = meant {
            call.action = Some(Text::from_static(known.name));
        }
    }
}

/// The signature of the older form, where white space stands behind it.
fn signature_without_blanks(call: &Call) -> Option<Text> {
    let sent = call.claim.signature.as_ref().filter(|_| call.claim.scheme != super::TC3)?;
    let cut = sent.trim_ascii_end();
    (cut.len() < sent.len()).then(|| sent.slice_ref(cut))
}

/// Whether query or form carry a parameter that only this vendor's older form has.
pub fn has_mark_in_pairs(raw: &RawRequest) -> bool {
    let is_mark =
        |name: &str, value: &dyn Fn() -> String| name == "SecretId" || (name == "Version" && value() == super::VERSION);
    let marked = |text: &[u8]| any_pair(text, is_mark);
    let form = raw.media_type() == "application/x-www-form-urlencoded";
    marked(raw.query().as_bytes()) || (form && marked(&raw.body))
}

fn by_headers(raw: &RawRequest) -> Call {
    let header = |name: &str| raw.headers.shared_text(name);
    let mut claim = Claim {
        scheme: super::TC3,
        timestamp: header("x-tc-timestamp"),
        session_token: header("x-tc-token"),
        ..Claim::default()
    };
    if let Some(line) = header("authorization") {
        read_authorization(&line, &mut claim);
    }
    claim.unix = claim.timestamp.as_deref().and_then(|text| text.parse().ok());
    let (params, fault) = match body_params(raw) {
        Ok(params) => (params, None),
        Err(refusal) => (Params::default(), Some(refusal)),
    };
    Call {
        action: header("x-tc-action"),
        version: header("x-tc-version"),
        language: parse_language(raw.header("x-tc-language")),
        format: None,
        claim,
        params,
        fault,
    }
}

/// Takes the parts of `TC3-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`; parts that are
/// not there stay unset and are answered by the check of the header's form.
fn read_authorization(line: &Text, claim: &mut Claim) {
    let Some(parts) = line.trim().strip_prefix(super::TC3.name()) else { return };
    for part in pieces(Some(parts), b',') {
        match part.trim().split_once('=') {
            Some(("Credential", credential)) => {
                let (key, scope) =
                    credential.split_once('/').map_or((credential, None), |(key, rest)| (key, Some(rest)));
                claim.access_key = Some(line.slice_ref(key)).filter(|key| !key.is_empty());
                claim.scope = scope.map(|scope| line.slice_ref(scope));
            }
            Some(("SignedHeaders", names)) => claim.signed = Some(line.slice_ref(names)),
            Some(("Signature", signature)) => claim.signature = Some(line.slice_ref(signature)),
            _ => {}
        }
    }
}

fn body_params(raw: &RawRequest) -> Result<Params, Refusal> {
    if raw.method != "POST" {
        return text_params(&raw.query_bytes());
    }
    match &*raw.media_type() {
        "multipart/form-data" => multipart_params(raw),
        "application/json" | "" => Params::of_json(&raw.body).ok_or(Refusal::BodyMalformed {}),
        // Whether such a body is taken at all is judged when its signature is.
        OCTET_STREAM => Ok(Params::of_json(&raw.body).unwrap_or_default()),
        // The newer signature takes no forms.
        _ => Err(Refusal::BodyMalformed {}),
    }
}

fn text_params(text: &Bytes) -> Result<Params, Refusal> {
    let pieces = text.split(|byte| *byte == b'&').filter(|piece| !piece.is_empty());
    if pieces.clone().any(|piece| !piece.contains(&b'=')) {
        return Err(Refusal::PieceMalformed {});
    }
    Ok(Params::of_query(text))
}

/// The parts of a multipart body: text as text, parts marked as JSON as JSON.
///
/// The body is in memory, so the parser never has to wait and one poll drives it to its end.
fn multipart_params(raw: &RawRequest) -> Result<Params, Refusal> {
    let content_type = raw.header("content-type").unwrap_or("");
    let boundary = multer::parse_boundary(content_type).map_err(|_| Refusal::MultipartMalformed {})?;
    read_parts(raw.body.clone(), boundary)
        .now_or_never()
        .and_then(Result::ok)
        .map(|pairs| Params { pairs })
        .ok_or(Refusal::MultipartMalformed {})
}

async fn read_parts(body: Bytes, boundary: String) -> Result<Vec<(Text, ParamValue)>, multer::Error> {
    let stream = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(body)]);
    let mut multipart = Multipart::new(stream, boundary);
    let mut pairs = Vec::new();
    while let Some(field) = multipart.next_field().await? {
        let name = Text::from(field.name().unwrap_or(""));
        let is_json = field.content_type().is_some_and(|kind| kind.essence_str() == "application/json");
        let bytes = field.bytes().await?;
        let json = is_json.then(|| serde_json::from_slice(&bytes).ok()).flatten();
        let text = || ParamValue::Text(String::from_utf8_lossy(&bytes).into_owned().into());
        pairs.push((name, json.map_or_else(text, ParamValue::Json)));
    }
    Ok(pairs)
}

fn by_fields(raw: &RawRequest) -> Call {
    let form = raw.method == "POST";
    let text = if form { raw.body.clone() } else { raw.query_bytes() };
    let (params, fault) = match text_params(&text) {
        Ok(params) => (params, None),
        Err(refusal) => (Params::default(), Some(refusal)),
    };
    let field = |name: &str| params.shared_text(name);
    let scheme = match params.text("SignatureMethod") {
        // Only this exact text selects the longer digest; anything else is the old one.
        Some("HmacSHA256") => super::HMAC_SHA256,
        _ => super::HMAC_SHA1,
    };
    let claim = Claim {
        scheme,
        access_key: field("SecretId"),
        signature: field("Signature"),
        unix: params.text("Timestamp").and_then(|text| text.parse().ok()),
        timestamp: field("Timestamp"),
        nonce: field("Nonce"),
        session_token: field("Token"),
        ..Claim::default()
    };
    Call {
        action: field("Action"),
        version: field("Version"),
        language: parse_language(params.text("Language")),
        format: None,
        claim,
        params,
        fault,
    }
}

fn parse_language(text: Option<&str>) -> Language {
    match text {
        Some("zh-CN") => Language::Chinese,
        _ => Language::English,
    }
}
