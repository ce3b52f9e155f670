//! The one reader of `vendor.Action`, and the words that somebody may use of the calls it means.

use std::fmt;
use std::sync::LazyLock;

use crate::cloud::catalog::{ErrorRow, ErrorScope, ParamRow, VISIT, row_for};
use crate::cloud::{Vendor, vendor_named, vendors};
use crate::document::{did_you_mean, quote_text, suggest_near, suggest_word};
use crate::domain::Reason;

/// The calls that `on` means.
#[derive(Clone, Copy)]
pub struct CallTarget {
    pub vendor: &'static Vendor,
    pub subject: TargetSubject,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetSubject {
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
pub fn find_vendor(name: &str) -> Result<&'static Vendor, Unknown> {
    let names: Vec<_> = vendors().iter().map(|vendor| vendor.name).collect();
    let help = || suggest_word(name, &names).unwrap_or_default();
    vendor_named(name).ok_or_else(|| Unknown { message: format!("unknown vendor {}", quote_text(name)), help: help() })
}

/// Takes `vendor.Action` apart. Whether the vendor has such an action is not looked at.
///
/// # Errors
///
/// It is not written like that, or there is no such vendor.
pub fn vendor_and_action(on: &str) -> Result<(&'static Vendor, &str), Unknown> {
    let Some((name, action)) = on.split_once('.') else {
        let help =
            likely_target(on).unwrap_or_else(|| "write `vendor.Action`, `vendor.*` or `vendor.visit`".to_owned());
        return Err(Unknown { message: format!("{} names no vendor and action", quote_text(on)), help });
    };
    match find_vendor(name) {
        Ok(vendor) => Ok((vendor, action)),
        Err(unknown) => Err(Unknown { help: likely_target(on).unwrap_or(unknown.help), ..unknown }),
    }
}

impl CallTarget {
    /// The calls that `on` means: `vendor.Action`, `vendor.*` or `vendor.visit`.
    ///
    /// # Errors
    ///
    /// A word that nobody has.
    pub fn read(on: &str) -> Result<Self, Unknown> {
        let (vendor, word) = vendor_and_action(on)?;
        let subject = match word {
            "*" => TargetSubject::AnyAction,
            VISIT => TargetSubject::Visit,
            action => match vendor.catalog.known_action(action) {
                Some(known) => TargetSubject::Action(known.name),
                None => {
                    let name = vendor.name;
                    let help =
                        likely_target(on).unwrap_or_else(|| format!("`ticketbooth actions {name}` lists all of them"));
                    return Err(Unknown { message: format!("unknown action {} of {name}", quote_text(action)), help });
                }
            },
        };
        Ok(Self { vendor, subject })
    }

    /// Whether a call of this vendor's action is meant. `action` is the name of a page's kind for a page.
    pub fn covers_action(&self, vendor: &str, action: &str) -> bool {
        let meant = match self.subject {
            TargetSubject::AnyAction => ![VISIT, "look", "data"].contains(&action),
            TargetSubject::Action(name) => name == action,
            TargetSubject::Visit => action == VISIT,
        };
        meant && self.vendor.name == vendor
    }

    /// Whether some call that is meant can be answered with the row's code.
    pub fn can_give(&self, row: &ErrorRow) -> bool {
        match self.subject {
            TargetSubject::AnyAction => row.scope != ErrorScope::Visit,
            TargetSubject::Action(action) => row.scope.covers_action(action),
            TargetSubject::Visit => row.scope == ErrorScope::Visit,
        }
    }

    /// Every code that a call which is meant can be answered with. A page that the vendor has no code for is
    /// refused under the kind of the refusal.
    fn possible_codes(&self) -> impl Iterator<Item = &'static str> + use<'_> {
        let errors = self.vendor.catalog.errors;
        let rows = errors.iter().filter(|row| self.can_give(row)).map(|row| row.code);
        let bare = Reason::ALL.iter().filter(|reason| row_for(errors, VISIT, **reason).is_none());
        let is_visit = self.subject == TargetSubject::Visit;
        rows.chain(bare.filter_map(|reason| reason.visit_kind()).filter(move |_| is_visit))
    }

    /// Whether some call that is meant can be answered with the code.
    ///
    /// # Errors
    ///
    /// None can.
    pub fn answers_with(&self, code: &str) -> Result<(), Unknown> {
        let gives = |known: &str| self.fills_code(known, code).is_some();
        if self.possible_codes().any(gives) { Ok(()) } else { Err(unknown_code(self, code)) }
    }

    /// What a code has in the place of a row's placeholder, which is the name of a parameter; nothing where both are
    /// the same. `None`: it is not the row's code, or no call that is meant has such a parameter.
    pub(crate) fn fills_code(&self, template: &str, code: &str) -> Option<Vec<String>> {
        let filled = fill_template(template, code)?;
        filled.iter().all(|name| self.knows_param(name)).then_some(filled)
    }

    /// The parameters of the actions that are meant.
    fn known_params(&self) -> impl Iterator<Item = &'static ParamRow> + use<'_> {
        let meant = self.vendor.catalog.rows().filter(|action| self.covers_action(self.vendor.name, action.name));
        meant.flat_map(|action| action.params)
    }

    /// Whether some call that is meant can have a parameter of this name, in a message or on the wire. A visitor's
    /// link may have any.
    fn knows_param(&self, name: &str) -> bool {
        let has = |row: &ParamRow| row.name == name || row.alias == name;
        self.subject == TargetSubject::Visit
            || self.known_params().any(has)
            || self.vendor.catalog.policy.common.contains(&name)
    }

    /// Whether some call that is meant can have a parameter of this name. A visitor's link may have any.
    ///
    /// # Errors
    ///
    /// None can, or it holds a secret, which is covered wherever calls are written out: a verdict on it would not be
    /// the same there.
    pub fn has_parameter(&self, name: &str) -> Result<(), Unknown> {
        if self.vendor.requests.veiled.iter().any(|veiled| veiled.eq_ignore_ascii_case(name)) {
            let help = "look at the access key, or at `code` for what came of it".to_owned();
            return Err(Unknown {
                message: format!("{} is secret, and no selector looks at it", quote_text(name)),
                help,
            });
        }
        let names: Vec<&str> = self.known_params().map(|row| row.name).collect();
        let common = self.vendor.catalog.policy.common;
        if names.is_empty() || names.contains(&name) || common.contains(&name) {
            return Ok(());
        }
        let lists = || format!("`ticketbooth actions {self}` lists all of them");
        let help = suggest_near(name, names.iter().chain(common).copied()).unwrap_or_else(lists);
        Err(Unknown { message: format!("unknown parameter {}", quote_text(name)), help })
    }
}

impl fmt::Display for CallTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.subject {
            TargetSubject::AnyAction => "*",
            TargetSubject::Action(action) => action,
            TargetSubject::Visit => VISIT,
        };
        write!(f, "{}.{word}", self.vendor.name)
    }
}

impl fmt::Debug for CallTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The error for a code that no selected call can be answered with.
pub(crate) fn unknown_code(on: &CallTarget, code: &str) -> Unknown {
    let name = on.vendor.name;
    let errors = on.vendor.catalog.errors;
    let is_visit = on.subject == TargetSubject::Visit;
    let of_kind = Reason::ALL.iter().filter(|reason| is_visit && reason.visit_kind() == Some(code));
    if let Some((row, _)) = of_kind.filter_map(|reason| row_for(errors, VISIT, *reason)).next() {
        let message = format!("{} is a kind of refused visit, and {name} has a code for it", quote_text(code));
        return Unknown { message, help: format!("write `{}`", row.code) };
    }
    let exists = errors.iter().any(|row| fill_template(row.code, code).is_some());
    let message = match (exists, on.subject) {
        (false, _) => format!("unknown error code {} of {name}", quote_text(code)),
        (true, TargetSubject::AnyAction) => format!("no call of {name} answers with {}", quote_text(code)),
        (true, TargetSubject::Action(action)) => format!("{name}.{action} never answers with {}", quote_text(code)),
        (true, TargetSubject::Visit) => format!("a visit never answers with {}", quote_text(code)),
    };
    let list = if on.subject == TargetSubject::AnyAction { name.to_owned() } else { on.to_string() };
    let lists = format!("`ticketbooth codes {list}` lists all of them");
    let near = suggest_near(code, on.possible_codes()).map(|near| near + " ").unwrap_or_default();
    Unknown { message, help: near + &lists }
}

/// What a code has in the place of the row's placeholder; nothing where both are the same. `None`: it is not the
/// row's code.
fn fill_template(template: &str, code: &str) -> Option<Vec<String>> {
    if template == code {
        return Some(Vec::new());
    }
    let (before, rest) = template.split_once('{')?;
    let (_, after) = rest.split_once('}')?;
    let filled = code.strip_prefix(before)?.strip_suffix(after)?;
    (!filled.is_empty()).then(|| vec![filled.to_owned()])
}

/// The help that names what was probably meant by `on`.
fn likely_target(on: &str) -> Option<String> {
    // An action of another vendor is nearer than one of this vendor that is only spelled like it.
    let action = on.rsplit('.').next().unwrap_or(on);
    let is_same = |word: &&String| word.split_once('.').is_some_and(|(_, known)| known == action);
    let same = if ["*", VISIT].contains(&action) { None } else { WORDS.iter().find(is_same) };
    same.map(|same| did_you_mean(same)).or_else(|| suggest_near(on, WORDS.iter().map(String::as_str)))
}

/// Everything that can be meant, the served actions of a vendor before its others.
static WORDS: LazyLock<Vec<String>> =
    LazyLock::new(|| vendors().iter().flat_map(|vendor| target_words(vendor)).collect());

fn target_words(vendor: &Vendor) -> Vec<String> {
    let served = vendor.catalog.actions.iter().map(|action| action.name);
    let known = vendor.catalog.known_actions.iter().map(|known| known.name);
    served.chain([VISIT, "*"]).chain(known).map(|word| format!("{}.{word}", vendor.name)).collect()
}
