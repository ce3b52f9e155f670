//! Every error code of the ticket and token actions and of the gateway in front of them, as rows.
//!
//! The texts are the message column of the vendor's pages, punctuation and misspellings included, with
//! the name of a fact where the page prints `%s`. The API answers in English whatever the caller
//! speaks, so no row has a Chinese text unless an embed page was seen with one.
//! An action stands in the scope of a row when its page lists the code. Of UpdateTicketNum,
//! QueryTicketInfo and the three siblings of CreateEmbedToken only parts of the lists are public; what
//! they lack of their own falls to the gateway's rows.

use super::actions::{CHANGING, TELLING, UNSERVED};
use crate::cloud::catalog::{ErrorRow, ErrorScope, ErrorText, StatusRule};
use crate::domain::Evidence::{self, Assumed, Documented, Seen};
use crate::domain::{Class, Reason};

/// CreateTicket, and those who work on the ticket it made.
const TICKETS: ErrorScope = ErrorScope::Actions(&[&[
    "CreateTicket",
    "CreateTicket4Copilot",
    "CreateTicket4AiPro",
    "DelayTicketExpireTime",
    "DeleteTicket",
    "UpdateTicketNum",
]]);
/// The same with QueryTicketInfo, whose page is silent; clients of the standalone product met the code there.
const TICKETS_AND_QUERY: ErrorScope = ErrorScope::Actions(&[&[
    "CreateTicket",
    "CreateTicket4Copilot",
    "CreateTicket4AiPro",
    "DelayTicketExpireTime",
    "DeleteTicket",
    "UpdateTicketNum",
    "QueryTicketInfo",
]]);
/// Codes about account and caller. DeleteTicket shares the list of DelayTicketExpireTime; an excerpt of
/// its page shows half of it.
const ACCOUNT_ACTIONS: &[&str] =
    &["CreateTicket", "CreateTicket4Copilot", "CreateTicket4AiPro", "DelayTicketExpireTime", "DeleteTicket"];
const ACCOUNT: ErrorScope = ErrorScope::Actions(&[ACCOUNT_ACTIONS]);
/// The same without CreateTicket.
const CHANGES: ErrorScope = ErrorScope::Actions(&[&["DelayTicketExpireTime", "DeleteTicket"]]);
const CREATE_TICKET_ACTIONS: &[&str] = &["CreateTicket", "CreateTicket4Copilot", "CreateTicket4AiPro"];
const CREATE_TICKET: ErrorScope = ErrorScope::Actions(&[CREATE_TICKET_ACTIONS]);
const CREATE_TOKEN: ErrorScope = ErrorScope::Actions(&[&["CreateEmbedToken"]]);
/// No page tells of the codes of BuildSignatureUrl; those of its neighbour are taken.
const TOKEN_OR_LINK: ErrorScope = ErrorScope::Actions(&[&["CreateEmbedToken", "BuildSignatureUrl"]]);
const CREATE_EITHER_ACTIONS: &[&str] =
    &["CreateTicket", "CreateTicket4Copilot", "CreateTicket4AiPro", "CreateEmbedToken", "BuildSignatureUrl"];
const CREATE_EITHER: ErrorScope = ErrorScope::Actions(&[CREATE_EITHER_ACTIONS]);
/// The page of DelayEmbedToken lists the code; its two siblings answer it for the same reason.
const TOKENS: ErrorScope = ErrorScope::Actions(&[&["DelayEmbedToken", "QueryEmbedTokenInfo", "DeleteEmbedToken"]]);

/// Actions whose pages of 2023 list four more codes about caller and parameters.
const BLOCK_P: &[&str] = &["QueryEmbeddedStatus", "CheckReadable", "QueryUserGroupMember", "QuerySharesToUserList"];
const EMBEDDING: &[&str] = &["QueryEmbeddedStatus", "QueryEmbeddedStaus"];
/// Actions about one work; where a page shows no list, its neighbour's is taken.
const OF_ONE_WORK: &[&str] = &[
    "QueryEmbeddedStatus",
    "QueryEmbeddedStaus",
    "UpdateEmbeddedStatus",
    "CheckReadable",
    "QueryShareList",
    "ListPortalMenus",
    "ListPortalMenuAuthorization",
    "ListWhitePortalMenu",
    "AuthorizeMenu",
    "CancelAuthorizationMenu",
    "ChangeVisibilityModel",
    "AddShareReport",
    "CancelReportShare",
    "SaveFavorites",
    "CancelCollection",
    "AddWorksAuthorization",
    "DeleteAuthorizationByUserId",
    "ModifyDashboardNl2sqlStatus",
];
const OF_USER_INFO: &[&str] = &["QueryUserInfoByUserId", "QuerySharesToUserList"];
const TAGS: &[&str] = &["QueryUserTagValueList", "UpdateUserTagValue"];
const OF_ONE_USER: &[&str] = &["QueryUserInfoByUserId", "QueryUserTagValueList", "UpdateUserTagValue"];
/// Row and column permissions.
const DATA_LEVEL: &[&str] = &[
    "QueryDatasetSwitchInfo",
    "ListCubeDataLevelPermissionConfig",
    "ListDataLevelPermissionWhiteList",
    "SetDataLevelPermissionRuleConfig",
    "AddDataLevelPermissionRuleUsers",
    "DeleteDataLevelPermissionRuleUsers",
    "UpdateDataLevelPermissionStatus",
    "AddDataLevelPermissionWhiteList",
    "SetDataLevelPermissionWhiteList",
    "SetDataLevelPermissionExtraConfig",
    "DeleteDataLevelRuleConfig",
];
/// Other actions about one data set, or one data source.
const OF_ONE_DATASET: &[&str] = &[
    "QueryDatasetInfo",
    "QueryDatasetSmartqStatus",
    "QueryDatasetDetailInfo",
    "QueryDatasetRowLevelPermissionInfo",
    "QuerySmartqPermissionByCubeId",
];
const OF_ONE_DATASOURCE: &[&str] =
    &["DataSourceBlood", "GetDataSourceConnectionInfo", "UpdateDataSourceProperties", "UpdateDataSource"];
/// Portal menus.
const MENUS: &[&str] = &["AuthorizeMenu", "CancelAuthorizationMenu", "ChangeVisibilityModel"];
const WORKSPACE: &[&str] = &[
    "QueryWorksByWorkspace",
    "QueryWorkspaceUserList",
    "QueryUserRoleInfoInWorkspace",
    "ListWorkspaceRoles",
    "QueryDatasetList",
    "ListDataSource",
    "ListApiDatasource",
    "QueryDashboardNl2sql",
    "ListCollections",
    "AuthorizeMenu",
    "CancelAuthorizationMenu",
    "ChangeVisibilityModel",
];
/// Actions about one member of a workspace; those about several count whom they leave out.
const OF_MEMBER: &[&str] = &["AddUserToWorkspace", "DeleteUserFromWorkspace", "UpdateWorkspaceUserRole"];
const OF_MEMBERS: &[&str] = &["AddWorkspaceUsers", "UpdateWorkspaceUsersRole"];
const GROUPS: &[&str] = &["QueryUserGroupMember", "AddUserGroupMember", "CreateUserGroup"];
/// Actions about one group whose pages show no list; their neighbours' is taken.
const OF_ONE_GROUP: &[&str] = &[
    "UpdateUserGroup",
    "DeleteUserGroup",
    "DeleteUserGroupMember",
    "TransferUsergroup",
    "AddShareReport",
    "AddWorksAuthorization",
];
/// Actions about several groups, of which one page shows the list.
const OF_SOME_GROUPS: &[&str] = &["AddUserGroupMembers", "DeleteUserGroupMembers"];
const OF_ONE_TAG: &[&str] = &["UpdateUserTagMeta", "DeleteUserTagMeta"];
/// Actions with bounds on lengths in their descriptions, and no code for them that was seen.
const OF_SOME_LENGTH: &[&str] = &[
    "AddUser",
    "UpdateUser",
    "CreateUserGroup",
    "UpdateUserGroup",
    "AddUserTagMeta",
    "UpdateUserTagMeta",
    "AuthorizeMenu",
    "CancelAuthorizationMenu",
    "ChangeVisibilityModel",
];

const BAD_REQUEST: StatusRule = StatusRule::Fixed(400);
const FORBIDDEN: StatusRule = StatusRule::Fixed(403);
const NOT_FOUND: StatusRule = StatusRule::Fixed(404);
/// The error view of an embed page; its status was seen nowhere.
const VIEW: StatusRule = StatusRule::Fixed(200);

const COMMON: &str = "error centre, common error codes";
const COMMON_THREADS: &str = "error centre, common error codes; text as quoted in public threads";
const MANDATORY: &str = "error centre, generic rule Missing{name}";
const OTHER_PRODUCTS: &str = "error tables of other products on the same gateway";
const TICKET_PAGES: &str = "error lists of the ticket actions, 2022-01-01";
const TOKEN_PAGES: &str = "error lists of the token actions, 2021-03-25";
const ALL_PAGES: &str = "error lists of the ticket actions, 2022-01-01, and of the token actions, 2021-03-25";
const OTHER_PAGES: &str = "error lists of the pages of these actions";
const SHOWN: &str = "embed pages as quoted in public threads and help articles";
const UNSHOWN: &str = "text of CreateTicket; nothing is public about what the page shows here";

const NO_TICKET_LEFT: &str = "There is no ticket number left, please generate new ticket.";
const NO_PERMISSION: &str = "You are not authorized to do this action.";

const fn error_text(reasons: &'static [Reason], english: &'static str, evidence: Evidence) -> ErrorText {
    ErrorText { reasons, english, chinese: None, evidence }
}

/// The vendor's own fault.
pub static INTERNAL_ERROR: ErrorRow = ErrorRow {
    code: "InternalError",
    class: Class::Fleeting,
    scope: ErrorScope::Gateway,
    status: StatusRule::Fixed(500),
    texts: &[error_text(
        &[],
        "The request processing has failed due to some unknown error, exception or failure.",
        Documented,
    )],
    source: COMMON,
};

pub static ERRORS: &[&ErrorRow] = &[
    // The request as such.
    &ErrorRow {
        code: "UnsupportedHTTPMethod",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[Reason::MethodUnsupported], "This http method is not supported.", Seen)],
        source: "public client code for another product on the same gateway; tables disagree about the status",
    },
    &ErrorRow {
        code: "InvalidProduct.NotFound",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: NOT_FOUND,
        texts: &[error_text(
            &[Reason::ProductUnknown],
            "Cannot find product according to your specified domain.",
            Documented,
        )],
        source: COMMON,
    },
    &ErrorRow {
        code: "InvalidProtocol.NeedSsl",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: NOT_FOUND,
        texts: &[error_text(&[], "Your request is denied as lack of ssl protect.", Documented)],
        source: COMMON,
    },
    &ErrorRow {
        code: "InvalidVersion",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[Reason::VersionUnknown], "Specified parameter Version is not valid.", Documented)],
        source: "error centre, generic rule Invalid{name}",
    },
    &ErrorRow {
        code: "InvalidAction.NotFound",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: NOT_FOUND,
        texts: &[error_text(
            &[Reason::ActionUnknown],
            "Specified api is not found, please check your url and method.",
            Seen,
        )],
        source: COMMON_THREADS,
    },
    &ErrorRow {
        code: "InvalidApi.NotFound",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: NOT_FOUND,
        texts: &[error_text(&[], "Specified api is not found, please check your url and method.", Documented)],
        source: "error centre, older name of InvalidAction.NotFound",
    },
    &ErrorRow {
        code: "UnsupportedOperation",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(
            &[Reason::ActionUnserved],
            "The action {action} exists in Quick BI, but this emulator does not serve it.",
            Assumed,
        )],
        source: "ours; the vendor serves all its actions",
    },
    &ErrorRow {
        code: "InvalidParameter.Format",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[
            error_text(&[Reason::FormatUnknown], "Specified parameter format is not valid.", Documented),
            // What the gateway makes of a body that it cannot read or does not want to is not public.
            error_text(
                &[
                    Reason::BodyMalformed,
                    Reason::PieceMalformed,
                    Reason::MultipartMalformed,
                    Reason::TooLarge,
                    Reason::TooLargeForScheme,
                ],
                "Specified parameter format is not valid.",
                Assumed,
            ),
        ],
        source: COMMON,
    },
    // Parameters, common ones and those of an action.
    &ErrorRow {
        code: "Missing{name}",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[
            error_text(
                &[Reason::CommonMissing, Reason::ParamMissing],
                "{name} is mandatory for this action.",
                Documented,
            ),
            // For actions whose own list has no code for a blank.
            error_text(&[Reason::ParamEmpty], "{name} is mandatory for this action.", Assumed),
        ],
        source: "error centre, generic rule; seen in public threads with parameters of other products",
    },
    &ErrorRow {
        code: "MissingAction",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[], "Action is mandatory for this action.", Assumed)],
        source: MANDATORY,
    },
    &ErrorRow {
        code: "MissingVersion",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[], "Version is mandatory for this action.", Assumed)],
        source: MANDATORY,
    },
    &ErrorRow {
        code: "MissingAccessKeyId",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[], "AccessKeyId is mandatory for this action.", Seen)],
        source: "error centre, generic rule Missing{name}; seen in public threads",
    },
    &ErrorRow {
        code: "MissingSignature",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[], "Signature is mandatory for this action.", Assumed)],
        source: MANDATORY,
    },
    &ErrorRow {
        code: "MissingSignatureMethod",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[], "SignatureMethod is mandatory for this action.", Assumed)],
        source: MANDATORY,
    },
    &ErrorRow {
        code: "MissingSignatureVersion",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[], "SignatureVersion is mandatory for this action.", Assumed)],
        source: MANDATORY,
    },
    &ErrorRow {
        code: "MissingSignatureNonce",
        class: Class::Nonce,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[], "SignatureNonce is mandatory for this action.", Assumed)],
        source: MANDATORY,
    },
    &ErrorRow {
        code: "MissingTimestamp",
        class: Class::Clock,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[], "Timestamp is mandatory for this action.", Seen)],
        source: "error centre, generic rule Missing{name}; seen in public threads",
    },
    &ErrorRow {
        code: "MissingParameter",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(
            &[],
            "The input parameter \"{name}\" that is mandatory for processing this request is not supplied.",
            Documented,
        )],
        source: "error centre, older spelling of the rule Missing{name}",
    },
    &ErrorRow {
        code: "Invalid{name}",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(
            &[Reason::CommonType, Reason::ParamType],
            "Specified parameter {name} is not valid.",
            Documented,
        )],
        source: "error centre, generic rule",
    },
    // Who is asking.
    &ErrorRow {
        code: "IncompleteSignature",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(
            &[Reason::AuthorizationMalformed],
            "The request signature does not conform to Aliyun standards.",
            Documented,
        )],
        source: "signature guide, version 3",
    },
    &ErrorRow {
        code: "InvalidSignatureMethod",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[Reason::SignatureMethodUnknown], "Specified signature method is not valid.", Documented)],
        source: COMMON,
    },
    &ErrorRow {
        code: "InvalidSignatureVersion",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(
            &[Reason::SignatureVersionUnknown],
            "Specified parameter SignatureVersion is not valid.",
            Assumed,
        )],
        source: "error centre, generic rule Invalid{name}",
    },
    &ErrorRow {
        code: "InvalidTimeStamp.Format",
        class: Class::Clock,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(
            &[Reason::TimestampFormat],
            "Specified time stamp or date value is not well formatted.",
            Documented,
        )],
        source: COMMON,
    },
    &ErrorRow {
        code: "InvalidTimeStamp.Expired",
        class: Class::Clock,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[Reason::TimestampExpired], "Specified time stamp or date value is expired.", Documented)],
        source: COMMON,
    },
    &ErrorRow {
        code: "SignatureNonceUsed",
        class: Class::Nonce,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[Reason::NonceUsed], "Specified signature nonce was used already.", Documented)],
        source: COMMON,
    },
    &ErrorRow {
        code: "SignatureDoesNotMatch",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[
            // The classic Python SDK splits the text at its one colon and takes what follows for the string to sign.
            error_text(
                &[Reason::SignatureMismatch],
                "Specified signature is not matched with our calculation. server string to sign is:{string_to_sign}",
                Seen,
            ),
            error_text(
                &[Reason::SignatureMismatchUntold],
                "Specified signature is not matched with our calculation.",
                Assumed,
            ),
            error_text(
                &[Reason::CanonicalMismatch],
                "Specified signature does not match our calculation. server StringToSign is [{string_to_sign}] server \
                 CanonicalRequest is [{canonical_request}]",
                Seen,
            ),
        ],
        source: COMMON_THREADS,
    },
    &ErrorRow {
        code: "InvalidAccessKeyId.NotFound",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: NOT_FOUND,
        texts: &[error_text(&[Reason::KeyUnknown], "Specified access key is not found.", Seen)],
        source: COMMON_THREADS,
    },
    &ErrorRow {
        code: "InvalidAccessKeyId.Inactive",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[Reason::KeyDisabled], "Specified access key is disabled.", Documented)],
        source: COMMON,
    },
    &ErrorRow {
        code: "MissingSecurityToken",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[Reason::SessionTokenMissing], "SecurityToken is mandatory for this action.", Seen)],
        source: COMMON_THREADS,
    },
    &ErrorRow {
        code: "InvalidSecurityToken.Malformed",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[Reason::SessionTokenMalformed], "Specified SecurityToken is malformed.", Documented)],
        source: OTHER_PRODUCTS,
    },
    &ErrorRow {
        code: "InvalidSecurityToken.MismatchWithAccessKey",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(
            &[Reason::SessionTokenMismatch],
            "Specified SecurityToken mismatch with the AccessKey.",
            Documented,
        )],
        source: OTHER_PRODUCTS,
    },
    &ErrorRow {
        code: "InvalidSecurityToken.Expired",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[Reason::SessionTokenExpired], "Specified SecurityToken is expired.", Documented)],
        source: "error tables of other products on the same gateway; some give 403",
    },
    &ErrorRow {
        code: "Forbidden.RAM",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: FORBIDDEN,
        texts: &[
            error_text(
                &[Reason::PolicyDenied],
                "User not authorized to operate on the specified resource, or this API doesn’t support RAM.",
                Documented,
            ),
            error_text(
                &[Reason::KeyUnfit],
                "User not authorized to operate on the specified resource, or this API doesn’t support RAM.",
                Assumed,
            ),
        ],
        source: COMMON,
    },
    &ErrorRow {
        code: "NoPermission",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: FORBIDDEN,
        texts: &[
            error_text(&[], NO_PERMISSION, Documented),
            error_text(&[Reason::AddressDenied, Reason::AddressNotAllowed], NO_PERMISSION, Assumed),
            // For actions whose own list has no code for the account or the caller.
            error_text(
                &[
                    Reason::OrganizationUnknown,
                    Reason::InstanceMissing,
                    Reason::InstanceExpired,
                    Reason::EditionUnfit,
                    Reason::CallerNotAdmin,
                    Reason::CallerNotWorkspaceAdmin,
                    Reason::CallerNotAuthorized,
                    Reason::CallerInvalid,
                ],
                NO_PERMISSION,
                Assumed,
            ),
        ],
        source: OTHER_PRODUCTS,
    },
    // How often, and faults of the gateway.
    &ErrorRow {
        code: "Throttling",
        class: Class::Fleeting,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[], "Request was denied due to request throttling.", Documented)],
        source: COMMON,
    },
    &ErrorRow {
        code: "Throttling.User",
        class: Class::Fleeting,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[Reason::Throttled], "Request was denied due to user flow control.", Documented)],
        source: COMMON,
    },
    &ErrorRow {
        code: "Throttling.Api",
        class: Class::Fleeting,
        scope: ErrorScope::Gateway,
        status: BAD_REQUEST,
        texts: &[error_text(&[], "Request was denied due to api flow control.", Documented)],
        source: COMMON,
    },
    &INTERNAL_ERROR,
    &ErrorRow {
        code: "ServiceUnavailable",
        class: Class::Fleeting,
        scope: ErrorScope::Gateway,
        status: StatusRule::Fixed(503),
        texts: &[error_text(&[], "The request has failed due to a temporary failure of the server.", Documented)],
        source: COMMON,
    },
    // Tickets.
    &ErrorRow {
        code: "Authorize3rdTicket.NotExist",
        class: Class::State,
        scope: TICKETS_AND_QUERY,
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::TicketUnknown, Reason::TicketRevoked],
            "Ticket {ticket} does not exist.",
            Documented,
        )],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "Authorize3rdTicket.Expired",
        class: Class::State,
        scope: TICKETS_AND_QUERY,
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::TicketExpired], "Ticket [{ticket}] has expired.", Documented)],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "Authorize3rdTicket.Num.HasNoLeft",
        class: Class::State,
        scope: TICKETS,
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::TicketUsedUp], NO_TICKET_LEFT, Documented)],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "Authorize3rdTicket.Num.Exceed",
        class: Class::Request,
        scope: TICKETS,
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::UsesOutOfRange], "The number of tickets {uses} is invalid.", Documented)],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "Authorize3rdTicket.BindedWorks.Mismatch",
        class: Class::State,
        scope: TICKETS,
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::TargetMismatch],
            "The report bound by the ticket mismatches the actual report.",
            Documented,
        )],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "Authorize3rdTicket.HasNo.LoginToken",
        class: Class::State,
        scope: TICKETS,
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::SessionMissing], "The request [{path}] has no token.", Documented)],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "Authorize3rdTicket.Unsupport.ScreenWatermark",
        class: Class::Request,
        scope: CREATE_TICKET,
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::WatermarkUnsupported],
            "Screen embed does not support watermark parameters.",
            Documented,
        )],
        source: TICKET_PAGES,
    },
    // Tokens.
    &ErrorRow {
        code: "Authorize3Rd.Token.NotExist",
        class: Class::State,
        scope: TOKENS,
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::TicketUnknown, Reason::TicketRevoked, Reason::TicketExpired],
            "The token [{ticket}] does not exist.",
            Documented,
        )],
        source: TOKEN_PAGES,
    },
    &ErrorRow {
        code: "Authorize3Rd.Token.ToMuch",
        class: Class::State,
        scope: CREATE_TOKEN,
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::TooManyTickets],
            "There are too many valid tokens [{limit}]. Please do not apply for the same tokens again.",
            Documented,
        )],
        source: TOKEN_PAGES,
    },
    &ErrorRow {
        code: "Token.AuthType.Valid",
        class: Class::Request,
        scope: ErrorScope::Actions(&[&["DelayEmbedToken"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[], "An error occurred while authenticating the AccessKey.", Documented)],
        source: TOKEN_PAGES,
    },
    // Works and what stands behind them.
    &ErrorRow {
        code: "Report.NotExist.Error",
        class: Class::State,
        scope: ErrorScope::Actions(&[CREATE_EITHER_ACTIONS, OF_ONE_WORK]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::WorkUnknown],
            "This work does not exist. It may have been deleted. Work ID is {work}.",
            Documented,
        )],
        source: ALL_PAGES,
    },
    &ErrorRow {
        code: "Report.NotExist",
        class: Class::State,
        scope: CREATE_EITHER,
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::DashboardUnknown], "The dashboard does not exist.", Documented)],
        source: ALL_PAGES,
    },
    &ErrorRow {
        code: "Authorize3Rd.Report.Unauthorized",
        class: Class::State,
        scope: CREATE_TICKET,
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::EmbeddingOff],
            "The report is not enabled for third party embedding.",
            Documented,
        )],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "Access.ReportTree.Unauthorized",
        class: Class::State,
        scope: TOKEN_OR_LINK,
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::EmbeddingOff], "The access report tree is not authorized.", Documented)],
        source: TOKEN_PAGES,
    },
    &ErrorRow {
        code: "Cube.Not.Exist",
        class: Class::State,
        scope: ErrorScope::Actions(&[CREATE_EITHER_ACTIONS, DATA_LEVEL, OF_ONE_DATASET]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::DatasetGone, Reason::DatasetUnknown], "The Cube does not exist.", Documented)],
        source: ALL_PAGES,
    },
    &ErrorRow {
        code: "Datasource.NotFound.Error",
        class: Class::State,
        scope: ErrorScope::Actions(&[CREATE_TICKET_ACTIONS, OF_ONE_DATASOURCE]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::DatasourceGone, Reason::DatasourceUnknown],
            "The specified data source does not exist: {datasource}.",
            Documented,
        )],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "Datasource.Not.Found",
        class: Class::State,
        scope: TOKEN_OR_LINK,
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::DatasourceGone], "The specified data source is not found.", Documented)],
        source: TOKEN_PAGES,
    },
    &ErrorRow {
        code: "Organization.Workspace.Inconformity",
        class: Class::State,
        scope: CREATE_EITHER,
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::WorkspaceForeign], "The workspace does not match the organization.", Documented)],
        source: ALL_PAGES,
    },
    &ErrorRow {
        code: "Application.Object.NotExist",
        class: Class::State,
        scope: ACCOUNT,
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::ComponentUnknown],
            "The object you are operating does not exist or has been deleted.",
            Documented,
        )],
        source: TICKET_PAGES,
    },
    // Users whom a ticket shall act as.
    &ErrorRow {
        code: "ApiUser.Not.Exists",
        class: Class::State,
        scope: ErrorScope::Actions(&[
            &[
                "CreateTicket",
                "CreateTicket4Copilot",
                "CreateTicket4AiPro",
                "DelayTicketExpireTime",
                "DeleteTicket",
                "CreateEmbedToken",
                "BuildSignatureUrl",
            ],
            &["QuerySharesToUserList", "QuerySmartqPermissionByCubeId"],
        ]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::UserUnknown], "The specified user does not exist.", Documented)],
        source: ALL_PAGES,
    },
    &ErrorRow {
        code: "Invalid.User.Organization",
        class: Class::State,
        scope: ErrorScope::Actions(&[CREATE_TICKET_ACTIONS, OF_ONE_USER]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::UserForeign], "The user is not in your organization.", Documented)],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "User.Not.In.Organization",
        class: Class::State,
        scope: ErrorScope::Actions(&[
            &["DelayTicketExpireTime", "DeleteTicket", "CreateEmbedToken", "BuildSignatureUrl"],
            &TELLING,
            &CHANGING,
            &UNSERVED,
        ]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::UserForeign, Reason::UserUntold],
            "The specified user is not in the organizational unit.",
            Documented,
        )],
        source: ALL_PAGES,
    },
    &ErrorRow {
        code: "DirtyData.Duplicate.User",
        class: Class::State,
        scope: TOKEN_OR_LINK,
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::UserDuplicate], "Dirty data,duplicate user: {user}.", Documented)],
        source: TOKEN_PAGES,
    },
    // The account and the caller.
    &ErrorRow {
        code: "Instance.Expired",
        class: Class::State,
        scope: ErrorScope::Actions(&[ACCOUNT_ACTIONS, &TELLING, &CHANGING, &UNSERVED]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::InstanceExpired], "Your instance has expired.", Documented)],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "Instance.Not.Exist",
        class: Class::State,
        scope: ErrorScope::Actions(&[ACCOUNT_ACTIONS, &TELLING, &CHANGING, &UNSERVED]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::InstanceMissing], "The specified instance does not exist.", Documented)],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "Invalid.Organization",
        class: Class::State,
        scope: ErrorScope::Actions(&[ACCOUNT_ACTIONS, &TELLING, &CHANGING, &UNSERVED]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::OrganizationUnknown],
            "The specified organizational unit does not exist.",
            Documented,
        )],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "Access.Forbidden",
        class: Class::State,
        scope: ErrorScope::Actions(&[ACCOUNT_ACTIONS, &TELLING, &CHANGING, &UNSERVED]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::EditionUnfit],
            "Your instance version or access key is not allowed to call the API operation, only professional version \
             supports calling.",
            Documented,
        )],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "GlobalParam.Restricted.Use",
        class: Class::State,
        scope: CREATE_TICKET,
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::FeatureMissing],
            "The global parameter function is restricted in your version.",
            Documented,
        )],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "Invalid.User.Admin",
        class: Class::Auth,
        scope: ErrorScope::Actions(&[ACCOUNT_ACTIONS, BLOCK_P, TAGS]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::CallerNotAdmin],
            "You are not an administrator of this organization.",
            Documented,
        )],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "User.Not.WorkspaceAdmin",
        class: Class::Auth,
        scope: ACCOUNT,
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::CallerNotWorkspaceAdmin],
            "Only administrators of the group workspace can perform this operation.",
            Documented,
        )],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "Not.ApiCall.AuthUser",
        class: Class::Auth,
        scope: CHANGES,
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::CallerNotAuthorized],
            "You are not an administrator or API call auth user of this organization.",
            Documented,
        )],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "UserInfo.Error",
        class: Class::Auth,
        scope: ErrorScope::Actions(&[ACCOUNT_ACTIONS, OF_USER_INFO]),
        status: StatusRule::OfVersion,
        texts: &[
            error_text(&[Reason::CallerInvalid], "The personal information is invalid.", Documented),
            // CreateTicket lists no code for two users of one name.
            error_text(&[Reason::UserDuplicate], "The personal information is invalid.", Assumed),
        ],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "NoPermissionTo.Operate.Object",
        class: Class::Auth,
        scope: ErrorScope::Actions(&[&["DelayTicketExpireTime", "DeleteTicket", "DelayEmbedToken"], EMBEDDING]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::ObjectForbidden], "You are not authorized to operate the objects.", Documented)],
        source: ALL_PAGES,
    },
    // Parameters that the service itself looks at.
    &ErrorRow {
        code: "Invalid.Parameter.Error",
        class: Class::Request,
        scope: ErrorScope::Actions(&[
            &[
                "CreateTicket",
                "CreateTicket4Copilot",
                "CreateTicket4AiPro",
                "DelayTicketExpireTime",
                "DeleteTicket",
                "CreateEmbedToken",
                "BuildSignatureUrl",
                "DelayEmbedToken",
            ],
            BLOCK_P,
            &["UpdateUserTagValue"],
        ]),
        status: StatusRule::OfVersion,
        texts: &[
            error_text(
                &[Reason::LifetimeOutOfRange, Reason::ParamInvalid, Reason::ParamShape, Reason::ParamConflict],
                "The parameter is invalid:{name}.",
                Documented,
            ),
            // The bounds of an extension are those of its minutes.
            error_text(&[Reason::LifetimeTooLong], "The parameter is invalid:expireTime.", Assumed),
            // Verbatim, for an object where an array should be.
            error_text(&[Reason::ParamNotArray], "The parameter is invalid:exepct '['.", Seen),
        ],
        source: "error lists of the ticket and token actions; the text about the bracket as quoted in a public thread",
    },
    &ErrorRow {
        code: "Invalid.Param.Error",
        class: Class::Request,
        scope: ErrorScope::Actions(&[ACCOUNT_ACTIONS, BLOCK_P]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[], "The parameter is invalid.", Documented)],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "Invalid.Parameter",
        class: Class::Request,
        scope: ErrorScope::Actions(&[ACCOUNT_ACTIONS, &TELLING, &CHANGING, &UNSERVED]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::ParamUnfit], "An error occurred while verifying parameters.", Documented)],
        source: TICKET_PAGES,
    },
    &ErrorRow {
        code: "System.Param.Empty",
        class: Class::Request,
        scope: ErrorScope::Actions(&[
            &[
                "CreateTicket",
                "CreateTicket4Copilot",
                "CreateTicket4AiPro",
                "DelayTicketExpireTime",
                "DeleteTicket",
                "CreateEmbedToken",
                "BuildSignatureUrl",
            ],
            BLOCK_P,
            &["QueryWorks", "ListUserGroupsByUserId"],
        ]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::ParamEmpty], "You must specify the {field} parameter.", Documented)],
        source: ALL_PAGES,
    },
    &ErrorRow {
        code: "Parameter.Length.Exceed",
        class: Class::Request,
        scope: ErrorScope::Actions(&[CREATE_TICKET_ACTIONS, &["AddUserGroupMember"], OF_SOME_LENGTH]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::ParamTooLong], "Parameter length exceeds maximum limit: [{name}].", Documented)],
        source: TICKET_PAGES,
    },
    // Faults of the service.
    &ErrorRow {
        code: "Internal.System.Error",
        class: Class::Fleeting,
        scope: ErrorScope::Actions(&[
            &[
                "CreateTicket",
                "CreateTicket4Copilot",
                "CreateTicket4AiPro",
                "DelayTicketExpireTime",
                "DeleteTicket",
                "UpdateTicketNum",
                "CreateEmbedToken",
                "BuildSignatureUrl",
                "DelayEmbedToken",
            ],
            &TELLING,
            &CHANGING,
            &UNSERVED,
        ]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[], "An internal system error occurred.", Documented)],
        source: ALL_PAGES,
    },
    // The embed page.
    // Actions beside embedding.
    &ErrorRow {
        code: "Invalid.Works.Empty",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["QueryWorks", "QueryWorksBloodRelationship"]]),
        status: StatusRule::OfVersion,
        texts: &[
            error_text(&[Reason::WorkUnknown], "works not exist!", Documented),
            error_text(
                &[Reason::LineageUnknown],
                "works not exist,the report has been deleted!reportId:{work}",
                Documented,
            ),
        ],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Invalid.WorksId.Not.Publish",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["QueryWorksBloodRelationship"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[], "works {work} is not published yet", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Invalid.Workspace",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["QueryWorksBloodRelationship"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[], "workspace not in organization", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Resource.NotBelongTo.CurrentOrganization",
        class: Class::State,
        scope: ErrorScope::Actions(&[EMBEDDING, &["UpdateEmbeddedStatus", "QueryWorks"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[], "The resource does not belong to the current organization.", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Auth3Rd.Over.MaxQuota",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["UpdateEmbeddedStatus"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::EmbeddingQuota],
            "You have reached the maximum number of reports that can be shared. Please upgrade the configurations or remove some reports first.",
            Documented,
        )],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Workspace.NotIn.Organization",
        class: Class::State,
        scope: ErrorScope::Actions(&[WORKSPACE, OF_MEMBER, OF_MEMBERS, &["AddDataSource", "UpdateDataSource"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::WorkspaceUnknown],
            "The workspace is not owned by the organization.",
            Documented,
        )],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Workspace.Not.Exist",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["QueryUserRoleInfoInWorkspace", "DeleteUser"], OF_MEMBER]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[], "The group workspace does not exist.", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "User.NotIn.Workspace",
        class: Class::State,
        scope: ErrorScope::Actions(&[&[
            "QueryUserRoleInfoInWorkspace",
            "DeleteUser",
            "DeleteUserFromWorkspace",
            "UpdateWorkspaceUserRole",
        ]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::MemberUnknown], "The user is not a member of the group workspace.", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "User.RoleType.Valid",
        class: Class::State,
        scope: ErrorScope::Actions(&[
            &["QueryUserRoleInfoInWorkspace", "AddUserToWorkspace", "UpdateWorkspaceUserRole"],
            OF_MEMBERS,
        ]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::RoleUnknown], "The role ID is invalid.", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "User.Role.NotExist",
        class: Class::State,
        scope: ErrorScope::Actions(&[&[
            "ListOrganizationRoleUsers",
            "QueryOrganizationRoleConfig",
            "QueryWorkspaceRoleConfig",
            "ListWorkspaceRoleUsers",
            "AddUser",
            "UpdateUser",
        ]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::RoleUnknown], "User role not exist: {role}.", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Usergroup.Not.Exist",
        class: Class::State,
        scope: ErrorScope::Actions(&[GROUPS, OF_ONE_GROUP]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::GroupUnknown], "The user group does not exist.", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "UserTag.NotIn.CurrentOrganization",
        class: Class::State,
        scope: ErrorScope::Actions(&[TAGS, OF_ONE_TAG]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::TagUnknown], "The user tag is not in the current organization.", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Invalid.User",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["AddUserGroupMember"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::JoinerUnknown],
            "The user does not exist and cannot be added to a user group.",
            Documented,
        )],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "UserGroup.Parent.NotFound",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["CreateUserGroup", "TransferUsergroup"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::ParentGroupUnknown], "The parent user group does not exist.", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Duplicate.Name.Error",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["CreateUserGroup", "UpdateUserGroup", "AddUserTagMeta", "UpdateUserTagMeta"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::NameTaken], "The name already exists.", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Duplicate.UserGroup.Id",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["CreateUserGroup"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::GroupTaken], "Duplicated usergroupId {group}.", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Organization.Developers.ReachedTheUpperLimit",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["AddUser"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[],
            "The developers of the organization have reached the upper limit:{limit}",
            Documented,
        )],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "CannotRemove.OrganizationOwner",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["DeleteUser"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[], "You cannot remove the organization owner from the organization.", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Member.ExistInWorkspace.Error",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["DeleteUser"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::StillMember],
            "You cannot remove a user who is a member of a group workspace.",
            Documented,
        )],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "CubePermission.Columnlevel.VersionError",
        class: Class::State,
        scope: ErrorScope::Actions(&[DATA_LEVEL]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[], "You are not allowed to use the new dataLevelPermission API.", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "RowLevelPermission.SwitchClose.Error",
        class: Class::State,
        scope: ErrorScope::Actions(&[DATA_LEVEL]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[], "The row level permission switch must be on.", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "RowLevelPermission.Rule.NotBelongToCube",
        class: Class::State,
        scope: ErrorScope::Actions(&[DATA_LEVEL]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::RuleForeign],
            "The row level permission rule does not belong to the current cube.",
            Documented,
        )],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "AccessMenu.NotMatch.Portal",
        class: Class::State,
        scope: ErrorScope::Actions(&[MENUS]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[], "The menu does not match the BI portal.", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "User.NotBelongTo.CurrentOrganization",
        class: Class::State,
        scope: ErrorScope::Actions(&[MENUS]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::ReceiverUnknown],
            "The user {user} does not belong to the current organization.",
            Documented,
        )],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Works.Transfer.Error",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["DeleteUser"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::SuccessorUnfit], "You are not authorized to transfer this item.", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "CanNot.Remove.WorkspaceOwner",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["DeleteUser", "DeleteUserFromWorkspace"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::WorkspaceOwned],
            "You cannot remove the group workspace owner from the group.",
            Documented,
        )],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "User.AlreadyIn.Workspace",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["AddUserToWorkspace"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[Reason::AlreadyMember], "This user already exists.", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "User.AlreadyIn.Role",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["AddUserToWorkspace"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(&[], "The user is already assigned this role.", Documented)],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Viewer.AddInTo.Workspace",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["AddUserToWorkspace"]]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::VisitorMember],
            "Organization members with viewer type are not allowed to add to workspace: {user}.",
            Documented,
        )],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "RowLevelPermission.Rule.NotExsist",
        class: Class::State,
        scope: ErrorScope::Actions(&[DATA_LEVEL]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::RuleUnknown],
            "The row level permission rule does not exist: {rule}.",
            Documented,
        )],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Cube.NotBelongTo.CurrentOrganization",
        class: Class::State,
        scope: ErrorScope::Actions(&[DATA_LEVEL]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::DatasetForeign],
            "The cube does not belong to the current organization {dataset}.",
            Documented,
        )],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "FolderMenu.CanNot.Authorize",
        class: Class::State,
        scope: ErrorScope::Actions(&[MENUS]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::FolderMenu],
            "The folder type menu cannot be authorized. Menu ID: {menu}.",
            Documented,
        )],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Menu.NotBelongTo.CurrentDataportal",
        class: Class::State,
        scope: ErrorScope::Actions(&[MENUS]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::MenuUnknown],
            "Menu {menu} does not belong to the current data portal {portal}.",
            Documented,
        )],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Usergroup.NotBelongTo.CurrentOrganization",
        class: Class::State,
        scope: ErrorScope::Actions(&[MENUS, OF_SOME_GROUPS]),
        status: StatusRule::OfVersion,
        texts: &[error_text(
            &[Reason::GroupUnknown],
            "The usergroup {group} does not belong to the current organization.",
            Documented,
        )],
        source: OTHER_PAGES,
    },
    &ErrorRow {
        code: "Authorize3rdTicket.NotExist",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: VIEW,
        texts: &[
            error_text(&[Reason::TicketUnknown], "Ticket [{ticket}] not exist", Seen),
            // A ticket that was revoked is gone.
            error_text(&[Reason::TicketRevoked], "Ticket [{ticket}] not exist", Assumed),
            // A link that was changed was never given out.
            error_text(&[Reason::LinkAltered], "Ticket [{ticket}] not exist", Assumed),
            // The real page may send the visitor to the login; seen with empty brackets in another case.
            error_text(&[Reason::TicketMissing], "Ticket [] not exist", Assumed),
        ],
        source: SHOWN,
    },
    &ErrorRow {
        code: "Authorize3rdTicket.Expired",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: VIEW,
        texts: &[error_text(&[Reason::TicketExpired], "Ticket [{ticket}] has expired", Seen)],
        source: SHOWN,
    },
    &ErrorRow {
        code: "Authorize3rdTicket.Num.HasNoLeft",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: VIEW,
        texts: &[error_text(
            &[Reason::TicketUsedUp],
            "AE0130010026 There is no ticket number left, please generate new ticket",
            Seen,
        )],
        source: SHOWN,
    },
    &ErrorRow {
        code: "Authorize3rdTicket.BindedWorks.Mismatch",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: VIEW,
        texts: &[error_text(&[Reason::TargetMismatch], "The report bound by ticket mismatch the actual report", Seen)],
        source: SHOWN,
    },
    &ErrorRow {
        code: "Authorize3Rd.Report.Unauthorized",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: VIEW,
        texts: &[error_text(&[Reason::EmbeddingOff], "The report is not enabled for third party embedding.", Assumed)],
        source: UNSHOWN,
    },
    &ErrorRow {
        code: "AccessId.Signature.NotAllowed",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: VIEW,
        texts: &[error_text(&[Reason::LinksNotAllowed], "your accessid is not allowed to use signature", Documented)],
        source: "help article; the page shows the text without a code, so the code is made up",
    },
    &ErrorRow {
        code: "Access.ReportTree.Unauthorized",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: VIEW,
        texts: &[error_text(&[], "access report_tree unauthorized", Documented)],
        source: "help article; the page of an accessToken link whose work is not enabled",
    },
    &ErrorRow {
        code: "Report.NotExist.Error",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: VIEW,
        texts: &[
            error_text(
                &[Reason::WorkUnknown],
                "This work does not exist. It may have been deleted. Work ID is {work}.",
                Assumed,
            ),
            error_text(
                &[Reason::DashboardUnknown],
                "This work does not exist. It may have been deleted. Work ID is {work}.",
                Assumed,
            ),
        ],
        source: UNSHOWN,
    },
    &ErrorRow {
        code: "Authorize3rdTicket.HasNo.LoginToken",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: VIEW,
        texts: &[error_text(&[Reason::SessionMissing], "The request [{path}] has no token.", Assumed)],
        source: "text of the ticket actions; the data calls of a page run on its session",
    },
    // Only the Chinese texts of these two were seen; the English ones are translations.
    &ErrorRow {
        code: "AE0530010014",
        class: Class::Request,
        scope: ErrorScope::Visit,
        status: VIEW,
        texts: &[ErrorText {
            reasons: &[],
            english: "AE0530010014 The report global parameter userId is not valid",
            chinese: Some("AE0530010014 报表全局参数userId不合法"),
            evidence: Seen,
        }],
        source: SHOWN,
    },
    &ErrorRow {
        code: "AE0580800012",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: VIEW,
        texts: &[ErrorText {
            reasons: &[],
            english: "AE0580800012 The function is restricted",
            chinese: Some("AE0580800012 功能权限受限"),
            evidence: Seen,
        }],
        source: SHOWN,
    },
];
