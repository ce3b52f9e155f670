//! Actions of Tencent Cloud BI that change things, and every reader, token and visit that sees what they changed.

use serde_json::{Value, json};
use ticketbooth::emulator::{AuthMode, Emulator};
use ticketbooth::pipeline;

use crate::admin::ask;
use crate::kit::{code, demo, json as json_of, open, raw, tencent, verdict};

const CORPORATION: &str = "100022975249";
const DEMO_USER: &str = "100024664626";
const NO_SUCH_USER: &str = "UnauthorizedOperation.UserNotExist";
const NOT_PERMITTED: &str = "UnauthorizedOperation.Authorize";
const BUSINESS: &str = "UnsupportedOperation.BIError";
const MISSING: &str = "MissingParameter.MissingParam";

/// What a call that succeeds has for `Data`.
fn done(booth: &Emulator, action: &str, params: &Value) -> Value {
    let mut answer = tencent(booth, action, params);
    assert!(answer["Error"].is_null(), "{action} {params}: {answer}");
    answer["Data"].take()
}

fn refused(booth: &Emulator, action: &str, params: &Value) -> String {
    let answer = tencent(booth, action, params);
    assert!(answer["Error"].is_object(), "{action} {params}: {answer}");
    code(&answer).to_owned()
}

fn listed(booth: &Emulator, action: &str, params: Value) -> Vec<Value> {
    let mut params = params;
    let pages = json!({ "PageNo": 0, "PageSize": 20 });
    params.as_object_mut().unwrap().extend(pages.as_object().unwrap().clone());
    done(booth, action, &params)["List"].as_array().unwrap().clone()
}

fn user(booth: &Emulator, id: &str) -> Option<Value> {
    listed(booth, "DescribeUserRoleList", json!({})).into_iter().find(|user| user["UserId"] == id)
}

fn zhang() -> Value {
    json!({
        "UserId": "zhang", "UserName": "张三", "Email": "zhang@example.com", "PhoneNumber": "13800000000",
        "AreaCode": "+852", "AppUserId": "app-zhang", "AppUserName": "Zhang of the app",
    })
}

fn token_for(booth: &Emulator, user: &str) -> Value {
    let ask = json!({
        "ProjectId": 117, "PageId": 11520, "Scope": "page", "TokenType": 200, "UserCorpId": CORPORATION, "UserId": user,
    });
    tencent(booth, "CreateEmbedToken", &ask)
}

#[test]
fn a_user_lives_in_lists_and_tokens_from_creation_to_deletion() {
    let booth = demo(AuthMode::Off);
    assert_eq!(code(&token_for(&booth, "zhang")), NO_SUCH_USER);
    let wish = json!({ "RoleIdList": [1, 2], "UserInfoList": [zhang(), { "UserId": "li" }] });
    assert_eq!(done(&booth, "CreateUserRole", &wish), json!({ "Id": 1 }));

    let made = user(&booth, "zhang").unwrap();
    assert_eq!(made["RoleIdList"], json!([1, 2]), "{made}");
    for (member, value) in zhang().as_object().unwrap() {
        assert_eq!(&made[member], value, "{member}");
    }
    assert_eq!((&made["Status"], &made["CorpAdmin"], &made["CorpId"]), (&json!(1), &json!(false), &json!(CORPORATION)));
    assert_eq!(
        (&made["CreatedAt"], &made["UpdatedAt"]),
        (&json!("2026-01-05 08:00:00"), &json!("2026-01-05 08:00:00"))
    );
    let other = user(&booth, "li").unwrap();
    assert_eq!((&other["UserName"], &other["AreaCode"], &other["Email"]), (&json!("li"), &json!("+86"), &Value::Null));
    let found = listed(&booth, "DescribeUserRoleList", json!({ "Keyword": "张" }));
    assert_eq!(found.len(), 1, "{found:?}");

    let token = token_for(&booth, "zhang");
    let token = token["Data"]["BIToken"].as_str().unwrap();
    let link = format!("/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token={token}");
    assert_eq!(verdict(&open(&booth, &link)), "admitted");
    done(&booth, "CreateUserRoleProject", &json!({ "ProjectId": 117, "RoleIdList": [5], "UserInfoList": [zhang()] }));

    assert_eq!(done(&booth, "DeleteUserRole", &json!({ "UserId": "zhang" })), Value::Null);
    assert!(user(&booth, "zhang").is_none());
    assert_eq!(listed(&booth, "DescribeUserProjectList", json!({ "ProjectId": 117 })).len(), 1, "no member either");
    assert_eq!(code(&token_for(&booth, "zhang")), NO_SUCH_USER);
    assert_eq!(verdict(&open(&booth, &link)), "wrong-target", "a page does not open for somebody who is not there");
    assert_eq!(refused(&booth, "DeleteUserRole", &json!({ "UserId": "zhang" })), NO_SUCH_USER);
    // Whoever comes back finds the token as it was.
    done(&booth, "CreateUserRole", &json!({ "UserInfoList": [{ "UserId": "zhang" }] }));
    assert_eq!(verdict(&open(&booth, &link)), "admitted");
}

#[test]
fn what_a_change_of_a_user_leaves_out_stays() {
    let booth = demo(AuthMode::Off);
    done(&booth, "CreateUserRole", &json!({ "RoleIdList": [2], "UserInfoList": [zhang()] }));
    let (_, moved) = ask(&booth, "POST", "/clock", &json!({ "advance": "1h" }));
    assert!(moved["now"].is_string(), "{moved}");
    assert_eq!(done(&booth, "ModifyUserRole", &json!({ "UserId": "zhang", "Email": "new@example.com" })), Value::Null);
    let now = user(&booth, "zhang").unwrap();
    assert_eq!((&now["Email"], &now["UserName"]), (&json!("new@example.com"), &json!("张三")));
    assert_eq!((&now["RoleIdList"], &now["PhoneNumber"]), (&json!([2]), &json!("13800000000")));
    assert_eq!((&now["CreatedAt"], &now["UpdatedAt"]), (&json!("2026-01-05 08:00:00"), &json!("2026-01-05 09:00:00")));
    done(&booth, "ModifyUserDetailInfo", &json!({ "UserId": "zhang", "RoleIdList": [1], "UserName": "Zhang" }));
    let now = user(&booth, "zhang").unwrap();
    assert_eq!((&now["RoleIdList"], &now["UserName"]), (&json!([1]), &json!("Zhang")));
    // To create somebody once more sets what is sent, and nobody is there twice.
    let again = json!({ "UserInfoList": [{ "UserId": "zhang", "UserName": "Again" }] });
    done(&booth, "CreateUserRole", &again);
    let now = user(&booth, "zhang").unwrap();
    assert_eq!((&now["RoleIdList"], &now["UserName"]), (&json!([1]), &json!("Again")));
    assert_eq!(listed(&booth, "DescribeUserRoleList", json!({})).len(), 2);

    assert_eq!(refused(&booth, "ModifyUserRole", &json!({ "UserId": "nobody" })), NOT_PERMITTED);
    assert_eq!(refused(&booth, "ModifyUserRole", &json!({ "UserName": "nobody" })), MISSING);
    assert_eq!(
        refused(&booth, "ModifyUserDetailInfo", &json!({ "UserId": "zhang", "RoleIdList": [99] })),
        NOT_PERMITTED
    );
}

#[test]
fn lists_of_users_and_roles_are_read_as_strictly_as_parameters() {
    let booth = demo(AuthMode::Off);
    for (wish, expected) in [
        (json!({}), MISSING),
        (json!({ "UserInfoList": [] }), MISSING),
        (json!({ "UserInfoList": [{ "UserName": "somebody" }] }), MISSING),
        (json!({ "UserInfoList": ["zhang"] }), "InvalidParameter"),
        (json!({ "UserInfoList": [{ "UserId": 5 }] }), "InvalidParameter"),
        (json!({ "UserInfoList": [zhang()], "RoleIdList": [true] }), "InvalidParameter"),
        (json!({ "UserInfoList": [zhang()], "RoleIdList": [99] }), NOT_PERMITTED),
    ] {
        assert_eq!(refused(&booth, "CreateUserRole", &wish), expected, "{wish}");
    }
    assert_eq!(listed(&booth, "DescribeUserRoleList", json!({})).len(), 1, "a call that is refused changes nothing");
    // The list that the newer one replaced.
    done(&booth, "CreateUserRole", &json!({ "UserList": [{ "UserId": "old", "CorpId": CORPORATION, "Status": 1 }] }));
    assert!(user(&booth, "old").is_some());
    // In a query and in a form each member is a parameter.
    let query = "/?Action=CreateUserRole&Version=2022-01-05&RoleIdList.0=2&RoleIdList.1=1&UserInfoList.0.UserId=flat\
                 &UserInfoList.0.UserName=Flat&UserInfoList.1.UserId=second";
    let reply = pipeline::serve(&booth, raw("GET", query, &[("host", "127.0.0.1:4240")], b""));
    assert_eq!(json_of(&reply)["Response"]["Data"]["Id"], 1, "{:?}", json_of(&reply));
    let flat = user(&booth, "flat").unwrap();
    assert_eq!((&flat["UserName"], &flat["RoleIdList"]), (&json!("Flat"), &json!([2, 1])));
    assert!(user(&booth, "second").is_some());
}

#[test]
fn members_of_a_project_are_seen_by_all_that_tell_of_it() {
    let booth = demo(AuthMode::Off);
    let members = || listed(&booth, "DescribeUserRoleProjectList", json!({ "ProjectId": 117 }));
    let count = || done(&booth, "DescribeProjectInfo", &json!({ "Id": 117 }))["MemberCount"].clone();
    assert_eq!((members().len(), count()), (1, json!(1)));
    let wish = json!({ "ProjectId": 117, "RoleIdList": [4], "UserInfoList": [zhang(), { "UserId": DEMO_USER }] });
    assert_eq!(done(&booth, "CreateUserRoleProject", &wish), json!({ "Id": 0 }));
    assert_eq!((members().len(), count()), (2, json!(2)));
    let made = members().into_iter().find(|member| member["UserId"] == "zhang").unwrap();
    assert_eq!((&made["UserName"], &made["RoleIdList"]), (&json!("张三"), &json!([4])));
    assert_eq!(made["RoleList"][0]["RoleName"], "项目编辑者");
    let old = members().into_iter().find(|member| member["UserId"] == DEMO_USER).unwrap();
    assert_eq!((&old["UserName"], &old["RoleIdList"]), (&json!("Demo user"), &json!([4])), "its details stay");
    let users = listed(&booth, "DescribeUserProjectList", json!({ "ProjectId": 117, "Keyword": "张" }));
    assert_eq!((users.len(), &users[0]["AppUserName"]), (1, &json!("Zhang of the app")));
    // Whoever was no user of the corporation is one now, without a role in it.
    assert_eq!(user(&booth, "zhang").unwrap()["RoleIdList"], json!([]));
    assert!(token_for(&booth, "zhang")["Data"]["BIToken"].is_string());

    let change = json!({ "ProjectId": 117, "UserId": "zhang", "RoleIdList": [5, 3], "Email": "other@example.com" });
    assert_eq!(done(&booth, "ModifyUserRoleProject", &change), Value::Null);
    let now = members().into_iter().find(|member| member["UserId"] == "zhang").unwrap();
    assert_eq!((&now["RoleIdList"], &now["Email"]), (&json!([5, 3]), &json!("other@example.com")));
    assert_eq!(user(&booth, "zhang").unwrap()["Email"], "other@example.com");
    assert_eq!(listed(&booth, "DescribeUserRoleProjectList", json!({ "ProjectId": 117, "RoleCode": "5" })).len(), 1);

    let wish = json!({ "ProjectId": 117, "UserId": "zhang" });
    assert_eq!(done(&booth, "DeleteUserRoleProject", &wish), Value::Null);
    assert_eq!((members().len(), count()), (1, json!(1)));
    assert!(user(&booth, "zhang").is_some(), "still a user of the corporation");
    for (action, params, expected) in [
        ("DeleteUserRoleProject", wish.clone(), NOT_PERMITTED),
        ("DeleteUserRoleProject", json!({ "ProjectId": 9, "UserId": "zhang" }), NOT_PERMITTED),
        ("ModifyUserRoleProject", wish, NOT_PERMITTED),
        ("ModifyUserRoleProject", json!({ "ProjectId": 117 }), MISSING),
        ("ModifyUserRoleProject", json!({ "UserId": DEMO_USER }), MISSING),
        ("CreateUserRoleProject", json!({ "ProjectId": 9, "UserInfoList": [zhang()] }), NOT_PERMITTED),
        ("CreateUserRoleProject", json!({ "UserInfoList": [zhang()] }), MISSING),
        ("CreateUserRoleProject", json!({ "ProjectId": 117, "RoleIdList": [3] }), MISSING),
    ] {
        assert_eq!(refused(&booth, action, &params), expected, "{action} {params}");
    }
}

fn connection() -> Value {
    json!({
        "DbHost": "mysql.example.com", "DbPort": 3307, "ServiceType": "{\"Type\":\"Own\"}", "DbType": "MYSQL",
        "Charset": "utf8mb4", "DbUser": "reader", "DbPwd": "a-secret-of-the-database", "DbName": "orders",
        "SourceName": "Orders", "ProjectId": 117, "Catalog": "presto", "UniqVpcId": "vpc-1", "ExtraParam": "{\"key\":\"k\"}",
    })
}

/// The parameters with others in their places.
fn with(params: &Value, others: Value) -> Value {
    let mut params = params.clone();
    params.as_object_mut().unwrap().extend(others.as_object().unwrap().clone());
    params
}

#[test]
fn data_sources_come_change_and_go_in_the_list_of_their_project() {
    let booth = demo(AuthMode::Off);
    let sources = || listed(&booth, "DescribeDatasourceList", json!({ "ProjectId": 117 }));
    let made = done(&booth, "CreateDatasource", &connection());
    let id = made["Id"].as_u64().unwrap();
    assert_eq!((&made["ProjectId"], &made["TranId"], &made["AccessKey"]), (&json!(117), &Value::Null, &Value::Null));
    let source = sources().into_iter().find(|source| source["Id"] == id).unwrap();
    for name in [
        "DbHost",
        "DbPort",
        "ServiceType",
        "DbType",
        "Charset",
        "DbUser",
        "DbName",
        "SourceName",
        "Catalog",
        "UniqVpcId",
    ] {
        assert_eq!(source[name], connection()[name], "{name}");
    }
    assert_eq!((&source["ProjectId"], &source["ProjectName"]), (&json!("117"), &json!("Sales")));
    let found = listed(&booth, "DescribeDatasourceList", json!({ "ProjectId": 117, "DbName": "orders" }));
    assert_eq!(found.len(), 1);

    let change = with(&connection(), json!({ "Id": id, "SourceName": "Renamed", "DbPort": 3308 }));
    assert_eq!(done(&booth, "ModifyDatasource", &change), Value::Null);
    let source = sources().into_iter().find(|source| source["Id"] == id).unwrap();
    assert_eq!(
        (&source["SourceName"], &source["DbPort"], &source["Catalog"]),
        (&json!("Renamed"), &json!(3308), &json!("presto"))
    );

    let cloud = json!({
        "ServiceType": "Cloud", "DbType": "MYSQL", "Charset": "utf8", "DbUser": "reader", "DbPwd": "p", "DbName": "stock",
        "SourceName": "Stock", "ProjectId": "117", "Vip": "10.0.0.5", "Vport": "3310", "VpcId": "vpc-2", "RegionId": "gz",
    });
    let made = done(&booth, "CreateDatasourceCloud", &cloud);
    let in_cloud = made["Id"].as_u64().unwrap();
    let source = sources().into_iter().find(|source| source["Id"] == in_cloud).unwrap();
    assert_eq!(
        (&source["DbHost"], &source["DbPort"], &source["RegionId"]),
        (&json!("10.0.0.5"), &json!(3310), &json!("gz"))
    );
    let change = with(&cloud, json!({ "Id": in_cloud, "SourceName": "Stores" }));
    assert_eq!(done(&booth, "ModifyDatasourceCloud", &change), Value::Null);
    assert_eq!(sources().into_iter().find(|source| source["Id"] == in_cloud).unwrap()["SourceName"], "Stores");

    assert_eq!(done(&booth, "DeleteDatasource", &json!({ "Id": id, "ProjectId": 117 })), Value::Null);
    assert_eq!(sources().len(), 2);
    for (action, params) in [
        ("DeleteDatasource", json!({ "Id": id, "ProjectId": 117 })),
        ("DeleteDatasource", json!({ "Id": in_cloud, "ProjectId": 111 })),
        ("CreateDatasource", with(&connection(), json!({ "ProjectId": 9 }))),
        ("ModifyDatasource", with(&connection(), json!({ "Id": id }))),
        ("CreateDatasourceCloud", with(&cloud, json!({ "ProjectId": "9" }))),
        ("ModifyDatasourceCloud", with(&cloud, json!({ "Id": 9 }))),
    ] {
        assert_eq!(refused(&booth, action, &params), BUSINESS, "{action} {params}");
    }
    assert_eq!(refused(&booth, "CreateDatasource", &with(&connection(), json!({ "DbPwd": null }))), "MissingParameter");
}

#[test]
fn the_password_of_a_data_source_is_shown_nowhere() {
    let booth = demo(AuthMode::Off);
    done(&booth, "CreateDatasource", &connection());
    let (_, journal) = ask(&booth, "GET", "/journal", &Value::Null);
    let id = journal["entries"][0]["request_id"].as_str().unwrap().to_owned();
    for path in
        ["/journal", &format!("/journal/{id}"), "/world?kind=datasources", "/snapshot", "/explain", "/journal/export"]
    {
        let (_, answer) = ask(&booth, "GET", path, &Value::Null);
        assert!(!answer.to_string().contains("a-secret-of-the-database"), "{path}: {answer}");
    }
    let (_, entry) = ask(&booth, "GET", &format!("/journal/{id}"), &Value::Null);
    assert!(entry.to_string().contains("[redacted]"), "{entry}");
    let (_, world) = ask(&booth, "GET", "/world?kind=datasources&changed=true", &Value::Null);
    let thing = &world["things"][0]["thing"];
    assert_eq!((&thing["name"], thing.get("extra_param")), (&json!("Orders"), None), "{world}");
}

#[test]
fn a_project_is_told_as_it_was_changed_last() {
    let booth = demo(AuthMode::Off);
    let wish = json!({ "Name": "New", "ColorCode": "#000000", "IsApply": false, "ManagePlatform": "portal" });
    let made = done(&booth, "CreateProject", &wish);
    assert_eq!(made.get("EditUrl"), Some(&Value::Null));
    let id = &made["Id"];
    let project = || done(&booth, "DescribeProjectInfo", &json!({ "Id": id }));
    let told = project();
    assert_eq!(
        (&told["Apply"], &told["ManagePlatform"], &told["IsExternalManage"]),
        (&json!(false), &json!("portal"), &json!(true))
    );
    assert_eq!((&told["PageCount"], &told["MemberCount"]), (&json!(0), &json!(0)));
    ask(&booth, "POST", "/clock", &json!({ "advance": "1h" }));
    done(
        &booth,
        "ModifyProject",
        &json!({ "Id": id, "Mark": "Ours", "Seed": "s", "PanelScope": "page", "IsApply": true }),
    );
    let told = project();
    assert_eq!(
        (&told["Name"], &told["Mark"], &told["Seed"], &told["Apply"]),
        (&json!("New"), &json!("Ours"), &json!("s"), &json!(true))
    );
    assert_eq!(
        (&told["CreatedAt"], &told["UpdatedAt"]),
        (&json!("2026-01-05 08:00:00"), &json!("2026-01-05 09:00:00"))
    );

    done(&booth, "CreateUserRoleProject", &json!({ "ProjectId": id, "RoleIdList": [3], "UserInfoList": [zhang()] }));
    done(&booth, "CreateDatasource", &with(&connection(), json!({ "ProjectId": id })));
    assert_eq!(project()["MemberCount"], 1);
    done(&booth, "DeleteProject", &json!({ "Id": id }));
    assert_eq!(refused(&booth, "DescribeUserProjectList", &json!({ "ProjectId": id })), BUSINESS);
    let (_, world) = ask(&booth, "GET", "/world?changed=true", &Value::Null);
    assert_eq!(world["changed"], 1, "but for the user, nothing is left of it: {world}");
}

/// The group of this id and all below it.
fn group(booth: &Emulator, id: &Value) -> Value {
    done(booth, "DescribeUserGroupTreeList", &json!({ "GroupIds": [id] }))[0].clone()
}

#[test]
fn user_groups_are_made_filled_moved_and_ended() {
    let booth = demo(AuthMode::Off);
    let made = done(&booth, "CreateUserGroup", &json!({ "GroupName": "Above", "AdminUserId": DEMO_USER }));
    assert_eq!((&made["GroupName"], &made["ParentId"], &made["IsDefault"]), (&json!("Above"), &json!(-1), &json!(0)));
    let below =
        done(&booth, "CreateUserGroup", &json!({ "GroupName": "Below", "ParentId": made["Id"], "Location": 3 }));
    assert_eq!((&below["ParentName"], &below["Location"]), (&json!("Above"), &json!(3)));
    assert_eq!(group(&booth, &made["Id"])["Children"][0]["GroupName"], "Below");

    let wish = json!({ "GroupId": below["Id"], "UserIdList": [DEMO_USER] });
    assert_eq!(done(&booth, "CreateUserGroupMember", &wish), Value::Null);
    let members = || listed(&booth, "DescribeUserGroupMemberList", json!({ "GroupIds": [below["Id"]] }));
    assert_eq!((members().len(), &members()[0]["UserName"]), (1, &json!("Demo user")));
    assert_eq!(group(&booth, &below["Id"])["UserList"][0]["UserId"], DEMO_USER);

    let update = json!({ "UpdateList": [{ "Id": below["Id"], "GroupName": "Moved", "ParentId": -1 }] });
    let changed = done(&booth, "ModifyUserGroup", &update);
    assert_eq!((&changed[0]["GroupName"], &changed[0]["ParentId"]), (&json!("Moved"), &json!(-1)));
    assert_eq!(changed.as_array().unwrap().len(), 1);
    assert_eq!(group(&booth, &made["Id"])["HasChildren"], false);

    assert_eq!(done(&booth, "DeleteUserGroupMember", &wish), Value::Null);
    assert_eq!(members().len(), 0);
    done(&booth, "CreateUserGroupMember", &wish);
    done(&booth, "DeleteUserRole", &json!({ "UserId": DEMO_USER }));
    assert_eq!(members().len(), 0, "whoever is gone is in no group");
    assert_eq!(done(&booth, "DeleteUserGroup", &json!({ "Id": made["Id"] })), Value::Null);
    assert_eq!(refused(&booth, "DescribeUserGroupInfo", &json!({ "Id": made["Id"] })), BUSINESS);
    for (action, params, expected) in [
        ("DeleteUserGroup", json!({ "Id": made["Id"] }), BUSINESS),
        ("DeleteUserGroup", json!({}), MISSING),
        ("CreateUserGroup", json!({}), MISSING),
        ("CreateUserGroup", json!({ "GroupName": "Lost", "ParentId": 9 }), BUSINESS),
        ("ModifyUserGroup", json!({ "UpdateList": [{ "Id": 9 }] }), BUSINESS),
        ("ModifyUserGroup", json!({ "UpdateList": [{ "GroupName": "Nothing" }] }), MISSING),
        ("CreateUserGroupMember", json!({ "GroupId": below["Id"], "UserIdList": ["nobody"] }), NOT_PERMITTED),
        ("CreateUserGroupMember", json!({ "GroupId": 9, "UserIdList": ["nobody"] }), BUSINESS),
        ("DeleteUserGroupMember", json!({ "GroupId": below["Id"] }), MISSING),
    ] {
        assert_eq!(refused(&booth, action, &params), expected, "{action} {params}");
    }
}

#[test]
fn api_keys_are_told_until_they_end() {
    let booth = demo(AuthMode::Off);
    let made = done(&booth, "CreateAuthApiKey", &json!({ "DefaultUser": DEMO_USER }));
    let key = json!({ "ApiKey": made["ApiKey"] });
    assert_eq!(made["ApiKey"].as_str().map(str::len), Some(32));
    assert_eq!(done(&booth, "DescribeAuthApiKeyInfo", &key), made);
    assert_eq!(listed(&booth, "DescribeAuthApiKeyList", json!({})).len(), 2);
    done(&booth, "CreateUserRole", &json!({ "UserInfoList": [zhang()] }));
    let change = with(&key, json!({ "DefaultUser": "zhang" }));
    assert_eq!(done(&booth, "ModifyAuthApiKey", &change)["DefaultUser"], "zhang");
    assert_eq!(refused(&booth, "ModifyAuthApiKey", &with(&key, json!({ "DefaultUser": "nobody" }))), NOT_PERMITTED);
    assert_eq!(done(&booth, "DeleteAuthApiKey", &key), "success");
    assert_eq!(refused(&booth, "DescribeAuthApiKeyInfo", &key), BUSINESS);
    assert_eq!(refused(&booth, "DeleteAuthApiKey", &key), BUSINESS);
}
