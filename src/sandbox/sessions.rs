//! Sessions of open pages: a text that the sandbox can tell from any other without keeping it.

use crate::domain::{Ticket, TicketId};
use crate::sign::{equals_in_constant_time, hmac_sha256};

/// The seal of one sandbox.
#[derive(Debug)]
pub struct Sessions {
    key: Vec<u8>,
}

/// Hex digits of the seal that are written.
const SEAL_LENGTH: usize = 32;

impl Sessions {
    pub fn new(seed: u64, sandbox: &str) -> Self {
        Self { key: hmac_sha256(b"ticketbooth session", &format!("{seed}/{sandbox}")) }
    }

    /// The session of the visit that just took a use from `ticket`: `TICKET.USE.SEAL`.
    pub fn open_session(&self, ticket: &Ticket) -> String {
        let claim = format!("{}.{}", ticket.id, ticket.used);
        format!("{claim}.{}", self.seal_claim(&claim))
    }

    /// The ticket whose visit made the session, if this sandbox made it.
    pub fn ticket_of(&self, session: &str) -> Option<TicketId> {
        let (claim, seal) = session.rsplit_once('.')?;
        let (ticket, _) = claim.rsplit_once('.')?;
        equals_in_constant_time(seal, &self.seal_claim(claim)).then(|| TicketId::parse(ticket)).flatten()
    }

    fn seal_claim(&self, claim: &str) -> String {
        let mut seal = hex::encode(hmac_sha256(&self.key, claim));
        seal.truncate(SEAL_LENGTH);
        seal
    }
}
