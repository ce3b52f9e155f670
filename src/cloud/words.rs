//! Refusals in words: the row found, and code, status, language and text settled, in one place and once for
//! each refused call.

use super::catalog::{ErrorRow, ErrorText, ParamKind, ParamRow, StatusRule, VISIT, fill_template, row_for};
use super::{CheckInput, Denial, InjectedError, PageWords, Stamp, Vendor};
use crate::call::{Call, Language, RawRequest};
use crate::domain::{Reason, Refusal, RequestId};
use crate::reply::Said;
use crate::world::World;

/// The addressee of a refusal.
#[derive(Clone, Copy)]
pub struct Spoken<'a> {
    /// Empty where the call names none.
    pub action: &'a str,
    /// Empty where the call names none.
    pub version: &'a str,
    /// The language that the call asked for.
    pub language: Language,
    pub stamp: &'a Stamp<'a>,
    /// The request and what was read in it, from which an error that was ordered takes its facts.
    pub of: Option<(&'a RawRequest, &'a Call)>,
    /// The world that the call met.
    pub world: &'a World,
}

impl Spoken<'_> {
    fn find_fact(&self, name: &str) -> Option<String> {
        match name {
            "request_id" => Some(self.stamp.request_id.to_string()),
            "action" => Some(self.action.to_owned()),
            "version" => Some(self.version.to_owned()),
            "host" => Some(self.stamp.host.to_owned()),
            _ => None,
        }
    }
}

/// The vendor's answer to a call that is denied.
pub fn speak(vendor: &Vendor, denial: Denial, spoken: &Spoken<'_>) -> Said {
    match denial {
        Denial::Refused(refusal) => speak_refusal(vendor, refusal, spoken),
        Denial::Injected(error) => speak_injected(vendor, error, spoken),
    }
}

fn speak_refusal(vendor: &Vendor, refusal: Refusal, spoken: &Spoken<'_>) -> Said {
    let told = (vendor.answers.as_told)(&refusal, spoken);
    let told = told.as_ref().unwrap_or(&refusal);
    let (row, text) = row_for(vendor.catalog.errors, spoken.action, told.reason())
        .expect("a test walks every action and reason and finds a row for each");
    let mut fact = |name: &str| spoken.find_fact(name).or_else(|| told.fact(name));
    Said {
        code: fill_template(row.code, &mut fact).into(),
        status: status_of(vendor, row, spoken),
        message: message_of(vendor, row, text, spoken, &mut fact),
        kind: None,
        class: Some(row.class),
        why: Some(refusal),
    }
}

fn speak_injected(vendor: &Vendor, error: InjectedError, spoken: &Spoken<'_>) -> Said {
    let InjectedError { row, args, message, status } = error;
    // Code and message count the arguments from the first one each.
    let stand_ins = StandIns { vendor, row, action: spoken.action, world: spoken.world, id: spoken.stamp.request_id };
    let of_call = |name: &str| fact_of_call(vendor, spoken, name);
    let values = || placeholder_values(&args, |name| spoken.find_fact(name), of_call, &stand_ins);
    let message =
        message.or_else(|| row.texts.first().map(|text| message_of(vendor, row, text, spoken, &mut values())));
    Said {
        code: fill_template(row.code, values()).into(),
        status: status.unwrap_or_else(|| status_of(vendor, row, spoken)),
        message: message.unwrap_or_default(),
        kind: None,
        class: Some(row.class),
        why: None,
    }
}

fn status_of(vendor: &Vendor, row: &ErrorRow, spoken: &Spoken<'_>) -> u16 {
    match row.status {
        StatusRule::Fixed(status) => status,
        StatusRule::OfVersion => (vendor.answers.status_of_version)(spoken.version),
    }
}

/// The text in the language of the call, or the code where the vendor keeps the text back.
fn message_of(
    vendor: &Vendor,
    row: &ErrorRow,
    text: &ErrorText,
    spoken: &Spoken<'_>,
    fact: &mut dyn FnMut(&str) -> Option<String>,
) -> String {
    if (vendor.answers.keeps_back)(text, spoken.stamp.assumptions) {
        return fill_template(row.code, fact);
    }
    fill_template(text.in_language((vendor.answers.language)(row, spoken)), fact)
}

/// The text of the vendor's page for a visit that is denied.
pub fn speak_on_page(vendor: &Vendor, denial: Denial, page: &PageWords<'_>) -> Said {
    let status = (vendor.pages.visit_status)(page);
    match denial {
        Denial::Refused(refusal) => {
            let told = (vendor.pages.as_told_on_page)(&refusal, page);
            let told = told.as_ref().unwrap_or(&refusal);
            let kind = refusal.reason().visit_kind().unwrap_or("unknown-ticket");
            let row = row_for(vendor.catalog.errors, VISIT, told.reason());
            let text =
                |(_, text): (_, &ErrorText)| fill_template(text.in_language(page.language), |name| told.fact(name));
            Said {
                code: row.map_or(kind, |(row, _)| row.code).into(),
                status,
                message: row.map(text).unwrap_or_default(),
                kind: Some(kind),
                class: row.map(|(row, _)| row.class),
                why: Some(refusal),
            }
        }
        Denial::Injected(InjectedError { row, args, message, status: wanted }) => {
            let of_link = |name: &str| match name {
                "ticket" => page.ask.ticket.clone(),
                "work" => page.ask.asked.work.clone(),
                _ => None,
            };
            let stand_ins = StandIns { vendor, row, action: VISIT, world: page.world, id: page.request_id };
            let values = || placeholder_values(&args, |_| None, of_link, &stand_ins);
            let text = |text: &ErrorText| fill_template(text.in_language(page.language), values());
            Said {
                code: fill_template(row.code, values()).into(),
                status: wanted.unwrap_or(status),
                message: message.or_else(|| row.texts.first().map(text)).unwrap_or_default(),
                kind: Some(kind_of(row)),
                class: Some(row.class),
                why: None,
            }
        }
    }
}

/// The kind under which a page refuses a visit with an error that was ordered. An error that no visit
/// of its own accord meets counts as a target that does not fit.
fn kind_of(row: &ErrorRow) -> &'static str {
    let of_reason = row.texts.iter().flat_map(|text| text.reasons).find_map(|reason| reason.visit_kind());
    let kinds = || Reason::ALL.iter().filter_map(|reason| reason.visit_kind());
    let of_code = || kinds().find(|kind| row.code.starts_with(kind));
    of_reason.or_else(of_code).unwrap_or("wrong-target")
}

/// The facts of an error that was ordered: arguments fill placeholders in the order in which they stand, and the
/// call what is left. What nobody gave has a stand-in, so that no client reads a blank or the name of a placeholder.
fn placeholder_values(
    args: &[String],
    known: impl Fn(&str) -> Option<String>,
    of_call: impl Fn(&str) -> Option<String>,
    stand_ins: &StandIns<'_>,
) -> impl FnMut(&str) -> Option<String> {
    let mut args = args.iter();
    let mut given = move |name: &str| known(name).or_else(|| args.next().cloned()).or_else(|| of_call(name));
    move |name| Some(given(name).filter(|text| !text.is_empty()).unwrap_or_else(|| stand_ins.find(name)))
}

/// Values for the facts of an error that neither the order nor the call gives.
struct StandIns<'a> {
    vendor: &'a Vendor,
    row: &'static ErrorRow,
    action: &'a str,
    world: &'a World,
    id: RequestId,
}

impl StandIns<'_> {
    /// A limit of the emulator's, else a thing of the world, else an id that nothing has.
    fn find(&self, name: &str) -> String {
        let policy = self.vendor.catalog.policy;
        let reasons = self.row.texts.iter().flat_map(|text| text.reasons);
        let of_reason = || {
            reasons.copied().find_map(|reason| (self.vendor.answers.own_fact)(reason, name, &self.world.assumptions))
        };
        let parameter = || named_parameter(self.vendor, self.action, |_| true);
        match name {
            "name" | "field" => {
                parameter().map_or(policy.common.first(), |row| Some(&row.name)).map(|name| (*name).to_owned())
            }
            "expected" => Some((policy.type_word)(parameter().map_or(ParamKind::Text, |row| row.kind)).to_owned()),
            "action" => Some(self.action.to_owned()),
            "request_id" => Some(self.id.to_string()),
            _ => of_reason().or_else(|| self.world.example_of(self.vendor.name, name)),
        }
        .unwrap_or_else(|| self.id.to_string().to_lowercase())
    }
}

/// The fact of this name as the call has it: what it sent, or what the vendor would say of it.
fn fact_of_call(vendor: &Vendor, spoken: &Spoken<'_>, name: &str) -> Option<String> {
    let (raw, call) = spoken.of?;
    let parameter = || named_parameter(vendor, spoken.action, |row| call.params.get(row.name).is_none());
    let proof = || vendor.prove(&CheckInput { raw, call, assumptions: spoken.stamp.assumptions }, "", 0);
    match name {
        "name" => parameter().map(|row| row.name.to_owned()),
        "field" => parameter().map(|row| row.alias.to_owned()),
        "expected" => parameter().map(|row| (vendor.catalog.policy.type_word)(row.kind).to_owned()),
        "method" => Some(raw.method.to_string()),
        "address" => Some(raw.client.to_string()),
        "path" => Some(raw.path().to_owned()),
        "string_to_sign" => proof().map(|proof| proof.string_to_sign),
        "canonical_request" => proof().and_then(|proof| proof.canonical_request),
        _ => {
            let (_, params) = vendor.catalog.policy.facts.iter().find(|(fact, _)| *fact == name)?;
            params.iter().find_map(|param| call.params.display_text(param))
        }
    }
}

/// A parameter of the action: the first required one that is `wanted`, else the first required one, else the first.
fn named_parameter(vendor: &Vendor, action: &str, wanted: impl Fn(&ParamRow) -> bool) -> Option<&'static ParamRow> {
    let action = vendor.catalog.row_named(action)?;
    let mut required = action.params.iter().filter(|row| row.required);
    required.clone().find(|row| wanted(row)).or_else(|| required.next()).or_else(|| action.params.first())
}
