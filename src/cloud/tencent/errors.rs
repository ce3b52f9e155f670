//! Every error code of the embed actions and of the gateway in front of them, as rows.
//!
//! A row answers always with HTTP 200; the SDKs take any other status for a broken network.
//! Two things are graded apart: `evidence` says where a text was printed, and the source of a row says
//! where its code was. For BI's own codes the vendor publishes only a description, and that stands
//! here for the text on the wire, which nobody outside has shown. Which reason ends in which of
//! BI's codes is our choice throughout; the pages list the codes without saying when they come.

use super::actions::lists;
use crate::cloud::catalog::{ErrorRow, ErrorScope, ErrorText, StatusRule};
use crate::domain::Evidence::{self, Assumed, Documented, Seen};
use crate::domain::{Class, Reason};

const OK: StatusRule = StatusRule::Fixed(200);
const EMBED: &[&str] = &["CreateEmbedToken", "ApplyEmbedInterval", "ClearEmbedToken"];

const GUIDE: &str = "API guide, common error codes; no text is public";
const THREADS: &str = "API guide, common error codes; text as quoted in public threads";
const BOTH: &str =
    "API guide, common error codes, and error lists of the embed actions; further text from public threads";
const BOTH_LISTS: &str = "API guide, common error codes, and error lists of the embed actions";
const OTHER_ACTIONS: &str = "API guide, common error codes; description from the error lists of other BI actions";
const PAGES: &str = "error lists of the embed actions, description column; the text on the wire is not public";
const EMBED_GUIDE: &str = "embedding guide of the console; the page shows no code, so the word is ours";
const NO_GUIDE: &str = "nothing is public about what the page shows here; the word is ours";

const NOT_ACCESSIBLE: &str = "Page not accessible";
const NOT_ACCESSIBLE_CHINESE: &str = "页面无法访问";
const OUT_OF_RANGE: &str = "Out of validity range";
const OUT_OF_RANGE_CHINESE: &str = "超出有效期范围";

const fn english_text(reasons: &'static [Reason], english: &'static str, evidence: Evidence) -> ErrorText {
    ErrorText { reasons, english, chinese: None, evidence }
}

const fn bilingual_text(
    reasons: &'static [Reason],
    english: &'static str,
    chinese: &'static str,
    evidence: Evidence,
) -> ErrorText {
    ErrorText { reasons, english, chinese: Some(chinese), evidence }
}

/// The vendor's own fault.
pub static INTERNAL_ERROR: ErrorRow = ErrorRow {
    code: "InternalError",
    class: Class::Fleeting,
    scope: ErrorScope::Gateway,
    status: OK,
    texts: &[
        bilingual_text(
            &[],
            "An internal error has occurred. Retry your request, but if the problem persists, contact us with details \
             by posting a message on the Tencent cloud forums.",
            "内部服务错误，请稍后重试",
            Seen,
        ),
        bilingual_text(&[], "Internal error.", "内部错误。", Documented),
    ],
    source: BOTH,
};

pub static ERRORS: &[&ErrorRow] = &[
    // The request as such.
    &ErrorRow {
        code: "UnsupportedProtocol",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(
            &[Reason::MethodUnsupported],
            "The method `{method}` is not supported; only GET and POST are.",
            Assumed,
        )],
        source: GUIDE,
    },
    &ErrorRow {
        code: "RequestSizeLimitExceeded",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(&[Reason::TooLarge], "The request is larger than the limit of {limit} bytes.", Assumed)],
        source: GUIDE,
    },
    &ErrorRow {
        code: "ResponseSizeLimitExceeded",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(&[], "The response is larger than the limit.", Assumed)],
        source: GUIDE,
    },
    &ErrorRow {
        code: "InvalidRequest",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(
            &[Reason::MultipartMalformed],
            "The multipart body of the request is malformed.",
            Assumed,
        )],
        source: GUIDE,
    },
    &ErrorRow {
        code: "NoSuchProduct",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(&[Reason::ProductUnknown], "The product does not exist.", Assumed)],
        source: GUIDE,
    },
    &ErrorRow {
        code: "NoSuchVersion",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(
            &[Reason::VersionUnknown],
            "The specified api version=`{version}` does not exist in service=`bi`.",
            Seen,
        )],
        source: THREADS,
    },
    &ErrorRow {
        code: "InvalidAction",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(&[Reason::ActionUnknown], "The request `Action` is invalid or not found.", Seen)],
        source: THREADS,
    },
    &ErrorRow {
        code: "ActionOffline",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(&[], "The action was taken offline.", Assumed)],
        source: GUIDE,
    },
    &ErrorRow {
        code: "UnsupportedOperation",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[
            bilingual_text(&[], "The operation is not supported.", "操作不支持。", Documented),
            english_text(
                &[Reason::ActionUnserved],
                "The action `{action}` exists in BI, but this emulator does not serve it.",
                Assumed,
            ),
        ],
        source: BOTH_LISTS,
    },
    &ErrorRow {
        code: "UnsupportedRegion",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(&[], "The action not support this region.", Seen)],
        source: THREADS,
    },
    // Who is asking.
    &ErrorRow {
        code: "AuthFailure",
        class: Class::Auth,
        scope: ErrorScope::Actions(&[EMBED, lists::AUTH_FAILURE]),
        status: OK,
        texts: &[bilingual_text(&[], "CAM signature/authentication error.", "CAM签名/鉴权错误。", Documented)],
        source: PAGES,
    },
    &ErrorRow {
        code: "AuthFailure.InvalidAuthorization",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: OK,
        // Seen with `Service`; the other pieces are named by analogy.
        texts: &[english_text(
            &[Reason::AuthorizationMalformed],
            "The request `Authorization` header does not conform to tencentcloud standards: `{piece}` in Credential not \
             valid.",
            Seen,
        )],
        source: THREADS,
    },
    &ErrorRow {
        code: "AuthFailure.SignatureExpire",
        class: Class::Clock,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[
            english_text(&[Reason::TimestampExpired], "The signature is expired, please request again.", Seen),
            // No code is known for a replay; this one at least asks for a fresh signature.
            english_text(&[Reason::NonceUsed], "The signature is expired, please request again.", Assumed),
        ],
        source: THREADS,
    },
    &ErrorRow {
        code: "AuthFailure.SecretIdNotFound",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[bilingual_text(
            &[Reason::KeyUnknown, Reason::KeyDisabled],
            "The SecretId is not found, please ensure that your SecretId is correct.",
            "SecretId不存在，请输入正确的密钥。",
            Seen,
        )],
        source: THREADS,
    },
    &ErrorRow {
        code: "AuthFailure.InvalidSecretId",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(&[Reason::KeyUnfit], "The SecretId is not one of a cloud API key.", Assumed)],
        source: GUIDE,
    },
    &ErrorRow {
        code: "AuthFailure.TokenFailure",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(
            &[
                Reason::SessionTokenMissing,
                Reason::SessionTokenMalformed,
                Reason::SessionTokenMismatch,
                Reason::SessionTokenExpired,
            ],
            "Token verification failed, please check if your Token is correct",
            Seen,
        )],
        source: "API guide, common error codes; text from an integration test of the vendor's SDK",
    },
    &ErrorRow {
        code: "AuthFailure.SignatureFailure",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[
            bilingual_text(
                &[Reason::SignatureMismatch, Reason::CanonicalMismatch],
                "The provided credentials could not be validated. Please check your signature is correct.",
                "请求签名验证失败，请检查您的签名计算是否正确。",
                Documented,
            ),
            english_text(
                &[Reason::TooLargeForScheme],
                "The provided credentials could not be validated because of exceeding request size limit, please use new \
                 signature method `TC3-HMAC-SHA256`.",
                Seen,
            ),
        ],
        source: "API guide, signature methods; Chinese text and second text as quoted in public threads",
    },
    &ErrorRow {
        code: "AuthFailure.MFAFailure",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(&[], "The check of the second factor failed.", Assumed)],
        source: GUIDE,
    },
    &ErrorRow {
        code: "AuthFailure.UnauthorizedOperation",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[bilingual_text(
            &[Reason::PolicyDenied],
            "You are not authorized to perform this operation. Check your CAM policies, and ensure that you are using \
             the correct access keys. [[request id:{request_id}]you are not authorized to perform operation \
             (bi:{action})\nresource (*) has no permission\n]",
            "操作未授权，请检查CAM策略。[[request id:{request_id}]you are not authorized to perform operation \
             (bi:{action})\nresource (*) has no permission\n]",
            Seen,
        )],
        source: "API guide, common error codes; text as quoted in public threads about another product",
    },
    &ErrorRow {
        code: "UnauthorizedOperation",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[
            english_text(
                &[],
                "[request id:{request_id}]you are not authorized to perform operation (bi:{action})\nresource (*) has no \
                 permission\n",
                Seen,
            ),
            bilingual_text(&[], "Unauthorized operation.", "未授权操作。", Documented),
        ],
        source: BOTH,
    },
    // These two before the next one, which stands for the same where an action does not list their codes.
    &ErrorRow {
        code: "UnsupportedOperation.BIError",
        class: Class::State,
        scope: ErrorScope::Actions(&[EMBED, lists::BI_ERROR]),
        status: OK,
        texts: &[bilingual_text(
            &[
                Reason::ProjectUntold,
                Reason::PageUntold,
                Reason::GroupUnknown,
                Reason::ApiKeyUntold,
                Reason::RoleUnknown,
                Reason::DatasourceUnknown,
            ],
            "Default business exception.",
            "默认业务异常。",
            Documented,
        )],
        source: PAGES,
    },
    &ErrorRow {
        code: "UnauthorizedOperation.UserNotExist",
        class: Class::State,
        scope: ErrorScope::Actions(&[&["CreateEmbedToken"], lists::USER_NOT_EXIST]),
        status: OK,
        texts: &[bilingual_text(
            &[Reason::UserUnknown, Reason::UserForeign, Reason::UserUntold],
            "The user does not exist.",
            "用户不存在。",
            Documented,
        )],
        source: "error list of CreateEmbedToken, description column; the text on the wire is not public",
    },
    &ErrorRow {
        code: "UnauthorizedOperation.Authorize",
        class: Class::Auth,
        scope: ErrorScope::Actions(&[EMBED, lists::UNAUTHORIZED]),
        status: OK,
        texts: &[bilingual_text(
            &[
                Reason::CallerNotAdmin,
                Reason::CallerNotWorkspaceAdmin,
                Reason::CallerNotAuthorized,
                Reason::ObjectForbidden,
                Reason::ProjectUntold,
                Reason::PageUntold,
                Reason::UserUntold,
                Reason::RoleUnknown,
                Reason::ProjectMemberUnknown,
            ],
            "Permission error.",
            "权限错误。",
            Documented,
        )],
        source: PAGES,
    },
    &ErrorRow {
        code: "UnauthorizedOperation.Inactive",
        class: Class::State,
        scope: ErrorScope::Actions(&[lists::INACTIVE]),
        status: OK,
        texts: &[bilingual_text(&[], "The user is inactive.", "用户未激活。", Assumed)],
        source: "error lists of other BI actions; no text is public",
    },
    &ErrorRow {
        code: "IpInBlacklist",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(&[Reason::AddressDenied], "The address `{address}` is on the deny list.", Assumed)],
        source: GUIDE,
    },
    &ErrorRow {
        code: "IpNotInWhitelist",
        class: Class::Auth,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(
            &[Reason::AddressNotAllowed],
            "The address `{address}` is not on the allow list.",
            Assumed,
        )],
        source: GUIDE,
    },
    // How often.
    &ErrorRow {
        code: "RequestLimitExceeded",
        class: Class::Fleeting,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[
            bilingual_text(
                &[Reason::Throttled],
                "Your current request times equals to `{count}` in a second, which exceeds the frequency limit `{limit}` \
                 for a second. Please reduce the frequency of calls.",
                "您当前每秒请求 `{count}` 次，超过了每秒频率上限 `{limit}`，请稍后重试。",
                Seen,
            ),
            bilingual_text(&[], "Too many and frequent requests.", "请求的次数超过了频率限制。", Documented),
        ],
        source: BOTH,
    },
    &ErrorRow {
        code: "RequestLimitExceeded.UinLimitExceeded",
        class: Class::Fleeting,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(&[], "The account made more requests than its limit allows.", Assumed)],
        source: GUIDE,
    },
    &ErrorRow {
        code: "RequestLimitExceeded.IPLimitExceeded",
        class: Class::Fleeting,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(&[], "The address made more requests than its limit allows.", Assumed)],
        source: GUIDE,
    },
    &ErrorRow {
        code: "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
        class: Class::Fleeting,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(&[], "The account made more requests in all regions than its limit allows.", Assumed)],
        source: GUIDE,
    },
    &ErrorRow {
        code: "LimitExceeded",
        class: Class::State,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[bilingual_text(&[], "The quota limit is exceeded.", "超过配额限制。", Documented)],
        source: OTHER_ACTIONS,
    },
    // Parameters.
    &ErrorRow {
        code: "InvalidParameter",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[
            bilingual_text(&[Reason::ParamUnfit, Reason::MediaTypeUnfit], "Parameter error.", "参数错误。", Documented),
            bilingual_text(
                &[Reason::ParamType],
                "The value type of parameter `{name}` is not valid, input type should be `{expected}`",
                "参数 `{name}` 取值类型错误。参数类型应为 `{expected}`",
                Seen,
            ),
            english_text(&[Reason::CommonType], "Parameter `{name}` type error.", Seen),
            english_text(&[Reason::TimestampFormat], "Parameter `Timestamp` type error.", Assumed),
            // The Chinese text was seen, without its code.
            bilingual_text(
                &[Reason::BodyMalformed],
                "The request body is not a valid JSON object under content-type=application/json.",
                "对于指定content-type=application/json协议下，请求内容不是合法的Json格式。",
                Assumed,
            ),
            english_text(&[Reason::PieceMalformed], "Url key and value should be splited by `=`.", Seen),
        ],
        source: BOTH,
    },
    &ErrorRow {
        code: "InvalidParameter.Embed",
        class: Class::State,
        scope: ErrorScope::Actions(&[EMBED, lists::EMBED_PARAMETER]),
        status: OK,
        texts: &[bilingual_text(
            &[
                Reason::ParamShape,
                Reason::ParamNotArray,
                Reason::ParamConflict,
                Reason::OrganizationUnknown,
                Reason::ProjectUnknown,
                Reason::PageUnknown,
                Reason::EmbeddingOff,
                Reason::TicketUnknown,
                Reason::TicketRevoked,
                Reason::TicketExpired,
                Reason::TicketUsedUp,
                Reason::TargetMismatch,
            ],
            "Report embedding error.",
            "报表嵌出类错误。",
            Documented,
        )],
        source: PAGES,
    },
    &ErrorRow {
        code: "InvalidParameterValue",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[
            bilingual_text(&[], "Parameter value error.", "参数取值错误。", Documented),
            bilingual_text(
                &[Reason::RegionInvalid],
                "A value specified in `X-TC-Region` is not valid, is unsupported, or cannot be used.",
                "参数 `X-TC-Region` 取值错误。",
                Seen,
            ),
            // The gateway's wording for a region, with the name of the field in its place.
            bilingual_text(
                &[Reason::ParamInvalid, Reason::ParamTooLong, Reason::LifetimeOutOfRange],
                "A value specified in `{name}` is not valid, is unsupported, or cannot be used.",
                "参数 `{name}` 取值错误。",
                Assumed,
            ),
            bilingual_text(
                &[Reason::UsesOutOfRange],
                "A value specified in `TicketNum` is not valid, is unsupported, or cannot be used.",
                "参数 `TicketNum` 取值错误。",
                Assumed,
            ),
            bilingual_text(
                &[Reason::LifetimeTooLong],
                "A value specified in `ExpireTime` is not valid, is unsupported, or cannot be used.",
                "参数 `ExpireTime` 取值错误。",
                Assumed,
            ),
        ],
        source: BOTH,
    },
    &ErrorRow {
        code: "MissingParameter",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[
            english_text(
                &[Reason::CommonMissing, Reason::ParamMissing],
                "The request is missing a required parameter `{name}`.",
                Seen,
            ),
            bilingual_text(&[], "Parameters are missing.", "缺少参数错误。", Documented),
        ],
        source: BOTH,
    },
    &ErrorRow {
        code: "MissingParameter.MissingParam",
        class: Class::Request,
        scope: ErrorScope::Actions(&[EMBED, lists::MISSING_PARAM]),
        status: OK,
        texts: &[bilingual_text(
            &[Reason::ParamEmpty],
            "The required parameter is missing.",
            "必填参数缺失。",
            Documented,
        )],
        source: PAGES,
    },
    &ErrorRow {
        code: "UnknownParameter",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[
            bilingual_text(
                &[Reason::ParamUnknown],
                "The parameter `{name}` is not recognized.",
                "未定义参数 {name}",
                Seen,
            ),
            bilingual_text(&[], "Unknown parameter error.", "未知参数错误。", Documented),
        ],
        source: BOTH,
    },
    // The operation and what it needs.
    &ErrorRow {
        code: "OperationDenied",
        class: Class::State,
        scope: ErrorScope::Actions(&[EMBED, lists::DENIED]),
        status: OK,
        texts: &[bilingual_text(
            &[Reason::EditionUnfit, Reason::FeatureMissing, Reason::InstanceMissing, Reason::InstanceExpired],
            "Operation denied.",
            "操作被拒绝。",
            Documented,
        )],
        source: PAGES,
    },
    &ErrorRow {
        code: "FailedOperation",
        class: Class::State,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[bilingual_text(&[], "Operation failed.", "操作失败。", Documented)],
        source: BOTH_LISTS,
    },
    &ErrorRow {
        code: "DryRunOperation",
        class: Class::Request,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[bilingual_text(
            &[],
            "DryRun operation means the request will be successful, but the DryRun parameter is passed.",
            "DryRun 操作，代表请求将会是成功的，只是多传了 DryRun 参数。",
            Documented,
        )],
        source: OTHER_ACTIONS,
    },
    &ErrorRow {
        code: "ResourceNotFound",
        class: Class::State,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(&[], "The resource does not exist.", Assumed)],
        source: GUIDE,
    },
    &ErrorRow {
        code: "ResourceInUse",
        class: Class::State,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(&[], "The resource is in use.", Assumed)],
        source: GUIDE,
    },
    &ErrorRow {
        code: "ResourceInsufficient",
        class: Class::Fleeting,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(&[], "There is not enough of the resource.", Assumed)],
        source: GUIDE,
    },
    &ErrorRow {
        code: "ResourceUnavailable",
        class: Class::Fleeting,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(&[], "The resource is not available.", Assumed)],
        source: GUIDE,
    },
    // Faults of the service.
    &INTERNAL_ERROR,
    &ErrorRow {
        code: "InternalError.Internal",
        class: Class::Fleeting,
        scope: ErrorScope::Actions(&[EMBED, lists::INTERNAL]),
        status: OK,
        texts: &[bilingual_text(&[], "Internal error.", "内部错误。", Documented)],
        source: PAGES,
    },
    &ErrorRow {
        code: "ServiceUnavailable",
        class: Class::Fleeting,
        scope: ErrorScope::Gateway,
        status: OK,
        texts: &[english_text(&[], "The service is not available for the moment.", Assumed)],
        source: GUIDE,
    },
    // The embed page. It shows no codes; the words are the kinds of a refused visit.
    &ErrorRow {
        code: "no-ticket",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: OK,
        texts: &[bilingual_text(
            &[Reason::TicketMissing, Reason::SessionMissing],
            NOT_ACCESSIBLE,
            NOT_ACCESSIBLE_CHINESE,
            Assumed,
        )],
        source: NO_GUIDE,
    },
    &ErrorRow {
        code: "unknown-ticket",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: OK,
        texts: &[bilingual_text(&[Reason::TicketUnknown], NOT_ACCESSIBLE, NOT_ACCESSIBLE_CHINESE, Assumed)],
        source: NO_GUIDE,
    },
    &ErrorRow {
        code: "revoked",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: OK,
        texts: &[bilingual_text(&[Reason::TicketRevoked], NOT_ACCESSIBLE, NOT_ACCESSIBLE_CHINESE, Assumed)],
        source: NO_GUIDE,
    },
    &ErrorRow {
        code: "expired",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: OK,
        texts: &[bilingual_text(&[Reason::TicketExpired], NOT_ACCESSIBLE, NOT_ACCESSIBLE_CHINESE, Assumed)],
        source: NO_GUIDE,
    },
    &ErrorRow {
        code: "used-up",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: OK,
        texts: &[bilingual_text(&[Reason::TicketUsedUp], NOT_ACCESSIBLE, NOT_ACCESSIBLE_CHINESE, Assumed)],
        source: NO_GUIDE,
    },
    &ErrorRow {
        code: "wrong-target",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: OK,
        texts: &[bilingual_text(
            &[Reason::TargetMismatch, Reason::ProjectUnknown, Reason::PageUnknown],
            NOT_ACCESSIBLE,
            NOT_ACCESSIBLE_CHINESE,
            Assumed,
        )],
        source: NO_GUIDE,
    },
    &ErrorRow {
        code: "embedding-off",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: OK,
        texts: &[bilingual_text(&[Reason::EmbeddingOff], NOT_ACCESSIBLE, NOT_ACCESSIBLE_CHINESE, Documented)],
        source: EMBED_GUIDE,
    },
    &ErrorRow {
        code: "embedding-off-chat",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: OK,
        // Only the Chinese text is printed; the English one is a translation.
        texts: &[bilingual_text(
            &[Reason::ChatEmbeddingOff],
            "Embedding is switched off. Please ask the administrator to switch it on again.",
            "嵌出被关闭，请联系管理员重新开启",
            Documented,
        )],
        source: EMBED_GUIDE,
    },
    &ErrorRow {
        code: "outside-validity",
        class: Class::State,
        scope: ErrorScope::Visit,
        status: OK,
        texts: &[bilingual_text(&[Reason::OutsideValidity], OUT_OF_RANGE, OUT_OF_RANGE_CHINESE, Documented)],
        source: EMBED_GUIDE,
    },
];
