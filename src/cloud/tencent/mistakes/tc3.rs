//! Mistakes that only TC3-HMAC-SHA256 allows: its scope, its chain of keys, its query as sent.

use jiff::tz::{Offset, TimeZone};

use super::public_hosts;
use crate::call::{Claim, Scheme};
use crate::cloud::mistakes::{Mistake, Schemes, Slip, with_each, with_edit};
use crate::cloud::recipe::CanonicalRecipe;
use crate::sign::{canonical_query, decode_pairs, hmac_sha256, sha256_hex};

const TC3: &[Scheme] = &[crate::cloud::tencent::TC3];

pub static ROWS: &[Mistake] = &[
    Mistake {
        name: "public-host-signed",
        schemes: Schemes::These(TC3),
        says: "The vendor's public host was signed, and another one was called.",
        advice: "Tell the client its endpoint, so that it signs the host that it calls.",
        slips: &[Slip::Request(public_hosts)],
    },
    Mistake {
        name: "prefix-of-key-missing",
        schemes: Schemes::These(TC3),
        says: "The first key was made of the secret without `TC3` in front of it.",
        advice: "Begin the chain of keys with `TC3` and the secret.",
        slips: &[Slip::Canonical(|draft, of| with_edit(draft, |draft| draft.root = of.secret.as_bytes().to_vec()))],
    },
    Mistake {
        name: "prefix-of-key-misspelled",
        schemes: Schemes::These(TC3),
        says: "The first key was made with something else than `TC3` in front of the secret.",
        advice: "Begin the chain of keys with `TC3` and the secret, without anything between them.",
        slips: &[Slip::Canonical(|draft, of| {
            let prefixes = ["tc3", "TC3 ", "TC3-", "TC3_", "TC3:", "TC3TC3", "AWS4", "TC3-HMAC-SHA256", "ACS3"];
            with_each(draft, prefixes, |draft, prefix| draft.root = format!("{prefix}{}", of.secret).into_bytes())
        })],
    },
    Mistake {
        name: "local-date",
        schemes: Schemes::These(TC3),
        says: "The date of the scope or of the first key was the local one, not that of UTC.",
        advice: "Take the date in UTC from the very seconds of `X-TC-Timestamp`.",
        slips: &[
            Slip::Claim(|look| {
                let claim = &look.call.claim;
                claim.scope_parts().next().is_some_and(|date| local_dates(claim).iter().any(|local| local == date))
            }),
            Slip::Canonical(|draft, of| {
                let dates = local_dates(&of.look.call.claim);
                dates.into_iter().flat_map(|date| with_date(draft, &date)).collect()
            }),
        ],
    },
    Mistake {
        name: "date-without-dashes",
        schemes: Schemes::These(TC3),
        says: "The date was written as `20260105` in the scope or in the first key.",
        advice: "Write the date with dashes, as `2026-01-05`.",
        slips: &[
            Slip::Claim(|look| {
                let date = look.call.claim.scope_parts().next().unwrap_or_default();
                date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit())
            }),
            Slip::Canonical(|draft, _| with_date(draft, &date_of(draft).replace('-', ""))),
        ],
    },
    Mistake {
        name: "time-in-milliseconds",
        schemes: Schemes::These(TC3),
        says: "The time was taken in milliseconds.",
        advice: "Use whole seconds, in `X-TC-Timestamp` and in the string to sign.",
        slips: &[
            Slip::Claim(|look| {
                let time = look.call.claim.timestamp.as_deref().unwrap_or("");
                time.len() == 13 && time.bytes().all(|byte| byte.is_ascii_digit())
            }),
            Slip::Canonical(|draft, of| {
                let time = of.look.call.claim.timestamp.as_deref().unwrap_or("");
                let shorter = time.get(..time.len().saturating_sub(3)).unwrap_or("");
                with_each(draft, [format!("{time}000"), shorter.to_owned(), format!("{time}.0")], |draft, time| {
                    draft.head.iter_mut().skip(1).take(1).for_each(|line| line.clone_from(&time));
                })
            }),
        ],
    },
    Mistake {
        name: "time-of-another-clock-reading",
        schemes: Schemes::These(TC3),
        says: "The clock was read twice: the string to sign has a slightly other time than `X-TC-Timestamp`.",
        advice: "Read the clock once, and use that time everywhere.",
        slips: &[Slip::Canonical(|draft, of| {
            let unix = of.look.call.claim.unix.unwrap_or(0);
            let around = (-5..=5).filter(|off| *off != 0).map(|off| unix.saturating_add(off).to_string());
            with_each(draft, around, |draft, time| {
                draft.head.iter_mut().skip(1).take(1).for_each(|line| line.clone_from(&time));
            })
        })],
    },
    Mistake {
        name: "time-not-in-string-to-sign",
        schemes: Schemes::These(TC3),
        says: "The time was left out of the string to sign.",
        advice: "Put `X-TC-Timestamp` into the second line of the string to sign.",
        slips: &[Slip::Canonical(|draft, _| without_line(draft, 1))],
    },
    Mistake {
        name: "scope-not-in-string-to-sign",
        schemes: Schemes::These(TC3),
        says: "The scope was left out of the string to sign.",
        advice: "Put `date/service/tc3_request` into the third line of the string to sign.",
        slips: &[Slip::Canonical(|draft, _| without_line(draft, 2))],
    },
    Mistake {
        name: "key-id-in-scope",
        schemes: Schemes::These(TC3),
        says: "The string to sign has the whole credential in its third line, the id of the key included.",
        advice: "Begin the scope of the string to sign with the date.",
        slips: &[Slip::Canonical(|draft, of| with_scopes(draft, [format!("{}/{}", of.id, scope_of(draft))]))],
    },
    Mistake {
        name: "scope-cut",
        schemes: Schemes::These(TC3),
        says: "The scope of the string to sign lacks a part, or its parts stand in another order.",
        advice: "Write it as `date/service/tc3_request`.",
        slips: &[Slip::Canonical(|draft, of| {
            let [date, service, end] =
                [0, 1, 2].map(|place| of.look.call.claim.scope_parts().nth(place).unwrap_or_default());
            let parts: [&[&str]; 6] = [
                &[date, service],
                &[date, end],
                &[service, end],
                &[date],
                &[service, date, end],
                &[date, "", service, end],
            ];
            let spelled = parts.map(|parts| parts.join("/"));
            [
                with_scopes(draft, spelled),
                with_scopes(draft, [format!("{date}/{service}/{end}/"), format!("/{date}/{service}/{end}")]),
            ]
            .concat()
        })],
    },
    Mistake {
        name: "other-service",
        schemes: Schemes::These(TC3),
        says: "The scope or the chain of keys was made with the name of another service than the credential has.",
        advice: "Use `bi` in the credential, in the scope and in the chain of keys.",
        slips: &[
            Slip::Claim(|look| {
                let own_host = look.raw.host().to_ascii_lowercase().starts_with("bi.");
                own_host && look.call.claim.scope_parts().nth(1).is_some_and(|service| service != "bi")
            }),
            Slip::Canonical(|draft, of| {
                let host = of.look.raw.host();
                let first = host.split('.').next().unwrap_or("");
                let bare = host.split(':').next().unwrap_or("");
                let names = [
                    "bi",
                    "BI",
                    "Bi",
                    "cvm",
                    "sts",
                    "cam",
                    "tcb",
                    "tencentbi",
                    "bi.tencentcloudapi.com",
                    "",
                    first,
                    bare,
                ];
                names.into_iter().flat_map(|name| with_part(draft, 1, name)).collect()
            }),
        ],
    },
    Mistake {
        name: "other-terminator",
        schemes: Schemes::These(TC3),
        says: "The scope or the chain of keys does not end in `tc3_request`.",
        advice: "End the credential, the scope and the chain of keys with `tc3_request`.",
        slips: &[
            Slip::Claim(|look| look.call.claim.scope_parts().nth(2).is_some_and(|end| end != "tc3_request")),
            Slip::Canonical(|draft, _| {
                let names = ["tc3-request", "TC3_REQUEST", "tc3_request\n", "aws4_request", "tc3", "request", ""];
                names.into_iter().flat_map(|name| with_part(draft, 2, name)).collect()
            }),
        ],
    },
    Mistake {
        name: "no-chain-of-keys",
        schemes: Schemes::These(TC3),
        says: "The string to sign was signed with the secret itself, without a chain of keys.",
        advice: "Make the keys of date, service and terminator one after the other, and sign with the last.",
        slips: &[Slip::Canonical(|draft, of| {
            let roots = [draft.root.clone(), of.secret.as_bytes().to_vec()];
            with_each(draft, roots, |draft, root| {
                draft.root = root;
                draft.chain.clear();
            })
        })],
    },
    Mistake {
        name: "link-of-keys-missing",
        schemes: Schemes::These(TC3),
        says: "One or two steps of the chain of keys were left out.",
        advice: "Make the keys of date, service and terminator one after the other.",
        slips: &[Slip::Canonical(|draft, _| {
            let kept: [&[usize]; 6] = [&[0, 1], &[0, 2], &[1, 2], &[0], &[1], &[2]];
            with_key_chains(draft, &kept)
        })],
    },
    Mistake {
        name: "chain-of-keys-in-other-order",
        schemes: Schemes::These(TC3),
        says: "The steps of the chain of keys were made in another order.",
        advice: "Make the key of the date first, then that of the service, then that of the terminator.",
        slips: &[Slip::Canonical(|draft, _| {
            let orders: [&[usize]; 5] = [&[1, 0, 2], &[2, 1, 0], &[0, 2, 1], &[1, 2, 0], &[2, 0, 1]];
            with_key_chains(draft, &orders)
        })],
    },
    Mistake {
        name: "chain-of-keys-in-hex",
        schemes: Schemes::These(TC3),
        says: "A key was handed on as hex text instead of its bytes.",
        advice: "Hand the bytes of each digest to the next step, and write only the signature in hex.",
        slips: &[Slip::Canonical(|draft, _| {
            let hexed = |key: Vec<u8>| hex::encode(key).into_bytes();
            let all = with_edit(draft, |draft| draft.link = hexed);
            let last = with_edit(draft, |draft| {
                draft.seal = |key, text| hmac_sha256(hex::encode(key).as_bytes(), text);
            });
            [all, last].concat()
        })],
    },
    Mistake {
        name: "chain-of-keys-swapped",
        schemes: Schemes::These(TC3),
        says: "In the chain of keys, the text was handed to HMAC as the key, and the key as the text.",
        advice: "Use the last key as the key of HMAC, and the date, service or terminator as its text.",
        slips: &[Slip::Canonical(|draft, _| {
            let swap = |key: Vec<u8>, text: &String| hmac_sha256(text.as_bytes(), &key);
            let chained = with_edit(draft, |draft| {
                draft.root = draft.chain.iter().fold(draft.root.clone(), swap);
                draft.chain.clear();
            });
            let sealed = |draft: &CanonicalRecipe| {
                with_edit(draft, |draft| draft.seal = |key, text| hmac_sha256(text.as_bytes(), key))
            };
            [chained.iter().flat_map(sealed).collect(), chained].concat()
        })],
    },
    Mistake {
        name: "query-spelled-otherwise",
        schemes: Schemes::These(TC3),
        says: "The query was signed sorted or encoded in another way than it was sent.",
        advice: "Build the query once, and sign and send that same text.",
        slips: &[Slip::Canonical(|draft, of| {
            if draft.query.is_empty() {
                return Vec::new();
            }
            let mut pairs = decode_pairs(of.look.raw.query().as_bytes());
            let as_sent = header_spellings(&pairs);
            pairs.sort_unstable();
            let mut pieces: Vec<&str> = draft.query.split('&').collect();
            pieces.sort_unstable();
            let sorted = [header_spellings(&pairs).to_vec(), vec![pieces.join("&")]].concat();
            with_each(draft, as_sent.into_iter().chain(sorted), |draft, query| draft.query = query)
        })],
    },
    Mistake {
        name: "query-of-post-signed",
        schemes: Schemes::These(TC3),
        says: "The query of a POST was signed.",
        advice: "Sign the query as an empty line for POST: its parameters belong into the body.",
        slips: &[Slip::Canonical(|draft, of| {
            with_edit(draft, |draft| of.look.raw.query().clone_into(&mut draft.query))
        })],
    },
    Mistake {
        name: "body-of-get-signed",
        schemes: Schemes::These(TC3),
        says: "A GET was signed with the digest of a body, such as `{}` or its own parameters.",
        advice: "Sign a GET with the digest of an empty body.",
        slips: &[Slip::Canonical(|draft, of| {
            let sent = String::from_utf8_lossy(&of.look.raw.body).into_owned();
            let bodies = ["{}".to_owned(), "null".to_owned(), of.look.raw.query().to_owned(), sent];
            with_each(draft, bodies, |draft, body| draft.payload = sha256_hex(body.as_bytes()))
        })],
    },
    Mistake {
        name: "unsigned-payload-by-half",
        schemes: Schemes::These(TC3),
        says: "`UNSIGNED-PAYLOAD` was signed without the header that says so, or without being digested.",
        advice: "Send `X-TC-Content-SHA256: UNSIGNED-PAYLOAD`, and sign the digest of that word.",
        slips: &[Slip::Canonical(|draft, of| {
            let word = "UNSIGNED-PAYLOAD".to_owned();
            let payloads = [sha256_hex(word.as_bytes()), word, sha256_hex(&of.look.raw.body)];
            with_each(draft, payloads, |draft, payload| draft.payload = payload)
        })],
    },
    Mistake {
        name: "header-values-in-own-case",
        schemes: Schemes::These(TC3),
        says: "Values of headers were signed in their own case.",
        advice: "Sign the values of headers in lower case, as the vendor's page of the signature asks.",
        slips: &[Slip::Canonical(|draft, of| {
            with_edit(draft, |draft| {
                for (name, value) in &mut draft.headers {
                    of.look.raw.header(name).unwrap_or("").trim().clone_into(value);
                }
            })
        })],
    },
];

fn date_of(draft: &CanonicalRecipe) -> String {
    draft.chain.first().cloned().unwrap_or_default()
}

fn scope_of(draft: &CanonicalRecipe) -> String {
    draft.head.get(2).cloned().unwrap_or_default()
}

/// The dates at the signature's time in the zones of the world that are not the one of UTC.
fn local_dates(claim: &Claim) -> Vec<String> {
    let unix = claim.unix.unwrap_or(0);
    let Ok(at) = jiff::Timestamp::from_second(unix) else { return Vec::new() };
    let date = |zone: TimeZone| at.to_zoned(zone).date().to_string();
    let utc = date(TimeZone::UTC);
    let zones = (-12..=14).filter_map(|hours: i8| Offset::from_hours(hours).ok());
    let mut dates: Vec<String> = zones.map(|zone| date(TimeZone::fixed(zone))).filter(|date| *date != utc).collect();
    dates.sort_unstable();
    dates.dedup();
    dates
}

/// Another date in the chain of keys, in the scope, and in both.
fn with_date(draft: &CanonicalRecipe, date: &str) -> Vec<CanonicalRecipe> {
    with_part(draft, 0, date)
}

/// Another part of the credential in the chain of keys, in the scope, and in both.
fn with_part(draft: &CanonicalRecipe, place: usize, part: &str) -> Vec<CanonicalRecipe> {
    let in_chain = |draft: &mut CanonicalRecipe| {
        draft.chain.iter_mut().skip(place).take(1).for_each(|link| part.clone_into(link));
    };
    let in_scope = |draft: &mut CanonicalRecipe| {
        let scope = scope_of(draft);
        let mut parts: Vec<&str> = scope.split('/').collect();
        parts.iter_mut().skip(place).take(1).for_each(|known| *known = part);
        let scope = parts.join("/");
        draft.head.iter_mut().skip(2).take(1).for_each(|line| scope.clone_into(line));
    };
    let in_both = |draft: &mut CanonicalRecipe| {
        in_chain(draft);
        in_scope(draft);
    };
    [with_edit(draft, in_chain), with_edit(draft, in_scope), with_edit(draft, in_both)].concat()
}

fn with_scopes(draft: &CanonicalRecipe, scopes: impl IntoIterator<Item = String>) -> Vec<CanonicalRecipe> {
    with_each(draft, scopes, |draft, scope| {
        draft.head.iter_mut().skip(2).take(1).for_each(|line| line.clone_from(&scope))
    })
}

fn without_line(draft: &CanonicalRecipe, place: usize) -> Vec<CanonicalRecipe> {
    let lines = draft.head.iter().enumerate().filter(|(line, _)| *line != place).map(|(_, line)| line.clone());
    with_edit(draft, |draft| draft.head = lines.collect())
}

/// The chain of keys made of these steps.
fn with_key_chains(draft: &CanonicalRecipe, choices: &[&[usize]]) -> Vec<CanonicalRecipe> {
    let steps = |places: &&[usize]| places.iter().filter_map(|place| draft.chain.get(*place).cloned()).collect();
    with_each(draft, choices.iter().map(steps), |draft, chain: Vec<String>| draft.chain = chain)
}

/// The pairs with blanks as `%20` and as `+`.
fn header_spellings(pairs: &[(String, String)]) -> [String; 2] {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(pairs);
    // Sorting is the caller's, so each pair is written by itself.
    let pieces: Vec<String> = pairs.iter().map(|pair| canonical_query(std::slice::from_ref(pair))).collect();
    [pieces.join("&"), form.finish()]
}
