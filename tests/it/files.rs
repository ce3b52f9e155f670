//! Files that the command line reads: which there are, and what is refused before it can do harm.

use std::any::TypeId;
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Arg;
use tempfile::TempDir;
use ticketbooth::cli::command_tree;

use crate::harness::{finish, ticketbooth};
use crate::remote;

/// What a verb does with the file that it is given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Reads,
    /// A file, or a folder of files.
    ReadsFolders,
    Writes,
}

/// Every flag and argument that names a file: the words of its verb, its name, what is done with the file, and the
/// arguments with which that is tried, where `@` stands for the file.
const FILES: &[(&str, &str, Use, &[&str])] = &[
    ("serve", "--world", Use::Reads, &["serve", "--listen", "127.0.0.1:0", "--world", "@"]),
    ("serve", "--scenario", Use::ReadsFolders, &["serve", "--listen", "127.0.0.1:0", "--scenario", "@"]),
    ("serve", "--ready-file", Use::Writes, &[]),
    ("exec", "--world", Use::Reads, &["exec", "--world", "@", "--", "true"]),
    ("exec", "--scenario", Use::ReadsFolders, &["exec", "--scenario", "@", "--", "true"]),
    ("exec", "--report", Use::Writes, &["exec", "--report", "@", "--", "true"]),
    ("exec", "--journal", Use::Writes, &["exec", "--journal", "@", "--", "true"]),
    ("scenario play", "FILE", Use::Reads, &["scenario", "play", "@"]),
    ("check", "PATH", Use::ReadsFolders, &["check", "@"]),
    ("sandbox create", "--world", Use::Reads, &["sandbox", "create", "--world", "@"]),
    ("rule add", "FILE", Use::Reads, &["rule", "add", "@"]),
    ("rule replace", "FILE", Use::Reads, &["rule", "replace", "@"]),
    ("snapshot save", "FILE", Use::Writes, &["snapshot", "save", "@"]),
    ("snapshot load", "FILE", Use::Reads, &["snapshot", "load", "@"]),
    ("journal", "--from", Use::Reads, &["journal", "--from", "@"]),
    ("journal export", "FILE", Use::Writes, &["journal", "export", "@"]),
    ("verify", "--from", Use::Reads, &["verify", "--on", "alibaba.*", "--from", "@"]),
    ("verify", "--history", Use::Reads, &["verify", "--history", "@"]),
    ("explain", "--from", Use::Reads, &["explain", "--from", "@"]),
];

/// The verb's words and the name of each argument of the tree that names a file.
fn file_arguments(verb: &str, command: &clap::Command, found: &mut BTreeSet<(String, String)>) {
    for argument in command.get_arguments() {
        let is_path = argument.get_value_parser().type_id() == TypeId::of::<PathBuf>();
        let value = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
        let is_called_so = value.as_deref().is_some_and(|name| ["FILE", "PATH", "DIR", "FOLDER"].contains(&name));
        assert_eq!(
            is_path,
            is_called_so,
            "{verb} {}: what names a file is a path, and is called so",
            argument.get_id()
        );
        // Folders are tried in `trust_files`.
        if is_path && value.as_deref() != Some("DIR") {
            found.insert((verb.to_owned(), shown_name(argument)));
        }
    }
    for inner in command.get_subcommands() {
        file_arguments(format!("{verb} {}", inner.get_name()).trim(), inner, found);
    }
}

fn shown_name(argument: &Arg) -> String {
    match argument.get_long() {
        Some(long) => format!("--{long}"),
        None => argument.get_value_names().unwrap()[0].to_string(),
    }
}

#[test]
fn every_argument_that_names_a_file_stands_in_the_table() {
    let mut found = BTreeSet::new();
    file_arguments("", &command_tree(), &mut found);
    let listed: BTreeSet<(String, String)> =
        FILES.iter().map(|(verb, name, ..)| ((*verb).to_owned(), (*name).to_owned())).collect();
    assert_eq!(found, listed);
}

/// Things that hang a reader, or never end, and what is said of each.
fn things(folder: &Path) -> Vec<(PathBuf, &'static str)> {
    let path = |name: &str| folder.join(name);
    assert!(Command::new("mkfifo").arg(path("fifo.yaml")).status().unwrap().success());
    // The file of a socket stays when the socket is closed.
    drop(UnixListener::bind(path("socket.yaml")).unwrap());
    symlink("fifo.yaml", path("link.yaml")).unwrap();
    fs::File::create(path("large.yaml")).unwrap().set_len(1 << 40).unwrap();
    fs::create_dir(path("folder.yaml")).unwrap();
    vec![
        (path("fifo.yaml"), "it is a FIFO"),
        (path("socket.yaml"), "it is a socket"),
        (path("link.yaml"), "it is a FIFO"),
        (path("large.yaml"), "it is larger than"),
        (path("folder.yaml"), "it is a folder"),
        ("/dev/zero".into(), "it is a character device"),
    ]
}

#[test]
fn no_reader_takes_what_is_no_file_or_too_much() {
    let folder = TempDir::new().unwrap();
    let things = things(folder.path());
    let served = remote::serve(&[]);
    for (verb, name, usage, arguments) in FILES.iter().filter(|row| row.2 != Use::Writes) {
        for (path, said) in &things {
            if *usage == Use::ReadsFolders && said.contains("folder") {
                continue;
            }
            let path = path.to_str().unwrap();
            let arguments: Vec<&str> = arguments.iter().map(|word| if *word == "@" { path } else { word }).collect();
            let mut command = ticketbooth(&arguments);
            command.env("TICKETBOOTH_URL", served.url());
            let (code, _, stderr) = finish(command);
            assert_eq!(code, Some(2), "{verb} {name} {path}: {stderr}");
            assert!(stderr.contains(path) && stderr.contains(said), "{verb} {name} {path}: {stderr}");
        }
    }
    for (path, said) in &things {
        let mut command = ticketbooth(&["doctor", "--json"]);
        command.env("TICKETBOOTH_WORLD", path);
        let (_, stdout, _) = finish(command);
        assert!(stdout.contains(said), "{stdout}");
    }
}

#[test]
fn what_a_shell_hands_over_is_read_as_stdin_is() {
    let text = "ticketbooth: 1\nname: piped\nexpect: []\n";
    for path in ["-", "/dev/stdin", "/proc/self/fd/0"] {
        if path.starts_with("/proc") && !cfg!(target_os = "linux") {
            continue;
        }
        let mut child = ticketbooth(&["exec", "--scenario", path, "--", "true"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), text.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        // There is nothing in it to be judged.
        assert_eq!(output.status.code(), Some(5), "{path}: {output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("scenario piped"), "{path}: {output:?}");
    }
}

#[test]
fn what_stands_in_a_folder_and_cannot_be_read_is_told_and_not_left_out() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.yaml"), "ticketbooth: 1\nname: a\n").unwrap();
    symlink("gone.yaml", folder.path().join("b.yaml")).unwrap();
    let path = folder.path().to_str().unwrap();
    for verb in [&["exec", "--scenario", path, "--", "true"][..], &["check", path]] {
        let (code, _, stderr) = finish(ticketbooth(verb));
        assert!(code == Some(2) && stderr.contains("b.yaml"), "{verb:?}: {stderr}");
    }
}

const SECRET: &str = "canary-of-another-folder";

/// Files whose text is wrong in many ways, each with the secret in it.
fn wrong_texts() -> Vec<String> {
    vec![
        format!("{SECRET}:x:0:0\n"),
        format!("{SECRET}\n"),
        format!("ticketbooth: 1\nname: a\n{SECRET}: 1\n"),
        format!("ticketbooth: 1\nname: a\nrules: {SECRET}\n"),
        format!("ticketbooth: {SECRET}\nname: a\n"),
        format!("ticketbooth: 1\nname: a\nseed: {SECRET}\n"),
        format!("ticketbooth: 1\nname: a\nclock: {{ start: {SECRET} }}\n"),
        format!("ticketbooth: 1\nname: a\nexpect: [{{ on: {SECRET} }}]\n"),
        format!("ticketbooth: 1\nname: a\nexpect: [{{ on: alibaba.CreateTicket, where: {{ {SECRET}: a }} }}]\n"),
        format!("ticketbooth: 1\nname: a\nexpect: [{{ on: alibaba.CreateTicket, code: {SECRET} }}]\n"),
        format!("ticketbooth: 1\nname: a\nworld: ../{SECRET}\n"),
        format!("a: [{SECRET}\n"),
        format!("a: *{SECRET}\n"),
        format!("a: !{SECRET} b\n"),
        format!("{SECRET}: 1\n{SECRET}: 2\n"),
        format!("id: {SECRET} {SECRET}\non: alibaba.CreateTicket\nthen: proceed\n"),
        format!("on: {SECRET}\nthen: {{ error: {SECRET} }}\n"),
        format!("- on: {SECRET}\n  then: {SECRET}\n"),
        format!("{{\"{SECRET}\": \"{SECRET}\"}}"),
        format!("{{\"format\": \"{SECRET}\", \"version\": \"{SECRET}\", \"tickets\": \"{SECRET}\"}}"),
        format!("{{\"ticketbooth_journal\":1,\"sandboxes\":\"{SECRET}\"}}\n"),
        format!("{{\"ticketbooth_journal\":1,\"sandboxes\":[]}}\n\"{SECRET}\"\n"),
    ]
}

#[test]
fn nothing_is_shown_of_a_file_that_a_link_leads_to_out_of_its_folder() {
    let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let served = remote::serve(&[]);
    let (link, real) = (folder.path().join("link.yaml"), elsewhere.path().join("secret.yaml"));
    symlink(&real, &link).unwrap();
    let mut quoted = 0;
    for text in wrong_texts() {
        fs::write(&real, &text).unwrap();
        for (verb, name, _, arguments) in FILES.iter().filter(|row| row.2 != Use::Writes) {
            let tell = |path: &Path, folder: &Path| {
                let path = path.to_str().unwrap();
                let words: Vec<&str> = arguments.iter().map(|word| if *word == "@" { path } else { word }).collect();
                let mut command = ticketbooth(&words);
                command.env("TICKETBOOTH_URL", served.url()).current_dir(folder).stdin(Stdio::null());
                finish(command)
            };
            let (code, stdout, stderr) = tell(&link, folder.path());
            let told = format!("{stdout}{stderr}");
            assert!(!told.contains(SECRET), "{verb} {name} of {text:?}: {told}");
            assert!(code == Some(2) && told.contains("link.yaml"), "{verb} {name} of {text:?}: {code:?} {told}");
            // Relative names, and those that lead through a link to the folder, are no way around it.
            let (_, stdout, stderr) = tell(Path::new("link.yaml"), folder.path());
            assert!(!format!("{stdout}{stderr}").contains(SECRET), "{verb} {name} of {text:?}");
            let (_, stdout, stderr) = tell(&real, elsewhere.path());
            quoted += usize::from(format!("{stdout}{stderr}").contains(SECRET));
        }
    }
    assert!(quoted > 100, "by their own names files are quoted: {quoted}");
    symlink(elsewhere.path(), folder.path().join("scenarios")).unwrap();
    fs::write(&real, &wrong_texts()[0]).unwrap();
    let mut command = ticketbooth(&["check", "scenarios/secret.yaml"]);
    command.current_dir(folder.path());
    let (_, _, stderr) = finish(command);
    assert!(!stderr.contains(SECRET) && stderr.contains("secret.yaml:1:1"), "{stderr}");
}

#[test]
fn a_link_that_stays_in_its_folder_hides_nothing() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("..data")).unwrap();
    fs::write(folder.path().join("..data/s.yaml"), format!("{SECRET}: 1\n")).unwrap();
    symlink("..data/s.yaml", folder.path().join("s.yaml")).unwrap();
    let (code, _, stderr) = finish(ticketbooth(&["check", folder.path().join("s.yaml").to_str().unwrap()]));
    assert!(code == Some(2) && stderr.contains(SECRET), "{stderr}");
}
