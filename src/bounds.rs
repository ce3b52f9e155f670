//! The bounds of everything that comes from outside and is kept or walked.
//!
//! They are ours and no vendor's: they keep one client from filling the memory that all share. Each row is read where it
//! is enforced; the documents and `GET /info` show the same rows.

/// A bound, with the behaviour beyond it.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// The thing, for lists.
    pub of: &'static str,
    pub most: usize,
    pub unit: &'static str,
    /// What happens to more.
    pub beyond: &'static str,
}

const KIB: usize = 1 << 10;
const MIB: usize = 1 << 20;

/// The longest action of a vendor has 60 or so.
pub static ACTION: Bound = Bound {
    of: "name of an action",
    most: 256,
    unit: "bytes",
    beyond: "the vendor's refusal of an unknown action, which quotes its beginning",
};

pub static VERSION: Bound = Bound {
    of: "version of an API",
    most: 64,
    unit: "bytes",
    beyond: "the vendor's refusal of an unknown version, which quotes its beginning",
};

pub static ACCESS_KEY: Bound = Bound {
    of: "id of an access key",
    most: 256,
    unit: "bytes",
    beyond: "the vendor's refusal of an unknown key, which quotes its beginning",
};

pub static PARAMETER_NAME: Bound = Bound {
    of: "name of a parameter that an action does not have",
    most: 256,
    unit: "bytes",
    beyond: "its beginning is quoted",
};

/// Clients send a UUID or a few dozen characters.
pub static NONCE: Bound =
    Bound { of: "nonce", most: 128, unit: "bytes", beyond: "accepted; its SHA-256 is remembered instead" };

/// No vendor says how long the text of a filter may be. This is four times of what fits into a request line.
pub static PARAMETER: Bound = Bound {
    of: "text of a parameter of a served action",
    most: 256 * KIB,
    unit: "bytes",
    beyond: "the vendor's refusal of an invalid value",
};

pub static TARGET: Bound = Bound { of: "path and query of a request", most: 65_534, unit: "bytes", beyond: "414" };

pub static HEAD: Bound =
    Bound { of: "head of a request", most: 128 * KIB, unit: "bytes", beyond: "431, over HTTP/2 as well" };

pub static HEADER_LINES: Bound = Bound { of: "header lines of a request", most: 100, unit: "lines", beyond: "431" };

pub static BODY: Bound = Bound {
    of: "body of a request",
    most: 10 * MIB,
    unit: "bytes",
    beyond: "the vendor's refusal of its size, and the connection ends",
};

pub static ADMIN_BODY: Bound =
    Bound { of: "body of a request to the admin API", most: 4 * MIB, unit: "bytes", beyond: "413" };

/// A ticket takes some 400 bytes.
pub static SNAPSHOT: Bound = Bound { of: "snapshot", most: 1024 * MIB, unit: "bytes", beyond: "413" };

pub static BODIES: Bound = Bound {
    of: "bodies that are read at the same time",
    most: 256 * MIB,
    unit: "bytes",
    beyond: "503, until others are done; a snapshot counts by itself",
};

pub static CONNECTIONS: Bound = Bound {
    of: "connections",
    most: 4096,
    unit: "connections",
    beyond: "the connection that has waited longest without a request is closed; where there is none, new ones wait",
};

pub static STREAMS: Bound = Bound {
    of: "calls at the same time over one HTTP/2 connection",
    most: 128,
    unit: "streams",
    beyond: "the client is told that it may not open more",
};

pub static WAITERS: Bound = Bound {
    of: "listeners to events and waiting verifications",
    most: 1024,
    unit: "requests",
    beyond: "503, until others have left",
};

pub static SANDBOXES: Bound =
    Bound { of: "sandboxes", most: 20_000, unit: "sandboxes", beyond: "503, until others are deleted" };

pub static TICKETS: Bound = Bound {
    of: "tickets of a sandbox",
    most: 5_000_000,
    unit: "tickets",
    beyond: "the vendor's internal error with status 503, until the sandbox is reset",
};

/// A changed thing takes half a kilobyte and its texts.
pub static CHANGES: Bound = Bound {
    of: "things of one organization that calls have changed",
    most: 64 * MIB,
    unit: "bytes",
    beyond: "the vendor's internal error with status 503, until the world of the sandbox is reset",
};

pub static RULES: Bound =
    Bound { of: "rules of a sandbox", most: 1000, unit: "rules", beyond: "422, or 409 for one more" };

pub static PATTERN: Bound = Bound { of: "pattern of a selector", most: 256, unit: "characters", beyond: "422" };

pub static SELECTED: Bound =
    Bound { of: "parameters that a selector looks at", most: 64, unit: "parameters", beyond: "422" };

pub static ORDER: Bound = Bound { of: "steps of an expected order", most: 1000, unit: "steps", beyond: "422" };

pub static VISITOR: Bound =
    Bound { of: "name of a visitor", most: 64, unit: "bytes", beyond: "the visitor counts as one without a name" };

pub static MARK: Bound = Bound { of: "mark in a journal", most: 500, unit: "characters", beyond: "422" };

pub static NOTED_TEXT: Bound = Bound {
    of: "text of a request that is no call, or of an unknown action, in notes and events",
    most: 512,
    unit: "characters",
    beyond: "its beginning is kept",
};

pub static SANDBOX_NAME: Bound = Bound { of: "name of a sandbox", most: 64, unit: "bytes", beyond: "400" };

/// Every bound, in the order of the documents.
pub static BOUNDS: &[&Bound] = &[
    &ACTION,
    &VERSION,
    &ACCESS_KEY,
    &NONCE,
    &PARAMETER_NAME,
    &PARAMETER,
    &TARGET,
    &HEAD,
    &HEADER_LINES,
    &BODY,
    &ADMIN_BODY,
    &SNAPSHOT,
    &BODIES,
    &CONNECTIONS,
    &STREAMS,
    &WAITERS,
    &SANDBOXES,
    &TICKETS,
    &CHANGES,
    &RULES,
    &PATTERN,
    &SELECTED,
    &ORDER,
    &VISITOR,
    &MARK,
    &NOTED_TEXT,
    &SANDBOX_NAME,
];

/// The beginning of the text that fits into so many bytes, at the end of a character.
pub fn beginning_of(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}
