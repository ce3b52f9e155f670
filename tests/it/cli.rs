//! The command line as a program: exit codes, streams, signals.

use std::io::{BufRead, BufReader, Read, Write as _};
use std::net::TcpListener;
use std::process::Stdio;

use serde_json::Value;

use crate::harness::{Process, finish, ticketbooth};

/// Exit code, stdout and stderr of a run that ends by itself.
fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    finish(ticketbooth(arguments))
}

fn start(arguments: &[&str]) -> Process {
    Process::start(arguments)
}

#[test]
fn the_first_and_only_line_on_stdout_is_the_ready_line() {
    let running = start(&[]);
    assert!(running.ready.starts_with("ticketbooth ready on http://127.0.0.1:"), "{}", running.ready);
    let (status, rest) = running.end("-TERM");
    assert_eq!((status.code(), rest.as_str()), (Some(0), ""));
}

#[test]
fn an_interrupt_ends_it_as_well() {
    let (status, _) = start(&[]).end("-INT");
    assert_eq!(status.code(), Some(0));
}

#[test]
fn the_ready_file_and_the_json_ready_line_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ready.json");
    let running = start(&["--output", "json", "--ready-file", file.to_str().unwrap()]);
    let line: Value = serde_json::from_str(&running.ready).unwrap();
    let written: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(line, written);
    assert!(line["http"].as_str().unwrap().starts_with("http://127.0.0.1:"), "{line}");
    assert_eq!(line["pid"], running.id());
    assert_eq!(line["version"], "0.1.0");
    assert_eq!(line.as_object().unwrap().len(), 3);
    assert_eq!(running.end("-TERM").0.code(), Some(0));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "something was left behind");
}

#[test]
fn an_address_of_every_interface_is_told_as_one_that_answers() {
    for (listen, host) in [("0.0.0.0:0", "127.0.0.1"), ("[::]:0", "[::1]")] {
        if listen.starts_with('[') && TcpListener::bind("[::1]:0").is_err() {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ready.json");
        let running = start(&["--listen", listen, "--admin-token", "canary", "--ready-file", file.to_str().unwrap()]);
        assert!(running.url().starts_with(&format!("http://{host}:")), "{}", running.ready);
        let written: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        assert_eq!(written["http"], running.url());
        let port = running.authority().rsplit_once(':').unwrap().1;
        let named = format!("http://{}:{port}", listen.rsplit_once(':').unwrap().0);
        for url in [running.url(), &named] {
            let (code, _, stderr) = run(&["wait", "--url", url]);
            assert_eq!(code, Some(0), "{url}: {stderr}");
        }
        let (_, stdout, _) = run(&["env", "--url", &named]);
        assert!(stdout.contains(&format!("TICKETBOOTH_URL={}", running.url())) || host == "[::1]", "{stdout}");
    }
}

#[test]
fn a_ready_file_that_was_left_behind_is_gone_before_the_port_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ready.json");
    let name = file.to_str().unwrap();
    // The port is taken, so the emulator never becomes ready, and nobody may believe that it is.
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = holder.local_addr().unwrap().to_string();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for stale in [format!("{{\"http\":\"http://{free}\",\"pid\":1}}\n"), "half of a li".to_owned(), String::new()] {
        std::fs::write(&file, stale).unwrap();
        assert_eq!(run(&["--listen", &taken, "--ready-file", name]).0, Some(3));
        assert!(!file.exists());
    }
    // That of an emulator which is there stays.
    let running = start(&["--ready-file", name]);
    assert_eq!(run(&["--listen", &taken, "--ready-file", name]).0, Some(3));
    assert!(std::fs::read_to_string(&file).unwrap().contains(running.url()));
}

#[test]
fn the_verb_and_the_environment_say_the_same_as_the_flags() {
    let mut command = ticketbooth(&["serve"]);
    command.env("TICKETBOOTH_LISTEN", "localhost:0").env("TICKETBOOTH_SEED", "random");
    let running = Process::of(command);
    assert!(running.url().starts_with("http://127.0.0.1:"), "{}", running.ready);
}

#[test]
fn a_reader_that_is_gone_does_not_stop_the_emulator() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ready.json");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let arguments = ["--listen", "127.0.0.1:0", "--ready-file", file.to_str().unwrap()];
    let mut child = ticketbooth(&arguments).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(log.any(|line| line.unwrap().contains("try: ticketbooth env --sdk tencent-python")));
    let written: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let (code, _, stderr) = run(&["wait", "--url", written["http"].as_str().unwrap()]);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(code, Some(0), "{stderr}");
}

/// The test kits hold the other end, which closes however they end.
#[test]
fn the_emulator_of_a_test_kit_ends_with_its_stdin() {
    let mut command = ticketbooth(&["serve", "--listen", "127.0.0.1:0", "--until-stdin-closes"]);
    let streams = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = streams.spawn().unwrap();
    let mut ready = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut ready).unwrap();
    let url = ready.trim_end().strip_prefix("ticketbooth ready on ").expect("it is ready");
    assert_eq!(run(&["wait", "--url", url]).0, Some(0), "it serves as long as stdin is open");
    drop(child.stdin.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_list_that_nobody_reads_to_its_end_is_no_error() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert_eq!(ticketbooth(&["env"]).stdout(writer).status().unwrap().code(), Some(0));
}

#[test]
fn a_port_that_is_taken_is_named_with_the_way_out() {
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = holder.local_addr().unwrap().to_string();
    let (code, stdout, stderr) = run(&["--listen", &address, "--log", "off"]);
    assert_eq!((code, stdout.as_str()), (Some(3), ""));
    assert!(stderr.contains(&format!("{address} is already in use")), "{stderr}");
    assert!(stderr.contains("--listen 127.0.0.1:0"), "{stderr}");
}

#[test]
fn wrong_arguments_are_usage_errors() {
    let wrong: &[&[&str]] = &[
        &["--no-such-flag"],
        &["serve", "--clock", "sometimes"],
        &["--listen", "4240x"],
        &["--listen", "0.0.0.0:0"],
        &["--seed", "many"],
        &["--auth", "strictly"],
        &["--world", "no/such/file.yaml"],
        &["actions", "tencnt"],
        &["env", "--sdk", "tencent-pythn"],
        &["wait", "--url", "ftp://example.com"],
        &["nonsense"],
    ];
    for arguments in wrong {
        let (code, stdout, stderr) = run(arguments);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{arguments:?}: {stderr}");
        assert!(stderr.starts_with("error: "), "{arguments:?}: {stderr}");
    }
}

#[test]
fn help_and_version_are_answers() {
    let (code, stdout, _) = run(&["--version"]);
    assert_eq!((code, stdout.as_str()), (Some(0), "ticketbooth 0.1.0\n"));
    let (code, stdout, _) = run(&["--help"]);
    assert!(code == Some(0) && stdout.contains("serve"), "{stdout}");
}

#[test]
fn the_environment_of_a_client_names_the_emulator_and_the_keys() {
    let (code, stdout, _) = run(&["env", "--url", "http://127.0.0.1:9"]);
    assert_eq!(code, Some(0));
    for line in [
        "export TICKETBOOTH_URL=http://127.0.0.1:9",
        "export TICKETBOOTH_ENDPOINT=127.0.0.1:9",
        "export TENCENTCLOUD_SECRET_ID=AKIDlocaltest0000000000000000000000",
        "export ALIBABA_CLOUD_ACCESS_KEY_SECRET=localtestsecret000000000000000",
    ] {
        assert!(stdout.lines().any(|printed| printed == line), "{line} is not in {stdout}");
    }
}

#[test]
fn a_snippet_points_at_the_emulator_that_is_asked_for() {
    let (code, stdout, _) = run(&["env", "--sdk", "tencent-python", "--url", "http://127.0.0.1:9"]);
    assert_eq!(code, Some(0));
    assert!(stdout.contains("127.0.0.1:9") && !stdout.contains("127.0.0.1:4240"), "{stdout}");
}

#[test]
fn waiting_for_nobody_ends_with_its_own_exit_code() {
    // Bound and not listened to by HTTP: the port is ours, so nobody else can answer on it.
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", holder.local_addr().unwrap());
    let (code, _, stderr) = run(&["wait", "--url", &url, "--timeout", "100ms"]);
    assert_eq!(code, Some(3), "{stderr}");
}

#[test]
fn the_catalogue_is_data_on_request() {
    for (arguments, key) in [
        (["actions", "--json"].as_slice(), "actions"),
        (&["codes", "--json"], "codes"),
        (&["codes", "--assumptions", "--json"], "assumptions"),
    ] {
        let (code, stdout, stderr) = run(arguments);
        let printed: Value = serde_json::from_str(&stdout).unwrap();
        assert!(code == Some(0) && printed[key].is_array(), "{arguments:?}: {stderr}");
    }
}

#[test]
fn the_codes_stand_in_chapters_with_what_provokes_them() {
    let (code, stdout, stderr) = run(&["codes"]);
    assert_eq!(code, Some(0), "{stderr}");
    let heads: Vec<&str> = stdout.split("\n\n").filter(|piece| !piece.contains('\n')).collect();
    let named: Vec<&str> = heads.iter().map(|head| head.split([':', ',']).next().unwrap().trim()).collect();
    let mut chapters = Vec::new();
    for vendor in ticketbooth::cloud::vendors() {
        chapters.push(vendor.name.to_owned());
        let mut actions: Vec<&str> = vendor.catalog.actions.iter().map(|action| action.name).collect();
        // An action has a row for each of its versions.
        actions.dedup();
        chapters.extend(actions.into_iter().chain(["visit"]).map(|name| format!("{}.{name}", vendor.name)));
    }
    assert_eq!(named, chapters);

    let (_, stdout, _) = run(&["codes", "alibaba.DelayTicketExpireTime"]);
    let line = |code: &str| {
        stdout.lines().map(str::trim).find(|line| line.starts_with(code)).unwrap_or_else(|| panic!("{stdout}"))
    };
    assert!(line("MissingVersion").contains("a request: ticketbooth call"), "{stdout}");
    assert!(line("Instance.Expired").contains("a thing of the world: ticketbooth call"), "{stdout}");
    assert!(line("Authorize3rdTicket.Num.HasNoLeft").contains("the switch assume:"), "{stdout}");
    assert!(line("Internal.System.Error").contains("only a rule"), "{stdout}");
    assert!(!stdout.contains("Report.NotExist"), "{stdout}");
}

#[test]
fn a_call_is_signed_and_its_answer_printed_whatever_it_is() {
    let running = start(&["--log", "error"]);
    let url = running.url().to_owned();
    let work = "WorksId=a206f5f3-0000-4000-8000-e9b17c835b03";
    for (arguments, status, code) in [
        (vec!["alibaba.CreateTicket", work], "HTTP 200", Value::Null),
        (vec!["alibaba.CreateTicket", work, "--older", "--twice"], "HTTP 400", "SignatureNonceUsed".into()),
        (vec!["alibaba.CreateTicket", "WorksId=embedding-off"], "HTTP 400", "Authorize3Rd.Report.Unauthorized".into()),
        (vec!["alibaba.DeleteTicket", "Ticket=$revoked"], "HTTP 400", "Authorize3rdTicket.NotExist".into()),
    ] {
        let (exit, stdout, stderr) = run(&[&["call", "--url", &url][..], &arguments].concat());
        let body: Value = serde_json::from_str(&stdout).unwrap();
        assert_eq!((exit, stderr.trim_end(), &body["Code"]), (Some(0), status, &code), "{arguments:?}");
    }
    running.end("-TERM");
    let (exit, _, stderr) = run(&["call", "tencent.CreateEmbedToken", "ProjectId=117", "--url", &url]);
    assert_eq!(exit, Some(3), "{stderr}");
}

/// The pipe is full before the emulator begins, so even its ready line waits for a reader.
#[test]
fn a_stdout_that_is_full_holds_up_no_call_and_no_end() {
    let (unread, mut full) = std::io::pipe().unwrap();
    let filled = full.try_clone().unwrap();
    let filler = std::thread::spawn(move || while full.write_all(&[b'x'; 4096]).is_ok() {});
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ready");
    let mut command = ticketbooth(&["--listen", "127.0.0.1:0", "--ready-file", file.to_str().unwrap()]);
    let mut child = command.stdout(filled).stderr(Stdio::null()).spawn().unwrap();
    let ready = loop {
        match std::fs::read_to_string(&file) {
            Ok(text) => break serde_json::from_str::<serde_json::Value>(&text).unwrap(),
            Err(_) => std::thread::yield_now(),
        }
    };
    let authority = ready["http"].as_str().unwrap().strip_prefix("http://").unwrap();
    let mut stream = std::net::TcpStream::connect(authority).unwrap();
    stream.write_all(format!("GET /_ticketbooth/health HTTP/1.0\r\nHost: {authority}\r\n\r\n").as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.0 200") || answer.starts_with("HTTP/1.1 200"), "{answer}");
    std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(child.wait().unwrap().success());
    drop(unread);
    filler.join().unwrap();
}

/// A pipe holds 64 KiB, which these lines are many times over.
#[test]
fn a_stderr_that_nobody_reads_holds_up_no_call_and_no_end() {
    const CALLS: usize = 3_000;
    let running = Process::start_with_log(&["--log", "trace"]);
    let authority = running.url().strip_prefix("http://").unwrap().to_owned();
    let mut stream = std::net::TcpStream::connect(&authority).unwrap();
    let visit = format!("HEAD /token3rd/dashboard/view/pc.htm?accessTicket=x HTTP/1.1\r\nHost: {authority}\r\n\r\n");
    for _ in 0..CALLS {
        stream.write_all(visit.as_bytes()).unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            let mut byte = [0; 1];
            assert_eq!(stream.read(&mut byte).unwrap(), 1);
            answer.push(byte[0]);
        }
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    }
    let (status, _) = running.end("-TERM");
    assert!(status.success(), "{status}");
}

#[test]
fn a_refused_call_has_a_line_that_leads_to_its_explanation() {
    let mut running = Process::start_with_log(&["--log-format", "json"]);
    let url = running.url().to_owned();
    let call = |secret: &str| {
        let mut command = ticketbooth(&["call", "alibaba.CreateTicket", "WorksId=a", "--secret", secret]);
        command.env("TICKETBOOTH_URL", &url);
        serde_json::from_str::<Value>(&finish(command).1).unwrap()
    };
    let refused = call("wrong");
    let log = running.log.as_mut().unwrap();
    let line = std::iter::repeat_with(|| {
        let mut line = String::new();
        log.read_line(&mut line).unwrap();
        serde_json::from_str::<Value>(&line).unwrap()
    })
    .find(|line| line["code"].is_string())
    .unwrap();
    assert_eq!((&line["level"], &line["code"]), (&"INFO".into(), &"SignatureDoesNotMatch".into()));
    assert_eq!((&line["vendor"], &line["action"]), (&"alibaba".into(), &"CreateTicket".into()));
    assert_eq!((&line["request_id"], &line["sandbox"]), (&refused["RequestId"], &"default".into()));
    assert!(line["ms"].is_number() && line["status"] == 400, "{line}");
}
