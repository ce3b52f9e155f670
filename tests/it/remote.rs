//! The remote verbs: the real program against the real program.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use crate::harness::{FREE, Process, finish, ticketbooth};
use serde_json::Value;

const WORK: &str = "WorksId=a206f5f3-0000-4000-8000-e9b17c835b03";

pub fn serve(arguments: &[&str]) -> Process {
    serve_at(FREE, arguments)
}

fn serve_at(address: &str, arguments: &[&str]) -> Process {
    let usual = ["--listen", address, "--log", "off", "--clock", "frozen@2026-01-05T00:00:00Z"];
    Process::start(&[&usual, arguments].concat())
}

/// Exit code, stdout and stderr of a verb that is for this emulator.
pub fn run(served: &Process, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = ticketbooth(arguments);
    command.env("TICKETBOOTH_URL", served.url());
    finish(command)
}

/// What a verb prints that succeeds.
pub fn text(served: &Process, arguments: &[&str]) -> String {
    let (code, stdout, stderr) = run(served, arguments);
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{arguments:?}: {stdout}");
    stdout
}

fn json(served: &Process, arguments: &[&str]) -> Value {
    serde_json::from_str(&text(served, &[arguments, &["--json"]].concat())).unwrap()
}

/// A new ticket.
fn ticket(served: &Process) -> String {
    let (code, stdout, stderr) = run(served, &["call", "alibaba.CreateTicket", WORK, "TicketNum=2"]);
    let body: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(code, Some(0), "{stderr}");
    body["Result"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned()
}

#[test]
fn the_clock_is_shown_and_moved() {
    let served = serve(&[]);
    let ticket = ticket(&served);
    let shown = text(&served, &["clock"]);
    assert!(shown.starts_with("2026-01-05T00:00:00Z frozen, "), "{shown}");
    // How far it is behind the wall clock may be another second by now.
    let stands = |text: &str| text.split(',').next().map(str::to_owned);
    assert_eq!(stands(&text(&served, &["clock", "show"])), stands(&shown));
    let moved = text(&served, &["clock", "advance", "5h"]);
    assert!(
        moved.contains("2026-01-05T05:00:00Z frozen") && moved.contains(&ticket) && moved.contains("expired"),
        "{moved}"
    );
    let (code, stdout, stderr) = run(&served, &["clock", "set", "2026-01-05T00:00:00Z"]);
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    assert!(stderr.starts_with("error: the clock is at") && stderr.contains("  help: "), "{stderr}");
    let back = json(&served, &["clock", "set", "2026-01-05T00:00:00Z", "--allow-backwards"]);
    assert_eq!(
        (back["now"].as_str(), back["transitions"][0]["became"].as_str()),
        (Some("2026-01-05T00:00:00Z"), Some("live"))
    );
    assert_eq!(json(&served, &["clock", "resume"])["mode"], "running");
    assert_eq!(json(&served, &["clock", "freeze"])["mode"], "frozen");
}

#[test]
fn a_sandbox_is_made_used_and_deleted() {
    let served = serve(&[]);
    let made = text(&served, &["sandbox", "create", "mine", "--seed", "7", "--clock", "frozen@2030-01-01T00:00:00Z"]);
    assert!(made.starts_with("sandbox mine\n") && made.contains("LTAIlocaltest000000000000"), "{made}");
    assert!(text(&served, &["clock", "--sandbox", "mine"]).starts_with("2030-01-01T00:00:00Z"));
    let exports = text(&served, &["sandbox", "create", "--env"]);
    assert!(exports.contains("\nexport TICKETBOOTH_SANDBOX=sandbox-1\n"), "{exports}");
    assert!(
        exports.lines().all(|line| line.starts_with("export ")) && !exports.contains("localtestsecret"),
        "{exports}"
    );
    text(&served, &["sandbox", "create", "other", "--origin", "pays-once"]);
    let list = text(&served, &["sandbox"]);
    assert!(list.lines().any(|line| line.contains("other") && line.contains("pays-once")), "{list}");
    text(&served, &["sandbox", "delete", "other"]);
    for id in ["default", "mine", "sandbox-1"] {
        assert!(list.lines().any(|line| line.trim().starts_with(id)), "{list}");
    }
    assert_eq!(json(&served, &["sandbox", "list"])["total"], 3);
    assert_eq!(text(&served, &["sandbox", "delete", "mine"]), "removed mine\n");
    let (code, _, stderr) = run(&served, &["sandbox", "delete", "mine"]);
    assert!(code == Some(1) && stderr.starts_with("error: unknown sandbox \"mine\""), "{stderr}");
    let (code, _, stderr) = run(&served, &["sandbox", "create", "--world", "no/such/file.yaml"]);
    assert!(code == Some(2) && stderr.starts_with("error: cannot read no/such/file.yaml"), "{stderr}");
}

#[test]
fn choices_are_shown_and_made() {
    let served = serve(&["--assume", "alibaba.ticket_store=by_version"]);
    text(&served, &["sandbox", "create", "mine", "--assume", "alibaba.head_method=accept"]);
    let listed = text(&served, &["assumptions", "--sandbox", "mine"]);
    let holds = |name: &str, choice: &str| {
        let line = listed.lines().find(|line| line.contains(name)).unwrap();
        assert_eq!(line.split_whitespace().nth(1), Some(choice), "{line}");
    };
    holds("alibaba.ticket_store", "by_version");
    holds("alibaba.head_method", "accept");
    let set = ["assumptions", "--sandbox", "mine", "--set", "alibaba.time_zone=utc", "--set", "tencent.time_zone=utc"];
    let held = |list: &str| -> Vec<String> {
        let rows = list.lines().filter(|line| line.contains(".time_zone"));
        rows.map(|line| line.split_whitespace().nth(1).unwrap().to_owned()).collect()
    };
    assert_eq!(held(&text(&served, &set)), ["utc", "utc"]);
    assert_eq!(held(&text(&served, &["assumptions", "--sandbox", "mine"])), ["utc", "utc"]);
    assert_eq!(held(&text(&served, &["assumptions"])), ["utc+8", "utc+8"]);
    let (code, _, stderr) = run(&served, &["assumptions", "--set", "alibaba.time_zone=utc+9"]);
    assert!(code == Some(1) && stderr.contains("did you mean \"utc+8\"?"), "{stderr}");
    assert_eq!(run(&served, &["assumptions", "--set", "alibaba.time_zone"]).0, Some(2));
}

#[test]
fn tickets_are_listed_and_ended_and_a_reset_forgets_them() {
    let served = serve(&[]);
    let (one, other) = (ticket(&served), ticket(&served));
    let list = text(&served, &["ticket"]);
    assert!(list.contains(&one) && list.contains(&other) && list.contains("0 of 2"), "{list}");
    assert_eq!(json(&served, &["ticket", "show", &one])["status"], "live");
    assert_eq!(json(&served, &["ticket", "expire", &one])["status"], "expired");
    assert_eq!(json(&served, &["ticket", "revoke", &other])["status"], "revoked");
    assert_eq!(json(&served, &["ticket", "list", "--status", "live"])["total"], 0);
    let (code, _, stderr) = run(&served, &["ticket", "show", "../clock"]);
    assert!(code == Some(1) && stderr.starts_with("error: this sandbox has no such ticket"), "{stderr}");
    assert_eq!(text(&served, &["reset", "tickets", "nonces"]), "reset: tickets, nonces\n");
    assert_eq!(json(&served, &["ticket"])["total"], 0);
    let (code, _, stderr) = run(&served, &["reset", "tickts"]);
    assert!(code == Some(1) && stderr.contains("did you mean \"tickets\"?"), "{stderr}");
    assert!(text(&served, &["reset"]).contains("clock"));
}

#[test]
fn a_snapshot_is_saved_for_its_owner_alone_and_loaded_elsewhere() {
    let served = serve(&[]);
    let ticket = ticket(&served);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let name = file.to_str().unwrap();
    std::fs::write(&file, "an older one").unwrap();
    assert_eq!(text(&served, &["snapshot", "save", name]), format!("saved {name} with 1 tickets\n"));
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "something was left behind");

    let other = serve(&["--seed", "5"]);
    assert!(text(&other, &["snapshot", "load", name]).starts_with("loaded 1 tickets into default"));
    assert_eq!(json(&other, &["ticket", "show", &ticket])["status"], "live");
    let answer = |served: &Process| run(served, &["call", "alibaba.CreateTicket", WORK]).1;
    assert_eq!(answer(&served), answer(&other));

    let whole = std::fs::read_to_string(&file).unwrap();
    let before = text(&other, &["ticket", "--json"]);
    for bad in [&whole[..whole.len() / 2], "{}", &whole.replace("\"serials\":[", "\"serials\":[{},")] {
        std::fs::write(&file, bad).unwrap();
        let (code, stdout, stderr) = run(&other, &["snapshot", "load", name]);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{stderr}");
        assert!(stderr.starts_with(&format!("error: {name}: ")), "{stderr}");
    }
    assert_eq!(text(&other, &["ticket", "--json"]), before);
    assert_eq!(run(&other, &["snapshot", "load", "no/such/file"]).0, Some(2));
    assert_eq!(run(&other, &["snapshot", "save", "no/such/folder/file"]).0, Some(1));
}

/// What was saved can be loaded, however much it is.
#[test]
fn a_snapshot_of_many_tickets_is_saved_and_loaded() {
    let many = serve(&["--assume", "tencent.token_num_cap=none", "--auth", "off"]);
    let page = ["ProjectId=117", "PageId=11520", "TokenType=300", "UserCorpId=100022975249", "UserId=100024664626"];
    let (_, made, _) = run(&many, &[&["call", "tencent.CreateEmbedToken", "TokenNum=20000"][..], &page].concat());
    assert!(!made.contains("\"Error\""), "{made}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("many.json");
    let name = file.to_str().unwrap();
    assert_eq!(text(&many, &["snapshot", "save", name]), format!("saved {name} with 20000 tickets\n"));
    assert!(std::fs::metadata(&file).unwrap().len() > 4 << 20, "it is more than other bodies may have");
    let other = serve(&[]);
    assert!(text(&other, &["snapshot", "load", name]).starts_with("loaded 20000 tickets into default"));
}

#[test]
fn a_token_is_asked_for_and_never_shown() {
    let served = serve(&["--admin-token", "canary-token", "--allow-host", "booth.test,other.test"]);
    let (code, _, stderr) = run(&served, &["clock"]);
    assert!(code == Some(1) && stderr.starts_with("error: this admin API needs a token"), "{stderr}");
    let (code, _, stderr) = run(&served, &["clock", "--admin-token", "wrong-canary"]);
    assert!(code == Some(1) && !stderr.contains("canary"), "{stderr}");
    assert!(text(&served, &["clock", "--admin-token", "canary-token"]).starts_with("2026-"));
    let doctor = ticketbooth(&["doctor", "--json"]).env("TICKETBOOTH_URL", served.url()).output().unwrap();
    assert!(doctor.status.code() == Some(1), "{doctor:?}");
    let (code, stdout, stderr) = run(&served, &["clock", "--admin-token", "two words"]);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(!stderr.contains("two words"), "{stderr}");
    for verb in ["serve", "clock"] {
        let help = ticketbooth(&[verb, "--help"]).env("TICKETBOOTH_ADMIN_TOKEN", "canary-token").output().unwrap();
        assert!(!String::from_utf8_lossy(&help.stdout).contains("canary"), "{verb}");
    }
}

#[test]
fn a_network_is_listened_on_only_with_a_token() {
    let output = ticketbooth(&["--listen", "0.0.0.0:0", "--log", "off"]).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && stderr.contains("--admin-token"), "{stderr}");
    let served = serve_at("0.0.0.0:0", &["--admin-token", "t"]);
    let url = served.url().replace("0.0.0.0", "127.0.0.1");
    let output = ticketbooth(&["clock", "--url", &url, "--admin-token", "t"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_bounds_of_the_journal_are_flags_with_twins() {
    let mut command = ticketbooth(&["serve", "--listen", "127.0.0.1:0", "--log", "off", "--journal-bytes", "2MiB"]);
    command.env("TICKETBOOTH_JOURNAL_ENTRIES", "5");
    let served = Process::of(command);
    let found = json(&served, &["doctor"]);
    assert_eq!(found["findings"][0]["state"], "ok", "{found}");
    let endpoint = served.url().strip_prefix("http://").unwrap();
    let raw = crate::kit::raw("GET", "/_ticketbooth/info", &[("host", endpoint)], b"");
    let answer = ticketbooth::http::send_request(endpoint, &raw, std::time::Duration::from_secs(30)).unwrap();
    let info: Value = serde_json::from_slice(&answer.body).unwrap();
    let bounds = (&info["configuration"]["journal_entries"], &info["configuration"]["journal_bytes"]);
    assert_eq!(bounds, (&Value::from(5), &Value::from(2 << 20)));
}

#[test]
fn rules_are_added_replaced_and_taken_away() {
    let served = serve(&[]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rule.yaml");
    let name = file.to_str().unwrap();
    std::fs::write(&file, "id: first\non: alibaba.CreateTicket\ncalls: 1\nthen: { error: Throttling.User }\n").unwrap();
    assert_eq!(text(&served, &["rule"]), "there are no rules\n");
    assert_eq!(text(&served, &["rule", "add", name]), "added first\n");
    let (_, answer, _) = run(&served, &["call", "alibaba.CreateTicket", WORK]);
    assert!(answer.contains("Throttling.User"), "{answer}");
    assert_eq!(json(&served, &["rule", "show", "first"])["hits"], 1);
    let (code, _, stderr) = run(&served, &["rule", "add", name]);
    assert!(code == Some(1) && stderr.contains("there is a rule \"first\" already"), "{stderr}");

    let mut child = ticketbooth(&["rule", "replace", "-", "--json"])
        .env("TICKETBOOTH_URL", served.url())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let list =
        b"- { id: a, on: tencent.visit, then: { delay: 1s } }\n- { id: b, on: alibaba.*, then: { lose: request } }";
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), list).unwrap();
    let replaced: Value = serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(replaced["total"], 2);
    let listed = text(&served, &["rule", "list"]);
    assert!(listed.contains("tencent.visit") && listed.contains("alibaba.*"), "{listed}");
    assert_eq!(text(&served, &["rule", "delete", "a"]), "removed a\n");
    assert_eq!(text(&served, &["rule", "clear"]), "removed b\n");

    std::fs::write(&file, "id: bad\non: alibaba.CreateTicket\nthen: { error: Throtling.User }\n").unwrap();
    let (code, _, stderr) = run(&served, &["rule", "add", name]);
    assert!(code == Some(2) && stderr.contains("rule.yaml:3:") && stderr.contains("Throttling.User"), "{stderr}");
}

#[test]
fn an_emulator_that_is_not_there_has_its_own_exit_code() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{free}");
    for verb in [
        ["clock"].as_slice(),
        &["sandbox"],
        &["ticket"],
        &["reset"],
        &["snapshot", "save", "x"],
        &["journal"],
        &["rule"],
        &["explain"],
    ] {
        let output = ticketbooth(&[verb, &["--url", &url]].concat()).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(3), "{verb:?}: {stderr}");
        assert!(stderr.starts_with("error: no answer: ") && stderr.contains("ticketbooth serve"), "{stderr}");
    }
    let output = ticketbooth(&["doctor", "--url", &url]).output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && stdout.contains("the port is free"), "{stdout}");
}

#[test]
fn the_doctor_names_what_would_mislead() {
    let folder = tempfile::tempdir().unwrap();
    let world = folder.path().join("world.yaml");
    std::fs::write(&world, "ticketbooth: 1\nnome: x\n").unwrap();
    let served = serve(&[]);
    let mut command = ticketbooth(&["doctor", "--url", served.url()]);
    command
        .env("TICKETBOOTH_WORLD", &world)
        .env("HTTP_PROXY", "http://canary:secret@proxy")
        .env("TICKETBOOTH_SEAD", "2");
    let output = command.env("TENCENTCLOUD_SECRET_KEY", "canary").output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{stdout}");
    for expected in ["unknown key \"nome\"", "NO_PROXY", "TICKETBOOTH_SEED may be meant", "TENCENTCLOUD_SECRET_KEY"] {
        assert!(stdout.contains(expected), "{expected}: {stdout}");
    }
    assert!(!stdout.contains("canary"), "{stdout}");
    // Somebody who is no emulator has the port.
    let stranger = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", stranger.local_addr().unwrap());
    let output = ticketbooth(&["doctor", "--url", &url]).output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.code() == Some(1) && stdout.contains("another program answers"), "{stdout}");
}

#[test]
fn shells_get_their_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = ticketbooth(&["completions", shell]).output().unwrap();
        assert!(output.status.success(), "{shell}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("snapshot"), "{shell}");
    }
}

#[test]
fn a_question_that_is_not_understood_is_a_usage_error_and_no_verdict() {
    let served = serve(&[]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.jsonl");
    let file = file.to_str().unwrap();
    text(&served, &["journal", "export", file]);
    let long = format!("WorksId={}", "*a".repeat(10_000));
    let wrong: &[(&[&str], &str)] = &[
        (&["--on", "alibaba.CreateTicket", "--code", "Foo"], "unknown error code \"Foo\""),
        (&["--on", "nonsense"], "names no vendor"),
        (&["--on", "alibaba.CreateTicket", "--where", "Nobody=a"], "unknown parameter"),
        (&["--on", "alibaba.CreateTicket", "--where", &long], "the pattern is too long"),
        (&["--on", "alibaba.CreateTicket", "--outcome", "odd"], "unknown word"),
        (&["--on", "alibaba.CreateTicket", "--within", "soon"], "soon"),
        (&["--on", "alibaba.CreateTicket", "--at-least", "3", "--at-most", "1"], "at most is less"),
    ];
    for (arguments, said) in wrong {
        let (code, stdout, stderr) = run(&served, &[&["verify"], *arguments].concat());
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{arguments:?}: {stderr}");
        assert!(stderr.contains(said), "{arguments:?}: {stderr}");
        let (code, ..) = run(&served, &[&["verify", "--from", file], *arguments].concat());
        assert_eq!(code, Some(2), "{arguments:?}");
    }
}
