//! Answers of the reading actions about projects, their pages, members and data sources, and of users and roles.

pub mod groups;
pub mod rights;

use super::latest;
use crate::cloud::telling::{
    AnswerPart, Constant, ListMember, ListPages, Look, Need, Operand, Telling, ThingCondition, ThingTest, ValueForm,
    all, boolean, int, items_of, leaf, text, that,
};
use crate::domain::Refusal;
use crate::world::things::{Thing, text_of};

const fn filter(paths: &'static [&'static str], test: ThingTest, with: Operand) -> ThingCondition {
    ThingCondition { paths, form: ValueForm::Text, test, with }
}

pub const fn need_project(param: &'static str) -> Need {
    Need { param, kind: "projects", by: &["id"], among: &[], unknown: |project| Refusal::ProjectUntold { project } }
}

/// The vendor prints a list of nothing as `null`; an empty list is what clients that walk it need.
static PAGES: ListPages = ListPages {
    number: "PageNo",
    size: "PageSize",
    default: 20,
    all: Some("AllPage"),
    members: &[("List", ListMember::Items), ("Total", ListMember::Total), ("TotalPages", ListMember::Pages)],
    order: None,
};

pub const IN_PROJECT: ThingCondition = filter(&["project"], ThingTest::Is, Operand::Param("ProjectId"));
const KEYWORD: ThingCondition = filter(&["name"], ThingTest::Contains, Operand::Param("Keyword"));
const USER_KEYWORD: ThingCondition = filter(&["user.name", "user"], ThingTest::Contains, Operand::Param("Keyword"));

static PROJECT: AnswerPart = AnswerPart::Object(&[
    ("Id", int("id")),
    ("Logo", text("logo")),
    ("Name", text("name")),
    ("ColorCode", text("color_code")),
    ("CreatedUser", text("owner")),
    ("CreatedUserName", text("owner.name")),
    ("CreatedAt", leaf("created", ValueForm::Wall)),
    ("MemberCount", AnswerPart::Count(all("members", &[OF_PROJECT]))),
    ("PageCount", AnswerPart::Count(all("pages", &[OF_PROJECT]))),
    ("NormalCount", AnswerPart::Count(all("pages", &[OF_PROJECT, kind("normal")]))),
    ("FreeCount", AnswerPart::Count(all("pages", &[OF_PROJECT, kind("free")]))),
    ("AdhocCount", AnswerPart::Count(all("pages", &[OF_PROJECT, kind("adhoc")]))),
    ("BriefingCount", AnswerPart::Count(all("pages", &[OF_PROJECT, kind("briefing")]))),
    ("LastModifyName", text("owner.name")),
    ("Source", AnswerPart::Constant(Constant::Text(""))),
    ("Apply", boolean("apply")),
    ("UpdatedUser", latest::AUTHOR),
    ("UpdatedAt", latest::TIME),
    ("CorpId", text("corporation")),
    ("Mark", text("mark")),
    ("Seed", text("seed")),
    ("AuthList", AnswerPart::Constant(Constant::None)),
    ("PanelScope", text("panel_scope")),
    ("IsExternalManage", latest::IS_MANAGED),
    ("ManagePlatform", latest::PLATFORM),
    ("ConfigList", AnswerPart::Constant(Constant::None)),
    ("Owner", text("owner")),
    ("OwnerName", text("owner.name")),
]);

/// A field of these is the id of the thing around.
pub const fn of_outer(paths: &'static [&'static str]) -> ThingCondition {
    filter(paths, ThingTest::Is, Operand::Outer("id"))
}

pub const OF_PROJECT: ThingCondition = of_outer(&["project"]);

const fn kind(word: &'static str) -> ThingCondition {
    filter(&["kind"], ThingTest::Is, Operand::Word(word))
}

pub static PROJECTS: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Page(
        &PAGES,
        all("projects", &[KEYWORD, filter(&["id"], ThingTest::OneOf, Operand::Param("ModuleIdList"))]),
        &PROJECT,
    ),
};

pub static ONE_PROJECT: Telling = Telling {
    needs: &[need_project("Id")],
    answer: AnswerPart::First(all("projects", &[filter(&["id"], ThingTest::Is, Operand::Param("Id"))]), &PROJECT),
};

pub static WIDGETS: Telling = Telling {
    needs: &[
        Need {
            param: "PageId",
            kind: "pages",
            by: &["id"],
            among: &[IN_PROJECT],
            unknown: |page| Refusal::PageUntold { page },
        },
        need_project("ProjectId"),
    ],
    answer: AnswerPart::Object(&[
        ("CorpId", text("corporation")),
        ("ProjectId", text("project")),
        ("PageId", text("id")),
        ("WidgetList", AnswerPart::Each(items_of("widgets"), &WIDGET)),
    ]),
};

static WIDGET: AnswerPart = AnswerPart::Object(&[("WidgetId", text("id")), ("WidgetName", text("name"))]);

pub static USERS_OF_PROJECT: Telling = Telling {
    needs: &[need_project("ProjectId")],
    answer: AnswerPart::Page(&PAGES, all("members", &[IN_PROJECT, USER_KEYWORD]), &USER_OF_PROJECT),
};

static USER_OF_PROJECT: AnswerPart = AnswerPart::Object(&[
    ("UserId", text("user")),
    ("UserName", text("user.name")),
    ("CorpId", text("corporation")),
    ("Email", text("user.email")),
    ("LastLogin", leaf("user.last_login", ValueForm::Iso)),
    ("Status", int("user.status")),
    ("FirstModify", AnswerPart::Constant(Constant::Int(0))),
    ("PhoneNumber", text("user.phone")),
    ("AreaCode", text("user.area_code")),
    ("CreatedAt", leaf("user.created", ValueForm::Wall)),
    ("GlobalUserName", text("user.name")),
    ("AppUserId", text("user.app_user")),
    ("AppUserName", latest::APP_NAME_OF_MEMBER),
]);

pub static ROLES_OF_MEMBERS: Telling = Telling {
    needs: &[need_project("ProjectId")],
    answer: AnswerPart::Page(
        &PAGES,
        all(
            "members",
            &[
                IN_PROJECT,
                USER_KEYWORD,
                filter(&["user"], ThingTest::OneOf, Operand::Param("UserIdList")),
                filter(&["roles"], ThingTest::Has, Operand::Param("RoleCode")),
            ],
        ),
        &MEMBER,
    ),
};

static MEMBER: AnswerPart = AnswerPart::Object(&[
    ("Id", int("user")),
    ("RoleList", AnswerPart::Each(items_of("roles"), &ROLE_OF_USER)),
    ("RoleIdList", leaf("roles", ValueForm::Ints)),
    ("UserId", text("user")),
    ("UserName", text("user.name")),
    ("CorpId", text("corporation")),
    ("Email", text("user.email")),
    ("CreatedAt", leaf("user.created", ValueForm::Wall)),
    ("UpdatedAt", latest::TIME_OF_MEMBER),
    ("LastLogin", leaf("user.last_login", ValueForm::Iso)),
    ("Status", int("user.status")),
    ("PhoneNumber", text("user.phone")),
    ("AreaCode", text("user.area_code")),
    ("RootAccount", leaf("user.root_account", ValueForm::Bool)),
    ("CorpAdmin", leaf("user.corp_admin", ValueForm::Bool)),
    ("AppUserId", text("user.app_user")),
    ("AppUserName", latest::APP_NAME_OF_MEMBER),
]);

static ROLE_OF_USER: AnswerPart = AnswerPart::Object(&[
    ("RoleName", text("name")),
    ("RoleId", int("id")),
    ("ProjectId", int("project")),
    ("ProjectName", text("project.name")),
    ("ScopeType", int("scope_type")),
]);

pub static USERS: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Page(
        &PAGES,
        all("users", &[filter(&["name", "id"], ThingTest::Contains, Operand::Param("Keyword"))]),
        &USER,
    ),
};

static USER: AnswerPart = AnswerPart::Object(&[
    ("Id", int("id")),
    ("RoleList", AnswerPart::Each(items_of("roles"), &ROLE_OF_USER)),
    ("RoleIdList", leaf("roles", ValueForm::Ints)),
    ("UserId", text("id")),
    ("UserName", text("name")),
    ("CorpId", text("corporation")),
    ("Email", text("email")),
    ("CreatedAt", leaf("created", ValueForm::Wall)),
    ("UpdatedAt", latest::TIME),
    ("LastLogin", leaf("last_login", ValueForm::Iso)),
    ("Status", int("status")),
    ("PhoneNumber", text("phone")),
    ("AreaCode", text("area_code")),
    ("RootAccount", leaf("root_account", ValueForm::Bool)),
    ("CorpAdmin", leaf("corp_admin", ValueForm::Bool)),
    ("AppUserId", text("app_user")),
    ("AppUserName", latest::APP_NAME),
]);

/// A role may belong to one project.
const OF_NO_OTHER_PROJECT: ThingCondition = that(is_usable);

fn is_usable(look: &Look<'_>, role: &Thing) -> bool {
    let project = role.get("project").and_then(text_of);
    project.is_none_or(|project| look.args.display("ProjectId").is_some_and(|asked| *asked == *project))
}

/// Roles with the scope of a project, and those of the project alone.
pub static PROJECT_ROLES: Telling = Telling {
    needs: &[need_project("ProjectId")],
    answer: AnswerPart::Each(
        all("roles", &[filter(&["scope_type"], ThingTest::Is, Operand::Word("2")), OF_NO_OTHER_PROJECT]),
        &ROLE,
    ),
};

static ROLE: AnswerPart = AnswerPart::Object(&[
    ("Id", int("id")),
    ("RoleName", text("name")),
    ("CorpId", text("corporation")),
    ("RoleType", AnswerPart::Constant(Constant::Text("system"))),
    ("Scope", AnswerPart::Constant(Constant::Text("project"))),
    ("Description", text("name")),
    ("ScopeType", int("scope_type")),
    ("CanChoose", AnswerPart::Constant(Constant::Bool(true))),
]);

pub static DATASOURCES: Telling = Telling {
    needs: &[need_project("ProjectId")],
    answer: AnswerPart::Page(
        &PAGES,
        all("datasources", &[IN_PROJECT, KEYWORD, filter(&["db_name"], ThingTest::Is, Operand::Param("DbName"))]),
        &DATASOURCE,
    ),
};

static DATASOURCE: AnswerPart = AnswerPart::Object(&[
    ("Id", int("id")),
    ("DbName", text("db_name")),
    ("ServiceType", text("service_type")),
    ("SourceName", text("name")),
    ("DbType", text("db_type")),
    ("DbHost", text("host")),
    ("DbPort", int("port")),
    ("DbUser", text("user_name")),
    ("Charset", text("charset")),
    ("CreatedAt", leaf("created", ValueForm::Wall)),
    ("UpdatedAt", latest::TIME),
    ("CreatedUser", text("owner")),
    ("Catalog", text("catalog")),
    ("ProjectId", text("project")),
    ("ProjectName", text("project.name")),
    ("VpcId", text("vpc")),
    ("UniqVpcId", text("uniq_vpc")),
    ("RegionId", text("region")),
    ("UpdatedUser", latest::AUTHOR),
    ("PermissionList", AnswerPart::Constant(Constant::None)),
    ("AuthList", AnswerPart::Constant(Constant::None)),
    ("DataOrigin", text("data_origin")),
    ("DataOriginProjectId", text("data_origin_project")),
    ("DataOriginDatasourceId", text("data_origin_datasource")),
    ("ClusterId", text("cluster")),
    ("UseVPC", boolean("use_vpc")),
    ("Owner", text("owner")),
    ("OwnerName", text("owner.name")),
    ("Schema", text("schema")),
    ("DbVersion", text("db_version")),
]);
