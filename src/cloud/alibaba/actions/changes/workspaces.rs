//! Workspaces, and the roles of their members.

use serde_json::{Value, json};

use super::parts::{subject_id, unfit};
use super::people::VISITOR;
use crate::cloud::alibaba::actions::tells::workspaces::MEMBERSHIP;
use crate::cloud::alibaba::actions::tells::{USER, WORKSPACE, by_param};
use crate::cloud::telling::{AnswerPart, AnswerType, all, int, text};
use crate::cloud::writing::{Edit, FieldValue, IdShape, WriteAnswer, WriteStep, Writing, sent, set};
use crate::domain::{Reason, Refusal};
use crate::world::things::{Thing, text_in, thing_of};

const ADMINISTRATOR: i64 = 25;
const VIEWER: i64 = 30;

/// Switches that no action tells of are kept too.
pub static CREATE: Writing = Writing {
    needs: &[],
    steps: &[
        WriteStep::Make(
            "workspaces",
            &[
                set("id", FieldValue::NewId(IdShape::Uuid)),
                sent("name", "WorkspaceName"),
                sent("description", "WorkspaceDescription"),
                set("organization", FieldValue::Owner),
                set("owner", FieldValue::Caller),
                set("allow_share", FieldValue::Bool(true)),
                set("allow_publish", FieldValue::Bool(true)),
                set("allow_share", FieldValue::SentBool("AllowShare")),
                set("allow_publish", FieldValue::SentBool("AllowPublish")),
                set("allow_view_all", FieldValue::SentBool("AllowViewAll")),
                set("default_share_to_all", FieldValue::SentBool("DefaultShareToAll")),
                set("only_admin_create_datasource", FieldValue::SentBool("OnlyAdminCreateDatasource")),
                set("use_comment", FieldValue::SentBool("UseComment")),
                set("created", FieldValue::Now),
                set("modified", FieldValue::Now),
            ],
        ),
        WriteStep::Do(|edit| {
            let (workspace, owner) = (subject_id(edit), edit.caller().to_owned());
            if edit.look().things.find("users", &owner).is_some() {
                set_member(edit, &workspace, &owner, ADMINISTRATOR);
            }
        }),
    ],
    answer: WriteAnswer::Part(text("id")),
};

/// Every refusal is one of the page's. A visitor can be a viewer and no more than that: the page says only that visitors
/// may not be added.
pub static ADD_MEMBER: Writing = Writing {
    needs: &[WORKSPACE, USER],
    steps: &[
        WriteStep::Check(Reason::RoleUnknown, unknown_role),
        WriteStep::Check(Reason::AlreadyMember, |edit| {
            let user = edit.sent("UserId");
            role_of(edit, &user).map(|_| Refusal::AlreadyMember { user })
        }),
        WriteStep::Check(Reason::VisitorMember, |edit| {
            let user = edit.sent("UserId");
            is_unfit_visitor(edit, &user).then_some(Refusal::VisitorMember { user })
        }),
        WriteStep::Do(|edit| {
            let (workspace, user, role) = (subject_id(edit), edit.sent("UserId"), sent_role(edit));
            set_member(edit, &workspace, &user, role);
        }),
    ],
    answer: WriteAnswer::Done,
};

/// Whoever cannot be added is counted, with the reason.
pub static ADD_MEMBERS: Writing = Writing {
    needs: &[WORKSPACE],
    steps: &[
        WriteStep::Check(Reason::RoleUnknown, unknown_role),
        WriteStep::Do(|edit| {
            set_each_member(edit, &|edit, user| {
                if edit.look().things.find("users", user).is_none() {
                    return Some(NOBODY.to_owned());
                }
                if role_of(edit, user).is_some() {
                    return Some(EXISTS.to_owned());
                }
                is_unfit_visitor(edit, user).then(|| format!("{VISITORS}{user}."))
            });
        }),
    ],
    answer: WriteAnswer::Kept(TALLY),
};

pub static REMOVE_MEMBER: Writing = Writing {
    needs: &[WORKSPACE, USER, MEMBERSHIP],
    steps: &[
        WriteStep::Check(Reason::WorkspaceOwned, |edit| {
            let user = edit.sent("UserId");
            (text_in(edit.subject(), "owner") == user).then_some(Refusal::WorkspaceOwned { user })
        }),
        WriteStep::EndAll(all("members", &[by_param(&["workspace"], "WorkspaceId"), by_param(&["user"], "UserId")])),
    ],
    answer: WriteAnswer::Done,
};

/// `RoleIds` counts before `RoleId`. A member of a world has one role, so of several the highest is taken.
pub static SET_ROLE: Writing = Writing {
    needs: &[WORKSPACE, USER, MEMBERSHIP],
    steps: &[
        WriteStep::Check(Reason::ParamUnfit, |edit| wanted_roles(edit).is_empty().then_some(unfit("RoleIds"))),
        WriteStep::Check(Reason::RoleUnknown, unknown_role),
        WriteStep::Do(|edit| {
            let (workspace, user, role) = (subject_id(edit), edit.sent("UserId"), sent_role(edit));
            set_member(edit, &workspace, &user, role);
        }),
    ],
    answer: WriteAnswer::Done,
};

pub static SET_ROLES: Writing = Writing {
    needs: &[WORKSPACE],
    steps: &[
        WriteStep::Check(Reason::RoleUnknown, unknown_role),
        WriteStep::Do(|edit| {
            set_each_member(edit, &|edit, user| role_of(edit, user).is_none().then(|| STRANGER.to_owned()));
        }),
    ],
    answer: WriteAnswer::Kept(TALLY),
};

/// The first is the vendor's, seen in a sample; the others are texts of its codes, whose numbers nobody knows.
const EXISTS: &str = "AE0150010001: This user already exists.";
const NOBODY: &str = "The specified user is not in the organizational unit.";
const STRANGER: &str = "The user is not a member of the group workspace.";
const VISITORS: &str = "Organization members with viewer type are not allowed to add to workspace: ";

/// Older versions have the reasons as text, which no sample shows; they get the same.
const TALLY: AnswerPart = AnswerPart::Object(&[
    ("Total", int("total")),
    ("Success", int("success")),
    ("Failure", int("failure")),
    ("FailureDetail", AnswerPart::Computed(AnswerType::Object, |_, kept| kept.get("reasons").cloned())),
]);

/// Gives each user of the list the role that was sent, unless there is a reason why not.
fn set_each_member(edit: &mut Edit<'_>, reason: &dyn Fn(&Edit<'_>, &str) -> Option<String>) {
    let (workspace, role, users) = (subject_id(edit), sent_role(edit), edit.pieces("UserIds"));
    let mut reasons = Thing::new();
    for user in &users {
        match reason(edit, user) {
            Some(reason) => drop(reasons.insert(user.clone(), json!(reason))),
            None => set_member(edit, &workspace, user, role),
        }
    }
    edit.keep("total", json!(users.len()));
    edit.keep("success", json!(users.len() - reasons.len()));
    edit.keep("failure", json!(reasons.len()));
    edit.keep("reasons", reasons.into());
}

fn set_member(edit: &mut Edit<'_>, workspace: &str, user: &str, role: i64) {
    let id = format!("{workspace}/{user}");
    edit.put("members", thing_of(&json!({ "id": id, "workspace": workspace, "user": user, "role": role })));
}

/// The role of the user in the workspace of the call.
fn role_of(edit: &Edit<'_>, user: &str) -> Option<i64> {
    let id = format!("{}/{user}", subject_id(edit));
    edit.look().things.find("members", &id)?.get("role").and_then(Value::as_i64)
}

fn wanted_roles(edit: &Edit<'_>) -> Vec<String> {
    let roles = edit.pieces("RoleIds");
    if roles.is_empty() { edit.pieces("RoleId") } else { roles }
}

/// The lowest number is the highest role.
fn sent_role(edit: &Edit<'_>) -> i64 {
    wanted_roles(edit).iter().filter_map(|role| role.parse().ok()).min().unwrap_or(VIEWER)
}

fn unknown_role(edit: &Edit<'_>) -> Option<Refusal> {
    let unknown = |role: &String| edit.look().things.find("workspace_roles", role).is_none();
    wanted_roles(edit).into_iter().find(unknown).map(|role| Refusal::RoleUnknown { role })
}

fn is_unfit_visitor(edit: &Edit<'_>, user: &str) -> bool {
    let look = edit.look();
    let kind = look.things.find("users", user).and_then(|user| user.get("user_type")?.as_i64());
    kind == Some(VISITOR) && sent_role(edit) != VIEWER
}
