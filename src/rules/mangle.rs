//! Damage to the words of an answer. What damages its frame is a [`crate::reply::Damage`].

use bytes::Bytes;
use serde_json::Value;

use crate::reply::Reply;
use crate::vendor::Vendor;

/// A named damage to the words of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mangle {
    NotJson,
    TruncatedJson,
    EmptyBody,
    Html502,
    WrongContentType,
    MissingRequestId,
    NullData,
    StringForNumber,
}

/// What a proxy says when nobody answers behind it.
const BAD_GATEWAY: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

impl Mangle {
    /// The word of a rule's file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotJson => "not_json",
            Self::TruncatedJson => "truncated_json",
            Self::EmptyBody => "empty_body",
            Self::Html502 => "html_502",
            Self::WrongContentType => "wrong_content_type",
            Self::MissingRequestId => "missing_request_id",
            Self::NullData => "null_data",
            Self::StringForNumber => "string_for_number",
        }
    }

    /// The result of an action as it is put into the envelope.
    #[must_use]
    pub fn result(self, result: Value) -> Value {
        match self {
            Self::NullData => Value::Null,
            Self::StringForNumber => spelled(result),
            Self::NotJson
            | Self::TruncatedJson
            | Self::EmptyBody
            | Self::Html502
            | Self::WrongContentType
            | Self::MissingRequestId => result,
        }
    }

    /// The finished answer as it is sent.
    #[must_use]
    pub fn reply(self, vendor: &dyn Vendor, mut reply: Reply) -> Reply {
        match self {
            Self::NotJson => reply.body = Bytes::from_static(b"upstream connect error or disconnect/reset"),
            Self::TruncatedJson => reply.body.truncate(reply.body.len() / 2),
            Self::EmptyBody => reply.body.clear(),
            Self::Html502 => {
                let page = Reply::new(502, "text/html", BAD_GATEWAY);
                reply = Reply { delivery: reply.delivery, ..page };
            }
            Self::WrongContentType => {
                let types = reply.headers.iter_mut().filter(|(name, _)| name == "content-type");
                types.for_each(|(_, value)| *value = "text/plain".to_owned());
            }
            Self::MissingRequestId => {
                reply.body = without(&reply.body, vendor.request_id_path()).into();
            }
            Self::NullData | Self::StringForNumber => {}
        }
        reply
    }
}

/// The value with every number in it written as a text.
fn spelled(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::String(number.to_string()),
        Value::Array(items) => Value::Array(items.into_iter().map(spelled).collect()),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, spelled(value))).collect(),
        Value::Null | Value::Bool(_) | Value::String(_) => value,
    }
}

/// The document, JSON or XML, without what stands at the path.
fn without(body: &[u8], path: &[&str]) -> Vec<u8> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_taken_out_of_json_and_xml_and_the_rest_stays_in_order() {
        let cut = |body: &str, path: &[&str]| String::from_utf8(without(body.as_bytes(), path)).unwrap();
        assert_eq!(cut(r#"{"R":{"z":1,"Id":"x","a":2}}"#, &["R", "Id"]), r#"{"R":{"z":1,"a":2}}"#);
        assert_eq!(cut("<R><z>1</z><Id>x</Id></R>", &["Id"]), "<R><z>1</z></R>");
        assert_eq!(cut("neither", &["Id"]), "neither");
    }

    #[test]
    fn numbers_become_texts_wherever_they_stand() {
        let result = serde_json::json!({ "a": 1, "b": [2.5, "x", true, null] });
        let expected = serde_json::json!({ "a": "1", "b": ["2.5", "x", true, null] });
        assert_eq!(Mangle::StringForNumber.result(result), expected);
    }
}
