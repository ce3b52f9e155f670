//! The error that a rule answers with: that it exists, and that the call can give it.

use crate::document::{Flaws, Place, quote};
use crate::rules::file::EffectFile;
use crate::select::{Subject, Target, unknown_code};
use crate::vendor::catalog::{CALL_FACTS, ErrorRow, Scope};
use crate::vendor::{Scripted, Vendor};

/// The error of this code; `on` is missing when it is wrong itself.
pub(super) fn scripted(
    code: &str,
    file: &EffectFile,
    on: Option<Target>,
    place: &Place<'_>,
    flaws: &mut Flaws,
) -> Option<Scripted> {
    let on = on?;
    let Some((row, mut args)) = row(on.vendor, on, code) else {
        let unknown = unknown_code(&on, code);
        flaws.value(&place.key("error"), unknown.message, Some(unknown.help));
        return None;
    };
    args.extend(file.args.iter().cloned());
    let room = places(row);
    if args.len() > room && file.message.is_none() {
        let message = format!("{} has room for {room} arguments, and there are {}", quote(code), args.len());
        flaws.value(&place.key("args"), message, row.texts.first().map(|text| format!("its text: {}", text.english)));
    }
    if let Some(status) = file.status {
        super::then::status(status, &place.key("status"), flaws);
    }
    Some(Scripted { row, args, message: file.message.clone(), status: file.status })
}

/// The row of the code, and what the code fills into it. A row of the action itself goes before one of
/// the gateway, and one without placeholders before one with.
fn row(vendor: &Vendor, on: Target, code: &str) -> Option<(&'static ErrorRow, Vec<String>)> {
    let fitting = |own: bool, exact: bool| {
        vendor
            .errors
            .iter()
            .filter(|row| (row.scope != Scope::Gateway) == own && (row.code == code) == exact)
            .filter(|row| on.can_give(row))
            .find_map(|row| Some((*row, on.fills(row.code, code)?)))
    };
    fitting(true, true)
        .or_else(|| fitting(false, true))
        .or_else(|| fitting(true, false))
        .or_else(|| fitting(false, false))
}

/// The actions of `vendor.*` that can answer with all of the codes, which passes the others by; `None`: every one.
pub(super) fn reach(on: Target, codes: &[String]) -> Option<Vec<&'static str>> {
    if on.subject != Subject::AnyAction {
        return None;
    }
    let gives = |action: &'static str, code: &String| {
        Target { subject: Subject::Action(action), ..on }.answers_with(code).is_ok()
    };
    let known = || on.vendor.known_actions.iter().map(|known| known.name);
    let reached: Vec<_> = known().filter(|action| codes.iter().all(|code| gives(action, code))).collect();
    (reached.len() < known().count()).then_some(reached)
}

/// The row of a code as the rows spell it, for a call of the action.
pub(in crate::rules) fn row_of(vendor: &Vendor, action: &str, code: &str) -> Option<&'static ErrorRow> {
    let rows = || vendor.errors.iter().copied().filter(|row| row.code == code && row.scope.covers(action));
    rows().find(|row| row.scope != Scope::Gateway).or_else(|| rows().next())
}

/// How many arguments code and message have room for.
fn places(row: &ErrorRow) -> usize {
    let text = row.texts.first().map_or("", |text| text.english);
    let count = |template: &str| {
        let names = template.split('{').skip(1).filter_map(|piece| piece.split_once('}'));
        names.filter(|(name, _)| !CALL_FACTS.contains(name)).count()
    };
    count(row.code).max(count(text))
}
