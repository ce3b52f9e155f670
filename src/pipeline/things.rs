//! Calls that tell of things of the world, or change them.

use std::iter;
use std::sync::Arc;

use super::own_fault;
use crate::bounds::CHANGES;
use crate::call::{ParamValue, Params};
use crate::cloud::Denial;
use crate::cloud::catalog::{Action, Rendered};
use crate::cloud::params::Args;
use crate::cloud::telling::{Look, Telling, comma_list, tell};
use crate::cloud::writing::{EditRoom, Writing, write};
use crate::domain::{Reason, Refusal, RequestId, Target, Ticket};
use crate::emulator::{Emulator, Epoch};
use crate::gateway::{Incoming, Verified};
use crate::sandbox::Purpose;
use crate::trail::{Step, StepOutcome, Trail};
use crate::world::World;
use crate::world::things::{CallMark, ThingNote, Things, text_of};

/// A call whose parameters are checked.
pub(super) struct Wanted<'a> {
    pub incoming: &'a Incoming<'a>,
    pub verified: &'a Verified<'a>,
    pub action: &'static Action,
    pub args: &'a Args<'a>,
    pub request_id: RequestId,
}

impl<'a> Wanted<'a> {
    fn refuses(&self, reason: Reason) -> bool {
        self.action.refuses(self.incoming.vendor.catalog.errors, reason)
    }

    fn look(&'a self, things: &'a Things) -> Look<'a> {
        let Incoming { vendor, assumptions, epoch, .. } = self.incoming;
        let now = epoch.state.clock.now();
        Look { things, style: vendor.catalog.telling, args: self.args, assumptions, now }
    }

    /// The world with the change of the call, the answer to it, and what it did.
    fn change(
        &self,
        world: &Arc<World>,
        writing: &'static Writing,
    ) -> Result<(World, (Rendered, Vec<ThingNote>)), Denial> {
        let (vendor, caller) = (self.incoming.vendor, self.verified.caller());
        let (owner, things) = world.things_for(caller, &|reason| self.refuses(reason))?;
        let look = self.look(things);
        let refuses = |reason| self.refuses(reason);
        let is_elsewhere = |kind: &str, id: &str| {
            let mut owners = world.things(vendor.name).into_iter().flatten();
            owners.any(|(other, things)| *other != owner && things.find(kind, id).is_some())
        };
        let room = EditRoom {
            refuses: &refuses,
            is_elsewhere: &is_elsewhere,
            caller: caller.name(),
            owner: &owner,
            draw: &|| self.incoming.epoch.state.entropy.draw_bits(Purpose::Thing, &caller.id),
            mark: Arc::new(CallMark {
                request_id: self.request_id.to_string().into(),
                action: self.action.name.into(),
                at: look.now,
            }),
        };
        let (rendered, changed, notes) = write(look, &room, writing)?;
        if changed.weight_of_changes() > CHANGES.most {
            let text =
                "calls have changed more things of this organization than are kept: reset the world of the sandbox";
            return Err(Denial::Injected(own_fault(vendor, 503, text.to_owned())));
        }
        let mut all = world.things(vendor.name).cloned().unwrap_or_default();
        all.insert(owner, changed);
        Ok((world.with_things(vendor.name, all), (rendered, notes)))
    }
}

/// The answer of an action that tells of things.
pub(super) fn tell_things(wanted: &Wanted<'_>, telling: &'static Telling) -> Result<Rendered, Refusal> {
    let refuses = |reason| wanted.refuses(reason);
    let (_, things) = wanted.incoming.epoch.world.things_for(wanted.verified.caller(), &refuses)?;
    tell(&wanted.look(things), telling)
}

/// The answer of an action that changes things, and what it did. Either all of the change is made, or nothing.
pub(super) fn change_things(
    emulator: &Emulator,
    wanted: &Wanted<'_>,
    writing: &'static Writing,
    trail: &mut Trail,
) -> Result<(Rendered, Vec<ThingNote>), Denial> {
    let (key, epoch) = (wanted.incoming.access_key(), &wanted.incoming.epoch);
    let change = |world: &Arc<World>| wanted.change(world, writing);
    let changed = match emulator.sandbox_of_key(key, &epoch.state.id) {
        Some(sandbox) => sandbox.change_world(change),
        // A sandbox that was deleted meanwhile is changed for nobody.
        None => change(&epoch.world).map(|(_, told)| told),
    };
    let outcome = if matches!(changed, Err(Denial::Refused(_))) { StepOutcome::Refused } else { StepOutcome::Passed };
    trail.note_step(Step::World, outcome);
    changed
}

/// Names of things that are looked up for one refused call.
const LOOKED_UP: usize = 32;

/// Notes on what earlier calls did to the things that a call names which the world refused.
pub(super) fn notes_on_named(epoch: &Epoch, vendor: &str, params: &Params, trail: &Trail) -> Vec<ThingNote> {
    let refused = trail.steps().next_back() == Some((Step::World, StepOutcome::Refused));
    if !(refused && epoch.world.has_changes()) {
        return Vec::new();
    }
    let texts = params.pairs.iter().filter_map(|(_, value)| match value {
        ParamValue::Text(text) => Some(text.to_string()),
        ParamValue::Json(value) => text_of(value),
    });
    let texts: Vec<String> = texts.take(LOOKED_UP).collect();
    epoch.world.notes_on(vendor, texts.iter().flat_map(|text| comma_list(text)).take(LOOKED_UP))
}

/// Notes on what earlier calls did to the target and the user of a ticket, where they are why it does not open.
pub(super) fn notes_on_target(epoch: &Epoch, ticket: Option<&Ticket>) -> Vec<ThingNote> {
    let Some(ticket) = ticket.filter(|_| epoch.world.has_changes()) else { return Vec::new() };
    let (vendor, user) = (ticket.family.vendor(), ticket.user.as_ref());
    if epoch.world.visit_refusal(vendor, &ticket.target, user, epoch.state.clock.now()).is_none() {
        return Vec::new();
    }
    let target = match &ticket.target {
        Target::Work { work, .. } => work.to_string(),
        Target::Module { module } => module.to_string(),
        Target::Page { project, .. } => project.to_string(),
    };
    epoch.world.notes_on(vendor, iter::once(&*target).chain(user.map(|user| &*user.id)))
}
