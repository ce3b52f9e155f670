//! The texts of a call one behind the other, each behind its length.

use bytes::{Buf as _, BufMut as _, Bytes, BytesMut};

use crate::call::{ParamValue, Params, Text};
use crate::journal::entry::CallRecord;

/// Bytes of a body that are copied; what is larger is shared.
pub(super) const COPIED: usize = 1024;

/// The length of a text that is not there.
const NONE: u32 = u32::MAX;

/// The packed form of parameters.
const AS_PAIRS: u8 = 0;
const AS_BODY: u8 = 1;

/// The memory that the texts of calls are written into, one call behind the other. A journal is larger than the caches
/// of a processor, and memory that is written from its beginning to its end is what they have ready.
///
/// A piece is free again with the last of its calls; those of one journal go in the order in which they came.
#[derive(Debug, Default)]
pub(in crate::journal) struct PieceWriter {
    rest: BytesMut,
    /// Bytes of the newest piece.
    size: usize,
}

/// Room that most calls need; the first piece of a journal, which may never have many calls, has as much. A call that
/// needs more goes on in a piece of its own size.
const USUAL: usize = 2 << 10;

/// Bytes of a piece at most.
const LARGEST_PIECE: usize = 64 << 10;

impl PieceWriter {
    fn begin(&mut self) -> &mut BytesMut {
        if self.rest.capacity() < USUAL {
            self.size = (self.size * 2).clamp(USUAL, LARGEST_PIECE);
            self.rest = BytesMut::with_capacity(self.size);
        }
        &mut self.rest
    }
}

/// The texts of a call in one piece of memory, and the bodies that are not in it.
pub(in crate::journal) fn pack(told: &CallRecord, pieces: &mut PieceWriter) -> (Bytes, [Bytes; 2]) {
    let all = pieces.begin();
    let (raw, reply) = (&told.raw, &told.reply);
    append_text(all, &raw.method);
    append_text(all, &raw.target);
    append_text(all, &raw.client);
    put_maybe(all, raw.authority.as_deref());
    put_count(all, raw.headers.iter().len());
    for (name, value) in raw.headers.iter() {
        append_text(all, name);
        append_text(all, value);
    }
    let body = put_body(all, &raw.body);
    append_text(all, &told.action);
    put_maybe(all, told.version.as_deref());
    put_maybe(all, told.visitor.as_deref());
    put_params(all, &told.params);
    put_count(all, reply.headers.len());
    for (name, value) in reply.headers.iter() {
        append_text(all, name);
        append_text(all, value);
    }
    let bodies = [body, put_body(all, &reply.body)];
    (all.split().freeze(), bodies)
}

fn put_count(all: &mut BytesMut, count: usize) {
    // A request is bounded far below what 32 bits can count.
    all.put_u32_le(u32::try_from(count).unwrap_or(NONE));
}

fn put_bytes(all: &mut BytesMut, bytes: &[u8]) {
    put_count(all, bytes.len());
    all.put_slice(bytes);
}

fn append_text(all: &mut BytesMut, text: &str) {
    put_bytes(all, text.as_bytes());
}

fn put_maybe(all: &mut BytesMut, text: Option<&str>) {
    match text {
        Some(text) => append_text(all, text),
        None => all.put_u32_le(NONE),
    }
}

/// Copies the body, or gives it back where it is too large for that.
fn put_body(all: &mut BytesMut, body: &Bytes) -> Bytes {
    if body.len() > COPIED {
        all.put_u32_le(NONE);
        return body.clone();
    }
    put_bytes(all, body);
    Bytes::new()
}

fn put_params(all: &mut BytesMut, params: &Params) {
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
