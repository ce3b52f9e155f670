//! The feed of a sandbox as server-sent events.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::asked::AdminRequest;
use super::waiting::{Listening, Streaming};
use super::{AdminError, Answer};
use crate::domain::format_rfc3339;
use crate::journal::{Event, EventDetail};

/// Listens from now on, or from behind the event that the client has seen last.
pub(super) fn stream_events(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let feed = if asked.is_every() { asked.emulator.feed() } else { Arc::clone(&asked.epoch().feed) };
    let said = asked.raw.header("last-event-id").or_else(|| asked.query_value("last_event_id"));
    let seen = match said {
        None => feed.newest_id(),
        Some(text) => text.parse().map_err(|_| {
            let message = format!("Last-Event-ID \"{text}\" is not an event number");
            AdminError::new(400, "bad_event_id", message, "send the id of an event of this sandbox, or none")
        })?,
    };
    // Who listened to an emulator that was there before this one has seen nothing of it yet.
    let seen = if seen > feed.newest_id() { 0 } else { seen };
    let listening = Listening::new(feed, seen, format_event);
    Ok(Answer::Stream(Streaming::Events(listening)))
}

/// An event as it goes over the wire.
fn format_event(event: &Event) -> String {
    let (name, mut body) = match &event.what {
        EventDetail::Call { request_id, vendor, action, status, outcome, code, via, tls } => {
            let request_id = request_id.to_string();
            let call = json!({
                "request_id": request_id, "vendor": vendor, "action": action, "http_status": status,
                "outcome": outcome, "code": code, "via": via.to_string(), "tls": tls,
            });
            ("call", call)
        }
        EventDetail::Ticket { ticket, family, became } => {
            let became = became.name();
            ("ticket", json!({ "ticket": ticket.to_string(), "vendor": family.vendor(), "became": became }))
        }
        EventDetail::Clock { frozen } => ("clock", json!({ "mode": if *frozen { "frozen" } else { "running" } })),
        EventDetail::Rule { rule, request_id } => {
            ("rule", json!({ "rule": &**rule, "request_id": request_id.to_string() }))
        }
        EventDetail::Scenario { name } => ("scenario", json!({ "name": name })),
        EventDetail::Assumptions { changed } => {
            let changed: BTreeMap<_, _> = changed.iter().copied().collect();
            ("assumptions", json!({ "changed": changed }))
        }
        EventDetail::Other { what, text } => ("other", json!({ "what": what, "text": text })),
        EventDetail::Reset { what } => ("reset", json!({ "what": what })),
    };
    if let Value::Object(members) = &mut body {
        members.insert("at".to_owned(), format_rfc3339(event.at).into());
        if let Some(sandbox) = &event.sandbox {
            members.insert("sandbox".to_owned(), (**sandbox).into());
        }
    }
    format!("id: {}\nevent: {name}\ndata: {body}\n\n", event.id)
}
