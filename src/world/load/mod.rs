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
use super::{Text, World};
use crate::document::{self, Flaws, Place, Problems, nearest, quote};
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
    if file.ticketbooth != VERSION {
        let message = format!("format version {} is not known", file.ticketbooth);
        flaws.value(&root.key("ticketbooth"), message, Some(format!("this program reads version {VERSION}")));
    }
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
    let mut assumptions = Assumptions::default();
    for (name, choice) in &file.assume {
        let place = place.key(name);
        let Some(row) = known.iter().find(|row| row.name == name) else {
            let help = checks::meant(name, known.iter().map(|row| row.name))
                .or_else(|| Some("`ticketbooth codes --assumptions` lists all of them".to_owned()));
            flaws.key(&place, format!("unknown assumption {}", quote(name)), help);
            continue;
        };
        if !assumptions.choose(row, choice) {
            let help = match nearest(choice, row.choices.iter().copied()) {
                Some(found) => format!("did you mean \"{found}\"?"),
                None => format!("one of: {}", row.choices.join(", ")),
            };
            flaws.value(&place, format!("{} is no choice for {name}", quote(choice)), Some(help));
        }
    }
    assumptions
}
