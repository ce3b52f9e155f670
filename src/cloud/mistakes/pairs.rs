//! Mistakes with sorted parameters, and in how the older signatures are made and written.

use sha1::{Digest as _, Sha1};
use sha2::Sha256;

use super::{Mistake, Schemes, SignedSubject, Slip, with_each, with_edit};
use crate::call::{ParamValue, Text};
use crate::cloud::recipe::{QueryRecipe, Seal};
use crate::sign::{encode_base64, hmac_sha1, hmac_sha256, percent_encode};

pub static ROWS: &[Mistake] = &[
    Mistake {
        name: "lower-case-method",
        schemes: Schemes::Pairs,
        says: "The method was signed in lower case.",
        advice: "Sign the method in upper case.",
        slips: &[Slip::Pairs(|draft, _| with_edit(draft, |draft| draft.method.make_ascii_lowercase()))],
    },
    Mistake {
        name: "other-method",
        schemes: Schemes::Pairs,
        says: "Another HTTP method was signed than was sent.",
        advice: "Sign the method that is sent.",
        slips: &[Slip::Pairs(|draft, _| {
            let others = ["GET", "POST", "PUT"].into_iter().filter(|other| *other != draft.method);
            with_each(draft, others, |draft, method| method.clone_into(&mut draft.method))
        })],
    },
    Mistake {
        name: "method-left-out",
        schemes: Schemes::Pairs,
        says: "The string to sign was made without the HTTP method.",
        advice: "Begin the string to sign with the method.",
        slips: &[Slip::Pairs(|draft, _| with_edit(draft, |draft| draft.method.clear()))],
    },
    Mistake {
        name: "parameters-unsorted",
        schemes: Schemes::Pairs,
        says: "The parameters were signed in the order in which they were sent, not sorted.",
        advice: "Sort the parameters by name before signing.",
        slips: &[Slip::Pairs(|draft, of| with_edit(draft, |draft| draft.pairs = as_sent(of)))],
    },
    Mistake {
        name: "parameters-sorted-without-case",
        schemes: Schemes::Pairs,
        says: "The parameters were sorted as if capital and small letters were the same, or the other way round.",
        advice: "Sort the names by their bytes, so that capitals come before small letters.",
        slips: &[Slip::Pairs(|draft, _| {
            let folded = with_edit(draft, |draft| draft.pairs.sort_by_key(|(name, _)| name.to_lowercase()));
            let backwards = with_edit(draft, |draft| draft.pairs.reverse());
            [folded, backwards].concat()
        })],
    },
    Mistake {
        name: "time-not-signed",
        schemes: Schemes::Pairs,
        says: "`Timestamp` was sent and not signed.",
        advice: "Add every parameter before the string to sign is made.",
        slips: &[Slip::Pairs(|draft, _| without_pairs(draft, |name, _| name == "Timestamp"))],
    },
    Mistake {
        name: "nonce-not-signed",
        schemes: Schemes::Pairs,
        says: "The nonce was sent and not signed.",
        advice: "Add every parameter before the string to sign is made.",
        slips: &[Slip::Pairs(|draft, _| without_pairs(draft, |name, _| name.ends_with("Nonce")))],
    },
    Mistake {
        name: "signature-method-not-signed",
        schemes: Schemes::Pairs,
        says: "`SignatureMethod` was sent and not signed.",
        advice: "Sign every parameter but `Signature` itself.",
        slips: &[Slip::Pairs(|draft, _| without_pairs(draft, |name, _| name == "SignatureMethod"))],
    },
    Mistake {
        name: "every-signature-parameter-left-out",
        schemes: Schemes::Pairs,
        says: "All parameters whose names begin with `Signature` were left out of what was signed.",
        advice: "Leave out `Signature` alone.",
        slips: &[Slip::Pairs(|draft, _| without_pairs(draft, |name, _| name.starts_with("Signature")))],
    },
    Mistake {
        name: "key-id-not-signed",
        schemes: Schemes::Pairs,
        says: "The id of the key was sent and not signed.",
        advice: "Sign every parameter but `Signature` itself.",
        slips: &[Slip::Pairs(|draft, of| {
            let id = of.look.call.claim.access_key.clone();
            let mut draft = draft.clone();
            draft.pairs.retain(|(_, value)| Some(&**value) != id.as_deref());
            vec![draft]
        })],
    },
    Mistake {
        name: "empty-parameters-not-signed",
        schemes: Schemes::Pairs,
        says: "Parameters with an empty value were sent and not signed.",
        advice: "Sign parameters without a value too, or do not send them.",
        slips: &[Slip::Pairs(|draft, _| without_pairs(draft, |_, value| value.is_empty()))],
    },
    Mistake {
        name: "parameter-not-signed",
        schemes: Schemes::Pairs,
        says: "One parameter was sent and not signed.",
        advice: "Add every parameter before the string to sign is made.",
        slips: &[Slip::Pairs(|draft, _| {
            with_each(draft, 0..draft.pairs.len(), |draft, place| drop(draft.pairs.remove(place)))
        })],
    },
    Mistake {
        name: "signature-itself-signed",
        schemes: Schemes::Pairs,
        says: "A `Signature` parameter, empty at that time, took part in what was signed.",
        advice: "Add `Signature` after signing.",
        slips: &[Slip::Pairs(|draft, _| {
            with_edit(draft, |draft| {
                draft.pairs.push(("Signature".to_owned(), String::new()));
                draft.pairs.sort();
            })
        })],
    },
    Mistake {
        name: "values-trimmed",
        schemes: Schemes::Pairs,
        says: "Values were signed without the blanks at their ends that were sent.",
        advice: "Sign the values as they are sent.",
        slips: &[Slip::Pairs(|draft, _| {
            with_edit(draft, |draft| draft.pairs.iter_mut().for_each(|(_, value)| *value = value.trim().to_owned()))
        })],
    },
    Mistake {
        name: "line-break-after-string-to-sign",
        schemes: Schemes::Pairs,
        says: "The string to sign was signed with a line break at its end.",
        advice: "End the string to sign with the last parameter.",
        slips: &[Slip::Pairs(|draft, _| {
            let shorter: Seal = |key, text| hmac_sha1(key, &format!("{text}\n"));
            sealed_otherwise(draft, (shorter, |key, text| hmac_sha256(key, &format!("{text}\n"))))
        })],
    },
    Mistake {
        name: "other-digest",
        schemes: Schemes::Pairs,
        says: "The string was signed with HMAC-SHA256 where `SignatureMethod` says HMAC-SHA1, or the other way round.",
        advice: "Sign with the digest that `SignatureMethod` names.",
        slips: &[Slip::Pairs(|draft, _| {
            sealed_otherwise(draft, (|key, text| hmac_sha1(key, text), |key, text| hmac_sha256(key, text)))
        })],
    },
    Mistake {
        name: "key-and-text-swapped",
        schemes: Schemes::Pairs,
        says: "The text was handed to HMAC as the key, and the key as the text.",
        advice: "Swap the two arguments of HMAC.",
        slips: &[Slip::Pairs(|draft, _| {
            sealed_otherwise(
                draft,
                (|key, text| hmac_sha1(text.as_bytes(), key), |key, text| hmac_sha256(text.as_bytes(), key)),
            )
        })],
    },
    Mistake {
        name: "digest-without-key",
        schemes: Schemes::Pairs,
        says: "A plain digest of the string to sign was sent, or one of it together with the key, and no HMAC.",
        advice: "Use HMAC with the key that the recipe names.",
        slips: &[Slip::Pairs(|draft, _| {
            let seals: [Seal; 6] = [
                |_, text| Sha1::digest(text).to_vec(),
                |_, text| Sha256::digest(text).to_vec(),
                |key, text| Sha1::digest([text.as_bytes(), key].concat()).to_vec(),
                |key, text| Sha256::digest([text.as_bytes(), key].concat()).to_vec(),
                |key, text| Sha1::digest([key, text.as_bytes()].concat()).to_vec(),
                |key, text| Sha256::digest([key, text.as_bytes()].concat()).to_vec(),
            ];
            with_each(draft, seals, |draft, seal| draft.seal = seal)
        })],
    },
    Mistake {
        name: "string-to-sign-digested",
        schemes: Schemes::Pairs,
        says: "The string to sign was digested first, and the digest was signed, as in the newer signature.",
        advice: "Sign the string itself.",
        slips: &[Slip::Pairs(|draft, _| {
            sealed_otherwise(
                draft,
                (
                    |key, text| hmac_sha1(key, &hex::encode(Sha1::digest(text))),
                    |key, text| hmac_sha256(key, &hex::encode(Sha256::digest(text))),
                ),
            )
        })],
    },
    Mistake {
        name: "signature-in-hex",
        schemes: Schemes::Pairs,
        says: "The signature was sent in hex.",
        advice: "Send the Base64 of the digest's bytes.",
        slips: &[Slip::Pairs(|draft, _| {
            let forms: [fn(&[u8]) -> String; 2] = [|bytes| hex::encode(bytes), |bytes| hex::encode_upper(bytes)];
            with_each(draft, forms, |draft, form| draft.write = form)
        })],
    },
    Mistake {
        name: "base64-of-hex",
        schemes: Schemes::Pairs,
        says: "The signature was sent as the Base64 of the digest's hex.",
        advice: "Send the Base64 of the digest's bytes.",
        slips: &[Slip::Pairs(|draft, _| {
            let forms: [fn(&[u8]) -> String; 2] = [
                |bytes| encode_base64(hex::encode(bytes).as_bytes()),
                |bytes| encode_base64(hex::encode_upper(bytes).as_bytes()),
            ];
            with_each(draft, forms, |draft, form| draft.write = form)
        })],
    },
    Mistake {
        name: "signature-not-encoded",
        schemes: Schemes::Pairs,
        says: "The signature was sent without percent-encoding, so that its `+` arrived as a blank.",
        advice: "Percent-encode the signature like any other value when it is put into the query or the form.",
        slips: &[Slip::Pairs(|draft, _| {
            with_edit(draft, |draft| draft.write = |bytes| encode_base64(bytes).replace('+', " "))
        })],
    },
    Mistake {
        name: "signature-encoded-twice",
        schemes: Schemes::Pairs,
        says: "The signature was percent-encoded twice.",
        advice: "Percent-encode it once: an HTTP library that builds the query does it by itself.",
        slips: &[Slip::Pairs(|draft, _| {
            with_edit(draft, |draft| draft.write = |bytes| percent_encode(&encode_base64(bytes)))
        })],
    },
    Mistake {
        name: "base64-of-another-kind",
        schemes: Schemes::Pairs,
        says: "The signature was sent in Base64 for URLs, without its padding, or with a line break.",
        advice: "Use the standard alphabet of Base64, with padding, on one line.",
        slips: &[Slip::Pairs(|draft, _| {
            let forms: [fn(&[u8]) -> String; 4] = [
                |bytes| encode_base64(bytes).replace('+', "-").replace('/', "_"),
                |bytes| encode_base64(bytes).replace('+', "-").replace('/', "_").trim_end_matches('=').to_owned(),
                |bytes| encode_base64(bytes).trim_end_matches('=').to_owned(),
                |bytes| encode_base64(bytes) + "\n",
            ];
            with_each(draft, forms, |draft, form| draft.write = form)
        })],
    },
];

/// The parameters that are signed, in the order in which they came.
fn as_sent(of: &SignedSubject<'_>) -> Vec<(String, String)> {
    let text = |(name, value): &(Text, ParamValue)| match value {
        ParamValue::Text(text) if name != "Signature" => Some((name.to_string(), text.to_string())),
        _ => None,
    };
    of.look.call.params.pairs.iter().filter_map(text).collect()
}

/// The draft without the parameters that are `unwanted`.
pub(in crate::cloud) fn without_pairs(draft: &QueryRecipe, unwanted: impl Fn(&str, &str) -> bool) -> Vec<QueryRecipe> {
    with_edit(draft, |draft| draft.pairs.retain(|(name, value)| !unwanted(name, value)))
}

/// The draft with either of two keyed digests, the shorter and the longer.
fn sealed_otherwise(draft: &QueryRecipe, (shorter, longer): (Seal, Seal)) -> Vec<QueryRecipe> {
    with_each(draft, [shorter, longer], |draft, seal| draft.seal = seal)
}
