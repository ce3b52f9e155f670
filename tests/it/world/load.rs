//! Loading: what is accepted, and what is said of what is not.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use ticketbooth::domain::{Assumption, Evidence, Side};
use ticketbooth::world::World;

static CAP: Assumption = Assumption {
    name: "alibaba.create_ticket_cap",
    default: "240",
    choices: &["240", "none"],
    effect: "a test",
    reason: "a test",
    settle: "Ask for more: an answer tells.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

/// Every bad world has its exact complaint beside it. With `BLESS=1` in the environment the
/// complaints are written instead of compared.
#[test]
fn every_bad_world_is_refused_with_its_text() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad/worlds");
    let mut seen = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let Err(problems) = World::load(name, &text, &[&CAP]) else { panic!("{name} was accepted") };
        let expected = path.with_extension("txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&expected, problems.to_string()).unwrap();
        }
        assert_eq!(problems.to_string(), fs::read_to_string(&expected).unwrap(), "{name}");
        seen += 1;
    }
    assert!(seen >= 20, "only {seen} bad worlds were found");
}

#[test]
fn no_complaint_shows_a_secret() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad/worlds");
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            assert!(!fs::read_to_string(&path).unwrap().contains("hidden"), "{path:?}");
        }
    }
}

#[test]
fn a_chosen_assumption_is_in_force() {
    let text = "ticketbooth: 1\nname: chosen\nassume: { alibaba.create_ticket_cap: none }\n";
    let world = World::load("test.yaml", text, &[&CAP]).unwrap();
    assert_eq!(world.assumptions.answer_to(&CAP), "none");
    assert_eq!(World::demo().assumptions.answer_to(&CAP), "240");
}

#[test]
fn a_choice_may_be_written_as_a_number() {
    let text = "ticketbooth: 1\nname: chosen\nassume: { alibaba.create_ticket_cap: 240 }\n";
    assert_eq!(World::load("test.yaml", text, &[&CAP]).unwrap().assumptions.answer_to(&CAP), "240");
}

#[test]
fn ids_may_be_written_as_numbers() {
    let text = "ticketbooth: 1\nname: numbers\ntencent:\n  credentials:\n    - { secret_id: 0123, secret_key: 1e3 }\n";
    let world = World::load("test.yaml", text, &[]).unwrap();
    assert_eq!(world.credential("tencent", "0123").unwrap().secret, "1e3");
}

#[test]
fn json_is_read_too() {
    let text = r#"{"ticketbooth": 1, "name": "json", "alibaba": {"organizations": [{"id": "org"}]}}"#;
    assert_eq!(World::load("test.json", text, &[]).unwrap().name, "json");
}

#[test]
fn a_key_of_one_vendor_is_none_of_the_other() {
    let world = World::demo();
    assert!(world.credential("alibaba", "AKIDlocaltest0000000000000000000000").is_none());
    assert!(world.credential("tencent", "AKIDlocaltest0000000000000000000000").is_some());
}

#[test]
fn debug_output_has_no_secrets() {
    let text = format!("{:?}", World::demo());
    assert!(!text.contains("localtestsecret"), "a secret key is shown");
    assert!(!text.contains("demo-session-token"), "a session token is shown");
}

#[test]
fn a_rekeyed_world_answers_to_its_new_keys_alone() {
    let world = World::demo();
    let rekeyed = world.with_renamed_keys(&|key| (format!("{}-new", key.id), format!("{}-secret", key.id)));
    for (old, new) in world.credentials().zip(rekeyed.credentials()) {
        assert_eq!((new.vendor, new.state, new.role), (old.vendor, old.state, old.role));
        assert_eq!(
            (new.id.as_str(), new.secret.as_str()),
            (&*format!("{}-new", old.id), &*format!("{}-secret", old.id))
        );
        assert!(rekeyed.credential(old.vendor, &old.id).is_none(), "{}", old.id);
        assert!(rekeyed.credential(old.vendor, &new.id).is_some(), "{}", new.id);
    }
}

#[test]
fn the_schema_names_the_keys_of_the_file() {
    let schema = World::schema();
    let keys: Vec<_> = schema["properties"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["ticketbooth", "name", "about", "assume", "unsupported", "tencent", "alibaba"]);
    assert_eq!(schema["additionalProperties"], false);
}

/// The demo world with some bytes put over others: nearly right files are the likeliest bad ones.
fn damaged() -> impl Strategy<Value = String> {
    let length = ticketbooth::world::DEMO.len();
    (0..length, 0..40_usize, ".{0,12}").prop_map(|(from, count, text)| {
        let demo = ticketbooth::world::DEMO.as_bytes();
        let to = (from + count).min(demo.len());
        let bytes = [&demo[..from], text.as_bytes(), &demo[to..]].concat();
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..512)) {
        if let Err(problems) = World::load("any.yaml", &String::from_utf8_lossy(&bytes), &[]) {
            prop_assert!(problems.to_string().starts_with("error: any.yaml:"));
        }
    }

    #[test]
    fn yaml_like_text_is_answered(text in "[-:{}\\[\\],&*!|>'\"%@#? \t\n\rab1é~<=.]{0,120}") {
        if let Err(problems) = World::load("any.yaml", &text, &[]) {
            prop_assert!(problems.to_string().starts_with("error: any.yaml:"));
        }
    }

    #[test]
    fn a_damaged_world_is_answered(text in damaged()) {
        if let Err(problems) = World::load("any.yaml", &text, &[]) {
            prop_assert!(problems.to_string().starts_with("error: any.yaml:"));
        }
    }
}
