//! The story of an embed page: the visit, and the data call of an open page.

use std::sync::Arc;

use super::record::Record;
use super::request_id;
use super::things;
use super::valve::{self, Decision};
use crate::bounds::VISITOR;
use crate::call::{Language, Params, RawRequest};
use crate::cloud::catalog::VISIT;
use crate::cloud::words::speak_on_page;
use crate::cloud::{PageWords, Vendor, VisitAsk, vendors};
use crate::domain::{Assumptions, Change, Command, Refusal, RequestId, Ticket};
use crate::emulator::{Emulator, Epoch};
use crate::journal::{CallKind, Outcome};
use crate::reply::{Reply, Said};
use crate::sandbox::Purpose;
use crate::trail::Step;
use crate::world::{PageContent, VisitorFact};

/// A request for an embed page, and the sandbox that it is in from here on.
pub struct Arrived {
    pub vendor: &'static Vendor,
    pub ask: VisitAsk,
    pub epoch: Arc<Epoch>,
    pub language: Language,
    assumptions: Assumptions,
}

/// A visit that is decided, and has not got its page yet.
pub struct Visited {
    pub vendor: &'static Vendor,
    pub epoch: Arc<Epoch>,
    pub shown: Shown,
    pub language: Language,
    /// The name that a browser is to keep which had none.
    pub new_visitor: Option<Box<str>>,
    request_id: RequestId,
    link: Params,
    record: Record,
}

/// The page that a visitor is to see.
#[derive(Debug)]
pub enum Shown {
    Report(Box<Admission>),
    Refusal(Said),
    /// The answer of a rule.
    ByRule(Reply, Outcome),
}

/// An open page.
#[derive(Debug)]
pub struct Admission {
    /// The ticket after the visit.
    pub ticket: Ticket,
    /// With which the page fetches its data.
    pub session: String,
    pub exhibit: PageContent,
    /// Lines on the user that it is opened as.
    pub facts: Vec<VisitorFact>,
}

/// Whether a visit takes a use or only looks whether it could.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    TakesUse,
    LooksOnly,
}

/// Whether a browser loads the page ahead of time, before anybody has asked for it.
pub fn is_ahead_of_time(raw: &RawRequest) -> bool {
    let says_so = |name: &&str| raw.header(name).is_some_and(|value| value.trim_start().starts_with("prefetch"));
    AHEAD_HEADERS.iter().any(says_so)
}

/// Headers with `prefetch` of browsers, the newest first.
const AHEAD_HEADERS: &[&str] = &["sec-purpose", "purpose", "x-moz"];

impl Arrived {
    /// Whether it takes a use when a browser loads the page ahead of time.
    pub fn takes_use_ahead(&self) -> bool {
        (self.vendor.pages.takes_use_ahead)(&self.assumptions)
    }
}

/// The embed page that the request is for, and whose it is.
pub fn recognise_visit(emulator: &Emulator, raw: &RawRequest) -> Option<Arrived> {
    let (vendor, ask) = vendors().iter().find_map(|vendor| Some((*vendor, (vendor.pages.visit)(raw)?)))?;
    let epoch = emulator.epoch_of_ticket(ask.ticket.as_deref().unwrap_or(""));
    let assumptions = epoch.world.assumptions.with_recording();
    let language = page_language(raw);
    (vendor.pages.has_page)(raw.path(), &assumptions).then_some(Arrived { vendor, ask, epoch, language, assumptions })
}

/// Opens an embed page, or says why not. [`Visited::finish`] ends the visit.
pub fn handle_visit(raw: &RawRequest, arrived: Arrived, counting: Counting) -> Visited {
    let Arrived { vendor, ask, epoch, language, assumptions } = arrived;
    let takes_use = counting == Counting::TakesUse;
    let mut record = Record::begin(&epoch, vendor, if takes_use { CallKind::Visit } else { CallKind::Look });
    let request_id = request_id(&epoch, vendor, VISIT);
    let link = Params::of_query(&raw.query_bytes());
    // Only what would take a use is a visit to a rule as well.
    if takes_use {
        record.plan = valve::consult_rules(&epoch, vendor, VISIT, "", || &link);
    }
    record.set_ticket(ask.ticket.as_deref());
    let (visitor, is_new) = identify_visitor(raw, &epoch);
    record.visitor = Some(visitor.clone());
    let decision = valve::apply_plan(&mut record, |record| {
        let named = OpenedLink { vendor, ask: &ask, query: raw.query(), counting, assumptions: &assumptions };
        let opened = open_page(&epoch, &named, &mut record.changes);
        record.trail.note_result(Step::Ticket, opened)
    });
    let shown = match decision {
        Decision::Judged(Ok(admission)) => {
            if takes_use {
                epoch.tell_ticket(&admission.ticket);
            }
            Shown::Report(Box::new(admission))
        }
        Decision::Judged(Err(denial)) => {
            record.name_ticket(ask.ticket.as_deref());
            record.notes = things::notes_on_target(&epoch, record.named_ticket());
            let page = PageWords { request_id, world: &epoch.world, ask: &ask, language, assumptions: &assumptions };
            Shown::Refusal(speak_on_page(vendor, denial, &page))
        }
        Decision::ByRule(reply, outcome) => Shown::ByRule(reply, outcome),
    };
    record.trail.keep_assumptions(&assumptions.take_consulted());
    Visited { vendor, epoch, shown, language, new_visitor: is_new.then_some(visitor), request_id, link, record }
}

impl Visited {
    /// Writes the line of the visit, and gives its page as the plan wants it.
    pub fn finish(self, raw: &Arc<RawRequest>, page: Reply) -> Reply {
        let Self { shown, request_id, link, record, .. } = self;
        let outcome = match shown {
            Shown::Report(_) => Outcome::Success,
            Shown::Refusal(said) => Outcome::Refused(said),
            Shown::ByRule(_, outcome) => outcome,
        };
        record.end_page(raw, request_id, link, page, outcome)
    }
}

/// The cookie of our pages that tells one browser from another. It is no secret and opens nothing.
pub const VISITOR_COOKIE: &str = "ticketbooth_visitor";

/// Says who looks, where several people have one browser or tests have none.
const VIEWER_HEADER: &str = "x-ticketbooth-viewer";

/// The visitor that the request names.
pub(super) fn named_visitor(raw: &RawRequest) -> Option<&str> {
    let is_name = |name: &&str| {
        (1..=VISITOR.most).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b';')
    };
    raw.header(VIEWER_HEADER).filter(is_name).or_else(|| raw.cookie(VISITOR_COOKIE).filter(is_name))
}

/// The visitor, and whether it got its name just now.
fn identify_visitor(raw: &RawRequest, epoch: &Epoch) -> (Box<str>, bool) {
    let new = || format!("{:016x}", epoch.state.entropy.draw_bits(Purpose::Visitor, "") >> 64).into();
    named_visitor(raw).map_or_else(|| (new(), true), |name| (name.into(), false))
}

/// The language that the browser would rather read.
pub(super) fn page_language(raw: &RawRequest) -> Language {
    let first = raw.header("accept-language").unwrap_or("").trim_start().to_ascii_lowercase();
    if first.starts_with("zh") { Language::Chinese } else { Language::English }
}

/// The link that is opened, and how.
struct OpenedLink<'a> {
    vendor: &'a Vendor,
    ask: &'a VisitAsk,
    query: &'a str,
    counting: Counting,
    assumptions: &'a Assumptions,
}

fn open_page(epoch: &Epoch, link: &OpenedLink<'_>, changes: &mut Vec<Change>) -> Result<Admission, Refusal> {
    let OpenedLink { vendor, ask, query, counting, assumptions } = *link;
    let terms = (vendor.pages.visit_terms)(assumptions);
    let text = ask.ticket.as_deref().ok_or(Refusal::TicketMissing {})?;
    let (sandbox, now) = (&epoch.state, epoch.state.clock.now());
    let held = sandbox.tickets.find_ticket(ask.family, text);
    let closed = |ticket: &Ticket| {
        let by_world = || epoch.world.visit_refusal(vendor.name, &ticket.target, ticket.user.as_ref(), now);
        (vendor.pages.link_refusal)(ticket, query, assumptions).or_else(by_world)
    };
    let gate = held.and_then(|ticket| closed(&ticket)).map(|refusal| on_page(refusal, text));
    let command = Command::Visit { asked: ask.asked.clone(), gate };
    let ticket = match counting {
        Counting::TakesUse => sandbox.tickets.act_on(ask.family, text, &command, now, &terms, changes)?,
        Counting::LooksOnly => sandbox.tickets.preview_command(ask.family, text, &command, now, &terms)?,
    };
    let exhibit = epoch.world.page_content(vendor.name, &ticket.target).unwrap_or_default();
    let facts = epoch.world.visitor_facts(vendor.name, &ticket.target, ticket.user.as_ref());
    let session = sandbox.sessions.open_session(&ticket);
    Ok(Admission { ticket, session, exhibit, facts })
}

/// What a page can say of a target that the world closes. Of one that is gone it has no word, and then
/// there is nothing left that the ticket could fit.
pub(super) fn on_page(refusal: Refusal, ticket: &str) -> Refusal {
    match refusal.reason().visit_kind() {
        Some(_) => refusal,
        None => Refusal::TargetMismatch { ticket: ticket.to_owned() },
    }
}
