//! The vendors' rows in words and as JSON: what the verbs `actions` and `codes` and the admin API show.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::cloud::Vendor;
use crate::cloud::catalog::{
    Action, Does, ErrorRow, ErrorScope, ErrorText, ParamRow, ParamRule, StatusRule, VISIT, ValueRange,
};
use crate::cloud::examples::{Example, ExampleRequest, How};
use crate::domain::{Assumption, Assumptions};

/// A part of the catalogue.
#[derive(Clone, Copy)]
pub(crate) struct Selection {
    pub vendor: &'static Vendor,
    /// One action of the vendor's, served or not, or the visit of an embed page.
    pub action: Option<&'static str>,
}

impl Selection {
    /// The selected actions that are served.
    pub fn served_actions(&self) -> impl Iterator<Item = &'static Action> + use<> {
        let wanted = self.action;
        let actions = self.vendor.catalog.actions.iter().copied();
        actions.filter(move |action| wanted.is_none_or(|wanted| wanted == action.name))
    }

    /// The selected actions that the vendor has and the emulator does not serve.
    pub fn unserved_actions(&self) -> impl Iterator<Item = &'static Action> + use<> {
        let wanted = self.action;
        let others = self.vendor.catalog.others.iter().copied();
        others.filter(move |action| wanted.is_none_or(|wanted| wanted == action.name))
    }

    /// Every text of every selected code.
    pub fn error_texts(&self) -> impl Iterator<Item = (&'static ErrorRow, &'static ErrorText)> + use<> {
        let wanted = self.action;
        let rows = self.vendor.catalog.errors.iter().copied();
        let rows = rows.filter(move |row| wanted.is_none_or(|action| row.scope.covers_action(action)));
        rows.flat_map(|row| row.texts.iter().map(move |text| (row, text)))
    }

    /// The selected actions as data, served or not.
    pub fn actions_data(&self) -> Vec<Value> {
        let vendor = self.vendor;
        self.served_actions().chain(self.unserved_actions()).map(|row| action_json(vendor, row)).collect()
    }

    /// The selected examples, each for clients that find the emulator at `endpoint`.
    pub fn examples_data(&self, endpoint: &str) -> Vec<ExampleView> {
        let vendor = self.vendor;
        let rows = vendor.catalog.examples.rows.iter();
        let wanted = rows.filter(|row| self.action.is_none_or(|wanted| wanted == row.action_name()));
        wanted.map(|row| ExampleView::from_row(vendor, row, endpoint)).collect()
    }

    /// The selected codes as data, each with a call that provokes it where there is one.
    pub fn codes_data(&self) -> Vec<Value> {
        let data = |(row, text)| {
            let mut data = code_json(self.vendor, row, text);
            data["on"] = rule_targets(self.vendor, row).into();
            data["example"] = find_example(self.vendor, row).map(|example| example.paste_line(self.vendor.name)).into();
            data
        };
        self.error_texts().map(data).collect()
    }
}

/// What a rule for the code may name under `on`, the broadest first.
fn rule_targets(vendor: &Vendor, row: &ErrorRow) -> Vec<String> {
    let target = |action: &str| format!("{}.{action}", vendor.name);
    let served = || vendor.catalog.actions.iter().map(|action| action.name);
    match row.scope {
        ErrorScope::Visit => vec![target(VISIT)],
        ErrorScope::Gateway | ErrorScope::Actions(_) => {
            let actions = served().filter(|action| row.scope.covers_action(action));
            ["*"].into_iter().chain(actions).map(target).collect()
        }
    }
}

/// The first example of the row.
pub(crate) fn find_example(vendor: &Vendor, row: &ErrorRow) -> Option<&'static Example> {
    let page = row.scope == ErrorScope::Visit;
    vendor
        .catalog
        .examples
        .rows
        .iter()
        .find(|example| example.code == row.code && matches!(example.what, ExampleRequest::Link(_)) == page)
}

/// An action as data.
fn action_json(vendor: &Vendor, action: &Action) -> Value {
    let params: Vec<Value> = action.params.iter().map(param_json).collect();
    json!({
        "vendor": vendor.name,
        "action": action.name,
        "versions": action.versions,
        "served": !matches!(action.does, Does::Nothing),
        "does": action.does.word(),
        "about": action.about,
        "parameters": params,
        "evidence": action.evidence.name(),
        "source": action.source,
    })
}

fn param_json(row: &ParamRow) -> Value {
    json!({
        "name": row.name,
        "type": row.kind.name(),
        "required": row.required,
        "rule": describe_rule(&row.rule),
        "about": row.about,
    })
}

/// The rule of a parameter in words; empty when any value goes.
pub(crate) fn describe_rule(rule: &ParamRule) -> String {
    match rule {
        ParamRule::Any => String::new(),
        ParamRule::Minutes(bounds) => format!("{} minutes", describe_range(bounds)),
        ParamRule::Uses(bounds) => format!("{} uses", describe_range(bounds)),
        ParamRule::Number(bounds) => describe_range(bounds),
        ParamRule::OneOf(numbers) => numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", "),
        ParamRule::Word(words) => words.join(", "),
        ParamRule::Chars(most) => format!("at most {most} characters"),
    }
}

fn describe_range(bounds: &ValueRange) -> String {
    let (low, high) = match bounds {
        ValueRange::Fixed(low, high) => (*low, *high),
        ValueRange::Assumed(ends) => ends(&Assumptions::default()),
    };
    match (low, high) {
        (i64::MIN, i64::MAX) => "any number of".to_owned(),
        (low, i64::MAX) => format!("{low} or more"),
        (i64::MIN, high) => format!("up to {high}"),
        (low, high) => format!("{low} to {high}"),
    }
}

/// One text of an error code, as data.
fn code_json(vendor: &Vendor, row: &ErrorRow, text: &ErrorText) -> Value {
    json!({
        "vendor": vendor.name,
        "code": row.code,
        "class": row.class.name(),
        "http_status": status_data(vendor, row.status),
        "given_by": describe_scope(row.scope),
        "message": text.english,
        "message_chinese": text.chinese,
        "reasons": reason_names(text),
        "evidence": text.evidence.name(),
        "source": row.source,
    })
}

/// The status in words: one, or one for each run of versions where it depends on these.
pub(crate) fn describe_status(vendor: &Vendor, status: StatusRule) -> String {
    match status {
        StatusRule::Fixed(status) => status.to_string(),
        StatusRule::OfVersion => {
            let versions: Vec<_> = of_versions(vendor).into_iter().collect();
            let runs = versions.chunk_by(|(_, one), (_, next)| one == next);
            let told = runs.filter_map(|run| run.last().map(|(version, status)| (run.len(), version, status)));
            let told = told.map(|(count, version, status)| {
                if count == 1 { format!("{status} in {version}") } else { format!("{status} up to {version}") }
            });
            told.collect::<Vec<_>>().join(", ")
        }
    }
}

/// The same as data: a number, or an object of numbers by version.
fn status_data(vendor: &Vendor, status: StatusRule) -> Value {
    match status {
        StatusRule::Fixed(status) => status.into(),
        StatusRule::OfVersion => of_versions(vendor).into_iter().collect(),
    }
}

fn of_versions(vendor: &Vendor) -> BTreeMap<&'static str, u16> {
    let versions = vendor.catalog.actions.iter().flat_map(|action| action.versions);
    versions.map(|version| (*version, (vendor.answers.status_of_version)(version))).collect()
}

/// One call, or one link, that provokes a code.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ExampleView {
    vendor: &'static str,
    /// As the catalogue of codes spells it.
    code: &'static str,
    /// `visit` for a link.
    action: &'static str,
    /// The mistake, in a few words.
    about: &'static str,
    /// `request`: the call alone provokes it; `world`: a thing of the demo world; `switch`: what stands under `switch`.
    needs: &'static str,
    /// A flag of `serve`, or an answer to an open question.
    switch: Option<&'static str>,
    /// A line for a shell.
    line: String,
}

impl ExampleView {
    fn from_row(vendor: &Vendor, row: &Example, endpoint: &str) -> Self {
        let (needs, switch) = match row.how {
            How::Request => ("request", None),
            How::World => ("world", None),
            How::Switch(switch) => ("switch", Some(switch)),
        };
        let line = row.paste_line_at(vendor.name, endpoint);
        Self { vendor: vendor.name, code: row.code, action: row.action_name(), about: row.about, needs, switch, line }
    }
}

/// More actions than this are not all named.
const MOST_NAMES: usize = 12;
/// Those that are named then.
const SHOWN_NAMES: usize = 4;

/// The actions that can give a code, in words.
pub(crate) fn describe_scope(scope: ErrorScope) -> String {
    match scope {
        ErrorScope::Gateway => "any call".to_owned(),
        ErrorScope::Actions(sets) => {
            let actions = sets.concat();
            match actions.len() {
                0..=MOST_NAMES => actions.join(", "),
                count => format!("{} and {} more", actions[..SHOWN_NAMES].join(", "), count - SHOWN_NAMES),
            }
        }
        ErrorScope::Visit => "an embed page".to_owned(),
    }
}

/// The names of what provokes the text; none: only a rule can.
fn reason_names(text: &ErrorText) -> Vec<&'static str> {
    text.reasons.iter().map(|reason| reason.name()).collect()
}

/// An open question of a vendor, as data.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OpenQuestion {
    /// Its name under `assume`.
    name: &'static str,
    /// The effect of the choice.
    effect: &'static str,
    default: &'static str,
    choices: &'static [&'static str],
    /// `documented`, `seen` or `assumed`.
    evidence: &'static str,
    /// `cloud`: how the vendor's service behaves. `emulator`: what we do where it gives no example.
    speaks_of: &'static str,
    /// Why the default is the default.
    reason: &'static str,
    /// What somebody with an account asks the service, and which answer means which choice.
    settle: &'static str,
}

impl From<&'static Assumption> for OpenQuestion {
    fn from(row: &'static Assumption) -> Self {
        let Assumption { name, default, choices, effect, reason, settle, evidence, speaks_of } = *row;
        Self { name, effect, default, choices, evidence: evidence.name(), speaks_of: speaks_of.name(), reason, settle }
    }
}
