//! Reading a file of journals, and answering from it as the emulator would.

use std::collections::BTreeSet;
use std::io::BufRead;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    CallLine, CountLine, ExportEntry, ExportLine, FORMAT, Filters, Header, Listed, NOT_LISTED, Rank, SandboxHeader,
    Wanted,
};
use crate::call::{ParamValue, Params};
use crate::domain::{RequestId, Spelling, Timestamp};
use crate::select::CallFacts;
use crate::verify::{CallHistory, CallName, Finding, Judged, Witness};

/// Why a file cannot be read, with the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadExport {
    /// Counted from 1.
    pub line: usize,
    pub message: String,
    pub help: &'static str,
}

const NO_JOURNAL: &str = "`ticketbooth journal export FILE` and `ticketbooth exec --journal FILE` write one";
const CUT_OFF: &str = "the file may have been cut off or changed; write it again";

/// The journal of a sandbox, or those of all together, as a file has them.
#[derive(Debug)]
pub struct Archive {
    sandboxes: Vec<SandboxHeader>,
    /// Oldest first.
    calls: Vec<ExportedCall>,
    others: Vec<Other>,
}

#[derive(Debug)]
struct ExportedCall {
    rank: Rank,
    counted: String,
    at: Timestamp,
    params: Params,
    entry: Value,
}

/// Entries that are no calls.
#[derive(Debug)]
struct Other {
    rank: Rank,
    at: Timestamp,
    view: Value,
}

/// The name that stands for all sandboxes.
pub const EVERY: &str = "*";

impl Archive {
    /// Reads the journal of the sandbox, or of [`EVERY`].
    ///
    /// # Errors
    ///
    /// The first line that is not as it should be, or that the sandbox is not in the file.
    pub fn read_file(file: impl BufRead, sandbox: &str) -> Result<Self, BadExport> {
        let mut lines = file.lines().enumerate().map(|(index, line)| (index + 1, line));
        let unreadable = |line, message: String| BadExport { line, message, help: CUT_OFF };
        let mut next = || -> Option<Result<(usize, String), BadExport>> {
            let (number, line) = lines.next()?;
            let failed = |error| unreadable(number, format!("the line cannot be read: {error}"));
            Some(line.map(|line| (number, line)).map_err(failed))
        };
        let Header { sandboxes, .. } = match next().transpose()? {
            Some((_, line)) => read_header(&line)?,
            None => return Err(BadExport { line: 1, message: "the file is empty".to_owned(), help: NO_JOURNAL }),
        };
        let chosen = choose_journals(&sandboxes, sandbox)?;
        let is_every = sandbox == EVERY;
        let (mut calls, mut others) = (Vec::new(), Vec::new());
        while let Some(line) = next() {
            let (number, line) = line?;
            let line: ExportLine = serde_json::from_str(&line)
                .map_err(|error| unreadable(number, format!("this is not a journal entry: {error}")))?;
            let journal = line.journal;
            match line.what {
                _ if !chosen.contains(&journal) => {}
                ExportEntry::Call(call) => calls.push(ExportedCall::from_line(call, journal, is_every)),
                ExportEntry::Other { other } => {
                    others.push(Other::from_view(other, journal, others.len() + 1, is_every))
                }
            }
        }
        let sandboxes: Vec<SandboxHeader> =
            sandboxes.into_iter().enumerate().filter(|(index, _)| chosen.contains(index)).map(|(_, one)| one).collect();
        let kept: u64 = sandboxes.iter().map(|one| one.total.saturating_sub(one.dropped)).sum();
        if kept != calls.len() as u64 {
            return Err(unreadable(1, format!("{kept} calls are announced, and {} are there", calls.len())));
        }
        calls.sort_by_key(|call| call.rank);
        Ok(Self { sandboxes, calls, others })
    }

    /// The entries that fit, newest first, as `GET /journal` gives them.
    pub fn list_entries(&self, filters: &Filters) -> Value {
        let calls = self.calls.iter().filter(|call| filters.fits_entry(&call.to_listed()));
        let others = self.others.iter().filter(|other| other.fits_filters(filters));
        let mut fit: Vec<(Rank, Value)> = calls.map(|call| (call.rank, call.summary_json())).collect();
        fit.extend(others.map(|other| (other.rank, other.view.clone())));
        let total = fit.len();
        let (entries, next) = filters.cut_page(fit);
        json!({ "entries": entries, "total": total, "dropped": self.dropped_calls(), "next": next })
    }

    /// The call of this number, or of this request id in whatever case; the newest of several, and for `last`.
    pub fn find_entry(&self, id: &str) -> Option<&Value> {
        let wanted = Wanted::parse_id(id);
        let is_wanted = |call: &&ExportedCall| {
            let of_call =
                Uuid::parse_str(call.member_text("request_id")).ok().map(|bits| RequestId::new(bits, Spelling::Lower));
            let serial = call.to_listed().serial;
            id == "last" || wanted.zip(of_call).is_some_and(|(wanted, request_id)| wanted.is_meant(serial, request_id))
        };
        self.calls.iter().rev().find(is_wanted).map(|call| &call.entry)
    }

    /// The calls with the numbers of their journals, in the order of theirs.
    pub(super) fn call_entries(&self) -> impl Iterator<Item = (usize, &Value)> {
        self.calls.iter().map(|call| (call.rank.journal(), &call.entry))
    }

    /// What is no call, likewise.
    pub(super) fn note_views(&self) -> impl Iterator<Item = (usize, &Value)> {
        self.others.iter().map(|other| (other.rank.journal(), &other.view))
    }

    /// How many calls are kept no more.
    pub(super) fn dropped_calls(&self) -> u64 {
        self.sandboxes.iter().map(|one| one.dropped).sum()
    }

    /// The name of a ticket of this journal, where there are several.
    pub(super) fn name_in(&self, journal: usize, ticket: &str) -> String {
        match &self.sandboxes[..] {
            [] | [_] => ticket.to_owned(),
            several => format!("{ticket} of sandbox {} ({journal})", several.get(journal).map_or("", |one| &one.id)),
        }
    }

    pub fn judge_calls(&self, judged: &Judged) -> Finding {
        judged.judge(&CallHistory {
            calls: self.calls.iter().map(ExportedCall::to_witness).collect(),
            total: self.sandboxes.iter().map(|one| one.total).sum(),
            counts: self.sandboxes.iter().flat_map(|one| &one.counts).map(CountLine::to_count).collect(),
        })
    }
}

/// The places of the sandboxes in the header that are meant.
fn choose_journals(sandboxes: &[SandboxHeader], wanted: &str) -> Result<Vec<usize>, BadExport> {
    if wanted == EVERY {
        return Ok((0..sandboxes.len()).collect());
    }
    // Of several that had one id, the last is the one that is there, or left last.
    match sandboxes.iter().rposition(|known| known.id == wanted) {
        Some(place) => Ok(vec![place]),
        None => {
            let ids: BTreeSet<&str> = sandboxes.iter().map(|sandbox| sandbox.id.as_str()).collect();
            let ids: Vec<&str> = ids.into_iter().collect();
            let message = format!("unknown sandbox \"{wanted}\" in it, only {}", ids.join(", "));
            Err(BadExport { line: 1, message, help: "choose one of them with --sandbox" })
        }
    }
}

/// The wall time of a view, in microseconds since 1970.
pub(super) fn wall_us(text: &Value) -> i64 {
    let instant: Option<jiff::Timestamp> = text.as_str().and_then(|text| text.parse().ok());
    instant.map_or(0, jiff::Timestamp::as_microsecond)
}

impl Other {
    fn from_view(view: Value, journal: usize, number: usize, is_every: bool) -> Self {
        let wall = is_every.then(|| wall_us(&view["received"]));
        let at = view["at"].as_str().and_then(|text| crate::time::parse_instant(text).ok());
        Self {
            rank: Rank::of_note(wall, journal, view["after"].as_u64().unwrap_or_default(), number),
            at: at.unwrap_or(Timestamp::from_unix(0)),
            view,
        }
    }

    fn fits_filters(&self, filters: &Filters) -> bool {
        let kind = self.view["kind"].as_str().unwrap_or_default();
        filters.fit_other(kind, self.view["after"].as_u64().unwrap_or_default(), self.at)
    }
}

fn read_header(line: &str) -> Result<Header, BadExport> {
    let unfit = |message: String, help| BadExport { line: 1, message, help };
    let value: Value = serde_json::from_str(line)
        .map_err(|error| unfit(format!("this is not an exported journal: {error}"), NO_JOURNAL))?;
    match value["ticketbooth_journal"].as_u64() {
        None => Err(unfit("this is not an exported journal".to_owned(), NO_JOURNAL)),
        Some(format) if format != u64::from(FORMAT) => {
            let message = format!("format {format} is not known: this program reads {FORMAT}");
            Err(unfit(message, "read it with the version of ticketbooth that wrote it"))
        }
        Some(_) => serde_json::from_value(value).map_err(|error| unfit(format!("a bad first line: {error}"), CUT_OFF)),
    }
}

impl ExportedCall {
    fn from_line(line: CallLine, journal: usize, is_every: bool) -> Self {
        let value = |value: Value| match value {
            Value::String(text) => ParamValue::Text(text.into()),
            Value::Array(mut only) if only.len() == 1 => ParamValue::Json(only.remove(0)),
            other => ParamValue::Json(other),
        };
        let wall = is_every.then(|| wall_us(&line.entry["arrival"]["received"]));
        let serial = line.entry["serial"].as_u64().unwrap_or_default();
        Self {
            rank: Rank::of_call(wall, journal, serial),
            counted: line.counted,
            at: Timestamp::from_unix(line.at),
            params: Params { pairs: line.params.into_iter().map(|(name, sent)| (name.into(), value(sent))).collect() },
            entry: line.entry,
        }
    }

    fn member_text(&self, name: &str) -> &str {
        self.entry[name].as_str().unwrap_or_default()
    }

    fn to_listed(&self) -> Listed<'_> {
        Listed {
            serial: self.entry["serial"].as_u64().unwrap_or_default(),
            at: self.at,
            vendor: self.member_text("vendor"),
            action: self.member_text("action"),
            code: self.entry["code"].as_str(),
        }
    }

    fn summary_json(&self) -> Value {
        let mut entry = self.entry.clone();
        if let Value::Object(members) = &mut entry {
            members.retain(|name, _| !NOT_LISTED.contains(&name.as_str()));
        }
        entry
    }

    fn to_witness(&self) -> Witness<'_> {
        Witness {
            request_id: CallName::Text(self.member_text("request_id")),
            facts: CallFacts {
                vendor: self.member_text("vendor"),
                action: &self.counted,
                params: &self.params,
                outcome: self.member_text("outcome"),
                code: self.entry["code"].as_str(),
            },
        }
    }
}
