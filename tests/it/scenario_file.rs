//! What a scenario file says, and what is wrong with a bad one.

use std::path::Path;

use ticketbooth::rules::{Scenario, world_of};

const GOOD: &str = "\
ticketbooth: 1
name: instance-expires-mid-run
about: The third CreateTicket is refused; the app must show the outage page.
seed: 42
clock: { start: 2026-01-05T08:00:00+08:00, frozen: true }
world: worlds/two-tenants.yaml
rules:
  - id: third-create
    on: alibaba.CreateTicket
    where: { WorksId: \"a206*\" }
    calls: 3
    during: { from: 10m, until: 20m }
    then: { error: Instance.Expired }
  - id: flaky
    on: tencent.ApplyEmbedInterval
    sequence:
      - { error: RequestLimitExceeded }
      - { lose: reply, how: reset }
      - proceed
  - id: slow-visit
    on: alibaba.visit
    then: { delay: { median: 300ms, sigma: 0.4 } }
    optional: true
expect:
  - { on: alibaba.CreateTicket, where: { WorksId: \"a206*\" }, calls: { exactly: 3 } }
  - { on: alibaba.visit, code: Authorize3rdTicket.Expired, calls: never }
  - { on: tencent.*, code: RequestLimitExceeded, calls: { at_least: 1, at_most: 3 } }
  - { on: tencent.visit }
";

fn told(text: &str) -> Vec<String> {
    let problems = Scenario::load("s.yaml", text).expect_err(text);
    problems.iter().map(|problem| format!("{}:{}: {}", problem.line, problem.column, problem.message)).collect()
}

#[test]
fn everything_that_a_scenario_says_is_read() {
    let scenario = Scenario::load("s.yaml", GOOD).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!((scenario.name.as_str(), scenario.seed), ("instance-expires-mid-run", Some(42)));
    let clock = scenario.clock.unwrap();
    assert_eq!((clock.frozen, clock.start.unwrap().unix_seconds()), (true, 1_767_571_200));
    assert_eq!(scenario.world.as_deref(), Some(Path::new("worlds/two-tenants.yaml")));
    let ids: Vec<_> = scenario.rules.iter().map(|rule| (&**rule.id(), rule.is_optional())).collect();
    assert_eq!(ids, [("third-create", false), ("flaky", false), ("slow-visit", true)]);
    let counts: Vec<_> = scenario.expect.iter().map(|one| (one.count.least, one.count.most)).collect();
    assert_eq!(counts, [(3, Some(3)), (0, Some(0)), (1, Some(3)), (1, None)]);
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let text = GOOD
        .replace("ticketbooth: 1", "ticketbooth: 2")
        .replace("2026-01-05T08:00:00+08:00", "yesterday")
        .replace("worlds/two-tenants.yaml", "../secrets.yaml")
        .replace("calls: 3", "calls: '4-2'")
        .replace("error: RequestLimitExceeded", "error: RequestLimitExceded")
        .replace("calls: { exactly: 3 }", "calls: { exactly: 3, at_least: 2 }")
        .replace("on: alibaba.visit, code: Authorize3rdTicket.Expired", "on: alibaba.visit, code: Throttling.User");
    assert_eq!(
        told(&text),
        [
            "1:14: format version 2 is not known",
            "5:17: invalid RFC 3339 time \"yesterday\" (failed to parse four digit integer as year: invalid digit, expected 0-9 but got y)",
            "6:8: \"../secrets.yaml\" is not a path inside the folder of this file",
            "11:12: \"4-2\" ends before it begins",
            "17:18: unknown error code \"RequestLimitExceded\" of tencent",
            "25:69: these say no number of calls",
            "26:32: a visit never answers with \"Throttling.User\"",
        ]
    );
    assert_eq!(told(&format!("{GOOD}extra: 1\n")), ["29:1: unknown key \"extra\""]);
    assert_eq!(told(&format!("{GOOD}seed: 1\n")), ["29:1: key \"seed\" is defined twice"]);
}

#[test]
fn a_world_never_lies_outside_the_folder() {
    for path in ["/etc/passwd", "..", "a/../../b", "C:/world.yaml", "a\\b", "''"] {
        assert_eq!(told(&GOOD.replace("worlds/two-tenants.yaml", path)).len(), 1, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("inside");
    std::fs::create_dir_all(inside.join("worlds")).unwrap();
    std::fs::write(folder.path().join("outside.yaml"), "").unwrap();
    let link = inside.join("worlds/two-tenants.yaml");
    std::os::unix::fs::symlink("../../outside.yaml", &link).unwrap();
    let scenario = Scenario::load("s.yaml", GOOD).unwrap();
    let world = || world_of(&inside.join("s.yaml"), scenario.world.as_deref().unwrap());
    assert!(world().unwrap_err().contains("lies outside"));
    std::fs::remove_file(&link).unwrap();
    assert!(world().unwrap_err().contains("there is no file"));
    std::fs::write(&link, "").unwrap();
    assert_eq!(world(), Ok(link.canonicalize().unwrap()));
}
