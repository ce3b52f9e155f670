//! As much of DER as it takes to see until when a certificate holds.

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};

use crate::domain::Timestamp;

/// The end of a certificate's life; `None`: these are not the bytes of one.
pub(super) fn end_of_life(certificate: &[u8]) -> Option<Timestamp> {
    let (_, certificate, _) = next_value(certificate)?;
    let (_, mut fields, _) = next_value(certificate)?;
    // Version, number, algorithm and issuer.
    for _ in 0..4 {
        (_, _, fields) = next_value(fields)?;
    }
    let (_, life, _) = next_value(fields)?;
    let (_, _, life) = next_value(life)?;
    let (tag, end, _) = next_value(life)?;
    read_time(tag, std::str::from_utf8(end).ok()?)
}

/// The tag and the content of the first value, and what stands behind it.
fn next_value(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81..=0x83 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

/// The tag of a time whose year has two digits.
const SHORT_TIME: u8 = 0x17;

fn read_time(tag: u8, text: &str) -> Option<Timestamp> {
    // Of two digits, those from 50 on are of the century before.
    let text = match text.as_bytes().first()? {
        _ if tag != SHORT_TIME => text.to_owned(),
        b'5'..=b'9' => format!("19{text}"),
        _ => format!("20{text}"),
    };
    let part = |from: usize, length: usize| text.get(from..from + length)?.parse::<u8>().ok();
    let date = Date::from_calendar_date(text.get(..4)?.parse().ok()?, Month::try_from(part(4, 2)?).ok()?, part(6, 2)?);
    let time = Time::from_hms(part(8, 2)?, part(10, 2)?, part(12, 2)?);
    let at: OffsetDateTime = PrimitiveDateTime::new(date.ok()?, time.ok()?).assume_utc();
    Some(Timestamp::from_unix(at.unix_timestamp()))
}
