//! Calls as they are kept: the texts one behind the other in one piece of memory.
//!
//! A journal of ten thousand calls is larger than the caches of a processor, so what is put away for each call, and what
//! is taken away for it, is what a call waits for.

mod texts;

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;

use super::entry::{CallKind, CallRecord, Entry, Outcome};
use crate::call::{Arrival, Departure, Headers, RawRequest, Text};
use crate::domain::{Change, RequestId, Ticket, TicketId, Timestamp};
use crate::reply::{Delivery, Reply};
use crate::trail::Trail;
use crate::world::World;
use crate::world::things::ThingNote;
pub(super) use texts::PieceWriter;
use texts::{Texts, pack};

/// An entry of a journal as it is kept.
#[derive(Debug)]
pub(super) struct KeptCall {
    pub serial: u64,
    pub weight: usize,
    pub request_id: RequestId,
    at: Timestamp,
    kind: CallKind,
    pub vendor: &'static str,
    sandbox: Arc<str>,
    pub counted: &'static str,
    oversize: bool,
    port_of: Option<&'static str>,
    arrival: Arrival,
    status: u16,
    change: Option<Change>,
    /// The entries behind the first one.
    changes: Vec<Change>,
    trail: Trail,
    world: Arc<World>,
    pub received_us: i64,
    answered_us: i64,
    duration_us: u64,
    /// The packed texts, which [`Texts`] takes apart again.
    texts: Bytes,
    /// Bodies that are too large to be copied.
    bodies: [Bytes; 2],
    rare: Option<Box<Rare>>,
}

/// The fields that a call which succeeds without any rule does not have.
#[derive(Debug)]
struct Rare {
    outcome: Outcome,
    rule: Option<Arc<str>>,
    rule_place: Option<Arc<str>>,
    step: usize,
    mangled: Option<&'static str>,
    named: Option<Box<Ticket>>,
    notes: Vec<ThingNote>,
    delivery: Delivery,
}

impl KeptCall {
    /// The record as it is kept. It has no number yet.
    pub fn from_record(told: CallRecord, pieces: &mut PieceWriter) -> Self {
        let (texts, bodies) = pack(&told, pieces);
        let weight = told.weight_beside_texts() + texts.len() + bodies.iter().map(Bytes::len).sum::<usize>();
        let mut arrival = told.raw.arrival.clone();
        if told.reply.delivery.delay.is_zero() {
            // Nobody leaves before an answer that is sent at once, and of memory that only waits there may be little.
            arrival.departure = Departure::default();
        }
        let CallRecord { raw, reply, mut changes, notes, outcome, rule, rule_place, step, mangled, named, .. } = told;
        let first = if changes.is_empty() { None } else { Some(changes.remove(0)) };
        let is_plain =
            outcome == Outcome::Success && rule.is_none() && mangled.is_none() && named.is_none() && notes.is_empty();
        let rare = (!is_plain || step != 0 || reply.delivery != Delivery::default()).then(|| {
            Box::new(Rare { outcome, rule, rule_place, step, mangled, named, notes, delivery: reply.delivery })
        });
        Self {
            serial: 0,
            weight,
            request_id: told.request_id,
            at: told.at,
            kind: told.kind,
            vendor: told.vendor,
            sandbox: told.sandbox,
            counted: told.counted,
            oversize: raw.oversize,
            port_of: raw.port_of,
            arrival,
            status: reply.status,
            change: first,
            // Nothing is left of the memory of the usual one.
            changes: if changes.is_empty() { Vec::new() } else { changes },
            trail: told.trail,
            world: told.world,
            received_us: told.received_us,
            answered_us: told.answered_us,
            duration_us: told.duration_us,
            texts,
            bodies,
            rare,
        }
    }

    pub fn outcome(&self) -> &Outcome {
        self.rare.as_deref().map_or(&Outcome::Success, |rare| &rare.outcome)
    }

    /// Whether the call changed the ticket, or named it when it was refused.
    pub fn is_about(&self, ticket: TicketId) -> bool {
        let named = self.rare.as_deref().and_then(|rare| rare.named.as_deref());
        let mut changes = self.change.iter().chain(&self.changes);
        named.is_some_and(|named| named.id == ticket) || changes.any(|change| change.after.id == ticket)
    }

    /// The entry as everybody reads it.
    pub fn to_entry(&self) -> Entry {
        Entry { serial: self.serial, told: self.to_record() }
    }

    fn to_record(&self) -> CallRecord {
        let texts = &mut Texts::open_packed(&self.texts);
        let (method, target, client) = (texts.next_text(), texts.next_text(), texts.next_text());
        let authority = texts.next_optional();
        let lines = texts.next_pairs();
        let (_, headers) =
            Headers::with_target("", || lines.iter().map(|(name, value)| (&**name, value.as_bytes().as_ref())));
        let body = texts.next_body(&self.bodies[0]);
        let (action, version, visitor) = (texts.next_text(), texts.next_optional(), texts.next_optional());
        let params = texts.next_params(&body);
        let headers_of_reply: Vec<(Cow<'static, str>, Text)> =
            texts.next_pairs().into_iter().map(|(name, value)| (Cow::Owned(name.to_string()), value)).collect();
        let rare = self.rare.as_deref();
        let delivery = rare.map(|rare| rare.delivery.clone()).unwrap_or_default();
        let raw = RawRequest {
            method,
            target,
            authority,
            headers,
            body,
            oversize: self.oversize,
            port_of: self.port_of,
            client,
            arrival: self.arrival.clone(),
        };
        let body = texts.next_body(&self.bodies[1]);
        CallRecord {
            request_id: self.request_id,
            at: self.at,
            kind: self.kind,
            vendor: self.vendor,
            sandbox: Arc::clone(&self.sandbox),
            visitor: visitor.map(|name| Box::from(&*name)),
            action,
            counted: self.counted,
            version,
            raw: Arc::new(raw),
            params,
            reply: Reply { status: self.status, headers: Arc::new(headers_of_reply), body, delivery },
            outcome: self.outcome().clone(),
            rule: rare.and_then(|rare| rare.rule.clone()),
            rule_place: rare.and_then(|rare| rare.rule_place.clone()),
            step: rare.map_or(0, |rare| rare.step),
            mangled: rare.and_then(|rare| rare.mangled),
            changes: self.change.iter().chain(&self.changes).copied().collect(),
            named: rare.and_then(|rare| rare.named.clone()),
            notes: rare.map(|rare| rare.notes.clone()).unwrap_or_default(),
            trail: self.trail.clone(),
            world: Arc::clone(&self.world),
            received_us: self.received_us,
            answered_us: self.answered_us,
            duration_us: self.duration_us,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::call::{ParamValue, Params};
    use crate::domain::{IdForm, Spelling, TicketId, TicketState, TicketStatus};
    use crate::world::things::{CallMark, ThingEffect};

    /// A call with such a body, parameters and change of tickets.
    fn told(body: &str, params: Params, tickets: usize) -> CallRecord {
        let state = TicketState {
            id: TicketId::new(7, IdForm::Hex),
            status: TicketStatus::Live,
            used: 1,
            uses_left: None,
            expires_at: Timestamp::from_unix(9),
        };
        let raw = RawRequest {
            method: "POST".into(),
            target: "/?a=ä".into(),
            authority: None,
            headers: [("host", "h"), ("x-empty", ""), ("x-twice", "1"), ("x-twice", "2")].into_iter().collect(),
            body: Bytes::copy_from_slice(body.as_bytes()),
            oversize: false,
            port_of: None,
            client: "127.0.0.1".into(),
            arrival: Arrival::default(),
        };
        CallRecord {
            request_id: RequestId::new(uuid::Uuid::from_u128(5), Spelling::Lower),
            at: Timestamp::from_unix(1),
            kind: CallKind::Call,
            vendor: "tencent",
            sandbox: "default".into(),
            visitor: None,
            action: "CreateEmbedToken".into(),
            counted: "CreateEmbedToken",
            version: Some("2022-01-05".into()),
            raw: Arc::new(raw),
            params,
            reply: Reply::new(200, "application/json", body.to_owned()).with_header("x-own".to_owned(), "1"),
            outcome: Outcome::Success,
            rule: None,
            rule_place: None,
            step: 0,
            mangled: None,
            changes: vec![Change { before: None, after: state }; tickets],
            named: None,
            notes: Vec::new(),
            trail: Trail::default(),
            world: Arc::new(World::demo()),
            received_us: 2,
            answered_us: 3,
            duration_us: 4,
        }
    }

    #[track_caller]
    fn comes_back(told: CallRecord) {
        let before = format!("{told:?}");
        assert_eq!(format!("{:?}", KeptCall::from_record(told, &mut PieceWriter::default()).to_record()), before);
    }

    #[test]
    fn what_is_kept_comes_back_as_it_was_told() {
        let large = format!(r#"{{"ProjectId":117,"Text":"{}","None":null}}"#, "x".repeat(2 * texts::COPIED));
        for (body, tickets) in
            [("", 0), (r#"{"ProjectId":117,"Deep":{"a":[1.5,-0.0,18446744073709551615]}}"#, 1), (&*large, 3)]
        {
            let of_body = Params::of_json(&Bytes::copy_from_slice(body.as_bytes())).unwrap_or_default();
            comes_back(told(body, of_body, tickets));
            comes_back(told(body, Params::default(), tickets));
            let text = ("Name".into(), ParamValue::Text("".into()));
            let json = ("Own".into(), ParamValue::Json(json!({ "b": [1, "x"], "a": null })));
            comes_back(told(body, Params { pairs: vec![text.clone(), json, text] }, tickets));
        }
        let plain = || told("", Params::default(), 0);
        comes_back(CallRecord { version: None, visitor: Some("".into()), kind: CallKind::Visit, ..plain() });
        comes_back(CallRecord {
            outcome: Outcome::Lost,
            rule: Some("one".into()),
            rule_place: Some("one.yaml:3".into()),
            step: 2,
            mangled: Some("x"),
            ..plain()
        });
        let by =
            Arc::new(CallMark { request_id: "r".into(), action: "UpdateUser".into(), at: Timestamp::from_unix(1) });
        let (kind, effect, fields) = ("users", ThingEffect::Changed, vec!["nick".to_owned()]);
        comes_back(CallRecord { notes: vec![ThingNote { kind, id: "u".into(), effect, fields, by }], ..plain() });
        let raw = RawRequest {
            authority: Some("h:1".into()),
            oversize: true,
            port_of: Some("tencent"),
            ..(*plain().raw).clone()
        };
        comes_back(CallRecord { raw: Arc::new(raw), ..plain() });
    }
}
