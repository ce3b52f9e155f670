//! One call for every code that a call, the demo world or a switch can provoke.

use crate::cloud::examples::{After, Example, Examples, How, Sample, Tweak, refused_call, refused_link};

const CREATE: &str = "CreateTicket";
const DELAY: &str = "DelayTicketExpireTime";
const UPDATE: &str = "UpdateTicketNum";
const QUERY: &str = "QueryTicketInfo";
const DELETE: &str = "DeleteTicket";
const TOKEN: &str = "CreateEmbedToken";
const DELAY_TOKEN: &str = "DelayEmbedToken";

type ParamPairs = &'static [(&'static str, &'static str)];

/// A work that just works.
const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";
/// The owner of everything in the workspace of the demo world, and a visitor of the organization.
const OWNER: &str = "46e537466d5e4a3aa1b2c3d4e92704c8";
const VISITOR: &str = "5b0f8c1d2e3a4b5c8d7e6f5a4b3c2d1e";
const PLAIN: ParamPairs = &[("WorksId", WORK)];
const TICKET: ParamPairs = &[("Ticket", "$ticket")];

pub static EXAMPLES: Examples = Examples {
    key: "LTAIlocaltest000000000000",
    secret: "localtestsecret000000000000000",
    samples: SAMPLES,
    rows: ROWS,
};

const fn sample_row(name: &'static str, about: &'static str, params: ParamPairs, after: After) -> Sample {
    Sample { name, about, action: CREATE, params, pointer: "/Result", after }
}

static SAMPLES: &[Sample] = &[
    sample_row("$ticket", "a ticket for the dashboard a206f5f3-…", PLAIN, After::Nothing),
    sample_row(
        "$used",
        "the same, whose one visit has taken place",
        PLAIN,
        After::Visit("/token3rd/dashboard/view/pc.htm?pageId=a206f5f3-0000-4000-8000-e9b17c835b03&accessTicket=$used"),
    ),
    sample_row("$expired", "the same of 0 minutes", &[("WorksId", WORK), ("ExpireTime", "0")], After::Nothing),
    sample_row("$revoked", "the same, deleted", PLAIN, After::Call(DELETE, &[("Ticket", "$revoked")])),
    Sample {
        name: "$live",
        about: "a token for the same dashboard and its owner",
        action: TOKEN,
        params: PLAIN,
        pointer: "/Result/AccessToken",
        after: After::Nothing,
    },
    Sample {
        name: "$token",
        about: "a token like that, deleted",
        action: TOKEN,
        params: PLAIN,
        pointer: "/Result/AccessToken",
        after: After::Call("DeleteEmbedToken", &[("Token", "$token")]),
    },
    Sample {
        name: "$link",
        about: "a signed link for the same dashboard, whole",
        action: "BuildSignatureUrl",
        params: &[("WorksId", WORK), ("WithHost", "false")],
        pointer: "/Result",
        after: After::Nothing,
    },
];

const fn plain_call(code: &'static str, about: &'static str, tweaks: &'static [Tweak<'static>]) -> Example {
    refused_call(code, about, CREATE, PLAIN).with_tweaks(tweaks)
}

/// A call with nothing wrong but the key.
const fn call_by(code: &'static str, about: &'static str, key: &'static str) -> Example {
    refused_call(code, about, CREATE, PLAIN).with_key(key)
}

/// A work of the demo world.
const fn work_call(code: &'static str, about: &'static str, action: &'static str, params: ParamPairs) -> Example {
    refused_call(code, about, action, params).with_setup(How::World)
}

static ROWS: &[Example] = &[
    // The request as such.
    plain_call("UnsupportedHTTPMethod", "neither GET nor POST", &[Tweak::Method("PUT")]),
    plain_call("InvalidProduct.NotFound", "another product's host", &[Tweak::With("Host", "ecs.aliyuncs.com")]),
    plain_call(
        "InvalidVersion",
        "a version that the product does not have",
        &[Tweak::With("x-acs-version", "2001-01-01")],
    ),
    refused_call("InvalidAction.NotFound", "an action that the product does not have", "CreateTickets", PLAIN),
    refused_call("InvalidAction.NotFound", "an action that this version does not have", TOKEN, PLAIN)
        .with_tweaks(&[Tweak::With("x-acs-version", "2022-01-01")]),
    refused_call(
        "UnsupportedOperation",
        "an action that is not served here",
        "QueryCubeOptimization",
        &[("WorkspaceId", "workspace-demo")],
    ),
    refused_call("Invalid.Works.Empty", "a work that nobody has", "QueryWorks", &[("WorksId", "unknown-work")]),
    refused_call(
        "Workspace.NotIn.Organization",
        "a workspace that nobody has",
        "QueryWorksByWorkspace",
        &[("WorkspaceId", "unknown-workspace")],
    ),
    refused_call(
        "User.NotIn.Workspace",
        "somebody who is no member",
        "QueryUserRoleInfoInWorkspace",
        &[("UserId", "5b0f8c1d2e3a4b5c8d7e6f5a4b3c2d1e"), ("WorkspaceId", "workspace-demo")],
    ),
    refused_call(
        "Usergroup.Not.Exist",
        "a group that nobody has",
        "QueryUserGroupMember",
        &[("UserGroupId", "unknown-group")],
    ),
    refused_call("User.Role.NotExist", "a role that there is not", "ListOrganizationRoleUsers", &[("RoleId", "1")]),
    work_call(
        "Invalid.User",
        "nobody to put into a group",
        "AddUserGroupMember",
        &[("UserGroupId", "group-sales"), ("UserIdList", "nobody")],
    ),
    refused_call(
        "UserGroup.Parent.NotFound",
        "a group in a group that nobody has",
        "CreateUserGroup",
        &[("ParentUserGroupId", "unknown-group"), ("UserGroupName", "New")],
    ),
    work_call(
        "Duplicate.Name.Error",
        "a name that another group has",
        "CreateUserGroup",
        &[("ParentUserGroupId", "-1"), ("UserGroupName", "Company")],
    ),
    work_call(
        "Duplicate.UserGroup.Id",
        "an id that another group has",
        "CreateUserGroup",
        &[("ParentUserGroupId", "-1"), ("UserGroupName", "New"), ("UserGroupId", "group-sales")],
    ),
    work_call(
        "UserTag.NotIn.CurrentOrganization",
        "a tag that nobody has",
        "UpdateUserTagValue",
        &[("UserId", OWNER), ("TagId", "unknown-tag"), ("TagValue", "north")],
    ),
    work_call(
        "Works.Transfer.Error",
        "a visitor as the successor",
        "DeleteUser",
        &[("UserId", "duplicate-user-1"), ("TransferUserId", VISITOR)],
    ),
    work_call("CanNot.Remove.WorkspaceOwner", "the owner of a workspace", "DeleteUser", &[("UserId", OWNER)]),
    refused_call("Member.ExistInWorkspace.Error", "a member of a workspace", "DeleteUser", &[("UserId", OWNER)])
        .with_setup(How::Switch("assume: { alibaba.member_deletion: refused }")),
    work_call(
        "User.AlreadyIn.Workspace",
        "somebody who is a member already",
        "AddUserToWorkspace",
        &[("UserId", OWNER), ("WorkspaceId", "workspace-demo"), ("RoleId", "26")],
    ),
    work_call(
        "Viewer.AddInTo.Workspace",
        "a visitor as a developer",
        "AddUserToWorkspace",
        &[("UserId", VISITOR), ("WorkspaceId", "workspace-demo"), ("RoleId", "26")],
    ),
    work_call(
        "User.RoleType.Valid",
        "a role that no workspace has",
        "AddUserToWorkspace",
        &[("UserId", VISITOR), ("WorkspaceId", "workspace-demo"), ("RoleId", "1")],
    ),
    work_call(
        "RowLevelPermission.Rule.NotExsist",
        "a rule that the data set does not have",
        "DeleteDataLevelRuleConfig",
        &[("CubeId", "dataset-demo"), ("RuleId", "unknown-rule")],
    ),
    work_call(
        "RowLevelPermission.Rule.NotBelongToCube",
        "a rule of another data set",
        "DeleteDataLevelRuleConfig",
        &[("CubeId", "dataset-without-datasource"), ("RuleId", "rule-south")],
    ),
    work_call(
        "Cube.NotBelongTo.CurrentOrganization",
        "a data set of another organization",
        "DeleteDataLevelRuleConfig",
        &[("CubeId", "dataset-of-another-organization"), ("RuleId", "rule-south")],
    ),
    work_call(
        "Menu.NotBelongTo.CurrentDataportal",
        "a menu that the portal does not have",
        "ChangeVisibilityModel",
        &[("DataPortalId", "portal-demo"), ("MenuIds", "unknown-menu"), ("ShowOnlyWithAccess", "true")],
    ),
    work_call(
        "FolderMenu.CanNot.Authorize",
        "a menu that is a folder",
        "ChangeVisibilityModel",
        &[("DataPortalId", "portal-demo"), ("MenuIds", "menu-folder"), ("ShowOnlyWithAccess", "true")],
    ),
    work_call(
        "User.NotBelongTo.CurrentOrganization",
        "a right for nobody",
        "AuthorizeMenu",
        &[("DataPortalId", "portal-demo"), ("MenuIds", "menu-sales"), ("UserIds", "nobody")],
    ),
    work_call(
        "Usergroup.NotBelongTo.CurrentOrganization",
        "a right for a group that nobody has",
        "AuthorizeMenu",
        &[("DataPortalId", "portal-demo"), ("MenuIds", "menu-sales"), ("UserGroupIds", "unknown-group")],
    ),
    refused_call("Invalid.Parameter", "a size that no page has", "QueryUserList", &[("PageSize", "0")]),
    refused_call("InvalidParameter.Format", "neither JSON nor XML", CREATE, &[("WorksId", WORK), ("Format", "YAML")]),
    plain_call("MissingAction", "no action", &[Tweak::Without("x-acs-action")]),
    plain_call("MissingVersion", "no version", &[Tweak::Without("x-acs-version")]),
    plain_call("MissingAccessKeyId", "no signature at all", &[Tweak::Without("Authorization")]),
    plain_call("MissingTimestamp", "no date", &[Tweak::Without("x-acs-date")]),
    plain_call("MissingSignature", "no signature", &[Tweak::Older, Tweak::Without("Signature")]),
    plain_call("MissingSignatureMethod", "no signature method", &[Tweak::Older, Tweak::Without("SignatureMethod")]),
    plain_call("MissingSignatureVersion", "no signature version", &[Tweak::Older, Tweak::Without("SignatureVersion")]),
    plain_call("MissingSignatureNonce", "no nonce", &[Tweak::Older, Tweak::Without("SignatureNonce")]),
    refused_call("Missing{name}", "no work", CREATE, &[]),
    refused_call("Missing{name}", "no minutes", DELAY, TICKET),
    refused_call("Missing{name}", "no number of visits", UPDATE, TICKET),
    refused_call("Missing{name}", "no ticket", QUERY, &[]),
    refused_call("Missing{name}", "no token", DELAY_TOKEN, &[]),
    refused_call(
        "Invalid{name}",
        "a number of visits that is not a number",
        CREATE,
        &[("WorksId", WORK), ("TicketNum", "two")],
    ),
    // Who is asking.
    plain_call("IncompleteSignature", "a header of no scheme", &[Tweak::With("Authorization", "Basic YTpi")]),
    plain_call("InvalidSignatureMethod", "another digest", &[Tweak::Older, Tweak::With("SignatureMethod", "HMAC-MD5")]),
    plain_call(
        "InvalidSignatureMethod",
        "another digest",
        &[Tweak::With("Authorization", "ACS3-HMAC-MD5 Credential=k")],
    ),
    plain_call(
        "InvalidSignatureVersion",
        "another signature version",
        &[Tweak::Older, Tweak::With("SignatureVersion", "2.0")],
    ),
    plain_call("InvalidTimeStamp.Format", "a date without its time", &[Tweak::With("x-acs-date", "2026-01-05")]),
    plain_call("InvalidTimeStamp.Expired", "a clock 901 seconds behind", &[Tweak::Skew(-901)]),
    plain_call("InvalidTimeStamp.Expired", "a clock 901 seconds ahead", &[Tweak::Older, Tweak::Skew(901)]),
    plain_call("SignatureNonceUsed", "the same request twice", &[Tweak::Times(2)]),
    plain_call("SignatureDoesNotMatch", "signed with another secret", &[Tweak::Secret("wrong")]),
    plain_call("SignatureDoesNotMatch", "the same with the older signature", &[Tweak::Older, Tweak::Secret("wrong")]),
    plain_call("SignatureDoesNotMatch", "the digest of another body", &[Tweak::With("x-acs-content-sha256", "0")]),
    call_by("InvalidAccessKeyId.NotFound", "an unknown key", "LTAIunknownkey0000000000000").with_setup(How::Request),
    call_by("InvalidAccessKeyId.Inactive", "a key that was switched off", "LTAIdisabledkey000000000000"),
    call_by("MissingSecurityToken", "a temporary key without its token", "STS.temporarykey00000000000"),
    call_by("InvalidSecurityToken.MismatchWithAccessKey", "with another token", "STS.temporarykey00000000000")
        .with_tweaks(&[Tweak::SessionToken("other")]),
    call_by("Forbidden.RAM", "a key whose policy grants nothing", "LTAInopermission00000000000"),
    refused_call("NoPermission", "a caller that is refused, where the action has no code for it", QUERY, TICKET)
        .with_key("LTAIexpiredinstance00000000"),
    refused_call("NoPermissionTo.Operate.Object", "a ticket of another organization", DELETE, TICKET)
        .with_key("LTAIotherorganization000000")
        .with_setup(How::World),
    // The account and the caller.
    call_by("Instance.Expired", "an instance that has expired", "LTAIexpiredinstance00000000"),
    call_by("Instance.Not.Exist", "an organization without an instance", "LTAImissinginstance00000000"),
    call_by("Invalid.Organization", "an organization that does not exist", "LTAIunknownorganization0000"),
    call_by("Access.Forbidden", "an edition without the API", "LTAIstandardedition00000000"),
    call_by("Invalid.User.Admin", "a key of nobody who administers", "LTAInotadmin000000000000000"),
    call_by("User.Not.WorkspaceAdmin", "a key of no administrator of the workspace", "LTAInotworkspaceadmin000000"),
    call_by("UserInfo.Error", "a key whose user is not in order", "LTAIinvaliduser000000000000"),
    work_call(
        "UserInfo.Error",
        "an account name that is defined twice",
        CREATE,
        &[("WorksId", WORK), ("AccountName", "duplicate-user"), ("AccountType", "1")],
    ),
    refused_call("Not.ApiCall.AuthUser", "a key that is not authorized for the API", DELETE, TICKET)
        .with_key("LTAInotauthorized0000000000"),
    refused_call(
        "GlobalParam.Restricted.Use",
        "an instance without global parameters",
        CREATE,
        &[("WorksId", "dashboard-without-global-param"), ("GlobalParam", "[]")],
    )
    .with_key("LTAInoglobalparam0000000000"),
    work_call(
        "Auth3Rd.Over.MaxQuota",
        "one embedded work too many",
        "UpdateEmbeddedStatus",
        &[("WorksId", "dashboard-beyond-quota"), ("ThirdPartAuthFlag", "true")],
    )
    .with_key("LTAInoglobalparam0000000000"),
    // Parameters that the service itself looks at.
    refused_call(
        "Invalid.Parameter.Error",
        "a lifetime of more than 240 minutes",
        CREATE,
        &[("WorksId", WORK), ("ExpireTime", "241")],
    ),
    refused_call(
        "Invalid.Parameter.Error",
        "an unknown kind of account",
        CREATE,
        &[("WorksId", WORK), ("AccountName", "wangwu"), ("AccountType", "2")],
    ),
    refused_call(
        "Invalid.Parameter.Error",
        "filters that are not a list",
        CREATE,
        &[("WorksId", WORK), ("GlobalParam", "{}")],
    ),
    refused_call(
        "Invalid.Parameter.Error",
        "more than 240 minutes to add",
        DELAY,
        &[("Ticket", "$ticket"), ("ExpireTime", "241")],
    ),
    refused_call(
        "Invalid.Parameter.Error",
        "a lifetime of no minutes",
        TOKEN,
        &[("WorksId", WORK), ("ExpireMin", "0")],
    ),
    refused_call(
        "System.Param.Empty",
        "an account without its kind",
        CREATE,
        &[("WorksId", WORK), ("AccountName", "wangwu")],
    ),
    refused_call("System.Param.Empty", "a blank work", TOKEN, &[("WorksId", "")]),
    refused_call("System.Param.Empty", "a blank ticket", DELETE, &[("Ticket", "")]),
    refused_call(
        "Parameter.Length.Exceed",
        "a watermark of 51 characters",
        CREATE,
        &[("WorksId", WORK), ("WatermarkParam", "123456789012345678901234567890123456789012345678901")],
    ),
    // Works and what stands behind them.
    refused_call("Report.NotExist.Error", "an unknown work", CREATE, &[("WorksId", "nothing")]),
    refused_call("Report.NotExist.Error", "an unknown work", TOKEN, &[("WorksId", "nothing")]),
    work_call("Report.NotExist.Error", "a work that was deleted", CREATE, &[("WorksId", "work-gone")]),
    work_call("Report.NotExist", "a dashboard that was deleted", CREATE, &[("WorksId", "dashboard-gone")]),
    work_call("Report.NotExist", "a dashboard that was deleted", TOKEN, &[("WorksId", "dashboard-gone")]),
    work_call(
        "Authorize3Rd.Report.Unauthorized",
        "a work whose embedding is off",
        CREATE,
        &[("WorksId", "embedding-off")],
    ),
    work_call(
        "Access.ReportTree.Unauthorized",
        "a work whose embedding is off",
        TOKEN,
        &[("WorksId", "embedding-off")],
    ),
    work_call("Cube.Not.Exist", "a data set that was deleted", CREATE, &[("WorksId", "dataset-gone")]),
    work_call("Cube.Not.Exist", "a data set that was deleted", TOKEN, &[("WorksId", "dataset-gone")]),
    work_call("Datasource.NotFound.Error", "a data source that was deleted", CREATE, &[("WorksId", "datasource-gone")]),
    work_call("Datasource.Not.Found", "a data source that was deleted", TOKEN, &[("WorksId", "datasource-gone")]),
    work_call(
        "Organization.Workspace.Inconformity",
        "a workspace of another organization",
        CREATE,
        &[("WorksId", "workspace-of-another-organization")],
    ),
    work_call(
        "Organization.Workspace.Inconformity",
        "a workspace of another organization",
        TOKEN,
        &[("WorksId", "workspace-of-another-organization")],
    ),
    refused_call(
        "Application.Object.NotExist",
        "a component that the dashboard does not have",
        CREATE,
        &[("WorksId", WORK), ("CmptId", "nothing")],
    ),
    work_call(
        "Authorize3rdTicket.Unsupport.ScreenWatermark",
        "a watermark for a screen",
        CREATE,
        &[("WorksId", "screen-demo"), ("WatermarkParam", "mine")],
    ),
    // Users whom a ticket shall act as.
    refused_call("ApiUser.Not.Exists", "an unknown user", CREATE, &[("WorksId", WORK), ("UserId", "nobody")]),
    refused_call("ApiUser.Not.Exists", "an unknown user", TOKEN, &[("WorksId", WORK), ("UserId", "nobody")]),
    work_call(
        "Invalid.User.Organization",
        "a user of another organization",
        CREATE,
        &[("WorksId", WORK), ("UserId", "user-of-another-organization")],
    ),
    work_call(
        "User.Not.In.Organization",
        "a user of another organization",
        TOKEN,
        &[("WorksId", WORK), ("UserId", "user-of-another-organization")],
    ),
    work_call(
        "DirtyData.Duplicate.User",
        "an account name that is defined twice",
        TOKEN,
        &[("WorksId", WORK), ("AccountName", "duplicate-user"), ("AccountType", "1")],
    ),
    // Tickets and tokens.
    refused_call(
        "Authorize3rdTicket.Num.Exceed",
        "more than 99999 visits",
        CREATE,
        &[("WorksId", WORK), ("TicketNum", "100000")],
    ),
    refused_call(
        "Authorize3rdTicket.Num.Exceed",
        "more than 99998 visits",
        UPDATE,
        &[("Ticket", "$ticket"), ("TicketNum", "99999")],
    ),
    refused_call("Authorize3rdTicket.NotExist", "an unknown ticket", QUERY, &[("Ticket", "nothing")]),
    refused_call("Authorize3rdTicket.NotExist", "a ticket that was deleted", DELETE, &[("Ticket", "$revoked")]),
    refused_call(
        "Authorize3rdTicket.NotExist",
        "an unknown ticket",
        DELAY,
        &[("Ticket", "nothing"), ("ExpireTime", "10")],
    ),
    refused_call(
        "Authorize3rdTicket.Expired",
        "a ticket that has expired",
        DELAY,
        &[("Ticket", "$expired"), ("ExpireTime", "10")],
    ),
    refused_call("Authorize3rdTicket.Expired", "a ticket that has expired", QUERY, &[("Ticket", "$expired")]),
    refused_call(
        "Authorize3rdTicket.Num.HasNoLeft",
        "a ticket that is used up",
        DELAY,
        &[("Ticket", "$used"), ("ExpireTime", "10")],
    )
    .with_setup(How::Switch("assume: { alibaba.extend_used_up: refuse }")),
    refused_call("Authorize3Rd.Token.NotExist", "an unknown token", DELAY_TOKEN, &[("Token", "nothing")]),
    refused_call(
        "Authorize3Rd.Token.NotExist",
        "a token that was deleted",
        "QueryEmbedTokenInfo",
        &[("Token", "$token")],
    ),
    refused_call(
        "Authorize3Rd.Token.ToMuch",
        "a second token of one user",
        TOKEN,
        &[
            ("WorksId", "workbook-demo"),
            // No parameter of the action, and dropped; it only has the first token made.
            ("Beside", "$live"),
        ],
    )
    .with_setup(How::Switch("assume: { alibaba.embed_token_limit: 1 }")),
    // The embed page.
    refused_link(
        "Authorize3rdTicket.NotExist",
        "a link without a ticket",
        "/token3rd/dashboard/view/pc.htm?pageId=any",
    ),
    refused_link(
        "Authorize3rdTicket.NotExist",
        "an unknown ticket",
        "/token3rd/dashboard/view/pc.htm?pageId=a206f5f3-0000-4000-8000-e9b17c835b03&accessTicket=nothing",
    ),
    refused_link(
        "Authorize3rdTicket.NotExist",
        "a ticket that was deleted",
        "/token3rd/dashboard/view/pc.htm?pageId=a206f5f3-0000-4000-8000-e9b17c835b03&accessTicket=$revoked",
    ),
    refused_link(
        "Authorize3rdTicket.Expired",
        "a ticket that has expired",
        "/token3rd/dashboard/view/pc.htm?pageId=a206f5f3-0000-4000-8000-e9b17c835b03&accessTicket=$expired",
    ),
    refused_link(
        "Authorize3rdTicket.Num.HasNoLeft",
        "one visit more than the ticket has",
        "/token3rd/dashboard/view/pc.htm?pageId=a206f5f3-0000-4000-8000-e9b17c835b03&accessTicket=$used",
    ),
    refused_link(
        "Authorize3rdTicket.BindedWorks.Mismatch",
        "a ticket for another work",
        "/token3rd/report/view.htm?id=workbook-demo&accessTicket=$ticket",
    ),
    refused_link("AccessId.Signature.NotAllowed", "a signed link of an organization that may not use them", "$link")
        .with_setup(How::Switch("assume: { alibaba.signature_url_white_list: unlisted }")),
    refused_link("Authorize3rdTicket.HasNo.LoginToken", "the data of a page that was not opened", "/api/v2/olap/query"),
];
