//! `exec --isolate`: a program in a network of its own, where the vendors' names lead to its emulator and nothing leads
//! anywhere else. Where this system allows no such network, nothing is run, and the tests hold that instead.

#![cfg(target_os = "linux")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{finish, ticketbooth};

const NAMESPACES: [&str; 5] = ["--user", "--map-root-user", "--mount", "--net", "--"];

/// Whether this system lets us make namespaces, one inside the other.
fn is_allowed() -> bool {
    let inner = ["unshare", "--user", "--map-user=0", "--map-group=0", "true"];
    let mut command = Command::new("unshare");
    command.args(NAMESPACES).args(inner).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// How a run of this script ended; `None`: it may not be, and was refused as it has to be.
fn isolate(flags: &[&str], script: &str) -> Option<(Option<i32>, String, String)> {
    let done = finish(ticketbooth(&[&["exec", "--isolate"], flags, &["--", "sh", "-c", script]].concat()));
    if is_allowed() {
        return Some(done);
    }
    assert_refused(&done);
    None
}

fn assert_refused((code, stdout, stderr): &(Option<i32>, String, String)) {
    assert_eq!((*code, stdout.as_str()), (Some(3), ""), "{stderr}");
    assert!(stderr.contains("nothing was run") && stderr.contains("help: use --intercept"), "{stderr}");
}

const CURL: &str = "curl -sS -m 20 -o /dev/null -w '%{http_code} '";

#[test]
fn the_vendors_names_lead_here_and_others_nowhere() {
    let script = format!(
        "{CURL} https://bi.tencentcloudapi.com/; {CURL} http://quickbi-public.cn-hangzhou.aliyuncs.com/; \
         python3 -c \"import urllib.request as u; print(u.urlopen('https://bi.ap-guangzhou.tencentcloudapi.com/').status)\"; \
         node -e \"fetch('https://bi.tencentcloudapi.com/').then((a) => console.log(a.status))\"; \
         {CURL} https://example.com/ 2>/dev/null; echo $?; {CURL} https://10.0.0.1/ 2>/dev/null; echo $?; \
         {CURL} https://sts.aliyuncs.com/ 2>/dev/null; echo $?"
    );
    let Some((code, stdout, stderr)) = isolate(&[], &script) else { return };
    // 6: the name leads nowhere. 7: nothing is there.
    assert_eq!((code, stdout.as_str()), (Some(0), "200 400 200\n200\n000 6\n000 7\n000 6\n"), "{stderr}");
}

#[test]
fn the_program_is_who_it_was_and_has_no_right_over_its_network() {
    let hosts = fs::read_to_string("/etc/hosts").unwrap();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("made");
    let script = format!(
        "id -u; touch {made}; ip link set lo down 2>/dev/null && echo down; echo 1.1.1.1 x >{made}; \
         mount --bind {made} /etc/hosts 2>/dev/null && echo mounted; umount /etc/hosts 2>/dev/null && echo unmounted; \
         env | grep -i -c '^[a-z_]*_proxy='",
        made = file.display()
    );
    let Some((code, stdout, stderr)) = isolate(&["--allow-none"], &script) else { return };
    let own = rustix::process::geteuid().as_raw();
    assert_eq!((code, stdout), (Some(1), format!("{own}\n0\n")), "{stderr}");
    assert_eq!(std::os::unix::fs::MetadataExt::uid(&fs::metadata(&file).unwrap()), own);
    assert_eq!(fs::read_to_string("/etc/hosts").unwrap(), hosts, "everybody else's names are as they were");
}

#[test]
fn the_end_of_the_program_and_the_verdict_come_through() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (journal, report) = (at("journal.jsonl"), at("report.json"));
    let flags = ["--journal", &journal, "--report", &report];
    let call = "curl -sS -m 20 -o /dev/null https://bi.tencentcloudapi.com/";
    let Some((code, ..)) = isolate(&flags, &format!("{call}; exit 7")) else { return };
    assert_eq!(code, Some(7));
    let lines = fs::read_to_string(&journal).unwrap();
    let call: Value = lines.lines().filter_map(|line| serde_json::from_str(line).ok()).nth(1).unwrap();
    let arrival = &call["entry"]["arrival"];
    assert_eq!((arrival["via"].as_str(), arrival["tls"].as_bool()), (Some("direct"), Some(true)), "{call}");
    let report: Value = serde_json::from_str(&fs::read_to_string(&report).unwrap()).unwrap();
    assert_eq!(report["command_exit_code"], 7);
    let (code, _, stderr) = isolate(&[], "true").unwrap();
    assert!(code == Some(5) && stderr.contains("no call of a vendor arrived"), "{stderr}");
    assert_eq!(isolate(&["--allow-none"], "kill -USR1 $$").unwrap().0, Some(128 + 10));
    assert_eq!(finish(ticketbooth(&["exec", "--isolate", "--", "/no/such/program"])).0, Some(127));
    for other in [&["--intercept"][..], &["--keep-proxy"], &["--listen", "127.0.0.1:0"]] {
        assert_eq!(finish(ticketbooth(&[&["exec", "--isolate"], other, &["--", "true"]].concat())).0, Some(2));
    }
}

#[test]
fn signals_reach_the_program_and_a_kill_ends_it() {
    if !is_allowed() {
        return assert_refused(&finish(ticketbooth(&["exec", "--isolate", "--", "true"])));
    }
    for (signal, expected) in [("-TERM", Some(9)), ("-KILL", None)] {
        let wait =
            "trap 'echo told; exit 9' TERM; echo ready; n=0; while [ $n -lt 400 ]; do sleep 0.05; n=$((n + 1)); done";
        let mut child = ticketbooth(&["exec", "--isolate", "--", "sh", "-c", wait])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "ready");
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        assert_eq!(lines.next().unwrap().unwrap(), "told", "{signal}");
        assert_eq!(child.wait().unwrap().code(), expected, "{signal}");
    }
}

/// A user whose system allows no namespaces, and a tool that says no.
#[test]
fn where_it_cannot_be_nothing_is_run_and_the_reason_is_told() {
    let folder = TempDir::new().unwrap();
    let ran = folder.path().join("ran");
    let binary = ticketbooth(&[]).get_program().to_str().unwrap().to_owned();
    let exec = format!("{binary} exec --isolate -- touch {}", ran.display());
    let mut forbidden = Command::new("unshare");
    let none = format!("echo 0 >/proc/sys/user/max_user_namespaces && exec {exec}");
    forbidden.args(["--user", "--map-root-user", "sh", "-c", &none]);
    if is_allowed() {
        let done = finish(forbidden);
        assert_refused(&done);
        assert!(done.2.contains("unshare failed: "), "the reason of the system itself: {}", done.2);
    }
    // A tool that says no, as one of an older release does to what it does not know.
    let tools = TempDir::new().unwrap();
    let tool = tools.path().join("unshare");
    fs::write(&tool, "#!/bin/sh\necho 'unshare: no such option' >&2\nexit 1\n").unwrap();
    fs::set_permissions(&tool, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let mut old = ticketbooth(&["exec", "--isolate", "--", "touch", ran.to_str().unwrap()]);
    old.env("PATH", tools.path());
    let done = finish(old);
    assert_refused(&done);
    assert!(done.2.contains("no such option"), "{}", done.2);
    assert!(!Path::new(&ran).exists());
}

/// What the run inside is told by does nothing to the network of everybody.
#[test]
fn nobody_gets_inside_by_saying_so() {
    let here = fs::read_link("/proc/self/ns/net").unwrap();
    let hosts = fs::read_to_string("/etc/hosts").unwrap();
    let arguments = ["--isolated-from", here.to_str().unwrap(), "0", "0", "exec", "--isolate", "--", "true"];
    let (code, _, stderr) = finish(ticketbooth(&arguments));
    assert!(code == Some(2) && stderr.contains("a network of one's own"), "{stderr}");
    assert_eq!(fs::read_to_string("/etc/hosts").unwrap(), hosts);
}
