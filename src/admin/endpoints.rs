//! The list of endpoints.

use std::sync::LazyLock;

use bytes::Bytes;
use schemars::JsonSchema;
use serde_json::{Value, json};

use super::asked::Asked;
use super::{Access, Answer, Endpoint, Gives, Problem, Takes, lasting, lasting_text};
use super::{
    assumptions, catalogue, clock, events, info, journal, metrics, openapi, reset, rules, sandboxes, scenario,
    snapshot, tickets, verify,
};
use crate::explain::{EntryView, Explanation};
use crate::rules::{RuleFile, Scenario};
use crate::snapshot::Document;
use crate::verify::{FindingView, Question};
use crate::world::World;

/// The schema of a type of ours.
fn schema<T: JsonSchema>() -> Value {
    schemars::schema_for!(T).to_value()
}

const fn gives<T: JsonSchema>(status: u16) -> Gives {
    Gives { status, media_type: "application/json", schema: Some(schema::<T>) }
}

const fn takes<T: JsonSchema>() -> Option<Takes> {
    Some(Takes::Json(schema::<T>))
}

const fn may_take<T: JsonSchema>() -> Option<Takes> {
    Some(Takes::JsonOrNothing(schema::<T>))
}

/// An endpoint that only looks.
const fn get(
    path: &'static str,
    subject: &'static str,
    about: &'static str,
    gives: Gives,
    handle: fn(&Asked<'_>) -> Result<Answer, Problem>,
) -> Endpoint {
    Endpoint { method: "GET", path, subject, about, access: Access::Guarded, query: &[], takes: None, gives, handle }
}

const LAST_EVENT: &[(&str, &str)] =
    &[("last_event_id", "the id of the last event that was seen, where the header cannot be sent")];

const TICKET_FILTERS: &[(&str, &str)] = &[
    ("vendor", "only tickets of this vendor"),
    ("status", "only tickets that are `live`, `expired`, `used_up` or `revoked`"),
    ("limit", "so many at most, and no more than 10000; 100 when left out"),
    ("cursor", "`next` of the answer before: goes on behind it"),
];

const CALL_FILTERS: &[(&str, &str)] = &[
    ("vendor", "only calls of this vendor"),
    ("action", "only calls of this action; `visit` for embed pages"),
    ("code", "only calls that were answered with this code"),
    ("since", "only calls from this RFC 3339 time on, or behind the one of this serial number"),
    ("limit", "so many at most, and no more than 10000; 100 when left out"),
    ("cursor", "`next` of the answer before: goes on behind it"),
    ("format", "`jsonl`: everything that is kept of all sandboxes, or of the one that is named, as lines of JSON"),
    (
        "kind",
        "`call` when left out; `mark`, `clock`, `reset`, `rules`, `scenario`, `assumptions`, `preflight`, `stranger`, several with commas, or `all`",
    ),
];

const PARTS: &[(&str, &str)] =
    &[("vendor", "only what is this vendor's"), ("action", "only what is of this action; `visit` for embed pages")];

/// Every endpoint, in the order of the documents.
pub static ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        access: Access::Public,
        ..get("/health", "emulator", "whether the emulator is alive", gives::<info::Health>(200), info::health)
    },
    Endpoint {
        access: Access::Public,
        ..get("/ready", "emulator", "whether the emulator takes calls", gives::<info::Health>(200), info::health)
    },
    get("/info", "emulator", "version, configuration and sandboxes", gives::<info::Info>(200), info::info),
    Endpoint {
        method: "POST",
        takes: may_take::<reset::Wish>(),
        ..get("/reset", "emulator", "makes the sandbox anew, or parts of it", gives::<reset::Done>(200), reset::reset)
    },
    get("/clock", "clock", "what the world clock shows", gives::<clock::ClockView>(200), clock::read),
    Endpoint {
        method: "POST",
        takes: takes::<clock::Move>(),
        ..get("/clock", "clock", "moves the world clock", gives::<clock::MovedView>(200), clock::shift)
    },
    Endpoint {
        query: TICKET_FILTERS,
        ..get("/tickets", "tickets", "the tickets, newest first", gives::<tickets::Tickets>(200), tickets::list)
    },
    get("/tickets/{id}", "tickets", "one ticket", gives::<tickets::TicketView>(200), tickets::show),
    Endpoint {
        method: "POST",
        ..get(
            "/tickets/{id}/expire",
            "tickets",
            "ends a ticket as if its time had come",
            gives::<tickets::TicketView>(200),
            tickets::expire,
        )
    },
    Endpoint {
        method: "DELETE",
        ..get("/tickets/{id}", "tickets", "revokes a ticket", gives::<tickets::TicketView>(200), tickets::revoke)
    },
    get("/sandboxes", "sandboxes", "every sandbox", gives::<sandboxes::Sandboxes>(200), sandboxes::list),
    Endpoint {
        method: "POST",
        takes: may_take::<sandboxes::SandboxWish>(),
        ..get(
            "/sandboxes",
            "sandboxes",
            "makes a sandbox with keys of its own",
            gives::<sandboxes::SandboxMade>(201),
            sandboxes::make,
        )
    },
    Endpoint {
        method: "DELETE",
        ..get(
            "/sandboxes/{id}",
            "sandboxes",
            "takes a sandbox away with everything in it; its journal can be read on until there is no more room for it",
            gives::<sandboxes::Removed>(200),
            sandboxes::remove,
        )
    },
    get(
        "/assumptions",
        "sandboxes",
        "what no public source settles: every choice, and the one that holds in the sandbox",
        gives::<assumptions::List>(200),
        assumptions::list,
    ),
    Endpoint {
        method: "PATCH",
        takes: takes::<assumptions::Assume>(),
        ..get(
            "/assumptions",
            "sandboxes",
            "makes other choices for the calls from now on; they hold until the world of the sandbox is reset",
            gives::<assumptions::List>(200),
            assumptions::change,
        )
    },
    get(
        "/snapshot",
        "sandboxes",
        "the whole sandbox as one document, without its journal; there are secrets in it",
        gives::<Document>(200),
        snapshot::save,
    ),
    Endpoint {
        method: "PUT",
        takes: takes::<Document>(),
        ..get(
            "/snapshot",
            "sandboxes",
            "puts a document in the place of the sandbox, or changes nothing; the journal stays, and a reset undoes it",
            gives::<snapshot::Loaded>(200),
            snapshot::load,
        )
    },
    get("/rules", "rules", "the rules in force, with their counters", gives::<rules::Rules>(200), rules::list),
    Endpoint {
        method: "POST",
        takes: Some(Takes::File(|| schemars::schema_for!(RuleFile).to_value())),
        ..get("/rules", "rules", "puts a rule behind the others", gives::<rules::RuleView>(201), rules::append)
    },
    Endpoint {
        method: "PUT",
        takes: Some(Takes::File(|| schemars::schema_for!(Vec<RuleFile>).to_value())),
        ..get("/rules", "rules", "puts a list of rules in the place of all", gives::<rules::Rules>(200), rules::replace)
    },
    Endpoint {
        method: "DELETE",
        ..get("/rules", "rules", "takes all rules away", gives::<rules::Removed>(200), rules::clear)
    },
    Endpoint {
        method: "PUT",
        takes: Some(Takes::File(scenario::schema)),
        ..get(
            "/scenario",
            "rules",
            "begins a scenario: makes the sandbox anew with its seed, clock, rules and expectations; a whole reset ends it",
            gives::<scenario::ScenarioView>(200),
            scenario::play,
        )
    },
    get("/scenario", "rules", "how the scenario stands", gives::<scenario::ScenarioView>(200), scenario::show),
    Endpoint {
        method: "DELETE",
        ..get(
            "/scenario",
            "rules",
            "ends the scenario: seed, clock, world and rules are as the sandbox would have begun without one, the rest stays",
            gives::<scenario::Ended>(200),
            scenario::end,
        )
    },
    Endpoint {
        method: "POST",
        ..get(
            "/scenario/verify",
            "rules",
            "the verdict on the scenario",
            gives::<scenario::ScenarioView>(200),
            scenario::verify,
        )
    },
    get("/rules/{id}", "rules", "one rule, with its counters", gives::<rules::RuleView>(200), rules::show),
    Endpoint {
        method: "DELETE",
        ..get("/rules/{id}", "rules", "takes a rule away", gives::<rules::Removed>(200), rules::remove)
    },
    Endpoint {
        query: CALL_FILTERS,
        ..get("/journal", "watching", "the calls, newest first", gives::<journal::Entries>(200), journal::list)
    },
    get(
        "/journal/{id}",
        "watching",
        "one call by its request id, or the `last` one: request, answer and explanation",
        gives::<EntryView>(200),
        journal::show,
    ),
    Endpoint {
        method: "POST",
        takes: takes::<journal::Mark>(),
        ..get("/journal/mark", "watching", "puts a text into the journal", gives::<journal::Marked>(201), journal::mark)
    },
    Endpoint {
        method: "DELETE",
        ..get("/journal", "watching", "forgets every call", gives::<journal::Emptied>(200), journal::empty)
    },
    get(
        "/explain/{id}",
        "watching",
        "why a call, or the `last` one, was answered as it was",
        gives::<Explanation>(200),
        journal::explained,
    ),
    Endpoint {
        method: "POST",
        takes: takes::<Question>(),
        ..get(
            "/verify",
            "watching",
            "whether what happened is what was expected",
            gives::<FindingView>(200),
            verify::verify,
        )
    },
    get(
        "/metrics",
        "watching",
        "numbers for a monitoring system",
        Gives { status: 200, media_type: metrics::MEDIA_TYPE, schema: None },
        metrics::metrics,
    ),
    Endpoint {
        query: LAST_EVENT,
        ..get(
            "/events",
            "watching",
            "what happens, as server-sent events",
            Gives { status: 200, media_type: "text/event-stream", schema: None },
            events::events,
        )
    },
    Endpoint {
        query: PARTS,
        ..get("/codes", "catalogue", "the error codes", gives::<catalogue::Codes>(200), catalogue::codes)
    },
    Endpoint {
        query: PARTS,
        ..get("/actions", "catalogue", "the actions", gives::<catalogue::Actions>(200), catalogue::actions)
    },
    get(
        "/schema/scenario.json",
        "catalogue",
        "the JSON Schema of scenario files",
        Gives { status: 200, media_type: "application/json", schema: Some(any_object) },
        |_| Ok(lasting(&SCENARIO).into()),
    ),
    get(
        "/schema/world.json",
        "catalogue",
        "the JSON Schema of world files",
        Gives { status: 200, media_type: "application/json", schema: Some(any_object) },
        |_| Ok(lasting(&WORLD).into()),
    ),
    get(
        "/openapi.json",
        "emulator",
        "this API as an OpenAPI document",
        Gives { status: 200, media_type: "application/json", schema: Some(any_object) },
        |_| Ok(lasting(&OPENAPI).into()),
    ),
];

fn any_object() -> Value {
    json!({ "type": "object" })
}

static SCENARIO: LazyLock<Bytes> = LazyLock::new(|| lasting_text(&Scenario::schema()));
static WORLD: LazyLock<Bytes> = LazyLock::new(|| lasting_text(&World::schema()));
static OPENAPI: LazyLock<Bytes> = LazyLock::new(|| lasting_text(&openapi::document()));
