//! An explanation as text: the diagnosis first, then the steps, then what is long.
//!
//! It is made of the JSON that everybody gets, so that a running emulator and a file that was written out say the same
//! in the same words.

use std::collections::VecDeque;
use std::fmt::Write as _;

use serde_json::Value;
use similar::{ChangeTag, TextDiff};
use unicode_width::UnicodeWidthChar as _;

/// How much of an explanation is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// What helps first: long texts in short, and of two that differ the places where they do.
    #[default]
    Brief,
    Full,
}

/// The explanation as `GET /explain/{id}` gives it, in text.
pub fn explanation_text(explained: &Value, detail: Detail) -> String {
    let mut text = headline(explained);
    // A rule that leaves a success one has done nothing wrong.
    let first = if explained["outcome"] == "success" { "note" } else { "wrong" };
    for (label, name) in [(first, "wrong"), ("change", "advice")] {
        if let Some(sentence) = explained[name].as_str() {
            let _ = writeln!(text, "  {label:<7} {sentence}");
        }
    }
    text.push('\n');
    let _ = writeln!(
        text,
        "request  {} at {}{}",
        told(&explained["request_id"]),
        told(&explained["at"]),
        way_of(explained)
    );
    if let Some(rule) = explained["rule"].as_str() {
        let place = explained["rule_place"].as_str().map_or_else(String::new, |place| format!(" ({place})"));
        let _ = writeln!(text, "rule     {rule}{place}");
    }
    write_steps(&mut text, explained, detail);
    for ticket in items(&explained["tickets"]) {
        let _ = writeln!(text, "ticket   {}: {}", told(&ticket["id"]), told(&ticket["says"]));
    }
    for thing in items(&explained["things"]) {
        let (kind, id, says) = (told(&thing["kind"]), told(&thing["id"]), told(&thing["says"]));
        let _ = writeln!(text, "thing    {kind} {id}: {says}");
    }
    let assumed: Vec<String> = items(&explained["assumptions"])
        .map(|row| format!("{}={}", told(&row["name"]), told(&row["choice"])))
        .collect();
    if detail == Detail::Full && !assumed.is_empty() {
        let _ = writeln!(text, "assumed  {}", assumed.join(", "));
    }
    write_comparison(&mut text, explained, detail);
    text
}

/// `alibaba.CreateTicket was refused: SignatureDoesNotMatch (HTTP 400)`.
fn headline(explained: &Value) -> String {
    let call = format!("{}.{}", told(&explained["vendor"]), told(&explained["action"]));
    let status = told(&explained["http_status"]);
    match (told(&explained["outcome"]).as_str(), explained["code"].as_str()) {
        (_, Some(code)) => format!("{call} was refused: {code} (HTTP {status})\n"),
        ("lost", None) => format!("{call} was lost by a rule\n"),
        ("scripted", None) => format!("{call} was answered by a rule (HTTP {status})\n"),
        (outcome, None) => format!("{call}: {outcome} (HTTP {status})\n"),
    }
}

/// How the call came, unless it did so as most do.
fn way_of(explained: &Value) -> String {
    let way = match explained["via"].as_str().map(|via| via.split_once(' ').unwrap_or((via, ""))) {
        Some(("proxy", _)) => ", by us as its proxy".to_owned(),
        Some(("tunnel", host)) => format!(", by a tunnel to {host}"),
        _ => String::new(),
    };
    if explained["tls"] == true { way + ", with TLS" } else { way }
}

fn write_steps(text: &mut String, explained: &Value, detail: Detail) {
    let steps: Vec<&Value> = items(&explained["steps"]).collect();
    if detail == Detail::Brief {
        let count = |outcome: &str| steps.iter().filter(|step| step["outcome"] == outcome).count();
        let last = steps.last().filter(|step| matches!(told(&step["outcome"]).as_str(), "refused" | "answered"));
        let end =
            last.map_or_else(String::new, |step| format!("{} at: {}; ", told(&step["outcome"]), told(&step["step"])));
        let _ = writeln!(text, "steps    {end}{} passed, {} skipped", count("passed"), count("skipped"));
        return;
    }
    for step in steps {
        let words = step["detail"].as_str().map_or_else(String::new, |words| format!(": {words}"));
        let _ = writeln!(text, "{:<8} {}{words}", told(&step["outcome"]), told(&step["step"]));
        for name in ["expected", "got"] {
            if let Some(value) = step[name].as_str() {
                let _ = writeln!(text, "           {name:<8} {}", value.replace('\n', "\\n"));
            }
        }
    }
}

/// The texts of a signature: a difference where the client's are known, else the emulator's own.
fn write_comparison(text: &mut String, explained: &Value, detail: Detail) {
    let refused = items(&explained["steps"]).find(|step| step["outcome"] == "refused");
    let mistake = &explained["mistake"];
    let mut is_first = true;
    for (name, title) in [("canonical_request", "canonical request"), ("string_to_sign", "string to sign")] {
        let ours = refused.and_then(|step| step[name].as_str());
        let client = mistake[format!("client_{name}")].as_str();
        let is_told = is_first || detail == Detail::Full;
        match (ours, client) {
            (Some(ours), Some(client)) if ours != client && is_told => {
                let _ = writeln!(text, "\n{title} (- as the client signed it, + as it has to be):");
                text.push_str(&marked_difference(client, ours));
                is_first = false;
            }
            (Some(ours), _) if detail == Detail::Full || (is_first && mistake.is_null()) => {
                let _ = writeln!(text, "\n{title} as it has to be:");
                ours.lines().for_each(|line| text.push_str(&format!("    {line}\n")));
                is_first = false;
            }
            _ => {}
        }
    }
}

/// The lines of both texts, each marked by the side that it is of. Below a line that has a counterpart a mark shows from
/// where on the two differ.
fn marked_difference(client: &str, ours: &str) -> String {
    let difference = TextDiff::from_lines(client, ours);
    let mut text = String::new();
    // Removed lines that no added one has stood against yet.
    let mut removed: VecDeque<&str> = VecDeque::new();
    for change in difference.iter_all_changes() {
        let line = change.value().trim_end_matches('\n');
        match change.tag() {
            ChangeTag::Equal => {
                removed.clear();
                let _ = writeln!(text, "    {line}");
            }
            ChangeTag::Delete => {
                removed.push_back(line);
                let _ = writeln!(text, "  - {line}");
            }
            ChangeTag::Insert => {
                let _ = writeln!(text, "  + {line}");
                if let Some(other) = removed.pop_front() {
                    let same = line.chars().zip(other.chars()).take_while(|(one, other)| one == other);
                    let columns: usize = same.map(|(sign, _)| sign.width().unwrap_or(0)).sum();
                    let _ = writeln!(text, "    {}^", " ".repeat(columns));
                }
            }
        }
    }
    if client.ends_with('\n') != ours.ends_with('\n') {
        let side = if client.ends_with('\n') { "client's" } else { "right one" };
        let _ = writeln!(text, "  (the {side} ends with a line break, the other does not)");
    }
    text
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn told(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
