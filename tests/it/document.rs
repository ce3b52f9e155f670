//! How files are read, and what is said of bad ones.

use proptest::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use ticketbooth::document::{Flaws, MAX_BYTES, Place, Problems, find_nearest, read_document, schema_of};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Shelf {
    name: String,
    #[serde(default)]
    books: Vec<Book>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only the reading matters")]
struct Book {
    title: String,
    #[serde(default)]
    pages: u16,
    #[serde(default)]
    cover: Option<Cover>,
    #[serde(default)]
    lent: Option<Lent>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Cover {
    /// A word with documentation has another schema than one without.
    HardBack,
    Paper,
}

#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "only the reading matters")]
enum Lent {
    Days(u32),
    Terms(Terms),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only the reading matters")]
struct Terms {
    to: String,
}

fn problems(text: &str) -> Problems {
    read_document("shelf.yaml", text, |_: &Shelf, _| ()).expect_err("the text is bad")
}

/// A name or number as a shelf takes it.
#[track_caller]
fn taken(text: &str) -> (String, u16) {
    let read = read_document("shelf.yaml", text, |shelf: &Shelf, _| {
        (shelf.name.clone(), shelf.books.first().map_or(0, |book| book.pages))
    });
    read.unwrap_or_else(|problems| panic!("{text} is refused: {problems}"))
}

#[test]
fn a_text_that_looks_like_something_else_is_taken_as_it_is_written() {
    for (written, name) in
        [("0012", "0012"), ("1.10", "1.10"), ("true", "true"), ("1e3", "1e3"), (".inf", ".inf"), ("é1", "é1")]
    {
        assert_eq!(taken(&format!("name: {written} # é\n")).0, name);
    }
    // Also by another name, and in what was merged.
    assert_eq!(taken("books: [{ title: x, pages: &a 0012 }]\nname: *a\n"), ("0012".to_owned(), 12));
    assert_eq!(taken("books: [&b { title: 007, pages: 3 }, { <<: *b, pages: 4 }]\nname: x\n").1, 3);
    assert_eq!(taken("name: x\nbooks: [{ title: y, pages: \"7\" }]\n").1, 7);
    for pages in ["1.5", "1e3", "65536", "-1", "18446744073709551616"] {
        let found = listed(&format!("name: x\nbooks: [{{ title: y, pages: {pages} }}]\n"));
        assert_eq!(found[0].0, 2, "{pages}: {found:?}");
    }
}

/// Line, column, message and help of each problem.
fn listed(text: &str) -> Vec<(usize, usize, String, Option<String>)> {
    problems(text).iter().map(|found| (found.line, found.column, found.message.clone(), found.help.clone())).collect()
}

fn only(text: &str) -> (usize, usize, String, Option<String>) {
    let mut all = listed(text);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

#[test]
fn a_good_file_is_read() {
    let text = "\u{feff}name: 117\nbooks: [ { title: one } ]\n";
    let read = read_document("shelf.yaml", text, |shelf: &Shelf, _| (shelf.name.clone(), shelf.books.len()));
    assert_eq!(read.unwrap(), ("117".to_owned(), 1));
}

#[test]
fn a_problem_is_shown_with_its_line_and_the_nearest_word() {
    let expected = "\
error: shelf.yaml:2:1: unknown key \"boks\"
  |
2 | boks: []
  | ^^^^
  |
  = help: did you mean \"books\"?
";
    assert_eq!(problems("name: a\nboks: []\n").to_string(), expected);
}

#[test]
fn all_problems_are_told_at_once_in_the_order_of_lines() {
    let text = "nmae: a\nbooks:\n  - { title: [], pages: 70000 }\n  - { pages: -1, cover: papper, cover: paper }\n";
    let messages: Vec<_> = listed(text).into_iter().map(|(line, _, message, _)| (line, message)).collect();
    let expected = [
        (1, "unknown key \"nmae\""),
        (3, "expected text, found a list"),
        (3, "70000 is more than 65535"),
        (4, "missing key \"title\""),
        (4, "-1 is less than 0"),
        (4, "key \"cover\" is defined twice"),
    ];
    assert_eq!(messages, expected.map(|(line, message)| (line, message.to_owned())));
}

#[test]
fn a_word_is_compared_with_all_that_are_allowed() {
    let one = |word: &str| only(&format!("name: a\nbooks: [ {{ title: t, cover: {word} }} ]\n"));
    let (_, column, message, help) = one("hardback");
    assert_eq!((column, message.as_str()), (29, "unknown word \"hardback\""));
    assert_eq!(help.as_deref(), Some("did you mean \"hard-back\"?"));
    assert_eq!(one("leather").3.as_deref(), Some("one of: paper, hard-back"));
}

#[test]
fn of_several_forms_the_one_that_was_meant_is_explained() {
    let one = |lent: &str| only(&format!("name: a\nbooks: [ {{ title: t, lent: {lent} }} ]\n"));
    assert_eq!(one("{ too: b }").3.as_deref(), Some("did you mean \"to\"?"));
    assert_eq!(one("-5").2, "-5 is less than 0");
    assert_eq!(one("soon").2, "expected a whole number or a mapping, found text");
}

#[test]
fn a_broken_text_has_one_problem_with_a_place() {
    for (text, line, column) in [("name: [\n", 1, 7), ("name: a\n---\nname: b\n", 3, 1), ("name: *x\n", 1, 7)] {
        let found = only(text);
        assert_eq!((found.0, found.1), (line, column), "{text:?}");
    }
}

#[test]
fn size_and_depth_are_bounded() {
    assert!(only(&"#".repeat(MAX_BYTES + 1)).2.starts_with("the file is larger than"));
    let deep = format!("name: {}", "[".repeat(100_000));
    assert_eq!(only(&deep).2, "the file is too large, too deep or grows too much by aliases");
    let deep: String = (0..200).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert_eq!(only(&deep).2, "the file is too large, too deep or grows too much by aliases");
}

#[test]
fn a_file_full_of_problems_is_cut_short() {
    let text: String = (0..5_000).map(|number| format!("key{number}: 1\n")).collect();
    let problems = problems(&text);
    assert_eq!((problems.iter().count(), problems.count()), (100, 5_001));
    assert!(problems.to_string().ends_with("\n… and 4901 more\n"));
}

#[test]
fn a_very_long_line_is_shown_in_part() {
    let text = format!("{{ name: {}, nmae: a, books: [] {}}}\n", "x".repeat(10_000), " ".repeat(10_000));
    let shown = problems(&text).to_string();
    assert!(shown.len() < 1_000, "{} bytes", shown.len());
    assert!(shown.contains("x, nmae: a, books"), "{shown}");
}

#[test]
fn an_owner_can_point_at_keys_and_values() {
    let check = |_: &Shelf, flaws: &mut Flaws| {
        let books = Place::ROOT.key("books");
        flaws.at_value(&books.index(1).key("title"), "a dull title", Some("another one".to_owned()));
        flaws.at_key(&books, "no books here", None);
        flaws.at_value(&books.index(7).key("title"), "not there", None);
    };
    let found = read_document("shelf.yaml", "name: a\nbooks:\n  - title: one\n  - title: two\n", check).unwrap_err();
    let places: Vec<_> = found.iter().map(|one| (one.line, one.column, one.message.as_str())).collect();
    assert_eq!(places, [(2, 1, "no books here"), (3, 3, "not there"), (4, 12, "a dull title")]);
}

#[test]
fn an_owner_is_asked_about_a_file_of_bad_shape_too() {
    let check = |shelf: &Shelf, flaws: &mut Flaws| {
        flaws.at_value(&Place::ROOT.key("name"), format!("{} has {} books", shelf.name, shelf.books.len()), None);
    };
    let found = read_document("shelf.yaml", "name: a\nboks:\n  - title: one\nodd: 1\n", check).unwrap_err();
    let places: Vec<_> = found.iter().map(|one| (one.line, one.message.as_str())).collect();
    assert_eq!(places, [(1, "a has 1 books"), (2, "unknown key \"boks\""), (4, "unknown key \"odd\"")]);
    // A wrong type leaves nothing to ask about.
    assert_eq!(read_document("shelf.yaml", "name: [a]\n", check).unwrap_err().count(), 1);
}

#[test]
fn secrets_are_blanked_and_columns_stay() {
    let text = "name: a\nbooks: [ { secret_id: shown, secretkey: \"hid, den\", session_tokens: [x, y], titel: t } ]\n";
    let shown = problems(text).to_string();
    assert!(
        shown.contains("{ secret_id: shown, secretkey: \"**** ***\", session_tokens: [** *], titel: t }"),
        "{shown}"
    );
}

#[test]
fn wide_signs_are_marked_whole() {
    let expected = "\
error: shelf.yaml:2:1: unknown key \"书籍\"
  |
2 | 书籍: 1
  | ^^^^
  |
  = help: one of: name, books
";
    assert_eq!(problems("name: 名\n书籍: 1\n").to_string(), expected);
}

#[test]
fn the_nearest_word_is_near() {
    let words = ["embedding", "validity", "pages"];
    assert_eq!(find_nearest("embeding", words), Some("embedding"));
    assert_eq!(find_nearest("EMBEDDING", words), Some("embedding"));
    assert_eq!(find_nearest("corporation", words), None);
    assert_eq!(find_nearest("", words), None);
    assert_eq!(find_nearest(&"x".repeat(1_000_000), words), None);
}

#[test]
fn the_schema_is_that_of_the_type() {
    assert_eq!(schema_of::<Shelf>()["required"], serde_json::json!(["name"]));
}

proptest! {
    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        if let Err(problems) = read_document("any.yaml", &text, |_: &Shelf, _| ()) {
            prop_assert!(problems.to_string().starts_with("error: any.yaml:"));
            prop_assert!(problems.count() > 0);
        }
    }
}
