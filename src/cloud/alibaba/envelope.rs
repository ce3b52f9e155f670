//! The answer around an outcome, as JSON or XML: three members for a success, five for an error.

use bytes::Bytes;
use serde::Serialize;
use serde_json::{Value, json};

use super::assumptions::{
    DEFAULT_FORMAT_ACS3, DEFAULT_FORMAT_V2, DefaultFormatAcs3Choice, DefaultFormatV2Choice, OPTIONS_METHOD,
    OptionsMethodChoice, RECOMMEND_PRODUCT, XML_LISTS, XmlListsChoice,
};
use super::xml::{self, Lists};
use crate::call::{Call, Format, SchemeForm};
use crate::cloud::Stamp;
use crate::cloud::catalog::{Rendered, as_text};
use crate::domain::{Assumptions, RequestId};
use crate::reply::{Reply, Said};
use crate::sign::sha256_hex;

const JSON: &str = "application/json;charset=utf-8";
/// The one media type by which clients tell an XML error.
const XML: &str = "text/xml;charset=utf-8";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct AlibabaFailure<'a> {
    #[serde(serialize_with = "as_text")]
    request_id: RequestId,
    message: &'a str,
    host_id: &'a str,
    code: &'a str,
    recommend: String,
}

pub fn write_reply(stamp: &Stamp<'_>, call: &Call, outcome: Result<&Rendered, &Said>) -> Reply {
    let request_id = stamp.request_id;
    let form = answer_format(call, stamp.assumptions);
    let reply = match outcome {
        Ok(result) => {
            let root = || format!("{}Response", call.display_name());
            write_body(200, form, root, success_body(request_id, result), stamp.assumptions)
        }
        Err(said) => {
            let body = crate::reply::json_bytes(&failure_body(stamp, said));
            write_body(said.status, form, || "Error".to_owned(), body, stamp.assumptions)
        }
    };
    stamp_reply(reply, request_id)
}

fn success_body(request_id: RequestId, result: &Rendered) -> Bytes {
    let id = request_id.to_string();
    [r#"{"RequestId":""#, &id, r#"","Result":"#, result.as_json(), r#","Success":true}"#].concat().into()
}

fn write_body(
    status: u16,
    form: Format,
    root: impl FnOnce() -> String,
    body: Bytes,
    assumptions: &Assumptions,
) -> Reply {
    match form {
        Format::Json => Reply::new(status, JSON, body),
        Format::Xml => {
            let mut body = serde_json::from_slice(&body).expect("it was just written");
            arrange_error(&mut body);
            Reply::new(status, XML, xml::write_document(&root(), &body, list_style(assumptions)))
        }
    }
}

/// Brings the members of an error, if it is one, into the order that the vendor's gateway has in XML.
fn arrange_error(body: &mut Value) {
    let Some(members) = body.as_object_mut().filter(|members| members.contains_key("Code")) else { return };
    for name in ["RequestId", "HostId", "Code", "Message", "Recommend"] {
        // What is inserted anew stands behind everything else.
        if let Some(value) = members.shift_remove(name) {
            members.insert(name.to_owned(), value);
        }
    }
}

/// The form that was asked for, else the one that is taken when nothing was.
fn answer_format(call: &Call, assumptions: &Assumptions) -> Format {
    let fallback_is_xml = || match call.claim.scheme.form {
        SchemeForm::Canonical => assumptions.holds(&DEFAULT_FORMAT_ACS3, DefaultFormatAcs3Choice::Xml),
        _ => assumptions.holds(&DEFAULT_FORMAT_V2, DefaultFormatV2Choice::Xml),
    };
    match call.format {
        Some(format) => format,
        None if fallback_is_xml() => Format::Xml,
        None => Format::Json,
    }
}

fn list_style(assumptions: &Assumptions) -> Lists {
    match assumptions.of(&XML_LISTS) {
        XmlListsChoice::Flat => Lists::Flat,
        XmlListsChoice::Nested => Lists::Nested,
    }
}

fn failure_body<'a>(stamp: &Stamp<'a>, said: &'a Said) -> AlibabaFailure<'a> {
    let (code, request_id) = (&*said.code, stamp.request_id);
    let product = stamp.assumptions.of(&RECOMMEND_PRODUCT).name();
    let recommend = format!("https://api.aliyun.com/troubleshoot?q={code}&product={product}&requestId={request_id}");
    AlibabaFailure { request_id, message: &said.message, host_id: stamp.host, code, recommend }
}

/// The answer to a browser that asks whether it may call, as the gateway gives it; `None`: it gives none.
pub fn answer_preflight(assumptions: &Assumptions) -> Option<Reply> {
    match assumptions.of(&OPTIONS_METHOD) {
        OptionsMethodChoice::Refuse => None,
        OptionsMethodChoice::Plain => Some(Reply::without_body(200)),
        OptionsMethodChoice::Cors => Some(allow_origin(Reply::without_body(200))),
    }
}

fn allow_origin(reply: Reply) -> Reply {
    reply
        .with_header("access-control-allow-origin", "*")
        .with_header("access-control-allow-methods", "POST, GET, OPTIONS")
        .with_header("access-control-allow-headers", "X-Requested-With, X-Sequence, _aop_secret, _aop_signature")
        .with_header("access-control-max-age", "172800")
}

/// The answer to a data call of an open page: the report server's own envelope, always HTTP 200.
pub fn data_reply(stamp: &Stamp<'_>, outcome: Result<&Rendered, &Said>) -> Reply {
    let body = match outcome {
        Ok(rows) => {
            json!({ "success": true, "code": "0", "message": null, "data": { "normalResult": true, "value": rows } })
        }
        Err(said) => json!({ "success": false, "code": said.code, "message": said.message, "data": null }),
    };
    stamp_reply(Reply::new(200, JSON, body.to_string()), stamp.request_id)
}

fn stamp_reply(reply: Reply, request_id: RequestId) -> Reply {
    let request_id = request_id.to_string();
    let mut trace_id = sha256_hex(request_id.as_bytes());
    trace_id.truncate(32);
    reply
        .with_header("access-control-allow-origin", "*")
        .with_header("access-control-expose-headers", "*")
        .with_header("x-acs-request-id", request_id)
        // The trace id is another 32 hex digits; it only has to be as fixed as the request id is.
        .with_header("x-acs-trace-id", trace_id)
}
