//! The assumptions about the vendor, as switches of a world.

use crate::domain::{Assumption, Evidence, Side};

switch! {
    pub static MULTI_TOKEN: MultiTokenChoice { Joined = "joined", First = "first" } = Assumption {
        name: "tencent.multi_token",
        default: "joined",
        effect: "What BIToken of CreateEmbedToken holds where TokenType 300 makes several tokens.",
        reason: "TokenType 300 makes several tokens and every SDK has one text field for them, so they stand there joined \
                 by commas.",
        settle: "Ask CreateEmbedToken for TokenType 300 and TokenNum 2, and read BIToken: two tokens with a comma \
                 between them mean `joined`, one token means `first`.",
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
        settle: "Ask CreateEmbedToken for TokenType 300 and TokenNum 101: an error means `100`, an answer means \
                 `none`.",
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
        settle: "Ask CreateEmbedToken for TokenType 100 and TokenNum 2: a token means `ignore`, an error means \
                 `refuse`.",
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
        settle: "Call CreateEmbedToken without TokenType, once with a user and once without, and read TokenType in \
                 the answer: 200 with a user and 100 without mean `by_user`, the same number twice means `100` or \
                 `200`.",
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
        settle: "Call CreateEmbedToken with UserCorpId and without UserId: an error means `refuse`, a token means \
                 `unbound`.",
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
        settle: "Call CreateEmbedToken without Scope, once with a PageId and once without: Scope `page` and then \
                 `panel` in the answers mean `by_page`, twice `panel` means `panel`, an error means `refuse`.",
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
        settle: "Create a token with Scope project and without Intention, and open it in a chat-bi-embed link: a \
                 refusal means `embed`, a page that opens means `by_scope`.",
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
        settle: "Ask CreateEmbedToken for ExpireTime -1 and read Code: the one about a value means `value`, the one \
                 about parameters in general means `parameter`, the one about embedding means `embed`.",
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
        settle: "Call CreateEmbedToken with GlobalParam `{` and read Code: the one about embedding means `embed`, \
                 the one about a wrong value means `value`.",
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
        settle: "Call CreateEmbedToken without ProjectId and read Code: one with a part of BI's own behind a dot \
                 means `service`, the gateway's bare one about a missing parameter means `gateway`.",
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
        settle: "Ask CreateEmbedToken for ExpireTime 300: an error means `refuse`, a token whose ExpireTime is 240 \
                 means `clamp`.",
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
        settle: "Create two tokens of TokenType 200 for one user and one page, and open the first: a refusal means \
                 `replace`, a page that opens means `independent`.",
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
        settle: "Create a token with ExpireTime 60, call ApplyEmbedInterval after 30 minutes, and open the token 100 \
                 minutes after its creation: a refusal means `now`, a page that opens means `expiry`.",
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
        settle: "Let a token of one minute expire and call ApplyEmbedInterval with it: Result false means `decline`, \
                 an error means `refuse`, Result true and a page that opens mean `revive`.",
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
        settle: "Call CreateEmbedToken with ProjectId \"117\", as text in JSON, with a project of yours: an error \
                 means `refuse`, a token means `accept`.",
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
        settle: "Nobody can settle this with the service, which serves these actions: `unsupported` and `unknown` \
                 are both ours.",
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
        settle: "Create three tokens in a row and read their Id: numbers that rise by a little mean `counter`, \
                 numbers without an order mean `random`.",
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
        settle: "Create a token and read CreatedUser and UpdatedUser in the answer: null in both means `none`, the \
                 account of the key means `caller`.",
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
        settle: "Provoke an error of BI itself, as a project that does not exist, once with X-TC-Language zh-CN and \
                 once with en-US: a text in each language means `header`, twice the same one means `english` or \
                 `chinese`.",
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
        settle: "Nobody can settle this as a whole: provoke the code in question and send us its Message, which then \
                 takes the place of both `describe` and `code`.",
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
        settle: "Send the same signed bytes twice within five minutes: two successes mean `accept`, an error for the \
                 second means `refuse`.",
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
        settle: "Sign and send a call whose content-type is `Application/json`, with that value as it stands in the \
                 canonical request: a success means `accept`, an error about the signature means `refuse`.",
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
        settle: "Send a call whose credential scope has yesterday's date, with a signature for that date, and read \
                 Code: the one about the Authorization header means `authorization`, the one about the signature \
                 means `signature`.",
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
        settle: "Send a call without Authorization and read Code: the one about a missing parameter means `missing`, \
                 the one about a malformed Authorization means `malformed`.",
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
        settle: "Send CreateEmbedToken with `Authorization: SKIP` and read Code: the one about a malformed \
                 Authorization means `malformed`, the one about a missing parameter means `missing`.",
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
        settle: "Send CreateEmbedToken as multipart/form-data, signed right: a token means `accept`, an error means \
                 `refuse`.",
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
        settle: "Send the JSON of a CreateEmbedToken with content-type application/octet-stream, signed right: a \
                 token means `json`, an error means `refuse`.",
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
        settle: "Send an HmacSHA256 call with %0A behind the value of Signature: a success means `ignore`, an error \
                 about the signature means `refuse`.",
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
        settle: "Send X-TC-Action createembedtoken, signed right: a token means `ignore`, an error about the action \
                 means `exact`.",
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
        settle: "Send a call to /v1 that is signed for that path: a success means `accept`, an error means `refuse`.",
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
        settle: "Send as many calls as the limit allows in the last fifth of a second and as many again in the first \
                 fifth of the next: all answered means `fixed`, throttled ones mean `sliding`.",
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
        settle: "Send three times the limit within one second and read the numbers in the throttled messages: \
                 numbers that rise with each call mean `so_far`, always the first one over the limit means \
                 `first_over`.",
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
        settle: "The public hosts answer plain HTTP with 403, so the service is `refuse`; `accept` is ours, and \
                 nobody needs to settle it.",
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
        settle: "Create a token and compare CreatedAt with the Date header of the same answer: eight hours ahead \
                 means `utc+8`, the same hour means `utc`.",
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
        settle: "Create a token of one visit, open it once in the link of another page, then in its own: a page that \
                 opens means `free`, a refusal means `takes_use`.",
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
        settle: "Open the link of a token that has expired and read the page: a text about a page that cannot be \
                 accessed means `not_accessible`, one about the validity period means `out_of_validity`.",
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
        settle: "Open a link with a token that was cleared, and read the HTTP status of the page: `200`, `403` or \
                 `404`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static OPEN_PAGE: OpenPageChoice { Ends = "ends", Stays = "stays" } = Assumption {
        name: "tencent.open_page",
        default: "ends",
        effect: "Whether an open page gets no more data once its token has expired or was revoked.",
        reason: "Each data call of a shared page carries the token, so one that has ended is taken to get nothing.",
        settle: "Open a link whose token lives for a minute, wait two minutes, and change a filter of the page: an error \
                 means `ends`, new figures mean `stays`.",
        evidence: Evidence::Assumed,
        speaks_of: Side::Cloud,
    };
}

switch! {
    pub static PREFETCH: PrefetchChoice { Free = "free", TakesUse = "takes_use" } = Assumption {
        name: "tencent.prefetch",
        default: "free",
        effect: "Whether a page that a browser loads ahead of time, and says so, takes a use of its token.",
        reason: "Nobody has opened anything yet, and the browser loads the page again when somebody does; whether the \
                 vendor looks at the header that says so is not known.",
        settle: "Request the link of a token of one use with `Sec-Purpose: prefetch`, then open it in a browser: a page \
                 that opens means `free`, a refusal means `takes_use`.",
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
    &OPEN_PAGE.row,
    &PREFETCH.row,
];
