//! Named damages to an answer. What damages its frame is carried out as a [`Damage`].

use std::sync::Arc;

use crate::call::Text;
use crate::cloud::catalog::{Rendered, to_rendered};
use bytes::Bytes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::cloud::Vendor;
use crate::reply::{Damage, Reply};

worded! {
    /// A named damage to an answer.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
    #[serde(rename_all = "snake_case")]
    pub enum Mangle {
        /// The body is a text that is no JSON.
        NotJson = "not_json",
        /// The second half of the body is missing, and the head agrees with that.
        TruncatedJson = "truncated_json",
        EmptyBody = "empty_body",
        /// The error page of a proxy.
        #[serde(rename = "html_502")]
        Html502 = "html_502",
        /// The content type is that of a text.
        WrongContentType = "wrong_content_type",
        /// The body has no request id.
        MissingRequestId = "missing_request_id",
        /// The result is null.
        NullData = "null_data",
        /// Every number in the result is a text.
        StringForNumber = "string_for_number",
        /// Status line and headers stand there twice.
        DuplicateHead = "duplicate_head",
        /// The head announces more bytes than there are.
        WrongLength = "wrong_length",
        /// The body comes in chunks, and the second one has no length.
        BadChunk = "bad_chunk",
    }
}

/// The error page of a proxy when nobody answers behind it.
const BAD_GATEWAY: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

impl Mangle {
    /// The damage to the frame of the answer; `None`: its words are damaged.
    pub const fn of_frame(self) -> Option<Damage> {
        match self {
            Self::DuplicateHead => Some(Damage::DuplicateHead),
            Self::WrongLength => Some(Damage::WrongLength),
            Self::BadChunk => Some(Damage::BadChunk),
            Self::NotJson | Self::TruncatedJson | Self::EmptyBody | Self::Html502 => None,
            Self::WrongContentType | Self::MissingRequestId | Self::NullData | Self::StringForNumber => None,
        }
    }

    /// The result of an action as it is put into the envelope.
    #[must_use]
    pub fn mangle_result(self, result: Rendered) -> Rendered {
        match self {
            Self::NullData => to_rendered(&()),
            Self::StringForNumber => {
                serde_json::from_str(result.as_json()).map_or(result, |value| to_rendered(&numbers_as_text(value)))
            }
            Self::NotJson
            | Self::TruncatedJson
            | Self::EmptyBody
            | Self::Html502
            | Self::WrongContentType
            | Self::MissingRequestId
            | Self::DuplicateHead
            | Self::WrongLength
            | Self::BadChunk => result,
        }
    }

    /// The finished answer as it is sent.
    #[must_use]
    pub fn mangle_reply(self, vendor: &Vendor, mut reply: Reply) -> Reply {
        match self {
            Self::NotJson => reply.body = Bytes::from_static(b"upstream connect error or disconnect/reset"),
            Self::TruncatedJson => reply.body.truncate(reply.body.len() / 2),
            Self::EmptyBody => reply.body.clear(),
            Self::Html502 => {
                let page = Reply::new(502, "text/html", BAD_GATEWAY);
                reply = Reply { delivery: reply.delivery, ..page };
            }
            Self::WrongContentType => {
                let types = Arc::make_mut(&mut reply.headers).iter_mut().filter(|(name, _)| name == "content-type");
                types.for_each(|(_, value)| *value = Text::from_static("text/plain"));
            }
            Self::MissingRequestId => {
                reply.body = without_member(&reply.body, vendor.answers.request_id_path).into();
            }
            Self::NullData | Self::StringForNumber => {}
            Self::DuplicateHead | Self::WrongLength | Self::BadChunk => {}
        }
        reply
    }
}

/// The value with every number in it written as a text.
fn numbers_as_text(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::String(number.to_string()),
        Value::Array(items) => Value::Array(items.into_iter().map(numbers_as_text).collect()),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, numbers_as_text(value))).collect(),
        Value::Null | Value::Bool(_) | Value::String(_) => value,
    }
}

/// The document, JSON or XML, without what stands at the path.
fn without_member(body: &[u8], path: &[&str]) -> Vec<u8> {
    let Some((name, parents)) = path.split_last() else { return body.to_vec() };
    let Ok(mut document) = serde_json::from_slice::<Value>(body) else {
        let text = String::from_utf8_lossy(body);
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let cut = text.split_once(&open).and_then(|(before, rest)| Some((before, rest.split_once(&close)?.1)));
        return cut.map_or_else(|| body.to_vec(), |(before, after)| [before, after].concat().into_bytes());
    };
    let parent = parents.iter().try_fold(&mut document, |value, name| value.get_mut(*name));
    if let Some(Value::Object(members)) = parent {
        members.shift_remove(*name);
    }
    document.to_string().into_bytes()
}
