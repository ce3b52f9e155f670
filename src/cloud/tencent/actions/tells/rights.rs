//! Answers about rules on the rows and columns of tables, and about the API keys of a corporation.

use super::{PAGES, filter, need_project};
use crate::cloud::telling::{
    AnswerPart, AnswerType, Constant, Need, Operand, Telling, ThingCondition, ThingTest, ValueForm, all, int, leaf,
    text,
};
use crate::cloud::tencent::actions::latest;
use crate::domain::Refusal;

const OF_TABLE: ThingCondition = filter(&["table"], ThingTest::Is, Operand::Param("TableId"));
const OF_TYPE: ThingCondition = filter(&["type"], ThingTest::Is, Operand::Param("Type"));
const OF_MODE: ThingCondition = filter(&["mode"], ThingTest::Is, Operand::Param("Mode"));
const OF_ROLE: ThingCondition = filter(&["role"], ThingTest::Is, Operand::Param("RoleId"));
const OF_ROLE_TYPE: ThingCondition = filter(&["role_type"], ThingTest::Is, Operand::Param("RoleType"));

/// Where there is no such rule, the data are `null`.
pub static STATUS: Telling = Telling {
    needs: &[need_project("ProjectId")],
    answer: AnswerPart::First(all("table_permissions", &[super::IN_PROJECT, OF_TABLE, OF_TYPE]), &STATUS_OF_RULE),
};

static STATUS_OF_RULE: AnswerPart = AnswerPart::Object(&[
    ("TableId", int("table")),
    ("Type", text("type")),
    ("Mode", text("mode")),
    (
        "OpenStatus",
        AnswerPart::Computed(AnswerType::Text, |_, rule| {
            Some(if rule.get("open")?.as_bool()? { "open" } else { "close" }.into())
        }),
    ),
    ("RoleType", text("role_type")),
    ("RoleId", int("role")),
]);

pub static RANKS: Telling = Telling {
    needs: &[need_project("ProjectId")],
    answer: AnswerPart::First(
        all("table_permissions", &[super::IN_PROJECT, OF_TABLE, OF_TYPE, OF_MODE, OF_ROLE, OF_ROLE_TYPE]),
        &RULE,
    ),
};

static RULE: AnswerPart = AnswerPart::Object(&[
    ("TableId", int("table")),
    ("Type", text("type")),
    ("Mode", text("mode")),
    ("RulerInfo", text("ruler_info")),
    ("RoleId", int("role")),
    ("RoleType", text("role_type")),
    ("RowColumnConfigList", AnswerPart::Constant(Constant::None)),
]);

pub static API_KEYS: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Page(
        &PAGES,
        all("api_keys", &[filter(&["key", "default_user"], ThingTest::Contains, Operand::Param("Keyword"))]),
        &ONE_KEY,
    ),
};

pub const API_KEY_OF_CALL: Need =
    Need { param: "ApiKey", kind: "api_keys", by: &["key"], among: &[], unknown: |key| Refusal::ApiKeyUntold { key } };

pub static ONE_API_KEY: Telling = Telling {
    needs: &[API_KEY_OF_CALL],
    answer: AnswerPart::First(all("api_keys", &[filter(&["key"], ThingTest::Is, Operand::Param("ApiKey"))]), &ONE_KEY),
};

static ONE_KEY: AnswerPart = AnswerPart::Object(API_KEY);

/// Members of what is told of a key.
pub const API_KEY: &[(&str, AnswerPart)] = &[
    ("Id", int("id")),
    ("CorpId", text("corporation")),
    ("ApiKey", text("key")),
    ("DefaultUser", text("default_user")),
    ("CreatedUser", text("created_by")),
    ("CreatedAt", leaf("created", ValueForm::Wall)),
    ("UpdatedUser", latest::MAKER),
    ("UpdatedAt", latest::TIME),
];
