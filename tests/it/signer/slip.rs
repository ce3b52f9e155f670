//! Clients that sign wrongly. Each is a right one whose texts are cut and pasted afterwards, so that
//! nothing of the code that looks for the mistakes is used to make them.

use sha1::Sha1;
use sha2::Digest;

use super::{
    ALIBABA_KEY, ALIBABA_SECRET, LOOPBACK, OTHER_ALIBABA_SECRET, OTHER_TENCENT_SECRET, STANDARD, TENCENT_KEY,
    TENCENT_SECRET, escaped, hmac1, hmac256, sha256, utc,
};
use crate::kit::raw;
use base64::Engine as _;
use ticketbooth::call::{RawRequest, Scheme};
use ticketbooth::cloud::{alibaba, tencent};

/// A request and the mistake in it.
pub struct Case {
    pub mistake: &'static str,
    pub request: RawRequest,
    /// Another check than that of the signature refuses it.
    pub early: bool,
}

const BODY: &str = "{\"b\":\"湖</a>&\",\"a\":[1,{\"d\":1,\"c\":2}]}";
const SPACED: &str = "{\"b\": \"湖</a>&\", \"a\": [1, {\"d\": 1, \"c\": 2}]}";
const INDENTED: &str =
    "{\n  \"b\": \"湖</a>&\",\n  \"a\": [\n    1,\n    {\n      \"d\": 1,\n      \"c\": 2\n    }\n  ]\n}";
const SORTED: &str = "{\"a\":[1,{\"c\":2,\"d\":1}],\"b\":\"湖</a>&\"}";
const PYTHON: &str = "{\"b\": \"\\u6e56</a>&\", \"a\": [1, {\"d\": 1, \"c\": 2}]}";
const GO: &str = "{\"b\":\"湖\\u003c/a\\u003e\\u0026\",\"a\":[1,{\"d\":1,\"c\":2}]}";
const PHP: &str = "{\"b\":\"\\u6e56<\\/a>&\",\"a\":[1,{\"d\":1,\"c\":2}]}";

/// The secrets that people take for the secret.
fn secrets(id: &str, secret: &str, sibling: &str, stranger: &str) -> Vec<(&'static str, String)> {
    vec![
        ("newline-in-secret", format!("{secret}\n")),
        ("newline-in-secret", format!("{secret}\r\n")),
        ("blank-in-secret", format!("{secret} ")),
        ("blank-in-secret", format!(" {secret}")),
        ("quotes-in-secret", format!("\"{secret}\"")),
        ("quotes-in-secret", format!("'{secret}'")),
        ("invisible-sign-in-secret", format!("\u{feff}{secret}")),
        ("empty-secret", String::new()),
        ("unset-secret", "undefined".to_owned()),
        ("id-as-secret", id.to_owned()),
        ("secret-of-another-key", sibling.to_owned()),
        ("secret-of-another-vendor", stranger.to_owned()),
        ("secret-in-other-case", secret.to_uppercase()),
        ("secret-cut-short", secret[1..].to_owned()),
        ("secret-cut-short", secret[..secret.len() - 1].to_owned()),
        ("secret-pasted-twice", format!("{secret}{secret}")),
        ("secret-encoded", STANDARD.encode(secret)),
        ("secret-encoded", hex::encode(secret)),
        ("secret-with-its-name", format!("SECRET_KEY={secret}")),
    ]
}

/// A client of a newer recipe: what is sent, and how each text is changed before the next is made.
#[derive(Clone)]
struct Newer {
    scheme: Scheme,
    id: String,
    secret: String,
    method: &'static str,
    /// As it is sent.
    query: String,
    /// As it is to be signed.
    canonical_query: String,
    headers: Vec<(&'static str, String)>,
    list: &'static str,
    body: String,
    time: String,
    /// The scope that is sent.
    scope: String,
    canonical: fn(String) -> String,
    digest: fn(&str) -> String,
    /// The lines before the digest.
    head: fn(Vec<String>) -> Vec<String>,
    end: &'static str,
    key: fn(&str, &[&str]) -> Vec<u8>,
    mac: fn(&[u8], &str) -> Vec<u8>,
    write: fn(Vec<u8>) -> String,
}

fn chain(secret: &str, steps: &[&str]) -> Vec<u8> {
    steps.iter().fold(format!("TC3{secret}").into_bytes(), hmac256)
}

impl Newer {
    fn tc3(unix: i64) -> Self {
        Self {
            scheme: tencent::TC3,
            id: TENCENT_KEY.to_owned(),
            secret: TENCENT_SECRET.to_owned(),
            method: "POST",
            query: String::new(),
            canonical_query: String::new(),
            headers: vec![
                ("host", LOOPBACK.to_owned()),
                ("content-type", "application/json".to_owned()),
                ("x-tc-action", "CreateEmbedToken".to_owned()),
                ("x-tc-version", "2022-01-05".to_owned()),
                ("x-tc-timestamp", unix.to_string()),
            ],
            list: "content-type;host",
            body: BODY.to_owned(),
            time: unix.to_string(),
            scope: format!("{}/bi/tc3_request", utc(unix, "%Y-%m-%d")),
            canonical: |text| text,
            digest: |text| sha256(text),
            head: |lines| lines,
            end: "",
            key: chain,
            mac: |key, text| hmac256(key, text),
            write: |bytes| hex::encode(bytes),
        }
    }

    fn acs3(unix: i64) -> Self {
        let time = utc(unix, "%Y-%m-%dT%H:%M:%SZ");
        Self {
            scheme: alibaba::ACS3,
            id: ALIBABA_KEY.to_owned(),
            secret: ALIBABA_SECRET.to_owned(),
            query: "worksId=w&Name=a+b%2A~%2Fc%21%28%3A&Empty=&Zone=%E6%B9%96".to_owned(),
            canonical_query: "Empty=&Name=a%20b%2A~%2Fc%21%28%3A&Zone=%E6%B9%96&worksId=w".to_owned(),
            headers: vec![
                ("host", LOOPBACK.to_owned()),
                ("x-acs-version", "2022-01-01".to_owned()),
                ("x-acs-action", "CreateTicket".to_owned()),
                ("x-acs-date", time.clone()),
                ("x-acs-signature-nonce", "1".to_owned()),
                ("x-acs-content-sha256", sha256(BODY)),
                ("content-type", "application/json".to_owned()),
                ("x-tc-action", "Other".to_owned()),
            ],
            list: "content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version",
            time,
            scope: String::new(),
            key: |secret, _| secret.as_bytes().to_vec(),
            ..Self::tc3(unix)
        }
    }

    /// One with a query, which this recipe of the two has only with GET.
    fn with_query(mut self) -> Self {
        if self.scheme == tencent::TC3 {
            self.method = "GET";
            self.body.clear();
            self.query = "b=1&a=x%20y~%2A".to_owned();
            self.canonical_query.clone_from(&self.query);
        }
        self
    }

    fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        self.headers.iter_mut().filter(|(known, _)| *known == name).for_each(|(_, known)| known.clone_from(&value));
    }

    fn send(&self) -> RawRequest {
        let value = |name: &str| {
            let line = self.headers.iter().find(|(known, _)| *known == name);
            let value = line.map_or("", |(_, value)| value.trim());
            if self.scheme == tencent::TC3 { value.to_lowercase() } else { value.to_owned() }
        };
        let lines: String = self.list.split(';').map(|name| format!("{name}:{}\n", value(name))).collect();
        let (method, query, payload) = (self.method, &self.canonical_query, sha256(&self.body));
        let canonical = (self.canonical)(format!("{method}\n/\n{query}\n{lines}\n{}\n{payload}", self.list));
        let mut head = vec![self.scheme.name().to_owned()];
        if self.scheme == tencent::TC3 {
            head.extend([self.time.clone(), self.scope.clone()]);
        }
        let mut text = (self.head)(head);
        text.push((self.digest)(&canonical));
        let steps: Vec<&str> = self.scope.split('/').collect();
        let key = (self.key)(&self.secret, &steps);
        let signature = (self.write)((self.mac)(&key, &(text.join("\n") + self.end)));
        let (list, id, name) = (self.list, &self.id, self.scheme.name());
        let scope = if self.scope.is_empty() { String::new() } else { format!("/{}", self.scope) };
        let authorization = format!("{name} Credential={id}{scope},SignedHeaders={list},Signature={signature}");
        let mut headers: Vec<(&str, &str)> = self.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        headers.push(("authorization", &authorization));
        raw(method, &format!("/?{}", self.query), &headers, self.body.as_bytes())
    }
}

/// The canonical request with its lines changed.
fn lines(text: &str, change: impl FnOnce(&mut Vec<String>)) -> String {
    let mut lines = text.split('\n').map(str::to_owned).collect();
    change(&mut lines);
    lines.join("\n")
}

/// The canonical request with another digest of the body.
fn payload(text: &str, payload: impl Into<String>) -> String {
    lines(text, |lines| *lines.last_mut().unwrap() = payload.into())
}

fn headers(text: &str, change: impl Fn(&mut [String])) -> String {
    lines(text, |lines| {
        let end = lines.len() - 3;
        change(&mut lines[3..end]);
    })
}

fn list(text: &str, change: impl FnOnce(&str) -> String) -> String {
    lines(text, |lines| {
        let place = lines.len() - 2;
        lines[place] = change(&lines[place]);
    })
}

type Change = fn(&mut Newer);

const OF_CANONICAL_REQUEST: &[(&str, Change)] = &[
    ("loopback-by-another-name", |c| c.canonical = |t| t.replace("host:127.0.0.1:4240", "host:localhost:4240")),
    ("host-with-another-port", |c| c.canonical = |t| t.replace("host:127.0.0.1:4240", "host:127.0.0.1:8080")),
    ("host-with-scheme", |c| c.canonical = |t| t.replace("host:127", "host:http://127")),
    ("media-type-with-charset", |c| c.canonical = |t| t.replace("on/json\n", "on/json; charset=utf-8\n")),
    ("charset-added-after-signing", |c| {
        c.set("content-type", "application/json;charset=utf-8");
        c.canonical = |t| t.replace(";charset=utf-8\n", "\n");
    }),
    ("other-media-type", |c| c.canonical = |t| t.replace("application/json\n", "text/plain\n")),
    ("media-type-empty", |c| c.canonical = |t| t.replace("application/json\n", "\n")),
    ("empty-body-signed", |c| c.canonical = |t| payload(&t, sha256(""))),
    ("empty-object-signed", |c| c.canonical = |t| payload(&t, sha256("{}"))),
    ("line-break-after-body", |c| c.canonical = |t| payload(&t, sha256(format!("{BODY}\n")))),
    ("json-spaced-otherwise", |c| c.canonical = |t| payload(&t, sha256(SPACED))),
    ("json-spaced-otherwise", |c| c.canonical = |t| payload(&t, sha256(INDENTED))),
    ("json-members-sorted", |c| c.canonical = |t| payload(&t, sha256(SORTED))),
    ("json-escaped-otherwise", |c| c.canonical = |t| payload(&t, sha256(PYTHON))),
    ("json-escaped-otherwise", |c| c.canonical = |t| payload(&t, sha256(GO))),
    ("json-escaped-otherwise", |c| c.canonical = |t| payload(&t, sha256(PHP))),
    ("lower-case-method", |c| c.canonical = |t| t.replacen("POST", "post", 1)),
    ("other-method", |c| c.canonical = |t| t.replacen("POST", "GET", 1)),
    ("path-left-out", |c| c.canonical = |t| t.replacen("/\n", "\n", 1)),
    ("path-of-another-kind", |c| c.canonical = |t| t.replacen("/\n", "//\n", 1)),
    ("no-blank-line-after-headers", |c| {
        c.canonical = |t| lines(&t, |lines| drop(lines.remove(lines.len() - 3)));
    }),
    ("two-blank-lines-after-headers", |c| {
        c.canonical = |t| lines(&t, |lines| lines.insert(lines.len() - 3, String::new()));
    }),
    ("header-names-in-other-case", |c| {
        c.canonical = |t| t.replace("content-type:", "Content-Type:").replace("host:", "Host:");
        if c.scheme == alibaba::ACS3 {
            c.canonical = |t| list(&t, str::to_uppercase);
        }
    }),
    ("blank-after-colon", |c| {
        c.canonical = |t| headers(&t, |lines| lines.iter_mut().for_each(|l| *l = l.replacen(':', ": ", 1)));
    }),
    ("equals-sign-in-header-lines", |c| {
        c.canonical = |t| headers(&t, |lines| lines.iter_mut().for_each(|l| *l = l.replacen(':', "=", 1)));
    }),
    ("header-values-not-trimmed", |c| c.canonical = |t| headers(&t, |lines| lines[1].push(' '))),
    ("headers-in-other-order", |c| c.canonical = |t| headers(&t, <[String]>::reverse)),
    ("header-lines-not-separated", |c| {
        c.canonical = |t| {
            lines(&t, |lines| {
                let end = lines.len() - 3;
                let block: String = lines.drain(3..end).collect();
                lines.insert(3, block);
            })
        }
    }),
    ("header-line-left-out", |c| c.canonical = |t| lines(&t, |lines| drop(lines.remove(3)))),
    ("list-of-headers-cut", |c| c.canonical = |t| list(&t, |list| list.split_once(';').unwrap().1.to_owned())),
    ("unlisted-header-signed", |c| {
        c.canonical = |t| {
            let value = if t.contains("x-acs") { "x-tc-action:Other" } else { "x-tc-action:createembedtoken" };
            let text = lines(&t, |lines| lines.insert(lines.len() - 3, value.to_owned()));
            list(&text, |list| format!("{list};x-tc-action"))
        }
    }),
    ("list-of-headers-with-other-marks", |c| c.canonical = |t| list(&t, |list| list.replace(';', ","))),
    ("payload-digest-in-upper-case", |c| c.canonical = |t| payload(&t, sha256(BODY).to_uppercase())),
    ("payload-not-digested", |c| c.canonical = |t| payload(&t, BODY)),
    ("payload-left-out", |c| c.canonical = |t| payload(&t, "")),
    ("payload-digested-otherwise", |c| c.canonical = |t| payload(&t, hex::encode(Sha1::digest(BODY)))),
    ("line-breaks-of-windows", |c| c.canonical = |t| t.replace('\n', "\r\n")),
    ("line-break-after-canonical-request", |c| c.canonical = |t| t + "\n"),
    ("query-left-out", |c| {
        *c = c.clone().with_query();
        c.canonical_query.clear();
    }),
    ("query-decoded", |c| {
        *c = c.clone().with_query();
        let tc3 = c.scheme == tencent::TC3;
        c.canonical_query = if tc3 { "b=1&a=x y~*" } else { "Empty=&Name=a b*~/c!(:&Zone=湖&worksId=w" }.to_owned();
    }),
    ("query-encoded-twice", |c| {
        *c = c.clone().with_query();
        c.canonical_query = c.canonical_query.replace('%', "%25");
    }),
    ("question-mark-in-query", |c| {
        *c = c.clone().with_query();
        c.canonical_query = format!("?{}", c.canonical_query);
    }),
];

const OF_STRING_TO_SIGN: &[(&str, Change)] = &[
    ("canonical-request-not-digested", |c| c.digest = str::to_owned),
    ("canonical-request-signed", |c| {
        c.digest = str::to_owned;
        c.head = |_| Vec::new();
    }),
    ("digest-in-upper-case", |c| c.digest = |text| sha256(text).to_uppercase()),
    ("digest-by-another-function", |c| c.digest = |text| hex::encode(Sha1::digest(text))),
    ("algorithm-not-in-string-to-sign", |c| c.head = |lines| lines[1..].to_vec()),
    ("line-break-after-string-to-sign", |c| c.end = "\n"),
    ("signed-with-sha1", |c| c.mac = |key, text| hmac1(key, text)),
    ("key-and-text-swapped", |c| c.mac = |key, text| hmac256(text, key)),
    ("signature-in-base64", |c| c.write = |bytes| STANDARD.encode(bytes)),
    ("signature-in-upper-case", |c| c.write = |bytes| hex::encode_upper(bytes)),
];

const OF_TC3: &[(&str, Change)] = &[
    ("public-host-signed", |c| c.canonical = |t| t.replace("127.0.0.1:4240", "bi.tencentcloudapi.com")),
    ("prefix-of-key-missing", |c| {
        c.key = |secret, steps| steps.iter().fold(secret.into(), |key: Vec<u8>, step| hmac256(key, step));
    }),
    ("signed-with-sha1", |c| {
        c.key = |secret, steps| steps.iter().fold(format!("TC3{secret}").into_bytes(), hmac1);
        c.mac = |key, text| hmac1(key, text);
    }),
    ("prefix-of-key-misspelled", |c| c.secret = format!("TC3{}", c.secret)),
    ("local-date", |c| c.key = |secret, steps| chain(secret, &["2026-01-04", steps[1], steps[2]])),
    ("date-without-dashes", |c| c.key = |secret, steps| chain(secret, &["20260105", steps[1], steps[2]])),
    ("time-in-milliseconds", |c| c.time.push_str("000")),
    ("time-of-another-clock-reading", |c| c.time = (c.time.parse::<i64>().unwrap() + 1).to_string()),
    ("time-not-in-string-to-sign", |c| c.head = |lines| vec![lines[0].clone(), lines[2].clone()]),
    ("scope-not-in-string-to-sign", |c| c.head = |lines| lines[..2].to_vec()),
    ("key-id-in-scope", |c| {
        c.head = |lines| vec![lines[0].clone(), lines[1].clone(), format!("{TENCENT_KEY}/{}", lines[2])];
    }),
    ("scope-cut", |c| {
        c.head = |lines| vec![lines[0].clone(), lines[1].clone(), lines[2].replace("/tc3_request", "")];
    }),
    ("other-service", |c| c.key = |secret, steps| chain(secret, &[steps[0], "cvm", steps[2]])),
    ("other-terminator", |c| c.key = |secret, steps| chain(secret, &[steps[0], steps[1], "aws4_request"])),
    ("no-chain-of-keys", |c| c.key = |secret, _| secret.as_bytes().to_vec()),
    ("link-of-keys-missing", |c| c.key = |secret, steps| chain(secret, &steps[..2])),
    ("chain-of-keys-in-other-order", |c| c.key = |secret, steps| chain(secret, &[steps[1], steps[0], steps[2]])),
    ("chain-of-keys-in-hex", |c| {
        c.key = |secret, steps| {
            let root = format!("TC3{secret}");
            steps.iter().fold(root, |key, step| hex::encode(hmac256(key, step))).into_bytes()
        }
    }),
    ("chain-of-keys-swapped", |c| {
        c.key = |secret, steps| {
            let root = format!("TC3{secret}").into_bytes();
            steps.iter().fold(root, |key, step| hmac256(step, key))
        }
    }),
    ("query-spelled-otherwise", |c| {
        *c = c.clone().with_query();
        c.canonical_query = "a=x%20y~%2A&b=1".to_owned();
    }),
    ("query-of-post-signed", |c| {
        c.query = "a=%20".to_owned();
        c.canonical_query = "a=%20".to_owned();
    }),
    ("body-of-get-signed", |c| {
        *c = c.clone().with_query();
        c.canonical = |t| payload(&t, sha256("b=1&a=x%20y~%2A"));
    }),
    ("unsigned-payload-by-half", |c| c.canonical = |t| payload(&t, sha256("UNSIGNED-PAYLOAD"))),
    ("header-values-in-own-case", |c| {
        c.set("content-type", "application/json; charset=UTF-8");
        c.canonical = |t| t.replace("utf-8\n", "UTF-8\n");
    }),
];

const OF_ACS3: &[(&str, Change)] = &[
    ("host-without-port", |c| c.canonical = |t| t.replace("127.0.0.1:4240", "127.0.0.1")),
    ("public-host-signed", |c| {
        c.canonical = |t| t.replace("127.0.0.1:4240", "quickbi-public.cn-hangzhou.aliyuncs.com");
    }),
    ("ampersand-after-secret", |c| c.secret.push('&')),
    ("prefix-before-secret", |c| c.secret = format!("ACS3{}", c.secret)),
    ("chain-of-keys", |c| c.key = |secret, _| hmac256(secret, "2026-01-05")),
    ("time-in-string-to-sign", |c| c.head = |lines| [lines, vec!["2026-01-05T00:00:00Z".to_owned()]].concat()),
    ("blanks-as-plus", |c| c.canonical_query = c.canonical_query.replace("%20", "+")),
    ("tilde-encoded", |c| c.canonical_query = c.canonical_query.replace('~', "%7E")),
    ("star-not-encoded", |c| c.canonical_query = c.canonical_query.replace("%2A", "*")),
    ("slash-not-encoded", |c| c.canonical_query = c.canonical_query.replace("%2F", "/")),
    ("query-encoded-as-form", |c| {
        c.canonical_query = "Empty=&Name=a+b*%7E%2Fc%21%28%3A&Zone=%E6%B9%96&worksId=w".to_owned();
    }),
    ("query-encoded-as-in-browsers", |c| {
        c.canonical_query = "Empty=&Name=a%20b*~%2Fc!(%3A&Zone=%E6%B9%96&worksId=w".to_owned();
    }),
    ("escapes-in-lower-case", |c| {
        c.canonical_query = "Empty=&Name=a%20b%2a~%2fc%21%28%3a&Zone=%e6%b9%96&worksId=w".to_owned();
    }),
    ("query-as-sent", |c| c.canonical_query.clone_from(&c.query)),
    ("query-unsorted", |c| c.canonical_query = c.query.replace('+', "%20")),
    ("query-sorted-without-case", |c| {
        c.canonical_query = "Empty=&Name=a%20b%2A~%2Fc%21%28%3A&worksId=w&Zone=%E6%B9%96".to_owned();
    }),
    ("empty-parameters-not-signed", |c| c.canonical_query = c.canonical_query.replace("Empty=&", "")),
    ("empty-parameters-not-signed", |c| c.canonical_query = c.canonical_query.replace("Empty=&", "Empty&")),
    ("parameter-not-signed", |c| c.canonical_query = c.canonical_query.replace("&worksId=w", "")),
    ("form-in-query", |c| {
        c.body = "Form=1".to_owned();
        c.set("content-type", "application/x-www-form-urlencoded");
        c.set("x-acs-content-sha256", sha256("Form=1"));
        c.canonical_query = c.canonical_query.replace("&Name=", "&Form=1&Name=");
    }),
    ("action-in-query", |c| {
        c.canonical_query =
            format!("Action=CreateTicket&{}", c.canonical_query).replace("&Zone=", "&Version=2022-01-01&Zone=");
    }),
    ("secret-digested", |c| c.secret = sha256(&c.secret)),
    ("body-changed-after-signing", |c| {
        c.set("x-acs-content-sha256", sha256("another body"));
        c.canonical = |t| payload(&t, sha256("another body"));
    }),
];

fn newer(base: &Newer, secrets: Vec<(&'static str, String)>, changes: Vec<(&'static str, Change)>) -> Vec<Case> {
    let case = |mistake, client: Newer, early| Case { mistake, request: client.send(), early };
    let by_secret = secrets.into_iter().map(|(mistake, secret)| case(mistake, Newer { secret, ..base.clone() }, false));
    let swapped = Newer { id: base.secret.clone(), secret: base.id.clone(), ..base.clone() };
    let by_change = changes.into_iter().map(|(mistake, change)| {
        let mut client = base.clone();
        change(&mut client);
        case(mistake, client, false)
    });
    by_secret.chain(by_change).chain([case("id-and-secret-swapped", swapped, true)]).collect()
}

pub fn tc3(unix: i64) -> Vec<Case> {
    let secrets = secrets(TENCENT_KEY, TENCENT_SECRET, OTHER_TENCENT_SECRET, ALIBABA_SECRET);
    let changes = [OF_CANONICAL_REQUEST, OF_STRING_TO_SIGN, OF_TC3].concat();
    let base = Newer::tc3(unix);
    let early = |mistake, change: Change| {
        let mut client = base.clone();
        change(&mut client);
        Case { mistake, request: client.send(), early: true }
    };
    let refused_before: [(&'static str, Change); 5] = [
        ("local-date", |c| c.scope = "2026-01-04/bi/tc3_request".to_owned()),
        ("date-without-dashes", |c| c.scope = "20260105/bi/tc3_request".to_owned()),
        ("time-in-milliseconds", |c| {
            c.time.push_str("000");
            c.set("x-tc-timestamp", c.time.clone());
        }),
        ("other-service", |c| {
            c.set("host", "bi.tencentcloudapi.com");
            c.scope = c.scope.replace("/bi/", "/cvm/");
        }),
        ("other-terminator", |c| c.scope = c.scope.replace("tc3_request", "tc3")),
    ];
    let mut cases = newer(&base, secrets, changes);
    cases.extend(refused_before.map(|(mistake, change)| early(mistake, change)));
    cases
}

pub fn acs3(unix: i64) -> Vec<Case> {
    let secrets = secrets(ALIBABA_KEY, ALIBABA_SECRET, OTHER_ALIBABA_SECRET, TENCENT_SECRET);
    newer(&Newer::acs3(unix), secrets, [OF_CANONICAL_REQUEST, OF_STRING_TO_SIGN, OF_ACS3].concat())
}

type Fields = Vec<(String, String)>;

/// A client of an older recipe.
#[derive(Clone)]
struct Older {
    rpc: bool,
    longer: bool,
    method: &'static str,
    /// What stands in the query.
    query: Fields,
    form: Fields,
    json: &'static str,
    key: Vec<u8>,
    /// What is signed of the fields, and in which order.
    signed: fn(Fields) -> Fields,
    spell: fn(&str) -> String,
    text: fn(String) -> String,
    mac: fn(&Self, &str) -> Vec<u8>,
    write: fn(Vec<u8>) -> String,
    /// How the signature is put into the query or the form.
    send: fn(&str) -> String,
}

fn sorted(mut fields: Fields) -> Fields {
    fields.sort();
    fields
}

fn without(fields: Fields, gone: impl Fn(&str) -> bool) -> Fields {
    sorted(fields.into_iter().filter(|(name, _)| !gone(name)).collect())
}

fn fields(list: &[(&str, &str)]) -> Fields {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

impl Older {
    fn v1(unix: i64, longer: bool) -> Self {
        let time = unix.to_string();
        let method = if longer { "HmacSHA256" } else { "HmacSHA1" };
        let form = fields(&[
            ("Version", "2022-01-05"),
            ("Timestamp", &time),
            ("ExtraParam", "湖 a/b*~+&= "),
            ("Nonce", "11886"),
            ("Region", ""),
            ("appName", "x"),
            ("SecretId", TENCENT_KEY),
            ("SignatureMethod", method),
            ("Action", "CreateEmbedToken"),
        ]);
        Self {
            rpc: false,
            longer,
            method: "POST",
            query: Vec::new(),
            form,
            json: "",
            key: TENCENT_SECRET.into(),
            signed: sorted,
            spell: str::to_owned,
            text: |text| text,
            mac: |client, text| if client.longer { hmac256(&client.key, text) } else { hmac1(&client.key, text) },
            write: |bytes| STANDARD.encode(bytes),
            send: escaped,
        }
    }

    fn rpc(unix: i64) -> Self {
        let query = fields(&[
            ("Version", "2022-01-01"),
            ("Action", "CreateTicket"),
            ("Timestamp", &utc(unix, "%Y-%m-%dT%H:%M:%SZ")),
            ("AccessKeyId", ALIBABA_KEY),
            ("SignatureMethod", "HMAC-SHA1"),
            ("SignatureVersion", "1.0"),
            ("SignatureNonce", "2"),
            ("SignatureType", ""),
            ("Format", "JSON"),
        ]);
        let form = fields(&[("appId", "w"), ("Name", " a b*~/c!("), ("List.1", "1"), ("List-1", "1"), ("List", "2")]);
        Self {
            rpc: true,
            query,
            form,
            key: format!("{ALIBABA_SECRET}&").into_bytes(),
            spell: escaped,
            ..Self::v1(unix, false)
        }
    }

    fn set(&mut self, name: &str, value: &str) {
        let fields = self.query.iter_mut().chain(&mut self.form).filter(|(known, _)| known == name);
        fields.for_each(|(_, known)| value.clone_into(known));
    }

    fn signature(&self) -> String {
        let signed = (self.signed)([self.query.clone(), self.form.clone()].concat());
        let written = |(name, value): &(String, String)| format!("{}={}", (self.spell)(name), (self.spell)(value));
        let joined = signed.iter().map(written).collect::<Vec<_>>().join("&");
        let text = if self.rpc {
            format!("{}&%2F&{}", self.method, escaped(&joined))
        } else {
            format!("{}{LOOPBACK}/?{joined}", self.method)
        };
        (self.write)((self.mac)(self, &(self.text)(text)))
    }

    fn send(&self) -> RawRequest {
        let written = |fields: &Fields| {
            fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect::<Vec<_>>()
        };
        let (mut query, mut form) = (written(&self.query), written(&self.form));
        let list = if self.rpc { &mut query } else { &mut form };
        list.push(format!("Signature={}", (self.send)(&self.signature())));
        let (kind, body) = match self.json {
            "" => ("application/x-www-form-urlencoded", form.join("&")),
            json => ("application/json", json.to_owned()),
        };
        let headers = [("host", LOOPBACK), ("content-type", kind)];
        raw(self.method, &format!("/?{}", query.join("&")), &headers, body.as_bytes())
    }
}

type OldChange = fn(&mut Older);

const OF_PAIRS: &[(&str, OldChange)] = &[
    ("lower-case-method", |c| c.text = |t| t.replacen("POST", "post", 1)),
    ("other-method", |c| c.text = |t| t.replacen("POST", "GET", 1)),
    ("method-left-out", |c| c.text = |t| t.replacen("POST", "", 1)),
    ("parameters-unsorted", |c| c.signed = |fields| fields),
    ("parameters-sorted-without-case", |c| {
        c.signed = |mut fields| {
            fields.sort();
            fields.sort_by_key(|(name, _)| name.to_lowercase());
            fields
        }
    }),
    ("time-not-signed", |c| c.signed = |fields| without(fields, |name| name == "Timestamp")),
    ("nonce-not-signed", |c| {
        c.signed = |fields| without(fields, |name| name == "Nonce" || name == "SignatureNonce");
    }),
    ("signature-method-not-signed", |c| c.signed = |fields| without(fields, |name| name == "SignatureMethod")),
    ("key-id-not-signed", |c| {
        c.signed = |fields| without(fields, |name| name == "SecretId" || name == "AccessKeyId");
    }),
    ("empty-parameters-not-signed", |c| {
        c.signed = |fields| without(fields, |name| name == "Region" || name == "SignatureType");
    }),
    ("parameter-not-signed", |c| c.signed = |fields| without(fields, |name| name == "Version")),
    ("signature-itself-signed", |c| {
        c.signed = |fields| sorted([fields, vec![("Signature".to_owned(), String::new())]].concat());
    }),
    ("values-trimmed", |c| {
        c.signed = |fields| sorted(fields.into_iter().map(|(name, value)| (name, value.trim().to_owned())).collect());
    }),
    ("line-break-after-string-to-sign", |c| c.text = |t| t + "\n"),
    ("other-digest", |c| {
        c.mac = |client, text| if client.longer { hmac1(&client.key, text) } else { hmac256(&client.key, text) };
    }),
    ("key-and-text-swapped", |c| {
        c.mac = |client, text| if client.longer { hmac256(text, &client.key) } else { hmac1(text, &client.key) };
    }),
    ("digest-without-key", |c| {
        c.mac = |client, text| Sha1::digest([text.as_bytes(), &client.key].concat()).to_vec();
    }),
    ("string-to-sign-digested", |c| {
        c.mac = |client, text| {
            let digest = if client.longer { sha256(text) } else { hex::encode(Sha1::digest(text)) };
            if client.longer { hmac256(&client.key, digest) } else { hmac1(&client.key, digest) }
        }
    }),
    ("signature-in-hex", |c| c.write = |bytes| hex::encode(bytes)),
    ("base64-of-hex", |c| c.write = |bytes| STANDARD.encode(hex::encode(bytes))),
    ("signature-not-encoded", |c| {
        let nonces = (0..).map(|nonce: u64| nonce.to_string());
        for nonce in nonces {
            c.set("Nonce", &nonce);
            c.set("SignatureNonce", &nonce);
            if c.signature().contains('+') {
                break;
            }
        }
        c.send = str::to_owned;
    }),
    ("signature-encoded-twice", |c| c.send = |text| escaped(&escaped(text))),
    ("base64-of-another-kind", |c| c.send = |text| escaped(text.trim_end_matches('='))),
];

/// The string to sign with its parameters changed.
fn parameters(text: &str, change: impl FnOnce(&str) -> String) -> String {
    let (head, joined) = text.split_once('?').unwrap();
    format!("{head}?{}", change(joined))
}

const OWN: [&str; 2] = ["ExtraParam", "appName"];
const OWN_OF_ALIBABA: [&str; 5] = ["appId", "Name", "List.1", "List-1", "List"];

const OF_V1: &[(&str, OldChange)] = &[
    ("host-without-port", |c| c.text = |t| t.replace(":4240", "")),
    ("host-with-another-port", |c| c.text = |t| t.replace(":4240", ":80")),
    ("loopback-by-another-name", |c| c.text = |t| t.replace("127.0.0.1", "localhost")),
    ("host-with-scheme", |c| c.text = |t| t.replace("127.0.0.1", "http://127.0.0.1")),
    ("public-host-signed", |c| c.text = |t| t.replace(LOOPBACK, "bi.tencentcloudapi.com")),
    ("every-signature-parameter-left-out", |c| {
        c.form.push(("SignatureVersion".to_owned(), "1".to_owned()));
        c.signed = |fields| without(fields, |name| name.starts_with("Signature"));
    }),
    ("values-encoded", |c| c.spell = escaped),
    ("string-to-sign-encoded", |c| c.text = |t| escaped(&t)),
    ("host-left-out", |c| c.text = |t| t.replace(LOOPBACK, "")),
    ("path-left-out", |c| c.text = |t| t.replacen("/?", "?", 1)),
    ("path-of-another-kind", |c| c.text = |t| t.replacen("/?", "/index.php?", 1)),
    ("question-mark-left-out", |c| c.text = |t| t.replacen('?', "", 1)),
    ("parameters-signed-alone", |c| c.text = |t| t.split_once('?').unwrap().1.to_owned()),
    ("parts-on-lines", |c| {
        c.text = |t| t.replacen("POST", "POST\n", 1).replacen("/?", "\n/\n", 1);
    }),
    ("ampersand-after-parameters", |c| c.text = |t| t + "&"),
    ("parameters-joined-otherwise", |c| {
        c.set("ExtraParam", "plain ");
        c.text = |t| parameters(&t, |joined| joined.replace('&', ""));
    }),
    ("business-parameters-not-signed", |c| c.signed = |fields| without(fields, |name| OWN.contains(&name))),
    ("common-parameters-not-signed", |c| c.signed = |fields| without(fields, |name| !OWN.contains(&name))),
    ("names-in-other-case", |c| {
        c.signed = |fields| sorted(fields.into_iter().map(|(name, value)| (name.to_lowercase(), value)).collect());
    }),
    ("key-of-newer-signature", |c| c.key = [b"TC3", &c.key[..]].concat()),
    ("ampersand-after-secret", |c| c.key.push(b'&')),
    ("time-in-milliseconds", |c| c.text = |t| t.replace("Timestamp=1767571200", "Timestamp=1767571200000")),
    ("time-of-another-clock-reading", |c| {
        c.text = |t| t.replace("Timestamp=1767571200", "Timestamp=1767571201");
    }),
];

const OF_RPC: &[(&str, OldChange)] = &[
    ("every-signature-parameter-left-out", |c| {
        c.signed = |fields| without(fields, |name| name.starts_with("Signature"));
    }),
    ("ampersand-after-secret-missing", |c| c.key.truncate(c.key.len() - 1)),
    ("ampersand-misplaced", |c| c.key.rotate_right(1)),
    ("blank-after-ampersand", |c| c.key.push(b'\n')),
    ("path-not-encoded", |c| c.text = |t| t.replacen("&%2F&", "&/&", 1)),
    ("path-encoded-otherwise", |c| c.text = |t| t.replacen("&%2F&", "&%252F&", 1)),
    ("path-left-out", |c| c.text = |t| t.replacen("&%2F&", "&", 1)),
    ("parameters-signed-alone", |c| c.text = |t| t.replacen("POST&%2F&", "", 1)),
    ("parameters-encoded-once", |c| {
        c.text = |t| t.replace("%3D", "=").replace("%26", "&").replace("%25", "%");
    }),
    ("values-not-encoded", |c| c.spell = str::to_owned),
    ("values-encoded-twice", |c| c.spell = |text| escaped(&escaped(text))),
    ("marks-encoded-as-form", |c| {
        c.spell = |text| escaped(text).replace("%20", "+").replace('~', "%7E").replace("%2A", "*");
    }),
    ("blanks-as-plus", |c| c.spell = |text| escaped(text).replace("%20", "+")),
    ("tilde-encoded", |c| c.spell = |text| escaped(text).replace('~', "%7E")),
    ("star-not-encoded", |c| c.spell = |text| escaped(text).replace("%2A", "*")),
    ("slash-not-encoded", |c| c.spell = |text| escaped(text).replace("%2F", "/")),
    ("colons-not-encoded", |c| c.spell = |text| escaped(text).replace("%3A", ":")),
    ("marks-encoded-as-in-browsers", |c| {
        c.spell = |text| escaped(text).replace("%21", "!").replace("%28", "(").replace("%2A", "*");
    }),
    ("escapes-in-lower-case", |c| {
        c.spell = |text| escaped(text).replace("%2A", "%2a").replace("%2F", "%2f").replace("%3A", "%3a");
    }),
    ("separator-encoded", |c| {
        c.text = |t| escaped(&t.replacen("%2F", "/", 1).replace("%25", "%").replace("%3D", "=").replace("%26", "&"))
    }),
    ("other-separator", |c| c.text = |t| t.replace('&', "\n")),
    ("host-signed", |c| c.text = |t| t.replacen("POST&", "POST&127.0.0.1:4240&", 1)),
    ("form-not-signed", |c| {
        c.form.push(("Format".to_owned(), "xml".to_owned()));
        c.signed = |fields| {
            without(fields, |name| OWN_OF_ALIBABA.contains(&name))
                .into_iter()
                .filter(|(_, value)| value != "xml")
                .collect()
        };
    }),
    ("query-not-signed", |c| {
        c.query.push(("PageId".to_owned(), "1".to_owned()));
        c.signed = |fields| without(fields, |name| !OWN_OF_ALIBABA.contains(&name));
    }),
    ("json-body-signed", |c| {
        c.form.clear();
        c.json = "{\"worksId\":\"w\",\"Times\":3}";
        c.signed = |signed| sorted([signed, fields(&[("worksId", "w"), ("Times", "3")])].concat());
    }),
    ("business-parameters-not-signed", |c| {
        c.query.push(("PageId".to_owned(), "1".to_owned()));
        c.signed = |fields| without(fields, |name| OWN_OF_ALIBABA.contains(&name) || name == "PageId");
    }),
    ("common-parameters-not-signed", |c| {
        c.query.push(("PageId".to_owned(), "1".to_owned()));
        c.signed = |fields| without(fields, |name| !OWN_OF_ALIBABA.contains(&name) && name != "PageId");
    }),
    ("pairs-sorted-as-texts", |c| {
        c.signed = |mut fields| {
            fields.sort_by_key(|(name, value)| format!("{name}={}", escaped(value)));
            fields
        }
    }),
];

fn older(
    base: &Older,
    id: &str,
    changes: Vec<(&'static str, OldChange)>,
    secrets: Vec<(&'static str, String)>,
) -> Vec<Case> {
    let secret = if base.rpc { ALIBABA_SECRET } else { TENCENT_SECRET };
    let keyed = |secret: &str| if base.rpc { format!("{secret}&") } else { secret.to_owned() }.into_bytes();
    let case = |mistake, client: Older, early| Case { mistake, request: client.send(), early };
    let by_secret = secrets
        .into_iter()
        .map(|(mistake, secret)| case(mistake, Older { key: keyed(&secret), ..base.clone() }, false));
    let by_change = changes.into_iter().map(|(mistake, change)| {
        let mut client = base.clone();
        change(&mut client);
        case(mistake, client, false)
    });
    let mut swapped = Older { key: keyed(id), ..base.clone() };
    swapped.set("SecretId", secret);
    swapped.set("AccessKeyId", secret);
    by_secret.chain(by_change).chain([case("id-and-secret-swapped", swapped, true)]).collect()
}

pub fn v1(unix: i64, longer: bool) -> Vec<Case> {
    let base = Older::v1(unix, longer);
    let secrets = secrets(TENCENT_KEY, TENCENT_SECRET, OTHER_TENCENT_SECRET, ALIBABA_SECRET);
    let mut cases = older(&base, TENCENT_KEY, [OF_PAIRS, OF_V1].concat(), secrets);
    let mut late = base;
    late.set("Timestamp", &format!("{unix}000"));
    cases.push(Case { mistake: "time-in-milliseconds", request: late.send(), early: true });
    cases
}

pub fn rpc(unix: i64) -> Vec<Case> {
    let secrets = secrets(ALIBABA_KEY, ALIBABA_SECRET, OTHER_ALIBABA_SECRET, TENCENT_SECRET);
    older(&Older::rpc(unix), ALIBABA_KEY, [OF_PAIRS, OF_RPC].concat(), secrets)
}

/// The clients before any mistake.
pub fn faultless(scheme: Scheme, unix: i64) -> Vec<RawRequest> {
    match scheme {
        tencent::TC3 => vec![Newer::tc3(unix).send(), Newer::tc3(unix).with_query().send()],
        tencent::HMAC_SHA1 => vec![Older::v1(unix, false).send()],
        tencent::HMAC_SHA256 => vec![Older::v1(unix, true).send()],
        alibaba::ACS3 => vec![Newer::acs3(unix).send()],
        alibaba::RPC => vec![Older::rpc(unix).send()],
        _ => Vec::new(),
    }
}
