//! Mistakes in the canonical request, in what is made of it, and in how the signature is written.

use sha1::{Digest as _, Sha1};
use sha2::Sha512;

use super::{Mistake, Schemes, SignedSubject, Slip, with_each, with_edit};
use crate::cloud::recipe::CanonicalRecipe;
use crate::sign::{decode_pairs, encode_base64, hmac_sha1, hmac_sha256, percent_encode, sha256_hex};

pub static ROWS: &[Mistake] = &[
    Mistake {
        name: "lower-case-method",
        schemes: Schemes::Canonical,
        says: "The method was signed in lower case.",
        advice: "Sign the method in upper case.",
        slips: &[Slip::Canonical(|draft, _| with_edit(draft, |draft| draft.method.make_ascii_lowercase()))],
    },
    Mistake {
        name: "other-method",
        schemes: Schemes::Canonical,
        says: "Another HTTP method was signed than was sent.",
        advice: "Sign the method that is sent.",
        slips: &[Slip::Canonical(|draft, of| {
            let methods =
                with_each(draft, other_methods(&draft.method), |draft, method| method.clone_into(&mut draft.method));
            // Who signs a GET takes the query into account, and no body.
            let query = of.look.raw.query();
            let as_get = |mut draft: CanonicalRecipe| {
                query.clone_into(&mut draft.query);
                let bodiless = with_edit(&draft, |draft| draft.payload = sha256_hex(b""));
                [vec![draft], bodiless].concat()
            };
            [methods.clone(), methods.into_iter().flat_map(as_get).collect()].concat()
        })],
    },
    Mistake {
        name: "path-left-out",
        schemes: Schemes::Canonical,
        says: "The path was signed as an empty line.",
        advice: "Sign the path as `/`.",
        slips: &[Slip::Canonical(|draft, _| with_edit(draft, |draft| draft.path.clear()))],
    },
    Mistake {
        name: "path-of-another-kind",
        schemes: Schemes::Canonical,
        says: "The path was signed as something else than `/`: with two slashes, encoded, or as a whole URL.",
        advice: "Sign the path as `/`.",
        slips: &[Slip::Canonical(|draft, of| {
            let (target, host) = (&of.look.raw.target, of.look.raw.host());
            let whole = ["http", "https"].map(|scheme| format!("{scheme}://{host}/"));
            let paths = [vec!["//".to_owned(), "%2F".to_owned(), target.to_string()], whole.to_vec()].concat();
            let altered = with_each(draft, paths, |draft, path| draft.path = path);
            let bare = |draft: &CanonicalRecipe| with_edit(draft, |draft| draft.query.clear());
            [altered.iter().flat_map(bare).collect(), altered].concat()
        })],
    },
    Mistake {
        name: "query-left-out",
        schemes: Schemes::Canonical,
        says: "The query was signed as an empty line, and one was sent.",
        advice: "Sign the query that is sent.",
        slips: &[Slip::Canonical(|draft, _| with_edit(draft, |draft| draft.query.clear()))],
    },
    Mistake {
        name: "query-decoded",
        schemes: Schemes::Canonical,
        says: "The query was signed with its names and values as plain text, not percent-encoded.",
        advice: "Sign names and values percent-encoded.",
        slips: &[Slip::Canonical(|draft, of| {
            if draft.query.is_empty() {
                return Vec::new();
            }
            let mut pairs = decode_pairs(of.look.raw.query().as_bytes());
            let as_sent = plain_query(&pairs);
            pairs.sort_unstable();
            with_each(draft, [as_sent, plain_query(&pairs)], |draft, query| draft.query = query)
        })],
    },
    Mistake {
        name: "query-encoded-twice",
        schemes: Schemes::Canonical,
        says: "The query was percent-encoded once more before it was signed.",
        advice: "Percent-encode each name and value once.",
        slips: &[Slip::Canonical(|draft, _| {
            let twice = draft.query.replace('%', "%25");
            with_each(draft, [twice, percent_encode(&draft.query)], |draft, query| draft.query = query)
        })],
    },
    Mistake {
        name: "question-mark-in-query",
        schemes: Schemes::Canonical,
        says: "The query was signed with the `?` in front of it.",
        advice: "Sign what stands behind the `?`.",
        slips: &[Slip::Canonical(|draft, _| with_edit(draft, |draft| draft.query.insert(0, '?')))],
    },
    Mistake {
        name: "no-blank-line-after-headers",
        schemes: Schemes::Canonical,
        says: "The empty line between the headers and the list of their names was left out.",
        advice: "End every header line with a line break, the last one too, before the parts are joined.",
        slips: &[Slip::Canonical(|draft, _| with_edit(draft, |draft| draft.block_end = ""))],
    },
    Mistake {
        name: "two-blank-lines-after-headers",
        schemes: Schemes::Canonical,
        says: "Two empty lines were put between the headers and the list of their names.",
        advice: "Put one there: the last header line already ends with a line break.",
        slips: &[Slip::Canonical(|draft, _| with_edit(draft, |draft| draft.block_end = "\n\n"))],
    },
    Mistake {
        name: "header-names-in-other-case",
        schemes: Schemes::Canonical,
        says: "Names of headers were signed with capital letters.",
        advice: "Sign the names of headers in lower case, in their lines and in the list.",
        slips: &[Slip::Canonical(|draft, _| {
            let cases = [capitalise as fn(&str) -> String, |name: &str| name.to_uppercase(), with_short_words];
            let lines = |draft: &mut CanonicalRecipe, case: fn(&str) -> String| {
                draft.headers.iter_mut().for_each(|(name, _)| *name = case(name));
            };
            let list = |draft: &mut CanonicalRecipe, case: fn(&str) -> String| {
                draft.signed.iter_mut().for_each(|name| *name = case(name));
            };
            let both = |draft: &mut CanonicalRecipe, case| {
                lines(draft, case);
                list(draft, case);
            };
            [with_each(draft, cases, lines), with_each(draft, cases, list), with_each(draft, cases, both)].concat()
        })],
    },
    Mistake {
        name: "blank-after-colon",
        schemes: Schemes::Canonical,
        says: "Header lines were signed with a blank between the colon and the value.",
        advice: "Sign header lines as `name:value`, without a blank.",
        slips: &[Slip::Canonical(|draft, _| with_each(draft, [": ", " : ", " :"], |draft, colon| draft.colon = colon))],
    },
    Mistake {
        name: "equals-sign-in-header-lines",
        schemes: Schemes::Canonical,
        says: "Header lines were signed with `=` between name and value.",
        advice: "Sign header lines as `name:value`.",
        slips: &[Slip::Canonical(|draft, _| with_each(draft, ["=", ""], |draft, colon| draft.colon = colon))],
    },
    Mistake {
        name: "header-values-not-trimmed",
        schemes: Schemes::Canonical,
        says: "The value of a header was signed with blanks around it.",
        advice: "Trim the values of headers before they are signed.",
        slips: &[Slip::Canonical(|draft, _| {
            let pads = [("", " "), (" ", ""), (" ", " "), ("", "\t"), ("", "\r"), ("", "\n")];
            let places = (0..draft.headers.len()).flat_map(|place| pads.map(|pad| (place, pad)));
            with_each(draft, places, |draft, (place, (before, after))| {
                let value = &mut draft.headers[place].1;
                *value = format!("{before}{value}{after}");
            })
        })],
    },
    Mistake {
        name: "headers-in-other-order",
        schemes: Schemes::Canonical,
        says: "The header lines or the list of their names were signed in another order than the list that was sent.",
        advice: "Sort the names of the headers, and use that one order in the lines, the list and `Authorization`.",
        slips: &[Slip::Canonical(|draft, of| {
            let on_the_wire = |name: &str| of.look.raw.headers.iter().position(|(known, _)| known == name);
            let lines = [
                with_edit(draft, |draft| draft.headers.reverse()),
                with_edit(draft, |draft| draft.headers.sort()),
                with_edit(draft, |draft| draft.headers.sort_by_key(|(name, _)| on_the_wire(name))),
            ];
            let lists = lines.concat().into_iter().chain([draft.clone()]).flat_map(|draft| {
                [
                    with_edit(&draft, |draft| draft.signed.reverse()),
                    with_edit(&draft, |draft| draft.signed.sort()),
                    with_edit(&draft, |draft| draft.signed.sort_by_key(|name| on_the_wire(name))),
                ]
                .concat()
            });
            lines.concat().into_iter().chain(lists).collect()
        })],
    },
    Mistake {
        name: "header-lines-not-separated",
        schemes: Schemes::Canonical,
        says: "Header lines were joined without line breaks, or by another mark.",
        advice: "End every header line with a line break.",
        slips: &[Slip::Canonical(|draft, _| {
            let joined = with_each(draft, ["", ";", "&", ","], |draft, mark| draft.line_end = mark);
            let unended = |draft: &CanonicalRecipe| with_edit(draft, |draft| draft.block_end = "");
            [joined.iter().flat_map(unended).collect(), joined].concat()
        })],
    },
    Mistake {
        name: "header-line-left-out",
        schemes: Schemes::Canonical,
        says: "A header stands in the list of the signed ones, and its line was left out.",
        advice: "Put one line for each name of the list into the canonical request.",
        slips: &[Slip::Canonical(|draft, _| {
            with_each(draft, 0..draft.headers.len(), |draft, place| drop(draft.headers.remove(place)))
        })],
    },
    Mistake {
        name: "list-of-headers-cut",
        schemes: Schemes::Canonical,
        says: "The list of signed headers in the canonical request lacks a name that `Authorization` has.",
        advice: "Use one list in both places.",
        slips: &[Slip::Canonical(|draft, _| {
            let shorter = with_each(draft, 0..draft.signed.len(), |draft, place| drop(draft.signed.remove(place)));
            [shorter, with_edit(draft, |draft| draft.signed.clear())].concat()
        })],
    },
    Mistake {
        name: "unlisted-header-signed",
        schemes: Schemes::Canonical,
        says: "A header was signed that the list of signed headers in `Authorization` does not name.",
        advice: "Name every signed header in the list, and no other one.",
        slips: &[Slip::Canonical(unlisted_headers)],
    },
    Mistake {
        name: "list-of-headers-with-other-marks",
        schemes: Schemes::Canonical,
        says: "The names in the list of signed headers were joined by another mark than `;`.",
        advice: "Join the names by `;`, without blanks.",
        slips: &[Slip::Canonical(|draft, _| {
            let marks = [",", ", ", "; ", " ", "&", "\n", ":", "|"];
            let ended = with_edit(draft, |draft| draft.signed.push(String::new()));
            [with_each(draft, marks, |draft, mark| draft.list_mark = mark), ended].concat()
        })],
    },
    Mistake {
        name: "payload-digest-in-upper-case",
        schemes: Schemes::Canonical,
        says: "The digest of the body was signed in upper-case hex.",
        advice: "Write digests in lower-case hex.",
        slips: &[Slip::Canonical(|draft, _| with_edit(draft, |draft| draft.payload.make_ascii_uppercase()))],
    },
    Mistake {
        name: "payload-not-digested",
        schemes: Schemes::Canonical,
        says: "The body itself was put into the canonical request, not its digest.",
        advice: "Put the lower-case hex of the body's SHA-256 there.",
        slips: &[Slip::Canonical(|draft, of| {
            let body = String::from_utf8_lossy(&of.look.raw.body);
            with_edit(draft, |draft| draft.payload = body.into_owned())
        })],
    },
    Mistake {
        name: "payload-left-out",
        schemes: Schemes::Canonical,
        says: "The last line of the canonical request, the digest of the body, was left empty.",
        advice: "Put the digest there for an empty body too.",
        slips: &[Slip::Canonical(|draft, _| with_edit(draft, |draft| draft.payload.clear()))],
    },
    Mistake {
        name: "payload-digested-otherwise",
        schemes: Schemes::Canonical,
        says: "The body was digested by another function, digested twice, or its digest was written in Base64.",
        advice: "Use the lower-case hex of the body's SHA-256.",
        slips: &[Slip::Canonical(|draft, of| {
            let (body, right) = (&of.look.raw.body, &draft.payload);
            let in_base64 = encode_base64(&hex::decode(right).unwrap_or_default());
            let others = [in_base64, sha1_hex(body), hex::encode(Sha512::digest(body)), sha256_hex(right.as_bytes())];
            with_each(draft, others, |draft, digest| draft.payload = digest)
        })],
    },
    Mistake {
        name: "line-breaks-of-windows",
        schemes: Schemes::Canonical,
        says: "The lines of the canonical request were ended with a carriage return and a line feed.",
        advice: "End lines with a line feed alone.",
        slips: &[Slip::Canonical(|draft, _| {
            with_edit(draft, |draft| (draft.joint, draft.line_end, draft.block_end) = ("\r\n", "\r\n", "\r\n"))
        })],
    },
    Mistake {
        name: "line-break-after-canonical-request",
        schemes: Schemes::Canonical,
        says: "The canonical request was digested with a line break at its end.",
        advice: "End the canonical request with the digest of the body, without a line break.",
        slips: &[Slip::Canonical(|draft, _| with_each(draft, ["\n", "\r\n"], |draft, end| draft.end = end))],
    },
    Mistake {
        name: "canonical-request-not-digested",
        schemes: Schemes::Canonical,
        says: "The canonical request itself was put into the string to sign, not its digest.",
        advice: "Put the lower-case hex of its SHA-256 there.",
        slips: &[Slip::Canonical(|draft, _| with_edit(draft, |draft| draft.digest = str::to_owned))],
    },
    Mistake {
        name: "canonical-request-signed",
        schemes: Schemes::Canonical,
        says: "The canonical request was signed directly, without a string to sign around its digest.",
        advice: "Make the string to sign of the recipe, and sign that.",
        slips: &[Slip::Canonical(|draft, _| {
            let bare = with_edit(draft, |draft| draft.head.clear());
            let plain = bare.iter().flat_map(|draft| with_edit(draft, |draft| draft.digest = str::to_owned)).collect();
            // With one line only, to leave all lines out is to leave the algorithm out.
            if draft.head.len() > 1 { [plain, bare].concat() } else { plain }
        })],
    },
    Mistake {
        name: "digest-in-upper-case",
        schemes: Schemes::Canonical,
        says: "The digest of the canonical request was written in upper-case hex.",
        advice: "Write digests in lower-case hex.",
        slips: &[Slip::Canonical(|draft, _| {
            with_edit(draft, |draft| draft.digest = |text| sha256_hex(text.as_bytes()).to_uppercase())
        })],
    },
    Mistake {
        name: "digest-by-another-function",
        schemes: Schemes::Canonical,
        says: "The canonical request was digested by SHA-1 or SHA-512, or its digest was written in Base64.",
        advice: "Use the lower-case hex of its SHA-256.",
        slips: &[Slip::Canonical(|draft, _| {
            let digests: [fn(&str) -> String; 3] = [
                |text| sha1_hex(text.as_bytes()),
                |text| hex::encode(Sha512::digest(text)),
                |text| encode_base64(&hex::decode(sha256_hex(text.as_bytes())).unwrap_or_default()),
            ];
            with_each(draft, digests, |draft, digest| draft.digest = digest)
        })],
    },
    Mistake {
        name: "algorithm-not-in-string-to-sign",
        schemes: Schemes::Canonical,
        says: "The first line of the string to sign, the name of the algorithm, was left out or was another one.",
        advice: "Begin the string to sign with the algorithm as it stands in `Authorization`.",
        slips: &[Slip::Canonical(|draft, _| {
            let less = with_edit(draft, |draft| draft.head = draft.head.split_off(draft.head.len().min(1)));
            let names = ["HMAC-SHA256", "AWS4-HMAC-SHA256", "HmacSHA256", ""];
            let other = with_each(draft, names, |draft, name| {
                draft.head.iter_mut().take(1).for_each(|line| name.clone_into(line));
            });
            [less, other].concat()
        })],
    },
    Mistake {
        name: "line-break-after-string-to-sign",
        schemes: Schemes::Canonical,
        says: "The string to sign was signed with a line break at its end.",
        advice: "End the string to sign with the digest, without a line break.",
        slips: &[Slip::Canonical(|draft, _| with_each(draft, ["\n", "\r\n"], |draft, end| draft.text_end = end))],
    },
    Mistake {
        name: "signed-with-sha1",
        schemes: Schemes::Canonical,
        says: "HMAC-SHA1 was used, as in the older signature.",
        advice: "Use HMAC-SHA256 at every step.",
        slips: &[
            Slip::Canonical(|draft, _| with_edit(draft, |draft| draft.seal = |key, text| hmac_sha1(key, text))),
            Slip::Canonical(|draft, _| {
                with_edit(draft, |draft| {
                    draft.seal = |key, text| hmac_sha1(key, text);
                    let chain = std::mem::take(&mut draft.chain);
                    draft.root = chain.iter().fold(draft.root.clone(), |key, text| hmac_sha1(&key, text));
                })
            }),
        ],
    },
    Mistake {
        name: "key-and-text-swapped",
        schemes: Schemes::Canonical,
        says: "The text was handed to HMAC as the key, and the key as the text.",
        advice: "Swap the two arguments of the last HMAC.",
        slips: &[Slip::Canonical(|draft, _| {
            with_edit(draft, |draft| draft.seal = |key, text| hmac_sha256(text.as_bytes(), key))
        })],
    },
    Mistake {
        name: "signature-in-base64",
        schemes: Schemes::Canonical,
        says: "The signature was sent in Base64, or as the hex of what is no digest any more.",
        advice: "Send the signature in lower-case hex.",
        slips: &[Slip::Canonical(|draft, _| {
            let forms: [fn(&[u8]) -> String; 3] = [
                encode_base64,
                |bytes| encode_base64(hex::encode(bytes).as_bytes()),
                |bytes| hex::encode(hex::encode(bytes)),
            ];
            with_each(draft, forms, |draft, form| draft.write = form)
        })],
    },
    Mistake {
        name: "signature-in-upper-case",
        schemes: Schemes::Canonical,
        says: "The signature was sent in upper-case hex.",
        advice: "Send the signature in lower-case hex.",
        slips: &[Slip::Canonical(|draft, _| with_edit(draft, |draft| draft.write = |bytes| hex::encode_upper(bytes)))],
    },
];

fn other_methods(method: &str) -> impl Iterator<Item = &'static str> {
    ["GET", "POST", "PUT"].into_iter().filter(move |other| *other != method)
}

fn plain_query(pairs: &[(String, String)]) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

fn capitalise(name: &str) -> String {
    let word = |word: &str| word.get(..1).map_or_else(String::new, |first| first.to_uppercase() + &word[1..]);
    name.split('-').map(word).collect::<Vec<_>>().join("-")
}

/// As vendors print their own headers: words of two letters in capitals.
fn with_short_words(name: &str) -> String {
    let word = |word: &str| if word.len() == 2 { word.to_uppercase() } else { capitalise(word) };
    name.split('-').map(word).collect::<Vec<_>>().join("-")
}

fn sha1_hex(bytes: &[u8]) -> String {
    hex::encode(Sha1::digest(bytes))
}

/// Headers that were sent and are not in the list, one of them or all; the list as sent or complete.
fn unlisted_headers(draft: &CanonicalRecipe, of: &SignedSubject<'_>) -> Vec<CanonicalRecipe> {
    let listed = |name: &str| draft.signed.iter().any(|signed| signed.trim().eq_ignore_ascii_case(name));
    let others: Vec<(String, String)> = of
        .look
        .raw
        .headers
        .iter()
        .filter(|(name, _)| *name != "authorization" && !listed(name))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let mut choices: Vec<Vec<(String, String)>> = others.iter().map(|line| vec![line.clone()]).collect();
    choices.push(others);
    let lowered = |lines: &Vec<(String, String)>| -> Vec<(String, String)> {
        lines.iter().map(|(name, value)| (name.clone(), value.to_lowercase())).collect()
    };
    choices.extend(choices.iter().map(lowered).collect::<Vec<_>>());
    let lines = with_each(draft, choices, |draft, more| {
        draft.headers.extend(more);
        draft.headers.sort();
    });
    let listed = |draft: &CanonicalRecipe| {
        with_edit(draft, |draft| draft.signed = draft.headers.iter().map(|(name, _)| name.clone()).collect())
    };
    [lines.iter().flat_map(listed).collect(), lines].concat()
}
