//! Which part of the catalogue is meant by `VENDOR` or `VENDOR.ACTION`.

use super::Failure;
use crate::cloud::catalog::VISIT;
use crate::cloud::vendors;
use crate::listing::Selection;
use crate::select::{self, CallTarget, TargetSubject};

/// The selections that `text` means: all vendors, one, or one action of one.
pub(crate) fn select_rows(text: Option<&str>) -> Result<Vec<Selection>, Failure> {
    let Some(text) = text else {
        return Ok(vendors().iter().map(|vendor| Selection { vendor, action: None }).collect());
    };
    if !text.contains('.') {
        let vendor = select::find_vendor(text).map_err(Failure::of_word)?;
        return Ok(vec![Selection { vendor, action: None }]);
    }
    let CallTarget { vendor, subject } = CallTarget::read(text).map_err(Failure::of_word)?;
    let action = match subject {
        TargetSubject::AnyAction => None,
        TargetSubject::Action(action) => Some(action),
        TargetSubject::Visit => Some(VISIT),
    };
    Ok(vec![Selection { vendor, action }])
}
