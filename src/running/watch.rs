//! What is ordered instead of normal answers, and whether the expected calls were made.

use std::sync::Arc;
use std::task::{Context, Wake, Waker};
use std::thread::Thread;
use std::time::Duration;

use crate::document::{self, Problems};
use crate::emulator::{Stopwatch, Tenant};
use crate::journal::Books;
use crate::rules::{self, Misplaced, Standing};
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
pub(super) fn add(tenant: &Tenant, text: &str) -> Result<(), Unadded> {
    let rule = rules::one("rule", text)?;
    tenant.change_rules(|live| Ok(live.rules.with(rule)?))
}

pub(super) fn standing(tenant: &Tenant) -> Vec<Standing> {
    tenant.live().rules.rules()
}

/// Judges the question of this text, and waits for it as long as it says.
pub(super) fn verify(tenant: &Tenant, text: &str) -> Result<Finding, Problems> {
    let read = document::read("question", text, |question: &Question, flaws| question.read(flaws))?;
    let (judged, within) = read.expect("a question without flaws can be judged");
    Ok(awaited(tenant, judged, within.unwrap_or_default()))
}

/// Wakes a thread that has nothing else to do.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn awaited(tenant: &Tenant, judged: Judged, patience: Duration) -> Finding {
    let mut progress = Progress::new(judged);
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let context = Context::from_waker(&waker);
    let began = Stopwatch::started();
    loop {
        let live = tenant.live();
        // Read before judging: what happens meanwhile is then judged once too often, and never not.
        let seen = live.feed.newest();
        let books = Books::from(Arc::clone(&live.journal));
        let left = patience.saturating_sub(Duration::from_micros(began.elapsed_us()));
        if left.is_zero() {
            return progress.last(&books);
        }
        if let Some(finding) = progress.early(&books) {
            return finding;
        }
        if live.feed.poll_beyond(seen, &context).is_pending() {
            std::thread::park_timeout(left);
        }
    }
}
