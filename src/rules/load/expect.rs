//! Expectations: that what they speak of exists, and that their numbers are possible.

use super::{code, filters, target};
use crate::document::{Flaws, Place};
use crate::rules::expect::{BoundsFile, CountFile, Expect, ExpectFile};

/// The expectation; `None` when something is wrong with it, which is noted then.
pub(in crate::rules) fn expect(file: &ExpectFile, place: &Place<'_>, flaws: &mut Flaws) -> Option<Expect> {
    let on = target::target(&file.on, &place.key("on"), flaws);
    let filters = filters(&file.r#where, on, place, flaws);
    if let (Some(code), Some(on)) = (&file.code, on) {
        code::possible(code, on, &place.key("code"), flaws);
    }
    let (at_least, at_most) = bounds(file.calls.as_ref(), &place.key("calls"), flaws)?;
    Some(Expect { file: file.clone(), on: on?, filters, at_least, at_most })
}

fn bounds(file: Option<&CountFile>, place: &Place<'_>, flaws: &mut Flaws) -> Option<(u64, u64)> {
    let bounds = match file {
        None => return Some((1, u64::MAX)),
        Some(CountFile::Word(_)) => return Some((0, 0)),
        Some(CountFile::Bounds(bounds)) => bounds,
    };
    match *bounds {
        BoundsFile { exactly: Some(exactly), at_least: None, at_most: None } => Some((exactly, exactly)),
        BoundsFile { exactly: None, at_least, at_most } if at_least.is_some() || at_most.is_some() => {
            let (least, most) = (at_least.unwrap_or(0), at_most.unwrap_or(u64::MAX));
            if most < least {
                flaws.value(place, format!("{most} at most is less than {least} at least"), None);
                return None;
            }
            Some((least, most))
        }
        _ => {
            flaws.value(place, "expected `exactly`, or `at_least` and `at_most`, or `never`", None);
            None
        }
    }
}
