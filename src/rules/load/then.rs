//! Effects of a rule: checks that their parts are within bounds and go together.

use std::sync::Arc;

use super::{code, time};
use crate::document::{Flaws, Place, quote_text};
use crate::reply::Damage;
use crate::rules::file::{AdvanceFile, EffectFile, EndFile, LoseFile, RespondFile, ThenFile, ToFile};
use crate::rules::mangle::Mangle;
use crate::rules::plan::{Advance, CallMoment, Effect, Response};
use crate::rules::rule::RuleStep;
use crate::select::{CallTarget, TargetSubject};

/// Where a body may be cut at the furthest.
const MAX_CUT: u64 = 10 << 20;

/// The longest body of an answer of one's own.
const MAX_BODY: usize = 1 << 20;

/// Headers that say how long an answer is, which the connection says itself.
const FRAMING: &[&str] = &["connection", "content-length", "transfer-encoding"];

/// The step of one `then`; `on` is missing when it is wrong itself.
pub(super) fn load_step(
    then: &ThenFile,
    on: Option<CallTarget>,
    place: &Place<'_>,
    flaws: &mut Flaws,
) -> Option<RuleStep> {
    let file = match then {
        ThenFile::Word(_) => return Some(RuleStep::default()),
        ThenFile::Effect(file) => file,
    };
    if **file == EffectFile::default() {
        flaws.at_value(place, "this does nothing", Some("write `proceed` for the normal answer".to_owned()));
        return None;
    }
    refuse_contradictions(file, on, place, flaws);
    refuse_ticketless(file, on, place, flaws);
    let wire = file.mangle.and_then(Mangle::of_frame);
    let lost = file.lose.map(|_| Damage::Lost(file.how.unwrap_or_default()));
    let cut = file.cut.and_then(|bytes| {
        if bytes > MAX_CUT {
            flaws.at_value(
                &place.key("cut"),
                format!("{bytes} bytes are too many"),
                Some(format!("{MAX_CUT} at most")),
            );
        }
        usize::try_from(bytes).ok().map(Damage::Cut)
    });
    let instead = match (&file.error, &file.respond, file.lose) {
        (Some(error), ..) => Some(Effect::Refuse(code::load_error(error, file, on, place, flaws)?)),
        (None, Some(response), _) => Some(Effect::Respond(load_response(response, &place.key("respond"), flaws)?)),
        (None, None, Some(LoseFile::Request)) => Some(Effect::Lose),
        (None, None, Some(LoseFile::Reply) | None) => None,
    };
    Some(RuleStep {
        instead,
        delay: match &file.delay {
            Some(delay) => Some(time::load_delay(delay, &place.key("delay"), flaws)?),
            None => None,
        },
        pace: match &file.drip {
            Some(drip) => Some(time::load_pace(drip, &place.key("drip"), flaws)?),
            None => None,
        },
        damage: lost.or(cut).or(wire),
        mangle: file.mangle,
        advance: match &file.advance_clock {
            Some(advance) => Some(self::load_advance(advance, &place.key("advance_clock"), flaws)?),
            None => None,
        },
        ending: file.ticket,
        when: file.when,
    })
}

fn load_advance(file: &AdvanceFile, place: &Place<'_>, flaws: &mut Flaws) -> Option<Advance> {
    match file {
        AdvanceFile::By(text) => time::whole_seconds(text, place, flaws).map(Advance::By),
        AdvanceFile::To(ToFile { to: EndFile::Expiry, plus }) => {
            let plus = plus
                .as_deref()
                .map(|text| time::note_flaw(crate::time::parse_seconds(text), &place.key("plus"), flaws));
            Some(Advance::ToExpiry { plus: plus.map_or(Some(0), |plus| plus)? })
        }
    }
}

/// Notes where there can be no ticket of a call.
fn refuse_ticketless(file: &EffectFile, on: Option<CallTarget>, place: &Place<'_>, flaws: &mut Flaws) {
    let acts = file.ticket.is_some() || matches!(file.advance_clock, Some(AdvanceFile::To(_)));
    if file.when.is_some() && !acts && file.advance_clock.is_none() {
        flaws.at_key(&place.key("when"), "`when` needs `ticket` or `advance_clock` beside it", None);
    }
    let Some(CallTarget { vendor, subject: TargetSubject::Action(action) }) = on.filter(|_| acts) else { return };
    let params = vendor.catalog.row_named(action).into_iter().flat_map(|known| known.params);
    let names = vendor.catalog.policy.facts.iter().filter(|(fact, _)| *fact == "ticket").flat_map(|(_, names)| *names);
    let mut params = params.map(|row| row.name);
    let names: Vec<&str> = names.copied().collect();
    let is_before = file.when.map_or(file.ticket.is_some(), |when| when == CallMoment::Before);
    if is_before && !params.any(|param| names.contains(&param)) {
        let message = format!("{}.{action} names no ticket before it is decided", vendor.name);
        flaws.at_value(place, message, Some("write `when: after` beside it".to_owned()));
    }
}

/// Notes which of the parts cannot be together.
fn refuse_contradictions(file: &EffectFile, on: Option<CallTarget>, place: &Place<'_>, flaws: &mut Flaws) {
    let mut clash = |one: &str, other: &str| {
        flaws.at_key(&place.key(other), format!("`{other}` does not go together with `{one}`"), None);
    };
    let wire = file.mangle.and_then(Mangle::of_frame);
    let of_value = matches!(file.mangle, Some(Mangle::NullData | Mangle::StringForNumber));
    let of_json = of_value || matches!(file.mangle, Some(Mangle::MissingRequestId));
    if file.error.is_some() && file.respond.is_some() {
        clash("error", "respond");
    }
    if file.lose.is_some() {
        let parts = [
            ("error", file.error.is_some()),
            ("respond", file.respond.is_some()),
            ("cut", file.cut.is_some()),
            ("drip", file.drip.is_some()),
            ("mangle", file.mangle.is_some()),
        ];
        parts.iter().filter(|(_, given)| *given).for_each(|(key, _)| clash("lose", key));
    }
    if file.cut.is_some() && wire.is_some() {
        clash("cut", "mangle");
    }
    if (file.error.is_some() && of_value) || (file.respond.is_some() && of_json) {
        clash(if file.error.is_some() { "error" } else { "respond" }, "mangle");
    }
    for (key, given, needed, there) in [
        ("args", !file.args.is_empty(), "error", file.error.is_some()),
        ("message", file.message.is_some(), "error", file.error.is_some()),
        ("status", file.status.is_some(), "error", file.error.is_some()),
        ("how", file.how.is_some(), "lose", file.lose.is_some()),
    ] {
        if given && !there {
            flaws.at_key(&place.key(key), format!("`{key}` needs `{needed}` beside it"), None);
        }
    }
    let is_visit = on.is_some_and(|on| on.subject == TargetSubject::Visit);
    if is_visit && (of_json || matches!(file.mangle, Some(Mangle::NotJson | Mangle::TruncatedJson))) {
        let help = "one of: empty_body, html_502, wrong_content_type, duplicate_head, wrong_length, bad_chunk";
        flaws.at_value(&place.key("mangle"), "an embed page is not JSON", Some(help.to_owned()));
    }
}

fn load_response(file: &RespondFile, place: &Place<'_>, flaws: &mut Flaws) -> Option<Arc<Response>> {
    let status = file.status.unwrap_or(200);
    self::check_status(status, &place.key("status"), flaws);
    let mut headers = Vec::with_capacity(file.headers.len() + 1);
    for (name, value) in &file.headers {
        check_header(name, value, &place.key("headers").key(name), flaws);
        headers.push((name.to_ascii_lowercase(), value.clone()));
    }
    let body = match &file.body {
        None => String::new(),
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    };
    // Some clients take no answer without one, whatever its body is.
    if !body.is_empty() && !headers.iter().any(|(name, _)| name == "content-type") {
        headers.push(("content-type".to_owned(), media_type_of(&body).to_owned()));
    }
    if body.len() > MAX_BODY {
        let help = Some(format!("{MAX_BODY} bytes at most"));
        flaws.at_value(&place.key("body"), format!("a body of {} bytes is too long", body.len()), help);
        return None;
    }
    if matches!(status, 204 | 304) && !body.is_empty() {
        flaws.at_value(&place.key("body"), format!("an answer with status {status} has no body"), None);
    }
    Some(Arc::new(Response { status, headers, body: body.into() }))
}

/// The media type that a body looks like.
fn media_type_of(body: &str) -> &'static str {
    if serde_json::from_str::<serde::de::IgnoredAny>(body).is_ok() {
        "application/json"
    } else if body.trim_start().starts_with('<') {
        "text/html; charset=utf-8"
    } else {
        "text/plain; charset=utf-8"
    }
}

pub(super) fn check_status(status: u16, place: &Place<'_>, flaws: &mut Flaws) {
    if !(200..=599).contains(&status) {
        flaws.at_value(place, format!("invalid HTTP status {status}"), Some("200 to 599".to_owned()));
    }
}

fn check_header(name: &str, value: &str, place: &Place<'_>, flaws: &mut Flaws) {
    let is_token = |sign: char| sign.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(sign);
    if name.is_empty() || !name.chars().all(is_token) {
        flaws.at_key(place, format!("invalid header name {}", quote_text(name)), None);
    } else if FRAMING.iter().any(|framing| framing.eq_ignore_ascii_case(name)) {
        let help = "it follows from the body; see `mangle: wrong_length` and `mangle: bad_chunk`".to_owned();
        flaws.at_key(place, format!("the header {} is not to be chosen", quote_text(name)), Some(help));
    }
    if value.chars().any(|sign| sign.is_control() && sign != '\t') {
        flaws.at_value(place, "a header has no line breaks and other control characters", None);
    }
}
