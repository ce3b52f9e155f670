//! The vendors' rows in words and as JSON: what the verbs `actions` and `codes` and the admin API show.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::domain::{Assumption, Assumptions};
use crate::vendor::Vendor;
use crate::vendor::catalog::{Action, Bounds, ErrorRow, KnownAction, ParamRow, Rule, Scope, Status, Text};
use crate::vendor::examples::{Example, What};

/// A part of the catalogue.
#[derive(Clone, Copy)]
pub(crate) struct Selection {
    pub vendor: &'static Vendor,
    /// One action of the vendor's, served or not, or the visit of an embed page.
    pub action: Option<&'static str>,
}

impl Selection {
    /// The selected actions that are served.
    pub fn served(&self) -> impl Iterator<Item = &'static Action> + use<> {
        let wanted = self.action;
        let actions = self.vendor.actions.iter().copied();
        actions.filter(move |action| wanted.is_none_or(|wanted| wanted == action.name))
    }

    /// The selected actions that the vendor has and the emulator does not serve.
    pub fn unserved(&self) -> impl Iterator<Item = &'static KnownAction> + use<> {
        let (vendor, wanted) = (self.vendor, self.action);
        let known = vendor.known_actions.iter();
        known
            .filter(move |known| wanted.is_none_or(|wanted| wanted == known.name))
            .filter(move |known| vendor.actions.iter().all(|action| action.name != known.name))
    }

    /// Every text of every selected code.
    pub fn texts(&self) -> impl Iterator<Item = (&'static ErrorRow, &'static Text)> + use<> {
        let wanted = self.action;
        let rows = self.vendor.errors.iter().copied();
        let rows = rows.filter(move |row| wanted.is_none_or(|action| row.scope.covers(action)));
        rows.flat_map(|row| row.texts.iter().map(move |text| (row, text)))
    }

    /// The selected actions as data, served or not.
    pub fn actions_data(&self) -> Vec<Value> {
        let vendor = self.vendor;
        let served = self.served().map(|row| action(vendor, row));
        served.chain(self.unserved().map(|known| unserved(vendor, known))).collect()
    }

    /// The selected codes as data, each with a call that provokes it where there is one.
    pub fn codes_data(&self) -> Vec<Value> {
        let data = |(row, text)| {
            let mut data = code(self.vendor, row, text);
            data["example"] = example(self.vendor, row).map(|example| example.paste(self.vendor.name())).into();
            data
        };
        self.texts().map(data).collect()
    }
}

/// The first example of the row.
pub(crate) fn example(vendor: &Vendor, row: &ErrorRow) -> Option<&'static Example> {
    let page = row.scope == Scope::Visit;
    vendor
        .examples
        .rows
        .iter()
        .find(|example| example.code == row.code && matches!(example.what, What::Link(_)) == page)
}

/// An action that is served, as data.
fn action(vendor: &Vendor, action: &Action) -> Value {
    let params: Vec<Value> = action.params.iter().map(param).collect();
    json!({
        "vendor": vendor.name(),
        "action": action.name,
        "versions": action.versions,
        "served": true,
        "about": action.about,
        "parameters": params,
        "evidence": action.evidence.name(),
        "source": action.source,
    })
}

/// An action that the vendor has and the emulator does not serve.
fn unserved(vendor: &Vendor, action: &KnownAction) -> Value {
    json!({ "vendor": vendor.name(), "action": action.name, "versions": action.versions, "served": false })
}

fn param(row: &ParamRow) -> Value {
    json!({
        "name": row.name,
        "type": row.kind.name(),
        "required": row.required,
        "rule": rule(&row.rule),
        "about": row.about,
    })
}

/// What a value must be, in words; empty when anything goes.
pub(crate) fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Any => String::new(),
        Rule::Minutes(bounds) => format!("{} minutes", span(bounds)),
        Rule::Uses(bounds) => format!("{} uses", span(bounds)),
        Rule::Number(bounds) => span(bounds),
        Rule::OneOf(numbers) => numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", "),
        Rule::Word(words) => words.join(", "),
        Rule::Chars(most) => format!("at most {most} characters"),
    }
}

fn span(bounds: &Bounds) -> String {
    let (low, high) = match bounds {
        Bounds::Fixed(low, high) => (*low, *high),
        Bounds::Assumed(ends) => ends(&Assumptions::default()),
    };
    match (low, high) {
        (i64::MIN, i64::MAX) => "any number of".to_owned(),
        (low, i64::MAX) => format!("{low} or more"),
        (i64::MIN, high) => format!("up to {high}"),
        (low, high) => format!("{low} to {high}"),
    }
}

/// One text of an error code, as data.
fn code(vendor: &Vendor, row: &ErrorRow, text: &Text) -> Value {
    json!({
        "vendor": vendor.name(),
        "code": row.code,
        "class": row.class.name(),
        "http_status": status_data(vendor, row.status),
        "given_by": scope(row.scope),
        "message": text.english,
        "message_chinese": text.chinese,
        "reasons": reasons(text),
        "evidence": text.evidence.name(),
        "source": row.source,
    })
}

/// The status in words: one, or one for each version where it depends on that.
pub(crate) fn status(vendor: &Vendor, status: Status) -> String {
    match status {
        Status::Fixed(status) => status.to_string(),
        Status::OfVersion => {
            let each = of_versions(vendor).into_iter().map(|(version, status)| format!("{status} in {version}"));
            each.collect::<Vec<_>>().join(", ")
        }
    }
}

/// The same as data: a number, or an object of numbers by version.
fn status_data(vendor: &Vendor, status: Status) -> Value {
    match status {
        Status::Fixed(status) => status.into(),
        Status::OfVersion => of_versions(vendor).into_iter().collect(),
    }
}

fn of_versions(vendor: &Vendor) -> BTreeMap<&'static str, u16> {
    let versions = vendor.actions.iter().flat_map(|action| action.versions);
    versions.map(|version| (*version, (vendor.status_of_version)(version))).collect()
}

/// The actions that can give a code, in words.
pub(crate) fn scope(scope: Scope) -> String {
    match scope {
        Scope::Gateway => "any call".to_owned(),
        Scope::Actions(actions) => actions.join(", "),
        Scope::Visit => "an embed page".to_owned(),
    }
}

/// The names of what provokes the text; none: only a rule can.
fn reasons(text: &Text) -> Vec<&'static str> {
    text.reasons.iter().map(|reason| reason.name()).collect()
}

/// An open question of a vendor, as data.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OpenQuestion {
    /// As written under `assume`.
    name: &'static str,
    /// What the choice changes.
    effect: &'static str,
    default: &'static str,
    choices: &'static [&'static str],
    /// `documented`, `seen` or `assumed`.
    evidence: &'static str,
    /// `cloud`: how the vendor's service behaves. `emulator`: what we do where it gives no example.
    speaks_of: &'static str,
    /// Why the default is the default.
    reason: &'static str,
}

impl From<&'static Assumption> for OpenQuestion {
    fn from(row: &'static Assumption) -> Self {
        let Assumption { name, default, choices, effect, reason, evidence, speaks_of } = *row;
        Self { name, effect, default, choices, evidence: evidence.name(), speaks_of: speaks_of.name(), reason }
    }
}
