//! Rules and expectations of a sandbox.

use std::sync::Arc;
use std::task::{Context, Wake, Waker};
use std::thread::Thread;
use std::time::Duration;

use crate::document::{self, Problems};
use crate::emulator::{Sandbox, Stopwatch};
use crate::journal::Books;
use crate::rules::{self, Misplaced, RuleStats};
use crate::verify::{Finding, Judged, Progress, Question};

/// Why a rule was not added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unadded {
    /// It is no rule, or none that could ever fire.
    #[error(transparent)]
    Wrong(#[from] Problems),
    #[error(transparent)]
    Misplaced(#[from] Misplaced),
}

/// Puts the rule of this text behind the others.
pub(super) fn add_rule(sandbox: &Sandbox, text: &str) -> Result<(), Unadded> {
    let rule = rules::read_rule("rule", text)?;
    sandbox.change_rules(|epoch| Ok(epoch.rules.with_rule(rule)?))
}

pub(super) fn rule_stats(sandbox: &Sandbox) -> Vec<RuleStats> {
    sandbox.epoch().rules.all_stats()
}

/// Judges the question of this text, and waits for it as long as it says.
pub(super) fn verify_calls(sandbox: &Sandbox, text: &str) -> Result<Finding, Problems> {
    let read = document::read_document("question", text, |question: &Question, flaws| question.read(flaws))?;
    let (judged, within) = read.expect("a question without flaws can be judged");
    Ok(wait_for_finding(sandbox, judged, within.unwrap_or_default()))
}

/// Wakes a thread that has nothing else to do.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn wait_for_finding(sandbox: &Sandbox, judged: Judged, patience: Duration) -> Finding {
    let mut progress = Progress::new(judged);
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let context = Context::from_waker(&waker);
    let began = Stopwatch::start();
    loop {
        let epoch = sandbox.epoch();
        // Read before judging: what happens meanwhile is then judged once too often, and never not.
        let seen = epoch.feed.newest_id();
        let books = Books::from(Arc::clone(&epoch.journal));
        let left = patience.saturating_sub(Duration::from_micros(began.elapsed_us()));
        if left.is_zero() {
            return progress.judge_last(&books);
        }
        if let Some(finding) = progress.judge_early(&books) {
            return finding;
        }
        if epoch.feed.poll_beyond(seen, &context).is_pending() {
            std::thread::park_timeout(left);
        }
    }
}
