//! Which calls a rule speaks of, and whether their parameters have the names it gives.

use std::sync::LazyLock;

use crate::document::{Flaws, Place, nearest, quote};
use crate::rules::rule::{Subject, Target};
use crate::vendor::catalog::VISIT;
use crate::vendor::{VENDORS, Vendor, named};

/// The calls that `on` names.
pub(super) fn target(on: &str, place: &Place<'_>, flaws: &mut Flaws) -> Option<Target> {
    let Some((name, subject)) = on.split_once('.') else {
        let help = meant(on).or_else(|| Some("write `vendor.Action`, `vendor.*` or `vendor.visit`".to_owned()));
        flaws.value(place, format!("{} names no vendor and action", quote(on)), help);
        return None;
    };
    let Some(vendor) = named(name) else {
        let names: Vec<_> = VENDORS.iter().map(|vendor| vendor.name()).collect();
        let help = meant(on).unwrap_or_else(|| format!("one of: {}", names.join(", ")));
        flaws.value(place, format!("unknown vendor {}", quote(name)), Some(help));
        return None;
    };
    let subject = match subject {
        "*" => Subject::AnyAction,
        VISIT => Subject::Visit,
        action => match vendor.known_actions().iter().find(|known| known.name == action) {
            Some(known) => Subject::Action(known.name),
            None => {
                let help = meant(on).unwrap_or_else(|| format!("`ticketbooth actions {name}` lists all of them"));
                flaws.value(place, format!("unknown action {} of {name}", quote(action)), Some(help));
                return None;
            }
        },
    };
    return Some(Target { vendor: vendor.name(), subject });

    fn meant(on: &str) -> Option<String> {
        // An action of another vendor is nearer than one of this vendor that is only spelled like it.
        let action = on.rsplit('.').next().unwrap_or(on);
        let is_same = |word: &&String| word.split_once('.').is_some_and(|(_, known)| known == action);
        let same = if ["*", VISIT].contains(&action) { None } else { WORDS.iter().find(is_same) };
        let found = same.map(String::as_str).or_else(|| nearest(on, WORDS.iter().map(String::as_str)));
        found.map(|found| format!("did you mean \"{found}\"?"))
    }
}

/// Everything that can be spoken of, the served actions of a vendor before its others.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| VENDORS.iter().flat_map(|vendor| words(*vendor)).collect());

fn words(vendor: &dyn Vendor) -> Vec<String> {
    let served = vendor.actions().iter().map(|action| action.name);
    let known = vendor.known_actions().iter().map(|known| known.name);
    served.chain([VISIT, "*"]).chain(known).map(|word| format!("{}.{word}", vendor.name())).collect()
}

/// The parameter that was probably meant by a name that the action does not have.
///
/// Other names may be sent as well, so one that is like none of the action's is left alone.
pub(super) fn meant(on: Target, name: &str) -> Option<&'static str> {
    let Subject::Action(action) = on.subject else { return None };
    let served = named(on.vendor)?.actions().iter().find(|served| served.name == action)?;
    let names = || served.params.iter().map(|param| param.name);
    if names().any(|known| known == name) { None } else { nearest(name, names()) }
}
