//! Lists as people and as programs read them: a table that fits a terminal, plain lines for a pipe, CSV, Markdown.
//!
//! No word is broken. What identifies a thing stands whole; of a long text the end is left out. Where not even that fits,
//! the cells of a row flow over several lines.

use super::escape::escape_text;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Between two columns.
const GAP: usize = 2;

/// A text of which less could be seen than this tells nothing.
const LEAST_PROSE: usize = 30;

/// How a column gives way when there is too little room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnKind {
    /// An id, a code, a time: always whole.
    Whole,
    /// A text whose end may be left out.
    Prose,
    /// A text that is told whole, on as many lines as it takes.
    Wrapped,
}

/// A list with a head.
#[derive(Clone, Debug)]
pub(crate) struct TableData {
    columns: Vec<(&'static str, ColumnKind)>,
    rows: Vec<Vec<String>>,
    /// So many columns at the front are told once for rows that follow each other with the same.
    grouped: usize,
}

impl TableData {
    /// A column whose title ends in `…` is prose, and in `¶` wrapped; the sign is not shown.
    pub fn new(titles: &[&'static str], rows: impl IntoIterator<Item = Vec<String>>) -> Self {
        let column = |title: &&'static str| match title.strip_suffix('…') {
            Some(title) => (title, ColumnKind::Prose),
            None => title.strip_suffix('¶').map_or((*title, ColumnKind::Whole), |title| (title, ColumnKind::Wrapped)),
        };
        Self { columns: titles.iter().map(column).collect(), rows: rows.into_iter().collect(), grouped: 0 }
    }

    /// The same, where the first `columns` are told once for rows that have the same there.
    pub fn with_groups(self, columns: usize) -> Self {
        Self { grouped: columns, ..self }
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The list in so many columns; `None`: for a pipe, a row a line, with tabs between the cells.
    pub fn to_text_of(&self, width: Option<usize>) -> String {
        let Some(width) = width else {
            let titles = self.columns.iter().map(|(title, _)| *title).collect::<Vec<_>>().join("\t");
            let rows = self.rows.iter().map(|row| row.iter().map(|cell| one_line(cell)).collect::<Vec<_>>().join("\t"));
            return std::iter::once(titles)
                .chain(rows)
                .map(|line| line.trim_end().to_owned())
                .collect::<Vec<_>>()
                .join("\n");
        };
        let rows: Vec<Vec<String>> = self.grouped_rows();
        match self.column_widths(&rows, width) {
            Some(widths) => self.aligned(&rows, &widths),
            None => self.flowing(&rows, width),
        }
    }

    /// As RFC 4180 has it, with the titles in its first line.
    pub fn to_csv(&self) -> String {
        let field = |text: &str| {
            let text = escape_text(text);
            if text.contains([',', '"', '\n']) {
                format!("\"{}\"", text.replace('"', "\"\""))
            } else {
                text.into_owned()
            }
        };
        let titles = self.columns.iter().map(|(title, _)| field(title)).collect::<Vec<_>>().join(",");
        let rows = self.rows.iter().map(|row| row.iter().map(|cell| field(cell)).collect::<Vec<_>>().join(","));
        std::iter::once(titles).chain(rows).map(|line| line + "\r\n").collect()
    }

    /// The rows, each on one line, without what the row before it has told.
    fn grouped_rows(&self) -> Vec<Vec<String>> {
        let is_told = |place: usize| {
            place > 0 && self.grouped > 0 && self.rows[place][..self.grouped] == self.rows[place - 1][..self.grouped]
        };
        let line = |(place, row): (usize, &Vec<String>)| {
            let cell = |(column, cell): (usize, &String)| {
                if column < self.grouped && is_told(place) { String::new() } else { one_line(cell) }
            };
            row.iter().enumerate().map(cell).collect()
        };
        self.rows.iter().enumerate().map(line).collect()
    }

    /// The width of each column, where all that is to be whole can be and the rest has some room.
    fn column_widths(&self, rows: &[Vec<String>], width: usize) -> Option<Vec<usize>> {
        let widest = |column: usize| {
            let cells = rows.iter().map(|row| row.get(column).map_or(0, |cell| cell.width()));
            cells.max().unwrap_or(0).max(self.columns[column].0.width())
        };
        let mut widths: Vec<usize> = (0..self.columns.len()).map(widest).collect();
        let gaps = GAP * self.columns.len().saturating_sub(1);
        let mut over = (widths.iter().sum::<usize>() + gaps).saturating_sub(width);
        // The widest text gives way first.
        while over > 0 {
            let prose = (0..widths.len()).filter(|column| self.columns[*column].1 == ColumnKind::Prose);
            let (column, wide) = prose.map(|column| (column, widths[column])).max_by_key(|(_, wide)| *wide)?;
            let next = (0..widths.len())
                .filter(|other| *other != column && self.columns[*other].1 == ColumnKind::Prose)
                .map(|other| widths[other])
                .max()
                .unwrap_or(0);
            let least = next.max(LEAST_PROSE).min(wide.saturating_sub(1)).max(LEAST_PROSE);
            if wide <= LEAST_PROSE {
                return None;
            }
            let taken = over.min(wide - least).max(1);
            widths[column] -= taken;
            over = over.saturating_sub(taken);
        }
        Some(widths)
    }

    fn aligned(&self, rows: &[Vec<String>], widths: &[usize]) -> String {
        let line = |cells: &mut dyn Iterator<Item = &str>| {
            let cells = cells.zip(widths).map(|(cell, width)| padded(&shortened(cell, *width), *width));
            cells.collect::<Vec<_>>().join(&" ".repeat(GAP)).trim_end().to_owned()
        };
        let head = line(&mut self.columns.iter().map(|(title, _)| *title));
        let rows = rows.iter().map(|row| line(&mut row.iter().map(String::as_str)));
        std::iter::once(head).chain(rows).collect::<Vec<_>>().join("\n")
    }

    /// Cells one behind the other, on as many lines as it takes. What is whole may be wider than the terminal: somebody
    /// wants to copy it.
    fn flowing(&self, rows: &[Vec<String>], width: usize) -> String {
        let flow = |cells: &mut dyn Iterator<Item = (&str, ColumnKind)>| {
            let (mut text, mut used) = (String::new(), 0);
            for (place, (cell, kind)) in cells.enumerate() {
                // What the row before it has told is left out, and the rest stands below that; what there is not has a sign.
                let cell = match (cell.is_empty(), place < self.grouped) {
                    (true, true) => continue,
                    (true, false) => "-",
                    (false, _) => cell,
                };
                if place > 0 && used == 0 {
                    text.push_str(&" ".repeat(GAP));
                    used = GAP;
                }
                let cell = match kind {
                    ColumnKind::Whole => cell.to_owned(),
                    ColumnKind::Prose => shortened(cell, width - GAP),
                    ColumnKind::Wrapped => wrapped(cell, width - GAP).join(&format!("\n{}", " ".repeat(GAP))),
                };
                // Whatever has several lines stands on lines of its own.
                let wide = if cell.contains('\n') { width } else { cell.width() };
                let gap = if used == 0 || (place == self.grouped && text.trim().is_empty()) {
                    String::new()
                } else if used + GAP + wide <= width {
                    " ".repeat(GAP)
                } else {
                    used = 0;
                    format!("\n{}", " ".repeat(GAP))
                };
                used += wide + if gap.is_empty() { 0 } else { GAP };
                text.push_str(&gap);
                text.push_str(&cell);
            }
            text
        };
        let kinds = || self.columns.iter().map(|(_, kind)| *kind);
        let head = flow(&mut self.columns.iter().map(|(title, _)| (*title, ColumnKind::Whole)));
        let rows = rows.iter().map(|row| flow(&mut row.iter().map(String::as_str).zip(kinds())));
        std::iter::once(head).chain(rows).collect::<Vec<_>>().join("\n")
    }
}

/// A table for a document.
pub(crate) fn markdown_table(titles: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let head = line(&titles.iter().map(|title| (*title).to_owned()).collect::<Vec<_>>());
    let rule = line(&titles.iter().map(|_| "---".to_owned()).collect::<Vec<_>>());
    let rows = rows.into_iter().map(|row| line(&row.iter().map(|cell| markdown_cell(cell)).collect::<Vec<_>>()));
    [head, rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

/// The text as it stands in a cell of a Markdown table.
fn markdown_cell(cell: &str) -> String {
    cell.replace('<', "&lt;").replace('|', "\\|").replace('\n', "<br>")
}

/// The text on one line, without the sign that parts cells.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\t', '\r'], " ")
}

/// The text in at most so many columns; where its end is left out, between two words if there are any.
fn shortened(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 0;
    let fits = |sign: &char| {
        used += sign.width().unwrap_or(0);
        used < width
    };
    let kept: String = text.chars().take_while(fits).collect();
    let between = kept.rfind(' ').filter(|place| kept[..*place].width() >= width / 2);
    format!("{}…", kept[..between.unwrap_or(kept.len())].trim_end())
}

/// The text in lines of at most so many columns, parted between words.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is one from the beginning");
        if line.is_empty() || line.width() + 1 + word.width() <= width {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> TableData {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        TableData::new(
            &["Ticket", "Code", "Message…"],
            [
                row(["04a95fd0-0b1f-4fe4-9800-f18f8fbe18e6", "Ok", "short"]),
                row(["1", "Instance.Expired", "a message with, as it were, \"more\" words than there is room for"]),
                row(["1", "Instance.Expired", "报表嵌出类错误报表嵌出类错误报表嵌出类错误报表嵌出类错误"]),
            ],
        )
    }

    #[test]
    fn ids_stay_whole_and_words_are_not_broken() {
        for width in [60, 80, 120, 200] {
            let text = table().to_text_of(Some(width));
            assert!(text.contains("04a95fd0-0b1f-4fe4-9800-f18f8fbe18e6"), "{text}");
            assert!(text.lines().all(|line| line.width() <= width), "{width}:\n{text}");
            let words = "a message with, as it were, \"more\" words than there is room for";
            for word in text.lines().flat_map(str::split_whitespace).filter(|word| word.is_ascii()) {
                let known = format!(
                    "{words} Ticket Code Message Instance.Expired Ok short 1 04a95fd0-0b1f-4fe4-9800-f18f8fbe18e6"
                );
                assert!(known.split(' ').any(|known| known == word), "{width}: {word:?}");
            }
        }
        assert_eq!(table().to_text_of(Some(200)).lines().count(), 4);
    }

    #[test]
    fn what_is_the_same_is_told_once_on_a_terminal_and_always_to_programs() {
        let grouped = table().with_groups(2);
        assert_eq!(grouped.to_text_of(Some(120)).matches("Instance.Expired").count(), 1);
        assert_eq!(grouped.to_text_of(None).matches("Instance.Expired").count(), 2);
        assert_eq!(grouped.to_csv().matches("Instance.Expired").count(), 2);
    }

    #[test]
    fn where_cells_flow_none_can_be_taken_for_another() {
        let rows = [["a", "", "x"], ["a", "", "y"]].map(|row| row.map(str::to_owned).to_vec());
        let wide = "w".repeat(50);
        let titles: Vec<&'static str> = vec!["One", "Two", "Three"];
        let mut table = TableData::new(&titles, rows);
        table.rows[0][2] = wide.clone();
        assert_eq!(table.to_text_of(Some(40)), format!("One  Two  Three\na  -\n  {wide}\na  -  y"));
        assert_eq!(table.with_groups(1).to_text_of(Some(40)), format!("One  Two  Three\na  -\n  {wide}\n  -  y"));
    }

    #[test]
    fn csv_is_quoted_where_it_has_to_be() {
        let csv = table().to_csv();
        let lines: Vec<&str> = csv.split("\r\n").collect();
        assert_eq!(lines[0], "Ticket,Code,Message");
        assert_eq!(
            lines[2],
            "1,Instance.Expired,\"a message with, as it were, \"\"more\"\" words than there is room for\""
        );
    }
}
