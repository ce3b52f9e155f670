//! Which part of the catalogue is meant by `VENDOR` or `VENDOR.ACTION`.

use super::Failure;
use crate::catalogue::Selection;
use crate::select::{self, Subject, Target};
use crate::vendor::VENDORS;
use crate::vendor::catalog::VISIT;

/// The selections that `text` means: all vendors, one, or one action of one.
pub(crate) fn select(text: Option<&str>) -> Result<Vec<Selection>, Failure> {
    let Some(text) = text else {
        return Ok(VENDORS.iter().map(|vendor| Selection { vendor, action: None }).collect());
    };
    if !text.contains('.') {
        let vendor = select::vendor(text).map_err(Failure::of_word)?;
        return Ok(vec![Selection { vendor, action: None }]);
    }
    let Target { vendor, subject } = Target::read(text).map_err(Failure::of_word)?;
    let action = match subject {
        Subject::AnyAction => None,
        Subject::Action(action) => Some(action),
        Subject::Visit => Some(VISIT),
    };
    Ok(vec![Selection { vendor, action }])
}
