//! The files of the console: what a browser is told with them, and that they ask nobody else for anything.

use std::fs;

use ticketbooth::admin::console::ASSETS;
use ticketbooth::admin::{PREFIX, admit_head};
use ticketbooth::call::RawRequest;
use ticketbooth::emulator::{Emulator, Guard, Settings};
use ticketbooth::reply::Reply;
use ticketbooth::world::World;

use crate::admin::answer;
use crate::kit::{raw, repository};

/// An emulator that wants a token, which the files do not.
fn guarded() -> Emulator {
    let guard = Guard { token: Some("the-token".to_owned()), hosts: vec!["booth.test".to_owned()] };
    Emulator::new(Settings { guard, ..Settings::new(World::demo()) })
}

fn look(path: &str, host: &str) -> RawRequest {
    raw("GET", &format!("{PREFIX}{path}"), &[("host", host)], b"")
}

fn header<'a>(reply: &'a Reply, name: &str) -> &'a str {
    reply.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

#[test]
fn every_file_is_served_without_a_token_and_shown_nowhere_else() {
    let emulator = guarded();
    for asset in ASSETS {
        let reply = answer(&emulator, &look(asset.path, "127.0.0.1:4240"));
        assert_eq!((reply.status, &*reply.body), (200, asset.text.as_bytes()), "{}", asset.path);
        let policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        for (name, value) in [
            ("content-type", asset.media_type),
            ("content-security-policy", policy),
            ("x-frame-options", "DENY"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(header(&reply, name), value, "{name} of {}", asset.path);
        }
    }
}

#[test]
fn a_file_is_of_a_name_of_ours_alone() {
    let emulator = guarded();
    for asset in ASSETS {
        for (host, status) in [("evil.test", 403), ("127.0.0.1.evil.test:4240", 403), ("", 400), ("booth.test:80", 200)]
        {
            let request = look(asset.path, host);
            assert_eq!(answer(&emulator, &request).status, status, "{host} {}", asset.path);
            assert_eq!(admit_head(&emulator, &request).is_ok(), status == 200, "{host} {}", asset.path);
        }
        // A link on a page of another site may lead here. There is nothing in a file that the site could learn.
        let mut linked = look(asset.path, "127.0.0.1:4240");
        linked.headers = raw("GET", "/", &[("host", "127.0.0.1:4240"), ("sec-fetch-site", "cross-site")], b"").headers;
        assert_eq!(answer(&emulator, &linked).status, 200, "{}", asset.path);
    }
}

#[test]
fn whatever_is_no_file_is_answered_as_before() {
    let emulator = guarded();
    let asked = |method: &str, path: &str| {
        let headers =
            [("host", "localhost"), ("authorization", "Bearer the-token"), ("content-type", "application/json")];
        answer(&emulator, &raw(method, &format!("{PREFIX}{path}"), &headers, b""))
    };
    for (method, path) in [
        ("GET", "/console/"),
        ("GET", "/console/nothing.js"),
        ("GET", "/console/../journal"),
        ("GET", "/console/main.js/"),
        ("GET", "//"),
        ("POST", "/"),
        ("POST", ""),
        ("DELETE", "/console/main.js"),
    ] {
        let reply = asked(method, path);
        assert_eq!(reply.status, 404, "{method} {path}");
        assert!(String::from_utf8_lossy(&reply.body).contains("\"kind\":\"not_found\""), "{method} {path}");
    }
    let moved = asked("GET", "");
    assert_eq!((moved.status, header(&moved, "location")), (308, "/_ticketbooth/"));
}

#[test]
fn the_console_is_small_and_every_file_of_its_folder_is_served() {
    let bytes: usize = ASSETS.iter().map(|asset| asset.text.len()).sum();
    assert!(bytes <= 200 * 1024, "{bytes} bytes");
    println!("{bytes} bytes in {} files", ASSETS.len());
    let folder = fs::read_dir(repository("src/admin/console")).unwrap();
    let mut names: Vec<String> = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != "mod.rs");
    names.sort_unstable();
    let file = |path: &'static str| if path == "/" { "index.html" } else { path.trim_start_matches("/console/") };
    let mut files: Vec<&str> = ASSETS.iter().map(|asset| file(asset.path)).collect();
    files.sort_unstable();
    assert_eq!(names, files);
}

/// The policy would forbid what stands here; the files should not even try.
#[test]
fn no_file_names_another_place_or_carries_a_script_in_markup() {
    for asset in ASSETS {
        let text = asset.text.replace("http://www.w3.org/2000/svg", "");
        for forbidden in
            ["http://", "https://", "\"//", "'//", "@import", "url(", "innerHTML", "outerHTML", "insertAdjacentHTML"]
        {
            assert!(!text.contains(forbidden), "{} has {forbidden}", asset.path);
        }
        for forbidden in
            ["document.write", "eval(", "new Function", "javascript:", "style=\"", "setAttribute(\"style", " on"]
        {
            let in_page = asset.media_type.starts_with("text/html");
            assert!(!(in_page || forbidden != " on") || !text.contains(forbidden), "{} has {forbidden}", asset.path);
        }
    }
    let page = ASSETS[0].text;
    assert_eq!(page.matches("<script").count(), page.matches("<script src=").count() + 1);
    assert!(page.contains("<script type=\"module\" src=\"console/main.js\"></script>"));
    assert!(!page.contains("<style"));
}

/// A word that is missing would be shown as its name.
#[test]
fn every_word_is_known_and_used() {
    let of = |path: &str| ASSETS.iter().find(|asset| asset.path == path).unwrap().text;
    let list = of("/console/words.js");
    let known: Vec<&str> =
        list.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(": [\"").map(|(name, _)| name)).collect();
    assert!(known.len() > 100, "{}", known.len());
    let code: String = ASSETS.iter().map(|asset| asset.text).collect();
    for (place, _) in code.match_indices("word(\"") {
        let name = code[place + 6..].split('"').next().unwrap();
        assert!(known.contains(&name), "word(\"{name}\") is not in words.js");
    }
    for name in known {
        let quoted = code.matches(&format!("\"{name}\"")).count() + code.matches(&format!("word({name})")).count();
        assert!(quoted > 0, "nobody says \"{name}\"");
    }
}
