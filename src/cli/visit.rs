//! `ticketbooth visit`: an embed link, opened as a browser would, and the verdict of its page.

use std::io;
use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::Failure;
use super::failure::Complaint;
use super::output::OutputFlags;
use super::sending;
use super::values::{AddressFlags, BaseUrl};
use crate::cloud::client::visit_request;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Debug, Args)]
#[command(after_help = "The exit code tells the verdict: 0 admitted, 6 refused, 1 no embed page.")]
pub(crate) struct VisitFlags {
    /// The link as it was handed to the browser, or its path and query. It takes a use of its ticket, which names its
    /// sandbox itself.
    #[arg(value_name = "LINK")]
    link: String,
    /// Only look, as HEAD does: no use is taken.
    #[arg(long)]
    look: bool,
    #[command(flatten)]
    address: AddressFlags,
    #[command(flatten)]
    output: OutputFlags,
}

pub(crate) fn run(flags: &VisitFlags) -> Result<(), Failure> {
    let (url, path) = split_link(&flags.link, flags.address.base_url())?;
    let mut raw = visit_request(&url.endpoint, &path);
    if flags.look {
        raw.method = "HEAD".into();
    }
    let answer = sending::send(&url, &raw, PATIENCE).map_err(|error| unreachable(&url, &error))?;
    let verdict = answer.header("x-ticketbooth-visit").unwrap_or("none");
    let refusal = answer.header("x-ticketbooth-refusal");
    let request = answer.header("x-ticketbooth-request").unwrap_or("");
    let view = json!({ "verdict": verdict, "refusal": refusal, "http_status": answer.status, "request_id": request });
    flags
        .output
        .print_thing(&view, |_| refusal.map_or_else(|| verdict.to_owned(), |kind| format!("{verdict}: {kind}")))?;
    match verdict {
        "admitted" => Ok(()),
        "refused" => Err(Failure::Unmet(
            Complaint::new(format!("the page did not open: {}", refusal.unwrap_or("no reason was told")))
                .with_help(format!("`ticketbooth explain {request} --sandbox '*'` says why")),
        )),
        _ => Err(Failure::Own(
            Complaint::new(format!("{path} is no embed page: HTTP {}", answer.status))
                .with_help("give the whole link; the README lists the forms that there are"),
        )),
    }
}

/// The address that a link names, else the one that was given, and what is asked for there.
fn split_link(link: &str, given: BaseUrl) -> Result<(BaseUrl, String), Failure> {
    let Some((scheme, rest)) = link.split_once("://") else {
        let path = if link.starts_with('/') { link.to_owned() } else { format!("/{link}") };
        return Ok((given, path));
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let url = format!("{scheme}://{authority}").parse().map_err(|message: String| {
        Failure::bad_usage(
            format!("bad link {link:?}: {message}"),
            "give a link of the emulator's, or its path and query",
        )
    })?;
    Ok((url, if path.is_empty() { "/".to_owned() } else { path.to_owned() }))
}

fn unreachable(url: &BaseUrl, error: &io::Error) -> Failure {
    let help = "start an emulator with `ticketbooth serve`, or name its address with --url, --port or TICKETBOOTH_URL";
    Failure::Start(Complaint::new(format!("no answer from {url}: {error}")).with_help(help))
}
