//! The answer around an outcome: always HTTP 200 and exactly `application/json`.
//!
//! With a charset behind the media type the official Python client takes every error for a success.

use serde_json::{Value, json};

use super::assumptions::{BI_LANGUAGE, TIME_ZONE, UNSEEN_TEXTS};
use super::errors::ERRORS;
use crate::call::{Call, Language};
use crate::domain::{Assumptions, Evidence, Timestamp};
use crate::reply::Reply;
use crate::vendor::catalog::{ErrorRow, Scope, Text, VISIT, row_for};
use crate::vendor::words::words;
use crate::vendor::{Denial, Scripted, Stamp, Vendor};

const JSON: &str = "application/json";

pub fn reply(vendor: &dyn Vendor, stamp: &Stamp<'_>, call: &Call, outcome: &Result<Value, Denial>) -> Reply {
    let request_id = stamp.request_id.to_string();
    let (status, response) = match outcome {
        Ok(data) => (200, json!({ "Msg": "success", "RequestId": request_id, "Extra": "", "Data": data })),
        Err(denial) => {
            let spoken = Call { language: language(call, denial, stamp.assumptions), ..spared(call) };
            let words = words(vendor, stamp, &spoken, &request_id, denial);
            let told = if is_untold(call, denial, stamp.assumptions) { &words.code } else { &words.message };
            let error = json!({ "Code": words.code, "Message": told });
            (words.status, json!({ "Error": error, "RequestId": request_id }))
        }
    };
    Reply::new(status, JSON, json!({ "Response": response }).to_string())
        .with("server", "nginx")
        .with("access-control-allow-credentials", "true")
}

/// What an error's words need of the call, which is not the parameters.
fn spared(call: &Call) -> Call {
    Call { action: call.action.clone(), version: call.version.clone(), ..Call::default() }
}

/// The language of the message. That the gateway follows the call's was seen; of BI behind it nobody
/// has shown a text.
fn language(call: &Call, denial: &Denial, assumptions: &Assumptions) -> Language {
    let of_bi = row_of(call, denial).is_some_and(|(row, _)| matches!(row.scope, Scope::Actions(_)));
    match assumptions.of(&BI_LANGUAGE) {
        "english" if of_bi => Language::English,
        "chinese" if of_bi => Language::Chinese,
        _ => call.language,
    }
}

/// Whether the message is one that nobody has shown, and the world would rather have none.
fn is_untold(call: &Call, denial: &Denial, assumptions: &Assumptions) -> bool {
    assumptions.is(&UNSEEN_TEXTS, "code")
        && row_of(call, denial).is_some_and(|(_, text)| text.evidence == Evidence::Assumed)
}

/// The row and the text of a denial. A scripted message of its own is in no row.
fn row_of(call: &Call, denial: &Denial) -> Option<(&'static ErrorRow, &'static Text)> {
    match denial {
        Denial::Refused(refusal) => row_for(ERRORS, call.action.as_deref().unwrap_or(""), refusal.reason()),
        Denial::Scripted(Scripted { message: Some(_), .. }) => None,
        Denial::Scripted(Scripted { row, .. }) => row.texts.first().map(|text| (*row, text)),
    }
}

/// The answer to a data call of an open page, in the same envelope.
pub fn data_reply(vendor: &dyn Vendor, stamp: &Stamp<'_>, outcome: &Result<Value, Denial>) -> Reply {
    let call = Call { action: Some(VISIT.to_owned()), ..Call::default() };
    reply(vendor, stamp, &call, outcome)
}

/// A time as the vendor prints it: `2026-01-05 08:00:00`, without a zone.
pub fn wall_text(at: Timestamp, assumptions: &Assumptions) -> String {
    crate::vendor::wall_text(at, assumptions.is(&TIME_ZONE, "utc"))
}
