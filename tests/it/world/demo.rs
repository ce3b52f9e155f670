//! What the documents promise of the embedded world.

use ticketbooth::domain::Reason;
use ticketbooth::world::{DEMO, KeyState, World};

#[test]
fn the_embedded_world_loads() {
    World::load("demo.yaml", DEMO, &[]).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(World::demo().name, "demo");
}

#[test]
fn the_promised_keys_open_it() {
    let world = World::demo();
    for (vendor, id, secret) in [
        ("tencent", "AKIDlocaltest0000000000000000000000", "localtestsecret00000000000000000"),
        ("alibaba", "LTAIlocaltest000000000000", "localtestsecret000000000000000"),
    ] {
        let key = world.credential(vendor, id).unwrap();
        assert_eq!((key.secret.as_str(), key.state, key.temporary), (secret, KeyState::Active, false));
        let first = world.credentials().find(|key| key.vendor == vendor).unwrap();
        assert_eq!(first.id, id);
    }
}

#[test]
fn changing_the_id_of_a_key_is_enough() {
    let world = World::demo();
    for key in world.credentials() {
        let first = world.credentials().find(|first| first.vendor == key.vendor).unwrap();
        assert_eq!(key.secret, first.secret, "{}", key.id);
    }
}

/// The reasons that depend on the world; which thing provokes which stands in the tests beside.
#[test]
fn there_is_a_key_for_every_refusal_of_a_key() {
    let world = World::demo();
    for vendor in ["tencent", "alibaba"] {
        let keys: Vec<_> = world.credentials().filter(|key| key.vendor == vendor).collect();
        assert!(keys.iter().any(|key| key.state == KeyState::Disabled), "{vendor} {:?}", Reason::KeyDisabled);
        assert!(keys.iter().any(|key| key.temporary), "{vendor} {:?}", Reason::SessionTokenMissing);
        assert!(keys.iter().any(|key| !key.denied_actions.is_empty()), "{vendor} {:?}", Reason::PolicyDenied);
    }
}
