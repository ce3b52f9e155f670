//! What docs/clients.md shows about https, run as it is printed.

#![cfg(target_os = "linux")]

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{finish, ticketbooth};
use crate::kit::read;

/// The blocks of this language in the sections about https.
fn blocks(language: &str) -> Vec<String> {
    let page = read("docs/clients.md");
    let (_, behind) = page.split_once("\n## HTTPS\n").unwrap();
    let (sections, _) = behind.split_once("\n## What is driven\n").unwrap();
    let fence = format!("```{language}\n");
    sections.split(&fence).skip(1).map(|rest| rest.split_once("\n```").unwrap().0.to_owned()).collect()
}

/// What a script begins with, so that what it leaves in the background ends with it.
const END: &str = "set -e; trap '[ -z \"$!\" ] || kill $!' EXIT";

/// A shell in this folder that finds the program, at an address that nobody else has.
fn shell(folder: &Path, script: &str) -> (Option<i32>, String, String) {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let program = ticketbooth(&[]);
    let place = Path::new(program.get_program()).parent().unwrap().display().to_string();
    // The environment of the tests without what misleads.
    let mut command = Command::new("sh");
    for (name, _) in program.get_envs() {
        command.env_remove(name);
    }
    command.args(["-c", &format!("{END}\n{script}")]).current_dir(folder);
    command.env("PATH", format!("{place}:{}", std::env::var("PATH").unwrap()));
    command.envs([
        ("TICKETBOOTH_LISTEN", address.to_string()),
        ("TICKETBOOTH_URL", format!("http://{address}")),
        ("TICKETBOOTH_LOG", "off".to_owned()),
    ]);
    finish(command)
}

/// An application whose tests call a vendor.
fn application() -> TempDir {
    let folder = TempDir::new().unwrap();
    let test = "fetch('https://bi.tencentcloudapi.com/').then((answer) => answer.text()).then(console.log)";
    fs::write(folder.path().join("package.json"), r#"{ "name": "app", "scripts": { "test": "node test.js" } }"#)
        .unwrap();
    fs::write(folder.path().join("test.js"), test).unwrap();
    folder
}

#[test]
fn every_command_about_https_does_what_is_said_of_it() {
    let blocks = blocks("sh");
    assert_eq!(blocks.len(), 4, "{blocks:?}");
    for block in blocks {
        let folder = application();
        let (code, stdout, stderr) = shell(folder.path(), &block);
        if block.contains("--isolate") && stderr.contains("nothing was run") {
            assert_eq!(code, Some(3), "{stderr}");
            continue;
        }
        assert_eq!(code, Some(0), "{block}\n{stdout}{stderr}");
        let is_answered = if block.contains("npm") { "RequestId" } else { "\"status\":\"ok\"" };
        assert!(stdout.replace("\": \"", "\":\"").contains(is_answered), "{block}\n{stdout}{stderr}");
    }
}

/// The network of the containers, made of namespaces: the aliases lead to the emulator that its service starts, and a
/// program with the environment of the other service reaches it.
#[test]
fn the_services_in_containers_find_and_trust_each_other() {
    let [page]: [String; 1] = blocks("yaml").try_into().unwrap();
    let folder = TempDir::new().unwrap();
    let trust = folder.path().join("trust").display().to_string();
    let file: Value = serde_saphyr::from_str(&page.replace("/trust", &trust)).unwrap();
    let (booth, app) = (&file["services"]["booth"], &file["services"]["app"]);
    let words = |list: &Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|word| format!("'{}'", word.as_str().unwrap())).collect()
    };
    assert_eq!(file["networks"]["closed"]["internal"], true);
    let aliases = words(&booth["networks"]["closed"]["aliases"]).join(" ").replace('\'', "");
    let environment: Vec<String> = app["environment"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| format!("{name}='{}'", value.as_str().unwrap()))
        .collect();
    let script = format!(
        "{END}\nprintf '127.0.0.1 localhost {aliases}\\n' >hosts; ip link set lo up; mount --bind hosts /etc/hosts\n\
         ticketbooth {} &\n{}\nexport {}\nfor host in {aliases}; do\n\
         for client in 'curl -sS -m 20' \"python3 $PWD/ask.py\" \"node $PWD/ask.js\"; do\n\
         for scheme in https http; do $client $scheme://$host/; echo; done; done; done",
        words(&booth["command"]).join(" "),
        words(&booth["healthcheck"]["test"])[1..].join(" "),
        environment.join(" "),
    );
    fs::write(folder.path().join("script"), script).unwrap();
    let python = "import sys, urllib.request as u, urllib.error as e\n\
                  try: print(u.build_opener(u.ProxyHandler({})).open(sys.argv[1]).read().decode())\n\
                  except e.HTTPError as told: print(told.read().decode())\n";
    fs::write(folder.path().join("ask.py"), python).unwrap();
    fs::write(folder.path().join("ask.js"), "fetch(process.argv[2]).then((a) => a.text()).then(console.log)").unwrap();
    let namespaces = "unshare --user --map-root-user --mount --net --";
    if shell(folder.path(), &format!("{namespaces} true")).0 != Some(0) {
        return;
    }
    let (code, stdout, stderr) = shell(folder.path(), &format!("{namespaces} sh ./script"));
    assert_eq!(code, Some(0), "{stdout}{stderr}");
    assert_eq!(
        stdout.lines().filter(|line| line.contains("RequestId")).count(),
        12,
        "two hosts, three clients, two schemes: {stdout}{stderr}"
    );
}
