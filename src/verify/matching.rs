//! Which calls somebody means: `alibaba.CreateTicket` with parameters that look like this.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::call::{ParamValue, RawRequest};
use crate::document::nearest;
use crate::domain::Reason;
use crate::journal::{Kind, Told};
use crate::rules::Glob;
use crate::sign::decode_pairs;
use crate::vendor::catalog::{Scope, VISIT};
use crate::vendor::{VENDORS, Vendor, named};

/// A value that a parameter is to have: texts are globs.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Wanted {
    Text(String),
    Flag(bool),
    Whole(i64),
    Number(f64),
}

/// What parameters are to be like, by their names.
pub type Where = BTreeMap<String, Wanted>;

/// The calls that are meant.
#[derive(Clone)]
pub struct Pattern {
    vendor: &'static dyn Vendor,
    action: Actions,
    code: Option<String>,
    params: Vec<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Actions {
    /// Every call of the API; visits are asked for by name.
    Every,
    One(&'static str),
    Visits,
}

/// A word that nobody has, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    pub message: String,
    pub hint: String,
}

impl Pattern {
    /// The pattern of `on`, `where` and `code`.
    ///
    /// # Errors
    ///
    /// The first word that nobody has.
    pub fn new(on: &str, params: &Where, code: Option<&str>) -> Result<Self, Unknown> {
        let (vendor, action) = on.split_once('.').unwrap_or((on, ""));
        let vendor =
            named(vendor).ok_or_else(|| unknown("vendor", vendor, VENDORS.iter().map(|known| known.name())))?;
        let names = || vendor.known_actions().iter().map(|known| known.name);
        let action = match action {
            "*" => Actions::Every,
            VISIT => Actions::Visits,
            _ => match names().find(|known| *known == action) {
                Some(known) => Actions::One(known),
                None => {
                    let kind = format!("action of {}", vendor.name());
                    return Err(unknown(&kind, action, names().chain([VISIT, "*"])));
                }
            },
        };
        let params = params.iter().map(|(name, wanted)| (name.clone(), wanted.text())).collect();
        let pattern = Self { vendor, action, code: code.map(str::to_owned), params };
        match code {
            Some(code) if !pattern.can_end_in(code) => Err(pattern.unknown_code(code)),
            _ => Ok(pattern),
        }
    }

    /// Whether it names more than the action.
    pub fn is_narrow(&self) -> bool {
        self.code.is_some() || self.looks_at_params()
    }

    /// Whether it takes the call itself to tell.
    pub fn looks_at_params(&self) -> bool {
        !self.params.is_empty()
    }

    /// Whether a call that was counted under these names is of the action that is meant.
    pub fn is_on(&self, vendor: &str, counted: &str) -> bool {
        let of_page = [VISIT, LOOK, DATA].contains(&counted);
        vendor == self.vendor.name()
            && match self.action {
                Actions::Every => !of_page,
                Actions::One(name) => name == counted,
                Actions::Visits => counted == VISIT,
            }
    }

    /// Whether the code of an answer is the one that is meant, if any is.
    pub fn has_code(&self, code: Option<&str>) -> bool {
        self.code.as_deref().is_none_or(|wanted| code == Some(wanted))
    }

    /// Whether this very call is meant.
    pub fn fits(&self, told: &Told) -> bool {
        self.is_on(told.vendor, told.counted) && self.has_code(told.outcome.code()) && self.fits_params(told)
    }

    fn fits_params(&self, told: &Told) -> bool {
        if self.params.is_empty() {
            return true;
        }
        let sent = sent_by(self.vendor, told.kind, &told.raw);
        let value = |name: &str| sent.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        self.params.iter().all(|(name, wanted)| value(name).is_some_and(|value| Glob::new(wanted).fits(value)))
    }

    fn codes(&self) -> impl Iterator<Item = &'static str> + use<'_> {
        let covers = |scope: Scope| match self.action {
            Actions::Every => !matches!(scope, Scope::Visit),
            Actions::One(name) => scope.covers(name),
            Actions::Visits => matches!(scope, Scope::Visit),
        };
        let rows = self.vendor.errors().iter().filter(move |row| covers(row.scope)).map(|row| row.code);
        // A page that the vendor has no code for is refused in words of ours.
        let kinds = Reason::ALL.iter().filter_map(|reason| reason.visit_kind());
        let visits = self.action == Actions::Visits;
        rows.chain(kinds.filter(move |_| visits))
    }

    fn can_end_in(&self, code: &str) -> bool {
        self.codes().any(|known| match (known.find('{'), known.find('}')) {
            (Some(from), Some(to)) => Glob::new(&format!("{}*{}", &known[..from], &known[to + 1..])).fits(code),
            _ => known == code,
        })
    }

    fn on(&self) -> String {
        let action = match self.action {
            Actions::Every => "*",
            Actions::One(action) => action,
            Actions::Visits => VISIT,
        };
        format!("{}.{action}", self.vendor.name())
    }

    fn unknown_code(&self, code: &str) -> Unknown {
        let name = self.vendor.name();
        let hint = match nearest(code, self.codes()) {
            Some(near) => format!("did you mean \"{near}\"? `ticketbooth codes {name}` lists all of them"),
            None => format!("`ticketbooth codes {name}` lists all of them"),
        };
        Unknown { message: format!("{} never answers with the code \"{code}\"", self.on()), hint }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.on())?;
        if let Some(code) = &self.code {
            write!(f, " answered with {code}")?;
        }
        for (place, (name, wanted)) in self.params.iter().enumerate() {
            write!(f, "{}{name}={wanted}", if place == 0 { " where " } else { ", " })?;
        }
        Ok(())
    }
}

/// The names under which the journal has what is neither a call nor a visit.
const LOOK: &str = "look";
const DATA: &str = "data";

fn unknown(kind: &str, word: &str, known: impl Iterator<Item = &'static str> + Clone) -> Unknown {
    let hint = match nearest(word, known.clone()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("one of {}", known.collect::<Vec<_>>().join(", ")),
    };
    Unknown { message: format!("unknown {kind} \"{word}\""), hint }
}

/// The parameters of a call, or of the link of a visit, that have one value each, as texts.
pub fn sent_by(vendor: &dyn Vendor, kind: Kind, raw: &RawRequest) -> Vec<(String, String)> {
    match kind {
        Kind::Visit | Kind::Look | Kind::Data => decode_pairs(raw.query().as_bytes()),
        Kind::Call => {
            let params = vendor.read(raw).params.pairs;
            params.into_iter().filter_map(|(name, value)| Some((name, text_of(value)?))).collect()
        }
    }
}

fn text_of(value: ParamValue) -> Option<String> {
    match value {
        ParamValue::Text(text) | ParamValue::Json(Value::String(text)) => Some(text),
        ParamValue::Json(Value::Bool(flag)) => Some(flag.to_string()),
        ParamValue::Json(Value::Number(number)) => Some(number.to_string()),
        ParamValue::Json(_) => None,
    }
}

impl Wanted {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Flag(flag) => flag.to_string(),
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
        }
    }
}
