//! The files of TLS and the flags that make them: who may read them, what is refused, and what our own verbs trust.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{Process, finish, ticketbooth};

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().mode() & 0o777
}

fn shown(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// An emulator with TLS that keeps its authority there, and its root.
fn serve(folder: &Path, more: &[&str]) -> (Process, String) {
    let process = Process::start(&[&["--tls", "--ca-dir", &shown(folder), "--output", "json"], more].concat());
    let ready: Value = serde_json::from_str(&process.ready).unwrap();
    let root = ready["ca"].as_str().unwrap().to_owned();
    assert_eq!(
        ready["https"].as_str().unwrap().strip_prefix("https"),
        ready["http"].as_str().unwrap().strip_prefix("http")
    );
    (process, root)
}

/// What is said to whoever starts with this folder, and the exit code.
fn refused(folder: &Path, more: &[&str]) -> String {
    let place = shown(folder);
    let arguments = [&["serve", "--listen", "127.0.0.1:0", "--log", "off", "--ca-dir", &place], more].concat();
    let (code, stdout, stderr) = finish(ticketbooth(&arguments));
    assert_eq!((code, stdout.as_str()), (Some(3), ""), "{stderr}");
    assert!(stderr.starts_with("error: ") && stderr.contains(&shown(folder)) && stderr.contains("help: "), "{stderr}");
    stderr
}

#[test]
fn an_authority_is_kept_for_its_owner_alone_and_used_again() {
    let outer = TempDir::new().unwrap();
    let folder = outer.path().join("ca");
    let (first, root) = serve(&folder, &[]);
    drop(first);
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("issuer-key.pem")), 0o600);
    assert_eq!(fs::read_to_string(folder.join("ca.pem")).unwrap(), root);
    let kept = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(["ca.pem", "issuer.pem"].map(|name| kept(name).matches("PRIVATE").count()), [0, 0]);
    let others: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(others.len(), 4, "and a file that is locked: {others:?}");
    // Two at once share it.
    let (second, again) = serve(&folder, &[]);
    let (third, too) = serve(&folder, &[]);
    assert_eq!([&again, &too], [&root, &root]);
    drop((second, third));
    let (_other, other) = serve(&outer.path().join("other"), &[]);
    assert_ne!(other, root, "every authority has keys of its own");
}

#[test]
fn two_that_start_at_once_make_one_authority() {
    let outer = TempDir::new().unwrap();
    let folder = outer.path().join("ca");
    let roots: Vec<String> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(|| serve(&folder, &[]).1)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(roots.iter().all(|root| *root == roots[0]));
}

#[test]
fn a_folder_that_is_not_fit_for_a_key_is_refused_and_stays_as_it_is() {
    let outer = TempDir::new().unwrap();
    let folder = outer.path().join("ca");
    drop(serve(&folder, &[]));
    let key = folder.join("issuer-key.pem");
    let rights = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    rights(&folder, 0o750);
    assert!(refused(&folder, &[]).contains("chmod 700"));
    rights(&folder, 0o700);
    rights(&key, 0o640);
    assert!(refused(&folder, &[]).contains("chmod 600"));
    rights(&key, 0o600);
    let link = outer.path().join("link");
    symlink(&folder, &link).unwrap();
    assert!(refused(&link, &[]).contains("is no folder"));
    let text = fs::read_to_string(&key).unwrap();
    fs::remove_file(&key).unwrap();
    symlink(outer.path().join("elsewhere"), &key).unwrap();
    assert!(refused(&folder, &[]).contains("is no file"));
    fs::remove_file(&key).unwrap();
    // As somebody leaves it who is killed between two files.
    let said = refused(&folder, &[]);
    assert!(said.contains("half written: it has only issuer.pem and ca.pem") && said.contains("rm -r"), "{said}");
    fs::write(&key, text).unwrap();
    rights(&key, 0o600);
    assert!(refused(&folder, &["--vendor-host", "tencent=bi.gateway.example"]).contains("other hosts"));
    let other = outer.path().join("other");
    drop(serve(&other, &[]));
    fs::copy(other.join("ca.pem"), folder.join("ca.pem")).unwrap();
    assert!(refused(&folder, &[]).contains("do not belong together"));
    let file = outer.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(refused(&file, &[]).contains("is no folder"));
    assert!(refused(&outer.path().join("no/such/ca"), &[]).contains("cannot use"));
}

#[test]
fn a_trust_folder_has_every_form_of_the_root_and_no_key() {
    let outer = TempDir::new().unwrap();
    let (served, fetched) = (outer.path().join("served"), outer.path().join("fetched"));
    let process = Process::start(&["--trust-dir", &shown(&served)]);
    let (code, _, stderr) = finish(ticketbooth(&["trust", "--to", &shown(&fetched), "--url", process.url()]));
    assert_eq!(code, Some(0), "{stderr}");
    for folder in [&served, &fetched] {
        for name in ["ca.pem", "bundle.pem", "ca.jks", "python/sitecustomize.py"] {
            let bytes = fs::read(folder.join(name)).unwrap();
            assert!(!String::from_utf8_lossy(&bytes).contains("PRIVATE"), "{name}");
            assert_eq!(mode(&folder.join(name)) & 0o133, 0, "{name}");
        }
        assert_eq!(fs::read_dir(folder.join("none")).unwrap().count(), 0);
    }
    let text = |path: &Path| fs::read_to_string(path).unwrap();
    assert_eq!(text(&served.join("ca.pem")), text(&fetched.join("bundle.pem")));
    let added = outer.path().join("added");
    let system = outer.path().join("system.pem");
    fs::write(&system, "# somebody's roots\n").unwrap();
    let mut command = ticketbooth(&["trust", "--to", &shown(&added), "--trust", "add", "--url", process.url()]);
    command.env("SSL_CERT_FILE", &system);
    assert_eq!(finish(command).0, Some(0));
    assert_eq!(text(&added.join("bundle.pem")), format!("# somebody's roots\n{}", text(&served.join("ca.pem"))));
}

#[test]
fn our_own_verbs_reach_an_emulator_by_tls_and_trust_its_root_alone() {
    let outer = TempDir::new().unwrap();
    let (trust, ready) = (outer.path().join("trust"), outer.path().join("ready"));
    let process = Process::start(&["--trust-dir", &shown(&trust), "--ready-file", &shown(&ready)]);
    let url = format!("https://{}", process.authority());
    let ask = |arguments: &[&str], variables: &[(&str, &Path)]| {
        let mut command = ticketbooth(&[arguments, &["--url", &url]].concat());
        command.envs(variables.iter().copied());
        finish(command)
    };
    for variables in [[("TICKETBOOTH_CA", trust.join("ca.pem"))], [("TICKETBOOTH_READY_FILE", ready.clone())]] {
        let variables: Vec<(&str, &Path)> = variables.iter().map(|(name, path)| (*name, path.as_path())).collect();
        for arguments in
            [&["wait"][..], &["clock"], &["call", "tencent.CreateEmbedToken", "ProjectId=117", "PageId=11520"]]
        {
            let (code, stdout, stderr) = ask(arguments, &variables);
            assert_eq!(code, Some(0), "{arguments:?}: {stdout}{stderr}");
        }
    }
    let (code, _, stderr) = ask(&["clock"], &[]);
    assert!(code == Some(3) && stderr.contains("TICKETBOOTH_CA"), "{stderr}");
    let other = outer.path().join("other");
    let stranger = Process::start(&["--trust-dir", &shown(&other)]);
    let (code, _, stderr) = ask(&["clock"], &[("TICKETBOOTH_CA", &other.join("ca.pem"))]);
    assert!(code == Some(3) && stderr.contains("certificate"), "{stderr}");
    drop(stranger);
}

#[test]
fn the_exports_for_tls_lead_clients_to_it() {
    let outer = TempDir::new().unwrap();
    let trust = outer.path().join("trust");
    let process = Process::start(&["--trust-dir", &shown(&trust)]);
    let port = process.authority().rsplit_once(':').unwrap().1.to_owned();
    let (code, exports, stderr) =
        finish(ticketbooth(&["env", "--tls", "--trust-dir", &shown(&trust), "--port", &port]));
    assert_eq!(code, Some(0), "{stderr}");
    assert!(exports.contains(&format!("export TICKETBOOTH_URL=https://127.0.0.1:{port}\n")), "{exports}");
    let programs = [
        "curl -sS -m 20 --noproxy '*' -o /dev/null \"$TICKETBOOTH_URL/_ticketbooth/health\"",
        "python3 -c 'import os, urllib.request; urllib.request.urlopen(os.environ[\"TICKETBOOTH_URL\"] + \"/_ticketbooth/health\")'",
        "node -e 'fetch(process.env.TICKETBOOTH_URL + \"/_ticketbooth/health\").then((a) => process.exit(a.ok ? 0 : 1))'",
    ];
    for program in programs {
        let done = std::process::Command::new("sh")
            .args(["-c", &format!("{exports}\n{program}")])
            .env("NO_PROXY", "*")
            .output()
            .unwrap();
        assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    }
    let (code, _, stderr) = finish(ticketbooth(&["env", "--tls"]));
    assert!(code == Some(2) && stderr.contains("--trust-dir"), "{stderr}");
}

#[test]
fn ports_for_tls_alone_want_a_token_where_others_reach_them_and_take_nothing_plain() {
    let (code, _, stderr) = finish(ticketbooth(&["serve", "--listen", "127.0.0.1:0", "--tls-listen", "0.0.0.0:0"]));
    assert!(code == Some(2) && stderr.contains("--tls-listen 0.0.0.0:0 is not a loopback address"), "{stderr}");
    let process = Process::start(&["--tls-listen", "127.0.0.1:0", "--output", "json"]);
    let ready: Value = serde_json::from_str(&process.ready).unwrap();
    let only = ready["tls_listen"][0].as_str().unwrap().strip_prefix("https://").unwrap().to_owned();
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("ca.pem");
    fs::write(&root, ready["ca"].as_str().unwrap()).unwrap();
    let ask = |url: String| {
        let (code, _, stderr) = finish({
            let mut command = ticketbooth(&["clock", "--url", &url]);
            command.env("TICKETBOOTH_CA", &root);
            command
        });
        (code, stderr)
    };
    assert_eq!(ask(format!("https://{only}")).0, Some(0));
    let (code, stderr) = ask(format!("http://{only}"));
    assert!(code == Some(1) && stderr.contains("HTTP 400"), "{stderr}");
}

#[test]
fn a_host_of_a_vendor_is_one_host() {
    for (given, part) in [
        ("tencent=tencentcloudapi.com", "is more than a host"),
        ("alibaba=aliyuncs.com", "is more than a host"),
        ("alibaba=com", "is more than a host"),
        ("nobody=bi.example", "expected a vendor"),
        ("tencent=10.0.0.1", "expected a vendor"),
        ("tencent", "expected a vendor"),
        ("tencent=a b", "expected a host name"),
    ] {
        let (code, _, stderr) = finish(ticketbooth(&["serve", "--vendor-host", given]));
        assert!(code == Some(2) && stderr.contains(part), "{given}: {stderr}");
    }
}

/// The shim for Python: whenever certifi is imported, and whatever else wants to be `sitecustomize`.
#[test]
fn certifi_is_pointed_at_the_bundle_and_the_next_sitecustomize_runs() {
    let outer = TempDir::new().unwrap();
    let trust = outer.path().join("trust");
    drop(Process::start(&["--trust-dir", &shown(&trust)]));
    let theirs = outer.path().join("theirs");
    fs::create_dir_all(theirs.join("certifi")).unwrap();
    let certifi = "from .core import contents, where\n";
    fs::write(theirs.join("certifi/__init__.py"), certifi).unwrap();
    fs::write(theirs.join("certifi/core.py"), "def where(): return 'theirs'\ndef contents(): return ''\n").unwrap();
    let look = "import builtins, certifi, certifi.core; \
                print(certifi.where(), certifi.core.where(), 'CERTIFICATE' in certifi.contents(), getattr(builtins, 'next_one', None))";
    let python = |arguments: &[&str]| {
        let path = format!("{}:{}", shown(&trust.join("python")), shown(&theirs));
        let done = std::process::Command::new("python3").args(arguments).env("PYTHONPATH", path).output().unwrap();
        String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).trim().to_owned()
    };
    let bundle = shown(&trust.join("bundle.pem"));
    assert_eq!(python(&["-c", look]), format!("{bundle} {bundle} True None"));
    fs::write(theirs.join("sitecustomize.py"), "import builtins, certifi\nbuiltins.next_one = certifi.where()\n")
        .unwrap();
    assert_eq!(python(&["-c", look]), format!("{bundle} {bundle} True {bundle}"));
}

/// In an environment of its own, where certifi is installed, and where something imports it before any shim can run.
#[test]
fn certifi_of_a_virtual_environment_is_pointed_there_unless_it_is_isolated() {
    let outer = TempDir::new().unwrap();
    let trust = outer.path().join("trust");
    drop(Process::start(&["--trust-dir", &shown(&trust)]));
    let venv = outer.path().join("venv");
    let made =
        std::process::Command::new("python3").args(["-m", "venv", "--without-pip", &shown(&venv)]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let lib = fs::read_dir(venv.join("lib")).unwrap().next().unwrap().unwrap().path();
    let packages = lib.join("site-packages");
    fs::create_dir_all(packages.join("certifi")).unwrap();
    fs::write(packages.join("certifi/__init__.py"), "from .core import contents, where\n").unwrap();
    fs::write(packages.join("certifi/core.py"), "def where(): return 'theirs'\ndef contents(): return ''\n").unwrap();
    let python = |arguments: &[&str]| {
        let mut command = std::process::Command::new(venv.join("bin/python3"));
        let done = command.args(arguments).env("PYTHONPATH", trust.join("python")).output().unwrap();
        String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).trim().to_owned()
    };
    let look = "import certifi, certifi.core; print(certifi.where(), certifi.core.where())";
    let bundle = shown(&trust.join("bundle.pem"));
    assert_eq!(python(&["-c", look]), format!("{bundle} {bundle}"));
    // An isolated interpreter reads no variable, and so is as it was: it trusts nobody here.
    assert_eq!(python(&["-I", "-c", look]), "theirs theirs");
    // Such files are read before any `sitecustomize`.
    fs::write(packages.join("early.pth"), "import certifi, sys; sys.early = certifi.where()\n").unwrap();
    assert_eq!(python(&["-c", &format!("import sys; print(sys.early); {look}")]), format!("theirs\n{bundle} {bundle}"));
}

/// What a shell gets for an emulator that runs already.
#[test]
fn the_exports_for_a_proxy_lead_programs_to_it_unchanged() {
    let outer = TempDir::new().unwrap();
    let trust = outer.path().join("trust");
    let process = Process::start(&["--proxy", "--trust-dir", &shown(&trust)]);
    let arguments = ["env", "--intercept", "--trust-dir", &shown(&trust), "--url", process.url()];
    let (code, exports, stderr) = finish(ticketbooth(&arguments));
    assert_eq!(code, Some(0), "{stderr}");
    let host = "https://bi.tencentcloudapi.com/";
    for program in [
        format!("curl -sS -m 20 -o /dev/null -w '%{{http_code}}' {host}"),
        format!("python3 -c \"import urllib.request as u; print(u.urlopen('{host}').status)\""),
        format!("node -e \"fetch('{host}').then((a) => console.log(a.status))\""),
    ] {
        let script = format!("{exports}\n{program}");
        let done = std::process::Command::new("sh")
            .args(["-c", &script])
            .env("NO_PROXY", "*")
            .env("no_proxy", "*")
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&done.stdout).trim(), "200", "{program}: {done:?}");
    }
    let script = format!("{exports}\ncurl -sS -m 20 https://example.com/");
    let done = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
    assert!(String::from_utf8_lossy(&done.stderr).contains("403"), "{done:?}");
    let (code, object, _) = finish(ticketbooth(&[&arguments[..], &["--json"]].concat()));
    let object: Value = serde_json::from_str(&object).unwrap();
    assert_eq!((code, object["HTTPS_PROXY"].as_str()), (Some(0), Some(process.url())));
    let (code, _, stderr) = finish(ticketbooth(&["env", "--intercept"]));
    assert!(code == Some(2) && stderr.contains("--trust-dir"), "{stderr}");
}

#[test]
fn an_address_with_tls_is_printed_as_one() {
    let (code, exports, stderr) = finish(ticketbooth(&["env", "--url", "https://booth.example:4240"]));
    assert_eq!(code, Some(0), "{stderr}");
    assert!(exports.contains("export TICKETBOOTH_URL=https://booth.example:4240\n"), "{exports}");
    assert!(exports.contains("export TICKETBOOTH_ENDPOINT=booth.example:4240\n"), "{exports}");
    let (_, snippet, told) = finish(ticketbooth(&["env", "--sdk", "curl", "--url", "https://booth.example:4240"]));
    assert!(snippet.contains("http://booth.example:4240") && told.contains("--tls-listen"), "{told}{snippet}");
}

/// Nothing of ours puts it there, and whoever did is told.
#[test]
fn the_doctor_tells_of_a_root_that_the_system_trusts() {
    let outer = TempDir::new().unwrap();
    let trust = outer.path().join("trust");
    drop(Process::start(&["--trust-dir", &shown(&trust)]));
    let root = fs::read_to_string(trust.join("ca.pem")).unwrap();
    assert_eq!(ticketbooth::trust::count_own_roots(&root), 1);
    assert_eq!(ticketbooth::trust::count_own_roots(&format!("# theirs\n{root}\n{root}")), 2);
    let system = "/etc/ssl/certs/ca-certificates.crt";
    let Ok(theirs) = fs::read_to_string(system) else { return };
    assert_eq!(ticketbooth::trust::count_own_roots(&theirs), 0, "of those who made the system");
    let doctor = ticketbooth(&["doctor", "--port", "1", "--json"]).get_program().to_str().unwrap().to_owned();
    let found = |around: &str| {
        let script = format!("{around} exec {doctor} doctor --port 1 --json");
        let (_, stdout, stderr) = finish({
            let mut command = std::process::Command::new("unshare");
            command.args(["--user", "--map-root-user", "--mount", "--", "sh", "-c", &script]);
            command
        });
        // Where namespaces are not allowed nothing can be laid over a file of the system.
        let findings: Value = serde_json::from_str(&stdout).ok()?;
        let of_roots = findings["findings"].as_array()?.iter().find(|finding| finding["about"] == "roots").cloned();
        Some(of_roots.unwrap_or_else(|| panic!("{stdout}{stderr}")))
    };
    let Some(well) = found("") else { return };
    assert_eq!(well["state"], "ok", "{well}");
    fs::write(outer.path().join("bundle"), format!("{theirs}{root}")).unwrap();
    let odd = found(&format!("mount --bind {} {system};", outer.path().join("bundle").display())).unwrap();
    assert!(odd["state"] == "look" && odd["says"].as_str().unwrap().contains(system), "{odd}");
}
