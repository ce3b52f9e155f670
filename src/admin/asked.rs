//! A request to the admin API as its endpoint sees it: the chosen sandbox, the query, the body.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::{Access, Endpoint, Problem};
use crate::call::RawRequest;
use crate::document::{self, suggestion};
use crate::domain::TicketId;
use crate::emulator::{DEFAULT, Emulator, JournalOf, Live, Tenant};
use crate::export::EVERY;

/// The header that chooses a sandbox, where the query does not.
pub(super) const SANDBOX_HEADER: &str = "x-ticketbooth-sandbox";

/// What can be asked of a sandbox that was taken away, as long as its journal is kept.
const PAST: &[(&str, &str)] =
    &[("GET", "/journal"), ("GET", "/journal/{id}"), ("GET", "/explain/{id}"), ("POST", "/verify")];

/// What can be asked of all sandboxes at once, by the name [`EVERY`].
const WHOLE: &[(&str, &str)] =
    &[("GET", "/journal"), ("GET", "/journal/{id}"), ("GET", "/explain/{id}"), ("POST", "/verify"), ("GET", "/events")];

/// A request for one endpoint.
pub struct Asked<'a> {
    pub emulator: &'a Emulator,
    pub raw: &'a RawRequest,
    pub tenant: Arc<Tenant>,
    is_every: bool,
    /// What stands in the path for `{id}`.
    id: Option<String>,
    query: Vec<(String, String)>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(
        emulator: &'a Emulator,
        raw: &'a RawRequest,
        endpoint: &Endpoint,
        id: Option<String>,
    ) -> Result<Self, Problem> {
        let query: Vec<(String, String)> = form_urlencoded::parse(raw.query().as_bytes()).into_owned().collect();
        let known = || endpoint.query.iter().map(|(name, _)| *name).chain(["sandbox"]);
        // Probes of all kinds ask for health, and put into the query what they like.
        let checked = query.iter().filter(|_| endpoint.access == Access::Guarded);
        for (name, _) in checked {
            if !known().any(|known| known == name) {
                let hint = suggestion(name, &known().collect::<Vec<_>>()).unwrap_or_default();
                return Err(Problem::new(400, "bad_query", format!("unknown query parameter \"{name}\""), hint));
            }
        }
        let of_query = query.iter().find(|(name, _)| name == "sandbox").map(|(_, value)| value.as_str());
        let sandbox = of_query.or_else(|| raw.header(SANDBOX_HEADER)).unwrap_or(DEFAULT);
        let past = || {
            emulator.sandboxes().departed_by_id(sandbox).filter(|_| PAST.contains(&(endpoint.method, endpoint.path)))
        };
        let is_every = sandbox == EVERY;
        if is_every && !WHOLE.contains(&(endpoint.method, endpoint.path)) {
            let hint = "name one; the journal, verify and the events take all of them at once";
            return Err(Problem::new(400, "one_sandbox", "this is of one sandbox at a time", hint));
        }
        let of_every = || Some(emulator.default_tenant()).filter(|_| is_every).map(Arc::clone);
        let found = of_every().or_else(|| emulator.tenant(sandbox)).or_else(past);
        let tenant = found.ok_or_else(|| no_sandbox(sandbox))?;
        Ok(Self { emulator, raw, tenant, is_every, id, query })
    }

    /// The chosen sandbox as it is now.
    pub fn live(&self) -> Arc<Live> {
        self.tenant.live()
    }

    /// Whether all sandboxes are meant.
    pub fn is_every(&self) -> bool {
        self.is_every
    }

    /// The journals of the sandboxes that are meant.
    pub fn journals(&self) -> Vec<JournalOf> {
        if self.is_every {
            return self.emulator.sandboxes().journals();
        }
        vec![JournalOf::new(&self.tenant, self.emulator.tenant(&self.tenant.id()).is_none())]
    }

    /// What the path names.
    pub fn id(&self) -> &str {
        self.id.as_deref().unwrap_or("")
    }

    /// The ticket that the path names.
    pub fn ticket_id(&self) -> Result<TicketId, Problem> {
        TicketId::parse(self.id()).ok_or_else(|| self.no_ticket())
    }

    /// What is said when the ticket that the path names is not there.
    pub fn no_ticket(&self) -> Problem {
        let hint = "GET /_ticketbooth/tickets lists them; the ticket may belong to another sandbox";
        Problem::new(404, "unknown_ticket", "there is no such ticket in this sandbox", hint)
    }

    /// The query parameter of this name.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The query parameter of this name as a whole number.
    pub fn number(&self, name: &str) -> Result<Option<usize>, Problem> {
        let Some(text) = self.query(name) else { return Ok(None) };
        let wrong =
            |_| Problem::new(400, "bad_query", format!("{name}={text} is no whole number"), "write it in digits");
        text.parse().map(Some).map_err(wrong)
    }

    /// The body as text, which has to be there.
    pub fn text(&self) -> Result<&'a str, Problem> {
        let raw: &'a RawRequest = self.raw;
        let text = std::str::from_utf8(&raw.body).map_err(|error| {
            Problem::new(400, "bad_body", format!("the body is no UTF-8: {error}"), "send it as UTF-8")
        })?;
        if text.trim().is_empty() {
            let hint = "GET /_ticketbooth/openapi.json has its schema";
            return Err(Problem::new(400, "bad_body", "the body is empty", hint));
        }
        Ok(text)
    }

    /// The body, read as strictly as our files are.
    pub fn body<T: DeserializeOwned + JsonSchema + Clone>(&self) -> Result<T, Problem> {
        let text = self.text()?;
        document::read("body", text, |body: &T, _| body.clone()).map_err(|problems| {
            let hint = "GET /_ticketbooth/openapi.json has its schema";
            Problem::new(400, "bad_body", problems.to_string(), hint)
        })
    }

    /// The same, where an empty body says that everything is as usual.
    pub fn body_or_default<T: DeserializeOwned + JsonSchema + Clone + Default>(&self) -> Result<T, Problem> {
        if self.raw.body.is_empty() { Ok(T::default()) } else { self.body() }
    }
}

pub(super) fn no_sandbox(id: &str) -> Problem {
    let hint = "GET /_ticketbooth/sandboxes lists them; POST makes one";
    Problem::new(404, "unknown_sandbox", format!("there is no sandbox \"{id}\""), hint)
}
