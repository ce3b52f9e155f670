//! What a rule did to a call.

use super::Finding;
use crate::explain::evidence::{TicketEffect, ticket_effects};
use crate::journal::{CallRecord, Outcome};
use crate::reply::Damage;
use crate::trail::StepOutcome;

/// The rule with the place in its file.
fn named_rule(told: &CallRecord) -> Option<String> {
    let rule = told.rule.as_deref()?;
    Some(match &told.rule_place {
        Some(place) => format!("The rule {rule} ({place})"),
        None => format!("The rule {rule}"),
    })
}

/// What became of the call behind a rule that left it alone.
fn told_deed(told: &CallRecord) -> String {
    let effects: Vec<String> = ticket_effects(told).iter().map(TicketEffect::to_words).collect();
    match (&effects[..], told.outcome.code()) {
        (_, Some(code)) => format!("the call was refused with {code}"),
        ([], None) => "the call was decided as usual".to_owned(),
        ([one], None) => format!("the call was carried out ({one})"),
        (many, None) => format!("the call was carried out, and {} tickets were changed", many.len()),
    }
}

/// What a rule did, where one shaped the answer.
pub(in super::super) fn order_finding(told: &CallRecord) -> Option<Finding> {
    let rule = named_rule(told)?;
    let took_over = told.trail.steps().any(|(_, outcome)| matches!(outcome, StepOutcome::Answered));
    let delivery = &told.reply.delivery;
    let wanted = "The rule wanted it so: see that the client copes with it, or remove the rule.";
    let deed = told_deed(told);
    let wrong = match (&told.outcome, delivery.damage, told.mangled) {
        (Outcome::Lost, ..) if took_over => format!("{rule} lost the request: the call was not carried out."),
        (Outcome::Lost, damage, _) | (_, damage @ Some(Damage::Lost(_)), _) => {
            let how = match damage {
                Some(Damage::Lost(loss)) => format!(" ({})", loss.name()),
                _ => String::new(),
            };
            format!("{rule} lost the answer{how}: {deed}, and the client was not told.")
        }
        (Outcome::Refused(said), ..) if said.why.is_none() => {
            format!("{rule} answered with {}: the call was not carried out.", said.code)
        }
        (Outcome::Scripted, ..) => {
            format!("{rule} answered in its own words with status {}: the call was not carried out.", told.reply.status)
        }
        (_, Some(Damage::Cut(bytes)), _) => format!("{rule} cut the answer after {bytes} bytes: {deed}."),
        (_, _, Some(mangle)) => format!("{rule} mangled the answer ({mangle}): {deed}."),
        (Outcome::Success, ..) if !delivery.delay.is_zero() => {
            format!("{rule} held the answer back for {} ms: {deed}.", delivery.delay.as_millis())
        }
        _ => return None,
    };
    Some(Finding::new(wrong, wanted))
}
