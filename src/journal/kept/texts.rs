//! The texts of a call one behind the other, each behind its length.

use std::cell::RefCell;

use bytes::{Buf as _, BufMut as _, Bytes};

use crate::call::{ParamValue, Params, Text};
use crate::journal::entry::CallRecord;

/// Bytes of a body that are copied; what is larger is shared.
pub(super) const COPIED: usize = 1024;

/// The length of a text that is not there.
const NONE: u32 = u32::MAX;

/// The packed form of parameters.
const AS_PAIRS: u8 = 0;
const AS_BODY: u8 = 1;

thread_local! {
    static SCRATCH: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Bytes that a thread keeps for the next call, at most.
const LARGEST_SCRATCH: usize = 64 << 10;

/// The texts of a call in one piece of memory that has no room left, and the bodies that are not in it.
pub(in crate::journal) fn pack(told: &CallRecord) -> (Bytes, [Bytes; 2]) {
    let mut all = SCRATCH.take();
    all.clear();
    let (raw, reply) = (&told.raw, &told.reply);
    append_text(&mut all, &raw.method);
    append_text(&mut all, &raw.target);
    append_text(&mut all, &raw.client);
    put_maybe(&mut all, raw.authority.as_deref());
    put_count(&mut all, raw.headers.iter().len());
    for (name, value) in raw.headers.iter() {
        append_text(&mut all, name);
        append_text(&mut all, value);
    }
    let body = put_body(&mut all, &raw.body);
    append_text(&mut all, &told.action);
    put_maybe(&mut all, told.version.as_deref());
    put_maybe(&mut all, told.visitor.as_deref());
    put_params(&mut all, &told.params);
    put_count(&mut all, reply.headers.len());
    for (name, value) in reply.headers.iter() {
        append_text(&mut all, name);
        append_text(&mut all, value);
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

fn append_text(all: &mut Vec<u8>, text: &str) {
    put_bytes(all, text.as_bytes());
}

fn put_maybe(all: &mut Vec<u8>, text: Option<&str>) {
    match text {
        Some(text) => append_text(all, text),
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
        append_text(all, name);
        match value {
            ParamValue::Text(text) => append_text(all, text),
            ParamValue::Json(value) => {
                all.put_u32_le(NONE);
                append_text(all, &value.to_string());
            }
        }
    }
}

/// What is left of the texts of a call. They were written here, so what is read is there.
pub(in crate::journal) struct Texts(Bytes);

impl Texts {
    pub fn open_packed(texts: &Bytes) -> Self {
        Self(texts.clone())
    }

    fn next_bytes(&mut self) -> Option<Bytes> {
        let length = self.0.get_u32_le();
        (length != NONE).then(|| self.0.split_to(length as usize))
    }

    pub fn next_optional(&mut self) -> Option<Text> {
        self.next_bytes().and_then(|bytes| Text::try_from(bytes).ok())
    }

    pub fn next_text(&mut self) -> Text {
        self.next_optional().unwrap_or_default()
    }

    pub fn next_body(&mut self, large: &Bytes) -> Bytes {
        self.next_bytes().unwrap_or_else(|| large.clone())
    }

    pub fn next_pairs(&mut self) -> Vec<(Text, Text)> {
        let count = self.0.get_u32_le();
        (0..count).map(|_| (self.next_text(), self.next_text())).collect()
    }

    pub fn next_params(&mut self, body: &Bytes) -> Params {
        if self.0.get_u8() == AS_BODY {
            return Params::of_json(body).unwrap_or_default();
        }
        let count = self.0.get_u32_le();
        let pair = |_| {
            let name = self.next_text();
            let json = |text: &Text| serde_json::from_str(text).unwrap_or_default();
            let value = self.next_optional().map(ParamValue::Text);
            (name, value.unwrap_or_else(|| ParamValue::Json(json(&self.next_text()))))
        };
        Params { pairs: (0..count).map(pair).collect() }
    }
}
