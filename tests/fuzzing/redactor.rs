//! Secrets in disguise. The first byte chooses the secret, the second the disguise, the third how long the text before
//! it is; the rest is the text around it.

use ticketbooth::redact::{COVER, Redactor};
use ticketbooth::sign::{encode_base64, percent_encode};

/// Secrets of the kinds that worlds have, and one with a sign of every sort.
const SECRETS: &[&str] =
    &["localtestsecret00000000000000000", "STS.localtoken+/=", "s3cr\"et/of+the &world\\三", "demo-session-token"];

type Disguise = fn(&str) -> String;

/// The ways of writing that are promised to be seen through.
const DISGUISES: &[Disguise] = &[
    str::to_owned,
    |secret| secret.to_ascii_uppercase(),
    json_of,
    |secret| json_of(secret).replace('\\', "\\\\"),
    |secret| secret.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect(),
    |secret| secret.bytes().map(|byte| format!("%{byte:02x}")).collect(),
    |secret| form_urlencoded::byte_serialize(secret.as_bytes()).collect(),
    |secret| secret.replace('&', "&amp;").replace('e', "&#x65;").replace('t', "&#116;").replace('"', "&quot;"),
    percent_encode,
    |secret| percent_encode(&percent_encode(secret)),
    |secret| percent_encode(&percent_encode(&percent_encode(secret))),
];

fn json_of(secret: &str) -> String {
    let text = serde_json::to_string(secret).expect("a text is JSON");
    text[1..text.len() - 1].to_owned()
}

/// How many disguises there are, those within Base64 included.
pub fn count_disguises() -> usize {
    DISGUISES.len() + 2
}

/// A secret in a disguise is covered whatever stands around it, and nothing is left to cover then.
pub fn cover_secrets(data: &[u8]) {
    let [which, how, length, around @ ..] = data else { return };
    let secret = SECRETS[usize::from(*which) % SECRETS.len()];
    let redactor = SECRETS.iter().fold(Redactor::default(), |redactor, secret| redactor.with_secret(Some(secret)));
    let (before, after) = around.split_at(usize::from(*length).min(around.len()));
    let how = usize::from(*how) % count_disguises();
    let planted = match DISGUISES.get(how) {
        Some(disguise) => [before, disguise(secret).as_bytes(), after].concat(),
        None => {
            let text = encode_base64(&[before, secret.as_bytes(), after].concat());
            let for_urls = how > DISGUISES.len();
            if for_urls { text.replace('+', "-").replace('/', "_") } else { text }.into_bytes()
        }
    };
    check_covered(&redactor, &planted);
    // The text around it by itself, which may have anything in it.
    let alone = redactor.redact_bytes(around).into_owned();
    assert_eq!(redactor.redact_bytes(&alone), alone, "{:?} is covered twice", String::from_utf8_lossy(around));
}

fn check_covered(redactor: &Redactor, planted: &[u8]) {
    let clean = redactor.redact_bytes(planted).into_owned();
    let shown = String::from_utf8_lossy(&clean);
    assert!(shown.contains(COVER), "nothing is covered in {:?}", String::from_utf8_lossy(planted));
    let lower = shown.to_lowercase();
    for secret in SECRETS {
        assert!(!lower.contains(&secret.to_lowercase()), "{secret} stands in {shown:?}");
    }
    let again = redactor.redact_bytes(&clean);
    assert_eq!(&*again, &*clean, "something was left to cover in {shown:?}");
    if let Ok(text) = std::str::from_utf8(planted) {
        assert_eq!(redactor.redact_text(text).as_bytes(), clean, "texts and bytes are covered alike");
    }
}
