//! A journal that was written out answers as the emulator did, and holds no secret.

use std::fs;

use serde_json::{Value, json};

use crate::harness::Process;
use crate::remote::{run, serve, text};
use crate::signer::{ALIBABA_SECRET, TENCENT_SECRET};

const WORK: &str = "WorksId=a206f5f3-0000-4000-8000-e9b17c835b03";

/// An emulator that has answered calls of every outcome: good and refused ones, visits, and what rules do.
fn served() -> Process {
    let served = serve(&[]);
    let call = |arguments: &[&str]| drop(run(&served, &[&["call"], arguments].concat()));
    call(&["alibaba.CreateTicket", WORK]);
    call(&["alibaba.CreateTicket", WORK, "--secret", "wrong"]);
    call(&["alibaba.CreateTicket", "WorksId=a\"b\\c*", "AccountName=x&y=é"]);
    call(&["alibaba.QueryTicketInfo", "Ticket=$ticket"]);
    call(&["alibaba.DelayTicketExpireTime", "Ticket=$ticket", "ExpireTime=10"]);
    call(&["alibaba.visit", "/token3rd/dashboard/view/pc.htm?pageId=x&accessTicket=$ticket"]);
    call(&["tencent.CreateEmbedToken", "ProjectId=117", "PageId=11520"]);
    call(&["tencent.CreateEmbedToken", "ProjectId=117", "PageId=11520", "--skew", "-9999"]);
    call(&["tencent.CreateEmbedToken", "ProjectId=9", "--older"]);
    call(&["tencent.ApplyEmbedInterval", "BIToken=nothing", "--body", "{"]);
    let folder = tempfile::tempdir().unwrap();
    for (name, rule) in [
        ("lost", json!({ "on": "tencent.ClearEmbedToken", "calls": 1, "then": { "lose": "request", "how": "close" } })),
        ("own", json!({ "on": "tencent.ClearEmbedToken", "calls": 2, "then": { "respond": { "body": "x" } } })),
        ("error", json!({ "on": "tencent.*", "then": { "error": "InternalError" } })),
    ] {
        let file = folder.path().join(name);
        fs::write(&file, rule.to_string()).unwrap();
        text(&served, &["rule", "add", file.to_str().unwrap()]);
    }
    (0..3).for_each(|_| call(&["tencent.ClearEmbedToken", "ProjectId=117"]));
    text(&served, &["journal", "mark", "a test begins"]);
    served
}

/// The arguments of every reading verb that is held against the file.
fn readings(ids: &[String]) -> Vec<Vec<String>> {
    let fixed: &[&[&str]] = &[
        &["journal"],
        &["journal", "--json"],
        &["journal", "list", "--limit", "3", "--json"],
        &["journal", "list", "--vendor", "tencent", "--json"],
        &["journal", "list", "--code", "SignatureDoesNotMatch", "--json"],
        &["journal", "list", "--kind", "all", "--json"],
        &["journal", "list", "--kind", "rules,mark"],
        &["journal", "list", "--sandbox", "*", "--json"],
        &["verify", "--on", "alibaba.CreateTicket", "--sandbox", "*", "--json"],
        &["journal", "list", "--since", "4", "--action", "CreateTicket", "--json"],
        &["journal", "list", "--since", "2020-01-01T00:00:00Z"],
        &["explain"],
        &["verify", "--on", "alibaba.CreateTicket", "--json"],
        &["verify", "--on", "alibaba.CreateTicket", "--where", "WorksId=a206*", "--exactly", "1"],
        &["verify", "--on", "alibaba.CreateTicket", "--where", r"WorksId=a*\*", "--at-least", "1"],
        &["verify", "--on", "tencent.*", "--outcome", "lost", "--exactly", "1", "--json"],
        &["verify", "--on", "tencent.*", "--outcome", "scripted", "--exactly", "1"],
        &["verify", "--on", "tencent.*", "--code", "InternalError", "--never"],
        &["verify", "--on", "alibaba.visit", "--exactly", "5"],
        &["verify", "--on", "alibaba.DeleteTicket", "--never"],
        &["verify", "--on", "alibaba.CreateTickt"],
        &["journal", "show", "last"],
    ];
    let of_ids =
        ids.iter().flat_map(|id| [vec!["journal", "show", id], vec!["explain", id], vec!["explain", id, "--json"]]);
    let all = fixed.iter().map(|arguments| arguments.to_vec()).chain(of_ids);
    all.map(|arguments| arguments.iter().map(|word| (*word).to_owned()).collect()).collect()
}

/// What a verb says of a wrong question names the file's place for it, and an emulator's body; the rest is one text.
fn comparable((code, stdout, stderr): (Option<i32>, String, String)) -> (Option<i32>, String, bool) {
    (code, stdout, stderr.is_empty())
}

#[test]
fn what_was_written_out_answers_byte_for_byte_as_the_emulator_did() {
    let served = served();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.jsonl");
    let file = file.to_str().unwrap();
    let list: Value = serde_json::from_str(&text(&served, &["journal", "--json"])).unwrap();
    let ids: Vec<String> = list["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["request_id"].as_str().unwrap().to_owned())
        .collect();
    assert!(ids.len() > 15, "{}", ids.len());
    text(&served, &["journal", "export", file]);
    for reading in readings(&ids) {
        let arguments: Vec<&str> = reading.iter().map(String::as_str).collect();
        let living = comparable(run(&served, &arguments));
        let from = comparable(run(&served, &[&arguments[..], &["--from", file]].concat()));
        let wrong_word = arguments.contains(&"alibaba.CreateTickt");
        assert!(
            if wrong_word { living.1 == from.1 && from.0 != Some(0) } else { living == from },
            "{arguments:?}: {living:?} {from:?}"
        );
    }
    let written = fs::read_to_string(file).unwrap();
    for secret in [TENCENT_SECRET, ALIBABA_SECRET] {
        assert!(!written.contains(secret), "a secret got out");
    }
    // Every line is JSON by itself, and each call has what a tool needs to judge its client by.
    let mut lines = written.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    assert_eq!(lines.next().unwrap()["ticketbooth_journal"], 1);
    for line in lines {
        let Value::Object(_) = &line["entry"] else { continue };
        let entry = &line["entry"];
        assert!(entry["arrival"]["received"].as_str().unwrap().len() == "2026-01-05T00:00:00.000000Z".len(), "{entry}");
        assert!(entry["arrival"]["connection"].is_u64() && entry["delivery"]["kind"].is_string(), "{entry}");
        assert_eq!(entry["code"].is_null(), entry["class"].is_null(), "{entry}");
    }
}

#[test]
fn a_file_that_is_no_journal_is_refused_with_its_line_and_the_next_step() {
    let served = served();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let good = at("good");
    text(&served, &["journal", "export", &good]);
    let written = fs::read_to_string(&good).unwrap();
    let cut = &written[..written.len() - 20];
    let short: String = written.lines().take(3).map(|line| format!("{line}\n")).collect();
    for (name, content, place, help) in [
        ("empty", String::new(), ":1: the file is empty", "journal export"),
        ("text", "hello\n".to_owned(), ":1: this is not an exported journal", "journal export"),
        (
            "newer",
            written.replacen("\"ticketbooth_journal\":1", "\"ticketbooth_journal\":2", 1),
            "format 2 is not known",
            "version",
        ),
        ("cut", cut.to_owned(), &format!(":{}: this is not a journal entry", written.lines().count()), "cut off"),
        ("short", short, "are announced, and 2 are there", "cut off"),
    ] {
        let file = at(name);
        fs::write(&file, content).unwrap();
        let (code, stdout, stderr) = run(&served, &["journal", "--from", &file]);
        assert!(code == Some(2) && stdout.is_empty(), "{name}: {code:?} {stdout} {stderr}");
        assert!(stderr.contains(place) && stderr.contains(help), "{name}: {stderr}");
    }
    let (code, _, stderr) = run(&served, &["journal", "--from", &good, "--sandbox", "other"]);
    assert!(code == Some(2) && stderr.contains("only default"), "{stderr}");
    let (code, _, stderr) = run(&served, &["journal", "clear", "--from", &good]);
    assert!(code == Some(2) && stderr.contains("leave --from out"), "{stderr}");
    let (code, _, stderr) = run(&served, &["verify", "--on", "alibaba.*", "--within", "1s", "--from", &good]);
    assert!(code == Some(2) && stderr.contains("--within"), "{stderr}");
}

#[test]
fn exec_writes_the_journals_of_its_run() {
    let served = serve(&[]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("run.jsonl");
    let file = file.to_str().unwrap();
    let program = env!("CARGO_BIN_EXE_ticketbooth");
    let (code, _, stderr) =
        run(&served, &["exec", "--journal", file, "--", program, "call", "alibaba.CreateTicket", WORK]);
    assert_eq!(code, Some(0), "{stderr}");
    let explained = text(&served, &["explain", "--from", file]);
    assert!(explained.contains("issued: uses 1"), "{explained}");
    assert_eq!(run(&served, &["verify", "--from", file, "--on", "alibaba.CreateTicket", "--exactly", "1"]).0, Some(0));
    assert_eq!(run(&served, &["verify", "--from", file, "--on", "alibaba.CreateTicket", "--exactly", "2"]).0, Some(6));
}

/// Journals of sandboxes that are there no more are written out, too, also of several that had one name.
#[test]
fn what_happened_in_deleted_sandboxes_is_written_out() {
    let served = serve(&[]);
    let make = |work: &str| {
        let made: Value = serde_json::from_str(&text(&served, &["sandbox", "create", "booth", "--json"])).unwrap();
        let key = made["alibaba"]["access_key_id"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
        let secret = made["alibaba"]["access_key_secret"].as_str().unwrap().to_owned();
        let works = format!("WorksId={work}");
        assert_eq!(
            run(&served, &["call", "alibaba.CreateTicket", &works, "--key", &key, "--secret", &secret]).0,
            Some(0)
        );
        text(&served, &["sandbox", "delete", "booth"]);
    };
    make("first");
    make("second");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.jsonl");
    let file = file.to_str().unwrap();
    text(&served, &["journal", "export", file]);
    let written = fs::read_to_string(file).unwrap();
    let header: Value = serde_json::from_str(written.lines().next().unwrap()).unwrap();
    let ids: Vec<(&str, bool)> = header["sandboxes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["id"].as_str().unwrap(), one["deleted"].as_bool().unwrap()))
        .collect();
    assert_eq!(ids, [("booth", true), ("booth", true), ("default", false)]);
    assert_eq!(written.lines().count(), 3);
    // The name stands for the one that left last, as it does at the emulator.
    let of_booth =
        ["verify", "--sandbox", "booth", "--on", "alibaba.CreateTicket", "--where", "WorksId=second", "--exactly", "1"];
    assert_eq!(run(&served, &of_booth).0, Some(0));
    assert_eq!(run(&served, &[&of_booth[..], &["--from", file]].concat()).0, Some(0));
}

/// The calls of sandboxes whose journals had to go are counted all the same, and the file says that they are missing.
#[test]
fn what_deleted_sandboxes_lost_is_counted_and_told() {
    let served = serve(&["--journal-entries", "2", "--auth", "off"]);
    for number in 0..4 {
        let name = format!("test-{number}");
        let made: Value = serde_json::from_str(&text(&served, &["sandbox", "create", &name, "--json"])).unwrap();
        let key = made["alibaba"]["access_key_id"].as_str().unwrap();
        run(&served, &["call", "alibaba.CreateTicket", WORK, "--key", key, "--secret", "x"]);
        text(&served, &["sandbox", "delete", &name]);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.jsonl");
    let file = file.to_str().unwrap();
    text(&served, &["journal", "export", file]);
    let header: Value = serde_json::from_str(fs::read_to_string(file).unwrap().lines().next().unwrap()).unwrap();
    let lost = &header["sandboxes"][0];
    assert_eq!(
        (&lost["id"], &lost["total"], &lost["dropped"]),
        (&json!("*deleted*"), &json!(2), &json!(2)),
        "{header}"
    );
    for from in [&[][..], &["--from", file]] {
        let verify = |more: &[&str]| {
            let asked = ["verify", "--sandbox", "*", "--on", "alibaba.CreateTicket"];
            run(&served, &[&asked[..], more, from].concat()).0
        };
        assert_eq!(verify(&["--exactly", "4"]), Some(0), "{from:?}");
        assert_eq!(verify(&["--where", "WorksId=a206*", "--exactly", "2"]), Some(4), "{from:?}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

/// A sandbox that is made again draws the ids of the first one again; the number tells such calls apart.
#[test]
fn a_call_is_found_by_its_number_where_ids_repeat() {
    let served = serve(&[]);
    let folder = tempfile::tempdir().unwrap();
    let snapshot = folder.path().join("snapshot.json");
    let snapshot = snapshot.to_str().unwrap();
    text(&served, &["snapshot", "save", snapshot]);
    run(&served, &["call", "alibaba.CreateTicket", WORK]);
    text(&served, &["snapshot", "load", snapshot]);
    run(&served, &["call", "alibaba.CreateTicket", "WorksId=nope"]);
    let shown = |id: &str| -> Value { serde_json::from_str(&text(&served, &["journal", "show", id])).unwrap() };
    let (first, second) = (shown("1"), shown("2"));
    assert_eq!(first["request_id"], second["request_id"]);
    assert_eq!((&first["outcome"], &second["outcome"]), (&json!("success"), &json!("refused")));
    assert_eq!(shown(first["request_id"].as_str().unwrap()), second);
}
