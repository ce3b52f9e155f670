//! The list of endpoints.

use std::sync::LazyLock;

use bytes::Bytes;
use schemars::JsonSchema;
use serde_json::{Value, json};

use super::asked::AdminRequest;
use super::{Access, AdminError, Answer, Endpoint, Gives, Takes, cached_reply, lasting_text};
use super::{
    assumptions, clock, events, info, journal, listing, metrics, openapi, reset, rules, sandboxes, scenario, snapshot,
    snippets, tickets, trust, verify, world,
};
use crate::bounds::{ADMIN_BODY, SNAPSHOT};
use crate::explain::{EntryView, Explanation};
use crate::rules::{RuleFile, Scenario};
use crate::snapshot::Document;
use crate::verify::{FindingView, Question};
use crate::world::World;

/// The schema of a type of ours.
fn schema_of<T: JsonSchema>() -> Value {
    schemars::schema_for!(T).to_value()
}

const fn gives_json<T: JsonSchema>(status: u16) -> Gives {
    Gives { status, media_type: "application/json", schema: Some(schema_of::<T>) }
}

const fn takes_json<T: JsonSchema>() -> Option<Takes> {
    Some(Takes::Json(schema_of::<T>))
}

const fn may_take<T: JsonSchema>() -> Option<Takes> {
    Some(Takes::JsonOrNothing(schema_of::<T>))
}

/// An endpoint that only looks.
const fn get_endpoint(
    path: &'static str,
    subject: &'static str,
    about: &'static str,
    gives: Gives,
    handle: fn(&AdminRequest<'_>) -> Result<Answer, AdminError>,
) -> Endpoint {
    let (access, body) = (Access::Guarded, &ADMIN_BODY);
    Endpoint { method: "GET", path, subject, about, access, query: &[], takes: None, body, gives, handle }
}

const LAST_EVENT: &[(&str, &str)] =
    &[("last_event_id", "the id of the last event that was seen, where the header cannot be sent")];

const EXPLAIN_FORMS: &[(&str, &str)] = &[
    ("format", "`json`, or `text` for people; without it, what `Accept` asks for"),
    ("detail", "of text: `brief`, or `full` with every step and every text that was signed"),
];

const TICKET_FILTERS: &[(&str, &str)] = &[
    ("vendor", "only tickets of this vendor"),
    ("status", "only tickets that are `live`, `expired`, `used-up` or `revoked`"),
    ("limit", "the most entries to list, up to 10000; 100 by default"),
    ("cursor", "`next` of the answer before: goes on behind it"),
];

const WORLD_FILTERS: &[(&str, &str)] = &[
    ("vendor", "only things of this vendor"),
    ("owner", "only things of this organization or corporation"),
    ("kind", "only things of this kind, such as `works`, `users` or `projects`"),
    ("id", "only things of this id"),
    ("changed", "`true`: only things that calls have changed; `false`: only the others"),
    ("limit", "the most entries to list, up to 10000; 100 by default"),
    ("cursor", "`next` of the answer before: goes on behind it"),
];

const CALL_FILTERS: &[(&str, &str)] = &[
    ("vendor", "only calls of this vendor"),
    ("action", "only calls of this action; `visit` for embed pages"),
    ("code", "only calls that were answered with this code"),
    ("since", "only calls from this RFC 3339 time on, or behind the one of this serial number"),
    ("limit", "the most entries to list, up to 10000; 100 by default"),
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
        ..get_endpoint(
            "/health",
            "emulator",
            "whether the emulator is alive",
            gives_json::<info::Health>(200),
            info::show_health,
        )
    },
    Endpoint {
        access: Access::Public,
        ..get_endpoint(
            "/ready",
            "emulator",
            "whether the emulator takes calls",
            gives_json::<info::Health>(200),
            info::show_health,
        )
    },
    Endpoint {
        access: Access::Public,
        ..get_endpoint(
            "/ca.pem",
            "emulator",
            "the root that clients of TLS trust, in PEM",
            Gives { status: 200, media_type: trust::PEM, schema: None },
            trust::show_root,
        )
    },
    Endpoint {
        access: Access::Public,
        ..get_endpoint(
            "/ca.jks",
            "emulator",
            "the same as a keystore for a JVM, with the password `changeit`",
            Gives { status: 200, media_type: trust::KEYSTORE, schema: None },
            trust::show_keystore,
        )
    },
    get_endpoint(
        "/info",
        "emulator",
        "version, configuration and sandboxes",
        gives_json::<info::Info>(200),
        info::show_info,
    ),
    Endpoint {
        method: "POST",
        takes: may_take::<reset::ResetRequest>(),
        ..get_endpoint(
            "/reset",
            "emulator",
            "resets the sandbox, or parts of it",
            gives_json::<reset::ResetDone>(200),
            reset::reset_sandbox,
        )
    },
    get_endpoint(
        "/clock",
        "clock",
        "what the world clock shows",
        gives_json::<clock::ClockView>(200),
        clock::show_clock,
    ),
    Endpoint {
        method: "POST",
        takes: takes_json::<clock::Move>(),
        ..get_endpoint(
            "/clock",
            "clock",
            "moves the world clock",
            gives_json::<clock::MovedView>(200),
            clock::move_clock,
        )
    },
    Endpoint {
        query: TICKET_FILTERS,
        ..get_endpoint(
            "/tickets",
            "tickets",
            "the tickets, newest first",
            gives_json::<tickets::TicketList>(200),
            tickets::list_tickets,
        )
    },
    get_endpoint(
        "/tickets/{id}",
        "tickets",
        "one ticket",
        gives_json::<tickets::TicketView>(200),
        tickets::show_ticket,
    ),
    get_endpoint(
        "/tickets/{id}/timeline",
        "tickets",
        "one ticket, with the calls that issued, changed or named it",
        gives_json::<tickets::Timeline>(200),
        tickets::show_timeline,
    ),
    Endpoint {
        method: "POST",
        ..get_endpoint(
            "/tickets/{id}/expire",
            "tickets",
            "ends a ticket as if its time had come",
            gives_json::<tickets::TicketView>(200),
            tickets::expire_ticket,
        )
    },
    Endpoint {
        method: "DELETE",
        ..get_endpoint(
            "/tickets/{id}",
            "tickets",
            "revokes a ticket",
            gives_json::<tickets::TicketView>(200),
            tickets::revoke_ticket,
        )
    },
    get_endpoint(
        "/sandboxes",
        "sandboxes",
        "every sandbox",
        gives_json::<sandboxes::SandboxList>(200),
        sandboxes::list_sandboxes,
    ),
    Endpoint {
        method: "POST",
        takes: may_take::<sandboxes::SandboxWish>(),
        ..get_endpoint(
            "/sandboxes",
            "sandboxes",
            "makes a sandbox with keys of its own",
            gives_json::<sandboxes::SandboxMade>(201),
            sandboxes::create_sandbox,
        )
    },
    get_endpoint(
        "/sandboxes/{id}",
        "sandboxes",
        "a sandbox with its keys",
        gives_json::<sandboxes::SandboxMade>(200),
        sandboxes::show_sandbox,
    ),
    Endpoint {
        method: "DELETE",
        ..get_endpoint(
            "/sandboxes/{id}",
            "sandboxes",
            "deletes a sandbox with everything in it; its journal stays readable until its room is needed",
            gives_json::<sandboxes::SandboxRemoved>(200),
            sandboxes::remove_sandbox,
        )
    },
    get_endpoint(
        "/assumptions",
        "sandboxes",
        "what no public source settles: every choice, and the one that holds in the sandbox",
        gives_json::<assumptions::List>(200),
        assumptions::list_assumptions,
    ),
    Endpoint {
        method: "PATCH",
        takes: takes_json::<assumptions::Assume>(),
        ..get_endpoint(
            "/assumptions",
            "sandboxes",
            "makes other choices for the calls from now on; they hold until the world of the sandbox is reset",
            gives_json::<assumptions::List>(200),
            assumptions::change_assumptions,
        )
    },
    get_endpoint(
        "/snapshot",
        "sandboxes",
        "the whole sandbox as one document, without its journal; there are secrets in it",
        gives_json::<Document>(200),
        snapshot::save_snapshot,
    ),
    Endpoint {
        method: "PUT",
        takes: takes_json::<Document>(),
        body: &SNAPSHOT,
        ..get_endpoint(
            "/snapshot",
            "sandboxes",
            "puts a document in the place of the sandbox, or changes nothing; the journal stays, and a reset undoes it",
            gives_json::<snapshot::Loaded>(200),
            snapshot::load_snapshot,
        )
    },
    get_endpoint(
        "/rules",
        "rules",
        "the rules in force, with their counters",
        gives_json::<rules::Rules>(200),
        rules::list_rules,
    ),
    Endpoint {
        method: "POST",
        takes: Some(Takes::File(|| schemars::schema_for!(RuleFile).to_value())),
        ..get_endpoint(
            "/rules",
            "rules",
            "puts a rule behind the others",
            gives_json::<rules::RuleView>(201),
            rules::append_rules,
        )
    },
    Endpoint {
        method: "PUT",
        takes: Some(Takes::File(|| schemars::schema_for!(Vec<RuleFile>).to_value())),
        ..get_endpoint(
            "/rules",
            "rules",
            "puts a list of rules in the place of all",
            gives_json::<rules::Rules>(200),
            rules::replace_rules,
        )
    },
    Endpoint {
        method: "DELETE",
        ..get_endpoint(
            "/rules",
            "rules",
            "takes all rules away",
            gives_json::<rules::RulesRemoved>(200),
            rules::clear_rules,
        )
    },
    Endpoint {
        method: "PUT",
        takes: Some(Takes::File(scenario::scenario_schema)),
        ..get_endpoint(
            "/scenario",
            "rules",
            "starts a scenario: resets the sandbox with its seed, clock, rules and expectations; a whole reset ends it",
            gives_json::<scenario::ScenarioView>(200),
            scenario::play_scenario,
        )
    },
    get_endpoint(
        "/scenario",
        "rules",
        "the state of the scenario",
        gives_json::<scenario::ScenarioView>(200),
        scenario::show_scenario,
    ),
    Endpoint {
        method: "DELETE",
        ..get_endpoint(
            "/scenario",
            "rules",
            "ends the scenario: seed, clock, world and rules are as the sandbox would have begun without one, the rest stays",
            gives_json::<scenario::Ended>(200),
            scenario::end_scenario,
        )
    },
    Endpoint {
        method: "POST",
        ..get_endpoint(
            "/scenario/verify",
            "rules",
            "the verdict on the scenario",
            gives_json::<scenario::ScenarioView>(200),
            scenario::judge_scenario,
        )
    },
    get_endpoint(
        "/rules/{id}",
        "rules",
        "one rule, with its counters",
        gives_json::<rules::RuleView>(200),
        rules::show_rule,
    ),
    Endpoint {
        method: "DELETE",
        ..get_endpoint(
            "/rules/{id}",
            "rules",
            "takes a rule away",
            gives_json::<rules::RulesRemoved>(200),
            rules::remove_rule,
        )
    },
    Endpoint {
        query: CALL_FILTERS,
        ..get_endpoint(
            "/journal",
            "watching",
            "the calls, newest first",
            gives_json::<journal::Entries>(200),
            journal::list_entries,
        )
    },
    get_endpoint(
        "/journal/{id}",
        "watching",
        "one call by its request id, or the `last` one: request, answer and explanation",
        gives_json::<EntryView>(200),
        journal::show_entry,
    ),
    Endpoint {
        method: "POST",
        takes: takes_json::<journal::Mark>(),
        ..get_endpoint(
            "/journal/mark",
            "watching",
            "puts a text into the journal",
            gives_json::<journal::Marked>(201),
            journal::add_mark,
        )
    },
    Endpoint {
        method: "DELETE",
        ..get_endpoint(
            "/journal",
            "watching",
            "forgets every call",
            gives_json::<journal::Emptied>(200),
            journal::clear_journal,
        )
    },
    Endpoint {
        query: EXPLAIN_FORMS,
        ..get_endpoint(
            "/explain",
            "watching",
            "why each call that did not succeed was answered as it was, of the newest hundred such calls",
            gives_json::<journal::Explanations>(200),
            journal::explain_failures,
        )
    },
    Endpoint {
        query: EXPLAIN_FORMS,
        ..get_endpoint(
            "/explain/{id}",
            "watching",
            "why a call, or the `last` one, was answered as it was; as text with `Accept: text/plain`",
            gives_json::<Explanation>(200),
            journal::explain_entry,
        )
    },
    Endpoint {
        method: "POST",
        takes: takes_json::<Question>(),
        ..get_endpoint(
            "/verify",
            "watching",
            "whether what happened is what was expected",
            gives_json::<FindingView>(200),
            verify::verify_calls,
        )
    },
    get_endpoint(
        "/metrics",
        "watching",
        "numbers for a monitoring system",
        Gives { status: 200, media_type: metrics::MEDIA_TYPE, schema: None },
        metrics::show_metrics,
    ),
    Endpoint {
        query: LAST_EVENT,
        ..get_endpoint(
            "/events",
            "watching",
            "what happens, as server-sent events",
            Gives { status: 200, media_type: "text/event-stream", schema: None },
            events::stream_events,
        )
    },
    Endpoint {
        query: WORLD_FILTERS,
        ..get_endpoint(
            "/world",
            "world",
            "the things of the world as they stand now, with what calls changed of them",
            gives_json::<world::WorldView>(200),
            world::show_world,
        )
    },
    Endpoint {
        query: PARTS,
        ..get_endpoint("/codes", "catalogue", "the error codes", gives_json::<listing::Codes>(200), listing::list_codes)
    },
    Endpoint {
        query: PARTS,
        ..get_endpoint(
            "/actions",
            "catalogue",
            "the actions",
            gives_json::<listing::Actions>(200),
            listing::list_actions,
        )
    },
    Endpoint {
        query: PARTS,
        ..get_endpoint(
            "/examples",
            "catalogue",
            "one call or link for each code that a call, a thing of the demo world or a switch provokes",
            gives_json::<listing::ExampleList>(200),
            listing::list_examples,
        )
    },
    get_endpoint(
        "/snippets",
        "catalogue",
        "a program for each SDK, with the address that was asked and keys of the sandbox; there are secrets in it",
        gives_json::<snippets::SnippetList>(200),
        snippets::list_snippets,
    ),
    get_endpoint(
        "/schema/scenario.json",
        "catalogue",
        "the JSON Schema of scenario files",
        Gives { status: 200, media_type: "application/json", schema: Some(any_object) },
        |_| Ok(cached_reply(&SCENARIO).into()),
    ),
    get_endpoint(
        "/schema/world.json",
        "catalogue",
        "the JSON Schema of world files",
        Gives { status: 200, media_type: "application/json", schema: Some(any_object) },
        |_| Ok(cached_reply(&WORLD).into()),
    ),
    get_endpoint(
        "/openapi.json",
        "emulator",
        "this API as an OpenAPI document",
        Gives { status: 200, media_type: "application/json", schema: Some(any_object) },
        |_| Ok(cached_reply(&OPENAPI).into()),
    ),
];

fn any_object() -> Value {
    json!({ "type": "object" })
}

static SCENARIO: LazyLock<Bytes> = LazyLock::new(|| lasting_text(&Scenario::schema()));
static WORLD: LazyLock<Bytes> = LazyLock::new(|| lasting_text(&World::schema()));
static OPENAPI: LazyLock<Bytes> = LazyLock::new(|| lasting_text(&openapi::openapi_document()));
