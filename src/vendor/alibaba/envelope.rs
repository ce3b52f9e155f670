//! The answer around an outcome, as JSON or XML: three members for a success, five for an error.

use crate::vendor::catalog::as_text;
use serde::Serialize;
use serde_json::json;
use serde_json::value::RawValue;

use super::assumptions::{DEFAULT_FORMAT_ACS3, DEFAULT_FORMAT_V2, OPTIONS_METHOD, RECOMMEND_PRODUCT, XML_LISTS};
use super::xml::{self, Lists};
use crate::call::{Call, Format, Scheme};
use crate::domain::{Assumptions, RequestId};
use crate::reply::{Reply, Said};
use crate::sign::sha256_hex;
use crate::vendor::Stamp;

const JSON: &str = "application/json;charset=utf-8";
/// The one media type by which clients tell an XML error.
const XML: &str = "text/xml;charset=utf-8";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Success<'a> {
    #[serde(serialize_with = "as_text")]
    request_id: RequestId,
    result: &'a RawValue,
    success: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Failure<'a> {
    #[serde(serialize_with = "as_text")]
    request_id: RequestId,
    message: &'a str,
    host_id: &'a str,
    code: &'a str,
    recommend: String,
}

pub fn reply(stamp: &Stamp<'_>, call: &Call, outcome: Result<&RawValue, &Said>) -> Reply {
    let request_id = stamp.request_id;
    let form = form(call, stamp.assumptions);
    let reply = match outcome {
        Ok(result) => {
            let root = || format!("{}Response", call.name());
            written(200, form, root, &Success { request_id, result, success: true }, stamp.assumptions)
        }
        Err(said) => written(said.status, form, || "Error".to_owned(), &failure(stamp, said), stamp.assumptions),
    };
    stamped(reply, request_id)
}

fn written(
    status: u16,
    form: Format,
    root: impl FnOnce() -> String,
    body: &impl Serialize,
    assumptions: &Assumptions,
) -> Reply {
    match form {
        Format::Json => Reply::new(status, JSON, crate::reply::json(body)),
        Format::Xml => {
            let body = serde_json::to_value(body).expect("an answer is made of texts and numbers");
            Reply::new(status, XML, xml::document(&root(), &body, lists(assumptions)))
        }
    }
}

/// The form that was asked for, else the one that is taken when nothing was.
fn form(call: &Call, assumptions: &Assumptions) -> Format {
    let fallback = match call.claim.scheme {
        Scheme::Acs3 => &DEFAULT_FORMAT_ACS3,
        _ => &DEFAULT_FORMAT_V2,
    };
    match call.format {
        Some(format) => format,
        None if assumptions.is(fallback, "xml") => Format::Xml,
        None => Format::Json,
    }
}

fn lists(assumptions: &Assumptions) -> Lists {
    if assumptions.is(&XML_LISTS, "flat") { Lists::Flat } else { Lists::Nested }
}

fn failure<'a>(stamp: &Stamp<'a>, said: &'a Said) -> Failure<'a> {
    let (code, request_id) = (&*said.code, stamp.request_id);
    let product = stamp.assumptions.of(&RECOMMEND_PRODUCT);
    let recommend = format!("https://api.aliyun.com/troubleshoot?q={code}&product={product}&requestId={request_id}");
    Failure { request_id, message: &said.message, host_id: stamp.host, code, recommend }
}

/// The answer to a browser that asks whether it may call, as the gateway gives it; `None`: it gives none.
pub fn preflight(assumptions: &Assumptions) -> Option<Reply> {
    match assumptions.of(&OPTIONS_METHOD) {
        "refuse" => None,
        "plain" => Some(Reply::bare(200)),
        _ => Some(allowing(Reply::bare(200))),
    }
}

fn allowing(reply: Reply) -> Reply {
    reply
        .with("access-control-allow-origin", "*")
        .with("access-control-allow-methods", "POST, GET, OPTIONS")
        .with("access-control-allow-headers", "X-Requested-With, X-Sequence, _aop_secret, _aop_signature")
        .with("access-control-max-age", "172800")
}

/// The answer to a data call of an open page: the report server's own envelope, always HTTP 200.
pub fn data_reply(stamp: &Stamp<'_>, outcome: Result<&RawValue, &Said>) -> Reply {
    let body = match outcome {
        Ok(rows) => {
            json!({ "success": true, "code": "0", "message": null, "data": { "normalResult": true, "value": rows } })
        }
        Err(said) => json!({ "success": false, "code": said.code, "message": said.message, "data": null }),
    };
    stamped(Reply::new(200, JSON, body.to_string()), stamp.request_id)
}

fn stamped(reply: Reply, request_id: RequestId) -> Reply {
    let request_id = request_id.to_string();
    let mut trace_id = sha256_hex(request_id.as_bytes());
    trace_id.truncate(32);
    reply
        .with("access-control-allow-origin", "*")
        .with("access-control-expose-headers", "*")
        .with("x-acs-request-id", request_id)
        // The trace id is another 32 hex digits; it only has to be as fixed as the request id is.
        .with("x-acs-trace-id", trace_id)
}
