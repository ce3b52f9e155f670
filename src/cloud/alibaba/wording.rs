//! Which of several ways the vendor has to say a refusal, where no public source settles it.
//!
//! What was refused and why is decided elsewhere and stays as it is; only the reason that is told changes.

use super::ALIBABA;
use super::assumptions::{
    FIELD_NAMES, FieldNamesChoice, MISSING_PARAM, MissingParamChoice, V2_MISMATCH_TEXT, V2MismatchTextChoice,
    WRONG_TYPE, WrongTypeChoice,
};
use super::errors::ERRORS;
use crate::cloud::catalog::{Action, Does, ParamRow, row_for};
use crate::cloud::words::Spoken;
use crate::domain::{Assumptions, Reason, Refusal};

/// The refusal as it is told to the caller.
pub fn as_told(refusal: &Refusal, spoken: &Spoken<'_>) -> Option<Refusal> {
    let assumptions = spoken.stamp.assumptions;
    if matches!(refusal, Refusal::SignatureMismatch { .. }) {
        return assumptions
            .holds(&V2_MISMATCH_TEXT, V2MismatchTextChoice::Bare)
            .then_some(Refusal::SignatureMismatchUntold {});
    }
    let action = served_action(spoken)?;
    let refusal = by_service(refusal.clone(), action, assumptions);
    Some(if assumptions.holds(&FIELD_NAMES, FieldNamesChoice::AsSent) { as_sent(refusal, action) } else { refusal })
}

fn served_action(spoken: &Spoken<'_>) -> Option<&'static Action> {
    ALIBABA.catalog.row_of_action(spoken.action, spoken.version)
}

/// What the gateway can say is left to the service behind it, where that is assumed.
fn by_service(refusal: Refusal, action: &'static Action, assumptions: &Assumptions) -> Refusal {
    let row = |wire: &str| action.params.iter().find(|row| row.name == wire);
    match refusal {
        // Most actions beside embedding list no code but the one that names no parameter.
        Refusal::ParamInvalid { name } if matches!(action.does, Does::Tells(_) | Does::Writes(_)) => {
            match row_for(ERRORS, action.name, Reason::ParamInvalid) {
                Some(_) => refusal,
                None => Refusal::ParamUnfit { name },
            }
        }
        Refusal::ParamType { ref name, .. } if assumptions.holds(&WRONG_TYPE, WrongTypeChoice::Service) => {
            // Not every action's list has the service's code.
            let listed = row_for(ERRORS, action.name, Reason::ParamInvalid).is_some();
            match row(name).filter(|_| listed) {
                Some(ParamRow { alias, .. }) => Refusal::ParamInvalid { name: alias },
                None => refusal,
            }
        }
        Refusal::ParamMissing { name } if assumptions.holds(&MISSING_PARAM, MissingParamChoice::Service) => {
            Refusal::ParamEmpty { name, field: row(name).map_or(name, |row| row.alias) }
        }
        refusal => refusal,
    }
}

/// The refusal with the name that a parameter has on the wire.
fn as_sent(refusal: Refusal, action: &'static Action) -> Refusal {
    let wire = |alias: &'static str| action.params.iter().find(|row| row.alias == alias).map_or(alias, |row| row.name);
    match refusal {
        Refusal::ParamInvalid { name } => Refusal::ParamInvalid { name: wire(name) },
        Refusal::ParamShape { name } => Refusal::ParamShape { name: wire(name) },
        Refusal::ParamConflict { name } => Refusal::ParamConflict { name: wire(name) },
        Refusal::ParamTooLong { name, limit } => Refusal::ParamTooLong { name: wire(name), limit },
        Refusal::ParamEmpty { name, .. } => Refusal::ParamEmpty { name, field: name },
        Refusal::LifetimeOutOfRange { name } => Refusal::LifetimeOutOfRange { name: wire(name) },
        // Its text spells the name out; the other one's is the same with a name to fill in.
        Refusal::LifetimeTooLong { .. } => Refusal::LifetimeOutOfRange { name: wire("expireTime") },
        refusal => refusal,
    }
}
