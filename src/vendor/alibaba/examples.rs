//! One call for every code that a call, the demo world or a switch can provoke.

use crate::vendor::client::Tweak;
use crate::vendor::examples::{After, Example, Examples, How, Sample, call, link};

const CREATE: &str = "CreateTicket";
const DELAY: &str = "DelayTicketExpireTime";
const UPDATE: &str = "UpdateTicketNum";
const QUERY: &str = "QueryTicketInfo";
const DELETE: &str = "DeleteTicket";
const TOKEN: &str = "CreateEmbedToken";
const DELAY_TOKEN: &str = "DelayEmbedToken";

type Pairs = &'static [(&'static str, &'static str)];

/// A work that just works.
const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";
const PLAIN: Pairs = &[("WorksId", WORK)];
const TICKET: Pairs = &[("Ticket", "$ticket")];

pub static EXAMPLES: Examples = Examples {
    key: "LTAIlocaltest000000000000",
    secret: "localtestsecret000000000000000",
    samples: SAMPLES,
    rows: ROWS,
};

const fn sample(name: &'static str, about: &'static str, params: Pairs, after: After) -> Sample {
    Sample { name, about, action: CREATE, params, pointer: "/Result", after }
}

static SAMPLES: &[Sample] = &[
    sample("$ticket", "a ticket for the dashboard a206f5f3-…", PLAIN, After::Nothing),
    sample(
        "$used",
        "the same, whose one visit has taken place",
        PLAIN,
        After::Visit("/token3rd/dashboard/view/pc.htm?pageId=a206f5f3-0000-4000-8000-e9b17c835b03&accessTicket=$used"),
    ),
    sample("$expired", "the same of 0 minutes", &[("WorksId", WORK), ("ExpireTime", "0")], After::Nothing),
    sample("$revoked", "the same, deleted", PLAIN, After::Call(DELETE, &[("Ticket", "$revoked")])),
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
];

const fn plain(code: &'static str, about: &'static str, tweaks: &'static [Tweak<'static>]) -> Example {
    call(code, about, CREATE, PLAIN).tweak(tweaks)
}

/// A call with nothing wrong but the key.
const fn by(code: &'static str, about: &'static str, key: &'static str) -> Example {
    call(code, about, CREATE, PLAIN).key(key)
}

/// A work of the demo world.
const fn work(code: &'static str, about: &'static str, action: &'static str, params: Pairs) -> Example {
    call(code, about, action, params).how(How::World)
}

static ROWS: &[Example] = &[
    // The request as such.
    plain("UnsupportedHTTPMethod", "neither GET nor POST", &[Tweak::Method("PUT")]),
    plain("InvalidProduct.NotFound", "another product's host", &[Tweak::With("Host", "ecs.aliyuncs.com")]),
    plain("InvalidVersion", "a version that the product does not have", &[Tweak::With("x-acs-version", "2001-01-01")]),
    call("InvalidAction.NotFound", "an action that the product does not have", "CreateTickets", PLAIN),
    call("InvalidAction.NotFound", "an action that this version does not have", TOKEN, PLAIN)
        .tweak(&[Tweak::With("x-acs-version", "2022-01-01")]),
    call("UnsupportedOperation", "an action that is not served here", "QueryDatasetList", &[]),
    call("InvalidParameter.Format", "neither JSON nor XML", CREATE, &[("WorksId", WORK), ("Format", "YAML")]),
    plain("MissingAction", "no action", &[Tweak::Without("x-acs-action")]),
    plain("MissingVersion", "no version", &[Tweak::Without("x-acs-version")]),
    plain("MissingAccessKeyId", "no signature at all", &[Tweak::Without("Authorization")]),
    plain("MissingTimestamp", "no date", &[Tweak::Without("x-acs-date")]),
    plain("MissingSignature", "no signature", &[Tweak::Older, Tweak::Without("Signature")]),
    plain("MissingSignatureMethod", "no signature method", &[Tweak::Older, Tweak::Without("SignatureMethod")]),
    plain("MissingSignatureVersion", "no signature version", &[Tweak::Older, Tweak::Without("SignatureVersion")]),
    plain("MissingSignatureNonce", "no nonce", &[Tweak::Older, Tweak::Without("SignatureNonce")]),
    call("Missing{name}", "no work", CREATE, &[]),
    call("Missing{name}", "no minutes", DELAY, TICKET),
    call("Missing{name}", "no number of visits", UPDATE, TICKET),
    call("Missing{name}", "no ticket", QUERY, &[]),
    call("Missing{name}", "no token", DELAY_TOKEN, &[]),
    call("Invalid{name}", "a number of visits that is no number", CREATE, &[("WorksId", WORK), ("TicketNum", "two")]),
    // Who is asking.
    plain("IncompleteSignature", "a header of no scheme", &[Tweak::With("Authorization", "Basic YTpi")]),
    plain("InvalidSignatureMethod", "another digest", &[Tweak::Older, Tweak::With("SignatureMethod", "HMAC-MD5")]),
    plain("InvalidSignatureMethod", "another digest", &[Tweak::With("Authorization", "ACS3-HMAC-SM3 Credential=k")]),
    plain(
        "InvalidSignatureVersion",
        "another signature version",
        &[Tweak::Older, Tweak::With("SignatureVersion", "2.0")],
    ),
    plain("InvalidTimeStamp.Format", "a date without its time", &[Tweak::With("x-acs-date", "2026-01-05")]),
    plain("InvalidTimeStamp.Expired", "a clock 901 seconds behind", &[Tweak::Skew(-901)]),
    plain("InvalidTimeStamp.Expired", "a clock 901 seconds ahead", &[Tweak::Older, Tweak::Skew(901)]),
    plain("SignatureNonceUsed", "the same request twice", &[Tweak::Times(2)]),
    plain("SignatureDoesNotMatch", "signed with another secret", &[Tweak::Secret("wrong")]),
    plain("SignatureDoesNotMatch", "the same with the older signature", &[Tweak::Older, Tweak::Secret("wrong")]),
    plain("SignatureDoesNotMatch", "the digest of another body", &[Tweak::With("x-acs-content-sha256", "0")]),
    by("InvalidAccessKeyId.NotFound", "a key that nobody has", "LTAIunknownkey0000000000000").how(How::Request),
    by("InvalidAccessKeyId.Inactive", "a key that was switched off", "LTAIdisabledkey000000000000"),
    by("MissingSecurityToken", "a temporary key without its token", "STS.temporarykey00000000000"),
    by("InvalidSecurityToken.MismatchWithAccessKey", "with another token", "STS.temporarykey00000000000")
        .tweak(&[Tweak::SessionToken("other")]),
    by("Forbidden.RAM", "a key whose policy grants nothing", "LTAInopermission00000000000"),
    call("NoPermission", "a caller that is refused, where the action has no code for it", QUERY, TICKET)
        .key("LTAIexpiredinstance00000000"),
    call("NoPermissionTo.Operate.Object", "a ticket of another organization", DELETE, TICKET)
        .key("LTAIotherorganization000000")
        .how(How::World),
    // The account and the caller.
    by("Instance.Expired", "an instance that has expired", "LTAIexpiredinstance00000000"),
    by("Instance.Not.Exist", "an organization without an instance", "LTAImissinginstance00000000"),
    by("Invalid.Organization", "an organization that does not exist", "LTAIunknownorganization0000"),
    by("Access.Forbidden", "an edition without the API", "LTAIstandardedition00000000"),
    by("Invalid.User.Admin", "a key of nobody who administers", "LTAInotadmin000000000000000"),
    by("User.Not.WorkspaceAdmin", "a key of no administrator of the workspace", "LTAInotworkspaceadmin000000"),
    by("UserInfo.Error", "a key whose user is not in order", "LTAIinvaliduser000000000000"),
    work(
        "UserInfo.Error",
        "an account name that stands twice",
        CREATE,
        &[("WorksId", WORK), ("AccountName", "duplicate-user"), ("AccountType", "1")],
    ),
    call("Not.ApiCall.AuthUser", "a key that is not authorized for the API", DELETE, TICKET)
        .key("LTAInotauthorized0000000000"),
    call(
        "GlobalParam.Restricted.Use",
        "an instance without global parameters",
        CREATE,
        &[("WorksId", "dashboard-without-global-param"), ("GlobalParam", "[]")],
    )
    .key("LTAInoglobalparam0000000000"),
    // Parameters that the service itself looks at.
    call(
        "Invalid.Parameter.Error",
        "a lifetime of more than 240 minutes",
        CREATE,
        &[("WorksId", WORK), ("ExpireTime", "241")],
    ),
    call(
        "Invalid.Parameter.Error",
        "a kind of account that is none",
        CREATE,
        &[("WorksId", WORK), ("AccountName", "wangwu"), ("AccountType", "2")],
    ),
    call("Invalid.Parameter.Error", "filters that are no list", CREATE, &[("WorksId", WORK), ("GlobalParam", "{}")]),
    call(
        "Invalid.Parameter.Error",
        "more than 240 minutes to add",
        DELAY,
        &[("Ticket", "$ticket"), ("ExpireTime", "241")],
    ),
    call("Invalid.Parameter.Error", "a lifetime of no minutes", TOKEN, &[("WorksId", WORK), ("ExpireMin", "0")]),
    call("System.Param.Empty", "an account without its kind", CREATE, &[("WorksId", WORK), ("AccountName", "wangwu")]),
    call("System.Param.Empty", "a blank work", TOKEN, &[("WorksId", "")]),
    call("System.Param.Empty", "a blank ticket", DELETE, &[("Ticket", "")]),
    call(
        "Parameter.Length.Exceed",
        "a watermark of 51 characters",
        CREATE,
        &[("WorksId", WORK), ("WatermarkParam", "123456789012345678901234567890123456789012345678901")],
    ),
    // Works and what stands behind them.
    call("Report.NotExist.Error", "a work that nobody has", CREATE, &[("WorksId", "nothing")]),
    call("Report.NotExist.Error", "a work that nobody has", TOKEN, &[("WorksId", "nothing")]),
    work("Report.NotExist.Error", "a work that was deleted", CREATE, &[("WorksId", "work-gone")]),
    work("Report.NotExist", "a dashboard that was deleted", CREATE, &[("WorksId", "dashboard-gone")]),
    work("Report.NotExist", "a dashboard that was deleted", TOKEN, &[("WorksId", "dashboard-gone")]),
    work("Authorize3Rd.Report.Unauthorized", "a work whose embedding is off", CREATE, &[("WorksId", "embedding-off")]),
    work("Access.ReportTree.Unauthorized", "a work whose embedding is off", TOKEN, &[("WorksId", "embedding-off")]),
    work("Cube.Not.Exist", "a data set that was deleted", CREATE, &[("WorksId", "dataset-gone")]),
    work("Cube.Not.Exist", "a data set that was deleted", TOKEN, &[("WorksId", "dataset-gone")]),
    work("Datasource.NotFound.Error", "a data source that was deleted", CREATE, &[("WorksId", "datasource-gone")]),
    work("Datasource.Not.Found", "a data source that was deleted", TOKEN, &[("WorksId", "datasource-gone")]),
    work(
        "Organization.Workspace.Inconformity",
        "a workspace of another organization",
        CREATE,
        &[("WorksId", "workspace-of-another-organization")],
    ),
    work(
        "Organization.Workspace.Inconformity",
        "a workspace of another organization",
        TOKEN,
        &[("WorksId", "workspace-of-another-organization")],
    ),
    call(
        "Application.Object.NotExist",
        "a component that the dashboard does not have",
        CREATE,
        &[("WorksId", WORK), ("CmptId", "nothing")],
    ),
    work(
        "Authorize3rdTicket.Unsupport.ScreenWatermark",
        "a watermark for a screen",
        CREATE,
        &[("WorksId", "screen-demo"), ("WatermarkParam", "mine")],
    ),
    // Users whom a ticket shall act as.
    call("ApiUser.Not.Exists", "a user whom nobody knows", CREATE, &[("WorksId", WORK), ("UserId", "nobody")]),
    call("ApiUser.Not.Exists", "a user whom nobody knows", TOKEN, &[("WorksId", WORK), ("UserId", "nobody")]),
    work(
        "Invalid.User.Organization",
        "a user of another organization",
        CREATE,
        &[("WorksId", WORK), ("UserId", "user-of-another-organization")],
    ),
    work(
        "User.Not.In.Organization",
        "a user of another organization",
        TOKEN,
        &[("WorksId", WORK), ("UserId", "user-of-another-organization")],
    ),
    work(
        "DirtyData.Duplicate.User",
        "an account name that stands twice",
        TOKEN,
        &[("WorksId", WORK), ("AccountName", "duplicate-user"), ("AccountType", "1")],
    ),
    // Tickets and tokens.
    call(
        "Authorize3rdTicket.Num.Exceed",
        "more than 99999 visits",
        CREATE,
        &[("WorksId", WORK), ("TicketNum", "100000")],
    ),
    call(
        "Authorize3rdTicket.Num.Exceed",
        "more than 99998 visits",
        UPDATE,
        &[("Ticket", "$ticket"), ("TicketNum", "99999")],
    ),
    call("Authorize3rdTicket.NotExist", "a ticket that nobody has", QUERY, &[("Ticket", "nothing")]),
    call("Authorize3rdTicket.NotExist", "a ticket that was deleted", DELETE, &[("Ticket", "$revoked")]),
    call(
        "Authorize3rdTicket.NotExist",
        "a ticket that nobody has",
        DELAY,
        &[("Ticket", "nothing"), ("ExpireTime", "10")],
    ),
    call(
        "Authorize3rdTicket.Expired",
        "a ticket that has expired",
        DELAY,
        &[("Ticket", "$expired"), ("ExpireTime", "10")],
    ),
    call("Authorize3rdTicket.Expired", "a ticket that has expired", QUERY, &[("Ticket", "$expired")]),
    call(
        "Authorize3rdTicket.Num.HasNoLeft",
        "a ticket that is used up",
        DELAY,
        &[("Ticket", "$used"), ("ExpireTime", "10")],
    )
    .how(How::Switch("assume: { alibaba.extend_used_up: refuse }")),
    call("Authorize3Rd.Token.NotExist", "a token that nobody has", DELAY_TOKEN, &[("Token", "nothing")]),
    call("Authorize3Rd.Token.NotExist", "a token that was deleted", "QueryEmbedTokenInfo", &[("Token", "$token")]),
    call(
        "Authorize3Rd.Token.ToMuch",
        "a second token of one user",
        TOKEN,
        &[
            ("WorksId", "workbook-demo"),
            // No parameter of the action, and dropped; it only has the first token made.
            ("Beside", "$live"),
        ],
    )
    .how(How::Switch("assume: { alibaba.embed_token_limit: 1 }")),
    // The embed page.
    link("Authorize3rdTicket.NotExist", "a link without a ticket", "/token3rd/dashboard/view/pc.htm?pageId=any"),
    link(
        "Authorize3rdTicket.NotExist",
        "a ticket that nobody has",
        "/token3rd/dashboard/view/pc.htm?pageId=a206f5f3-0000-4000-8000-e9b17c835b03&accessTicket=nothing",
    ),
    link(
        "Authorize3rdTicket.NotExist",
        "a ticket that was deleted",
        "/token3rd/dashboard/view/pc.htm?pageId=a206f5f3-0000-4000-8000-e9b17c835b03&accessTicket=$revoked",
    ),
    link(
        "Authorize3rdTicket.Expired",
        "a ticket that has expired",
        "/token3rd/dashboard/view/pc.htm?pageId=a206f5f3-0000-4000-8000-e9b17c835b03&accessTicket=$expired",
    ),
    link(
        "Authorize3rdTicket.Num.HasNoLeft",
        "one visit more than the ticket has",
        "/token3rd/dashboard/view/pc.htm?pageId=a206f5f3-0000-4000-8000-e9b17c835b03&accessTicket=$used",
    ),
    link(
        "Authorize3rdTicket.BindedWorks.Mismatch",
        "a ticket for another work",
        "/token3rd/report/view.htm?id=workbook-demo&accessTicket=$ticket",
    ),
    link("Authorize3rdTicket.HasNo.LoginToken", "the data of a page that was not opened", "/api/v2/olap/query"),
];
