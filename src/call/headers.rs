//! The headers of a request in one piece of memory.

use std::sync::Arc;

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
    /// A target and the headers behind it, in one piece of memory.
    pub fn with_target<'h, I>(target: &str, lines: impl Fn() -> I) -> (Text, Self)
    where
        I: Iterator<Item = (&'h str, &'h [u8])>,
    {
        let length: usize = lines().map(|(name, value)| name.len() + value.len()).sum();
        let mut text = String::with_capacity(target.len() + length);
        text.push_str(target);
        let (mut first, mut count, mut rest) = ([HeaderSpan::default(); USUAL], 0, Vec::new());
        // A request is bounded far below what 32 bits can count.
        let place = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        for (name, value) in lines() {
            let start = text.len();
            text.push_str(name);
            text[start..].make_ascii_lowercase();
            let middle = text.len();
            match str::from_utf8(value) {
                Ok(value) => text.push_str(value),
                Err(_) => text.push_str(&String::from_utf8_lossy(value)),
            }
            let line = HeaderSpan { name: place(start), value: place(middle), end: place(text.len()) };
            match first.get_mut(count) {
                Some(free) => *free = line,
                None => rest.push(line),
            }
            count += 1;
        }
        let lines = if rest.is_empty() { first[..count].into() } else { [&first[..], &rest].concat().into() };
        let text = Text::from(text);
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
        let lines: Vec<(N, V)> = lines.into_iter().collect();
        Self::with_target("", || lines.iter().map(|(name, value)| (name.as_ref(), value.as_ref().as_bytes()))).1
    }
}
