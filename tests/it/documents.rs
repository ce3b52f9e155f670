//! What the documents show is true: snippets are the ones that run, examples load, errors read so.

use ticketbooth::rules::Scenario;
use ticketbooth::world::World;

use crate::kit::{assumptions, read};

/// The text of each fenced block of the language, in the order of the page.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let opened = page.split(&fence).skip(1);
    opened.map(|rest| rest.split("```").next().expect("a block is closed").to_owned()).collect()
}

#[test]
fn the_snippets_of_the_readme_are_those_that_the_sdk_tests_run() {
    let page = read("README.md");
    assert_eq!(
        blocks(&page, "python"),
        [read("src/cli/snippets/alibaba-python.py"), read("tests/sdk/ci/python/test_embed.py")]
    );
    assert_eq!(
        blocks(&page, "js"),
        [read("src/cli/snippets/tencent-node.js"), read("tests/sdk/ci/node/embed.test.js")]
    );
}

#[test]
fn the_first_commands_of_the_readme_are_run_and_test() {
    let page = read("README.md");
    let first = &blocks(&page, "sh")[0];
    assert!(first.starts_with("cargo run ") && first.contains("\ncargo test "), "{first}");
    let lines = page.lines().position(|line| line.starts_with("cargo test ")).expect("the line is there");
    assert!(lines < 24, "the first screen has some two dozen lines");
}

#[test]
fn the_scenario_of_the_readme_loads() {
    let scenario = &blocks(&read("README.md"), "yaml")[0];
    Scenario::load("mine.yaml", scenario).unwrap_or_else(|problems| panic!("{problems}"));
}

#[test]
fn the_world_of_the_readme_loads_and_its_mistake_reads_as_shown() {
    let page = read("README.md");
    let world = &blocks(&page, "yaml")[1];
    World::load("mine.yaml", world, &assumptions()).unwrap_or_else(|problems| panic!("{problems}"));
    let broken = world.replace("embedding: false", "embeding: false");
    let problems = World::load("mine.yaml", &broken, &assumptions()).expect_err("the key does not exist");
    assert_eq!(blocks(&page, "text")[0].trim_end(), problems.to_string().trim_end());
}
