//! The feed of a sandbox as server-sent events.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::asked::Asked;
use super::waiting::{Listening, Streaming};
use super::{Answer, Problem};
use crate::domain::rfc3339;
use crate::journal::{Event, What};

/// Listens from now on, or from behind the event that the client has seen last.
pub(super) fn events(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let feed = if asked.is_every() { asked.emulator.feed() } else { Arc::clone(&asked.live().feed) };
    let said = asked.raw.header("last-event-id").or_else(|| asked.query("last_event_id"));
    let seen = match said {
        None => feed.newest(),
        Some(text) => text.parse().map_err(|_| {
            let message = format!("Last-Event-ID \"{text}\" is no number of an event");
            Problem::new(400, "bad_event_id", message, "send the id of an event of this sandbox, or none")
        })?,
    };
    let listening = Listening::new(feed, seen, show);
    Ok(Answer::Stream(Streaming::Events(listening)))
}

/// An event as it goes over the wire.
fn show(event: &Event) -> String {
    let (name, mut body) = match &event.what {
        What::Call { request_id, vendor, action, status, outcome, code } => {
            let request_id = request_id.to_string();
            let call = json!({
                "request_id": request_id, "vendor": vendor, "action": action, "http_status": status,
                "outcome": outcome, "code": code,
            });
            ("call", call)
        }
        What::Ticket { ticket, family, became } => {
            let became = became.name();
            ("ticket", json!({ "ticket": ticket.to_string(), "vendor": family.vendor(), "became": became }))
        }
        What::Clock { frozen } => ("clock", json!({ "mode": if *frozen { "frozen" } else { "running" } })),
        What::Rule { rule, request_id } => ("rule", json!({ "rule": &**rule, "request_id": request_id.to_string() })),
        What::Scenario { name } => ("scenario", json!({ "name": name })),
        What::Assumptions { changed } => {
            let changed: BTreeMap<_, _> = changed.iter().copied().collect();
            ("assumptions", json!({ "changed": changed }))
        }
        What::Reset { what } => ("reset", json!({ "what": what })),
    };
    if let Value::Object(members) = &mut body {
        members.insert("at".to_owned(), rfc3339(event.at).into());
        if let Some(sandbox) = &event.sandbox {
            members.insert("sandbox".to_owned(), (**sandbox).into());
        }
    }
    format!("id: {}\nevent: {name}\ndata: {body}\n\n", event.id)
}
