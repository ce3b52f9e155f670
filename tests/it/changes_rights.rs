//! Changes of rules, members of workspaces, shares, favourites and menus: every reader sees them.

use serde_json::{Value, json};
use ticketbooth::emulator::{AuthMode, Emulator};

use crate::admin::ask;
use crate::changes::{done, refused};
use crate::changes_people::{DASHBOARD, WANGWU, ZHANGSAN, each, may_read};
use crate::kit::{demo, open};

const IN_ROWS: [(&str, &str); 2] = [("CubeId", "dataset-demo"), ("RuleType", "ROW_LEVEL")];

fn rules(booth: &Emulator, level: &str) -> Value {
    let told = done(booth, "ListCubeDataLevelPermissionConfig", &[("CubeId", "dataset-demo"), ("RuleType", level)]);
    serde_json::from_str(told.as_str().unwrap()).unwrap()
}

#[test]
fn a_rule_is_made_changed_and_deleted() {
    let booth = demo(AuthMode::Off);
    let set = |model: &Value| -> Value {
        let told = done(&booth, "SetDataLevelPermissionRuleConfig", &[("RuleModel", &model.to_string())]);
        serde_json::from_str(told.as_str().unwrap()).unwrap()
    };
    let wish = json!({
        "cubeId": "dataset-demo", "ruleName": "No prices", "ruleLevelType": "COLUMN_LEVEL", "ruleTargetScope": "ALL",
        "hitTakeEffect": 1, "isOpen": 1, "ruleUsersModel": { "userGroups": ["group-sales"], "users": [ZHANGSAN] },
        "ruleContentModel": { "ruleContentType": "COLUMN_FORBID", "ruleContentJson": "{\"pathId\":[\"f-price\"]}" },
    });
    let made = set(&wish);
    let id = made["ruleId"].as_str().unwrap().to_owned();
    assert_eq!((&made["cubeId"], &made["ruleLevelType"]), (&json!("dataset-demo"), &json!("COLUMN_LEVEL")));
    assert_eq!(made["ruleContentModel"]["ruleContent"], json!({ "pathId": ["f-price"] }));
    let told = rules(&booth, "COLUMN_LEVEL");
    assert_eq!(
        told["ruleModels"],
        json!([{
            "ruleId": id, "ruleName": "No prices", "isOpen": 1, "hitTakeEffect": 1, "ruleTargetScope": "ALL",
            "ruleUsersModel": { "userGroups": ["group-sales"], "users": [ZHANGSAN] },
            "ruleContentModel": { "ruleContentType": "COLUMN_FORBID", "ruleContentJson": "{\"pathId\":[\"f-price\"]}" },
        }])
    );
    let changed = set(&json!({ "rule": id, "cubeId": "dataset-demo", "ruleLevelType": "COLUMN_LEVEL", "isOpen": 0 }));
    assert_eq!(
        (&changed["ruleId"], &changed["isOpen"], &changed["ruleName"]),
        (&json!(id), &json!(0), &json!("No prices"))
    );
    assert_eq!(rules(&booth, "ROW_LEVEL")["ruleModels"].as_array().unwrap().len(), 1, "the other kind is as it was");

    let people = |action: &str, param: &str, part: &str, users: &[&str]| {
        let model = json!({ "ruleId": id, "cubeId": "dataset-demo", part: { "users": users, "userGroups": [] } });
        assert_eq!(done(&booth, action, &[(param, &model.to_string())]), true);
        rules(&booth, "COLUMN_LEVEL")["ruleModels"][0]["ruleUsersModel"]["users"].clone()
    };
    let added = people("AddDataLevelPermissionRuleUsers", "AddUserModel", "addModel", &[WANGWU, ZHANGSAN]);
    assert_eq!(added, json!([ZHANGSAN, WANGWU]));
    let left = people("DeleteDataLevelPermissionRuleUsers", "DeleteUserModel", "delModel", &[ZHANGSAN, "nobody"]);
    assert_eq!(left, json!([WANGWU]));

    let of_rule = [("CubeId", "dataset-demo"), ("RuleId", id.as_str())];
    assert_eq!(done(&booth, "DeleteDataLevelRuleConfig", &of_rule), true);
    assert_eq!(rules(&booth, "COLUMN_LEVEL")["ruleModels"], json!([]));
    assert_eq!(refused(&booth, "DeleteDataLevelRuleConfig", &of_rule), "RowLevelPermission.Rule.NotExsist");
}

#[test]
fn a_model_that_is_not_in_order_changes_nothing() {
    let booth = demo(AuthMode::Off);
    let set = |model: &str| refused(&booth, "SetDataLevelPermissionRuleConfig", &[("RuleModel", model)]);
    for bad in ["no JSON", "[]", "{}", r#"{"cubeId":"dataset-demo","ruleName":"r","ruleLevelType":"CELL_LEVEL"}"#] {
        assert_eq!(set(bad), "Invalid.Parameter", "{bad}");
    }
    assert_eq!(set(r#"{"cubeId":"unknown","ruleName":"r"}"#), "Cube.Not.Exist");
    assert_eq!(
        set(r#"{"cubeId":"dataset-of-another-organization","ruleName":"r"}"#),
        "Cube.NotBelongTo.CurrentOrganization"
    );
    assert_eq!(set(r#"{"cubeId":"dataset-demo","rule":"unknown"}"#), "RowLevelPermission.Rule.NotExsist");
    assert_eq!(
        set(r#"{"cubeId":"dataset-without-datasource","rule":"rule-south"}"#),
        "RowLevelPermission.Rule.NotBelongToCube"
    );
    let stranger = r#"{"cubeId":"dataset-demo","ruleName":"r","ruleUsersModel":{"users":["nobody"]}}"#;
    assert_eq!(set(stranger), "User.Not.In.Organization");
    let (_, world) = ask(&booth, "GET", "/world?kind=datasets", &Value::Null);
    assert_eq!(world["changed"], 0, "{world}");
}

#[test]
fn switches_policies_and_white_lists_are_seen_by_every_reader() {
    let booth = demo(AuthMode::Off);
    let switches = || done(&booth, "QueryDatasetSwitchInfo", &[("CubeId", "dataset-demo")]);
    assert_eq!(done(&booth, "UpdateDataLevelPermissionStatus", &[&IN_ROWS[..], &[("IsOpen", "0")]].concat()), true);
    assert_eq!(switches()["IsOpenRowLevelPermission"], 0);
    assert_eq!(rules(&booth, "ROW_LEVEL")["isOpen"], 0);
    assert_eq!(done(&booth, "QueryDatasetInfo", &[("DatasetId", "dataset-demo")])["RowLevel"], false);
    assert_eq!(done(&booth, "QueryDatasetList", &[("WorkspaceId", "workspace-demo")])["Data"][0]["RowLevel"], false);
    let columns = [("CubeId", "dataset-demo"), ("RuleType", "COLUMN_LEVEL"), ("IsOpen", "1")];
    done(&booth, "UpdateDataLevelPermissionStatus", &columns);
    assert_eq!(switches()["IsOpenColumnLevelPermission"], 1);
    done(&booth, "SetDataLevelPermissionExtraConfig", &[&IN_ROWS[..], &[("MissHitPolicy", "ALL")]].concat());
    assert_eq!(rules(&booth, "ROW_LEVEL")["extraConfigModel"]["missHitPolicy"], "ALL");
    assert_eq!(rules(&booth, "COLUMN_LEVEL")["extraConfigModel"]["missHitPolicy"], "NONE");

    let white = || done(&booth, "ListDataLevelPermissionWhiteList", &IN_ROWS)["UsersModel"].clone();
    let edit = |more: &[(&str, &str)]| done(&booth, "AddDataLevelPermissionWhiteList", &[&IN_ROWS[..], more].concat());
    edit(&[("OperateType", "ADD"), ("TargetType", "1"), ("TargetIds", ZHANGSAN)]);
    edit(&[("OperateType", "ADD"), ("TargetType", "2"), ("TargetIds", "group-sales,group-company")]);
    edit(&[("OperateType", "DELETE"), ("TargetType", "2"), ("TargetIds", "group-company")]);
    assert_eq!(white(), json!({ "Users": [WANGWU, ZHANGSAN], "UserGroups": ["group-sales"] }));
    let model = json!({ "ruleType": "ROW_LEVEL", "cubeId": "dataset-demo", "usersModel": { "users": [ZHANGSAN] } });
    done(&booth, "SetDataLevelPermissionWhiteList", &[("WhiteListModel", &model.to_string())]);
    assert_eq!(white(), json!({ "Users": [ZHANGSAN], "UserGroups": [] }));

    let bad = |action: &str, more: &[(&str, &str)]| refused(&booth, action, &[&IN_ROWS[..], more].concat());
    assert_eq!(bad("UpdateDataLevelPermissionStatus", &[("IsOpen", "2")]), "Invalid.Parameter");
    assert_eq!(bad("SetDataLevelPermissionExtraConfig", &[("MissHitPolicy", "SOME")]), "Invalid.Parameter");
    assert_eq!(bad("AddDataLevelPermissionWhiteList", &[("TargetType", "3")]), "Invalid.Parameter");
    assert_eq!(bad("AddDataLevelPermissionWhiteList", &[("TargetIds", "nobody")]), "User.Not.In.Organization");
}

#[test]
fn an_open_page_shows_what_calls_changed_of_its_user() {
    let booth = demo(AuthMode::Off);
    let page = || {
        let ticket = done(&booth, "CreateTicket", &[("WorksId", DASHBOARD), ("UserId", ZHANGSAN)]);
        let ticket = ticket.as_str().unwrap();
        let link = format!("/token3rd/dashboard/view/pc.htm?pageId={DASHBOARD}&accessTicket={ticket}");
        String::from_utf8_lossy(&open(&booth, &link).body).into_owned()
    };
    let tag = [("UserId", ZHANGSAN), ("TagId", "tag-region"), ("TagValue", "west")];
    done(&booth, "UpdateUserTagValue", &tag);
    assert!(page().contains(">west<") && page().contains("Own region"), "{}", page());
    // A rule that has lost whom it was for is not for everybody.
    done(&booth, "WithdrawAllUserGroups", &[("UserId", ZHANGSAN)]);
    assert!(page().contains("no rule, miss-hit policy NONE"), "{}", page());
    done(&booth, "DeleteUserGroup", &[("UserGroupId", "group-sales")]);
    assert!(page().contains("no rule, miss-hit policy NONE"), "{}", page());
    assert_eq!(rules(&booth, "ROW_LEVEL")["ruleModels"][0]["ruleTargetScope"], "2");
    let model = json!({ "ruleId": "rule-south", "cubeId": "dataset-demo", "addModel": { "users": [ZHANGSAN] } });
    done(&booth, "AddDataLevelPermissionRuleUsers", &[("AddUserModel", &model.to_string())]);
    assert!(page().contains("Own region"), "{}", page());
    done(&booth, "UpdateDataLevelPermissionStatus", &[&IN_ROWS[..], &[("IsOpen", "0")]].concat());
    assert!(!page().contains("embed-rule"), "{}", page());
}

#[test]
fn members_of_workspaces_read_what_is_in_them() {
    let booth = demo(AuthMode::Off);
    let member = [("WorkspaceId", "workspace-demo"), ("UserId", ZHANGSAN)];
    let with = |more: &[(&'static str, &'static str)]| [&member[..], more].concat();
    let role = || done(&booth, "QueryUserRoleInfoInWorkspace", &member)["RoleId"].clone();
    assert!(!may_read(&booth, ZHANGSAN, "analysis-demo"));
    assert_eq!(done(&booth, "AddUserToWorkspace", &with(&[("RoleId", "30")])), true);
    assert!(may_read(&booth, ZHANGSAN, "analysis-demo"));
    let mine = done(&booth, "QueryOrganizationWorkspaceList", &[("UserId", ZHANGSAN)]);
    assert_eq!(mine["Data"][0]["WorkspaceId"], "workspace-demo");
    let members = done(&booth, "QueryWorkspaceUserList", &[("WorkspaceId", "workspace-demo")]);
    assert_eq!(each(&members["Data"], "UserId"), [WANGWU, ZHANGSAN]);
    let roles = done(&booth, "ListWorkspaceUserRolesByUserId", &[("UserId", ZHANGSAN)]);
    assert_eq!(roles[0]["RoleModel"]["RoleCode"], "role_workspace_viewer");
    assert_eq!(refused(&booth, "AddUserToWorkspace", &with(&[("RoleId", "30")])), "User.AlreadyIn.Workspace");

    assert_eq!(done(&booth, "UpdateWorkspaceUserRole", &with(&[("RoleId", "26")])), true);
    assert_eq!(role(), 26);
    done(&booth, "UpdateWorkspaceUserRole", &with(&[("RoleIds", "30,27"), ("RoleId", "25")]));
    assert_eq!(role(), 27);
    assert_eq!(done(&booth, "ListWorkspaceRoleUsers", &[("RoleId", "27")])["TotalNum"], 1);
    assert_eq!(refused(&booth, "UpdateWorkspaceUserRole", &member), "Invalid.Parameter");
    assert_eq!(refused(&booth, "UpdateWorkspaceUserRole", &with(&[("RoleId", "7")])), "User.RoleType.Valid");

    assert_eq!(done(&booth, "DeleteUserFromWorkspace", &member), true);
    assert!(!may_read(&booth, ZHANGSAN, "analysis-demo"));
    assert_eq!(refused(&booth, "DeleteUserFromWorkspace", &member), "User.NotIn.Workspace");
    let owner = [("WorkspaceId", "workspace-demo"), ("UserId", WANGWU)];
    assert_eq!(refused(&booth, "DeleteUserFromWorkspace", &owner), "CanNot.Remove.WorkspaceOwner");
}

#[test]
fn a_list_of_members_says_who_was_left_out_and_why() {
    let booth = demo(AuthMode::Off);
    let users = format!("{WANGWU},duplicate-user-1,nobody,{ZHANGSAN}");
    let wish = [("WorkspaceId", "workspace-demo"), ("UserIds", &*users), ("RoleId", "26")];
    let told = done(&booth, "AddWorkspaceUsers", &wish);
    assert_eq!((&told["Total"], &told["Success"], &told["Failure"]), (&json!(4), &json!(1), &json!(3)));
    assert_eq!(told["FailureDetail"][WANGWU], "AE0150010001: This user already exists.");
    assert!(told["FailureDetail"]["nobody"].is_string() && told["FailureDetail"][ZHANGSAN].is_string(), "{told}");
    let told =
        done(&booth, "UpdateWorkspaceUsersRole", &[wish[0], ("UserIds", "duplicate-user-1,nobody"), ("RoleId", "27")]);
    assert_eq!((&told["Success"], &told["Failure"]), (&json!(1), &json!(1)));
    let member = [("WorkspaceId", "workspace-demo"), ("UserId", "duplicate-user-1")];
    assert_eq!(done(&booth, "QueryUserRoleInfoInWorkspace", &member)["RoleId"], 27);

    let wish = [("WorkspaceName", "New"), ("WorkspaceDescription", "for tests"), ("AllowShare", "False")];
    let made = done(&booth, "CreateWorkspace", &wish);
    let made = made.as_str().unwrap();
    let list = done(&booth, "QueryOrganizationWorkspaceList", &[("Keyword", "new")]);
    assert_eq!(
        (&list["Data"][0]["WorkspaceId"], &list["Data"][0]["OrganizationId"]),
        (&json!(made), &json!("org-demo"))
    );
    assert_eq!(
        (&list["Data"][0]["AllowShareOperation"], &list["Data"][0]["AllowPublishOperation"]),
        (&json!(false), &json!(true))
    );
    done(&booth, "AddUserToWorkspace", &[("WorkspaceId", made), ("UserId", ZHANGSAN), ("RoleId", "30")]);
    assert_eq!(done(&booth, "QueryWorkspaceUserList", &[("WorkspaceId", made)])["TotalNum"], 1);
}

#[test]
fn shares_let_their_receivers_read_until_they_end() {
    let booth = demo(AuthMode::Off);
    let share = |kind: &str, to: &str, until: &str| {
        let wish = [("WorksId", "analysis-demo"), ("AuthPoint", "3"), ("ShareToType", kind), ("ExpireDate", until)];
        let wish = if to.is_empty() { wish.to_vec() } else { [&wish[..], &[("ShareToId", to)]].concat() };
        assert_eq!(done(&booth, "AddShareReport", &wish), true);
    };
    let cancel = |kind: &str, to: &str| {
        let wish = [("ReportId", "analysis-demo"), ("ShareToIds", to), ("ShareToType", kind)];
        assert_eq!(done(&booth, "CancelReportShare", &wish), true);
    };
    let reads = || may_read(&booth, ZHANGSAN, "analysis-demo");
    let listed = || done(&booth, "QueryShareList", &[("ReportId", "analysis-demo")]);
    let (past, later) = ("1600000000000", "1798761600123");
    share("0", ZHANGSAN, later);
    assert!(reads());
    assert_eq!(listed()[0]["ShareToId"], ZHANGSAN);
    assert_eq!(listed()[0]["ExpireDate"], 1_798_761_600_000_i64, "whole seconds");
    let to_user = done(&booth, "QuerySharesToUserList", &[("UserId", ZHANGSAN)]);
    assert_eq!(each(&to_user, "WorksId"), ["screen-demo", "analysis-demo"]);
    assert_eq!(done(&booth, "ListSharedReports", &[("UserId", ZHANGSAN)])["TotalNum"], 2);
    share("0", ZHANGSAN, past);
    assert_eq!((listed(), reads()), (json!([]), false), "the same share with another end");
    share("1", "group-sales", later);
    assert!(reads());
    cancel("1", "group-sales,group-company");
    assert!(!reads());
    share("2", "", later);
    assert_eq!(listed()[0]["ShareToId"], "org-demo");
    assert!(reads());
    cancel("2", "org-demo");
    cancel("0", ZHANGSAN);
    assert_eq!((listed(), reads()), (json!([]), false));

    let bad = |kind: &str, to: &str| {
        let wish = [("WorksId", "analysis-demo"), ("AuthPoint", "3"), ("ShareToType", kind), ("ExpireDate", later)];
        refused(&booth, "AddShareReport", &[&wish[..], &[("ShareToId", to)]].concat())
    };
    assert_eq!(bad("0", "nobody"), "User.Not.In.Organization");
    assert_eq!(bad("1", "unknown"), "Usergroup.Not.Exist");
    assert_eq!(bad("9", "x"), "Invalid.Parameter");

    let grant =
        [("ResourceId", DASHBOARD), ("ResourceType", "dashboard"), ("AuthorizeScope", "0"), ("AuthorizedId", ZHANGSAN)];
    let day = [("AuthPoints", "1"), ("ExpireDay", "2026-01-06")];
    let id = done(&booth, "AddWorksAuthorization", &[&grant[..], &day].concat());
    let told = done(&booth, "QueryShareList", &[("ReportId", DASHBOARD)]);
    assert_eq!((&told[0]["ShareId"], may_read(&booth, ZHANGSAN, DASHBOARD)), (&id, true));
    let end = [("ResourceId", DASHBOARD), ("ResourceType", "dashboard"), ("QbiUserId", ZHANGSAN)];
    done(&booth, "DeleteAuthorizationByUserId", &end);
    assert!(!may_read(&booth, ZHANGSAN, DASHBOARD));
    assert_eq!(
        refused(&booth, "AddWorksAuthorization", &[&grant[..], &[("AuthPoints", "1")]].concat()),
        "Invalid.Parameter"
    );
}

#[test]
fn favourites_are_in_both_lists() {
    let booth = demo(AuthMode::Off);
    let like = [("UserId", ZHANGSAN), ("WorksId", "screen-demo")];
    let count = || {
        let both =
            ["ListCollections", "ListFavoriteReports"].map(|action| done(&booth, action, &[("UserId", ZHANGSAN)]));
        (both[0].as_array().unwrap().len(), both[1]["TotalNum"].as_u64().unwrap())
    };
    assert_eq!(done(&booth, "SaveFavorites", &like), true);
    assert_eq!(done(&booth, "SaveFavorites", &like), true);
    assert_eq!(count(), (1, 1), "once");
    let list = done(&booth, "ListCollections", &[("UserId", ZHANGSAN)]);
    assert!(list[0]["FavoriteId"].as_u64().unwrap() > u64::from(u32::MAX), "{list}");
    assert_eq!(done(&booth, "CancelCollection", &like), true);
    assert_eq!(count(), (0, 0));
    assert_eq!(
        refused(&booth, "SaveFavorites", &[("UserId", ZHANGSAN), ("WorksId", "nothing")]),
        "Report.NotExist.Error"
    );
}

#[test]
fn rights_to_menus_are_seen_by_every_list_of_menus() {
    let booth = demo(AuthMode::Off);
    let of = |more: &[(&'static str, &'static str)]| [&[("DataPortalId", "portal-demo")], more].concat();
    let shown = |user: &'static str| {
        let told = done(&booth, "ListPortalMenus", &of(&[("UserId", user)]));
        let told: Value = serde_json::from_str(told.as_str().unwrap()).unwrap();
        // A folder in which nothing is shown has no list at all.
        let children = told[0].get("children").cloned().unwrap_or_else(|| json!([]));
        each(&children, "menuId").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(shown(WANGWU), ["menu-sales"]);
    let wish = of(&[("MenuIds", "menu-sales,menu-prices"), ("UserIds", WANGWU), ("UserGroupIds", "group-company")]);
    assert_eq!(done(&booth, "AuthorizeMenu", &wish), 2);
    assert_eq!(shown(WANGWU), ["menu-sales", "menu-prices"]);
    let rights = done(&booth, "ListPortalMenuAuthorization", &of(&[]));
    let user = json!({ "ReceiverId": WANGWU, "ReceiverType": 0, "AuthPointsValue": 3 });
    assert!(rights[0]["Receivers"].as_array().unwrap().contains(&user), "{rights}");
    done(&booth, "AuthorizeMenu", &of(&[("MenuIds", "menu-prices"), ("UserIds", WANGWU), ("AuthPointsValue", "1")]));
    let white = done(&booth, "ListWhitePortalMenu", &[("DataportalId", "portal-demo")]);
    assert_eq!(white.as_array().unwrap().len(), 3);
    assert_eq!(white[1]["AuthPointsValue"], 1);

    assert_eq!(
        done(&booth, "ChangeVisibilityModel", &of(&[("MenuIds", "menu-sales"), ("ShowOnlyWithAccess", "True")])),
        1
    );
    assert_eq!(shown(ZHANGSAN), ["menu-prices"]);
    assert_eq!(shown(WANGWU), ["menu-sales", "menu-prices"]);
    assert_eq!(
        done(&booth, "CancelAuthorizationMenu", &of(&[("MenuIds", "menu-sales,menu-prices"), ("UserIds", WANGWU)])),
        2
    );
    assert_eq!(shown(WANGWU), Vec::<String>::new());
    let bad = |more: &[(&'static str, &'static str)]| refused(&booth, "AuthorizeMenu", &of(more));
    assert_eq!(bad(&[("MenuIds", "menu-sales")]), "Invalid.Parameter", "for nobody");
    assert_eq!(bad(&[("MenuIds", "menu-sales,nothing"), ("UserIds", WANGWU)]), "Menu.NotBelongTo.CurrentDataportal");
    assert_eq!(bad(&[("MenuIds", "menu-folder"), ("UserIds", WANGWU)]), "FolderMenu.CanNot.Authorize");
}

#[test]
fn modules_and_data_sources_change_for_their_lists() {
    let booth = demo(AuthMode::Off);
    let wish = [
        ("CopilotId", "copilot-demo"),
        ("ModuleName", "Ask all"),
        ("DataRange", r#"{"allCube":true,"themes":["t1"]}"#),
    ];
    assert_eq!(done(&booth, "ModifyCopilotEmbedConfig", &wish), true);
    let told = done(&booth, "QueryCopilotEmbedConfig", &[("Keyword", "ask all")]);
    assert_eq!(told[0]["DataRange"], json!({ "AllCube": true, "AllTheme": false, "LlmCubes": [], "Themes": ["t1"] }));
    assert_eq!(done(&booth, "ModifyAiproEmbedConfig", &[("AiProId", "ai-pro-demo"), ("ShowName", "Expert")]), true);
    assert_eq!(done(&booth, "QueryAiproEmbedConfig", &[("Keyword", "expert")])[0]["AiProId"], "ai-pro-demo");
    assert_eq!(refused(&booth, "ModifyCopilotEmbedConfig", &[("CopilotId", "nothing")]), "Invalid.Parameter");
    assert_eq!(
        done(&booth, "ModifyDashboardNl2sqlStatus", &[("DashboardIds", DASHBOARD), ("Status", "1")]),
        json!([DASHBOARD])
    );
    let wish = [("DsId", "datasource-demo"), ("ShowName", "Renamed"), ("QuickBIOwnerId", ZHANGSAN)];
    assert_eq!(done(&booth, "UpdateDataSourceProperties", &wish), true);
    let told = done(&booth, "ListDataSource", &[("WorkspaceId", "workspace-demo")]);
    assert_eq!((&told[0]["ShowName"], &told[0]["CreatorId"]), (&json!("Renamed"), &json!(ZHANGSAN)));

    let model = json!({
        "showName": "Orders", "dsType": "postgresql", "workspaceId": "workspace-demo", "userId": WANGWU, "address": "db.example.com",
        "port": 5432, "schema": "public", "userName": "somebody", "password": "not-to-be-kept",
    });
    let made = done(&booth, "AddDataSource", &[("AddModel", &model.to_string())]);
    let made = made.as_str().unwrap();
    let told = done(&booth, "GetDataSourceConnectionInfo", &[("DsId", made)]);
    assert_eq!(
        (&told["ShowName"], &told["Port"], &told["Schema"]),
        (&json!("Orders"), &json!("5432"), &json!("public"))
    );
    let change = json!({ "dsId": made, "port": "5433", "password": "not-to-be-kept" });
    assert_eq!(done(&booth, "UpdateDataSource", &[("UpdateModel", &change.to_string())]), true);
    let told = done(&booth, "GetDataSourceConnectionInfo", &[("DsId", made)]);
    assert_eq!((&told["Port"], &told["Address"]), (&json!("5433"), &json!("db.example.com")));
    let bad = |model: &Value| refused(&booth, "AddDataSource", &[("AddModel", &model.to_string())]);
    assert_eq!(bad(&json!({ "showName": "Orders" })), "Invalid.Parameter");
    // Neither in the world nor in what is shown of the calls.
    for path in ["/world?kind=datasources", "/snapshot", "/journal", "/explain"] {
        let (_, shown) = ask(&booth, "GET", path, &Value::Null);
        assert!(!shown.to_string().contains("not-to-be-kept"), "{path}: {shown}");
    }
    let (_, journal) = ask(&booth, "GET", "/journal", &Value::Null);
    for entry in journal["entries"].as_array().unwrap() {
        let (_, shown) =
            ask(&booth, "GET", &format!("/journal/{}", entry["request_id"].as_str().unwrap()), &Value::Null);
        assert!(!shown.to_string().contains("not-to-be-kept"), "{shown}");
    }
}
