//! The state machine against a model in another shape: the machine carries a ticket along, the model
//! keeps only what happened and works everything out from that list each time.

use std::sync::Arc;

use proptest::prelude::*;
use ticketbooth::domain::{
    AfterEnd, Command, Current, ExtendFrom, Family, IdForm, Issue, IssueLimits, Reason, Refusal, Renewal, Target,
    TargetHint, Terms, Ticket, TicketDraft, TicketId, TicketStatus, Timestamp, Uses, VisitOrder, decide,
};

const FAMILY: Family = Family::new(&("v", "k"));
const START: i64 = 1_000_000;

/// Something that is tried at some second.
#[derive(Clone, Debug)]
enum Try {
    Extend { minutes: u32, fits: bool },
    SetLeft(u32),
    SetTotal(u32),
    Revoke,
    Inspect,
    Visit { fits: bool, closed: bool },
}

/// What came of it.
type Outcome = Result<(), Reason>;

#[derive(Clone, Debug)]
struct Case {
    uses: Option<u32>,
    minutes: u32,
    terms: Terms,
    /// Seconds since the try before, and the try.
    tries: Vec<(i64, Try)>,
}

/// The model: what happened so far, each with its second and whether it took effect.
struct History<'a> {
    case: &'a Case,
    done: Vec<(i64, Try)>,
}

impl History<'_> {
    fn revoked(&self) -> bool {
        self.done.iter().any(|(_, done)| matches!(done, Try::Revoke))
    }

    /// The first second at which it is over: the issue's minutes, moved by every extension in turn.
    fn over_at(&self) -> i64 {
        let issued = START + i64::from(self.case.minutes) * 60;
        self.done.iter().fold(issued, |over, (at, done)| match done {
            Try::Extend { minutes, .. } => {
                let base = if self.case.terms.extend_from == ExtendFrom::Now || over < *at { *at } else { over };
                base + i64::from(*minutes) * 60
            }
            _ => over,
        })
    }

    fn visits(&self, done: &[(i64, Try)]) -> u32 {
        done.iter().filter(|(_, done)| matches!(done, Try::Visit { .. })).count() as u32
    }

    /// The uses that are left: those of the last time they were set, less the visits since.
    fn left(&self) -> Option<u32> {
        let set = self.done.iter().rposition(|(_, done)| matches!(done, Try::SetLeft(_) | Try::SetTotal(_)));
        match set.map(|place| (place, &self.done[place].1)) {
            None => self.case.uses.map(|uses| uses - self.visits(&self.done).min(uses)),
            Some((place, Try::SetLeft(left))) => Some(left - self.visits(&self.done[place..]).min(*left)),
            Some((_, Try::SetTotal(total))) => Some(total - self.visits(&self.done).min(*total)),
            Some(_) => unreachable!("only the two were searched for"),
        }
    }

    fn try_at(&mut self, at: i64, wanted: &Try) -> Outcome {
        let verdict = self.verdict(at, wanted);
        match verdict {
            Ok(true) => self.done.push((at, wanted.clone())),
            Ok(false) => {}
            Err(reason) => return Err(reason),
        }
        Ok(())
    }

    /// Whether the try takes effect, or is answered without one, or is refused.
    fn verdict(&self, at: i64, wanted: &Try) -> Result<bool, Reason> {
        let terms = &self.case.terms;
        let (over, spent) = (at >= self.over_at(), self.left() == Some(0));
        if self.revoked() {
            return Err(Reason::TicketRevoked);
        }
        match wanted {
            Try::Extend { fits: false, .. } => Err(Reason::TargetMismatch),
            Try::Extend { minutes, .. } => {
                let end = if over { Some((terms.after_expiry, Reason::TicketExpired)) } else { None };
                let end = end.or_else(|| spent.then_some((terms.extend_used_up, Reason::TicketUsedUp)));
                match end {
                    Some((AfterEnd::Refuse, reason)) => return Err(reason),
                    Some((AfterEnd::Decline, _)) => return Ok(false),
                    Some((AfterEnd::Accept, _)) | None => {}
                }
                let mut later = History { case: self.case, done: self.done.clone() };
                later.done.push((at, Try::Extend { minutes: *minutes, fits: true }));
                match terms.max_ahead_minutes {
                    Some(limit) if later.over_at() - at > i64::from(limit) * 60 => Err(Reason::LifetimeTooLong),
                    _ => Ok(true),
                }
            }
            _ if over => Err(Reason::TicketExpired),
            Try::Visit { .. } if spent && terms.visit_order == VisitOrder::UsesFirst => Err(Reason::TicketUsedUp),
            Try::Visit { fits: false, .. } => Err(Reason::TargetMismatch),
            Try::Visit { closed: true, .. } => Err(Reason::EmbeddingOff),
            Try::Visit { .. } if spent => Err(Reason::TicketUsedUp),
            Try::SetLeft(_) | Try::SetTotal(_) | Try::Revoke | Try::Inspect | Try::Visit { .. } => Ok(true),
        }
    }

    fn status(&self, at: i64) -> TicketStatus {
        match () {
            () if self.revoked() => TicketStatus::Revoked,
            () if at >= self.over_at() => TicketStatus::Expired,
            () if self.left() == Some(0) => TicketStatus::UsedUp,
            () => TicketStatus::Live,
        }
    }
}

fn issued(case: &Case) -> Ticket {
    let draft = TicketDraft {
        family: FAMILY,
        form: IdForm::Uuid,
        target: Target::Work { work: Arc::from("w"), component: None },
        user: None,
        uses: case.uses,
        minutes: case.minutes,
        renewal: Renewal::Independent,
        limits: IssueLimits::default(),
        extras: None,
    };
    let issue = Command::Issue(Issue { id: TicketId::new(7, IdForm::Uuid), serial: 1, draft });
    decide(Current::Absent(""), &issue, Timestamp::from_unix(START), &case.terms).expect("an issue cannot fail")
}

fn command(wanted: &Try) -> Command {
    let hint = |fits: bool| TargetHint { work: (!fits).then(|| "other".to_owned()), ..TargetHint::default() };
    match wanted {
        Try::Extend { minutes, fits } => Command::Extend { minutes: Some(*minutes), expected: hint(*fits) },
        Try::SetLeft(uses) => Command::SetUses(Uses::Left(*uses)),
        Try::SetTotal(uses) => Command::SetUses(Uses::Total(*uses)),
        Try::Revoke => Command::Revoke,
        Try::Inspect => Command::Inspect,
        Try::Visit { fits, closed } => {
            Command::Visit { asked: hint(*fits), gate: closed.then_some(Refusal::EmbeddingOff {}) }
        }
    }
}

fn tries() -> impl Strategy<Value = (i64, Try)> {
    let wanted = prop_oneof![
        4 => (0u32..20, prop::bool::weighted(0.9)).prop_map(|(minutes, fits)| Try::Extend { minutes, fits }),
        1 => (0u32..4).prop_map(Try::SetLeft),
        1 => (0u32..6).prop_map(Try::SetTotal),
        1 => Just(Try::Revoke),
        2 => Just(Try::Inspect),
        8 => (prop::bool::weighted(0.9), prop::bool::weighted(0.1))
            .prop_map(|(fits, closed)| Try::Visit { fits, closed }),
    ];
    // Steps land on both sides of whole minutes, where expiry is decided.
    let step = prop_oneof![Just(0i64), Just(1), Just(59), Just(60), Just(61), 0i64..900];
    (step, wanted)
}

fn after_end() -> impl Strategy<Value = AfterEnd> {
    prop_oneof![Just(AfterEnd::Accept), Just(AfterEnd::Refuse), Just(AfterEnd::Decline)]
}

fn cases() -> impl Strategy<Value = Case> {
    let base = prop_oneof![Just(ExtendFrom::OldExpiry), Just(ExtendFrom::Now)];
    let order = prop_oneof![Just(VisitOrder::TargetFirst), Just(VisitOrder::UsesFirst)];
    let terms = (base, prop::option::of(1u32..30), after_end(), after_end(), order).prop_map(
        |(extend_from, max_ahead_minutes, after_expiry, extend_used_up, visit_order)| Terms {
            extend_from,
            max_ahead_minutes,
            after_expiry,
            extend_used_up,
            visit_order,
            ..Terms::default()
        },
    );
    (prop::option::of(0u32..5), 0u32..15, terms, prop::collection::vec(tries(), 1..40))
        .prop_map(|(uses, minutes, terms, tries)| Case { uses, minutes, terms, tries })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

    #[test]
    fn the_machine_agrees_with_the_model(case in cases()) {
        let mut ticket = issued(&case);
        let mut history = History { case: &case, done: Vec::new() };
        let mut at = START;
        for (step, wanted) in &case.tries {
            at += step;
            let now = Timestamp::from_unix(at);
            let outcome = decide(Current::Held(&ticket), &command(wanted), now, &case.terms);
            let expected = history.try_at(at, wanted);
            prop_assert_eq!(outcome.as_ref().map(|_| ()).map_err(Refusal::reason), expected, "{:?} at +{}", wanted, at - START);
            if let Ok(next) = outcome {
                ticket = next;
            }
            prop_assert_eq!(ticket.status_at(now), history.status(at));
            prop_assert_eq!(ticket.expires_at.unix_seconds(), history.over_at());
            prop_assert_eq!(ticket.uses_left(), history.left());
        }
    }
}
