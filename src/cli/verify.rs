//! `ticketbooth verify`: whether the calls were made that a test expects, and whether a journal contradicts itself.

use std::path::PathBuf;

use clap::{ArgGroup, Args};
use serde_json::{Map, Value, json};

use super::Failure;
use super::failure::VERDICT_CODES;
use super::remote::{cell_text, list_rows};
use super::source::JournalSource;
use super::values::parse_pair;
use crate::time;

#[derive(Debug, Args)]
#[command(after_help = VERDICT_CODES)]
#[command(group = ArgGroup::new("count").args(["exactly", "at_least", "never"]).multiple(false))]
#[command(group = ArgGroup::new("most").args(["at_most", "exactly", "never"]).multiple(false))]
pub(crate) struct VerifyFlags {
    /// The calls to look at: `alibaba.CreateTicket`, `tencent.*`, `alibaba.visit`.
    #[arg(long, value_name = "VENDOR.ACTION", required_unless_present = "history")]
    on: Option<String>,
    /// Only calls with this parameter; `*` in the value stands for anything.
    #[arg(long = "where", value_name = "NAME=GLOB", num_args = 1.., value_parser = parse_pair)]
    matching: Vec<(String, String)>,
    /// Only calls answered with this code.
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Exactly this many calls; without a count, at least one.
    #[arg(long, value_name = "N")]
    exactly: Option<u64>,
    #[arg(long, value_name = "N")]
    at_least: Option<u64>,
    #[arg(long, value_name = "N")]
    at_most: Option<u64>,
    /// No call at all.
    #[arg(long)]
    never: bool,
    /// Wait up to that long for it to hold.
    #[arg(long, value_name = "DURATION")]
    within: Option<String>,
    /// Only calls with this outcome: `success`, `refused`, `scripted` or `lost`.
    #[arg(long, value_name = "OUTCOME")]
    outcome: Option<String>,
    /// Instead: whether one order of the calls in this exported journal explains what each did to its tickets.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["on", "matching", "code", "count", "most", "within", "outcome"])]
    history: Option<PathBuf>,
    #[command(flatten)]
    source: JournalSource,
}

pub(crate) fn run(flags: &VerifyFlags) -> Result<(), Failure> {
    if let Some(file) = &flags.history {
        return tell_verdict(flags, &flags.source.judge_history(file)?);
    }
    let names: Vec<&str> = flags.matching.iter().map(|(name, _)| name.as_str()).collect();
    if let Some(twice) = (1..names.len()).find(|at| names[..*at].contains(&names[*at])) {
        let message = format!("--where has {} twice", names[twice]);
        return Err(Failure::bad_usage(message, "a call has one pattern for each name"));
    }
    // What is no duration is told by whoever reads the question.
    let patience = flags
        .within
        .as_deref()
        .map(|text| time::parse_signed_duration(text).ok().and_then(|time| time.try_into().ok()));
    let verdict = flags.source.ask_verdict(question_body(flags), patience.map(Option::unwrap_or_default))?;
    tell_verdict(flags, &verdict)
}

fn tell_verdict(flags: &VerifyFlags, verdict: &Value) -> Result<(), Failure> {
    flags.source.remote.print_answer(verdict, verdict_text)?;
    // The whole of a long message stands on stdout already.
    let message = cell_text(&verdict["message"]);
    Failure::of_verdict(
        &cell_text(&verdict["verdict"]),
        message.lines().next().unwrap_or_default().trim_end_matches(':'),
    )
}

fn question_body(flags: &VerifyFlags) -> Value {
    let mut body = json!({ "on": flags.on, "calls": calls_body(flags) });
    if !flags.matching.is_empty() {
        let globs = flags.matching.iter().map(|(name, glob)| (name.clone(), glob.clone().into()));
        body["where"] = Value::Object(globs.collect());
    }
    if let Some(code) = &flags.code {
        body["code"] = code.clone().into();
    }
    if let Some(outcome) = &flags.outcome {
        body["outcome"] = outcome.clone().into();
    }
    if let Some(within) = &flags.within {
        body["within"] = within.clone().into();
    }
    body
}

fn calls_body(flags: &VerifyFlags) -> Value {
    if flags.never {
        return "never".into();
    }
    let said = [("exactly", flags.exactly), ("at_least", flags.at_least), ("at_most", flags.at_most)];
    let calls: Map<String, Value> =
        said.iter().filter_map(|(name, number)| Some(((*name).to_owned(), (*number)?.into()))).collect();
    if calls.is_empty() { json!({ "at_least": 1 }) } else { calls.into() }
}

fn verdict_text(verdict: &Value) -> String {
    let evidence: Vec<String> = list_rows(&verdict["evidence"]).iter().map(cell_text).collect();
    let head = format!("{}: {}", cell_text(&verdict["verdict"]), cell_text(&verdict["message"]));
    if evidence.is_empty() { head } else { format!("{head}\nevidence: {}", evidence.join(" ")) }
}
