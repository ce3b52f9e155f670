//! Sessions of open pages: a text that the sandbox can tell from any other without keeping it.

use crate::domain::{Ticket, TicketId};
use crate::sign::{MacSha256, equals_in_constant_time, finish_mac, hex_of, hmac_sha256, mac_sha256};

/// The seal of one sandbox.
#[derive(Debug)]
pub struct Sessions {
    key: MacSha256,
}

/// Hex digits of the seal that are written.
const SEAL_LENGTH: usize = 32;

impl Sessions {
    pub fn new(seed: u64, sandbox: &str) -> Self {
        Self { key: mac_sha256(&hmac_sha256(b"ticketbooth session", &format!("{seed}/{sandbox}"))) }
    }

    /// The session of the visit that just took a use from `ticket`: `TICKET.USE.SEAL`.
    pub fn open_session(&self, ticket: &Ticket) -> String {
        let mut session = format!("{}.{}", ticket.id, ticket.used);
        let seal = self.seal_claim(&session);
        session.push('.');
        session.push_str(shown_seal(&seal));
        session
    }

    /// The ticket whose visit made the session, if this sandbox made it.
    pub fn ticket_of(&self, session: &str) -> Option<TicketId> {
        let (claim, seal) = session.rsplit_once('.')?;
        let (ticket, _) = claim.rsplit_once('.')?;
        equals_in_constant_time(seal, shown_seal(&self.seal_claim(claim))).then(|| TicketId::parse(ticket)).flatten()
    }

    /// The digest of the claim in hex.
    fn seal_claim(&self, claim: &str) -> [u8; 64] {
        hex_of(&finish_mac(self.key.clone(), claim))
    }
}

fn shown_seal(digits: &[u8; 64]) -> &str {
    str::from_utf8(&digits[..SEAL_LENGTH]).unwrap_or_default()
}
