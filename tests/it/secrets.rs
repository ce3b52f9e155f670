//! A secret is in no answer and no log, whatever goes wrong.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use crate::harness::ticketbooth;
use serde_json::Value;

const SECRETS: [&str; 2] = ["localtestsecret00000000000000000", "localtestsecret000000000000000"];

/// Sends one request and gives the answer, whose connection the server closes.
fn ask(authority: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(authority).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn no_secret_and_no_ticket_is_logged_at_the_highest_level() {
    let mut command = ticketbooth(&[]);
    let flags = ["--listen", "127.0.0.1:0", "--output", "json", "--log", "trace", "--auth-clock", "off"];
    let mut server = command.args(flags).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut ready = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(server.stdout.take().unwrap()), &mut ready).unwrap();
    let ready: Value = serde_json::from_str(&ready).unwrap();
    let authority = ready["http"].as_str().unwrap().strip_prefix("http://").unwrap().to_owned();
    // A signature that does not match is where a server is tempted to say too much.
    let tc3 = "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Type: application/json\r\nX-TC-Action: CreateEmbedToken\r\n\
        X-TC-Version: 2022-01-05\r\nX-TC-Timestamp: 1767571200\r\nAuthorization: TC3-HMAC-SHA256 \
        Credential=AKIDlocaltest0000000000000000000000/2026-01-05/bi/tc3_request, SignedHeaders=content-type;host, \
        Signature=canarysignature\r\nX-TC-Token: canarytoken\r\nContent-Length: 2\r\n\r\n{}";
    let v2 = "GET /?Action=CreateTicket&Version=2022-01-01&AccessKeyId=LTAIlocaltest000000000000&SignatureMethod=HMAC-SHA1\
        &SignatureVersion=1.0&SignatureNonce=n&Timestamp=2026-01-05T00%3A00%3A00Z&Signature=canarysignature&WorksId=w \
        HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    let visit = "GET /token3rd/dashboard/view/pc.htm?pageId=w&accessTicket=canaryticket HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    let mut answers = String::new();
    let ended = "POST /_ticketbooth/tickets/canaryticket/expire HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    for request in [tc3, v2, visit, ended, "GARBAGE\r\n\r\n"] {
        answers.push_str(&ask(&authority, request));
    }
    assert!(answers.contains("SignatureDoesNotMatch") && answers.contains("AuthFailure.TokenFailure"), "{answers}");
    let stopped = Command::new("kill").arg(server.id().to_string()).status().unwrap();
    assert!(stopped.success() && server.wait().unwrap().success());
    let mut log = String::new();
    server.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(log.contains("alibaba.CreateTicket: refused with SignatureDoesNotMatch"), "{log}");
    assert!(log.contains("/_ticketbooth/tickets/…"), "{log}");
    for secret in SECRETS {
        assert!(!log.contains(secret) && !answers.contains(secret), "{secret} got out");
    }
    for canary in ["canarysignature", "canarytoken", "canaryticket"] {
        assert!(!log.contains(canary), "{canary} is in the log:\n{log}");
    }
}

/// Secrets that occur nowhere else, in a world file that has them.
const CANARIES: [&str; 6] = [
    "CanaryTencentKey0123456789abcdef",
    "CanaryAlibabaKey0123456789abcd",
    "canary-session-token-of-the-world",
    "CanaryClaimedToken0123456789",
    "CanarySignature0123456789",
    "CanaryAdminToken0123456789",
];

/// The text without the escapes that a reader would take away.
fn bare(text: &str) -> String {
    let letter = |piece: &str| {
        let code = piece.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        code.and_then(char::from_u32).map_or_else(|| piece.to_owned(), |letter| format!("{letter}{}", &piece[4..]))
    };
    let mut pieces = text.split("\\u");
    let first = pieces.next().unwrap().to_owned();
    let mut text: String = std::iter::once(first).chain(pieces.map(letter)).collect();
    text.retain(|sign| sign != '\\');
    for _ in 0..3 {
        text = percent_encoding::percent_decode_str(&text).decode_utf8_lossy().to_lowercase();
    }
    text
}

/// Base64 of what holds a secret, at each place where it may begin.
fn base64_of(secret: &str) -> Vec<String> {
    use base64::Engine as _;
    let encode = |padding: &str| base64::engine::general_purpose::STANDARD.encode(format!("{padding}{secret}   "));
    ["", " ", "  "].map(|padding| encode(padding)[4..secret.len()].to_owned()).to_vec()
}

fn assert_clean(what: &str, text: &str) {
    let bare = bare(text);
    for canary in CANARIES {
        assert!(!bare.contains(&canary.to_lowercase()), "{canary} is in {what}:\n{text}");
        for encoded in base64_of(canary) {
            assert!(!text.contains(&encoded), "{canary} is in {what} as Base64:\n{text}");
        }
    }
}

/// A request with the secret in one odd place after the other.
fn odd_requests(secret: &str) -> Vec<String> {
    use base64::Engine as _;
    let all: String = secret.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let wide: String = secret.chars().map(|letter| format!("\\u{:04x}", u32::from(letter))).collect();
    let base64 = base64::engine::general_purpose::STANDARD.encode(format!("{{\"a\":\"{secret}\"}}"));
    let tail = "Host: h\r\nConnection: close\r\n";
    let post = |headers: &str, body: &str| {
        format!("POST / HTTP/1.1\r\n{tail}{headers}Content-Length: {}\r\n\r\n{body}", body.len())
    };
    let tc = "X-TC-Action: CreateEmbedToken\r\nX-TC-Version: 2022-01-05\r\nX-TC-Timestamp: 1\r\n";
    let json = "Content-Type: application/json\r\n";
    let key = |key: &str, signature: &str| {
        let scope = "2026-01-05/bi/tc3_request, SignedHeaders=content-type;host";
        format!("Authorization: TC3-HMAC-SHA256 Credential={key}/{scope}, Signature={signature}\r\n")
    };
    let tencent = "AKIDlocaltest0000000000000000000000";
    let query = "Version=2022-01-01&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&SignatureNonce=n\
                 &Timestamp=2026-01-05T00%3A00%3A00Z&Signature=CanarySignature0123456789";
    vec![
        post(&format!("{tc}{json}{}", key(secret, "CanarySignature0123456789")), "{}"),
        post(&format!("{tc}{json}{}X-TC-Token: {secret}\r\n", key(tencent, "CanarySignature0123456789")), "{}"),
        post(&format!("{tc}{json}X-Odd: {secret}\r\nX-{secret}: x\r\nCookie: a={all}\r\n"), "{}"),
        post(&format!("{tc}{json}"), &format!("{{\"CorpId\":\"{secret}\",\"{wide}\":\"{wide}\"}}")),
        post(&format!("{tc}{json}"), &base64),
        post(&format!("X-TC-Action: {secret}\r\nX-TC-Version: {secret}\r\n{json}"), "{}"),
        post(&format!("{tc}Content-Type: {secret}\r\nAuthorization: Bearer {secret}\r\n"), &format!("\u{1}{secret}")),
        post(
            "Content-Type: application/x-www-form-urlencoded\r\n",
            &format!("SecretId={all}&Action={all}&Token={secret}"),
        ),
        format!("GET /?Action=CreateTicket&AccessKeyId={all}&{query} HTTP/1.1\r\n{tail}\r\n"),
        format!(
            "GET /?Action=CreateTicket&AccessKeyId=LTAIlocaltest000000000000&SecurityToken={all}&{query} HTTP/1.1\r\n{tail}\r\n"
        ),
        format!("GET /?Action={secret}&AccessKeyId=x&{query} HTTP/1.1\r\n{tail}\r\n"),
        format!(
            "GET /?Action=CreateTicket&WorksId={secret}&Format={secret}&{query}&AccessKeyId=x HTTP/1.1\r\n{tail}\r\n"
        ),
        format!("GET /{secret}/{all}?AccessKeyId=x&Version={secret} HTTP/1.1\r\n{tail}\r\n"),
        format!("{secret} /?AccessKeyId=x HTTP/1.1\r\n{tail}\r\n"),
        format!("GET /token3rd/{secret}?pageId={all}&accessTicket={secret} HTTP/1.1\r\n{tail}\r\n"),
        format!("GET /page/embed?token={all}&projectId={secret} HTTP/1.1\r\n{tail}\r\n"),
        format!(
            "POST /api/v2/olap/query HTTP/1.1\r\n{tail}x-ticketbooth-session: {secret}\r\nContent-Length: 0\r\n\r\n"
        ),
    ]
}

#[test]
fn no_canary_gets_out_of_log_journal_explanation_metrics_events_or_errors() {
    let world = ticketbooth::world::DEMO
        .replace("localtestsecret00000000000000000", CANARIES[0])
        .replace("localtestsecret000000000000000", CANARIES[1])
        .replace("demo-session-token", CANARIES[2]);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("world.yaml"), world).unwrap();
    let mut command = ticketbooth(&[]);
    let flags = ["--listen", "127.0.0.1:0", "--output", "json", "--log", "trace", "--auth-clock", "off"];
    command.args(flags).args(["--admin-token", CANARIES[5]]).arg("--world").arg(folder.path().join("world.yaml"));
    let mut server = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Read beside the test, or a full pipe would stop the server.
    let mut errors = server.stderr.take().unwrap();
    let log = std::thread::spawn(move || {
        let mut log = String::new();
        errors.read_to_string(&mut log).unwrap();
        log
    });
    let mut ready = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(server.stdout.take().unwrap()), &mut ready).unwrap();
    let ready: Value = serde_json::from_str(&ready).unwrap();
    let authority = ready["http"].as_str().unwrap().strip_prefix("http://").unwrap().to_owned();
    let requests = strew(&authority);
    let head = format!("Host: localhost\r\nConnection: close\r\nAuthorization: Bearer {}\r\n", CANARIES[5]);
    let head = head.as_str();
    let get = |path: &str| ask(&authority, &format!("GET /_ticketbooth{path} HTTP/1.1\r\n{head}\r\n"));
    let list = get("/journal?limit=1000");
    let entries: Value = serde_json::from_str(list.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert!(entries["total"].as_u64().unwrap() > requests * 3 / 4, "{entries}");
    assert_clean("the journal", &list);
    for entry in entries["entries"].as_array().unwrap() {
        let id = entry["request_id"].as_str().unwrap();
        assert_clean("an entry", &get(&format!("/journal/{id}")));
        // A signature is what an explanation is for.
        assert_clean("an explanation", &get(&format!("/explain/{id}")).replace(CANARIES[4], ""));
    }
    for path in ["/metrics", "/info", "/sandboxes", "/openapi.json", "/codes"] {
        assert_clean(path, &get(path));
    }
    for canary in &CANARIES[..3] {
        let wrong = [
            format!("/{canary}"),
            format!("/journal?{canary}=1"),
            format!("/journal/{canary}"),
            format!("/tickets/{canary}"),
        ];
        for path in wrong {
            assert_clean(&path.replace(canary, "…"), &get(&path));
        }
    }
    assert_clean("events", &events(&authority, head, entries["total"].as_u64().unwrap()));
    let stopped = Command::new("kill").arg(server.id().to_string()).status().unwrap();
    assert!(stopped.success() && server.wait().unwrap().success());
    let log = log.join().unwrap();
    assert!(log.contains("answered with"), "{log}");
    assert_clean("the log", &log);
}

/// Sends every canary in every odd place, and tells how many requests that took.
fn strew(authority: &str) -> u64 {
    let mut requests = 0;
    for canary in CANARIES.iter().filter(|canary| **canary != CANARIES[4]) {
        // What a client claims as its session token is only known for one where it does so.
        let claims =
            |request: &String| ["X-TC-Token: ", "SecurityToken=", "&Token="].iter().any(|name| request.contains(name));
        for request in odd_requests(canary).into_iter().filter(|request| *canary != CANARIES[3] || claims(request)) {
            ask(authority, &request);
            requests += 1;
        }
    }
    requests
}

/// The stream of events until every call was told of.
fn events(authority: &str, head: &str, calls: u64) -> String {
    let mut stream = TcpStream::connect(authority).unwrap();
    let request = format!("GET /_ticketbooth/events?last_event_id=0 HTTP/1.1\r\n{head}\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut text = Vec::new();
    let mut piece = [0; 4096];
    while (String::from_utf8_lossy(&text).matches("event: call").count() as u64) < calls {
        let read = stream.read(&mut piece).unwrap();
        assert!(read > 0, "the stream ended");
        text.extend_from_slice(&piece[..read]);
    }
    String::from_utf8_lossy(&text).into_owned()
}
