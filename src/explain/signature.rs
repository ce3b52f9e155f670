//! The explanation of a signature: both sides of it, and the mistake that explains the client's.

use schemars::JsonSchema;
use serde::Serialize;
use serde_with::skip_serializing_none;

use super::diagnosis::diagnose;
use super::facts::RefusalFacts;
use super::step_view::StepView;
use crate::cloud::{CheckInput, Vendor};
use crate::redact::Redactor;

/// A usual mistake that gives exactly the signature which came.
#[skip_serializing_none]
#[derive(Debug, Serialize, JsonSchema)]
pub struct MistakeView {
    /// Its name; the same slip has the same name in every scheme.
    pub name: &'static str,
    /// The mistake of the client.
    pub says: &'static str,
    /// The change that mends it.
    pub advice: &'static str,
    /// The text that the client signed, unless a secret is a part of it.
    pub client_canonical_request: Option<String>,
    pub client_string_to_sign: Option<String>,
    /// Where what the client signed and what is to be signed part.
    pub first_difference: Option<DifferenceView>,
}

/// The first place at which two texts differ.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DifferenceView {
    /// `canonical request` or `string to sign`.
    pub of: &'static str,
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    pub expected: String,
    pub got: String,
}

/// Puts the server's side of the signature beside what came.
pub(super) fn signature_detail(view: &mut StepView, facts: &RefusalFacts<'_>, vendor: &Vendor) {
    let (told, call) = (facts.told, &facts.call);
    let look = CheckInput { raw: &told.raw, call, assumptions: &told.world.assumptions };
    let key = call.claim.access_key.as_deref().unwrap_or("");
    let Some(credential) = told.world.credential(vendor.name, key) else { return };
    let Some(proof) = vendor.prove(&look, &credential.secret, 0) else { return };
    view.canonical_request = proof.canonical_request;
    view.string_to_sign = Some(proof.string_to_sign);
    view.expected = Some(proof.signature);
    view.got = Some(call.claim.signature.as_deref().unwrap_or_default().to_owned());
}

/// The mistake that explains the client's signature, whatever check refused the call.
pub(super) fn find_mistake(facts: &RefusalFacts<'_>, vendor: &Vendor, redactor: &Redactor) -> Option<MistakeView> {
    let (told, call) = (facts.told, &facts.call);
    let look = CheckInput { raw: &told.raw, call, assumptions: &told.world.assumptions };
    let found = diagnose(vendor, &look, &told.world)?;
    let key = call.claim.access_key.as_deref().unwrap_or("");
    let own = told.world.credential(vendor.name, key).and_then(|key| vendor.prove(&look, &key.secret, 0));
    let pairs = own.map_or([("", None, None), ("", None, None)], |own| {
        [
            ("canonical request", own.canonical_request, found.client_canonical_request.as_deref()),
            ("string to sign", Some(own.string_to_sign), found.client_string_to_sign.as_deref()),
        ]
    });
    let part = |(of, expected, got): &(&'static str, Option<String>, Option<&str>)| {
        let difference = first_difference(expected.as_deref()?, (*got)?)?;
        Some(DifferenceView {
            of,
            line: difference.line,
            column: difference.column,
            expected: redactor.redact_text(&difference.expected),
            got: redactor.redact_text(&difference.got),
        })
    };
    let first_difference = pairs.iter().find_map(part);
    Some(MistakeView {
        name: found.mistake.name,
        says: found.mistake.says,
        advice: found.mistake.advice,
        client_canonical_request: found.client_canonical_request.as_deref().map(|text| redactor.redact_text(text)),
        client_string_to_sign: found.client_string_to_sign.as_deref().map(|text| redactor.redact_text(text)),
        first_difference,
    })
}

/// How many characters of each text are shown from where they part.
const SHOWN: usize = 24;

/// The first place where two texts differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureDifference {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// What stands there in either text, to the end of the line at most; empty where a text has ended.
    /// A line break is shown as `\n` where the texts differ in it.
    pub expected: String,
    pub got: String,
}

/// Where `got` parts from `expected`; `None` for the same text.
pub fn first_difference(expected: &str, got: &str) -> Option<SignatureDifference> {
    if expected == got {
        return None;
    }
    let same = expected.chars().zip(got.chars()).take_while(|(left, right)| left == right);
    let (mut line, mut column, mut offset) = (1, 1, 0);
    for (letter, _) in same {
        offset += letter.len_utf8();
        (line, column) = if letter == '\n' { (line + 1, 1) } else { (line, column + 1) };
    }
    // What stood before is the same text in both, so the offset lies between characters in both.
    let piece = |text: &str| start_of(text.get(offset..).unwrap_or(""));
    Some(SignatureDifference { line, column, expected: piece(expected), got: piece(got) })
}

/// The beginning of the text, to the end of its line.
fn start_of(rest: &str) -> String {
    match rest.lines().next() {
        Some("") => "\\n".to_owned(),
        Some(line) => line.chars().take(SHOWN).collect(),
        None => String::new(),
    }
}
