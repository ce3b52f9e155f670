//! Users, their groups, tags and roles in the organization.

use serde_json::{Value, json};

use super::{ADMINISTRATOR, PAGES, ROLE_MODEL, USER, by_param, keyword, need, one_of};
use crate::cloud::telling::{
    AnswerPart, AnswerType, Look, Need, Operand, Source, Telling, ThingCondition, ThingTest, ValueForm, all, boolean,
    holds_text, int, leaf, text, that,
};
use crate::domain::Refusal;
use crate::world::things::{Thing, list_in, text_in, text_of};

const ACCOUNT: Need = need("Account", "users", &["account", "account_id"], |user| Refusal::UserUntold { user });
pub const GROUP: Need = need("UserGroupId", "user_groups", &["id"], |group| Refusal::GroupUnknown { group });
const ROLE: Need = need("RoleId", "organization_roles", &["id"], |role| Refusal::RoleUnknown { role });

pub const PERMISSION_ADMINISTRATOR: i64 = 111_111_112;

macro_rules! user_with {
    ($($more:tt)*) => {
        AnswerPart::Object(&[
            ("UserId", text("id")),
            ("AccountId", text("account_id")),
            ("AccountName", text("account")),
            ("NickName", text("nick")),
            ("UserType", int("user_type")),
            ("RoleIdList", leaf("roles", ValueForm::Ints)),
            ("AdminUser", leaf("roles", ValueForm::HasNumber(ADMINISTRATOR))),
            ("AuthAdminUser", leaf("roles", ValueForm::HasNumber(PERMISSION_ADMINISTRATOR))),
            ("CopilotModules", leaf("copilot_modules", ValueForm::Texts)),
            ("IsDeleted", boolean("disabled")),
            $($more)*
        ])
    };
}

static MEMBER: AnswerPart = user_with! { ("JoinedDate", leaf("joined", ValueForm::Millis)), ("LastLoginTime", leaf("last_login", ValueForm::Millis)), };

pub static BY_ID: Telling =
    Telling { needs: &[USER], answer: user_with! { ("Email", text("email")), ("Phone", text("phone")), } };

pub static BY_ACCOUNT: Telling =
    Telling { needs: &[ACCOUNT], answer: user_with! { ("Email", text("email")), ("Phone", text("phone")), } };

pub static MEMBERS: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Page(&PAGES, all("users", &[keyword(&["account", "nick"], "Keyword")]), &MEMBER),
};

pub static IS_MEMBER: Telling =
    Telling { needs: &[], answer: AnswerPart::Any(all("users", &[by_param(&["id"], "UserId")])) };

// --- groups --------------------------------------------------------------------------------------------------------

static GROUP_MODEL: AnswerPart = AnswerPart::Object(&[
    ("UsergroupId", text("id")),
    ("UsergroupName", text("name")),
    ("UsergroupDesc", text("description")),
    ("ParentUsergroupId", text("parent")),
    ("IdentifiedPath", text("path")),
    ("CreateUser", text("created_by")),
    ("ModifyUser", text("modified_by")),
    ("CreateTime", leaf("created", ValueForm::Wall)),
    ("ModifiedTime", leaf("modified", ValueForm::Wall)),
]);

/// One action of the family has names of its own.
static CHILD_GROUP: AnswerPart = AnswerPart::Object(&[
    ("UserGroupId", text("id")),
    ("UserGroupName", text("name")),
    ("UserGroupDescription", text("description")),
    ("ParentUserGroupId", text("parent")),
    ("IdentifiedPath", text("path")),
    ("CreateUser", text("created_by")),
    ("ModifyUser", text("modified_by")),
    ("CreateTime", leaf("created", ValueForm::Wall)),
    ("ModifiedTime", leaf("modified", ValueForm::Wall)),
]);

const IN_GROUPS_OF_USER: ThingCondition = that(has_the_user);

fn has_the_user(look: &Look<'_>, group: &Thing) -> bool {
    let user = look.args.display("UserId").and_then(|id| look.things.find("users", &id));
    user.is_some_and(|user| is_in_group(user, group))
}

fn is_in_group(user: &Thing, group: &Thing) -> bool {
    list_in(user, "groups").iter().any(|id| Some(id) == group.get("id"))
}

pub static GROUPS_OF_USER: Telling =
    Telling { needs: &[USER], answer: AnswerPart::Each(all("user_groups", &[IN_GROUPS_OF_USER]), &GROUP_MODEL) };

pub static GROUPS_BY_ID: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Object(&[
        ("UserGroupModels", AnswerPart::Each(all("user_groups", &[one_of(&["id"], "UserGroupIds")]), &GROUP_MODEL)),
        ("FailedUserGroupIds", AnswerPart::Strangers { param: "UserGroupIds", kind: "user_groups" }),
    ]),
};

pub static GROUPS_BY_NAME: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Each(all("user_groups", &[keyword(&["name"], "Keyword")]), &GROUP_MODEL),
};

pub static CHILD_GROUPS: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Each(all("user_groups", &[by_param(&["parent"], "ParentUserGroupId")]), &CHILD_GROUP),
};

/// Groups in the group stand before its users.
pub static GROUP_MEMBERS: Telling =
    Telling { needs: &[GROUP], answer: AnswerPart::Computed(AnswerType::List, group_members) };

fn group_members(look: &Look<'_>, group: &Thing) -> Option<Value> {
    let wanted = look.args.display("Keyword").unwrap_or_default().to_lowercase();
    let named = |thing: &&Thing, field: &str| holds_text(text_in(thing, field), &wanted);
    let member = |thing: &Thing, field: &str, is_group: bool| {
        json!({
            "Id": thing.get("id"),
            "Name": thing.get(field).cloned().unwrap_or_else(|| json!("")),
            "IsUserGroup": is_group,
            "ParentUserGroupId": group.get("id"),
            "ParentUserGroupName": group.get("name"),
        })
    };
    let id = group.get("id").and_then(text_of);
    let groups = look.things.all("user_groups").filter(|one| one.get("parent").and_then(text_of) == id);
    let groups = groups.filter(|one| named(one, "name")).map(|one| member(one, "name", true));
    let users = look.things.all("users").filter(|user| is_in_group(user, group));
    let users = users.filter(|one| named(one, "account")).map(|one| member(one, "account", false));
    Some(groups.chain(users).collect())
}

// --- tags ----------------------------------------------------------------------------------------------------------

pub static TAGS: Telling = Telling { needs: &[], answer: AnswerPart::Each(all("user_tags", &[]), &TAG) };

static TAG: AnswerPart =
    AnswerPart::Object(&[("TagId", text("id")), ("TagName", text("name")), ("TagDescription", text("description"))]);

pub static TAG_VALUES: Telling = Telling {
    needs: &[USER],
    answer: AnswerPart::Each(all("tag_values", &[by_param(&["user"], "UserId")]), &TAG_VALUE),
};

static TAG_VALUE: AnswerPart =
    AnswerPart::Object(&[("TagId", text("tag")), ("TagName", text("tag.name")), ("TagValue", text("value"))]);

// --- roles ---------------------------------------------------------------------------------------------------------

pub static ROLES: Telling =
    Telling { needs: &[], answer: AnswerPart::Each(all("organization_roles", &[]), &ROLE_MODEL) };

pub static ROLE_CONFIG: Telling = Telling { needs: &[ROLE], answer: ROLE_MODEL };

const HAS_ROLE: ThingCondition =
    ThingCondition { paths: &["roles"], form: ValueForm::Int, test: ThingTest::Has, with: Operand::Param("RoleId") };
const HOLDERS: Source = all("users", &[HAS_ROLE, keyword(&["account", "nick"], "Keyword")]);

pub static ROLE_HOLDERS: Telling = Telling { needs: &[ROLE], answer: AnswerPart::Page(&PAGES, HOLDERS, &HOLDER) };

static HOLDER: AnswerPart = AnswerPart::Object(&[("UserId", text("id")), ("NickName", text("nick"))]);
