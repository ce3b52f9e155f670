//! A request to the admin API as its endpoint sees it: the chosen sandbox, the query, the body.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::{Access, AdminError, Endpoint};
use crate::call::RawRequest;
use crate::cloud::vendors;
use crate::document::{self, suggest_word};
use crate::domain::TicketId;
use crate::emulator::{DEFAULT, Emulator, Epoch, JournalOf, Sandbox};
use crate::export::BadFilter;
use crate::export::EVERY;

/// The header that chooses a sandbox, where the query does not.
pub(super) const SANDBOX_HEADER: &str = "x-ticketbooth-sandbox";

/// Requests that a deleted sandbox answers while its journal is kept.
const PAST: &[(&str, &str)] = &[
    ("GET", "/journal"),
    ("GET", "/journal/{id}"),
    ("GET", "/explain"),
    ("GET", "/explain/{id}"),
    ("POST", "/verify"),
];

/// Requests about all sandboxes at once, by the name [`EVERY`].
const WHOLE: &[(&str, &str)] = &[
    ("GET", "/journal"),
    ("GET", "/journal/{id}"),
    ("GET", "/explain"),
    ("GET", "/explain/{id}"),
    ("POST", "/verify"),
    ("GET", "/events"),
];

/// A request for one endpoint.
pub struct AdminRequest<'a> {
    pub emulator: &'a Emulator,
    pub raw: &'a RawRequest,
    pub sandbox: Arc<Sandbox>,
    is_every: bool,
    /// The path segment for `{id}`.
    id: Option<String>,
    query: Vec<(String, String)>,
}

impl<'a> AdminRequest<'a> {
    pub(super) fn new(
        emulator: &'a Emulator,
        raw: &'a RawRequest,
        endpoint: &Endpoint,
        id: Option<String>,
    ) -> Result<Self, AdminError> {
        let query: Vec<(String, String)> = form_urlencoded::parse(raw.query().as_bytes()).into_owned().collect();
        if endpoint.access == Access::Public {
            // Probes of all kinds ask for health, and put into the query what they like. Whoever needs no token learns
            // nothing about what there is.
            let sandbox = Arc::clone(emulator.default_sandbox());
            return Ok(Self { emulator, raw, sandbox, is_every: false, id, query });
        }
        let known = || endpoint.query.iter().map(|(name, _)| *name).chain(["sandbox"]);
        for (name, _) in &query {
            if !known().any(|known| known == name) {
                let hint = suggest_word(name, &known().collect::<Vec<_>>()).unwrap_or_default();
                return Err(AdminError::new(400, "bad_query", format!("unknown query parameter \"{name}\""), hint));
            }
        }
        let of_query = query.iter().find(|(name, _)| name == "sandbox").map(|(_, value)| value.as_str());
        let sandbox = of_query.or_else(|| raw.header(SANDBOX_HEADER)).unwrap_or(DEFAULT);
        let past =
            || emulator.sandboxes().find_departed(sandbox).filter(|_| PAST.contains(&(endpoint.method, endpoint.path)));
        let is_every = sandbox == EVERY;
        if is_every && !WHOLE.contains(&(endpoint.method, endpoint.path)) {
            let hint = "name one; the journal, verify and the events take all of them at once";
            return Err(AdminError::new(400, "one_sandbox", "this is of one sandbox at a time", hint));
        }
        let of_every = || Some(emulator.default_sandbox()).filter(|_| is_every).map(Arc::clone);
        let found = of_every().or_else(|| emulator.find_sandbox(sandbox)).or_else(past);
        let sandbox = found.ok_or_else(|| no_sandbox(sandbox))?;
        Ok(Self { emulator, raw, sandbox, is_every, id, query })
    }

    /// The chosen sandbox as it is now.
    pub fn epoch(&self) -> Arc<Epoch> {
        self.sandbox.epoch()
    }

    /// Whether all sandboxes are meant.
    pub fn is_every(&self) -> bool {
        self.is_every
    }

    /// The journals of the sandboxes that are meant.
    pub fn all_journals(&self) -> Vec<JournalOf> {
        if self.is_every {
            return self.emulator.sandboxes().all_journals();
        }
        vec![JournalOf::new(&self.sandbox, self.emulator.find_sandbox(&self.sandbox.id()).is_none())]
    }

    /// The id that the path names.
    pub fn path_id(&self) -> &str {
        self.id.as_deref().unwrap_or("")
    }

    /// The ticket that the path names.
    pub fn ticket_id(&self) -> Result<TicketId, AdminError> {
        TicketId::parse(self.path_id()).ok_or_else(|| self.no_ticket())
    }

    /// The error for a ticket in the path that does not exist.
    pub fn no_ticket(&self) -> AdminError {
        let hint = "GET /_ticketbooth/tickets lists them; the ticket may belong to another sandbox";
        AdminError::new(404, "unknown_ticket", "this sandbox has no such ticket", hint)
    }

    /// `host:port` under which the emulator was found.
    pub fn endpoint(&self) -> &'a str {
        self.raw.endpoint()
    }

    /// The query parameter of this name.
    pub fn query_value(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The query parameter of this name as a whole number.
    pub fn query_number(&self, name: &str) -> Result<Option<usize>, AdminError> {
        let Some(text) = self.query_value(name) else { return Ok(None) };
        let wrong =
            |_| AdminError::new(400, "bad_query", format!("{name}={text} is not a whole number"), "write it in digits");
        text.parse().map(Some).map_err(wrong)
    }

    /// What the query parameter of this name stands for among these words.
    pub fn query_choice<T: Copy>(
        &self,
        name: &str,
        choices: &[(&str, T)],
        hint: &str,
    ) -> Result<Option<T>, AdminError> {
        let Some(text) = self.query_value(name) else { return Ok(None) };
        let chosen = choices.iter().find(|(word, _)| *word == text).map(|(_, choice)| *choice);
        let unknown = || AdminError::new(400, "bad_query", format!("unknown {name} \"{text}\""), hint);
        chosen.map(Some).ok_or_else(unknown)
    }

    /// The body as text, which has to be there.
    pub fn body_text(&self) -> Result<&'a str, AdminError> {
        let raw: &'a RawRequest = self.raw;
        let text = std::str::from_utf8(&raw.body).map_err(|error| {
            AdminError::new(400, "bad_body", format!("the body is not UTF-8: {error}"), "send it as UTF-8")
        })?;
        if text.trim().is_empty() {
            let hint = "GET /_ticketbooth/openapi.json has its schema";
            return Err(AdminError::new(400, "bad_body", "the body is empty", hint));
        }
        Ok(text)
    }

    /// The body, read as strictly as our files are.
    pub fn parse_body<T: DeserializeOwned + JsonSchema + Clone>(&self) -> Result<T, AdminError> {
        let text = self.body_text()?;
        document::read_document("body", text, |body: &T, _| body.clone()).map_err(|problems| {
            let hint = "GET /_ticketbooth/openapi.json has its schema";
            AdminError::new(400, "bad_body", problems.to_string(), hint)
        })
    }

    /// The same, where an empty body says that everything is as usual.
    pub fn body_or_default<T: DeserializeOwned + JsonSchema + Clone + Default>(&self) -> Result<T, AdminError> {
        if self.raw.body.is_empty() { Ok(T::default()) } else { self.parse_body() }
    }
}

pub(super) fn no_sandbox(id: &str) -> AdminError {
    let hint = "GET /_ticketbooth/sandboxes lists them, and POST /_ticketbooth/sandboxes makes one";
    AdminError::new(404, "unknown_sandbox", format!("unknown sandbox \"{id}\""), hint)
}

/// The vendor of this name.
pub(super) fn parse_vendor(name: &str) -> Result<&'static str, AdminError> {
    let names = || vendors().iter().map(|vendor| vendor.name);
    names().find(|known| *known == name).ok_or_else(|| {
        let hint = format!("one of {}", names().collect::<Vec<_>>().join(", "));
        AdminError::new(400, "bad_query", format!("unknown vendor \"{name}\""), hint)
    })
}

/// The error for an invalid query.
pub(super) fn refuse_filter(BadFilter { message, help }: BadFilter) -> AdminError {
    AdminError::new(400, "bad_query", message, help)
}
