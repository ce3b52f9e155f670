//! What single reading actions make of a world: orders, trees, rights and windows of time.

use serde_json::{Value, json};
use ticketbooth::emulator::{AuthMode, Emulator};
use ticketbooth::world::World;

use crate::kit::{NOON, alibaba, assumptions, code, demo, emulator, tencent};

const WANGWU: &str = "46e537466d5e4a3aa1b2c3d4e92704c8";
const ZHANGSAN: &str = "5b0f8c1d2e3a4b5c8d7e6f5a4b3c2d1e";

fn told_by(emulator: &Emulator, action: &str, params: &[(&str, &str)]) -> Value {
    let (status, body) = alibaba(emulator, "2022-01-01", action, params);
    assert_eq!(status, 200, "{action}: {body}");
    body["Result"].clone()
}

fn told(action: &str, params: &[(&str, &str)]) -> Value {
    told_by(&demo(AuthMode::Off), action, params)
}

fn world(text: &str) -> Emulator {
    let text = format!("ticketbooth: 1\nname: small\n{text}");
    emulator(World::load("small.yaml", &text, &assumptions()).unwrap(), AuthMode::Off, NOON)
}

fn each<'v>(list: &'v Value, member: &str) -> Vec<&'v str> {
    list.as_array().unwrap().iter().map(|item| item[member].as_str().unwrap()).collect()
}

#[test]
fn recent_reports_come_by_time_or_by_number_and_within_some_days() {
    let recent = |more: &[(&str, &str)]| {
        let page = told("ListRecentViewReports", &[&[("UserId", WANGWU)], more].concat());
        each(&page["Data"], "Name").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(recent(&[]), ["Sales dashboard", "Price list"], "the last visited first");
    assert_eq!(recent(&[("QueryMode", "1")]), ["Price list", "Sales dashboard"], "the most visited first");
    assert_eq!(recent(&[("OffsetDay", "5")]), ["Sales dashboard"], "the other was six days ago");
    assert_eq!(recent(&[("TreeType", "REPORT")]), ["Price list"]);
    assert_eq!(recent(&[("Keyword", "SALES"), ("PageSize", "9999")]), ["Sales dashboard"]);
    let first = &told("ListRecentViewReports", &[("UserId", WANGWU)])["Data"][0];
    assert_eq!(first["LatestViewTime"], "1767571200000", "a visit without a time is one just now");
    assert_eq!(told("ListRecentViewReports", &[("UserId", ZHANGSAN)])["TotalNum"], 0);
}

const SHARES: &str = r#"
alibaba:
  credentials: [{ access_key_id: LTAIlocaltest000000000000, access_key_secret: s, organization: o }]
  organizations:
    - id: o
      users: [{ id: u, account: one }]
      user_groups: [{ id: g, name: Group }]
      workspaces: [{ id: ws, name: Space }]
      works: [{ id: w, name: Work, type: data-entry, workspace: ws, owner: u }]
      shares:
        - { id: s1, work: w, to: user, receiver: u, points: 11, created: "2026-01-01T08:00:00+08:00" }
        - { id: s2, work: w, to: organization }
        - { id: s3, work: w, to: group, receiver: g, until: "2026-01-06T00:00:00+08:00", points: 3 }
        - { id: s4, work: w, to: user, receiver: u, until: "2026-01-02T00:00:00+08:00" }
"#;

#[test]
fn rights_on_a_resource_are_those_in_force_unless_all_are_asked_for() {
    let emulator = world(SHARES);
    let rights = |kind: &str, has: &str, more: &[(&str, &str)]| {
        let own = [("ResourceId", "w"), ("WorksType", "dataForm"), ("ShareToType", kind), ("HasAuth", has)];
        told_by(&emulator, "ListAuthConfigByResource", &[&own, more].concat())
    };
    let users = rights("0", "true", &[]);
    assert_eq!(each(&users, "AuthorizedId"), ["u", "o"], "those of the organization stand among those of users");
    assert_eq!(users[0]["Authorities"], json!(["READ", "EXPORT", "EDITE"]));
    assert_eq!((users[0]["GmtCreate"].as_str(), users[0]["Scope"].as_i64()), (Some("2026-01-01 08:00:00"), Some(0)));
    let all = rights("0", "false", &[]);
    assert_eq!((all.as_array().unwrap().len(), all[2]["Authorities"].clone()), (3, json!([])), "one has ended");
    let groups = rights("1", "true", &[]);
    assert_eq!((groups[0]["ExpireDate"].as_str(), groups[0]["Scope"].as_i64()), (Some("1767628800000"), Some(1)));
    assert_eq!(rights("0", "true", &[("Keyword", "ON")]).as_array().unwrap().len(), 1);
    let other = [("ResourceId", "w"), ("WorksType", "cube"), ("ShareToType", "0"), ("HasAuth", "true")];
    assert_eq!(told_by(&emulator, "ListAuthConfigByResource", &other), json!([]));
}

#[test]
fn a_data_set_is_told_as_json_text() {
    let told = told("QueryDatasetDetailInfo", &[("DatasetId", "dataset-demo")]);
    let told: Value = serde_json::from_str(told.as_str().unwrap()).unwrap();
    assert_eq!(told["cube"]["dimensions"][0]["factColumn"], "city");
    assert_eq!(told["cube"]["measures"][0]["measureType"], "standard_measure");
    assert_eq!(
        told["cube"]["table"],
        json!({ "customsql": false, "dsId": "datasource-demo", "sql": null, "tableName": "orders" })
    );
    assert_eq!(told["directory"]["pathId"], "directory-reports/directory-sales");
    let (status, body) = alibaba(
        &demo(AuthMode::Off),
        "2020-08-05",
        "QueryDatasetRowLevelPermissionInfo",
        &[("DatasetId", "dataset-demo")],
    );
    let rules: Value = serde_json::from_str(body["Result"].as_str().unwrap()).unwrap();
    assert_eq!((status, rules["ruleModels"][0]["ruleId"].as_str()), (200, Some("rule-south")));
}

#[test]
fn who_may_ask_smart_q() {
    let may = |user: &str| {
        told("QuerySmartqPermissionByCubeId", &[("CubeId", "dataset-demo"), ("UserId", user)])["HasPerssion"] == true
    };
    assert!(may(WANGWU), "the owner of the data set");
    assert!(may(ZHANGSAN), "named");
    assert!(!may("duplicate-user-1"));
    let of = |user: &str| told("QueryLlmCubeWithThemeListByUserId", &[("UserId", user)]);
    assert_eq!(
        of(WANGWU),
        json!({ "CubeIds": { "dataset-demo": "Orders" }, "ThemeIds": { "llm-theme-demo": "Sales" } })
    );
    assert_eq!(of(ZHANGSAN), json!({ "CubeIds": { "dataset-demo": "Orders" }, "ThemeIds": {} }));
    assert_eq!(of("duplicate-user-1"), json!({ "CubeIds": {}, "ThemeIds": {} }));
    let dashboards = [("UserId", "duplicate-user-1"), ("WorkspaceId", "workspace-demo")];
    assert_eq!(told("QueryDashboardNl2sql", &dashboards)[0]["Authorities"], json!([]));
    let ranges = told("QueryDataRange", &[("Type", "llmCube")]);
    assert_eq!(
        (each(&ranges["ApiCopilotLlmCubeModels"], "Alias"), &ranges["ApiCopilotThemeModels"]),
        (vec!["Orders"], &json!([]))
    );
}

const GROUPS: &str = r#"
tencent:
  credentials: [{ secret_id: AKIDlocaltest0000000000000000000000, secret_key: s }]
  corporations:
    - id: "1"
      users: [{ id: "7", name: Seven }, { id: "8", name: Eight }]
      user_groups:
        - { id: 1, name: Company }
        - { id: 2, name: Sales, parent: 1, members: ["7"], created: "2025-03-01T09:00:00+08:00", admin_user: "7" }
        - { id: 3, name: South, parent: 2, members: ["8"], created: "2025-04-01T09:00:00+08:00" }
        - { id: 4, name: Guests, default: true }
  projects:
    - id: 9
      name: Project
      corporation: "1"
      pages: [{ id: 90, name: Page, rights: [{ group: 2, name: PageView }, { group: 2, name: PageExport }] }]
"#;

#[test]
fn groups_are_told_as_a_tree() {
    let emulator = world(GROUPS);
    let tree = |params: Value| tencent(&emulator, "DescribeUserGroupTreeList", &params);
    let whole = tree(json!({}));
    assert_eq!(whole["Msg"], "默认业务成功");
    let whole = &whole["Data"];
    assert_eq!(each(whole, "GroupName"), ["Company", "Guests"]);
    let south = &whole[0]["Children"][0]["Children"][0];
    assert_eq!((south["ParentName"].as_str(), south["HasChildren"].as_bool()), (Some("Sales"), Some(false)));
    assert_eq!(south["UserList"], json!([{ "UserId": "8", "UserName": "Eight" }]));
    assert_eq!((whole[1]["IsDefault"].as_i64(), &whole[1]["ParentName"]), (Some(1), &Value::Null));
    assert_eq!(each(&tree(json!({ "Keyword": "so" }))["Data"], "GroupName"), ["South"], "of any place");
    assert_eq!(each(&tree(json!({ "ParentIds": [1, 2] }))["Data"], "GroupName"), ["Sales", "South"]);
    let left = tree(json!({ "GroupIds": [1], "FilterGroupIds": [2] }));
    assert_eq!((left["Data"][0]["HasChildren"].as_bool(), &left["Data"][0]["Children"]), (Some(false), &json!([])));
}

#[test]
fn members_of_groups_come_in_the_order_that_is_asked_for() {
    let emulator = world(GROUPS);
    let members = |action: &str, params: Value| {
        let response = tencent(&emulator, action, &params);
        each(&response["Data"]["List"], "UserName").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let list = "DescribeUserGroupMemberList";
    assert_eq!(members(list, json!({ "PageNo": 0 })), ["Seven", "Eight"]);
    assert_eq!(members(list, json!({ "CreatedOnOrder": "desc" })), ["Eight", "Seven"]);
    assert_eq!(members(list, json!({ "GroupIds": [3] })), ["Eight"]);
    assert_eq!(members("QueryUserGroupMember", json!({ "FilterGroupIds": [3] })), ["Seven"]);
    let told = tencent(&emulator, list, &json!({ "Keyword": "sev" }));
    let seven = json!({ "UserName": "Seven", "UserId": "7", "CreatedBy": "7", "CreatedOn": "2025-03-01 09:00:00" });
    assert_eq!(told["Data"]["List"], json!([seven]));
}

#[test]
fn rights_of_groups_on_a_page() {
    let emulator = world(GROUPS);
    let page = |params: Value| tencent(&emulator, "DescribeResourceUserGroupPageList", &params)["Data"].clone();
    let all = page(json!({ "PageId": 90, "PageSize": 1 }));
    assert_eq!((all["Total"].as_i64(), all["List"].as_array().unwrap().len()), (Some(2), 1));
    let rights = &all["List"][0]["Children"][0]["ResourceList"];
    let given: Vec<bool> = rights.as_array().unwrap().iter().map(|right| right["ResourceValue"] == true).collect();
    assert_eq!(given, [true, false, true, false, false]);
    let one = page(json!({ "EntityId": 90, "ParentId": 1, "ResourceName": "PageExport" }));
    let right = json!([{ "ResourceName": "PageExport", "ResourceValue": true, "CanChange": true, "Tips": "" }]);
    assert_eq!((one["List"][0]["GroupName"].as_str(), &one["List"][0]["ResourceList"]), (Some("Sales"), &right));
}

#[test]
fn one_action_answers_with_a_request_id_alone() {
    let response = tencent(&demo(AuthMode::Off), "DescribeUserGroupInfo", &json!({ "Id": 2 }));
    assert_eq!(response.as_object().unwrap().keys().collect::<Vec<_>>(), ["RequestId"]);
    let unknown = tencent(&demo(AuthMode::Off), "DescribeUserGroupInfo", &json!({ "Id": 9 }));
    assert_eq!(code(&unknown), "UnsupportedOperation.BIError");
}

#[test]
fn where_no_rule_is_the_data_are_null() {
    let emulator = demo(AuthMode::Off);
    let status =
        |table: u64| tencent(&emulator, "DescribePermissionStatusInfo", &json!({ "TableId": table }))["Data"].clone();
    assert_eq!(status(1), Value::Null);
    let known = json!({ "TableId": 700_001, "Type": "row", "Mode": "specify", "OpenStatus": "open", "RoleType": "roles", "RoleId": 5 });
    assert_eq!(status(700_001), known);
}

#[test]
fn groups_stand_in_each_other_so_deep_and_no_deeper() {
    let nested = |levels: usize| {
        let mut text = String::from(
            "ticketbooth: 1\nname: deep\ntencent:\n  corporations:\n    - id: \"1\"\n      user_groups:\n",
        );
        for id in 1..=levels {
            let parent = if id == 1 { String::new() } else { format!(", parent: {}", id - 1) };
            text += &format!("        - {{ id: {id}, name: G{parent} }}\n");
        }
        World::load("deep.yaml", &text, &assumptions())
    };
    assert!(nested(32).is_ok());
    let problems = nested(34).unwrap_err().to_string();
    assert_eq!(problems.matches("at most 32 deep").count(), 2, "{problems}");
}
