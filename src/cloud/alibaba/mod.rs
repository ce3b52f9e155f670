//! Alibaba Quick BI (`quickbi-public`): how a call is recognised and read, and how it is answered.
//!
//! Embedding lives in two versions, 2021-03-25 and 2022-01-01, which differ in the HTTP status of
//! business errors and in their actions. The two signing recipes are `rpc` and `acs3`.

mod acs3;
pub mod actions;
pub mod assumptions;
mod checks;
mod compose;
mod envelope;
pub mod errors;
pub mod examples;
mod hosts;
pub mod known;
mod locate;
mod mistakes;
mod page_settings;
mod proxies;
mod read;
mod rpc;
mod signed_link;
mod visit;
mod wording;
mod world;
mod xml;

use assumptions::{
    EMBED_TOKEN_LIMIT, ERROR_VIEW_STATUS, EmbedTokenLimitChoice, ErrorViewStatusChoice, FAILED_LOAD, FailedLoadChoice,
    OPEN_PAGE, OpenPageChoice, PREFETCH, PrefetchChoice, TICKET_STORE, TicketStoreChoice, VISIT_ORDER,
    VisitOrderChoice,
};

use super::answer_examples::AnswerExamples;
use super::catalog::{Action, ParamKind, TicketWork};
use super::params::{Blank, Policy, Stage};
use super::recipe::Recipe;
use super::{Answers, Catalog, CheckInput, Clients, Gateway, PageWords, Pages, RateWindow, Requests, Vendor};
use crate::call::{Call, RawRequest, Scheme, SchemeForm, SignedHost};
use crate::domain::{Assumptions, Reason, Refusal, RefusedVisit, Spelling, Terms, VisitOrder};
use crate::reply::Reply;
use crate::sign::KeptKey;

/// The name in flags, rules and documents.
pub const NAME: &str = "alibaba";

/// The newer signature.
pub const ACS3: Scheme = Scheme::new("ACS3-HMAC-SHA256", SchemeForm::Canonical, SignedHost::AsSent);
/// The same with the digest SM3, an option of the vendor's SDKs.
pub const ACS3_SM3: Scheme = Scheme::new("ACS3-HMAC-SM3", SchemeForm::Canonical, SignedHost::AsSent);
/// The older signature.
pub const RPC: Scheme = Scheme::new("HMAC-SHA1", SchemeForm::Pairs, SignedHost::NotCovered);

/// The last version that answers business errors with 500.
const LAST_WITH_500: &str = "2021-03-25";

/// Parameters of the gateway, which no action has as its own.
const COMMON: &[&str] = &[
    "Action",
    "Version",
    "Format",
    "AccessKeyId",
    "Signature",
    "SignatureMethod",
    "SignatureVersion",
    "SignatureNonce",
    "SignatureType",
    "Timestamp",
    "SecurityToken",
    "RegionId",
];

static POLICY: Policy = Policy {
    // The gateway drops names it does not know.
    stages: &[Stage::Required, Stage::Types, Stage::Rules],
    blank: Blank::Refused,
    is_common: |_| true,
    common: COMMON,
    facts: &[
        ("ticket", &["Ticket", "Token"]),
        ("work", &["WorksId"]),
        ("component", &["CmptId"]),
        ("user", &["UserId", "AccountName"]),
        ("uses", &["TicketNum"]),
    ],
    type_word: |kind| match kind {
        ParamKind::Text => "String",
        ParamKind::Int => "Integer",
        ParamKind::Nat => "Long",
        ParamKind::Bool => "Boolean",
        ParamKind::List => "List",
        ParamKind::Object => "Map",
    },
    digits_are_integers: |_| true,
    bad_value: |_, refusal, _| refusal,
};

static ANSWER_EXAMPLES: AnswerExamples = AnswerExamples::of(include_str!("answers.json"));

/// The vendor.
pub static ALIBABA: Vendor = Vendor {
    name: NAME,
    clients: Clients {
        title: "Alibaba",
        key_fields: ["access_key_id", "access_key_secret"],
        environment: ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"],
        rivals: &["ALIBABA_CLOUD_SECURITY_TOKEN", "ALIBABA_CLOUD_PROFILE", "ALIBABA_CLOUD_ROLE_ARN"],
        proxies: proxies::HABITS,
        snippets: &[
            ("alibaba-python", include_str!("snippets/alibaba-python.py")),
            ("alibaba-python-classic", include_str!("snippets/alibaba-python-classic.py")),
            ("alibaba-node", include_str!("snippets/alibaba-node.js")),
            ("alibaba-pop-core", include_str!("snippets/alibaba-pop-core.js")),
            ("alibaba-go", include_str!("snippets/alibaba-go.go")),
            ("alibaba-go-classic", include_str!("snippets/alibaba-go-classic.go")),
            ("alibaba-java", include_str!("snippets/alibaba-java.java")),
            ("alibaba-java-classic", include_str!("snippets/alibaba-java-classic.java")),
            ("alibaba-php", include_str!("snippets/alibaba-php.php")),
            ("alibaba-php-classic", include_str!("snippets/alibaba-php-classic.php")),
            ("alibaba-ruby", include_str!("snippets/alibaba-ruby.rb")),
            ("curl", include_str!("snippets/curl.sh")),
        ],
        compose: compose::compose_request,
    },
    section: &world::SECTION,
    catalog: Catalog {
        actions: actions::ACTIONS,
        others: actions::OTHERS,
        known_actions: known::KNOWN,
        answer_examples: &ANSWER_EXAMPLES,
        telling: &world::TELLING,
        errors: errors::ERRORS,
        examples: &examples::EXAMPLES,
        assumptions: assumptions::ASSUMPTIONS,
        mistakes: mistakes::MISTAKES,
        policy: &POLICY,
        terms: action_terms,
    },
    requests: Requests {
        marks: "`Authorization: ACS3-…`, an `x-acs-…` header, an `AccessKeyId` parameter, or a `Version` of Quick BI",
        hosts: hosts::HOSTS,
        has_marks,
        read: read::read_call,
        settle: |_, _| {},
        preflight: answer_preflight,
        // The models of data sources have passwords in them.
        veiled: &["signature", "securitytoken", "x-acs-signature", "x-acs-security-token", "addmodel", "updatemodel"],
    },
    gateway: Gateway {
        checks: checks::CHECKS,
        draft: draft_recipe,
        holds: signature_holds,
        rate_window: |_| RateWindow::Fixed,
        throttled: |count, limit, _| Refusal::Throttled { count, limit },
    },
    answers: Answers {
        envelope: envelope::write_reply,
        spelling: Spelling::Upper,
        request_id_path: &["RequestId"],
        internal_error: &errors::INTERNAL_ERROR,
        status_of_version,
        as_told: wording::as_told,
        language: |_, spoken| spoken.language,
        own_fact,
        keeps_back: |_, _| false,
    },
    pages: Pages {
        visit: visit::read_visit,
        data_path: visit::DATA,
        data_call: visit::data_call,
        data_reply: envelope::data_reply,
        has_page: visit::is_page,
        visit_terms,
        visit_status,
        ticket_link: visit::ticket_link,
        link_refusal: visit::link_refusal,
        as_told_on_page: visit::as_told,
        takes_use_ahead,
        ends_when_open,
        settings: page_settings::read_settings,
        unknown_parameter: |_| page_settings::UNKNOWN_PARAMETER,
        height_name: visit::height_name,
    },
};

fn has_marks(raw: &RawRequest) -> bool {
    let authorized = raw.header("authorization").is_some_and(|value| value.starts_with("ACS3-"));
    authorized || raw.headers.iter().any(|(name, _)| name.starts_with("x-acs-")) || read::has_mark_in_pairs(raw)
}

fn draft_recipe(look: &CheckInput<'_>, secret: &str, attempt: usize) -> Option<Recipe> {
    match (look.call.claim.scheme, attempt) {
        (ACS3 | ACS3_SM3, 0) => Some(Recipe::Canonical(acs3::draft_recipe(look, secret))),
        (_, 0) => Some(Recipe::Pairs(rpc::draft_recipe(look, secret))),
        _ => None,
    }
}

fn signature_holds(look: &CheckInput<'_>, secret: &str, kept: &KeptKey) -> bool {
    match look.call.claim.scheme {
        ACS3 => acs3::signature_holds(look, secret, kept).unwrap_or(false),
        // Few clients choose it, so its drafts are quick enough.
        ACS3_SM3 => false,
        _ => rpc::signature_holds(look, secret),
    }
}

fn status_of_version(version: &str) -> u16 {
    // Versions are dates, so the order of their texts is their order in time.
    if version <= LAST_WITH_500 { 500 } else { 400 }
}

fn answer_preflight(raw: &RawRequest, assumptions: &Assumptions) -> Option<Reply> {
    if raw.method == "OPTIONS" { envelope::answer_preflight(assumptions) } else { locate::answer_question(raw) }
}

fn takes_use_ahead(assumptions: &Assumptions) -> bool {
    assumptions.holds(&PREFETCH, PrefetchChoice::TakesUse)
}

fn ends_when_open(assumptions: &Assumptions) -> bool {
    assumptions.holds(&OPEN_PAGE, OpenPageChoice::Ends)
}

fn action_terms(action: &Action, work: &TicketWork, call: &Call, assumptions: &Assumptions) -> Terms {
    let version = || action.versions.iter().copied().find(|version| call.version.as_deref() == Some(version));
    let edition = if assumptions.holds(&TICKET_STORE, TicketStoreChoice::ByVersion) { version() } else { None };
    Terms { edition, ..(work.terms)(assumptions) }
}

fn visit_terms(assumptions: &Assumptions) -> Terms {
    let uses_first = assumptions.holds(&VISIT_ORDER, VisitOrderChoice::UsesFirst);
    let takes_use = assumptions.holds(&FAILED_LOAD, FailedLoadChoice::TakesUse);
    Terms {
        visit_order: if uses_first { VisitOrder::UsesFirst } else { VisitOrder::TargetFirst },
        refused_visit: if takes_use { RefusedVisit::TakesUse } else { RefusedVisit::Free },
        ..Terms::default()
    }
}

fn visit_status(page: &PageWords<'_>) -> u16 {
    if page.assumptions.holds(&ERROR_VIEW_STATUS, ErrorViewStatusChoice::Status403) { 403 } else { 200 }
}

/// The facts of refusals that follow from limits of our own.
fn own_fact(reason: Reason, name: &str, assumptions: &Assumptions) -> Option<String> {
    match (reason, name) {
        // Where a world has no limit, the message has the largest that could be chosen.
        (Reason::TooManyTickets, "limit") => {
            let chosen = assumptions.of(&EMBED_TOKEN_LIMIT).most();
            chosen.or(EmbedTokenLimitChoice::Hundred.most()).map(|limit| limit.to_string())
        }
        // No number of visits is below one.
        (Reason::UsesOutOfRange, "uses") => Some("0".to_owned()),
        _ => None,
    }
}
