//! The id of a request, spelled as the vendor spells it.

use std::fmt;

use uuid::Uuid;

/// The spelling of the hexadecimal digits of a vendor's request ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spelling {
    Lower,
    Upper,
}

/// The id of one request. `Display` writes it as it stands in the body of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RequestId {
    bits: Uuid,
    spelling: Spelling,
}

impl RequestId {
    pub const fn new(bits: Uuid, spelling: Spelling) -> Self {
        Self { bits, spelling }
    }

    /// Whether this is the id that `bits` were read from, in whatever case they were written.
    pub fn has_bits(&self, bits: Uuid) -> bool {
        self.bits == bits
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut room = Uuid::encode_buffer();
        f.write_str(match self.spelling {
            Spelling::Lower => self.bits.as_hyphenated().encode_lower(&mut room),
            Spelling::Upper => self.bits.as_hyphenated().encode_upper(&mut room),
        })
    }
}
