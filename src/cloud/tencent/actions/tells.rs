//! What the reading actions tell of projects, their pages, members and data sources, and of users and roles.

use crate::cloud::telling::{Filter, Fixed, Form, From, Need, Node, PageMember, Paging, Source, Telling, Test, With};
use crate::domain::Refusal;

const fn text(path: &'static str) -> Node {
    Node::Leaf(path, Form::Text)
}

const fn int(path: &'static str) -> Node {
    Node::Leaf(path, Form::Int)
}

const fn all(kind: &'static str, filters: &'static [Filter]) -> Source {
    Source { from: From::All(kind), filters }
}

const fn filter(paths: &'static [&'static str], test: Test, with: With) -> Filter {
    Filter { paths, form: Form::Text, test, with }
}

const fn need_project(param: &'static str) -> Need {
    Need { param, kind: "projects", by: &["id"], among: &[], unknown: |project| Refusal::ProjectUnknown { project } }
}

/// The vendor prints a list of nothing as `null`; an empty list is what clients that walk it need.
static PAGES: Paging = Paging {
    number: "PageNo",
    size: "PageSize",
    default: 20,
    all: Some("AllPage"),
    members: &[("List", PageMember::Items), ("Total", PageMember::Total), ("TotalPages", PageMember::Pages)],
};

const IN_PROJECT: Filter = filter(&["project"], Test::Is, With::Param("ProjectId"));
const KEYWORD: Filter = filter(&["name"], Test::Contains, With::Param("Keyword"));
const USER_KEYWORD: Filter = filter(&["user.name", "user"], Test::Contains, With::Param("Keyword"));

static PROJECT: Node = Node::Object(&[
    ("Id", int("id")),
    ("Logo", text("logo")),
    ("Name", text("name")),
    ("ColorCode", text("color_code")),
    ("CreatedUser", text("owner")),
    ("CreatedUserName", text("owner.name")),
    ("CreatedAt", Node::Leaf("created", Form::Wall)),
    ("MemberCount", Node::Count(all("members", &[OF_PROJECT]))),
    ("PageCount", Node::Count(all("pages", &[OF_PROJECT]))),
    ("NormalCount", Node::Count(all("pages", &[OF_PROJECT, kind("normal")]))),
    ("FreeCount", Node::Count(all("pages", &[OF_PROJECT, kind("free")]))),
    ("AdhocCount", Node::Count(all("pages", &[OF_PROJECT, kind("adhoc")]))),
    ("BriefingCount", Node::Count(all("pages", &[OF_PROJECT, kind("briefing")]))),
    ("LastModifyName", text("owner.name")),
    ("Source", Node::Fixed(Fixed::Text(""))),
    ("Apply", Node::Fixed(Fixed::Bool(true))),
    ("UpdatedUser", text("owner")),
    ("UpdatedAt", Node::Leaf("created", Form::Wall)),
    ("CorpId", text("corporation")),
    ("Mark", text("mark")),
    ("Seed", text("seed")),
    ("AuthList", Node::Fixed(Fixed::None)),
    ("PanelScope", text("panel_scope")),
    ("IsExternalManage", Node::Fixed(Fixed::Bool(false))),
    ("ManagePlatform", Node::Fixed(Fixed::Text(""))),
    ("ConfigList", Node::Fixed(Fixed::None)),
    ("Owner", text("owner")),
    ("OwnerName", text("owner.name")),
]);

const OF_PROJECT: Filter = filter(&["project"], Test::Is, With::Outer("id"));

const fn kind(word: &'static str) -> Filter {
    filter(&["kind"], Test::Is, With::Word(word))
}

pub static PROJECTS: Telling = Telling {
    needs: &[],
    answer: Node::Page(
        &PAGES,
        all("projects", &[KEYWORD, filter(&["id"], Test::OneOf, With::Param("ModuleIdList"))]),
        &PROJECT,
    ),
};

pub static ONE_PROJECT: Telling = Telling {
    needs: &[need_project("Id")],
    answer: Node::First(all("projects", &[filter(&["id"], Test::Is, With::Param("Id"))]), &PROJECT),
};

pub static WIDGETS: Telling = Telling {
    needs: &[
        Need {
            param: "PageId",
            kind: "pages",
            by: &["id"],
            among: &[IN_PROJECT],
            unknown: |page| Refusal::PageUnknown { page },
        },
        need_project("ProjectId"),
    ],
    answer: Node::Object(&[
        ("CorpId", text("corporation")),
        ("ProjectId", text("project")),
        ("PageId", text("id")),
        ("WidgetList", Node::Each(Source { from: From::Field("widgets"), filters: &[] }, &WIDGET)),
    ]),
};

static WIDGET: Node = Node::Object(&[("WidgetId", text("id")), ("WidgetName", text("name"))]);

pub static USERS_OF_PROJECT: Telling = Telling {
    needs: &[need_project("ProjectId")],
    answer: Node::Page(&PAGES, all("members", &[IN_PROJECT, USER_KEYWORD]), &USER_OF_PROJECT),
};

static USER_OF_PROJECT: Node = Node::Object(&[
    ("UserId", text("user")),
    ("UserName", text("user.name")),
    ("CorpId", text("corporation")),
    ("Email", text("user.email")),
    ("LastLogin", Node::Leaf("user.last_login", Form::Iso)),
    ("Status", int("user.status")),
    ("FirstModify", Node::Fixed(Fixed::Int(0))),
    ("PhoneNumber", text("user.phone")),
    ("AreaCode", text("user.area_code")),
    ("CreatedAt", Node::Leaf("user.created", Form::Wall)),
    ("GlobalUserName", text("user.name")),
    ("AppUserId", text("user.app_user")),
    ("AppUserName", text("user.app_user")),
]);

pub static ROLES_OF_MEMBERS: Telling = Telling {
    needs: &[need_project("ProjectId")],
    answer: Node::Page(
        &PAGES,
        all(
            "members",
            &[
                IN_PROJECT,
                USER_KEYWORD,
                filter(&["user"], Test::OneOf, With::Param("UserIdList")),
                filter(&["roles"], Test::Has, With::Param("RoleCode")),
            ],
        ),
        &MEMBER,
    ),
};

static MEMBER: Node = Node::Object(&[
    ("Id", int("user")),
    ("RoleList", Node::Each(Source { from: From::Field("roles"), filters: &[] }, &ROLE_OF_USER)),
    ("RoleIdList", Node::Leaf("roles", Form::Ints)),
    ("UserId", text("user")),
    ("UserName", text("user.name")),
    ("CorpId", text("corporation")),
    ("Email", text("user.email")),
    ("CreatedAt", Node::Leaf("user.created", Form::Wall)),
    ("UpdatedAt", Node::Leaf("user.created", Form::Wall)),
    ("LastLogin", Node::Leaf("user.last_login", Form::Iso)),
    ("Status", int("user.status")),
    ("PhoneNumber", text("user.phone")),
    ("AreaCode", text("user.area_code")),
    ("RootAccount", Node::Leaf("user.root_account", Form::Bool)),
    ("CorpAdmin", Node::Leaf("user.corp_admin", Form::Bool)),
    ("AppUserId", text("user.app_user")),
    ("AppUserName", text("user.app_user")),
]);

static ROLE_OF_USER: Node = Node::Object(&[
    ("RoleName", text("name")),
    ("RoleId", int("id")),
    ("ProjectId", int("project")),
    ("ProjectName", text("project.name")),
    ("ScopeType", int("scope_type")),
]);

pub static USERS: Telling = Telling {
    needs: &[],
    answer: Node::Page(&PAGES, all("users", &[filter(&["name", "id"], Test::Contains, With::Param("Keyword"))]), &USER),
};

static USER: Node = Node::Object(&[
    ("Id", int("id")),
    ("RoleList", Node::Each(Source { from: From::Field("roles"), filters: &[] }, &ROLE_OF_USER)),
    ("RoleIdList", Node::Leaf("roles", Form::Ints)),
    ("UserId", text("id")),
    ("UserName", text("name")),
    ("CorpId", text("corporation")),
    ("Email", text("email")),
    ("CreatedAt", Node::Leaf("created", Form::Wall)),
    ("UpdatedAt", Node::Leaf("created", Form::Wall)),
    ("LastLogin", Node::Leaf("last_login", Form::Iso)),
    ("Status", int("status")),
    ("PhoneNumber", text("phone")),
    ("AreaCode", text("area_code")),
    ("RootAccount", Node::Leaf("root_account", Form::Bool)),
    ("CorpAdmin", Node::Leaf("corp_admin", Form::Bool)),
    ("AppUserId", text("app_user")),
    ("AppUserName", text("app_user")),
]);

/// Roles with the scope of a project, and those of the project alone.
pub static PROJECT_ROLES: Telling = Telling {
    needs: &[need_project("ProjectId")],
    answer: Node::Each(all("roles", &[filter(&["scope_type"], Test::Is, With::Word("2"))]), &ROLE),
};

static ROLE: Node = Node::Object(&[
    ("Id", int("id")),
    ("RoleName", text("name")),
    ("CorpId", text("corporation")),
    ("RoleType", Node::Fixed(Fixed::Text("system"))),
    ("Scope", Node::Fixed(Fixed::Text("project"))),
    ("Description", text("name")),
    ("ScopeType", int("scope_type")),
    ("CanChoose", Node::Fixed(Fixed::Bool(true))),
]);

pub static DATASOURCES: Telling = Telling {
    needs: &[need_project("ProjectId")],
    answer: Node::Page(
        &PAGES,
        all("datasources", &[IN_PROJECT, KEYWORD, filter(&["db_name"], Test::Is, With::Param("DbName"))]),
        &DATASOURCE,
    ),
};

static DATASOURCE: Node = Node::Object(&[
    ("Id", int("id")),
    ("DbName", text("db_name")),
    ("ServiceType", Node::Fixed(Fixed::Text("Own"))),
    ("SourceName", text("name")),
    ("DbType", text("db_type")),
    ("DbHost", text("host")),
    ("DbPort", int("port")),
    ("DbUser", text("user_name")),
    ("Charset", Node::Fixed(Fixed::Text("utf8"))),
    ("CreatedAt", Node::Leaf("created", Form::Wall)),
    ("UpdatedAt", Node::Leaf("created", Form::Wall)),
    ("ProjectId", text("project")),
    ("ProjectName", text("project.name")),
    ("PermissionList", Node::Fixed(Fixed::None)),
    ("AuthList", Node::Fixed(Fixed::None)),
]);
