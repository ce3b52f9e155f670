//! The older signature, HmacSHA1 or HmacSHA256 over sorted raw parameters.
//!
//! Source: the vendor's page of signature v1; proven by its published vector and by captures.

use crate::call::{ParamValue, Scheme};
use crate::sign::hmac_sha256;
use crate::vendor::Look;
use crate::vendor::draft::Pairs;

/// The readings of one request: names as they came, then with `.` for `_`, which one official client
/// writes when it signs.
pub fn draft(look: &Look<'_>, secret: &str, attempt: usize) -> Option<Pairs> {
    let pairs = match attempt {
        0 => pairs(look, str::to_owned),
        1 => pairs(look, |name| name.replace('_', ".")),
        _ => return None,
    };
    let shorter = Pairs {
        host: look.raw.host().to_owned(),
        text: |draft| format!("{}{}{}?{}", draft.method, draft.host, draft.path, draft.joined()),
        ..Pairs::new(&look.raw.method, pairs, secret.as_bytes().to_vec())
    };
    Some(match look.call.claim.scheme {
        Scheme::HmacSha256 => Pairs { seal: |key, text| hmac_sha256(key, text), ..shorter },
        _ => shorter,
    })
}

fn pairs(look: &Look<'_>, spell: impl Fn(&str) -> String) -> Vec<(String, String)> {
    let pairs = look.call.params.pairs.iter().filter(|(name, _)| name != "Signature");
    let mut pieces: Vec<(String, String)> = pairs
        .map(|(name, value)| match value {
            ParamValue::Text(text) => (spell(name), text.clone()),
            ParamValue::Json(value) => (spell(name), value.as_str().unwrap_or("").to_owned()),
        })
        .collect();
    pieces.sort();
    pieces
}
