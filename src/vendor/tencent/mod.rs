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
pub mod known;
mod mistakes;
mod read;
mod tc3;
mod v1;
mod visit;

use serde_json::Value;

use super::catalog::{Action, ErrorRow, Kind, KnownAction, Text};
use super::client::Wish;
use super::draft::Draft;
use super::examples::Examples;
use super::mistakes::Mistake;
use super::params::{Blank, Policy, Stage};
use super::words::Spoken;
use super::{Check, DataCall, Look, PageWords, RateWindow, Stamp, Vendor, VisitAsk};
use crate::call::{Call, Language, RawRequest, Scheme};
use crate::domain::{Assumption, Assumptions, Evidence, Refusal, Spelling, Terms};
use crate::reply::{Reply, Said};

/// The one version of the API.
pub const VERSION: &str = "2022-01-05";

/// The name in flags, rules and documents.
pub const NAME: &str = "tencent";

/// The vendor.
pub struct Tencent;

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
        Kind::Text => "string",
        Kind::Int => "int64",
        Kind::Nat => "uint64",
        Kind::Bool => "bool",
    },
    digits_are_integers: |assumptions| assumptions.is(&assumptions::DIGITS_AS_INTEGER, "accept"),
    bad_value: actions::bad_value,
};

impl Vendor for Tencent {
    fn name(&self) -> &'static str {
        NAME
    }

    fn owns_host(&self, host: &str) -> bool {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name).to_ascii_lowercase();
        name.starts_with("bi.") && name.ends_with("tencentcloudapi.com")
    }

    fn has_marks(&self, raw: &RawRequest) -> bool {
        let authorized = raw.header("authorization").is_some_and(|value| value.starts_with("TC3-"));
        authorized || raw.headers.iter().any(|(name, _)| name.starts_with("x-tc-")) || read::has_mark_in_pairs(raw)
    }

    fn marks(&self) -> &'static str {
        "`Authorization: TC3-…`, an `X-TC-…` header, a `SecretId` parameter, or `Version=2022-01-05`"
    }

    fn preflight(&self, raw: &RawRequest, assumptions: &Assumptions) -> Option<Reply> {
        // Nothing else than plain HTTP arrives here.
        if assumptions.is(&assumptions::PLAIN_HTTP, "refuse") {
            return Some(Reply::new(403, "text/plain", "403 Forbidden\n"));
        }
        let elsewhere = raw.path() != "/" && assumptions.is(&assumptions::OTHER_PATHS, "refuse");
        elsewhere.then(|| Reply::new(404, "text/plain", "404 Not Found\n"))
    }

    fn read(&self, raw: &RawRequest) -> Call {
        read::call(raw)
    }

    fn settle(&self, call: &mut Call, assumptions: &Assumptions) {
        read::settle(call, assumptions);
    }

    fn veiled(&self) -> &'static [&'static str] {
        &["signature", "token", "x-tc-token"]
    }

    fn checks(&self) -> &'static [Check] {
        checks::CHECKS
    }

    fn draft(&self, look: &Look<'_>, secret: &str, attempt: usize) -> Option<Draft> {
        match look.call.claim.scheme {
            Scheme::HmacSha1 | Scheme::HmacSha256 => v1::draft(look, secret, attempt).map(Draft::Pairs),
            _ => tc3::draft(look, secret, attempt).map(Draft::Canonical),
        }
    }

    fn mistakes(&self) -> &'static [&'static [Mistake]] {
        mistakes::MISTAKES
    }

    fn rate_window(&self, assumptions: &Assumptions) -> RateWindow {
        if assumptions.is(&assumptions::RATE_WINDOW, "sliding") { RateWindow::Sliding } else { RateWindow::Fixed }
    }

    fn throttled(&self, count: u64, limit: u64, assumptions: &Assumptions) -> Refusal {
        let told = if assumptions.is(&assumptions::THROTTLED_COUNT, "first_over") { limit + 1 } else { count };
        Refusal::Throttled { count: told, limit }
    }

    fn actions(&self) -> &'static [&'static Action] {
        actions::ACTIONS
    }

    fn known_actions(&self) -> &'static [KnownAction] {
        known::KNOWN
    }

    fn errors(&self) -> &'static [&'static ErrorRow] {
        errors::ERRORS
    }

    fn examples(&self) -> &'static Examples {
        &examples::EXAMPLES
    }

    fn compose(&self, wish: &Wish, signature: &str) -> RawRequest {
        compose::compose(wish, signature)
    }

    fn assumptions(&self) -> &'static [&'static Assumption] {
        assumptions::ASSUMPTIONS
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn status_of_version(&self, _version: &str) -> u16 {
        200
    }

    fn language(&self, row: &ErrorRow, spoken: &Spoken<'_>) -> Language {
        envelope::language(row, spoken)
    }

    fn keeps_back(&self, text: &Text, assumptions: &Assumptions) -> bool {
        text.evidence == Evidence::Assumed && assumptions.is(&assumptions::UNSEEN_TEXTS, "code")
    }

    fn envelope(&self, stamp: &Stamp<'_>, _call: &Call, outcome: Result<&Value, &Said>) -> Reply {
        envelope::reply(stamp, outcome)
    }

    fn spelling(&self) -> Spelling {
        Spelling::Lower
    }

    fn request_id_path(&self) -> &'static [&'static str] {
        &["Response", "RequestId"]
    }

    fn visit(&self, raw: &RawRequest) -> Option<VisitAsk> {
        visit::ask(raw)
    }

    fn visit_terms(&self, assumptions: &Assumptions) -> Terms {
        visit::terms(assumptions)
    }

    fn visit_status(&self, page: &PageWords<'_>) -> u16 {
        visit::status(page)
    }

    fn as_told_on_page(&self, refusal: &Refusal, page: &PageWords<'_>) -> Option<Refusal> {
        visit::as_told(refusal, page)
    }

    fn data_call(&self, raw: &RawRequest) -> Option<DataCall> {
        visit::data_call(raw)
    }

    fn data_path(&self) -> &'static str {
        visit::DATA
    }

    fn data_reply(&self, stamp: &Stamp<'_>, outcome: Result<&Value, &Said>) -> Reply {
        envelope::reply(stamp, outcome)
    }
}
