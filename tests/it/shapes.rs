//! The exact types, names and headers of answers, which clients in typed languages rely on.

use serde_json::{Value, json};
use ticketbooth::emulator::AuthMode;
use ticketbooth::pipeline;
use ticketbooth::reply::Reply;

use crate::kit::{alibaba, alibaba_raw, assuming, code, demo, json, raw, tencent, tencent_raw};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";
const USER: &str = "46e537466d5e4a3aa1b2c3d4e92704c8";

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

fn is_uuid(text: &Value, case: fn(&char) -> bool) -> bool {
    let text = text.as_str().expect("a text");
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12]
        && text.chars().all(|c| c == '-' || c.is_ascii_digit() || (c.is_ascii_hexdigit() && case(&c)))
}

fn answer(reply: &Reply) -> (u16, Option<&str>) {
    (reply.status, reply.header("content-type"))
}

#[test]
fn a_tencent_token_has_the_types_of_the_service_model() {
    let emulator = demo(AuthMode::Off);
    let asked = json!({
        "ProjectId": 117, "PageId": 11520, "Scope": "page", "Intention": "embed", "ExpireTime": "10", "TicketNum": 3,
        "UserCorpId": "100022975249", "UserId": "100024664626", "ExtraParam": "x", "TokenType": 200, "TokenNum": 1,
        "GlobalParam": "[{\"ParamKey\": \"province\", \"JoinType\": \"and\", \"WhereList\": []}]"
    });
    let reply = pipeline::serve(&emulator, tencent_raw("CreateEmbedToken", &asked.to_string()));
    assert_eq!(answer(&reply), (200, Some("application/json")));
    let response = json(&reply)["Response"].take();
    assert_eq!(
        keys(&response),
        ["Msg", "RequestId", "Extra", "Data"],
        "no ErrorInfo on success, in the sample's order"
    );
    assert!(is_uuid(&response["RequestId"], char::is_ascii_lowercase));
    let mut data = response["Data"].clone();
    assert!(is_uuid(&data["BIToken"].take(), char::is_ascii_lowercase));
    let expected = json!({
        "Id": 1, "ProjectId": "117", "PageId": "11520", "ExtraParam": "x", "Scope": "page", "ExpireTime": 10,
        "CreatedUser": null, "CreatedAt": "2026-01-05 08:00:00", "UpdatedUser": null,
        "UpdatedAt": "2026-01-05 08:00:00", "BIToken": null, "UserCorpId": "100022975249", "UserId": "100024664626",
        "TicketNum": 3, "GlobalParam": "[{\"ParamKey\": \"province\", \"JoinType\": \"and\", \"WhereList\": []}]",
        "Intention": "embed", "TokenType": 200, "TokenNum": 1, "SingleUserMultiToken": false, "ConfigParam": ""
    });
    assert_eq!(data, expected);
}

#[test]
fn the_vendors_sample_request_gets_the_vendors_sample_answer() {
    let emulator = demo(AuthMode::Off);
    let asked = json!({
        "ProjectId": 117, "ExpireTime": "10", "Scope": "panel", "ExtraParam": "", "UserCorpId": "", "UserId": "",
        "TicketNum": 0
    });
    let data = tencent(&emulator, "CreateEmbedToken", &asked)["Data"].take();
    assert_eq!(data["PageId"], Value::Null);
    assert_eq!((&data["TicketNum"], &data["TokenType"]), (&json!(0), &json!(100)));
    assert_eq!((&data["UserCorpId"], &data["ExpireTime"]), (&json!(""), &json!(10)));
}

#[test]
fn several_tokens_stand_in_one_text() {
    let asked = json!({
        "ProjectId": 117, "Scope": "panel", "UserCorpId": "100022975249", "UserId": "100024664626", "TokenType": 300,
        "TokenNum": 3
    });
    let data = tencent(&demo(AuthMode::Off), "CreateEmbedToken", &asked)["Data"].take();
    assert_eq!(data["BIToken"].as_str().unwrap().split(',').count(), 3);
    assert_eq!((&data["TokenNum"], &data["SingleUserMultiToken"]), (&json!(3), &json!(true)));
    let first = tencent(&assuming(&[("tencent.multi_token", "first")]), "CreateEmbedToken", &asked)["Data"].take();
    assert!(is_uuid(&first["BIToken"], char::is_ascii_lowercase));
}

#[test]
fn a_tencent_refusal_is_http_200_with_error_and_request_id_alone() {
    let emulator = demo(AuthMode::Off);
    let mut request = tencent_raw("CreateEmbedToken", "{\"ProjectId\":\"117\"}");
    for (language, message) in [
        ("en-US", "The value type of parameter `ProjectId` is not valid, input type should be `uint64`"),
        ("zh-CN", "参数 `ProjectId` 取值类型错误。参数类型应为 `uint64`"),
    ] {
        request.headers.push("x-tc-language", language);
        let reply = pipeline::serve(&emulator, &request);
        assert_eq!(answer(&reply), (200, Some("application/json")));
        let response = json(&reply)["Response"].take();
        assert_eq!(keys(&response), ["Error", "RequestId"]);
        assert_eq!(response["Error"], json!({ "Code": "InvalidParameter", "Message": message }));
        request = tencent_raw("CreateEmbedToken", "{\"ProjectId\":\"117\"}");
    }
}

#[test]
fn an_alibaba_success_has_three_members_and_an_upper_case_request_id() {
    let emulator = demo(AuthMode::Off);
    let reply = pipeline::serve(&emulator, alibaba_raw("2022-01-01", "CreateTicket", &[("WorksId", WORK)]));
    assert_eq!(answer(&reply), (200, Some("application/json;charset=utf-8")));
    let body = json(&reply);
    assert_eq!(keys(&body), ["RequestId", "Result", "Success"], "a Code here would be an error to one client");
    assert!(is_uuid(&body["RequestId"], char::is_ascii_uppercase));
    assert!(is_uuid(&body["Result"], char::is_ascii_lowercase));
    assert_eq!(reply.header("x-acs-request-id"), body["RequestId"].as_str());
    assert_eq!(body["Success"], true);
}

#[test]
fn an_alibaba_error_has_five_members_and_the_status_of_its_version() {
    let emulator = demo(AuthMode::Off);
    let params = [("WorksId", "nowhere")];
    for (version, status) in [("2021-03-25", 500), ("2022-01-01", 400)] {
        let (got, body) = alibaba(&emulator, version, "CreateTicket", &params);
        let mut names = keys(&body);
        names.sort_unstable();
        assert_eq!((got, names), (status, vec!["Code", "HostId", "Message", "Recommend", "RequestId"]));
        assert_eq!(code(&body), "Report.NotExist.Error");
        assert_eq!(body["Message"], "This work does not exist. It may have been deleted. Work ID is nowhere.");
        assert_eq!(body["HostId"], "127.0.0.1:4240");
    }
}

#[test]
fn an_alibaba_answer_can_be_xml() {
    let emulator = demo(AuthMode::Off);
    let ask = |target: &str| pipeline::serve(&emulator, raw("GET", target, &[("host", "h")], b""));
    let refused = ask("/?Action=CreateTicket&Version=2022-01-01&Format=xml&AccessKeyId=k&WorksId=a%3Cb");
    assert_eq!(answer(&refused), (400, Some("text/xml;charset=utf-8")));
    let text = String::from_utf8(refused.body.to_vec()).unwrap();
    let root = text.split_once("?>").unwrap().1;
    assert!(root.starts_with("<Error><RequestId>") && root.ends_with("</Recommend></Error>"), "{text}");
    assert!(text.contains("Work ID is a&lt;b.</Message>"), "{text}");
    let made = ask(&format!("/?Action=CreateEmbedToken&Version=2021-03-25&AccessKeyId=k&WorksId={WORK}&UserId={USER}"));
    assert_eq!(answer(&made), (200, Some("text/xml;charset=utf-8")), "XML is what the older form gets by default");
    let text = String::from_utf8(made.body.to_vec()).unwrap();
    assert!(text.contains("<CreateEmbedTokenResponse><RequestId>"), "{text}");
    assert!(text.contains("<TokeType>4</TokeType><InvalidTime>2026-01-05 12:00:00</InvalidTime>"), "{text}");
}

#[test]
fn an_alibaba_ticket_tells_everything_about_itself() {
    let emulator = demo(AuthMode::Off);
    let params =
        [("WorksId", WORK), ("TicketNum", "3"), ("ExpireTime", "60"), ("UserId", USER), ("WatermarkParam", "水")];
    let (_, made) = alibaba(&emulator, "2022-01-01", "CreateTicket", &params);
    let ticket = made["Result"].as_str().unwrap();
    let (_, told) = alibaba(&emulator, "2022-01-01", "QueryTicketInfo", &[("Ticket", ticket)]);
    let told = &told["Result"];
    assert_eq!((&told["AccessTicket"], &told["WorksId"]), (&json!(ticket), &json!(WORK)));
    assert_eq!((&told["MaxTicketNum"], &told["UsedTicketNum"]), (&json!(3), &json!(0)));
    assert_eq!(told["RegisterTime"], "2026-01-05 08:00:00");
    assert_eq!(told["InvalidTime"], "2026-01-05 09:00:00");
    assert_eq!((&told["UserId"], &told["WatermarkParam"]), (&json!(USER), &json!("水")));
    // Both versions share one store.
    let (status, _) =
        alibaba(&emulator, "2021-03-25", "DelayTicketExpireTime", &[("Ticket", ticket), ("ExpireTime", "240")]);
    assert_eq!(status, 200);
    let (_, told) = alibaba(&emulator, "2022-01-01", "QueryTicketInfo", &[("Ticket", ticket)]);
    assert_eq!(told["Result"]["InvalidTime"], "2026-01-05 13:00:00");
}

#[test]
fn an_alibaba_token_is_renewed_and_keeps_its_text() {
    let emulator = demo(AuthMode::Off);
    let params = [("WorksId", WORK), ("UserId", USER), ("ExpireMin", "100")];
    let (_, first) = alibaba(&emulator, "2021-03-25", "CreateEmbedToken", &params);
    assert_eq!(keys(&first["Result"]), ["AccessToken", "TokeType", "InvalidTime", "RegisterTime"]);
    assert_eq!(first["Result"]["TokeType"], 4);
    let (_, second) = alibaba(&emulator, "2021-03-25", "CreateEmbedToken", &params);
    assert_eq!(first["Result"]["AccessToken"], second["Result"]["AccessToken"]);
    assert_eq!(first["Result"]["InvalidTime"], "2026-01-05 09:40:00");
    assert_eq!(second["Result"]["InvalidTime"], "2026-01-05 11:20:00");
    let token = first["Result"]["AccessToken"].as_str().unwrap();
    assert!(token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)));
    assert_eq!(alibaba(&emulator, "2021-03-25", "DeleteEmbedToken", &[("Token", token)]).1["Result"], true);
    let (status, gone) = alibaba(&emulator, "2021-03-25", "QueryEmbedTokenInfo", &[("Token", token)]);
    assert_eq!((status, code(&gone)), (500, "Authorize3Rd.Token.NotExist"));
    let (_, third) = alibaba(&emulator, "2021-03-25", "CreateEmbedToken", &params);
    assert_ne!(third["Result"]["AccessToken"], first["Result"]["AccessToken"]);
}

#[test]
fn an_action_that_is_not_served_is_known_all_the_same() {
    let emulator = demo(AuthMode::Off);
    let response = tencent(&emulator, "ExportScreenPage", &json!({ "ProjectId": "117", "PageId": "11520" }));
    assert_eq!(code(&response), "UnsupportedOperation");
    assert_eq!(code(&tencent(&emulator, "DescribeNothing", &json!({}))), "InvalidAction");
    let (status, body) =
        alibaba(&emulator, "2022-01-01", "QueryCubeOptimization", &[("WorkspaceId", "workspace-demo")]);
    assert_eq!((status, code(&body)), (400, "UnsupportedOperation"));
    let (status, body) = alibaba(&emulator, "2022-01-01", "CreateEmbedToken", &[]);
    assert_eq!((status, code(&body)), (404, "InvalidAction.NotFound"), "the newer version dropped it");
}

#[test]
fn every_answer_carries_its_request_id_in_a_header_of_ours() {
    let emulator = demo(AuthMode::Off);
    let reply = pipeline::serve(&emulator, tencent_raw("CreateEmbedToken", "{}"));
    assert_eq!(reply.header("x-ticketbooth-request"), json(&reply)["Response"]["RequestId"].as_str());
    let reply = pipeline::serve(&emulator, alibaba_raw("2022-01-01", "CreateTicket", &[]));
    let upper = reply.header("x-ticketbooth-request").unwrap().to_uppercase();
    assert_eq!(Some(upper.as_str()), json(&reply)["RequestId"].as_str());
}

#[test]
fn a_request_for_nobody_is_told_what_was_looked_for() {
    let reply = pipeline::serve(&demo(AuthMode::Off), raw("GET", "/", &[("host", "127.0.0.1:4240")], b""));
    let text = String::from_utf8(reply.body.to_vec()).unwrap();
    assert_eq!(reply.status, 400);
    assert!(text.contains("X-TC-") && text.contains("x-acs-") && text.contains("ticketbooth env"), "{text}");
}
