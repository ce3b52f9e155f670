//! The rules of the booth: what a ticket is, what may be done to it, and what is refused.
//!
//! Pure values and total functions. There is no HTTP here, no clock, no dice and no vendor: time and
//! ids come in as arguments, and what one vendor does differently comes in as [`Terms`].
//! A refusal is a reason with facts; the vendor's rows turn it into a code and a text.

#[macro_use]
mod assumption;
mod ask;
mod command;
mod decide;
mod refusal;
mod request_id;
mod target;
mod terms;
mod ticket;
mod time;

pub use ask::{
    AccountAsk, Ask, IssueAsk, IssueLimits, IssueSubject, ModuleAsk, ModuleUser, Order, OutOfScope, PageAsk,
    TicketDraft, TicketScope, WorkAsk,
};
pub use assumption::{Assumption, Assumptions, Choice, ChoiceSet, Class, Evidence, Side, Switch};
pub use command::{Command, Ending, Issue, Uses};
pub use decide::{Current, after_refusal, decide};
pub use refusal::{Reason, Refusal};
pub use request_id::{RequestId, Spelling};
pub use target::{Target, TargetHint, User, View};
pub use terms::{AfterEnd, ExtendFrom, RefusedVisit, Renewal, Terms, VisitOrder};
pub use ticket::{Change, Extras, Family, IdForm, Ticket, TicketId, TicketState, TicketStatus};
pub use time::{Timestamp, format_rfc3339};
