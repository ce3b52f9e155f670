//! The older signature: HMAC-SHA1 over every parameter, sorted and twice encoded.
//!
//! Source: the vendor's page of the RPC mechanism; proven by its published vector and by captures.

use hmac::Mac as _;

use crate::call::ParamValue;
use crate::cloud::CheckInput;
use crate::cloud::recipe::QueryRecipe;
use crate::sign::{encode_twice, is_base64_of, mac_sha1, percent_encode};

pub fn draft_recipe(look: &CheckInput<'_>, secret: &str) -> QueryRecipe {
    // A JSON body is no part of the signature.
    let pairs = look.call.params.pairs.iter().filter_map(|(name, value)| match value {
        ParamValue::Text(text) if name != "Signature" => Some((name.to_string(), text.to_string())),
        _ => None,
    });
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_unstable();
    QueryRecipe {
        escape: percent_encode,
        escape_all: percent_encode,
        text: |draft| {
            format!(
                "{}&{}&{}",
                draft.method,
                (draft.escape_all)(&draft.path),
                (draft.escape_all)(&draft.joined_pairs())
            )
        },
        ..QueryRecipe::new(&look.raw.method, pairs, format!("{secret}&").into_bytes())
    }
}

/// Bytes that there is room for without asking for memory again.
const USUAL: usize = 1024;

/// Whether the signature is that of the request.
pub fn signature_holds(look: &CheckInput<'_>, secret: &str) -> bool {
    let Some(sent) = look.call.claim.signature.as_deref() else { return false };
    let pairs = look.call.params.pairs.iter().filter_map(|(name, value)| match value {
        ParamValue::Text(text) if name != "Signature" => Some((name, text)),
        _ => None,
    });
    let mut sorted = Vec::with_capacity(look.call.params.pairs.len());
    sorted.extend(pairs);
    sorted.sort_unstable();
    let mut mac = mac_sha1(format!("{secret}&").as_bytes());
    for piece in [&look.raw.method, "&%2F&"] {
        mac.update(piece.as_bytes());
    }
    let mut text = Vec::with_capacity(USUAL);
    let mut joint: &[u8] = b"";
    for (name, value) in sorted {
        text.extend_from_slice(joint);
        encode_twice(name, &mut text);
        text.extend_from_slice(b"%3D");
        encode_twice(value, &mut text);
        joint = b"%26";
    }
    mac.update(&text);
    is_base64_of(sent, &mac.finalize().into_bytes())
}
