//! Mini BI, a vendor that there is not: one action, one signature, one kind of thing to embed.
//!
//! It uses nothing but the public face of the crate, so it shows all that a vendor needs.

use std::collections::HashSet;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use ticketbooth::call::{Call, Claim, Language, Params, RawRequest, Scheme, SchemeForm, SignedHost};
use ticketbooth::cloud::answer_examples::AnswerExamples;
use ticketbooth::cloud::catalog::{
    Action, ActionResult, Does, ErrorRow, ErrorScope, ErrorText, KnownAction, ParamKind, ParamRow, ParamRule, Reasons,
    Rendered, StatusRule, TicketWork, to_rendered,
};
use ticketbooth::cloud::client::{ClientCall, raw_request};
use ticketbooth::cloud::examples::{Examples, refused_call};
use ticketbooth::cloud::params::{Args, Blank, Policy, Stage};
use ticketbooth::cloud::recipe::{QueryRecipe, Recipe};
use ticketbooth::cloud::telling::TellingStyle;
use ticketbooth::cloud::world_file::{Section, SectionFile};
use ticketbooth::cloud::{
    Answers, Catalog, Check, CheckInput, Clients, Gateway, Pages, RateWindow, Requests, Stamp, Vendor,
};
use ticketbooth::document::{Flaws, Place};
use ticketbooth::domain::{
    AccountAsk, Ask, Assumptions, Class, Evidence, Extras, Family, IdForm, IssueAsk, IssueLimits, IssueSubject, Order,
    Reason, Refusal, Renewal, Spelling, Target, Terms, Timestamp, User, WorkAsk,
};
use ticketbooth::reply::{Reply, Said};
use ticketbooth::sign::{KeptKey, canonical_query, hmac_sha256};
use ticketbooth::trail::{Checked, Step};
use ticketbooth::world::authorize::make_order;
use ticketbooth::world::checks::{Ids, check_filled};
use ticketbooth::world::{Credential, KeyState, PageContent, Role, VendorWorld};

pub const NAME: &str = "mini";
const VERSION: &str = "1";
const PASSES: Family = Family::new(&(NAME, "pass"));

/// HMAC-SHA256 over the sorted query without `Sign`, in hex.
const SORTED: Scheme = Scheme::new("MINI", SchemeForm::Pairs, SignedHost::NotCovered);

pub const MINI: Vendor = Vendor {
    name: NAME,
    clients: Clients {
        title: "Mini",
        key_fields: ["key", "secret"],
        environment: ["MINI_KEY", "MINI_SECRET"],
        rivals: &[],
        proxies: &[],
        snippets: &[("mini-shell", "curl http://127.0.0.1:4240/?MiniKey=…\n")],
        compose,
    },
    section: &SECTION,
    catalog: Catalog {
        actions: &[&ISSUE_PASS],
        others: &[],
        answer_examples: &NO_ANSWERS,
        telling: &TellingStyle::NONE,
        known_actions: &[KnownAction { name: "IssuePass", versions: &[VERSION] }],
        errors: &[&BAD_SIGN, &NO_SUCH_WORK, &BROKEN, &REFUSED],
        examples: &EXAMPLES,
        assumptions: &[],
        mistakes: &[],
        policy: &POLICY,
        terms: |_, _, _, _| Terms::default(),
    },
    requests: Requests {
        marks: "a `MiniKey` parameter",
        hosts: &[],
        has_marks: |raw| raw.query().split('&').any(|pair| pair.starts_with("MiniKey=")),
        read,
        settle: |_, _| {},
        preflight: |_, _| None,
        veiled: &["sign"],
    },
    gateway: Gateway {
        checks: &[Check::Form { step: Step::Action, test: check_action }, Check::KnownKey, Check::Signature],
        draft,
        holds: |_, _, _| false,
        rate_window: |_| RateWindow::Fixed,
        throttled: |count, limit, _| Refusal::Throttled { count, limit },
    },
    answers: Answers {
        envelope,
        spelling: Spelling::Lower,
        request_id_path: &["request"],
        internal_error: &BROKEN,
        status_of_version: |_| 200,
        as_told: |_, _| None,
        language: |_, _| Language::English,
        own_fact: |_, _, _| None,
        keeps_back: |_, _| false,
    },
    pages: Pages::NONE,
};

static NO_ANSWERS: AnswerExamples = AnswerExamples::of("{}");

static EXAMPLES: Examples = Examples {
    key: "MINIKEY",
    secret: "minisecret",
    samples: &[],
    rows: &[refused_call("NoSuchWork", "a work that is not there", "IssuePass", &[("Work", "nothing")])],
};

static POLICY: Policy = Policy {
    stages: &[Stage::Required],
    blank: Blank::Absent,
    is_common: |name| COMMON.contains(&name),
    common: COMMON,
    facts: &[("work", &["Work"])],
    type_word: ParamKind::name,
    digits_are_integers: |_| true,
    bad_value: |_, refusal, _| refusal,
};

const COMMON: &[&str] = &["Action", "MiniKey", "Sign"];

static ISSUE_PASS: Action = Action {
    name: "IssuePass",
    versions: &[VERSION],
    about: "Issues a pass for a work.",
    params: &[ParamRow {
        name: "Work",
        alias: "Work",
        kind: ParamKind::Text,
        required: true,
        rule: ParamRule::Any,
        about: "id of the work",
    }],
    does: Does::Tickets(TicketWork { family: PASSES, terms: |_| Terms::default(), parse, render }),
    reasons: Reasons::new(),
    evidence: Evidence::Assumed,
    source: "nobody",
};

macro_rules! error_row {
    ($name:ident, $code:literal, $class:ident, $status:literal, $reasons:expr, $text:literal) => {
        static $name: ErrorRow = ErrorRow {
            code: $code,
            class: Class::$class,
            scope: ErrorScope::Gateway,
            status: StatusRule::Fixed($status),
            texts: &[ErrorText { reasons: $reasons, english: $text, chinese: None, evidence: Evidence::Assumed }],
            source: "nobody",
        };
    };
}

error_row!(BAD_SIGN, "BadSign", Auth, 403, &[Reason::SignatureMismatch], "Sign {string_to_sign}.");
error_row!(BROKEN, "Broken", Fleeting, 500, &[], "Broken.");
error_row!(NO_SUCH_WORK, "NoSuchWork", State, 404, &[Reason::WorkUnknown], "No work {work}.");
// For every other reason: the first row that has a reason tells it.
error_row!(REFUSED, "Refused", Request, 400, Reason::ALL, "Refused.");

fn read(raw: &RawRequest) -> Call {
    let params = Params::of_query(&raw.query_bytes());
    let field = |name: &str| params.shared_text(name);
    Call {
        action: field("Action"),
        version: Some(VERSION.into()),
        claim: Claim { scheme: SORTED, access_key: field("MiniKey"), signature: field("Sign"), ..Claim::default() },
        params,
        ..Call::default()
    }
}

fn check_action(input: &CheckInput<'_>) -> Result<Checked, Refusal> {
    match input.call.display_name() {
        "IssuePass" => Ok(Checked::Made),
        other => Err(Refusal::ActionUnknown { action: other.to_owned() }),
    }
}

fn draft(input: &CheckInput<'_>, secret: &str, attempt: usize) -> Option<Recipe> {
    let pairs = input.call.params.pairs.iter().filter(|(name, _)| name != "Sign");
    let mut pairs: Vec<_> =
        pairs.map(|(name, _)| (name.to_string(), input.call.params.text(name).unwrap_or("").to_owned())).collect();
    pairs.sort_unstable();
    let recipe = QueryRecipe {
        seal: |key, text| hmac_sha256(key, text),
        write: |bytes| hex::encode(bytes),
        ..QueryRecipe::new(&input.raw.method, pairs, secret.as_bytes().to_vec())
    };
    (attempt == 0).then_some(Recipe::Pairs(recipe))
}

fn compose(call: &ClientCall, signature: &str) -> RawRequest {
    let own = [("Action", &call.action), ("MiniKey", &call.key), ("Sign", &signature.to_owned())];
    let own = own.map(|(name, value)| (name.to_owned(), value.clone()));
    let pairs: Vec<_> = call.params.iter().cloned().chain(own).collect();
    let target = format!("/?{}", canonical_query(&pairs));
    raw_request("GET", &target, vec![("host".to_owned(), call.host.clone())], "")
}

fn parse(args: &Args<'_>, _: &Assumptions) -> Result<Ask, Refusal> {
    Ok(Ask::Issue(Box::new(IssueAsk {
        subject: IssueSubject::Work(WorkAsk { work: args.owned_text("Work").unwrap_or_default(), component: None }),
        account: AccountAsk::Unnamed,
        family: PASSES,
        form: IdForm::Uuid,
        uses: None,
        minutes: 60,
        count: 1,
        renewal: Renewal::Independent,
        limits: IssueLimits::default(),
        extras: Extras::default(),
    })))
}

fn render(result: &ActionResult<'_>) -> Rendered {
    to_rendered(&result.tickets[0].id.to_string())
}

fn envelope(stamp: &Stamp<'_>, _: &Call, outcome: Result<&Rendered, &Said>) -> Reply {
    let request = stamp.request_id.to_string();
    let (status, body) = match outcome {
        Ok(pass) => (200, json!({ "pass": pass, "request": request })),
        Err(said) => (said.status, json!({ "code": &*said.code, "message": said.message, "request": request })),
    };
    Reply::new(status, "application/json", body.to_string())
}

static SECTION: Section = Section::of::<MiniFile>();

/// The part of a world file.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct MiniFile {
    keys: Vec<MiniKey>,
    /// Ids of works.
    works: Vec<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct MiniKey {
    key: String,
    secret: String,
}

impl SectionFile for MiniFile {
    fn load(&self, place: &Place<'_>, flaws: &mut Flaws) -> (Vec<Credential>, Arc<dyn VendorWorld>) {
        let here = place.key("keys");
        let mut ids = Ids::of_kind("key");
        let mut keys = Vec::new();
        for (place, key) in here.each_item(&self.keys) {
            ids.add(flaws, &place.key("key"), key.key.as_str());
            check_filled(flaws, &place.key("secret"), &key.secret);
            keys.push(Credential {
                vendor: NAME,
                id: key.key.clone(),
                secret: key.secret.clone(),
                state: KeyState::Active,
                temporary: false,
                session_tokens: Vec::new(),
                denied_actions: Vec::new(),
                allow_addresses: Vec::new(),
                deny_addresses: Vec::new(),
                role: Role::Admin,
                organization: None,
                user: None,
                kept_key: KeptKey::default(),
            });
        }
        (keys, Arc::new(MiniWorld { works: self.works.iter().map(|work| work.as_str().into()).collect() }))
    }
}

#[derive(Debug)]
struct MiniWorld {
    works: HashSet<Arc<str>>,
}

impl VendorWorld for MiniWorld {
    fn authorize(&self, ask: Ask, _: &Credential, _: &dyn Fn(Reason) -> bool) -> Result<Order, Refusal> {
        let Ask::Issue(ask) = ask else { unreachable!("the one action issues") };
        let IssueSubject::Work(subject) = &ask.subject else { unreachable!("it does so for works") };
        match self.works.get(subject.work.as_str()) {
            Some(work) => {
                let target = Target::Work { work: Arc::clone(work), component: None };
                Ok(make_order(*ask, (target, None)))
            }
            None => Err(Refusal::WorkUnknown { work: subject.work.clone() }),
        }
    }

    fn visit_refusal(&self, _: &Target, _: Option<&User>, _: Timestamp) -> Option<Refusal> {
        None
    }

    fn page_content(&self, _: &Target) -> Option<PageContent> {
        None
    }
}
