//! The work of an action, for a call that may come in.

use super::own_fault;
use super::record::Record;
use super::things::{self, Wanted};
use crate::bounds::TICKETS;
use crate::call::Call;
use crate::cloud::catalog::{Action, ActionResult, Does, Rendered, TicketWork};
use crate::cloud::params::{self, Args};
use crate::cloud::telling::Telling;
use crate::cloud::writing::Writing;
use crate::cloud::{Denial, Vendor};
use crate::domain::{Ask, Command, Order, Refusal, RequestId};
use crate::emulator::Emulator;
use crate::gateway::{Incoming, Verified};
use crate::sandbox::Purpose;
use crate::trail::Step;
use crate::world::Unsupported;

/// The wish of a call, once its parameters are checked.
enum CallWish {
    Tickets(&'static TicketWork, Ask),
    Tale(&'static Telling),
    Change(&'static Writing),
    Example(&'static Rendered),
}

/// The result of the action for a call that may come in.
pub(super) fn execute_action(
    emulator: &Emulator,
    incoming: &Incoming<'_>,
    verified: &Verified<'_>,
    request_id: RequestId,
    record: &mut Record,
) -> Result<Rendered, Denial> {
    let Incoming { vendor, assumptions, .. } = incoming;
    let call = verified.call();
    let read = || {
        let action = find_action(vendor, call)?;
        let args = params::check_params(action, &call.params, vendor.catalog.policy, assumptions)?;
        let wanted = match &action.does {
            Does::Tickets(work) => CallWish::Tickets(work, (work.parse)(&args, assumptions)?),
            Does::Tells(telling) => CallWish::Tale(telling),
            Does::Writes(writing) => CallWish::Change(writing),
            Does::Nothing => CallWish::Example(find_example(emulator, incoming, action)?),
        };
        Ok((action, args, wanted))
    };
    let (action, args, wanted) = record.trail.note_result(Step::Parameters, read())?;
    let refuses = |reason| action.refuses(vendor.catalog.errors, reason);
    match wanted {
        CallWish::Tickets(work, ask) => {
            let order = record
                .trail
                .note_result(Step::World, incoming.epoch.world.authorize(ask, verified.caller(), &refuses))?;
            work_on_tickets(incoming, verified, record, (action, work), (&args, &order))
        }
        CallWish::Tale(telling) => {
            let wanted = Wanted { incoming, verified, action, args: &args, request_id };
            Ok(record.trail.note_result(Step::World, things::tell_things(&wanted, telling))?)
        }
        CallWish::Change(writing) => {
            let wanted = Wanted { incoming, verified, action, args: &args, request_id };
            let (rendered, notes) = things::change_things(emulator, &wanted, writing, &mut record.trail)?;
            record.notes = notes;
            Ok(rendered)
        }
        CallWish::Example(answer) => {
            record.is_made_up = true;
            Ok(answer.clone())
        }
    }
}

/// The answer of an action that makes tickets or acts on them, once the world agreed.
fn work_on_tickets(
    incoming: &Incoming<'_>,
    verified: &Verified<'_>,
    record: &mut Record,
    (action, work): (&'static Action, &'static TicketWork),
    (args, order): (&Args<'_>, &Order),
) -> Result<Rendered, Denial> {
    let Incoming { epoch, vendor, assumptions, .. } = incoming;
    let (state, now) = (&epoch.state, epoch.state.clock.now());
    if matches!(order, Order::Issue { .. }) && state.tickets.issued() >= TICKETS.most as u64 {
        let text = format!("this sandbox has {} tickets, and no more are kept: reset it", TICKETS.most);
        return Err(Denial::Injected(own_fault(vendor, 503, text)));
    }
    let mint = || state.entropy.draw_bits(Purpose::Ticket, &verified.caller().id);
    let terms = (vendor.catalog.terms)(action, work, verified.call(), assumptions);
    let applied = state.tickets.apply_order(work.family, order, now, &terms, &mint, &mut record.changes);
    let tickets = record.trail.note_result(Step::Ticket, applied)?;
    if !matches!(order, Order::Act { command: Command::Inspect, .. }) {
        tickets.iter().for_each(|ticket| epoch.tell_ticket(ticket));
    }
    let caller = verified.caller().name();
    let (world, raw) = (&epoch.world, incoming.raw);
    Ok((work.render)(&ActionResult { args, order, tickets: &tickets, caller, now, assumptions, world, raw }))
}

/// The example of the answer, where such are wanted.
fn find_example(
    emulator: &Emulator,
    incoming: &Incoming<'_>,
    action: &'static Action,
) -> Result<&'static Rendered, Refusal> {
    let wanted = emulator.unsupported.unwrap_or(incoming.epoch.world.unsupported);
    let example = incoming.vendor.catalog.answer_examples.find(action.name);
    let refused = || Refusal::ActionUnserved { action: action.name.to_owned() };
    example.filter(|_| wanted == Unsupported::Example).ok_or_else(refused)
}

fn find_action(vendor: &Vendor, call: &Call) -> Result<&'static Action, Refusal> {
    let (name, version) = (call.display_name(), call.version.as_deref().unwrap_or(""));
    vendor.catalog.row_of_action(name, version).ok_or_else(|| Refusal::ActionUnserved { action: name.to_owned() })
}
