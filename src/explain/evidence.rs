//! What an entry tells beside request, answer and decision: how it came, by whom it was signed, what became of the
//! answer on its way, and what the call did to tickets. All of it as it was then.

use jiff::Timestamp as Instant;
use schemars::JsonSchema;
use serde::Serialize;
use serde_with::skip_serializing_none;

use crate::call::{Claim, Scheme};
use crate::domain::{Change, Ticket, TicketState, Timestamp, format_rfc3339};
use crate::journal::{CallRecord, Note, Noted, Outcome};
use crate::redact::Redactor;
use crate::reply::Damage;
use crate::world::things::ThingNote;

/// How the request came in. What no connection brought has neither of its members.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ArrivalView {
    /// The wall clock when the request was read: RFC 3339 with microseconds, in UTC.
    received: String,
    /// The same when its answer was made.
    answered: String,
    /// The number of the connection, counted from 1 since the server began.
    connection: Option<u64>,
    /// `HTTP/1.0`, `HTTP/1.1` or `HTTP/2`.
    http: Option<&'static str>,
    tls: bool,
    /// How it came: `direct`, by us as its `proxy`, or by a `tunnel HOST`.
    via: String,
    /// When the client left, if it left before it had its answer.
    client_left: Option<String>,
}

/// The proof that came along, and what it says of itself.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SignedView {
    /// The vendor's name of the signing recipe; `none` where none could be told.
    scheme: &'static str,
    /// The access key id that the client claimed.
    key: Option<String>,
    /// The time of the signature: RFC 3339, in UTC.
    at: Option<String>,
    /// Seconds that the signature is ahead of the clock it was judged by; negative: behind. `null`: by none.
    skew_seconds: Option<i64>,
}

/// A thing of the world that the call changed; or, of a refused call, one that it names and an earlier call changed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ThingLine {
    kind: &'static str,
    id: String,
    /// `made`, `changed` or `ended`.
    effect: &'static str,
    /// The fields that changed, by their names in a world file.
    fields: Vec<String>,
    /// The request id of the call that did it.
    by: String,
    /// The action of that call.
    action: String,
    /// The world clock then: RFC 3339, in UTC.
    at: String,
    /// The change in a few words.
    says: String,
}

/// Changes of things that an entry shows.
const SHOWN_NOTES: usize = 100;

/// The changes of things that a call made or met.
pub fn thing_lines(told: &CallRecord, redactor: &Redactor) -> Vec<ThingLine> {
    told.notes.iter().take(SHOWN_NOTES).map(|note| ThingLine::from_note(note, told, redactor)).collect()
}

impl ThingLine {
    fn from_note(note: &ThingNote, told: &CallRecord, redactor: &Redactor) -> Self {
        let (id, by) = (redactor.redact_text(&note.id), note.by.request_id.to_string());
        let of_whom = if by == told.request_id.to_string() {
            String::new()
        } else {
            format!(" by {} (request {by}) at {}", note.by.action, format_rfc3339(note.by.at))
        };
        let fields = if note.fields.is_empty() { String::new() } else { format!(" ({})", note.fields.join(", ")) };
        Self {
            kind: note.kind,
            effect: note.effect.name(),
            fields: note.fields.clone(),
            action: note.by.action.to_string(),
            at: format_rfc3339(note.by.at),
            says: format!("{}{fields}{of_whom}", note.effect.name()),
            id,
            by,
        }
    }
}

/// The changes of the answer on its way out.
#[skip_serializing_none]
#[derive(Debug, Serialize, JsonSchema)]
pub struct DeliveryView {
    /// `whole`; or by a rule `lost`, `replaced`, `cut` or `mangled`.
    kind: &'static str,
    /// `reset`, `close` or `hang` of what was lost; the name of what was mangled; the bytes behind which it was cut.
    how: Option<String>,
    /// Milliseconds that it was held back.
    delayed_ms: Option<u64>,
    /// The rule that did it.
    rule: Option<String>,
    /// Which step of the rule's sequence, counted from 1.
    step: Option<usize>,
}

/// A ticket that the call issued, changed or named.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TicketEffect {
    id: String,
    /// The change of the ticket, in a few words.
    says: String,
    /// Before the call; `null`: the call issued it.
    before: Option<TicketLine>,
    after: TicketLine,
}

/// A ticket at one moment.
#[derive(Debug, Serialize, JsonSchema)]
struct TicketLine {
    /// `live`, `expired`, `used-up` or `revoked`.
    status: &'static str,
    used: u32,
    /// `null`: without limit.
    uses_left: Option<u32>,
    expires_at: String,
}

impl ArrivalView {
    pub fn from_record(told: &CallRecord) -> Self {
        let arrival = &told.raw.arrival;
        Self {
            received: format_micros(told.received_us),
            answered: format_micros(told.answered_us),
            connection: arrival.connection,
            http: arrival.http,
            tls: arrival.tls,
            via: arrival.via.to_string(),
            client_left: arrival.departure.time_us().map(format_micros),
        }
    }
}

/// A wall time in microseconds since 1970: RFC 3339, in UTC.
pub(super) fn format_micros(wall_us: i64) -> String {
    let instant = Instant::from_microsecond(wall_us).unwrap_or_default();
    instant.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

impl SignedView {
    pub fn from_claim(told: &CallRecord, claim: &Claim, redactor: &Redactor) -> Self {
        let at = claim.unix.map(Timestamp::from_unix).filter(|_| claim.scheme != Scheme::UNSIGNED);
        Self {
            scheme: claim.scheme.name(),
            key: claim.access_key.as_deref().map(|key| redactor.redact_text(key)),
            at: at.map(format_rfc3339),
            skew_seconds: at.zip(told.trail.judged_at).map(|(at, judged)| at.seconds_since(judged)),
        }
    }
}

impl DeliveryView {
    pub fn from_record(told: &CallRecord) -> Self {
        let delivery = &told.reply.delivery;
        let delayed_ms = u64::try_from(delivery.delay.as_millis()).ok().filter(|delay| *delay > 0);
        let (kind, how) = match (&told.outcome, delivery.damage, told.mangled) {
            (_, Some(Damage::Lost(loss)), _) => ("lost", Some(loss.name().to_owned())),
            (Outcome::Lost, ..) => ("lost", None),
            (_, Some(Damage::Cut(bytes)), _) => ("cut", Some(format!("{bytes} bytes"))),
            (_, _, Some(mangle)) => ("mangled", Some(mangle.to_owned())),
            (Outcome::Scripted, ..) => ("replaced", None),
            (Outcome::Success | Outcome::Refused(_), ..) => ("whole", None),
        };
        let rule = told.rule.as_deref().map(str::to_owned);
        Self { kind, how, delayed_ms, step: rule.as_ref().map(|_| told.step), rule }
    }
}

/// The tickets that a call did something to, and the one that it named in vain.
pub fn ticket_effects(told: &CallRecord) -> Vec<TicketEffect> {
    let named = told.named.as_deref().filter(|named| !told.changes.iter().any(|change| change.after.id == named.id));
    let unchanged = |ticket: &Ticket| {
        let state = ticket.state_at(told.at);
        TicketEffect::from_change(&Change { before: Some(state), after: state })
    };
    told.changes.iter().map(TicketEffect::from_change).chain(named.map(unchanged)).collect()
}

impl TicketEffect {
    /// The id of the ticket.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// `ticket ID: uses 3 → 2`.
    pub(super) fn to_words(&self) -> String {
        format!("ticket {}: {}", self.id, self.says)
    }

    fn from_change(change: &Change) -> Self {
        let Change { before, after } = change;
        Self {
            id: after.id.to_string(),
            says: describe_change(before.as_ref(), after),
            before: before.as_ref().map(TicketLine::from_state),
            after: TicketLine::from_state(after),
        }
    }
}

impl TicketLine {
    fn from_state(state: &TicketState) -> Self {
        Self {
            status: state.status.name(),
            used: state.used,
            uses_left: state.uses_left,
            expires_at: format_rfc3339(state.expires_at),
        }
    }
}

/// A ticket's change in words: `uses 3 → 2`.
fn describe_change(before: Option<&TicketState>, after: &TicketState) -> String {
    let uses = |left: Option<u32>| left.map_or_else(|| "no limit".to_owned(), |left| left.to_string());
    let Some(before) = before else {
        return format!("issued: uses {}, until {}", uses(after.uses_left), format_rfc3339(after.expires_at));
    };
    let mut parts = Vec::new();
    if before.uses_left != after.uses_left {
        parts.push(format!("uses {} → {}", uses(before.uses_left), uses(after.uses_left)));
    } else if before.used != after.used {
        parts.push(format!("used {} → {} times", before.used, after.used));
    }
    if before.expires_at != after.expires_at {
        parts.push(format!("end {} → {}", format_rfc3339(before.expires_at), format_rfc3339(after.expires_at)));
    }
    if before.status != after.status {
        parts.push(format!("{} → {}", before.status.name(), after.status.name()));
    }
    if parts.is_empty() { format!("unchanged: {}", after.status.name()) } else { parts.join(", ") }
}

/// An entry that is no call.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NoteView {
    /// `mark`, `clock`, `reset`, `rules`, `scenario`, `assumptions`, `preflight`, `stranger` or `other`.
    kind: &'static str,
    /// The sandbox that it is in.
    sandbox: String,
    /// The number of the newest call before it.
    after: u64,
    /// The world clock: RFC 3339, in UTC.
    at: String,
    /// The wall clock: RFC 3339 with microseconds, in UTC.
    received: String,
    /// The text of a mark; of the others, what happened.
    text: String,
}

impl NoteView {
    pub fn from_note(note: &Note, sandbox: &str, base: &Redactor) -> Self {
        Self {
            kind: note.what.kind(),
            sandbox: sandbox.to_owned(),
            after: note.after,
            at: format_rfc3339(note.at),
            received: format_micros(note.wall_us),
            text: base.redact_text(&note_text(&note.what)),
        }
    }
}

fn note_text(what: &Noted) -> String {
    match what {
        Noted::Mark(text) => text.to_string(),
        Noted::Clock { from, to, frozen } => {
            format!(
                "{} → {}, {}",
                format_rfc3339(*from),
                format_rfc3339(*to),
                if *frozen { "frozen" } else { "running" }
            )
        }
        Noted::Reset { what } => format!("reset of {}", what.join(", ")),
        Noted::Rules { count } => format!("{count} rules are in force"),
        Noted::Scenario { name: Some(name) } => format!("scenario {name} begins"),
        Noted::Scenario { name: None } => "the scenario ends".to_owned(),
        Noted::Assumptions { changed } => {
            let changed = changed.iter().map(|(name, choice)| format!("{name}={choice}"));
            changed.collect::<Vec<_>>().join(", ")
        }
        Noted::Preflight { .. } | Noted::Stranger { .. } | Noted::Other { .. } => what.stray_text(),
    }
}
