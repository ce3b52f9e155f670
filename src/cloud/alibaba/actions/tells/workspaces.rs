//! Workspaces, their members and what these may do.

use super::{PAGES, ROLE_MODEL, USER, WORKSPACE, by_param, keyword, need};
use crate::cloud::telling::{
    AnswerPart, Look, Need, Telling, ThingCondition, ValueForm, all, boolean, int, leaf, text, that,
};
use crate::domain::Refusal;
use crate::world::things::{Thing, text_of};

const HAS_MEMBER: ThingCondition = that(has_the_user);

/// Whether the user that was asked for, if one was, is a member of the workspace or its owner.
fn has_the_user(look: &Look<'_>, workspace: &Thing) -> bool {
    let Some(user) = look.args.display("UserId") else { return true };
    let is = |thing: &Thing, field: &str, text: &str| thing.get(field).and_then(text_of).is_some_and(|own| own == text);
    let id = workspace.get("id").and_then(text_of).unwrap_or_default();
    is(workspace, "owner", &user)
        || look.things.all("members").any(|member| is(member, "workspace", &id) && is(member, "user", &user))
}

pub static LIST: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Page(&PAGES, all("workspaces", &[keyword(&["name"], "Keyword"), HAS_MEMBER]), &WORKSPACE_MODEL),
};

static WORKSPACE_MODEL: AnswerPart = AnswerPart::Object(&[
    ("WorkspaceId", text("id")),
    ("WorkspaceName", text("name")),
    ("WorkspaceDescription", text("description")),
    ("OrganizationId", text("organization")),
    ("Owner", text("owner")),
    ("OwnerAccountName", text("owner.account")),
    ("RealOwnerAccountName", text("owner.account")),
    ("CreateUser", text("owner")),
    ("CreateUserAccountName", text("owner.account")),
    ("ModifyUser", text("owner")),
    ("ModifyUserAccountName", text("owner.account")),
    ("CreateTime", leaf("created", ValueForm::Wall)),
    ("ModifiedTime", leaf("modified", ValueForm::Wall)),
    ("AllowShareOperation", boolean("allow_share")),
    ("AllowPublishOperation", boolean("allow_publish")),
]);

const IN_WORKSPACE: ThingCondition = by_param(&["workspace"], "WorkspaceId");
const OF_USER: ThingCondition = by_param(&["user"], "UserId");

pub static MEMBERS: Telling = Telling {
    needs: &[WORKSPACE],
    answer: AnswerPart::Page(
        &PAGES,
        all("members", &[IN_WORKSPACE, keyword(&["user.account", "user.nick"], "Keyword")]),
        &MEMBER,
    ),
};

static MEMBER: AnswerPart = AnswerPart::Object(&[
    ("UserId", text("user")),
    ("AccountId", text("user.account_id")),
    ("AccountName", text("user.account")),
    ("NickName", text("user.nick")),
    ("Role", AnswerPart::Inside("role", &ROLE_OF_MEMBER)),
]);

static ROLE_OF_MEMBER: AnswerPart =
    AnswerPart::Object(&[("RoleId", int("id")), ("RoleCode", text("code")), ("RoleName", text("name"))]);

/// The same with the number as text.
static ROLE_AS_TEXT: AnswerPart =
    AnswerPart::Object(&[("RoleId", text("id")), ("RoleCode", text("code")), ("RoleName", text("name"))]);

static ROLE_ALONE: AnswerPart = AnswerPart::Inside("role", &ROLE_OF_MEMBER);

pub const MEMBERSHIP: Need =
    Need { among: &[IN_WORKSPACE], ..need("UserId", "members", &["user"], |user| Refusal::MemberUnknown { user }) };

pub static ROLE_IN_WORKSPACE: Telling = Telling {
    needs: &[WORKSPACE, USER, MEMBERSHIP],
    answer: AnswerPart::First(all("members", &[IN_WORKSPACE, OF_USER]), &ROLE_ALONE),
};

pub static ROLES_OF_USER: Telling =
    Telling { needs: &[USER], answer: AnswerPart::Each(all("members", &[OF_USER]), &ROLE_WITH_WORKSPACE) };

static ROLE_WITH_WORKSPACE: AnswerPart = AnswerPart::Object(&[
    ("WorkspaceId", text("workspace")),
    ("WorkspaceName", text("workspace.name")),
    ("RoleModel", AnswerPart::Inside("role", &ROLE_AS_TEXT)),
]);

pub static ROLES: Telling =
    Telling { needs: &[WORKSPACE], answer: AnswerPart::Each(all("workspace_roles", &[]), &ROLE_MODEL) };

const ROLE: Need = need("RoleId", "workspace_roles", &["id"], |role| Refusal::RoleUnknown { role });

pub static ROLE_CONFIG: Telling = Telling { needs: &[ROLE], answer: ROLE_MODEL };

pub static ROLE_HOLDERS: Telling = Telling {
    needs: &[ROLE],
    answer: AnswerPart::Page(
        &PAGES,
        all(
            "members",
            &[by_param(&["role"], "RoleId"), IN_WORKSPACE, keyword(&["user.account", "user.nick"], "Keyword")],
        ),
        &HOLDER,
    ),
};

static HOLDER: AnswerPart = AnswerPart::Object(&[
    ("UserId", text("user")),
    ("NickName", text("user.nick")),
    ("WorkspaceId", text("workspace")),
    ("WorkspaceName", text("workspace.name")),
]);
