//! `ticketbooth call`: one signed call, right or wrong on purpose, and its answer.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, ErrorKind};
use std::time::Duration;

use clap::Args;
use serde_json::Value;

use super::Failure;
use super::failure::Complaint;
use super::output::{print_json, print_text, tell_people};
use super::remote::{AdminCall, Remote, cell_text, list_rows, path_segment};
use super::sending;
use super::values::parse_pair;
use crate::call::RawRequest;
use crate::cloud::catalog::VISIT;
use crate::cloud::client::{ClientCall, create_samples, signed_request, visit_request};
use crate::cloud::examples::Tweak;
use crate::emulator::{DEFAULT, wall_now};
use crate::http::ClientAnswer;
use crate::select;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Debug, Args)]
pub(crate) struct CallFlags {
    /// The action: `alibaba.CreateTicket`; `tencent.visit` opens a link.
    #[arg(value_name = "VENDOR.ACTION")]
    what: String,
    /// Parameters; for a visit the link. `$ticket` in a value is a ticket that is made before, and so
    /// are the other samples that `ticketbooth codes` uses.
    #[arg(value_name = "NAME=VALUE")]
    params: Vec<String>,
    /// The API version; the newest that has the action when left out.
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// The access key id; the demo world's first when left out.
    #[arg(long, value_name = "ID")]
    key: Option<String>,
    /// The secret to sign with; by default that of the demo world's keys.
    #[arg(long, value_name = "TEXT")]
    secret: Option<String>,
    /// The session token of a temporary key.
    #[arg(long, value_name = "TEXT")]
    session_token: Option<String>,
    /// Sign as the vendor's older clients do.
    #[arg(long)]
    older: bool,
    /// The HTTP method.
    #[arg(long, value_name = "METHOD")]
    method: Option<String>,
    /// Leave out a header, or a common parameter of the older form.
    #[arg(long, value_name = "NAME")]
    without: Vec<String>,
    /// Give a header, or a common parameter of the older form, another value.
    #[arg(long, value_name = "NAME=VALUE", value_parser = parse_pair)]
    with: Vec<(String, String)>,
    /// Add a parameter with a value of that many letters.
    #[arg(long, value_name = "NAME=LETTERS", value_parser = parse_pair)]
    fill: Vec<(String, String)>,
    /// Sign for a time that many seconds from now.
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    skew: Option<i64>,
    /// Send the very same request twice.
    #[arg(long, conflicts_with = "times")]
    twice: bool,
    /// Send the very same request that many times, and print the last answer.
    #[arg(long, value_name = "N")]
    times: Option<u32>,
    /// The body verbatim, instead of one made of the parameters.
    #[arg(long, alias = "json-body", value_name = "TEXT")]
    body: Option<String>,
    /// Where the keys of a sandbox are asked for.
    #[command(flatten)]
    remote: Remote,
}

pub(crate) fn run(flags: &CallFlags) -> Result<(), Failure> {
    // An action that does not exist is sent as well: what comes of it is an answer like any other.
    let (vendor, action) = select::vendor_and_action(&flags.what).map_err(Failure::of_word)?;
    let url = flags.remote.base_url();
    let authority = &url.endpoint;
    let mut send = |raw: &RawRequest| sending::send(&url, raw, PATIENCE).map(|answer| answer.body);
    let mut fresh = |action: &str| ClientCall::new(vendor, action, authority, wall_now().unix_seconds(), make_nonce());
    let mut filled = |text: &str| create_samples(vendor, text, &mut fresh, &mut send).map_err(send_failure);
    let (raw, times) = if action == VISIT {
        (visit_request(authority, &filled(flags.params.first().map_or("", String::as_str))?), 1)
    } else {
        let mut wish = ClientCall::new(vendor, action, authority, wall_now().unix_seconds(), make_nonce());
        for param in &flags.params {
            let (name, value) =
                parse_pair(param).map_err(|help| Failure::bad_usage(format!("bad parameter {param:?}"), help))?;
            wish.params.push((name, filled(&value)?));
        }
        wish.version = flags.version.clone().unwrap_or(wish.version);
        if let Some((id, secret)) = sandbox_key(flags, vendor.name)? {
            (wish.key, wish.secret) = (id, secret);
        }
        wish.key = flags.key.clone().unwrap_or(wish.key);
        for tweak in parse_tweaks(flags)? {
            wish.apply(&tweak);
        }
        (signed_request(vendor, &wish), wish.times)
    };
    let mut last = sending::send(&url, &raw, PATIENCE).map_err(send_failure)?;
    for _ in 1..times {
        last = sending::send(&url, &raw, PATIENCE).map_err(send_failure)?;
    }
    print_answer(&last)
}

/// The first key of the sandbox that was named, with its secret; `None` where none was, or where a key was given by hand.
fn sandbox_key(flags: &CallFlags, vendor: &str) -> Result<Option<(String, String)>, Failure> {
    let Some(sandbox) = flags.remote.sandbox_name().filter(|name| flags.key.is_none() && *name != DEFAULT) else {
        return Ok(None);
    };
    let made = flags.remote.ask_json(AdminCall::get(format!("/sandboxes/{}", path_segment(sandbox))))?;
    let key = list_rows(&made["keys"]).iter().find(|key| key["vendor"] == vendor);
    Ok(key.map(|key| (cell_text(&key["id"]), cell_text(&key["secret"]))))
}

fn parse_tweaks(flags: &CallFlags) -> Result<Vec<Tweak<'_>>, Failure> {
    let mut tweaks = Vec::new();
    tweaks.extend(flags.older.then_some(Tweak::Older));
    tweaks.extend(flags.method.as_deref().map(Tweak::Method));
    tweaks.extend(flags.secret.as_deref().map(Tweak::Secret));
    tweaks.extend(flags.session_token.as_deref().map(Tweak::SessionToken));
    tweaks.extend(flags.body.as_deref().map(Tweak::Body));
    tweaks.extend(flags.without.iter().map(|name| Tweak::Without(name)));
    tweaks.extend(flags.with.iter().map(|(name, value)| Tweak::With(name, value)));
    tweaks.extend(flags.skew.map(Tweak::Skew));
    tweaks.extend(flags.times.or(flags.twice.then_some(2)).map(Tweak::Times));
    for (name, letters) in &flags.fill {
        let number =
            letters.parse().map_err(|_| Failure::bad_usage(format!("no number: {letters:?}"), "--fill NAME=40"))?;
        tweaks.push(Tweak::Fill(name, number));
    }
    Ok(tweaks)
}

/// Digits that no other call has: the one dice of the standard library, as this is no emulator.
fn make_nonce() -> String {
    RandomState::new().build_hasher().finish().to_string()
}

fn send_failure(error: io::Error) -> Failure {
    match error.kind() {
        ErrorKind::Other => Failure::Own(Complaint::new(error.to_string())),
        _ => {
            let help = "start an emulator with `ticketbooth serve`, or name its address with --url or TICKETBOOTH_URL";
            Failure::Start(Complaint::new(format!("no answer: {error}")).with_help(help))
        }
    }
}

fn print_answer(answer: &ClientAnswer) -> Result<(), Failure> {
    tell_people(&format!("HTTP {}", answer.status));
    match serde_json::from_slice::<Value>(&answer.body) {
        Ok(value) => print_json(&value),
        Err(_) => print_text(&String::from_utf8_lossy(&answer.body)),
    }
}
