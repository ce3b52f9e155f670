//! The verbs that read the journal: `journal`, `verify` and `explain`.

use serde_json::Value;

use crate::harness::Process;
use crate::remote::{run, serve, text};

const WORK: &str = "WorksId=a206f5f3-0000-4000-8000-e9b17c835b03";

/// An emulator that has answered one call well and refused another.
fn served() -> Process {
    let served = serve(&[]);
    assert_eq!(run(&served, &["call", "alibaba.CreateTicket", WORK]).0, Some(0));
    assert_eq!(run(&served, &["call", "alibaba.CreateTicket", WORK, "--secret", "wrong"]).0, Some(0));
    served
}

#[test]
fn the_journal_is_listed_shown_and_cleared() {
    let served = served();
    let list = text(&served, &["journal"]);
    assert!(list.contains("CreateTicket") && list.contains("SignatureDoesNotMatch"), "{list}");
    let found: Value = serde_json::from_str(&text(&served, &["journal", "list", "--limit", "1", "--json"])).unwrap();
    let entries = found["entries"].as_array().unwrap();
    assert_eq!((entries.len(), entries[0]["code"].as_str()), (1, Some("SignatureDoesNotMatch")));
    let id = entries[0]["request_id"].as_str().unwrap();
    let one: Value = serde_json::from_str(&text(&served, &["journal", "show", id])).unwrap();
    assert_eq!(one["request_id"], id);
    text(&served, &["journal", "clear"]);
    let empty: Value = serde_json::from_str(&text(&served, &["journal", "--json"])).unwrap();
    assert_eq!(empty["entries"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_verdict_is_an_exit_code() {
    let served = served();
    let on = ["verify", "--on", "alibaba.CreateTicket"];
    let cases: [(&[&str], i32); 6] = [
        (&["--exactly", "2"], 0),
        (&["--where", "WorksId=a206*", "--at-least", "1", "--at-most", "2"], 0),
        (&["--code", "SignatureDoesNotMatch", "--exactly", "1"], 0),
        (&["--exactly", "3"], 6),
        (&["--never"], 6),
        (&["--exactly", "3", "--within", "200ms"], 6),
    ];
    for (flags, expected) in cases {
        let (code, stdout, stderr) = run(&served, &[&on, flags].concat());
        assert_eq!(code, Some(expected), "{flags:?}: {stdout} {stderr}");
    }
}

#[test]
fn the_last_call_is_explained_with_what_to_change() {
    let served = served();
    let explained = text(&served, &["explain"]);
    assert!(explained.contains("SignatureDoesNotMatch") && explained.contains("signature"), "{explained}");
    let data: Value = serde_json::from_str(&text(&served, &["explain", "--json"])).unwrap();
    let id = data["request_id"].as_str().unwrap();
    assert_eq!(text(&served, &["explain", id]), explained);
}

#[test]
fn a_mistake_in_signing_is_named_with_what_to_change() {
    let served = serve(&[]);
    let secret = "localtestsecret000000000000000\n";
    assert_eq!(run(&served, &["call", "alibaba.CreateTicket", WORK, "--secret", secret]).0, Some(0));
    let explained = text(&served, &["explain"]);
    for part in ["wrong   The secret was used with a line break at its end.", "change  Trim the secret"] {
        assert!(explained.contains(part), "{part}: {explained}");
    }
}
