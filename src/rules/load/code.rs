//! The error that a rule answers with: that it exists, and that the call can give it.

use crate::document::{Flaws, Place, nearest, quote};
use crate::domain::Reason;
use crate::rules::file::EffectFile;
use crate::rules::rule::{Subject, Target};
use crate::vendor::catalog::{CALL_FACTS, ErrorRow, Scope};
use crate::vendor::{Scripted, Vendor, named};

/// The error of this code; `on` is missing when it is wrong itself.
pub(super) fn scripted(
    code: &str,
    file: &EffectFile,
    on: Option<Target>,
    place: &Place<'_>,
    flaws: &mut Flaws,
) -> Option<Scripted> {
    let on = on?;
    let vendor = named(on.vendor)?;
    let Some((row, mut args)) = row(vendor, on, code) else {
        unfit(vendor, on, code, &place.key("error"), flaws);
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

/// Notes a flaw when no call that is spoken of can answer with the code.
pub(super) fn possible(code: &str, on: Target, place: &Place<'_>, flaws: &mut Flaws) {
    let Some(vendor) = named(on.vendor) else { return };
    let some_give = |row: &ErrorRow| match on.subject {
        Subject::AnyAction => row.scope != Scope::Visit,
        Subject::Action(_) | Subject::Visit => gives(vendor, row, on),
    };
    // A page that has no code for a reason tells its kind instead.
    let is_kind = || Reason::ALL.iter().any(|reason| reason.visit_kind() == Some(code));
    let is_told = on.subject == Subject::Visit && is_kind();
    if !is_told && !vendor.errors().iter().any(|row| some_give(row) && fits(row.code, code).is_some()) {
        unfit(vendor, on, code, place, flaws);
    }
}

fn unfit(vendor: &dyn Vendor, on: Target, code: &str, place: &Place<'_>, flaws: &mut Flaws) {
    let name = vendor.name();
    let exists = vendor.errors().iter().any(|row| fits(row.code, code).is_some());
    let possible = vendor.errors().iter().filter(|row| gives(vendor, row, on)).map(|row| row.code);
    let (subject, list) = match on.subject {
        Subject::AnyAction => ("not every call".to_owned(), name.to_owned()),
        Subject::Action(action) => (format!("{name}.{action} never"), format!("{name}.{action}")),
        Subject::Visit => ("a visit never".to_owned(), format!("{name}.visit")),
    };
    let message = match exists {
        true => format!("{subject} answers with {}", quote(code)),
        false => format!("unknown error code {} of {name}", quote(code)),
    };
    let lists = format!("`ticketbooth codes {list}` lists all of them");
    let help = match nearest(code, possible) {
        Some(found) => format!("did you mean \"{found}\"? {lists}"),
        None => lists,
    };
    flaws.value(place, message, Some(help));
}

/// The row of the code, and what the code fills into it. A row of the action itself goes before one of
/// the gateway, and one without placeholders before one with.
fn row(vendor: &dyn Vendor, on: Target, code: &str) -> Option<(&'static ErrorRow, Vec<String>)> {
    let fitting = |own: bool, exact: bool| {
        vendor
            .errors()
            .iter()
            .filter(|row| (row.scope != Scope::Gateway) == own && (row.code == code) == exact)
            .filter(|row| gives(vendor, row, on))
            .find_map(|row| Some((*row, fits(row.code, code)?)))
    };
    fitting(true, true)
        .or_else(|| fitting(false, true))
        .or_else(|| fitting(true, false))
        .or_else(|| fitting(false, false))
}

/// Whether every call that is spoken of can give the row.
fn gives(vendor: &dyn Vendor, row: &ErrorRow, on: Target) -> bool {
    match on.subject {
        Subject::Visit => row.scope == Scope::Visit,
        Subject::Action(action) => row.scope.covers(action),
        Subject::AnyAction => vendor.actions().iter().all(|action| row.scope.covers(action.name)),
    }
}

/// What the code has in the place of the row's placeholder; nothing where both are the same.
fn fits(template: &str, code: &str) -> Option<Vec<String>> {
    if template == code {
        return Some(Vec::new());
    }
    let (before, rest) = template.split_once('{')?;
    let (_, after) = rest.split_once('}')?;
    let filled = code.strip_prefix(before)?.strip_suffix(after)?;
    (!filled.is_empty()).then(|| vec![filled.to_owned()])
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
