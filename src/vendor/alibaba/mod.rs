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
pub mod known;
mod mistakes;
mod read;
mod rpc;
mod visit;
mod wording;
mod xml;

use assumptions::{ERROR_VIEW_STATUS, FAILED_LOAD, TICKET_STORE, VISIT_ORDER};
use serde_json::Value;

use super::catalog::{Action, ErrorRow, Kind, KnownAction};
use super::client::Wish;
use super::draft::Draft;
use super::examples::Examples;
use super::mistakes::Mistake;
use super::params::{Blank, Policy, Stage};
use super::words::Spoken;
use super::{Check, DataCall, Look, PageWords, Stamp, Vendor, VisitAsk};
use crate::call::{Call, RawRequest, Scheme};
use crate::domain::{Assumption, Assumptions, Refusal, RefusedVisit, Spelling, Terms, VisitOrder};
use crate::reply::{Reply, Said};

/// The name in flags, rules and documents.
pub const NAME: &str = "alibaba";

/// The last version that answers business errors with 500.
const LAST_WITH_500: &str = "2021-03-25";

/// The vendor.
pub struct Alibaba;

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
        Kind::Text => "String",
        Kind::Int => "Integer",
        Kind::Nat => "Long",
        Kind::Bool => "Boolean",
    },
    digits_are_integers: |_| true,
    bad_value: |_, refusal, _| refusal,
};

impl Vendor for Alibaba {
    fn name(&self) -> &'static str {
        NAME
    }

    fn owns_host(&self, host: &str) -> bool {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name).to_ascii_lowercase();
        name.starts_with("quickbi-public") && name.ends_with("aliyuncs.com")
    }

    fn has_marks(&self, raw: &RawRequest) -> bool {
        let authorized = raw.header("authorization").is_some_and(|value| value.starts_with("ACS3-"));
        authorized || raw.headers.iter().any(|(name, _)| name.starts_with("x-acs-")) || read::has_mark_in_pairs(raw)
    }

    fn marks(&self) -> &'static str {
        "`Authorization: ACS3-…`, an `x-acs-…` header, an `AccessKeyId` parameter, or a `Version` of Quick BI"
    }

    fn preflight(&self, raw: &RawRequest, assumptions: &Assumptions) -> Option<Reply> {
        if raw.method == "OPTIONS" { envelope::preflight(assumptions) } else { None }
    }

    fn read(&self, raw: &RawRequest) -> Call {
        read::call(raw)
    }

    fn veiled(&self) -> &'static [&'static str] {
        &["signature", "securitytoken", "x-acs-signature", "x-acs-security-token"]
    }

    fn checks(&self) -> &'static [Check] {
        checks::CHECKS
    }

    fn draft(&self, look: &Look<'_>, secret: &str, attempt: usize) -> Option<Draft> {
        match (look.call.claim.scheme, attempt) {
            (Scheme::Acs3, 0) => Some(Draft::Canonical(acs3::draft(look, secret))),
            (_, 0) => Some(Draft::Pairs(rpc::draft(look, secret))),
            _ => None,
        }
    }

    fn mistakes(&self) -> &'static [&'static [Mistake]] {
        mistakes::MISTAKES
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

    fn terms(&self, action: &Action, call: &Call, assumptions: &Assumptions) -> Terms {
        let version = || action.versions.iter().copied().find(|version| call.version.as_deref() == Some(version));
        let edition = if assumptions.is(&TICKET_STORE, "by_version") { version() } else { None };
        Terms { edition, ..(action.terms)(assumptions) }
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn status_of_version(&self, version: &str) -> u16 {
        // Versions are dates, so the order of their texts is their order in time.
        if version <= LAST_WITH_500 { 500 } else { 400 }
    }

    fn as_told(&self, refusal: &Refusal, spoken: &Spoken<'_>) -> Option<Refusal> {
        wording::as_told(refusal, spoken)
    }

    fn envelope(&self, stamp: &Stamp<'_>, call: &Call, outcome: Result<&Value, &Said>) -> Reply {
        envelope::reply(stamp, call, outcome)
    }

    fn spelling(&self) -> Spelling {
        Spelling::Upper
    }

    fn request_id_path(&self) -> &'static [&'static str] {
        &["RequestId"]
    }

    fn visit(&self, raw: &RawRequest) -> Option<VisitAsk> {
        visit::ask(raw)
    }

    fn has_page(&self, path: &str, assumptions: &Assumptions) -> bool {
        visit::is_page(path, assumptions)
    }

    fn visit_terms(&self, assumptions: &Assumptions) -> Terms {
        let uses_first = assumptions.is(&VISIT_ORDER, "uses_first");
        let takes_use = assumptions.is(&FAILED_LOAD, "takes_use");
        Terms {
            visit_order: if uses_first { VisitOrder::UsesFirst } else { VisitOrder::TargetFirst },
            refused_visit: if takes_use { RefusedVisit::TakesUse } else { RefusedVisit::Free },
            ..Terms::default()
        }
    }

    fn visit_status(&self, page: &PageWords<'_>) -> u16 {
        if page.assumptions.is(&ERROR_VIEW_STATUS, "403") { 403 } else { 200 }
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
        envelope::data_reply(stamp, outcome)
    }
}
