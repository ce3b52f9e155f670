//! The client of a running emulator's admin API that all remote verbs share.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use clap::{Args, Subcommand};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::Failure;
use super::failure::Complaint;
use super::output::OutputFlags;
use super::sending;
use super::table::TableData;
use super::values::Token;
use super::values::{AddressFlags, BaseUrl};
use crate::call::{Arrival, RawRequest, Text};

/// The prefix of the path of every endpoint.
const PREFIX: &str = "/_ticketbooth";

/// Where no sandbox is asked for: one that is gone must not keep anybody from looking which there are.
const OF_ALL: &[&str] = &["/sandboxes", "/health", "/info"];

/// How long an answer may take that has nothing to wait for.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Debug, Args)]
pub(crate) struct Remote {
    #[command(flatten)]
    address: AddressFlags,
    /// The sandbox; the default one when left out.
    #[arg(long, global = true, env = "TICKETBOOTH_SANDBOX", value_name = "ID")]
    sandbox: Option<String>,
    /// The token of the admin API, where it wants one.
    #[arg(long, global = true, env = "TICKETBOOTH_ADMIN_TOKEN", hide_env_values = true, value_name = "TEXT")]
    admin_token: Option<Token>,
    #[command(flatten)]
    pub output: OutputFlags,
}

/// The arguments of a verb that does several things, each with a word of its own.
#[derive(Debug, Args)]
pub(crate) struct VerbFlags<W: Subcommand> {
    #[command(subcommand)]
    pub what: Option<W>,
    #[command(flatten)]
    pub remote: Remote,
}

/// A question to the admin API.
#[derive(Debug)]
pub(crate) struct AdminCall {
    method: &'static str,
    path: String,
    query: Vec<(&'static str, String)>,
    body: Bytes,
    media_type: &'static str,
    patience: Duration,
}

/// The answer.
#[derive(Debug)]
pub(crate) struct AdminAnswer {
    pub body: Bytes,
}

/// Why there is no answer that is any good.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// Nobody answered.
    Unreachable(io::Error),
    /// The emulator said no.
    Refused { status: u16, kind: String, complaint: Complaint },
    /// It was the user's own fault that nothing was asked.
    Unasked(Failure),
}

impl AdminCall {
    /// A look at something.
    pub fn get(path: impl Into<String>) -> Self {
        Self {
            method: "GET",
            path: path.into(),
            query: Vec::new(),
            body: Bytes::new(),
            media_type: "application/json",
            patience: PATIENCE,
        }
    }

    /// A change of something.
    pub fn change(method: &'static str, path: impl Into<String>) -> Self {
        Self { method, ..Self::get(path) }
    }

    pub fn with_body(self, body: Value) -> Self {
        self.with_json(body.to_string())
    }

    /// A text of JSON as it stands.
    pub fn with_json(self, text: String) -> Self {
        Self { body: text.into(), ..self }
    }

    /// A file of ours as it stands, in YAML or JSON.
    pub fn with_file(self, text: String) -> Self {
        Self { body: text.into(), media_type: "application/yaml", ..self }
    }

    /// A parameter of the query, where there is a value for it.
    pub fn with_query(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        self.query.extend(value.map(|value| (name, value.to_string())));
        self
    }

    /// The same with so much time for the answer.
    pub fn within_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The same with so much more time for the answer.
    pub fn wait_longer(self, longer: Duration) -> Self {
        Self { patience: self.patience + longer, ..self }
    }
}

/// The characters that are escaped in a path. Those of our ids are not.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text as one segment of a path.
pub(crate) fn path_segment(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

impl Remote {
    /// The sandbox that was chosen.
    pub fn sandbox_name(&self) -> Option<&str> {
        self.sandbox.as_deref()
    }

    /// Where the emulator is.
    pub fn base_url(&self) -> BaseUrl {
        self.address.base_url()
    }

    /// Asks, and gives the JSON of an answer that is a success.
    pub fn ask_json(&self, question: AdminCall) -> Result<Value, Failure> {
        self.read_json(&self.send_call(question)?)
    }

    fn read_json(&self, answer: &AdminAnswer) -> Result<Value, Failure> {
        serde_json::from_slice(&answer.body).map_err(|error| {
            let complaint = Complaint::new(format!("what answers at {} is not JSON: {error}", self.base_url()));
            Failure::Own(complaint.with_help("`ticketbooth doctor` looks whether it is an emulator"))
        })
    }

    /// Asks, and gives an answer that is a success.
    pub fn send_call(&self, question: AdminCall) -> Result<AdminAnswer, Trouble> {
        let raw = self.to_request(&question).map_err(Trouble::Unasked)?;
        let answer = sending::send(&self.base_url(), &raw, question.patience).map_err(Trouble::Unreachable)?;
        if (200..300).contains(&answer.status) {
            return Ok(AdminAnswer { body: answer.body });
        }
        let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let text = |name: &str| said["error"][name].as_str().map(str::to_owned);
        let message = text("message").unwrap_or_else(|| format!("{} answered HTTP {}", self.base_url(), answer.status));
        let help = text("hint")
            .map(|hint| terminal_hint(&hint))
            .or_else(|| Some("`ticketbooth doctor` looks whether it is an emulator".to_owned()));
        let (kind, complaint) = (text("kind").unwrap_or_default(), Complaint { message, help });
        Err(Trouble::Refused { status: answer.status, kind, complaint })
    }

    /// The same for a question that people put into words: one that the emulator does not understand is a usage error.
    pub fn ask_verdict(&self, question: AdminCall) -> Result<Value, Failure> {
        self.send_call(question)
            .map_err(|trouble| match trouble {
                Trouble::Refused { status: 400 | 413 | 422, complaint, .. } => Failure::Usage(complaint),
                other => other.into(),
            })
            .and_then(|answer| self.read_json(&answer))
    }

    /// Prints an answer about one thing, see [`OutputFlags::print_thing`].
    pub fn print_answer(&self, answer: &Value, show: impl FnOnce(&Value) -> String) -> Result<(), Failure> {
        self.output.print_thing(answer, show)
    }

    /// Prints an answer that is a list, see [`OutputFlags::print_list`].
    pub fn print_list(&self, answer: &Value, table: &TableData, foot: Option<String>) -> Result<(), Failure> {
        self.output.print_list(answer, table, foot)
    }

    fn to_request(&self, question: &AdminCall) -> Result<RawRequest, Failure> {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let of_all = OF_ALL.iter().any(|path| question.path.starts_with(path));
        query.extend_pairs(self.sandbox.iter().filter(|_| !of_all).map(|id| ("sandbox", id)));
        query.extend_pairs(&question.query);
        let query = query.finish();
        let token =
            self.admin_token.as_ref().map(Token::read_token).transpose()?.map(|token| format!("Bearer {token}"));
        let url = self.base_url();
        let usual = [("host", url.endpoint.as_str()), ("content-type", question.media_type)];
        let separator = if query.is_empty() { "" } else { "?" };
        Ok(RawRequest {
            method: question.method.into(),
            target: format!("{PREFIX}{}{separator}{query}", question.path).into(),
            headers: usual.into_iter().chain(token.as_deref().map(|token| ("authorization", token))).collect(),
            body: question.body.clone(),
            oversize: false,
            authority: None,
            port_of: None,
            client: Text::new(),
            arrival: Arrival::default(),
        })
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Unreachable(error) => {
                let help = "start an emulator with `ticketbooth serve`, or name its address with --url or \
                            TICKETBOOTH_URL; `ticketbooth doctor` looks what is wrong";
                Self::Start(Complaint::new(format!("no answer: {error}")).with_help(help))
            }
            Trouble::Refused { complaint, .. } => Self::Own(complaint),
            Trouble::Unasked(failure) => failure,
        }
    }
}

/// Requests that the emulator's hints name, each with the verb that does the same.
const VERBS: &[(&str, &str)] = &[
    ("GET /_ticketbooth/tickets", "`ticketbooth ticket`"),
    ("GET /_ticketbooth/sandboxes", "`ticketbooth sandbox`"),
    ("POST /_ticketbooth/sandboxes", "`ticketbooth sandbox create`"),
    ("GET /_ticketbooth/schema/scenario.json", "`ticketbooth schema scenario`"),
    ("GET /_ticketbooth/schema/world.json", "`ticketbooth schema world`"),
    ("PUT /_ticketbooth/scenario", "`ticketbooth scenario play FILE`"),
    ("POST /_ticketbooth/verify", "`ticketbooth verify`"),
    ("POST /_ticketbooth/reset", "`ticketbooth reset`"),
    ("DELETE /_ticketbooth/rules", "`ticketbooth rule clear`"),
    ("GET /_ticketbooth/rules", "`ticketbooth rule`"),
    ("GET /_ticketbooth/actions", "`ticketbooth actions`"),
    ("GET /_ticketbooth/codes", "`ticketbooth codes`"),
    ("GET /_ticketbooth/openapi.json", "docs/admin.md"),
];

/// A hint of the emulator's for people at a terminal: with verbs in the place of requests.
pub fn terminal_hint(hint: &str) -> String {
    VERBS.iter().fold(hint.to_owned(), |hint, (request, verb)| hint.replace(request, verb))
}

/// The member as a cell of a table; nothing for what is not there.
pub(crate) fn cell_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The cells of one row: the members of these names.
pub(crate) fn row_cells(row: &Value, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| cell_text(&row[*name])).collect()
}

/// The members of a list; none where there is no list.
pub(crate) fn list_rows(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}
