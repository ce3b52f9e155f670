//! The links of BuildSignatureUrl: what stands in their query, and what a visit by one of them has to bring.
//!
//! Which text the vendor signs is not known, nor whether it keeps its links. Here the link is a ticket like the others:
//! the first half of the signature is the ticket's id, by which it is found, and the second half covers the parameters.

use crate::domain::{IdForm, Refusal, Target, Ticket, TicketId};
use crate::sign::{decode_base64, decode_pairs, encode_base64, hmac_sha256, sha256_hex};

/// Carries the ticket in a link.
pub const SIGNATURE: &str = "signature";

/// Half of a signature.
const HALF: usize = 16;

/// The query of the ticket's link; `None`: it opens no work.
pub fn link_query(ticket: &Ticket) -> Option<String> {
    Some(form_urlencoded::Serializer::new(String::new()).extend_pairs(link_pairs(ticket)?).finish())
}

/// The pairs of a link, in the order in which links in public have them.
fn link_pairs(ticket: &Ticket) -> Option<[(&'static str, String); 5]> {
    let Target::Work { work, .. } = &ticket.target else { return None };
    let organization = ticket.user.as_ref().map_or("", |user| &user.organization);
    let [minutes, work, access, time] = [
        ("validityTime", ticket.lifetime_minutes.to_string()),
        ("pageId", work.to_string()),
        ("accessId", format!("INNER_{}", &sha256_hex(organization.as_bytes())[..2 * HALF])),
        ("timestamp", ticket.issued_at.unix_seconds().saturating_mul(1000).to_string()),
    ];
    let signed = [&minutes, &work, &access, &time].map(|(name, value)| format!("{name}={value}")).join("&");
    let id = ticket.id.to_bytes();
    let signature = [&id, &hmac_sha256(&id, &signed)[..HALF]].concat();
    Some([minutes, work, access, time, (SIGNATURE, encode_base64(&signature))])
}

/// The ticket that a signature names. What is no signature is a ticket that nobody has.
pub fn ticket_in(signature: String) -> String {
    let whole = decode_base64(&signature).and_then(|bytes| <[u8; 2 * HALF]>::try_from(bytes).ok());
    let id = whole.and_then(|bytes| bytes.first_chunk().copied()).map(u128::from_be_bytes);
    id.map_or(signature, |id| TicketId::new(id, IdForm::Hex).to_string())
}

/// The refusal of a link in which something is not as it was given out. That it names another work is found by whoever
/// compares works.
pub fn refuse_altered(ticket: &Ticket, query: &str) -> Option<Refusal> {
    let link = decode_pairs(query.as_bytes());
    let given = |name: &str| link.iter().find(|(known, _)| known == name).map(|(_, value)| value);
    let pairs = link_pairs(ticket)?;
    let altered = pairs.iter().find(|(name, value)| *name != "pageId" && given(name) != Some(value))?;
    Some(Refusal::LinkAltered { ticket: ticket.id.to_string(), name: altered.0 })
}
