//! Mistakes that only the older signature allows: its host and path, its values as plain text.

use super::public_hosts;
use crate::call::Scheme;
use crate::cloud::mistakes::{Mistake, Schemes, Slip, with_each, with_edit, without_pairs};
use crate::cloud::recipe::QueryRecipe;
use crate::cloud::tencent::{HMAC_SHA1, HMAC_SHA256};
use crate::sign::percent_encode;

const V1: &[Scheme] = &[HMAC_SHA1, HMAC_SHA256];

/// The parameters that every call has, whatever the action.
const COMMON: &[&str] = &[
    "Action",
    "Language",
    "Nonce",
    "Region",
    "RequestClient",
    "SecretId",
    "SignatureMethod",
    "Timestamp",
    "Token",
    "Version",
];

pub static ROWS: &[Mistake] = &[
    Mistake {
        name: "public-host-signed",
        schemes: Schemes::These(V1),
        says: "The vendor's public host was signed, and another one was called.",
        advice: "Tell the client its endpoint, so that it signs the host that it calls.",
        slips: &[Slip::Request(public_hosts)],
    },
    Mistake {
        name: "values-encoded",
        schemes: Schemes::These(V1),
        says: "Values were percent-encoded before they were signed.",
        advice: "Sign values as plain text, and encode them when they are sent.",
        slips: &[Slip::Pairs(|draft, _| {
            let escapes: [fn(&str) -> String; 3] = [
                percent_encode,
                |text| form_urlencoded::byte_serialize(text.as_bytes()).collect(),
                // As a browser's `encodeURIComponent` does.
                |text| {
                    let marks = [("%21", "!"), ("%27", "'"), ("%28", "("), ("%29", ")"), ("%2A", "*")];
                    marks.iter().fold(percent_encode(text), |text, (escaped, mark)| text.replace(escaped, mark))
                },
            ];
            with_each(draft, escapes, |draft, escape| draft.escape = escape)
        })],
    },
    Mistake {
        name: "string-to-sign-encoded",
        schemes: Schemes::These(V1),
        says: "The string to sign, or its parameters as a whole, was percent-encoded before it was signed.",
        advice: "Sign the plain string.",
        slips: &[Slip::Pairs(|draft, _| {
            let texts: [fn(&QueryRecipe) -> String; 3] = [
                |draft| percent_encode(&plain_pairs(draft)),
                |draft| {
                    format!("{}{}{}?{}", draft.method, draft.host, draft.path, percent_encode(&draft.joined_pairs()))
                },
                |draft| {
                    format!(
                        "{}&{}&{}",
                        draft.method,
                        percent_encode(&draft.path),
                        percent_encode(&draft.joined_pairs())
                    )
                },
            ];
            with_each(draft, texts, |draft, text| draft.text = text)
        })],
    },
    Mistake {
        name: "host-left-out",
        schemes: Schemes::These(V1),
        says: "The string to sign was made without the host.",
        advice: "Put the host between the method and the path.",
        slips: &[Slip::Pairs(|draft, _| with_edit(draft, |draft| draft.host.clear()))],
    },
    Mistake {
        name: "path-left-out",
        schemes: Schemes::These(V1),
        says: "The string to sign was made without the path.",
        advice: "Put `/` between the host and the `?`.",
        slips: &[Slip::Pairs(|draft, _| with_edit(draft, |draft| draft.path.clear()))],
    },
    Mistake {
        name: "path-of-another-kind",
        schemes: Schemes::These(V1),
        says: "The string to sign was made with another path than `/`.",
        advice: "Put `/` between the host and the `?`.",
        slips: &[Slip::Pairs(|draft, _| {
            let paths = ["%2F", "/v2/index.php", "/index.php"];
            with_each(draft, paths, |draft, path| path.clone_into(&mut draft.path))
        })],
    },
    Mistake {
        name: "question-mark-left-out",
        schemes: Schemes::These(V1),
        says: "The string to sign was made without the `?` before the parameters.",
        advice: "Put `?` before the parameters, for POST too.",
        slips: &[Slip::Pairs(|draft, _| {
            let texts: [fn(&QueryRecipe) -> String; 2] = [
                |draft| format!("{}{}{}{}", draft.method, draft.host, draft.path, draft.joined_pairs()),
                |draft| format!("{}{}{}", draft.method, draft.host, draft.joined_pairs()),
            ];
            with_each(draft, texts, |draft, text| draft.text = text)
        })],
    },
    Mistake {
        name: "parameters-signed-alone",
        schemes: Schemes::These(V1),
        says: "Only the parameters were signed, without method, host and path.",
        advice: "Begin the string to sign with method, host, path and `?`.",
        slips: &[Slip::Pairs(|draft, _| {
            let texts: [fn(&QueryRecipe) -> String; 2] =
                [QueryRecipe::joined_pairs, |draft| format!("?{}", draft.joined_pairs())];
            with_each(draft, texts, |draft, text| draft.text = text)
        })],
    },
    Mistake {
        name: "parts-on-lines",
        schemes: Schemes::These(V1),
        says: "Method, host, path and parameters were put on lines of their own, or joined by `&`.",
        advice: "Join them without anything between, but for the `?` before the parameters.",
        slips: &[Slip::Pairs(|draft, _| {
            let texts: [fn(&QueryRecipe) -> String; 4] = [
                |draft| signed_parts(draft).join("\n"),
                |draft| signed_parts(draft).join("&"),
                |draft| signed_parts(draft).join(" "),
                |draft| format!("{}\n{}{}?{}", draft.method, draft.host, draft.path, draft.joined_pairs()),
            ];
            with_each(draft, texts, |draft, text| draft.text = text)
        })],
    },
    Mistake {
        name: "ampersand-after-parameters",
        schemes: Schemes::These(V1),
        says: "The parameters were signed with an `&` behind the last one.",
        advice: "Put `&` between parameters only.",
        slips: &[Slip::Pairs(|draft, _| with_edit(draft, |draft| draft.text = |draft| plain_pairs(draft) + "&"))],
    },
    Mistake {
        name: "parameters-joined-otherwise",
        schemes: Schemes::These(V1),
        says: "The parameters were joined without `&` or `=`.",
        advice: "Write each as `name=value`, and join them by `&`.",
        slips: &[Slip::Pairs(|draft, _| {
            let texts: [fn(&QueryRecipe) -> String; 4] = [
                |draft| join_pairs(draft, "=", ""),
                |draft| join_pairs(draft, "", ""),
                |draft| join_pairs(draft, "=", "\n"),
                |draft| join_pairs(draft, ":", "&"),
            ];
            with_each(draft, texts, |draft, text| draft.text = text)
        })],
    },
    Mistake {
        name: "business-parameters-not-signed",
        schemes: Schemes::These(V1),
        says: "Only the common parameters were signed, and none of the action's own.",
        advice: "Sign every parameter but `Signature` itself.",
        slips: &[Slip::Pairs(|draft, _| without_pairs(draft, |name, _| !COMMON.contains(&name)))],
    },
    Mistake {
        name: "common-parameters-not-signed",
        schemes: Schemes::These(V1),
        says: "Only the action's own parameters were signed, and none of the common ones.",
        advice: "Sign every parameter but `Signature` itself.",
        slips: &[Slip::Pairs(|draft, _| without_pairs(draft, |name, _| COMMON.contains(&name)))],
    },
    Mistake {
        name: "names-in-other-case",
        schemes: Schemes::These(V1),
        says: "The names of parameters were signed in lower case, or with a small first letter.",
        advice: "Sign names as they are sent.",
        slips: &[Slip::Pairs(|draft, _| {
            let small: fn(&str) -> String = str::to_lowercase;
            let first: fn(&str) -> String =
                |name| name.get(..1).map_or_else(String::new, |first| first.to_lowercase() + &name[1..]);
            let cases = with_each(draft, [small, first], |draft, case| {
                draft.pairs.iter_mut().for_each(|(name, _)| *name = case(name));
            });
            let sorted = |draft: &QueryRecipe| with_edit(draft, |draft| draft.pairs.sort());
            [cases.iter().flat_map(sorted).collect(), cases].concat()
        })],
    },
    Mistake {
        name: "key-of-newer-signature",
        schemes: Schemes::These(V1),
        says: "The key was the secret with `TC3` in front of it, as in the newer signature.",
        advice: "Use the plain secret as the key.",
        slips: &[Slip::Secret(|of| vec![format!("TC3{}", of.secret)])],
    },
    Mistake {
        name: "ampersand-after-secret",
        schemes: Schemes::These(V1),
        says: "The key was the secret with `&` behind it, as another vendor has it.",
        advice: "Use the plain secret as the key.",
        slips: &[Slip::Secret(|of| vec![format!("{}&", of.secret)])],
    },
    Mistake {
        name: "time-in-milliseconds",
        schemes: Schemes::These(V1),
        says: "The time was taken in milliseconds.",
        advice: "Use whole seconds, in `Timestamp` and in the string to sign.",
        slips: &[
            Slip::Claim(|look| {
                let time = look.call.claim.timestamp.as_deref().unwrap_or("");
                time.len() == 13 && time.bytes().all(|byte| byte.is_ascii_digit())
            }),
            Slip::Pairs(|draft, _| {
                let longer = |text: &str| format!("{text}000");
                let shorter = |text: &str| text.get(..text.len().saturating_sub(3)).unwrap_or("").to_owned();
                [with_timestamps(draft, longer), with_timestamps(draft, shorter)].concat()
            }),
        ],
    },
    Mistake {
        name: "time-of-another-clock-reading",
        schemes: Schemes::These(V1),
        says: "The clock was read twice: the string to sign has a slightly other time than `Timestamp`.",
        advice: "Read the clock once, and use that time everywhere.",
        slips: &[Slip::Pairs(|draft, _| {
            let shifted = |by: i64| {
                with_timestamps(draft, |text| {
                    text.parse::<i64>().map_or_else(|_| String::new(), |at| at.saturating_add(by).to_string())
                })
            };
            (-5..=5).filter(|by| *by != 0).flat_map(shifted).collect()
        })],
    },
];

fn plain_pairs(draft: &QueryRecipe) -> String {
    format!("{}{}{}?{}", draft.method, draft.host, draft.path, draft.joined_pairs())
}

fn signed_parts(draft: &QueryRecipe) -> [String; 4] {
    [draft.method.clone(), draft.host.clone(), draft.path.clone(), draft.joined_pairs()]
}

fn join_pairs(draft: &QueryRecipe, equals: &str, and: &str) -> String {
    let pieces: Vec<String> = draft.pairs.iter().map(|(name, value)| format!("{name}{equals}{value}")).collect();
    format!("{}{}{}?{}", draft.method, draft.host, draft.path, pieces.join(and))
}

/// The draft with another text of its time.
fn with_timestamps(draft: &QueryRecipe, other: impl Fn(&str) -> String) -> Vec<QueryRecipe> {
    with_edit(draft, |draft| {
        draft.pairs.iter_mut().filter(|(name, _)| name == "Timestamp").for_each(|(_, value)| *value = other(value));
    })
}
