//! Tencent Cloud BI, version 2022-01-05: how a call is recognised and read, and how it is answered.
//!
//! The two signing recipes are `tc3` and `v1`; the order of the gateway's checks is the table in `checks`;
//! what an action takes and gives stands in its file under `actions`.

pub mod actions;
pub mod assumptions;
mod checks;
mod compose;
mod envelope;
pub mod errors;
pub mod examples;
mod hosts;
pub mod known;
mod mistakes;
mod page_settings;
mod proxies;
mod read;
mod tc3;
mod v1;
mod visit;
mod world;

use super::answer_examples::AnswerExamples;
use super::catalog::{ErrorText, ParamKind};
use super::params::{Blank, Policy, Stage};
use super::recipe::Recipe;
use super::{Answers, Catalog, CheckInput, Clients, Gateway, Pages, RateWindow, Requests, Vendor};
use crate::call::{RawRequest, Scheme, SchemeForm, SignedHost};
use crate::domain::{Assumptions, Evidence, Refusal, Spelling};
use crate::reply::Reply;
use crate::sign::KeptKey;

/// The one version of the API.
pub const VERSION: &str = "2022-01-05";

/// The name in flags, rules and documents.
pub const NAME: &str = "tencent";

/// The newer signature.
pub const TC3: Scheme = Scheme::new("TC3-HMAC-SHA256", SchemeForm::Canonical, SignedHost::WithOrWithoutPort);
/// The older signature, in its shorter form.
pub const HMAC_SHA1: Scheme = Scheme::new("HmacSHA1", SchemeForm::Pairs, SignedHost::AsSent);
/// The older signature, in its longer form.
pub const HMAC_SHA256: Scheme = Scheme::new("HmacSHA256", SchemeForm::Pairs, SignedHost::AsSent);

/// Common parameters of the older signature, which no action has as its own.
const COMMON: &[&str] = &[
    "Action",
    "Version",
    "Timestamp",
    "Nonce",
    "SecretId",
    "Signature",
    "SignatureMethod",
    "Region",
    "Token",
    "Language",
    "RequestClient",
];

static POLICY: Policy = Policy {
    stages: &[Stage::Unknown, Stage::Types, Stage::Required, Stage::Rules],
    blank: Blank::Absent,
    is_common: |name| COMMON.contains(&name),
    common: COMMON,
    facts: &[
        ("ticket", &["BIToken"]),
        ("project", &["ProjectId"]),
        ("page", &["PageId"]),
        ("user", &["UserId", "UserCorpId"]),
        ("uses", &["TicketNum"]),
    ],
    type_word: |kind| match kind {
        ParamKind::Text => "string",
        ParamKind::Int => "int64",
        ParamKind::Nat => "uint64",
        ParamKind::Bool => "bool",
        ParamKind::List => "array",
        ParamKind::Object => "object",
    },
    digits_are_integers: |assumptions| {
        assumptions.holds(&assumptions::DIGITS_AS_INTEGER, assumptions::DigitsAsIntegerChoice::Accept)
    },
    bad_value: actions::bad_value,
};

static ANSWER_EXAMPLES: AnswerExamples = AnswerExamples::of(include_str!("answers.json"));

/// The vendor.
pub static TENCENT: Vendor = Vendor {
    name: NAME,
    clients: Clients {
        title: "Tencent",
        key_fields: ["secret_id", "secret_key"],
        environment: ["TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"],
        rivals: &["TENCENTCLOUD_TOKEN", "TENCENTCLOUD_ROLE_ARN", "TENCENTCLOUD_ROLE_SESSION_NAME"],
        proxies: proxies::HABITS,
        snippets: &[
            ("tencent-python", include_str!("snippets/tencent-python.py")),
            ("tencent-node", include_str!("snippets/tencent-node.js")),
            ("tencent-go", include_str!("snippets/tencent-go.go")),
            ("tencent-java", include_str!("snippets/tencent-java.java")),
            ("tencent-php", include_str!("snippets/tencent-php.php")),
            ("tencent-ruby", include_str!("snippets/tencent-ruby.rb")),
            ("tccli", include_str!("snippets/tccli.sh")),
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
        terms: |_, work, _, assumptions| (work.terms)(assumptions),
    },
    requests: Requests {
        marks: "`Authorization: TC3-…`, an `X-TC-…` header, a `SecretId` parameter, or `Version=2022-01-05`",
        hosts: hosts::HOSTS,
        has_marks,
        read: read::read_call,
        settle: read::apply_assumptions,
        preflight: answer_preflight,
        veiled: &["signature", "token", "x-tc-token", "dbpwd"],
    },
    gateway: Gateway {
        checks: checks::CHECKS,
        draft: draft_recipe,
        holds: signature_holds,
        rate_window,
        throttled: throttled_refusal,
    },
    answers: Answers {
        envelope: envelope::answer_call,
        spelling: Spelling::Lower,
        request_id_path: &["Response", "RequestId"],
        internal_error: &errors::INTERNAL_ERROR,
        status_of_version,
        as_told: |_, _| None,
        language: envelope::row_language,
        own_fact: checks::own_fact,
        keeps_back,
    },
    pages: Pages {
        visit: visit::read_visit,
        data_path: visit::DATA,
        data_call: visit::data_call,
        data_reply: envelope::write_reply,
        has_page: |_, _| true,
        visit_terms: visit::visit_terms,
        visit_status: visit::visit_status,
        ticket_link: visit::ticket_link,
        link_refusal: |_, _, _| None,
        as_told_on_page: visit::as_told,
        takes_use_ahead: visit::takes_use_ahead,
        ends_when_open: visit::ends_when_open,
        settings: page_settings::read_settings,
        unknown_parameter: visit::tell_unknown_parameter,
        height_name: |_, _| None,
    },
};

fn has_marks(raw: &RawRequest) -> bool {
    let authorized = raw.header("authorization").is_some_and(|value| value.starts_with("TC3-"));
    authorized || raw.headers.iter().any(|(name, _)| name.starts_with("x-tc-")) || read::has_mark_in_pairs(raw)
}

fn draft_recipe(look: &CheckInput<'_>, secret: &str, attempt: usize) -> Option<Recipe> {
    match look.call.claim.scheme {
        HMAC_SHA1 | HMAC_SHA256 => v1::draft_recipe(look, secret, attempt).map(Recipe::Pairs),
        _ => tc3::draft_recipe(look, secret, attempt).map(Recipe::Canonical),
    }
}

fn signature_holds(look: &CheckInput<'_>, secret: &str, kept: &KeptKey) -> bool {
    match look.call.claim.scheme {
        HMAC_SHA1 | HMAC_SHA256 => v1::signature_holds(look, secret, kept),
        _ => tc3::signature_holds(look, secret, kept).unwrap_or(false),
    }
}

fn status_of_version(_version: &str) -> u16 {
    200
}

fn answer_preflight(raw: &RawRequest, assumptions: &Assumptions) -> Option<Reply> {
    // Nothing else than plain HTTP arrives here.
    if assumptions.holds(&assumptions::PLAIN_HTTP, assumptions::PlainHttpChoice::Refuse) {
        return Some(Reply::new(403, "text/plain", "403 Forbidden\n"));
    }
    let elsewhere =
        raw.path() != "/" && assumptions.holds(&assumptions::OTHER_PATHS, assumptions::OtherPathsChoice::Refuse);
    elsewhere.then(|| Reply::new(404, "text/plain", "404 Not Found\n"))
}

fn rate_window(assumptions: &Assumptions) -> RateWindow {
    if assumptions.holds(&assumptions::RATE_WINDOW, assumptions::RateWindowChoice::Sliding) {
        RateWindow::Sliding
    } else {
        RateWindow::Fixed
    }
}

fn throttled_refusal(count: u64, limit: u64, assumptions: &Assumptions) -> Refusal {
    let told = if assumptions.holds(&assumptions::THROTTLED_COUNT, assumptions::ThrottledCountChoice::FirstOver) {
        limit + 1
    } else {
        count
    };
    Refusal::Throttled { count: told, limit }
}

fn keeps_back(text: &ErrorText, assumptions: &Assumptions) -> bool {
    text.evidence == Evidence::Assumed
        && assumptions.holds(&assumptions::UNSEEN_TEXTS, assumptions::UnseenTextsChoice::Code)
}
