//! From the file to the world, with everything that is wrong with it said at once.
//!
//! The shape of the file has been checked by then; here are the rules between its parts: what stands
//! twice, and what is named without being there.

mod alibaba;
mod checks;
mod tencent;
mod works;

use std::sync::Arc;

use super::credentials::Keys;
use super::file::WorldFile;
use super::{UnfitAnswer, World, WorldText, parse_answers};
use crate::document::{self, Flaws, Place, Problems};
use crate::domain::{Assumption, Assumptions};

/// The version of the format that is read.
const VERSION: u32 = 1;

pub(super) fn load_world(name: &str, text: &str, known: &[&'static Assumption]) -> Result<World, Problems> {
    let text_of_file = Arc::<str>::from(text);
    document::read_document(name, text, |file, flaws| build_world(file, &text_of_file, known, flaws))
}

/// The world of the file. What is wrong is noted, and then the world is not to be used.
fn build_world(file: &WorldFile, text: &Arc<str>, known: &[&'static Assumption], flaws: &mut Flaws) -> World {
    let root = &Place::ROOT;
    flaws.wrong_version(file.ticketbooth, VERSION);
    checks::check_filled(flaws, &root.key("name"), &file.name);
    let assumptions = load_assumptions(file, known, &root.key("assume"), flaws);
    let mut keys = tencent::load_keys(&file.tencent, &root.key("tencent"), flaws);
    let corporations = tencent::load_corporations(&file.tencent, &root.key("tencent"), flaws);
    keys.extend(alibaba::load_keys(&file.alibaba, &root.key("alibaba"), flaws));
    let organizations = alibaba::load_organizations(&file.alibaba, &root.key("alibaba"), flaws);
    World {
        name: file.name.clone(),
        about: file.about.clone(),
        assumptions,
        text: WorldText(Arc::clone(text)),
        keys: Keys::new(keys),
        corporations: Arc::new(corporations),
        organizations: Arc::new(organizations),
    }
}

fn load_assumptions(
    file: &WorldFile,
    known: &[&'static Assumption],
    place: &Place<'_>,
    flaws: &mut Flaws,
) -> Assumptions {
    parse_answers(&file.assume, known).unwrap_or_else(|unfit| {
        for UnfitAnswer { name, is_known, message, help } in unfit.0 {
            let place = place.key(&name);
            if is_known {
                flaws.at_value(&place, message, Some(help))
            } else {
                flaws.at_key(&place, message, Some(help))
            }
        }
        Assumptions::default()
    })
}
