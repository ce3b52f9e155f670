//! The code, status and message in which a call is denied: a refusal's row found and filled in.

use std::borrow::Cow;
use std::cell::Cell;

use super::catalog::{ErrorRow, Status, Text, fill, row_for};
use super::{Denial, Scripted, Stamp, Vendor, VisitAsk};
use crate::call::{Call, Language};
use crate::domain::{Reason, Refusal};

/// What an error says, before it is wrapped into an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub code: String,
    pub status: u16,
    pub message: String,
}

/// The words for `denial`. `request_id` is in the form in which the vendor writes it.
pub fn words(vendor: &dyn Vendor, stamp: &Stamp<'_>, call: &Call, request_id: &str, denial: &Denial) -> Words {
    let version = call.version.as_deref().unwrap_or("");
    let of_call = |name: &str| match name {
        "request_id" => Some(request_id.to_owned()),
        "action" => Some(call.action.clone().unwrap_or_default()),
        "version" => Some(version.to_owned()),
        "host" => Some(stamp.host.to_owned()),
        _ => None,
    };
    let status = |row: &ErrorRow| match row.status {
        Status::Fixed(status) => status,
        Status::OfVersion => vendor.status_of_version(version),
    };
    match denial {
        Denial::Refused(refusal) => {
            let (row, text) = row_of(vendor, call.action.as_deref().unwrap_or(""), refusal);
            let fact = |name: &str| of_call(name).or_else(|| refusal.fact(name));
            let message = fill(text.in_language(call.language), fact);
            Words { code: fill(row.code, fact), status: status(row), message }
        }
        Denial::Scripted(Scripted { row, args, message, status: wanted }) => {
            let next = Cell::new(0);
            // What nobody gave stands there as its own name, which reads better than a blank.
            let fact = |name: &str| of_call(name).or_else(|| Some(argument(args, &next, name)));
            let text = || fill(row.texts.first().map_or("", |text| text.in_language(call.language)), fact);
            let message = message.clone().unwrap_or_else(text);
            next.set(0);
            Words { code: fill(row.code, fact), status: wanted.unwrap_or_else(|| status(row)), message }
        }
    }
}

/// The text of a page that refuses a visit with an error which was ordered.
pub fn page_text(scripted: &Scripted, ask: &VisitAsk, language: Language) -> String {
    let next = Cell::new(0);
    let fact = |name: &str| match (&ask.ticket, name) {
        (Some(ticket), "ticket") if scripted.args.is_empty() => Some(ticket.clone()),
        _ => Some(argument(&scripted.args, &next, name)),
    };
    let text = || fill(scripted.row.texts.first().map_or("", |text| text.in_language(language)), fact);
    scripted.message.clone().unwrap_or_else(text)
}

/// The kind under which a page refuses a visit with an error that was ordered. An error that no visit
/// of its own accord meets counts as a target that does not fit.
pub fn page_kind(scripted: &Scripted) -> &'static str {
    let row = scripted.row;
    let of_reason = row.texts.iter().flat_map(|text| text.reasons).find_map(|reason| reason.visit_kind());
    let kinds = || Reason::ALL.iter().filter_map(|reason| reason.visit_kind());
    let of_code = || kinds().find(|kind| row.code.starts_with(kind));
    of_reason.or_else(of_code).unwrap_or("wrong-target")
}

/// The code for `denial` of the action, without the rest.
pub fn code_of(vendor: &dyn Vendor, action: &str, denial: &Denial) -> Cow<'static, str> {
    let template = match denial {
        Denial::Refused(refusal) => row_of(vendor, action, refusal).0.code,
        Denial::Scripted(scripted) => scripted.row.code,
    };
    if !template.contains('{') {
        return Cow::Borrowed(template);
    }
    let next = Cell::new(0);
    Cow::Owned(fill(template, |name| match denial {
        Denial::Refused(refusal) => refusal.fact(name),
        Denial::Scripted(scripted) => Some(argument(&scripted.args, &next, name)),
    }))
}

fn row_of(vendor: &dyn Vendor, action: &str, refusal: &Refusal) -> (&'static ErrorRow, &'static Text) {
    row_for(vendor.errors(), action, refusal.reason())
        .expect("a test walks every action and reason and finds a row for each")
}

/// Arguments fill placeholders in the order in which they stand.
fn argument(args: &[String], next: &Cell<usize>, name: &str) -> String {
    let place = next.replace(next.get() + 1);
    args.get(place).cloned().unwrap_or_else(|| name.to_owned())
}
