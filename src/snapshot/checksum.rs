//! The checksum of a snapshot: over what it says, and not over how that is written, so that whoever reads it and writes
//! it again as JSON has not changed it.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::json_text;

/// A checksum under way. Tickets and nonces are counted in as they come; there may be a million.
#[derive(Clone, Default)]
pub(super) struct Checksum {
    tickets: Sha256,
    nonces: Sha256,
}

impl Checksum {
    pub fn add_ticket(&mut self, text: &str) {
        add_text(&mut self.tickets, text);
    }

    pub fn add_nonce(&mut self, text: &str) {
        add_text(&mut self.nonces, text);
    }

    /// The checksum with the rest of the document, whose tickets, nonces and checksum are empty.
    pub fn finish(self, rest: &impl Serialize) -> String {
        let mut whole = Sha256::new();
        add_text(&mut whole, &json_text(rest));
        whole.update(self.tickets.finalize());
        whole.update(self.nonces.finalize());
        hex::encode(whole.finalize())
    }
}

fn add_text(digest: &mut Sha256, text: &str) {
    digest.update(text);
    digest.update("\n");
}
