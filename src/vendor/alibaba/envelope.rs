//! The answer around an outcome, as JSON or XML: three members for a success, five for an error.

use serde_json::{Value, json};

use super::assumptions::{DEFAULT_FORMAT_ACS3, DEFAULT_FORMAT_V2, OPTIONS_METHOD, RECOMMEND_PRODUCT, XML_LISTS};
use super::xml::{self, Lists};
use crate::call::{Call, Format, Scheme};
use crate::domain::Assumptions;
use crate::reply::{Reply, Said};
use crate::sign::sha256_hex;
use crate::vendor::Stamp;

const JSON: &str = "application/json;charset=utf-8";
/// The one media type by which clients tell an XML error.
const XML: &str = "text/xml;charset=utf-8";

pub fn reply(stamp: &Stamp<'_>, call: &Call, outcome: Result<&Value, &Said>) -> Reply {
    let request_id = stamp.request_id.to_string();
    let (status, root, body) = match outcome {
        Ok(result) => (
            200,
            format!("{}Response", call.name()),
            json!({ "RequestId": request_id, "Result": result, "Success": true }),
        ),
        Err(said) => (said.status, "Error".to_owned(), error(stamp, said)),
    };
    let reply = match form(call, stamp.assumptions) {
        Format::Json => Reply::new(status, JSON, body.to_string()),
        Format::Xml => Reply::new(status, XML, xml::document(&root, &body, lists(stamp.assumptions))),
    };
    stamped(reply, &request_id)
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

fn error(stamp: &Stamp<'_>, said: &Said) -> Value {
    let (code, request_id) = (&said.code, stamp.request_id.to_string());
    let product = stamp.assumptions.of(&RECOMMEND_PRODUCT);
    let recommend = format!("https://api.aliyun.com/troubleshoot?q={code}&product={product}&requestId={request_id}");
    json!({
        "RequestId": request_id,
        "Message": said.message,
        "HostId": stamp.host,
        "Code": code,
        "Recommend": recommend,
    })
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
pub fn data_reply(stamp: &Stamp<'_>, outcome: Result<&Value, &Said>) -> Reply {
    let body = match outcome {
        Ok(rows) => {
            json!({ "success": true, "code": "0", "message": null, "data": { "normalResult": true, "value": rows } })
        }
        Err(said) => json!({ "success": false, "code": said.code, "message": said.message, "data": null }),
    };
    stamped(Reply::new(200, JSON, body.to_string()), &stamp.request_id.to_string())
}

fn stamped(reply: Reply, request_id: &str) -> Reply {
    reply
        .with("access-control-allow-origin", "*")
        .with("access-control-expose-headers", "*")
        .with("x-acs-request-id", request_id)
        // The trace id is another 32 hex digits; it only has to be as fixed as the request id is.
        .with("x-acs-trace-id", &sha256_hex(request_id.as_bytes())[..32])
}
