//! What the world makes of what a call asks for.
//!
//! The checks of each vendor stand in one list, in the order in which they answer, so that the order
//! can be corrected in one place.

mod page;
mod work;

use super::credentials::Credential;
use super::projects::Corporations;
use super::works::Organizations;
use crate::domain::{Ask, Beyond, Draft, Extras, IssueAsk, Order, Reach, Reason, Refusal, Subject, Target, User};

/// One check on what was found in the world: the reason that every refusal of it is for, and the function from what was
/// found to the refusal.
type Check<T> = (Reason, T);

pub(super) fn authorize(
    corporations: &Corporations,
    organizations: &Organizations,
    ask: Ask,
    caller: &Credential,
    refuses: &dyn Fn(Reason) -> bool,
) -> Result<Order, Refusal> {
    match ask {
        Ask::Issue(ask) => match &ask.subject {
            Subject::Work(subject) => {
                let found = work::issue(organizations, &ask, subject, caller, refuses)?;
                Ok(order(*ask, found))
            }
            Subject::Page(subject) => {
                let found = page::issue(corporations, &ask.account, subject, refuses)?;
                Ok(order(*ask, found))
            }
        },
        Ask::Act { ticket, command } => {
            work::caller(organizations, caller, refuses)?;
            Ok(Order::Act { ticket, command, reach: reach(caller, refuses) })
        }
        Ask::Clear { organization, subject } => {
            let targets = page::clear(corporations, &organization, &subject, caller, refuses)?;
            Ok(Order::Clear { targets })
        }
    }
}

/// Whose tickets the caller may touch: those of the organization it calls for, where there is one.
fn reach(caller: &Credential, refuses: &dyn Fn(Reason) -> bool) -> Option<Reach> {
    let beyond = if refuses(Reason::ObjectForbidden) { Beyond::Forbidden } else { Beyond::Unknown };
    caller.organization.clone().map(|organization| Reach { organization, beyond })
}

/// The first refusal of a check whose reason the action can give.
fn pass<T: Copy>(
    checks: &[Check<T>],
    refuses: &dyn Fn(Reason) -> bool,
    run: impl Fn(T) -> Option<Refusal>,
) -> Result<(), Refusal> {
    let refused = checks.iter().filter(|(reason, _)| refuses(*reason)).find_map(|(_, test)| run(*test));
    refused.map_or(Ok(()), Err)
}

fn order(ask: IssueAsk, (target, user): (Target, Option<User>)) -> Order {
    let extras = (ask.extras != Extras::default()).then(|| Box::new(ask.extras));
    let draft = Draft {
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
