//! Users, their groups, tags and roles in the organization.

use serde_json::{Value, json};

use super::{PAGES, USER, all, asked, boolean, int, keyword, leaf, need, one_of, text};
use crate::cloud::telling::{Filter, Form, Kind, Look, Need, Node, Source, Telling, Test, With};
use crate::domain::Refusal;
use crate::world::things::{Thing, text_of};

const ACCOUNT: Need = need("Account", "users", &["account", "account_id"], |user| Refusal::UserUnknown { user });
const GROUP: Need = need("UserGroupId", "user_groups", &["id"], |group| Refusal::GroupUnknown { group });
const ROLE: Need = need("RoleId", "organization_roles", &["id"], |role| Refusal::RoleUnknown { role });

const ADMINISTRATOR: i64 = 111_111_111;
const PERMISSION_ADMINISTRATOR: i64 = 111_111_112;

macro_rules! user_with {
    ($($more:tt)*) => {
        Node::Object(&[
            ("UserId", text("id")),
            ("AccountId", text("account_id")),
            ("AccountName", text("account")),
            ("NickName", text("nick")),
            ("UserType", int("user_type")),
            ("RoleIdList", leaf("roles", Form::Ints)),
            ("AdminUser", leaf("roles", Form::HasNumber(ADMINISTRATOR))),
            ("AuthAdminUser", leaf("roles", Form::HasNumber(PERMISSION_ADMINISTRATOR))),
            ("CopilotModules", leaf("copilot_modules", Form::Texts)),
            ("IsDeleted", boolean("disabled")),
            $($more)*
        ])
    };
}

static MEMBER: Node =
    user_with! { ("JoinedDate", leaf("joined", Form::Millis)), ("LastLoginTime", leaf("last_login", Form::Millis)), };

pub static BY_ID: Telling =
    Telling { needs: &[USER], answer: user_with! { ("Email", text("email")), ("Phone", text("phone")), } };

pub static BY_ACCOUNT: Telling =
    Telling { needs: &[ACCOUNT], answer: user_with! { ("Email", text("email")), ("Phone", text("phone")), } };

pub static MEMBERS: Telling = Telling {
    needs: &[],
    answer: Node::Page(&PAGES, all("users", &[keyword(&["account", "nick"], "Keyword")]), &MEMBER),
};

pub static IS_MEMBER: Telling = Telling { needs: &[], answer: Node::Any(all("users", &[asked(&["id"], "UserId")])) };

// --- groups --------------------------------------------------------------------------------------------------------

static GROUP_MODEL: Node = Node::Object(&[
    ("UsergroupId", text("id")),
    ("UsergroupName", text("name")),
    ("UsergroupDesc", text("description")),
    ("ParentUsergroupId", text("parent")),
    ("IdentifiedPath", text("path")),
    ("CreateUser", text("created_by")),
    ("ModifyUser", text("modified_by")),
    ("CreateTime", leaf("created", Form::Wall)),
    ("ModifiedTime", leaf("modified", Form::Wall)),
]);

/// One action of the family has names of its own.
static CHILD_GROUP: Node = Node::Object(&[
    ("UserGroupId", text("id")),
    ("UserGroupName", text("name")),
    ("UserGroupDescription", text("description")),
    ("ParentUserGroupId", text("parent")),
    ("IdentifiedPath", text("path")),
    ("CreateUser", text("created_by")),
    ("ModifyUser", text("modified_by")),
    ("CreateTime", leaf("created", Form::Wall)),
    ("ModifiedTime", leaf("modified", Form::Wall)),
]);

const IN_GROUPS_OF_USER: Filter =
    Filter { paths: &[], form: Form::Text, test: Test::That(has_the_user), with: With::Word("") };

fn has_the_user(look: &Look<'_>, group: &Thing) -> bool {
    let user = look.args.display("UserId").and_then(|id| look.things.find("users", &id));
    user.is_some_and(|user| is_in_group(user, group))
}

fn is_in_group(user: &Thing, group: &Thing) -> bool {
    let groups = user.get("groups").and_then(Value::as_array);
    groups.is_some_and(|groups| groups.iter().any(|id| Some(id) == group.get("id")))
}

pub static GROUPS_OF_USER: Telling =
    Telling { needs: &[USER], answer: Node::Each(all("user_groups", &[IN_GROUPS_OF_USER]), &GROUP_MODEL) };

pub static GROUPS_BY_ID: Telling = Telling {
    needs: &[],
    answer: Node::Object(&[
        ("UserGroupModels", Node::Each(all("user_groups", &[one_of(&["id"], "UserGroupIds")]), &GROUP_MODEL)),
        ("FailedUserGroupIds", Node::Strangers { param: "UserGroupIds", kind: "user_groups" }),
    ]),
};

pub static GROUPS_BY_NAME: Telling =
    Telling { needs: &[], answer: Node::Each(all("user_groups", &[keyword(&["name"], "Keyword")]), &GROUP_MODEL) };

pub static CHILD_GROUPS: Telling = Telling {
    needs: &[],
    answer: Node::Each(all("user_groups", &[asked(&["parent"], "ParentUserGroupId")]), &CHILD_GROUP),
};

/// Groups in the group stand before its users.
pub static GROUP_MEMBERS: Telling = Telling { needs: &[GROUP], answer: Node::Computed(Kind::List, group_members) };

fn group_members(look: &Look<'_>, group: &Thing) -> Option<Value> {
    let wanted = look.args.display("Keyword").unwrap_or_default().to_lowercase();
    let named = |thing: &&Thing, field: &str| {
        let name = thing.get(field).and_then(Value::as_str).unwrap_or_default();
        name.to_lowercase().contains(&wanted)
    };
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
    let groups = look.things.all("user_groups").iter().filter(|one| one.get("parent").and_then(text_of) == id);
    let groups = groups.filter(|one| named(one, "name")).map(|one| member(one, "name", true));
    let users = look.things.all("users").iter().filter(|user| is_in_group(user, group));
    let users = users.filter(|one| named(one, "account")).map(|one| member(one, "account", false));
    Some(groups.chain(users).collect())
}

// --- tags ----------------------------------------------------------------------------------------------------------

pub static TAGS: Telling = Telling { needs: &[], answer: Node::Each(all("user_tags", &[]), &TAG) };

static TAG: Node =
    Node::Object(&[("TagId", text("id")), ("TagName", text("name")), ("TagDescription", text("description"))]);

pub static TAG_VALUES: Telling =
    Telling { needs: &[USER], answer: Node::Each(all("tag_values", &[asked(&["user"], "UserId")]), &TAG_VALUE) };

static TAG_VALUE: Node =
    Node::Object(&[("TagId", text("tag")), ("TagName", text("tag.name")), ("TagValue", text("value"))]);

// --- roles ---------------------------------------------------------------------------------------------------------

pub static ROLES: Telling = Telling { needs: &[], answer: Node::Each(all("organization_roles", &[]), &ROLE_MODEL) };

pub static ROLE_CONFIG: Telling = Telling {
    needs: &[ROLE],
    answer: Node::Object(&[
        ("RoleId", int("id")),
        ("RoleName", text("name")),
        ("IsSystemRole", boolean("system")),
        ("AuthConfigList", Node::Fixed(crate::cloud::telling::Fixed::None)),
    ]),
};

static ROLE_MODEL: Node = Node::Object(&[
    ("RoleId", int("id")),
    ("RoleName", text("name")),
    ("IsSystemRole", boolean("system")),
    ("AuthConfigList", Node::Fixed(crate::cloud::telling::Fixed::None)),
]);

const HAS_ROLE: Filter = Filter { paths: &["roles"], form: Form::Int, test: Test::Has, with: With::Param("RoleId") };
const HOLDERS: Source = all("users", &[HAS_ROLE, keyword(&["account", "nick"], "Keyword")]);

pub static ROLE_HOLDERS: Telling = Telling { needs: &[ROLE], answer: Node::Page(&PAGES, HOLDERS, &HOLDER) };

static HOLDER: Node = Node::Object(&[("UserId", text("id")), ("NickName", text("nick"))]);
