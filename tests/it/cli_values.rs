//! What flags take, and what the parser makes of whole command lines.

use std::time::Duration;

use ticketbooth::cli::values::{BaseUrl, Token, parse_duration, parse_host, parse_size};

use crate::harness::ticketbooth;

#[test]
fn host_and_port_are_taken_from_a_url() {
    let endpoint = |text: &str| text.parse::<BaseUrl>().map(|url| url.endpoint);
    for (text, expected) in [
        ("http://127.0.0.1:4240/", "127.0.0.1:4240"),
        ("http://[::1]:9", "[::1]:9"),
        ("http://[::1]", "[::1]:80"),
        ("http://ticketbooth", "ticketbooth:80"),
        ("https://ticketbooth", "ticketbooth:443"),
        ("https://[::1]:9/", "[::1]:9"),
        ("127.0.0.1:4240", "127.0.0.1:4240"),
    ] {
        assert_eq!(endpoint(text).as_deref(), Ok(expected));
    }
    for text in ["", "ftp://h:1", "http://", "http://h:port", "http://h:1/path", "http://a'b:1"] {
        assert!(endpoint(text).is_err(), "{text} was taken");
    }
}

#[test]
fn a_token_is_sent_and_never_shown() {
    let token: Token = "the-token".parse().unwrap();
    assert_eq!((token.read_token().ok(), format!("{token:?}")), (Some("the-token"), "Token".to_owned()));
    for unfit in ["", "two words", "line\r\nend", "令牌"] {
        let refused = unfit.parse::<Token>().unwrap().read_token().map(str::to_owned).unwrap_err();
        assert_eq!(refused.exit_code(), 2);
        assert!(unfit.is_empty() || !format!("{refused:?}").contains(unfit), "{refused:?}");
    }
}

#[test]
fn sizes_durations_and_hosts_are_read_as_people_write_them() {
    assert_eq!(
        ["4096", "16MiB", "2 k", "500kB", "1g", "7b"].map(|text| parse_size(text).unwrap()),
        [4096, 16 << 20, 2048, 500_000, 1 << 30, 7]
    );
    assert!(["", "MiB", "-1", "1.5MiB", "16 apples", "99999999999GiB"].iter().all(|text| parse_size(text).is_err()));
    assert_eq!(
        ["30", "500ms", "2m"].map(parse_duration),
        [Duration::from_secs(30), Duration::from_millis(500), Duration::from_secs(120)].map(Ok)
    );
    assert!(["-1s", "soon"].iter().all(|text| parse_duration(text).is_err()));
    assert_eq!(
        (parse_host("Booth.Test").as_deref(), parse_host("[fe80::1]").as_deref()),
        (Ok("booth.test"), Ok("fe80::1"))
    );
    assert!(["", "http://booth", "booth:4240", "a b"].iter().all(|text| parse_host(text).is_err()));
}

/// What the program answers to these arguments: its exit code, and both of its outputs.
fn said(arguments: &[&str]) -> (Option<i32>, String) {
    let output = ticketbooth(arguments).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

#[test]
fn with_no_verb_it_serves_and_a_verb_stays_as_it_is() {
    for (arguments, usage) in [
        (&["--seed", "x"][..], "--seed <N>"),
        (&["wait", "--timeout", "soon"], "--timeout <DURATION>"),
        (&["codes", "tencnt.CreateEmbedToken"], "tencent.CreateEmbedToken"),
        (&["serve", "--journal-bytes", "16 apples"], "16MiB"),
        (&["verify", "--on", "alibaba.CreateTicket", "--exactly", "1", "--never"], "--never"),
        (&["verify", "--on", "alibaba.CreateTicket", "--exactly", "1", "--at-most", "2"], "--at-most"),
    ] {
        let (code, text) = said(arguments);
        assert!(code == Some(2) && text.contains(usage), "{arguments:?}: {text}");
    }
    assert!(said(&["--help"]).1.contains("Usage: ticketbooth <COMMAND>"));
}

/// Every definition is checked by the parser itself when it is asked for all of them, as this does.
#[test]
fn the_definition_of_the_command_line_is_sound() {
    assert_eq!(said(&["completions", "bash"]).0, Some(0));
}

#[test]
fn the_rule_of_a_parameter_reads_as_a_person_would_say_it() {
    let actions = said(&["actions", "tencent.CreateEmbedToken"]).1;
    let rule = |name: &str| {
        let line = actions.lines().find(|line| line.trim_start().starts_with(name)).unwrap();
        line.split('\t').nth(3).unwrap().to_owned()
    };
    assert_eq!(rule("ExpireTime"), "1 to 240 minutes");
    assert_eq!(rule("TokenType"), "100, 200, 300");
    assert_eq!(rule("TokenNum"), "1 to 100");
}
