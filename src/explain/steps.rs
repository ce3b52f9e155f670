//! The steps of one decision, and the one sentence on what to change.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::advice::row;
use super::facts::Facts;
use super::shown::redactor;
use super::signature::{MistakeView, mistake, signature_detail};
use crate::domain::{Reason, Refusal, TicketId, rfc3339};
use crate::emulator::{AuthMode, Live};
use crate::journal::Entry;
use crate::redact::Redactor;
use crate::vendor::catalog::fill;
use crate::vendor::{Check, Vendor, named};

/// Why a call was answered as it was.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Explanation {
    request_id: String,
    vendor: &'static str,
    action: String,
    http_status: u16,
    /// The vendor's code; `null` for a success.
    code: Option<String>,
    /// The rule that shaped the answer.
    rule: Option<String>,
    /// What the refusal is for, in a word that is the same for all vendors.
    reason: Option<&'static str>,
    /// In the order in which they were taken; a refusal ends at its step.
    steps: Vec<StepView>,
    /// The usual mistake that gives the signature which came, where one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    mistake: Option<MistakeView>,
    /// Tickets of this sandbox that the answer names.
    tickets: Vec<TicketLine>,
    /// What to change; `null` when nothing was refused.
    advice: Option<String>,
}

/// One step of the decision.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct StepView {
    pub(super) step: &'static str,
    /// `passed`, `skipped` or `refused`.
    pub(super) outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) detail: Option<String>,
    /// What would have passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expected: Option<String>,
    /// What came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) got: Option<String>,
    /// As the emulator makes it of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) canonical_request: Option<String>,
    /// As the emulator makes it of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) string_to_sign: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    #[default]
    Passed,
    /// Nobody looked, because of the mode that the emulator runs in.
    Skipped,
    Refused,
}

/// A ticket as it is now.
#[derive(Debug, Serialize, JsonSchema)]
struct TicketLine {
    id: String,
    /// `live`, `expired`, `used_up` or `revoked`.
    status: &'static str,
    /// `null`: without limit.
    uses_left: Option<u32>,
    expires_at: String,
}

/// The explanation of an entry of the sandbox.
pub fn explain(entry: &Entry, live: &Live, auth: AuthMode, admin_token: Option<&str>) -> Explanation {
    let told = &entry.told;
    let Some(vendor) = named(told.vendor) else { return Explanation::default() };
    let redactor = redactor(entry, admin_token);
    let facts = Facts::of(told, live, vendor);
    let refused = told.refusal.as_ref();
    let text = |text: &str| redactor.text(text);
    let mut steps = taken(&facts, vendor, auth, refused);
    if told.code.is_some() && refused.is_none() {
        let detail = Some("the answer was ordered, whatever the steps before it say".to_owned());
        steps.push(StepView { step: "rule", outcome: Outcome::Refused, detail, ..StepView::default() });
    }
    steps.iter_mut().for_each(|step| step.cover(&redactor));
    let at_the_gateway = steps.last().is_some_and(|step| check_of(vendor, step.step).is_some());
    let mistake = refused.filter(|_| at_the_gateway).and_then(|_| mistake(&facts, vendor, &redactor));
    let advice = match refused {
        Some(_) if mistake.is_some() => mistake.as_ref().map(|mistake| mistake.advice.to_owned()),
        Some(refusal) => Some(fill(row(refusal.reason()).advice, |name| facts.fact(refusal, name))),
        None => told.code.as_ref().map(|_| "Change or remove the rule that ordered this answer.".to_owned()),
    };
    Explanation {
        request_id: told.request_id.to_string(),
        vendor: told.vendor,
        action: text(&told.action),
        http_status: told.reply.status,
        code: told.code.as_deref().map(text),
        rule: told.rule.as_deref().map(str::to_owned),
        reason: refused.map(|refusal| refusal.reason().name()),
        steps,
        mistake,
        tickets: tickets_in(entry, live),
        advice: advice.as_deref().map(text),
    }
}

/// The steps of the trail; the last one is the refused one, where there is a refusal.
fn taken(facts: &Facts<'_>, vendor: &dyn Vendor, auth: AuthMode, refused: Option<&Refusal>) -> Vec<StepView> {
    let mut names: Vec<&'static str> = facts.told.trail.steps().to_vec();
    // A check may stand twice in the list of a vendor, of which one applies.
    names.dedup();
    let last = names.len().saturating_sub(1);
    let step = |(place, name): (usize, &&'static str)| match refused.filter(|_| place == last) {
        Some(refusal) => refusal_at(name, refusal, facts, vendor),
        None => passed(name, facts, vendor, auth),
    };
    names.iter().enumerate().map(step).collect()
}

fn check_of(vendor: &dyn Vendor, step: &str) -> Option<&'static Check> {
    vendor.checks().iter().find(|check| check.step() == step)
}

fn passed(step: &'static str, facts: &Facts<'_>, vendor: &dyn Vendor, auth: AuthMode) -> StepView {
    let check = check_of(vendor, step);
    let proof = match check {
        Some(Check::Form { .. } | Check::Rate { .. } | Check::Permitted) | None => false,
        Some(Check::AuthForm { .. }) => auth == AuthMode::Off,
        Some(
            Check::SignedForm { .. }
            | Check::Fresh { .. }
            | Check::KnownKey
            | Check::SessionToken
            | Check::Signature
            | Check::Replay { .. },
        ) => auth != AuthMode::Strict,
    };
    if proof {
        let detail = Some("nobody looked: --auth strict makes the emulator verify it".to_owned());
        return StepView { step, outcome: Outcome::Skipped, detail, ..StepView::default() };
    }
    if matches!(check, Some(Check::Fresh { .. })) && facts.told.trail.judged_at.is_none() {
        let detail = Some("nobody looked: --auth-clock is off".to_owned());
        return StepView { step, outcome: Outcome::Skipped, detail, ..StepView::default() };
    }
    let detail = match check {
        Some(Check::Fresh { .. }) => Some("signed {signed_at}, {offset} and within {window} of {judged_at}"),
        Some(Check::KnownKey) => Some("{access_key} is a key of the world"),
        Some(Check::Signature) => Some("the {scheme} signature is the one that the request has with the key's secret"),
        _ => None,
    };
    let detail = detail.map(|template| fill(template, |name| facts.of_call(name)));
    StepView { step, detail, ..StepView::default() }
}

fn refusal_at(step: &'static str, refusal: &Refusal, facts: &Facts<'_>, vendor: &dyn Vendor) -> StepView {
    let check = check_of(vendor, step);
    let said = row(refusal.reason());
    let filled = |template: &str| fill(template, |name| facts.fact(refusal, name));
    let part = |template: &str| (!template.is_empty()).then(|| filled(template));
    let mut view = StepView {
        step,
        outcome: Outcome::Refused,
        detail: Some(filled(said.detail)),
        expected: part(said.expected),
        got: part(said.got),
        ..StepView::default()
    };
    let of_signature = matches!(
        refusal.reason(),
        Reason::SignatureMismatch | Reason::SignatureMismatchUntold | Reason::CanonicalMismatch
    );
    match check {
        Some(Check::Signature) if of_signature => signature_detail(&mut view, facts, vendor),
        Some(Check::SignedForm { .. }) => {
            view.detail = Some("the digest that was sent is not that of the body".to_owned());
            view.expected = facts.of_call("digest");
        }
        _ if of_signature => {
            view.detail = Some("the authorization is not written as the signature wants it".to_owned())
        }
        _ => {}
    }
    view
}

impl StepView {
    fn cover(&mut self, redactor: &Redactor) {
        let parts = [
            &mut self.detail,
            &mut self.expected,
            &mut self.got,
            &mut self.canonical_request,
            &mut self.string_to_sign,
        ];
        for text in parts.into_iter().flatten() {
            *text = redactor.text(text);
        }
    }
}

/// The tickets whose texts stand in the answer, and that of the link.
fn tickets_in(entry: &Entry, live: &Live) -> Vec<TicketLine> {
    let body = String::from_utf8_lossy(&entry.told.reply.body);
    let of_ticket = |letter: char| letter.is_ascii_hexdigit() || letter == '-';
    let words = body.split(|letter| !of_ticket(letter)).chain(entry.told.raw.query().split(['=', '&']));
    let ids: BTreeSet<TicketId> = words.filter_map(TicketId::parse).collect();
    let now = live.sandbox.clock.now();
    let found = ids.into_iter().filter_map(|id| live.sandbox.tickets.by_id(id));
    found
        .map(|ticket| TicketLine {
            id: ticket.id.to_string(),
            status: ticket.status(now).name(),
            uses_left: ticket.uses_left(),
            expires_at: rfc3339(ticket.expires_at),
        })
        .collect()
}
