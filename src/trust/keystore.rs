//! The keystore of a JVM: one certificate that it shall trust, in the form that every JVM reads.

use sha1::{Digest as _, Sha1};

use crate::domain::Timestamp;

/// The password that everybody uses for keystores without secrets.
pub const KEYSTORE_PASSWORD: &str = "changeit";

/// The first word of a keystore.
const MAGIC: u32 = 0xfeed_feed;

const VERSION: u32 = 2;

/// The kind of an entry that holds a certificate and no key.
const TRUSTED: u32 = 2;

/// The text that goes into the seal behind the password.
const SEALED: &[u8] = b"Mighty Aphrodite";

/// A keystore with this certificate in it.
pub fn write_keystore(certificate: &[u8], now: Timestamp) -> Vec<u8> {
    let mut bytes = Vec::new();
    for number in [MAGIC, VERSION, 1, TRUSTED] {
        bytes.extend(number.to_be_bytes());
    }
    write_text(&mut bytes, "ticketbooth");
    bytes.extend(now.unix_seconds().saturating_mul(1000).to_be_bytes());
    write_text(&mut bytes, "X.509");
    bytes.extend(u32::try_from(certificate.len()).unwrap_or(u32::MAX).to_be_bytes());
    bytes.extend(certificate);
    let password: Vec<u8> = KEYSTORE_PASSWORD.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let seal = Sha1::new().chain_update(password).chain_update(SEALED).chain_update(&bytes).finalize();
    bytes.extend(seal);
    bytes
}

/// A text of ASCII behind its length.
fn write_text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend(u16::try_from(text.len()).unwrap_or(u16::MAX).to_be_bytes());
    bytes.extend(text.bytes());
}
