//! The order in which the gateway checks a call: the first check that fails answers.
//!
//! The vendor documents only pieces of it (the time goes before the key, routing before
//! authentication); the rest is the most plausible order, kept in this one table.

use crate::text::to_lower;
use jiff::tz::Offset;

use super::assumptions::{
    AUTHORIZATION_CODE, AuthorizationCodeChoice, MULTIPART, MultipartChoice, NO_AUTHORIZATION, OCTET_STREAM_BODY,
    OctetStreamBodyChoice, REPLAY, ReplayChoice, SKIPPED_AUTHORIZATION, SkippedAuthorizationChoice,
    TencentNoAuthorizationChoice, UNSERVED_ACTION, UnservedActionChoice,
};
use super::read::OCTET_STREAM;
use super::{VERSION, actions, known};
use crate::call::{Params, Text};
use crate::cloud::host::host_name;
use crate::cloud::{Check, CheckInput};
use crate::domain::{Assumptions, Reason, Refusal};
use crate::trail::{Checked, Skip, Step};

pub static CHECKS: &[Check] = &[
    Check::Form { step: Step::HttpMethod, test: check_method },
    Check::Form { step: Step::RequestSize, test: check_size },
    Check::Form { step: Step::Syntax, test: check_syntax },
    Check::Form { step: Step::ActionPresent, test: check_present },
    Check::AuthForm { step: Step::AuthorizationPresent, test: authorization_present },
    Check::AuthForm { step: Step::CommonTypes, test: check_types },
    Check::Form { step: Step::ProductAndVersion, test: check_version },
    Check::Form { step: Step::Action, test: check_action },
    Check::AuthForm { step: Step::AuthorizationHeader, test: check_authorization },
    Check::Fresh { past: 300, future: 300 },
    Check::KnownKey,
    Check::SessionToken,
    Check::Signature,
    Check::Replay { seconds: |look| look.assumptions.holds(&REPLAY, ReplayChoice::Refuse).then_some(300) },
    Check::Form { step: Step::MediaType, test: check_media_type },
    Check::Form { step: Step::Region, test: check_region },
    Check::Rate { per_second: CALLS_A_SECOND },
    Check::Permitted,
];

const CALLS_A_SECOND: u64 = 20;

/// 32 KiB for a query, 1 MiB for the older signature; the newer one takes 10 MiB.
const MAX_QUERY: usize = 32 << 10;
const MAX_OLDER_BODY: usize = 1 << 20;
const MAX_BODY: usize = 10 << 20;

fn check_method(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    match &*look.raw.method {
        "GET" | "POST" => Ok(Checked::Made),
        other => Err(Refusal::MethodUnsupported { method: other.to_owned() }),
    }
}

fn check_size(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    let raw = look.raw;
    let older = look.call.claim.scheme != super::TC3;
    if raw.method == "GET" && raw.query().len() > MAX_QUERY {
        return Err(Refusal::TooLarge { limit: MAX_QUERY as u64 });
    }
    if older && raw.body.len() > MAX_OLDER_BODY {
        return Err(Refusal::TooLargeForScheme { limit: MAX_OLDER_BODY as u64 });
    }
    if raw.oversize || raw.body.len() > MAX_BODY {
        return Err(Refusal::TooLarge { limit: MAX_BODY as u64 });
    }
    Ok(Checked::Made)
}

fn check_syntax(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    let multipart = look.raw.method == "POST" && look.raw.media_type() == "multipart/form-data";
    if multipart && look.assumptions.holds(&MULTIPART, MultipartChoice::Refuse) {
        return Err(Refusal::BodyMalformed {});
    }
    look.call.fault.clone().map_or(Ok(Checked::Made), Err)
}

fn check_present(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    check_needed("Action", is_filled(&look.call.action))?;
    check_needed("Version", is_filled(&look.call.version))
}

fn authorization_present(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    let claim = &look.call.claim;
    check_needed("Timestamp", is_filled(&claim.timestamp))?;
    if claim.scheme == super::TC3 {
        let is_there = match look.raw.header("authorization").map(str::trim) {
            // What counts as malformed is answered at its own place in the order.
            None => look.assumptions.holds(&NO_AUTHORIZATION, TencentNoAuthorizationChoice::Malformed),
            Some("SKIP") => look.assumptions.holds(&SKIPPED_AUTHORIZATION, SkippedAuthorizationChoice::Malformed),
            Some(_) => true,
        };
        return check_needed("Authorization", is_there);
    }
    check_needed("Nonce", is_filled(&claim.nonce))?;
    // An empty key id is an unknown one, and is answered as such.
    check_needed("SecretId", claim.access_key.is_some())?;
    check_needed("Signature", is_filled(&claim.signature))
}

fn check_needed(name: &'static str, is_there: bool) -> Result<Checked, Refusal> {
    if is_there { Ok(Checked::Made) } else { Err(Refusal::CommonMissing { name }) }
}

fn is_filled(text: &Option<Text>) -> bool {
    text.as_deref().is_some_and(|text| !text.is_empty())
}

fn check_types(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    let claim = &look.call.claim;
    if claim.unix.is_none() {
        return Err(Refusal::CommonType { name: "Timestamp" });
    }
    match &claim.nonce {
        Some(nonce) if nonce.parse::<u64>().is_err() => Err(Refusal::CommonType { name: "Nonce" }),
        _ => Ok(Checked::Made),
    }
}

fn check_version(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    let host = to_lower(host_name(look.raw.host()));
    if host.ends_with(".tencentcloudapi.com") && !host.starts_with("bi.") {
        return Err(Refusal::ProductUnknown {});
    }
    match look.call.version.as_deref() {
        Some(VERSION) => Ok(Checked::Made),
        other => Err(Refusal::VersionUnknown { version: other.unwrap_or("").to_owned() }),
    }
}

fn check_action(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    let name = look.call.action.as_deref().unwrap_or("");
    let exists = match look.assumptions.of(&UNSERVED_ACTION) {
        UnservedActionChoice::Unknown => actions::ACTIONS.iter().any(|served| served.name == name),
        UnservedActionChoice::Unsupported => known::KNOWN.iter().any(|known| known.name == name),
    };
    if exists { Ok(Checked::Made) } else { Err(Refusal::ActionUnknown { action: name.to_owned() }) }
}

fn check_authorization(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    let claim = &look.call.claim;
    if claim.scheme != super::TC3 {
        return Ok(Checked::LeftOut(Skip::Scheme));
    }
    let formed =
        |piece: &'static str, holds: bool| if holds { Ok(Checked::Made) } else { Err(malformed_refusal(look, piece)) };
    let mut parts = claim.scope_parts();
    let scope: [&str; 3] = std::array::from_fn(|_| parts.next().unwrap_or(""));
    let is_whole = claim.scope_parts().count() == scope.len();
    let signs = |name: &str| claim.signed_headers().any(|signed| signed.trim().eq_ignore_ascii_case(name));
    formed("SecretId", claim.access_key.is_some())?;
    formed("Credential", is_whole)?;
    formed("Date", is_date_of(scope[0], claim.unix))?;
    // On an address of its own, an official client takes the service from that address.
    let own_host = to_lower(look.raw.host()).starts_with("bi.");
    formed("Service", if own_host { scope[1] == "bi" } else { !scope[1].is_empty() })?;
    formed("Terminator", scope[2] == "tc3_request")?;
    formed("SignedHeaders", signs("content-type") && signs("host"))?;
    formed("Signature", claim.signature.is_some())
}

/// The refusal of a wrong piece of the header. Only that of a wrong service was ever shown.
fn malformed_refusal(look: &CheckInput<'_>, piece: &'static str) -> Refusal {
    if piece != "Service" && look.assumptions.holds(&AUTHORIZATION_CODE, AuthorizationCodeChoice::Signature) {
        return Refusal::SignatureMismatch { string_to_sign: String::new() };
    }
    Refusal::AuthorizationMalformed { piece }
}

fn is_date_of(date: &str, unix: Option<i64>) -> bool {
    let Some(at) = unix.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok()) else { return false };
    Offset::UTC.to_datetime(at).date().to_string() == date
}

/// The facts of refusals by these checks that no call has to be asked for.
pub fn own_fact(reason: Reason, name: &str, _: &Assumptions) -> Option<String> {
    Some(match (reason, name) {
        (Reason::Throttled, "limit") => CALLS_A_SECOND.to_string(),
        (Reason::Throttled, "count") => (CALLS_A_SECOND + 1).to_string(),
        (Reason::TooLarge, "limit") => MAX_BODY.to_string(),
        (Reason::TooLargeForScheme, "limit") => MAX_OLDER_BODY.to_string(),
        // The one piece that was seen.
        (Reason::AuthorizationMalformed, "piece") => "Service".to_owned(),
        _ => return None,
    })
}

/// Raw bytes are a form of the gateway's that no action of the product takes, so the signature is looked at first.
fn check_media_type(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    let raw = look.raw;
    if raw.method != "POST" || look.call.claim.scheme != super::TC3 || raw.media_type() != OCTET_STREAM {
        return Ok(Checked::LeftOut(Skip::NothingSent));
    }
    let is_json = || Params::of_json(&raw.body).is_some();
    if look.assumptions.holds(&OCTET_STREAM_BODY, OctetStreamBodyChoice::Json) && is_json() {
        return Ok(Checked::Made);
    }
    Err(Refusal::MediaTypeUnfit { media_type: OCTET_STREAM.to_owned() })
}

/// The product has no regions of its own, so any text of a region's form passes.
fn check_region(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    let region = look.raw.header("x-tc-region").or_else(|| look.call.params.text("Region")).unwrap_or("");
    let formed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if region.is_empty() {
        return Ok(Checked::LeftOut(Skip::NothingSent));
    }
    if region.contains('-') && region.bytes().all(formed) {
        return Ok(Checked::Made);
    }
    Err(Refusal::RegionInvalid { region: region.to_owned() })
}
