//! The error that a rule answers with: that it exists, and that the call can give it.

use crate::cloud::catalog::{CALL_FACTS, ErrorRow, ErrorScope};
use crate::cloud::{InjectedError, Vendor};
use crate::document::{Flaws, Place, quote_text};
use crate::rules::file::EffectFile;
use crate::select::{CallTarget, TargetSubject, unknown_code};

/// The error of this code; `on` is missing when it is wrong itself.
pub(super) fn load_error(
    code: &str,
    file: &EffectFile,
    on: Option<CallTarget>,
    place: &Place<'_>,
    flaws: &mut Flaws,
) -> Option<InjectedError> {
    let on = on?;
    let Some((row, mut args)) = find_row(on.vendor, on, code) else {
        let unknown = unknown_code(&on, code);
        flaws.at_value(&place.key("error"), unknown.message, Some(unknown.help));
        return None;
    };
    args.extend(file.args.iter().cloned());
    let room = placeholder_count(row);
    if args.len() > room && file.message.is_none() {
        let message = format!("{} has room for {room} arguments, and there are {}", quote_text(code), args.len());
        flaws.at_value(
            &place.key("args"),
            message,
            row.texts.first().map(|text| format!("its text: {}", text.english)),
        );
    }
    if let Some(status) = file.status {
        super::then::check_status(status, &place.key("status"), flaws);
    }
    Some(InjectedError { row, args, message: file.message.clone(), status: file.status })
}

/// The row of the code, and what the code fills into it. A row of the action itself goes before one of
/// the gateway, and one without placeholders before one with.
fn find_row(vendor: &Vendor, on: CallTarget, code: &str) -> Option<(&'static ErrorRow, Vec<String>)> {
    let fitting = |own: bool, exact: bool| {
        vendor
            .catalog
            .errors
            .iter()
            .filter(|row| (row.scope != ErrorScope::Gateway) == own && (row.code == code) == exact)
            .filter(|row| on.can_give(row))
            .find_map(|row| Some((*row, on.fills_code(row.code, code)?)))
    };
    fitting(true, true)
        .or_else(|| fitting(false, true))
        .or_else(|| fitting(true, false))
        .or_else(|| fitting(false, false))
}

/// The actions of `vendor.*` that can answer with all of the codes, which passes the others by; `None`: every one.
pub(super) fn reachable_codes(on: CallTarget, codes: &[String]) -> Option<Vec<&'static str>> {
    if on.subject != TargetSubject::AnyAction {
        return None;
    }
    let gives = |action: &'static str, code: &String| {
        CallTarget { subject: TargetSubject::Action(action), ..on }.answers_with(code).is_ok()
    };
    let known = || on.vendor.catalog.known_actions.iter().map(|known| known.name);
    let reached: Vec<_> = known().filter(|action| codes.iter().all(|code| gives(action, code))).collect();
    (reached.len() < known().count()).then_some(reached)
}

/// How many arguments code and message have room for.
fn placeholder_count(row: &ErrorRow) -> usize {
    let text = row.texts.first().map_or("", |text| text.english);
    let count = |template: &str| {
        let names = template.split('{').skip(1).filter_map(|piece| piece.split_once('}'));
        names.filter(|(name, _)| !CALL_FACTS.contains(name)).count()
    };
    count(row.code).max(count(text))
}
