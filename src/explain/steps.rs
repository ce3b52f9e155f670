//! The steps of one decision, and the one sentence on what to change.

use schemars::JsonSchema;
use serde::Serialize;

use super::advice::row_of;
use super::evidence::{ThingLine, TicketEffect, thing_lines, ticket_effects};
use super::example::{example_finding, made_of};
use super::facts::RefusalFacts;
use super::hints::{Finding, find_hint, ignored_parameter, order_finding};
use super::mask::entry_redactor;
use super::signature::{MistakeView, find_mistake, signature_detail};
use super::step_view::{StepResult, StepView};
use crate::cloud::catalog::fill_template;
use crate::cloud::{Vendor, vendor_named};
use crate::domain::{Class, Reason, Refusal, format_rfc3339};
use crate::journal::{CallRecord, Entry, Outcome};
use crate::redact::Redactor;
use crate::trail::{Skip, Step, StepOutcome};

/// Why a call was answered as it was.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Explanation {
    request_id: String,
    /// The world clock when the call came: RFC 3339, in UTC.
    at: String,
    /// How it came: `direct`, by us as its `proxy`, or by a `tunnel HOST`.
    via: String,
    /// Whether it came with TLS.
    tls: bool,
    vendor: &'static str,
    action: String,
    http_status: u16,
    /// `success`, `refused`, `scripted` (answered by a rule's `respond`) or `lost` (by a rule).
    outcome: &'static str,
    /// The vendor's code; `null` where nothing was refused.
    code: Option<String>,
    /// What was wrong, or what a rule did, in one sentence; `null` where all went well.
    wrong: Option<String>,
    /// What to change first, in one sentence; `null` where all went well.
    advice: Option<String>,
    /// `example`: the answer is the example of the vendor's documents, and tells nothing of the world.
    #[serde(skip_serializing_if = "Option::is_none")]
    made_up: Option<String>,
    /// The rule that shaped the answer.
    rule: Option<String>,
    /// Where that rule stands, as `throttled.yaml:7`; `null` where it came from no file.
    rule_place: Option<String>,
    /// The class of the code: `fleeting`, `auth`, `clock`, `nonce`, `request` or `state`.
    class: Option<&'static str>,
    /// The reason of the refusal, in a word that is the same for all vendors.
    reason: Option<&'static str>,
    /// In the order in which they were taken; a refusal ends at its step.
    steps: Vec<StepView>,
    /// The usual mistake that gives the signature which came, where one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    mistake: Option<MistakeView>,
    /// The open questions that the decision consulted, with the answers that were taken.
    assumptions: Vec<AssumptionLine>,
    /// The tickets that the call issued, changed or named, as they were then.
    tickets: Vec<TicketEffect>,
    /// The things of the world that the call made, changed or ended; of a refused call, what earlier calls had done to
    /// those that it names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    things: Vec<ThingLine>,
}

/// An open question and the answer to it.
#[derive(Debug, Serialize, JsonSchema)]
struct AssumptionLine {
    /// The name under `assume:` in a world file.
    name: &'static str,
    choice: &'static str,
}

impl Explanation {
    /// The call, its code and what was wrong.
    pub fn in_one_line(&self) -> String {
        let [code, wrong] = [&self.code, &self.wrong].map(|text| text.as_deref().unwrap_or(""));
        format!("{}.{}: {code}: {wrong}", self.vendor, self.action)
    }
}

/// The explanation of an entry of the sandbox.
pub fn explain(entry: &Entry, base: &Redactor) -> Explanation {
    explain_masked(entry, &entry_redactor(entry, base))
}

/// The same with the redactor of the entry.
pub(super) fn explain_masked(entry: &Entry, redactor: &Redactor) -> Explanation {
    let told = &entry.told;
    let Some(vendor) = vendor_named(told.vendor) else { return Explanation::default() };
    let facts = RefusalFacts::from_record(told, vendor);
    let refused = told.outcome.refusal();
    let text = |text: &str| redactor.redact_text(text);
    let mut steps: Vec<StepView> =
        told.trail.steps().map(|(step, outcome)| step_view(step, outcome, &facts, vendor)).collect();
    steps.iter_mut().for_each(|step| step.mask_secrets(redactor));
    let last = told.trail.steps().next_back();
    let at_the_gateway = last.is_some_and(|(step, _)| vendor.gateway.checks.iter().any(|check| check.step() == step));
    let mistake = refused.filter(|_| at_the_gateway).and_then(|_| find_mistake(&facts, vendor, redactor));
    let finding = match refused {
        Some(refusal) if !is_lost(told) => Some(refusal_finding(&facts, refusal, vendor, mistake.as_ref())),
        _ => order_finding(told)
            .or_else(|| own_bound(told))
            .or_else(|| example_finding(told))
            .or_else(|| ignored_parameter(&facts.call, vendor)),
    };
    let (wrong, advice) = finding.map_or((None, None), |found| (Some(text(&found.wrong)), Some(text(&found.change))));
    Explanation {
        request_id: told.request_id.to_string(),
        at: format_rfc3339(told.at),
        via: told.raw.arrival.via.to_string(),
        tls: told.raw.arrival.tls,
        vendor: told.vendor,
        action: text(&told.action),
        http_status: told.reply.status,
        outcome: told.outcome.name(),
        code: told.outcome.code().map(text),
        wrong,
        advice,
        made_up: made_of(told),
        rule: told.rule.as_deref().map(str::to_owned),
        rule_place: told.rule_place.as_deref().map(text),
        class: refusal_class(told),
        reason: refused.map(|refusal| refusal.reason().name()),
        steps,
        mistake,
        assumptions: told.assumed_choices().map(|(name, choice)| AssumptionLine { name, choice }).collect(),
        tickets: ticket_effects(told),
        things: thing_lines(told, redactor),
    }
}

/// The two sentences on a refusal. A wrong signature is told by the mistake that gives it; of every other refusal the
/// cause that is its own goes first.
fn refusal_finding(
    facts: &RefusalFacts<'_>,
    refusal: &Refusal,
    vendor: &Vendor,
    mistake: Option<&MistakeView>,
) -> Finding {
    let of_mistake = || mistake.map(|mistake| Finding { wrong: mistake.says.into(), change: mistake.advice.into() });
    let found =
        if is_of_signature(refusal) { of_mistake() } else { find_hint(facts, refusal, vendor).or_else(of_mistake) };
    if found.is_none() && is_of_signature(refusal) {
        return Finding {
            wrong:
                "No usual mistake gives the signature that came: the secret is another one, or the request was changed \
                    after it was signed."
                    .to_owned(),
            change: row_of(refusal.reason()).advice.to_owned(),
        };
    }
    found.unwrap_or_else(|| {
        let row = row_of(refusal.reason());
        let filled = |template: &str| fill_template(template, |name| facts.find_fact(refusal, name));
        let sides = [("expected", row.expected), ("came", row.got)];
        let sides = sides.iter().filter(|(_, side)| !side.is_empty());
        let sides: Vec<String> = sides.map(|(word, side)| format!("{word}: {}", filled(side))).collect();
        let wrong = with_capital(&filled(row.detail));
        let wrong = if sides.is_empty() { format!("{wrong}.") } else { format!("{wrong} ({}).", sides.join("; ")) };
        Finding { wrong, change: filled(row.advice) }
    })
}

fn with_capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// Whether the client was never told of a refusal, so that the loss is what it sees.
const fn is_lost(told: &CallRecord) -> bool {
    matches!(told.outcome, Outcome::Lost)
}

/// An error that neither the vendor nor a rule gave.
fn own_bound(told: &CallRecord) -> Option<Finding> {
    told.outcome.code().map(|_| Finding {
        wrong: "The emulator is at a bound of its own, which the message tells.".to_owned(),
        change: "Reset the sandbox.".to_owned(),
    })
}

const fn is_of_signature(refusal: &Refusal) -> bool {
    matches!(refusal.reason(), Reason::SignatureMismatch | Reason::SignatureMismatchUntold | Reason::CanonicalMismatch)
}

/// The class of the code in the answer.
pub(super) fn refusal_class(told: &CallRecord) -> Option<&'static str> {
    told.outcome.said()?.class.map(Class::name)
}

/// One step of the trail in words.
fn step_view(step: Step, outcome: StepOutcome, facts: &RefusalFacts<'_>, vendor: &Vendor) -> StepView {
    let rule = facts.told.rule.as_deref().unwrap_or_default();
    let (outcome, detail) = match outcome {
        StepOutcome::Refused => {
            // A refusal that has no facts was ordered, and stands at the step of its rule.
            return match facts.told.outcome.refusal() {
                Some(refusal) => refusal_at(step, refusal, facts, vendor),
                None => StepView { step: step.name(), outcome: StepResult::Refused, ..StepView::default() },
            };
        }
        StepOutcome::Passed => {
            (StepResult::Passed, passed_text(step).map(|words| fill_template(words, |name| facts.of_call(name))))
        }
        StepOutcome::Skipped(skip) => (StepResult::Skipped, Some(format!("not checked: {}", skip_reason(skip)))),
        StepOutcome::Answered => {
            (StepResult::Answered, Some(format!("the rule {rule} answers, whatever the steps before it say")))
        }
        StepOutcome::Shaped => (StepResult::Passed, Some(format!("the rule {rule} changes the answer"))),
    };
    StepView { step: step.name(), outcome, detail, ..StepView::default() }
}

/// The detail of a step that was passed, where there is one.
const fn passed_text(step: Step) -> Option<&'static str> {
    match step {
        Step::TimestampWindow => Some("signed {signed_at}, {offset} and within {window} of {judged_at}"),
        Step::AccessKey => Some("{access_key} is a key of the world"),
        Step::Signature => Some("the {scheme} signature is the one that the request has with the key's secret"),
        _ => None,
    }
}

const fn skip_reason(skip: Skip) -> &'static str {
    match skip {
        Skip::AuthMode => "--auth strict makes the emulator verify it",
        Skip::AuthClockOff => "--auth-clock is off",
        Skip::RateLimitsOff => "--rate-limits vendor makes the emulator count calls",
        Skip::Assumption => "an assumption of the world leaves it out",
        Skip::Scheme => "the scheme of the signature has no such part",
        Skip::NothingSent => "the request carries nothing of the kind",
        Skip::OwnAddress => "the host is none of the vendor's",
        Skip::NoKey => "the key is none of the world's",
    }
}

fn refusal_at(step: Step, refusal: &Refusal, facts: &RefusalFacts<'_>, vendor: &Vendor) -> StepView {
    let said = row_of(refusal.reason());
    let filled = |template: &str| fill_template(template, |name| facts.find_fact(refusal, name));
    let part = |template: &str| (!template.is_empty()).then(|| filled(template));
    let mut view = StepView {
        step: step.name(),
        outcome: StepResult::Refused,
        detail: Some(filled(said.detail)),
        expected: part(said.expected),
        got: part(said.got),
        ..StepView::default()
    };
    let of_signature = is_of_signature(refusal);
    match step {
        Step::Signature if of_signature => signature_detail(&mut view, facts, vendor),
        Step::BodyHash => {
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
    fn mask_secrets(&mut self, redactor: &Redactor) {
        let parts = [
            &mut self.detail,
            &mut self.expected,
            &mut self.got,
            &mut self.canonical_request,
            &mut self.string_to_sign,
        ];
        for text in parts.into_iter().flatten() {
            *text = redactor.redact_text(text);
        }
    }
}
