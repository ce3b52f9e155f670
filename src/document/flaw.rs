//! Something wrong at a place inside a document, before its line is known.

/// The most problems that are shown; a file with more has one cause that hides behind them.
pub(super) const SHOWN: usize = 100;

/// One step from a mapping or list to what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PathStep {
    Key(String),
    Index(usize),
}

/// A place inside a document, as a chain of steps that lives on the stack.
///
/// Nothing is copied until a flaw is noted there.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    parent: Option<&'a Place<'a>>,
    step: Link<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Link<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    pub const ROOT: Place<'static> = Place { parent: None, step: Link::Root };

    pub const fn key(&'a self, key: &'a str) -> Self {
        Self { parent: Some(self), step: Link::Key(key) }
    }

    pub const fn index(&'a self, index: usize) -> Self {
        Self { parent: Some(self), step: Link::Index(index) }
    }

    /// The items of the list here, each with its place.
    pub fn each_item<'b, T>(&'a self, items: &'b [T]) -> impl Iterator<Item = (Self, &'b T)> {
        items.iter().enumerate().map(|(index, item)| (self.index(index), item))
    }

    /// The steps from the root.
    pub fn to_path(&self) -> Vec<PathStep> {
        let mut path = self.parent.map(Place::to_path).unwrap_or_default();
        match self.step {
            Link::Root => {}
            Link::Key(key) => path.push(PathStep::Key(key.to_owned())),
            Link::Index(index) => path.push(PathStep::Index(index)),
        }
        path
    }
}

/// Something wrong at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    pub path: Vec<PathStep>,
    pub part: Part,
    /// Lower case, without full stop.
    pub message: String,
    /// The next step.
    pub help: Option<String>,
}

/// The part of the place that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Value,
    /// The key itself, the `n`th of that name in its mapping.
    Key {
        nth: usize,
    },
}

/// The flaws that were found so far.
#[derive(Debug, Default)]
pub struct Flaws {
    pub(super) list: Vec<Flaw>,
}

impl Flaws {
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether there are more already than anybody will read.
    pub fn are_many(&self) -> bool {
        self.list.len() >= SHOWN
    }

    /// Notes a document whose `ticketbooth` names another version of its format than `known`.
    pub fn check_version(&mut self, found: u32, known: u32) {
        if found != known {
            let help = format!("this program reads version {known}");
            self.at_value(&Place::ROOT.key("ticketbooth"), format!("format version {found} is not known"), Some(help));
        }
    }

    /// Notes that the value at `place` is wrong.
    pub fn at_value(&mut self, place: &Place<'_>, message: impl Into<String>, help: Option<String>) {
        self.list.push(Flaw { path: place.to_path(), part: Part::Value, message: message.into(), help });
    }

    /// Notes that the key that leads to `place` is wrong.
    pub fn at_key(&mut self, place: &Place<'_>, message: impl Into<String>, help: Option<String>) {
        self.list.push(Flaw { path: place.to_path(), part: Part::Key { nth: 0 }, message: message.into(), help });
    }
}

/// The text in quotes, cut to a bearable length.
pub fn quote_text(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("\"{}…\"", &text[..cut]),
        None => format!("\"{text}\""),
    }
}
