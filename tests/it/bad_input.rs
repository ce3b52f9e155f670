//! Anything a socket can deliver gets a refusal in the vendor's words, and never a panic.

use std::fs;

use proptest::prelude::*;
use serde_json::{Value, json};
use ticketbooth::call::{Headers, RawRequest};
use ticketbooth::cloud::{vendor_named, vendors};
use ticketbooth::emulator::AuthMode;
use ticketbooth::pipeline;
use ticketbooth::rules::Scenario;

use crate::kit::{alibaba, alibaba_raw, code, demo, json, raw, read, repository, tencent, tencent_raw};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

fn tencent_code(body: &str) -> String {
    let reply = pipeline::serve(&demo(AuthMode::Off), tencent_raw("CreateEmbedToken", body));
    code(&json(&reply)["Response"]).to_owned()
}

#[test]
fn a_body_that_is_no_json_object_is_a_parameter_error() {
    for body in ["", "\"\"", "[]", "{\"ProjectId\":", "nothing", "{\"ProjectId\":117}x", "\u{0}"] {
        assert_eq!(tencent_code(body), "InvalidParameter", "{body:?}");
    }
    let mut request = tencent_raw("CreateEmbedToken", "");
    request.body = bytes::Bytes::from_static(b"{\"ExtraParam\":\"\xff\xfe\"}");
    assert_eq!(code(&json(&pipeline::serve(&demo(AuthMode::Off), &request))["Response"]), "InvalidParameter");
}

#[test]
fn numbers_beyond_64_bits_are_of_the_wrong_type() {
    for number in ["18446744073709551616", "-1", "1.5", "1e400", "1e3", "99999999999999999999999999999999"] {
        assert_eq!(tencent_code(&format!("{{\"ProjectId\":{number}}}")), "InvalidParameter", "{number}");
    }
    let emulator = demo(AuthMode::Off);
    for number in ["9223372036854775808", "abc", "1.0", " 1", "１"] {
        let (status, body) =
            alibaba(&emulator, "2022-01-01", "CreateTicket", &[("WorksId", WORK), ("TicketNum", number)]);
        assert_eq!((status, code(&body)), (400, "InvalidTicketNum"), "{number}");
    }
}

#[test]
fn the_first_of_a_repeated_parameter_counts() {
    let emulator = demo(AuthMode::Off);
    let twice = [("WorksId", WORK), ("WorksId", "other"), ("TicketNum", "2"), ("TicketNum", "x")];
    assert_eq!(alibaba(&emulator, "2022-01-01", "CreateTicket", &twice).0, 200);
}

#[test]
fn ten_thousand_parameters_are_read() {
    let emulator = demo(AuthMode::Off);
    let names: Vec<String> = (0..10_000).map(|n| format!("P{n}")).collect();
    let mut params: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "v")).collect();
    params.push(("WorksId", WORK));
    assert_eq!(alibaba(&emulator, "2022-01-01", "CreateTicket", &params).0, 200, "names it does not know are dropped");
    let members: Value = names.iter().map(|name| (name.clone(), json!("v"))).collect::<serde_json::Map<_, _>>().into();
    let response = tencent(&emulator, "CreateEmbedToken", &members);
    assert_eq!(code(&response), "UnknownParameter");
    assert_eq!(response["Error"]["Message"], "The parameter `P0` is not recognized.");
}

#[test]
fn a_request_over_the_limits_is_refused_as_too_large() {
    let emulator = demo(AuthMode::Off);
    let mut big = tencent_raw("CreateEmbedToken", "{}");
    big.oversize = true;
    assert_eq!(code(&json(&pipeline::serve(&emulator, &big))["Response"]), "RequestSizeLimitExceeded");
    let query = format!("/?Action=CreateEmbedToken&Version=2022-01-05&SecretId=x&ExtraParam={}", "x".repeat(33 << 10));
    let response = json(&pipeline::serve(&emulator, raw("GET", &query, &[], b"")))["Response"].take();
    assert_eq!(code(&response), "RequestSizeLimitExceeded");
    let form = format!("Action=CreateEmbedToken&Version=2022-01-05&SecretId=x&ExtraParam={}", "x".repeat(1 << 20));
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let response = json(&pipeline::serve(&emulator, raw("POST", "/", &headers, form.as_bytes())))["Response"].take();
    assert_eq!(code(&response), "AuthFailure.SignatureFailure");
    let mut big = alibaba_raw("2022-01-01", "CreateTicket", &[("WorksId", WORK)]);
    big.oversize = true;
    let reply = pipeline::serve(&emulator, &big);
    assert!(reply.status >= 400 && json(&reply)["Code"].is_string());
}

/// Whatever comes back is a whole envelope of the vendor, or our own plain 400.
fn is_well_formed(request: &RawRequest) -> Result<(), TestCaseError> {
    for auth in [AuthMode::Strict, AuthMode::Off] {
        let emulator = demo(auth);
        let reply = pipeline::serve(&emulator, request);
        let is_xml = reply.header("content-type") == Some("text/xml;charset=utf-8");
        let is_plain = reply.header("content-type") == Some("text/plain; charset=utf-8");
        let is_preflight = reply.body.is_empty() && request.method == "OPTIONS";
        if is_xml || is_preflight {
            continue;
        }
        if is_plain {
            prop_assert_eq!(reply.status, 400);
            continue;
        }
        let body = json(&reply);
        let response = &body["Response"];
        // One action of Tencent answers with a request id and nothing else.
        let is_silent = response.as_object().is_some_and(|members| members.keys().eq(["RequestId"]));
        // Those that change things have no data, and say in words that it went well.
        let is_done = response["Msg"].is_string() && response.get("Data") == Some(&Value::Null);
        let whole = response["Error"]["Code"].is_string() || response["Data"] != Value::Null || is_silent || is_done;
        let five = body["Code"].is_string() && body["RequestId"].is_string() || body["Success"] == true;
        prop_assert!(whole || five, "{}", body);
        prop_assert!(reply.status < 500 || five, "{}", body);
        let _page = ticketbooth::web::serve_page(&emulator, request);
    }
    Ok(())
}

/// What refuses the request is a code that some row has for the action, with a name of its own where
/// the row leaves one open.
fn is_a_code_of((vendor, action): Called, request: &RawRequest) -> Result<(), TestCaseError> {
    let body = json(&pipeline::serve(&demo(AuthMode::Off), request));
    let inner = if vendor == "tencent" { &body["Response"] } else { &body };
    let code = code(inner);
    let rows = vendor_named(vendor).expect("the strategy names a vendor").catalog.errors;
    let known = rows.iter().filter(|row| row.scope.covers_action(action)).any(|row| names(row.code, code));
    prop_assert!(code == "none" || known, "{} is no code of {}: {}", code, action, body);
    let message = inner["Error"]["Message"].as_str().or_else(|| inner["Message"].as_str()).unwrap_or("filled");
    prop_assert!(!message.is_empty() && !message.contains("{name}"), "{}", body);
    Ok(())
}

/// Whether `code` is the row's, whose `{name}` stands for the name of a parameter.
fn names(row: &str, code: &str) -> bool {
    match row.split_once("{name}") {
        None => row == code,
        Some((before, after)) => {
            let name = code.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            name.is_some_and(|name| !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric()))
        }
    }
}

fn anything() -> impl Strategy<Value = RawRequest> {
    let name = prop::sample::select(vec![
        "host",
        "authorization",
        "content-type",
        "x-tc-action",
        "x-tc-version",
        "x-tc-timestamp",
        "x-tc-token",
        "x-acs-action",
        "x-acs-version",
        "x-acs-date",
        "x-acs-signature-nonce",
        "accept",
        "cookie",
    ]);
    let known = prop::sample::select(vec![
        "CreateEmbedToken",
        "CreateTicket",
        "2022-01-05",
        "2022-01-01",
        "application/json",
        "TC3-HMAC-SHA256 Credential=",
        "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=b",
        "multipart/form-data; boundary=x",
        "1767571200",
        "application/x-www-form-urlencoded",
        "bi.tencentcloudapi.com",
        "quickbi-public.cn-hangzhou.aliyuncs.com",
    ]);
    let value = prop_oneof![3 => known.prop_map(str::to_owned), 1 => "\\PC{0,40}"];
    let method = prop_oneof![4 => Just("POST".to_owned()), 3 => Just("GET".to_owned()), 1 => "[A-Z]{1,8}"];
    let target = prop_oneof![2 => Just("/".to_owned()), 2 => "/\\?[A-Za-z=&%+0-9]{0,80}", 1 => "/[^ ]{0,60}"];
    let body = prop_oneof![
        2 => prop::collection::vec(any::<u8>(), 0..200),
        1 => "\\{\"[A-Z][a-z]{0,8}\":(1|\"x\"|null|\\[\\])\\}".prop_map(String::into_bytes),
    ];
    (method, target, prop::collection::vec((name, value), 0..8), body).prop_map(|(method, target, headers, body)| {
        RawRequest { headers: headers.into_iter().collect::<Headers>(), ..raw(&method, &target, &[], &body) }
    })
}

/// The vendor and the name of an action.
pub type Called = (&'static str, &'static str);

/// Parameters of a served action: right names, and values that are nearly right or anything at all.
pub fn nearly_right() -> impl Strategy<Value = (Called, RawRequest)> {
    let actions: Vec<_> = vendors()
        .iter()
        .flat_map(|vendor| vendor.catalog.rows().map(|action| (vendor.name, action)))
        .flat_map(|(vendor, action)| action.versions.iter().map(move |version| (vendor, *version, action)))
        .collect();
    let value = prop_oneof![
        Just(WORK.to_owned()),
        Just("embedding-off".to_owned()),
        Just("chatBIEmbed".to_owned()),
        Just("panel".to_owned()),
        Just("200".to_owned()),
        Just("100022975249".to_owned()),
        Just("117".to_owned()),
        Just("11520".to_owned()),
        Just("240".to_owned()),
        Just("-1".to_owned()),
        Just(String::new()),
        Just("page".to_owned()),
        Just("[]".to_owned()),
        Just("[{\"paramKey\":1}]".to_owned()),
        Just("99999999999".to_owned()),
        "\\PC{0,60}",
    ];
    let values = prop::collection::vec((any::<prop::sample::Index>(), value, any::<bool>()), 0..8);
    (prop::sample::select(actions), values).prop_map(|((vendor, version, action), values)| {
        let none = action.params.is_empty();
        let named = |index: &prop::sample::Index| if none { "Nothing" } else { index.get(action.params).name };
        let called = (vendor, action.name);
        if vendor == "alibaba" {
            let pairs: Vec<(&str, &str)> =
                values.iter().map(|(index, value, _)| (named(index), value.as_str())).collect();
            return (called, alibaba_raw(version, action.name, &pairs));
        }
        let typed = |value: &String, as_number: bool| match value.parse::<i64>() {
            Ok(number) if as_number => json!(number),
            _ => json!(value),
        };
        let body: serde_json::Map<_, _> = values
            .iter()
            .map(|(index, value, as_number)| (named(index).to_owned(), typed(value, *as_number)))
            .collect();
        (called, tencent_raw(action.name, &Value::Object(body).to_string()))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn no_request_breaks_the_envelope(request in anything()) {
        is_well_formed(&request)?;
    }

    #[test]
    fn no_parameters_break_the_envelope((action, request) in nearly_right()) {
        is_well_formed(&request)?;
        is_a_code_of(action, &request)?;
    }
}

/// Where the scenario files are that nobody may play.
const BAD_SCENARIOS: &str = "tests/bad/scenarios";

/// The names and texts of the bad scenario files.
fn bad_scenarios() -> Vec<(String, String)> {
    let entries = fs::read_dir(repository(BAD_SCENARIOS)).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    let mut texts: Vec<_> = files
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    texts.sort();
    texts
}

/// Every bad scenario has its exact complaint beside it. With `BLESS=1` in the environment the
/// complaints are written instead of compared.
#[test]
fn every_bad_scenario_is_refused_with_its_text() {
    let texts = bad_scenarios();
    for (name, text) in &texts {
        let Err(problems) = Scenario::load(name, text) else { panic!("{name} was accepted") };
        let expected = format!("{BAD_SCENARIOS}/{}", name.replace(".yaml", ".txt"));
        if std::env::var_os("BLESS").is_some() {
            fs::write(repository(&expected), problems.to_string()).unwrap();
        }
        assert_eq!(problems.to_string(), read(&expected), "{name}");
        assert!(problems.to_string().starts_with(&format!("error: {name}:")), "{name}");
    }
    assert!(texts.len() >= 40, "only {} bad scenarios were found", texts.len());
}

/// Texts that are large on purpose, and what is wrong with each.
fn large_scenarios() -> Vec<(String, String)> {
    const MIB: usize = 1 << 20;
    let head = "ticketbooth: 1\nname: large\n";
    let rules = |count: usize, rule: &dyn Fn(usize) -> String| {
        format!("{head}rules:\n{}", (0..count).map(|n| format!("  - {}\n", rule(n))).collect::<String>())
    };
    let texts = [
        ("too-many-bytes", format!("{head}about: {}\n", "x".repeat(4 * MIB))),
        ("as-many-bytes", format!("{head}abuot: {}\n", "x".repeat(4 * MIB - 100))),
        ("comments", format!("{head}{}x", "# x\n".repeat(MIB - 20))),
        ("line-breaks", format!("{}{head}x", "\n".repeat(4 * MIB - 100))),
        ("brackets", format!("{head}rules: {}", "[".repeat(MIB))),
        ("rules", rules(1001, &|n| format!("{{ id: r{n}, on: alibaba.*, then: proceed }}"))),
        ("bad-rules", rules(1000, &|n| format!("{{ id: r{n}, on: alibaba.CreateTiket, then: {{ eror: x }} }}"))),
        ("many-rules", rules(60_000, &|n| format!("{{ id: r{n}, on: alibaba.*, then: proceed }}"))),
        ("anchors", rules(1001, &|n| format!("&a{n} {{ id: r{n}, on: alibaba.*, then: proceed }}"))),
        ("aliases", rules(3000, &|n| (if n == 0 { "&a x" } else { "*a" }).to_owned())),
        ("keys", format!("{head}{}", (0..100_000).map(|n| format!("k{n}: 1\n")).collect::<String>())),
        ("same-keys", format!("{head}{}", "seed: 1\n".repeat(60_000))),
    ];
    texts.into_iter().map(|(name, text)| (format!("{name}.yaml"), text)).collect()
}

#[test]
fn a_large_scenario_is_refused_with_a_short_text() {
    for (name, text) in large_scenarios() {
        let Err(problems) = Scenario::load(&name, &text) else { panic!("{name} was accepted") };
        let told = problems.to_string();
        println!("{name}: {}", told.lines().next().unwrap());
        assert!(told.len() < 64 << 10, "{name}: {} bytes are told", told.len());
    }
}

/// The most memory that refusing one of these files may take on top of its text.
#[cfg(target_os = "linux")]
const MOST_KIB: u64 = 64 << 10;

/// The most time of the processor for a file as people write it: 100 ms, and more for code that was
/// not optimized.
#[cfg(target_os = "linux")]
const MOST_US: u64 = if cfg!(debug_assertions) { 400_000 } else { 100_000 };

/// How many times as long as a good file of a thousand rules one may take that is large on purpose.
#[cfg(target_os = "linux")]
const MOST_TIMES: u64 = 500;

/// Measures its own process, so it must run alone: the test below starts it.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "measures its process and needs one of its own"]
fn alone_bad_scenarios_are_cheap() {
    // Time of this thread on a processor: whatever else runs on the machine hardly counts.
    let worked = || -> u64 {
        let stat = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
        stat.split(' ').next().unwrap().parse::<u64>().unwrap() / 1000
    };
    let mut most = 0;
    let mut taken = |name: &str, text: &str| {
        // The high-water mark begins again where the memory stands now.
        fs::write("/proc/self/clear_refs", "5").unwrap();
        let (held, begun) = (memory("VmRSS:"), worked());
        let _refused = Scenario::load(name, text);
        let us = worked() - begun;
        let kib = memory("VmHWM:").saturating_sub(held);
        assert!(kib <= MOST_KIB, "{name}: {kib} KiB");
        most = most.max(kib);
        us
    };
    let (small, large) = (bad_scenarios(), large_scenarios());
    let mut slowest = (0, &String::new());
    for (name, text) in &small {
        // The best of three, as the first one may have had to wait for pages of the program.
        let us = (0..3).map(|_| taken(name, text)).min().unwrap();
        assert!(us <= MOST_US, "{name}: {us} us");
        slowest = slowest.max((us, name));
    }
    println!("of {} files as people write them the slowest is {}: {} us", small.len(), slowest.1, slowest.0);
    let rules: String = (0..1000).map(|n| format!("  - {{ id: r{n}, on: alibaba.*, then: proceed }}\n")).collect();
    let good = format!("ticketbooth: 1\nname: good\nrules:\n{rules}");
    let reference = (0..3).map(|_| taken("good.yaml", &good)).min().unwrap().max(1000);
    for (name, text) in &large {
        let us = taken(name, text);
        println!("{name}: {us} us, {} times the reference", us / reference);
        assert!(us <= reference * MOST_TIMES, "{name}: {us} us of {reference} us");
    }
    println!("{} files, {most} KiB at most", small.len() + large.len());
}

/// What the system says of the memory of this process, in KiB.
#[cfg(target_os = "linux")]
pub fn memory(field: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn no_bad_scenario_takes_long_or_much_memory() {
    let alone = ["--exact", "bad_input::alone_bad_scenarios_are_cheap", "--ignored", "--nocapture"];
    let output = std::process::Command::new(std::env::current_exe().unwrap()).args(alone).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.contains("1 passed"), "{told}{}", String::from_utf8_lossy(&output.stderr));
    print!("{told}");
}
