//! The environment that `exec` gives to its program, and the ways in which a program does not begin.

use std::collections::BTreeMap;
use std::fs;

use tempfile::TempDir;

use crate::harness::{finish, ticketbooth};

/// A port that nobody listens on.
const DEAD: &str = "http://canary:secret@127.0.0.1:9";

/// Everything that an outer emulator, a cloud account and a proxy leave in an environment.
const OUTSIDE: &[(&str, &str)] = &[
    ("TICKETBOOTH_URL", "http://outer.example:1"),
    ("TICKETBOOTH_ENDPOINT", "outer.example:1"),
    ("TICKETBOOTH_SANDBOX", "outer"),
    ("TICKETBOOTH_READY_FILE", "outer"),
    ("TICKETBOOTH_LISTEN", "127.0.0.1:1"),
    ("TICKETBOOTH_MINI_KEY", "kept, as it is no variable of ours"),
    ("TICKETBOOTH_TENCENT_SECRET_ID", "outer"),
    ("TENCENTCLOUD_SECRET_ID", "outer"),
    ("TENCENTCLOUD_TOKEN", "outer"),
    ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "outer"),
    ("ALIBABA_CLOUD_SECURITY_TOKEN", "outer"),
    ("ALIBABA_CLOUD_PROFILE", "outer"),
];

const PROXIES: &[&str] =
    &["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "Http_Proxy"];

/// What a program finds in its environment, and what was said on stderr.
fn environment(flags: &[&str], outside: &[(&str, &str)]) -> (BTreeMap<String, String>, String) {
    let mut command = ticketbooth(&[&["exec"], flags, &["--", "env"]].concat());
    command.envs(outside.iter().copied());
    let (code, stdout, stderr) = finish(command);
    assert_eq!(code, Some(0), "{stderr}");
    let pairs = stdout.lines().filter_map(|line| line.split_once('='));
    (pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(), stderr)
}

#[test]
fn a_program_gets_a_whole_environment_and_nothing_of_an_outer_emulator() {
    let (found, stderr) = environment(&[], OUTSIDE);
    assert_eq!(stderr, "");
    let url = &found["TICKETBOOTH_URL"];
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    assert_eq!(format!("http://{}", found["TICKETBOOTH_ENDPOINT"]), *url);
    assert_eq!(found["TICKETBOOTH_SANDBOX"], "default");
    assert_eq!(found["TICKETBOOTH_TENCENT_SECRET_ID"], "AKIDlocaltest0000000000000000000000");
    assert_eq!(found["TENCENTCLOUD_SECRET_ID"], "AKIDlocaltest0000000000000000000000");
    assert_eq!(found["ALIBABA_CLOUD_ACCESS_KEY_SECRET"], "localtestsecret000000000000000");
    let leaked: Vec<_> = found.iter().filter(|(_, value)| value.contains("outer")).collect();
    assert!(leaked.is_empty(), "{leaked:?}");
    for gone in ["TENCENTCLOUD_TOKEN", "ALIBABA_CLOUD_PROFILE", "TICKETBOOTH_LISTEN", "TICKETBOOTH_ADMIN_TOKEN"] {
        assert!(!found.contains_key(gone), "{gone}");
    }
    assert!(found.contains_key("TICKETBOOTH_MINI_KEY"));
}

#[test]
fn keys_of_a_vendor_that_the_world_has_none_of_are_taken_away() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("world.yaml");
    fs::write(
        &file,
        "ticketbooth: 1\nname: one\ntencent:\n  credentials:\n    - secret_id: AKIDmine\n      secret_key: mysecretmysecret\n",
    )
    .unwrap();
    let (found, _) = environment(&["--world", file.to_str().unwrap()], OUTSIDE);
    assert_eq!(found["TENCENTCLOUD_SECRET_ID"], "AKIDmine");
    assert!(!found.contains_key("ALIBABA_CLOUD_ACCESS_KEY_SECRET"), "{found:?}");
}

#[test]
fn a_program_gets_the_admin_token_and_an_address_that_answers() {
    for (listen, host) in [("127.0.0.1:0", "127.0.0.1"), ("0.0.0.0:0", "127.0.0.1"), ("[::]:0", "[::1]")] {
        if listen.starts_with('[') && std::net::TcpListener::bind("[::1]:0").is_err() {
            continue;
        }
        let (found, _) = environment(&["--listen", listen, "--admin-token", "canary-token"], &[]);
        assert!(found["TICKETBOOTH_ENDPOINT"].starts_with(&format!("{host}:")), "{found:?}");
        assert_eq!(found["TICKETBOOTH_ADMIN_TOKEN"], "canary-token");
        // A program that asks without any flag is let in.
        let program = ticketbooth(&[]).get_program().to_owned();
        let mut command = ticketbooth(&["exec", "--listen", listen, "--admin-token", "canary-token", "--"]);
        let (code, stdout, stderr) = finish({
            command.arg(program).args(["clock"]);
            command
        });
        assert!(code == Some(0) && stdout.contains("running"), "{listen}: {stderr}");
    }
}

#[test]
fn a_program_runs_without_proxies_unless_they_are_kept() {
    let proxies: Vec<(&str, &str)> = PROXIES.iter().map(|name| (*name, DEAD)).collect();
    let (found, stderr) = environment(&[], &proxies);
    assert!(!PROXIES.iter().any(|name| found.contains_key(*name)), "{found:?}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    let line = "ticketbooth: the program runs without ALL_PROXY, HTTPS_PROXY, HTTP_PROXY, Http_Proxy, all_proxy, \
                http_proxy, https_proxy, so that its calls reach the emulator; --keep-proxy leaves them\n";
    assert_eq!(stderr, line);
    let (found, stderr) = environment(&["--keep-proxy"], &proxies);
    assert!(PROXIES.iter().all(|name| found[*name] == DEAD), "{found:?}");
    assert_eq!(stderr, "");
    let (found, stderr) = environment(&["--quiet"], &proxies);
    assert!(!found.contains_key("http_proxy") && stderr.is_empty(), "{stderr}");
    // One that is empty names no proxy, and there is nothing to be said about it.
    assert_eq!(environment(&[], &[("http_proxy", "")]).1, "");
}

#[test]
fn a_program_that_cannot_be_started_ends_as_in_a_shell() {
    let folder = TempDir::new().unwrap();
    let (plain, nested) = (folder.path().join("plain"), folder.path().join("plain/nested"));
    fs::write(&plain, "no program\n").unwrap();
    for (program, expected, said) in [
        ("no-such-program", 127, "cannot run no-such-program: "),
        (folder.path().join("missing").to_str().unwrap(), 127, "sh -c"),
        (plain.to_str().unwrap(), 126, "chmod +x FILE"),
        (nested.to_str().unwrap(), 126, "cannot run"),
        (folder.path().to_str().unwrap(), 126, "cannot run"),
    ] {
        let (code, _, stderr) = finish(ticketbooth(&["exec", "--", program]));
        assert_eq!(code, Some(expected), "{program}: {stderr}");
        assert!(stderr.starts_with("error: cannot run ") && stderr.contains(said), "{program}: {stderr}");
    }
}

#[test]
fn a_file_that_cannot_be_written_is_refused_before_the_program_runs() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (ran, bad, good) = (path("ran"), path("no/such/folder/file"), path("good.json"));
    for flag in ["--report", "--journal"] {
        for target in [bad.as_str(), folder.path().to_str().unwrap()] {
            let (code, _, stderr) =
                finish(ticketbooth(&["exec", "--report", &good, flag, target, "--", "touch", &ran]));
            assert_eq!(code, Some(2), "{flag} {target}: {stderr}");
            assert!(stderr.contains(&format!("cannot write {target}")), "{stderr}");
        }
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing ran, and nothing was left behind");
    let (code, ..) = finish(ticketbooth(&["exec", "--report", &good, "--", "touch", &ran]));
    assert_eq!(code, Some(0));
}

#[test]
fn env_and_doctor_tell_who_ignores_what_and_the_cure() {
    let told = |arguments: &[&str], outside: &[(&str, &str)]| {
        let mut command = ticketbooth(arguments);
        command.envs(outside.iter().copied());
        let (_, stdout, stderr) = finish(command);
        assert!(!stdout.contains("canary") && !stderr.contains("canary"), "{stdout}{stderr}");
        (stdout, stderr)
    };
    let env = ["env", "--url", "http://127.0.0.1:4240"];
    let (_, stderr) = told(&env, &[("http_proxy", DEAD)]);
    let expected = "ticketbooth: http_proxy is set\n  \
        calls go to the proxy whatever NO_PROXY says: tencent-node (http_proxy), tccli (http_proxy), \
        alibaba-python (http_proxy), alibaba-python-classic (http_proxy)\n  \
        calls go to the proxy unless NO_PROXY has HOST,HOST:PORT: tencent-python (http_proxy)\n  \
        calls go to the proxy unless NO_PROXY has HOST:PORT: alibaba-go (http_proxy)\n  \
        calls go to the proxy unless NO_PROXY has HOST: tencent-php (http_proxy), alibaba-java-classic (http_proxy), \
        alibaba-php (http_proxy), alibaba-php-classic (http_proxy)\n  \
        calls go to the proxy unless NO_PROXY has HOST or HOST:PORT: alibaba-go-classic (http_proxy)\n  \
        help: run the program under `ticketbooth exec`, which takes the variables away, or unset them\n";
    assert_eq!(stderr, expected);
    let both = "127.0.0.1,127.0.0.1:4240";
    let (_, stderr) = told(&env, &[("http_proxy", DEAD), ("NO_PROXY", both)]);
    assert!(stderr.contains("tencent-node") && !stderr.contains("tencent-python"), "{stderr}");
    let (_, stderr) = told(&env, &[("HTTPS_PROXY", DEAD)]);
    assert!(stderr.contains("whatever NO_PROXY says: tccli (HTTPS_PROXY)\n"), "{stderr}");
    let one = |sdk| told(&["env", "--sdk", sdk], &[("http_proxy", DEAD)]).1;
    assert!(one("tencent-node").contains("tencent-node") && !one("tencent-node").contains("tccli"));
    assert_eq!(one("alibaba-pop-core"), "");
    assert_eq!(told(&env, &[]).1, "");
    let (stdout, _) = told(&["doctor", "--json"], &[("http_proxy", DEAD)]);
    let found: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let proxy = found["findings"].as_array().unwrap().iter().find(|finding| finding["about"] == "proxy").unwrap();
    assert_eq!(proxy["state"], "look");
    let says = proxy["says"].as_str().unwrap();
    assert!(says.contains("whatever NO_PROXY says: tencent-node (http_proxy), tccli"), "{says}");
    assert!(proxy["help"].as_str().unwrap().contains("ticketbooth exec"), "{proxy}");
    let (stdout, _) = told(&["doctor", "--json"], &[("ftp_proxy", DEAD)]);
    assert!(stdout.contains("every client of the vendors goes past it"), "{stdout}");
}
