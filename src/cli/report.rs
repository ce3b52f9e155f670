//! The verdict on a scenario as a file: JSON, or JUnit as CI servers read it.

use std::path::Path;
use std::process::ExitStatus;

use quick_xml::events::{BytesText, Event};
use quick_xml::writer::Writer;
use serde_json::{Value, json};

use super::Failure;
use super::files::{self, Readers};
use crate::verify::{Report, Verdict};
use crate::xml::writable_text;

/// Writes the report into the file; `None`: there was no scenario to be judged.
pub(crate) fn write_report(file: &Path, report: Option<&Report>, end: &End<'_>) -> Result<(), Failure> {
    let is_junit = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xml"));
    let text =
        if is_junit { junit_xml(report, end.refused_hosts) } else { format!("{:#}\n", report_json(report, end)) };
    files::replace_file(file, Readers::Anybody, [text]).map_err(Failure::Own)
}

/// The end of the program, whatever the verdict is.
pub(crate) struct End<'a> {
    pub status: &'a ExitStatus,
    /// Hosts that it wanted to be led to, with how often.
    pub refused_hosts: &'a [(String, u64)],
}

fn report_json(report: Option<&Report>, End { status, refused_hosts }: &End<'_>) -> Value {
    let hosts: Vec<Value> = refused_hosts.iter().map(|(host, times)| json!({ "host": host, "times": times })).collect();
    let Some(report) = report else {
        return json!({ "scenario": null, "command_exit_code": status.code(), "refused_hosts": hosts });
    };
    let rules: Vec<Value> = report
        .rules
        .iter()
        .map(|part| {
            let standing = &part.standing;
            json!({
                "id": &**standing.rule.id(), "verdict": part.verdict.name(), "hits": standing.hits,
                "eligible": standing.eligible, "message": part.message,
            })
        })
        .collect();
    let expectations: Vec<Value> = report
        .expectations
        .iter()
        .map(|part| {
            let evidence: Vec<String> = part.finding.evidence.iter().map(ToString::to_string).collect();
            json!({
                "expect": part.expect, "verdict": part.finding.verdict.name(),
                "message": part.finding.message, "evidence": evidence,
            })
        })
        .collect();
    json!({
        "scenario": report.name,
        "verdict": report.verdict.name(),
        "command_exit_code": status.code(),
        "refused_hosts": hosts,
        "rules": rules,
        "expectations": expectations,
    })
}

/// One test case for each rule and each expectation, as a document in XML.
///
/// Hosts that the program was not led to are properties of the suite.
pub fn junit_xml(report: Option<&Report>, refused_hosts: &[(String, u64)]) -> String {
    let rules = report.into_iter().flat_map(|report| &report.rules);
    let rules = rules.map(|part| (format!("rule {}", part.standing.rule.id()), part.verdict, part.message.as_str()));
    let expectations = report.into_iter().flat_map(|report| &report.expectations).enumerate();
    let expectations = expectations.map(|(number, part)| {
        let name = format!("expectation {}: {}", number + 1, part.expect.on);
        (name, part.finding.verdict, part.finding.message.as_str())
    });
    let cases: Vec<(String, Verdict, &str)> = rules.chain(expectations).collect();
    let count = |test: fn(Verdict) -> bool| cases.iter().filter(|case| test(case.1)).count().to_string();
    let name = report.map_or("no scenario".into(), |report| writable_text(&report.name));
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer
        .create_element("testsuite")
        .with_attributes([
            ("name", &*name),
            ("tests", &cases.len().to_string()),
            ("failures", &count(|verdict| matches!(verdict, Verdict::Fail | Verdict::Vacuous))),
            ("errors", &count(|verdict| verdict == Verdict::Indeterminate)),
        ])
        .write_inner_content(|writer| {
            write_hosts(writer, refused_hosts)?;
            cases.iter().try_for_each(|case| test_case(writer, &name, case))
        })
        .expect("memory takes every text");
    let text = String::from_utf8(writer.into_inner()).expect("what is written is text");
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}\n")
}

fn write_hosts(writer: &mut Writer<Vec<u8>>, hosts: &[(String, u64)]) -> std::io::Result<()> {
    if hosts.is_empty() {
        return Ok(());
    }
    let property = |writer: &mut Writer<Vec<u8>>, (host, times): &(String, u64)| {
        let value = format!("{} ({times})", writable_text(host));
        let property = writer.create_element("property");
        property.with_attributes([("name", "refused host"), ("value", &*value)]).write_empty().map(drop)
    };
    let properties = writer.create_element("properties");
    properties.write_inner_content(|writer| hosts.iter().try_for_each(|host| property(writer, host))).map(drop)
}

fn test_case(
    writer: &mut Writer<Vec<u8>>,
    suite: &str,
    (name, verdict, message): &(String, Verdict, &str),
) -> std::io::Result<()> {
    let (name, message) = (writable_text(name), writable_text(message));
    let case = writer.create_element("testcase").with_attributes([("classname", suite), ("name", &*name)]);
    let element = match verdict {
        Verdict::Pass => return case.write_empty().map(drop),
        Verdict::Fail | Verdict::Vacuous => "failure",
        Verdict::Indeterminate => "error",
    };
    case.write_inner_content(|writer| {
        let told = writer.create_element(element).with_attributes([("type", verdict.name()), ("message", &*message)]);
        told.write_inner_content(|writer| writer.write_event(Event::Text(BytesText::new(&message)))).map(drop)
    })
    .map(drop)
}
