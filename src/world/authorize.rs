//! Building blocks of all vendors' worlds for resolving an `Ask`.
//!
//! The checks of a vendor stand in lists in the order in which they answer: one of what concerns the caller, one of what
//! it asks for. What a visit is refused for has an order of its own, in the vendor's [`VendorWorld`](super::VendorWorld).

use super::Credential;
use super::things::Things;
use crate::domain::{Extras, IssueAsk, Order, OutOfScope, Reason, Refusal, Target, TicketDraft, TicketScope, User};

/// One check on what was found in the world: the reason that every refusal of it is for, and the function from what was
/// found to the refusal.
pub type WorldCheck<T> = (Reason, T);

/// The tickets that the caller may act on: those of the organization it calls for, where there is one.
pub fn ticket_scope(caller: &Credential, refuses: &dyn Fn(Reason) -> bool) -> Option<TicketScope> {
    let beyond = if refuses(Reason::ObjectForbidden) { OutOfScope::Forbidden } else { OutOfScope::Unknown };
    caller.organization.clone().map(|organization| TicketScope { organization, beyond })
}

/// The first refusal of a check whose reason the action can give.
///
/// # Errors
///
/// That refusal.
pub fn run_checks<T: Copy>(
    checks: &[WorldCheck<T>],
    refuses: &dyn Fn(Reason) -> bool,
    run: impl Fn(T) -> Option<Refusal>,
) -> Result<(), Refusal> {
    let refused = checks.iter().filter(|(reason, _)| refuses(*reason)).find_map(|(_, test)| run(*test));
    refused.map_or(Ok(()), Err)
}

/// The order for tickets that the world agreed to.
pub fn make_order(ask: IssueAsk, (target, user): (Target, Option<User>)) -> Order {
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

/// The user of this id as calls left things: the loaded one, unless a call ended it, or one that a call made.
pub fn find_user(
    changed: Option<&Things>,
    (organization, id): (&str, &str),
    loaded: impl Fn() -> Option<User>,
) -> Option<User> {
    match changed.and_then(|things| things.change_of("users", id)) {
        Some(change) if change.thing.is_some() => loaded().or_else(|| Some(User::new(organization, id))),
        Some(_) => None,
        None => loaded(),
    }
}
