//! One run has one verdict, whoever is asked for it.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;
use ticketbooth::cli::report::junit_xml;
use ticketbooth::emulator::{Bounds, Emulator};

use crate::admin::ask;
use crate::harness::ticketbooth;

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

/// What is expected, how many calls come, how many of them are kept, and the verdict with its exit code.
const RUNS: &[(&str, usize, usize, &str, i32)] = &[
    ("calls: { exactly: 2 }", 2, 100, "pass", 0),
    ("calls: { exactly: 2 }", 3, 100, "fail", 6),
    ("code: Instance.Expired, calls: { at_most: 5 }", 1, 100, "vacuous", 5),
    ("where: { WorksId: a206* }, calls: { exactly: 2 }", 2, 1, "indeterminate", 4),
];

fn scenario(expected: &str) -> String {
    format!(
        "{{ ticketbooth: 1, name: second, rules: [{{ id: second, on: alibaba.CreateTicket, calls: 2, \
         then: {{ error: Instance.Expired }} }}], expect: [{{ on: alibaba.CreateTicket, {expected} }}] }}"
    )
}

/// The exit code of the program under this address, and what it prints.
fn run(url: &str, arguments: &[&str]) -> (Option<i32>, Value) {
    let output = ticketbooth(arguments).env("TICKETBOOTH_URL", url).output().unwrap();
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap_or_default())
}

/// The worst that the cases of a JUnit report tell.
fn of_junit(text: &str) -> String {
    let document = roxmltree::Document::parse(text).unwrap();
    let types: Vec<&str> = document.descendants().filter_map(|node| node.attribute("type")).collect();
    let worst = ["fail", "indeterminate", "vacuous"].into_iter().find(|verdict| types.contains(verdict));
    worst.unwrap_or("pass").to_owned()
}

#[test]
fn the_verdict_is_the_same_over_http_cli_exec_junit_and_library() {
    for (expected, calls, kept, verdict, code) in RUNS {
        let text = scenario(expected);
        let bounds = Bounds { entries: *kept, ..Bounds::default() };
        let booth = Emulator::builder().scenario(text.as_str()).unwrap().journal(bounds).start_blocking().unwrap();
        let works = format!("WorksId={WORK}");
        for _ in 0..*calls {
            run(&booth.url(), &["call", "alibaba.CreateTicket", &works]);
        }
        let report = booth.report().unwrap();
        let (cli_code, cli) = run(&booth.url(), &["scenario", "verify", "--json"]);
        let (_, http) = ask(booth.emulator(), "POST", "/scenario/verify", &Value::Null);
        let told = [report.verdict.name(), cli["verdict"].as_str().unwrap(), http["verdict"].as_str().unwrap()];
        assert_eq!((told, cli_code), ([*verdict; 3], Some(*code)), "{expected}");
        assert_eq!(of_junit(&junit_xml(Some(&report), &[])), *verdict, "{expected}");

        let folder = TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let (file, as_json, as_xml) = (path("scenario.yaml"), path("report.json"), path("report.xml"));
        fs::write(&file, &text).unwrap();
        let call = format!("\"$0\" call alibaba.CreateTicket {works} >&2; ");
        let command = format!("{}exit 0", call.repeat(*calls));
        let program = ticketbooth(&[]).get_program().to_str().unwrap().to_owned();
        let kept = kept.to_string();
        let flags =
            ["exec", "--scenario", &file, "--journal-entries", &kept, "--report", &as_json, "--report", &as_xml];
        let (exec_code, _) = run("", &[&flags[..], &["--", "sh", "-c", &command, &program]].concat());
        let as_json: Value = serde_json::from_str(&fs::read_to_string(as_json).unwrap()).unwrap();
        let as_xml = of_junit(&fs::read_to_string(as_xml).unwrap());
        assert_eq!((exec_code, as_json["verdict"].as_str(), as_xml.as_str()), (Some(*code), Some(*verdict), *verdict));
    }
}

#[test]
fn the_finding_is_the_same_over_http_cli_and_library() {
    let booth = Emulator::builder().start_blocking().unwrap();
    for works in [WORK, "b"] {
        run(&booth.url(), &["call", "alibaba.CreateTicket", &format!("WorksId={works}")]);
    }
    for (flags, question, verdict, code) in [
        (vec!["--exactly", "2"], json!({ "calls": { "exactly": 2 } }), "pass", 0),
        (
            vec!["--where", "WorksId=a*", "--never"],
            json!({ "where": { "WorksId": "a*" }, "calls": "never" }),
            "fail",
            6,
        ),
        (
            vec!["--code", "Throttling.User", "--never"],
            json!({ "code": "Throttling.User", "calls": "never" }),
            "pass",
            0,
        ),
    ] {
        let mut question = question;
        question["on"] = "alibaba.CreateTicket".into();
        let finding = booth.verify(&question.to_string()).unwrap();
        let (_, http) = ask(booth.emulator(), "POST", "/verify", &question);
        let verb = [&["verify", "--json", "--on", "alibaba.CreateTicket"], &flags[..]].concat();
        let (cli_code, cli) = run(&booth.url(), &verb);
        let told = [finding.verdict.name(), http["verdict"].as_str().unwrap(), cli["verdict"].as_str().unwrap()];
        assert_eq!((told, cli_code), ([verdict; 3], Some(code)), "{question}");
        assert_eq!(http["message"], finding.message);
    }
}

#[test]
fn each_verb_with_a_verdict_says_in_its_help_what_its_exit_code_tells() {
    for verb in [&["exec"][..], &["verify"], &["scenario", "verify"]] {
        let output = ticketbooth(&[verb, &["--help"]].concat()).output().unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        assert!(RUNS.iter().all(|(.., verdict, code)| help.contains(&format!("{code} {verdict}"))), "{help}");
    }
}

#[test]
fn a_rule_that_names_sandboxes_is_judged_alike_by_everybody() {
    let text = "{ ticketbooth: 1, name: apart, rules: [{ id: busy, sandbox: t-*, on: alibaba.CreateTicket, calls: 1, \
                then: { error: Throttling.User } }] }";
    let booth = Emulator::builder().scenario(text).unwrap().start_blocking().unwrap();
    let verdicts = || {
        let (_, http) = ask(booth.emulator(), "POST", "/scenario/verify", &Value::Null);
        let (_, cli) = run(&booth.url(), &["scenario", "verify", "--json"]);
        [
            booth.report().unwrap().verdict.name().to_owned(),
            http["verdict"].as_str().unwrap().to_owned(),
            cli["verdict"].as_str().unwrap().to_owned(),
        ]
    };
    assert_eq!(verdicts(), ["vacuous"; 3]);
    let key = booth.sandbox("t-1").unwrap().key("alibaba").unwrap();
    let call = ["call", "alibaba.CreateTicket", "--key", &key.id, "--secret", &key.secret];
    run(&booth.url(), &call);
    assert_eq!(verdicts(), ["pass"; 3]);
    assert!(booth.emulator().remove_sandbox("t-1"));
    assert_eq!(verdicts(), ["pass"; 3]);
}
