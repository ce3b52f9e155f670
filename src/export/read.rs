//! Reading a file of journals, and answering from it as the emulator would.

use std::io::BufRead;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Count, FORMAT, Filters, Header, Line, Listed, NOT_LISTED, Sandbox};
use crate::call::{ParamValue, Params};
use crate::domain::Timestamp;
use crate::select::Facts;
use crate::verify::{Counted, Evidence, Finding, Judged, Witness};

/// Why a file cannot be read, with the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Counted from 1.
    pub line: usize,
    pub message: String,
    pub help: &'static str,
}

const NO_JOURNAL: &str = "`ticketbooth journal export FILE` and `ticketbooth exec --journal FILE` write one";
const CUT_OFF: &str = "the file may have been cut off or changed; write it again";

/// The journal of one sandbox, as a file has it.
#[derive(Debug)]
pub struct Archive {
    sandbox: Sandbox,
    /// Oldest first.
    calls: Vec<Call>,
}

#[derive(Debug)]
struct Call {
    counted: String,
    at: Timestamp,
    params: Params,
    entry: Value,
}

impl Archive {
    /// Reads the journal of the sandbox.
    ///
    /// # Errors
    ///
    /// The first line that is not as it should be, or that the sandbox is not in the file.
    pub fn read(file: impl BufRead, sandbox: &str) -> Result<Self, Unreadable> {
        let mut lines = file.lines().enumerate().map(|(index, line)| (index + 1, line));
        let unreadable = |line, message: String| Unreadable { line, message, help: CUT_OFF };
        let mut next = |known: &str| -> Option<Result<(usize, String), Unreadable>> {
            let (number, line) = lines.next()?;
            Some(line.map(|line| (number, line)).map_err(|error| unreadable(number, format!("{known}: {error}"))))
        };
        let Header { sandboxes, .. } = match next("the file cannot be read").transpose()? {
            Some((_, line)) => header(&line)?,
            None => return Err(Unreadable { line: 1, message: "the file is empty".to_owned(), help: NO_JOURNAL }),
        };
        let ids: Vec<String> = sandboxes.iter().map(|sandbox| sandbox.id.clone()).collect();
        // Of several that had one id, the last is the one that is there, or left last.
        let Some((journal, found)) = sandboxes.into_iter().enumerate().rev().find(|(_, known)| known.id == sandbox)
        else {
            let message = format!("there is no sandbox \"{sandbox}\" in it, only {}", ids.join(", "));
            return Err(Unreadable { line: 1, message, help: "choose one of them with --sandbox" });
        };
        let mut calls = Vec::new();
        while let Some(line) = next("the line cannot be read") {
            let (number, line) = line?;
            let line: Line = serde_json::from_str(&line)
                .map_err(|error| unreadable(number, format!("this is no call of a journal: {error}")))?;
            if line.journal == journal {
                calls.push(Call::of(line));
            }
        }
        let kept = found.total.saturating_sub(found.dropped);
        if kept != calls.len() as u64 {
            let message = format!("{kept} calls of \"{sandbox}\" are announced, and {} are there", calls.len());
            return Err(unreadable(1, message));
        }
        Ok(Self { sandbox: found, calls })
    }

    /// The calls that fit, newest first, as `GET /journal` gives them.
    pub fn list(&self, filters: &Filters) -> Value {
        let fit: Vec<&Call> = self.calls.iter().rev().filter(|call| filters.fit(&call.listed())).collect();
        let entries: Vec<Value> = fit.iter().take(filters.limit).map(|call| call.summary()).collect();
        json!({ "entries": entries, "total": fit.len(), "dropped": self.sandbox.dropped })
    }

    /// The call of this request id, in whatever case; the newest for `last`.
    pub fn find(&self, id: &str) -> Option<&Value> {
        let wanted = Uuid::parse_str(id).ok();
        let is_wanted = |call: &&Call| {
            id == "last" || wanted.is_some_and(|wanted| Uuid::parse_str(call.text("request_id")).ok() == Some(wanted))
        };
        self.calls.iter().rev().find(is_wanted).map(|call| &call.entry)
    }

    pub fn judge(&self, judged: &Judged) -> Finding {
        judged.judge(&Evidence {
            calls: self.calls.iter().map(Call::witness).collect(),
            total: self.sandbox.total,
            counts: self.sandbox.counts.iter().map(Count::counted).collect(),
        })
    }
}

impl Count {
    fn counted(&self) -> Counted<'_> {
        Counted {
            vendor: &self.vendor,
            action: &self.action,
            outcome: &self.outcome,
            code: self.code.as_deref(),
            calls: self.calls,
        }
    }
}

fn header(line: &str) -> Result<Header, Unreadable> {
    let unfit = |message: String, help| Unreadable { line: 1, message, help };
    let value: Value = serde_json::from_str(line)
        .map_err(|error| unfit(format!("this is no journal that was written out: {error}"), NO_JOURNAL))?;
    match value["ticketbooth_journal"].as_u64() {
        None => Err(unfit("this is no journal that was written out".to_owned(), NO_JOURNAL)),
        Some(format) if format != u64::from(FORMAT) => {
            let message = format!("format {format} is not known: this program reads {FORMAT}");
            Err(unfit(message, "read it with the version of ticketbooth that wrote it"))
        }
        Some(_) => serde_json::from_value(value).map_err(|error| unfit(format!("a bad first line: {error}"), CUT_OFF)),
    }
}

impl Call {
    fn of(line: Line) -> Self {
        let value = |value: Value| match value {
            Value::String(text) => ParamValue::Text(text),
            Value::Array(mut only) if only.len() == 1 => ParamValue::Json(only.remove(0)),
            other => ParamValue::Json(other),
        };
        Self {
            counted: line.counted,
            at: Timestamp::from_unix(line.at),
            params: Params { pairs: line.params.into_iter().map(|(name, sent)| (name, value(sent))).collect() },
            entry: line.entry,
        }
    }

    fn text(&self, name: &str) -> &str {
        self.entry[name].as_str().unwrap_or_default()
    }

    fn listed(&self) -> Listed<'_> {
        Listed {
            serial: self.entry["serial"].as_u64().unwrap_or_default(),
            at: self.at,
            vendor: self.text("vendor"),
            action: self.text("action"),
            code: self.entry["code"].as_str(),
        }
    }

    fn summary(&self) -> Value {
        let mut entry = self.entry.clone();
        if let Value::Object(members) = &mut entry {
            members.retain(|name, _| !NOT_LISTED.contains(&name.as_str()));
        }
        entry
    }

    fn witness(&self) -> Witness<'_> {
        Witness {
            request_id: self.text("request_id").to_owned(),
            facts: Facts {
                vendor: self.text("vendor"),
                action: &self.counted,
                params: &self.params,
                outcome: self.text("outcome"),
                code: self.entry["code"].as_str(),
            },
        }
    }
}
