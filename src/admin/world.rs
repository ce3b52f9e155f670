//! The things of a world as they stand now, with what calls changed of them.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::asked::{AdminRequest, parse_vendor, refuse_filter};
use super::{AdminError, Answer, json_reply};
use crate::cloud::vendors;
use crate::domain::format_rfc3339;
use crate::export;
use crate::world::World;
use crate::world::things::{Thing, ThingChange, text_of};

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WorldView {
    name: String,
    /// One sentence on what it is for.
    about: Option<String>,
    /// In the order of the file, those that calls made behind the others.
    things: Vec<ThingView>,
    /// How many there are that fit, listed or not.
    total: usize,
    /// How many of these calls have changed.
    changed: usize,
    /// The cursor of what follows; `null`: that was all.
    next: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ThingView {
    vendor: &'static str,
    /// The organization or corporation that it belongs to.
    owner: String,
    /// `works`, `users`, `projects` and so on.
    kind: &'static str,
    id: Option<String>,
    /// By the names of a world file; `null`: a call ended it.
    thing: Option<Map<String, Value>>,
    /// The calls that changed it since the world was loaded.
    by: Vec<ChangeView>,
}

/// The last change of one field.
#[derive(Debug, Serialize, JsonSchema)]
struct ChangeView {
    /// The field; empty where the thing itself was made or ended.
    field: String,
    request_id: String,
    action: String,
    /// The world clock then: RFC 3339, in UTC.
    at: String,
}

/// A thing of the list before it is told.
struct WorldLine<'a> {
    vendor: &'static str,
    owner: &'a str,
    kind: &'static str,
    thing: Option<&'a Thing>,
    change: Option<&'a ThingChange>,
}

pub(super) fn show_world(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let epoch = asked.epoch();
    let vendor = asked.query_value("vendor").map(parse_vendor).transpose()?;
    let limit = export::check_limit(asked.query_number("limit")?).map_err(refuse_filter)?;
    let bad_cursor = |text: &str| refuse_filter(export::bad_cursor(text));
    let first =
        asked.query_value("cursor").map(|text| text.parse::<usize>().map_err(|_| bad_cursor(text))).transpose()?;
    let changed = asked.query_choice("changed", &[("true", true), ("false", false)], "`true` or `false`")?;
    let fits = |one: &WorldLine<'_>| {
        let is = |name: &str, own: Option<&str>| asked.query_value(name).is_none_or(|wanted| own == Some(wanted));
        vendor.is_none_or(|vendor| one.vendor == vendor)
            && is("owner", Some(one.owner))
            && is("kind", Some(one.kind))
            && is("id", one.id().as_deref())
            && changed.is_none_or(|changed| one.change.is_some() == changed)
    };
    let all: Vec<WorldLine<'_>> = list_things(&epoch.world).filter(fits).collect();
    let first = first.unwrap_or(0).min(all.len());
    let last = first.saturating_add(limit).min(all.len());
    let view = WorldView {
        name: epoch.world.name.clone(),
        about: epoch.world.about.clone(),
        things: all[first..last].iter().map(ThingView::of_line).collect(),
        total: all.len(),
        changed: all.iter().filter(|one| one.change.is_some()).count(),
        next: (last < all.len()).then(|| last.to_string()),
    };
    Ok(json_reply(200, &view).into())
}

fn list_things(world: &World) -> impl Iterator<Item = WorldLine<'_>> {
    vendors().iter().flat_map(|vendor| {
        let owned = world.things(vendor.name).into_iter().flatten();
        owned.flat_map(move |(owner, things)| {
            things.kinds().into_iter().flat_map(move |kind| {
                things.history(kind).map(move |(thing, change)| WorldLine {
                    vendor: vendor.name,
                    owner,
                    kind,
                    thing,
                    change,
                })
            })
        })
    })
}

impl WorldLine<'_> {
    fn id(&self) -> Option<String> {
        self.thing?.get("id").and_then(text_of)
    }
}

impl ThingView {
    fn of_line(one: &WorldLine<'_>) -> Self {
        let marks = one.change.into_iter().flat_map(|change| &*change.by);
        let by = marks.map(|(field, mark)| ChangeView {
            field: field.clone(),
            request_id: mark.request_id.to_string(),
            action: mark.action.to_string(),
            at: format_rfc3339(mark.at),
        });
        Self {
            vendor: one.vendor,
            owner: one.owner.to_owned(),
            kind: one.kind,
            id: one.id(),
            thing: one.thing.cloned(),
            by: by.collect(),
        }
    }
}
