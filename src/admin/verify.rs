//! Expectations held against the journal, at once or when the time has come.

use std::sync::Arc;

use super::asked::Asked;
use super::{Answer, Moment, Pending, Problem, data};
use crate::document;
use crate::reply::Reply;
use crate::verify::{Evidence, Finding, FindingView, Outlook, Question};

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
    let find = move || match &every {
        None => judged.judge(&Evidence::from(&tenant.live().journal.extract())),
        Some(sandboxes) => {
            let extracts: Vec<_> = sandboxes.journals().into_iter().map(|journal| journal.extract).collect();
            judged.judge(&Evidence::of_all(&extracts))
        }
    };
    let Some(patience) = within else { return Ok(reply(find()).into()) };
    let ask = move |moment| {
        let finding = find();
        let is_time = moment == Moment::Last || finding.outlook == Outlook::Settled;
        is_time.then(|| reply(finding))
    };
    Ok(Answer::Later(Pending::new(feed, patience, ask)))
}

fn reply(finding: Finding) -> Reply {
    data(200, &FindingView::from(finding))
}
