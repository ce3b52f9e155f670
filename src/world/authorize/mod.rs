//! What the world makes of what a call asks for.
//!
//! The checks of each vendor stand in one list, in the order in which they answer, so that the order
//! can be corrected in one place.

mod page;
mod work;

use super::credentials::Credential;
use super::projects::Corporations;
use super::works::Organizations;
use crate::domain::{
    Ask, Extras, IssueAsk, IssueSubject, Order, OutOfScope, Reason, Refusal, Target, TicketDraft, TicketScope, User,
};

/// One check on what was found in the world: the reason that every refusal of it is for, and the function from what was
/// found to the refusal.
type WorldCheck<T> = (Reason, T);

pub(super) fn authorize(
    corporations: &Corporations,
    organizations: &Organizations,
    ask: Ask,
    caller: &Credential,
    refuses: &dyn Fn(Reason) -> bool,
) -> Result<Order, Refusal> {
    match ask {
        Ask::Issue(ask) => match &ask.subject {
            IssueSubject::Work(subject) => {
                let found = work::authorize_issue(organizations, &ask, subject, caller, refuses)?;
                Ok(make_order(*ask, found))
            }
            IssueSubject::Page(subject) => {
                let found = page::authorize_issue(corporations, &ask.account, subject, refuses)?;
                Ok(make_order(*ask, found))
            }
        },
        Ask::Act { ticket, command } => {
            work::check_caller(organizations, caller, refuses)?;
            Ok(Order::Act { ticket, command, reach: ticket_scope(caller, refuses) })
        }
        Ask::Clear { organization, subject } => {
            let targets = page::authorize_clear(corporations, &organization, &subject, caller, refuses)?;
            Ok(Order::Clear { targets })
        }
    }
}

/// Whose tickets the caller may touch: those of the organization it calls for, where there is one.
fn ticket_scope(caller: &Credential, refuses: &dyn Fn(Reason) -> bool) -> Option<TicketScope> {
    let beyond = if refuses(Reason::ObjectForbidden) { OutOfScope::Forbidden } else { OutOfScope::Unknown };
    caller.organization.clone().map(|organization| TicketScope { organization, beyond })
}

/// The first refusal of a check whose reason the action can give.
fn run_checks<T: Copy>(
    checks: &[WorldCheck<T>],
    refuses: &dyn Fn(Reason) -> bool,
    run: impl Fn(T) -> Option<Refusal>,
) -> Result<(), Refusal> {
    let refused = checks.iter().filter(|(reason, _)| refuses(*reason)).find_map(|(_, test)| run(*test));
    refused.map_or(Ok(()), Err)
}

fn make_order(ask: IssueAsk, (target, user): (Target, Option<User>)) -> Order {
    let extras = (ask.extras != Extras::default()).then(|| Box::new(ask.extras));
    let draft = TicketDraft {
        family: ask.family,
        form: ask.form,
        target,
        user,
        uses: ask.uses,
        minutes: ask.minutes,
        renewal: ask.renewal,
        limits: ask.limits,
        extras,
    };
    Order::Issue { draft: Box::new(draft), count: ask.count }
}
