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
    if asked.is_every() {
        if within.is_some() {
            let hint = "leave `within` out, or name the sandbox";
            return Err(Problem::new(422, "bad_question", "only the calls of one sandbox can be waited for", hint));
        }
        let extracts: Vec<_> = asked.journals().into_iter().map(|journal| journal.extract).collect();
        return Ok(reply(judged.judge(&Evidence::of_all(&extracts))).into());
    }
    let tenant = Arc::clone(&asked.tenant);
    // A reset puts another journal in the place of this one, so it is asked for every time.
    let find = move || judged.judge(&Evidence::from(&tenant.live().journal.extract()));
    let Some(patience) = within else { return Ok(reply(find()).into()) };
    let feed = Arc::clone(&asked.live().feed);
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
