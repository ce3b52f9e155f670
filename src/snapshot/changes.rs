//! The things that calls have changed, as parts of a document and back.

use std::collections::HashSet;
use std::sync::Arc;

use super::document::{ChangePart, MarkPart};
use super::parts::{BadSnapshot, read_time};
use crate::cloud::vendors;
use crate::world::World;
use crate::world::things::{CallMark, ThingChange, text_of};

pub(super) fn change_parts(world: &World) -> Vec<ChangePart> {
    let mut parts = Vec::new();
    if world.has_changes() {
        for vendor in vendors() {
            for (owner, things) in world.things(vendor.name).into_iter().flatten() {
                parts.extend(things.changes().map(|(kind, id, change)| ChangePart {
                    vendor: vendor.name.to_owned(),
                    owner: owner.to_string(),
                    kind: kind.to_owned(),
                    id,
                    thing: change.thing.as_deref().cloned(),
                    by: change.by.iter().map(|(field, mark)| (field.clone(), mark_part(mark))).collect(),
                }));
            }
        }
    }
    parts
}

fn mark_part(mark: &CallMark) -> MarkPart {
    let (request_id, action) = (mark.request_id.to_string(), mark.action.to_string());
    MarkPart { request_id, action, at: mark.at.unix_seconds() }
}

/// The world with these changes, which were made in one of the same text.
pub(super) fn read_changes(parts: &[ChangePart], world: World) -> Result<World, BadSnapshot> {
    let mut world = Arc::new(world);
    let mut seen = HashSet::new();
    for vendor in vendors() {
        let own = || parts.iter().enumerate().filter(|(_, part)| part.vendor == vendor.name);
        let Some(mut all) = world.things(vendor.name).filter(|_| own().next().is_some()).cloned() else { continue };
        for (index, part) in own() {
            let unfit = |what: &str, cause: String| BadSnapshot::new(format!("world.changes[{index}].{what}"), cause);
            let Some(things) = all.get_mut(part.owner.as_str()) else {
                return Err(unfit("owner", format!("{} has no things of \"{}\"", part.vendor, part.owner)));
            };
            let Some(kind) = things.kind_named(&part.kind) else {
                return Err(unfit("kind", format!("{} has no things of the kind \"{}\"", part.vendor, part.kind)));
            };
            if part.thing.as_ref().is_some_and(|thing| thing.get("id").and_then(text_of).as_ref() != Some(&part.id)) {
                return Err(unfit("thing", format!("its id is not \"{}\"", part.id)));
            }
            if !seen.insert((&part.vendor, &part.owner, kind, &part.id)) {
                return Err(unfit("id", format!("\"{}\" is listed twice", part.id)));
            }
            things.restore(kind, &part.id, read_change(part, index)?);
        }
        world = Arc::new(world.with_things(vendor.name, all));
    }
    match parts.iter().position(|part| !vendors().iter().any(|vendor| vendor.name == part.vendor)) {
        Some(index) => {
            let cause = format!("unknown vendor \"{}\"", parts[index].vendor);
            Err(BadSnapshot::new(format!("world.changes[{index}].vendor"), cause))
        }
        None => Ok(World::clone(&world)),
    }
}

fn read_change(part: &ChangePart, index: usize) -> Result<ThingChange, BadSnapshot> {
    let mark = |(field, mark): (&String, &MarkPart)| {
        let at = read_time(mark.at, || format!("world.changes[{index}].by.{field}"))?;
        let (request_id, action) = (mark.request_id.as_str().into(), mark.action.as_str().into());
        Ok((field.clone(), Arc::new(CallMark { request_id, action, at })))
    };
    let by = part.by.iter().map(mark).collect::<Result<_, BadSnapshot>>()?;
    Ok(ThingChange { thing: part.thing.clone().map(Arc::new), by: Arc::new(by) })
}
