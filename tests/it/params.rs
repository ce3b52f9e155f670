//! The rules of parameters, as tables: what is sent, and the code and text that come back.

use serde_json::{Value, json};
use ticketbooth::emulator::{AuthMode, Emulator};
use ticketbooth::pipeline;

use crate::kit::{NOON_UNIX, alibaba, code, demo, json, open, raw, tencent, tencent_raw, verdict};
use crate::signer::{LOOPBACK, Tc3, V1};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";
const COMPONENT: &str = "0fc6a275c7f64f17b1aabbcca306ce0f31";
const USER: &str = "46e537466d5e4a3aa1b2c3d4e92704c8";
const NO_TOKEN: &str = "00000000-0000-4000-8000-000000000000";

const EMBED: &str = "InvalidParameter.Embed: Report embedding error.";
const MISSING: &str = "MissingParameter.MissingParam: The required parameter is missing.";
const DONE: &str = "done";

/// `code: message` of a Tencent `Response` or of an Alibaba body.
fn told(body: &Value) -> String {
    let message = body["Error"]["Message"].as_str().or_else(|| body["Message"].as_str());
    message.map_or_else(|| DONE.to_owned(), |message| format!("{}: {message}", code(body)))
}

// Tencent.

fn value(name: &str) -> String {
    format!("InvalidParameterValue: A value specified in `{name}` is not valid, is unsupported, or cannot be used.")
}

fn typed(name: &str, kind: &str) -> String {
    format!("InvalidParameter: The value type of parameter `{name}` is not valid, input type should be `{kind}`")
}

fn unknown(name: &str) -> String {
    format!("UnknownParameter: The parameter `{name}` is not recognized.")
}

fn needed(name: &str) -> String {
    format!("MissingParameter: The request is missing a required parameter `{name}`.")
}

/// `usual` with other members; `null` takes one away.
fn with(usual: &Value, other: &Value) -> Value {
    let mut all = usual.clone();
    let members = all.as_object_mut().unwrap();
    members.extend(other.as_object().unwrap().clone());
    members.retain(|_, value| *value != json!("TAKE AWAY"));
    all
}

fn page() -> Value {
    json!({ "ProjectId": 117, "PageId": 11520 })
}

fn chat() -> Value {
    json!({
        "ProjectId": 111, "Intention": "chatBIEmbed", "Scope": "project",
        "UserCorpId": "100022975249", "UserId": "100024664626"
    })
}

fn check(action: &str, usual: &Value, table: &[(Value, String)]) {
    let emulator = demo(AuthMode::Off);
    for (other, expected) in table {
        let body = with(usual, other);
        assert_eq!(told(&tencent(&emulator, action, &body)), *expected, "{action} {body}");
    }
}

fn done() -> String {
    DONE.to_owned()
}

fn embed() -> String {
    EMBED.to_owned()
}

fn missing() -> String {
    MISSING.to_owned()
}

#[test]
#[expect(clippy::too_many_lines, reason = "it is one table")]
fn each_field_of_a_tencent_token_has_its_rule() {
    let user = json!({ "UserCorpId": "100022975249", "UserId": "100024664626" });
    let of_user = |more: Value| with(&user, &more);
    check(
        "CreateEmbedToken",
        &page(),
        &[
            (json!({}), done()),
            (json!({ "ProjectId": null }), missing()),
            (json!({ "ProjectId": 999 }), embed()),
            (json!({ "ProjectId": 0 }), embed()),
            (json!({ "ProjectId": -1 }), typed("ProjectId", "uint64")),
            (json!({ "ProjectId": 1.5 }), typed("ProjectId", "uint64")),
            (json!({ "ProjectId": true }), typed("ProjectId", "uint64")),
            (json!({ "ProjectId": [117] }), typed("ProjectId", "uint64")),
            (json!({ "ProjectId": { "Id": 117 } }), typed("ProjectId", "uint64")),
            (json!({ "ProjectId": "117" }), typed("ProjectId", "uint64")),
            (json!({ "PageId": 0 }), done()),
            (json!({ "PageId": null }), done()),
            (json!({ "PageId": 999 }), embed()),
            (json!({ "PageId": -1 }), typed("PageId", "uint64")),
            (json!({ "Intention": "embed" }), done()),
            (json!({ "Intention": "Embed" }), value("Intention")),
            (json!({ "Intention": 1 }), typed("Intention", "string")),
            (json!({ "Intention": "" }), done()),
            (json!({ "Scope": "page" }), done()),
            (json!({ "Scope": "panel" }), done()),
            (json!({ "Scope": "project" }), embed()),
            (json!({ "Scope": "window" }), value("Scope")),
            (json!({ "Scope": "Page" }), value("Scope")),
            (json!({ "Scope": "" }), done()),
            (json!({ "Scope": "page", "PageId": 0 }), missing()),
            (json!({ "Scope": "page", "PageId": null }), missing()),
            (json!({ "ExpireTime": "1" }), done()),
            (json!({ "ExpireTime": "240" }), done()),
            (json!({ "ExpireTime": "" }), done()),
            (json!({ "ExpireTime": null }), done()),
            (json!({ "ExpireTime": "0" }), value("ExpireTime")),
            (json!({ "ExpireTime": "241" }), value("ExpireTime")),
            (json!({ "ExpireTime": "-1" }), value("ExpireTime")),
            (json!({ "ExpireTime": "abc" }), value("ExpireTime")),
            (json!({ "ExpireTime": "1.5" }), value("ExpireTime")),
            (json!({ "ExpireTime": " 30" }), value("ExpireTime")),
            (json!({ "ExpireTime": "99999999999999999999" }), value("ExpireTime")),
            (json!({ "ExpireTime": 240 }), typed("ExpireTime", "string")),
            (json!({ "ExpireTime": {} }), typed("ExpireTime", "string")),
            (json!({ "ExtraParam": "" }), done()),
            (json!({ "ExtraParam": 1 }), typed("ExtraParam", "string")),
            (json!({ "TicketNum": 0 }), done()),
            (json!({ "TicketNum": 1 }), done()),
            (json!({ "TicketNum": 99999 }), done()),
            (json!({ "TicketNum": 100_000 }), value("TicketNum")),
            (json!({ "TicketNum": -1 }), value("TicketNum")),
            (json!({ "TicketNum": "1" }), typed("TicketNum", "int64")),
            (json!({ "TicketNum": 1.0 }), typed("TicketNum", "int64")),
            (json!({ "TokenType": 100 }), done()),
            (json!({ "TokenType": 0 }), value("TokenType")),
            (json!({ "TokenType": 400 }), value("TokenType")),
            (json!({ "TokenType": "100" }), typed("TokenType", "int64")),
            (of_user(json!({})), done()),
            (of_user(json!({ "TokenType": 100 })), done()),
            (of_user(json!({ "TokenType": 200 })), done()),
            (of_user(json!({ "TokenType": 300 })), done()),
            (of_user(json!({ "UserId": "" })), missing()),
            (of_user(json!({ "UserCorpId": null })), missing()),
            (of_user(json!({ "UserId": 100024664626_u64 })), typed("UserId", "string")),
            (
                of_user(json!({ "UserId": "nobody" })),
                "UnauthorizedOperation.UserNotExist: The user does not exist.".to_owned(),
            ),
            (
                of_user(json!({ "UserCorpId": "nowhere" })),
                "UnauthorizedOperation.UserNotExist: The user does not exist.".to_owned(),
            ),
            (json!({ "TokenType": 200 }), missing()),
            (json!({ "TokenType": 300 }), missing()),
            (of_user(json!({ "TokenType": 300, "TokenNum": 1 })), done()),
            (of_user(json!({ "TokenType": 300, "TokenNum": 100 })), done()),
            (of_user(json!({ "TokenType": 300, "TokenNum": 0 })), value("TokenNum")),
            (of_user(json!({ "TokenType": 300, "TokenNum": 101 })), value("TokenNum")),
            (of_user(json!({ "TokenType": 300, "TokenNum": -1 })), value("TokenNum")),
            (json!({ "TokenNum": "2" }), typed("TokenNum", "int64")),
            (json!({ "projectid": 117 }), unknown("projectid")),
            (json!({ "ProjectID": 117 }), unknown("ProjectID")),
            (json!({ "$schema": "x" }), unknown("$schema")),
            (json!({ "GlobalParam.0.ParamKey": "x" }), unknown("GlobalParam.0.ParamKey")),
        ],
    );
}

#[test]
fn the_json_texts_of_a_tencent_token_have_their_shape() {
    let filter = |operator: &str, join: &str| {
        json!([{ "ParamKey": "city", "JoinType": join, "WhereList": [{ "Operator": operator, "Value": ["a"] }] }])
            .to_string()
    };
    check(
        "CreateEmbedToken",
        &page(),
        &[
            (json!({ "GlobalParam": filter("-is", "AND") }), done()),
            (json!({ "GlobalParam": filter("-eq", "and") }), done()),
            (json!({ "GlobalParam": filter("-neq", "And") }), done()),
            (json!({ "GlobalParam": "[]" }), done()),
            (json!({ "GlobalParam": "" }), done()),
            (json!({ "GlobalParam": filter("-like", "AND") }), embed()),
            (json!({ "GlobalParam": filter("-is", "OR") }), embed()),
            (json!({ "GlobalParam": "{}" }), embed()),
            (json!({ "GlobalParam": "text" }), embed()),
            (json!({ "GlobalParam": "[1]" }), embed()),
            (json!({ "GlobalParam": "[{\"ParamKey\":\"city\"}]" }), embed()),
            // The example of an older page, which is no JSON.
            (json!({ "GlobalParam": "{\"globalParams\":[{\"field\":\"name\",\"type\":\"string\",}]}" }), embed()),
            (json!({ "GlobalParam": [] }), typed("GlobalParam", "string")),
        ],
    );
    check(
        "CreateEmbedToken",
        &chat(),
        &[
            (json!({ "ConfigParam": "{\"ChatBIConfigList\":[]}" }), done()),
            (json!({ "ConfigParam": "" }), done()),
            (json!({ "ConfigParam": "no JSON" }), embed()),
            (json!({ "ConfigParam": "[]" }), embed()),
            (json!({ "ConfigParam": "{\"ChatBIConfigList\":[{\"ConfigType\":\"Colour\"}]}" }), embed()),
            (json!({ "ConfigParam": {} }), typed("ConfigParam", "string")),
        ],
    );
}

#[test]
fn a_chat_has_rules_of_its_own() {
    let config = "{\"ChatBIConfigList\":[{\"ConfigType\":\"TableFilter\",\"ConfigDetails\":{\"Values\":[\"26513\"]}},\
                  {\"ConfigType\":\"SqlView\",\"ConfigDetails\":{\"Enabled\":false}}]}";
    check(
        "CreateEmbedToken",
        &chat(),
        &[
            // The sample of the guide, without TokenType and PageId.
            (json!({ "ConfigParam": config }), done()),
            (json!({ "TokenType": 200 }), done()),
            (json!({ "TokenType": 300, "TokenNum": 2 }), done()),
            (json!({ "TokenType": 100 }), embed()),
            (json!({ "UserCorpId": null, "UserId": null }), embed()),
            (json!({ "UserId": null }), missing()),
            (json!({ "Scope": null }), done()),
            (json!({ "Scope": "page" }), embed()),
            (json!({ "Scope": "panel" }), embed()),
            (json!({ "Intention": "embed" }), embed()),
            (json!({ "ProjectId": 117 }), embed()),
        ],
    );
}

#[test]
fn the_documented_sample_of_a_dashboard_succeeds_unbound() {
    let emulator = demo(AuthMode::Off);
    let sample = json!({
        "ExpireTime": "10", "Scope": "panel", "ExtraParam": "", "ProjectId": 117, "UserCorpId": "", "UserId": "",
        "TicketNum": 0,
        "GlobalParam": "[{\"ParamKey\":\"city\",\"JoinType\":\"AND\",\"WhereList\":[{\"Operator\":\"-is\",\"Value\":[\"a\"]}]}]"
    });
    let data = &tencent(&emulator, "CreateEmbedToken", &sample)["Data"];
    assert_eq!((&data["PageId"], &data["ProjectId"], &data["Scope"]), (&json!(null), &json!("117"), &json!("panel")));
    assert_eq!((&data["TicketNum"], &data["ExpireTime"], &data["TokenType"]), (&json!(0), &json!(10), &json!(100)));
    assert_eq!((&data["UserCorpId"], &data["UserId"], &data["ExtraParam"]), (&json!(""), &json!(""), &json!("")));
    assert_eq!(data["GlobalParam"], sample["GlobalParam"], "verbatim, blanks and all");
}

#[test]
fn an_extension_names_the_token_and_nothing_that_is_not_its_own() {
    let emulator = demo(AuthMode::Off);
    let token = |asked: &Value| {
        tencent(&emulator, "CreateEmbedToken", asked)["Data"]["BIToken"].as_str().expect("a token").to_owned()
    };
    let of_page = token(&page());
    let of_board = token(&json!({ "ProjectId": 117, "Scope": "panel" }));
    let of_chat = token(&chat());
    let apply = |token: &str, more: Value| {
        let response = tencent(&emulator, "ApplyEmbedInterval", &with(&json!({ "BIToken": token }), &more));
        if response["Data"]["Result"] == true { done() } else { told(&response) }
    };
    for (token, more, expected) in [
        (&*of_page, json!({}), done()),
        (&of_page, json!({ "ProjectId": 117, "PageId": 11520, "Intention": "embed", "Scope": "page" }), done()),
        (&of_page, json!({ "ProjectId": 117, "PageId": 11520 }), done()),
        (&of_page, json!({ "ExtraParam": "spare" }), done()),
        (&of_page, json!({ "ProjectId": 111 }), embed()),
        (&of_page, json!({ "PageId": 40301 }), embed()),
        (&of_page, json!({ "Scope": "panel" }), embed()),
        (&of_page, json!({ "Intention": "chatBIEmbed" }), embed()),
        (&of_page, json!({ "Scope": "window" }), value("Scope")),
        (&of_page, json!({ "PageId": "11520" }), typed("PageId", "uint64")),
        (&of_page, json!({ "BIToken": null }), missing()),
        (&of_page, json!({ "BIToken": "" }), missing()),
        (&of_page, json!({ "BIToken": 1 }), typed("BIToken", "string")),
        (&of_page, json!({ "ExpireTime": "10" }), unknown("ExpireTime")),
        (&of_board, json!({ "ProjectId": 117, "PageId": 0, "Scope": "panel" }), done()),
        (&of_board, json!({ "ProjectId": 117, "PageId": 0 }), done()),
        (&of_board, json!({ "ProjectId": 117, "PageId": 11520 }), embed()),
        (&of_board, json!({ "Scope": "page" }), embed()),
        (&of_chat, json!({ "ProjectId": 111, "Intention": "chatBIEmbed", "Scope": "project" }), done()),
        (&of_chat, json!({ "ProjectId": 111, "Intention": "chatBIEmbed" }), done()),
        (&of_chat, json!({ "ProjectId": 117, "Intention": "chatBIEmbed" }), embed()),
        (&of_chat, json!({ "Intention": "embed", "Scope": "panel" }), embed()),
        (NO_TOKEN, json!({}), embed()),
        ("no UUID at all", json!({}), embed()),
    ] {
        assert_eq!(apply(token, more.clone()), expected, "{token} {more}");
    }
}

#[test]
fn clearing_takes_its_ids_as_text() {
    let usual = json!({ "ProjectId": "117", "PageId": "11520", "Scope": "page", "UserCorpId": "100022975249" });
    check(
        "ClearEmbedToken",
        &usual,
        &[
            (json!({}), done()),
            (json!({ "Scope": "panel", "PageId": null }), done()),
            (json!({ "ProjectId": 117 }), typed("ProjectId", "string")),
            (json!({ "PageId": 11520 }), typed("PageId", "string")),
            (json!({ "ProjectId": null }), needed("ProjectId")),
            (json!({ "ProjectId": "" }), needed("ProjectId")),
            (json!({ "UserCorpId": null }), needed("UserCorpId")),
            (json!({ "Scope": null }), needed("Scope")),
            (json!({ "Scope": "window" }), value("Scope")),
            (json!({ "PageId": null }), missing()),
            (json!({ "ProjectId": "x" }), embed()),
            (json!({ "PageId": "x" }), embed()),
            (json!({ "UserCorpId": "100099999999" }), embed()),
            (json!({ "UserId": "100024664626" }), unknown("UserId")),
        ],
    );
}

#[test]
fn tencent_answers_the_earliest_of_several_mistakes() {
    let unknown_type_value = json!({ "Colour": 1, "ProjectId": "x", "Scope": "window", "ExpireTime": "0" });
    check(
        "CreateEmbedToken",
        &page(),
        &[
            (unknown_type_value.clone(), unknown("Colour")),
            (with(&unknown_type_value, &json!({ "Colour": "TAKE AWAY" })), typed("ProjectId", "uint64")),
            // Rules of one field go before those across fields, and those before the world.
            (json!({ "ProjectId": 999, "Scope": "window" }), value("Scope")),
            (json!({ "ProjectId": null, "Scope": "window" }), value("Scope")),
            (json!({ "ProjectId": 999, "TokenType": 200 }), missing()),
            (json!({ "ProjectId": 999, "GlobalParam": "x" }), embed()),
        ],
    );
    check(
        "ClearEmbedToken",
        &json!({ "Scope": "window" }),
        &[
            (json!({}), needed("ProjectId")),
            (json!({ "PageId": 1 }), typed("PageId", "string")),
            (json!({ "ProjectId": "117" }), needed("UserCorpId")),
            (json!({ "ProjectId": "117", "UserCorpId": "x" }), value("Scope")),
        ],
    );
}

#[test]
fn the_text_forms_of_tencent_read_numbers_from_text() {
    let emulator = demo(AuthMode::Strict);
    let cases: &[(&[(&str, &str)], String)] = &[
        (&[("ProjectId", "117"), ("PageId", "11520"), ("TicketNum", "2"), ("ExpireTime", "30")], done()),
        (&[("ProjectId", "117"), ("PageId", "0"), ("ExtraParam", "")], done()),
        (&[("ProjectId", "117"), ("PageId", "")], done()),
        (&[("ProjectId", "")], missing()),
        (&[("ProjectId", "abc")], typed("ProjectId", "uint64")),
        (&[("ProjectId", "-1")], typed("ProjectId", "uint64")),
        (&[("ProjectId", "117"), ("TicketNum", "1.5")], typed("TicketNum", "int64")),
        (&[("ProjectId", "117"), ("TicketNum", "-1")], value("TicketNum")),
        (&[("ProjectId", "117"), ("ExtraParam.0", "x")], unknown("ExtraParam.0")),
        (&[("ProjectId", "117"), ("WhereList.0.Value", "x")], unknown("WhereList.0.Value")),
    ];
    for (fields, expected) in cases {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(*fields);
        let form = Tc3 { content_type: "application/x-www-form-urlencoded", ..Tc3::at(NOON_UNIX) };
        let v1 = || fields.iter().fold(V1::at(NOON_UNIX), |call, (name, value)| call.with(name, value));
        for request in [
            form.get("CreateEmbedToken", &query.finish()),
            v1().get("CreateEmbedToken"),
            v1().post("CreateEmbedToken"),
            v1().with("SignatureMethod", "HmacSHA256").post("CreateEmbedToken"),
        ] {
            let response = json(&pipeline::serve(&emulator, &request))["Response"].take();
            assert_eq!(told(&response), *expected, "{} {fields:?}", request.method);
        }
    }
}

#[test]
fn a_body_that_tencent_cannot_read_is_told_apart() {
    let emulator = demo(AuthMode::Off);
    let send = |request: &ticketbooth::call::RawRequest| told(&json(&pipeline::serve(&emulator, request))["Response"]);
    for body in ["", "[]", "\"\"", "{"] {
        let expected = "InvalidParameter: The request body is not a valid JSON object under \
                        content-type=application/json.";
        assert_eq!(send(&tencent_raw("CreateEmbedToken", body)), expected, "{body}");
    }
    assert_eq!(send(&tencent_raw("CreateEmbedToken", "{}")), MISSING, "an empty object is legal");
    let target = "/?Action=CreateEmbedToken&Version=2022-01-05&ProjectId";
    let expected = "InvalidParameter: Url key and value should be splited by `=`.";
    assert_eq!(send(&raw("GET", target, &[("host", LOOPBACK)], b"")), expected);
    let twice = "/?Action=CreateEmbedToken&Version=2022-01-05&ProjectId=117&ProjectId=x";
    assert_eq!(send(&raw("GET", twice, &[("host", LOOPBACK)], b"")), DONE, "the first of a name counts");
    let mut with_query = tencent_raw("CreateEmbedToken", "{\"ProjectId\":117}");
    with_query.target = "/?ProjectId=x&Colour=red".into();
    assert_eq!(send(&with_query), DONE, "the query of a POST is no part of the call");
}

// Alibaba.

fn absent(name: &str) -> (u16, String) {
    (400, format!("Missing{name}: {name} is mandatory for this action."))
}

fn mistyped(name: &str) -> (u16, String) {
    (400, format!("Invalid{name}: Specified parameter {name} is not valid."))
}

fn wrong(name: &str) -> (u16, String) {
    (400, format!("Invalid.Parameter.Error: The parameter is invalid:{name}."))
}

fn empty(name: &str) -> (u16, String) {
    (400, format!("System.Param.Empty: You must specify the {name} parameter."))
}

fn uses(number: &str) -> (u16, String) {
    (400, format!("Authorize3rdTicket.Num.Exceed: The number of tickets {number} is invalid."))
}

fn ok() -> (u16, String) {
    (200, done())
}

fn no_user() -> (u16, String) {
    (400, "ApiUser.Not.Exists: The specified user does not exist.".to_owned())
}

fn said(status: u16, text: &str) -> (u16, String) {
    (status, text.to_owned())
}

fn ask(emulator: &Emulator, version: &str, action: &str, params: &[(&str, &str)]) -> (u16, String) {
    let (status, body) = alibaba(emulator, version, action, params);
    (status, told(&body))
}

/// Parameters in the query.
type Fields<'a> = &'a [(&'a str, &'a str)];
/// The status and `code: message`.
type Answer = (u16, String);

fn check_ticket(table: &[(Fields<'_>, Answer)]) {
    let emulator = demo(AuthMode::Off);
    for (more, expected) in table {
        let params = [&[("WorksId", WORK)], *more].concat();
        assert_eq!(ask(&emulator, "2022-01-01", "CreateTicket", &params), *expected, "{more:?}");
    }
}

#[test]
fn each_field_of_an_alibaba_ticket_has_its_rule() {
    check_ticket(&[
        (&[], ok()),
        (&[("TicketNum", "1")], ok()),
        (&[("TicketNum", "99999")], ok()),
        (&[("TicketNum", "0")], uses("0")),
        (&[("TicketNum", "-1")], uses("-1")),
        (&[("TicketNum", "100000")], uses("100000")),
        (&[("TicketNum", "two")], mistyped("TicketNum")),
        (&[("TicketNum", "1.5")], mistyped("TicketNum")),
        (&[("TicketNum", "")], empty("ticketNum")),
        (&[("ExpireTime", "0")], ok()),
        (&[("ExpireTime", "1")], ok()),
        (&[("ExpireTime", "240")], ok()),
        (&[("ExpireTime", "241")], wrong("expireTime")),
        (&[("ExpireTime", "-1")], wrong("expireTime")),
        (&[("ExpireTime", "soon")], mistyped("ExpireTime")),
        (&[("ExpireTime", "")], empty("expireTime")),
        (&[("UserId", USER)], ok()),
        (&[("UserId", "nobody")], no_user()),
        (&[("UserId", "")], empty("userId")),
        (
            &[("UserId", "user-of-another-organization")],
            said(400, "Invalid.User.Organization: The user is not in your organization."),
        ),
        (&[("AccountName", "wangwu"), ("AccountType", "1")], ok()),
        (&[("AccountName", "wangwu:zhangsan"), ("AccountType", "5")], ok()),
        (&[("AccountName", "nobody"), ("AccountType", "1")], no_user()),
        (&[("AccountName", "wangwu"), ("AccountType", "5")], no_user()),
        (&[("AccountName", "wangwu")], empty("accountType")),
        (&[("AccountType", "1")], ok()),
        (&[("AccountName", "wangwu"), ("AccountType", "2")], wrong("accountType")),
        (&[("AccountName", "wangwu"), ("AccountType", "6")], wrong("accountType")),
        (&[("AccountName", "wangwu"), ("AccountType", "one")], mistyped("AccountType")),
        // Both: the id goes first, and the account is not looked at.
        (&[("UserId", USER), ("AccountName", "nobody")], ok()),
        (&[("CmptId", COMPONENT)], ok()),
        (
            &[("CmptId", "nothing")],
            said(400, "Application.Object.NotExist: The object you are operating does not exist or has been deleted."),
        ),
        // Names are case-sensitive, and the gateway drops those it does not know.
        (&[("ticketNum", "0"), ("TICKETNUM", "x"), ("Colour", "red"), ("List.1", "x")], ok()),
    ]);
}

#[test]
fn a_watermark_is_counted_in_characters() {
    let (fifty, more) = ("水".repeat(50), "水".repeat(51));
    let too_long = "Parameter.Length.Exceed: Parameter length exceeds maximum limit: [watermarkParam].";
    check_ticket(&[
        (&[("WatermarkParam", &fifty)], ok()),
        (&[("WatermarkParam", &more)], said(400, too_long)),
        (&[("WatermarkParam", &"x".repeat(51))], said(400, too_long)),
        (&[("WatermarkParam", &"🎫".repeat(50))], ok()),
        (&[("WatermarkParam", "")], empty("watermarkParam")),
    ]);
    let emulator = demo(AuthMode::Off);
    let on_a_screen = [("WorksId", "screen-demo"), ("WatermarkParam", "x")];
    let refused = "Authorize3rdTicket.Unsupport.ScreenWatermark: Screen embed does not support watermark parameters.";
    assert_eq!(ask(&emulator, "2022-01-01", "CreateTicket", &on_a_screen), said(400, refused));
}

#[test]
fn the_global_parameter_of_a_ticket_is_an_array_as_text() {
    let good =
        "[{\"paramKey\":\"price\",\"joinType\":\"and\",\"conditionList\":[{\"operate\":\">\",\"value\":\"0\"}]}]";
    let list =
        "[{\"paramKey\":\"city\",\"joinType\":\"and\",\"conditionList\":[{\"operate\":\"in\",\"value\":[\"湖南\"]}]}]";
    let once: String = form_urlencoded::byte_serialize(list.as_bytes()).collect();
    let no_array = said(400, "Invalid.Parameter.Error: The parameter is invalid:exepct '['.");
    check_ticket(&[
        (&[("GlobalParam", good)], ok()),
        (&[("GlobalParam", list)], ok()),
        (&[("GlobalParam", &once)], ok()),
        (&[("GlobalParam", "[]")], ok()),
        (&[("GlobalParam", "{\"paramKey\":\"price\"}")], no_array.clone()),
        (&[("GlobalParam", "price")], no_array),
        (&[("GlobalParam", "[{}]")], wrong("globalParam")),
        (&[("GlobalParam", "[{")], wrong("globalParam")),
        (&[("GlobalParam", &good.replace("\"and\"", "\"or\""))], wrong("globalParam")),
        (&[("GlobalParam", &good.replace("\"0\"", "0"))], wrong("globalParam")),
        (&[("GlobalParam", "")], empty("globalParam")),
    ]);
}

#[test]
fn a_global_parameter_opens_its_page_however_it_was_encoded() {
    let emulator = demo(AuthMode::Off);
    let list =
        "[{\"paramKey\":\"city\",\"joinType\":\"and\",\"conditionList\":[{\"operate\":\"=\",\"value\":\"湖南\"}]}]";
    let once: String = form_urlencoded::byte_serialize(list.as_bytes()).collect();
    let (_, made) = alibaba(&emulator, "2022-01-01", "CreateTicket", &[("WorksId", WORK), ("GlobalParam", &once)]);
    let ticket = made["Result"].as_str().unwrap();
    let (_, info) = alibaba(&emulator, "2022-01-01", "QueryTicketInfo", &[("Ticket", ticket)]);
    assert_eq!(info["Result"]["GlobalParam"], *once, "kept as it came");
    let link = format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}");
    assert_eq!(verdict(&open(&emulator, &link)), "admitted");
}

#[test]
fn a_third_party_account_is_known_to_the_older_version_alone() {
    let emulator = demo(AuthMode::Off);
    let params = [("WorksId", WORK), ("AccountName", "wangwu"), ("AccountType", "6")];
    assert_eq!(ask(&emulator, "2022-01-01", "CreateTicket", &params), wrong("accountType"));
    for action in ["CreateTicket", "CreateEmbedToken"] {
        let (status, text) = ask(&emulator, "2021-03-25", action, &params);
        assert_eq!((status, &*text), (500, &*no_user().1), "{action}: the type passes, and nobody has it");
    }
}

#[test]
fn each_field_of_the_other_alibaba_actions_has_its_rule() {
    let emulator = demo(AuthMode::Off);
    let created = alibaba(&emulator, "2022-01-01", "CreateTicket", &[("WorksId", WORK)]).1;
    let ticket = created["Result"].as_str().unwrap().to_owned();
    let created = alibaba(&emulator, "2021-03-25", "CreateEmbedToken", &[("WorksId", WORK)]).1;
    let token = created["Result"]["AccessToken"].as_str().unwrap().to_owned();
    let gone = said(400, "Authorize3rdTicket.NotExist: Ticket nothing does not exist.");
    let no_token = said(500, "Authorize3Rd.Token.NotExist: The token [nothing] does not exist.");
    let older = |(_, text): (u16, String)| (500, text);
    let (new, old) = ("2022-01-01", "2021-03-25");
    let cases: &[(&str, &str, Fields<'_>, Answer)] = &[
        (new, "DelayTicketExpireTime", &[("Ticket", &ticket), ("ExpireTime", "0")], ok()),
        (new, "DelayTicketExpireTime", &[("Ticket", &ticket), ("ExpireTime", "240")], ok()),
        (new, "DelayTicketExpireTime", &[("Ticket", &ticket), ("ExpireTime", "241")], wrong("expireTime")),
        (new, "DelayTicketExpireTime", &[("Ticket", &ticket), ("ExpireTime", "-1")], wrong("expireTime")),
        (new, "DelayTicketExpireTime", &[("Ticket", &ticket), ("ExpireTime", "x")], mistyped("ExpireTime")),
        (new, "DelayTicketExpireTime", &[("Ticket", &ticket)], absent("ExpireTime")),
        (new, "DelayTicketExpireTime", &[("ExpireTime", "1")], absent("Ticket")),
        (new, "DelayTicketExpireTime", &[("Ticket", ""), ("ExpireTime", "1")], empty("ticket")),
        (new, "DelayTicketExpireTime", &[("Ticket", "nothing"), ("ExpireTime", "1")], gone.clone()),
        (old, "DelayTicketExpireTime", &[("Ticket", &ticket), ("ExpireTime", "241")], older(wrong("expireTime"))),
        (new, "UpdateTicketNum", &[("Ticket", &ticket), ("TicketNum", "1")], ok()),
        (new, "UpdateTicketNum", &[("Ticket", &ticket), ("TicketNum", "99998")], ok()),
        (new, "UpdateTicketNum", &[("Ticket", &ticket), ("TicketNum", "99999")], uses("99999")),
        (new, "UpdateTicketNum", &[("Ticket", &ticket), ("TicketNum", "0")], uses("0")),
        (new, "UpdateTicketNum", &[("Ticket", &ticket)], absent("TicketNum")),
        (new, "UpdateTicketNum", &[("Ticket", "nothing"), ("TicketNum", "1")], gone.clone()),
        (new, "QueryTicketInfo", &[], absent("Ticket")),
        (new, "QueryTicketInfo", &[("Ticket", "nothing")], gone.clone()),
        (new, "DeleteTicket", &[], absent("Ticket")),
        (new, "DeleteTicket", &[("Ticket", "nothing")], gone),
        (new, "CreateTicket", &[], absent("WorksId")),
        (new, "CreateTicket", &[("WorksId", "")], empty("worksId")),
        (old, "CreateTicket", &[], absent("WorksId")),
        (old, "CreateEmbedToken", &[("WorksId", WORK), ("ExpireMin", "1")], ok()),
        (old, "CreateEmbedToken", &[("WorksId", WORK), ("ExpireMin", "240")], ok()),
        (old, "CreateEmbedToken", &[("WorksId", WORK), ("ExpireMin", "0")], older(wrong("expireMin"))),
        (old, "CreateEmbedToken", &[("WorksId", WORK), ("ExpireMin", "241")], older(wrong("expireMin"))),
        (old, "CreateEmbedToken", &[("WorksId", WORK), ("ExpireMin", "x")], mistyped("ExpireMin")),
        (old, "CreateEmbedToken", &[("WorksId", WORK), ("AccountName", "wangwu")], older(empty("accountType"))),
        (old, "CreateEmbedToken", &[("WorksId", WORK), ("AccountType", "1")], ok()),
        (old, "DelayEmbedToken", &[("Token", &token), ("ExpireMin", "240")], ok()),
        (old, "DelayEmbedToken", &[("Token", &token)], ok()),
        (old, "DelayEmbedToken", &[("Token", &token), ("ExpireMin", "241")], older(wrong("expireMin"))),
        (old, "DelayEmbedToken", &[("Token", "nothing")], no_token.clone()),
        (old, "DelayEmbedToken", &[], absent("Token")),
        (old, "QueryEmbedTokenInfo", &[("Token", "nothing")], no_token.clone()),
        (old, "DeleteEmbedToken", &[("Token", "nothing")], no_token),
        (old, "DeleteEmbedToken", &[], absent("Token")),
    ];
    for (version, action, params, expected) in cases {
        assert_eq!(ask(&emulator, version, action, params), *expected, "{action} of {version} {params:?}");
    }
}

#[test]
fn alibaba_answers_the_earliest_of_several_mistakes() {
    let emulator = demo(AuthMode::Off);
    let ask = |params: &[(&str, &str)]| ask(&emulator, "2022-01-01", "CreateTicket", params);
    assert_eq!(ask(&[("TicketNum", "x"), ("ExpireTime", "241")]), absent("WorksId"));
    assert_eq!(ask(&[("WorksId", "nothing"), ("TicketNum", "0"), ("ExpireTime", "x")]), mistyped("ExpireTime"));
    assert_eq!(ask(&[("WorksId", "nothing"), ("TicketNum", "0"), ("ExpireTime", "241")]), uses("0"));
    assert_eq!(ask(&[("WorksId", "nothing"), ("AccountName", "wangwu"), ("ExpireTime", "241")]), wrong("expireTime"));
    assert_eq!(ask(&[("WorksId", "nothing"), ("AccountName", "wangwu")]), empty("accountType"));
}

#[test]
fn the_query_of_alibaba_goes_before_its_form_and_its_json() {
    let emulator = demo(AuthMode::Off);
    let send = |media: &str, query: &str, body: &str| {
        let target = format!("/?Action=CreateTicket&Version=2022-01-01&Format=JSON&{query}");
        let request = raw("POST", &target, &[("host", LOOPBACK), ("content-type", media)], body.as_bytes());
        let reply = pipeline::serve(&emulator, &request);
        (reply.status, told(&json(&reply)))
    };
    let (form, json) = ("application/x-www-form-urlencoded", "application/json; charset=utf-8");
    let work = format!("WorksId={WORK}");
    assert_eq!(send(form, "", &work), ok());
    assert_eq!(send(form, &work, "WorksId=nothing"), ok());
    assert_eq!(send(form, &format!("{work}&TicketNum=0"), "TicketNum=1"), uses("0"));
    assert_eq!(send(json, &work, "{\"WorksId\":\"nothing\"}"), ok());
    assert_eq!(send(json, "", &format!("{{\"WorksId\":\"{WORK}\",\"TicketNum\":2}}")), ok());
    assert_eq!(send(json, "", &format!("{{\"WorksId\":\"{WORK}\",\"TicketNum\":\"2\"}}")), ok());
    assert_eq!(send(json, &work, "{\"TicketNum\":null}"), ok(), "null is no value");
    assert_eq!(send(json, "", "{\"WorksId\":null}"), absent("WorksId"));
    assert_eq!(send(json, "", "{\"WorksId\":1}"), mistyped("WorksId"));
    assert_eq!(send(json, &work, "{\"TicketNum\":1.5}"), mistyped("TicketNum"));
    assert_eq!(send(json, &work, "{\"TicketNum\":true}"), mistyped("TicketNum"));
}
