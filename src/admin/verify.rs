//! Expectations held against the journal, at once or when the time has come.

use std::sync::Arc;

use parking_lot::Mutex;

use super::asked::Asked;
use super::{Answer, Moment, Pending, Problem, data};
use crate::document;
use crate::journal::Books;
use crate::reply::Reply;
use crate::verify::{Finding, FindingView, Progress, Question};

pub(super) fn verify(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let read = document::read("body", asked.text()?, |question: &Question, flaws| question.read(flaws));
    let read = read.map_err(|problems| {
        let hint = "GET /_ticketbooth/openapi.json has its schema; docs/rules.md has the words";
        Problem::new(422, "bad_question", problems.to_string(), hint)
    })?;
    let (judged, within) = read.expect("a question without flaws can be judged");
    let (tenant, every) = (Arc::clone(&asked.tenant), asked.is_every().then(|| asked.emulator.sandboxes()));
    // Before the first look, so that nothing happens unseen between the two.
    let feed = if asked.is_every() { asked.emulator.feed() } else { Arc::clone(&asked.live().feed) };
    // A reset puts another journal in the place of this one, so it is asked for every time.
    let books = move || match &every {
        None => Books::from(Arc::clone(&tenant.live().journal)),
        Some(sandboxes) => sandboxes.books(),
    };
    let mut progress = Progress::new(judged);
    let Some(patience) = within else { return Ok(reply(progress.last(&books())).into()) };
    // The first look goes over everything that is kept, and those of the waiting over what is new only.
    let seen = feed.newest();
    if let Some(finding) = progress.early(&books()) {
        return Ok(reply(finding).into());
    }
    let progress = Mutex::new(progress);
    let ask = move |moment| {
        let mut progress = progress.lock();
        match moment {
            Moment::Early => progress.early(&books()).map(reply),
            Moment::Last => Some(reply(progress.last(&books()))),
        }
    };
    Ok(Answer::Later(Pending::new(feed, seen, patience, ask)))
}

fn reply(finding: Finding) -> Reply {
    data(200, &FindingView::from(finding))
}
