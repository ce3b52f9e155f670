//! Requests of official clients, byte for byte as they were captured, against the gateway at the
//! second of their capture: what was signed well is let in, what was tampered with is not.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::Value;
use ticketbooth::call::{Arrival, Call, Headers, RawRequest};
use ticketbooth::cloud::{CheckInput, Proof, Vendor, vendor_named};
use ticketbooth::domain::Assumptions;
use ticketbooth::emulator::{AuthMode, Emulator};
use ticketbooth::gateway::{Incoming, admit};
use ticketbooth::pipeline;
use ticketbooth::reply::Reply;
use ticketbooth::sign::KeptKey;
use ticketbooth::trail::Trail;
use ticketbooth::world::World;

use crate::kit::{assumptions, emulator, json, raw, read};

/// One capture and what it is expected to do.
struct Capture {
    file: String,
    vendor: &'static Vendor,
    data: Value,
    /// `None`: the gateway lets it in.
    refused_with: Option<String>,
    status: u16,
}

impl Capture {
    fn request(&self) -> RawRequest {
        let text = |name: &str| self.data[name].as_str().unwrap_or("").to_owned();
        let lines = self.data["headers"].as_array().expect("a capture has headers");
        let line = |line: &Value| (line[0].as_str().unwrap().to_owned(), line[1].as_str().unwrap().to_owned());
        RawRequest {
            method: text("method").into(),
            target: text("target").into(),
            headers: lines.iter().map(line).collect::<Headers>(),
            body: Bytes::from(STANDARD.decode(text("body_base64")).expect("the body is Base64")),
            oversize: false,
            authority: None,
            port_of: None,
            client: "127.0.0.1".into(),
            arrival: Arrival::default(),
        }
    }

    /// An emulator whose clock stands at the second of the capture.
    fn emulator(&self) -> Emulator {
        let at = match self.data["captured_at_unix"].as_i64() {
            // One capture is a good request that is wanted too late.
            Some(seconds) if self.refused_with.as_deref() == Some("AuthFailure.SignatureExpire") => {
                jiff::Timestamp::from_second(seconds + 301).unwrap().to_string()
            }
            Some(seconds) => jiff::Timestamp::from_second(seconds).unwrap().to_string(),
            None => self.data["captured_at"].as_str().expect("a capture has a time").to_owned(),
        };
        // Those of the later SDKs were made in the demo world.
        let world = if self.file.starts_with("go-java/") {
            World::demo()
        } else {
            World::load("golden.yaml", &read("tests/worlds/golden.yaml"), &assumptions())
                .unwrap_or_else(|problems| panic!("{problems}"))
        };
        emulator(world, AuthMode::Strict, &format!("frozen@{at}"))
    }

    /// The language of the client, by which the files are named.
    fn language(&self) -> &'static str {
        let name = self.file.rsplit('/').next().unwrap_or("");
        let named = [
            ("py", "Python"),
            ("cli", "Python"),
            ("node", "Node"),
            ("go", "Go"),
            ("java", "Java"),
            ("ruby", "Ruby"),
            ("cpp", "C++"),
            ("neg_v2", "Python"),
        ];
        named.iter().find(|(prefix, _)| name.starts_with(prefix)).unwrap_or_else(|| panic!("{name}: which language?")).1
    }

    fn secret(&self) -> &str {
        self.data["secret_key"].as_str().or_else(|| self.data["access_key_secret"].as_str()).unwrap()
    }
}

fn captures() -> Vec<Capture> {
    let load = |vendor: &str, file: &str| -> Value {
        serde_json::from_str(&read(&format!("tests/golden/{vendor}/{file}"))).expect("a capture is JSON")
    };
    let mut all = Vec::new();
    let index = load("tencent", "INDEX.json");
    for entry in index["files"].as_array().unwrap() {
        let file = entry["file"].as_str().unwrap().to_owned();
        let expected = entry["expect"].as_str().unwrap();
        let refused_with = (expected != "signature-valid").then(|| expected.to_owned());
        let data = load("tencent", &file);
        all.push(Capture { vendor: vendor_named("tencent").unwrap(), data, file, refused_with, status: 200 });
    }
    for entry in load("alibaba", "index.json").as_array().unwrap() {
        let file = entry["file"].as_str().unwrap().to_owned();
        let refused_with = entry["expected"]["error_code"].as_str().map(str::to_owned);
        let status = entry["expected"]["http_status"].as_u64().unwrap_or(200) as u16;
        let data = load("alibaba", &file);
        all.push(Capture { vendor: vendor_named("alibaba").unwrap(), data, file, refused_with, status });
    }
    all
}

/// What one capture shows, for the page of what is proven.
pub struct Shown {
    pub vendor: &'static str,
    pub scheme: &'static str,
    pub action: String,
    pub language: &'static str,
    pub is_good: bool,
}

/// What each capture shows.
pub fn all_shown() -> Vec<Shown> {
    let shown = |capture: &Capture| {
        let call = read_call(capture.vendor, &capture.request(), &Assumptions::default());
        Shown {
            vendor: capture.vendor.name,
            scheme: call.claim.scheme.name(),
            action: call.action.map(|action| action.to_string()).unwrap_or_default(),
            // What was tampered with is named after the mistake.
            language: if capture.refused_with.is_none() { capture.language() } else { "" },
            is_good: capture.refused_with.is_none(),
        }
    };
    captures().iter().map(shown).collect()
}

fn is_let_in(emulator: &Emulator, vendor: &'static Vendor, request: &RawRequest) -> Result<(), String> {
    let incoming = Incoming::read_request(emulator, vendor, request);
    admit(emulator, &incoming, &mut Trail::default()).map(drop).map_err(|refusal| format!("{refusal:?}"))
}

#[test]
fn every_capture_signed_by_an_official_client_is_let_in() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for capture in captures().iter().filter(|capture| capture.refused_with.is_none()) {
        let verdict = is_let_in(&capture.emulator(), capture.vendor, &capture.request());
        assert_eq!(verdict, Ok(()), "{}", capture.file);
        *counts.entry(capture.language()).or_default() += 1;
    }
    println!("golden: captures let in, by the language of their SDK: {counts:?}");
    assert_eq!(counts.values().sum::<usize>(), 42 + 45 + 54 + 83);
}

#[test]
fn every_step_of_a_signature_is_the_one_the_client_computed() {
    let (mut signatures, mut strings, mut canonical) = (0, 0, 0);
    for capture in captures().iter().filter(|capture| capture.refused_with.is_none()) {
        let (request, assumed) = (capture.request(), ticketbooth::domain::Assumptions::default());
        let call = read_call(capture.vendor, &request, &assumed);
        let look = CheckInput { raw: &request, call: &call, assumptions: &assumed };
        let sent = call.claim.signature.clone().expect("a good capture is signed");
        let sm3 = call.claim.scheme.name().ends_with("SM3");
        let mut attempts = (0..).map_while(|attempt| capture.vendor.prove(&look, capture.secret(), attempt));
        let proof: Proof =
            attempts.find(|proof| *proof.signature == *sent).unwrap_or_else(|| panic!("{}", capture.file));
        // The gateway's way without intermediates gives the same verdict as the first draft.
        let first = capture.vendor.prove(&look, capture.secret(), 0).is_some_and(|proof| *proof.signature == *sent);
        let holds = |secret: &str| (capture.vendor.gateway.holds)(&look, secret, &KeptKey::default());
        // It knows neither SM3 nor a second reading, and leaves those to the drafts.
        assert_eq!(holds(capture.secret()), first && !sm3, "{}", capture.file);
        assert!(!holds("another secret"), "{}", capture.file);
        signatures += 1;
        if let Some(expected) = capture.data["string_to_sign"].as_str() {
            assert_eq!(proof.string_to_sign, expected, "{}", capture.file);
            strings += 1;
        }
        if let Some(expected) = capture.data["canonical_request"].as_str() {
            assert_eq!(proof.canonical_request.as_deref(), Some(expected), "{}", capture.file);
            canonical += 1;
        }
    }
    println!("golden: {signatures} signatures, {strings} strings to sign, {canonical} canonical requests");
    assert!(signatures == 224 && strings == 128 && canonical == 42, "{signatures} {strings} {canonical}");
}

#[test]
fn every_tampered_capture_is_refused_with_its_code() {
    let mut count = 0;
    for capture in captures().iter().filter(|capture| capture.refused_with.is_some()) {
        let (emulator, request) = (capture.emulator(), capture.request());
        let reply = pipeline::serve(&emulator, &request);
        assert_eq!(code_in(&reply), capture.refused_with, "{}: {:?}", capture.file, reply.body);
        assert_eq!(reply.status, capture.status, "{}", capture.file);
        count += 1;
    }
    println!("golden: {count} captures refused with their code");
    assert_eq!(count, 22 + 18 + 2 + 4);
}

/// The error code of an answer in JSON or XML.
fn code_in(reply: &Reply) -> Option<String> {
    let text = str::from_utf8(&reply.body).expect("an answer is text");
    if text.starts_with('<') {
        let document = roxmltree::Document::parse(text).expect("XML");
        let code = document.descendants().find(|node| node.has_tag_name("Code"));
        return code.and_then(|node| node.text()).map(str::to_owned);
    }
    let body = json(reply);
    let code = body["Response"]["Error"]["Code"].as_str().or_else(|| body["Code"].as_str());
    code.map(str::to_owned)
}

/// The call as the gateway reads it in a world with these answers to open questions.
fn read_call(vendor: &Vendor, request: &RawRequest, assumed: &Assumptions) -> Call {
    let mut call = (vendor.requests.read)(request);
    (vendor.requests.settle)(&mut call, assumed);
    call
}

#[test]
fn a_capture_delivered_twice_is_accepted_once() {
    let all = captures();
    let capture = all.iter().find(|capture| capture.file == "neg_v2_nonce_replayed.json").unwrap();
    let (emulator, request) = (capture.emulator(), capture.request());
    assert_eq!(json(&pipeline::serve(&emulator, &request))["Success"], true);
    let second = pipeline::serve(&emulator, &request);
    assert_eq!((second.status, json(&second)["Code"].as_str()), (400, Some("SignatureNonceUsed")));
}

#[test]
fn one_flipped_byte_in_a_signed_part_is_refused() {
    let mut count = 0;
    for capture in captures().iter().filter(|capture| capture.refused_with.is_none()) {
        let emulator = capture.emulator();
        for (part, request) in damaged(capture) {
            let assumed = Assumptions::default();
            let call = read_call(capture.vendor, &request, &assumed);
            let look = CheckInput { raw: &request, call: &call, assumptions: &assumed };
            let holds = (capture.vendor.gateway.holds)(&look, capture.secret(), &KeptKey::default());
            assert!(!holds, "{}: a flipped byte in {part} holds", capture.file);
            let verdict = is_let_in(&emulator, capture.vendor, &request);
            assert!(verdict.is_err(), "{}: a flipped byte in {part} was let in", capture.file);
            count += 1;
        }
    }
    println!("golden: {count} flipped bytes refused");
    assert!(count > 1_000, "{count}");
}

/// The capture with one byte flipped, at three places of each part that its signature covers.
fn damaged(capture: &Capture) -> Vec<(String, RawRequest)> {
    let good = capture.request();
    let call = (capture.vendor.requests.read)(&good);
    let mut damaged = Vec::new();
    let mut signed_headers = vec!["authorization".to_owned()];
    signed_headers.extend(call.claim.signed_headers().map(str::to_owned));
    // The older recipe of Tencent signs it without listing it.
    signed_headers.extend((capture.vendor.name == "tencent").then(|| "host".to_owned()));
    signed_headers.extend(["x-tc-timestamp".to_owned()]);
    let newer = good.header("authorization").is_some();
    for name in signed_headers {
        // The older recipe of Alibaba signs no header, and that of Tencent only the host.
        let signed = newer || (name == "host" && capture.vendor.name == "tencent");
        let Some(value) = good.header(&name).filter(|_| signed) else { continue };
        // One client signs the host without its port.
        let value_length = if name == "host" { value.split(':').next().unwrap().len() } else { value.len() };
        for place in places(value_length) {
            let mut request = good.clone();
            let flipped = flip(value.as_bytes(), place);
            request.headers = good
                .headers
                .iter()
                .map(|(line, old)| (line.to_owned(), if line == name { flipped.clone() } else { old.to_owned() }))
                .collect();
            damaged.push((format!("header {name}"), request));
        }
    }
    let path = good.path().len() + 1;
    for place in places(good.query().len()) {
        damaged.push((
            "query".to_owned(),
            RawRequest { target: flip(good.target.as_bytes(), path + place).into(), ..good.clone() },
        ));
    }
    let body_is_signed = good.header("x-tc-content-sha256").is_none();
    for place in places(good.body.len()).filter(|_| body_is_signed) {
        let body = Bytes::from(flip(&good.body, place));
        damaged.push(("body".to_owned(), RawRequest { body, ..good.clone() }));
    }
    damaged
}

fn places(length: usize) -> impl Iterator<Item = usize> {
    let places = if length == 0 { vec![] } else { vec![0, length / 3, length / 2, length - 1] };
    places.into_iter()
}

fn flip(bytes: &[u8], place: usize) -> String {
    let mut bytes = bytes.to_vec();
    bytes[place] ^= 1;
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn the_vendors_published_vectors_are_reproduced() {
    let vectors: Value = serde_json::from_str(&read("tests/golden/tencent/vendor-vectors.json")).unwrap();
    for vector in vectors["vectors"].as_array().unwrap() {
        let text = |name: &str| vector[name].as_str().unwrap_or("").to_owned();
        if vector["algorithm"] == "HmacSHA1" {
            let query = text("string_to_sign").split_once("/?").unwrap().1.to_owned();
            let request = raw("GET", &format!("/?{query}"), &[("host", "cvm.tencentcloudapi.com")], b"");
            let proof = proof_of("tencent", &request, &text("secret_key"));
            assert_eq!((proof.string_to_sign, proof.signature), (text("string_to_sign"), text("signature")));
            continue;
        }
        let authorization = format!(
            "TC3-HMAC-SHA256 Credential=AKID/{}/{}/tc3_request, SignedHeaders={}, Signature=0",
            text("date"),
            text("service"),
            text("signed_headers")
        );
        let timestamp = vector["timestamp"].to_string();
        let mut headers = vec![("authorization", authorization.as_str()), ("x-tc-timestamp", &timestamp)];
        for (name, value) in vector["headers"].as_object().unwrap() {
            headers.push((name, value.as_str().unwrap()));
        }
        let proof = proof_of("tencent", &raw("POST", "/", &headers, text("payload").as_bytes()), &text("secret_key"));
        assert_eq!(proof.signature, text("signature"));
    }
    let vectors: Value = serde_json::from_str(&read("tests/golden/alibaba/vendor_vectors.json")).unwrap();
    let first = &vectors[0];
    for (date, nonce, signature) in [
        ("2023-10-26T10:22:32Z", "3156853299f313e23d1673dc12e1703d", first["signature"].as_str().unwrap()),
        ("2023-10-26T09:01:01Z", "d410180a5abf7fe235dd9b74aca91fc0", vectors[1]["signature"].as_str().unwrap()),
    ] {
        let names = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";
        let authorization = format!("ACS3-HMAC-SHA256 Credential=K,SignedHeaders={names},Signature=0");
        let mut headers = vec![("authorization", authorization.as_str())];
        for line in first["headers"].as_array().unwrap() {
            let value = match line[0].as_str().unwrap() {
                "x-acs-date" => date,
                "x-acs-signature-nonce" => nonce,
                _ => line[1].as_str().unwrap(),
            };
            headers.push((line[0].as_str().unwrap(), value));
        }
        let request = raw("POST", first["target"].as_str().unwrap(), &headers, b"");
        assert_eq!(proof_of("alibaba", &request, "YourAccessKeySecret").signature, signature);
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in vectors[2]["params"].as_object().unwrap() {
        query.append_pair(name, value.as_str().unwrap());
    }
    let request = raw("GET", &format!("/?{}", query.finish()), &[], b"");
    assert_eq!(proof_of("alibaba", &request, "testsecret").signature, vectors[2]["signature"].as_str().unwrap());
}

fn proof_of(vendor: &str, request: &RawRequest, secret: &str) -> Proof {
    let vendor = vendor_named(vendor).unwrap();
    let (call, assumed) = ((vendor.requests.read)(request), ticketbooth::domain::Assumptions::default());
    vendor.prove(&CheckInput { raw: request, call: &call, assumptions: &assumed }, secret, 0).unwrap()
}
