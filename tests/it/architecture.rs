//! The law of the house: which room may import which, read from the `use` lines themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::kit::{read, repository};

/// Each room with the rooms it may import. ARCHITECTURE.md tells the reasons.
const LAW: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("text", &[]),
    ("time", &["domain"]),
    ("sign", &["text"]),
    ("document", &[]),
    ("xml", &[]),
    ("worded", &[]),
    ("bounds", &[]),
    ("call", &["bounds", "sign", "text", "domain"]),
    ("reply", &["text", "domain"]),
    ("trail", &["domain"]),
    (
        "cloud",
        &["bounds", "exhibit", "world", "document", "time", "sign", "text", "xml", "trail", "call", "reply", "domain"],
    ),
    ("sandbox", &["bounds", "sign", "text", "time", "call", "reply", "domain"]),
    ("world", &["document", "sign", "time", "domain"]),
    ("exhibit", &["world", "call"]),
    ("select", &["bounds", "document", "cloud", "call", "domain"]),
    ("rules", &["bounds", "select", "time", "document", "sandbox", "cloud", "call", "reply", "domain"]),
    ("journal", &["bounds", "world", "trail", "call", "reply", "domain"]),
    ("redact", &["world", "sign"]),
    ("emulator", &["bounds", "sandbox", "journal", "redact", "rules", "trust", "world", "sign", "domain"]),
    ("trust", &["domain"]),
    ("verify", &["bounds", "select", "time", "journal", "rules", "document", "domain"]),
    (
        "explain",
        &["document", "emulator", "journal", "cloud", "world", "trail", "redact", "sign", "call", "reply", "domain"],
    ),
    (
        "export",
        &[
            "redact", "document", "emulator", "explain", "history", "verify", "select", "journal", "time", "call",
            "domain",
        ],
    ),
    ("history", &[]),
    ("listing", &["cloud", "domain"]),
    ("gateway", &["bounds", "emulator", "cloud", "world", "trail", "sign", "call", "domain"]),
    (
        "pipeline",
        &[
            "bounds", "text", "gateway", "emulator", "journal", "redact", "rules", "cloud", "sandbox", "world",
            "exhibit", "trail", "sign", "call", "reply", "domain",
        ],
    ),
    (
        "admin",
        &[
            "bounds", "select", "time", "export", "explain", "snapshot", "verify", "listing", "emulator", "journal",
            "redact", "rules", "trust", "world", "cloud", "document", "sign", "call", "reply", "domain",
        ],
    ),
    ("snapshot", &["emulator", "sandbox", "cloud", "world", "domain"]),
    ("web", &["emulator", "pipeline", "cloud", "sign", "call", "reply", "domain"]),
    ("http", &["bounds", "pipeline", "admin", "web", "emulator", "trust", "call", "reply"]),
    ("running", &["http", "emulator", "verify", "journal", "rules", "trust", "cloud", "world", "document", "domain"]),
    (
        "cli",
        &[
            "bounds", "explain", "export", "http", "listing", "emulator", "select", "time", "rules", "trust", "verify",
            "cloud", "world", "document", "xml", "call", "domain",
        ],
    ),
];

/// The rooms that may name the asynchronous libraries.
const ASYNC: &[&str] = &["http", "main"];

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![repository("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension().and_then(|ending| ending.to_str()) {
                Some("rs") => found.push(path),
                _ if path.is_dir() => folders.push(path),
                _ => {}
            }
        }
    }
    found
}

/// The room of a file: its folder under `src`, or its own name.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(repository("src")).unwrap();
    inside.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

/// The rooms that a text names behind `crate::` (in the binary, behind the crate's own name).
fn imports(text: &str, name: &str) -> BTreeSet<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut rooms = BTreeSet::new();
    for piece in code.split(&format!("{name}::")).skip(1) {
        let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match piece.strip_prefix('{') {
            None => drop(rooms.insert(word(piece))),
            Some(list) => {
                let list = list.split('}').next().unwrap();
                rooms.extend(list.split(',').map(|item| word(item.trim())));
            }
        }
    }
    rooms.remove("");
    rooms
}

#[test]
fn every_room_imports_only_what_the_law_allows() {
    let mut broken = Vec::new();
    for path in sources() {
        let (room, text) = (room(&path), fs::read_to_string(&path).unwrap());
        if ["main", "lib"].contains(&room.as_str()) {
            continue;
        }
        let Some((_, allowed)) = LAW.iter().find(|(name, _)| *name == room) else {
            broken.push(format!("{}: the law knows no room \"{room}\"", path.display()));
            continue;
        };
        // The tests of a room may look at what others do with it.
        let (code, _) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
        for import in imports(code, "crate") {
            if import != room && !allowed.contains(&import.as_str()) {
                broken.push(format!("{}: {room} may not import {import}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn only_the_rooms_at_the_edge_are_asynchronous() {
    for path in sources() {
        let text = fs::read_to_string(&path).unwrap();
        let names_it = ["tokio::", "hyper::", "hyper_util::"].iter().any(|library| text.contains(library));
        assert!(!names_it || ASYNC.contains(&room(&path).as_str()), "{} names tokio or hyper", path.display());
    }
}

/// What may stand in the files of the command line that are named, and in no other.
const ONLY_THERE: &[(&[&str], &[&str])] = &[
    // Who opens a file has to say what becomes of a FIFO, a link, a device and a full disk.
    (
        &[
            "File::open",
            "File::create",
            "File::options",
            "OpenOptions",
            "fs::read(",
            "fs::read_to_string",
            "fs::write",
            "fs::copy",
            "fs::rename",
            "fs::remove",
        ],
        &["files/disk", "files/private", "files/read", "files/write"],
    ),
    // Who prints has to say what becomes of signs that a terminal obeys.
    (
        &["print!(", "println!(", "stdout()", "stderr()", ".print()"],
        &["output", "failure", "files/write", "logs", "exec", "watch"],
    ),
];

#[test]
fn the_command_line_opens_files_in_one_place_and_prints_in_one() {
    for path in sources().into_iter().filter(|path| room(path) == "cli") {
        let text = fs::read_to_string(&path).unwrap();
        let inside = path.strip_prefix(repository("src/cli")).unwrap().with_extension("");
        for (words, places) in ONLY_THERE {
            let is_place = places.iter().any(|place| inside == Path::new(place));
            let found = words.iter().find(|word| !is_place && text.contains(**word));
            assert_eq!(found, None, "{}", path.display());
        }
    }
}

/// Whoever opens a connection to somebody, or asks for the address of a name.
const DIALS: &[&str] =
    &["TcpStream::connect", "UdpSocket", "lookup_host", "to_socket_addrs", "ToSocketAddrs", "TcpSocket::connect"];

/// The client of our own verbs, and the doctor who looks at its port.
const DIALLERS: &[&str] = &["http/client", "cli/doctor/port"];

#[test]
fn nothing_that_serves_can_dial() {
    for path in sources() {
        let text = fs::read_to_string(&path).unwrap();
        let inside = path.strip_prefix(repository("src")).unwrap().with_extension("");
        let may = DIALLERS.iter().any(|file| inside == Path::new(file));
        let found = DIALS.iter().find(|word| !may && text.contains(**word));
        assert_eq!(found, None, "{}", path.display());
    }
}

#[test]
fn no_file_of_logic_is_longer_than_300_lines() {
    for path in sources() {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        let file = path.file_name().unwrap().to_str().unwrap();
        // Rows may be long; tests stand beside what they test.
        let in_table = path.parent().is_some_and(|folder| folder.ends_with("mistakes"));
        let named_table = ["errors.rs", "examples.rs", "known.rs", "assumptions.rs", "endpoints.rs"].contains(&file);
        let is_table = in_table || named_table || file.contains("tests");
        assert!(is_table || lines <= 300, "{} has {lines} lines", path.display());
    }
}

#[test]
fn every_room_stands_in_the_architecture() {
    let text = read("ARCHITECTURE.md");
    for (room, _) in LAW {
        assert!(text.contains(&format!("`{room}`")), "ARCHITECTURE.md does not mention `{room}`");
    }
}

#[test]
fn no_file_names_a_place_that_a_user_does_not_have() {
    let listed = std::process::Command::new("git").args(["ls-files"]).current_dir(repository(".")).output();
    let Ok(listed) = listed else { return };
    for file in String::from_utf8_lossy(&listed.stdout).lines() {
        let Ok(text) = fs::read_to_string(repository(file)) else { continue };
        // Written in pieces, so that this file does not name them itself.
        for place in [["/wo", "rk/"].concat(), ["../sha", "red"].concat(), ["registry.npm", "js.org"].concat()] {
            assert!(!text.contains(&place), "{file} names {place}");
        }
    }
}

/// The files of a room that a file of it names by `super::`, by the name of the file or folder in the room.
fn neighbours(text: &str, depth: usize, files: &BTreeSet<String>) -> BTreeSet<String> {
    let path = "super::".repeat(depth);
    let mut named = BTreeSet::new();
    for (place, _) in text.match_indices(&path) {
        if text[..place].ends_with("super::") || text[place + path.len()..].starts_with("super::") {
            continue;
        }
        let rest = &text[place + path.len()..];
        let words = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap(),
            None => rest.split(|sign: char| !(sign.is_alphanumeric() || sign == '_')).next().unwrap(),
        };
        let firsts = words.split(',').map(|word| word.trim().split("::").next().unwrap().to_owned());
        named.extend(firsts.filter(|word| files.contains(word)));
    }
    named
}

/// What can be reached from `from` without standing still.
fn reached(from: &str, uses: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![from.to_owned()];
    while let Some(next) = open.pop() {
        for file in uses.get(&next).into_iter().flatten() {
            if found.insert(file.clone()) {
                open.push(file.clone());
            }
        }
    }
    found
}

#[test]
fn no_files_of_a_room_use_each_other_in_a_circle() {
    let mut rooms: BTreeMap<String, Vec<(Vec<String>, String)>> = BTreeMap::new();
    for path in sources() {
        let inside = path.strip_prefix(repository("src")).unwrap().with_extension("");
        let parts: Vec<String> = inside.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
        rooms.entry(parts[0].clone()).or_default().push((parts[1..].to_vec(), text));
    }
    let mut circles = Vec::new();
    for (room, files) in rooms {
        let names: BTreeSet<String> = files.iter().filter_map(|(parts, _)| parts.first().cloned()).collect();
        let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (parts, text) in files.iter().filter(|(parts, _)| parts.first().is_some_and(|name| name != "mod")) {
            let depth = parts.iter().filter(|part| *part != "mod").count();
            let named = neighbours(text, depth, &names).into_iter().filter(|name| *name != parts[0]);
            uses.entry(parts[0].clone()).or_default().extend(named);
        }
        circles.extend(
            uses.keys().filter(|file| reached(file, &uses).contains(*file)).map(|file| format!("{room}/{file}")),
        );
    }
    assert_eq!(circles, Vec::<String>::new());
}
