//! A program under an emulator of its own: what it is given, what is said of it, and the exit codes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::admin::ask;
use crate::harness::{finish, ticketbooth};
use crate::kit;

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

fn binary() -> PathBuf {
    PathBuf::from(ticketbooth(&[]).get_program())
}

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    finish(ticketbooth(arguments))
}

/// A scenario whose one rule refuses the second ticket, with these expectations.
fn scenario(folder: &Path, expect: &str) -> String {
    let text = format!(
        "ticketbooth: 1\nname: second-is-refused\nrules:\n  - id: second\n    on: alibaba.CreateTicket\n    calls: 2\n    \
         then: {{ error: Instance.Expired }}\nexpect:\n{expect}\n"
    );
    let file = folder.join("scenario.yaml");
    fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}

/// A shell command that creates so many tickets, whatever comes of them.
fn calls(times: usize) -> String {
    let call = format!("{} call alibaba.CreateTicket WorksId={WORK} >/dev/null 2>&1", binary().display());
    vec![call; times].join("; ")
}

const TWICE: &str = "  - { on: alibaba.CreateTicket, calls: { exactly: 2 } }";

#[test]
fn every_exit_code_is_what_it_says() {
    let folder = TempDir::new().unwrap();
    let file = scenario(folder.path(), TWICE);
    let exec = |command: &str| run(&["exec", "--scenario", &file, "--", "sh", "-c", command]);
    let (code, _, stderr) = exec(&calls(2));
    assert_eq!(code, Some(0), "{stderr}");
    assert!(
        stderr.starts_with("ticketbooth: scenario second-is-refused: pass\n  pass          rule second"),
        "{stderr}"
    );
    let (code, _, stderr) = exec(&calls(3));
    assert_eq!(code, Some(6), "{stderr}");
    assert!(stderr.contains("expected exactly 2 times, came 3 times"), "{stderr}");
    let (code, _, stderr) = exec(&format!("{}; exit 7", calls(3)));
    assert_eq!(code, Some(7), "a failing test is never masked: {stderr}");
    let vacuous = scenario(folder.path(), "  - { on: alibaba.CreateTicket, calls: { at_most: 5 } }");
    let (code, _, stderr) = run(&["exec", "--scenario", &vacuous, "--", "sh", "-c", &calls(1)]);
    assert_eq!(code, Some(5), "{stderr}");
    assert!(stderr.contains("rule second never fired, though 1 calls matched it"), "{stderr}");
    let params =
        format!("  - {{ on: alibaba.CreateTicket, where: {{ WorksId: \"{WORK}\" }}, calls: {{ exactly: 2 }} }}");
    let forgotten = scenario(folder.path(), &params);
    let command = &calls(2);
    let few = ["exec", "--journal-entries", "1", "--scenario", &forgotten, "--", "sh", "-c", command];
    let (code, _, stderr) = run(&few);
    assert_eq!(code, Some(4), "{stderr}");
    let (code, _, stderr) = run(&["exec", "--", "true"]);
    assert_eq!(code, Some(0), "without a scenario there is nothing to be judged: {stderr}");
}

#[test]
fn the_verdict_is_a_block_with_a_line_for_each_part() {
    let folder = TempDir::new().unwrap();
    let file = scenario(folder.path(), TWICE);
    let exec = |flags: &[&str], times: usize| {
        let command = calls(times);
        run(&[&["exec", "--scenario", &file], flags, &["--", "sh", "-c", &command]].concat())
    };
    let passed = "ticketbooth: scenario second-is-refused: pass\n  \
                  pass          rule second fired 1 times\n  \
                  pass          alibaba.CreateTicket: expected exactly 2 times, came 2 times\n";
    let failed = "ticketbooth: scenario second-is-refused: fail\n  \
                  vacuous       rule second never fired, though 1 calls matched it\n  \
                  fail          alibaba.CreateTicket: expected exactly 2 times, came once\n";
    assert_eq!(exec(&[], 2), (Some(0), String::new(), passed.to_owned()));
    assert_eq!(exec(&["--quiet"], 2), (Some(0), String::new(), String::new()));
    assert_eq!(exec(&[], 1), (Some(6), String::new(), failed.to_owned()));
    assert_eq!(exec(&["--quiet"], 1), (Some(6), String::new(), failed.to_owned()), "what is wrong is said");
    assert_eq!(exec(&["--verdict-exit-code", "99"], 1), (Some(99), String::new(), failed.to_owned()));
    assert_eq!(exec(&["--verdict-exit-code", "99"], 2).0, Some(0));
    let own = ["exec", "--scenario", &file, "--verdict-exit-code", "99", "--", "sh", "-c", "exit 5"];
    assert_eq!(run(&own).0, Some(5), "the program's own code goes first");
    for wrong in ["0", "256", "x"] {
        assert_eq!(exec(&["--verdict-exit-code", wrong], 0).0, Some(2), "{wrong}");
    }
    let vacuous = scenario(folder.path(), "  - { on: alibaba.CreateTicket, calls: { at_most: 5 } }");
    let (code, _, stderr) =
        run(&["exec", "--verdict-exit-code", "99", "--scenario", &vacuous, "--", "sh", "-c", &calls(1)]);
    assert_eq!(code, Some(99), "{stderr}");
    assert!(stderr.ends_with("`optional: true` lets a rule stay unfired\n"), "{stderr}");
}

#[test]
fn the_world_of_a_scenario_is_found_beside_it() {
    let folder = TempDir::new().unwrap();
    fs::copy(kit::repository("fixtures/demo.yaml"), folder.path().join("world.yaml")).unwrap();
    let text = "ticketbooth: 1\nname: own-world\nworld: world.yaml\nexpect:\n  - { on: alibaba.CreateTicket }\n";
    fs::write(folder.path().join("scenario.yaml"), text).unwrap();
    let arguments = ["exec", "--scenario", "scenario.yaml", "--", "sh", "-c", &calls(1)];
    let output = ticketbooth(&arguments).current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let both = ["exec", "--world", "world.yaml", "--scenario", "scenario.yaml", "--", "true"];
    let output = ticketbooth(&both).current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_cannot_begin_is_said_at_once() {
    let folder = TempDir::new().unwrap();
    let bad = scenario(folder.path(), "  - { on: alibaba.CreateTiket }");
    let (code, _, stderr) = run(&["exec", "--scenario", &bad, "--", "true"]);
    assert_eq!(code, Some(2), "{stderr}");
    assert!(stderr.contains("scenario.yaml:9:11") && stderr.contains("alibaba.CreateTicket"), "{stderr}");
    assert_eq!(run(&["exec", "--scenario", "no-such-file", "--", "true"]).0, Some(2));
    let empty = TempDir::new().unwrap();
    fs::write(empty.path().join("scenario.txt"), "ticketbooth: 1\nname: overlooked\n").unwrap();
    let empty = empty.path().to_str().unwrap();
    for verb in [&["exec", "--scenario", empty, "--", "true"][..], &["serve", "--scenario", empty]] {
        let (code, _, stderr) = run(verb);
        assert_eq!(code, Some(2), "{stderr}");
        let looked_for = format!("there is no scenario in the folder {empty}: no *.yaml, no *.yml, no *.json");
        assert!(stderr.contains(&looked_for), "{stderr}");
    }
    assert_eq!(run(&["exec"]).0, Some(2));
    let (code, _, stderr) = run(&["exec", "--assume", "alibaba.head_methd=accept", "--", "true"]);
    assert!(code == Some(2) && stderr.contains("did you mean \"alibaba.head_method\"?"), "{stderr}");
}

#[test]
fn the_program_gets_address_and_keys_and_keeps_its_own_streams() {
    let print = "echo $TICKETBOOTH_URL $TICKETBOOTH_ENDPOINT $TENCENTCLOUD_SECRET_ID $ALIBABA_CLOUD_ACCESS_KEY_ID; cat";
    let mut child = ticketbooth(&["exec", "--", "sh", "-c", print])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"from stdin\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let (first, rest) = stdout.split_once('\n').unwrap();
    let words: Vec<&str> = first.split(' ').collect();
    assert_eq!(words[0], format!("http://{}", words[1]));
    assert_eq!(words[2..], ["AKIDlocaltest0000000000000000000000", "LTAIlocaltest000000000000"]);
    assert_eq!(rest, "from stdin\n");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "nothing of ours stands between a program's lines");
}

#[test]
fn a_signal_is_passed_on() {
    // The shell says that it is there, and then waits for the signal.
    let wait = "trap 'echo told; exit 9' TERM; echo ready; while :; do sleep 0.05; done";
    let mut child = ticketbooth(&["exec", "--", "sh", "-c", wait]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    assert_eq!(lines.next().unwrap().unwrap(), "ready");
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(lines.next().unwrap().unwrap(), "told");
    assert_eq!(child.wait().unwrap().code(), Some(9));
}

#[test]
fn reports_are_written_as_json_and_as_junit() {
    let folder = TempDir::new().unwrap();
    let file = scenario(folder.path(), TWICE);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (as_json, as_xml) = (path("report.json"), path("report.xml"));
    let command = calls(1);
    let (code, ..) =
        run(&["exec", "--scenario", &file, "--report", &as_json, "--report", &as_xml, "--", "sh", "-c", &command]);
    assert_eq!(code, Some(6));
    let report: Value = serde_json::from_str(&fs::read_to_string(&as_json).unwrap()).unwrap();
    assert_eq!(report["verdict"], "fail");
    assert_eq!(report["rules"][0]["verdict"], "vacuous");
    assert_eq!(report["expectations"][0]["verdict"], "fail");
    let xml = fs::read_to_string(&as_xml).unwrap();
    assert!(xml.contains("<testsuite name=\"second-is-refused\" tests=\"2\" failures=\"2\" errors=\"0\">"), "{xml}");
    assert!(xml.contains("<failure type=\"vacuous\""), "{xml}");
}

#[test]
fn a_report_with_a_control_character_is_xml_all_the_same() {
    let folder = TempDir::new().unwrap();
    let expect = "  - { on: alibaba.CreateTicket, where: { WorksId: \"a\\u0001\\uFFFE]]>\" } }";
    let file = scenario(folder.path(), expect);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (as_json, as_xml) = (path("report.json"), path("report.xml"));
    let (code, _, stderr) =
        run(&["exec", "--scenario", &file, "--report", &as_json, "--report", &as_xml, "--", "sh", "-c", &calls(1)]);
    assert_eq!(code, Some(6), "{stderr}");
    let xml = fs::read_to_string(&as_xml).unwrap();
    let document = roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{error}: {xml:?}"));
    let told = document.descendants().filter_map(|node| node.text()).collect::<String>();
    assert!(told.contains("a\u{fffd}\u{fffd}]]>"), "{told:?}");
    let report: Value = serde_json::from_str(&fs::read_to_string(&as_json).unwrap()).unwrap();
    assert_eq!(report["expectations"][0]["expect"]["where"]["WorksId"], "a\u{1}\u{fffe}]]>");
}

#[test]
fn a_scenario_is_played_over_http_and_judged() {
    let emulator = kit::demo(ticketbooth::emulator::AuthMode::Off);
    let create =
        || kit::code(&kit::alibaba(&emulator, "2022-01-01", "CreateTicket", &[("WorksId", WORK)]).1).to_owned();
    create();
    assert_eq!(ask(&emulator, "POST", "/scenario/verify", &Value::Null).0, 409);
    let file = json!({
        "ticketbooth": 1, "name": "played", "seed": 9, "clock": { "start": "2030-01-01T00:00:00Z", "frozen": true },
        "rules": [{ "id": "second", "on": "alibaba.CreateTicket", "calls": 2, "then": { "error": "Instance.Expired" } }],
        "expect": [{ "on": "alibaba.CreateTicket", "calls": { "exactly": 2 } }],
    });
    let (status, begun) = ask(&emulator, "PUT", "/scenario", &file);
    assert_eq!((status, begun["name"].as_str(), begun["verdict"].as_str()), (200, Some("played"), Some("fail")));
    assert_eq!(ask(&emulator, "GET", "/clock", &Value::Null).1["now"], "2030-01-01T00:00:00Z");
    assert_eq!([create(), create()], ["none", "Instance.Expired"]);
    let (_, verdict) = ask(&emulator, "POST", "/scenario/verify", &Value::Null);
    assert_eq!(verdict["verdict"], "pass", "{verdict}");
    let parts = json!({ "what": ["scenario", "journal"] });
    ask(&emulator, "POST", "/reset", &parts);
    let (_, again) = ask(&emulator, "GET", "/scenario", &Value::Null);
    assert_eq!((again["verdict"].as_str(), again["rules"][0]["hits"].as_u64()), (Some("fail"), Some(0)));
    let (status, bad) = ask(&emulator, "PUT", "/scenario", &json!({ "ticketbooth": 1, "name": "x", "rulez": [] }));
    assert_eq!(status, 422);
    assert!(bad["error"]["message"].as_str().unwrap().contains("did you mean \"rules\"?"), "{bad}");
    assert_eq!(ask(&emulator, "GET", "/scenario", &Value::Null).1["name"], "played", "a bad one changes nothing");
    assert_eq!(ask(&emulator, "DELETE", "/scenario", &Value::Null).1["removed"], "played");
    assert_eq!(ask(&emulator, "GET", "/rules", &Value::Null).1["total"], 0);
}

#[test]
fn a_report_that_cannot_be_written_hides_no_failure_and_passes_for_none() {
    let folder = TempDir::new().unwrap();
    let file = scenario(folder.path(), TWICE);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    // It is there when the program begins, and the program takes it away.
    let gone = folder.path().join("gone");
    let (bad, good) = (path("gone/report.xml"), path("report.json"));
    let told = |flag: &str, command: &str| {
        fs::create_dir(&gone).unwrap();
        let command = &format!("rmdir {}; {command}", gone.display());
        let arguments = ["exec", "--scenario", &file, flag, &bad, "--report", &good, "--", "sh", "-c", command];
        let (code, _, stderr) = run(&arguments);
        assert!(stderr.contains(&bad), "{flag} {command}: {stderr}");
        assert!(stderr.contains("scenario second-is-refused"), "{flag} {command}: {stderr}");
        assert!(fs::remove_file(&good).is_ok(), "the other report is written all the same");
        code
    };
    for flag in ["--report", "--journal"] {
        assert_eq!(told(flag, "exit 7"), Some(7));
        assert_eq!(told(flag, &calls(3)), Some(6), "a verdict is no less than its report");
        assert_eq!(told(flag, &calls(2)), Some(1));
    }
}

/// The signals that would end `exec`, as `kill` and `trap` call them, and their numbers.
const ENDING: &[&str] = &["HUP", "INT", "QUIT", "USR1", "USR2", "ALRM", "TERM", "VTALRM", "PROF", "XCPU"];

/// A program that says when it is there, and when the signal reaches it. Without one it ends after a while.
fn waiting_for(signal: &str) -> String {
    let rest = "n=0; while [ $n -lt 400 ]; do sleep 0.05; n=$((n + 1)); done";
    format!("trap 'echo told; exit 9' {signal}; echo ready; {rest}")
}

#[test]
fn every_signal_that_would_end_it_reaches_the_program_which_is_waited_for() {
    for signal in ENDING {
        let wait = waiting_for(signal);
        let mut child = ticketbooth(&["exec", "--", "sh", "-c", &wait])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
        assert_eq!(lines.next().unwrap().unwrap(), "ready");
        assert!(
            Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status().unwrap().success()
        );
        assert_eq!(lines.next().unwrap().unwrap(), "told", "{signal}");
        assert_eq!(child.wait().unwrap().code(), Some(9), "{signal}");
    }
}

#[test]
fn a_program_that_a_signal_ends_has_its_code_as_a_shell_says_it() {
    let mut child = ticketbooth(&["exec", "--", "sh", "-c", "echo $$; exec sleep 1000"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    let program = lines.next().unwrap().unwrap();
    assert!(Command::new("kill").args(["-USR1", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(128 + 10));
    let is_there = Command::new("kill").args(["-0", &program]).stderr(Stdio::null()).status().unwrap().success();
    assert!(!is_there, "the program is gone as well");
}

/// A process that is killed can pass nothing on, but the system does.
#[cfg(target_os = "linux")]
#[test]
fn a_program_is_told_when_its_emulator_is_killed() {
    let mut child = ticketbooth(&["exec", "--", "sh", "-c", &waiting_for("TERM")])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    assert_eq!(lines.next().unwrap().unwrap(), "ready");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(lines.next().and_then(Result::ok).as_deref(), Some("told"));
}

#[test]
fn behind_a_verdict_that_is_no_pass_stand_the_calls_that_were_refused() {
    let folder = TempDir::new().unwrap();
    let file = scenario(folder.path(), TWICE);
    let program = env!("CARGO_BIN_EXE_ticketbooth");
    let call =
        format!("{program} call alibaba.CreateTicket WorksId=a --secret localtestsecret00000000000000 >/dev/null 2>&1");
    let (code, _, told) = run(&["exec", "--scenario", &file, "--", "sh", "-c", &call]);
    assert_eq!(code, Some(6), "{told}");
    let line = "  refused       alibaba.CreateTicket: SignatureDoesNotMatch: The secret was used without its first or its last character.";
    assert!(told.contains(line), "{told}");
}
