//! The range of a value, and the open question whose answer set it.

use super::{Finding, RefusedCase};
use crate::cloud::catalog::{Action, Does, ParamRow, ParamRule};
use crate::document::find_nearest;
use crate::domain::{Assumption, Assumptions, Refusal};

/// The open question on whose answer the value depends, with that answer.
fn deciding_answer<T: PartialEq>(
    assumptions: &Assumptions,
    value: impl Fn(&Assumptions) -> T,
) -> Option<(&'static Assumption, &'static str)> {
    let recording = assumptions.with_recording();
    let now = value(&recording);
    let changes = |row: &&'static Assumption| {
        row.choices.iter().any(|choice| {
            let mut other = assumptions.clone();
            other.choose(row, choice) && value(&other) != now
        })
    };
    let row = recording.take_consulted().into_iter().find(changes)?;
    Some((row, assumptions.answer_to(row)))
}

/// ` (assumption NAME=CHOICE)`, and how a choice that allows more is made.
fn told_answer(
    found: Option<(&'static Assumption, &'static str)>,
    assumptions: &Assumptions,
    allows: impl Fn(&Assumptions) -> bool,
) -> (String, String) {
    let Some((row, choice)) = found else { return (String::new(), String::new()) };
    let is_wider = |other: &&str| {
        let mut changed = assumptions.clone();
        changed.choose(row, other) && allows(&changed)
    };
    let wider: Vec<&str> = row.choices.iter().copied().filter(is_wider).collect();
    let change = match wider.is_empty() {
        true => String::new(),
        false => format!(
            " The limit is an assumption: `serve --assume {name}={choice}` changes it, or `ticketbooth assumptions --set \
             {name}={choice}` in one that runs.",
            name = row.name,
            choice = wider.join("|"),
        ),
    };
    (format!(" (assumption {}={choice})", row.name), change)
}

fn called_action(case: &RefusedCase<'_>) -> Option<&'static Action> {
    case.vendor.catalog.row_named(case.facts.call.display_name())
}

/// A value outside its range, or none of those that there are.
pub(super) fn value_range(case: &RefusedCase<'_>) -> Option<Finding> {
    let action = called_action(case)?;
    let row = match case.refusal {
        Refusal::LifetimeOutOfRange { name }
        | Refusal::ParamInvalid { name }
        | Refusal::ParamUnfit { name }
        | Refusal::ParamShape { name }
        | Refusal::ParamTooLong { name, .. } => {
            action.params.iter().find(|row| row.name == *name || row.alias == *name)?
        }
        Refusal::UsesOutOfRange { .. } => action.params.iter().find(|row| matches!(row.rule, ParamRule::Uses(_)))?,
        _ => return None,
    };
    let sent = case.facts.call.params.display_text(row.name)?;
    let assumptions = &case.facts.told.world.assumptions;
    match row.rule {
        ParamRule::Minutes(range) | ParamRule::Uses(range) | ParamRule::Number(range) => {
            number_range(row, &sent, assumptions, &|assumptions| range.ends(assumptions))
        }
        ParamRule::OneOf(known) => {
            let known: Vec<String> = known.iter().map(i64::to_string).collect();
            Some(one_of(row, &sent, &known.iter().map(String::as_str).collect::<Vec<_>>()))
        }
        ParamRule::Word(known) => Some(one_of(row, &sent, known)),
        ParamRule::Chars(limit) => {
            let count = sent.chars().count();
            let is_over = count > limit;
            is_over.then(|| {
                Finding::new(
                    format!("{} has {count} characters, and {limit} are the most.", row.name),
                    format!("Shorten {} to {limit} characters.", row.name),
                )
            })
        }
        ParamRule::Any => None,
    }
}

fn number_range(
    row: &ParamRow,
    sent: &str,
    assumptions: &Assumptions,
    ends: &dyn Fn(&Assumptions) -> (i64, i64),
) -> Option<Finding> {
    let (low, high) = ends(assumptions);
    let name = row.name;
    let span = if high >= i64::from(i32::MAX) { format!("{low} or more") } else { format!("{low} to {high}") };
    let Ok(number) = sent.trim().parse::<i64>() else {
        return Some(Finding::new(format!("{name} {sent} is no whole number."), format!("Send {name} from {span}.")));
    };
    let (side, end, found) = if number > high {
        ("over", high, deciding_answer(assumptions, |assumptions| ends(assumptions).1))
    } else if number < low {
        ("below", low, deciding_answer(assumptions, |assumptions| ends(assumptions).0))
    } else {
        return None;
    };
    let fits = |assumptions: &Assumptions| {
        let (low, high) = ends(assumptions);
        (low..=high).contains(&number)
    };
    let (by, other) = told_answer(found, assumptions, fits);
    Some(Finding::new(format!("{name} {number} is {side} {end}{by}."), format!("Send {name} from {span}.{other}")))
}

fn one_of(row: &ParamRow, sent: &str, known: &[&str]) -> Finding {
    let name = row.name;
    let meant = find_nearest(sent, known.iter().copied());
    let wrong = match meant {
        Some(meant) => format!("{name} {sent} does not exist: did you mean {meant}?"),
        None => format!("{name} {sent} does not exist."),
    };
    Finding::new(wrong, format!("Send one of: {}.", known.join(", ")))
}

/// An extension further ahead than a ticket may reach.
pub(super) fn reach_of_extension(case: &RefusedCase<'_>) -> Option<Finding> {
    let Refusal::LifetimeTooLong { minutes, limit } = case.refusal else { return None };
    let action = called_action(case)?;
    let Does::Tickets(work) = &action.does else { return None };
    let terms = case.vendor.catalog.terms;
    let assumptions = &case.facts.told.world.assumptions;
    let found = deciding_answer(assumptions, |assumptions| {
        terms(action, work, &case.facts.call, assumptions).max_ahead_minutes
    });
    let (by, other) = told_answer(found, assumptions, |assumptions| {
        terms(action, work, &case.facts.call, assumptions).max_ahead_minutes.is_none()
    });
    Some(Finding::new(
        format!("{minutes} minutes more would take the ticket further than {limit} minutes ahead of now{by}."),
        format!("Extend by less, or issue a new ticket.{other}"),
    ))
}
