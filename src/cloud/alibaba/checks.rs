//! The order in which the gateway checks a call: the first check that fails answers.
//!
//! The vendor documents no order; this is the reference's proposal, kept in one table.

use super::assumptions::{
    ACS3_NONCE, Acs3NonceChoice, AlibabaNoAuthorizationChoice, BODY_HASH, BodyHashChoice, HEAD_METHOD,
    HeadMethodChoice, MALFORMED_AUTHORIZATION, MalformedAuthorizationChoice, NO_AUTHORIZATION, NONCE_LIFETIME,
    NOTHING_NAMED, NonceLifetimeChoice, NothingNamedChoice,
};
use super::{acs3, known};
use crate::call::{SchemeForm, Text};
use crate::cloud::host::host_name;
use crate::cloud::{Check, CheckInput};
use crate::domain::Refusal;
use crate::text::to_lower;
use crate::trail::{Checked, Skip, Step};

/// A request may be 15 minutes off, and its nonce is kept as long, or for a day.
const WINDOW_SECONDS: i64 = 900;
const DAY_SECONDS: i64 = 86_400;

pub static CHECKS: &[Check] = &[
    Check::Form { step: Step::Product, test: check_product },
    Check::Form { step: Step::HttpMethod, test: check_method },
    Check::Form { step: Step::RequestSize, test: check_size },
    Check::Form { step: Step::Format, test: check_format },
    Check::Form { step: Step::ActionAndVersion, test: check_action },
    Check::AuthForm { step: Step::AuthorizationPresent, test: check_present },
    Check::AuthForm { step: Step::SignatureMethod, test: signature_method },
    Check::AuthForm {
        step: Step::TimestampFormat,
        test: |look| look.call.claim.unix.map(|_| Checked::Made).ok_or(Refusal::TimestampFormat {}),
    },
    Check::Fresh { past: WINDOW_SECONDS, future: WINDOW_SECONDS },
    Check::KnownKey,
    Check::SessionToken,
    Check::SignedForm { step: Step::BodyHash, test: body_hash },
    Check::Signature,
    Check::Replay { seconds: nonce_lifetime },
    Check::Permitted,
];

/// The vendor names no limit; this is what we read of any request.
const MAX_BODY: u64 = 10 << 20;

/// Headers that a signature of the newer form has to cover, beside one with the digest of the body. The vendor's page
/// asks for the host as well, and the classic SDK for Java never signs it.
const COVERED: &[&str] = &["x-acs-action", "x-acs-version", "x-acs-date"];

fn nonce_lifetime(look: &CheckInput<'_>) -> Option<i64> {
    Some(if look.assumptions.holds(&NONCE_LIFETIME, NonceLifetimeChoice::Day) { DAY_SECONDS } else { WINDOW_SECONDS })
}

fn check_product(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    let host = to_lower(host_name(look.raw.host()));
    if !host.ends_with(".aliyuncs.com") {
        return Ok(Checked::LeftOut(Skip::OwnAddress));
    }
    if host.starts_with("quickbi-public") { Ok(Checked::Made) } else { Err(Refusal::ProductUnknown {}) }
}

fn check_method(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    match &*look.raw.method {
        "GET" | "POST" => Ok(Checked::Made),
        "HEAD" if look.assumptions.holds(&HEAD_METHOD, HeadMethodChoice::Accept) => Ok(Checked::Made),
        other => Err(Refusal::MethodUnsupported { method: other.to_owned() }),
    }
}

fn check_size(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    if look.raw.oversize { Err(Refusal::TooLarge { limit: MAX_BODY }) } else { Ok(Checked::Made) }
}

fn check_format(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    let format = look.call.params.text("Format").unwrap_or("JSON");
    if format.eq_ignore_ascii_case("json") || format.eq_ignore_ascii_case("xml") {
        return Ok(Checked::Made);
    }
    Err(Refusal::FormatUnknown { format: format.to_owned() })
}

fn check_action(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    let (Some(action), Some(version)) = (non_empty(&look.call.action), non_empty(&look.call.version)) else {
        let is_bare = non_empty(&look.call.action).is_none() && non_empty(&look.call.version).is_none();
        let has_key = non_empty(&look.call.claim.access_key).is_some();
        if is_bare && has_key && look.assumptions.holds(&NOTHING_NAMED, NothingNamedChoice::Version) {
            return Err(Refusal::VersionUnknown { version: String::new() });
        }
        let name = if non_empty(&look.call.action).is_none() { "Action" } else { "Version" };
        return Err(Refusal::CommonMissing { name });
    };
    if !known::KNOWN.iter().any(|known| known.versions.contains(&version)) {
        return Err(Refusal::VersionUnknown { version: version.to_owned() });
    }
    if !known::KNOWN.iter().any(|known| known.name == action && known.versions.contains(&version)) {
        return Err(Refusal::ActionUnknown { action: action.to_owned() });
    }
    Ok(Checked::Made)
}

fn non_empty(text: &Option<Text>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}

fn check_present(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    let claim = &look.call.claim;
    let params = &look.call.params;
    let needed = |name: &'static str, is_there: bool| {
        if is_there { Ok(Checked::Made) } else { Err(Refusal::CommonMissing { name }) }
    };
    let anonymous = look.raw.header("authorization").is_none() && non_empty(&claim.access_key).is_none();
    if anonymous && look.assumptions.holds(&NO_AUTHORIZATION, AlibabaNoAuthorizationChoice::IncompleteSignature) {
        return Err(Refusal::AuthorizationMalformed { piece: "Authorization" });
    }
    if claim.scheme.form == SchemeForm::Canonical {
        needed("AccessKeyId", look.raw.header("authorization").is_some())?;
        well_formed(look)?;
        let optional = look.assumptions.holds(&ACS3_NONCE, Acs3NonceChoice::Optional);
        needed("SignatureNonce", optional || non_empty(&claim.nonce).is_some())?;
        return needed("Timestamp", non_empty(&claim.timestamp).is_some());
    }
    needed("AccessKeyId", non_empty(&claim.access_key).is_some())?;
    needed("Signature", non_empty(&claim.signature).is_some())?;
    needed("SignatureMethod", params.get("SignatureMethod").is_some())?;
    needed("SignatureVersion", params.get("SignatureVersion").is_some())?;
    needed("SignatureNonce", non_empty(&claim.nonce).is_some())?;
    needed("Timestamp", non_empty(&claim.timestamp).is_some())
}

/// The header has its three parts, and the signature covers what it must.
fn well_formed(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    let claim = &look.call.claim;
    let algorithm = look.raw.header("authorization").unwrap_or("").split(' ').next().unwrap_or("");
    if algorithm != claim.scheme.name() {
        return if algorithm.starts_with("ACS3-") {
            Err(Refusal::SignatureMethodUnknown { method: algorithm.to_owned() })
        } else {
            Err(malformed_refusal(look, "Algorithm"))
        };
    }
    let needed =
        |piece: &'static str, holds: bool| if holds { Ok(Checked::Made) } else { Err(malformed_refusal(look, piece)) };
    let signed: Vec<&str> = claim.signed_headers().collect();
    let signs = |name: &&str| signed.iter().any(|signed| signed.eq_ignore_ascii_case(name));
    needed("Credential", claim.access_key.is_some())?;
    needed("SignedHeaders", COVERED.iter().all(signs) && acs3::digest_headers(claim.scheme).iter().any(signs))?;
    needed("Signature", claim.signature.is_some())
}

/// A piece is missed by the name that the older signature has for it, if that is assumed and there is one.
fn malformed_refusal(look: &CheckInput<'_>, piece: &'static str) -> Refusal {
    let name = match piece {
        "Algorithm" => Some("SignatureMethod"),
        "Credential" => Some("AccessKeyId"),
        "Signature" => Some("Signature"),
        _ => None,
    };
    match name.filter(|_| look.assumptions.holds(&MALFORMED_AUTHORIZATION, MalformedAuthorizationChoice::MissingPart)) {
        Some(name) => Refusal::CommonMissing { name },
        None => Refusal::AuthorizationMalformed { piece },
    }
}

/// The digest that was sent is that of the body. A signature alone does not show it, because the digest
/// is signed as a header whatever the body is.
fn body_hash(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    let scheme = look.call.claim.scheme;
    if scheme.form != SchemeForm::Canonical {
        return Ok(Checked::LeftOut(Skip::Scheme));
    }
    let Some(sent) = acs3::sent_digest(look.raw, scheme) else { return Ok(Checked::LeftOut(Skip::NothingSent)) };
    if sent.trim().eq_ignore_ascii_case(&acs3::digest_hex(scheme, &look.raw.body)) {
        return Ok(Checked::Made);
    }
    if look.assumptions.holds(&BODY_HASH, BodyHashChoice::IncompleteSignature) {
        return Err(Refusal::AuthorizationMalformed { piece: "x-acs-content-sha256" });
    }
    // What is to be signed does not depend on the secret.
    let proof = acs3::draft_recipe(look, "").prove();
    let canonical_request = proof.canonical_request.unwrap_or_default();
    Err(Refusal::CanonicalMismatch { string_to_sign: proof.string_to_sign, canonical_request })
}

fn signature_method(look: &CheckInput<'_>) -> Result<Checked, Refusal> {
    if look.call.claim.scheme.form == SchemeForm::Canonical {
        return Ok(Checked::LeftOut(Skip::Scheme));
    }
    let field = |name: &str| look.call.params.text(name).unwrap_or("").to_owned();
    let (method, version) = (field("SignatureMethod"), field("SignatureVersion"));
    if method != "HMAC-SHA1" {
        return Err(Refusal::SignatureMethodUnknown { method });
    }
    if version != "1.0" {
        return Err(Refusal::SignatureVersionUnknown { version });
    }
    Ok(Checked::Made)
}
