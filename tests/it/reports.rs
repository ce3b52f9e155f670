//! What is written as XML is read by somebody else's parser, whatever the texts are.

use proptest::prelude::*;
use roxmltree::Document;
use serde_json::json;
use ticketbooth::cli::report::junit_xml;
use ticketbooth::emulator::AuthMode;
use ticketbooth::pipeline;
use ticketbooth::rules::Scenario;
use ticketbooth::verify::Report;

use crate::kit;

/// Texts that XML cannot hold, and texts that could end what they stand in.
const ODD: &[&str] =
    &["\u{1}", "\u{0}", "\u{fffe}", "\u{ffff}", "]]>", "<!--", "\"'&#1;", "\u{85}", "\u{fdd0}", "\u{10ffff}", "\r\n\t"];

/// The text as XML gives it back.
fn as_read(text: &str) -> String {
    let is_lost = |sign: char| (sign < ' ' && !"\t\n\r".contains(sign)) || matches!(sign, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|sign| if is_lost(sign) { '\u{fffd}' } else { sign }).collect()
}

/// The report on a scenario of this name, whose one expectation wants this parameter, and what it says.
fn reported(name: &str, wanted: &str) -> (String, String) {
    let file = json!({
        "ticketbooth": 1, "name": name,
        "expect": [{ "on": "alibaba.CreateTicket", "where": { "WorksId": wanted } }],
    });
    // What YAML does not take as it is can be escaped in it.
    let is_taken = |sign| !matches!(sign, '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    let escaped = |sign| if is_taken(sign) { String::from(sign) } else { format!("\\u{:04x}", u32::from(sign)) };
    let file: String = file.to_string().chars().map(escaped).collect();
    let scenario = Scenario::load("scenario", &file).unwrap();
    let epoch = kit::demo(AuthMode::Off).default_sandbox().epoch();
    let report = Report::from_journal(&scenario, Vec::new(), &epoch.journal.extract());
    (junit_xml(Some(&report), &[]), report.expectations[0].finding.message.clone())
}

fn is_faithful(name: &str, wanted: &str) {
    let (text, message) = reported(name, wanted);
    let document = Document::parse(&text).unwrap_or_else(|error| panic!("{error}: {text:?}"));
    let failure = document.descendants().find(|node| node.has_tag_name("failure")).unwrap();
    assert_eq!(failure.text(), Some(as_read(&message).as_str()));
    assert_eq!(failure.attribute("message"), Some(as_read(&message).as_str()));
    let suite = document.root_element().attribute("name").unwrap();
    assert_eq!(suite, as_read(name));
}

#[test]
fn a_junit_report_holds_every_odd_text() {
    for text in ODD {
        is_faithful(&format!("a{text}b"), &format!("a{text}b"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_junit_report_is_well_formed_for_every_text(
        name in proptest::collection::vec(any::<char>(), 1..9), wanted in proptest::collection::vec(any::<char>(), 1..9),
        odd in proptest::sample::select(ODD),
    ) {
        let text = |signs: Vec<char>| format!("a{}{odd}", signs.into_iter().collect::<String>());
        is_faithful(&text(name), &text(wanted));
    }

    #[test]
    fn an_answer_in_xml_is_well_formed_whatever_it_quotes(
        ticket in proptest::collection::vec(any::<char>(), 1..9), odd in proptest::sample::select(ODD),
    ) {
        let emulator = kit::demo(AuthMode::Off);
        let ticket = format!("{}{odd}", ticket.into_iter().collect::<String>());
        let raw = kit::alibaba_raw("2022-01-01", "QueryTicketInfo", &[("Ticket", &ticket)]);
        let raw = ticketbooth::call::RawRequest { target: raw.target.replace("Format=JSON", "Format=XML").into(), ..raw };
        let reply = pipeline::serve(&emulator, &raw);
        let text = std::str::from_utf8(&reply.body).unwrap();
        let document = Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text:?}"));
        prop_assert_eq!(document.root_element().tag_name().name(), "Error");
    }
}
