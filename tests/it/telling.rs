//! Actions that tell of things: their rows against the vendors' models, and what they tell of a world.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use ticketbooth::cloud::catalog::{Does, ErrorScope, ParamKind};
use ticketbooth::cloud::telling::{AnswerPart, AnswerType, Constant, ListMember};
use ticketbooth::cloud::vendors;
use ticketbooth::cloud::writing::{WriteAnswer, Writing};
use ticketbooth::emulator::AuthMode;
use ticketbooth::pipeline;

use crate::catalogue::stands_in;
use crate::kit::{alibaba, code, demo, json as json_of, raw, read, tencent};

/// The models of a vendor: for each action its versions, parameters, codes and the shape of its result.
fn models(vendor: &str) -> Map<String, Value> {
    serde_json::from_str(&read(&format!("tests/models/{vendor}.json"))).unwrap()
}

#[test]
fn every_action_has_the_parameters_and_versions_of_its_model() {
    for vendor in vendors().iter().filter(|vendor| ["tencent", "alibaba"].contains(&vendor.name)) {
        let models = models(vendor.name);
        let rows: BTreeSet<&str> = vendor.catalog.rows().map(|row| row.name).collect();
        let known: BTreeSet<&str> = models.keys().map(String::as_str).collect();
        assert_eq!(rows, known, "{}", vendor.name);
        for row in vendor.catalog.rows().filter(|row| row.family().is_none()) {
            let model = &models[row.name];
            let versions: Vec<&str> = model["versions"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            // A guide of older versions lists it in more than the SDKs do.
            assert!(row.versions == versions || row.name == "QueryDataService", "{}: {:?}", row.name, row.versions);
            let of_row: BTreeMap<&str, (&str, bool)> =
                row.params.iter().map(|param| (param.name, (word(param.kind, vendor.name), param.required))).collect();
            let of_model: BTreeMap<&str, (&str, bool)> = model["params"]
                .as_object()
                .unwrap()
                .iter()
                .map(|(name, param)| (name.as_str(), (param[0].as_str().unwrap(), param[1].as_bool() == Some(true))))
                .collect();
            assert_eq!(of_row, of_model, "{}.{}", vendor.name, row.name);
        }
    }
}

fn word(kind: ParamKind, vendor: &str) -> &'static str {
    match kind {
        ParamKind::Text => "string",
        ParamKind::Nat if vendor == "tencent" => "unsigned",
        ParamKind::Int | ParamKind::Nat => "integer",
        ParamKind::Bool => "boolean",
        ParamKind::List => "array",
        ParamKind::Object => "object",
    }
}

#[test]
fn every_code_of_an_actions_list_can_be_given_by_it() {
    let mut count = 0;
    for vendor in vendors().iter().filter(|vendor| ["tencent", "alibaba"].contains(&vendor.name)) {
        for (action, model) in models(vendor.name) {
            for code in model["codes"].as_array().unwrap().iter().filter_map(Value::as_str) {
                let gives =
                    vendor.catalog.errors.iter().any(|row| row.code == code && row.scope.covers_action(&action));
                assert!(gives, "{}.{action} cannot give {code}", vendor.name);
                count += 1;
            }
        }
    }
    assert!(count > 400, "{count}");
}

/// The vendor's list is all that its service says, so a code of the service stands in no other action's row.
#[test]
fn an_action_gives_no_code_of_the_service_that_its_list_lacks() {
    let models = models("tencent");
    let vendor = vendors().iter().find(|vendor| vendor.name == "tencent").unwrap();
    for row in vendor.catalog.errors.iter().filter(|row| matches!(row.scope, ErrorScope::Actions(_))) {
        for action in vendor.catalog.rows().filter(|action| row.scope.covers_action(action.name)) {
            let listed = models[action.name]["codes"].as_array().unwrap();
            assert!(listed.contains(&json!(row.code)), "{} gives {}", action.name, row.code);
        }
    }
}

#[test]
fn every_part_of_an_answer_is_a_field_of_the_documented_shape_in_its_type() {
    let (mut fields, mut left_out) = (0, BTreeMap::new());
    for vendor in vendors().iter().filter(|vendor| ["tencent", "alibaba"].contains(&vendor.name)) {
        let models = models(vendor.name);
        for row in vendor.catalog.rows() {
            let mut walk = ShapeWalk { action: row.name, fields: 0, unset: Vec::new() };
            match &row.does {
                Does::Tells(telling) => walk.part(&telling.answer, &models[row.name]["result"], ""),
                Does::Writes(writing) => walk.answer(writing, &models[row.name]["result"]),
                _ => continue,
            }
            fields += walk.fields;
            left_out.insert(format!("{}.{}", vendor.name, row.name), walk.unset);
        }
    }
    for (action, unset) in left_out.iter().filter(|(_, unset)| !unset.is_empty()) {
        println!("{action} leaves out {}: {}", unset.len(), unset.join(", "));
    }
    println!(
        "{} actions, {fields} fields, {} left out",
        left_out.len(),
        left_out.values().map(Vec::len).sum::<usize>()
    );
    assert!(left_out.len() >= 50 && fields > 400, "{} {fields}", left_out.len());
}

struct ShapeWalk<'a> {
    action: &'a str,
    fields: usize,
    unset: Vec<String>,
}

impl ShapeWalk<'_> {
    fn answer(&mut self, writing: &Writing, shape: &Value) {
        match &writing.answer {
            WriteAnswer::Part(part) | WriteAnswer::Kept(part) => self.part(part, shape, ""),
            WriteAnswer::Done => assert_eq!(shape, "boolean", "{}", self.action),
            WriteAnswer::Count => assert_eq!(shape, "integer", "{}", self.action),
            // A write without a result: the vendor's type for it says nothing.
            WriteAnswer::Nothing => assert!(shape.is_string(), "{}: {shape}", self.action),
        }
    }

    fn part(&mut self, part: &AnswerPart, shape: &Value, place: &str) {
        let wrong = |given: &str| panic!("{} {place}: {given} where the shape is {shape}", self.action);
        let is = |kind: AnswerType| match (kind, shape) {
            (AnswerType::Text, Value::String(word)) => word == "string",
            (AnswerType::Int, Value::String(word)) => word == "integer",
            (AnswerType::Bool, Value::String(word)) => word == "boolean",
            (AnswerType::List, Value::Array(_)) | (AnswerType::Object, Value::Object(_)) => true,
            // Names of its own, which are ids.
            (AnswerType::Object, Value::String(word)) => word == "map",
            _ => false,
        };
        match part {
            AnswerPart::Object(members) => {
                let Value::Object(known) = shape else { wrong("an object") };
                if known.is_empty() {
                    // A thing that holds things of its own kind; the shape goes no deeper.
                    return;
                }
                for (name, part) in *members {
                    let Some(shape) = known.get(*name) else { panic!("{} has no {place}.{name}", self.action) };
                    self.fields += 1;
                    self.part(part, shape, &format!("{place}.{name}"));
                }
                let set = |name: &String| members.iter().any(|(own, _)| own == name);
                self.unset.extend(known.keys().filter(|name| !set(name)).map(|name| format!("{place}.{name}")));
            }
            AnswerPart::Leaf(_, form) => assert!(is(form.kind()), "{} {place}: {form:?}, not {shape}", self.action),
            AnswerPart::Sent(_) => assert!(is(AnswerType::Text), "{} {place}", self.action),
            AnswerPart::Constant(fixed) => {
                let kind = match fixed {
                    Constant::Text(_) => AnswerType::Text,
                    Constant::Int(_) => AnswerType::Int,
                    Constant::Bool(_) => AnswerType::Bool,
                    Constant::None => AnswerType::List,
                    Constant::Null => return assert!(shape.is_null(), "{} {place}: {shape}", self.action),
                };
                assert!(is(kind), "{} {place}: {fixed:?}, not {shape}", self.action);
            }
            AnswerPart::Each(_, item) => match shape {
                Value::Array(items) => self.part(item, &items[0], place),
                _ => wrong("a list"),
            },
            AnswerPart::Page(pages, _, item) => {
                let Value::Object(known) = shape else { wrong("a page") };
                let set = |name: &String| pages.members.iter().any(|(own, _)| own == name);
                self.unset.extend(known.keys().filter(|name| !set(name)).map(|name| format!("{place}.{name}")));
                for (name, member) in pages.members {
                    match (member, &known[*name]) {
                        (ListMember::Items, Value::Array(items)) => self.part(item, &items[0], place),
                        (_, shape) => assert_eq!(shape, "integer", "{} {name}", self.action),
                    }
                }
            }
            AnswerPart::First(_, item) | AnswerPart::Inside(_, item) => self.part(item, shape, place),
            AnswerPart::Count(_) => assert!(is(AnswerType::Int), "{} {place}", self.action),
            AnswerPart::Any(_) => assert!(is(AnswerType::Bool), "{} {place}", self.action),
            AnswerPart::Strangers { .. } => assert_eq!(shape, &json!(["string"]), "{} {place}", self.action),
            AnswerPart::Computed(kind, _) => assert!(is(*kind), "{} {place}: {kind:?}, not {shape}", self.action),
        }
    }
}

#[test]
fn the_page_of_actions_is_up_to_date() {
    let mut page = String::from(
        "# Actions\n\nMade by a test of the rows; do not edit by hand.\n\nAn action works on *tickets*, *tells* of things of the world, \
         or is *not served*: then its parameters are checked, and the answer is `UnsupportedOperation`. A star stands at \
         a parameter that has to be there. What the vendor's model has in an answer and ours leaves out stands in the \
         last column, with dots for members of members.\n\n",
    );
    for vendor in vendors().iter().filter(|vendor| ["tencent", "alibaba"].contains(&vendor.name)) {
        let models = models(vendor.name);
        page += &format!(
            "## {}\n\n| action | versions | does | parameters | left out |\n| --- | --- | --- | --- | --- |\n",
            vendor.name
        );
        let mut rows: Vec<_> = vendor.catalog.rows().collect();
        rows.sort_by_key(|row| row.name);
        for row in rows {
            let mut walk = ShapeWalk { action: row.name, fields: 0, unset: Vec::new() };
            let does = match &row.does {
                Does::Tickets(_) => "tickets",
                Does::Tells(telling) => {
                    walk.part(&telling.answer, &models[row.name]["result"], "");
                    "tells"
                }
                Does::Writes(writing) => {
                    walk.answer(writing, &models[row.name]["result"]);
                    "changes"
                }
                Does::Nothing => "not served",
            };
            let star = |required: bool| if required { "\\*" } else { "" };
            let params = row.params.iter().map(|param| format!("{}{}", param.name, star(param.required)));
            let params = params.collect::<Vec<_>>().join(", ");
            let unset = walk.unset.iter().map(|place| place.trim_start_matches('.')).collect::<Vec<_>>();
            let unset = if unset.is_empty() { String::new() } else { format!("{}: {}", unset.len(), unset.join(", ")) };
            page += &format!("| {} | {} | {does} | {params} | {unset} |\n", row.name, row.versions.join(" "));
        }
        page.push('\n');
    }
    stands_in("docs/actions.md", &format!("{}\n", page.trim_end()));
}

const WANGWU: &str = "46e537466d5e4a3aa1b2c3d4e92704c8";
const ZHANGSAN: &str = "5b0f8c1d2e3a4b5c8d7e6f5a4b3c2d1e";

fn told(action: &str, params: &[(&str, &str)]) -> Value {
    let (status, body) = alibaba(&demo(AuthMode::Off), "2022-01-01", action, params);
    assert_eq!(status, 200, "{action}: {body}");
    body["Result"].clone()
}

fn refused(action: &str, params: &[(&str, &str)]) -> String {
    let (status, body) = alibaba(&demo(AuthMode::Off), "2022-01-01", action, params);
    assert_eq!(status, 400, "{action}: {body}");
    code(&body).to_owned()
}

#[test]
fn pages_begin_at_one_and_end_where_there_is_no_more() {
    let works = |page: &str, size: &str| {
        let page =
            told("QueryWorksByWorkspace", &[("WorkspaceId", "workspace-demo"), ("PageNum", page), ("PageSize", size)]);
        let ids: Vec<String> =
            page["Data"].as_array().unwrap().iter().map(|work| work["WorksId"].as_str().unwrap().to_owned()).collect();
        assert_eq!(page["TotalNum"], 10);
        (ids, page["PageNum"].as_i64().unwrap(), page["TotalPages"].as_i64().unwrap())
    };
    let (first, number, pages) = works("1", "4");
    assert_eq!((first.len(), number, pages), (4, 1, 3));
    assert_eq!(works("0", "4"), works("1", "4"), "nought is the first page too");
    let (last, ..) = works("3", "4");
    assert_eq!(last.len(), 2);
    assert_eq!(works("4", "4").0, Vec::<String>::new(), "beyond the last one is nothing");
    let by_one: Vec<String> = (1..=10).flat_map(|page| works(&page.to_string(), "1").0).collect();
    assert_eq!(by_one, works("1", "1000").0);
    for size in ["0", "1001", "-1"] {
        assert_eq!(refused("QueryWorksByOrganization", &[("PageSize", size)]), "Invalid.Parameter", "{size}");
    }
    let whole = told("QueryWorksByOrganization", &[]);
    assert_eq!((whole["PageNum"].clone(), whole["PageSize"].clone()), (json!(1), json!(10)));
}

#[test]
fn a_keyword_is_a_part_of_a_name_and_no_pattern() {
    let found = |keyword: &str| told("QueryUserList", &[("Keyword", keyword)])["TotalNum"].as_i64().unwrap();
    assert_eq!(found("WANG"), 2, "whatever the case, in account or nick name");
    for nothing in ["%", "*", "_", ".*", "王"] {
        assert_eq!(found(nothing), 0, "{nothing}");
    }
}

#[test]
fn lists_of_nothing_are_told_in_each_vendors_words() {
    let page = told("QueryUserList", &[("Keyword", "nobody")]);
    let empty = json!({ "Data": [], "PageNum": 1, "PageSize": 10, "TotalNum": 0, "TotalPages": 0 });
    assert_eq!(page, empty);
    let response = tencent(&demo(AuthMode::Off), "DescribeProjectList", &json!({ "Keyword": "nothing", "PageNo": 0 }));
    assert_eq!(response["Data"], json!({ "List": [], "Total": 0, "TotalPages": 0 }));
}

/// From the account to the data behind its works, as a backend looks around before it embeds.
#[test]
fn an_account_leads_to_its_data() {
    let user = told("QueryUserInfoByAccount", &[("Account", "wangwu")]);
    assert_eq!((user["UserId"].as_str(), user["AdminUser"].as_bool()), (Some(WANGWU), Some(true)));
    let workspaces = told("QueryOrganizationWorkspaceList", &[("UserId", WANGWU)]);
    let workspace = workspaces["Data"][0]["WorkspaceId"].as_str().unwrap();
    let pages = told("QueryWorksByWorkspace", &[("WorkspaceId", workspace), ("WorksType", "PAGE")]);
    let work = &pages["Data"][0];
    assert_eq!(work["Directory"]["PathId"], "directory-reports/directory-sales");
    assert_eq!(work["GmtCreate"], "1740963600000");
    let lineage = told("QueryWorksBloodRelationship", &[("WorksId", work["WorksId"].as_str().unwrap())]);
    assert_eq!(
        lineage[0]["QueryParams"][1],
        json!({ "Uid": "f-price", "Caption": "Price", "DataType": "number", "IsMeasure": true })
    );
    let set = told("QueryDatasetInfo", &[("DatasetId", lineage[0]["DatasetId"].as_str().unwrap())]);
    assert_eq!((set["DsName"].as_str(), set["RowLevel"].as_bool()), (Some("Sales database"), Some(true)));
    assert_eq!(set["MeasureList"][0]["FactColumn"], "price");
}

#[test]
fn who_may_read_a_work() {
    let may = |user: &str, work: &str| told("CheckReadable", &[("UserId", user), ("WorksId", work)]) == json!(true);
    assert!(may(WANGWU, "analysis-demo"), "its owner, and a member of its workspace");
    assert!(may(ZHANGSAN, "workbook-demo"), "shared with a group of his");
    assert!(may(ZHANGSAN, "screen-demo"), "shared with himself");
    assert!(!may(ZHANGSAN, "analysis-demo"));
    let readable = told("QueryReadableResourcesListByUserId", &[("UserId", ZHANGSAN)]);
    let names: Vec<&str> = readable.as_array().unwrap().iter().filter_map(|work| work["WorksId"].as_str()).collect();
    assert_eq!(names, ["workbook-demo", "screen-demo"]);
}

#[test]
fn a_menu_is_shown_to_those_who_have_a_right_to_it() {
    let menus = |params: &[(&str, &str)]| {
        let portal = [&[("DataPortalId", "portal-demo")], params].concat();
        let told: Value = serde_json::from_str(told("ListPortalMenus", &portal).as_str().unwrap()).unwrap();
        let children = told[0]["children"].as_array().unwrap().clone();
        children.iter().map(|menu| menu["menuId"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(menus(&[]), ["menu-sales", "menu-prices"]);
    assert_eq!(menus(&[("UserId", ZHANGSAN)]), ["menu-sales", "menu-prices"], "by his group");
    assert_eq!(menus(&[("UserId", WANGWU)]), ["menu-sales"]);
}

#[test]
fn rules_of_a_data_set_are_told_as_json_text() {
    let told = told("ListCubeDataLevelPermissionConfig", &[("CubeId", "dataset-demo"), ("RuleType", "ROW_LEVEL")]);
    let told: Value = serde_json::from_str(told.as_str().unwrap()).unwrap();
    assert_eq!((told["isOpen"].as_i64(), told["extraConfigModel"]["missHitPolicy"].as_str()), (Some(1), Some("NONE")));
    assert_eq!(told["ruleModels"][0]["ruleUsersModel"], json!({ "userGroups": ["group-sales"], "users": [] }));
}

#[test]
fn clients_write_truths_in_two_ways_and_numbers_as_text() {
    for flag in ["true", "True", "false"] {
        assert_eq!(
            refused("UpdateEmbeddedStatus", &[("WorksId", "x"), ("ThirdPartAuthFlag", flag)]),
            "Report.NotExist.Error"
        );
    }
    let wrong = refused("UpdateEmbeddedStatus", &[("WorksId", "x"), ("ThirdPartAuthFlag", "perhaps")]);
    assert_eq!(wrong, "InvalidThirdPartAuthFlag");
    assert_eq!(refused("AddUser", &[("UserType", "1")]), "MissingNickName");
}

#[test]
fn an_older_version_answers_a_business_error_with_500() {
    let emulator = demo(AuthMode::Off);
    let (status, body) = alibaba(&emulator, "2020-08-01", "QueryUserInfoByUserId", &[("UserId", "nobody")]);
    assert_eq!((status, code(&body)), (500, "User.Not.In.Organization"));
}

/// In a query and in a form an item of a list is a parameter of its own, as the official SDKs send it.
#[test]
fn a_list_in_a_query_is_one_parameter_for_each_item() {
    let emulator = demo(AuthMode::Off);
    let found = |items: &str| {
        let target = format!("/?{items}");
        let headers = [
            ("host", "127.0.0.1:4240"),
            ("content-type", "application/x-www-form-urlencoded"),
            ("x-tc-action", "DescribeProjectList"),
            ("x-tc-version", "2022-01-05"),
        ];
        let reply = pipeline::serve(&emulator, raw("GET", &target, &headers, b""));
        json_of(&reply)["Response"]["Data"]["Total"].as_i64()
    };
    assert_eq!(found("ModuleIdList.0=117&ModuleIdList.1=111"), Some(2));
    assert_eq!(found("ModuleIdList.0=117"), Some(1));
    assert_eq!(found("ModuleIdListed=117"), None, "a name that only begins so is nobody's");
    assert_eq!(found("ModuleIdList=117"), None, "a list that came as one text is none");
    assert_eq!(found("ModuleIdList.0=&ModuleIdList.1=117"), Some(1), "a blank item is none");
    let body = tencent(&emulator, "DescribeProjectList", &json!({ "ModuleIdList": ["117", "111"] }));
    assert_eq!(body["Data"]["Total"], 2);
}

#[test]
fn a_corporation_sees_its_own_projects() {
    let emulator = demo(AuthMode::Off);
    let response = tencent(&emulator, "DescribeProjectList", &json!({ "PageNo": 1, "PageSize": 2 }));
    let page = &response["Data"];
    assert_eq!((page["Total"].as_i64(), page["TotalPages"].as_i64()), (Some(5), Some(3)));
    assert_eq!((page["List"][0]["Id"].as_i64(), page["List"][0]["MemberCount"].as_i64()), (Some(117), Some(1)));
    let all = tencent(&emulator, "DescribeProjectList", &json!({ "AllPage": true, "PageSize": 2 }));
    assert_eq!(all["Data"]["List"].as_array().unwrap().len(), 5);
    let widgets = tencent(&emulator, "DescribePageWidgetList", &json!({ "ProjectId": "117", "PageId": "11520" }));
    assert_eq!(widgets["Data"]["WidgetList"][0], json!({ "WidgetId": "bar_x1", "WidgetName": "Sales by city" }));
    let foreign = tencent(&emulator, "DescribeProjectInfo", &json!({ "Id": 404 }));
    assert_eq!(code(&foreign), "UnsupportedOperation.BIError");
    let elsewhere =
        tencent(&emulator, "DescribePageWidgetList", &json!({ "ProjectId": "11015030", "PageId": "11520" }));
    assert_eq!(code(&elsewhere), "UnsupportedOperation.BIError", "the page is another project's");
    let members = json!({ "ProjectId": 117, "PageNo": 1, "PageSize": 10 });
    let roles = tencent(&emulator, "DescribeUserRoleProjectList", &members);
    assert_eq!(roles["Data"]["List"][0]["RoleList"][0]["RoleId"], 3);
}

/// How many requests of each action are made; a longer run says more.
fn mutations() -> usize {
    std::env::var("TICKETBOOTH_MUTATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(40)
}

/// Values that some parameter takes, and some that none does.
const VALUES: &[&str] = &[
    "",
    "0",
    "1",
    "-1",
    "1000",
    "1001",
    "99999999999999999999",
    "1.5",
    "true",
    "True",
    "perhaps",
    "null",
    "[]",
    "[1,\"two\",{}]",
    "{}",
    "{\"rule\":1}",
    "117",
    "11520",
    "100024664626",
    "workspace-demo",
    "a206f5f3-0000-4000-8000-e9b17c835b03",
    WANGWU,
    "group-sales,,group-company,",
    "dataset-demo",
    "PAGE",
    "ROW_LEVEL",
    "%",
    "省 a+b&c=d",
    "\u{0}",
    "\u{202e}",
];

#[test]
fn whatever_is_sent_an_action_answers_in_the_words_of_its_list() {
    let mut made = 0;
    for vendor in vendors().iter().filter(|vendor| ["tencent", "alibaba"].contains(&vendor.name)) {
        let emulator = demo(AuthMode::Off);
        for action in vendor.catalog.rows() {
            let mut dice = 0x9e37_79b9_u64.wrapping_mul(action.name.len() as u64 + 1);
            let mut throw = |sides: usize| {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (dice >> 33) as usize % sides
            };
            for _ in 0..mutations() {
                let mut sent: Vec<(&str, &str)> = Vec::new();
                for row in action.params {
                    if throw(4) > 0 {
                        sent.push((row.name, VALUES[throw(VALUES.len())]));
                    }
                }
                let version = action.versions[throw(action.versions.len())];
                let (status, body) = if vendor.name == "tencent" {
                    let json: Map<String, Value> = sent
                        .iter()
                        .map(|(name, text)| {
                            let read = serde_json::from_str(text).ok().filter(|_| throw(2) == 0);
                            ((*name).to_owned(), read.unwrap_or_else(|| json!(text)))
                        })
                        .collect();
                    (200, tencent(&emulator, action.name, &Value::Object(json)))
                } else {
                    alibaba(&emulator, version, action.name, &sent)
                };
                made += 1;
                let said = code(&body);
                if said == "none" {
                    assert_eq!(status, 200, "{} {sent:?}: {body}", action.name);
                    continue;
                }
                // A code of the gateway has the name of a parameter in it.
                let spelt = |row: &str| match row.split_once('{') {
                    Some((front, _)) => said.starts_with(front),
                    None => row == said,
                };
                let listed =
                    vendor.catalog.errors.iter().any(|row| spelt(row.code) && row.scope.covers_action(action.name));
                assert!(listed && said != "InternalError", "{} {sent:?}: {body}", action.name);
            }
        }
    }
    println!("{made} requests");
}
