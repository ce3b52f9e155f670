//! Answers: the finished answer, and its delivery on the wire.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{Class, Refusal};
use crate::text::Text;

/// The header of an answer that is made up, with the word for what of.
pub const MADE_UP_HEADER: &str = "x-ticketbooth-made-up";

/// A finished answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    /// Names are in lower case. Shared by the copies of an answer, of which the journal takes one apart.
    pub headers: Arc<Vec<(Cow<'static, str>, Text)>>,
    pub body: Bytes,
    pub delivery: Delivery,
}

/// A refusal in the vendor's words. It is made once for each refused call, and whoever
/// shows or counts the refusal reads this value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The vendor's code; for a page that has none, the kind of the refusal.
    pub code: Box<str>,
    pub status: u16,
    pub message: String,
    /// The kind of a refused visit, such as `expired`: `None` for a call of the API.
    pub kind: Option<&'static str>,
    /// The class of the code; `None`: the kind of a visit, which is no code.
    pub class: Option<Class>,
    /// Why it was refused; `None`: a rule wanted it so.
    pub why: Option<Refusal>,
}

/// The delivery of an answer; by default nothing unusual. Only `http` carries it out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// So long nothing is sent.
    pub delay: Duration,
    pub pace: Option<Pace>,
    pub damage: Option<Damage>,
}

/// A body that is sent in pieces, with a pause between two of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    pub bytes: usize,
    pub every: Duration,
}

/// The damage of an answer beyond its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Not a byte is sent.
    Lost(Loss),
    /// The body ends after so many bytes, and the connection with it.
    Cut(usize),
    /// Status line and headers stand there twice.
    DuplicateHead,
    /// The head announces more bytes than there are.
    WrongLength,
    /// The body comes in chunks, and the second one has no length.
    BadChunk,
}

worded! {
    /// The form in which an answer is lost.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
    #[serde(rename_all = "lowercase")]
    #[schemars(rename = "How")]
    pub enum Loss {
        /// The connection is reset.
        #[default]
        Reset = "reset",
        /// The connection is closed in good order.
        Close = "close",
        /// The connection stays open and silent.
        Hang = "hang",
    }
}

/// The value as the body of an answer, in its full length: what grew while it was written is used again.
pub fn json_bytes(value: &impl Serialize) -> Bytes {
    thread_local! {
        static SCRATCH: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    SCRATCH.with_borrow_mut(|scratch| {
        scratch.clear();
        serde_json::to_writer(&mut *scratch, value).expect("an answer is made of texts and numbers");
        let body = Bytes::copy_from_slice(scratch);
        // One answer that was huge keeps nothing.
        scratch.shrink_to(LARGEST_SCRATCH);
        body
    })
}

/// Bytes that a thread keeps for the next answer, at most.
const LARGEST_SCRATCH: usize = 64 << 10;

/// The status of an answer that nobody will see, because the call was lost before it was made. Web
/// servers write it into their logs for the same case.
const NO_ANSWER: u16 = 444;

/// Headers that there is room for without asking for memory again.
const USUAL: usize = 8;

impl Reply {
    /// An answer with a content type and a body.
    pub fn new(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        let bare = Self { body: body.into(), ..Self::without_body(status) };
        bare.with_header("content-type", content_type)
    }

    /// An answer without headers and body.
    pub fn without_body(status: u16) -> Self {
        Self { status, headers: Arc::new(Vec::with_capacity(USUAL)), body: Bytes::new(), delivery: Delivery::default() }
    }

    /// The placeholder for the answer to a call that was lost.
    pub fn no_answer() -> Self {
        Self::without_body(NO_ANSWER)
    }

    #[must_use]
    pub fn with_header(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Cow<'static, str>>) -> Self {
        let value = match value.into() {
            Cow::Borrowed(value) => Text::from_static(value),
            Cow::Owned(value) => value.into(),
        };
        Arc::make_mut(&mut self.headers).push((name.into(), value));
        self
    }

    /// The first value of the header, whose name must be given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| &**value)
    }
}
