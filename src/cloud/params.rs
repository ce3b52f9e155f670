//! Typed reading of parameters against the rows of an action.
//!
//! The order in which the checks answer, what counts as absent and how strict types are is the
//! vendor's [`Policy`]; the checks themselves are written once, here.

use serde_json::Value;

use super::catalog::Action;
pub use super::param_rows::{Arg, Args};
use super::param_rows::{ParamKind, ParamRow, ParamRule};
use crate::bounds::{PARAMETER, PARAMETER_NAME, beginning_of};
use crate::call::{ParamValue, Params};
use crate::domain::{Assumptions, Refusal};

/// The treatment of parameters before any action sees them.
pub struct Policy {
    /// The stages in the order in which they answer.
    pub stages: &'static [Stage],
    pub blank: Blank,
    /// Whether a parameter is common to all actions and none of the action's own.
    pub is_common: fn(&str) -> bool,
    /// Parameters that every call may have beside its action's own.
    pub common: &'static [&'static str],
    /// Which parameters hold the facts that a message may name.
    pub facts: &'static [(&'static str, &'static [&'static str])],
    /// The word for a type in the vendor's messages.
    pub type_word: fn(ParamKind) -> &'static str,
    /// Whether a JSON string of digits passes for an integer.
    pub digits_are_integers: fn(&Assumptions) -> bool,
    /// The refusal of a value that breaks the rule of the parameter so named.
    pub bad_value: fn(&'static str, Refusal, &Assumptions) -> Refusal,
}

/// One kind of parameter check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Names that the action does not have.
    Unknown,
    Types,
    Required,
    Rules,
}

/// The meaning of an empty text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// The same as no parameter.
    Absent,
    /// A mistake of its own.
    Refused,
}

/// Checks `params` against the rows of `action`, stage by stage.
///
/// # Errors
///
/// The first stage of the vendor's order that finds something answers, with the first parameter in
/// the order of the rows (of the request, for names that have no row).
pub fn check_params<'a>(
    action: &'static Action,
    params: &'a Params,
    policy: &Policy,
    assumptions: &Assumptions,
) -> Result<Args<'a>, Refusal> {
    let given = action.params.iter().map(|row| given_value(row, params, policy)).collect();
    let reading = ParamReader { rows: action.params, given, params, policy, assumptions };
    for stage in policy.stages {
        match stage {
            Stage::Unknown => reading.check_unknown()?,
            Stage::Types => reading.check_types()?,
            Stage::Required => reading.check_required()?,
            Stage::Rules => reading.check_rules()?,
        }
    }
    let mut values = Vec::with_capacity(action.params.len());
    for (row, given) in reading.each_row() {
        values.push(given.map_or(Ok(None), |given| reading.typed_value(row, given))?);
    }
    Ok(Args { rows: action.params, values, params })
}

struct ParamReader<'r, 'a> {
    rows: &'static [ParamRow],
    /// The value of each row.
    given: Vec<Option<&'a ParamValue>>,
    params: &'a Params,
    policy: &'r Policy,
    assumptions: &'r Assumptions,
}

impl<'a> ParamReader<'_, 'a> {
    fn each_row(&self) -> impl Iterator<Item = (&'static ParamRow, Option<&'a ParamValue>)> {
        self.rows.iter().zip(self.given.iter().copied())
    }

    /// The rows that have a value.
    fn each_given(&self) -> impl Iterator<Item = (&'static ParamRow, &'a ParamValue)> {
        self.each_row().filter_map(|(row, given)| Some((row, given?)))
    }

    fn check_unknown(&self) -> Result<(), Refusal> {
        let stranger = self
            .params
            .pairs
            .iter()
            .find(|(name, _)| !(self.policy.is_common)(name) && !self.rows.iter().any(|row| row.takes(name)));
        stranger.map_or(Ok(()), |(name, _)| {
            Err(Refusal::ParamUnknown { name: beginning_of(name, PARAMETER_NAME.most).to_owned() })
        })
    }

    fn check_types(&self) -> Result<(), Refusal> {
        self.each_given().try_for_each(|(row, given)| self.typed_value(row, given).map(drop))
    }

    fn check_required(&self) -> Result<(), Refusal> {
        for (row, given) in self.each_row() {
            if given.is_some_and(is_blank) {
                return Err(Refusal::ParamEmpty { name: row.name, field: row.alias });
            }
            if row.required && given.is_none() {
                return Err(Refusal::ParamMissing { name: row.name });
            }
        }
        Ok(())
    }

    fn check_rules(&self) -> Result<(), Refusal> {
        for (row, given) in self.each_given() {
            if let Some(arg) = self.typed_value(row, given)? {
                self.check_rule(row, arg)
                    .map_err(|refusal| (self.policy.bad_value)(row.alias, refusal, self.assumptions))?;
            }
        }
        Ok(())
    }

    fn check_rule(&self, row: &ParamRow, arg: Arg<'_>) -> Result<(), Refusal> {
        let number = arg.whole_number();
        let kept = |holds: bool, refusal: Refusal| if holds { Ok(()) } else { Err(refusal) };
        if matches!(arg, Arg::Text(text) if text.len() > PARAMETER.most) {
            return Err(Refusal::ParamInvalid { name: row.alias });
        }
        match row.rule {
            ParamRule::Any => Ok(()),
            ParamRule::Minutes(bounds) => kept(
                number.is_some_and(|minutes| bounds.contains(minutes, self.assumptions)),
                Refusal::LifetimeOutOfRange { name: row.alias },
            ),
            ParamRule::Uses(bounds) => kept(
                number.is_some_and(|uses| bounds.contains(uses, self.assumptions)),
                Refusal::UsesOutOfRange { uses: as_text(arg) },
            ),
            ParamRule::Number(bounds) => kept(
                number.is_some_and(|number| bounds.contains(number, self.assumptions)),
                Refusal::ParamInvalid { name: row.alias },
            ),
            ParamRule::OneOf(known) => {
                kept(number.is_some_and(|number| known.contains(&number)), Refusal::ParamInvalid { name: row.alias })
            }
            ParamRule::Word(known) => {
                kept(matches!(arg, Arg::Text(word) if known.contains(&word)), Refusal::ParamInvalid { name: row.alias })
            }
            ParamRule::Chars(limit) => kept(
                matches!(arg, Arg::Text(text) if text.chars().count() <= limit),
                Refusal::ParamTooLong { name: row.alias, limit },
            ),
        }
    }

    fn typed_value(&self, row: &ParamRow, value: &'a ParamValue) -> Result<Option<Arg<'a>>, Refusal> {
        // A blank is no wrong type; the stage of required parameters has its own word for it.
        if is_blank(value) {
            return Ok(None);
        }
        let arg = match value {
            // A list that came as one text is none.
            ParamValue::Text(_) if row.kind.has_parts() && self.params.get(row.name).is_some() => None,
            ParamValue::Text(text) => text_arg(row.kind, text),
            ParamValue::Json(json) => self.json_arg(row.kind, json),
        };
        let expected = (self.policy.type_word)(row.kind);
        arg.map(Some).ok_or_else(|| Refusal::ParamType { name: row.name.to_owned(), expected })
    }

    fn json_arg(&self, kind: ParamKind, json: &'a Value) -> Option<Arg<'a>> {
        match (kind, json) {
            (ParamKind::Text, Value::String(text)) => Some(Arg::Text(text)),
            (ParamKind::Bool, Value::Bool(truth)) => Some(Arg::Bool(*truth)),
            (ParamKind::List, Value::Array(_)) | (ParamKind::Object, Value::Object(_)) => Some(Arg::Json(json)),
            (ParamKind::Int, Value::Number(number)) => number.as_i64().map(Arg::Int),
            (ParamKind::Nat, Value::Number(number)) => number.as_u64().map(Arg::Nat),
            (ParamKind::Int | ParamKind::Nat, Value::String(text))
                if (self.policy.digits_are_integers)(self.assumptions) =>
            {
                text_arg(kind, text)
            }
            _ => None,
        }
    }
}

/// The value as it came; JSON null is no value, and neither is a blank where the vendor says so.
fn given_value<'a>(row: &ParamRow, params: &'a Params, policy: &Policy) -> Option<&'a ParamValue> {
    let first_part = || {
        let part = params.pairs.iter().find(|(name, value)| row.takes(name) && !is_blank(value));
        part.map(|(_, value)| value)
    };
    match params.get(row.name).or_else(|| if row.kind.has_parts() { first_part() } else { None })? {
        ParamValue::Json(Value::Null) => None,
        value if is_blank(value) && policy.blank == Blank::Absent => None,
        value => Some(value),
    }
}

fn is_blank(value: &ParamValue) -> bool {
    match value {
        ParamValue::Text(text) => text.is_empty(),
        ParamValue::Json(Value::String(text)) => text.is_empty(),
        ParamValue::Json(_) => false,
    }
}

fn text_arg(kind: ParamKind, text: &str) -> Option<Arg<'_>> {
    match kind {
        ParamKind::Text => Some(Arg::Text(text)),
        ParamKind::Int => text.parse().ok().map(Arg::Int),
        ParamKind::Nat => text.parse().ok().map(Arg::Nat),
        // Python SDKs send `True`, JavaScript ones `true`.
        ParamKind::Bool if text.eq_ignore_ascii_case("true") => Some(Arg::Bool(true)),
        ParamKind::Bool if text.eq_ignore_ascii_case("false") => Some(Arg::Bool(false)),
        ParamKind::Bool => None,
        // One part of several; the others stand beside it.
        ParamKind::List | ParamKind::Object => Some(Arg::Text(text)),
    }
}

fn as_text(arg: Arg<'_>) -> String {
    match arg {
        Arg::Text(text) => text.to_owned(),
        Arg::Int(number) => number.to_string(),
        Arg::Nat(number) => number.to_string(),
        Arg::Bool(truth) => truth.to_string(),
        Arg::Json(json) => json.to_string(),
    }
}
