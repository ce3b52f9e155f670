//! Logs: on stderr only, and of ourselves only.

use std::io::{self, IsTerminal};

use clap::ValueEnum;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// The form of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    Text,
    Json,
}

/// Lines that wait for somebody to read them, at most; what comes beyond is left out.
const WAITING: usize = 10_000;

/// Writes logs from now on, until the guard is dropped: by a thread of their own, so that a stderr which nobody reads
/// holds up no call.
pub(crate) fn start_logging(level: LevelFilter, format: LogFormat) -> WorkerGuard {
    // What the libraries below have to say holds headers, and with them signatures.
    let ours = Targets::new().with_target(env!("CARGO_CRATE_NAME"), level);
    let (writer, guard) = NonBlockingBuilder::default().lossy(true).buffered_lines_limit(WAITING).finish(io::stderr());
    // A closed stderr must not end the process, which complaining about it there would do.
    let lines = tracing_subscriber::fmt::layer().with_writer(writer).log_internal_errors(false);
    let lines = match format {
        LogFormat::Text => {
            let is_plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            lines.with_target(false).with_ansi(io::stderr().is_terminal() && !is_plain).boxed()
        }
        LogFormat::Json => lines.json().flatten_event(true).with_target(false).boxed(),
    };
    // Logs that were set up by somebody else stay as they are.
    let _ = tracing_subscriber::registry().with(lines.with_filter(ours)).try_init();
    guard
}
