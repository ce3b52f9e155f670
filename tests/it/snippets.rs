//! What stands on top of the snippets and around them: dependencies with their versions, and how a client is pointed here.

use std::collections::BTreeSet;

use ticketbooth::cloud::all_snippets;

use crate::kit::read;

/// The snippets in the language of this file ending, by name; there are some.
fn in_language(ending: &str) -> Vec<(&'static str, &'static str)> {
    let written = |name: &str| {
        let folders = ["tencent", "alibaba"].map(|vendor| format!("src/cloud/{vendor}/snippets/{name}.{ending}"));
        folders.iter().any(|file| crate::kit::repository(file).exists())
    };
    let found: Vec<_> = all_snippets().copied().filter(|(name, _)| written(name)).collect();
    assert!(!found.is_empty(), "no snippet in {ending}");
    found
}

/// The words behind `start` in the first line of the snippet that begins with it.
fn command<'s>(snippet: &'s str, start: &str) -> Vec<&'s str> {
    let line = snippet.lines().find_map(|line| line.strip_prefix(start));
    line.unwrap_or_else(|| panic!("no line begins with {start:?}:\n{snippet}")).split_whitespace().collect()
}

/// The text of the first element of this name.
fn element<'t>(text: &'t str, name: &str) -> &'t str {
    let (_, rest) = text.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("no <{name}> in:\n{text}"));
    rest.split_once(&format!("</{name}>")).expect("the element ends").0
}

/// A text with every run of blanks as one.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_snippet_in_go_gets_the_modules_that_it_imports_as_the_sdk_tests_pin_them() {
    let pins = read("tests/sdk/go/go.mod");
    for (name, snippet) in in_language("go") {
        let modules: BTreeSet<(&str, &str)> = command(snippet, "// go get ")
            .into_iter()
            .map(|wanted| wanted.split_once('@').unwrap_or_else(|| panic!("{name}: {wanted} has no version")))
            .collect();
        for (module, version) in &modules {
            let pin = format!("\t{module} {version}\n");
            assert!(pins.contains(&pin), "{name}: go.mod has no {module} {version}");
        }
        for path in snippet.split('"').filter(|text| text.starts_with("github.com/")) {
            let got = modules.iter().any(|(module, _)| path.starts_with(&format!("{module}/")) || path == *module);
            assert!(got, "{name} imports {path}, which no module of its first line has");
        }
    }
}

#[test]
fn a_snippet_in_java_depends_on_what_the_sdk_tests_compile_it_with() {
    let clients =
        [("tencent-java", "tencent"), ("alibaba-java", "alibaba"), ("alibaba-java-classic", "alibaba-classic")];
    let snippets = in_language("java");
    assert_eq!(snippets.len(), clients.len(), "a snippet has no client here");
    for (name, snippet) in snippets {
        let folder = clients.iter().find(|(client, _)| *client == name).expect("every one has a client").1;
        let pom = read(&format!("tests/sdk/java/{folder}/pom.xml"));
        assert_eq!(squeezed(element(snippet, "dependency")), squeezed(element(&pom, "dependency")), "{name}");
        let release: u8 = element(snippet, "maven.compiler.release").parse().unwrap();
        assert!(release >= 9, "{name}: a compiler for {release} knows no release");
        for older in ["source", "target"] {
            assert_eq!(element(snippet, &format!("maven.compiler.{older}")), release.to_string(), "{name}");
        }
        let class = snippet.split("public class ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
        assert!(snippet.contains(&format!("Save this as src/main/java/{class}.java.")), "{name}");
    }
}

#[test]
fn a_snippet_in_php_or_ruby_names_its_packages_with_a_version() {
    for (name, snippet) in in_language("php") {
        assert!(snippet.starts_with("<?php\n"), "{name}");
        for package in command(snippet, "// composer require ") {
            let (vendor, version) = package.split_once(":^").unwrap_or_else(|| panic!("{name}: {package}"));
            assert!(
                vendor.contains('/') && version.starts_with(|sign: char| sign.is_ascii_digit()),
                "{name}: {package}"
            );
        }
        assert!(snippet.contains("\nrequire 'vendor/autoload.php';\n"), "{name}");
    }
    for (name, snippet) in in_language("rb") {
        let library = snippet.split("\nrequire '").nth(1).and_then(|rest| rest.split('\'').next()).unwrap();
        let (head, _) = snippet.split_once("\nrequire '").unwrap();
        assert!(head.lines().all(|line| line.starts_with('#')), "{name}: only its packages stand above");
        assert!(head.contains(library) && head.contains(|sign: char| sign.is_ascii_digit()), "{name}: {head}");
    }
}

/// The SDK that knows one port alone says so before it asks the wrong one.
#[test]
fn the_snippet_for_tencents_ruby_sdk_stops_at_another_port_than_its_own() {
    let (_, snippet) = all_snippets().find(|(name, _)| *name == "tencent-ruby").unwrap();
    let stop = snippet.find("\nabort ").expect("it stops");
    assert!(snippet.contains("ticketbooth serve --listen 127.0.0.1:80"), "{snippet}");
    assert!(stop < snippet.find("Client.new").unwrap(), "before it asks");
}

/// What the page says of pointing a client here is what its snippet does.
#[test]
fn the_page_points_every_client_as_its_snippet_does() {
    let page = read("docs/clients.md");
    let (_, rest) = page.split_once("| client | package | how it is pointed here |").expect("the table is there");
    let rows: Vec<Vec<&str>> = rest
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    for (name, snippet) in all_snippets() {
        let named = format!("`{name}`");
        let row = rows.iter().find(|row| row[1].contains(&named)).unwrap_or_else(|| panic!("no row has {name}"));
        let snippet = squeezed(snippet);
        let pointed: Vec<&str> = row[3].split('`').skip(1).step_by(2).collect();
        assert!(!pointed.is_empty(), "{name}: nothing points it here");
        for code in pointed {
            assert!(snippet.contains(code), "the snippet {name} does not have {code}");
        }
    }
}
