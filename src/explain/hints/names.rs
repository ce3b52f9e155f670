//! Causes that lie in a name: of an action, of its version, of a parameter.

use super::{Finding, RefusedCase};
use crate::call::Call;
use crate::cloud::{Vendor, vendors};
use crate::document::find_nearest;
use crate::domain::Refusal;

/// An action that exists, in another version or with another vendor.
pub(super) fn action_elsewhere(case: &RefusedCase<'_>) -> Option<Finding> {
    if !matches!(case.refusal, Refusal::ActionUnknown { .. } | Refusal::VersionUnknown { .. }) {
        return None;
    }
    let call = &case.facts.call;
    let (action, version) = (call.display_name(), call.version.as_deref().unwrap_or(""));
    let own = case.vendor.catalog.known_action(action);
    if let Some(known) = own.filter(|known| !known.versions.contains(&version)) {
        let versions = known.versions.join(" and ");
        return Some(Finding::new(
            format!("{action} exists in version {versions}, and was asked for in {version:?}."),
            format!("Send the version {}.", known.versions[known.versions.len() - 1]),
        ));
    }
    let other = vendors()
        .iter()
        .find(|vendor| vendor.name != case.vendor.name && vendor.catalog.known_action(action).is_some())?;
    own.is_none().then(|| {
        Finding::new(
            format!("{action} is an action of {}, and {} was called.", other.clients.title, case.vendor.clients.title),
            format!("Send it with the client of {}.", other.clients.title),
        )
    })
}

/// An action with a slip of the pen in its name.
pub(super) fn nearest_action(case: &RefusedCase<'_>) -> Option<Finding> {
    let Refusal::ActionUnknown { action } = case.refusal else { return None };
    let version = case.facts.call.version.as_deref().unwrap_or("");
    let known = case.vendor.catalog.known_actions.iter().filter(|known| known.versions.contains(&version));
    let meant = find_nearest(action, known.map(|known| known.name))?;
    let wrong = if meant.eq_ignore_ascii_case(action) {
        format!("There is no action {action}: the name is written {meant}.")
    } else {
        format!("There is no action {action}: did you mean {meant}?")
    };
    Some(Finding::new(wrong, format!("Send {meant}.")))
}

/// The parameters of the called action, by their names.
fn known_parameters(case: &RefusedCase<'_>) -> Vec<&'static str> {
    let action = case.vendor.catalog.row_named(case.facts.call.display_name());
    action.map(|action| action.params.iter().map(|row| row.name).collect()).unwrap_or_default()
}

/// A parameter that the action does not have, and one that it has.
pub(super) fn nearest_parameter(case: &RefusedCase<'_>) -> Option<Finding> {
    let Refusal::ParamUnknown { name } = case.refusal else { return None };
    let known = known_parameters(case);
    let action = case.facts.call.display_name();
    match find_nearest(name, known.iter().copied()) {
        Some(meant) => Some(Finding::new(
            format!("{action} has no parameter {name}: did you mean {meant}?"),
            format!("Send {meant} instead of {name}."),
        )),
        None if !known.is_empty() => Some(Finding::new(
            format!("{action} has no parameter {name}."),
            format!("Leave {name} out; the action has {}.", known.join(", ")),
        )),
        None => None,
    }
}

/// A parameter that is missed, and one that was sent under a name near it.
pub(super) fn misspelt_parameter(case: &RefusedCase<'_>) -> Option<Finding> {
    let (Refusal::ParamMissing { name } | Refusal::ParamEmpty { name, .. }) = case.refusal else { return None };
    let (known, call) = (known_parameters(case), &case.facts.call);
    let row = known.iter().copied().find(|row| row.eq_ignore_ascii_case(name)).unwrap_or(name);
    let strangers = call.params.pairs.iter().map(|(sent, _)| &**sent).filter(|sent| !known.contains(sent));
    let sent = find_nearest(row, strangers)?;
    Some(Finding::new(
        format!("{row} is missing, and {sent} was sent, which {} does not have.", call.display_name()),
        if sent.eq_ignore_ascii_case(row) {
            format!("Send it as {row}: names are case-sensitive.")
        } else {
            format!("Send it as {row}.")
        },
    ))
}

/// A thing that the world does not have, and one that it has.
pub(super) fn thing_of_the_world(case: &RefusedCase<'_>) -> Option<Finding> {
    let (kind, id) = match case.refusal {
        Refusal::WorkUnknown { work } => ("work", work),
        Refusal::UserUnknown { user } => ("user", user),
        _ => return None,
    };
    let known = case.facts.told.world.example_of(case.vendor.name, kind)?;
    Some(Finding::new(
        format!("The world has no {kind} {id}; it has {known}, for instance."),
        format!("Check the id, or put the {kind} into the world file."),
    ))
}

/// A parameter that a call which succeeded has sent in vain, because its name is near one that the action has.
pub(in super::super) fn ignored_parameter(call: &Call, vendor: &Vendor) -> Option<Finding> {
    let name = call.display_name();
    let action = vendor.catalog.row_named(name)?;
    let known: Vec<&str> = action.params.iter().map(|row| row.name).collect();
    let is_stranger = |sent: &&str| !known.contains(sent) && !vendor.catalog.policy.common.contains(sent);
    let strangers = call.params.pairs.iter().map(|(sent, _)| &**sent).filter(is_stranger);
    let missed = |sent: &str| {
        let open = known.iter().copied().filter(|known| call.params.get(known).is_none());
        find_nearest(sent, open)
    };
    let (sent, meant) = strangers.filter_map(|sent| Some((sent, missed(sent)?))).next()?;
    Some(Finding::new(
        format!("{sent} is no parameter of {name} and was ignored: did you mean {meant}?"),
        format!("Send {meant} instead of {sent}."),
    ))
}
