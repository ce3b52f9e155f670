//! Members of the organization: who comes, changes and goes.

use serde_json::{Value, json};

use super::parts::{ids_of, subject_id, unfit};
use super::traces::end_traces;
use crate::cloud::alibaba::actions::tells::people::PERMISSION_ADMINISTRATOR;
use crate::cloud::alibaba::actions::tells::{ADMINISTRATOR, USER, need, of_outer};
use crate::cloud::alibaba::assumptions::{MEMBER_DELETION, MemberDeletionChoice};
use crate::cloud::telling::{AnswerPart, Need, ValueForm, all, int, leaf, text};
use crate::cloud::writing::{Edit, FieldValue, IdShape, WriteAnswer, WriteStep, Writing, sent, set};
use crate::domain::{Reason, Refusal};
use crate::world::things::{Thing, list_in, text_in};

const ORDINARY_USER: i64 = 111_111_113;
/// Roles that one user may have.
const ROLES: usize = 3;
/// The type of users who only look.
pub const VISITOR: i64 = 2;

/// A second user of one account has no code of its own on the page, whose list is cut off; nor has a call that names no
/// account at all.
pub static ADD: Writing = Writing {
    needs: &[],
    steps: &[
        WriteStep::Check(Reason::ParamUnfit, account_refusal),
        WriteStep::Check(Reason::ParamUnfit, roles_refusal),
        WriteStep::Check(Reason::RoleUnknown, unknown_role),
        WriteStep::Make(
            "users",
            &[
                set("id", FieldValue::NewId(IdShape::Hex)),
                sent("account", "AccountName"),
                sent("account_id", "AccountId"),
                sent("nick", "NickName"),
                set("user_type", FieldValue::SentInt("UserType")),
                set("joined", FieldValue::Now),
                set("valid", FieldValue::Bool(true)),
                set("disabled", FieldValue::Bool(false)),
            ],
        ),
        WriteStep::Do(fill_new_user),
    ],
    answer: WriteAnswer::Part(NEW_USER),
};

const NEW_USER: AnswerPart = AnswerPart::Object(&[
    ("UserId", text("id")),
    ("AccountName", text("account")),
    ("NickName", text("nick")),
    ("UserType", int("user_type")),
    ("RoleIdList", leaf("roles", ValueForm::Ints)),
    ("AdminUser", leaf("roles", ValueForm::HasNumber(ADMINISTRATOR))),
    ("AuthAdminUser", leaf("roles", ValueForm::HasNumber(PERMISSION_ADMINISTRATOR))),
    ("CopilotModules", leaf("copilot_modules", ValueForm::Texts)),
]);

pub static UPDATE: Writing = Writing {
    needs: &[USER],
    steps: &[
        WriteStep::Check(Reason::ParamUnfit, roles_refusal),
        WriteStep::Check(Reason::RoleUnknown, unknown_role),
        WriteStep::Set(&[
            sent("nick", "NickName"),
            set("user_type", FieldValue::SentInt("UserType")),
            set("disabled", FieldValue::SentBool("IsDeleted")),
        ]),
        WriteStep::Do(|edit| {
            let mut user = edit.subject().clone();
            set_roles_and_modules(edit, &mut user);
            edit.put_subject("users", user);
        }),
    ],
    answer: WriteAnswer::Done,
};

const SUCCESSOR: Need = need("TransferUserId", "users", &["id"], |user| Refusal::UserUntold { user });

/// Things of the user in a workspace go to the successor, who joins the workspace, or else to its owner; so does the page
/// describe `TransferUserId`.
pub static DELETE: Writing = Writing {
    needs: &[USER, SUCCESSOR],
    steps: &[
        WriteStep::Check(Reason::SuccessorUnfit, successor_refusal),
        WriteStep::Check(Reason::StillMember, still_member),
        WriteStep::Check(Reason::WorkspaceOwned, owned_workspace),
        WriteStep::Do(hand_over),
        WriteStep::EndAll(all("members", &[of_outer(&["user"], "id")])),
        WriteStep::EndAll(all("favorites", &[of_outer(&["user"], "id")])),
        WriteStep::EndAll(all("tag_values", &[of_outer(&["user"], "id")])),
        WriteStep::EndAll(all("views", &[of_outer(&["user"], "id")])),
        WriteStep::Do(|edit| end_traces(edit, "user", &subject_id(edit))),
        WriteStep::End,
    ],
    answer: WriteAnswer::Done,
};

/// The kind of account behind a name: one with a colon is a RAM user's.
fn kind_of_account(name: &str) -> i64 {
    if name.contains(':') { 5 } else { 1 }
}

fn account_refusal(edit: &Edit<'_>) -> Option<Refusal> {
    let (name, id) = (edit.sent("AccountName"), edit.sent("AccountId"));
    let of_account = |user: &Thing| {
        let kind = user.get("type").and_then(Value::as_i64);
        (!name.is_empty() && text_in(user, "account") == name && kind == Some(kind_of_account(&name)))
            || (!id.is_empty() && text_in(user, "account_id") == id)
    };
    if name.is_empty() && id.is_empty() {
        return Some(unfit("AccountId"));
    }
    edit.look().things.all("users").any(of_account).then_some(unfit("AccountName"))
}

fn roles_refusal(edit: &Edit<'_>) -> Option<Refusal> {
    (edit.pieces("RoleIds").len() > ROLES).then_some(unfit("RoleIds"))
}

fn unknown_role(edit: &Edit<'_>) -> Option<Refusal> {
    let mut roles = edit.pieces("RoleIds").into_iter();
    let role = roles.find(|role| edit.look().things.find("organization_roles", role).is_none())?;
    Some(Refusal::RoleUnknown { role })
}

fn fill_new_user(edit: &mut Edit<'_>) {
    let mut user = edit.subject().clone();
    let kind = kind_of_account(text_in(&user, "account"));
    user.extend([("type", json!(kind)), ("groups", json!([]))].map(|(name, value)| (name.to_owned(), value)));
    set_roles_and_modules(edit, &mut user);
    edit.put_subject("users", user);
}

/// The older flags count only where no roles are named. Nobody is left without a role.
fn set_roles_and_modules(edit: &Edit<'_>, user: &mut Thing) {
    let args = edit.look().args;
    let mut roles: Vec<i64> = edit.pieces("RoleIds").iter().filter_map(|role| role.parse().ok()).collect();
    if roles.is_empty() {
        roles = list_in(user, "roles").iter().filter_map(Value::as_i64).collect();
        for (flag, role) in [("AdminUser", ADMINISTRATOR), ("AuthAdminUser", PERMISSION_ADMINISTRATOR)] {
            if args.get(flag).is_some() {
                roles.retain(|own| *own != role);
                roles.extend(args.is_true(flag).then_some(role));
            }
        }
    }
    if roles.is_empty() {
        roles.push(ORDINARY_USER);
    }
    user.insert("roles".to_owned(), json!(roles));
    let modules = licences(list_in(user, "copilot_modules"), &edit.sent("CopilotModules"));
    user.insert("copilot_modules".to_owned(), modules);
}

/// The licences after a change: a list of objects with `moduleType`, and `status` 1 to grant it and 0 to take it back.
/// A plain comma list is taken for licences to grant.
fn licences(before: &[Value], change: &str) -> Value {
    let mut licences = before.to_vec();
    let changes: Vec<(Value, bool)> = match serde_json::from_str(change) {
        Ok(Value::Array(items)) => items
            .iter()
            .filter_map(|item| Some((item.get("moduleType")?.clone(), item.get("status") != Some(&json!(0)))))
            .collect(),
        _ => crate::cloud::telling::comma_list(change).map(|word| (json!(word), true)).collect(),
    };
    for (licence, granted) in changes {
        licences.retain(|own| *own != licence);
        licences.extend(granted.then_some(licence));
    }
    licences.into()
}

/// The successor is somebody else, and no visitor.
fn successor_refusal(edit: &Edit<'_>) -> Option<Refusal> {
    let look = edit.look();
    let successor = look.things.find("users", &edit.sent("TransferUserId"))?;
    let is_visitor = successor.get("user_type").and_then(Value::as_i64) == Some(VISITOR);
    let is_unfit = is_visitor || successor.get("id") == edit.subject().get("id");
    is_unfit.then(|| Refusal::SuccessorUnfit { user: edit.sent("TransferUserId") })
}

fn owned_workspace(edit: &Edit<'_>) -> Option<Refusal> {
    let user = subject_id(edit);
    let owned = edit.look().things.all("workspaces").any(|workspace| text_in(workspace, "owner") == user);
    owned.then_some(Refusal::WorkspaceOwned { user })
}

fn still_member(edit: &Edit<'_>) -> Option<Refusal> {
    let (look, user) = (edit.look(), subject_id(edit));
    let is_member = look.things.all("members").any(|member| text_in(member, "user") == user);
    let refused = is_member && look.assumptions.holds(&MEMBER_DELETION, MemberDeletionChoice::Refused);
    refused.then_some(Refusal::StillMember { user })
}

/// The kinds of things that have an owner.
const OWNED: &[&str] = &["works", "portals", "datasets", "datasources", "data_services"];

fn hand_over(edit: &mut Edit<'_>) {
    let (user, successor) = (subject_id(edit), edit.sent("TransferUserId"));
    for kind in OWNED {
        for id in ids_of(edit, kind, |thing| text_in(thing, "owner") == user) {
            let look = edit.look();
            let workspace = look.things.find(kind, &id).map(|thing| text_in(thing, "workspace").to_owned());
            let owner = workspace.as_deref().and_then(|id| look.things.find("workspaces", id)?.get("owner").cloned());
            let heir = if successor.is_empty() { owner } else { Some(json!(successor)) };
            let Some(heir) = heir else { continue };
            edit.update(kind, &id, |thing| drop(thing.insert("owner".to_owned(), heir)));
        }
    }
    if successor.is_empty() {
        return;
    }
    for id in ids_of(edit, "members", |member| text_in(member, "user") == user) {
        let Some(mut member) = edit.look().things.find("members", &id).cloned() else { continue };
        let own = format!("{}/{successor}", text_in(&member, "workspace"));
        // The lower number is the higher role.
        let role = |member: &Thing| member.get("role").and_then(Value::as_i64).unwrap_or(i64::MAX);
        let present = edit.look().things.find("members", &own).map_or(i64::MAX, role);
        let role = present.min(role(&member));
        member.extend(
            [("id", json!(own)), ("user", json!(successor)), ("role", json!(role))]
                .map(|(name, value)| (name.to_owned(), value)),
        );
        edit.put("members", member);
    }
}
