//! What the documents show is true: snippets are the ones that run, examples load, errors read so.

use std::collections::BTreeSet;
use std::fs;

use ticketbooth::cli;
use ticketbooth::cloud::all_snippets;
use ticketbooth::rules::Scenario;
use ticketbooth::world::World;

use crate::kit::{assumptions, fenced_blocks, read, repository};

/// The text of each fenced block of the language, in the order of the page.
fn blocks(page: &str, language: &str) -> Vec<String> {
    fenced_blocks(page).into_iter().filter(|(info, _)| info == language).map(|(_, text)| text).collect()
}

/// Every page of the documents.
fn pages() -> Vec<String> {
    let folder = fs::read_dir(repository("docs")).unwrap();
    let pages = folder.map(|entry| format!("docs/{}", entry.unwrap().file_name().into_string().unwrap()));
    pages.chain(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(str::to_owned)).collect()
}

#[test]
fn the_snippets_of_the_readme_are_those_that_the_sdk_tests_run() {
    assert_eq!(blocks("README.md", "python"), [read("src/cloud/alibaba/snippets/alibaba-python.py")]);
    assert_eq!(blocks("README.md", "js"), [read("src/cloud/tencent/snippets/tencent-node.js")]);
}

#[test]
fn the_suites_for_ci_are_those_that_the_sdk_tests_run() {
    assert_eq!(blocks("docs/ci.md", "python"), [read("tests/sdk/ci/python/test_embed.py")]);
    assert_eq!(blocks("docs/ci.md", "js"), [read("tests/sdk/ci/node/embed.test.js")]);
    assert!(read("tests/sdk/ci/python/test_embed.py").contains(&blocks("README.md", "py")[0]), "a part of it");
}

/// Those of Python and Node are run out of the pages by `packages/test`.
#[test]
fn the_example_for_java_is_the_one_that_its_tests_run() {
    let example = read("packages/java/ticketbooth-junit/src/test/java/ExampleTest.java");
    assert_eq!(blocks("docs/java.md", "java")[0], example);
}

#[test]
fn the_pages_of_the_packages_begin_with_an_example() {
    for page in ["docs/python.md", "docs/node.md", "docs/java.md", "docs/containers.md"] {
        let line = read(page).lines().position(|line| line.starts_with("```")).expect("there is one");
        assert_eq!(line, 2, "{page}");
    }
}

/// What a suite for CI prints is an explanation that is written down among the golden ones.
#[test]
fn the_explanation_of_the_documents_reads_as_shown() {
    let shown = &blocks("docs/ci.md", "text")[0];
    assert!(read("tests/golden/explained.txt").contains(&format!("\n\n{}\n\n====", shown.trim_end())), "{shown}");
}

#[test]
fn the_first_commands_of_the_readme_are_run_and_test() {
    let page = read("README.md");
    let first = &blocks("README.md", "sh")[0];
    assert!(first.starts_with("cargo run ") && first.contains("\ncargo test "), "{first}");
    let lines = page.lines().position(|line| line.starts_with("cargo test ")).expect("the line is there");
    assert!(lines < 24, "the first screen has some two dozen lines");
}

#[test]
fn the_readme_is_short() {
    assert!(read("README.md").len() <= 12 * 1024);
}

#[test]
fn scenarios_in_the_documents_load() {
    for page in ["README.md", "docs/ci.md"] {
        let scenarios = blocks(page, "yaml");
        assert_eq!(scenarios.len(), 1, "{page}");
        Scenario::load("mine.yaml", &scenarios[0]).unwrap_or_else(|problems| panic!("{page}: {problems}"));
    }
}

#[test]
fn the_world_of_the_documents_loads_and_its_mistake_reads_as_shown() {
    let world = &blocks("docs/worlds.md", "yaml")[0];
    World::load("mine.yaml", world, &assumptions()).unwrap_or_else(|problems| panic!("{problems}"));
    let broken = world.replace("embedding: false", "embeding: false");
    let problems = World::load("mine.yaml", &broken, &assumptions()).expect_err("the key does not exist");
    assert_eq!(blocks("docs/worlds.md", "text")[0].trim_end(), problems.to_string().trim_end());
}

#[test]
fn the_verbs_are_documented_as_the_parser_has_them() {
    let book = cli::verbs_book();
    if std::env::var_os("BLESS").is_some() {
        fs::write(repository("docs/cli.md"), &book).unwrap();
    }
    assert!(read("docs/cli.md") == book, "BLESS=1 cargo test --test it documents renews docs/cli.md");
}

/// A link to a page or a file that is not there helps nobody.
#[test]
fn links_between_documents_lead_somewhere() {
    let mut walked = BTreeSet::new();
    for page in pages() {
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in read(&page).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (file, _) = link.split_once('#').unwrap_or((link, ""));
            if file.is_empty() || file.contains("://") {
                continue;
            }
            assert!(repository(folder).join(file).exists(), "{page} links to {link}, which is not there");
            walked.insert(format!("{page} {link}"));
        }
    }
    assert!(walked.len() > 15, "{walked:?}");
}

/// The snippet names in the table of clients are those that the command line knows.
#[test]
fn every_snippet_is_named_in_the_documents() {
    let page = read("docs/clients.md");
    for (name, _) in all_snippets() {
        assert!(page.contains(&format!("`{name}`")), "docs/clients.md does not name {name}");
    }
}
