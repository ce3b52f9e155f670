//! The one valve between the gateway and the action, and before a visit's ticket is touched.
//!
//! A request that the gateway refuses never gets here, so it uses up nothing that somebody ordered.

use super::record::Record;
use crate::call::Params;
use crate::domain::Refusal;
use crate::emulator::Live;
use crate::journal::Outcome;
use crate::reply::Reply;
use crate::rules::{Asked, Effect, Moment, Plan};
use crate::trail::{Step, StepOutcome};
use crate::vendor::{Denial, Vendor};

/// What became of a call.
pub(super) enum Decision<T> {
    /// To be put into the vendor's words.
    Judged(Result<T, Denial>),
    /// A rule wants this very answer.
    Ordered(Reply, Outcome),
}

/// What the rules say of the call. `params` are read only where there are rules.
pub(super) fn planned<P: AsRef<Params>>(
    live: &Live,
    vendor: &Vendor,
    action: &str,
    key: &str,
    params: impl FnOnce() -> P,
) -> Plan {
    if live.rules.is_empty() {
        return Plan::default();
    }
    let (params, now) = (params(), live.sandbox.clock.now());
    live.rules.decide(&Asked { vendor: vendor.name(), action, key, params: params.as_ref(), now })
}

/// What the plan of the record orders, and what `act` gives where it orders nothing.
pub(super) fn followed<T>(record: &mut Record, act: impl FnOnce(&mut Record) -> Result<T, Refusal>) -> Decision<T> {
    let instead = record.plan.instead.clone();
    if record.plan.rule.is_some() {
        let outcome = if instead.is_some() { StepOutcome::Answered } else { StepOutcome::Shaped };
        record.trail.note(Step::Rule, outcome);
    }
    record.act_by_rule(Moment::Before);
    let decision = match instead {
        Some(Effect::Refuse(scripted)) => Decision::Judged(Err(Denial::Scripted(scripted))),
        Some(Effect::Respond(response)) => Decision::Ordered(response.reply(), Outcome::Scripted),
        Some(Effect::Lose) => Decision::Ordered(Reply::none(), Outcome::Lost),
        None => Decision::Judged(act(record).map_err(Denial::from)),
    };
    record.act_by_rule(Moment::After);
    decision
}
