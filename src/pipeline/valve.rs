//! The one valve between the gateway and the action, and before a visit's ticket is touched.
//!
//! A request that the gateway refuses never gets here, so it uses up nothing that somebody ordered.

use super::record::Record;
use crate::call::Params;
use crate::domain::Refusal;
use crate::emulator::Live;
use crate::reply::Reply;
use crate::rules::{Asked, Effect, Plan};
use crate::trail::Trail;
use crate::vendor::{Denial, Vendor};

/// What became of a call.
pub(super) enum Outcome<T> {
    /// To be put into the vendor's words.
    Judged(Result<T, Denial>),
    /// Somebody ordered this very answer.
    Ordered(Reply),
}

/// What the rules say of the call. `params` are read only where there are rules.
pub(super) fn planned<P: AsRef<Params>>(
    live: &Live,
    vendor: &dyn Vendor,
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
pub(super) fn followed<T>(record: &mut Record<'_>, act: impl FnOnce(&mut Trail) -> Result<T, Refusal>) -> Outcome<T> {
    if record.plan.rule.is_some() {
        record.trail.at("rule");
    }
    match &record.plan.instead {
        Some(Effect::Refuse(scripted)) => Outcome::Judged(Err(Denial::Scripted(scripted.clone()))),
        Some(Effect::Respond(response)) => Outcome::Ordered(response.reply()),
        Some(Effect::Lose) => Outcome::Ordered(Reply::none()),
        None => Outcome::Judged(act(&mut record.trail).map_err(Denial::from)),
    }
}
