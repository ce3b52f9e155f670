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
use super::{Text, UnfitAnswer, World, answers};
use crate::document::{self, Flaws, Place, Problems};
use crate::domain::{Assumption, Assumptions};

/// The version of the format that is read.
const VERSION: u32 = 1;

pub(super) fn load(name: &str, text: &str, known: &[&'static Assumption]) -> Result<World, Problems> {
    let text_of_file = Arc::<str>::from(text);
    document::read(name, text, |file, flaws| build(file, &text_of_file, known, flaws))
}

/// The world of the file. What is wrong is noted, and then the world is not to be used.
fn build(file: &WorldFile, text: &Arc<str>, known: &[&'static Assumption], flaws: &mut Flaws) -> World {
    let root = &Place::ROOT;
    flaws.version(file.ticketbooth, VERSION);
    checks::filled(flaws, &root.key("name"), &file.name);
    let assumptions = assumptions(file, known, &root.key("assume"), flaws);
    let mut keys = tencent::keys(&file.tencent, &root.key("tencent"), flaws);
    let corporations = tencent::corporations(&file.tencent, &root.key("tencent"), flaws);
    keys.extend(alibaba::keys(&file.alibaba, &root.key("alibaba"), flaws));
    let organizations = alibaba::organizations(&file.alibaba, &root.key("alibaba"), flaws);
    World {
        name: file.name.clone(),
        about: file.about.clone(),
        assumptions,
        text: Text(Arc::clone(text)),
        keys: Keys::new(keys),
        corporations: Arc::new(corporations),
        organizations: Arc::new(organizations),
    }
}

fn assumptions(file: &WorldFile, known: &[&'static Assumption], place: &Place<'_>, flaws: &mut Flaws) -> Assumptions {
    answers(&file.assume, known).unwrap_or_else(|unfit| {
        for UnfitAnswer { name, is_known, message, help } in unfit.0 {
            let place = place.key(&name);
            if is_known { flaws.value(&place, message, Some(help)) } else { flaws.key(&place, message, Some(help)) }
        }
        Assumptions::default()
    })
}
