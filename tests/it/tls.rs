//! TLS as clients meet it: which byte leads where, what is negotiated, and what rules do below it.

use std::io::ErrorKind;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tempfile::TempDir;
use ticketbooth::emulator::{AuthMode, Emulator};
use ticketbooth::http::{Addresses, Limits};
use ticketbooth::trust::Alpn;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::certificates::trust;
use crate::harness::{FREE, Served};
use crate::kit::{demo, ruled};

const HEALTH: &str = "GET /_ticketbooth/health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

fn secured(mut emulator: Emulator, alpn: Alpn) -> Emulator {
    emulator.trust = Some(trust(alpn));
    emulator
}

fn start_with(emulator: Emulator, limits: Limits) -> Served {
    Served::on_runtime(emulator, Addresses::only(FREE.parse().unwrap()), limits)
}

fn start(alpn: Alpn) -> Served {
    start_with(secured(demo(AuthMode::Off), alpn), Limits::default())
}

fn root_file(served: &Served) -> (TempDir, String) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("ca.pem");
    std::fs::write(&file, served.emulator.trust.as_ref().unwrap().root_pem()).unwrap();
    let text = file.to_str().unwrap().to_owned();
    (folder, text)
}

/// A handshake for this name.
async fn shake(served: &Served, name: &str) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    let root = served.emulator.trust.as_ref().unwrap().root_pem().as_bytes();
    roots.add(CertificateDer::from_pem_slice(root).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let stream = TcpStream::connect(served.address).await.unwrap();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, stream).await
}

/// Everything that comes back for the request, and how the connection ended.
async fn exchange(served: &Served, name: &str, request: &str) -> (String, Option<ErrorKind>) {
    let mut stream = shake(served, name).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let ended = stream.read_to_end(&mut answer).await;
    (String::from_utf8_lossy(&answer).into_owned(), ended.err().map(|error| error.kind()))
}

#[tokio::test]
async fn the_first_byte_decides_on_every_port() {
    let served = start(Alpn::H1);
    let (answer, ended) = exchange(&served, "localhost", HEALTH).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && ended.is_none(), "{answer} {ended:?}");
    let plain: [(&[u8], &str); 7] = [
        (HEALTH.as_bytes(), "HTTP/1.1 200"),
        (b"\x15\x03\x01\x00\x02\x01\x00", "HTTP/1.1 400"),
        (b"\x80\x2e\x01\x00\x02 an old hello\r\n\r\n", "HTTP/1.1 400"),
        (b"\x00\r\n\r\n", "HTTP/1.1 400"),
        (b"\xff\xff\r\n\r\n", "HTTP/1.1 400"),
        (b"get /_ticketbooth/health HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n", "HTTP/1.1 415"),
        (b"\x04\x01\x01\xbb\x7f\x00\x00\x01\x00\r\n\r\n", "HTTP/1.1 400"),
    ];
    for (bytes, expected) in plain {
        let mut stream = TcpStream::connect(served.address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with(expected), "{bytes:?}: {answer}");
    }
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    stream.write_all(b"\x16\x03\x01\x00\x04\x02\x00\x00\x00").await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert_eq!((answer[0], answer[5]), (0x15, 2), "a fatal alert: {answer:?}");
}

async fn run(program: &'static str, arguments: Vec<String>) -> (bool, String) {
    let done = tokio::task::spawn_blocking(move || {
        let mut command = Command::new(program);
        command.args(arguments).env_remove("SSL_CERT_FILE").stdin(std::process::Stdio::null());
        command.output().unwrap()
    });
    let done = done.await.unwrap();
    (done.status.success(), String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned())
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_negotiated_is_what_is_spoken() {
    for (alpn, asked, expected) in [
        (Alpn::H1, "--http2", "1.1"),
        (Alpn::H2, "--http2", "2"),
        (Alpn::H2, "--http1.1", "1.1"),
        (Alpn::H2, "--no-alpn", "1.1"),
    ] {
        let served = start(alpn);
        let (_folder, root) = root_file(&served);
        let url = format!("https://{}/_ticketbooth/health", served.address);
        let line = format!("-sS -m 20 --noproxy * --cacert {root} {asked} -o /dev/null -w %{{http_version}} {url}");
        assert_eq!(run("curl", words(&line)).await, (true, expected.to_owned()), "{alpn:?} {asked}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_names_no_host_is_shown_this_machine() {
    let served = start(Alpn::H1);
    let (_folder, root) = root_file(&served);
    for check in ["-verify_ip 127.0.0.1", "-verify_ip ::1", "-verify_hostname localhost"] {
        let line = format!(
            "s_client -connect {} -noservername -CAfile {root} -no-CApath -verify_return_error {check}",
            served.address
        );
        let (is_well, said) = run("openssl", words(&line)).await;
        assert!(is_well, "{check}: {said}");
    }
    let line = format!(
        "s_client -connect {} -noservername -CAfile {root} -no-CApath -verify_return_error -verify_hostname bi.tencentcloudapi.com",
        served.address
    );
    assert!(!run("openssl", words(&line)).await.0);
    for old in ["-tls1_1", "-tls1"] {
        let line = format!("s_client -connect {} {old} -cipher DEFAULT@SECLEVEL=0", served.address);
        assert!(!run("openssl", words(&line)).await.0, "{old}");
    }
}

/// A JVM sends no name for `localhost`, and judges by the name all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_jvm_reaches_every_name_of_this_machine() {
    const SOURCE: &str = "
public class Ask {
    public static void main(String[] a) throws Exception {
        for (String url : a) {
            var asked = (javax.net.ssl.HttpsURLConnection) new java.net.URL(url).openConnection();
            System.out.println(asked.getResponseCode());
        }
    }
}
";
    if Command::new("java").arg("--version").output().is_err() {
        return;
    }
    let served = start(Alpn::H1);
    let folder = TempDir::new().unwrap();
    let (store, source) = (folder.path().join("ca.jks"), folder.path().join("Ask.java"));
    let root = served.emulator.trust.as_ref().unwrap().root_der();
    std::fs::write(&store, ticketbooth::trust::write_keystore(root, ticketbooth::emulator::wall_now())).unwrap();
    std::fs::write(&source, SOURCE).unwrap();
    let port = served.address.port();
    let line = format!(
        "-Djavax.net.ssl.trustStore={} -Djavax.net.ssl.trustStorePassword=changeit {} \
         https://localhost:{port}/_ticketbooth/health https://127.0.0.1:{port}/_ticketbooth/health",
        store.display(),
        source.display()
    );
    let (is_well, said) = run("java", words(&line)).await;
    assert!(is_well && said.ends_with("200\n200\n"), "{said}");
}

#[tokio::test]
async fn a_name_without_a_row_gets_the_alert_that_says_so() {
    let served = start(Alpn::H1);
    for name in ["example.com", "bi.eviltencentcloudapi.com", "x.bi.tencentcloudapi.com", "sts.aliyuncs.com"] {
        let refused = shake(&served, name).await.unwrap_err().to_string();
        assert!(refused.contains("UnrecognisedName"), "{name}: {refused}");
    }
    for name in ["bi.tencentcloudapi.com", "quickbi-public.cn-hangzhou.aliyuncs.com", "127.0.0.1"] {
        assert!(shake(&served, name).await.is_ok(), "{name}");
    }
    let counts: Vec<_> = served.emulator.strays.all_counts().filter(|(kind, _)| *kind == "handshake").collect();
    assert_eq!(counts, [("handshake", 4)]);
}

fn create(host: &str) -> String {
    let target = "/?Action=CreateTicket&Version=2022-01-01&Format=JSON&WorksId=a206f5f3-0000-4000-8000-e9b17c835b03";
    format!("POST {target} HTTP/1.1\r\nhost: {host}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
}

#[tokio::test]
async fn a_request_for_another_host_than_its_connection_is_misdirected() {
    let served = start(Alpn::H1);
    let name = "quickbi-public.cn-hangzhou.aliyuncs.com";
    for (host, status) in [
        (name, "200"),
        ("quickbi-public.cn-hangzhou.aliyuncs.com:443", "200"),
        ("https://quickbi-public.cn-hangzhou.aliyuncs.com", "200"),
        ("QuickBI-Public.cn-Shanghai.aliyuncs.com.", "200"),
        ("bi.tencentcloudapi.com", "421"),
        ("127.0.0.1:4240", "421"),
        ("example.com", "421"),
    ] {
        let (answer, _) = exchange(&served, name, &create(host)).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{host}: {answer}");
    }
    let (answer, _) = exchange(&served, "localhost", &create("bi.tencentcloudapi.com")).await;
    assert!(!answer.starts_with("HTTP/1.1 421"), "under its own names the emulator is for everybody: {answer}");
    // The admin API is nobody's under the name of a vendor.
    let admin = format!("GET /_ticketbooth/info HTTP/1.1\r\nhost: {name}\r\nconnection: close\r\n\r\n");
    let (answer, _) = exchange(&served, name, &admin).await;
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
}

#[tokio::test]
async fn a_further_host_of_a_vendor_is_its_own_without_any_mark() {
    let mut emulator = demo(AuthMode::Off);
    emulator.vendor_hosts = vec![("tencent", "bi.gateway.example".to_owned())];
    let served = start_with(emulator, Limits::default());
    for (host, part) in [("bi.gateway.example", "Response"), ("bi.other.example", "no vendor")] {
        let mut stream = TcpStream::connect(served.address).await.unwrap();
        let request = format!("GET / HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.contains(part), "{host}: {answer}");
    }
}

/// Whether what came is what was to come.
type Comes = fn(&str) -> bool;

/// What a rule does to the wire, as a client of TLS sees it: what comes, and how it ends. A clean end says that nothing
/// is missing; `UnexpectedEof` is the end of a connection that broke off.
#[tokio::test]
async fn rules_hurt_the_wire_below_tls() {
    let head = |answer: &str| answer.starts_with("HTTP/1.1 200 OK\r\n");
    let cases: [(&str, Comes, Option<ErrorKind>); 6] = [
        ("{ lose: reply, how: reset }", str::is_empty, Some(ErrorKind::ConnectionReset)),
        ("{ lose: reply, how: close }", str::is_empty, Some(ErrorKind::UnexpectedEof)),
        ("{ cut: 5 }", |answer| answer.ends_with("\r\n\r\n{\"Req"), Some(ErrorKind::UnexpectedEof)),
        ("{ mangle: wrong_length }", |answer| answer.ends_with('}'), None),
        ("{ mangle: bad_chunk }", |answer| answer.ends_with("no length\r\n"), None),
        ("{ mangle: duplicate_head }", |answer| answer.matches("HTTP/1.1 200").count() == 2, None),
    ];
    for (then, is_expected, expected) in cases {
        let rules = format!("[{{ id: r, on: alibaba.CreateTicket, then: {then} }}]");
        let served = start_with(secured(ruled(AuthMode::Off, &rules), Alpn::H1), Limits::default());
        let (answer, ended) =
            exchange(&served, "quickbi-public.aliyuncs.com", &create("quickbi-public.aliyuncs.com")).await;
        assert!(is_expected(&answer) && (answer.is_empty() || head(&answer)), "{then}: {answer:?}");
        assert_eq!(ended, expected, "{then}: {answer:?}");
    }
}

#[tokio::test]
async fn a_slow_handshake_is_let_go_within_the_deadline() {
    let limits = Limits { opening: Duration::from_millis(100), ..Limits::default() };
    let served = start_with(secured(demo(AuthMode::Off), Alpn::H1), limits);
    // A record that announces more than ever comes.
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    stream.write_all(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03").await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert!(answer.is_empty(), "{answer:?}");
}

#[tokio::test]
async fn a_thousand_half_handshakes_leave_a_healthy_client_untouched() {
    let limits = Limits { connections: 64, ..Limits::default() };
    let served = start_with(secured(demo(AuthMode::Off), Alpn::H1), limits);
    let mut half = Vec::new();
    for _ in 0..400 {
        let mut stream = TcpStream::connect(served.address).await.unwrap();
        stream.write_all(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03").await.unwrap();
        half.push(stream);
    }
    let (answer, ended) = exchange(&served, "localhost", HEALTH).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && ended.is_none(), "{answer}");
}
