//! What lists look like on terminals of two widths, in a pipe, and as CSV; and the help of every verb.
//!
//! `BLESS=1 cargo test --test it tables` writes tests/golden/tables and tests/golden/help.txt anew.

use std::fs;
use std::process::Command;

use serde_json::Value;
use ticketbooth::cli::command_tree;
use ticketbooth::cli::remote::terminal_hint;
use unicode_width::UnicodeWidthStr as _;

use crate::harness::{Process, finish, ticketbooth};
use crate::kit::{read, repository};
use crate::laws::answers::renewed;
use crate::remote::{run, serve, text};

const WORK: &str = "WorksId=a206f5f3-0000-4000-8000-e9b17c835b03";
const BUSY: &str = "{ id: busy, on: alibaba.CreateTicket, where: { WorksId: 'a206*' }, calls: { after: 9 }, then: { error: Throttling.User } }";

/// An emulator of a fixed seed and clock with something in every list.
fn filled() -> Process {
    let served = serve(&["--seed", "7", "--auth", "off"]);
    for uses in ["1", "99999"] {
        assert_eq!(run(&served, &["call", "alibaba.CreateTicket", WORK, &format!("TicketNum={uses}")]).0, Some(0));
    }
    assert_eq!(
        run(&served, &["call", "tencent.CreateEmbedToken", "ProjectId=117", "PageId=11520", "Scope=page"]).0,
        Some(0)
    );
    let rule = tempfile::NamedTempFile::with_suffix(".yaml").unwrap();
    fs::write(rule.path(), BUSY).unwrap();
    assert_eq!(run(&served, &["rule", "add", rule.path().to_str().unwrap()]).0, Some(0));
    assert_eq!(run(&served, &["sandbox", "create", "测试-is-no-name"]).0, Some(1), "a name is of ASCII");
    assert_eq!(run(&served, &["sandbox", "create", "a-sandbox-of-a-test-with-a-long-name"]).0, Some(0));
    served
}

/// The verb on a terminal of so many columns.
fn on_terminal(served: &Process, arguments: &[&str], columns: usize) -> String {
    let program = env!("CARGO_BIN_EXE_ticketbooth");
    let line = format!("stty cols {columns} rows 50; exec {program} {} --url {}", arguments.join(" "), served.url());
    let mut script = Command::new("script");
    script.args(["-qec", &line, "/dev/null"]).env_remove("COLUMNS").env("SHELL", "/bin/sh").env("TERM", "xterm");
    for name in ["TICKETBOOTH_URL", "TICKETBOOTH_SANDBOX", "TICKETBOOTH_ADMIN_TOKEN"] {
        script.env_remove(name);
    }
    let done = script.stdin(std::process::Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {done:?}");
    String::from_utf8(done.stdout).unwrap().replace("\r\n", "\n")
}

const LISTS: &[(&str, &[&str])] =
    &[("ticket", &["ticket"]), ("rule", &["rule"]), ("sandbox", &["sandbox"]), ("assumptions", &["assumptions"])];

#[test]
#[cfg(target_os = "linux")]
fn lists_fit_the_terminal_that_they_are_shown_on() {
    let served = filled();
    for columns in [80, 120] {
        let mut told = String::new();
        for (name, arguments) in LISTS {
            let shown = on_terminal(&served, arguments, columns);
            assert!(shown.lines().all(|line| line.width() <= columns), "{columns}:\n{shown}");
            told.push_str(&format!("==== {name}\n{shown}\n"));
        }
        for what in [
            "codes alibaba.DeleteTicket",
            "codes tencent.visit",
            "actions tencent.ApplyEmbedInterval",
            "codes --assumptions tencent",
        ] {
            let program = format!("stty cols {columns} rows 50; exec {} {what}", env!("CARGO_BIN_EXE_ticketbooth"));
            let done = Command::new("script")
                .args(["-qec", &program, "/dev/null"])
                .env_remove("COLUMNS")
                .env("SHELL", "/bin/sh")
                .stdin(std::process::Stdio::null())
                .output()
                .unwrap();
            let shown = String::from_utf8(done.stdout).unwrap().replace("\r\n", "\n");
            let table = shown.lines().filter(|line| !line.contains(": "));
            assert!(table.clone().all(|line| line.width() <= columns), "{columns}:\n{shown}");
            told.push_str(&format!("==== {what}\n{shown}\n"));
        }
        renewed(&format!("tables/{columns}.txt"), &told);
        // The ids of the calls differ in nothing; their times do.
        let journal = on_terminal(&served, &["journal", "--limit", "2"], columns);
        let id = served_request(&served);
        assert!(journal.contains(&id) && journal.lines().all(|line| line.width() <= columns), "{journal}");
    }
}

fn served_request(served: &Process) -> String {
    let list: Value = serde_json::from_str(&text(served, &["journal", "--limit", "1", "--json"])).unwrap();
    list["entries"][0]["request_id"].as_str().unwrap().to_owned()
}

#[test]
fn in_a_pipe_a_row_is_a_line_and_nothing_is_padded() {
    let served = filled();
    let mut told = String::new();
    for (name, arguments) in LISTS {
        let plain = text(&served, arguments);
        assert!(!plain.contains("  "), "{plain}");
        let csv = text(&served, &[*arguments, &["--output", "csv"]].concat());
        told.push_str(&format!("==== {name}\n{plain}\n==== {name} as CSV\n{}\n", csv.replace("\r\n", "\n")));
        let json: Value = serde_json::from_str(&text(&served, &[*arguments, &["--output", "json"]].concat())).unwrap();
        assert!(json.is_object());
    }
    renewed("tables/pipe.txt", &told);
    let journal = text(&served, &["journal", "--limit", "2", "--output", "csv"]);
    assert_eq!(journal.lines().count(), 3, "{journal}");
    for verb in [
        &["codes", "--output", "csv"][..],
        &["actions", "--output", "csv"],
        &["codes", "--assumptions", "--output", "csv"],
    ] {
        let (code, csv, _) = finish(ticketbooth(verb));
        let titles = csv.lines().next().unwrap().split(',').count();
        assert!(code == Some(0) && titles >= 7 && csv.lines().count() > 20, "{verb:?}");
    }
    let (code, _, complaint) = run(&served, &["clock", "--output", "csv"]);
    assert!(code == Some(2) && complaint.contains("only a list"), "{complaint}");
}

#[test]
fn help_is_told_as_it_was_written_down() {
    let mut told = String::new();
    fn tell(command: &mut clap::Command, path: &str, told: &mut String) {
        let help = command.clone().term_width(80).render_long_help().to_string();
        told.push_str(&format!("==== {path}\n{}\n\n", help.trim_end()));
        let inner: Vec<String> = command.get_subcommands().map(|one| one.get_name().to_owned()).collect();
        for name in inner.iter().filter(|name| *name != "help") {
            tell(command.find_subcommand_mut(name).unwrap(), &format!("{path} {name}"), told);
        }
    }
    let mut tree = command_tree();
    tree.build();
    tell(&mut tree, "ticketbooth", &mut told);
    renewed("help.txt", &told);
}

#[test]
fn a_hint_at_a_terminal_names_verbs_and_no_requests() {
    let served = serve(&[]);
    for (arguments, verb) in [
        (&["ticket", "show", "nothing"][..], "`ticketbooth ticket`"),
        (&["rule", "delete", "nothing"], "`ticketbooth rule`"),
        (&["sandbox", "delete", "default"], "`ticketbooth reset`"),
        (&["journal", "--sandbox", "nothing"], "`ticketbooth sandbox`"),
        (&["scenario", "verify"], "`ticketbooth scenario play FILE`"),
    ] {
        let (code, _, complaint) = run(&served, arguments);
        assert!(code != Some(0) && complaint.contains(verb), "{arguments:?}: {complaint}");
        assert!(!complaint.contains("_ticketbooth"), "{arguments:?}: {complaint}");
    }
    // Every request that a hint of the admin API names has a verb.
    for file in fs::read_dir(repository("src/admin")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        if !name.ends_with(".rs") || name == "openapi.rs" || name == "endpoints.rs" {
            continue;
        }
        for line in read(&format!("src/admin/{name}")).lines().filter(|line| !line.trim_start().starts_with("//")) {
            let hint = line.split('"').nth(1).unwrap_or("");
            let names_one =
                ["GET /", "POST /", "PUT /", "DELETE /", "PATCH /"].iter().any(|start| hint.contains(start));
            assert!(!names_one || !terminal_hint(hint).contains("/_ticketbooth"), "{name}: {hint}");
            assert!(!hint.contains("`ticketbooth "), "{name}: an answer over HTTP names a verb: {hint}");
        }
    }
}

#[test]
fn a_link_is_visited_and_its_verdict_is_the_exit_code() {
    let served = serve(&["--auth", "off"]);
    let made: Value = serde_json::from_str(&run(&served, &["call", "alibaba.CreateTicket", WORK]).1).unwrap();
    let ticket = made["Result"].as_str().unwrap();
    let path = format!("/token3rd/dashboard/view/pc.htm?pageId={}&accessTicket={ticket}", &WORK["WorksId=".len()..]);
    let visit = |arguments: &[&str]| run(&served, &[&["visit"], arguments].concat());
    assert_eq!(visit(&[&path, "--look"]).0, Some(0), "a look takes no use");
    assert_eq!(visit(&[&path, "--look"]).1.trim(), "admitted");
    let whole = format!("{}{path}", served.url());
    let (code, shown, _) = finish(ticketbooth(&["visit", &whole]));
    assert_eq!((code, shown.trim()), (Some(0), "admitted"), "a whole link names its emulator");
    let (code, shown, complaint) = visit(&[&path]);
    assert_eq!((code, shown.trim()), (Some(6), "refused: used-up"), "{complaint}");
    let request = complaint.split("explain ").nth(1).unwrap().split(' ').next().unwrap();
    assert!(text(&served, &["explain", request]).contains("Every use of the ticket was taken"));
    let json: Value = serde_json::from_str(&visit(&[&path, "--json"]).1).unwrap();
    assert_eq!((&json["verdict"], &json["refusal"]), (&"refused".into(), &"used-up".into()));
    assert_eq!(visit(&["/nothing"]).0, Some(1));
    assert_eq!(visit(&["ftp://127.0.0.1:1/token3rd/x"]).0, Some(2));
}

#[test]
fn a_call_is_made_in_the_sandbox_that_is_named() {
    let served = serve(&[]);
    assert_eq!(run(&served, &["sandbox", "create", "mine"]).0, Some(0));
    let count = |sandbox: &str| {
        let list: Value = serde_json::from_str(&text(&served, &["ticket", "--sandbox", sandbox, "--json"])).unwrap();
        list["total"].as_u64().unwrap()
    };
    assert_eq!(run(&served, &["call", "alibaba.CreateTicket", WORK, "--sandbox", "mine"]).0, Some(0));
    assert_eq!((count("mine"), count("default")), (1, 0));
    assert_eq!(run(&served, &["call", "alibaba.CreateTicket", WORK]).0, Some(0));
    assert_eq!((count("mine"), count("default")), (1, 1));
    assert_ne!(run(&served, &["call", "alibaba.CreateTicket", WORK, "--sandbox", "nothing"]).0, Some(0));
    for name in [".", "..", "..."] {
        assert_ne!(run(&served, &["sandbox", "create", name]).0, Some(0), "{name}");
    }
}

#[test]
fn the_emulator_is_named_by_its_port_its_address_or_its_url() {
    let served = serve(&[]);
    let url = served.url();
    let endpoint = url.strip_prefix("http://").unwrap().to_owned();
    let port = endpoint.rsplit_once(':').unwrap().1.to_owned();
    for flags in [["--port", &port], ["--url", &endpoint], ["--url", url]] {
        for verb in ["clock", "journal", "wait", "env", "rule"] {
            let (code, _, complaint) = finish(ticketbooth(&[verb, flags[0], flags[1]]));
            assert_eq!(code, Some(0), "{verb} {flags:?}: {complaint}");
        }
    }
    let (code, _, complaint) = finish(ticketbooth(&["clock", "--url", "ftp://127.0.0.1:1"]));
    assert!(code == Some(2) && complaint.contains("speaks http and https"), "{complaint}");
    let (code, _, complaint) = finish(ticketbooth(&["clock", "--url", "https://127.0.0.1:1"]));
    assert!(code == Some(3) && complaint.contains("TICKETBOOTH_CA"), "{complaint}");
}

#[test]
fn a_code_a_text_and_a_kind_of_refusal_are_looked_up() {
    for (wanted, code) in [
        ("SignatureDoesNotMatch", "SignatureDoesNotMatch"),
        ("authorize3rdticket.num.hasnoleft", "Authorize3rdTicket.Num.HasNoLeft"),
        ("AE0130010026", "Authorize3rdTicket.Num.HasNoLeft"),
        ("used-up", "Authorize3rdTicket.Num.HasNoLeft"),
        ("AuthFailure.SignatureFailure", "AuthFailure.SignatureFailure"),
    ] {
        let (status, shown, complaint) = finish(ticketbooth(&["codes", wanted]));
        assert!(status == Some(0) && shown.contains(code), "{wanted}: {shown}{complaint}");
        assert!(shown.lines().count() < 12, "{wanted}: {shown}");
    }
    assert_eq!(finish(ticketbooth(&["codes", "NoSuchCode"])).0, Some(2));
}
