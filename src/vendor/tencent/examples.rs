//! One call for every code that a call, the demo world or a switch can provoke.

use crate::vendor::client::Tweak;
use crate::vendor::examples::{After, Example, Examples, How, Sample, call, link};

const CREATE: &str = "CreateEmbedToken";
const APPLY: &str = "ApplyEmbedInterval";
const CLEAR: &str = "ClearEmbedToken";

type Pairs = &'static [(&'static str, &'static str)];

/// A page that just works.
const PAGE: Pairs = &[("ProjectId", "117"), ("PageId", "11520")];
/// Project 117 as a board.
const BOARD: Pairs = &[("ProjectId", "117")];

pub static EXAMPLES: Examples = Examples {
    key: "AKIDlocaltest0000000000000000000000",
    secret: "localtestsecret00000000000000000",
    samples: SAMPLES,
    rows: ROWS,
};

const fn sample(name: &'static str, about: &'static str, params: Pairs, after: After) -> Sample {
    Sample { name, about, action: CREATE, params, pointer: "/Response/Data/BIToken", after }
}

static SAMPLES: &[Sample] = &[
    sample("$ticket", "a token for page 11520 of project 117", PAGE, After::Nothing),
    sample(
        "$used",
        "the same for one visit, which has taken place",
        &[("ProjectId", "117"), ("PageId", "11520"), ("TicketNum", "1")],
        After::Visit("/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token=$used"),
    ),
    sample(
        "$revoked",
        "the same, cleared",
        PAGE,
        After::Call(
            CLEAR,
            &[("ProjectId", "117"), ("UserCorpId", "100022975249"), ("Scope", "page"), ("PageId", "11520")],
        ),
    ),
    sample(
        "$over",
        "a token for page 41001, whose validity is over",
        &[("ProjectId", "117"), ("PageId", "41001")],
        After::Nothing,
    ),
];

const fn board(code: &'static str, about: &'static str, tweaks: &'static [Tweak<'static>]) -> Example {
    call(code, about, CREATE, BOARD).tweak(tweaks)
}

static ROWS: &[Example] = &[
    // The request as such.
    board("UnsupportedProtocol", "neither GET nor POST", &[Tweak::Method("PUT")]),
    board(
        "RequestSizeLimitExceeded",
        "a query of more than 32 KiB",
        &[Tweak::Method("GET"), Tweak::Fill("ExtraParam", 33_000)],
    ),
    board(
        "InvalidRequest",
        "a multipart body without a boundary",
        &[Tweak::With("Content-Type", "multipart/form-data")],
    ),
    board("NoSuchProduct", "another product's host", &[Tweak::With("Host", "cvm.tencentcloudapi.com")]),
    board("NoSuchVersion", "a version that the product does not have", &[Tweak::With("X-TC-Version", "2017-03-12")]),
    call("InvalidAction", "an action that the product does not have", "CreateEmbedTokens", BOARD),
    call("UnsupportedOperation", "an action that is not served here", "DescribeProjectList", &[]),
    // Who is asking.
    board("AuthFailure.InvalidAuthorization", "a header of no scheme", &[Tweak::With("Authorization", "SKIP")]),
    board("AuthFailure.SignatureExpire", "a clock 301 seconds behind", &[Tweak::Skew(-301)]),
    board("AuthFailure.SignatureExpire", "a clock 301 seconds ahead", &[Tweak::Skew(301)]),
    call("AuthFailure.SignatureExpire", "the same request twice", CREATE, BOARD)
        .tweak(&[Tweak::Older, Tweak::Times(2)])
        .how(How::Switch("assume: { tencent.replay: refuse }")),
    call("AuthFailure.SecretIdNotFound", "a key that nobody has", CREATE, BOARD)
        .key("AKIDunknownkey000000000000000000000")
        .how(How::Request),
    call("AuthFailure.SecretIdNotFound", "a key that was switched off", CREATE, BOARD)
        .key("AKIDdisabledkey00000000000000000000"),
    call("AuthFailure.InvalidSecretId", "a key of another kind", CREATE, BOARD)
        .key("AKIDunfitkey00000000000000000000000"),
    board("AuthFailure.TokenFailure", "a session token that is not the key's", &[Tweak::SessionToken("other")]),
    call("AuthFailure.TokenFailure", "a temporary key without its session token", CREATE, BOARD)
        .key("AKIDtemporarykey0000000000000000000"),
    board("AuthFailure.SignatureFailure", "signed with another secret", &[Tweak::Secret("wrong")]),
    board(
        "AuthFailure.SignatureFailure",
        "more than 1 MiB with the older signature",
        &[Tweak::Older, Tweak::Fill("ExtraParam", 1_100_000)],
    ),
    call("AuthFailure.UnauthorizedOperation", "a key whose policy grants nothing", CREATE, BOARD)
        .key("AKIDnopermission0000000000000000000"),
    call("IpInBlacklist", "a key that denies this address", CREATE, BOARD).key("AKIDdeniedaddress000000000000000000"),
    call("IpNotInWhitelist", "a key that allows another address only", CREATE, BOARD)
        .key("AKIDotheraddress0000000000000000000"),
    call("RequestLimitExceeded", "the 21st call of a second", CREATE, BOARD)
        .tweak(&[Tweak::Times(21)])
        .how(How::Switch("--rate-limits vendor --clock frozen")),
    // Parameters.
    call("InvalidParameter", "a text where a number is wanted", CREATE, &[])
        .tweak(&[Tweak::Body("{\"ProjectId\":\"117\"}")]),
    board("InvalidParameter", "a time that is no number", &[Tweak::With("X-TC-Timestamp", "noon")]),
    board("InvalidParameter", "a nonce that is no number", &[Tweak::Older, Tweak::With("Nonce", "abc")]),
    board("InvalidParameter", "a body that is no JSON", &[Tweak::Body("{")]),
    board("InvalidParameter", "a piece of a form without =", &[Tweak::Older, Tweak::Body("SecretId=a&Action")]),
    board("InvalidParameterValue", "a region that is none", &[Tweak::With("X-TC-Region", "nowhere")]),
    call(
        "InvalidParameterValue",
        "a lifetime of more than 240 minutes",
        CREATE,
        &[("ProjectId", "117"), ("ExpireTime", "241")],
    ),
    call("InvalidParameterValue", "too many visits", CREATE, &[("ProjectId", "117"), ("TicketNum", "100000")]),
    call("InvalidParameterValue", "a scope that is none", CREATE, &[("ProjectId", "117"), ("Scope", "board")]),
    board("MissingParameter", "no action", &[Tweak::Without("X-TC-Action")]),
    board("MissingParameter", "no signature at all", &[Tweak::Without("Authorization")]),
    call("MissingParameter", "no scope", CLEAR, &[("ProjectId", "117"), ("UserCorpId", "100022975249")]),
    call("MissingParameter.MissingParam", "no project", CREATE, &[]),
    call("MissingParameter.MissingParam", "no token", APPLY, PAGE),
    call(
        "MissingParameter.MissingParam",
        "no page",
        CLEAR,
        &[("ProjectId", "117"), ("UserCorpId", "100022975249"), ("Scope", "page")],
    ),
    call("UnknownParameter", "a parameter that the action does not have", CREATE, &[("Project", "117")]),
    // What the world has.
    call("InvalidParameter.Embed", "a project that nobody has", CREATE, &[("ProjectId", "999")]),
    call("InvalidParameter.Embed", "a page that nobody has", CREATE, &[("ProjectId", "117"), ("PageId", "999")]),
    call(
        "InvalidParameter.Embed",
        "a page that is not published",
        CREATE,
        &[("ProjectId", "117"), ("PageId", "40401")],
    )
    .how(How::World),
    call(
        "InvalidParameter.Embed",
        "a page whose embedding is switched off",
        CREATE,
        &[("ProjectId", "117"), ("PageId", "40301")],
    )
    .how(How::World),
    call("InvalidParameter.Embed", "filters that are no list", CREATE, &[("ProjectId", "117"), ("GlobalParam", "{}")]),
    call(
        "InvalidParameter.Embed",
        "a chat for nobody",
        CREATE,
        &[("ProjectId", "111"), ("Intention", "chatBIEmbed"), ("TokenType", "100")],
    ),
    call("InvalidParameter.Embed", "a token that nobody has", APPLY, &[("BIToken", "nothing")]),
    call("InvalidParameter.Embed", "a token that was cleared", APPLY, &[("BIToken", "$revoked")]),
    call(
        "InvalidParameter.Embed",
        "a token of another project",
        APPLY,
        &[("ProjectId", "111"), ("BIToken", "$ticket")],
    ),
    call(
        "InvalidParameter.Embed",
        "a project of another corporation",
        CLEAR,
        &[("ProjectId", "404"), ("UserCorpId", "100022975249"), ("Scope", "panel")],
    )
    .how(How::World),
    call(
        "UnauthorizedOperation.UserNotExist",
        "a user that the corporation does not have",
        CREATE,
        &[("ProjectId", "117"), ("UserCorpId", "100022975249"), ("UserId", "nobody")],
    ),
    call(
        "UnauthorizedOperation.Authorize",
        "a key of nobody who administers",
        CLEAR,
        &[("ProjectId", "117"), ("UserCorpId", "100022975249"), ("Scope", "panel")],
    )
    .key("AKIDnotadmin00000000000000000000000"),
    // The embed page.
    link("no-ticket", "a link without a token", "/page/embed?authType=strong&projectId=117&pageId=11520&scope=page"),
    link("no-ticket", "the data of a page that was not opened", "/api/v1/share/page/data"),
    link(
        "unknown-ticket",
        "a token that nobody has",
        "/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token=nothing",
    ),
    link(
        "revoked",
        "a token that was cleared",
        "/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token=$revoked",
    ),
    link(
        "used-up",
        "one visit more than the token has",
        "/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token=$used",
    ),
    link(
        "wrong-target",
        "a token for another page",
        "/page/embed?authType=strong&projectId=11015030&pageId=10520483&scope=page&token=$ticket",
    ),
    link(
        "outside-validity",
        "a page whose validity is over",
        "/page/embed?authType=strong&projectId=117&pageId=41001&scope=page&token=$over",
    )
    .how(How::World),
];
