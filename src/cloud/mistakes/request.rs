//! Mistakes about what arrives: another host, another media type or another body was signed than sent.

use bytes::Bytes;
use serde::Serialize as _;
use serde_json::Value;

use super::{Mistake, Schemes, Slip};
use crate::call::RawRequest;

pub static ROWS: &[Mistake] = &[
    Mistake {
        name: "host-without-port",
        schemes: Schemes::WithExactHost,
        says: "The host was signed without the port that was sent in `Host`.",
        advice: "Sign the host exactly as it stands in `Host`, port included.",
        slips: &[Slip::Request(|raw| with_hosts(raw, &[name_of(raw).to_owned()]))],
    },
    Mistake {
        name: "host-with-another-port",
        schemes: Schemes::WithHost,
        says: "The host was signed with a port that `Host` does not have.",
        advice: "Sign the host exactly as it stands in `Host`.",
        slips: &[Slip::Request(|raw| {
            with_hosts(raw, &["80", "443", "8080", "8443", "4240"].map(|port| format!("{}:{port}", name_of(raw))))
        })],
    },
    Mistake {
        name: "loopback-by-another-name",
        schemes: Schemes::WithHost,
        says: "This machine was called by one name and signed by another, such as `localhost` for `127.0.0.1`.",
        advice: "Sign the name that is called, as it stands in `Host`.",
        slips: &[Slip::Request(|raw| {
            let port = raw.host().strip_prefix(name_of(raw)).unwrap_or("");
            let names = ["localhost", "127.0.0.1", "[::1]", "0.0.0.0", "host.docker.internal", "ticketbooth"];
            let spelled: Vec<_> = names.iter().flat_map(|name| [format!("{name}{port}"), (*name).to_owned()]).collect();
            with_hosts(raw, &spelled)
        })],
    },
    Mistake {
        name: "host-with-scheme",
        schemes: Schemes::WithHost,
        says: "The host was signed with `http://` in front of it or a slash behind it.",
        advice: "Sign the bare host as it stands in `Host`.",
        slips: &[Slip::Request(|raw| {
            let host = raw.host();
            let spelled =
                ["http://", "https://", "//"].map(|scheme| [format!("{scheme}{host}"), format!("{scheme}{host}/")]);
            with_hosts(raw, &[spelled.concat(), vec![format!("{host}/")]].concat())
        })],
    },
    Mistake {
        name: "media-type-with-charset",
        schemes: Schemes::Canonical,
        says: "`content-type` was signed with a charset that was not sent.",
        advice: "Set the header yourself, and sign it exactly as it is sent.",
        slips: &[Slip::Request(|raw| {
            let bare = raw.header("content-type").unwrap_or("").trim();
            let charsets = ["; charset=utf-8", ";charset=utf-8", "; charset=UTF-8", ";charset=UTF-8"];
            media_types(raw, &charsets.map(|charset| format!("{bare}{charset}")))
        })],
    },
    Mistake {
        name: "charset-added-after-signing",
        schemes: Schemes::Canonical,
        says: "`content-type` was signed without the charset that the HTTP library added on the way.",
        advice: "Set the header with its charset before signing, or tell the library to add none.",
        slips: &[Slip::Request(|raw| {
            let full = raw.header("content-type").unwrap_or("");
            media_types(raw, &[full.split(';').next().unwrap_or("").trim().to_owned()])
        })],
    },
    Mistake {
        name: "other-media-type",
        schemes: Schemes::Canonical,
        says: "Another `content-type` was signed than was sent.",
        advice: "Sign the header that is sent: some HTTP libraries put their own in its place.",
        slips: &[Slip::Request(|raw| {
            let names = [
                "application/json",
                "application/json; charset=utf-8",
                "application/x-www-form-urlencoded",
                "application/octet-stream",
                "multipart/form-data",
                "text/plain",
                "*/*",
            ];
            media_types(raw, &names.map(str::to_owned))
        })],
    },
    Mistake {
        name: "media-type-empty",
        schemes: Schemes::Canonical,
        says: "`content-type` was signed as an empty text although one was sent.",
        advice: "Set the header before signing: the HTTP library adds one of its own when there is none.",
        slips: &[Slip::Request(|raw| media_types(raw, &[String::new()]))],
    },
    Mistake {
        name: "empty-body-signed",
        schemes: Schemes::Canonical,
        says: "The digest of an empty body was signed, and a body was sent.",
        advice: "Digest the bytes of the body that is sent.",
        slips: &[Slip::Request(|raw| with_bodies(raw, [String::new()]))],
    },
    Mistake {
        name: "empty-object-signed",
        schemes: Schemes::Canonical,
        says: "The digest of `{}`, `[]` or `null` was signed, and another body was sent.",
        advice: "Digest the bytes of the body that is sent, which is none at all when there is none.",
        slips: &[Slip::Request(|raw| with_bodies(raw, ["{}", "[]", "null", "\"\""].map(str::to_owned)))],
    },
    Mistake {
        name: "line-break-after-body",
        schemes: Schemes::Canonical,
        says: "The body was signed with a line break at its end that was not sent, or without one that was.",
        advice: "Digest the bytes of the body that is sent, to the last one.",
        slips: &[Slip::Request(|raw| {
            let Ok(text) = str::from_utf8(&raw.body) else { return Vec::new() };
            with_bodies(
                raw,
                [format!("{text}\n"), format!("{text}\r\n"), text.trim_end_matches(['\r', '\n']).to_owned()],
            )
        })],
    },
    Mistake {
        name: "json-spaced-otherwise",
        schemes: Schemes::Canonical,
        says: "The body was signed as one JSON text and sent as another, with other blanks between its parts.",
        advice: "Make the JSON text once, and digest and send that same text.",
        slips: &[Slip::Request(|raw| with_json_bodies(raw, |value| json_layouts(value).to_vec()))],
    },
    Mistake {
        name: "json-members-sorted",
        schemes: Schemes::Canonical,
        says: "The body was signed with the members of its JSON in alphabetical order and sent in another.",
        advice: "Make the JSON text once, and digest and send that same text.",
        slips: &[Slip::Request(|raw| {
            with_json_bodies(raw, |value| {
                let mut sorted = value.clone();
                sorted.sort_all_objects();
                json_layouts(&sorted).iter().flat_map(|text| [text.clone(), ascii_json(text)]).collect()
            })
        })],
    },
    Mistake {
        name: "json-escaped-otherwise",
        schemes: Schemes::Canonical,
        says: "The body was signed with letters written out and sent with them as `\\uXXXX`, or the other way round.",
        advice: "Make the JSON text once, and digest and send that same text.",
        slips: &[Slip::Request(|raw| {
            with_json_bodies(raw, |value| {
                let escaped =
                    |text: &String| [ascii_json(text), for_html(text), ascii_json(&for_html(text)), with_slashes(text)];
                json_layouts(value).iter().flat_map(escaped).collect()
            })
        })],
    },
];

/// The host without its port.
fn name_of(raw: &RawRequest) -> &str {
    match raw.host().rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => raw.host(),
    }
}

/// The request with each of the hosts.
pub(in crate::cloud) fn with_hosts(raw: &RawRequest, hosts: &[String]) -> Vec<RawRequest> {
    hosts.iter().map(|host| with_header(raw, "host", host)).collect()
}

fn media_types(raw: &RawRequest, types: &[String]) -> Vec<RawRequest> {
    types.iter().map(|kind| with_header(raw, "content-type", kind)).collect()
}

/// The request with another value of the header in its first place.
fn with_header(raw: &RawRequest, name: &str, value: &str) -> RawRequest {
    let others = raw.headers.iter().filter(|(known, _)| *known != name);
    RawRequest { headers: [(name, value)].into_iter().chain(others).collect(), ..raw.clone() }
}

fn with_bodies(raw: &RawRequest, bodies: impl IntoIterator<Item = String>) -> Vec<RawRequest> {
    bodies.into_iter().map(|body| RawRequest { body: Bytes::from(body), ..raw.clone() }).collect()
}

/// The request with each of the texts that its JSON body might have been.
fn with_json_bodies(raw: &RawRequest, spellings: fn(&Value) -> Vec<String>) -> Vec<RawRequest> {
    serde_json::from_slice(&raw.body).map_or_else(|_| Vec::new(), |value| with_bodies(raw, spellings(&value)))
}

/// The usual layouts: compact, with a blank behind each mark, and over several lines.
fn json_layouts(value: &Value) -> [String; 4] {
    let indented = |indent: &[u8]| {
        let mut bytes = Vec::new();
        let pretty = serde_json::ser::PrettyFormatter::with_indent(indent);
        // Writing into memory cannot fail, and half a text would match nothing.
        let _ = value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, pretty));
        String::from_utf8(bytes).unwrap_or_default()
    };
    let mut spaced = Vec::new();
    let _ = value.serialize(&mut serde_json::Serializer::with_formatter(&mut spaced, Spaced));
    [value.to_string(), String::from_utf8(spaced).unwrap_or_default(), indented(b"  "), indented(b"    ")]
}

/// JSON on one line with a blank behind each comma and colon.
struct Spaced;

impl serde_json::ser::Formatter for Spaced {
    fn begin_array_value<W: ?Sized + std::io::Write>(&mut self, writer: &mut W, first: bool) -> std::io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + std::io::Write>(&mut self, writer: &mut W, first: bool) -> std::io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + std::io::Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        writer.write_all(b": ")
    }
}

/// The JSON text with every letter beyond ASCII as `\uXXXX`.
fn ascii_json(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() {
            written.push(letter);
        } else {
            let mut units = [0; 2];
            written.extend(letter.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    written
}

/// The JSON text as encoders write it that have web pages in mind.
fn for_html(text: &str) -> String {
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// The JSON text as encoders write it that escape slashes, and letters beyond ASCII as well.
fn with_slashes(text: &str) -> String {
    ascii_json(&text.replace('/', "\\/"))
}
