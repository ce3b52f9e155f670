//! Which part of the catalogue is meant by `VENDOR` or `VENDOR.ACTION`.

use super::Failure;
use crate::catalogue::Selection;
use crate::vendor::Vendor;
use crate::vendor::catalog::VISIT;

/// How alike two words are when one may be meant by the other.
const LIKENESS: f64 = 0.7;

/// The selections that `text` means: all vendors, one, or one action of one.
pub(crate) fn select(vendors: &'static [&'static dyn Vendor], text: Option<&str>) -> Result<Vec<Selection>, Failure> {
    let Some(text) = text else {
        return Ok(vendors.iter().map(|vendor| Selection { vendor: *vendor, action: None }).collect());
    };
    let (name, action) = text.split_once('.').map_or((text, None), |(name, action)| (name, Some(action)));
    let Some(vendor) = vendors.iter().copied().find(|vendor| vendor.name() == name) else {
        return Err(unknown("vendor", name, vendors.iter().map(|vendor| vendor.name())));
    };
    let Some(wanted) = action else { return Ok(vec![Selection { vendor, action: None }]) };
    let known = || vendor.known_actions().iter().map(|action| action.name).chain([VISIT]);
    match known().find(|known| *known == wanted) {
        Some(action) => Ok(vec![Selection { vendor, action: Some(action) }]),
        None => Err(unknown(&format!("action of {name}"), wanted, known())),
    }
}

fn unknown(kind: &str, word: &str, known: impl Iterator<Item = &'static str>) -> Failure {
    let known: Vec<&str> = known.collect();
    let help = match nearest(word, &known) {
        Some(near) => format!("did you mean {near:?}? `ticketbooth actions` lists all of them"),
        None => "`ticketbooth actions` lists all of them".to_owned(),
    };
    Failure::usage(format!("unknown {kind} {word:?}"), help)
}

/// The known word that is most like this one, if any is.
fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase();
    let likeness = |known: &str| strsim::jaro_winkler(&known.to_lowercase(), &word);
    let rated = known.iter().map(|known| (likeness(known), *known)).filter(|(likeness, _)| *likeness > LIKENESS);
    rated.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_offered_when_there_is_one() {
        assert_eq!(nearest("tencnt", &["tencent", "alibaba"]), Some("tencent"));
        assert_eq!(nearest("createticket", &["QueryTicketInfo", "CreateTicket"]), Some("CreateTicket"));
        assert_eq!(nearest("xyz", &["tencent", "alibaba"]), None);
    }

    #[test]
    fn an_unknown_vendor_is_a_usage_error() {
        let failure = select(&[], Some("tencnt.CreateTicket")).err().map(|failure| failure.code());
        assert_eq!(failure, Some(2));
    }
}
