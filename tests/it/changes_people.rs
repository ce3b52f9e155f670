//! Changes of members, their groups and tags: every reader, ticket and visit sees them.

use serde_json::{Value, json};
use ticketbooth::emulator::{AuthMode, Emulator};

use crate::changes::{done, refused};
use crate::kit::{alibaba, code, demo, open, verdict};

pub const WANGWU: &str = "46e537466d5e4a3aa1b2c3d4e92704c8";
pub const ZHANGSAN: &str = "5b0f8c1d2e3a4b5c8d7e6f5a4b3c2d1e";
pub const DASHBOARD: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

/// The values of a member of each item of a list.
pub fn each<'a>(list: &'a Value, member: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|item| item[member].as_str().unwrap()).collect()
}

fn new_user(booth: &Emulator, account: &str) -> String {
    let wish = [("AccountName", account), ("NickName", "Li Si"), ("UserType", "1"), ("RoleIds", "111111112")];
    done(booth, "AddUser", &wish)["UserId"].as_str().unwrap().to_owned()
}

pub fn may_read(booth: &Emulator, user: &str, work: &str) -> bool {
    done(booth, "CheckReadable", &[("UserId", user), ("WorksId", work)]) == true
}

#[test]
fn a_new_user_is_known_to_every_reader_and_can_have_tickets() {
    let booth = demo(AuthMode::Off);
    let wish = [
        ("AccountName", "lisi"),
        ("AccountId", "1355000000000009"),
        ("NickName", "Li Si"),
        ("UserType", "3"),
        ("AdminUser", "True"),
        ("CopilotModules", r#"[{"moduleType":"qreport","status":1},{"moduleType":"smartQAskNum","status":0}]"#),
    ];
    let user = done(&booth, "AddUser", &wish);
    let id = user["UserId"].as_str().unwrap();
    assert_eq!(id.len(), 32);
    assert_eq!(
        user,
        json!({
            "UserId": id, "AccountName": "lisi", "NickName": "Li Si", "UserType": 3, "RoleIdList": [111_111_111],
            "AdminUser": true, "AuthAdminUser": false, "CopilotModules": ["qreport"],
        })
    );
    let told = done(&booth, "QueryUserInfoByUserId", &[("UserId", id)]);
    assert_eq!(
        (&told["NickName"], &told["IsDeleted"], &told["AccountId"]),
        (&json!("Li Si"), &json!(false), &json!("1355000000000009"))
    );
    for account in ["lisi", "1355000000000009"] {
        assert_eq!(done(&booth, "QueryUserInfoByAccount", &[("Account", account)])["UserId"], id);
    }
    let list = done(&booth, "QueryUserList", &[("Keyword", "li si")]);
    assert_eq!((&list["TotalNum"], &list["Data"][0]["JoinedDate"]), (&json!(1), &json!(1_767_571_200_000_i64)));
    assert_eq!(done(&booth, "CheckOrganizationMember", &[("UserId", id)]), true);
    assert_eq!(done(&booth, "ListOrganizationRoleUsers", &[("RoleId", "111111111")])["TotalNum"], 2);
    assert!(may_read(&booth, id, "analysis-demo"), "an administrator reads everything");

    done(&booth, "CreateTicket", &[("WorksId", DASHBOARD), ("UserId", id)]);
    done(&booth, "CreateTicket", &[("WorksId", DASHBOARD), ("AccountName", "lisi"), ("AccountType", "1")]);
    let (status, body) = alibaba(&booth, "2021-03-25", "CreateEmbedToken", &[("WorksId", DASHBOARD), ("UserId", id)]);
    assert_eq!(status, 200, "{body}");
}

#[test]
fn a_user_that_ends_is_gone_for_tickets_and_visits() {
    let booth = demo(AuthMode::Off);
    let user = new_user(&booth, "lisi");
    let of_user = [("WorksId", DASHBOARD), ("UserId", user.as_str()), ("TicketNum", "5")];
    let ticket = done(&booth, "CreateTicket", &of_user);
    let ticket = ticket.as_str().unwrap();
    let link = format!("/token3rd/dashboard/view/pc.htm?pageId={DASHBOARD}&accessTicket={ticket}");
    assert_eq!(verdict(&open(&booth, &link)), "admitted");
    let member = [("WorkspaceId", "workspace-demo"), ("UserId", user.as_str())];
    done(&booth, "AddUserToWorkspace", &[&member[..], &[("RoleId", "26")]].concat());
    done(&booth, "AddUserGroupMember", &[("UserGroupId", "group-sales"), ("UserIdList", &user)]);
    done(&booth, "UpdateUserTagValue", &[("UserId", &user), ("TagId", "tag-region"), ("TagValue", "west")]);
    done(&booth, "SaveFavorites", &[("UserId", &user), ("WorksId", DASHBOARD)]);
    let share = [("WorksId", "analysis-demo"), ("ShareToType", "0"), ("ShareToId", &user)];
    done(&booth, "AddShareReport", &[&share[..], &[("AuthPoint", "1"), ("ExpireDate", "1798761600000")]].concat());
    let whitelist = [("CubeId", "dataset-demo"), ("TargetType", "1"), ("TargetIds", &*user), ("OperateType", "ADD")];
    done(&booth, "AddDataLevelPermissionWhiteList", &whitelist);
    done(&booth, "AuthorizeMenu", &[("DataPortalId", "portal-demo"), ("MenuIds", "menu-sales"), ("UserIds", &user)]);

    assert_eq!(done(&booth, "DeleteUser", &[("UserId", &user)]), true);
    assert_eq!(refused(&booth, "QueryUserInfoByUserId", &[("UserId", &user)]), "User.Not.In.Organization");
    assert_eq!(refused(&booth, "DeleteUser", &[("UserId", &user)]), "User.Not.In.Organization");
    assert_eq!(done(&booth, "QueryUserList", &[("Keyword", "lisi")])["TotalNum"], 0);
    assert_eq!(refused(&booth, "CreateTicket", &of_user), "ApiUser.Not.Exists");
    let by_account = [("WorksId", DASHBOARD), ("AccountName", "lisi"), ("AccountType", "1")];
    assert_eq!(refused(&booth, "CreateTicket", &by_account), "ApiUser.Not.Exists");
    assert_ne!(verdict(&open(&booth, &link)), "admitted");
    assert_eq!(done(&booth, "QueryTicketInfo", &[("Ticket", ticket)])["UsedTicketNum"], 1, "no use was taken");
    // Nothing names the user any more.
    for (action, params) in [
        ("QueryWorkspaceUserList", &[("WorkspaceId", "workspace-demo")][..]),
        ("QueryUserGroupMember", &[("UserGroupId", "group-sales")]),
        ("QueryShareList", &[("ReportId", "analysis-demo")]),
        ("ListDataLevelPermissionWhiteList", &[("CubeId", "dataset-demo"), ("RuleType", "ROW_LEVEL")]),
        ("ListPortalMenuAuthorization", &[("DataPortalId", "portal-demo")]),
    ] {
        let told = done(&booth, action, params).to_string();
        assert!(!told.contains(&user), "{action}: {told}");
    }
    // The account is free again.
    let next = new_user(&booth, "lisi");
    assert_ne!(next, user);
    assert_eq!(done(&booth, "QueryUserTagValueList", &[("UserId", &next)]), json!([]));
}

#[test]
fn what_somebody_leaves_behind_goes_to_the_successor() {
    let booth = demo(AuthMode::Off);
    assert_eq!(refused(&booth, "DeleteUser", &[("UserId", WANGWU)]), "CanNot.Remove.WorkspaceOwner");
    let text = ticketbooth::world::DEMO.replace(
        "          name: Demo workspace\n",
        "          name: Demo workspace\n          owner: duplicate-user-1\n",
    );
    let booth = crate::kit::emulator(
        ticketbooth::world::World::load("world", &text, &crate::kit::assumptions()).unwrap(),
        AuthMode::Off,
        crate::kit::NOON,
    );
    let ticket = done(&booth, "CreateTicket", &[("WorksId", DASHBOARD)]);
    let link = format!("/token3rd/dashboard/view/pc.htm?pageId={DASHBOARD}&accessTicket={}", ticket.as_str().unwrap());
    let successor = new_user(&booth, "lisi");
    let to = |user: &str| refused(&booth, "DeleteUser", &[("UserId", WANGWU), ("TransferUserId", user)]);
    assert_eq!(to(ZHANGSAN), "Works.Transfer.Error", "a visitor");
    assert_eq!(to(WANGWU), "Works.Transfer.Error");
    assert_eq!(to("nobody"), "User.Not.In.Organization");

    assert_eq!(done(&booth, "DeleteUser", &[("UserId", WANGWU), ("TransferUserId", &successor)]), true);
    assert_ne!(verdict(&open(&booth, &link)), "admitted", "the ticket acts as somebody who is gone");
    assert_eq!(done(&booth, "QueryWorks", &[("WorksId", DASHBOARD)])["OwnerId"], *successor);
    assert_eq!(done(&booth, "QueryDatasetInfo", &[("DatasetId", "dataset-demo")])["OwnerId"], *successor);
    let role =
        done(&booth, "QueryUserRoleInfoInWorkspace", &[("UserId", &successor), ("WorkspaceId", "workspace-demo")]);
    assert_eq!(role["RoleId"], 25, "no lower role than his");
    let ticket = done(&booth, "CreateTicket", &[("WorksId", DASHBOARD)]);
    let link = format!("/token3rd/dashboard/view/pc.htm?pageId={DASHBOARD}&accessTicket={}", ticket.as_str().unwrap());
    assert_eq!(verdict(&open(&booth, &link)), "admitted", "it acts as the new owner");

    done(&booth, "DeleteUser", &[("UserId", &successor)]);
    let owner = &done(&booth, "QueryWorks", &[("WorksId", DASHBOARD)])["OwnerId"];
    assert_eq!(owner, "duplicate-user-1", "the owner of the workspace");
}

#[test]
fn a_user_changes_as_far_as_the_call_says() {
    let booth = demo(AuthMode::Off);
    let user = || done(&booth, "QueryUserInfoByUserId", &[("UserId", ZHANGSAN)]);
    let change = |params: &[(&str, &str)]| done(&booth, "UpdateUser", &[&[("UserId", ZHANGSAN)], params].concat());
    let before = user();
    assert_eq!(change(&[]), true);
    assert_eq!(user(), before);
    change(&[("NickName", "San"), ("UserType", "1"), ("IsDeleted", "True")]);
    assert_eq!((user()["NickName"].clone(), user()["UserType"].clone()), (json!("San"), json!(1)));
    assert_eq!(user()["IsDeleted"], true);
    change(&[("AdminUser", "true")]);
    assert_eq!(user()["RoleIdList"], json!([111_111_113, 111_111_111]));
    change(&[("AdminUser", "false"), ("RoleIds", "111111111,111111112")]);
    assert_eq!(user()["RoleIdList"], json!([111_111_111, 111_111_112]), "roles count before the older flags");
    change(&[("AdminUser", "false"), ("AuthAdminUser", "false")]);
    assert_eq!(user()["RoleIdList"], json!([111_111_113]));

    let of = |params: &[(&str, &str)]| refused(&booth, "UpdateUser", &[&[("UserId", ZHANGSAN)], params].concat());
    assert_eq!(of(&[("RoleIds", "111111111,7")]), "User.Role.NotExist");
    assert_eq!(of(&[("RoleIds", "1,2,3,4")]), "Invalid.Parameter");
    assert_eq!(of(&[("UserType", "4")]), "Invalid.Parameter");
    assert_eq!(of(&[("NickName", &"n".repeat(51))]), "Parameter.Length.Exceed");
    let add = |params: &[(&str, &str)]| {
        refused(&booth, "AddUser", &[&[("NickName", "n"), ("UserType", "1")], params].concat())
    };
    assert_eq!(add(&[]), "Invalid.Parameter", "no account");
    assert_eq!(add(&[("AccountName", "wangwu")]), "Invalid.Parameter", "there already");
    assert_eq!(add(&[("AccountName", "wangwu:zhangsan")]), "Invalid.Parameter");
    done(&booth, "AddUser", &[("NickName", "n"), ("UserType", "1"), ("AccountName", "wangwu:lisi")]);
    let ram = [("WorksId", DASHBOARD), ("AccountName", "wangwu:lisi"), ("AccountType", "5")];
    done(&booth, "CreateTicket", &ram);
}

#[test]
fn older_versions_change_users_in_the_body_of_a_form_too() {
    let booth = demo(AuthMode::Off);
    let wish = [("AccountName", "main:sub"), ("NickName", "Sub"), ("UserType", "1")];
    let (status, body) = alibaba(&booth, "2020-08-01", "AddUser", &wish);
    assert_eq!(status, 200, "{body}");
    let user = body["Result"]["UserId"].as_str().unwrap();
    let (status, body) = alibaba(&booth, "2020-08-01", "DeleteUser", &[("UserId", user)]);
    assert_eq!((status, &body["Result"]), (200, &json!(true)));
    let (status, body) = alibaba(&booth, "2020-08-01", "DeleteUser", &[("UserId", user)]);
    assert_eq!((status, code(&body)), (500, "User.Not.In.Organization"));
}

#[test]
fn who_is_in_a_group_is_seen_by_every_reader_and_reads_what_is_shared_with_it() {
    let booth = demo(AuthMode::Off);
    let user = new_user(&booth, "lisi");
    let in_groups = || {
        let groups = done(&booth, "ListUserGroupsByUserId", &[("UserId", &user)]);
        each(&groups, "UsergroupId").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let reads = || may_read(&booth, &user, "workbook-demo");
    let both = format!("{user},{ZHANGSAN}");
    assert!(!reads());
    done(&booth, "AddUserGroupMember", &[("UserGroupId", "group-sales"), ("UserIdList", &both)]);
    assert_eq!((in_groups(), reads()), (vec!["group-sales".to_owned()], true));
    let members = done(&booth, "QueryUserGroupMember", &[("UserGroupId", "group-sales")]);
    assert_eq!(each(&members, "Id"), [ZHANGSAN, &user]);
    assert!(
        done(&booth, "QueryReadableResourcesListByUserIdV2", &[("UserId", &user)]).to_string().contains("Price list")
    );

    done(&booth, "AddUserGroupMembers", &[("UserGroupIds", "group-company,group-sales"), ("UserId", &user)]);
    assert_eq!(in_groups(), ["group-company", "group-sales"]);
    done(&booth, "DeleteUserGroupMember", &[("UserGroupId", "group-sales"), ("UserId", &user)]);
    assert_eq!((in_groups(), reads()), (vec!["group-company".to_owned()], false));
    done(&booth, "AddUserGroupMembers", &[("UserGroupIds", "group-sales"), ("UserId", &user)]);
    done(&booth, "DeleteUserGroupMembers", &[("UserGroupIds", "group-sales,group-company"), ("UserId", &user)]);
    assert_eq!(in_groups(), Vec::<String>::new());
    done(&booth, "AddUserGroupMembers", &[("UserGroupIds", "group-sales,group-company"), ("UserId", &user)]);
    done(&booth, "WithdrawAllUserGroups", &[("UserId", &user)]);
    assert_eq!((in_groups(), reads()), (Vec::<String>::new(), false));

    let strangers = format!("{user},nobody");
    let bad = [("UserGroupId", "group-sales"), ("UserIdList", &*strangers)];
    assert_eq!(refused(&booth, "AddUserGroupMember", &bad), "Invalid.User");
    assert_eq!(in_groups(), Vec::<String>::new(), "all of them or nobody");
    let many = (0..1001).map(|number| format!("u{number}")).collect::<Vec<_>>().join(",");
    let bad = [("UserGroupId", "group-sales"), ("UserIdList", &*many)];
    assert_eq!(refused(&booth, "AddUserGroupMember", &bad), "Parameter.Length.Exceed");
    let bad = [("UserGroupIds", "group-sales,unknown"), ("UserId", &*user)];
    for action in ["AddUserGroupMembers", "DeleteUserGroupMembers"] {
        assert_eq!(refused(&booth, action, &bad), "Usergroup.NotBelongTo.CurrentOrganization");
    }
}

#[test]
fn groups_come_move_and_go_with_all_below_them() {
    let booth = demo(AuthMode::Off);
    let wish = [("ParentUserGroupId", "group-sales"), ("UserGroupName", "North"), ("UserGroupDescription", "far up")];
    let north = done(&booth, "CreateUserGroup", &wish);
    let north = north.as_str().unwrap();
    let other = [("ParentUserGroupId", "-1"), ("UserGroupName", "Other"), ("UserGroupId", "other")];
    assert_eq!(done(&booth, "CreateUserGroup", &other), "other");
    let group = |id: &str| done(&booth, "ListByUserGroupId", &[("UserGroupIds", id)])["UserGroupModels"][0].clone();
    assert_eq!(group(north)["IdentifiedPath"], format!("group-company/group-sales/{north}"));
    assert_eq!(group(north)["CreateTime"], "2026-01-05 08:00:00");
    let children = |parent: &str| {
        let list = done(&booth, "QueryUserGroupListByParentId", &[("ParentUserGroupId", parent)]);
        each(&list, "UserGroupId").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        (children("group-sales"), children("-1")),
        (vec![north.to_owned()], vec!["group-company".to_owned(), "other".to_owned()])
    );
    let members = done(&booth, "QueryUserGroupMember", &[("UserGroupId", "group-sales"), ("Keyword", "nort")]);
    assert_eq!((&members[0]["Id"], &members[0]["IsUserGroup"]), (&json!(north), &json!(true)));

    done(&booth, "UpdateUserGroup", &[("UserGroupId", north), ("UserGroupName", "Far north")]);
    assert_eq!(each(&done(&booth, "GetUserGroupInfo", &[("Keyword", "FAR")]), "UsergroupId"), [north]);
    done(&booth, "TransferUsergroup", &[("UserGroupId", "group-sales"), ("ParentUserGroupId", "other")]);
    assert_eq!(group("group-sales")["ParentUsergroupId"], "other");
    assert_eq!(group(north)["IdentifiedPath"], format!("other/group-sales/{north}"));
    for parent in ["group-sales", north] {
        let wish = [("UserGroupId", "group-sales"), ("ParentUserGroupId", parent)];
        assert_eq!(refused(&booth, "TransferUsergroup", &wish), "Invalid.Parameter", "into itself");
    }
    let bad = [("UserGroupId", "group-sales"), ("ParentUserGroupId", "unknown")];
    assert_eq!(refused(&booth, "TransferUsergroup", &bad), "UserGroup.Parent.NotFound");
    let bad = [("UserGroupId", "other"), ("UserGroupName", "Company")];
    assert_eq!(refused(&booth, "UpdateUserGroup", &bad), "Duplicate.Name.Error");
    let bad = [("ParentUserGroupId", "-1"), ("UserGroupName", "New"), ("UserGroupId", "-1")];
    assert_eq!(refused(&booth, "CreateUserGroup", &bad), "Invalid.Parameter");

    assert!(may_read(&booth, ZHANGSAN, "workbook-demo"));
    done(&booth, "DeleteUserGroup", &[("UserGroupId", "other")]);
    let told = done(&booth, "ListByUserGroupId", &[("UserGroupIds", &format!("other,group-sales,{north}"))]);
    assert_eq!(told["FailedUserGroupIds"], json!(["other", "group-sales", north]));
    assert!(!may_read(&booth, ZHANGSAN, "workbook-demo"));
    assert_eq!(done(&booth, "QueryShareList", &[("ReportId", "workbook-demo")]), json!([]));
    assert_eq!(done(&booth, "ListUserGroupsByUserId", &[("UserId", ZHANGSAN)]), json!([]));
    assert_eq!(refused(&booth, "DeleteUserGroup", &[("UserGroupId", "other")]), "Usergroup.Not.Exist");
}

#[test]
fn tags_and_their_values_are_seen_by_their_lists() {
    let booth = demo(AuthMode::Off);
    let values = || done(&booth, "QueryUserTagValueList", &[("UserId", ZHANGSAN)]);
    let set = |tag: &str, value: &str| {
        done(&booth, "UpdateUserTagValue", &[("UserId", ZHANGSAN), ("TagId", tag), ("TagValue", value)])
    };
    let tag = done(&booth, "AddUserTagMeta", &[("TagName", "level"), ("TagDescription", "how high")]);
    let tag = tag.as_str().unwrap();
    assert_eq!(set(tag, "3,4"), true);
    set("tag-region", "north");
    assert_eq!(
        values(),
        json!([
            { "TagId": "tag-region", "TagName": "region", "TagValue": "north" },
            { "TagId": tag, "TagName": "level", "TagValue": "3,4" },
        ])
    );
    done(&booth, "UpdateUserTagMeta", &[("TagId", tag), ("TagName", "rank")]);
    let tags = done(&booth, "QueryUserTagMetaList", &[]);
    assert_eq!(tags[1], json!({ "TagId": tag, "TagName": "rank", "TagDescription": "how high" }));
    set("tag-region", "$NULL$");
    assert_eq!(values(), json!([{ "TagId": tag, "TagName": "rank", "TagValue": "3,4" }]));
    set("tag-region", "$NULL$");
    done(&booth, "DeleteUserTagMeta", &[("TagId", tag)]);
    assert_eq!(values(), json!([]));
    assert_eq!(done(&booth, "QueryUserTagMetaList", &[]).as_array().unwrap().len(), 1);

    let long = "值".repeat(3001);
    let bad = |tag: &str, value: &str| {
        refused(&booth, "UpdateUserTagValue", &[("UserId", ZHANGSAN), ("TagId", tag), ("TagValue", value)])
    };
    assert_eq!(bad("tag-region", &long), "Invalid.Parameter.Error");
    assert_eq!(bad(tag, "1"), "UserTag.NotIn.CurrentOrganization");
    set("tag-region", &"值".repeat(3000));
    assert_eq!(refused(&booth, "AddUserTagMeta", &[("TagName", "region")]), "Duplicate.Name.Error");
    assert_eq!(refused(&booth, "DeleteUserTagMeta", &[("TagId", tag)]), "UserTag.NotIn.CurrentOrganization");
}
