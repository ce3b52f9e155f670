//! The older signature: HMAC-SHA1 over every parameter, sorted and twice encoded.
//!
//! Source: the vendor's page of the RPC mechanism; proven by its published vector and by captures.

use crate::call::ParamValue;
use crate::sign::{base64, canonical_query, hmac_sha1, percent_encode};
use crate::vendor::{Look, Proof};

pub fn prove(look: &Look<'_>, secret: &str) -> Proof {
    // A JSON body is no part of the signature.
    let pairs = look.call.params.pairs.iter().filter_map(|(name, value)| match value {
        ParamValue::Text(text) if name != "Signature" => Some((name.as_str(), text.as_str())),
        _ => None,
    });
    let string_to_sign = format!("{}&%2F&{}", look.raw.method, percent_encode(&canonical_query(pairs)));
    let signature = base64(&hmac_sha1(format!("{secret}&").as_bytes(), &string_to_sign));
    Proof { canonical_request: None, string_to_sign, signature }
}
