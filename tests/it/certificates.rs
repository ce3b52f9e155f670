//! Certificates as other people's software judges them: names inside the constraints are accepted, and names outside
//! refused, also when somebody who has the key of the issuer signs them.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use rcgen::{CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, Issuer, KeyPair, PublicKeyData};
use tempfile::TempDir;
use ticketbooth::cloud::all_host_names;
use ticketbooth::domain::Timestamp;
use ticketbooth::emulator::wall_now;
use ticketbooth::trust::{Alpn, Authority, Identity, LeafSubject, Names, StoredAuthority, Unusable, write_keystore};

const DAY: i64 = 86_400;

fn names() -> Names {
    Names::new(all_host_names())
}

fn authority() -> Authority {
    Authority::make(names(), wall_now()).unwrap()
}

/// What every test of TLS starts with.
pub fn trust(alpn: Alpn) -> Arc<Identity> {
    Arc::new(Identity::new(authority(), alpn))
}

fn after(at: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_unix(at.unix_seconds() + seconds)
}

fn pem(der: &[u8]) -> String {
    use base64::Engine as _;
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    let lines: Vec<&str> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

/// What somebody with the stolen key of the issuer signs for the name.
fn forge(stored: &StoredAuthority, name: &str, folder: &Path) {
    let key = KeyPair::from_pem(&stored.key).unwrap();
    let digest = <sha2::Sha256 as sha2::Digest>::digest(key.der_bytes());
    let mut issuer = CertificateParams::default();
    issuer.distinguished_name = DistinguishedName::new();
    let digits = hex::encode(&digest[..4]);
    issuer.distinguished_name.push(DnType::CommonName, format!("Ticketbooth local issuer, do not install {digits}"));
    let own = KeyPair::generate().unwrap();
    let mut leaf = CertificateParams::new(vec![name.to_owned()]).unwrap();
    leaf.distinguished_name = DistinguishedName::new();
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    leaf.use_authority_key_identifier_extension = true;
    let signed = leaf.signed_by(&own, &Issuer::new(issuer, key)).unwrap();
    fs::write(folder.join("leaf.pem"), signed.pem()).unwrap();
    fs::write(folder.join("leaf-key.pem"), own.serialize_pem()).unwrap();
}

/// A folder with the files of an authority.
fn folder_of(stored: &StoredAuthority, trust: &Identity) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("ca.pem"), &stored.root).unwrap();
    fs::write(folder.path().join("issuer.pem"), &stored.issuer).unwrap();
    fs::write(folder.path().join("ca.jks"), write_keystore(trust.root_der(), wall_now())).unwrap();
    folder
}

fn openssl_verify(folder: &Path, check: &[&str]) -> (bool, String) {
    let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let done = Command::new("openssl")
        .args(["verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", &at("ca.pem"), "-no-CApath"])
        .args(["-untrusted", &at("issuer.pem")])
        .args(check)
        .arg(at("leaf.pem"))
        .output()
        .unwrap();
    (done.status.success(), String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned())
}

#[test]
fn every_chain_is_one_for_openssl_as_strict_as_it_can_be() {
    let authority = authority();
    let stored = authority.to_stored();
    let trust = Identity::new(authority, Alpn::H1);
    let folder = folder_of(&stored, &trust);
    for name in all_host_names().iter().map(String::as_str).chain(["localhost"]) {
        let leaf = trust.leaf(LeafSubject::Host(name), wall_now()).unwrap();
        fs::write(folder.path().join("leaf.pem"), pem(&leaf.chain[0])).unwrap();
        let (is_well, said) = openssl_verify(folder.path(), &["-verify_hostname", name]);
        assert!(is_well, "{name}: {said}");
    }
    for address in ["127.0.0.1", "::1", "127.9.8.7"] {
        let leaf = trust.leaf(LeafSubject::Address(address.parse().unwrap()), wall_now()).unwrap();
        fs::write(folder.path().join("leaf.pem"), pem(&leaf.chain[0])).unwrap();
        for check in [["-verify_ip", address], ["-verify_hostname", "localhost"]] {
            let (is_well, said) = openssl_verify(folder.path(), &check);
            assert!(is_well, "{address} {check:?}: {said}");
        }
    }
}

/// Names that nobody may vouch for with this authority.
const OUTSIDE: &[&str] = &[
    "example.com",
    "aliyuncs.com",
    "ecs.aliyuncs.com",
    "tencentcloudapi.com",
    "cvm.tencentcloudapi.com",
    "bi.eviltencentcloudapi.com",
    "evilbi.tencentcloudapi.com",
    "sts.aliyuncs.com",
    "10.0.0.1",
    "128.0.0.1",
];

#[test]
fn openssl_refuses_what_a_stolen_key_signs_for_names_outside() {
    let authority = authority();
    let stored = authority.to_stored();
    let folder = folder_of(&stored, &Identity::new(authority, Alpn::H1));
    forge(&stored, "bi.tencentcloudapi.com", folder.path());
    let (is_well, said) = openssl_verify(folder.path(), &[]);
    assert!(is_well, "the forgery is good for a name inside, so its name is what is refused below: {said}");
    for name in OUTSIDE {
        forge(&stored, name, folder.path());
        let (is_well, said) = openssl_verify(folder.path(), &[]);
        assert!(!is_well && said.contains("permitted subtree violation"), "{name}: {said}");
    }
}

/// A TLS server of somebody else's with the forged leaf, at the port that it picked.
struct Forger {
    child: Child,
    port: u16,
    /// It writes there for as long as it runs.
    _stdout: BufReader<ChildStdout>,
}

impl Forger {
    fn serve(folder: &Path) -> Self {
        let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
        let mut child = Command::new("openssl")
            .args(["s_server", "-www", "-accept", "127.0.0.1:0"])
            .args(["-cert", &at("leaf.pem"), "-key", &at("leaf-key.pem"), "-cert_chain", &at("issuer.pem")])
            // It would end with its input.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("ACCEPT") {
            line.clear();
            assert!(stdout.read_line(&mut line).unwrap() > 0, "it says where it listens");
        }
        let port = line.trim().rsplit_once(':').unwrap().1.parse().unwrap();
        Self { child, port, _stdout: stdout }
    }
}

impl Drop for Forger {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

const PYTHON: &str = "
import socket, ssl, sys
context = ssl.create_default_context(cafile=sys.argv[1])
with socket.create_connection(('127.0.0.1', int(sys.argv[2]))) as plain:
    context.wrap_socket(plain, server_hostname=sys.argv[3]).close()
";

const NODE: &str = "
const tls = require('node:tls');
const [root, port, name] = process.argv.slice(1);
const ca = require('node:fs').readFileSync(root);
const socket = tls.connect({ host: '127.0.0.1', port: Number(port), servername: name, ca }, () => process.exit(0));
socket.on('error', (error) => { console.error(error.message); process.exit(1); });
";

const JAVA: &str = "
import javax.net.ssl.*;
public class Shake {
    public static void main(String[] a) throws Exception {
        java.net.Socket plain = new java.net.Socket(\"127.0.0.1\", Integer.parseInt(a[0]));
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, a[1], 443, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(\"HTTPS\");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
    }
}
";

const GO: &str = r#"package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
)

func main() {
	root, _ := os.ReadFile(os.Args[1])
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(root)
	shaken, err := tls.Dial("tcp", "127.0.0.1:"+os.Args[2], &tls.Config{RootCAs: roots, ServerName: os.Args[3]})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	shaken.Close()
}
"#;

/// Each client that this machine has, with the command that shakes hands at a port for a name.
fn clients(folder: &Path, port: u16, name: &str) -> Vec<(&'static str, Command)> {
    let (root, port_text) = (folder.join("ca.pem").to_str().unwrap().to_owned(), port.to_string());
    let command = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(arguments).env_remove("SSL_CERT_FILE").env_remove("SSL_CERT_DIR").env_remove("NODE_OPTIONS");
        command.env_remove("JAVA_TOOL_OPTIONS");
        command
    };
    let resolve = format!("{name}:{port}:127.0.0.1");
    let url = format!("https://{name}:{port}/");
    let curl = ["-sS", "-m", "20", "--noproxy", "*", "--cacert", &root, "--resolve", &resolve, "-o", "/dev/null", &url];
    let store = format!("-Djavax.net.ssl.trustStore={}", folder.join("ca.jks").display());
    let source = folder.join("Shake.java");
    fs::write(&source, JAVA).unwrap();
    let java = [&store, "-Djavax.net.ssl.trustStorePassword=changeit", source.to_str().unwrap(), &port_text, name];
    let go = folder.join("shake.go");
    fs::write(&go, GO).unwrap();
    let mut go = command("go", &["run", go.to_str().unwrap(), &root, &port_text, name]);
    // What it compiles once it need not compile again, and it asks nobody for anything.
    go.env("GOCACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-build"));
    go.envs([("GOPROXY", "off"), ("GOTOOLCHAIN", "local"), ("GOFLAGS", ""), ("CGO_ENABLED", "0"), ("GOWORK", "off")]);
    let all = [
        ("go", go),
        ("python3", command("python3", &["-c", PYTHON, &root, &port_text, name])),
        ("curl", command("curl", &curl)),
        ("node", command("node", &["-e", NODE, &root, &port_text, name])),
        ("java", command("java", &java)),
    ];
    let is_there = |program: &str| Command::new(program).arg("--version").output().is_ok();
    all.into_iter().filter(|(program, _)| is_there(program)).collect()
}

#[test]
fn every_client_accepts_a_name_inside_and_refuses_one_outside() {
    let authority = authority();
    let stored = authority.to_stored();
    let folder = folder_of(&stored, &Identity::new(authority, Alpn::H1));
    for (name, is_inside) in [("bi.tencentcloudapi.com", true), ("ecs.aliyuncs.com", false), ("example.com", false)] {
        forge(&stored, name, folder.path());
        let forger = Forger::serve(folder.path());
        for (client, mut command) in clients(folder.path(), forger.port, name) {
            let done = command.output().unwrap();
            let said = String::from_utf8_lossy(&done.stderr).into_owned();
            assert_eq!(done.status.success(), is_inside, "{client} {name}: {said}");
            let is_about_it = ["certificate", "subtree", "constraint"].iter().any(|word| said.contains(word));
            assert!(is_inside || is_about_it, "{client} {name}: {said}");
        }
    }
}

#[test]
fn keytool_reads_the_keystore() {
    let trust = trust(Alpn::H1);
    let folder = TempDir::new().unwrap();
    let store = folder.path().join("ca.jks");
    fs::write(&store, write_keystore(trust.root_der(), wall_now())).unwrap();
    let Ok(done) = Command::new("keytool")
        .args(["-list", "-storepass", "changeit", "-keystore", store.to_str().unwrap()])
        .output()
    else {
        return;
    };
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success() && said.contains("trustedCertEntry"), "{said}");
}

#[test]
fn leaves_are_made_anew_before_they_end_and_never_outlive_their_authority() {
    let begin = Timestamp::from_unix(1_800_000_000);
    let trust = Identity::new(Authority::make(names(), begin).unwrap(), Alpn::H1);
    let at = |days: i64| trust.leaf(LeafSubject::Host("bi.tencentcloudapi.com"), after(begin, days * DAY)).unwrap();
    let first = at(0);
    assert!(Arc::ptr_eq(&first, &at(26)), "it is kept until a tenth of its life is left");
    assert!(!Arc::ptr_eq(&first, &at(27)));
    let text = |leaf: &ticketbooth::trust::Leaf| {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("leaf.pem");
        fs::write(&file, pem(&leaf.chain[0])).unwrap();
        let done = Command::new("openssl").args(["x509", "-noout", "-enddate", "-in"]).arg(&file).output().unwrap();
        String::from_utf8(done.stdout).unwrap()
    };
    // The authority ends after 365 days, on 2028-01-15.
    assert!(text(&at(350)).contains("Jan 15"), "{}", text(&at(350)));
}

#[test]
fn no_more_leaves_are_kept_than_there_are_names() {
    let trust = trust(Alpn::H1);
    for name in all_host_names() {
        assert!(trust.leaf(LeafSubject::Host(&name), wall_now()).is_some(), "{name}");
    }
    for number in 0..1000_u16 {
        let [high, low] = number.to_be_bytes();
        let addresses = [IpAddr::V4(Ipv4Addr::new(127, 1, high, low)), IpAddr::V4(Ipv4Addr::new(10, 1, high, low))];
        for address in addresses.into_iter().take(if number < 20 { 2 } else { 0 }) {
            assert!(trust.leaf(LeafSubject::Address(address), wall_now()).is_some());
        }
        assert!(trust.leaf(LeafSubject::Host(&format!("host-{number}.example.com")), wall_now()).is_none());
        assert!(trust.leaf(LeafSubject::Host(&format!("x{number}.bi.tencentcloudapi.com")), wall_now()).is_none());
    }
    trust.leaf(LeafSubject::Address(IpAddr::V6(Ipv6Addr::LOCALHOST)), wall_now());
    trust.leaf(LeafSubject::Host("localhost"), wall_now());
    assert_eq!(trust.kept_leaves(), all_host_names().len() + 1);
}

#[test]
fn a_kept_authority_is_used_again_or_refused_with_the_reason() {
    let now = wall_now();
    let (mine, other) = (authority().to_stored(), authority().to_stored());
    let again = Authority::restore(&mine, names(), now).unwrap();
    assert_eq!(again.root_pem(), mine.root);
    let restore = |stored: &StoredAuthority, names, at| Authority::restore(stored, names, at).unwrap_err();
    let mixed = |change: fn(&mut StoredAuthority, &StoredAuthority)| {
        let mut stored = mine.clone();
        change(&mut stored, &other);
        restore(&stored, names(), now)
    };
    assert_eq!(mixed(|mine, other| mine.key.clone_from(&other.key)), Unusable::Foreign);
    assert_eq!(mixed(|mine, other| mine.root.clone_from(&other.root)), Unusable::Foreign);
    assert_eq!(mixed(|mine, other| mine.issuer.clone_from(&other.issuer)), Unusable::Foreign);
    assert_eq!(mixed(|mine, _| mine.key.truncate(60)), Unusable::Unreadable("issuer key"));
    assert_eq!(mixed(|mine, _| mine.root.clear()), Unusable::Unreadable("root certificate"));
    assert!(matches!(restore(&mine, names(), after(now, 365 * DAY)), Unusable::Ended(_)));
    assert_eq!(restore(&mine, names(), after(now, -2 * DAY)), Unusable::NotBegun);
    let more = Names::new(all_host_names().into_iter().chain(["bi.gateway.example".to_owned()]));
    assert_eq!(restore(&mine, more, now), Unusable::OtherNames);
    assert_eq!(restore(&mine, Names::new([]), now), Unusable::OtherNames);
}
