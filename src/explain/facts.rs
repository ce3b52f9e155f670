//! The facts that an explanation may name: those of the refusal, of the call, and of its ticket.

use crate::call::{Call, ParamValue, Text};
use crate::cloud::{Check, Vendor, VisitAsk};
use crate::domain::{Refusal, Target, TargetHint, Ticket, Timestamp, format_rfc3339};
use crate::journal::{CallKind, CallRecord};
use crate::sign::sha256_hex;

pub(super) struct RefusalFacts<'a> {
    pub told: &'a CallRecord,
    /// The call as the vendor reads it; empty for a visit.
    pub call: Call,
    vendor: &'a Vendor,
    visit: Option<VisitAsk>,
    /// The ticket that the refusal or the link names, as it was then.
    ticket: Option<&'a Ticket>,
}

impl<'a> RefusalFacts<'a> {
    pub fn from_record(told: &'a CallRecord, vendor: &'a Vendor) -> Self {
        let mut call = if told.kind == CallKind::Call { (vendor.requests.read)(&told.raw) } else { Call::default() };
        (vendor.requests.settle)(&mut call, &told.world.assumptions);
        let visit = (vendor.pages.visit)(&told.raw).filter(|_| matches!(told.kind, CallKind::Visit | CallKind::Look));
        Self { told, call, vendor, visit, ticket: told.named.as_deref() }
    }

    /// The fact of this name, of the refusal before all others.
    pub fn find_fact(&self, refusal: &Refusal, name: &str) -> Option<String> {
        match name {
            // The value of the parameter that the refusal is about.
            "value" => {
                refusal.fact("name").and_then(|name| self.param_text(&name)).or_else(|| Some("nothing".to_owned()))
            }
            _ => refusal.fact(name).or_else(|| self.of_call(name)),
        }
    }

    /// The fact of this name of the call itself.
    pub fn of_call(&self, name: &str) -> Option<String> {
        let claim = &self.call.claim;
        let raw = &self.told.raw;
        let or_none = |text: &Option<Text>| text.as_deref().unwrap_or("none").to_owned();
        Some(match name {
            "action" => self.told.action.to_string(),
            "host" => raw.host().to_owned(),
            "bytes" => raw.body.len().max(raw.query().len()).to_string(),
            "content_type" => raw.header("content-type").unwrap_or("none").to_owned(),
            "digest" => sha256_hex(&raw.body),
            "scheme" => claim.scheme.name().to_owned(),
            "access_key" => or_none(&claim.access_key),
            "timestamp" => or_none(&claim.timestamp),
            "signed_at" => {
                claim.unix.map_or_else(|| "nothing".to_owned(), |unix| format_rfc3339(Timestamp::from_unix(unix)))
            }
            "judged_at" => self.told.trail.judged_at.map_or_else(|| "no clock".to_owned(), format_rfc3339),
            "offset" => self.clock_offset(),
            "window" => self.clock_window(),
            "at" => format_rfc3339(self.told.at),
            "expires_at" => {
                self.ticket.map_or_else(|| "its end".to_owned(), |ticket| format_rfc3339(ticket.expires_at))
            }
            "uses" => self.ticket.map_or_else(|| "none".to_owned(), |ticket| format!("{} taken", ticket.used)),
            "target" => {
                self.ticket.map_or_else(|| "its own target".to_owned(), |ticket| describe_target(&ticket.target))
            }
            "asked" => self.visit.as_ref().map_or_else(|| "another target".to_owned(), |ask| describe_hint(&ask.asked)),
            _ => return None,
        })
    }

    /// The value of a parameter, by its name or by the one that the vendor's messages have for it.
    fn param_text(&self, name: &str) -> Option<String> {
        let action = self.vendor.catalog.row_named(self.call.display_name());
        let row = action.and_then(|action| action.params.iter().find(|row| row.alias == name));
        Some(match self.call.params.get(name).or_else(|| self.call.params.get(row?.name))? {
            ParamValue::Text(text) => text.to_string(),
            // As it is written, so that a text can be told from a number.
            ParamValue::Json(value) => value.to_string(),
        })
    }

    fn clock_offset(&self) -> String {
        match (self.call.claim.unix, self.told.trail.judged_at) {
            (Some(signed), Some(judged)) => {
                let seconds = Timestamp::from_unix(signed).seconds_since(judged);
                if seconds < 0 { format!("{} s behind", -i128::from(seconds)) } else { format!("{seconds} s ahead") }
            }
            _ => "unknown".to_owned(),
        }
    }

    fn clock_window(&self) -> String {
        let ends = self.vendor.gateway.checks.iter().find_map(|check| match check {
            Check::Fresh { past, future } => Some((*past, *future)),
            _ => None,
        });
        match ends {
            Some((past, future)) if past == future => format!("{past} s"),
            Some((past, future)) => format!("{past} s before or {future} s after"),
            None => "any time".to_owned(),
        }
    }
}

fn describe_target(target: &Target) -> String {
    match target {
        Target::Work { work, component: None } => format!("work {work}"),
        Target::Work { work, component: Some(component) } => format!("component {component} of work {work}"),
        Target::Module { module } => format!("module {module}"),
        Target::Page { project, page: Some(page), view } => format!("{} {page} of project {project}", view.name()),
        Target::Page { project, page: None, view } => format!("{} of project {project}", view.name()),
    }
}

fn describe_hint(hint: &TargetHint) -> String {
    let work = hint.work.as_ref().map(|work| format!("work {work}"));
    let component = hint.component.clone().flatten().map(|component| format!("component {component}"));
    let project = hint.project.map(|project| format!("project {project}"));
    let page = hint.page.flatten().map(|page| format!("page {page}"));
    let view = hint.view.map(|view| format!("as {}", view.name()));
    let said = [work, component, project, page, view];
    said.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
