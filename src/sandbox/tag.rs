//! The mark of its sandbox that every ticket id carries, so that a visit finds its sandbox by the ticket alone.
//!
//! The first 32 bits of an id are the sandbox's tag, hidden by the other 96. So an id still looks like
//! any other, and there is no index of all tickets of all sandboxes to keep, to share or to clean up.

use sha2::{Digest as _, Sha256};

use crate::domain::TicketId;

const TAG_BITS: u32 = 32;
const REST: u128 = u128::MAX >> TAG_BITS;

/// The tag of the sandbox of this id. Two sandboxes may share one, however rarely.
pub fn of_sandbox(id: &str) -> u32 {
    let digest: [u8; 32] = Sha256::new().chain_update("ticketbooth tag").chain_update(id).finalize().into();
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]])
}

/// The tag of the sandbox that made the ticket, if any of them did.
pub fn of_ticket(ticket: TicketId) -> u32 {
    let bits = ticket.to_bits();
    // The shift leaves 32 bits.
    (bits >> (u128::BITS - TAG_BITS)) as u32 ^ tag_mask(bits & REST)
}

/// The bits of an id with the tag in place of the first 32 of them.
pub fn put_tag(tag: u32, bits: u128) -> u128 {
    let rest = bits & REST;
    (u128::from(tag ^ tag_mask(rest)) << (u128::BITS - TAG_BITS)) | rest
}

/// The mask that hides the tag: the 96 bits mixed into 32, by the finisher of SplitMix64.
fn tag_mask(rest: u128) -> u32 {
    let mut mixed = (rest >> 64) as u64 ^ rest as u64;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)) as u32
}
