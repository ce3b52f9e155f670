//! The calls of an export as operations on tickets, and the verdict on them.
//!
//! A call took effect between the moment when it was read and the moment when its answer was made, and tells each ticket
//! as it was before and after. What is not among the calls of a journal is allowed for: tickets that were there before,
//! the admin API ending a ticket by hand, and resets, which have notes.

use serde_json::Value;

use super::read::{Archive, wall_us};
use crate::history::{Account, Deed, Move, Operation, PageKind, Ruling, STATES, Start, Tally, Told, judge_history};
use crate::verify::{Finding, MOST_EVIDENCE, Outlook, Verdict};

/// How long before its note a reset may have taken effect, in microseconds.
const NOTE_DELAY: i64 = 1_000_000;

const NOT_DECIDED: &str = "what is there does not contradict itself, but";

impl Archive {
    /// Whether one order of the calls explains what each did to its tickets.
    pub fn judge_tickets(&self) -> Finding {
        let calls: Vec<CallSpan<'_>> = self.call_entries().map(CallSpan::from_entry).collect();
        let mut operations: Vec<Operation> = calls.iter().flat_map(|call| self.operations_of(call)).collect();
        let (count, tickets) = (operations.len(), all_tickets(&operations));
        operations.extend(self.resets_of(&tickets));
        let ruling = judge_history(&operations, Start::Anything, STATES);
        let undecided = self.doubt(&calls);
        let (verdict, message, evidence) = match ruling {
            Ruling::Contradicted(found) if !is_set_back(&calls) => {
                let names =
                    found.operations.iter().map(|operation| operation.name.clone()).take(MOST_EVIDENCE).collect();
                (Verdict::Fail, found.to_string(), names)
            }
            Ruling::Undecided(tickets) => {
                let message = format!("too many calls overlap on {} to try every order", tickets.join(", "));
                (Verdict::Indeterminate, message, Vec::new())
            }
            Ruling::Contradicted(_) | Ruling::Explained if undecided.is_some() => {
                (Verdict::Indeterminate, undecided.unwrap_or_default(), Vec::new())
            }
            _ if count == 0 => (Verdict::Vacuous, "no call touched a ticket".to_owned(), Vec::new()),
            _ => {
                let message = format!("one order explains what {count} calls did to {} tickets", tickets.len());
                (Verdict::Pass, message, Vec::new())
            }
        };
        Finding { verdict, evidence, message, outlook: Outlook::Settled }
    }

    /// Why nobody can tell, if nobody can.
    fn doubt(&self, calls: &[CallSpan<'_>]) -> Option<String> {
        let dropped = self.dropped_calls();
        if is_set_back(calls) {
            return Some(
                "the system clock was set back meanwhile, so nobody can tell which calls overlapped".to_owned(),
            );
        }
        (dropped > 0).then(|| format!("{NOT_DECIDED} {dropped} calls are kept no more"))
    }

    fn operations_of(&self, call: &CallSpan<'_>) -> Vec<Operation> {
        let effects = call.entry["explanation"]["tickets"].as_array().map_or(&[][..], Vec::as_slice);
        let mut accounts: Vec<(String, Account)> = Vec::new();
        for effect in effects {
            let Some((id, step)) = read_effect(effect) else { continue };
            let ticket = self.name_in(call.journal, &id);
            // The steps of one call take effect one by one, and others may come between them.
            let is_first = !accounts.iter().any(|(known, _)| *known == ticket);
            let takes_part = step.takes_use() && !accounts.iter().any(|(known, one)| *known == ticket && one.has_use());
            let account = Account { moves: vec![step], ..call.account() };
            match accounts.iter_mut().find(|(known, _)| *known == ticket) {
                Some((_, main)) if takes_part => {
                    let others = std::mem::replace(main, account);
                    accounts.push((ticket, others.without_kind()));
                }
                _ if is_first => accounts.push((ticket, account)),
                _ => accounts.push((ticket, account.without_kind())),
            }
        }
        let operation = |(ticket, account)| Operation {
            name: call.text("request_id").to_owned(),
            ticket,
            begin: call.begin,
            end: Some(call.end),
            times: vec![0],
            deed: Deed::Account(account),
            answer: Told::Allowed(None),
        };
        accounts.into_iter().map(operation).collect()
    }

    /// The resets of the tickets, each for every ticket of its journal.
    fn resets_of(&self, tickets: &[String]) -> Vec<Operation> {
        let mut resets = Vec::new();
        for (journal, view) in self.note_views() {
            if view["kind"] != "reset" || !view["text"].as_str().is_some_and(|text| text.contains("tickets")) {
                continue;
            }
            let at = wall_us(&view["received"]);
            let of_journal = self.name_in(journal, "");
            resets.extend(tickets.iter().filter(|ticket| ticket.ends_with(&of_journal)).map(|ticket| Operation {
                name: "reset".to_owned(),
                ticket: ticket.clone(),
                begin: at.saturating_sub(NOTE_DELAY).try_into().unwrap_or(0),
                end: Some(at.try_into().unwrap_or(0)),
                times: vec![0],
                deed: Deed::Exchange,
                answer: Told::Allowed(None),
            }));
        }
        resets
    }
}

/// A call with the microseconds between which it took effect.
struct CallSpan<'a> {
    journal: usize,
    entry: &'a Value,
    begin: u64,
    end: u64,
}

impl<'a> CallSpan<'a> {
    fn from_entry((journal, entry): (usize, &'a Value)) -> Self {
        let time = |name: &str| wall_us(&entry["arrival"][name]).try_into().unwrap_or(0);
        Self { journal, entry, begin: time("received"), end: time("answered") }
    }

    fn text(&self, name: &str) -> &str {
        self.entry[name].as_str().unwrap_or_default()
    }

    /// The account of the call, without what it changed.
    fn account(&self) -> Account {
        let kind = match self.text("action") {
            "visit" => PageKind::Visit,
            "look" | "data" => PageKind::Look,
            _ => PageKind::Call,
        };
        let done = match self.text("outcome") {
            "success" => Some(true),
            "refused" => Some(false),
            _ => None,
        };
        Account { kind, done, by_rule: !self.entry["rule"].is_null(), moves: Vec::new() }
    }
}

fn all_tickets(operations: &[Operation]) -> Vec<String> {
    let mut tickets: Vec<String> = operations.iter().map(|operation| operation.ticket.clone()).collect();
    tickets.sort_unstable();
    tickets.dedup();
    tickets
}

/// Whether the system clock cannot have gone forward all the time: a call ended before it began, or began long after
/// one with a higher number had ended.
fn is_set_back(calls: &[CallSpan<'_>]) -> bool {
    let mut latest = std::collections::HashMap::new();
    calls.iter().any(|call| {
        let latest: &mut u64 = latest.entry(call.journal).or_default();
        *latest = call.begin.max(*latest);
        call.end < call.begin || call.end.saturating_add(NOTE_DELAY.unsigned_abs()) < *latest
    })
}

/// The ticket of an effect and what happened to it.
fn read_effect(effect: &Value) -> Option<(String, Move)> {
    let before = &effect["before"];
    let step = Move {
        before: if before.is_null() { None } else { Some(read_tally(before)?) },
        live: before["status"] == "live",
        after: read_tally(&effect["after"])?,
    };
    Some((effect["id"].as_str()?.to_owned(), step))
}

fn read_tally(line: &Value) -> Option<Tally> {
    let end: jiff::Timestamp = line["expires_at"].as_str()?.parse().ok()?;
    Some(Tally {
        used: line["used"].as_u64()?,
        left: line["uses_left"].as_u64(),
        end: end.as_second(),
        revoked: line["status"] == "revoked",
    })
}
