//! Works that are shared, and works that somebody likes.

use serde_json::{Value, json};

use super::parts::{ids_of, subject_id, unfit};
use crate::cloud::alibaba::actions::tells::{USER, WORK, by_param, need, spelling};
use crate::cloud::telling::{Need, all, text, word_for};
use crate::cloud::writing::{Edit, IdShape, WriteAnswer, WriteStep, Writing};
use crate::domain::{Reason, Refusal, Timestamp, format_rfc3339};
use crate::time::parse_instant;
use crate::world::things::{Thing, text_in, text_of, thing_of};

/// Words for the numbers of receivers.
const RECEIVERS: [&str; 4] = ["user", "group", "organization", "workspace"];
/// To edit, view and export, which has no end.
const EDITOR: i64 = 11;

const REPORT: Need = need("ReportId", "works", &["id"], |work| Refusal::WorkUnknown { work });
const RESOURCE: Need = need("ResourceId", "works", &["id"], |work| Refusal::WorkUnknown { work });
const SHARER: Need = need("QbiUserId", "users", &["id"], |user| Refusal::UserUntold { user });

/// Whoever has the work already gets the new right and the new end.
pub static SHARE: Writing = Writing {
    needs: &[WORK],
    steps: &[
        WriteStep::Check(Reason::ParamUnfit, |edit| {
            let is_named = receiver(edit).is_some_and(|to| to == "organization" || !edit.sent("ShareToId").is_empty());
            (!is_named).then_some(unfit("ShareToType"))
        }),
        WriteStep::Check(Reason::UserUntold, unknown_user),
        WriteStep::Check(Reason::GroupUnknown, unknown_group),
        WriteStep::Do(|edit| {
            let until = edit.look().args.int("ExpireDate").map(|millis| Timestamp::from_unix(millis.div_euclid(1000)));
            let points = edit.look().args.int("AuthPoint");
            put_share(edit, points, until.map(format_rfc3339));
        }),
    ],
    answer: WriteAnswer::Done,
};

/// A share that is not there need not be cancelled.
pub static CANCEL_SHARE: Writing = Writing {
    needs: &[REPORT],
    steps: &[
        WriteStep::Check(Reason::ParamUnfit, |edit| receiver(edit).is_none().then_some(unfit("ShareToType"))),
        WriteStep::Do(|edit| {
            let (work, receivers) = (subject_id(edit), edit.pieces("ShareToIds"));
            let Some(to) = receiver(edit) else { return };
            let is_meant = |share: &Thing| receivers.iter().any(|id| id == text_in(share, "receiver"));
            for share in ids_of(edit, "shares", |share| is_share(share, &work, to) && is_meant(share)) {
                edit.end("shares", &share);
            }
        }),
    ],
    answer: WriteAnswer::Done,
};

/// Rights to a data set or a data source are no shares of works, and such a resource is not found here.
pub static AUTHORIZE: Writing = Writing {
    needs: &[RESOURCE],
    steps: &[
        WriteStep::Check(Reason::ParamUnfit, type_refusal),
        WriteStep::Check(Reason::ParamUnfit, |edit| {
            let is_day = edit.look().args.int("AuthPoints") == Some(EDITOR) || end_of_day(edit).is_some();
            (receiver(edit).is_none() || !is_day).then_some(unfit("ExpireDay"))
        }),
        WriteStep::Check(Reason::UserUntold, unknown_user),
        WriteStep::Check(Reason::GroupUnknown, unknown_group),
        WriteStep::Do(|edit| {
            let points = edit.look().args.int("AuthPoints");
            let until = if points == Some(EDITOR) { None } else { end_of_day(edit) };
            put_share(edit, points, until);
        }),
    ],
    answer: WriteAnswer::Part(text("id")),
};

pub static END_AUTHORIZATION: Writing = Writing {
    needs: &[RESOURCE, SHARER],
    steps: &[
        WriteStep::Check(Reason::ParamUnfit, type_refusal),
        WriteStep::Do(|edit| {
            let (work, user) = (subject_id(edit), edit.sent("QbiUserId"));
            let is_meant = |share: &Thing| is_share(share, &work, "user") && text_in(share, "receiver") == user;
            for share in ids_of(edit, "shares", is_meant) {
                edit.end("shares", &share);
            }
        }),
    ],
    answer: WriteAnswer::Done,
};

/// A work that is liked already stays as it is.
pub static LIKE: Writing = Writing {
    needs: &[WORK, USER],
    steps: &[WriteStep::Do(|edit| {
        let (work, user) = (edit.sent("WorksId"), edit.sent("UserId"));
        let is_same = |one: &Thing| text_in(one, "work") == work && text_in(one, "user") == user;
        if !edit.look().things.all("favorites").any(is_same) {
            let id = edit.new_id("favorites", IdShape::Number);
            edit.put("favorites", thing_of(&json!({ "id": id, "user": user, "work": work })));
        }
    })],
    answer: WriteAnswer::Done,
};

pub static UNLIKE: Writing = Writing {
    needs: &[WORK, USER],
    steps: &[WriteStep::EndAll(all("favorites", &[by_param(&["work"], "WorksId"), by_param(&["user"], "UserId")]))],
    answer: WriteAnswer::Done,
};

/// The word for the kind of receiver that was sent.
fn receiver(edit: &Edit<'_>) -> Option<&'static str> {
    let args = edit.look().args;
    let number = args.int("ShareToType").or_else(|| args.int("AuthorizeScope"))?;
    RECEIVERS.get(usize::try_from(number).ok()?).copied()
}

/// The id of whoever the work shall be shared with; the organization needs none.
fn receiver_id(edit: &Edit<'_>) -> String {
    let organization = edit.look().things.all("organization").find_map(|own| own.get("id").and_then(text_of));
    match receiver(edit) {
        Some("organization") => organization.unwrap_or_default(),
        _ => edit.sent("ShareToId") + &edit.sent("AuthorizedId"),
    }
}

fn unknown_user(edit: &Edit<'_>) -> Option<Refusal> {
    let user = receiver_id(edit);
    let unknown = receiver(edit) == Some("user") && edit.look().things.find("users", &user).is_none();
    unknown.then_some(Refusal::UserUntold { user })
}

fn unknown_group(edit: &Edit<'_>) -> Option<Refusal> {
    let group = receiver_id(edit);
    let unknown = receiver(edit) == Some("group") && edit.look().things.find("user_groups", &group).is_none();
    unknown.then_some(Refusal::GroupUnknown { group })
}

/// The type that is sent is the work's.
fn type_refusal(edit: &Edit<'_>) -> Option<Refusal> {
    let own = word_for(spelling::IN_RIGHTS, text_in(edit.subject(), "type"));
    (own != Some(&*edit.sent("ResourceType"))).then_some(unfit("ResourceType"))
}

/// The end of the day in `ExpireDay`, which is one of the vendor's clock.
fn end_of_day(edit: &Edit<'_>) -> Option<String> {
    let end = format!("{}T23:59:59+08:00", edit.sent("ExpireDay"));
    parse_instant(&end).ok().map(|_| end)
}

fn is_share(share: &Thing, work: &str, to: &str) -> bool {
    text_in(share, "work") == work && text_in(share, "to") == to
}

fn put_share(edit: &mut Edit<'_>, points: Option<i64>, until: Option<String>) {
    let (work, receiver_id) = (subject_id(edit), receiver_id(edit));
    let Some(to) = receiver(edit) else { return };
    let is_same = |share: &Thing| is_share(share, &work, to) && text_in(share, "receiver") == receiver_id;
    let id = ids_of(edit, "shares", is_same).into_iter().next().map(Value::from);
    let id = id.unwrap_or_else(|| edit.new_id("shares", IdShape::Uuid));
    let points = points.unwrap_or(1);
    let share = json!({ "id": id, "work": work, "to": to, "receiver": receiver_id, "points": points, "until": until });
    edit.put_subject("shares", thing_of(&share));
}
