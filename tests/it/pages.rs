//! Embed pages as they are sent: policies, parts, figures that follow filters, and what an open page asks for.

use serde_json::{Value, json};
use ticketbooth::emulator::{AuthMode, Backwards, Emulator, Settings, Shift};
use ticketbooth::reply::Reply;
use ticketbooth::web;
use ticketbooth::world::World;

use crate::kit::{alibaba, demo, json as read_json, open, raw, tencent, verdict};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";
const USER: &str = "46e537466d5e4a3aa1b2c3d4e92704c8";
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'none'";

fn ticket(emulator: &Emulator, params: &[(&str, &str)]) -> String {
    let (_, body) = alibaba(emulator, "2022-01-01", "CreateTicket", &[&[("WorksId", WORK)], params].concat());
    body["Result"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned()
}

fn dashboard(emulator: &Emulator, params: &[(&str, &str)]) -> String {
    format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={}", ticket(emulator, params))
}

fn page(emulator: &Emulator, more: Value) -> String {
    let mut asked = json!({ "ProjectId": 117, "PageId": 11520 });
    asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let response = tencent(emulator, "CreateEmbedToken", &asked);
    let token = response["Data"]["BIToken"].as_str().unwrap_or_else(|| panic!("{response}")).to_owned();
    format!("/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token={token}")
}

fn session(opened: &Reply) -> String {
    opened.header("set-cookie").unwrap().split(['=', ';']).nth(1).unwrap().to_owned()
}

fn get(emulator: &Emulator, path: &str, headers: &[(&str, &str)]) -> Reply {
    web::serve_page(emulator, raw("GET", path, headers, b"")).expect("the path is a page's")
}

/// What the open page draws, for a visitor who has chosen so.
fn exhibit(emulator: &Emulator, link: &str, choices: Value) -> Value {
    let opened = open(emulator, link);
    let session = session(&opened);
    let query = link.split_once('?').unwrap().1;
    let body = json!({ "Token": session, "Link": query, "Choices": choices }).to_string();
    let path = if link.starts_with("/page") { "/api/v1/share/page/data" } else { "/api/v2/olap/query" };
    let answer = web::serve_page(emulator, raw("POST", path, &[("x-ticketbooth-session", &session)], body.as_bytes()));
    let mut answer = read_json(&answer.unwrap());
    let found = if link.starts_with("/page") { &mut answer["Response"]["Data"] } else { &mut answer["data"]["value"] };
    found.take()
}

fn sales(exhibit: &Value) -> u64 {
    exhibit["totals"]["sales"].as_u64().unwrap_or_else(|| panic!("{exhibit}"))
}

fn is_applied(exhibit: &Value) -> Vec<bool> {
    exhibit["filters"].as_array().unwrap().iter().map(|filter| filter["applied"] == true).collect()
}

fn global_param(conditions: Value) -> String {
    json!([{ "paramKey": "city", "joinType": "and", "conditionList": conditions }]).to_string()
}

#[test]
fn every_page_has_the_policy_of_pages_and_no_script_of_its_own() {
    let emulator = demo(AuthMode::Off);
    let links = [
        dashboard(&emulator, &[("WatermarkParam", "mark")]),
        page(&emulator, json!({})),
        "/token3rd/dashboard/view/pc.htm".to_owned(),
        "/page/embed?token=nothing".to_owned(),
    ];
    for link in links {
        let reply = open(&emulator, &link);
        for (name, value) in [
            ("content-security-policy", POLICY),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(reply.header(name), Some(value), "{link}");
        }
        assert!(reply.header("x-frame-options").is_none(), "a page may be framed by anybody");
        let text = String::from_utf8(reply.body.to_vec()).unwrap();
        assert!(text.len() < 6 << 10, "{} bytes", text.len());
        assert_eq!(text.matches("<script").count(), 1, "{text}");
        assert!(text.contains("<script src=\"/ticketbooth-pages/") && text.contains("\" defer></script>"), "{text}");
        for foreign in ["style=", "<style", " on", "http:", "https:", "src=\"//", "href=\"//"] {
            assert!(!text.contains(foreign) || foreign == " on", "{foreign} in {text}");
        }
    }
}

#[test]
fn the_parts_of_a_page_are_kept_by_browsers_and_small() {
    let emulator = demo(AuthMode::Off);
    let document = String::from_utf8(open(&emulator, &dashboard(&emulator, &[])).body.to_vec()).unwrap();
    let mut bytes = document.len();
    for (name, kind) in [("page.css", "text/css; charset=utf-8"), ("page.js", "text/javascript; charset=utf-8")] {
        let end = document.find(name).expect("the document names its parts") + name.len();
        let start = document[..end].rfind('"').unwrap() + 1;
        let part = get(&emulator, &document[start..end], &[]);
        assert_eq!((part.status, part.header("content-type")), (200, Some(kind)));
        assert_eq!(part.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert_eq!(part.header("x-content-type-options"), Some("nosniff"));
        bytes += part.body.len();
        let older = get(&emulator, &format!("/ticketbooth-pages/000000000000/{name}"), &[]);
        assert_eq!((older.status, older.header("cache-control")), (200, Some("no-cache")));
    }
    assert!(bytes < 100 << 10, "{bytes} bytes");
    assert_eq!(get(&emulator, "/ticketbooth-pages/x/other.js", &[]).status, 404);
    let posted = web::serve_page(&emulator, raw("POST", "/ticketbooth-pages/pulse", &[], b"")).unwrap();
    assert_eq!(posted.status, 405);
}

#[test]
fn the_same_seed_draws_the_same_and_another_seed_or_user_something_else() {
    let drawn = |seed: u64, params: &[(&str, &str)]| {
        let emulator =
            Emulator::new(Settings { auth: AuthMode::Off, seed: Some(seed), ..Settings::new(World::demo()) });
        exhibit(&emulator, &dashboard(&emulator, params), json!({}))
    };
    assert_eq!(drawn(1, &[]), drawn(1, &[]));
    assert_eq!(drawn(1, &[]), drawn(1, &[("UserId", USER)]), "a ticket without a user is the owner's");
    assert_ne!(drawn(1, &[]), drawn(2, &[]));
    assert_ne!(drawn(1, &[]), drawn(1, &[("AccountName", "wangwu:zhangsan"), ("AccountType", "5")]));
}

#[test]
fn what_is_understood_of_a_filter_is_applied_and_the_rest_is_told() {
    let emulator = demo(AuthMode::Off);
    let drawn = |conditions: Value| {
        let param = global_param(conditions);
        exhibit(&emulator, &dashboard(&emulator, &[("GlobalParam", &param)]), json!({}))
    };
    let all = sales(&exhibit(&emulator, &dashboard(&emulator, &[]), json!({})));
    for operate in ["=", "!=", "like", "contain", "start-with", "end-with"] {
        let exhibit = drawn(json!([{ "operate": operate, "value": "Hangzhou" }]));
        let part = sales(&exhibit);
        assert!(part > 0 && part < all && is_applied(&exhibit) == [true], "{operate}: {part} of {all}");
    }
    let [is, is_not] = ["=", "!="].map(|operate| sales(&drawn(json!([{ "operate": operate, "value": "Hangzhou" }]))));
    assert_eq!(is + is_not, all);
    assert_eq!(sales(&drawn(json!([{ "operate": "in", "value": ["杭州"] }]))), is, "both languages are understood");
    assert!(sales(&drawn(json!([{ "operate": "in", "value": ["Atlantis"] }]))) > 0, "a value that is named is there");
    for operate in ["between", "~"] {
        let exhibit = drawn(json!([{ "operate": operate, "value": "a" }]));
        assert_eq!((sales(&exhibit), is_applied(&exhibit)), (all, vec![false]), "{operate}");
    }
    let priced = json!([{ "paramKey": "price", "joinType": "and", "conditionList":
        [{ "operate": ">", "value": "50" }, { "operate": "<=", "value": "120.5" }] }]);
    let exhibit_of_price =
        exhibit(&emulator, &dashboard(&emulator, &[("GlobalParam", &priced.to_string())]), json!({}));
    let prices = exhibit_of_price["records"].as_array().unwrap().iter().map(|record| record[7].as_u64().unwrap());
    assert!(prices.clone().count() > 0 && prices.clone().all(|price| price > 50 && price <= 120));
    let unknown = global_param(json!([])).replace("city", "tenant");
    let told = exhibit(&emulator, &dashboard(&emulator, &[("GlobalParam", &unknown)]), json!({}));
    assert_eq!(told["filters"][0]["why"], "全局参数配置在报表组件中不存在");
}

#[test]
fn a_filter_of_any_size_is_answered_soon() {
    let emulator = demo(AuthMode::Off);
    let many: Vec<String> = (0..20_000).map(|number| number.to_string()).collect();
    let one = global_param(json!([{ "operate": "in", "value": many }]));
    let told = exhibit(&emulator, &dashboard(&emulator, &[("GlobalParam", &one)]), json!({}));
    assert_eq!(is_applied(&told), [false]);
    let filter = json!({ "ParamKey": "city", "JoinType": "AND", "WhereList": [{ "Operator": "-is", "Value": ["x"] }] });
    let filters = Value::Array(vec![filter; 500]).to_string();
    let told = exhibit(&emulator, &page(&emulator, json!({ "GlobalParam": filters })), json!({}));
    assert_eq!(is_applied(&told).iter().filter(|applied| **applied).count(), 24);
}

#[test]
fn a_parameter_of_the_token_stands_before_that_of_the_link_and_both_before_the_visitor() {
    let emulator = demo(AuthMode::Off);
    let filter =
        json!([{ "ParamKey": "city", "JoinType": "AND", "WhereList": [{ "Operator": "-eq", "Value": ["Ningbo"] }] }]);
    let own = page(&emulator, json!({ "GlobalParam": filter.to_string() }));
    let link = "&params[]=value%3DJinan%26target%3Dcity&params[]=value%3DZhejiang%252CShandong%26target%3Dprovince";
    let told = exhibit(&emulator, &format!("{own}{link}"), json!({ "city": "Jinan", "month": "Feb" }));
    let filters: Vec<&str> = told["filters"].as_array().unwrap().iter().map(|f| f["text"].as_str().unwrap()).collect();
    assert_eq!(filters, ["-eq Ningbo", "= Zhejiang, Shandong", "= Feb"]);
    let records = told["records"].as_array().unwrap();
    assert!(!records.is_empty() && records.iter().all(|record| record[4] == "Ningbo" && record[1] == "Feb"), "{told}");
}

#[test]
fn a_chat_has_the_tables_and_queries_that_its_token_allows() {
    let emulator = demo(AuthMode::Off);
    let config = json!({ "ChatBIConfigList": [
        { "ConfigType": "TableFilter", "ConfigDetails": { "Values": ["26513", "1"] } },
        { "ConfigType": "SqlView", "ConfigDetails": { "Enabled": false } },
    ] });
    for (config, tables, has_sql) in [(String::new(), 4, true), (config.to_string(), 1, false)] {
        let asked = json!({
            "ProjectId": 111, "Intention": "chatBIEmbed", "Scope": "project", "UserCorpId": "100022975249",
            "UserId": "100024664626", "TokenType": 300, "ConfigParam": config,
        });
        let made = tencent(&emulator, "CreateEmbedToken", &asked)["Data"]["BIToken"].as_str().unwrap().to_owned();
        let link = format!("/page/chat-bi-embed?authType=strong&projectId=111&token={made}");
        let chat = &exhibit(&emulator, &link, json!({}))["chat"];
        assert_eq!(chat["tables"].as_array().unwrap().len(), tables, "{chat}");
        assert_eq!(chat["talk"][0]["sql"].is_string(), has_sql, "{chat}");
    }
}

#[test]
fn a_pulse_stands_in_no_journal_and_changes_no_id() {
    let [quiet, asked] = [(); 2].map(|()| demo(AuthMode::Off));
    let ids = [&quiet, &asked].map(|emulator| {
        let link = dashboard(emulator, &[("TicketNum", "9")]);
        let session = session(&open(emulator, &link));
        if std::ptr::eq(emulator, &asked) {
            for _ in 0..5 {
                let pulse =
                    read_json(&get(emulator, "/ticketbooth-pages/pulse", &[("x-ticketbooth-session", &session)]));
                assert_eq!(
                    (&pulse["known"], &pulse["uses_left"], &pulse["ended"]),
                    (&json!(true), &json!(8), &Value::Null)
                );
            }
        }
        let entries = emulator.default_sandbox().epoch().journal.extract().entries.len();
        (open(emulator, &link).header("x-ticketbooth-request").unwrap().to_owned(), entries)
    });
    assert_eq!(ids[0], ids[1]);
    for stranger in ["", "x.1.y"] {
        let pulse = read_json(&get(&quiet, "/ticketbooth-pages/pulse", &[("x-ticketbooth-session", stranger)]));
        assert_eq!(pulse, json!({ "known": false, "ended": null }));
    }
}

#[test]
fn an_open_page_ends_with_its_ticket_in_the_vendors_words() {
    let emulator = demo(AuthMode::Off);
    let links = [dashboard(&emulator, &[]), page(&emulator, json!({}))];
    let sessions = links.each_ref().map(|link| session(&open(&emulator, link)));
    emulator.default_sandbox().shift_clock(Shift::Advance(241 * 60), Backwards::Refused).unwrap();
    let id = sessions[0].split('.').next().unwrap();
    let texts = [format!("Ticket [{id}] has expired"), "页面无法访问".to_owned()];
    for (session, text) in sessions.iter().zip(texts) {
        let headers = [("x-ticketbooth-session", session.as_str()), ("accept-language", "zh-CN")];
        let pulse = read_json(&get(&emulator, "/ticketbooth-pages/pulse", &headers));
        assert_eq!((&pulse["ended"]["kind"], &pulse["ended"]["text"]), (&json!("expired"), &json!(text)));
    }
}

#[test]
fn a_page_that_is_loaded_ahead_of_time_is_a_look() {
    let emulator = demo(AuthMode::Off);
    let link = dashboard(&emulator, &[]);
    for (name, value) in [("sec-purpose", "prefetch;prerender"), ("purpose", "prefetch"), ("x-moz", "prefetch")] {
        let ahead = get(&emulator, &link, &[("host", "127.0.0.1:4240"), (name, value)]);
        assert_eq!((ahead.status, ahead.header("cache-control")), (503, Some("no-store")), "{name}");
    }
    assert_eq!(verdict(&open(&emulator, &link)), "admitted");
}
