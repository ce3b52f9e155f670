//! The rows: what an action, a parameter and an error is, as data with a source.

use serde::{Serialize, Serializer};
use std::fmt::Display;
use std::sync::OnceLock;

use super::param_rows::Args;
pub use super::param_rows::{ParamKind, ParamRow, ParamRule, ValueRange};
pub use super::rendered::{JsonObject, Rendered};
use super::telling::Telling;
use super::writing::Writing;
use crate::call::{Language, RawRequest};
use crate::domain::{Ask, Assumptions, Class, Evidence, Family, Order, Reason, Refusal, Terms, Ticket, Timestamp};
use crate::world::World;

/// An action that is served.
#[derive(Debug)]
pub struct Action {
    /// The wire name, case-sensitive.
    pub name: &'static str,
    /// The API versions that have it.
    pub versions: &'static [&'static str],
    /// One sentence for lists.
    pub about: &'static str,
    pub params: &'static [ParamRow],
    pub does: Does,
    pub reasons: Reasons,
    pub evidence: Evidence,
    pub source: &'static str,
}

/// The work of an action, once its parameters are checked.
#[derive(Debug)]
pub enum Does {
    /// It makes tickets or acts on them.
    Tickets(TicketWork),
    /// It tells of things of the world.
    Tells(&'static Telling),
    /// It changes things of the world.
    Writes(&'static Writing),
    /// Nothing here: the vendor has the action, and the emulator does not serve it.
    Nothing,
}

/// The work of an action on tickets.
#[derive(Debug)]
pub struct TicketWork {
    /// The kind of ticket it makes or acts on.
    pub family: Family,
    pub terms: fn(&Assumptions) -> Terms,
    /// Moves checked parameters into an [`Ask`] and applies the rules across parameters.
    pub parse: fn(&Args<'_>, &Assumptions) -> Result<Ask, Refusal>,
    /// The action's part of the answer; the envelope adds the rest.
    pub render: fn(&ActionResult<'_>) -> Rendered,
}

/// The reasons that an action can refuse for, found out when that is first asked.
#[derive(Debug, Default)]
pub struct Reasons(OnceLock<[u128; 2]>);

impl Reasons {
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }
}

impl Does {
    /// One word for it: `tickets`, `tells`, `writes` or `nothing`.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Tickets(_) => "tickets",
            Self::Tells(_) => "tells",
            Self::Writes(_) => "writes",
            Self::Nothing => "nothing",
        }
    }
}

impl Action {
    /// The kind of ticket that it makes or acts on.
    pub fn family(&self) -> Option<Family> {
        if let Does::Tickets(work) = &self.does { Some(work.family) } else { None }
    }

    /// Whether there is a row of these in which the action can end for this reason.
    pub fn refuses(&self, rows: &'static [&'static ErrorRow], reason: Reason) -> bool {
        let place = reason as usize;
        let bits = self.reasons.0.get_or_init(|| {
            let mut bits = [0; 2];
            for known in Reason::ALL.iter().filter(|reason| row_for(rows, self.name, **reason).is_some()) {
                bits[*known as usize / 128] |= 1_u128 << (*known as usize % 128);
            }
            bits
        });
        bits[place / 128] & (1 << (place % 128)) != 0
    }
}

const _: () = assert!(Reason::ALL.len() <= 256, "every reason needs a bit");

/// The value as JSON.
pub fn to_rendered(value: &impl Serialize) -> Rendered {
    Rendered::of(value)
}

/// A field that is written as text, whatever it is.
pub fn as_text<T: Display, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

/// The data that an action renders its answer from.
#[derive(Clone, Copy)]
pub struct ActionResult<'a> {
    pub args: &'a Args<'a>,
    pub order: &'a Order,
    /// The tickets as they are now; empty for an order that leaves none.
    pub tickets: &'a [Ticket],
    /// The user behind the key, or the key's id where the world names none.
    pub caller: &'a str,
    pub now: Timestamp,
    pub assumptions: &'a Assumptions,
    pub world: &'a World,
    /// The request of the call.
    pub raw: &'a RawRequest,
}

/// An action that the vendor has, whether it is served here or not.
#[derive(Clone, Copy, Debug)]
pub struct KnownAction {
    pub name: &'static str,
    pub versions: &'static [&'static str],
}

/// One error code of a vendor.
#[derive(Debug)]
pub struct ErrorRow {
    pub code: &'static str,
    pub class: Class,
    pub scope: ErrorScope,
    pub status: StatusRule,
    /// The texts the code is seen with; the first is the one of a refusal that is only scripted.
    pub texts: &'static [ErrorText],
    pub source: &'static str,
}

/// The calls that can be answered with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorScope {
    /// Any call, served or not.
    Gateway,
    /// These sets of actions and no others.
    Actions(&'static [&'static [&'static str]]),
    /// An embed page.
    Visit,
}

/// The HTTP status of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusRule {
    Fixed(u16),
    /// The status of business errors in the version that was called.
    OfVersion,
}

/// One text of a code: `{fact}` stands for a fact of the refusal, or for `request_id`, `action`,
/// `version` and `host` of the call.
#[derive(Debug)]
pub struct ErrorText {
    /// The reasons that end here; none: only a rule can provoke it.
    pub reasons: &'static [Reason],
    pub english: &'static str,
    /// `None`: the English one in every language.
    pub chinese: Option<&'static str>,
    pub evidence: Evidence,
}

/// The facts that a call adds to those of its refusal.
pub const CALL_FACTS: &[&str] = &["request_id", "action", "version", "host"];

impl ErrorText {
    /// The text in the language, where there is one.
    pub fn in_language(&self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.chinese.unwrap_or(self.english),
            Language::English => self.english,
        }
    }
}

impl ErrorScope {
    pub fn covers_action(&self, action: &str) -> bool {
        match self {
            Self::Gateway => true,
            Self::Actions(sets) => sets.iter().any(|set| set.contains(&action)),
            Self::Visit => action == VISIT,
        }
    }
}

/// The name under which an embed page stands where an action's name is asked for.
pub const VISIT: &str = "visit";

/// The row and text in which `reason` ends when `action` meets it.
///
/// A row of the action itself goes before one of the gateway.
pub fn row_for(
    rows: &'static [&'static ErrorRow],
    action: &str,
    reason: Reason,
) -> Option<(&'static ErrorRow, &'static ErrorText)> {
    let found = |own: bool| {
        rows.iter()
            .filter(|row| (row.scope != ErrorScope::Gateway) == own && row.scope.covers_action(action))
            .find_map(|row| row.texts.iter().find(|text| text.reasons.contains(&reason)).map(|text| (*row, text)))
    };
    found(true).or_else(|| found(false))
}

/// The row of a code as the rows spell it, for a call of the action.
///
/// A row of the action itself goes before one of the gateway.
pub fn row_of_code(rows: &'static [&'static ErrorRow], action: &str, code: &str) -> Option<&'static ErrorRow> {
    let fitting = || rows.iter().copied().filter(|row| row.code == code && row.scope.covers_action(action));
    fitting().find(|row| row.scope != ErrorScope::Gateway).or_else(|| fitting().next())
}

/// Fills `{name}` in a message template; a name that `fact` does not know stays as it stands.
pub fn fill_template(template: &str, mut fact: impl FnMut(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else { break };
        text.push_str(&rest[..start]);
        let name = &rest[start + 1..start + length];
        match fact(name) {
            Some(value) => text.push_str(&value),
            None => text.push_str(&rest[start..=start + length]),
        }
        rest = &rest[start + length + 1..];
    }
    text.push_str(rest);
    text
}
