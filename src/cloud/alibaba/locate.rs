//! The location service: classic clients that are told no endpoint ask it where a product stands. It is asked at a host
//! of its own and answered with the host of Quick BI in the region, whoever asks, as nothing depends on who it is.

use serde_json::json;

use super::hosts::HOSTS;
use crate::call::RawRequest;
use crate::cloud::host::{HostRole, host_name};
use crate::reply::Reply;
use crate::sign::decode_pairs;

/// The one question that is answered.
const QUESTION: &str = "DescribeEndpoints";

/// The product, as the service names it.
const PRODUCT: &str = "quickbi-public";

/// The id of every answer: nobody asks for what became of it.
const REQUEST_ID: &str = "00000000-0000-4000-8000-000000000000";

/// The answer of the location service, where the request is for its host.
pub(super) fn answer_question(raw: &RawRequest) -> Option<Reply> {
    let name = host_name(raw.host());
    HOSTS.iter().find(|row| row.role == HostRole::Locate && row.has(name))?;
    let pairs = [decode_pairs(raw.query().as_bytes()), decode_pairs(&raw.body)].concat();
    let value = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.as_str());
    if value("Action") != QUESTION {
        let body = json!({ "RequestId": REQUEST_ID, "Code": "UnsupportedOperation",
            "Message": "ticketbooth: of the location service, DescribeEndpoints alone is answered." });
        return Some(Reply::new(400, "application/json;charset=utf-8", body.to_string()));
    }
    let (region, code) = (value("Id"), value("ServiceCode"));
    let endpoints = if region.is_empty() || !region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        Vec::new()
    } else {
        vec![json!({
            "Protocols": { "Protocols": ["HTTP", "HTTPS"] },
            "Type": "openAPI",
            "Namespace": PRODUCT,
            "Id": region,
            "SerivceCode": code,
            "ServiceCode": code,
            "Endpoint": format!("{PRODUCT}.{region}.aliyuncs.com"),
        })]
    };
    let body = json!({ "Endpoints": { "Endpoint": endpoints }, "RequestId": REQUEST_ID, "Success": true });
    Some(Reply::new(200, "application/json;charset=utf-8", body.to_string()))
}
