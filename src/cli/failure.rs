//! Failures of a verb: the text to print, and the exit code that scripts look at.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};

use super::escape::escape_text;
use crate::select::Unknown;

/// Why a verb ended without success.
#[derive(Debug)]
pub enum Failure {
    /// The arguments are wrong, or asked for help; the parser knows what to print.
    Arguments(clap::Error),
    /// The arguments are well-formed and ask for something that is not there.
    Usage(Complaint),
    /// A file of the user's is wrong; the text shows every mistake and its place.
    File(String),
    /// It could not start, or was not ready in time.
    Start(Complaint),
    /// Something that should have worked did not.
    Own(Complaint),
    /// Nobody can tell any more whether an expectation is met: its evidence is gone.
    Indeterminate(Complaint),
    /// An expectation had nothing to look at.
    Vacuous(Complaint),
    /// An expectation is not met.
    Unmet(Complaint),
    /// The program that was run cannot be started; the code tells a shell why.
    Unstarted(u8, Complaint),
    /// It ends with this code, and everything about it has been told: by the program that was run, or with the verdict.
    AlreadyTold(u8),
}

/// An error message and its help.
#[derive(Debug)]
pub struct Complaint {
    pub message: String,
    pub help: Option<String>,
}

impl Complaint {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    pub(crate) fn with_help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// The exit codes of verdicts, for people.
pub(crate) const VERDICT_CODES: &str = "The exit code tells the verdict: 0 pass, 6 fail, 5 vacuous, 4 indeterminate.";

impl Failure {
    /// A verdict as a result for scripts; `message` says why it is no success.
    pub(crate) fn of_verdict(verdict: &str, message: impl Into<String>) -> Result<(), Self> {
        let complaint = Complaint::new(message);
        match verdict {
            "pass" => Ok(()),
            "fail" => Err(Self::Unmet(complaint)),
            "vacuous" => Err(Self::Vacuous(complaint.with_help(
                "what nothing touched proves nothing: a name, parameter or code may be spelt another way; \
                 `optional: true` lets a rule stay unfired",
            ))),
            "indeterminate" => {
                Err(Self::Indeterminate(complaint.with_help("give it more --journal-entries and --journal-bytes")))
            }
            unknown => Err(Self::Own(Complaint::new(format!("unknown verdict \"{unknown}\"")))),
        }
    }

    pub(crate) fn bad_usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Usage(Complaint::new(message).with_help(help))
    }

    /// A word that nobody has.
    pub(crate) fn of_word(unknown: Unknown) -> Self {
        Self::bad_usage(unknown.message, unknown.help)
    }

    /// The next step that its complaint names.
    pub(crate) fn help(&self) -> Option<&str> {
        match self {
            Self::Arguments(_) | Self::File(_) | Self::AlreadyTold(_) => None,
            Self::Usage(complaint)
            | Self::Start(complaint)
            | Self::Own(complaint)
            | Self::Unstarted(_, complaint)
            | Self::Indeterminate(complaint)
            | Self::Vacuous(complaint)
            | Self::Unmet(complaint) => complaint.help.as_deref(),
        }
    }

    /// The exit code of the process.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Arguments(error) => u8::try_from(error.exit_code()).unwrap_or(2),
            Self::Usage(_) | Self::File(_) => 2,
            Self::Start(_) => 3,
            Self::Own(_) => 1,
            Self::Indeterminate(_) => 4,
            Self::Vacuous(_) => 5,
            Self::Unmet(_) => 6,
            Self::AlreadyTold(code) | Self::Unstarted(code, _) => *code,
        }
    }

    /// Prints it where it belongs: help on stdout, everything else on stderr.
    pub fn print(&self) {
        match self {
            Self::Arguments(error) => print_arguments(error),
            Self::AlreadyTold(_) => {}
            Self::File(text) => write_stderr(text),
            Self::Usage(complaint)
            | Self::Start(complaint)
            | Self::Own(complaint)
            | Self::Unstarted(_, complaint)
            | Self::Indeterminate(complaint)
            | Self::Vacuous(complaint)
            | Self::Unmet(complaint) => write_stderr(&complaint.to_string()),
        }
    }
}

/// The parser colours its words, and quotes arguments that may have come from a file.
fn print_arguments(error: &clap::Error) {
    let plain = error.render().to_string();
    if let Cow::Owned(safe) = escape_text(&plain) {
        return write_stderr(&safe);
    }
    // With the stream gone there is nobody left to tell; the exit code still says it.
    let _ = error.print();
}

/// Writes lines for people, with nothing in them that a terminal obeys. With the stream gone there is nobody left to
/// tell; the exit code still says it.
pub(super) fn write_stderr(text: &str) {
    let _ = writeln!(anstream::stderr(), "{}", escape_text(text.trim_end()));
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is wrong with a document says so already.
        write!(f, "error: {}", self.message.trim_start_matches("error: "))?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Self {
        Self::Arguments(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Own(Complaint::new(error.to_string()))
    }
}
