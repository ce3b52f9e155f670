//! The rows that rules speak of.

use crate::cloud::Vendor;
use crate::cloud::catalog::{ErrorRow, ErrorScope};

/// The row of a code as the rows spell it, for a call of the action.
pub(super) fn row_of(vendor: &Vendor, action: &str, code: &str) -> Option<&'static ErrorRow> {
    let rows =
        || vendor.catalog.errors.iter().copied().filter(|row| row.code == code && row.scope.covers_action(action));
    rows().find(|row| row.scope != ErrorScope::Gateway).or_else(|| rows().next())
}
