//! What no public source settles about the vendor, as switches of a world.

use crate::domain::{Assumption, Evidence, Side};

pub static MULTI_TOKEN: Assumption = Assumption {
    name: "tencent.multi_token",
    default: "joined",
    choices: &["joined", "first"],
    effect: "What BIToken of CreateEmbedToken holds where TokenType 300 makes several tokens.",
    reason: "TokenType 300 makes several tokens and every SDK has one text field for them, so they stand there joined \
             by commas.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static TOKEN_NUM_CAP: Assumption = Assumption {
    name: "tencent.token_num_cap",
    default: "100",
    choices: &["100", "none"],
    effect: "The largest TokenNum that CreateEmbedToken takes.",
    reason: "No page names the largest TokenNum; a bound keeps a slip of the pen from making a million tokens.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Emulator,
};

pub static TOKEN_NUM_OF_ONE: Assumption = Assumption {
    name: "tencent.token_num_of_one",
    default: "ignore",
    choices: &["ignore", "refuse"],
    effect: "Whether a TokenNum above 1 is refused for a TokenType that makes one token.",
    reason: "A TokenType that makes one token has no use for a TokenNum; whether a number above 1 is a mistake there \
             is not said.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static DEFAULT_TOKEN_TYPE: Assumption = Assumption {
    name: "tencent.default_token_type",
    default: "by_user",
    choices: &["by_user", "100", "200"],
    effect: "The type of a token that is created without TokenType.",
    reason: "Of two documented samples without TokenType one names no user and is bound to nobody, the other names \
             one for ChatBI, which an unbound token cannot open.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static HALF_USER: Assumption = Assumption {
    name: "tencent.half_user",
    default: "refuse",
    choices: &["refuse", "unbound"],
    effect: "What CreateEmbedToken makes of UserCorpId without UserId, or the other way round.",
    reason: "UserCorpId without UserId, or the other way round, names nobody; that a token bound to nobody is what \
             the caller wanted is the less likely reading.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static DEFAULT_SCOPE: Assumption = Assumption {
    name: "tencent.default_scope",
    default: "by_page",
    choices: &["by_page", "panel", "refuse"],
    effect: "The scope of a token that is created without Scope.",
    reason: "The model does not require Scope and names no default; a PageId is of use to a page alone.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static DEFAULT_INTENTION: Assumption = Assumption {
    name: "tencent.default_intention",
    default: "embed",
    choices: &["embed", "by_scope"],
    effect: "The intention of a token that is created without Intention.",
    reason: "Intention came later than the other fields, so calls without it mean pages and dashboards; Scope project \
             alone may well mean ChatBI.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static BAD_VALUE_CODE: Assumption = Assumption {
    name: "tencent.bad_value_code",
    default: "value",
    choices: &["value", "parameter", "embed"],
    effect: "The code of a parameter whose value lies outside its range.",
    reason: "The actions list three codes for parameters and do not say which one a value outside its range ends in; \
             the first one's name fits best.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static SHAPE_CODE: Assumption = Assumption {
    name: "tencent.shape_code",
    default: "embed",
    choices: &["embed", "value"],
    effect: "The code of a GlobalParam or ConfigParam that is no JSON of the documented shape.",
    reason: "GlobalParam and ConfigParam hold JSON that only the service behind the gateway reads, so a wrong shape \
             is taken for an embedding error.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static ABSENT_CODE: Assumption = Assumption {
    name: "tencent.absent_code",
    default: "service",
    choices: &["service", "gateway"],
    effect: "The code of a CreateEmbedToken without a field that it needs.",
    reason: "The model requires none of CreateEmbedToken's fields, so the gateway can hardly miss one; then the \
             service answers, with the sub-code of its own.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static LIFETIME_OVER_CAP: Assumption = Assumption {
    name: "tencent.lifetime_over_cap",
    default: "refuse",
    choices: &["refuse", "clamp"],
    effect: "Whether an ExpireTime above 240 is refused or cut to 240.",
    reason: "The page says that ExpireTime is at most 240 and not what becomes of more; a refusal hides nothing.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static USER_TOKEN: Assumption = Assumption {
    name: "tencent.user_token",
    default: "replace",
    choices: &["replace", "independent"],
    effect: "Whether a new token of TokenType 200 revokes the user's older one for the same target.",
    reason: "TokenType 200 is described as one token for one user, so a new one for the same target ends the one \
             before.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static EXTEND_FROM: Assumption = Assumption {
    name: "tencent.extend_from",
    default: "now",
    choices: &["now", "expiry"],
    effect: "The time from which ApplyEmbedInterval counts the token's minutes.",
    reason: "ApplyEmbedInterval takes no minutes; counting the token's own minutes from now never exceeds the 240 that \
             a token may live.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static EXTEND_EXPIRED: Assumption = Assumption {
    name: "tencent.extend_expired",
    default: "decline",
    choices: &["decline", "refuse", "revive"],
    effect: "What ApplyEmbedInterval does with a token that has expired.",
    reason: "The answer of ApplyEmbedInterval has a Result that can be false, and no error code of its list speaks of \
             expiry.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static DIGITS_AS_INTEGER: Assumption = Assumption {
    name: "tencent.digits_as_integer",
    default: "refuse",
    choices: &["refuse", "accept"],
    effect: "Whether a number may be sent as text in JSON.",
    reason: "An older sample sends ids as text in JSON and succeeds, while the gateway was seen to be strict about \
             every other type.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static UNSERVED_ACTION: Assumption = Assumption {
    name: "tencent.unserved_action",
    default: "unsupported",
    choices: &["unsupported", "unknown"],
    effect: "The code of an action of the product that the emulator does not serve.",
    reason: "For actions of the product that have no behaviour here; to call them unknown would send people looking \
             for a slip of the pen.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Emulator,
};

pub static ROW_ID: Assumption = Assumption {
    name: "tencent.row_id",
    default: "counter",
    choices: &["counter", "random"],
    effect: "How the Id of a new row is chosen.",
    reason: "The sample's Id is a small number; whether ids follow each other within one account is not known.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static ROW_AUTHOR: Assumption = Assumption {
    name: "tencent.row_author",
    default: "none",
    choices: &["none", "caller"],
    effect: "What CreatedUser and UpdatedUser hold.",
    reason: "CreatedUser and UpdatedUser are null in the sample; where they are not, the caller is the likeliest to stand \
             there.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static BI_LANGUAGE: Assumption = Assumption {
    name: "tencent.bi_language",
    default: "header",
    choices: &["header", "english", "chinese"],
    effect: "The language of the messages of BI itself; the gateway's follow the call.",
    reason: "The gateway's messages were seen to follow the language of the call; nobody has shown one of BI itself.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static UNSEEN_TEXTS: Assumption = Assumption {
    name: "tencent.unseen_texts",
    default: "describe",
    choices: &["describe", "code"],
    effect: "The text of a code whose text nobody has seen.",
    reason: "Some codes were never seen with a text, so theirs is a description of ours; the bare code in its place \
             shows whether a client reads what nobody can know.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Emulator,
};

pub static REPLAY: Assumption = Assumption {
    name: "tencent.replay",
    default: "accept",
    choices: &["accept", "refuse"],
    effect: "Whether a request that came before is refused.",
    reason: "The Nonce is documented against replay, yet retries of the Go SDK send the very same request again.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static RAW_HEADER_VALUES: Assumption = Assumption {
    name: "tencent.raw_header_values",
    default: "accept",
    choices: &["accept", "refuse"],
    effect: "Whether a signature over header values with their capital letters is good.",
    reason: "Signed header values are to be put in lower case, which no SDK does; it shows only with capital letters \
             in one.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static AUTHORIZATION_CODE: Assumption = Assumption {
    name: "tencent.authorization_code",
    default: "authorization",
    choices: &["authorization", "signature"],
    effect: "The code of an Authorization with another day's date or broken pieces.",
    reason: "Only a wrong service was seen, as a malformed header; a date of another day and broken pieces are taken \
             for the same, though a wrong signature they are too.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static NO_AUTHORIZATION: Assumption = Assumption {
    name: "tencent.no_authorization",
    default: "missing",
    choices: &["missing", "malformed"],
    effect: "The code of a call without Authorization.",
    reason: "Other common parameters that are absent were seen to be called missing; of this one no answer is public.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static SKIPPED_AUTHORIZATION: Assumption = Assumption {
    name: "tencent.skipped_authorization",
    default: "malformed",
    choices: &["malformed", "missing"],
    effect: "The code of a call whose Authorization is the word SKIP.",
    reason: "SDKs send the word SKIP for actions that take no signature, and none of BI is one; the word is a header \
             of no known scheme.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static MULTIPART: Assumption = Assumption {
    name: "tencent.multipart",
    default: "accept",
    choices: &["accept", "refuse"],
    effect: "Whether a multipart body is read.",
    reason: "Multipart is documented for actions that say so, and none of BI does; that such a body is refused was \
             not seen.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static ACTION_CASE: Assumption = Assumption {
    name: "tencent.action_case",
    default: "exact",
    choices: &["exact", "ignore"],
    effect: "Whether the case of an action's name matters.",
    reason: "Every client spells actions as the catalogue does, so nothing shows whether the gateway minds their \
             case.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static OTHER_PATHS: Assumption = Assumption {
    name: "tencent.other_paths",
    default: "accept",
    choices: &["accept", "refuse"],
    effect: "Whether calls on another path than / are served.",
    reason: "The path is always / in documents and signatures, yet the Go SDK can be told to send to another one.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static RATE_WINDOW: Assumption = Assumption {
    name: "tencent.rate_window",
    default: "fixed",
    choices: &["fixed", "sliding"],
    effect: "Where the second of the rate limit begins.",
    reason: "The limit is so many calls a second; where such a second begins is not said.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static THROTTLED_COUNT: Assumption = Assumption {
    name: "tencent.throttled_count",
    default: "so_far",
    choices: &["so_far", "first_over"],
    effect: "The number of calls that the message of a throttled one names.",
    reason: "The message was seen with the first number over the limit, which a count of all calls and a count of \
             admitted ones both give.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static PLAIN_HTTP: Assumption = Assumption {
    name: "tencent.plain_http",
    default: "accept",
    choices: &["accept", "refuse"],
    effect: "Whether a call without TLS is served.",
    reason: "The public hosts answer plain HTTP with a bare 403; on loopback that is useful only to prove that a client \
             uses TLS.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Emulator,
};

pub static TIME_ZONE: Assumption = Assumption {
    name: "tencent.time_zone",
    default: "utc+8",
    choices: &["utc+8", "utc"],
    effect: "The time zone of CreatedAt and UpdatedAt.",
    reason: "CreatedAt and UpdatedAt carry no zone and no page names one; the service is at home in UTC+8.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static REFUSED_VISIT: Assumption = Assumption {
    name: "tencent.refused_visit",
    default: "free",
    choices: &["free", "takes_use"],
    effect: "Whether a refused visit takes one use of its token.",
    reason: "Nothing public says which loads of a page take a visit from the token; one that shows nothing is taken \
             to cost nothing.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static VISIT_EXPIRED_TEXT: Assumption = Assumption {
    name: "tencent.visit_expired_text",
    default: "not_accessible",
    choices: &["not_accessible", "out_of_validity"],
    effect: "The text of the page for an expired token.",
    reason: "The page has a text for a link outside the console's validity period; whether an expired token shows that \
             one is not known.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static REFUSED_VISIT_STATUS: Assumption = Assumption {
    name: "tencent.refused_visit_status",
    default: "200",
    choices: &["200", "403", "404"],
    effect: "The HTTP status of a refused visit.",
    reason: "No refused page was captured; a page that draws its message itself comes with 200.",
    evidence: Evidence::Assumed,
    speaks_of: Side::Cloud,
};

pub static ASSUMPTIONS: &[&Assumption] = &[
    &MULTI_TOKEN,
    &TOKEN_NUM_CAP,
    &TOKEN_NUM_OF_ONE,
    &DEFAULT_TOKEN_TYPE,
    &HALF_USER,
    &DEFAULT_SCOPE,
    &DEFAULT_INTENTION,
    &BAD_VALUE_CODE,
    &SHAPE_CODE,
    &ABSENT_CODE,
    &LIFETIME_OVER_CAP,
    &USER_TOKEN,
    &EXTEND_FROM,
    &EXTEND_EXPIRED,
    &DIGITS_AS_INTEGER,
    &UNSERVED_ACTION,
    &ROW_ID,
    &ROW_AUTHOR,
    &BI_LANGUAGE,
    &UNSEEN_TEXTS,
    &REPLAY,
    &RAW_HEADER_VALUES,
    &AUTHORIZATION_CODE,
    &NO_AUTHORIZATION,
    &SKIPPED_AUTHORIZATION,
    &MULTIPART,
    &ACTION_CASE,
    &OTHER_PATHS,
    &RATE_WINDOW,
    &THROTTLED_COUNT,
    &PLAIN_HTTP,
    &TIME_ZONE,
    &REFUSED_VISIT,
    &VISIT_EXPIRED_TEXT,
    &REFUSED_VISIT_STATUS,
];
