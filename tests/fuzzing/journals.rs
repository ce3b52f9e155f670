//! Files of exported journals.

use std::io::Cursor;

use ticketbooth::document::read_document;
use ticketbooth::export::{Archive, BadExport, EVERY, Filters};
use ticketbooth::verify::Question;

/// A file is refused with its line, cause and next step, or answers every question that a journal answers.
pub fn read_export(data: &[u8]) {
    for sandbox in [EVERY, "default"] {
        match Archive::read_file(Cursor::new(data), sandbox) {
            Err(bad) => check_refused(&bad, data, sandbox),
            Ok(archive) => check_archive(&archive),
        }
    }
}

/// The line that is named is the one: a file that ends with it is refused alike, and one that ends before it is not.
fn check_refused(bad: &BadExport, data: &[u8], sandbox: &str) {
    assert!(!bad.message.is_empty() && !bad.help.is_empty(), "{bad:?}");
    let ends = data.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(place, _)| place + 1);
    let ends: Vec<usize> = std::iter::once(0).chain(ends).chain([data.len()]).collect();
    assert!(bad.line >= 1 && bad.line < ends.len(), "{bad:?} of {} lines", ends.len() - 1);
    // The first line is also blamed for how many calls there are.
    if bad.line > 1 {
        let ended = |line: usize| Archive::read_file(Cursor::new(&data[..ends[line]]), sandbox).err();
        assert_eq!(ended(bad.line).as_ref(), Some(bad), "the line is not the one");
        assert!(ended(bad.line - 1).is_none_or(|other| other.line < bad.line), "{bad:?} comes too late");
    }
}

fn check_archive(archive: &Archive) {
    let filters = |query: &'static [(&str, &str)]| {
        let of = move |name: &str| query.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        Filters::from_query(of, Some(10_000)).unwrap_or_else(|_| panic!("these may be asked for"))
    };
    let all = archive.list_entries(&filters(&[("kind", "all")]));
    let calls = archive.list_entries(&filters(&[]));
    let (every, some) =
        (all["entries"].as_array().map_or(0, Vec::len), calls["entries"].as_array().map_or(0, Vec::len));
    assert!(some <= every, "{some} calls among {every} entries");
    archive.list_entries(&filters(&[("vendor", "tencent"), ("action", "visit"), ("since", "2020-01-01T00:00:00Z")]));
    for id in ["last", "1", "18446744073709551615", "00000000-0000-4000-8000-000000000000"] {
        let _found = archive.find_entry(id);
    }
    for text in [
        "{ on: alibaba.CreateTicket, calls: { at_least: 1 } }",
        "{ on: alibaba.CreateTicket, where: { WorksId: \"a*\" }, calls: { exactly: 1 } }",
        "{ on: tencent.*, outcome: refused, calls: 0 }",
    ] {
        let read = read_document("question", text, |question: &Question, flaws| question.read(flaws));
        let (judged, _) = read.ok().flatten().unwrap_or_else(|| panic!("{text} is a question"));
        assert!(!archive.judge_calls(&judged).message.is_empty(), "{text}");
    }
}
