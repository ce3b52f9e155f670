//! Mistakes that only the ACS3 signatures allow: their sorted query, their header with the body's digest.

use super::join_pairs;
use crate::call::{RawRequest, Scheme, Text};
use crate::cloud::alibaba::acs3::sent_digest;
use crate::cloud::mistakes::{Mistake, Schemes, SignedSubject, Slip, with_each, with_edit, with_hosts};
use crate::sign::{canonical_query, decode_pairs, hmac_sha256, percent_encode, sha256_hex};

const ACS3: &[Scheme] = &[crate::cloud::alibaba::ACS3, crate::cloud::alibaba::ACS3_SM3];

pub static ROWS: &[Mistake] = &[
    Mistake {
        name: "public-host-signed",
        schemes: Schemes::These(ACS3),
        says: "The vendor's public host was signed, and another one was called.",
        advice: "Tell the client its endpoint, so that it signs the host that it calls.",
        slips: &[Slip::Request(public_hosts)],
    },
    Mistake {
        name: "ampersand-after-secret",
        schemes: Schemes::These(ACS3),
        says: "The key was the secret with `&` behind it, as in the older signature.",
        advice: "Use the plain secret as the key.",
        slips: &[Slip::Secret(|of| vec![format!("{}&", of.secret)])],
    },
    Mistake {
        name: "prefix-before-secret",
        schemes: Schemes::These(ACS3),
        says: "The key was the secret with a word in front of it, as other vendors have it.",
        advice: "Use the plain secret as the key.",
        slips: &[Slip::Secret(|of| {
            let prefixes = ["ACS3", "acs3", "aliyun_v4", "TC3", "AWS4", "ACS3-HMAC-SHA256"];
            prefixes.map(|prefix| format!("{prefix}{}", of.secret)).to_vec()
        })],
    },
    Mistake {
        name: "chain-of-keys",
        schemes: Schemes::These(ACS3),
        says: "The key was derived from the secret in steps, as other vendors have it.",
        advice: "Sign with the secret itself.",
        slips: &[Slip::Canonical(|draft, of| {
            let time = of.look.call.claim.timestamp.as_deref().unwrap_or("");
            let date = time.get(..10).unwrap_or("");
            let compact = date.replace('-', "");
            let chains: [&[&str]; 5] = [
                &[date],
                &[&compact],
                &[time],
                &[date, "quickbi-public", "acs3_request"],
                &[&compact, "quickbi-public", "aliyun_v4_request"],
            ];
            with_each(draft, chains, |draft, chain| draft.chain = chain.iter().map(|link| (*link).to_owned()).collect())
        })],
    },
    Mistake {
        name: "time-in-string-to-sign",
        schemes: Schemes::These(ACS3),
        says: "The string to sign has the time between the algorithm and the digest, as other vendors have it.",
        advice: "Make the string to sign of two lines, the algorithm and the digest.",
        slips: &[Slip::Canonical(|draft, of| {
            let claim = &of.look.call.claim;
            let text = |text: &Option<Text>| text.as_deref().unwrap_or_default().to_owned();
            let time = text(&claim.timestamp);
            let unix = claim.unix.unwrap_or(0).to_string();
            let date = time.get(..10).unwrap_or("").to_owned();
            let nonce = text(&claim.nonce);
            let lines = [vec![time.clone()], vec![unix], vec![date], vec![String::new()], vec![time, nonce]];
            with_each(draft, lines, |draft, lines| draft.head.extend(lines))
        })],
    },
    Mistake {
        name: "blanks-as-plus",
        schemes: Schemes::These(ACS3),
        says: "Blanks in the query were signed as `+`.",
        advice: "Write a blank as `%20` in the canonical query.",
        slips: &[Slip::Canonical(|draft, _| with_edit(draft, |draft| draft.query = draft.query.replace("%20", "+")))],
    },
    Mistake {
        name: "tilde-encoded",
        schemes: Schemes::These(ACS3),
        says: "`~` was signed as `%7E`.",
        advice: "Leave `~` as it is in the canonical query.",
        slips: &[Slip::Canonical(|draft, _| with_edit(draft, |draft| draft.query = draft.query.replace('~', "%7E")))],
    },
    Mistake {
        name: "star-not-encoded",
        schemes: Schemes::These(ACS3),
        says: "`*` was signed as it is.",
        advice: "Write `*` as `%2A` in the canonical query.",
        slips: &[Slip::Canonical(|draft, _| with_edit(draft, |draft| draft.query = draft.query.replace("%2A", "*")))],
    },
    Mistake {
        name: "slash-not-encoded",
        schemes: Schemes::These(ACS3),
        says: "`/` in the query was signed as it is.",
        advice: "Write `/` as `%2F` in the canonical query.",
        slips: &[Slip::Canonical(|draft, _| with_edit(draft, |draft| draft.query = draft.query.replace("%2F", "/")))],
    },
    Mistake {
        name: "query-encoded-as-form",
        schemes: Schemes::These(ACS3),
        says: "The query was encoded as a form is: blanks as `+`, `~` as `%7E` and `*` as it is.",
        advice: "Write a blank as `%20`, `*` as `%2A` and leave `~` as it is.",
        slips: &[Slip::Canonical(|draft, of| {
            let form = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect();
            with_edit(draft, |draft| draft.query = join_pairs(&sorted_pairs(of), form))
        })],
    },
    Mistake {
        name: "query-encoded-as-in-browsers",
        schemes: Schemes::These(ACS3),
        says: "The query was encoded as browsers do in `encodeURIComponent` or `encodeURI`, which spare some marks.",
        advice: "Write every character but letters, digits, `-`, `_`, `.` and `~` as `%XX`.",
        slips: &[Slip::Canonical(|draft, _| {
            let component = [("%21", "!"), ("%27", "'"), ("%28", "("), ("%29", ")"), ("%2A", "*")];
            let whole =
                [("%3B", ";"), ("%2F", "/"), ("%3F", "?"), ("%3A", ":"), ("%40", "@"), ("%2C", ","), ("%24", "$")];
            let plain = |query: &str, marks: &[(&str, &str)]| {
                marks.iter().fold(query.to_owned(), |query, (escaped, mark)| query.replace(escaped, mark))
            };
            let once = plain(&draft.query, &component);
            with_each(draft, [once.clone(), plain(&once, &whole)], |draft, query| draft.query = query)
        })],
    },
    Mistake {
        name: "escapes-in-lower-case",
        schemes: Schemes::These(ACS3),
        says: "Characters of the query were escaped with lower-case hex, such as `%2f`.",
        advice: "Write escapes in upper-case hex.",
        slips: &[Slip::Canonical(|draft, of| {
            with_edit(draft, |draft| draft.query = join_pairs(&sorted_pairs(of), in_lower_case))
        })],
    },
    Mistake {
        name: "query-as-sent",
        schemes: Schemes::These(ACS3),
        says: "The query was signed as it was sent, neither sorted nor encoded anew.",
        advice: "Sort the parameters by name, and encode names and values as the recipe asks.",
        slips: &[Slip::Canonical(|draft, of| {
            with_edit(draft, |draft| of.look.raw.query().clone_into(&mut draft.query))
        })],
    },
    Mistake {
        name: "query-unsorted",
        schemes: Schemes::These(ACS3),
        says: "The parameters of the query were signed in the order in which they were sent.",
        advice: "Sort the parameters by name before signing.",
        slips: &[Slip::Canonical(|draft, of| {
            let pairs = decode_pairs(of.look.raw.query().as_bytes());
            let reversed: Vec<_> = sorted_pairs(of).into_iter().rev().collect();
            with_each(
                draft,
                [join_pairs(&pairs, percent_encode), join_pairs(&reversed, percent_encode)],
                |draft, query| {
                    draft.query = query;
                },
            )
        })],
    },
    Mistake {
        name: "query-sorted-without-case",
        schemes: Schemes::These(ACS3),
        says: "The parameters of the query were sorted as if capital and small letters were the same.",
        advice: "Sort the names by their bytes, so that capitals come before small letters.",
        slips: &[Slip::Canonical(|draft, of| {
            let mut pairs = sorted_pairs(of);
            pairs.sort_by_key(|(name, _)| name.to_lowercase());
            with_edit(draft, |draft| draft.query = join_pairs(&pairs, percent_encode))
        })],
    },
    Mistake {
        name: "empty-parameters-not-signed",
        schemes: Schemes::These(ACS3),
        says: "Parameters with an empty value were left out of the query that was signed, or written without `=`.",
        advice: "Sign a parameter without a value as `name=`.",
        slips: &[Slip::Canonical(|draft, of| {
            let pairs = sorted_pairs(of);
            let filled: Vec<_> = pairs.iter().filter(|(_, value)| !value.is_empty()).cloned().collect();
            let all = join_pairs(&pairs, percent_encode);
            let bare: Vec<&str> = all.split('&').map(|piece| piece.strip_suffix('=').unwrap_or(piece)).collect();
            with_each(draft, [join_pairs(&filled, percent_encode), bare.join("&")], |draft, query| draft.query = query)
        })],
    },
    Mistake {
        name: "parameter-not-signed",
        schemes: Schemes::These(ACS3),
        says: "One parameter of the query was sent and not signed.",
        advice: "Add every parameter before the canonical request is made.",
        slips: &[Slip::Canonical(|draft, of| {
            let pairs = sorted_pairs(of);
            let without = |place: usize| {
                let others = pairs.iter().enumerate().filter(|(other, _)| *other != place);
                others.map(|(_, pair)| pair.clone()).collect::<Vec<_>>()
            };
            with_each(draft, (0..pairs.len()).map(without), |draft, pairs| {
                draft.query = join_pairs(&pairs, percent_encode)
            })
        })],
    },
    Mistake {
        name: "form-in-query",
        schemes: Schemes::These(ACS3),
        says: "The parameters of the form body were signed as if they stood in the query, as in the older signature.",
        advice: "Sign the query alone in its line: the body is covered by its digest.",
        slips: &[Slip::Canonical(|draft, of| {
            let pairs = [sorted_pairs(of), decode_pairs(&of.look.raw.body)].concat();
            with_edit(draft, |draft| draft.query = canonical_query(&pairs))
        })],
    },
    Mistake {
        name: "action-in-query",
        schemes: Schemes::These(ACS3),
        says: "Action and version were signed as if they stood in the query, as in the older signature.",
        advice: "Sign them as headers, and only what is sent in the query as the query.",
        slips: &[Slip::Canonical(|draft, of| {
            let mut pairs = sorted_pairs(of);
            let call = of.look.call;
            for (name, value) in [("Action", &call.action), ("Version", &call.version)] {
                pairs.extend(value.iter().map(|value| (name.to_owned(), value.to_string())));
            }
            with_edit(draft, |draft| draft.query = canonical_query(&pairs))
        })],
    },
    Mistake {
        name: "secret-digested",
        schemes: Schemes::These(ACS3),
        says: "A digest of the secret was used as the key.",
        advice: "Use the plain secret as the key.",
        slips: &[Slip::Canonical(|draft, of| {
            let key = hmac_sha256(of.secret.as_bytes(), "");
            let digest = sha256_hex(of.secret.as_bytes());
            let bytes = hex::decode(&digest).unwrap_or_default();
            with_each(draft, [key, bytes, digest.into_bytes()], |draft, root| draft.root = root)
        })],
    },
    // What the header says covers every other mistake with the body, so it is tried last.
    Mistake {
        name: "body-changed-after-signing",
        schemes: Schemes::These(ACS3),
        says: "The body that was signed, whose digest the header has, is not the one that was sent.",
        advice: "Make the bytes of the body once, and digest and send those.",
        slips: &[Slip::Canonical(|draft, of| {
            let announced = sent_digest(of.look.raw, of.look.call.claim.scheme).unwrap_or("").to_owned();
            with_edit(draft, |draft| draft.payload = announced)
        })],
    },
];

/// The request with each of the vendor's own hosts.
fn public_hosts(raw: &RawRequest) -> Vec<RawRequest> {
    let regions =
        ["cn-hangzhou", "cn-shanghai", "cn-beijing", "cn-shenzhen", "cn-hongkong", "ap-southeast-1", "eu-central-1"];
    let mut names = vec!["quickbi-public.aliyuncs.com".to_owned()];
    for region in regions {
        names.push(format!("quickbi-public.{region}.aliyuncs.com"));
        names.push(format!("quickbi-public-vpc.{region}.aliyuncs.com"));
    }
    with_hosts(raw, &names)
}

/// The pairs of the query in the order in which they are signed.
fn sorted_pairs(of: &SignedSubject<'_>) -> Vec<(String, String)> {
    let mut pairs = decode_pairs(of.look.raw.query().as_bytes());
    pairs.sort_unstable();
    pairs
}

/// The text percent-encoded with lower-case hex.
pub(super) fn in_lower_case(text: &str) -> String {
    let encoded = percent_encode(text);
    let mut pieces = encoded.split('%');
    let first = pieces.next().unwrap_or("").to_owned();
    let lowered = |piece: &str| match piece.split_at_checked(2) {
        Some((hex, rest)) => format!("%{}{rest}", hex.to_ascii_lowercase()),
        None => format!("%{piece}"),
    };
    first + &pieces.map(lowered).collect::<String>()
}
