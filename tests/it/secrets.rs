//! A secret is in no answer and no log, whatever goes wrong.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
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
    let mut command = Command::cargo_bin("ticketbooth").unwrap();
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
    for request in [tc3, v2, visit, "GARBAGE\r\n\r\n"] {
        answers.push_str(&ask(&authority, request));
    }
    assert!(answers.contains("SignatureDoesNotMatch") && answers.contains("AuthFailure.TokenFailure"), "{answers}");
    let stopped = Command::new("kill").arg(server.id().to_string()).status().unwrap();
    assert!(stopped.success() && server.wait().unwrap().success());
    let mut log = String::new();
    server.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(log.contains("alibaba.CreateTicket refused: SignatureMismatch"), "{log}");
    for secret in SECRETS {
        assert!(!log.contains(secret) && !answers.contains(secret), "{secret} got out");
    }
    for canary in ["canarysignature", "canarytoken", "canaryticket"] {
        assert!(!log.contains(canary), "{canary} is in the log:\n{log}");
    }
}
