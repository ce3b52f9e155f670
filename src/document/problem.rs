//! A problem of a file as people see it: place, message, source line, help.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_saphyr::Location;

use super::blanking::blank_line;
use super::flaw::{Flaw, SHOWN};
use super::tree::Node;

/// The most flaws that are looked up in the tree; the rest is only counted.
const LOCATED: usize = 1000;

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub file: Arc<str>,
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// Lower case, without full stop.
    pub message: String,
    /// The next step.
    pub help: Option<String>,
    /// The line of the file, with secrets blanked; `None`: nothing of the text is shown.
    source_line: Option<String>,
    /// The bytes of `source_line` that are meant.
    marked: Range<usize>,
}

/// Everything that is wrong with a file, in the order of its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    list: Vec<Problem>,
    /// How many there are beyond the list.
    unlisted: usize,
}

impl Problems {
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.list.iter()
    }

    /// How many there are, the unlisted ones included.
    pub fn count(&self) -> usize {
        self.list.len() + self.unlisted
    }

    /// The same problems at their places without anything of the text; `help` is the next step for all of them.
    #[must_use]
    pub fn without_text(self, help: &str) -> Self {
        let bare = |problem: Problem| Problem {
            message: without_quotes(&problem.message),
            help: Some(help.to_owned()),
            source_line: None,
            ..problem
        };
        Self { list: self.list.into_iter().map(bare).collect(), unlisted: self.unlisted }
    }
}

impl std::error::Error for Problems {}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.list.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            writeln!(f, "{problem}")?;
        }
        if self.unlisted > 0 {
            writeln!(f, "\n… and {} more", self.unlisted)?;
        }
        Ok(())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = format!("{}:{}:{}: {}", self.file, self.line, self.column, self.message);
        let Some(source_line) = &self.source_line else {
            write!(f, "error: {title}")?;
            return self.help.as_ref().map_or(Ok(()), |help| write!(f, "\n  help: {help}"));
        };
        let snippet = Snippet::source(source_line.as_str())
            .line_start(self.line)
            .annotation(AnnotationKind::Primary.span(self.marked.clone()));
        let mut group = Group::with_title(Level::ERROR.primary_title(title)).element(snippet);
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        f.write_str(&Renderer::plain().render(&[group]))
    }
}

/// The message up to where it begins to tell what stands in the file: at a quote, a number or a colon.
fn without_quotes(message: &str) -> String {
    let tells = |sign: char| "\"'`:".contains(sign) || sign.is_ascii_digit();
    match message.find(tells) {
        None => message.to_owned(),
        Some(0) => "this is wrong".to_owned(),
        Some(at) => format!("{} …", message[..at].trim_end()),
    }
}

/// The text of a file and its name. It cannot be printed: there may be secrets in it.
pub(super) struct SourceText {
    name: Arc<str>,
    text: String,
}

impl SourceText {
    pub fn new(name: &str, text: &str) -> Self {
        Self { name: name.into(), text: text.to_owned() }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The flaws at their lines, in the order of the lines and each once.
    pub fn locate_flaws(&self, root: &Node, flaws: Vec<Flaw>) -> Problems {
        let beyond = flaws.len().saturating_sub(LOCATED);
        let near = flaws.into_iter().take(LOCATED);
        let mut found: Vec<_> =
            near.map(|flaw| (root.locate(&flaw.path, flaw.part), flaw.message, flaw.help)).collect();
        found.sort_by_key(|(at, ..)| (at.line(), at.column()));
        found.dedup();
        let unlisted = found.len().saturating_sub(SHOWN) + beyond;
        let shown = found.into_iter().take(SHOWN);
        Problems { list: shown.map(|(at, message, help)| self.make_problem(at, message, help)).collect(), unlisted }
    }

    /// A problem of the file as such.
    pub fn whole_file(&self, message: String) -> Problems {
        self.single_problem(Location::UNKNOWN, message)
    }

    /// The one problem that there is.
    pub fn single_problem(&self, at: Location, message: String) -> Problems {
        Problems { list: vec![self.make_problem(at, message, None)], unlisted: 0 }
    }

    fn make_problem(&self, at: Location, message: String, help: Option<String>) -> Problem {
        let line = usize::try_from(at.line()).unwrap_or(1).max(1);
        let column = usize::try_from(at.column()).unwrap_or(1).max(1);
        let length = usize::try_from(at.span().len()).unwrap_or(1).max(1);
        let whole_line = blank_line(source_lines(&self.text).nth(line - 1).unwrap_or(""));
        let (source_line, start) = visible_window(&whole_line, column - 1);
        let marked = byte_range(&source_line, start, length);
        Problem { file: self.name.clone(), line, column, message, help, source_line: Some(source_line), marked }
    }
}

/// The lines as the reader counts them: in YAML a carriage return by itself ends one as well.
fn source_lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// The part of a line around the character at `at` that people can read, and where in it that
/// character stands.
fn visible_window(line: &str, at: usize) -> (String, usize) {
    const BEFORE: usize = 80;
    const LENGTH: usize = 160;
    let skipped = if at > LENGTH { at - BEFORE } else { 0 };
    let mut signs = line.chars().skip(skipped);
    let mut text = String::from(if skipped > 0 { "…" } else { "" });
    text.extend(signs.by_ref().take(LENGTH + BEFORE));
    if signs.next().is_some() {
        text.push('…');
    }
    (text, at - skipped + usize::from(skipped > 0))
}

/// The bytes of `length` characters from the one at `start`, cut at the end of the line.
fn byte_range(line: &str, start: usize, length: usize) -> Range<usize> {
    let byte = |position: usize| line.char_indices().nth(position).map_or(line.len(), |(byte, _)| byte);
    let from = byte(start);
    let to = line.trim_end().len().min(byte(start.saturating_add(length)));
    from..to.max(from)
}
