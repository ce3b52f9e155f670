//! One call for every code that a call, the demo world or a switch can provoke.

use crate::cloud::examples::{After, Example, Examples, How, Sample, Tweak, refused_call, refused_link};

const CREATE: &str = "CreateEmbedToken";
const APPLY: &str = "ApplyEmbedInterval";
const CLEAR: &str = "ClearEmbedToken";

type ParamPairs = &'static [(&'static str, &'static str)];

/// A page that just works.
const PAGE: ParamPairs = &[("ProjectId", "117"), ("PageId", "11520")];
/// Project 117 as a board.
const BOARD: ParamPairs = &[("ProjectId", "117")];

pub static EXAMPLES: Examples = Examples {
    key: "AKIDlocaltest0000000000000000000000",
    secret: "localtestsecret00000000000000000",
    samples: SAMPLES,
    rows: ROWS,
};

const fn sample_row(name: &'static str, about: &'static str, params: ParamPairs, after: After) -> Sample {
    Sample { name, about, action: CREATE, params, pointer: "/Response/Data/BIToken", after }
}

static SAMPLES: &[Sample] = &[
    sample_row("$ticket", "a token for page 11520 of project 117", PAGE, After::Nothing),
    sample_row(
        "$used",
        "the same for one visit, which has taken place",
        &[("ProjectId", "117"), ("PageId", "11520"), ("TicketNum", "1")],
        After::Visit("/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token=$used"),
    ),
    sample_row(
        "$revoked",
        "the same, cleared",
        PAGE,
        After::Call(
            CLEAR,
            &[("ProjectId", "117"), ("UserCorpId", "100022975249"), ("Scope", "page"), ("PageId", "11520")],
        ),
    ),
    sample_row(
        "$over",
        "a token for page 41001, whose validity is over",
        &[("ProjectId", "117"), ("PageId", "41001")],
        After::Nothing,
    ),
];

const fn board_call(code: &'static str, about: &'static str, tweaks: &'static [Tweak<'static>]) -> Example {
    refused_call(code, about, CREATE, BOARD).with_tweaks(tweaks)
}

static ROWS: &[Example] = &[
    // The request as such.
    board_call("UnsupportedProtocol", "neither GET nor POST", &[Tweak::Method("PUT")]),
    board_call(
        "RequestSizeLimitExceeded",
        "a query of more than 32 KiB",
        &[Tweak::Method("GET"), Tweak::Fill("ExtraParam", 33_000)],
    ),
    board_call(
        "InvalidRequest",
        "a multipart body without a boundary",
        &[Tweak::With("Content-Type", "multipart/form-data")],
    ),
    board_call("NoSuchProduct", "another product's host", &[Tweak::With("Host", "cvm.tencentcloudapi.com")]),
    board_call(
        "NoSuchVersion",
        "a version that the product does not have",
        &[Tweak::With("X-TC-Version", "2017-03-12")],
    ),
    refused_call("InvalidAction", "an action that the product does not have", "CreateEmbedTokens", BOARD),
    refused_call("UnsupportedOperation.BIError", "a project that nobody has", "DescribeProjectInfo", &[("Id", "9")]),
    refused_call(
        "UnsupportedOperation",
        "an action that is not served here",
        "ExportScreenPage",
        &[("ProjectId", "117"), ("PageId", "11520")],
    ),
    // Who is asking.
    board_call("AuthFailure.InvalidAuthorization", "a header of no scheme", &[Tweak::With("Authorization", "SKIP")]),
    board_call("AuthFailure.SignatureExpire", "a clock 301 seconds behind", &[Tweak::Skew(-301)]),
    board_call("AuthFailure.SignatureExpire", "a clock 301 seconds ahead", &[Tweak::Skew(301)]),
    refused_call("AuthFailure.SignatureExpire", "the same request twice", CREATE, BOARD)
        .with_tweaks(&[Tweak::Older, Tweak::Times(2)])
        .with_setup(How::Switch("assume: { tencent.replay: refuse }")),
    refused_call("AuthFailure.SecretIdNotFound", "an unknown key", CREATE, BOARD)
        .with_key("AKIDunknownkey000000000000000000000")
        .with_setup(How::Request),
    refused_call("AuthFailure.SecretIdNotFound", "a key that was switched off", CREATE, BOARD)
        .with_key("AKIDdisabledkey00000000000000000000"),
    refused_call("AuthFailure.InvalidSecretId", "a key of another kind", CREATE, BOARD)
        .with_key("AKIDunfitkey00000000000000000000000"),
    board_call("AuthFailure.TokenFailure", "a session token that is not the key's", &[Tweak::SessionToken("other")]),
    refused_call("AuthFailure.TokenFailure", "a temporary key without its session token", CREATE, BOARD)
        .with_key("AKIDtemporarykey0000000000000000000"),
    board_call("AuthFailure.SignatureFailure", "signed with another secret", &[Tweak::Secret("wrong")]),
    board_call(
        "AuthFailure.SignatureFailure",
        "more than 1 MiB with the older signature",
        &[Tweak::Older, Tweak::Fill("ExtraParam", 1_100_000)],
    ),
    refused_call("AuthFailure.UnauthorizedOperation", "a key whose policy grants nothing", CREATE, BOARD)
        .with_key("AKIDnopermission0000000000000000000"),
    refused_call("IpInBlacklist", "a key that denies this address", CREATE, BOARD)
        .with_key("AKIDdeniedaddress000000000000000000"),
    refused_call("IpNotInWhitelist", "a key that allows another address only", CREATE, BOARD)
        .with_key("AKIDotheraddress0000000000000000000"),
    refused_call("RequestLimitExceeded", "the 21st call of a second", CREATE, BOARD)
        .with_tweaks(&[Tweak::Times(21)])
        .with_setup(How::Switch("--rate-limits vendor --rate-clock world --clock frozen")),
    // Parameters.
    refused_call("InvalidParameter", "a text where a number is wanted", CREATE, &[])
        .with_tweaks(&[Tweak::Body("{\"ProjectId\":\"117\"}")]),
    board_call("InvalidParameter", "a time that is not a number", &[Tweak::With("X-TC-Timestamp", "noon")]),
    board_call("InvalidParameter", "a nonce that is not a number", &[Tweak::Older, Tweak::With("Nonce", "abc")]),
    board_call("InvalidParameter", "a body that is not JSON", &[Tweak::Body("{")]),
    board_call(
        "InvalidParameter",
        "raw bytes",
        &[Tweak::With("Content-Type", "application/octet-stream"), Tweak::Body("raw bytes")],
    ),
    board_call("InvalidParameter", "a piece of a form without =", &[Tweak::Older, Tweak::Body("SecretId=a&Action")]),
    board_call("InvalidParameterValue", "an unknown region", &[Tweak::With("X-TC-Region", "nowhere")]),
    refused_call(
        "InvalidParameterValue",
        "a lifetime of more than 240 minutes",
        CREATE,
        &[("ProjectId", "117"), ("ExpireTime", "241")],
    ),
    refused_call("InvalidParameterValue", "too many visits", CREATE, &[("ProjectId", "117"), ("TicketNum", "100000")]),
    refused_call("InvalidParameterValue", "an unknown scope", CREATE, &[("ProjectId", "117"), ("Scope", "board")]),
    board_call("MissingParameter", "no action", &[Tweak::Without("X-TC-Action")]),
    board_call("MissingParameter", "no signature at all", &[Tweak::Without("Authorization")]),
    refused_call("MissingParameter", "no scope", CLEAR, &[("ProjectId", "117"), ("UserCorpId", "100022975249")]),
    refused_call("MissingParameter.MissingParam", "no project", CREATE, &[]),
    refused_call("MissingParameter.MissingParam", "no token", APPLY, PAGE),
    refused_call(
        "MissingParameter.MissingParam",
        "no page",
        CLEAR,
        &[("ProjectId", "117"), ("UserCorpId", "100022975249"), ("Scope", "page")],
    ),
    refused_call("UnknownParameter", "a parameter that the action does not have", CREATE, &[("Project", "117")]),
    // What the world has.
    refused_call("InvalidParameter.Embed", "an unknown project", CREATE, &[("ProjectId", "999")]),
    refused_call("InvalidParameter.Embed", "an unknown page", CREATE, &[("ProjectId", "117"), ("PageId", "999")]),
    refused_call(
        "InvalidParameter.Embed",
        "a page that is not published",
        CREATE,
        &[("ProjectId", "117"), ("PageId", "40401")],
    )
    .with_setup(How::World),
    refused_call(
        "InvalidParameter.Embed",
        "a page whose embedding is switched off",
        CREATE,
        &[("ProjectId", "117"), ("PageId", "40301")],
    )
    .with_setup(How::World),
    refused_call(
        "InvalidParameter.Embed",
        "filters that are not a list",
        CREATE,
        &[("ProjectId", "117"), ("GlobalParam", "{}")],
    ),
    refused_call(
        "InvalidParameter.Embed",
        "a chat for nobody",
        CREATE,
        &[("ProjectId", "111"), ("Intention", "chatBIEmbed"), ("TokenType", "100")],
    ),
    refused_call("InvalidParameter.Embed", "an unknown token", APPLY, &[("BIToken", "nothing")]),
    refused_call("InvalidParameter.Embed", "a token that was cleared", APPLY, &[("BIToken", "$revoked")]),
    refused_call(
        "InvalidParameter.Embed",
        "a token of another project",
        APPLY,
        &[("ProjectId", "111"), ("BIToken", "$ticket")],
    ),
    refused_call(
        "InvalidParameter.Embed",
        "a project of another corporation",
        CLEAR,
        &[("ProjectId", "404"), ("UserCorpId", "100022975249"), ("Scope", "panel")],
    )
    .with_setup(How::World),
    refused_call(
        "UnauthorizedOperation.UserNotExist",
        "a user that the corporation does not have",
        CREATE,
        &[("ProjectId", "117"), ("UserCorpId", "100022975249"), ("UserId", "nobody")],
    ),
    refused_call(
        "UnauthorizedOperation.Authorize",
        "a key of nobody who administers",
        CLEAR,
        &[("ProjectId", "117"), ("UserCorpId", "100022975249"), ("Scope", "panel")],
    )
    .with_key("AKIDnotadmin00000000000000000000000"),
    refused_call(
        "UnsupportedOperation.BIError",
        "a data source that the project does not have",
        "DeleteDatasource",
        &[("Id", "9"), ("ProjectId", "117")],
    ),
    refused_call(
        "UnauthorizedOperation.Authorize",
        "a user that is not a member of the project",
        "DeleteUserRoleProject",
        &[("ProjectId", "117"), ("UserId", "nobody")],
    ),
    refused_call(
        "UnauthorizedOperation.UserNotExist",
        "a user to delete that the corporation does not have",
        "DeleteUserRole",
        &[("UserId", "nobody")],
    ),
    // The embed page.
    refused_link(
        "no-ticket",
        "a link without a token",
        "/page/embed?authType=strong&projectId=117&pageId=11520&scope=page",
    ),
    refused_link("no-ticket", "the data of a page that was not opened", "/api/v1/share/page/data"),
    refused_link(
        "unknown-ticket",
        "an unknown token",
        "/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token=nothing",
    ),
    refused_link(
        "revoked",
        "a token that was cleared",
        "/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token=$revoked",
    ),
    refused_link(
        "used-up",
        "one visit more than the token has",
        "/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token=$used",
    ),
    refused_link(
        "wrong-target",
        "a token for another page",
        "/page/embed?authType=strong&projectId=11015030&pageId=10520483&scope=page&token=$ticket",
    ),
    refused_link(
        "outside-validity",
        "a page whose validity is over",
        "/page/embed?authType=strong&projectId=117&pageId=41001&scope=page&token=$over",
    )
    .with_setup(How::World),
];
