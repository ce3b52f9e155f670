//! The store of tickets against a model in another shape: the store carries tickets along, the model keeps only a list of
//! what happened and works everything out from it each time. The model is held against stores that count wrong, too.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};
use ticketbooth::domain::{
    Command, Ending, Family, IdForm, IssueLimits, Order, Reason, Refusal, RefusedVisit, Renewal, Target, TargetHint,
    Terms, Ticket, TicketDraft, TicketId, TicketStatus, Timestamp, User, Uses,
};
use ticketbooth::sandbox::Tickets;

const FAMILY: Family = Family::new(&("v", "k"));
const START: i64 = 1_000_000;
const EDITIONS: [&str; 2] = ["older", "newer"];

/// Something that is tried.
#[derive(Clone, Debug)]
enum Try {
    Issue(Wish),
    /// On one of the tickets that there are, by its number.
    Act(usize, Deed),
    End(usize, Ending),
    /// Of all tickets for this work.
    Clear(usize),
}

#[derive(Clone, Debug)]
struct Wish {
    user: usize,
    work: usize,
    uses: Option<u32>,
    minutes: u32,
    renewal: Renewal,
    limit: Option<u32>,
    count: u32,
}

#[derive(Clone, Debug)]
enum Deed {
    Visit { fits: bool, closed: bool },
    Extend(u32),
    SetLeft(u32),
    SetTotal(u32),
    Revoke,
    Inspect,
}

/// A try with the seconds since the one before it, and the terms that it is under.
#[derive(Clone, Debug)]
struct Turn {
    seconds: i64,
    wanted: Try,
    edition: Option<&'static str>,
    refused_visit: RefusedVisit,
}

/// Something that took effect.
#[derive(Clone, Debug)]
enum Fact {
    Made { wish: Wish, edition: Option<&'static str> },
    Longer { ticket: usize, minutes: u32 },
    Used { ticket: usize },
    Left { ticket: usize, left: u32 },
    Total { ticket: usize, total: u32 },
    Over { ticket: usize },
    UsedUp { ticket: usize },
    Revoked { ticket: usize },
}

/// The model: what happened, each with its second.
#[derive(Default)]
struct Chronicle(Vec<(i64, Fact)>);

impl Chronicle {
    fn made(&self) -> Vec<(i64, &Wish, Option<&'static str>)> {
        self.0
            .iter()
            .filter_map(|(at, fact)| match fact {
                Fact::Made { wish, edition } => Some((*at, wish, *edition)),
                _ => None,
            })
            .collect()
    }

    fn revoked(&self, number: usize) -> bool {
        self.0.iter().any(|(_, fact)| matches!(fact, Fact::Revoked { ticket } if *ticket == number))
    }

    /// The first second at which it is over.
    fn over_at(&self, number: usize) -> i64 {
        let (at, wish, _) = self.made()[number];
        self.0.iter().fold(at + i64::from(wish.minutes) * 60, |over, (at, fact)| match fact {
            Fact::Longer { ticket, minutes } if *ticket == number => over + i64::from(*minutes) * 60,
            Fact::Over { ticket } if *ticket == number => over.min(*at),
            _ => over,
        })
    }

    /// Uses so far, and those that are left.
    fn count(&self, number: usize) -> (u32, Option<u32>) {
        let mut count = (0, self.made()[number].1.uses);
        for (_, fact) in &self.0 {
            let (used, left) = count;
            count = match fact {
                Fact::Used { ticket } if *ticket == number => (used + 1, left.map(|left| left - 1)),
                Fact::Left { ticket, left } if *ticket == number => (used, Some(*left)),
                Fact::Total { ticket, total } if *ticket == number => (used, Some(total.saturating_sub(used))),
                Fact::UsedUp { ticket } if *ticket == number => (used + left.unwrap_or(0), Some(0)),
                _ => count,
            };
        }
        count
    }

    fn status(&self, number: usize, now: i64) -> TicketStatus {
        match () {
            () if self.revoked(number) => TicketStatus::Revoked,
            () if now >= self.over_at(number) => TicketStatus::Expired,
            () if self.count(number).1 == Some(0) => TicketStatus::UsedUp,
            () => TicketStatus::Live,
        }
    }

    /// The newest ticket of the holder that may be given out again or replaced.
    fn renewable(&self, wish: &Wish, now: i64) -> Option<usize> {
        let renews = |other: &Wish| other.renewal != Renewal::Independent;
        let newest = self
            .made()
            .iter()
            .rposition(|(_, other, _)| renews(other) && (other.user, other.work) == (wish.user, wish.work))?;
        (!self.revoked(newest) && now < self.over_at(newest)).then_some(newest)
    }

    /// The tickets that come of an issue.
    fn issue(&mut self, wish: &Wish, edition: Option<&'static str>, now: i64) -> Result<Vec<usize>, Reason> {
        let renewable = self.renewable(wish, now).filter(|_| wish.renewal != Renewal::Independent);
        if let Some(ticket) = renewable.filter(|_| wish.renewal == Renewal::Accumulate) {
            self.0.push((now, Fact::Longer { ticket, minutes: wish.minutes }));
            return Ok(vec![ticket]);
        }
        let is_live = |(number, (_, other, _)): (usize, &(i64, &Wish, _))| {
            other.user == wish.user && self.status(number, now) == TicketStatus::Live
        };
        let live = self.made().iter().enumerate().filter(|one| is_live(*one)).count();
        if wish.limit.is_some_and(|limit| live >= limit as usize) {
            return Err(Reason::TooManyTickets);
        }
        if let Some(ticket) = renewable
            && self.is_within_reach(ticket, edition)
        {
            self.0.push((now, Fact::Revoked { ticket }));
        }
        let count = if wish.renewal == Renewal::Independent { wish.count } else { 1 };
        let first = self.made().len();
        (0..count).for_each(|_| self.0.push((now, Fact::Made { wish: wish.clone(), edition })));
        Ok((first..first + count as usize).collect())
    }

    /// Whether this edition knows the ticket.
    fn is_within_reach(&self, ticket: usize, edition: Option<&'static str>) -> bool {
        edition.is_none() || self.made()[ticket].2 == edition
    }

    fn act(&mut self, ticket: usize, deed: &Deed, turn: &Turn, now: i64) -> Result<Vec<usize>, Reason> {
        let refused = self.refuse(ticket, deed, turn.edition, now);
        if let Some(reason) = refused {
            let costs = matches!(deed, Deed::Visit { .. }) && turn.refused_visit == RefusedVisit::TakesUse;
            if costs && self.status(ticket, now) == TicketStatus::Live {
                self.0.push((now, Fact::Used { ticket }));
            }
            return Err(reason);
        }
        let fact = match deed {
            Deed::Visit { .. } => Fact::Used { ticket },
            Deed::Extend(minutes) => Fact::Longer { ticket, minutes: *minutes },
            Deed::SetLeft(left) => Fact::Left { ticket, left: *left },
            Deed::SetTotal(total) => Fact::Total { ticket, total: *total },
            Deed::Revoke => Fact::Revoked { ticket },
            Deed::Inspect => return Ok(vec![ticket]),
        };
        self.0.push((now, fact));
        Ok(vec![ticket])
    }

    fn refuse(&self, ticket: usize, deed: &Deed, edition: Option<&'static str>, now: i64) -> Option<Reason> {
        match self.status(ticket, now) {
            _ if !self.is_within_reach(ticket, edition) => Some(Reason::TicketUnknown),
            TicketStatus::Revoked => Some(Reason::TicketRevoked),
            TicketStatus::Expired => Some(Reason::TicketExpired),
            status => match deed {
                Deed::Visit { fits: false, .. } => Some(Reason::TargetMismatch),
                Deed::Visit { closed: true, .. } => Some(Reason::EmbeddingOff),
                Deed::Visit { .. } if status == TicketStatus::UsedUp => Some(Reason::TicketUsedUp),
                _ => None,
            },
        }
    }

    fn try_turn(&mut self, turn: &Turn, now: i64) -> Result<Vec<usize>, Reason> {
        let there = self.made().len();
        match &turn.wanted {
            Try::Issue(wish) => self.issue(wish, turn.edition, now),
            Try::Act(..) | Try::End(..) if there == 0 => Ok(Vec::new()),
            Try::Act(number, deed) => self.act(number % there, deed, turn, now),
            Try::End(number, ending) => {
                let ticket = number % there;
                self.0.push((
                    now,
                    match ending {
                        Ending::Expire => Fact::Over { ticket },
                        Ending::UseUp => Fact::UsedUp { ticket },
                        Ending::Revoke => Fact::Revoked { ticket },
                    },
                ));
                Ok(vec![ticket])
            }
            Try::Clear(work) => {
                let of_work: Vec<usize> = (0..there).filter(|number| self.made()[*number].1.work == *work).collect();
                of_work.into_iter().for_each(|ticket| self.0.push((now, Fact::Revoked { ticket })));
                Ok(Vec::new())
            }
        }
    }
}

/// A mistake of a store, made of the real one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mistake {
    /// Each third visit is not counted.
    ForgetsVisit,
    /// A refused visit costs a use though it shall not.
    ChargesRefused,
    /// What is added to a ticket is added twice.
    AddsTwice,
    /// One ticket more than the limit.
    OneTooMany,
    /// Each edition knows all tickets.
    KnowsAll,
    /// A ticket that is to be replaced lives on.
    KeepsReplaced,
}

const MISTAKES: [Mistake; 6] = [
    Mistake::ForgetsVisit,
    Mistake::ChargesRefused,
    Mistake::AddsTwice,
    Mistake::OneTooMany,
    Mistake::KnowsAll,
    Mistake::KeepsReplaced,
];

/// The store, with a mistake or not.
struct Store {
    tickets: Tickets,
    /// In the order in which they were made.
    ids: Vec<TicketId>,
    mistake: Option<Mistake>,
    visits: u32,
}

impl Store {
    fn new(mistake: Option<Mistake>) -> Self {
        Self { tickets: Tickets::new("booth"), ids: Vec::new(), mistake, visits: 0 }
    }

    fn has(&self, mistake: Mistake) -> bool {
        self.mistake == Some(mistake)
    }

    fn apply(&self, order: &Order, terms: &Terms, now: Timestamp) -> Result<Vec<Ticket>, Refusal> {
        let mint = || u128::from(self.tickets.count() as u64 + 1);
        self.tickets.apply_order(FAMILY, order, now, terms, &mint, &mut Vec::new())
    }

    fn issue(&self, wish: &Wish, terms: &Terms, now: Timestamp) -> Result<Vec<Ticket>, Refusal> {
        let keeps = self.has(Mistake::KeepsReplaced) && wish.renewal == Renewal::Replace;
        let more = u32::from(self.has(Mistake::OneTooMany));
        let draft = Box::new(TicketDraft {
            family: FAMILY,
            form: IdForm::Uuid,
            target: Target::Work { work: Arc::from(format!("w{}", wish.work)), component: None },
            user: Some(User::new("o", format!("u{}", wish.user))),
            uses: wish.uses,
            minutes: wish.minutes,
            renewal: if keeps { Renewal::Independent } else { wish.renewal },
            limits: IssueLimits { live_per_user: wish.limit.map(|limit| limit + more) },
            extras: None,
        });
        let count = if wish.renewal == Renewal::Independent { wish.count } else { 1 };
        let order = Order::Issue { draft, count };
        let made = self.apply(&order, terms, now)?;
        let again =
            self.has(Mistake::AddsTwice) && wish.renewal == Renewal::Accumulate && self.ids.contains(&made[0].id);
        if again { self.apply(&order, terms, now) } else { Ok(made) }
    }

    fn act(&mut self, id: TicketId, deed: &Deed, terms: &Terms, now: Timestamp) -> Result<Vec<Ticket>, Refusal> {
        let is_visit = matches!(deed, Deed::Visit { .. });
        let command = match deed {
            Deed::Visit { fits, closed } => Command::Visit {
                asked: TargetHint { work: (!fits).then(|| "other".to_owned()), ..TargetHint::default() },
                gate: closed.then_some(Refusal::EmbeddingOff {}),
            },
            Deed::Extend(minutes) => Command::Extend { minutes: Some(*minutes), expected: TargetHint::default() },
            Deed::SetLeft(left) => Command::SetUses(Uses::Left(*left)),
            Deed::SetTotal(total) => Command::SetUses(Uses::Total(*total)),
            Deed::Revoke => Command::Revoke,
            Deed::Inspect => Command::Inspect,
        };
        self.visits += u32::from(is_visit);
        if is_visit && self.has(Mistake::ForgetsVisit) && self.visits.is_multiple_of(3) {
            return self.tickets.preview_command(FAMILY, &id.to_string(), &command, now, terms).map(|one| vec![one]);
        }
        let terms = Terms {
            refused_visit: if self.has(Mistake::ChargesRefused) { RefusedVisit::TakesUse } else { terms.refused_visit },
            ..*terms
        };
        self.apply(&Order::Act { ticket: id.to_string(), command, reach: None }, &terms, now)
    }

    /// The numbers of the tickets that come of it.
    fn try_turn(&mut self, turn: &Turn, at: i64) -> Result<Vec<usize>, Reason> {
        let now = Timestamp::from_unix(at);
        let edition = turn.edition.filter(|_| !self.has(Mistake::KnowsAll) || matches!(turn.wanted, Try::Issue(_)));
        let terms = Terms { edition, refused_visit: turn.refused_visit, ..Terms::default() };
        let done = match &turn.wanted {
            Try::Issue(wish) => self.issue(wish, &terms, now),
            Try::Act(..) | Try::End(..) if self.ids.is_empty() => Ok(Vec::new()),
            Try::Act(number, deed) => self.act(self.ids[number % self.ids.len()], deed, &terms, now),
            Try::End(number, ending) => {
                let ended = self.tickets.end_ticket(self.ids[number % self.ids.len()], *ending, now);
                Ok(ended.into_iter().map(|(_, ticket)| ticket).collect())
            }
            Try::Clear(work) => {
                let targets = TargetHint { work: Some(format!("w{work}")), ..TargetHint::default() };
                self.apply(&Order::Clear { targets }, &terms, now)
            }
        };
        let done = done.map_err(|refusal| refusal.reason())?;
        for ticket in &done {
            if !self.ids.contains(&ticket.id) {
                self.ids.push(ticket.id);
            }
        }
        Ok(done.iter().filter_map(|ticket| self.ids.iter().position(|id| *id == ticket.id)).collect())
    }
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let renewal = prop_oneof![Just(Renewal::Independent), Just(Renewal::Replace), Just(Renewal::Accumulate)];
    let wish = (0usize..2, 0usize..2, prop::option::of(0u32..4), 0u32..15, renewal, prop::option::of(1u32..4), 1u32..3)
        .prop_map(|(user, work, uses, minutes, renewal, limit, count)| Wish {
            user,
            work,
            uses,
            minutes,
            renewal,
            limit,
            count,
        });
    let deed = prop_oneof![
        8 => (prop::bool::weighted(0.8), prop::bool::weighted(0.2)).prop_map(|(fits, closed)| Deed::Visit { fits, closed }),
        2 => (0u32..10).prop_map(Deed::Extend),
        1 => (0u32..4).prop_map(Deed::SetLeft),
        1 => (0u32..6).prop_map(Deed::SetTotal),
        1 => Just(Deed::Revoke),
        1 => Just(Deed::Inspect),
    ];
    let ending = prop_oneof![Just(Ending::Expire), Just(Ending::UseUp), Just(Ending::Revoke)];
    let wanted = prop_oneof![
        6 => wish.prop_map(Try::Issue),
        14 => (0usize..100, deed).prop_map(|(number, deed)| Try::Act(number, deed)),
        1 => (0usize..100, ending).prop_map(|(number, ending)| Try::End(number, ending)),
        1 => (0usize..2).prop_map(Try::Clear),
    ];
    let edition = prop_oneof![3 => Just(None), 1 => Just(Some(EDITIONS[0])), 1 => Just(Some(EDITIONS[1]))];
    let refused_visit = prop_oneof![Just(RefusedVisit::Free), Just(RefusedVisit::TakesUse)];
    let seconds = prop_oneof![4 => Just(0i64), 1 => Just(59), 1 => Just(60), 1 => 0i64..300];
    let turn = (seconds, wanted, edition, refused_visit).prop_map(|(seconds, wanted, edition, refused_visit)| Turn {
        seconds,
        wanted,
        edition,
        refused_visit,
    });
    prop::collection::vec(turn, 1..40)
}

/// Whether store and model agree in every answer, and in every ticket after each.
fn compare(turns: &[Turn], mistake: Option<Mistake>) -> Result<(), TestCaseError> {
    let (mut store, mut model, mut now) = (Store::new(mistake), Chronicle::default(), START);
    for turn in turns {
        now += turn.seconds;
        let (told, expected) = (store.try_turn(turn, now), model.try_turn(turn, now));
        prop_assert_eq!(told, expected, "{:?} at +{}", turn, now - START);
        let at = Timestamp::from_unix(now);
        prop_assert_eq!(store.tickets.count(), model.made().len());
        for (number, id) in store.ids.iter().enumerate() {
            let ticket = store.tickets.by_id(*id).unwrap();
            prop_assert_eq!(ticket.serial, number as u64 + 1, "serials count up");
            prop_assert_eq!(ticket.status_at(at), model.status(number, now), "{} after {:?}", number, turn);
            prop_assert_eq!(ticket.expires_at.unix_seconds(), model.over_at(number), "{} after {:?}", number, turn);
            prop_assert_eq!((ticket.used, ticket.uses_left()), model.count(number), "{} after {:?}", number, turn);
        }
    }
    Ok(())
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_store_agrees_with_the_model(turns in turns()) {
        compare(&turns, None)?;
    }
}

#[test]
fn the_model_finds_each_store_that_counts_wrong() {
    for mistake in MISTAKES {
        let config = ProptestConfig { max_shrink_iters: 0, ..config() };
        let found = TestRunner::new(config).run(&turns(), |turns| compare(&turns, Some(mistake)));
        assert!(found.is_err(), "{mistake:?} is not found");
    }
}

/// The most uses may be set below those that were taken; using the ticket up gives none of them back.
#[test]
fn a_ticket_that_is_used_up_by_order_keeps_its_count() {
    let turn = |wanted| Turn { seconds: 0, wanted, edition: None, refused_visit: RefusedVisit::Free };
    let wish =
        Wish { user: 0, work: 0, uses: Some(3), minutes: 5, renewal: Renewal::Independent, limit: None, count: 1 };
    let visit = || turn(Try::Act(0, Deed::Visit { fits: true, closed: false }));
    let total = turn(Try::Act(0, Deed::SetTotal(1)));
    let turns = [turn(Try::Issue(wish)), visit(), visit(), total, turn(Try::End(0, Ending::UseUp))];
    compare(&turns, None).unwrap();
}
