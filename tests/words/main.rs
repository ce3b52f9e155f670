//! The words of the code, counted: how many types share their name, and how functions are named.
//!
//! `cargo test --test words -- --nocapture` prints the figures and what is left to improve.

mod names;

use names::{Function, Names, Type};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Past participles that do not end in "ed", as they occur in names.
const IRREGULAR: &[&str] = &[
    "begun",
    "born",
    "bound",
    "bought",
    "brought",
    "built",
    "caught",
    "chosen",
    "cut",
    "dealt",
    "done",
    "drawn",
    "fed",
    "felt",
    "forgotten",
    "found",
    "given",
    "gone",
    "got",
    "held",
    "hidden",
    "hit",
    "kept",
    "known",
    "laid",
    "led",
    "left",
    "lent",
    "lost",
    "made",
    "meant",
    "met",
    "paid",
    "put",
    "read",
    "run",
    "said",
    "seen",
    "sent",
    "set",
    "shown",
    "shut",
    "spent",
    "split",
    "spoken",
    "spread",
    "stuck",
    "sworn",
    "taken",
    "taught",
    "thought",
    "thrown",
    "told",
    "torn",
    "understood",
    "woken",
    "won",
    "worn",
    "written",
];

/// Of those, the ones that are verbs in the present as well: `read`, `put`, `set`.
const ALSO_PRESENT: &[&str] = &["cut", "hit", "put", "read", "run", "set", "shut", "split", "spread"];

/// Words that end in "ed" and are nouns or verbs in the present.
const NO_PARTICIPLE: &[&str] = &["embed", "exceed", "feed", "need", "proceed", "reseed", "seed", "speed", "succeed"];

/// The share of the types that have their name with another type in common, at most.
const SHARED: Share = Share { of_1000: 30 };
/// The share of the functions that are named by a participle, at most.
const PARTICIPLES: Share = Share { of_1000: 20 };
/// The share of the functions that have a name of one word, at most.
const ONE_WORD: Share = Share { of_1000: 200 };

#[derive(Clone, Copy)]
struct Share {
    of_1000: usize,
}

impl Share {
    fn allows(self, part: usize, whole: usize) -> bool {
        part * 1000 <= self.of_1000 * whole
    }
}

/// Whether the word is a past participle and nothing else.
fn is_participle(word: &str) -> bool {
    let irregular = IRREGULAR.contains(&word) && !ALSO_PRESENT.contains(&word);
    irregular || (word.ends_with("ed") && !NO_PARTICIPLE.contains(&word))
}

/// Words that add neither a thing nor an action to a participle: `as_told`, `joined_by`.
const PARTICLES: &[&str] = &[
    "above",
    "all",
    "and",
    "as",
    "at",
    "below",
    "by",
    "for",
    "from",
    "in",
    "not",
    "of",
    "on",
    "once",
    "otherwise",
    "to",
    "well",
    "with",
];

/// Whether a function is named by nothing but what has been done: `told`, `as_shown`, `joined_by`. With a noun behind
/// it a participle is an adjective (`signed_headers`), and with a verb before it, its object (`check_required`).
fn is_named_by_participle(name: &str) -> bool {
    let (participles, others): (Vec<&str>, Vec<&str>) = name.split('_').partition(|word| is_participle(word));
    !participles.is_empty() && others.iter().all(|word| PARTICLES.contains(word))
}

fn shared_names(types: &[Type]) -> BTreeMap<&str, Vec<&Type>> {
    let mut by_name: BTreeMap<&str, Vec<&Type>> = BTreeMap::new();
    for one in types {
        by_name.entry(&one.name).or_default().push(one);
    }
    by_name.retain(|_, types| types.len() > 1);
    by_name
}

/// The figure in words, and the list of what it counts.
fn report(what: &str, part: usize, whole: usize, most: Share, list: &str) -> String {
    let share = part as f64 * 100.0 / whole as f64;
    let most = most.of_1000 as f64 / 10.0;
    format!("{what}: {part} of {whole}, {share:.1} % (at most {most:.1} %)\n{list}")
}

fn listed(functions: &[&Function]) -> String {
    let mut list = String::new();
    for one in functions {
        let _ = writeln!(list, "  {}:{} {}", one.file, one.line, one.name);
    }
    list
}

fn judge(what: &str, part: usize, whole: usize, most: Share, list: &str) {
    let report = report(what, part, whole, most, list);
    println!("{report}");
    assert!(most.allows(part, whole), "{report}");
}

#[test]
fn types_have_names_of_their_own() {
    let names = Names::of_the_crate();
    let shared = shared_names(&names.types);
    let mut list = String::new();
    for (name, types) in &shared {
        let places: Vec<String> = types.iter().map(|one| format!("{}:{}", one.file, one.line)).collect();
        let _ = writeln!(list, "  {name}: {}", places.join(" "));
    }
    let part = shared.values().map(Vec::len).sum();
    judge("types that share their name", part, names.types.len(), SHARED, &list);
}

#[test]
fn functions_are_not_named_by_what_has_been_done() {
    let names = Names::of_the_crate();
    let found: Vec<&Function> = names.functions.iter().filter(|one| is_named_by_participle(&one.name)).collect();
    let list = listed(&found);
    judge("functions named by a participle", found.len(), names.functions.len(), PARTICIPLES, &list);
}

#[test]
fn functions_say_what_they_do_to_what() {
    let names = Names::of_the_crate();
    let found: Vec<&Function> = names.functions.iter().filter(|one| !one.name.contains('_')).collect();
    let list = listed(&found);
    judge("functions with a name of one word", found.len(), names.functions.len(), ONE_WORD, &list);
}

/// The glossary names types that there are.
#[test]
fn the_glossary_names_types_of_the_code() {
    let names = Names::of_the_crate();
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/ARCHITECTURE.md")).expect("it is there");
    let glossary = page.split("\n## ").find(|chapter| chapter.starts_with("Words\n")).expect("there is a glossary");
    let mut named = 0;
    for word in glossary.split('`').skip(1).step_by(2).filter(|word| word.starts_with(char::is_uppercase)) {
        assert!(
            names.types.iter().any(|one| one.name == word),
            "ARCHITECTURE.md names `{word}`, and no type is called so"
        );
        named += 1;
    }
    assert!(named > 30, "{named}");
}

/// Words that a comment on a thing does not begin with: they make a sentence of what has a noun.
const NO_BEGINNINGS: &[&str] = &["That ", "So many ", "Those ", "What ", "Whom ", "Whose "];

/// The share of the comments that begin with one of these, at most.
const ROUNDABOUT: Share = Share { of_1000: 20 };

#[test]
fn comments_begin_with_the_noun_of_the_thing() {
    let (mut all, mut list, mut found) = (0, String::new(), 0);
    for (file, text) in names::sources() {
        let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
        let is_comment = |line: &str| line.starts_with("///") || line.starts_with("//!");
        for (place, line) in lines.iter().enumerate() {
            let is_first = is_comment(line) && (place == 0 || !is_comment(lines[place - 1]));
            if !is_first {
                continue;
            }
            all += 1;
            if NO_BEGINNINGS.iter().any(|word| line[3..].trim_start().starts_with(word)) {
                found += 1;
                let _ = writeln!(list, "  {file}:{} {line}", place + 1);
            }
        }
    }
    judge("comments that do not begin with a noun", found, all, ROUNDABOUT, &list);
}
