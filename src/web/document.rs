//! Documents with places that are filled in: a page that every visit gets is taken apart once, and not each time.
//!
//! `{{ name }}` is a value, `{{ word|字 }}` a text of ours in the language of the visitor, and what stands between
//! `{{ if name }}` and `{{ end }}` is left out where the value is empty.

use crate::call::Language;

/// A document that was taken apart.
#[derive(Debug)]
pub(super) struct Document(Vec<Piece>);

#[derive(Clone, Copy, Debug)]
enum Piece {
    Plain(&'static str),
    Value(&'static str),
    Word { english: &'static str, chinese: &'static str },
    If(&'static str),
    End,
}

/// The value of a place.
#[derive(Clone, Debug)]
pub(super) enum Filling<'f> {
    /// What may say anything, so it is escaped.
    Text(&'f str),
    Number(i64),
    /// HTML, in which everything is escaped already.
    Html(&'f str),
    /// A text of ours, in which nothing has to be escaped.
    Plain(&'static str),
}

impl Document {
    pub(super) fn parse_source(source: &'static str) -> Self {
        let source = source.strip_suffix('\n').unwrap_or(source);
        let mut pieces = Vec::new();
        for part in source.split("{{ ") {
            let Some((place, plain)) = part.split_once(" }}").filter(|_| !pieces.is_empty()) else {
                pieces.push(Piece::Plain(part));
                continue;
            };
            pieces.push(match (place.strip_prefix("if "), place.split_once('|')) {
                (Some(name), _) => Piece::If(name),
                (None, Some((english, chinese))) => Piece::Word { english, chinese },
                (None, None) if place == "end" => Piece::End,
                (None, None) => Piece::Value(place),
            });
            pieces.push(Piece::Plain(plain));
        }
        Self(pieces)
    }

    /// The document with the values that `value` has for the names of its places.
    pub(super) fn fill<'f>(&self, language: Language, value: impl Fn(&'static str) -> Filling<'f>) -> String {
        let mut text = String::with_capacity(self.0.iter().map(Piece::room).sum());
        let mut is_left_out = false;
        for piece in &self.0 {
            match *piece {
                Piece::End => is_left_out = false,
                _ if is_left_out => {}
                Piece::If(name) => is_left_out = value(name).is_empty(),
                Piece::Plain(plain) => text.push_str(plain),
                Piece::Word { english, chinese } => {
                    text.push_str(if language == Language::Chinese { chinese } else { english });
                }
                Piece::Value(name) => match value(name) {
                    Filling::Text(value) => push_escaped(&mut text, value),
                    Filling::Number(number) => text.push_str(&number.to_string()),
                    Filling::Html(html) => text.push_str(html),
                    Filling::Plain(plain) => text.push_str(plain),
                },
            }
        }
        text
    }
}

impl Piece {
    /// Bytes that it usually becomes.
    fn room(&self) -> usize {
        match self {
            Self::Plain(plain) => plain.len(),
            Self::Value(_) => 32,
            Self::Word { english, chinese } => english.len().max(chinese.len()),
            Self::If(_) | Self::End => 0,
        }
    }
}

impl Filling<'_> {
    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) | Self::Html(text) => text.is_empty(),
            Self::Plain(plain) => plain.is_empty(),
            Self::Number(_) => false,
        }
    }
}

/// The text so that it is nothing but text, between tags and between the quotes of an attribute.
pub(super) fn escape_text(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_escaped(&mut html, text);
    html
}

/// Appends a text so that it is nothing but text, between tags and between the quotes of an attribute.
fn push_escaped(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(place) = rest.bytes().position(|byte| (b'"'..=b'>').contains(&byte) && escape_of(byte).is_some()) {
        html.push_str(&rest[..place]);
        html.push_str(escape_of(rest.as_bytes()[place]).unwrap_or_default());
        rest = &rest[place + 1..];
    }
    html.push_str(rest);
}

const fn escape_of(byte: u8) -> Option<&'static str> {
    Some(match byte {
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'&' => "&amp;",
        b'"' => "&quot;",
        b'\'' => "&#x27;",
        b'/' => "&#x2f;",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_what_is_empty_is_left_out() {
        let document =
            Document::parse_source("<a title=\"{{ t }}\">{{ Yes|是 }}{{ if e }}[{{ e }}]{{ end }} {{ n }}</a>\n");
        let value = |e: &'static str| {
            move |name| match name {
                "t" => Filling::Text("<ä> & \"'/"),
                "e" => Filling::Plain(e),
                _ => Filling::Number(-7),
            }
        };
        let title = "&lt;ä&gt; &amp; &quot;&#x27;&#x2f;";
        let filled = document.fill(Language::English, value("/"));
        assert_eq!(filled, format!("<a title=\"{title}\">Yes[/] -7</a>"));
        let filled = document.fill(Language::Chinese, value(""));
        assert_eq!(filled, format!("<a title=\"{title}\">是 -7</a>"));
    }

    #[test]
    fn what_is_escaped_is_what_templates_escape() {
        let all: String = ('\0'..='\u{200}').collect();
        let mut own = String::new();
        push_escaped(&mut own, &all);
        let template = minijinja::Environment::new();
        let theirs = template.render_named_str("a.html", "{{ all }}", minijinja::context! { all }).unwrap();
        assert_eq!(own, theirs);
    }
}
