//! What a terminal would obey, in everything that the command line prints: it is shown, and not done.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use serde_json::{Value, json};
use tempfile::TempDir;
use ticketbooth::cli::command_tree;
use ticketbooth::cli::escape::{escape_json, escape_text};

use crate::harness::{finish, ticketbooth};
use crate::kit;

/// Colour, bell, line start, the control of eight bits, erasure, and marks of direction.
const EVIL: &str = "a\u{1b}[31m\u{7}\r\u{9b}2J\u{7f}\u{61c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}b";

fn is_obeyed(sign: char) -> bool {
    (sign.is_control() && sign != '\n' && sign != '\t')
        || "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}"
            .contains(sign)
}

#[track_caller]
fn assert_safe(what: &str, text: &str) {
    assert!(!text.contains(is_obeyed), "{what}: {text:?}");
}

#[test]
fn every_sign_that_is_obeyed_is_written_out_and_no_other() {
    for sign in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
        let text = format!("x{sign}y");
        let safe = escape_text(&text);
        assert_eq!(safe != text, is_obeyed(sign), "{sign:?}");
        assert!(!is_obeyed(sign) || safe == format!("x\\u{{{:x}}}y", u32::from(sign)), "{safe}");
    }
    let written = json!({ EVIL: [EVIL, "报\n\t\\\""] });
    for text in [written.to_string(), format!("{written:#}")] {
        let safe = escape_json(&text);
        assert_safe("JSON", &safe);
        assert_eq!(serde_json::from_str::<Value>(&safe).unwrap(), written);
    }
}

/// Every verb, with arguments with which it asks or reads something. Where `@` stands, it is the folder of bad files.
const VERBS: &[(&str, &[&str])] = &[
    ("serve", &["serve", "--scenario", "@/wrong.yaml"]),
    ("exec", &["exec", "--scenario", "@/scenario.yaml", "--", "true"]),
    ("scenario show", &["scenario", "show"]),
    ("scenario play", &["scenario", "play", "@/scenario.yaml"]),
    ("scenario end", &["scenario", "end"]),
    ("scenario verify", &["scenario", "verify"]),
    ("check", &["check", "@"]),
    ("schema", &["schema", "scenario"]),
    ("actions", &["actions", EVIL]),
    ("codes", &["codes", EVIL]),
    ("call", &["call", "alibaba.CreateTicket", "WorksId=a"]),
    ("visit", &["visit", "/token3rd/dashboard/view/pc.htm"]),
    ("env", &["env", "--sdk", EVIL]),
    ("wait", &["wait", "--timeout", EVIL]),
    ("clock show", &["clock", "show"]),
    ("clock freeze", &["clock", "freeze"]),
    ("clock resume", &["clock", "resume"]),
    ("clock set", &["clock", "set", "2026-01-05T00:00:00Z"]),
    ("clock advance", &["clock", "advance", "5h"]),
    ("sandbox list", &["sandbox", "list"]),
    ("sandbox create", &["sandbox", "create", "--env"]),
    ("sandbox delete", &["sandbox", "delete", EVIL]),
    ("assumptions", &["assumptions"]),
    ("ticket list", &["ticket", "list"]),
    ("ticket show", &["ticket", "show", "a"]),
    ("ticket expire", &["ticket", "expire", "a"]),
    ("ticket revoke", &["ticket", "revoke", "a"]),
    ("rule list", &["rule", "list"]),
    ("rule show", &["rule", "show", EVIL]),
    ("rule add", &["rule", "add", "@/wrong.yaml"]),
    ("rule replace", &["rule", "replace", "@/wrong.yaml"]),
    ("rule delete", &["rule", "delete", "a"]),
    ("rule clear", &["rule", "clear"]),
    ("reset", &["reset"]),
    ("snapshot save", &["snapshot", "save", "@/saved\u{1b}.json"]),
    ("snapshot load", &["snapshot", "load", "@/snapshot.json"]),
    ("journal list", &["journal", "list"]),
    ("journal show", &["journal", "show", "a"]),
    ("journal mark", &["journal", "mark", "a"]),
    ("journal clear", &["journal", "clear"]),
    ("journal export", &["journal", "export", "@/no\u{1b}/folder"]),
    ("verify", &["verify", "--on", "alibaba.CreateTicket"]),
    ("explain", &["explain"]),
    ("doctor", &["doctor"]),
    ("completions", &["completions", EVIL]),
    ("world", &["world", "--kind", EVIL]),
    ("trust", &["trust", "--to", "@/no\u{1b}/folder"]),
];

fn leaves(verb: &str, command: &clap::Command, found: &mut BTreeSet<String>) {
    let inner: Vec<_> = command.get_subcommands().filter(|one| one.get_name() != "help").collect();
    if inner.is_empty() {
        found.insert(verb.to_owned());
    }
    for one in inner {
        leaves(format!("{verb} {}", one.get_name()).trim(), one, found);
    }
}

#[test]
fn every_verb_stands_in_the_table() {
    let mut found = BTreeSet::new();
    leaves("", &command_tree(), &mut found);
    assert_eq!(found, VERBS.iter().map(|(verb, _)| (*verb).to_owned()).collect());
}

/// An answer in which every member that a verb shows is a bad text.
fn evil_answer() -> Value {
    let members = "id name on then hits eligible world seed vendor stands_for secret action at code kind text request_id \
                   sandbox serial rule http_status step outcome detail expected got says choice verdict message \
                   belongs_to status target ticket became uses choices default about family canonical_request \
                   string_to_sign";
    let mut row: Value = members.split_whitespace().map(|name| (name, EVIL)).collect::<Value>();
    row["origin"] = json!({ "test": EVIL });
    row["clock"] = json!({ "now": EVIL, "mode": EVIL });
    let list = json!([row, row]);
    let mut answer = row;
    for name in [
        "sandboxes",
        "entries",
        "rules",
        "tickets",
        "keys",
        "steps",
        "assumptions",
        "expectations",
        "transitions",
        "complaints",
        "evidence",
        "removed",
        "reset",
        "findings",
    ] {
        answer[name] = if ["complaints", "evidence", "reset"].contains(&name) { json!([EVIL]) } else { list.clone() };
    }
    answer["mistake"] = json!({ "name": EVIL, "says": EVIL, "first_difference": { "of": EVIL, "line": EVIL,
        "column": EVIL, "expected": EVIL, "got": EVIL } });
    answer["advice"] = EVIL.into();
    answer["now"] = EVIL.into();
    answer["mode"] = EVIL.into();
    answer["version"] = EVIL.into();
    answer["status"] = "ok".into();
    answer["next"] = EVIL.into();
    answer["total"] = 9.into();
    answer["alibaba"] = json!({ "access_key_id": EVIL, "access_key_secret": EVIL });
    answer["error"] = json!({ "kind": EVIL, "message": EVIL, "hint": EVIL });
    answer
}

/// Somebody who answers everything with this status and body, and the address.
fn answering(status: u16, body: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = Vec::new();
            let mut byte = [0; 1];
            while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count == 1) {
                request.push(byte[0]);
            }
            let head = String::from_utf8_lossy(&request).to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            let mut rest = vec![0; length.unwrap_or(0)];
            drop(stream.read_exact(&mut rest));
            let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            // A client that went away is none of the test's business.
            drop(stream.write_all(&[head.as_bytes(), body.as_bytes()].concat()));
        }
    });
    url
}

/// A folder of files whose names, texts and mistakes hold the bad text.
fn evil_files() -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
    let quoted = serde_json::to_string(EVIL).unwrap();
    write("scenario.yaml", format!("ticketbooth: 1\nname: {quoted}\nexpect: [{{ on: alibaba.CreateTicket }}]\n"));
    write("wrong.yaml", format!("ticketbooth: 1\nname: a\n{quoted}: 1\nrules: [{{ id: {quoted}, on: {quoted} }}]\n"));
    write("\u{1b}[31mwrong.yaml", format!("ticketbooth: 1\nname: {quoted}\nseed: {quoted}\n"));
    write("broken.yaml", "a: [\u{202e}\n".to_owned());
    write("world.yaml", kit::read("fixtures/demo.yaml").replacen("name: demo", &format!("name: {quoted}"), 1));
    write("snapshot.json", "{}".to_owned());
    folder
}

#[test]
fn nothing_that_a_terminal_obeys_is_printed_by_any_verb() {
    let folder = evil_files();
    let place = folder.path().to_str().unwrap();
    let plain = format!("<html>{EVIL}</html>");
    let servers =
        [answering(200, evil_answer().to_string()), answering(400, evil_answer().to_string()), answering(200, plain)];
    let mut shown = 0;
    for (verb, arguments) in VERBS {
        let arguments: Vec<String> = arguments.iter().map(|word| word.replace('@', place)).collect();
        for url in &servers {
            for form in [&[][..], &["--json"]] {
                // Behind `--` it would be the program's.
                if *verb == "exec" && !form.is_empty() {
                    continue;
                }
                let words: Vec<&str> = arguments.iter().map(String::as_str).chain(form.iter().copied()).collect();
                let mut command = ticketbooth(&words);
                command.env("TICKETBOOTH_URL", url).env("TICKETBOOTH_WORLD", folder.path().join("world.yaml"));
                let (_, stdout, stderr) = finish(command);
                assert_safe(&format!("{verb} {form:?} stdout"), &stdout);
                assert_safe(&format!("{verb} {form:?} stderr"), &stderr);
                shown += usize::from(stdout.contains("\\u{1b}") || stderr.contains("\\u{1b}"));
                if form.len() == 1 && url == &servers[0] && stdout.starts_with('{') {
                    serde_json::from_str::<Value>(&stdout).unwrap_or_else(|error| panic!("{verb}: {error}: {stdout}"));
                }
            }
        }
    }
    assert!(shown > 60, "the bad text is shown by most of them: {shown}");
}

#[test]
fn json_that_is_printed_says_what_was_answered() {
    let url = answering(200, evil_answer().to_string());
    let (code, stdout, stderr) = finish(ticketbooth(&["clock", "--json", "--url", &url]));
    assert_eq!(code, Some(0), "{stderr}");
    assert_eq!(serde_json::from_str::<Value>(&stdout).unwrap(), evil_answer());
}

#[test]
fn a_journal_that_is_written_out_is_shown_as_one_that_is_asked_for() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("journal.jsonl");
    let file = file.to_str().unwrap();
    let served = crate::remote::serve(&[]);
    let wrong = format!("WorksId={EVIL}");
    assert_eq!(crate::remote::run(&served, &["call", "alibaba.CreateTicket", &wrong]).0, Some(0));
    assert_eq!(crate::remote::run(&served, &["journal", "export", file]).0, Some(0));
    for verb in
        [&["journal", "--from", file][..], &["explain", "--from", file], &["journal", "show", "last", "--from", file]]
    {
        let (code, stdout, stderr) = finish(ticketbooth(verb));
        assert_eq!(code, Some(0), "{stderr}");
        assert_safe("stdout", &stdout);
        assert_safe("stderr", &stderr);
    }
}
