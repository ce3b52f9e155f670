//! The assumptions about the vendor, as switches of a world.

use crate::domain::{Assumption, Evidence, Side};

switch! {
    pub static MULTI_TOKEN: MultiTokenChoice { Joined = "joined", First = "first" } = Assumption {
        name: "tencent.multi_token",
        default: "joined",
        effect: "What BIToken of CreateEmbedToken holds where TokenType 300 makes several tokens.",
        reason: "TokenType 300 makes several tokens and every SDK has one text field for them, so they stand there joined \
                 by commas.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static TOKEN_NUM_CAP: TokenNumCapChoice { Hundred = "100", Unlimited = "none" } = Assumption {
        name: "tencent.token_num_cap",
        default: "100",
        effect: "The largest TokenNum that CreateEmbedToken takes.",
        reason: "No page names the largest TokenNum; a bound keeps a slip of the pen from making a million tokens.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Emulator,
    };
}

switch! {
    pub static TOKEN_NUM_OF_ONE: TokenNumOfOneChoice { Ignore = "ignore", Refuse = "refuse" } = Assumption {
        name: "tencent.token_num_of_one",
        default: "ignore",
        effect: "Whether a TokenNum above 1 is refused for a TokenType that makes one token.",
        reason: "A TokenType that makes one token has no use for a TokenNum; whether a number above 1 is a mistake there \
                 is not said.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static DEFAULT_TOKEN_TYPE: DefaultTokenTypeChoice { ByUser = "by_user", Type100 = "100", Type200 = "200" } = Assumption {
        name: "tencent.default_token_type",
        default: "by_user",
        effect: "The type of a token that is created without TokenType.",
        reason: "Of two documented samples without TokenType one names no user and is bound to nobody, the other names \
                 one for ChatBI, which an unbound token cannot open.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static HALF_USER: HalfUserChoice { Refuse = "refuse", Unbound = "unbound" } = Assumption {
        name: "tencent.half_user",
        default: "refuse",
        effect: "What CreateEmbedToken makes of UserCorpId without UserId, or the other way round.",
        reason: "UserCorpId without UserId, or the other way round, names nobody; that a token bound to nobody is what \
                 the caller wanted is the less likely reading.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static DEFAULT_SCOPE: DefaultScopeChoice { ByPage = "by_page", Panel = "panel", Refuse = "refuse" } = Assumption {
        name: "tencent.default_scope",
        default: "by_page",
        effect: "The scope of a token that is created without Scope.",
        reason: "The model does not require Scope and names no default; a PageId is of use to a page alone.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static DEFAULT_INTENTION: DefaultIntentionChoice { Embed = "embed", ByScope = "by_scope" } = Assumption {
        name: "tencent.default_intention",
        default: "embed",
        effect: "The intention of a token that is created without Intention.",
        reason: "Intention came later than the other fields, so calls without it mean pages and dashboards; Scope project \
                 alone may well mean ChatBI.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static BAD_VALUE_CODE: BadValueCodeChoice { Value = "value", Parameter = "parameter", Embed = "embed" } = Assumption {
        name: "tencent.bad_value_code",
        default: "value",
        effect: "The code of a parameter whose value lies outside its range.",
        reason: "The actions list three codes for parameters and do not say which one a value outside its range ends in; \
                 the first one's name fits best.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static SHAPE_CODE: ShapeCodeChoice { Embed = "embed", Value = "value" } = Assumption {
        name: "tencent.shape_code",
        default: "embed",
        effect: "The code of a GlobalParam or ConfigParam that is no JSON of the documented shape.",
        reason: "GlobalParam and ConfigParam hold JSON that only the service behind the gateway reads, so a wrong shape \
                 is taken for an embedding error.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static ABSENT_CODE: AbsentCodeChoice { Service = "service", Gateway = "gateway" } = Assumption {
        name: "tencent.absent_code",
        default: "service",
        effect: "The code of a CreateEmbedToken without a field that it needs.",
        reason: "The model requires none of CreateEmbedToken's fields, so the gateway can hardly miss one; then the \
                 service answers, with the sub-code of its own.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static LIFETIME_OVER_CAP: LifetimeOverCapChoice { Refuse = "refuse", Clamp = "clamp" } = Assumption {
        name: "tencent.lifetime_over_cap",
        default: "refuse",
        effect: "Whether an ExpireTime above 240 is refused or cut to 240.",
        reason: "The page says that ExpireTime is at most 240 and not what becomes of more; a refusal hides nothing.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static USER_TOKEN: UserTokenChoice { Replace = "replace", Independent = "independent" } = Assumption {
        name: "tencent.user_token",
        default: "replace",
        effect: "Whether a new token of TokenType 200 revokes the user's older one for the same target.",
        reason: "TokenType 200 is described as one token for one user, so a new one for the same target ends the one \
                 before.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static EXTEND_FROM: ExtendFromChoice { Now = "now", Expiry = "expiry" } = Assumption {
        name: "tencent.extend_from",
        default: "now",
        effect: "The time from which ApplyEmbedInterval counts the token's minutes.",
        reason: "ApplyEmbedInterval takes no minutes; counting the token's own minutes from now never exceeds the 240 that \
                 a token may live.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static EXTEND_EXPIRED: ExtendExpiredChoice { Decline = "decline", Refuse = "refuse", Revive = "revive" } = Assumption {
        name: "tencent.extend_expired",
        default: "decline",
        effect: "What ApplyEmbedInterval does with a token that has expired.",
        reason: "The answer of ApplyEmbedInterval has a Result that can be false, and no error code of its list speaks of \
                 expiry.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static DIGITS_AS_INTEGER: DigitsAsIntegerChoice { Refuse = "refuse", Accept = "accept" } = Assumption {
        name: "tencent.digits_as_integer",
        default: "refuse",
        effect: "Whether a number may be sent as text in JSON.",
        reason: "An older sample sends ids as text in JSON and succeeds, while the gateway was seen to be strict about \
                 every other type.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static UNSERVED_ACTION: UnservedActionChoice { Unsupported = "unsupported", Unknown = "unknown" } = Assumption {
        name: "tencent.unserved_action",
        default: "unsupported",
        effect: "The code of an action of the product that the emulator does not serve.",
        reason: "For actions of the product that have no behaviour here; to call them unknown would send people looking \
                 for a slip of the pen.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Emulator,
    };
}

switch! {
    pub static ROW_ID: RowIdChoice { Counter = "counter", Random = "random" } = Assumption {
        name: "tencent.row_id",
        default: "counter",
        effect: "How the Id of a new row is chosen.",
        reason: "The sample's Id is a small number; whether ids follow each other within one account is not known.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static ROW_AUTHOR: RowAuthorChoice { Nobody = "none", Caller = "caller" } = Assumption {
        name: "tencent.row_author",
        default: "none",
        effect: "What CreatedUser and UpdatedUser hold.",
        reason: "CreatedUser and UpdatedUser are null in the sample; where they are not, the caller is the likeliest to stand \
                 there.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static BI_LANGUAGE: BiLanguageChoice { Header = "header", English = "english", Chinese = "chinese" } = Assumption {
        name: "tencent.bi_language",
        default: "header",
        effect: "The language of the messages of BI itself; the gateway's follow the call.",
        reason: "The gateway's messages were seen to follow the language of the call; nobody has shown one of BI itself.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static UNSEEN_TEXTS: UnseenTextsChoice { Describe = "describe", Code = "code" } = Assumption {
        name: "tencent.unseen_texts",
        default: "describe",
        effect: "The text of a code whose text nobody has seen.",
        reason: "Some codes were never seen with a text, so theirs is a description of ours; the bare code in its place \
                 shows whether a client reads what nobody can know.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Emulator,
    };
}

switch! {
    pub static REPLAY: ReplayChoice { Accept = "accept", Refuse = "refuse" } = Assumption {
        name: "tencent.replay",
        default: "accept",
        effect: "Whether a request that came before is refused.",
        reason: "The Nonce is documented against replay, yet retries of the Go SDK send the very same request again.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static RAW_HEADER_VALUES: RawHeaderValuesChoice { Accept = "accept", Refuse = "refuse" } = Assumption {
        name: "tencent.raw_header_values",
        default: "accept",
        effect: "Whether a signature over header values with their capital letters is good.",
        reason: "Signed header values are to be put in lower case, which no SDK does; it shows only with capital letters \
                 in one.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static AUTHORIZATION_CODE: AuthorizationCodeChoice { Authorization = "authorization", Signature = "signature" } = Assumption {
        name: "tencent.authorization_code",
        default: "authorization",
        effect: "The code of an Authorization with another day's date or broken pieces.",
        reason: "Only a wrong service was seen, as a malformed header; a date of another day and broken pieces are taken \
                 for the same, though a wrong signature they are too.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static NO_AUTHORIZATION: TencentNoAuthorizationChoice { Missing = "missing", Malformed = "malformed" } = Assumption {
        name: "tencent.no_authorization",
        default: "missing",
        effect: "The code of a call without Authorization.",
        reason: "Other common parameters that are absent were seen to be called missing; of this one no answer is public.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static SKIPPED_AUTHORIZATION: SkippedAuthorizationChoice { Malformed = "malformed", Missing = "missing" } = Assumption {
        name: "tencent.skipped_authorization",
        default: "malformed",
        effect: "The code of a call whose Authorization is the word SKIP.",
        reason: "SDKs send the word SKIP for actions that take no signature, and none of BI is one; the word is a header \
                 of no known scheme.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static MULTIPART: MultipartChoice { Accept = "accept", Refuse = "refuse" } = Assumption {
        name: "tencent.multipart",
        default: "accept",
        effect: "Whether a multipart body is read.",
        reason: "Multipart is documented for actions that say so, and none of BI does; that such a body is refused was \
                 not seen.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static OCTET_STREAM_BODY: OctetStreamBodyChoice { Json = "json", Refuse = "refuse" } = Assumption {
        name: "tencent.octet_stream",
        default: "json",
        effect: "Whether the JSON of an application/octet-stream body is read, or such a call is refused.",
        reason: "Official SDKs can send and sign raw bytes, and no action of BI is said to take them; the answer to a call \
                 that is signed right was not seen.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static BLANKS_BEHIND_SIGNATURE: BlanksBehindSignatureChoice { Ignore = "ignore", Refuse = "refuse" } = Assumption {
        name: "tencent.blanks_behind_signature",
        default: "ignore",
        effect: "Whether white space behind the signature of the older form, as a line feed, is left out of the comparison.",
        reason: "The official SDK for Ruby sends a line feed behind every such signature, so the service is likely to leave \
                 it out; an answer to it was not seen.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static ACTION_CASE: ActionCaseChoice { Exact = "exact", Ignore = "ignore" } = Assumption {
        name: "tencent.action_case",
        default: "exact",
        effect: "Whether the case of an action's name matters.",
        reason: "Every client spells actions as the catalogue does, so nothing shows whether the gateway minds their \
                 case.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static OTHER_PATHS: OtherPathsChoice { Accept = "accept", Refuse = "refuse" } = Assumption {
        name: "tencent.other_paths",
        default: "accept",
        effect: "Whether calls on another path than / are served.",
        reason: "The path is always / in documents and signatures, yet the Go SDK can be told to send to another one.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static RATE_WINDOW: RateWindowChoice { Fixed = "fixed", Sliding = "sliding" } = Assumption {
        name: "tencent.rate_window",
        default: "fixed",
        effect: "Where the second of the rate limit begins.",
        reason: "The limit is so many calls a second; where such a second begins is not said.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static THROTTLED_COUNT: ThrottledCountChoice { SoFar = "so_far", FirstOver = "first_over" } = Assumption {
        name: "tencent.throttled_count",
        default: "so_far",
        effect: "The number of calls that the message of a throttled one names.",
        reason: "The message was seen with the first number over the limit, which a count of all calls and a count of \
                 admitted ones both give.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static PLAIN_HTTP: PlainHttpChoice { Accept = "accept", Refuse = "refuse" } = Assumption {
        name: "tencent.plain_http",
        default: "accept",
        effect: "Whether a call without TLS is served.",
        reason: "The public hosts answer plain HTTP with a bare 403; on loopback that is useful only to prove that a client \
                 uses TLS.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Emulator,
    };
}

switch! {
    pub static TIME_ZONE: TencentTimeZoneChoice { Utc8 = "utc+8", Utc = "utc" } = Assumption {
        name: "tencent.time_zone",
        default: "utc+8",
        effect: "The time zone of CreatedAt and UpdatedAt.",
        reason: "CreatedAt and UpdatedAt carry no zone and no page names one; the service is at home in UTC+8.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static REFUSED_VISIT: RefusedVisitChoice { Free = "free", TakesUse = "takes_use" } = Assumption {
        name: "tencent.refused_visit",
        default: "free",
        effect: "Whether a refused visit takes one use of its token.",
        reason: "Nothing public says which loads of a page take a visit from the token; one that shows nothing is taken \
                 to cost nothing.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static VISIT_EXPIRED_TEXT: VisitExpiredTextChoice { NotAccessible = "not_accessible", OutOfValidity = "out_of_validity" } = Assumption {
        name: "tencent.visit_expired_text",
        default: "not_accessible",
        effect: "The text of the page for an expired token.",
        reason: "The page has a text for a link outside the console's validity period; whether an expired token shows that \
                 one is not known.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static REFUSED_VISIT_STATUS: RefusedVisitStatusChoice { Status200 = "200", Status403 = "403", Status404 = "404" } = Assumption {
        name: "tencent.refused_visit_status",
        default: "200",
        effect: "The HTTP status of a refused visit.",
        reason: "No refused page was captured; a page that draws its message itself comes with 200.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

pub static ASSUMPTIONS: &[&Assumption] = &[
    &MULTI_TOKEN.row,
    &TOKEN_NUM_CAP.row,
    &TOKEN_NUM_OF_ONE.row,
    &DEFAULT_TOKEN_TYPE.row,
    &HALF_USER.row,
    &DEFAULT_SCOPE.row,
    &DEFAULT_INTENTION.row,
    &BAD_VALUE_CODE.row,
    &SHAPE_CODE.row,
    &ABSENT_CODE.row,
    &LIFETIME_OVER_CAP.row,
    &USER_TOKEN.row,
    &EXTEND_FROM.row,
    &EXTEND_EXPIRED.row,
    &DIGITS_AS_INTEGER.row,
    &UNSERVED_ACTION.row,
    &ROW_ID.row,
    &ROW_AUTHOR.row,
    &BI_LANGUAGE.row,
    &UNSEEN_TEXTS.row,
    &REPLAY.row,
    &RAW_HEADER_VALUES.row,
    &AUTHORIZATION_CODE.row,
    &NO_AUTHORIZATION.row,
    &SKIPPED_AUTHORIZATION.row,
    &MULTIPART.row,
    &OCTET_STREAM_BODY.row,
    &BLANKS_BEHIND_SIGNATURE.row,
    &ACTION_CASE.row,
    &OTHER_PATHS.row,
    &RATE_WINDOW.row,
    &THROTTLED_COUNT.row,
    &PLAIN_HTTP.row,
    &TIME_ZONE.row,
    &REFUSED_VISIT.row,
    &VISIT_EXPIRED_TEXT.row,
    &REFUSED_VISIT_STATUS.row,
];
