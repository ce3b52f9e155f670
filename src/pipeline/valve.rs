//! The one valve between the gateway and the action, and before a visit's ticket is touched.
//!
//! A request that the gateway refuses never gets here, so it uses up nothing that somebody ordered.

use super::record::Record;
use crate::call::Params;
use crate::cloud::{Denial, Vendor};
use crate::emulator::Epoch;
use crate::journal::Outcome;
use crate::reply::Reply;
use crate::rules::{CallMoment, Effect, Plan, RuleInput};
use crate::trail::{Step, StepOutcome};

/// The decision on a call.
pub(super) enum Decision<T> {
    /// To be put into the vendor's words.
    Judged(Result<T, Denial>),
    /// A rule wants this very answer.
    ByRule(Reply, Outcome),
}

/// The plan of the rules for the call. `params` are read only where there are rules.
pub(super) fn consult_rules<P: AsRef<Params>>(
    epoch: &Epoch,
    vendor: &Vendor,
    action: &str,
    key: &str,
    params: impl FnOnce() -> P,
) -> Plan {
    if epoch.rules.is_empty() {
        return Plan::default();
    }
    let (params, now) = (params(), epoch.state.clock.now());
    epoch.rules.decide(&RuleInput { vendor: vendor.name, action, key, params: params.as_ref(), now })
}

/// What the plan of the record orders, and what `act` gives where it orders nothing.
pub(super) fn apply_plan<T, E>(record: &mut Record, act: impl FnOnce(&mut Record) -> Result<T, E>) -> Decision<T>
where
    Denial: From<E>,
{
    let instead = record.plan.instead.clone();
    if record.plan.rule.is_some() {
        let outcome = if instead.is_some() { StepOutcome::Answered } else { StepOutcome::Shaped };
        record.trail.note_step(Step::Rule, outcome);
    }
    record.act_by_rule(CallMoment::Before);
    let decision = match instead {
        Some(Effect::Refuse(scripted)) => Decision::Judged(Err(Denial::Injected(scripted))),
        Some(Effect::Respond(response)) => Decision::ByRule(response.to_reply(), Outcome::Scripted),
        Some(Effect::Lose) => Decision::ByRule(Reply::no_answer(), Outcome::Lost),
        None => Decision::Judged(act(record).map_err(Denial::from)),
    };
    record.act_by_rule(CallMoment::After);
    decision
}
