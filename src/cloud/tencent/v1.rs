//! The older signature, HmacSHA1 or HmacSHA256 over sorted raw parameters.
//!
//! Source: the vendor's page of signature v1; proven by its published vector and by captures.

use hmac::Mac as _;

use crate::call::ParamValue;
use crate::cloud::CheckInput;
use crate::cloud::recipe::QueryRecipe;
use crate::sign::{KeptKey, hmac_sha256, is_base64_of, mac_sha1};

/// The readings of one request: names as they came, then with `.` for `_`, which one official client
/// writes when it signs.
pub fn draft_recipe(look: &CheckInput<'_>, secret: &str, attempt: usize) -> Option<QueryRecipe> {
    let pairs = match attempt {
        0 => signed_pairs(look, str::to_owned),
        1 => signed_pairs(look, |name| name.replace('_', ".")),
        _ => return None,
    };
    let shorter = QueryRecipe {
        host: look.raw.host().to_owned(),
        text: |draft| format!("{}{}{}?{}", draft.method, draft.host, draft.path, draft.joined_pairs()),
        ..QueryRecipe::new(&look.raw.method, pairs, secret.as_bytes().to_vec())
    };
    Some(match look.call.claim.scheme {
        super::HMAC_SHA256 => QueryRecipe { seal: |key, text| hmac_sha256(key, text), ..shorter },
        _ => shorter,
    })
}

fn signed_pairs(look: &CheckInput<'_>, spell: impl Fn(&str) -> String) -> Vec<(String, String)> {
    let pairs = look.call.params.pairs.iter().filter(|(name, _)| name != "Signature");
    let mut pieces: Vec<(String, String)> =
        pairs.map(|(name, value)| (spell(name), value_text(value).to_owned())).collect();
    pieces.sort();
    pieces
}

/// Whether the signature is that of the first reading.
pub fn signature_holds(look: &CheckInput<'_>, secret: &str, kept: &KeptKey) -> bool {
    let claim = &look.call.claim;
    let Some(sent) = claim.signature.as_deref() else { return false };
    match claim.scheme {
        super::HMAC_SHA256 => {
            let mut mac = kept.digest_for("", || secret.as_bytes().to_vec());
            write_signed(look, |piece| mac.update(piece.as_bytes()));
            is_base64_of(sent, &mac.finalize().into_bytes())
        }
        _ => {
            let mut mac = mac_sha1(secret.as_bytes());
            write_signed(look, |piece| mac.update(piece.as_bytes()));
            is_base64_of(sent, &mac.finalize().into_bytes())
        }
    }
}

/// The string to sign, in pieces.
fn write_signed(look: &CheckInput<'_>, mut take: impl FnMut(&str)) {
    let pairs = look.call.params.pairs.iter().filter(|(name, _)| name != "Signature");
    let mut pairs: Vec<(&str, &str)> = pairs.map(|(name, value)| (&**name, value_text(value))).collect();
    pairs.sort_unstable();
    [&look.raw.method, look.raw.host(), "/?"].into_iter().for_each(&mut take);
    let mut joint = "";
    for (name, value) in pairs {
        [joint, name, "=", value].into_iter().for_each(&mut take);
        joint = "&";
    }
}

fn value_text(value: &ParamValue) -> &str {
    match value {
        ParamValue::Text(text) => text,
        ParamValue::Json(value) => value.as_str().unwrap_or(""),
    }
}
