//! Inputs to begin with: the captures of official clients, the rows of examples, and the files of the repository.

use std::sync::Arc;

use ticketbooth::admin::ENDPOINTS;
use ticketbooth::cloud::catalog::VISIT;
use ticketbooth::cloud::examples::{ExampleCall, ExampleRequest, Tweak};
use ticketbooth::cloud::{Vendor, vendor_named, vendors};
use ticketbooth::emulator::Emulator;
use ticketbooth::snapshot::snapshot_pieces;
use ticketbooth::world::{DEMO, World};

use super::actions::call_line;
use super::booth::{answer, parse_request, signed_call, strict_booth, write_request};
use super::laws::look_at;
use super::{redactor, repository, requests};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

/// Files beyond this say nothing that smaller ones do not.
const LONGEST: usize = 64 << 10;

pub fn captured_requests() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = requests::captures().iter().map(write_request).collect();
    let secret = "localtestsecret0000000000000000";
    for text in [
        "GET / HTTP/1.1\nhost: bi.tencentcloudapi.com\n\n".to_owned(),
        "\u{1}POST / HTTP/1.1\nx: y\n\n{}".to_owned(),
        "\u{2}OPTIONS /?Format=xml HTTP/1.1\n\n".to_owned(),
        "POST / HTTP/1.1\nhost: h\nx-tc-action: CreateEmbedToken\nx-tc-version: 2022-01-05\n\
         content-type: multipart/form-data; boundary=x\n\n--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n"
            .to_owned(),
        format!("POST /?AccessKeyId={secret}0&Action={secret}0&Format=XML HTTP/1.1\n\n"),
        format!("POST / HTTP/1.1\nx-tc-action: {secret}00\nx-tc-token: {secret}00\nauthorization: TC3-HMAC-SHA256 Credential={secret}00/a/bi/tc3_request, SignedHeaders=content-type;host, Signature=b\n\n{{\"a\":\"{secret}00\"}}"),
        format!("POST / HTTP/1.1\nx-tc-action: CreateEmbedToken\nx-{secret}00: y\n{secret}00: {secret}0\n\n{{}}"),
        format!("GET /token3rd/{secret}?accessTicket={secret}00 HTTP/1.1\ncookie: a={secret}00\n\n"),
    ] {
        all.push(text.into_bytes());
    }
    all
}

fn lines_of(vendor: &Vendor, ask: &ExampleCall) -> Option<Vec<u8>> {
    let (mut form, mut body) = (0, None);
    for tweak in ask.tweaks {
        match tweak {
            Tweak::Older => form |= 1,
            Tweak::Method("GET") => form |= 2,
            Tweak::Body(text) => body = Some((*text).to_owned()),
            Tweak::Fill(..) => return None,
            _ => {}
        }
    }
    let samples = vendor.catalog.examples.samples;
    let mut lines = Vec::new();
    let mut params: Vec<(&str, String)> = ask.params.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    for sample in samples {
        if params.iter().any(|(_, value)| value.contains(sample.name)) {
            lines.push(call_line(vendor, sample.action, "", 0, sample.params)?);
            params.iter_mut().for_each(|(_, value)| *value = value.replace(sample.name, "$T"));
        }
    }
    let pairs: Vec<(&str, &str)> = params.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut line = call_line(vendor, ask.action, ask.version, form, &pairs)?;
    if let Some(body) = body {
        line = format!("{}{}{body}", &line[..1], char::from(b'4' + form));
    }
    lines.push(line);
    Some(lines.join("\n").into_bytes())
}

pub fn example_calls() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for vendor in vendors() {
        for row in vendor.catalog.examples.rows {
            if let ExampleRequest::Call(ask) = &row.what {
                all.extend(lines_of(vendor, ask));
            }
        }
        // Each action about a ticket that there is, in each form, with every parameter that it has.
        for action in vendor.catalog.actions {
            for form in [0, 1, 2, 3, 4] {
                let sample = &vendor.catalog.examples.samples[0];
                let make = call_line(vendor, sample.action, "", 0, sample.params);
                let params: Vec<(&str, &str)> =
                    action.params.iter().map(|row| (row.name, sample_value(row.name))).collect();
                let line = call_line(vendor, action.name, "", form, &params);
                let lines: Option<Vec<String>> = [make, line.clone(), line].into_iter().collect();
                all.extend(lines.map(|lines| lines.join("\n").into_bytes()));
            }
        }
    }
    all.sort();
    all.dedup();
    all
}

fn sample_value(name: &str) -> &'static str {
    match name {
        "Ticket" | "BIToken" | "Token" => "$T",
        "WorksId" => WORK,
        "ProjectId" => "117",
        "PageId" => "11520",
        "UserCorpId" => "100022975249",
        "UserId" => "100024664626",
        "Scope" => "page",
        "GlobalParam" => "[]",
        "CmptId" => "0fc6a275c7f64f17b1aabbcca306ce0f31",
        "ConfigParam" => "{\"ChatBIConfigList\":[]}",
        "Intention" => "embed",
        _ => "5",
    }
}

/// The files of a folder with this ending.
fn files_of(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(repository(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|known| known == ending));
    paths.sort();
    let read = |path: &std::path::PathBuf| std::fs::read(path).expect("the file can be read");
    let files: Vec<Vec<u8>> = paths.iter().map(read).filter(|bytes| bytes.len() <= LONGEST).collect();
    assert!(!files.is_empty(), "{folder} has no file of this kind");
    files
}

pub fn world_files() -> Vec<Vec<u8>> {
    let own = [DEMO, include_str!("../worlds/golden.yaml")].map(|text| text.as_bytes().to_vec());
    [own.to_vec(), files_of("scenarios/worlds", "yaml"), files_of("tests/bad/worlds", "yaml")].concat()
}

pub fn scenario_files() -> Vec<Vec<u8>> {
    [files_of("scenarios", "yaml"), files_of("tests/bad/scenarios", "yaml")].concat()
}

/// Emulators with tickets of every kind, some of them used.
fn busy_booth(rounds: usize) -> Emulator {
    let emulator = strict_booth(World::demo());
    for (number, seed) in example_calls().iter().step_by(7).take(rounds).enumerate() {
        let lines = seed.split(|byte| *byte == b'\n').filter(|line| line.len() > 2);
        for (nonce, line) in lines.enumerate() {
            let (vendor, action, _) = super::actions::action_of(line[0], line[1]);
            let query = String::from_utf8_lossy(&line[2..]).into_owned();
            let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            let params: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            answer(&emulator, &signed_call(vendor, action.name, number * 100 + nonce, &params));
        }
    }
    for ticket in emulator.default_sandbox().epoch().state.tickets.all_tickets() {
        let link = format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={}", ticket.id);
        answer(&emulator, &Arc::new(parse_request(format!("GET {link} HTTP/1.1\n\n").as_bytes())));
    }
    emulator
}

pub fn snapshots() -> Vec<Vec<u8>> {
    let text = |rounds: usize| snapshot_pieces(&busy_booth(rounds).default_sandbox().epoch()).collect::<String>();
    let own = [0, 2, 12].map(|rounds| text(rounds).into_bytes());
    // A small world leaves room for what is not the world.
    let world = include_str!("../../scenarios/worlds/embedding-off.yaml");
    let small = strict_booth(super::booth::load_world(world));
    let small: String = snapshot_pieces(&small.default_sandbox().epoch()).collect();
    [own.to_vec(), vec![small.into_bytes(), b"{\"ticketbooth_snapshot\":2}".to_vec()]].concat()
}

pub fn filter_texts() -> Vec<Vec<u8>> {
    let texts = [
        "",
        "[]",
        "{}",
        "[{\"paramKey\":\"price\",\"joinType\":\"and\",\"conditionList\":[{\"operate\":\">\",\"value\":\"0\"}]}]",
        "%5B%7B%22paramKey%22%3A%22price%22%2C%22joinType%22%3A%22and%22%2C%22conditionList%22%3A%5B%5D%7D%5D",
        "[{\"ParamKey\":\"name\",\"JoinType\":\"AND\",\"WhereList\":[{\"Operator\":\"-is\",\"Value\":[\"a\"]}]}]",
        "{\"ChatBIConfigList\":[{\"ConfigType\":\"TableFilter\",\"ConfigDetails\":{\"Values\":[\"26513\"]}}]}",
        "{\"ChatBIConfigList\":[{\"ConfigType\":\"SqlView\",\"ConfigDetails\":{\"Enabled\":true}}]}",
        "[{\"paramKey\":\"</code><script>alert(1)</script>\",\"joinType\":\"and\",\"conditionList\":[]}]",
        "[{\"ParamKey\":\"<!--\",\"JoinType\":\"and\",\"WhereList\":[]}]",
        "[[[[[[[[",
        "[1e999]",
        "[{\"paramKey\":\"\\ud800\",\"joinType\":\"and\",\"conditionList\":[]}]",
        "localtestsecret00000000000000000",
    ];
    texts.map(|text| text.as_bytes().to_vec()).to_vec()
}

pub fn example_links() -> Vec<Vec<u8>> {
    let alibaba = format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket=$ticket");
    let token = format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessToken=$token");
    let page = "/page/embed?projectId=117&pageId=11520&scope=page&token=$page";
    let chat = "/page/chat-bi-embed?projectId=111&token=$chat";
    let data = "POST /api/v2/olap/query HTTP/1.1\nx-ticketbooth-session: $session\n\n{}";
    let rows = "POST /api/v1/share/page/data HTTP/1.1\ncontent-type: application/json\n\n{\"Token\":\"$session\"}";
    let get = |link: &str| format!("GET {link} HTTP/1.1\nx-ticketbooth-viewer: mia\naccept-language: zh-CN\n\n");
    let mut all: Vec<String> = vec![
        [get(&alibaba), data.to_owned(), get(&alibaba), get(&alibaba)].join("\n%%\n"),
        [get(&token), data.to_owned()].join("\n%%\n"),
        [get(page), rows.to_owned(), get(page), get(page)].join("\n%%\n"),
        [get(chat), rows.to_owned()].join("\n%%\n"),
        get(&alibaba).replace("GET", "HEAD"),
        get(page).replace("GET", "POST"),
        get(&format!("/dashboard/view/pc.htm?id={WORK}&accessTicket=$ticket")),
        format!("GET {page} HTTP/1.1\ncookie: ticketbooth_visitor=me; ticketbooth_session=$session\n\n"),
    ];
    for vendor in vendors() {
        for row in vendor.catalog.examples.rows {
            if let ExampleRequest::Link(link) = row.what {
                all.push(get(&link.replace("$used", "$page").replace("$over", "$chat").replace("$live", "$token")));
            }
        }
    }
    assert!(all.len() > 12, "there are links among the examples of {VISIT}");
    all.into_iter().map(String::into_bytes).collect()
}

/// A body that the endpoint takes.
fn sample_body(method: &str, path: &str) -> &'static str {
    match (method, path) {
        ("POST", "/reset") => "{\"what\":[\"tickets\",\"journal\"]}",
        ("POST", "/clock") => "{\"advance\":\"5m\"}",
        ("PUT", "/clock") => "{\"now\":\"2030-01-01T00:00:00Z\",\"frozen\":true}",
        ("PATCH", "/tickets/{id}") => "{\"uses_left\":3}",
        ("POST", "/sandboxes") => "{\"name\":\"mine\",\"seed\":9}",
        ("PUT", "/assumptions" | "/assumptions/{name}") => "{\"tencent.shape_code\":\"value\"}",
        ("POST", "/assumptions") => "{\"tencent.shape_code\":\"value\"}",
        ("PUT", "/snapshot") => "{\"ticketbooth_snapshot\":1}",
        ("POST", "/rules") => {
            "{\"id\":\"busy\",\"on\":\"alibaba.CreateTicket\",\"calls\":1,\"then\":{\"error\":\"Throttling.User\"}}"
        }
        ("PUT", "/rules") => "[{\"on\":\"tencent.*\",\"then\":{\"respond\":{\"status\":503,\"body\":\"x\"}}}]",
        ("PUT" | "POST", "/scenario") => {
            "{\"ticketbooth\":1,\"name\":\"n\",\"rules\":[],\"expect\":[{\"on\":\"alibaba.CreateTicket\",\"calls\":1}]}"
        }
        ("POST", "/journal/mark") => "{\"text\":\"a test begins\"}",
        ("POST", "/verify") => {
            "{\"on\":\"alibaba.CreateTicket\",\"where\":{\"WorksId\":\"a*\"},\"calls\":{\"exactly\":1},\"within\":\"5ms\"}"
        }
        _ => "",
    }
}

pub fn admin_requests() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for endpoint in ENDPOINTS {
        let id = match endpoint.path {
            path if path.starts_with("/tickets") => "$ticket",
            path if path.starts_with("/sandboxes") => "default",
            path if path.starts_with("/rules") => "busy",
            _ => "last",
        };
        let path = endpoint.path.replace("{id}", id);
        let query: Vec<String> = endpoint.query.iter().map(|(name, _)| format!("{name}=1")).collect();
        let body = sample_body(endpoint.method, endpoint.path);
        all.push(format!("{} {path} HTTP/1.1\n\n{body}", endpoint.method));
        if !query.is_empty() {
            all.push(format!(
                "{} {path}?{} HTTP/1.1\nx-ticketbooth-sandbox: *\n\n{body}",
                endpoint.method,
                query.join("&")
            ));
        }
    }
    let put = |method: &str, path: &str| format!("{method} {path} HTTP/1.1\n\n{}", sample_body(method, path));
    all.push(
        [
            put("POST", "/sandboxes"),
            "GET /journal?sandbox=mine HTTP/1.1\n\n".to_owned(),
            "DELETE /sandboxes/mine HTTP/1.1\n\n".to_owned(),
            "GET /journal?sandbox=mine&kind=all HTTP/1.1\n\n".to_owned(),
        ]
        .join("\n%%\n"),
    );
    all.push(
        [put("POST", "/rules"), "GET /rules HTTP/1.1\n\n".to_owned(), "DELETE /rules/busy HTTP/1.1\n\n".to_owned()]
            .join("\n%%\n"),
    );
    all.push(
        [
            put("PUT", "/scenario"),
            "POST /scenario/verify HTTP/1.1\n\n".to_owned(),
            "DELETE /scenario HTTP/1.1\n\n".to_owned(),
        ]
        .join("\n%%\n"),
    );
    all.push(
        [put("POST", "/clock"), "GET /tickets?limit=1&after=1 HTTP/1.1\n\n".to_owned(), put("POST", "/reset")]
            .join("\n%%\n"),
    );
    all.push("GET /journal?kind=all&limit=2&since=2020-01-01T00:00:00Z&vendor=tencent&action=CreateEmbedToken&code=X&before=1 HTTP/1.1\n\n".to_owned());
    all.into_iter().map(String::into_bytes).collect()
}

pub fn disguised_secrets() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for which in 0..4_u8 {
        for how in 0..u8::try_from(redactor::count_disguises()).expect("there are few") {
            all.push([&[which, how, 3][..], b"a=%25&\\u00"].concat());
        }
    }
    all
}

pub fn exported_journals() -> Vec<Vec<u8>> {
    let text = |emulator: &Emulator| look_at(emulator, "/journal?format=jsonl").body.to_vec();
    let (quiet, busy) = (strict_booth(World::demo()), busy_booth(6));
    let vendor = vendor_named("tencent").expect("the vendor is served");
    answer(&quiet, &signed_call(vendor, "CreateEmbedToken", 1, &[("ProjectId", "117"), ("PageId", "11520")]));
    let whole = text(&busy);
    let header = whole.split(|byte| *byte == b'\n').next().unwrap_or_default().to_vec();
    vec![text(&quiet), whole, header, b"{\"ticketbooth_journal\":1,\"version\":\"\",\"sandboxes\":[]}\n".to_vec()]
}
