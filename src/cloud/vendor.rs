//! A vendor as a value: tables and plain functions, in a few small values, so that a vendor is read from top to bottom
//! in one place and nothing dispatches through objects.

use std::fmt;
use std::sync::Arc;

use super::answer_examples::AnswerExamples;
use super::catalog::{Action, ErrorRow, ErrorText, KnownAction, Rendered, TicketWork};
use super::client::ClientCall;
use super::examples::Examples;
use super::host::HostRow;
use super::mistakes::Mistake;
use super::params::Policy;
use super::proxy::ProxyHabit;
use super::recipe::Recipe;
use super::telling::TellingStyle;
use super::words::Spoken;
use super::world_file::Section;
use super::{Check, CheckInput, DataCall, PageWords, Proof, RateWindow, Stamp, VisitAsk};
use crate::call::{Call, Language, RawRequest};
use crate::domain::{Assumption, Assumptions, Reason, Refusal, Spelling, Target, Terms, Ticket};
use crate::exhibit::PageSettings;
use crate::reply::{Reply, Said};
use crate::sign::KeptKey;

/// A vendor: its rows and functions.
pub struct Vendor {
    /// The lower-case word used in flags, rules and documents.
    pub name: &'static str,
    /// The data for clients of the vendor.
    pub clients: Clients,
    /// Its part of a world file.
    pub section: &'static Section,
    pub catalog: Catalog,
    pub requests: Requests,
    pub gateway: Gateway,
    pub answers: Answers,
    pub pages: Pages,
}

/// The tables of a vendor, and what follows from them.
pub struct Catalog {
    /// The actions that are served.
    pub actions: &'static [&'static Action],
    /// Every action the vendor has, served or not, with the versions it exists in.
    pub known_actions: &'static [KnownAction],
    pub errors: &'static [&'static ErrorRow],
    /// One call for every error code that a call can provoke.
    pub examples: &'static Examples,
    pub assumptions: &'static [&'static Assumption],
    /// The mistakes that only clients of this vendor make when they sign.
    pub mistakes: &'static [&'static [Mistake]],
    /// The actions that the vendor has and that are not served, with their parameters.
    pub others: &'static [&'static Action],
    /// Examples of the answers of those.
    pub answer_examples: &'static AnswerExamples,
    /// How the vendor tells of things.
    pub telling: &'static TellingStyle,
    /// The treatment of parameters before any action sees them.
    pub policy: &'static Policy,
    /// The terms under which a call of the action changes tickets.
    pub terms: fn(&Action, &TicketWork, &Call, &Assumptions) -> Terms,
}

impl Catalog {
    /// The served action of this name.
    pub fn served_action(&self, name: &str) -> Option<&'static Action> {
        self.actions.iter().copied().find(|action| action.name == name)
    }

    /// The row of every action, the served ones first.
    pub fn rows(&self) -> impl Iterator<Item = &'static Action> + use<> {
        self.actions.iter().chain(self.others).copied()
    }

    /// The row of the action of this name, served or not.
    pub fn row_named(&self, name: &str) -> Option<&'static Action> {
        self.rows().find(|action| action.name == name)
    }

    /// The row of an action in a version of the API, served or not.
    pub fn row_of_action(&self, name: &str, version: &str) -> Option<&'static Action> {
        self.rows().find(|action| action.name == name && action.versions.contains(&version))
    }

    /// The action of this name, served or not.
    pub fn known_action(&self, name: &str) -> Option<&'static KnownAction> {
        self.known_actions.iter().find(|known| known.name == name)
    }

    /// The name under which calls of the action are counted: names that the vendor does not have are any number, so
    /// they share one.
    pub fn counted_name(&self, action: &str) -> &'static str {
        self.known_action(action).map_or("other", |known| known.name)
    }
}

/// Recognition and reading of a vendor's requests.
pub struct Requests {
    /// What [`Requests::has_marks`] looks for, for people whose request had none of it.
    pub marks: &'static str,
    /// The vendor's own hosts, and those that its clients ask beside them.
    pub hosts: &'static [HostRow],
    /// Whether the request carries marks that only this vendor's clients send.
    pub has_marks: fn(&RawRequest) -> bool,
    /// Reads the request. Total: what cannot be read is left out, and the first fault is kept.
    pub read: fn(&RawRequest) -> Call,
    /// Puts the world's answers to open questions into a call that was read without them.
    pub settle: fn(&mut Call, &Assumptions),
    /// The answer to a request that never reaches the API, such as a browser's question before a call.
    pub preflight: fn(&RawRequest, &Assumptions) -> Option<Reply>,
    /// Parameters and headers that carry a signature, a session token or another secret, in lower case.
    pub veiled: &'static [&'static str],
}

/// The checks of a vendor before a call comes in, and its signatures.
pub struct Gateway {
    /// The checks of the gateway in the order in which they answer.
    pub checks: &'static [Check],
    /// The steps of the signature that `secret` gives for the request.
    ///
    /// A vendor may allow several readings of one request; `attempt` counts through them from 0.
    /// `None`: there is no such attempt.
    pub draft: fn(&CheckInput<'_>, &str, usize) -> Option<Recipe>,
    /// Whether the signature that was sent is the one that `secret` gives for the first reading, found without
    /// noting any step. `false` says nothing: the drafts have the last word, and what is unusual is left to them.
    pub holds: fn(&CheckInput<'_>, &str, &KeptKey) -> bool,
    /// Which calls count against the limit of a second.
    pub rate_window: fn(&Assumptions) -> RateWindow,
    /// The refusal of the call that is number `count` of its window, where only `limit` may come in.
    pub throttled: fn(u64, u64, &Assumptions) -> Refusal,
}

/// The envelope of a vendor's answers.
pub struct Answers {
    /// Wraps the action's result, or what is said of a refusal, into the vendor's envelope.
    pub envelope: fn(&Stamp<'_>, &Call, Result<&Rendered, &Said>) -> Reply,
    /// The spelling of the vendor's request ids.
    pub spelling: Spelling,
    /// Where in the body of an answer the request id stands, from the outermost name to the innermost.
    pub request_id_path: &'static [&'static str],
    /// The error that the vendor answers with when a fault is its own.
    pub internal_error: &'static ErrorRow,
    /// The HTTP status of an error row whose status depends on the API version.
    pub status_of_version: fn(&str) -> u16,
    /// The refusal that is told in the place of this one, where the vendor has several ways to say it and no
    /// public source settles which.
    pub as_told: fn(&Refusal, &Spoken<'_>) -> Option<Refusal>,
    /// The language in which the row's message is told.
    pub language: fn(&ErrorRow, &Spoken<'_>) -> Language,
    /// The fact of this name that a refusal for the reason would carry, where it follows from a limit or a habit of the
    /// vendor's and not from a call. Errors that a rule orders take it.
    pub own_fact: fn(Reason, &str, &Assumptions) -> Option<String>,
    /// Whether the code stands in the place of this text.
    pub keeps_back: fn(&ErrorText, &Assumptions) -> bool,
}

/// The embed pages of a vendor.
pub struct Pages {
    /// The visit that the request is, when it is for one of this vendor's pages.
    pub visit: fn(&RawRequest) -> Option<VisitAsk>,
    /// Where an open page of this vendor fetches its data.
    pub data_path: &'static str,
    /// The data call of an open page, when the request is one of this vendor's.
    pub data_call: fn(&RawRequest) -> Option<DataCall>,
    /// Wraps what a data call gets.
    pub data_reply: fn(&Stamp<'_>, Result<&Rendered, &Said>) -> Reply,
    /// Whether there is a page at a path that [`Pages::visit`] takes for one.
    pub has_page: fn(&str, &Assumptions) -> bool,
    /// The terms under which a visit uses a ticket.
    pub visit_terms: fn(&Assumptions) -> Terms,
    /// The HTTP status of a refused visit.
    pub visit_status: fn(&PageWords<'_>) -> u16,
    /// The path and the query that open the page of a ticket.
    pub ticket_link: fn(&Ticket) -> Option<String>,
    /// Why a link that fits its ticket opens nothing all the same, by its query.
    pub link_refusal: fn(&Ticket, &str, &Assumptions) -> Option<Refusal>,
    /// The refusal of a visit that the page tells in the place of this one.
    pub as_told_on_page: fn(&Refusal, &PageWords<'_>) -> Option<Refusal>,
    /// Whether a page that a browser loads ahead of time takes a use.
    pub takes_use_ahead: fn(&Assumptions) -> bool,
    /// Whether an open page gets no more data when its ticket ends.
    pub ends_when_open: fn(&Assumptions) -> bool,
    /// The parameters of an open page, as its ticket and the pairs of its link have them.
    pub settings: fn(&Ticket, &[(String, String)]) -> PageSettings,
    /// The text of the page for a parameter that it does not have.
    pub unknown_parameter: fn(Language) -> &'static str,
    /// The name by which a page of this kind tells its height to the page around it; `None`: it tells nothing.
    pub height_name: fn(&Target, &str) -> Option<Arc<str>>,
}

impl Pages {
    /// A vendor without pages.
    pub const NONE: Self = Self {
        visit: |_| None,
        data_path: "",
        data_call: |_| None,
        data_reply: |_, _| Reply::without_body(404),
        has_page: |_, _| false,
        visit_terms: |_| Terms::default(),
        visit_status: |_| 404,
        ticket_link: |_| None,
        link_refusal: |_, _, _| None,
        as_told_on_page: |_, _| None,
        takes_use_ahead: |_| false,
        ends_when_open: |_| true,
        settings: |_, _| PageSettings::default(),
        unknown_parameter: |_| "",
        height_name: |_, _| None,
    };
}

/// The name stands for all of it.
impl fmt::Debug for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Vendor").field(&self.name).finish()
    }
}

impl Vendor {
    /// Whether the host of this name is one of the vendor's that are answered.
    pub fn owns_host(&self, name: &str) -> bool {
        self.requests.hosts.iter().any(|row| row.role.is_answered() && row.has(name))
    }

    /// The proof of reading number `attempt`, with its intermediates.
    pub fn prove(&self, look: &CheckInput<'_>, secret: &str, attempt: usize) -> Option<Proof> {
        (self.gateway.draft)(look, secret, attempt).map(|draft| draft.prove())
    }

    /// The refusal for a signature that is not the one in `proof`, the first attempt's.
    pub fn mismatch_refusal(&self, proof: Proof) -> Refusal {
        let Proof { canonical_request, string_to_sign, .. } = proof;
        match canonical_request {
            Some(canonical_request) => Refusal::CanonicalMismatch { string_to_sign, canonical_request },
            None => Refusal::SignatureMismatch { string_to_sign },
        }
    }
}

/// The data for clients of a vendor: names of keys, variables of the environment and snippets.
pub struct Clients {
    /// The vendor's name as people write it.
    pub title: &'static str,
    /// The vendor's names for the id and the secret of a key, in snake case.
    pub key_fields: [&'static str; 2],
    /// The variables in which the vendor's own clients look for the id and the secret.
    pub environment: [&'static str; 2],
    /// Further variables by which those clients take other credentials than these: that of a session token, of a profile.
    pub rivals: &'static [&'static str],
    /// What each client does when a variable names a proxy.
    pub proxies: &'static [ProxyHabit],
    /// A program for each client: the name that `env --sdk` knows, and its text.
    pub snippets: &'static [(&'static str, &'static str)],
    /// The request that a client of the vendor sends for the wish, with the signature put in its place.
    pub compose: fn(&ClientCall, &str) -> RawRequest,
}
