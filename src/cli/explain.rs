//! `ticketbooth explain`: why a call was answered as it was.

use clap::Args;

use super::Failure;
use super::source::JournalSource;
use crate::explain::{Detail, explanation_text};

#[derive(Debug, Args)]
pub(crate) struct ExplainFlags {
    /// The call; the last one when left out.
    #[arg(value_name = "REQUEST_ID")]
    request: Option<String>,
    /// Tell everything: every step, and every text that was signed.
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    source: JournalSource,
}

pub(crate) fn run(flags: &ExplainFlags) -> Result<(), Failure> {
    let request = flags.request.as_deref().unwrap_or("last");
    let explained = flags.source.explain_entry(request)?;
    let detail = if flags.full { Detail::Full } else { Detail::Brief };
    flags.source.remote.print_answer(&explained, |explained| explanation_text(explained, detail).trim_end().to_owned())
}
