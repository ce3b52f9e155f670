//! The headers of a request in one piece of memory.

use std::sync::Arc;

use bytes::Bytes;

use crate::text::Text;

/// Header lines in the order they came; names are kept in lower case. Cloning copies none of them.
#[derive(Clone, Debug, Default)]
pub struct Headers {
    /// Every name and value, one behind the other.
    text: Text,
    lines: Arc<[HeaderSpan]>,
}

/// Where a line's name begins in the text, where its value does, and where that ends.
#[derive(Clone, Copy, Debug, Default)]
struct HeaderSpan {
    name: u32,
    value: u32,
    end: u32,
}

/// Lines that are noted in place before their number is known.
const USUAL: usize = 24;

impl Headers {
    /// A target and the headers behind it, in one piece of memory. Names must be given in lower case.
    pub fn with_target<'h, I>(target: &str, lines: impl Fn() -> I) -> (Text, Self)
    where
        I: Iterator<Item = (&'h str, &'h [u8])>,
    {
        let length: usize = lines().map(|(name, value)| name.len() + value.len()).sum();
        let mut text = Vec::with_capacity(target.len() + length);
        text.extend_from_slice(target.as_bytes());
        let (mut first, mut count, mut rest) = ([HeaderSpan::default(); USUAL], 0, Vec::new());
        // A request is bounded far below what 32 bits can count.
        let place = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        for (name, value) in lines() {
            let start = text.len();
            text.extend_from_slice(name.as_bytes());
            let middle = text.len();
            if value.is_ascii() {
                text.extend_from_slice(value);
            } else {
                text.extend_from_slice(String::from_utf8_lossy(value).as_bytes());
            }
            let line = HeaderSpan { name: place(start), value: place(middle), end: place(text.len()) };
            match first.get_mut(count) {
                Some(free) => *free = line,
                None => rest.push(line),
            }
            count += 1;
        }
        let lines = if rest.is_empty() { first[..count].into() } else { [&first[..], &rest].concat().into() };
        let text = Text::try_from(Bytes::from(text)).expect("every piece of it is a text");
        (text.slice_ref(&text[..target.len()]), Self { text, lines })
    }

    /// Puts a line behind the others, for whoever composes a request by hand.
    pub fn push(&mut self, name: &str, value: impl AsRef<str>) {
        *self = self.iter().chain([(name, value.as_ref())]).collect();
    }

    /// The first value of the name, which must be given in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all_like(name).next()
    }

    /// The same as a text of its own.
    pub fn shared_text(&self, name: &str) -> Option<Text> {
        self.get(name).map(|value| self.text.slice_ref(value))
    }

    /// Every value of the name, in the order they came.
    pub fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        self.all_like(name)
    }

    /// Values by a name, whose length tells most of the others apart without looking at them.
    fn all_like<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        let is_of = move |line: &&HeaderSpan| {
            (line.value - line.name) as usize == name.len()
                && self.text.as_bytes()[line.name as usize..line.value as usize] == *name.as_bytes()
        };
        self.lines.iter().filter(is_of).map(|line| &self.text[line.value as usize..line.end as usize])
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        let part = |from: u32, to: u32| &self.text[from as usize..to as usize];
        self.lines.iter().map(move |line| (part(line.name, line.value), part(line.value, line.end)))
    }
}

impl<N: AsRef<str>, V: AsRef<str>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(lines: I) -> Self {
        let lines: Vec<(String, V)> =
            lines.into_iter().map(|(name, value)| (name.as_ref().to_ascii_lowercase(), value)).collect();
        Self::with_target("", || lines.iter().map(|(name, value)| (&**name, value.as_ref().as_bytes()))).1
    }
}
