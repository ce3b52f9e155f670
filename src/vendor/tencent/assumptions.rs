//! What no public source settles about the vendor, as switches of a world.

use crate::domain::{Assumption, Evidence};

pub static MULTI_TOKEN: Assumption = Assumption {
    name: "tencent.multi_token",
    default: "joined",
    choices: &["joined", "first"],
    reason: "TokenType 300 makes several tokens and every SDK has one text field for them, so they stand there joined \
             by commas.",
    evidence: Evidence::Assumed,
};

pub static TOKEN_NUM_CAP: Assumption = Assumption {
    name: "tencent.token_num_cap",
    default: "100",
    choices: &["100", "none"],
    reason: "No page names the largest TokenNum; a bound keeps a slip of the pen from making a million tokens.",
    evidence: Evidence::Assumed,
};

pub static LIFETIME_OVER_CAP: Assumption = Assumption {
    name: "tencent.lifetime_over_cap",
    default: "refuse",
    choices: &["refuse", "clamp"],
    reason: "The page says that ExpireTime is at most 240 and not what becomes of more; a refusal hides nothing.",
    evidence: Evidence::Assumed,
};

pub static USER_TOKEN: Assumption = Assumption {
    name: "tencent.user_token",
    default: "replace",
    choices: &["replace", "independent"],
    reason: "TokenType 200 is described as one token for one user, so a new one for the same target ends the one \
             before.",
    evidence: Evidence::Assumed,
};

pub static EXTEND_FROM: Assumption = Assumption {
    name: "tencent.extend_from",
    default: "now",
    choices: &["now", "expiry"],
    reason: "ApplyEmbedInterval takes no minutes; counting the token's own minutes from now never exceeds the 240 that \
             a token may live.",
    evidence: Evidence::Assumed,
};

pub static EXTEND_EXPIRED: Assumption = Assumption {
    name: "tencent.extend_expired",
    default: "decline",
    choices: &["decline", "refuse", "revive"],
    reason: "The answer of ApplyEmbedInterval has a Result that can be false, and no error code of its list speaks of \
             expiry.",
    evidence: Evidence::Assumed,
};

pub static DIGITS_AS_INTEGER: Assumption = Assumption {
    name: "tencent.digits_as_integer",
    default: "refuse",
    choices: &["refuse", "accept"],
    reason: "An older sample sends ids as text in JSON and succeeds, while the gateway was seen to be strict about \
             every other type.",
    evidence: Evidence::Assumed,
};

pub static REPLAY: Assumption = Assumption {
    name: "tencent.replay",
    default: "accept",
    choices: &["accept", "refuse"],
    reason: "The Nonce is documented against replay, yet retries of the Go SDK send the very same request again.",
    evidence: Evidence::Assumed,
};

pub static RAW_HEADER_VALUES: Assumption = Assumption {
    name: "tencent.raw_header_values",
    default: "accept",
    choices: &["accept", "refuse"],
    reason: "Signed header values are to be put in lower case, which no SDK does; it shows only with capital letters \
             in one.",
    evidence: Evidence::Assumed,
};

pub static PLAIN_HTTP: Assumption = Assumption {
    name: "tencent.plain_http",
    default: "accept",
    choices: &["accept", "refuse"],
    reason: "The public hosts answer plain HTTP with a bare 403; on loopback that is useful only to prove that a client \
             uses TLS.",
    evidence: Evidence::Assumed,
};

pub static TIME_ZONE: Assumption = Assumption {
    name: "tencent.time_zone",
    default: "utc+8",
    choices: &["utc+8", "utc"],
    reason: "CreatedAt and UpdatedAt carry no zone and no page names one; the service is at home in UTC+8.",
    evidence: Evidence::Assumed,
};

pub static VISIT_EXPIRED_TEXT: Assumption = Assumption {
    name: "tencent.visit_expired_text",
    default: "not_accessible",
    choices: &["not_accessible", "out_of_validity"],
    reason: "The page has a text for a link outside the console's validity period; whether an expired token shows that \
             one is not known.",
    evidence: Evidence::Assumed,
};

pub static ASSUMPTIONS: &[&Assumption] = &[
    &MULTI_TOKEN,
    &TOKEN_NUM_CAP,
    &LIFETIME_OVER_CAP,
    &USER_TOKEN,
    &EXTEND_FROM,
    &EXTEND_EXPIRED,
    &DIGITS_AS_INTEGER,
    &REPLAY,
    &RAW_HEADER_VALUES,
    &PLAIN_HTTP,
    &TIME_ZONE,
    &VISIT_EXPIRED_TEXT,
];
