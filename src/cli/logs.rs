//! Logs: on stderr only, and of ourselves only.

use std::io::{self, IsTerminal};

use clap::ValueEnum;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// The least important lines that are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    Off,
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

/// The form of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

/// Writes logs from now on.
pub(crate) fn start(level: Level, format: Format) {
    // What the libraries below have to say holds headers, and with them signatures.
    let ours = Targets::new().with_target(env!("CARGO_CRATE_NAME"), filter(level));
    // A closed stderr must not end the process, which complaining about it there would do.
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr).log_internal_errors(false);
    let lines = match format {
        Format::Text => lines.with_target(false).with_ansi(is_colourful()).boxed(),
        Format::Json => lines.json().flatten_event(true).with_target(false).boxed(),
    };
    // Logs that were set up by somebody else stay as they are.
    let _ = tracing_subscriber::registry().with(lines.with_filter(ours)).try_init();
}

const fn filter(level: Level) -> LevelFilter {
    match level {
        Level::Off => LevelFilter::OFF,
        Level::Error => LevelFilter::ERROR,
        Level::Warn => LevelFilter::WARN,
        Level::Info => LevelFilter::INFO,
        Level::Debug => LevelFilter::DEBUG,
        Level::Trace => LevelFilter::TRACE,
    }
}

fn is_colourful() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
