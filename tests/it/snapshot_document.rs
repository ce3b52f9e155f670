use ticketbooth::emulator::{Emulator, Settings};
use ticketbooth::snapshot::*;
use ticketbooth::world::World;

fn document() -> String {
    let settings =
        Settings { clock: Some("frozen@2026-01-05T00:00:00Z".parse().unwrap()), ..Settings::new(World::demo()) };
    snapshot_pieces(&Emulator::new(settings).default_sandbox().epoch()).collect()
}

fn refused(text: &str) -> BadSnapshot {
    read_snapshot(text).map(|_| ()).expect_err("it is wrong")
}

#[test]
fn what_is_taken_can_be_read() {
    let arrival = read_snapshot(&document()).unwrap();
    assert_eq!((&*arrival.state.stem, arrival.state.seed, arrival.state.clock.frozen), ("default", 1, true));
}

#[test]
fn a_foreign_version_is_named_with_the_program_that_wrote_it() {
    let text = document().replace("\"ticketbooth_snapshot\":2", "\"ticketbooth_snapshot\":7,\"further\":[]");
    let unfit = refused(&text);
    assert!(unfit.place == "ticketbooth_snapshot" && unfit.cause.contains("version 7"), "{unfit}");
    assert!(unfit.hint.contains(env!("CARGO_PKG_VERSION")), "{}", unfit.hint);
}

#[test]
fn what_is_no_snapshot_is_told_from_a_damaged_one() {
    assert!(refused("{}").cause.contains("not a snapshot"));
    let text = document();
    let half = refused(&text[..text.len() / 2]);
    assert!(half.cause.starts_with("damaged snapshot") && half.place.starts_with("line 1 column"), "{half}");
}

#[test]
fn a_contradiction_is_refused_with_its_place() {
    let cases = [
        ("\"seed\":1", "\"seed\":1,\"sead\":2", "line 1", "unknown field `sead`"),
        ("\"serials\":[]", "\"serials\":[{\"vendor\":\"nobody\",\"kind\":\"x\",\"last\":1}]", "serials[0]", "nobody"),
        ("\"newest\":[]", "\"newest\":[\"0123456789abcdef0123456789abcdef\"]", "newest[0]", "unknown ticket"),
        ("\"streams\":[]", "\"streams\":[{\"purpose\":\"x\",\"key\":\"\",\"drawn\":1}]", "streams[0]", "purpose"),
        ("\"now\":1767571200", "\"now\":-1", "clock.now", "not a time"),
        ("\"assumptions\":{}", "\"assumptions\":{\"x\":\"y\"}", "assumptions.x", "unknown assumption"),
        ("\"text\":\"", "\"text\":\"nonsense: 1\\n", "world.text:", ""),
        ("\"stands_for\":\"AKIDlocal", "\"stands_for\":\"AKIDother", "world.keys[0]", "has no key"),
    ];
    for (from, to, place, cause) in cases {
        let text = document();
        assert!(text.contains(from), "{from} is not in the document");
        let unfit = refused(&text.replacen(from, to, 1));
        assert!(unfit.place.starts_with(place) && unfit.cause.contains(cause), "{unfit}");
    }
}
