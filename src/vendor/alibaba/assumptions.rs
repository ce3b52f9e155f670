//! What no public source settles about the vendor, as switches of a world.

use crate::domain::{Assumption, Evidence};

pub static CREATE_TICKET_CAP: Assumption = Assumption {
    name: "alibaba.create_ticket_cap",
    default: "240",
    choices: &["240", "none"],
    reason: "The 2021 page caps ExpireTime at 240 minutes and newer ones leave the cap out; code in public asks for \
             weeks.",
    evidence: Evidence::Documented,
};

pub static ZERO_LIFETIME: Assumption = Assumption {
    name: "alibaba.zero_lifetime",
    default: "accept",
    choices: &["accept", "refuse"],
    reason: "CreateTicket names no lower bound and an extension may be 0 minutes, so a ticket of 0 minutes is made and \
             ends at once.",
    evidence: Evidence::Assumed,
};

pub static DELAY_BASE: Assumption = Assumption {
    name: "alibaba.delay_base",
    default: "expiry",
    choices: &["expiry", "now"],
    reason: "The page speaks of time to be added, and its sample ticket lives longer than one extension from now \
             could reach.",
    evidence: Evidence::Assumed,
};

pub static DELAY_CAP: Assumption = Assumption {
    name: "alibaba.delay_cap",
    default: "none",
    choices: &["none", "240"],
    reason: "Each call adds at most 240 minutes; a sample ticket of twenty days speaks against a bound on their sum.",
    evidence: Evidence::Assumed,
};

pub static EXTEND_USED_UP: Assumption = Assumption {
    name: "alibaba.extend_used_up",
    default: "accept",
    choices: &["accept", "refuse"],
    reason: "Only expired tickets are said to be beyond extension, though the list of the action has the code for a \
             used-up one.",
    evidence: Evidence::Assumed,
};

pub static UPDATE_TICKET_NUM: Assumption = Assumption {
    name: "alibaba.update_ticket_num",
    default: "remaining",
    choices: &["remaining", "maximum"],
    reason: "TicketNum may be 99998 here and 99999 at creation, which fits visits left better than a total.",
    evidence: Evidence::Assumed,
};

pub static USER_AND_ACCOUNT: Assumption = Assumption {
    name: "alibaba.user_and_account",
    default: "user_id",
    choices: &["user_id", "refuse"],
    reason: "Only one of UserId and AccountName is to be given and no code is named for both, so the id goes first.",
    evidence: Evidence::Assumed,
};

pub static EMBED_TOKEN_LIMIT: Assumption = Assumption {
    name: "alibaba.embed_token_limit",
    default: "off",
    choices: &["off", "1", "10", "100"],
    reason: "There is a code for too many live tokens of one user and no page says how many that is.",
    evidence: Evidence::Assumed,
};

pub static DEFAULT_FORMAT_V2: Assumption = Assumption {
    name: "alibaba.default_format_v2",
    default: "xml",
    choices: &["xml", "json"],
    reason: "The vendor's page on results names XML for calls without Format; pages of a few other products say JSON.",
    evidence: Evidence::Documented,
};

pub static DEFAULT_FORMAT_ACS3: Assumption = Assumption {
    name: "alibaba.default_format_acs3",
    default: "json",
    choices: &["json", "xml"],
    reason: "The newer SDKs ask for JSON in Accept themselves; without any word the same is taken.",
    evidence: Evidence::Assumed,
};

pub static TIME_ZONE: Assumption = Assumption {
    name: "alibaba.time_zone",
    default: "utc+8",
    choices: &["utc+8", "utc"],
    reason: "RegisterTime and InvalidTime carry no zone and no page names one; the service is at home in UTC+8.",
    evidence: Evidence::Assumed,
};

pub static MISMATCH_TEXT: Assumption = Assumption {
    name: "alibaba.mismatch_text",
    default: "mismatch",
    choices: &["mismatch", "not_exist"],
    reason: "Visitors with the ticket of another work saw the text about the mismatch, and also the one about an \
             unknown ticket with empty brackets.",
    evidence: Evidence::Seen,
};

pub static ASSUMPTIONS: &[&Assumption] = &[
    &CREATE_TICKET_CAP,
    &ZERO_LIFETIME,
    &DELAY_BASE,
    &DELAY_CAP,
    &EXTEND_USED_UP,
    &UPDATE_TICKET_NUM,
    &USER_AND_ACCOUNT,
    &EMBED_TOKEN_LIMIT,
    &DEFAULT_FORMAT_V2,
    &DEFAULT_FORMAT_ACS3,
    &TIME_ZONE,
    &MISMATCH_TEXT,
];
