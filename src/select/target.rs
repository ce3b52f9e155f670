//! The one reader of `vendor.Action`, and the words that somebody may use of the calls it means.

use std::fmt;
use std::sync::LazyLock;

use crate::document::{meant, near, quote, suggestion};
use crate::domain::Reason;
use crate::vendor::catalog::{ErrorRow, ParamRow, Scope, VISIT, row_for};
use crate::vendor::{VENDORS, Vendor, named};

/// The calls that `on` means.
#[derive(Clone, Copy)]
pub struct Target {
    pub vendor: &'static Vendor,
    pub subject: Subject,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Every call of the API, and no visit.
    AnyAction,
    Action(&'static str),
    Visit,
}

/// A word that nobody has, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    pub message: String,
    pub help: String,
}

/// The vendor of this name.
///
/// # Errors
///
/// There is none.
pub fn vendor(name: &str) -> Result<&'static Vendor, Unknown> {
    let names: Vec<_> = VENDORS.iter().map(|vendor| vendor.name()).collect();
    let help = || suggestion(name, &names).unwrap_or_default();
    named(name).ok_or_else(|| Unknown { message: format!("unknown vendor {}", quote(name)), help: help() })
}

/// Takes `vendor.Action` apart. Whether the vendor has such an action is not looked at.
///
/// # Errors
///
/// It is not written like that, or there is no such vendor.
pub fn vendor_and_action(on: &str) -> Result<(&'static Vendor, &str), Unknown> {
    let Some((name, action)) = on.split_once('.') else {
        let help = probably(on).unwrap_or_else(|| "write `vendor.Action`, `vendor.*` or `vendor.visit`".to_owned());
        return Err(Unknown { message: format!("{} names no vendor and action", quote(on)), help });
    };
    match vendor(name) {
        Ok(vendor) => Ok((vendor, action)),
        Err(unknown) => Err(Unknown { help: probably(on).unwrap_or(unknown.help), ..unknown }),
    }
}

impl Target {
    /// The calls that `on` means: `vendor.Action`, `vendor.*` or `vendor.visit`.
    ///
    /// # Errors
    ///
    /// A word that nobody has.
    pub fn read(on: &str) -> Result<Self, Unknown> {
        let (vendor, word) = vendor_and_action(on)?;
        let subject = match word {
            "*" => Subject::AnyAction,
            VISIT => Subject::Visit,
            action => match vendor.known_actions.iter().find(|known| known.name == action) {
                Some(known) => Subject::Action(known.name),
                None => {
                    let name = vendor.name();
                    let help =
                        probably(on).unwrap_or_else(|| format!("`ticketbooth actions {name}` lists all of them"));
                    return Err(Unknown { message: format!("unknown action {} of {name}", quote(action)), help });
                }
            },
        };
        Ok(Self { vendor, subject })
    }

    /// Whether a call of this vendor's action is meant. `action` is the name of a page's kind for a page.
    pub fn covers(&self, vendor: &str, action: &str) -> bool {
        let meant = match self.subject {
            Subject::AnyAction => ![VISIT, "look", "data"].contains(&action),
            Subject::Action(name) => name == action,
            Subject::Visit => action == VISIT,
        };
        meant && self.vendor.name() == vendor
    }

    /// Whether some call that is meant can be answered with the row's code.
    pub fn can_give(&self, row: &ErrorRow) -> bool {
        match self.subject {
            Subject::AnyAction => row.scope != Scope::Visit,
            Subject::Action(action) => row.scope.covers(action),
            Subject::Visit => row.scope == Scope::Visit,
        }
    }

    /// Every code that a call which is meant can be answered with. A page that the vendor has no code for is
    /// refused under the kind of the refusal.
    fn codes(&self) -> impl Iterator<Item = &'static str> + use<'_> {
        let errors = self.vendor.errors;
        let rows = errors.iter().filter(|row| self.can_give(row)).map(|row| row.code);
        let bare = Reason::ALL.iter().filter(|reason| row_for(errors, VISIT, **reason).is_none());
        let is_visit = self.subject == Subject::Visit;
        rows.chain(bare.filter_map(|reason| reason.visit_kind()).filter(move |_| is_visit))
    }

    /// Whether some call that is meant can be answered with the code.
    ///
    /// # Errors
    ///
    /// None can.
    pub fn answers_with(&self, code: &str) -> Result<(), Unknown> {
        let gives = |known: &str| self.fills(known, code).is_some();
        if self.codes().any(gives) { Ok(()) } else { Err(unknown_code(self, code)) }
    }

    /// What a code has in the place of a row's placeholder, which is the name of a parameter; nothing where both are
    /// the same. `None`: it is not the row's code, or no call that is meant has such a parameter.
    pub(crate) fn fills(&self, template: &str, code: &str) -> Option<Vec<String>> {
        let filled = fills(template, code)?;
        filled.iter().all(|name| self.knows(name)).then_some(filled)
    }

    /// The parameters of the actions that are meant.
    fn params(&self) -> impl Iterator<Item = &'static ParamRow> + use<'_> {
        let served = self.vendor.actions.iter().filter(|action| self.covers(self.vendor.name(), action.name));
        served.flat_map(|action| action.params)
    }

    /// Whether some call that is meant can have a parameter of this name, in a message or on the wire. Of an action
    /// that is not served no parameters are known.
    fn knows(&self, name: &str) -> bool {
        let has = |row: &ParamRow| row.name == name || row.alias == name;
        self.params().next().is_none() || self.params().any(has) || self.vendor.policy.common.contains(&name)
    }

    /// Whether some call that is meant can have a parameter of this name. A visitor's link may have any.
    ///
    /// # Errors
    ///
    /// None can, or it holds a secret, which is covered wherever calls are written out: a verdict on it would not be
    /// the same there.
    pub fn has_parameter(&self, name: &str) -> Result<(), Unknown> {
        if self.vendor.veiled.iter().any(|veiled| veiled.eq_ignore_ascii_case(name)) {
            let help = "look at the access key, or at `code` for what came of it".to_owned();
            return Err(Unknown { message: format!("{} is secret, and no selector looks at it", quote(name)), help });
        }
        let names: Vec<&str> = self.params().map(|row| row.name).collect();
        let common = self.vendor.policy.common;
        if names.is_empty() || names.contains(&name) || common.contains(&name) {
            return Ok(());
        }
        let lists = || format!("`ticketbooth actions {self}` lists all of them");
        let help = near(name, names.iter().chain(common).copied()).unwrap_or_else(lists);
        Err(Unknown { message: format!("unknown parameter {}", quote(name)), help })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.subject {
            Subject::AnyAction => "*",
            Subject::Action(action) => action,
            Subject::Visit => VISIT,
        };
        write!(f, "{}.{word}", self.vendor.name())
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// What is wrong with a code that no call which is meant is answered with.
pub(crate) fn unknown_code(on: &Target, code: &str) -> Unknown {
    let name = on.vendor.name();
    let errors = on.vendor.errors;
    let is_visit = on.subject == Subject::Visit;
    let of_kind = Reason::ALL.iter().filter(|reason| is_visit && reason.visit_kind() == Some(code));
    if let Some((row, _)) = of_kind.filter_map(|reason| row_for(errors, VISIT, *reason)).next() {
        let message = format!("{} is a kind of refused visit, and {name} has a code for it", quote(code));
        return Unknown { message, help: format!("write `{}`", row.code) };
    }
    let exists = errors.iter().any(|row| fills(row.code, code).is_some());
    let message = match (exists, on.subject) {
        (false, _) => format!("unknown error code {} of {name}", quote(code)),
        (true, Subject::AnyAction) => format!("no call of {name} answers with {}", quote(code)),
        (true, Subject::Action(action)) => format!("{name}.{action} never answers with {}", quote(code)),
        (true, Subject::Visit) => format!("a visit never answers with {}", quote(code)),
    };
    let list = if on.subject == Subject::AnyAction { name.to_owned() } else { on.to_string() };
    let lists = format!("`ticketbooth codes {list}` lists all of them");
    let near = near(code, on.codes()).map(|near| near + " ").unwrap_or_default();
    Unknown { message, help: near + &lists }
}

/// What a code has in the place of the row's placeholder; nothing where both are the same. `None`: it is not the
/// row's code.
fn fills(template: &str, code: &str) -> Option<Vec<String>> {
    if template == code {
        return Some(Vec::new());
    }
    let (before, rest) = template.split_once('{')?;
    let (_, after) = rest.split_once('}')?;
    let filled = code.strip_prefix(before)?.strip_suffix(after)?;
    (!filled.is_empty()).then(|| vec![filled.to_owned()])
}

/// The help that names what was probably meant by `on`.
fn probably(on: &str) -> Option<String> {
    // An action of another vendor is nearer than one of this vendor that is only spelled like it.
    let action = on.rsplit('.').next().unwrap_or(on);
    let is_same = |word: &&String| word.split_once('.').is_some_and(|(_, known)| known == action);
    let same = if ["*", VISIT].contains(&action) { None } else { WORDS.iter().find(is_same) };
    same.map(|same| meant(same)).or_else(|| near(on, WORDS.iter().map(String::as_str)))
}

/// Everything that can be meant, the served actions of a vendor before its others.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| VENDORS.iter().flat_map(|vendor| words(vendor)).collect());

fn words(vendor: &Vendor) -> Vec<String> {
    let served = vendor.actions.iter().map(|action| action.name);
    let known = vendor.known_actions.iter().map(|known| known.name);
    served.chain([VISIT, "*"]).chain(known).map(|word| format!("{}.{word}", vendor.name())).collect()
}
