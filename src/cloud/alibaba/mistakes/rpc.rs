//! Mistakes that only the older signature allows: its key, its encoding over encoding.

use super::acs3::in_lower_case;
use super::join_pairs;
use crate::call::{ParamValue, Scheme};
use crate::cloud::mistakes::{Mistake, Schemes, Slip, with_each, with_edit, without_pairs};
use crate::cloud::recipe::QueryRecipe;
use crate::sign::{decode_pairs, percent_encode};

const RPC: &[Scheme] = &[crate::cloud::alibaba::RPC];

/// The parameters that every call has, whatever the action.
const COMMON: &[&str] = &[
    "AccessKeyId",
    "Action",
    "Format",
    "RegionId",
    "SecurityToken",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureType",
    "SignatureVersion",
    "Timestamp",
    "Version",
];

pub static ROWS: &[Mistake] = &[
    Mistake {
        name: "ampersand-after-secret-missing",
        schemes: Schemes::These(RPC),
        says: "The key was the secret without the `&` behind it.",
        advice: "Use the secret with `&` behind it as the key.",
        slips: &[Slip::Pairs(|draft, of| with_edit(draft, |draft| draft.key = of.secret.as_bytes().to_vec()))],
    },
    Mistake {
        name: "ampersand-misplaced",
        schemes: Schemes::These(RPC),
        says: "The `&` of the key stands before the secret, twice, or is encoded.",
        advice: "Use the secret with one plain `&` behind it as the key.",
        slips: &[Slip::Pairs(|draft, of| {
            let secret = of.secret;
            let keys = [format!("&{secret}"), format!("{secret}&&"), format!("{secret}%26"), format!("{secret}&amp;")];
            with_each(draft, keys, |draft, key| draft.key = key.into_bytes())
        })],
    },
    Mistake {
        name: "blank-after-ampersand",
        schemes: Schemes::These(RPC),
        says: "A line break or a blank stands behind the `&` of the key.",
        advice: "End the key with the `&`.",
        slips: &[Slip::Pairs(|draft, of| {
            let keys = ["&\n", "& ", "&\r\n"].map(|end| format!("{}{end}", of.secret));
            with_each(draft, keys, |draft, key| draft.key = key.into_bytes())
        })],
    },
    Mistake {
        name: "path-not-encoded",
        schemes: Schemes::These(RPC),
        says: "The path stands as `/` in the string to sign.",
        advice: "Write the path as `%2F`.",
        slips: &[Slip::Pairs(|draft, _| {
            with_edit(draft, |draft| {
                draft.text = |draft| format!("{}&/&{}", draft.method, (draft.escape_all)(&draft.joined_pairs()))
            })
        })],
    },
    Mistake {
        name: "path-encoded-otherwise",
        schemes: Schemes::These(RPC),
        says: "The path stands as `%2f` or `%252F` in the string to sign.",
        advice: "Write the path as `%2F`.",
        slips: &[Slip::Pairs(|draft, _| {
            let texts: [fn(&QueryRecipe) -> String; 2] = [
                |draft| format!("{}&%2f&{}", draft.method, (draft.escape_all)(&draft.joined_pairs())),
                |draft| format!("{}&%252F&{}", draft.method, (draft.escape_all)(&draft.joined_pairs())),
            ];
            with_each(draft, texts, |draft, text| draft.text = text)
        })],
    },
    Mistake {
        name: "path-left-out",
        schemes: Schemes::These(RPC),
        says: "The string to sign was made without the path.",
        advice: "Put `%2F` between the method and the parameters.",
        slips: &[Slip::Pairs(|draft, _| {
            let texts: [fn(&QueryRecipe) -> String; 2] = [
                |draft| format!("{}&{}", draft.method, (draft.escape_all)(&draft.joined_pairs())),
                |draft| format!("{}&&{}", draft.method, (draft.escape_all)(&draft.joined_pairs())),
            ];
            with_each(draft, texts, |draft, text| draft.text = text)
        })],
    },
    Mistake {
        name: "parameters-signed-alone",
        schemes: Schemes::These(RPC),
        says: "Only the parameters were signed, without method and path.",
        advice: "Begin the string to sign with the method and `&%2F&`.",
        slips: &[Slip::Pairs(|draft, _| {
            let texts: [fn(&QueryRecipe) -> String; 3] = [
                QueryRecipe::joined_pairs,
                |draft| (draft.escape_all)(&draft.joined_pairs()),
                |draft| format!("%2F&{}", (draft.escape_all)(&draft.joined_pairs())),
            ];
            with_each(draft, texts, |draft, text| draft.text = text)
        })],
    },
    Mistake {
        name: "parameters-encoded-once",
        schemes: Schemes::These(RPC),
        says: "The joined parameters were not encoded again as a whole.",
        advice: "Encode names and values, join them, and encode the joined text once more.",
        slips: &[Slip::Pairs(|draft, _| {
            let texts: [fn(&QueryRecipe) -> String; 2] = [
                |draft| format!("{}&%2F&{}", draft.method, draft.joined_pairs()),
                |draft| format!("{}&/&{}", draft.method, draft.joined_pairs()),
            ];
            with_each(draft, texts, |draft, text| draft.text = text)
        })],
    },
    Mistake {
        name: "values-not-encoded",
        schemes: Schemes::These(RPC),
        says: "Names and values were joined as plain text before the whole was encoded.",
        advice: "Encode names and values first, then the joined text once more.",
        slips: &[Slip::Pairs(|draft, _| with_edit(draft, |draft| draft.escape = str::to_owned))],
    },
    Mistake {
        name: "values-encoded-twice",
        schemes: Schemes::These(RPC),
        says: "Names and values were encoded twice before they were joined.",
        advice: "Encode names and values once, and the joined text once more.",
        slips: &[Slip::Pairs(|draft, _| {
            with_edit(draft, |draft| draft.escape = |text| percent_encode(&percent_encode(text)))
        })],
    },
    Mistake {
        name: "marks-encoded-as-form",
        schemes: Schemes::These(RPC),
        says: "Values were encoded as a form is: blanks as `+`, `~` as `%7E` and `*` as it is.",
        advice: "Write a blank as `%20`, `*` as `%2A` and leave `~` as it is.",
        slips: &[Slip::Pairs(|draft, _| {
            let form = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            let values = with_edit(draft, |draft| draft.escape = form);
            let both = |draft: &QueryRecipe| with_edit(draft, |draft| draft.escape_all = form);
            [values.iter().flat_map(both).collect(), values].concat()
        })],
    },
    Mistake {
        name: "blanks-as-plus",
        schemes: Schemes::These(RPC),
        says: "Blanks in values were signed as `+`.",
        advice: "Write a blank as `%20`.",
        slips: &[Slip::Pairs(|draft, _| {
            with_edit(draft, |draft| draft.escape = |text| percent_encode(text).replace("%20", "+"))
        })],
    },
    Mistake {
        name: "tilde-encoded",
        schemes: Schemes::These(RPC),
        says: "`~` was signed as `%7E`.",
        advice: "Leave `~` as it is.",
        slips: &[Slip::Pairs(|draft, _| {
            with_edit(draft, |draft| draft.escape = |text| percent_encode(text).replace('~', "%7E"))
        })],
    },
    Mistake {
        name: "star-not-encoded",
        schemes: Schemes::These(RPC),
        says: "`*` was signed as it is.",
        advice: "Write `*` as `%2A`.",
        slips: &[Slip::Pairs(|draft, _| {
            with_edit(draft, |draft| draft.escape = |text| percent_encode(text).replace("%2A", "*"))
        })],
    },
    Mistake {
        name: "slash-not-encoded",
        schemes: Schemes::These(RPC),
        says: "`/` in values was signed as it is.",
        advice: "Write `/` as `%2F`.",
        slips: &[Slip::Pairs(|draft, _| {
            let values = with_edit(draft, |draft| draft.escape = |text| percent_encode(text).replace("%2F", "/"));
            let both = |draft: &QueryRecipe| {
                with_edit(draft, |draft| draft.escape_all = |text| percent_encode(text).replace("%2F", "/"))
            };
            [values.iter().flat_map(both).collect(), values].concat()
        })],
    },
    Mistake {
        name: "colons-not-encoded",
        schemes: Schemes::These(RPC),
        says: "The colons of the time were signed as they are.",
        advice: "Write `:` as `%3A`, and encode the joined text once more, to `%253A`.",
        slips: &[Slip::Pairs(|draft, _| {
            with_edit(draft, |draft| draft.escape = |text| percent_encode(text).replace("%3A", ":"))
        })],
    },
    Mistake {
        name: "marks-encoded-as-in-browsers",
        schemes: Schemes::These(RPC),
        says: "Values were encoded as a browser's `encodeURIComponent` does, which leaves `!'()*` as they are.",
        advice: "Write every character but letters, digits, `-`, `_`, `.` and `~` as `%XX`.",
        slips: &[Slip::Pairs(|draft, _| {
            with_edit(draft, |draft| {
                draft.escape = |text| {
                    let marks = [("%21", "!"), ("%27", "'"), ("%28", "("), ("%29", ")"), ("%2A", "*")];
                    marks.iter().fold(percent_encode(text), |text, (escaped, mark)| text.replace(escaped, mark))
                }
            })
        })],
    },
    Mistake {
        name: "escapes-in-lower-case",
        schemes: Schemes::These(RPC),
        says: "Characters were escaped with lower-case hex, such as `%3a`.",
        advice: "Write escapes in upper-case hex.",
        slips: &[Slip::Pairs(|draft, _| {
            let values = with_edit(draft, |draft| draft.escape = in_lower_case);
            let both = |draft: &QueryRecipe| with_edit(draft, |draft| draft.escape_all = in_lower_case);
            let all = with_edit(draft, |draft| draft.escape_all = in_lower_case);
            [values.iter().flat_map(both).collect(), values, all].concat()
        })],
    },
    Mistake {
        name: "separator-encoded",
        schemes: Schemes::These(RPC),
        says: "The whole string to sign was encoded, its `&` included.",
        advice: "Encode path and parameters, and join method, path and parameters by a plain `&`.",
        slips: &[Slip::Pairs(|draft, _| {
            let texts: [fn(&QueryRecipe) -> String; 2] = [
                |draft| percent_encode(&format!("{}&/&{}", draft.method, draft.joined_pairs())),
                |draft| percent_encode(&format!("{}&%2F&{}", draft.method, percent_encode(&draft.joined_pairs()))),
            ];
            with_each(draft, texts, |draft, text| draft.text = text)
        })],
    },
    Mistake {
        name: "other-separator",
        schemes: Schemes::These(RPC),
        says: "Method, path and parameters were joined by something else than `&`.",
        advice: "Join them by `&`.",
        slips: &[Slip::Pairs(|draft, _| {
            let texts: [fn(&QueryRecipe) -> String; 5] = [
                |draft| signed_parts(draft).join("\n"),
                |draft| signed_parts(draft).join(""),
                |draft| signed_parts(draft).join(" "),
                |draft| signed_parts(draft).join("?"),
                |draft| format!("{}/?{}", draft.method, draft.joined_pairs()),
            ];
            with_each(draft, texts, |draft, text| draft.text = text)
        })],
    },
    Mistake {
        name: "host-signed",
        schemes: Schemes::These(RPC),
        says: "The host took part in what was signed, as other vendors have it.",
        advice: "Leave the host out: the string to sign is method, path and parameters.",
        slips: &[Slip::Pairs(|draft, of| {
            let named = with_edit(draft, |draft| of.look.raw.host().clone_into(&mut draft.host));
            let texts: [fn(&QueryRecipe) -> String; 3] = [
                |draft| format!("{}{}/?{}", draft.method, draft.host, draft.joined_pairs()),
                |draft| format!("{}&{}&%2F&{}", draft.method, draft.host, (draft.escape_all)(&draft.joined_pairs())),
                |draft| {
                    format!(
                        "{}&{}&{}",
                        draft.method,
                        percent_encode(&format!("{}/", draft.host)),
                        (draft.escape_all)(&draft.joined_pairs())
                    )
                },
            ];
            named.iter().flat_map(|draft| with_each(draft, texts, |draft, text| draft.text = text)).collect()
        })],
    },
    Mistake {
        name: "form-not-signed",
        schemes: Schemes::These(RPC),
        says: "The parameters of the form body were sent and not signed.",
        advice: "Sign the parameters of query and form together.",
        slips: &[Slip::Pairs(|draft, of| {
            let form = decode_pairs(&of.look.raw.body);
            without_pairs(draft, |name, value| form.iter().any(|(known, sent)| known == name && sent == value))
        })],
    },
    Mistake {
        name: "query-not-signed",
        schemes: Schemes::These(RPC),
        says: "The parameters of the query were sent and not signed.",
        advice: "Sign the parameters of query and form together.",
        slips: &[Slip::Pairs(|draft, of| {
            let query = decode_pairs(of.look.raw.query().as_bytes());
            without_pairs(draft, |name, value| query.iter().any(|(known, sent)| known == name && sent == value))
        })],
    },
    Mistake {
        name: "json-body-signed",
        schemes: Schemes::These(RPC),
        says: "The members of a JSON body were signed like parameters.",
        advice: "Leave a JSON body out of the signature, or send the parameters as a form.",
        slips: &[Slip::Pairs(|draft, of| {
            let members = of.look.call.params.pairs.iter().filter_map(|(name, value)| match value {
                ParamValue::Json(serde_json::Value::String(text)) => Some((name.to_string(), text.clone())),
                ParamValue::Json(value) => Some((name.to_string(), value.to_string())),
                ParamValue::Text(_) => None,
            });
            with_edit(draft, |draft| {
                draft.pairs.extend(members);
                draft.pairs.sort();
            })
        })],
    },
    Mistake {
        name: "business-parameters-not-signed",
        schemes: Schemes::These(RPC),
        says: "Only the common parameters were signed, and none of the action's own.",
        advice: "Sign every parameter but `Signature` itself.",
        slips: &[Slip::Pairs(|draft, _| without_pairs(draft, |name, _| !COMMON.contains(&name)))],
    },
    Mistake {
        name: "common-parameters-not-signed",
        schemes: Schemes::These(RPC),
        says: "Only the action's own parameters were signed, and none of the common ones.",
        advice: "Sign every parameter but `Signature` itself.",
        slips: &[Slip::Pairs(|draft, _| without_pairs(draft, |name, _| COMMON.contains(&name)))],
    },
    Mistake {
        name: "pairs-sorted-as-texts",
        schemes: Schemes::These(RPC),
        says: "The `name=value` texts were sorted, which is another order where one name begins with another.",
        advice: "Sort the names, then encode and join.",
        slips: &[Slip::Pairs(|draft, _| {
            with_edit(draft, |draft| {
                let key = |pair: &(String, String)| join_pairs(std::slice::from_ref(pair), percent_encode);
                draft.pairs.sort_by_cached_key(key);
            })
        })],
    },
];

fn signed_parts(draft: &QueryRecipe) -> [String; 3] {
    [draft.method.clone(), (draft.escape_all)(&draft.path), (draft.escape_all)(&draft.joined_pairs())]
}
