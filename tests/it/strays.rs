//! What is no call: counted, noted, told to listeners and to the doctor, and never taken for a call.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;

use serde_json::{Value, json};
use ticketbooth::emulator::AuthMode;
use ticketbooth::journal::EventDetail;
use ticketbooth::{pipeline, web};

use crate::admin::{answer, ask};
use crate::harness::{Served, finish, ticketbooth};
use crate::kit::{alibaba_raw, demo, raw};

/// The kinds of strays that were counted, and the texts of the notes of kind `other`.
fn seen(served: &Served) -> (Value, Vec<String>) {
    let info = ask(&served.emulator, "GET", "/info", &Value::Null).1;
    let list = ask(&served.emulator, "GET", "/journal?kind=other", &Value::Null).1;
    let texts = list["entries"].as_array().unwrap().iter().map(|entry| entry["text"].as_str().unwrap().to_owned());
    (info["strays"].clone(), texts.collect())
}

/// What comes back for these bytes, to the end of the connection.
fn send(served: &Served, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(served.address).unwrap();
    stream.write_all(bytes).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    answer
}

#[test]
fn what_is_no_call_is_counted_noted_and_told() {
    let served = Served::on_thread(demo(AuthMode::Off));
    let feed = served.emulator.default_sandbox().epoch().feed.clone();
    feed.start_keeping();
    // The beginning of a hello of TLS 1.2.
    let answer = send(&served, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03");
    assert!(answer.starts_with(b"HTTP/1.1 400"), "TLS clients call that a wrong version");
    assert!(
        send(&served, b"CONNECT example.invalid:443 HTTP/1.1\r\nhost: example.invalid:443\r\n\r\n")
            .starts_with(b"HTTP/1.1 400")
    );
    assert!(send(&served, b"\x00\x01 garbage\r\n\r\n").starts_with(b"HTTP/1.1 400"));
    assert!(send(&served, b"GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n").starts_with(b"HTTP/1.1 400"));
    send(&served, b"GET /nothing HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n");
    let (counts, texts) = seen(&served);
    assert_eq!(
        counts,
        json!({ "stranger": 1, "preflight": 0, "tls": 1, "handshake": 0, "misdirected": 0, "connect": 1, "bad-http": 2 })
    );
    for (place, part) in
        ["more than one Host", "bad HTTP", "CONNECT example.invalid:443", "spoke https"].iter().enumerate()
    {
        assert!(texts[place].contains(part), "{part}: {texts:?}");
    }
    let calls = ask(&served.emulator, "GET", "/journal", &Value::Null).1;
    assert_eq!(calls["total"], 0, "none of them is a call");
    let told =
        feed.events_since(0).0.into_iter().filter(|event| matches!(event.what, EventDetail::Other { .. })).count();
    assert_eq!(told, 5);
    let metrics = send(&served, b"GET /_ticketbooth/metrics HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n");
    assert!(String::from_utf8_lossy(&metrics).contains("ticketbooth_strays_total{what=\"tls\"} 1"));
    let (_, shown, _) = finish(ticketbooth(&["doctor", "--url", &served.address.to_string()]));
    assert!(shown.contains("stranger: 1") && shown.contains("speaks https"), "{shown}");
}

/// Other people's clients, which take this port for something else.
#[test]
fn curl_and_openssl_are_told_at_once() {
    let served = Served::on_thread(demo(AuthMode::Off));
    let (https, proxy) = (format!("https://{}/", served.address), format!("http://{}", served.address));
    for arguments in [
        &["-sS", "-m", "10", "-k", "--noproxy", "*", &https][..],
        &["-sS", "-m", "10", "-x", &proxy, "https://example.invalid/"],
    ] {
        let done = Command::new("curl").args(arguments).output().expect("curl is there");
        assert!(!done.status.success(), "{done:?}");
    }
    let address = served.address.to_string();
    let done = Command::new("openssl")
        .args(["s_client", "-connect", &address])
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert!(!done.status.success());
    let (counts, _) = seen(&served);
    assert_eq!((&counts["tls"], &counts["connect"]), (&json!(2), &json!(1)));
}

#[test]
fn a_flood_of_strays_pushes_no_call_out() {
    let emulator = demo(AuthMode::Off);
    pipeline::serve(&emulator, alibaba_raw("2022-01-01", "CreateTicket", &[]));
    let path = format!("/{}", "x".repeat(4096));
    for _ in 0..20_000 {
        pipeline::serve(&emulator, raw("GET", &path, &[("host", "127.0.0.1")], b""));
    }
    let calls = ask(&emulator, "GET", "/journal", &Value::Null).1;
    assert_eq!((&calls["total"], &calls["dropped"]), (&json!(1), &json!(0)));
    let info = ask(&emulator, "GET", "/info", &Value::Null).1;
    assert_eq!(info["strays"]["stranger"], 20_000);
}

#[test]
fn a_browsers_question_finds_the_vendor_of_the_call_that_it_asks_about() {
    let emulator = demo(AuthMode::Strict);
    let asks = |headers: &[(&str, &str)]| {
        let with = [&[("host", "127.0.0.1:4240"), ("origin", "http://app.test")], headers].concat();
        pipeline::serve(&emulator, raw("OPTIONS", "/", &with, b""))
    };
    let own = {
        let mut request = raw("OPTIONS", "/", &[("host", "127.0.0.1:4240"), ("origin", "http://app.test")], b"");
        request.port_of = Some("alibaba");
        pipeline::serve(&emulator, request)
    };
    let told = asks(&[("access-control-request-headers", "content-type, X-Acs-Action,x-acs-date")]);
    assert_eq!((told.status, &told.body), (own.status, &own.body));
    assert_eq!(asks(&[]).status, 400, "which one it is for nobody can tell");
}

#[test]
fn a_browser_at_the_root_is_told_what_this_is() {
    let emulator = demo(AuthMode::Strict);
    let page = |host: &str, accept: &str| web::front_page(&raw("GET", "/", &[("host", host), ("accept", accept)], b""));
    let shown = page("127.0.0.1:4711", "text/html,*/*;q=0.8").expect("a page");
    let text = String::from_utf8_lossy(&shown.body).into_owned();
    assert_eq!((shown.status, shown.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(text.contains("127.0.0.1:4711") && !text.contains("127.0.0.1:4240"), "{text}");
    assert!(text.contains("LTAIlocaltest000000000000") && text.contains("AKIDlocaltest"), "{text}");
    for link in text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        let asked = raw("GET", link, &[("host", "127.0.0.1:4711")], b"");
        assert!(link.starts_with("data:") || answer(&emulator, &asked).status == 200, "{link} leads nowhere");
    }
    let evil = page("<script>alert(1)</script>", "text/html").expect("a page");
    assert!(!String::from_utf8_lossy(&evil.body).contains("<script>"));
    assert!(page("127.0.0.1", "application/json").is_none());
    assert!(web::front_page(&alibaba_raw("2022-01-01", "CreateTicket", &[])).is_none());
}

#[test]
fn a_page_is_shown_to_whoever_names_one_host_and_a_call_may_name_anything() {
    let served = Served::on_thread(demo(AuthMode::Off));
    let page = "GET /token3rd/dashboard/view/pc.htm?pageId=a HTTP/1.1\r\n";
    for (host, status) in [
        ("", "400"),
        ("host: a:1:2\r\n", "400"),
        ("host: [::1].evil.example:1\r\n", "400"),
        ("host: app.test\r\n", "200"),
    ] {
        let answer = send(&served, format!("{page}{host}connection: close\r\n\r\n").as_bytes());
        assert!(
            answer.starts_with(format!("HTTP/1.1 {status}").as_bytes()),
            "{host:?}: {}",
            String::from_utf8_lossy(&answer)
        );
    }
    let call = "GET /?Action=CreateTicket&Version=2022-01-01&AccessKeyId=a&Format=JSON HTTP/1.1\r\n";
    let answer = send(&served, format!("{call}host: http://127.0.0.1:1\r\nconnection: close\r\n\r\n").as_bytes());
    assert!(String::from_utf8_lossy(&answer).contains("\"Code\""), "an official client sends a whole URL there");
}
