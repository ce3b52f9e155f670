//! Expectations held against the journal, at once or when the time has come.

use std::sync::Arc;

use parking_lot::Mutex;

use super::asked::AdminRequest;
use super::{AdminError, Answer, Patience, Pending, json_reply};
use crate::document;
use crate::journal::Books;
use crate::reply::Reply;
use crate::verify::{Finding, FindingView, Progress, Question};

pub(super) fn verify_calls(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let read = document::read_document("body", asked.body_text()?, |question: &Question, flaws| question.read(flaws));
    let read = read.map_err(|problems| {
        let hint = "GET /_ticketbooth/openapi.json has its schema; docs/rules.md has the words";
        AdminError::new(422, "bad_question", problems.to_string(), hint)
    })?;
    let (judged, within) = read.expect("a question without flaws can be judged");
    let (sandbox, every) = (Arc::clone(&asked.sandbox), asked.is_every().then(|| asked.emulator.sandboxes()));
    // Before the first look, so that nothing happens unseen between the two.
    let feed = if asked.is_every() { asked.emulator.feed() } else { Arc::clone(&asked.epoch().feed) };
    // A reset puts another journal in the place of this one, so it is asked for every time.
    let books = move || match &every {
        None => Books::from(Arc::clone(&sandbox.epoch().journal)),
        Some(sandboxes) => sandboxes.all_books(),
    };
    let mut progress = Progress::new(judged);
    let Some(patience) = within else { return Ok(finding_reply(progress.judge_last(&books())).into()) };
    // The first look goes over everything that is kept, and those of the waiting over what is new only.
    let seen = feed.newest_id();
    if let Some(finding) = progress.judge_early(&books()) {
        return Ok(finding_reply(finding).into());
    }
    let progress = Mutex::new(progress);
    let ask = move |moment| {
        let mut progress = progress.lock();
        match moment {
            Patience::Early => progress.judge_early(&books()).map(finding_reply),
            Patience::Last => Some(finding_reply(progress.judge_last(&books()))),
        }
    };
    Ok(Answer::Later(Pending::new(feed, seen, patience, ask)))
}

fn finding_reply(finding: Finding) -> Reply {
    json_reply(200, &FindingView::from(finding))
}
