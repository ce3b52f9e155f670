//! `ticketbooth verify`: whether the calls were made that a test expects.

use clap::{ArgGroup, Args};
use serde_json::{Map, Value, json};

use super::Failure;
use super::failure::VERDICT_CODES;
use super::pair::pair;
use super::remote::{cell, rows};
use super::source::Source;
use crate::time;

#[derive(Debug, Args)]
#[command(after_help = VERDICT_CODES)]
#[command(group = ArgGroup::new("count").args(["exactly", "at_least", "never"]).multiple(false))]
#[command(group = ArgGroup::new("most").args(["at_most", "exactly", "never"]).multiple(false))]
pub(crate) struct Flags {
    /// The calls that are meant: `alibaba.CreateTicket`, `tencent.*`, `alibaba.visit`.
    #[arg(long, value_name = "VENDOR.ACTION")]
    on: String,
    /// Only those with this parameter; `*` in the value stands for anything.
    #[arg(long = "where", value_name = "NAME=GLOB", num_args = 1.., value_parser = pair)]
    matching: Vec<(String, String)>,
    /// Only those that were answered with this code.
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// So many; at least one when nothing is said.
    #[arg(long, value_name = "N")]
    exactly: Option<u64>,
    #[arg(long, value_name = "N")]
    at_least: Option<u64>,
    #[arg(long, value_name = "N")]
    at_most: Option<u64>,
    /// None at all.
    #[arg(long)]
    never: bool,
    /// Wait so long for it to become true.
    #[arg(long, value_name = "DURATION")]
    within: Option<String>,
    /// Only those that ended like this: `success`, `refused`, `scripted` or `lost`.
    #[arg(long, value_name = "OUTCOME")]
    outcome: Option<String>,
    #[command(flatten)]
    source: Source,
}

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    // What is no duration is told by whoever reads the question.
    let patience = flags.within.as_deref().map(|text| time::signed(text).ok().and_then(|time| time.try_into().ok()));
    let verdict = flags.source.verdict(body(flags), patience.map(Option::unwrap_or_default))?;
    flags.source.remote.print(&verdict, shown)?;
    Failure::judged(&cell(&verdict["verdict"]), cell(&verdict["message"]))
}

fn body(flags: &Flags) -> Value {
    let mut body = json!({ "on": flags.on, "calls": calls(flags) });
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

fn calls(flags: &Flags) -> Value {
    if flags.never {
        return "never".into();
    }
    let said = [("exactly", flags.exactly), ("at_least", flags.at_least), ("at_most", flags.at_most)];
    let calls: Map<String, Value> =
        said.iter().filter_map(|(name, number)| Some(((*name).to_owned(), (*number)?.into()))).collect();
    if calls.is_empty() { json!({ "at_least": 1 }) } else { calls.into() }
}

fn shown(verdict: &Value) -> String {
    let evidence: Vec<String> = rows(&verdict["evidence"]).iter().map(cell).collect();
    let head = format!("{}: {}", cell(&verdict["verdict"]), cell(&verdict["message"]));
    if evidence.is_empty() { head } else { format!("{head}\nevidence: {}", evidence.join(" ")) }
}

#[cfg(test)]
mod tests {
    use clap::{FromArgMatches, Parser};

    use super::*;

    #[derive(Parser)]
    struct Alone {
        #[command(flatten)]
        flags: Flags,
    }

    fn asked(arguments: &[&str]) -> Result<Value, clap::Error> {
        let all = ["verify", "--on", "alibaba.CreateTicket"].iter().chain(arguments);
        let matches = <Alone as clap::CommandFactory>::command().try_get_matches_from(all)?;
        Ok(body(&Alone::from_arg_matches(&matches)?.flags))
    }

    #[test]
    fn flags_become_the_question_of_the_admin_api() {
        assert_eq!(asked(&[]).unwrap(), json!({ "on": "alibaba.CreateTicket", "calls": { "at_least": 1 } }));
        let arguments =
            ["--where", "WorksId=a206*", "--code", "X", "--at-least", "1", "--at-most", "3", "--within", "5s"];
        let expected = json!({
            "on": "alibaba.CreateTicket", "calls": { "at_least": 1, "at_most": 3 },
            "where": { "WorksId": "a206*" }, "code": "X", "within": "5s",
        });
        assert_eq!(asked(&arguments).unwrap(), expected);
        assert_eq!(asked(&["--never"]).unwrap()["calls"], "never");
    }

    #[test]
    fn counts_that_contradict_each_other_are_refused() {
        for arguments in [["--exactly", "1", "--never"].as_slice(), &["--exactly", "1", "--at-most", "2"]] {
            assert!(asked(arguments).is_err(), "{arguments:?}");
        }
    }
}
