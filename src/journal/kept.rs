//! How a call is kept until somebody reads it: its texts one behind the other in one piece of memory.
//!
//! A journal of ten thousand calls is larger than the caches of a processor, so what is put away for each call is
//! what a call waits for. One piece that is written from its beginning to its end takes least.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use bytes::{Buf as _, BufMut as _, Bytes};

use super::entry::{Entry, Kind, Outcome, Told};
use crate::call::{Arrival, Headers, ParamValue, Params, RawRequest, Text};
use crate::domain::{Change, RequestId, Ticket, Timestamp};
use crate::reply::{Delivery, Reply};
use crate::trail::Trail;
use crate::world::World;

/// An entry of a journal as it is kept.
#[derive(Debug)]
pub(super) struct Kept {
    pub serial: u64,
    pub weight: usize,
    request_id: RequestId,
    at: Timestamp,
    kind: Kind,
    pub vendor: &'static str,
    sandbox: Arc<str>,
    pub counted: &'static str,
    oversize: bool,
    port_of: Option<&'static str>,
    arrival: Arrival,
    status: u16,
    change: Option<Change>,
    /// Those behind the first one.
    changes: Vec<Change>,
    trail: Trail,
    world: Arc<World>,
    received_us: i64,
    answered_us: i64,
    duration_us: u64,
    /// What [`Kept::texts`] takes apart again.
    texts: Bytes,
    /// Bodies that are too large to be copied.
    bodies: [Bytes; 2],
    rare: Option<Box<Rare>>,
}

/// What a call that succeeds without any rule does not have.
#[derive(Debug)]
struct Rare {
    outcome: Outcome,
    rule: Option<Arc<str>>,
    step: usize,
    mangled: Option<&'static str>,
    named: Option<Box<Ticket>>,
    delivery: Delivery,
}

/// Bytes of a body that are copied; what is larger is shared.
const COPIED: usize = 1024;

/// The length of a text that is not there.
const NONE: u32 = u32::MAX;

/// How parameters are written.
const AS_PAIRS: u8 = 0;
const AS_BODY: u8 = 1;

impl Kept {
    /// What is told, as it is kept. It has no number yet.
    pub fn new(told: Told) -> Self {
        let weight = told.weight();
        let (texts, bodies) = written(&told);
        let Told { raw, reply, mut changes, outcome, rule, step, mangled, named, .. } = told;
        let first = if changes.is_empty() { None } else { Some(changes.remove(0)) };
        let is_plain = outcome == Outcome::Success && rule.is_none() && mangled.is_none() && named.is_none();
        let rare = (!is_plain || step != 0 || reply.delivery != Delivery::default())
            .then(|| Box::new(Rare { outcome, rule, step, mangled, named, delivery: reply.delivery }));
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
            arrival: raw.arrival.clone(),
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

    /// The entry as everybody reads it.
    pub fn entry(&self) -> Entry {
        Entry { serial: self.serial, told: self.told() }
    }

    fn told(&self) -> Told {
        let texts = &mut Texts(self.texts.clone());
        let (method, target, client) = (texts.text(), texts.text(), texts.text());
        let authority = texts.maybe();
        let lines = texts.pairs();
        let (_, headers) =
            Headers::behind("", || lines.iter().map(|(name, value)| (&**name, value.as_bytes().as_ref())));
        let body = texts.body(&self.bodies[0]);
        let (action, version, visitor) = (texts.text(), texts.maybe(), texts.maybe());
        let params = texts.params(&body);
        let headers_of_reply: Vec<(Cow<'static, str>, Text)> =
            texts.pairs().into_iter().map(|(name, value)| (Cow::Owned(name.to_string()), value)).collect();
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
        let body = texts.body(&self.bodies[1]);
        Told {
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
            step: rare.map_or(0, |rare| rare.step),
            mangled: rare.and_then(|rare| rare.mangled),
            changes: self.change.iter().chain(&self.changes).copied().collect(),
            named: rare.and_then(|rare| rare.named.clone()),
            trail: self.trail.clone(),
            world: Arc::clone(&self.world),
            received_us: self.received_us,
            answered_us: self.answered_us,
            duration_us: self.duration_us,
        }
    }
}

thread_local! {
    static SCRATCH: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Bytes that a thread keeps for the next call, at most.
const LARGEST_SCRATCH: usize = 64 << 10;

/// The texts of a call in one piece of memory that has no room left, and the bodies that are not in it.
fn written(told: &Told) -> (Bytes, [Bytes; 2]) {
    let mut all = SCRATCH.take();
    all.clear();
    let (raw, reply) = (&told.raw, &told.reply);
    put(&mut all, &raw.method);
    put(&mut all, &raw.target);
    put(&mut all, &raw.client);
    put_maybe(&mut all, raw.authority.as_deref());
    put_count(&mut all, raw.headers.iter().len());
    for (name, value) in raw.headers.iter() {
        put(&mut all, name);
        put(&mut all, value);
    }
    let body = put_body(&mut all, &raw.body);
    put(&mut all, &told.action);
    put_maybe(&mut all, told.version.as_deref());
    put_maybe(&mut all, told.visitor.as_deref());
    put_params(&mut all, &told.params);
    put_count(&mut all, reply.headers.len());
    for (name, value) in reply.headers.iter() {
        put(&mut all, name);
        put(&mut all, value);
    }
    let bodies = [body, put_body(&mut all, &reply.body)];
    let texts = Bytes::from(Box::<[u8]>::from(&*all));
    if all.capacity() <= LARGEST_SCRATCH {
        SCRATCH.set(all);
    }
    (texts, bodies)
}

fn put_count(all: &mut Vec<u8>, count: usize) {
    // A request is bounded far below what 32 bits can count.
    all.put_u32_le(u32::try_from(count).unwrap_or(NONE));
}

fn put_bytes(all: &mut Vec<u8>, bytes: &[u8]) {
    put_count(all, bytes.len());
    all.put_slice(bytes);
}

fn put(all: &mut Vec<u8>, text: &str) {
    put_bytes(all, text.as_bytes());
}

fn put_maybe(all: &mut Vec<u8>, text: Option<&str>) {
    match text {
        Some(text) => put(all, text),
        None => all.put_u32_le(NONE),
    }
}

/// Copies the body, or gives it back where it is too large for that.
fn put_body(all: &mut Vec<u8>, body: &Bytes) -> Bytes {
    if body.len() > COPIED {
        all.put_u32_le(NONE);
        return body.clone();
    }
    put_bytes(all, body);
    Bytes::new()
}

fn put_params(all: &mut Vec<u8>, params: &Params) {
    let is_of_body = |value: &ParamValue| matches!(value, ParamValue::Json(_));
    if !params.pairs.is_empty() && params.pairs.iter().all(|(_, value)| is_of_body(value)) {
        return all.put_u8(AS_BODY);
    }
    all.put_u8(AS_PAIRS);
    put_count(all, params.pairs.len());
    for (name, value) in &params.pairs {
        put(all, name);
        match value {
            ParamValue::Text(text) => put(all, text),
            ParamValue::Json(value) => {
                all.put_u32_le(NONE);
                put(all, &value.to_string());
            }
        }
    }
}

/// What is left of the texts of a call. They were written here, so what is read is there.
struct Texts(Bytes);

impl Texts {
    fn part(&mut self) -> Option<Bytes> {
        let length = self.0.get_u32_le();
        (length != NONE).then(|| self.0.split_to(length as usize))
    }

    fn maybe(&mut self) -> Option<Text> {
        self.part().and_then(|bytes| Text::try_from(bytes).ok())
    }

    fn text(&mut self) -> Text {
        self.maybe().unwrap_or_default()
    }

    fn body(&mut self, large: &Bytes) -> Bytes {
        self.part().unwrap_or_else(|| large.clone())
    }

    fn pairs(&mut self) -> Vec<(Text, Text)> {
        let count = self.0.get_u32_le();
        (0..count).map(|_| (self.text(), self.text())).collect()
    }

    fn params(&mut self, body: &Bytes) -> Params {
        if self.0.get_u8() == AS_BODY {
            return Params::of_json(body).unwrap_or_default();
        }
        let count = self.0.get_u32_le();
        let pair = |_| {
            let name = self.text();
            let json = |text: &Text| serde_json::from_str(text).unwrap_or_default();
            let value = self.maybe().map(ParamValue::Text);
            (name, value.unwrap_or_else(|| ParamValue::Json(json(&self.text()))))
        };
        Params { pairs: (0..count).map(pair).collect() }
    }
}
