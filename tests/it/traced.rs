//! Days of the emulator under `strace`: whatever clients and operators do, it dials nobody.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{Process, finish, ticketbooth};
use crate::tunnels::{HOSTILE, WORK, create, in_tunnel_at, send};

/// Whether one process may trace another here.
fn can_trace() -> bool {
    let mut command = Command::new("strace");
    command.args(["-qq", "-e", "trace=connect", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The same command, whose attempts to connect are written into the file.
fn traced(inner: &Command, log: &Path) -> Command {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-e", "trace=connect", "-o"]).arg(log).arg(inner.get_program()).args(inner.get_args());
    for (name, value) in inner.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

/// The attempts in the file, without the names of processes.
fn attempts(log: &Path) -> Vec<String> {
    let text = fs::read_to_string(log).unwrap();
    text.lines().filter(|line| line.contains("connect(")).map(str::to_owned).collect()
}

/// An emulator with everything that it can serve, as it was started.
struct Day {
    process: Process,
    ready: Value,
    folder: TempDir,
}

impl Day {
    fn begin(log: &Path) -> Self {
        let folder = TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let free = "127.0.0.1:0";
        let served = ticketbooth(&[
            "serve",
            "--listen",
            free,
            "--tls-listen",
            free,
            "--tencent-listen",
            free,
            "--alibaba-listen",
            free,
            "--proxy",
            "--vendor-host",
            "tencent=bi.gateway.example",
            "--ca-dir",
            &at("ca"),
            "--trust-dir",
            &at("trust"),
            "--ready-file",
            &at("ready"),
            "--output",
            "json",
            "--watch",
            "--journal-entries",
            "1000",
        ]);
        let process = Process::of(traced(&served, log));
        let ready = serde_json::from_str(&process.ready).unwrap();
        Self { process, ready, folder }
    }

    fn url(&self) -> &str {
        self.ready["http"].as_str().unwrap()
    }

    fn address(&self) -> std::net::SocketAddr {
        self.url().strip_prefix("http://").unwrap().parse().unwrap()
    }

    /// Runs one of our own verbs against it: exit code and what it printed.
    fn verb(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let mut command = ticketbooth(&[arguments, &["--url", self.url()]].concat());
        command.current_dir(self.folder.path());
        let (code, stdout, stderr) = finish(command);
        (code, stdout + &stderr)
    }

    /// The same of one that has to succeed.
    fn does(&self, arguments: &[&str]) -> String {
        let (code, said) = self.verb(arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {said}");
        said
    }

    fn curl(&self, arguments: &[&str]) -> String {
        let root = self.folder.path().join("trust/ca.pem");
        let mut command = Command::new("curl");
        command.args(["-sS", "-m", "20", "--cacert"]).arg(root).args(arguments);
        let done = command.output().unwrap();
        String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned()
    }

    /// What clients of both vendors do, by every way that leads here.
    fn clients(&self) {
        let host = "quickbi-public.cn-hangzhou.aliyuncs.com";
        let made = self.does(&["call", "alibaba.CreateTicket", &format!("WorksId={WORK}")]);
        self.does(&["call", "tencent.CreateEmbedToken", "ProjectId=117", "PageId=11520"]);
        assert!(self.does(&["call", "alibaba.CreateTicket", "WorksId=nobody"]).contains("Report.NotExist.Error"));
        let (_, ticket) = made.split_once("\"Result\": \"").unwrap();
        let ticket = ticket.split('"').next().unwrap();
        let link = format!("{}/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}", self.url());
        assert!(self.does(&["visit", &link]).contains("admitted"));
        assert!(self.verb(&["visit", &link]).1.contains("used-up"));
        let through = ["-x", self.url()];
        let status = ["-o", "/dev/null", "-w", "%{http_code}"];
        for url in [
            format!("https://{host}/"),
            "https://bi.tencentcloudapi.com/".to_owned(),
            "https://bi.gateway.example/".to_owned(),
            format!("http://{host}/"),
            "https://location-readonly.aliyuncs.com/?Action=DescribeEndpoints&Id=cn-shanghai&ServiceCode=quickbi"
                .to_owned(),
            "https://bi.tencentcloudapi.com/_ticketbooth/info".to_owned(),
            "https://sts.aliyuncs.com/".to_owned(),
        ] {
            let said = self.curl(&[&through[..], &status[..], &[&url]].concat());
            let is_refused = url.contains("sts.");
            assert!(if is_refused { said.contains("403") } else { said.starts_with(['2', '4']) }, "{url}: {said}");
        }
        let only_tls = self.ready["tls_listen"][0].as_str().unwrap().strip_prefix("https://127.0.0.1:").unwrap();
        let resolve = format!("{host}:{only_tls}:127.0.0.1");
        let said = self.curl(&["--noproxy", "*", "--resolve", &resolve, &format!("https://{host}:{only_tls}/")]);
        assert!(said.contains("RequestId"), "{said}");
        for of_vendor in ["tencent", "alibaba"] {
            let said = self.curl(&["--noproxy", "*", self.ready[of_vendor].as_str().unwrap()]);
            assert!(said.contains("RequestId"), "{of_vendor}: {said}");
        }
        assert!(in_tunnel_at(self.address(), &format!("{host}:443"), &create(host)).contains("HTTP/1.1"));
    }

    /// What leads nowhere.
    fn strangers(&self) {
        for target in HOSTILE {
            let connect = format!("CONNECT {target} HTTP/1.1\r\nhost: {target}\r\n\r\n");
            assert!(send(self.address(), connect.as_bytes()).starts_with("HTTP/1.1 403"), "{target}");
            let whole = format!("GET http://{target}/ HTTP/1.1\r\nhost: {target}\r\nconnection: close\r\n\r\n");
            assert!(send(self.address(), whole.as_bytes()).starts_with("HTTP/1.1 403"), "{target}");
        }
        for host in ["https://example.com", "//example.com", "evil.example", "169.254.169.254"] {
            let answer = send(self.address(), create(host).as_bytes());
            assert!(answer.starts_with("HTTP/1.1 "), "{host}: {answer}");
        }
        for bytes in [&b"\x16\x03\x01\x00\x04\x02\x00\x00\x00"[..], b"\x05\x01\x00", b"GET / HTTP/9.9\r\n\r\n"] {
            send(self.address(), bytes);
        }
    }

    /// What an operator does, by the verbs and by the admin API itself.
    fn operator(&self) {
        let files = [
            ("rule.yaml", "{ id: lost, on: alibaba.CreateTicket, calls: 1, then: { lose: reply, how: reset } }\n"),
            (
                "scene.yaml",
                "ticketbooth: 1\nname: day\nexpect:\n  - { on: alibaba.CreateTicket, calls: { at_most: 9 } }\n",
            ),
        ];
        for (name, text) in files {
            fs::write(self.folder.path().join(name), text).unwrap();
        }
        self.does(&["rule", "add", "rule.yaml"]);
        assert_ne!(self.verb(&["call", "alibaba.CreateTicket", &format!("WorksId={WORK}")]).0, Some(0), "it is lost");
        for arguments in [
            &["wait"][..],
            &["rule"],
            &["clock", "advance", "10 days"],
            &["clock"],
            &["sandbox", "create", "other"],
            &["sandbox"],
            &["assumptions"],
            &["ticket"],
            &["journal"],
            &["explain"],
            &["snapshot", "save", "day.json"],
            &["snapshot", "load", "day.json"],
            &["scenario", "play", "scene.yaml"],
            &["call", "alibaba.CreateTicket", &format!("WorksId={WORK}")],
            &["scenario", "verify"],
            &["verify", "--on", "alibaba.CreateTicket", "--at-least", "1"],
            &["scenario", "end"],
            &["sandbox", "delete", "other"],
            &["doctor"],
            &["trust", "--to", "again"],
            &["env", "--intercept", "--trust-dir", "trust"],
            &["reset"],
        ] {
            self.does(arguments);
        }
        for path in
            ["info", "metrics", "openapi.json", "journal?format=jsonl", "tickets", "ca.pem", "ca.jks", "snippets", ""]
        {
            let said = self.curl(&[
                "--noproxy",
                "*",
                "-o",
                "/dev/null",
                "-w",
                "%{http_code}",
                &format!("{}/_ticketbooth/{path}", self.url()),
            ]);
            assert_eq!(said, "200", "{path}");
        }
    }
}

#[test]
fn a_day_of_serving_everybody_dials_nobody() {
    if !can_trace() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let log = folder.path().join("trace");
    let day = Day::begin(&log);
    day.clients();
    day.strangers();
    day.operator();
    let info = day.curl(&["--noproxy", "*", &format!("{}/_ticketbooth/info", day.url())]);
    let info: Value = serde_json::from_str(&info).unwrap();
    assert_eq!(info["strays"]["connect"], json!(2 * HOSTILE.len() + 1), "{info}");
    // The one that traces ends with the one that is traced.
    let pid = day.ready["pid"].to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert!(day.process.ended().success());
    assert_eq!(attempts(&log), Vec::<String>::new());
}

/// The same tracing shows who does dial, so an empty file says something; and under `exec` everybody dials one port.
#[test]
fn a_run_under_exec_dials_the_emulator_and_nobody_else() {
    if !can_trace() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let (log, journal) = (folder.path().join("trace"), folder.path().join("journal"));
    let curl = "curl -sS -m 20 -o /dev/null -w '%{http_code} '";
    let script = format!(
        "echo $TICKETBOOTH_ENDPOINT; {curl} https://bi.tencentcloudapi.com/; {curl} http://quickbi-public.aliyuncs.com/; \
         {curl} https://example.com/ 2>/dev/null; {curl} http://169.254.169.254/; \
         python3 -c \"import urllib.request as u; print(u.urlopen('https://bi.tencentcloudapi.com/').status)\"; \
         node -e \"fetch('https://bi.tencentcloudapi.com/').then((a) => console.log(a.status)); \
         require('net').connect(443, 'example.com').on('error', () => 0)\""
    );
    let inner =
        ticketbooth(&["exec", "--intercept", "--journal", journal.to_str().unwrap(), "--", "sh", "-c", &script]);
    let (code, stdout, stderr) = finish(traced(&inner, &log));
    let (endpoint, rest) = stdout.split_once('\n').unwrap();
    assert_eq!((code, rest), (Some(0), "200 400 000 403 200\n200\n"), "{stderr}");
    let port = endpoint.rsplit_once(':').unwrap().1;
    let attempts = attempts(&log);
    let of_network: Vec<_> = attempts.iter().filter(|line| line.contains("AF_INET")).collect();
    assert!(of_network.len() >= 6, "the clients did reach it: {attempts:?}");
    let ours = format!("sin_port=htons({port}), sin_addr=inet_addr(\"127.0.0.1\")");
    let others: Vec<_> = of_network.iter().filter(|line| !line.contains(&ours)).collect();
    assert!(others.is_empty(), "{others:?}");
}
