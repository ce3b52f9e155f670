//! What a board counts and decides, and which rules are none.

use std::sync::Barrier;
use std::thread;
use std::time::Duration;

use ticketbooth::call::{ParamValue, Params};
use ticketbooth::domain::Timestamp;
use ticketbooth::reply::Damage;
use ticketbooth::rules::{self, RuleInput, RuleSet};

const BEGAN: Timestamp = Timestamp::from_unix(1_767_571_200);

fn board(text: &str) -> RuleSet {
    board_of_seed(text, 1)
}

fn board_of_seed(text: &str, seed: u64) -> RuleSet {
    RuleSet::new(rules::read_rules("rules", text).unwrap_or_else(|problems| panic!("{problems}")), seed, BEGAN)
}

fn call<'a>(params: &'a Params) -> RuleInput<'a> {
    RuleInput { vendor: "alibaba", action: "CreateTicket", key: "me", params, now: BEGAN }
}

/// The rules that answer the next calls of the same kind; `-` where none does.
fn answers(board: &RuleSet, count: usize) -> String {
    let params = Params::default();
    let rule = |_| board.decide(&call(&params)).rule.map_or("-".to_owned(), |rule| rule.to_string());
    (0..count).map(rule).collect::<Vec<_>>().join(" ")
}

fn counts(board: &RuleSet) -> Vec<(u64, u64)> {
    board.all_stats().iter().map(|standing| (standing.eligible, standing.hits)).collect()
}

#[test]
fn a_rule_is_for_the_calls_it_numbers() {
    for (calls, expected) in [
        ("3", "- - a - - -"),
        ("2-4", "- a a a - -"),
        ("[1, '3-5']", "a - a a a -"),
        ("{ first: 2 }", "a a - - - -"),
        ("{ after: 4 }", "- - - - a a"),
        ("{ every: 3 }", "- - a - - a"),
        ("{ chance: 0 }", "- - - - - -"),
        ("{ chance: 1 }", "a a a a a a"),
    ] {
        let board = board(&format!("[{{ id: a, on: alibaba.*, calls: {calls}, then: proceed }}]"));
        assert_eq!(answers(&board, 6), expected, "{calls}");
    }
}

#[test]
fn the_first_rule_that_is_due_answers_and_every_one_that_matches_counts() {
    let board = board(
        "- { id: third, on: alibaba.CreateTicket, calls: 3, then: proceed }\n\
         - { id: first-four, on: alibaba.*, calls: { first: 4 }, then: proceed }\n\
         - { id: all, on: alibaba.CreateTicket, then: proceed }\n\
         - { id: visits, on: alibaba.visit, then: proceed }\n",
    );
    assert_eq!(answers(&board, 6), "first-four first-four third first-four all all");
    assert_eq!(counts(&board), [(6, 1), (6, 3), (6, 2), (0, 0)]);
}

#[test]
fn a_sequence_ends_stays_or_begins_again() {
    let steps = "sequence: [{ cut: 1 }, proceed, { cut: 3 }]";
    for (repeat, expected) in [
        ("", ["1", "-", "3", "over", "over", "over", "over"]),
        ("repeat: last,", ["1", "-", "3", "3", "3", "3", "3"]),
        ("repeat: cycle,", ["1", "-", "3", "1", "-", "3", "1"]),
    ] {
        let board = board(&format!("[{{ id: a, on: alibaba.*, {repeat} {steps} }}]"));
        let params = Params::default();
        let cuts = [(); 7].map(|()| {
            let plan = board.decide(&call(&params));
            match (plan.rule, plan.delivery.damage) {
                (None, _) => "over".to_owned(),
                (Some(_), Some(Damage::Cut(bytes))) => bytes.to_string(),
                (Some(_), _) => "-".to_owned(),
            }
        });
        assert_eq!(cuts, expected, "{repeat}");
    }
}

#[test]
fn a_sequence_goes_by_the_calls_that_the_rule_is_for() {
    let board = board("[{ id: a, on: alibaba.*, calls: { every: 2 }, sequence: [proceed, proceed] }]");
    assert_eq!(answers(&board, 6), "- a - a - -");
}

#[test]
fn where_looks_at_every_value_of_the_name() {
    let board =
        board("[{ id: a, on: alibaba.CreateTicket, where: { WorksId: 'a2*', TicketNum: '1?' }, then: proceed }]");
    let text = |name: &str, value: &str| (name.into(), ParamValue::Text(value.into()));
    let number = |name: &str, value: i64| (name.into(), ParamValue::Json(value.into()));
    for (pairs, fits) in [
        (vec![text("WorksId", "a206"), text("TicketNum", "12")], true),
        (vec![text("WorksId", "a206"), number("TicketNum", 12)], true),
        (vec![text("WorksId", "b"), text("WorksId", "a2"), text("TicketNum", "12")], true),
        (vec![text("WorksId", "a206"), text("TicketNum", "2")], false),
        (vec![text("WorksId", "a206")], false),
        (vec![text("worksId", "a206"), text("TicketNum", "12")], false),
    ] {
        let params = Params { pairs };
        assert_eq!(board.decide(&call(&params)).rule.is_some(), fits, "{params:?}");
    }
    assert_eq!(counts(&board), [(3, 3)]);
}

#[test]
fn during_is_counted_from_the_beginning_with_its_end_excluded() {
    let board = board("[{ id: a, on: alibaba.*, during: { from: 10m, until: 20m }, then: proceed }]");
    let params = Params::default();
    let fires = |seconds: i64| {
        let now = Timestamp::from_unix(BEGAN.unix_seconds() + seconds);
        board.decide(&RuleInput { now, ..call(&params) }).rule.is_some()
    };
    assert_eq!([0, 599, 600, 1199, 1200].map(fires), [false, false, true, true, false]);
    assert_eq!(counts(&board), [(2, 2)]);
}

#[test]
fn a_rule_for_n_calls_fires_n_times_however_many_call_at_once() {
    const CLIENTS: usize = 64;
    const CALLS: u64 = 50;
    let board = board("[{ id: a, on: alibaba.*, calls: [7, '100-120', '3000-9999'], then: proceed }]");
    let start = Barrier::new(CLIENTS);
    let fired: u64 = thread::scope(|scope| {
        let client = || {
            let params = Params::default();
            start.wait();
            (0..CALLS).filter(|_| board.decide(&call(&params)).rule.is_some()).count() as u64
        };
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(client)).collect();
        clients.into_iter().map(|client| client.join().unwrap()).sum()
    });
    assert_eq!(fired, 1 + 21 + 201);
    assert_eq!(counts(&board), [(64 * CALLS, fired)]);
}

#[test]
fn counts_sequences_and_chance_hold_however_many_call_at_once() {
    const CLIENTS: usize = 64;
    const CALLS: usize = 50;
    for rule in [
        "calls: { first: 100 }, then: proceed",
        "calls: { after: 100 }, then: proceed",
        "calls: { every: 5 }, then: proceed",
        "calls: { chance: 0.3 }, then: proceed",
        "calls: 77, then: proceed",
        "sequence: [proceed, { error: Instance.Expired }, proceed]",
        "calls: { every: 3 }, sequence: [proceed, proceed]",
        "during: { from: 0s, until: 1h }, calls: '10-19', then: proceed",
    ] {
        let text = format!("[{{ id: a, on: alibaba.CreateTicket, {rule} }}]");
        let (together, alone) = (board(&text), board(&text));
        let start = Barrier::new(CLIENTS);
        thread::scope(|scope| {
            for _ in 0..CLIENTS {
                scope.spawn(|| {
                    let params = Params::default();
                    start.wait();
                    for _ in 0..CALLS {
                        together.decide(&call(&params));
                    }
                });
            }
        });
        answers(&alone, CLIENTS * CALLS);
        assert_eq!(counts(&together), counts(&alone), "{rule}");
    }
}

#[test]
fn chance_follows_the_seed_and_not_the_neighbours() {
    let text = "[{ id: a, on: alibaba.*, calls: { chance: 0.3 }, then: proceed }]";
    let alone = answers(&board(text), 200);
    let crowded = board(text);
    let params = Params::default();
    let beside = (0..200).map(|_| {
        crowded.decide(&RuleInput { key: "somebody else", ..call(&params) });
        answers(&crowded, 1)
    });
    assert_eq!(alone, beside.collect::<Vec<_>>().join(" "));
    assert_ne!(alone, answers(&board_of_seed(text, 2), 200));
    let hits = alone.matches('a').count();
    assert!((40..80).contains(&hits), "{hits} of 200 at 0.3");
}

#[test]
fn drawn_delays_stay_in_their_range_and_follow_the_seed() {
    let params = Params::default();
    let delays = |text: &str| -> Vec<Duration> {
        let board = board(&format!("[{{ id: a, on: alibaba.*, then: {{ delay: {text} }} }}]"));
        (0..400).map(|_| board.decide(&call(&params)).delivery.delay).collect()
    };
    assert!(delays("300ms").iter().all(|delay| *delay == Duration::from_millis(300)));
    let range = "{ from: 100ms, until: 200ms }";
    assert!(delays(range).iter().all(|delay| (100..=200).contains(&delay.as_millis())));
    assert_eq!(delays(range), delays(range));
    let mut around = delays("{ median: 300ms, sigma: 0.4 }");
    around.sort_unstable();
    assert!((270..330).contains(&around[200].as_millis()), "{:?}", around[200]);
    assert!(around[0] < around[399] / 4);
    assert!(delays("{ median: 10m, sigma: 5 }").iter().all(|delay| *delay <= Duration::from_secs(600)));
}

#[test]
fn counts_go_on_when_a_rule_comes_or_goes() {
    let one = board("[{ id: a, on: alibaba.*, calls: 2, then: proceed }]");
    assert_eq!(answers(&one, 1), "-");
    let another = rules::read_rule("rule", "{ id: b, on: alibaba.*, then: proceed }").unwrap();
    let two = one.with_rule(another.clone()).unwrap();
    assert_eq!(answers(&two, 2), "a b");
    assert_eq!(two.with_rule(another).unwrap_err().to_string(), "there is a rule \"b\" already");
    let left = two.without_rule("a").unwrap();
    assert_eq!((answers(&left, 1).as_str(), counts(&left)), ("b", vec![(3, 2)]));
    assert!(left.without_rule("a").is_none());
}

#[test]
fn a_rule_is_written_as_it_was_read() {
    let text = r#"{"id":"a","on":"alibaba.CreateTicket","where":{"WorksId":"a*"},"calls":[1,"3-5"],"during":{"from":"10m"},"sequence":[{"error":"Instance.Expired","message":"x"},"proceed",{"delay":{"median":"300ms","sigma":0.4}},{"respond":{"body":{"a":1}}}],"repeat":"cycle","optional":true}"#;
    assert_eq!(serde_json::to_string(&rules::read_rule("rule", text).unwrap()).unwrap(), text);
}
