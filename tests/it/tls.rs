//! TLS as clients meet it: which byte leads where, what is negotiated, and what rules do below it.

use std::io::ErrorKind;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde_json::{Value, json};
use tempfile::TempDir;
use ticketbooth::emulator::{AuthMode, Emulator};
use ticketbooth::http::{Addresses, Limits};
use ticketbooth::trust::Alpn;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
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
    shake_over(served, name, TcpStream::connect(served.address).await.unwrap()).await
}

async fn shake_over(served: &Served, name: &str, stream: TcpStream) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    let root = served.emulator.trust.as_ref().unwrap().root_pem().as_bytes();
    roots.add(CertificateDer::from_pem_slice(root).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, stream).await
}

/// Everything that comes back for the request, and how the connection ended.
async fn exchange(served: &Served, name: &str, request: &str) -> (String, Option<ErrorKind>) {
    ask_over(shake(served, name).await.unwrap(), request).await
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

/// Everything that comes back for these bytes over the connection, and how it ended.
async fn ask_over(mut stream: impl AsyncRead + AsyncWrite + Unpin, request: &str) -> (String, Option<ErrorKind>) {
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let ended = stream.read_to_end(&mut answer).await;
    (String::from_utf8_lossy(&answer).into_owned(), ended.err().map(|error| error.kind()))
}

/// The inside of a tunnel to the host.
async fn tunnel(served: &Served, host: &str) -> TcpStream {
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    stream.write_all(format!("CONNECT {host}:443 HTTP/1.1\r\nhost: {host}:443\r\n\r\n").as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    stream
}

/// The call as a client sees it that comes by each way: plain, with TLS, in a tunnel, and with TLS in one.
async fn by_every_way(then: &Value) -> [(String, Option<ErrorKind>); 4] {
    let host = "quickbi-public.aliyuncs.com";
    let limits = Limits { hang: Duration::from_millis(50), ..Limits::default() };
    let serve = || {
        let rules = json!([{ "id": "r", "on": "alibaba.CreateTicket", "then": then }]).to_string();
        let mut emulator = secured(ruled(AuthMode::Off, &rules), Alpn::H1);
        emulator.proxy = true;
        start_with(emulator, limits)
    };
    // Each its own, so that they give the same bytes.
    let served = [serve(), serve(), serve(), serve()];
    let request = create(host);
    let seen = tokio::join!(
        async { ask_over(TcpStream::connect(served[0].address).await.unwrap(), &request).await },
        async { ask_over(shake(&served[1], host).await.unwrap(), &request).await },
        async { ask_over(tunnel(&served[2], host).await, &request).await },
        async {
            let inside = tunnel(&served[3], host).await;
            ask_over(shake_over(&served[3], host, inside).await.unwrap(), &request).await
        },
    );
    [seen.0, seen.1, seen.2, seen.3].map(|(answer, ended)| (without_time(&answer), ended))
}

/// The answer without the one line that another second changes.
fn without_time(answer: &str) -> String {
    answer.split("\r\n").filter(|line| !line.starts_with("date: ")).collect::<Vec<_>>().join("\r\n")
}

/// Every fault that a rule can do is below TLS and inside a tunnel the same as on a plain connection: the same bytes come.
/// A clean end of TLS says that nothing is missing; what breaks off has none.
#[tokio::test]
async fn every_fault_is_the_same_by_every_way() {
    let table = std::fs::read_to_string(crate::kit::repository("tests/sdk/faults/faults.json")).unwrap();
    let table: Value = serde_json::from_str(&table).unwrap();
    let rows = table["rows"].as_object().unwrap();
    let code = &table["codes"]["alibaba"];
    for (name, then) in rows {
        // The same as a shorter one for whoever waits.
        if name == "delay beyond patience" {
            continue;
        }
        let mut then = then.clone();
        for value in then.as_object_mut().unwrap().values_mut().filter(|value| *value == "$code") {
            *value = code.clone();
        }
        let then = if then == json!({}) { json!("proceed") } else { then };
        let [plain, tls, inside, inside_tls] = by_every_way(&then).await;
        let is_reset = then["how"] == "reset";
        let breaks_off = then["lose"].is_string() || then["cut"].is_u64();
        let reset = is_reset.then_some(ErrorKind::ConnectionReset);
        assert_eq!(plain.1, reset, "{name}: {plain:?}");
        assert_eq!(inside, plain, "{name}");
        assert_eq!((&tls.0, &inside_tls.0), (&plain.0, &plain.0), "{name}");
        let broken = reset.or(breaks_off.then_some(ErrorKind::UnexpectedEof));
        assert_eq!((tls.1, inside_tls.1), (broken, broken), "{name}: {tls:?}");
        assert_eq!(plain.0.is_empty(), then["lose"].is_string(), "{name}: {plain:?}");
    }
    assert!(rows.len() > 15, "the table has them all: {}", rows.len());
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

/// More of them than there is room for connections: those go that have come to nothing, and nobody else.
#[tokio::test]
async fn a_thousand_half_handshakes_leave_a_healthy_client_untouched() {
    let limits = Limits { connections: 64, ..Limits::default() };
    let served = start_with(secured(demo(AuthMode::Off), Alpn::H1), limits);
    // Whoever has a request under way stays, whatever comes.
    let mut healthy = shake(&served, "localhost").await.unwrap();
    let wait = r#"{"on":"alibaba.CreateTicket","within":"10s"}"#;
    let waiting = format!(
        "POST /_ticketbooth/verify HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nconnection: close\r\n\
         content-length: {}\r\n\r\n{wait}",
        wait.len()
    );
    healthy.write_all(waiting.as_bytes()).await.unwrap();
    while served.emulator.load.waiters.held() == 0 {
        tokio::task::yield_now().await;
    }
    let mut begun = Vec::new();
    for number in 1..=1_000 {
        let mut stream = TcpStream::connect(served.address).await.unwrap();
        stream.write_all(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03").await.unwrap();
        begun.push(stream);
        // As many as there is room for are kept open by their clients, too.
        if begun.len() > 2 * limits.connections {
            begun.remove(0);
        }
        if number % 250 == 0 {
            let (answer, ended) = exchange(&served, "localhost", HEALTH).await;
            assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && ended.is_none(), "{number}: {answer}");
        }
    }
    let (answer, _) = exchange(&served, "localhost", &create("localhost")).await;
    assert!(answer.contains("\"Success\":true"), "{answer}");
    let mut answer = String::new();
    healthy.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}
