//! The state machine of a ticket, as one total function.

use super::{
    AfterEnd, Command, ExtendFrom, Extras, Issue, Refusal, RefusedVisit, Renewal, TargetHint, Terms, Ticket,
    TicketStatus, Timestamp, Uses, VisitOrder,
};

/// The content of the store under the id that was asked for.
#[derive(Clone, Copy, Debug)]
pub enum Current<'a> {
    Held(&'a Ticket),
    /// Nothing; the text is what the request named, kept for the refusal.
    Absent(&'a str),
}

/// The ticket after `command`, or why there is none.
///
/// `now` is the world clock's. A command that is declined by `terms` answers with the ticket
/// unchanged, so the caller sees from its status that nothing happened.
///
/// # Errors
///
/// - [`Refusal::TicketUnknown`], [`Refusal::TicketRevoked`], [`Refusal::TicketExpired`],
///   [`Refusal::TicketUsedUp`]: there is no ticket that could do this any more.
/// - [`Refusal::TargetMismatch`]: the request names another target than the ticket's.
/// - [`Refusal::LifetimeTooLong`]: the extension would reach beyond [`Terms::max_ahead_minutes`].
/// - whatever the gate of a visit says.
pub fn decide(current: Current<'_>, command: &Command, now: Timestamp, terms: &Terms) -> Result<Ticket, Refusal> {
    match (current, command) {
        (Current::Absent(_), Command::Issue(issue)) => Ok(issue_ticket(issue, now, terms)),
        (Current::Held(ticket), Command::Issue(issue)) => Ok(renew_ticket(ticket, issue, now, terms)),
        (Current::Absent(text), _) => Err(Refusal::TicketUnknown { ticket: text.to_owned() }),
        (Current::Held(ticket), _) if is_of_another_edition(ticket, terms) => {
            Err(Refusal::TicketUnknown { ticket: ticket.id.to_string() })
        }
        (Current::Held(ticket), _) if ticket.revoked => Err(Refusal::TicketRevoked { ticket: ticket.id.to_string() }),
        (Current::Held(ticket), Command::Extend { minutes, expected }) => {
            extend_ticket(ticket, *minutes, expected, now, terms)
        }
        (Current::Held(ticket), Command::SetUses(uses)) => {
            check_unexpired(ticket, now)?;
            let max_uses = match uses {
                Uses::Left(left) => ticket.used.saturating_add(*left),
                Uses::Total(total) => *total,
            };
            Ok(Ticket { max_uses: Some(max_uses), updated_at: now, ..ticket.clone() })
        }
        (Current::Held(ticket), Command::Revoke) => {
            check_unexpired(ticket, now)?;
            Ok(Ticket { revoked: true, updated_at: now, ..ticket.clone() })
        }
        (Current::Held(ticket), Command::Inspect) => {
            check_unexpired(ticket, now)?;
            Ok(ticket.clone())
        }
        (Current::Held(ticket), Command::Visit { asked, gate }) => {
            visit_ticket(ticket, asked, gate.as_ref(), now, terms)
        }
    }
}

/// The ticket after a command that [`decide`] refused; `None` when the refusal leaves it as it is.
///
/// Only a visit can cost something all the same, and only a ticket that had a use to lose.
pub fn after_refusal(ticket: &Ticket, command: &Command, now: Timestamp, terms: &Terms) -> Option<Ticket> {
    let visit = matches!(command, Command::Visit { .. });
    let costs = visit && terms.refused_visit == RefusedVisit::TakesUse && ticket.status_at(now) == TicketStatus::Live;
    costs.then(|| Ticket { used: ticket.used.saturating_add(1), ..ticket.clone() })
}

fn is_of_another_edition(ticket: &Ticket, terms: &Terms) -> bool {
    let made_by = ticket.extras.as_ref().and_then(|extras| extras.edition);
    terms.edition.is_some_and(|edition| made_by != Some(edition))
}

fn issue_ticket(issue: &Issue, now: Timestamp, terms: &Terms) -> Ticket {
    let draft = &issue.draft;
    let mut extras = draft.extras.clone();
    if terms.edition.is_some() {
        extras = Some(Box::new(Extras { edition: terms.edition, ..extras.map(|extras| *extras).unwrap_or_default() }));
    }
    Ticket {
        id: issue.id,
        family: draft.family,
        serial: issue.serial,
        target: draft.target.clone(),
        user: draft.user.clone(),
        max_uses: draft.uses,
        used: 0,
        lifetime_minutes: u16::try_from(draft.minutes).unwrap_or(u16::MAX),
        issued_at: now,
        updated_at: now,
        expires_at: now.plus_minutes(i64::from(draft.minutes)),
        revoked: false,
        extras,
    }
}

/// Only a vendor that accumulates gives the same ticket out twice, and only while it lives.
fn renew_ticket(ticket: &Ticket, issue: &Issue, now: Timestamp, terms: &Terms) -> Ticket {
    let alive = !ticket.revoked && now < ticket.expires_at;
    if issue.draft.renewal == Renewal::Accumulate && alive {
        let expires_at = ticket.expires_at.plus_minutes(i64::from(issue.draft.minutes));
        return Ticket { expires_at, updated_at: now, ..ticket.clone() };
    }
    issue_ticket(issue, now, terms)
}

fn extend_ticket(
    ticket: &Ticket,
    minutes: Option<u32>,
    expected: &TargetHint,
    now: Timestamp,
    terms: &Terms,
) -> Result<Ticket, Refusal> {
    if !ticket.target.fits_hint(expected) {
        return Err(Refusal::TargetMismatch { ticket: ticket.id.to_string() });
    }
    let minutes = minutes.unwrap_or(u32::from(ticket.lifetime_minutes));
    if now >= ticket.expires_at {
        match terms.after_expiry {
            AfterEnd::Accept => {}
            AfterEnd::Refuse => return Err(Refusal::TicketExpired { ticket: ticket.id.to_string() }),
            AfterEnd::Decline => return Ok(ticket.clone()),
        }
    } else if ticket.uses_left() == Some(0) {
        match terms.extend_used_up {
            AfterEnd::Accept => {}
            AfterEnd::Refuse => return Err(Refusal::TicketUsedUp { ticket: ticket.id.to_string() }),
            AfterEnd::Decline => return Ok(ticket.clone()),
        }
    }
    let base = match terms.extend_from {
        ExtendFrom::OldExpiry => ticket.expires_at.max(now),
        ExtendFrom::Now => now,
    };
    let expires_at = base.plus_minutes(i64::from(minutes));
    match terms.max_ahead_minutes {
        Some(limit) if expires_at > now.plus_minutes(i64::from(limit)) => {
            Err(Refusal::LifetimeTooLong { minutes: i64::from(minutes), limit: i64::from(limit) })
        }
        _ => Ok(Ticket { expires_at, updated_at: now, ..ticket.clone() }),
    }
}

/// The order is ended, other target, closed by the world, used up, unless the terms put the last before.
fn visit_ticket(
    ticket: &Ticket,
    asked: &TargetHint,
    gate: Option<&Refusal>,
    now: Timestamp,
    terms: &Terms,
) -> Result<Ticket, Refusal> {
    check_unexpired(ticket, now)?;
    let used_up = ticket.uses_left() == Some(0);
    if used_up && terms.visit_order == VisitOrder::UsesFirst {
        return Err(Refusal::TicketUsedUp { ticket: ticket.id.to_string() });
    }
    if !ticket.target.fits_hint(asked) {
        return Err(Refusal::TargetMismatch { ticket: ticket.id.to_string() });
    }
    if let Some(refusal) = gate {
        return Err(refusal.clone());
    }
    if used_up {
        return Err(Refusal::TicketUsedUp { ticket: ticket.id.to_string() });
    }
    Ok(Ticket { used: ticket.used.saturating_add(1), ..ticket.clone() })
}

fn check_unexpired(ticket: &Ticket, now: Timestamp) -> Result<(), Refusal> {
    if now >= ticket.expires_at {
        return Err(Refusal::TicketExpired { ticket: ticket.id.to_string() });
    }
    Ok(())
}
