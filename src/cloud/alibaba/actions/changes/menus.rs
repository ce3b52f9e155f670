//! Menus of portals: who has a right to them, and who is shown them.

use serde_json::{Value, json};

use super::parts::{is_longer, unfit};
use crate::cloud::alibaba::actions::tells::need;
use crate::cloud::telling::Need;
use crate::cloud::writing::{Edit, WriteAnswer, WriteStep, Writing};
use crate::domain::{Reason, Refusal};
use crate::world::things::{Thing, list_in, text_in};

/// Menus, users and groups that one call may name.
const MENUS: usize = 100;
const RECEIVERS: usize = 200;
/// The number of the type of a folder.
const FOLDER: i64 = 4;
/// View and export.
const USUAL_POINTS: i64 = 3;

const PORTAL: Need = need("DataPortalId", "portals", &["id"], |work| Refusal::WorkUnknown { work });
const USERS: Need = need("UserIds", "users", &["id"], |user| Refusal::ReceiverUnknown { user });
const GROUPS: Need = need("UserGroupIds", "user_groups", &["id"], |group| Refusal::GroupUnknown { group });

const SHORT_LISTS: WriteStep = WriteStep::Check(Reason::ParamTooLong, list_refusal);
const SOME_RECEIVER: WriteStep = WriteStep::Check(Reason::ParamUnfit, no_receiver);
const KNOWN_MENUS: WriteStep = WriteStep::Check(Reason::MenuUnknown, unknown_menu);
const NO_FOLDER: WriteStep = WriteStep::Check(Reason::FolderMenu, folder);
/// Nothing is set of those who are named; they have to be there.
const KNOWN_USERS: WriteStep = WriteStep::SetEach(USERS, &[]);
const KNOWN_GROUPS: WriteStep = WriteStep::SetEach(GROUPS, &[]);

/// Right after right is added. The answer counts the menus that were named: the page calls it the menus with success, and
/// skips what has the right already.
pub static AUTHORIZE: Writing = Writing {
    needs: &[PORTAL],
    steps: &[
        SHORT_LISTS,
        SOME_RECEIVER,
        KNOWN_MENUS,
        NO_FOLDER,
        KNOWN_USERS,
        KNOWN_GROUPS,
        WriteStep::Do(|edit| {
            let (receivers, sent) = (receivers(edit), edit.look().args.int("AuthPointsValue"));
            change_named(edit, &|menu| {
                let mut all = list_in(menu, "receivers").to_vec();
                for (to, id) in &receivers {
                    match all.iter_mut().find(|one| is_receiver(one, to, id)).and_then(Value::as_object_mut) {
                        // Without a value, who has a right keeps it as it is.
                        Some(present) => drop(sent.map(|points| present.insert("points".to_owned(), json!(points)))),
                        None => all.push(json!({ "to": to, "id": id, "points": sent.unwrap_or(USUAL_POINTS) })),
                    }
                }
                menu.insert("receivers".to_owned(), all.into());
            });
        }),
    ],
    answer: WriteAnswer::Count,
};

/// A right that is not there need not be taken away.
pub static CANCEL: Writing = Writing {
    needs: &[PORTAL],
    steps: &[
        SHORT_LISTS,
        SOME_RECEIVER,
        KNOWN_MENUS,
        NO_FOLDER,
        KNOWN_USERS,
        KNOWN_GROUPS,
        WriteStep::Do(|edit| {
            let receivers = receivers(edit);
            change_named(edit, &|menu| {
                let is_named = |one: &&Value| receivers.iter().any(|(to, id)| is_receiver(one, to, id));
                let rest: Value = list_in(menu, "receivers").iter().filter(|one| !is_named(one)).cloned().collect();
                menu.insert("receivers".to_owned(), rest);
            });
        }),
    ],
    answer: WriteAnswer::Count,
};

pub static CHANGE_VISIBILITY: Writing = Writing {
    needs: &[PORTAL],
    steps: &[
        SHORT_LISTS,
        KNOWN_MENUS,
        NO_FOLDER,
        WriteStep::Do(|edit| {
            let only = edit.look().args.is_true("ShowOnlyWithAccess");
            change_named(edit, &|menu| drop(menu.insert("show_only_with_access".to_owned(), json!(only))));
        }),
    ],
    answer: WriteAnswer::Count,
};

/// Goes through the menus of a portal, each before those below it.
pub fn change_menus(holder: &mut Thing, change: &mut dyn FnMut(&mut Thing)) {
    for list in ["menus", "children"] {
        let menus = holder.get_mut(list).and_then(Value::as_array_mut);
        for menu in menus.into_iter().flatten().filter_map(Value::as_object_mut) {
            change(menu);
            change_menus(menu, change);
        }
    }
}

fn change_named(edit: &mut Edit<'_>, change: &dyn Fn(&mut Thing)) {
    let (portal, named) = (edit.sent("DataPortalId"), edit.pieces("MenuIds"));
    edit.update("portals", &portal, |portal| {
        change_menus(portal, &mut |menu| {
            if named.iter().any(|id| *id == text_in(menu, "id")) {
                change(menu);
            }
        });
    });
    // The users and groups that the steps before went through are not counted.
    edit.set_count(named.len());
}

fn is_receiver(one: &Value, to: &str, id: &str) -> bool {
    one.get("to").is_some_and(|own| own == to) && one.get("id").is_some_and(|own| own == id)
}

fn receivers(edit: &Edit<'_>) -> Vec<(&'static str, String)> {
    let of_kind = |to, param| edit.pieces(param).into_iter().map(move |id| (to, id));
    of_kind("user", "UserIds").chain(of_kind("group", "UserGroupIds")).collect()
}

fn list_refusal(edit: &Edit<'_>) -> Option<Refusal> {
    let lists = [("MenuIds", MENUS), ("UserIds", RECEIVERS), ("UserGroupIds", RECEIVERS)];
    lists.into_iter().find_map(|(param, limit)| is_longer(edit, param, limit))
}

fn no_receiver(edit: &Edit<'_>) -> Option<Refusal> {
    receivers(edit).is_empty().then_some(unfit("UserIds"))
}

/// The types of the menus of the portal, by id.
fn types(edit: &Edit<'_>) -> Vec<(String, Option<i64>)> {
    let mut portal = edit.subject().clone();
    let mut types = Vec::new();
    change_menus(&mut portal, &mut |menu| {
        types.push((text_in(menu, "id").to_owned(), menu.get("type").and_then(Value::as_i64)));
    });
    types
}

fn unknown_menu(edit: &Edit<'_>) -> Option<Refusal> {
    let types = types(edit);
    let menu = edit.pieces("MenuIds").into_iter().find(|menu| !types.iter().any(|(id, _)| id == menu))?;
    Some(Refusal::MenuUnknown { menu, portal: edit.sent("DataPortalId") })
}

fn folder(edit: &Edit<'_>) -> Option<Refusal> {
    let types = types(edit);
    let is_folder = |menu: &String| types.iter().any(|(id, kind)| id == menu && *kind == Some(FOLDER));
    let menu = edit.pieces("MenuIds").into_iter().find(is_folder)?;
    Some(Refusal::FolderMenu { menu })
}
