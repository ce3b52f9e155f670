//! The request of a call, after its parameters were read and before the world was looked at.

use std::sync::Arc;

use super::{Command, Extras, Family, IdForm, Refusal, Renewal, Target, TargetHint, Ticket, User, View};

/// The request of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    Issue(Box<IssueAsk>),
    /// Something to be done to the ticket of this text, whatever its target.
    Act {
        ticket: String,
        command: Command,
    },
    /// The end of all tickets of one target.
    Clear {
        organization: String,
        subject: PageAsk,
    },
}

/// Tickets that are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueAsk {
    pub subject: IssueSubject,
    pub account: AccountAsk,
    pub family: Family,
    pub form: IdForm,
    /// `None`: without limit.
    pub uses: Option<u32>,
    pub minutes: u32,
    /// How many tickets at once.
    pub count: u32,
    pub renewal: Renewal,
    pub limits: IssueLimits,
    pub extras: Extras,
}

/// The thing that the tickets shall open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IssueSubject {
    Work(WorkAsk),
    Module(ModuleAsk),
    Page(PageAsk),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkAsk {
    pub work: String,
    pub component: Option<String>,
}

/// An embed module of an assistant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleAsk {
    /// The kind of thing in the world that it is.
    pub kind: &'static str,
    pub module: String,
    /// Whose the tickets are where nobody is named.
    pub unnamed: ModuleUser,
}

/// The user of a ticket for a module that names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModuleUser {
    /// Whoever calls.
    Caller,
    /// Whoever made the module.
    Maker,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageAsk {
    pub project: String,
    pub page: Option<String>,
    pub view: View,
}

/// The user that the tickets shall act as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountAsk {
    /// Nobody was named: the owner of the work where a ticket needs somebody, else nobody.
    Unnamed,
    Id {
        organization: Option<String>,
        id: String,
    },
    Name {
        name: String,
        kind: i64,
    },
}

/// Bounds of an issue that only the store can see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IssueLimits {
    /// How many live tickets of the family one user may hold.
    pub live_per_user: Option<u32>,
}

/// An [`Ask`] that the world resolved: everything in it exists and is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    Issue {
        draft: Box<TicketDraft>,
        count: u32,
    },
    Act {
        ticket: String,
        command: Command,
        reach: Option<TicketScope>,
    },
    /// The end of all tickets whose target fits.
    Clear {
        targets: TargetHint,
    },
}

/// The tickets that a caller may act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketScope {
    pub organization: Arc<str>,
    pub beyond: OutOfScope,
}

/// The refusal of a ticket that is out of scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutOfScope {
    /// They are there, but not for this caller.
    Forbidden,
    /// They do not exist for the caller.
    Unknown,
}

impl TicketScope {
    /// Why the caller may not touch `ticket`, if it may not. A ticket bound to nobody is everybody's.
    pub fn refuse_ticket(&self, ticket: &Ticket) -> Option<Refusal> {
        let holder = ticket.user.as_ref()?;
        if holder.organization == self.organization {
            return None;
        }
        Some(match self.beyond {
            OutOfScope::Forbidden => Refusal::ObjectForbidden {},
            OutOfScope::Unknown => Refusal::TicketUnknown { ticket: ticket.id.to_string() },
        })
    }
}

/// A ticket before it has an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketDraft {
    pub family: Family,
    pub form: IdForm,
    pub target: Target,
    pub user: Option<User>,
    pub uses: Option<u32>,
    pub minutes: u32,
    pub renewal: Renewal,
    pub limits: IssueLimits,
    pub extras: Option<Box<Extras>>,
}
