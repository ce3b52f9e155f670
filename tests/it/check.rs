//! Files are checked before anybody serves them: the real program, its streams and its exit code.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::harness::ticketbooth;

const WORLD: &str = "ticketbooth: 1\nname: small\nalibaba:\n  organizations: []\n";
const SCENARIO: &str = "\
ticketbooth: 1
name: throttled
world: worlds/small.yaml
rules:
  - { id: first, on: alibaba.CreateTicket, calls: 1, then: { error: Throttling.User } }
";

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Exit code, stdout and stderr of a check in the folder.
fn check(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = ticketbooth(&[&["check"], arguments].concat()).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn every_good_file_has_a_line_and_a_world_only_one() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.yaml", SCENARIO);
    write(folder.path(), "b.json", &serde_json::json!({ "ticketbooth": 1, "name": "empty", "rules": [] }).to_string());
    write(folder.path(), "worlds/small.yaml", WORLD);
    write(folder.path(), "notes.txt", "not ours");
    write(folder.path(), ".hidden/a.yaml", "not: ours");
    let (code, stdout, stderr) = check(folder.path(), &["."]);
    let lines = "ok scenario throttled ./a.yaml\nok world small ./worlds/small.yaml\nok scenario empty ./b.json\n";
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (Some(0), lines, ""));
}

#[test]
fn everything_wrong_with_all_files_is_said_with_place_and_nearest_word() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "one.yaml", &SCENARIO.replace("Throttling.User", "Throtling.User").replace("calls", "cals"));
    write(folder.path(), "two.yml", "ticketbooth: 1\nname: bad\ntencnt: {}\n");
    write(folder.path(), "worlds/small.yaml", &WORLD.replace("organizations", "organisations"));
    write(folder.path(), "good.yaml", WORLD);
    let (code, stdout, stderr) = check(folder.path(), &["."]);
    assert_eq!((code, stdout.as_str()), (Some(2), "ok world small ./good.yaml\n"), "{stderr}");
    for expected in [
        "error: ./one.yaml:5:44: unknown key \"cals\"",
        "did you mean \"calls\"?",
        "Throttling.User",
        "error: ./one.yaml:3:8: ./worlds/small.yaml is not a valid world file",
        "error: ./two.yml:3:1: unknown key \"tencnt\"",
        "did you mean \"tencent\"?",
        "error: ./worlds/small.yaml:4:3: unknown key \"organisations\"",
        "^^^",
    ] {
        assert!(stderr.contains(expected), "{expected}: {stderr}");
    }
    assert_eq!(stderr.matches("organisations\"").count(), 1, "{stderr}");
}

#[test]
fn a_world_is_looked_for_in_the_folder_of_its_scenario_only() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "outside.yaml", WORLD);
    write(folder.path(), "in/up.yaml", &SCENARIO.replace("worlds/small", "../outside"));
    write(folder.path(), "in/link.yaml", &SCENARIO.replace("worlds/small", "link/outside"));
    write(folder.path(), "in/gone.yaml", &SCENARIO.replace("worlds/small", "nowhere"));
    std::os::unix::fs::symlink(folder.path(), folder.path().join("in/link")).unwrap();
    for (file, said) in [
        ("in/up.yaml", "\"../outside.yaml\" is not a path inside the folder of this file"),
        ("in/link.yaml", "link/outside.yaml lies outside the folder of the scenario"),
        ("in/gone.yaml", "there is no file in/nowhere.yaml"),
    ] {
        let (code, stdout, stderr) = check(folder.path(), &[file]);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{stderr}");
        assert!(stderr.starts_with(&format!("error: {file}:3:8: {said}")), "{stderr}");
    }
}

#[test]
fn a_file_of_no_kind_and_a_path_without_files_are_told_of() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "neither.yaml", "ticketbooth: 1\nname: what\n");
    write(folder.path(), "both.yaml", "ticketbooth: 1\nname: both\nrules: []\nalibaba: {}\n");
    write(folder.path(), "broken.yaml", "rules: [\n");
    fs::create_dir(folder.path().join("empty")).unwrap();
    for (path, said) in [
        ("neither.yaml", "error: neither.yaml:1:1: this is neither a scenario nor a world"),
        ("both.yaml", "error: both.yaml:1:1: this has sections of a scenario and of a world"),
        ("broken.yaml", "error: broken.yaml:"),
        ("empty", "error: there is no file to check in empty"),
        ("gone.yaml", "error: cannot read gone.yaml"),
    ] {
        let (code, _, stderr) = check(folder.path(), &[path]);
        assert_eq!(code, Some(2), "{path}: {stderr}");
        assert!(stderr.starts_with(said), "{path}: {stderr}");
    }
    let (code, _, stderr) = check(folder.path(), &[]);
    assert!(code == Some(2) && stderr.contains("<PATH>"), "{stderr}");
}

#[test]
fn programs_get_a_list() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.yaml", WORLD);
    write(folder.path(), "b.yaml", "ticketbooth: 1\nname: bad\nrulez: []\n");
    let (code, stdout, _) = check(folder.path(), &["a.yaml", "b.yaml", "--json"]);
    let list: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((code, &list["ok"]), (Some(2), &Value::Bool(false)));
    assert_eq!((&list["files"][0]["kind"], &list["files"][0]["name"]), (&"world".into(), &"small".into()));
    let problem = &list["files"][1]["problems"][0];
    assert_eq!((&problem["line"], &problem["column"]), (&3.into(), &1.into()), "{list:#}");
    assert_eq!(problem["help"], "did you mean \"rules\"?");
}

#[test]
fn editors_get_the_schema_of_both_kinds() {
    for (kind, section) in [("scenario", "rules"), ("world", "tencent")] {
        let output = ticketbooth(&["schema", kind]).output().unwrap();
        let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(schema["properties"][section].is_object(), "{schema:#}");
    }
    assert_eq!(ticketbooth(&["schema", "nothing"]).output().unwrap().status.code(), Some(2));
}

#[test]
fn in_a_folder_only_files_that_say_so_are_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for name in ["node_modules/pkg", ".git", "deep/er"] {
        std::fs::create_dir_all(root.join(name)).unwrap();
    }
    write(root, "good.yaml", "ticketbooth: 1\nname: good\n");
    write(root, "deep/er/bad.yaml", "ticketbooth: 1\nname: bad\nrules: 5\n");
    write(root, "node_modules/pkg/bad.yaml", "ticketbooth: 1\nrules: 5\n");
    write(root, ".git/bad.yaml", "ticketbooth: 1\nrules: 5\n");
    write(root, "package.json", "{ \"name\": \"app\" }");
    write(root, "compose.yaml", "services:\n  app: {\n");
    let (code, _, complaint) = check(root, &["."]);
    assert_eq!(code, Some(2));
    assert!(complaint.contains("bad.yaml") && complaint.contains("2 further files"), "{complaint}");
    assert!(!complaint.contains("node_modules") && !complaint.contains(".git"), "{complaint}");
    assert!(!complaint.contains("compose.yaml") && !complaint.contains("package.json"), "{complaint}");
    let (code, _, complaint) = check(root, &["compose.yaml"]);
    assert_eq!(code, Some(2), "a file that is named is looked at: {complaint}");
    std::fs::create_dir(root.join("none")).unwrap();
    write(root, "none/app.yaml", "a: 1\n");
    let (code, _, complaint) = check(root, &["none"]);
    assert!(code == Some(2) && complaint.contains("nothing to check"), "{complaint}");
}

#[test]
fn a_wrong_reference_is_told_of_although_something_else_has_a_wrong_type() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = "ticketbooth: 1\nname: s\nseed: many\nrules:\n  - { id: a, on: alibaba.CreateTickets, calls: [one], \
                    then: { error: Nonsense.Code } }\n  - { id: b, on: alibaba.CreateTicket, then: { error: Nonsense.Code } }\n";
    write(folder.path(), "s.yaml", scenario);
    let (code, _, complaint) = check(folder.path(), &["s.yaml"]);
    assert_eq!(code, Some(2));
    for part in ["s.yaml:3:", "CreateTickets", "Nonsense.Code"] {
        assert!(complaint.contains(part), "{part}: {complaint}");
    }
}
