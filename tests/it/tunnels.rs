//! The proxy: whom it leads to itself, whom it refuses, and that a program under `exec --intercept` gets nowhere else.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;
use ticketbooth::call::Via;
use ticketbooth::emulator::AuthMode;
use ticketbooth::explain::{Detail, explanation_text};
use ticketbooth::journal::EventDetail;
use ticketbooth::trust::Alpn;

use crate::admin::ask;
use crate::certificates::trust;
use crate::harness::{Served, finish, ticketbooth};
use crate::kit::demo;

fn proxy() -> Served {
    serve(demo(AuthMode::Off))
}

fn serve(mut emulator: ticketbooth::emulator::Emulator) -> Served {
    emulator.trust = Some(trust(Alpn::H1));
    emulator.proxy = true;
    Served::on_thread(emulator)
}

/// What comes back for these bytes, to the end of the connection.
pub fn send(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(bytes).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn connect(address: SocketAddr, target: &str) -> String {
    send(address, format!("CONNECT {target} HTTP/1.1\r\nhost: {target}\r\n\r\n").as_bytes())
}

#[test]
fn hosts_of_the_vendors_are_led_here_however_they_are_written() {
    let served = proxy();
    for target in [
        "bi.tencentcloudapi.com:443",
        "BI.TencentCloudAPI.com:443",
        "bi.tencentcloudapi.com.:443",
        "bi.ap-guangzhou.tencentcloudapi.com:80",
        "quickbi-public.cn-hangzhou.aliyuncs.com:443",
        "quickbi-public-vpc.cn-shanghai.aliyuncs.com:443",
        "location-readonly.aliyuncs.com:443",
    ] {
        let answer = connect(served.address, target);
        assert!(answer.starts_with("HTTP/1.1 200 "), "{target}: {answer}");
    }
    let old = send(served.address, b"CONNECT bi.tencentcloudapi.com:443 HTTP/1.0\r\n\r\n");
    assert!(old.starts_with("HTTP/1.1 200 "), "without a Host, as old clients send it: {old}");
    let port = served.address.port();
    for own in [served.address.to_string(), format!("localhost:{port}"), format!("[::1]:{port}")] {
        let answer = connect(served.address, &own);
        assert!(answer.starts_with("HTTP/1.1 200 "), "{own}: {answer}");
    }
}

/// Targets that nobody is led to.
pub const HOSTILE: &[&str] = &[
    "example.com:443",
    "example.com:80",
    "aliyuncs.com:443",
    "ecs.aliyuncs.com:443",
    "tencentcloudapi.com:443",
    "cvm.tencentcloudapi.com:443",
    "bi.eviltencentcloudapi.com:443",
    "evil-bi.tencentcloudapi.com:443",
    "bi.tencentcloudapi.com.evil.example:443",
    "bi.xx-nowhere.tencentcloudapi.com:443",
    "a.bi.tencentcloudapi.com:443",
    "quickbi-public.aliyuncs.com.evil.example:443",
    "quickbi-publicx.cn-hangzhou.aliyuncs.com:443",
    "quickbi-public.cn-hangzhou.evilaliyuncs.com:443",
    "sts.aliyuncs.com:443",
    "sts.cn-hangzhou.aliyuncs.com:443",
    "sts.tencentcloudapi.com:443",
    "bi.tencentcloudapi.com:22",
    "bi.tencentcloudapi.com:8443",
    "bi.tencentcloudapi.com:0",
    "169.254.169.254:80",
    "100.100.100.200:80",
    "metadata.tencentyun.com:80",
    "metadata.google.internal:80",
    "10.0.0.1:443",
    "192.168.1.1:443",
    "172.17.0.1:2375",
    "0.0.0.0:443",
    "127.0.0.1:1",
    "127.0.0.1:22",
    "localhost:6379",
    "[::1]:1",
    "[::ffff:10.0.0.1]:443",
    "[fe80::1]:443",
    "2130706433:443",
    "0x7f000001:443",
    "017700000001:443",
    "xn--bi-fka.tencentcloudapi.com:443",
    "registry.example.org:443",
    "host.docker.internal:443",
];

#[test]
fn nothing_else_is_led_anywhere_and_every_refusal_is_told() {
    let served = proxy();
    for target in HOSTILE {
        let answer = connect(served.address, target);
        assert!(answer.starts_with("HTTP/1.1 403 "), "{target}: {answer}");
        let host = target.rsplit_once(':').unwrap().0.trim_matches(['[', ']']);
        assert!(answer.contains(host), "{target}: {answer}");
    }
    let counts = || ask(&served.emulator, "GET", "/info", &Value::Null).1["strays"]["connect"].clone();
    assert_eq!(counts(), json!(HOSTILE.len()));
    // The same as targets that are whole URLs.
    for target in HOSTILE {
        let line = format!("GET http://{target}/ HTTP/1.1\r\nhost: {target}\r\nconnection: close\r\n\r\n");
        let answer = send(served.address, line.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 403 "), "{target}: {answer}");
    }
    assert_eq!(counts(), json!(2 * HOSTILE.len()));
    let refused = served.emulator.refused_hosts.all();
    assert!(refused.contains(&("example.com".to_owned(), 4)), "{refused:?}");
    let told = connect(served.address, "sts.aliyuncs.com:443");
    assert!(told.contains("fixed key") && told.contains("ALIBABA_CLOUD_ACCESS_KEY_ID"), "{told}");
    assert!(connect(served.address, "example.com:443").contains("forwards nothing"));
}

#[test]
fn what_can_be_read_in_two_ways_is_refused_and_closed() {
    let served = proxy();
    let long = format!("{}:443", "a".repeat(70_000));
    for target in [
        "bi.tencentcloudapi.com",
        "bi.tencentcloudapi.com:",
        "bi.tencentcloudapi.com:443:443",
        "bi.tencentcloudapi.com:99999",
        "evil@bi.tencentcloudapi.com:443",
        "bi.tencentcloudapi.com :443",
        "bi.tencentcloudapi.com\0:443",
        "/var/run/docker.sock",
        ":443",
        &long,
    ] {
        let answer = connect(served.address, target);
        let is_refused =
            ["HTTP/1.1 400", "HTTP/1.1 431", "HTTP/1.1 414"].iter().any(|status| answer.starts_with(status));
        assert!(is_refused, "{:.80}: {answer}", target);
    }
    let head = "CONNECT bi.tencentcloudapi.com:443 HTTP/1.1\r\nhost: bi.tencentcloudapi.com:443\r\n";
    for behind in [
        "content-length: 5\r\n\r\nhello",
        "transfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "\r\nGET / HTTP/1.1\r\nhost: a\r\n\r\n",
    ] {
        let answer = send(served.address, format!("{head}{behind}").as_bytes());
        assert!(answer.starts_with("HTTP/1.1 400"), "{behind:?}: {answer}");
    }
    // A tunnel in a tunnel.
    let answer = in_tunnel(&served, "bi.tencentcloudapi.com:443", &format!("{head}\r\n"));
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
}

/// What comes back for plain bytes in a tunnel.
fn in_tunnel(served: &Served, target: &str, bytes: &str) -> String {
    in_tunnel_at(served.address, target, bytes)
}

pub fn in_tunnel_at(address: SocketAddr, target: &str, bytes: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(format!("CONNECT {target} HTTP/1.1\r\nhost: {target}\r\n\r\n").as_bytes()).unwrap();
    assert!(read_head(&mut stream).starts_with("HTTP/1.1 200"));
    stream.write_all(bytes.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

pub const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

pub fn create(host: &str) -> String {
    let target = format!("/?Action=CreateTicket&Version=2022-01-01&Format=JSON&WorksId={WORK}");
    format!("POST {target} HTTP/1.1\r\nhost: {host}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
}

/// How the calls of the journal came.
fn ways(served: &Served) -> Vec<String> {
    let list = ask(&served.emulator, "GET", "/journal", &Value::Null).1;
    let id = |entry: &Value| entry["request_id"].as_str().unwrap().to_owned();
    let ids: Vec<String> = list["entries"].as_array().unwrap().iter().map(id).collect();
    let way = |id: &String| {
        let entry = ask(&served.emulator, "GET", &format!("/journal/{id}"), &Value::Null).1;
        format!("{} {}", entry["arrival"]["via"].as_str().unwrap(), entry["arrival"]["tls"])
    };
    ids.iter().map(way).collect()
}

#[test]
fn the_journal_says_how_a_call_came() {
    let served = proxy();
    let host = "quickbi-public.cn-hangzhou.aliyuncs.com";
    assert!(send(served.address, create("127.0.0.1").as_bytes()).contains("\"Success\":true"));
    let absolute = create(host).replace("POST /", &format!("POST http://{host}/"));
    assert!(send(served.address, absolute.as_bytes()).contains("\"Success\":true"));
    assert!(in_tunnel(&served, &format!("{host}:80"), &create(host)).contains("\"Success\":true"));
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("ca.pem");
    fs::write(&root, served.emulator.trust.as_ref().unwrap().root_pem()).unwrap();
    let url = format!("https://{host}/?Action=CreateTicket&Version=2022-01-01&Format=JSON&WorksId={WORK}");
    let done = Command::new("curl")
        .args(["-sS", "-m", "20", "-X", "POST", "-x", &format!("http://{}", served.address), "--cacert"])
        .arg(&root)
        .arg(&url)
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&done.stdout).contains("\"Success\":true"), "{done:?}");
    // The same in what is told of a call elsewhere.
    let told = served.emulator.default_sandbox().epoch().feed.events_since(0).0;
    let by_tunnel = told.iter().filter(|event| match &event.what {
        EventDetail::Call { via, tls, .. } => *via == Via::Tunnel(host.into()) && *tls,
        _ => false,
    });
    assert_eq!(by_tunnel.count(), 1, "{told:?}");
    let texts: Vec<String> = ask(&served.emulator, "GET", "/journal", &Value::Null).1["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| format!("/explain/{}", entry["request_id"].as_str().unwrap()))
        .map(|path| explanation_text(&ask(&served.emulator, "GET", &path, &Value::Null).1, Detail::Brief))
        .collect();
    for (way, times) in [
        (format!(", by a tunnel to {host}, with TLS\n"), 1),
        (format!(", by a tunnel to {host}\n"), 1),
        (", by us as its proxy\n".to_owned(), 1),
        (", by ".to_owned(), 3),
    ] {
        assert_eq!(texts.iter().filter(|text| text.contains(&way)).count(), times, "{way}: {texts:?}");
    }
    let mut ways = ways(&served);
    ways.sort();
    let tunnel = format!("tunnel {host}");
    assert_eq!(ways, ["direct false", "proxy false", &format!("{tunnel} false"), &format!("{tunnel} true")]);
}

#[test]
fn another_host_than_that_of_the_tunnel_is_refused_in_it() {
    let served = proxy();
    let inside = |host: &str| in_tunnel(&served, "bi.tencentcloudapi.com:443", &create(host));
    assert!(inside("quickbi-public.aliyuncs.com").starts_with("HTTP/1.1 421"));
    assert!(inside("127.0.0.1").starts_with("HTTP/1.1 421"));
    assert!(inside("bi.tencentcloudapi.com").starts_with("HTTP/1.1 200"));
    let admin = "GET /_ticketbooth/info HTTP/1.1\r\nhost: bi.tencentcloudapi.com\r\nconnection: close\r\n\r\n";
    assert!(in_tunnel(&served, "bi.tencentcloudapi.com:443", admin).starts_with("HTTP/1.1 403"));
    let health = admin.replace("info", "health");
    assert!(in_tunnel(&served, "bi.tencentcloudapi.com:443", &health).starts_with("HTTP/1.1 200"));
    let absolute = "GET http://example.com/ HTTP/1.1\r\nhost: example.com\r\nconnection: close\r\n\r\n";
    assert!(send(served.address, absolute.as_bytes()).starts_with("HTTP/1.1 403"));
    // The name in a handshake that differs from the tunnel's.
    let line = format!(
        "s_client -proxy {} -connect bi.tencentcloudapi.com:443 -servername quickbi-public.aliyuncs.com",
        served.address
    );
    let done = Command::new("openssl").args(line.split(' ')).stdin(std::process::Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(!done.status.success() && said.contains("unrecognized name"), "{said}");
    let notes = ask(&served.emulator, "GET", "/journal?kind=other", &Value::Null).1.to_string();
    let both = "the name quickbi-public.aliyuncs.com inside a tunnel to bi.tencentcloudapi.com";
    assert!(notes.contains(both), "{notes}");
    // Where the handshake has no name, it is that of the tunnel.
    let folder = TempDir::new().unwrap();
    let root = root_file(&served, folder.path());
    let line = format!(
        "s_client -proxy {} -connect bi.tencentcloudapi.com:443 -noservername -CAfile {root} -no-CApath -verify_return_error \
         -verify_hostname bi.tencentcloudapi.com",
        served.address
    );
    let done =
        Command::new("openssl").args(line.split_whitespace()).stdin(std::process::Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn root_file(served: &Served, folder: &Path) -> String {
    let root = folder.join("ca.pem");
    fs::write(&root, served.emulator.trust.as_ref().unwrap().root_pem()).unwrap();
    root.to_str().unwrap().to_owned()
}

/// Under the name of a vendor, by a whole URL, and from a page of somebody else's.
#[test]
fn the_admin_api_is_as_closed_to_clients_of_the_proxy_as_to_others() {
    let served = proxy();
    let get = |host: &str, path: &str, more: &str| {
        let line = format!("GET http://{host}/_ticketbooth/{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n");
        send(served.address, format!("{line}{more}\r\n").as_bytes())
    };
    let (vendors, own) = ("bi.tencentcloudapi.com", served.address.to_string());
    assert!(get(vendors, "info", "").starts_with("HTTP/1.1 403"));
    assert!(get(vendors, "health", "").starts_with("HTTP/1.1 200"));
    assert!(get(&own, "info", "").starts_with("HTTP/1.1 200"));
    assert!(get(&own, "info", "origin: https://evil.example\r\n").starts_with("HTTP/1.1 403"));
    // A page that has its own name lead here.
    assert!(get("evil.example", "info", "").starts_with("HTTP/1.1 403"));
}

/// A client that begins to shake hands before it has our answer has lost no byte of that.
#[test]
fn the_beginning_of_a_handshake_may_come_with_the_connect() {
    let served = proxy();
    let mut roots = rustls::RootCertStore::empty();
    roots.add(served.emulator.trust.as_ref().unwrap().root_der().to_vec().into()).unwrap();
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let host = "bi.tencentcloudapi.com";
    let mut client = rustls::ClientConnection::new(config.into(), host.try_into().unwrap()).unwrap();
    let mut bytes = format!("CONNECT {host}:443 HTTP/1.1\r\nhost: {host}:443\r\n\r\n").into_bytes();
    client.write_tls(&mut bytes).unwrap();
    let mut stream = TcpStream::connect(served.address).unwrap();
    stream.write_all(&bytes).unwrap();
    assert!(read_head(&mut stream).starts_with("HTTP/1.1 200"));
    while client.is_handshaking() {
        client.complete_io(&mut stream).unwrap();
    }
    let mut secured = rustls::StreamOwned::new(client, stream);
    secured.write_all(create(host).as_bytes()).unwrap();
    let mut answer = Vec::new();
    secured.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
}

/// What comes behind the head is left to be read.
fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap()
}

#[test]
fn what_is_for_a_proxy_alone_is_kept_and_shown_nowhere() {
    let mut served = proxy();
    let host = "quickbi-public.aliyuncs.com";
    // As a password would stand there, and in words that no rule of redaction knows.
    let secret = "Proxy-Authorization: Basic dXNlcjpzd29yZGZpc2g=\r\nProxy-Connection: keep-alive\r\n";
    for is_proxy in [true, false] {
        if !is_proxy {
            served = Served::on_thread(demo(AuthMode::Off));
        }
        let with = |request: String| request.replacen("\r\n", &format!("\r\n{secret}"), 1);
        for request in [
            with(create(host)),
            with(create(host).replace("POST /", &format!("POST http://{host}/"))),
            with(format!("CONNECT {host}:443 HTTP/1.1\r\nhost: {host}:443\r\n\r\n")),
            with("CONNECT example.com:443 HTTP/1.1\r\nhost: example.com:443\r\n\r\n".to_owned()),
            with("GET http://example.com/ HTTP/1.1\r\nhost: example.com\r\nconnection: close\r\n\r\n".to_owned()),
        ] {
            let answer = send(served.address, request.as_bytes());
            assert!(!answer.contains("dXNlc") && answer.starts_with("HTTP/1.1 "), "{answer}");
        }
        for path in ["/journal?kind=call,other,stranger", "/journal?format=jsonl", "/info", "/metrics"] {
            let text = send(
                served.address,
                format!("GET /_ticketbooth{path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").as_bytes(),
            );
            assert!(
                text.contains("200 OK") && !text.contains("dXNlc") && !text.contains("swordfish"),
                "{path}: {text}"
            );
        }
    }
}

#[test]
fn garbage_in_a_tunnel_and_ciphers_that_nobody_has_are_refused() {
    let served = proxy();
    for bytes in [
        "\0\0\0\r\n\r\n",
        "SSH-2.0-client\r\n\r\n",
        "\u{4}\u{1}\u{1}\u{bb}\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n",
    ] {
        let answer = in_tunnel(&served, "bi.tencentcloudapi.com:443", bytes);
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 400") || answer.starts_with("HTTP/1.1 505"),
            "{bytes:?}: {answer}"
        );
    }
    let line = format!("s_client -connect {} -servername localhost -tls1_2 -cipher AES128-SHA", served.address);
    let done = Command::new("openssl").args(line.split(' ')).stdin(std::process::Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(!done.status.success() && said.contains("handshake failure"), "{said}");
    let counts = ask(&served.emulator, "GET", "/info", &Value::Null).1["strays"].clone();
    assert_eq!(counts["handshake"], 1, "{counts}");
    assert!(connect(served.address, "bi.tencentcloudapi.com:443").starts_with("HTTP/1.1 200"), "others go on");
}

#[test]
fn a_proxy_that_others_reach_wants_a_token() {
    let (code, _, stderr) = finish(ticketbooth(&["serve", "--proxy", "--listen", "0.0.0.0:0"]));
    assert!(code == Some(2) && stderr.contains("0.0.0.0:0 is not a loopback address"), "{stderr}");
}

#[test]
fn the_location_service_names_the_host_of_the_region() {
    let served = proxy();
    let host = "location-readonly.aliyuncs.com";
    let ask = |query: &str| {
        in_tunnel(
            &served,
            &format!("{host}:80"),
            &format!("GET /?{query} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"),
        )
    };
    let answer = ask("Action=DescribeEndpoints&Version=2015-06-12&Id=cn-shanghai&ServiceCode=quickbi&Type=openAPI");
    assert!(answer.contains("\"Endpoint\":\"quickbi-public.cn-shanghai.aliyuncs.com\""), "{answer}");
    assert!(ask("Action=DescribeRegions&Version=2015-06-12").starts_with("HTTP/1.1 400"));
    assert!(!ask("Action=DescribeEndpoints&Version=2015-06-12&Id=evil.example%2f").contains("evil"));
}

/// A run of a program, as an application would be run.
fn intercept(flags: &[&str], script: &str, outside: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let mut command = ticketbooth(&[&["exec", "--intercept"], flags, &["--", "sh", "-c", script]].concat());
    command.envs(outside.iter().copied());
    finish(command)
}

const CURL: &str = "curl -sS -m 20 -o /dev/null -w '%{http_code}' https://bi.tencentcloudapi.com/";

#[test]
fn a_program_that_says_https_and_the_vendors_host_runs_unchanged() {
    for outside in [
        "*",
        "bi.tencentcloudapi.com",
        ".tencentcloudapi.com",
        "tencentcloudapi.com,localhost",
        "",
        "*.com",
        "localhost",
        "bi.tencentcloudapi.com:443",
    ] {
        let (code, stdout, stderr) = intercept(&[], CURL, &[("NO_PROXY", outside), ("no_proxy", outside)]);
        assert_eq!((code, stdout.as_str(), stderr.as_str()), (Some(0), "200", ""), "{outside}");
    }
    let python = "python3 -c \"import urllib.request as u; print(u.urlopen('https://quickbi-public.cn-hangzhou.aliyuncs.com/').status)\" 2>&1 | tail -1";
    let (code, stdout, _) = intercept(&[], python, &[]);
    assert!(code == Some(0) && stdout.contains("HTTP Error 4"), "an answer of the vendor's: {stdout}");
}

/// Node knows no proxy, so there the hook leads sockets here: of http, https, fetch, and of whatever makes its own.
#[test]
fn the_sockets_of_node_are_led_here_and_nowhere_else() {
    let served = |code: &str| {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("app.js");
        fs::write(&file, code).unwrap();
        intercept(&["--allow-none"], &format!("node {}", file.display()), &[])
    };
    let host = "bi.tencentcloudapi.com";
    for code in [
        format!("require('https').get('https://{host}/', (a) => console.log(a.statusCode))"),
        format!("require('http').get('http://{host}/', (a) => console.log(a.statusCode))"),
        format!("fetch('https://{host}/').then((a) => console.log(a.status))"),
        format!(
            "const w = require('worker_threads'); if (w.isMainThread) new w.Worker(__filename); else require('https').get('https://{host}/', (a) => console.log(a.statusCode))"
        ),
        format!(
            "require('child_process').execFileSync(process.execPath, ['-e', \"require('https').get('https://{host}/', (a) => console.log(a.statusCode))\"], {{ stdio: 'inherit' }})"
        ),
    ] {
        let (exit, stdout, stderr) = served(&code);
        assert_eq!((exit, stdout.trim()), (Some(0), "200"), "{code}: {stderr}");
    }
    for code in [
        "require('https').get('https://example.com/').on('error', (e) => console.log(e.code))",
        "fetch('https://example.com/').catch((e) => console.log(e.cause.code))",
        "require('net').connect(443, 'example.com').on('error', (e) => console.log(e.code))",
        "require('net').connect({ host: '10.0.0.1', port: 443 }).on('error', (e) => console.log(e.code))",
    ] {
        let (exit, stdout, stderr) = served(code);
        assert_eq!((exit, stdout.trim()), (Some(0), "ECONNREFUSED"), "{code}: {stderr}");
    }
    let own = "const s = require('net').createServer((c) => c.end('hi')).listen(0, () => { const c = require('net').connect(s.address().port); c.on('data', (d) => console.log(String(d))); c.on('close', () => s.close()); })";
    assert_eq!(served(own).1.trim(), "hi", "sockets of this machine are as ever");
    let unix = "const p = require('path').join(require('os').tmpdir(), 's' + process.pid); const s = require('net').createServer((c) => c.end('hi')).listen(p, () => { const c = require('net').connect(p); c.on('data', (d) => console.log(String(d))); c.on('close', () => s.close()); })";
    assert_eq!(served(unix).1.trim(), "hi");
}

#[test]
fn a_run_without_a_call_of_a_vendor_is_vacuous_and_names_who_was_refused() {
    let folder = TempDir::new().unwrap();
    let report = folder.path().join("report.json");
    let junit = folder.path().join("report.xml");
    let script = "curl -s -m 20 https://example.com/; curl -s -m 20 http://169.254.169.254/; true";
    let (code, _, stderr) =
        intercept(&["--report", report.to_str().unwrap(), "--report", junit.to_str().unwrap()], script, &[]);
    assert_eq!(code, Some(5), "{stderr}");
    assert!(stderr.contains("refused hosts: 169.254.169.254 (1), example.com (1)\n"), "{stderr}");
    assert!(stderr.contains("no call of a vendor arrived"), "{stderr}");
    let report: Value = serde_json::from_str(&fs::read_to_string(&report).unwrap()).unwrap();
    assert_eq!(report["refused_hosts"][1], json!({ "host": "example.com", "times": 1 }));
    let junit = fs::read_to_string(&junit).unwrap();
    let document = roxmltree::Document::parse(&junit).unwrap();
    let refused: Vec<_> = document.descendants().filter(|node| node.has_tag_name("property")).collect();
    let told: Vec<_> = refused.iter().map(|node| (node.attribute("name"), node.attribute("value"))).collect();
    let expected = |value| (Some("refused host"), Some(value));
    assert_eq!(told, [expected("169.254.169.254 (1)"), expected("example.com (1)")]);
    assert_eq!(intercept(&["--allow-none"], "true", &[]).0, Some(0));
    assert_eq!(intercept(&["--verdict-exit-code", "9"], "true", &[]).0, Some(9));
    assert_eq!(intercept(&[], "exit 3", &[]).0, Some(3), "the program's own failure goes first");
    assert_eq!(finish(ticketbooth(&["exec", "--allow-none", "--", "true"])).0, Some(2));
}

#[test]
fn the_folder_of_a_run_goes_with_it_and_was_nobody_elses() {
    let scratch = TempDir::new().unwrap();
    let script =
        "stat -c %a \"$(dirname \"$SSL_CERT_FILE\")\"; ls \"$(dirname \"$SSL_CERT_FILE\")\"; echo \"$SSL_CERT_DIR\"";
    let (code, stdout, stderr) = intercept(&["--allow-none"], script, &[("TMPDIR", scratch.path().to_str().unwrap())]);
    assert!(code == Some(0) && stdout.starts_with("700\nbundle.pem\nca.jks\nca.pem\nnode.cjs\n"), "{stdout} {stderr}");
    assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 0);
}

#[test]
fn what_leads_elsewhere_is_replaced_and_what_is_the_programs_own_stays() {
    let outside = [
        ("http_proxy", "http://127.0.0.1:9"),
        ("Https_Proxy", "http://127.0.0.1:9"),
        ("REQUESTS_CA_BUNDLE", "/etc/theirs.pem"),
        ("SSL_CERT_DIR", "/etc/ssl/certs"),
        ("NODE_OPTIONS", "--max-old-space-size=99"),
        ("PYTHONPATH", "/theirs"),
        ("JAVA_TOOL_OPTIONS", "-Dtheirs=1"),
    ];
    let (code, stdout, stderr) = intercept(&["--allow-none"], "env", &outside);
    assert_eq!((code, stderr.lines().count()), (Some(0), 0), "{stderr}");
    let value =
        |name: &str| stdout.lines().find_map(|line| line.strip_prefix(&format!("{name}="))).unwrap_or("").to_owned();
    let proxy = value("TICKETBOOTH_URL");
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        assert_eq!(value(name), proxy, "{name}");
    }
    assert_eq!((value("Https_Proxy"), value("NO_PROXY")), (String::new(), "localhost,127.0.0.1,::1".to_owned()));
    assert!(value("REQUESTS_CA_BUNDLE").ends_with("/bundle.pem") && value("SSL_CERT_DIR").ends_with("/none"));
    assert!(value("NODE_OPTIONS").ends_with("/node.cjs --max-old-space-size=99"), "{}", value("NODE_OPTIONS"));
    assert!(value("PYTHONPATH").ends_with("/python:/theirs"));
    let java = value("JAVA_TOOL_OPTIONS");
    assert!(
        java.starts_with("-Dtheirs=1 -Djavax.net.ssl.trustStore=") && java.contains("-Dhttps.proxyPort="),
        "{java}"
    );
}

/// A real-looking server on another address of this machine: a client that goes around the proxy meets a certificate
/// that it does not trust, or nobody, and has sent no byte of a request.
#[test]
fn a_client_that_goes_around_the_proxy_has_sent_nothing() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=bi.tencentcloudapi.com"])
        .args([
            "-addext",
            "subjectAltName=DNS:bi.tencentcloudapi.com",
            "-keyout",
            &at("key.pem"),
            "-out",
            &at("cert.pem"),
        ])
        .output()
        .unwrap();
    assert!(made.status.success());
    let port = TcpListener::bind("127.0.0.2:0").unwrap().local_addr().unwrap().port();
    let mut server = Command::new("openssl")
        .args(["s_server", "-accept", &format!("127.0.0.2:{port}"), "-cert", &at("cert.pem"), "-key", &at("key.pem")])
        // It would end with its input.
        .stdin(std::process::Stdio::piped())
        .stdout(fs::File::create(at("seen")).unwrap())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    while TcpStream::connect(("127.0.0.2", port)).is_err() {
        std::thread::yield_now();
    }
    let script = format!(
        "curl -s -m 20 --noproxy '*' --resolve bi.tencentcloudapi.com:{port}:127.0.0.2 https://bi.tencentcloudapi.com:{port}/secret; \
         echo $?"
    );
    let (_, stdout, _) = intercept(&["--allow-none"], &script, &[]);
    drop(server.kill());
    drop(server.wait());
    assert_eq!(stdout.trim(), "60", "curl trusts nobody there");
    assert!(!fs::read_to_string(Path::new(&at("seen"))).unwrap().contains("secret"));
}
