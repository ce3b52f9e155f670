//! Logs: on stderr only, and of ourselves only.
//!
//! A line holds what clients sent. So whatever of it would begin another line, or do something to a terminal, is
//! escaped where lines are written, and no place that logs has to think of it.

use std::fmt;
use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;
use tracing::field::{Field, Visit};
use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::Layer;
use tracing_subscriber::field::RecordFields;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FormatFields, MakeWriter};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::escape::is_obeyed;

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
    let lines = tracing_subscriber::fmt::layer().with_writer(OneLine { writer, format }).log_internal_errors(false);
    let lines = match format {
        LogFormat::Text => {
            let is_plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            lines.fmt_fields(PeopleFields).with_target(false).with_ansi(io::stderr().is_terminal() && !is_plain).boxed()
        }
        LogFormat::Json => lines.json().flatten_event(true).with_target(false).boxed(),
    };
    // Logs that were set up by somebody else stay as they are.
    let _ = tracing_subscriber::registry().with(lines.with_filter(ours)).try_init();
    guard
}

/// Fields of a call that its message tells already, or that tell nothing where they are empty.
const IN_MESSAGE: &[&str] = &["vendor", "action", "outcome", "code", "kind", "number"];

/// The fields of an event for people: what its message tells is not told twice.
struct PeopleFields;

impl<'w> FormatFields<'w> for PeopleFields {
    fn format_fields<R: RecordFields>(&self, writer: Writer<'w>, fields: R) -> fmt::Result {
        let mut visitor = PeopleVisitor { writer, result: Ok(()) };
        fields.record(&mut visitor);
        visitor.result
    }
}

struct PeopleVisitor<'w> {
    writer: Writer<'w>,
    result: fmt::Result,
}

impl Visit for PeopleVisitor<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        if !value.is_empty() {
            self.record_debug(field, &format_args!("{value}"));
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let written = match field.name() {
            "message" => write!(self.writer, "{value:?}"),
            name if IN_MESSAGE.contains(&name) => Ok(()),
            name => write!(self.writer, " {name}={value:?}"),
        };
        self.result = self.result.and(written);
    }
}

/// Writes each event as one line.
struct OneLine {
    writer: NonBlocking,
    format: LogFormat,
}

impl<'w> MakeWriter<'w> for OneLine {
    type Writer = LineWriter;

    fn make_writer(&'w self) -> LineWriter {
        LineWriter { writer: self.writer.clone(), format: self.format }
    }
}

struct LineWriter {
    writer: NonBlocking,
    format: LogFormat,
}

impl Write for LineWriter {
    /// A whole event, as the layer writes it.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        self.writer.write_all(one_line(&text, self.format).as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// The event with everything escaped that would not stay in its line or be shown there.
fn one_line(event: &str, format: LogFormat) -> String {
    let line = event.strip_suffix('\n').unwrap_or(event);
    let mut clean = String::with_capacity(event.len());
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        let length = color_length(rest).unwrap_or(letter.len_utf8());
        let (piece, after) = rest.split_at(length);
        rest = after;
        match format {
            _ if length > letter.len_utf8() || !moves_line(letter) => clean.push_str(piece),
            LogFormat::Text => clean.extend(letter.escape_unicode()),
            // What JSON does not escape by itself lies below 65536.
            LogFormat::Json => clean.push_str(&format!("\\u{:04x}", u32::from(letter))),
        }
    }
    clean.push('\n');
    clean
}

/// Whether a terminal obeys the character, or it ends the line.
fn moves_line(letter: char) -> bool {
    is_obeyed(letter) || matches!(letter, '\n' | '\t' | '\u{2028}' | '\u{2029}')
}

/// The length of the color that the text begins with. Those are the layer's: it escapes what clients send of them.
fn color_length(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("\u{1b}[")?;
    let digits = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
    rest[digits..].starts_with('m').then_some(digits + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_one_line_whatever_a_client_sent() {
        let sent = "DEBUG a\nERROR b\r\u{1b}[2J\u{202e}c\u{85}\n";
        let line = one_line(sent, LogFormat::Text);
        assert_eq!(line, "DEBUG a\\u{a}ERROR b\\u{d}\\u{1b}[2J\\u{202e}c\\u{85}\n");
        let colored = "\u{1b}[34mDEBUG\u{1b}[0m a\n";
        assert_eq!(one_line(colored, LogFormat::Text), colored);
    }

    #[test]
    fn an_event_in_json_stays_json() {
        let line = one_line("{\"action\":\"a\\n\u{202e}\u{9b}三\"}\n", LogFormat::Json);
        assert_eq!(line, "{\"action\":\"a\\n\\u202e\\u009b三\"}\n");
        let read: serde_json::Value = serde_json::from_str(&line).expect("it is JSON");
        assert_eq!(read["action"], "a\n\u{202e}\u{9b}三");
    }
}
