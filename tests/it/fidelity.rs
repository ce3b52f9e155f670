//! `docs/fidelity.md`: what is proven of the emulator, what is not, and what nobody knows. It is made from
//! the rows, the captures and what the last run of the official SDKs left; `BLESS=1` writes it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;
use ticketbooth::cloud::catalog::{ErrorRow, ErrorScope};
use ticketbooth::cloud::examples::{Example, ExampleRequest, How};
use ticketbooth::cloud::{Vendor, vendors};
use ticketbooth::domain::{Assumption, Evidence, Side};

use crate::golden::{Shown, all_shown};
use crate::kit::{read, repository};

const PAGE: &str = "docs/fidelity.md";

/// A behaviour that tests hold: in words, its evidence, and the names of the tests.
struct Held {
    behaviour: &'static str,
    evidence: &'static str,
    tests: &'static [&'static str],
}

const SIGNATURES: &[&str] = &[
    "every_capture_signed_by_an_official_client_is_let_in",
    "every_step_of_a_signature_is_the_one_the_client_computed",
    "one_flipped_byte_in_a_signed_part_is_refused",
    "the_vendors_published_vectors_are_reproduced",
];
const CODES: &[&str] = &["every_code_comes_as_its_row_says"];
const SWITCHES: &[&str] = &["every_choice_does_what_it_says", "no_two_choices_of_an_assumption_look_alike"];

static HELD: &[Held] = &[
    Held {
        behaviour: "The gateway tells the earliest of two mistakes",
        evidence: "documented codes; their order is partly assumed",
        tests: &["tencent_answers_the_earliest_of_two_mistakes", "alibaba_answers_the_earliest_of_two_mistakes"],
    },
    Held {
        behaviour: "A signature is good for its window, a nonce once, a temporary key with its token",
        evidence: "documented",
        tests: &[
            "a_signature_is_fresh_up_to_the_last_second",
            "a_nonce_is_good_once_for_each_key_until_its_window_ends",
            "a_temporary_key_comes_with_its_token_and_no_other_key_with_one",
        ],
    },
    Held {
        behaviour: "Tencent's limit of 20 calls a second",
        evidence: "documented",
        tests: &["the_21st_call_of_a_second_is_too_many"],
    },
    Held {
        behaviour: "The life of a ticket: live, used up, expired, revoked, extended",
        evidence: "documented, with the assumptions below; compared with a model of another shape",
        tests: &["the_machine_agrees_with_the_model", "the_store_agrees_with_the_model"],
    },
    Held {
        behaviour: "A ticket of N uses opens N times, however many visitors come at once",
        evidence: "our promise; histories of 64 connections are explained by one order",
        tests: &["the_last_use_has_one_winner", "histories_of_64_connections_are_explained"],
    },
    Held {
        behaviour: "Pages open with their own ticket, and refuse others in the vendor's text",
        evidence: "documented links; texts documented or seen",
        tests: &[
            "every_form_of_link_finds_its_work",
            "a_tencent_token_opens_its_own_view",
            "a_used_up_ticket_is_refused_in_the_vendors_own_text",
        ],
    },
    Held {
        behaviour: "Messages of errors that a rule orders name things, not placeholders",
        evidence: "our promise",
        tests: &["an_error_that_a_rule_orders_names_no_placeholder"],
    },
];

/// What no test of ours can show, and the reason.
static UNPROVEN: &[(&str, &str)] = &[
    (
        "**Agreement with the live services**",
        "No test calls them. Proven means that the vendors' own code or published vectors agree with the emulator, not \
         that the service was asked.",
    ),
    (
        "How a report looks, and its data",
        "A page draws figures of a seed that its filters are applied to. Nobody's report is in it, and no other thing that a \
         report could do.",
    ),
    ("Speed, quotas and outages of the service", "Only limits that a page documents are kept; a rule makes the rest."),
    ("Delays until a change is seen everywhere", "Here a ticket that was deleted is refused at once."),
    (
        "Clients in PHP, Ruby, C++ and C#",
        "No run of the SDK tests drives them. Captures show some, see the table above.",
    ),
];

/// A table in Markdown.
fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = format!("| {} |\n|{}\n", head.join(" | "), " --- |".repeat(head.len()));
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
        writeln!(text, "| {} |", cells.join(" | ")).unwrap();
    }
    text
}

fn cited(tests: &[&str]) -> String {
    tests.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// How often each word comes: `Go 12, Java 20`.
fn tallied<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    counts.iter().map(|(word, count)| format!("{word} {count}")).collect::<Vec<_>>().join(", ")
}

/// The rows of the table that a run of the SDKs leaves in the page of the clients.
fn last_run() -> Vec<Vec<String>> {
    let page = read("docs/clients.md");
    let (_, rest) = page.split_once("<!-- last run -->").expect("the page has what a run left");
    let (rows, _) = rest.split_once("<!-- end of last run -->").expect("it ends");
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    rows.trim().lines().skip(2).map(cells).collect()
}

/// The weakest way in which a code can be provoked.
fn way(vendor: &Vendor, row: &ErrorRow) -> &'static str {
    let page = row.scope == ErrorScope::Visit;
    let own = |example: &&Example| example.code == row.code && matches!(example.what, ExampleRequest::Link(_)) == page;
    let ways: Vec<How> = vendor.catalog.examples.rows.iter().filter(own).map(|example| example.how).collect();
    match () {
        () if ways.contains(&How::Request) => "a request",
        () if ways.contains(&How::World) => "a thing of the world",
        () if ways.is_empty() => "only a rule",
        () => "a switch",
    }
}

/// The codes that official SDKs read through their own types.
fn codes_read(vendor: &str) -> BTreeSet<String> {
    fn collect(value: &Value, codes: &mut BTreeSet<String>) {
        match value {
            Value::Array(rows) => rows.iter().for_each(|row| collect(row, codes)),
            Value::Object(fields) => {
                codes.extend(fields.get("code").and_then(Value::as_str).map(str::to_owned));
                fields.values().for_each(|field| collect(field, codes));
            }
            _ => {}
        }
    }
    let mut codes = BTreeSet::new();
    let file = read(&format!("tests/sdk/refusals/{vendor}.json"));
    collect(&serde_json::from_str(&file).unwrap(), &mut codes);
    codes
}

fn signatures_chapter(shown: &[Shown]) -> String {
    let schemes: BTreeSet<_> = shown.iter().filter(|s| s.is_good).map(|s| (s.vendor, s.scheme)).collect();
    let rows = schemes.into_iter().map(|(vendor, scheme)| {
        let own = || shown.iter().filter(|s| s.is_good && (s.vendor, s.scheme) == (vendor, scheme));
        vec![vendor.to_owned(), scheme.to_owned(), own().count().to_string(), tallied(own().map(|s| s.language))]
    });
    format!(
        "### Signatures\n\nRequests of official SDKs, byte for byte as captured. Each good one is let in, each intermediate \
         text is the client's, and each flipped byte of a signed part is refused. Evidence: documented, and seen in the \
         captures. Tests: {}.\n\n{}\n{} further captures were tampered with, and each is refused with its code: \
         `every_tampered_capture_is_refused_with_its_code`.\n\n",
        cited(SIGNATURES),
        table(&["Vendor", "Signed with", "Captures", "Language of the SDK"], rows),
        shown.iter().filter(|s| !s.is_good).count(),
    )
}

fn actions_chapter(shown: &[Shown]) -> String {
    let rows = vendors().iter().flat_map(|vendor| vendor.catalog.actions.iter().map(move |row| (vendor, row)));
    let rows = rows.map(|(vendor, row)| {
        let own = shown.iter().filter(|s| s.is_good && s.vendor == vendor.name && s.action == row.name);
        let captured = tallied(own.map(|s| s.language));
        let captured = if captured.is_empty() { "**none**".to_owned() } else { captured };
        vec![format!("{}.{}", vendor.name, row.name), row.versions.join(", "), row.evidence.name().to_owned(), captured]
    });
    format!(
        "### Actions\n\nThe evidence is that of the action's parameters and answer. The captures are those of any version.\n\n{}\n",
        table(&["Action", "Versions", "Evidence", "Captures by language"], rows)
    )
}

fn clients_chapter() -> String {
    let run = last_run();
    let sum = |column: usize| run.iter().map(|row| row[column].parse::<usize>().unwrap()).sum::<usize>();
    let faults: usize = fs::read_dir(repository("tests/sdk/faults")).unwrap().count() - 1;
    let kinds: Value = serde_json::from_str(&read("tests/sdk/faults/faults.json")).unwrap();
    let kinds = kinds["rows"].as_object().map(serde_json::Map::len).or(kinds["rows"].as_array().map(Vec::len)).unwrap();
    format!(
        "### Official SDKs\n\nThe last run of `tests/sdk/run` drove {} clients, unmodified, through {} calls; {} of them were \
         refusals, read through the SDK's own errors. {faults} of the clients went through each of {kinds} faults \
         ([tests/sdk/faults](../tests/sdk/faults)). [clients.md](clients.md) has the clients and versions.\n\n",
        run.len(),
        sum(2),
        sum(3),
    )
}

fn codes_chapter() -> String {
    let mut rows = Vec::new();
    for vendor in vendors() {
        let read = codes_read(vendor.name);
        let ways = ["a request", "a thing of the world", "a switch", "only a rule"];
        for way_of in ways {
            let own = || vendor.catalog.errors.iter().filter(|row| way(vendor, row) == way_of);
            let texts = own().flat_map(|row| row.texts).map(|text| text.evidence.name());
            let seen = own().filter(|row| read.contains(row.code)).count();
            rows.push(vec![
                vendor.name.to_owned(),
                way_of.to_owned(),
                own().count().to_string(),
                tallied(texts),
                seen.to_string(),
            ]);
        }
    }
    format!(
        "### Error codes\n\nEvery code is provoked, or ordered by a rule, and compared with its row and with the vendor's own list, in each version, \
         language and format: {}. [codes.md](codes.md) has each with its call, evidence and source. The last column counts \
         codes that the table of refusals shows to the official SDKs, by their exact name.\n\n{}\n",
        cited(CODES),
        table(&["Vendor", "Provoked by", "Codes", "Evidence of their texts", "Read by SDKs"], rows)
    )
}

fn held_chapter() -> String {
    let rows = HELD.iter().map(|row| vec![row.behaviour.to_owned(), row.evidence.to_owned(), cited(row.tests)]);
    format!("### The rest\n\n{}\n", table(&["Behaviour", "Evidence", "Tests"], rows))
}

fn unproven_chapter() -> String {
    let mut rows: Vec<Vec<String>> =
        UNPROVEN.iter().map(|(what, why)| vec![(*what).to_owned(), (*why).to_owned()]).collect();
    for vendor in vendors() {
        let texts: Vec<_> = vendor.catalog.errors.iter().flat_map(|row| row.texts).collect();
        let ours = texts.iter().filter(|text| text.evidence == Evidence::Assumed).count();
        let by_rule = vendor.catalog.errors.iter().filter(|row| way(vendor, row) == "only a rule").count();
        let served: BTreeSet<&str> = vendor.catalog.actions.iter().map(|row| row.name).collect();
        let unserved = vendor.catalog.known_actions.iter().filter(|known| !served.contains(known.name)).count();
        let name = vendor.name;
        rows.push(vec![
            format!("{ours} of {} error texts of {name}", texts.len()),
            "Nobody printed them, so the words are ours. Do not compare with them; compare with codes.".to_owned(),
        ]);
        rows.push(vec![
            format!("When {name} gives {by_rule} of its codes"),
            "They are listed and nothing says what provokes them, or nothing here can; only a rule does.".to_owned(),
        ]);
        rows.push(vec![
            format!("{unserved} actions of {name}"),
            "Known by name and not served; `ticketbooth actions` lists them.".to_owned(),
        ]);
    }
    format!("## Not proven\n\n{}\n", table(&["What", "Why"], rows))
}

fn unknown_chapter() -> String {
    let mut text = format!(
        "## Unknown\n\nNo public source settles these questions. Each is an assumption with a switch: `assume:` in a world \
         file, `--assume NAME=CHOICE`, or `PATCH /_ticketbooth/assumptions`. If your tests depend on one, settle it with your \
         account, or run them with each choice. `ticketbooth explain` names the assumptions that a call consulted, and \
         [codes.md](codes.md) the reason for each default. That each choice does what it says is held by {}.\n\n",
        cited(SWITCHES)
    );
    for vendor in vendors() {
        let row = |row: &&Assumption| {
            let decides = match row.speaks_of {
                Side::Cloud => row.effect.to_owned(),
                Side::Emulator => format!("{} (A choice of the emulator.)", row.effect),
            };
            let name = format!("`{}`", row.name);
            vec![name, decides, format!("`{}`", row.default), row.evidence.name().to_owned(), row.settle.to_owned()]
        };
        let head = ["Assumption", "Decides", "Default", "Evidence", "How to settle it"];
        let rows = table(&head, vendor.catalog.assumptions.iter().map(row));
        write!(text, "### Assumptions of {}\n\n{rows}\n", vendor.name).unwrap();
    }
    text
}

fn page() -> String {
    let shown = all_shown();
    let assumptions = vendors().iter().map(|vendor| vendor.catalog.assumptions.len()).sum::<usize>();
    let good = shown.iter().filter(|shown| shown.is_good).count();
    let mut text = format!(
        "# Proven / Not proven / Unknown\n\nMade by `BLESS=1 cargo test --test it fidelity`; do not edit by hand.\n\n\
         Can a green test against this emulator be trusted? For what is [proven](#proven), as far as the vendors' own code \
         can tell: {good} captured requests and {} official clients agree with it. **No test compares it with the live \
         services**, see [not proven](#not-proven). {assumptions} questions are [unknown](#unknown) to everybody outside the \
         vendors; the emulator has a switch for each.\n\nEvidence is `documented` (the vendor's page, model or vector says \
         so), `seen` (it stands in public: a thread, a log, somebody's code) or `assumed` (our choice).\n\n## Proven\n\n",
        last_run().len(),
    );
    text.push_str(&signatures_chapter(&shown));
    text.push_str(&actions_chapter(&shown));
    text.push_str(&clients_chapter());
    text.push_str(&codes_chapter());
    text.push_str(&held_chapter());
    text.push_str(&unproven_chapter());
    text.push_str(&unknown_chapter());
    format!("{}\n", text.trim_end())
}

/// The text of every Rust source under a folder.
fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn the_page_of_what_is_proven_is_up_to_date() {
    let made = page();
    if std::env::var_os("BLESS").is_some() {
        fs::write(repository(PAGE), &made).unwrap();
    }
    assert!(read(PAGE) == made, "{PAGE} is not what the rows say; run the test with BLESS=1");
}

#[test]
fn every_test_that_the_page_cites_is_there() {
    let mut tests = String::new();
    sources(&repository("tests"), &mut tests);
    let page = page();
    let cited = page.split('`').skip(1).step_by(2).filter(|word| word.matches('_').count() > 2 && !word.contains('.'));
    let cited: BTreeSet<&str> = cited.filter(|word| word.chars().all(|c| c.is_alphanumeric() || c == '_')).collect();
    assert!(cited.len() > 15, "{cited:?}");
    for name in cited {
        assert!(tests.contains(&format!("fn {name}(")), "no test is called {name}");
    }
}
