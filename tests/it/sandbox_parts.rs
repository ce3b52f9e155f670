//! The parts of a sandbox by themselves: nonces, rate windows, clock, chance and tags.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use ticketbooth::domain::{IdForm, TicketId, Timestamp};
use ticketbooth::emulator::{Backwards, Shift, Unmoved};
use ticketbooth::sandbox::tag::{of_sandbox, of_ticket, put_tag};
use ticketbooth::sandbox::{Clock, ClockSpec, Entropy, Nonces, Purpose, Rates};

const NOW: Timestamp = Timestamp::from_unix(1_000);

#[test]
fn a_nonce_is_remembered_for_its_key_until_its_time() {
    let nonces = Nonces::default();
    let later = NOW.plus_minutes(15);
    assert!(nonces.take_nonce("a", "n", later, NOW));
    assert!(!nonces.take_nonce("a", "n", later, later));
    assert!(nonces.take_nonce("b", "n", later, NOW));
    assert!(nonces.take_nonce("a", "n", later.plus_minutes(15), Timestamp::from_unix(later.unix_seconds() + 1)));
}

#[test]
fn a_nonce_has_one_winner() {
    let nonces = Nonces::default();
    let start = Barrier::new(8);
    let wins: usize = thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    start.wait();
                    (0..1_000).filter(|n| nonces.take_nonce("a", &n.to_string(), NOW.plus_minutes(15), NOW)).count()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(wins, 1_000);
}

#[test]
fn outdated_nonces_give_their_memory_back() {
    let nonces = Nonces::default();
    for n in 0..10_000 {
        nonces.take_nonce("a", &n.to_string(), NOW, Timestamp::from_unix(NOW.unix_seconds() + 1));
    }
    assert!(nonces.all_taken().len() < 5_000, "{}", nonces.all_taken().len());
}

#[test]
fn a_window_counts_its_own_key_action_and_second() {
    let rates = Rates::default();
    let now = Timestamp::from_unix(7);
    assert_eq!(rates.count_call("a", "x", now).this_second, 1);
    assert_eq!(rates.count_call("a", "x", now).this_second, 2);
    assert_eq!(rates.count_call("b", "x", now).this_second, 1);
    assert_eq!(rates.count_call("a", "y", now).this_second, 1);
    assert_eq!(rates.count_call("a", "x", Timestamp::from_unix(8)).this_second, 1);
}

#[test]
fn a_window_remembers_the_second_before_and_no_other() {
    let rates = Rates::default();
    let second_before = |unix| rates.count_call("a", "x", Timestamp::from_unix(unix)).second_before;
    assert_eq!([7, 7, 8, 10].map(second_before), [0, 0, 2, 0]);
}

#[test]
fn a_frozen_clock_stands_where_it_was_put() {
    let spec: ClockSpec = "frozen@2026-01-05T08:00:00+08:00".parse().unwrap();
    assert_eq!(Clock::new(&spec).now().unix_seconds(), 1_767_571_200);
}

#[test]
fn a_clock_is_moved_and_keeps_its_manner() {
    let noon: ClockSpec = "frozen@2026-01-05T00:00:00Z".parse().unwrap();
    let clock = Clock::new(&noon);
    let (before, after) = clock.shift(Shift::Advance(60), Backwards::Refused).unwrap();
    assert_eq!((after.now.seconds_since(before.now), after.frozen), (60, true));
    clock.shift(Shift::Resume, Backwards::Refused).unwrap();
    assert!(!clock.reading().frozen);
    assert!(clock.now() >= after.now);
}

#[test]
fn a_clock_goes_backwards_only_when_allowed_and_never_out_of_range() {
    let noon: ClockSpec = "frozen@2026-01-05T00:00:00Z".parse().unwrap();
    let clock = Clock::new(&noon);
    let now = clock.now();
    let target = Timestamp::from_unix(now.unix_seconds() - 1);
    let refused = clock.shift(Shift::Advance(-1), Backwards::Refused);
    assert_eq!(refused, Err(Unmoved::Backwards { now, target }));
    assert_eq!(clock.now(), now);
    clock.shift(Shift::Advance(-1), Backwards::Allowed).unwrap();
    assert_eq!(clock.now(), target);
    let far = clock.shift(Shift::Advance(i64::MAX), Backwards::Refused);
    assert!(matches!(far, Err(Unmoved::OutOfRange { .. })), "{far:?}");
}

#[test]
fn a_bad_spec_names_what_was_written() {
    let mode = "frosen@2026-01-05T00:00:00Z".parse::<ClockSpec>().unwrap_err();
    assert!(mode.to_string().starts_with("unknown clock \"frosen@2026-01-05T00:00:00Z\""), "{mode}");
    let time = "frozen@yesterday".parse::<ClockSpec>().unwrap_err();
    assert!(time.to_string().starts_with("invalid RFC 3339 time \"yesterday\""), "{time}");
}

#[test]
fn a_neighbour_never_changes_a_draw() {
    let alone = Entropy::new(1, "default");
    let crowded = Entropy::new(1, "default");
    for _ in 0..3 {
        crowded.draw_bits(Purpose::Ticket, "somebody else");
        crowded.draw_bits(Purpose::RequestId, "me");
    }
    assert_eq!(alone.draw_bits(Purpose::Ticket, "me"), crowded.draw_bits(Purpose::Ticket, "me"));
    assert_eq!(alone.draw_bits(Purpose::Ticket, "me"), crowded.draw_bits(Purpose::Ticket, "me"));
}

#[test]
fn seed_sandbox_purpose_key_and_place_all_count() {
    let draw = |seed, sandbox, purpose, key| Entropy::new(seed, sandbox).draw_bits(purpose, key);
    let first = draw(1, "default", Purpose::Ticket, "me");
    assert_ne!(first, draw(2, "default", Purpose::Ticket, "me"));
    assert_ne!(first, draw(1, "other", Purpose::Ticket, "me"));
    assert_ne!(first, draw(1, "default", Purpose::RequestId, "me"));
    assert_ne!(first, draw(1, "default", Purpose::Ticket, "you"));
    let entropy = Entropy::new(1, "default");
    assert_ne!(entropy.draw_bits(Purpose::Ticket, "me"), entropy.draw_bits(Purpose::Ticket, "me"));
}

#[test]
fn the_tag_of_a_ticket_is_that_of_its_sandbox() {
    for sandbox in ["default", "a", "b"] {
        let tag = of_sandbox(sandbox);
        for bits in [0, 1, u128::MAX, 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef] {
            assert_eq!(of_ticket(TicketId::new(put_tag(tag, bits), IdForm::Hex)), tag, "{sandbox} {bits:x}");
        }
    }
}

#[test]
fn tickets_of_one_sandbox_begin_differently() {
    let tag = of_sandbox("default");
    let firsts: BTreeSet<u128> = (0..1_000_u128).map(|bits| put_tag(tag, bits) >> 96).collect();
    assert!(firsts.len() > 990, "{}", firsts.len());
}
