//! The older signature: HMAC-SHA1 over every parameter, sorted and twice encoded.
//!
//! Source: the vendor's page of the RPC mechanism; proven by its published vector and by captures.

use crate::call::ParamValue;
use crate::sign::percent_encode;
use crate::vendor::Look;
use crate::vendor::draft::Pairs;

pub fn draft(look: &Look<'_>, secret: &str) -> Pairs {
    // A JSON body is no part of the signature.
    let pairs = look.call.params.pairs.iter().filter_map(|(name, value)| match value {
        ParamValue::Text(text) if name != "Signature" => Some((name.clone(), text.clone())),
        _ => None,
    });
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_unstable();
    Pairs {
        escape: percent_encode,
        escape_all: percent_encode,
        text: |draft| {
            format!("{}&{}&{}", draft.method, (draft.escape_all)(&draft.path), (draft.escape_all)(&draft.joined()))
        },
        ..Pairs::new(&look.raw.method, pairs, format!("{secret}&").into_bytes())
    }
}
