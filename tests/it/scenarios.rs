//! The shipped scenarios: each is played by a small app, and what its file claims is so.

mod claims;
mod play;
mod walks;
mod wire;

use std::collections::BTreeSet;
use std::fs;

use ticketbooth::verify::{Report, Verdict};

use crate::kit::repository;
use play::{FOLDER, Play, Stage};

/// What a scenario claims of an app that does as it should; the error says what was otherwise.
type Claim = fn(&Play) -> Result<(), String>;

const CLAIMS: &[(&str, Claim)] = &[
    ("clock-skew", claims::clock_skew),
    ("codes-alibaba-create-embed-token", walks::alibaba_create_embed_token),
    ("codes-alibaba-create-ticket", walks::alibaba_create_ticket),
    ("codes-alibaba-delay-ticket", walks::alibaba_delay_ticket),
    ("codes-tencent-apply-embed-interval", walks::tencent_apply_embed_interval),
    ("codes-tencent-create-embed-token", walks::tencent_create_embed_token),
    ("connection-resets", wire::connection_resets),
    ("create-reply-lost", wire::create_reply_lost),
    ("embedding-switched-off", claims::embedding_switched_off),
    ("expires-while-open", claims::expires_while_open),
    ("flaky-vendor", claims::flaky_vendor),
    ("half-broken-gateway", claims::half_broken_gateway),
    ("instance-expires-mid-run", claims::instance_expires_mid_run),
    ("maintenance-window", claims::maintenance_window),
    ("odd-envelopes", claims::odd_envelopes),
    ("prefetch-uses-ticket-up", claims::prefetch_uses_ticket_up),
    ("renewal-fails-once", claims::renewal_fails_once),
    ("renewal-too-late", claims::renewal_too_late),
    ("sandbox-pair", claims::sandbox_pair),
    ("slow-vendor", claims::slow_vendor),
    ("throttled-then-recovered", claims::throttled_then_recovered),
    ("token-swarm", claims::token_swarm),
    ("truncated-json", wire::truncated_json),
];

#[test]
fn every_scenario_has_a_claim_and_every_claim_a_scenario() {
    let entries = fs::read_dir(repository(FOLDER)).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| !path.is_dir());
    let names = files.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned());
    let claimed = CLAIMS.iter().map(|(name, _)| format!("{name}.yaml"));
    assert_eq!(names.collect::<BTreeSet<_>>(), claimed.collect::<BTreeSet<_>>());
}

#[test]
fn every_world_beside_the_scenarios_is_the_world_of_one() {
    let used = CLAIMS.iter().filter_map(|(name, _)| Stage::of(name).scenario.world);
    let entries = fs::read_dir(repository(FOLDER).join("worlds")).unwrap().map(|entry| entry.unwrap().file_name());
    let files = entries.map(|name| std::path::Path::new("worlds").join(name));
    assert_eq!(files.collect::<BTreeSet<_>>(), used.collect::<BTreeSet<_>>());
}

#[test]
fn every_scenario_says_what_it_is_for() {
    for (name, _) in CLAIMS {
        let scenario = Stage::of(name).scenario;
        assert_eq!(scenario.name, *name, "the name is the file's");
        assert!(scenario.about.is_some_and(|about| about.len() > 40), "{name} says nothing about itself");
        assert!(!scenario.expect.is_empty(), "{name} expects nothing");
    }
}

#[test]
fn what_every_scenario_claims_is_so() {
    for (name, claim) in CLAIMS {
        let stage = Stage::of(name);
        let play = Play::new(&stage, None);
        claim(&play).unwrap_or_else(|error| panic!("{name}: {error}"));
        let epoch = play.emulator.default_sandbox().epoch();
        let report = Report::from_journal(&stage.scenario, epoch.rules.all_stats(), &epoch.journal.extract());
        assert_eq!(report.verdict, Verdict::Pass, "{name}: {}", report.complaints().join("; "));
    }
}

/// A rule whose removal nobody notices would teach nothing.
#[test]
fn no_scenario_has_a_rule_that_could_be_left_out() {
    let mut removed = 0;
    for (name, claim) in CLAIMS {
        let stage = Stage::of(name);
        for rule in &stage.scenario.rules {
            let play = Play::new(&stage, Some(rule.id()));
            assert!(claim(&play).is_err(), "{name} claims the same without its rule {}", rule.id());
            removed += 1;
        }
    }
    println!("scenarios: {} files, {removed} rules left out one by one", CLAIMS.len());
}
