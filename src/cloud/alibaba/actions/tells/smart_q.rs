//! Questions to Smart Q: the things that they may be about, and who may ask.

use serde_json::{Map, Value};

use super::data::CUBE;
use super::readers::reader_may;
use super::{ADMINISTRATOR, USER, WORKSPACE, by_param, keyword, need, word};
use crate::cloud::telling::{
    AnswerPart, AnswerType, Look, Need, Telling, ThingCondition, ValueForm, all, items_of, text, that,
};
use crate::domain::Refusal;
use crate::world::things::{Thing, list_in, text_in};

/// Words of the parameter `Type`.
const CUBES: ThingCondition = that(|look, _| look.args.display("Type").as_deref() == Some("llmCube"));
const THEMES: ThingCondition = that(|look, _| look.args.display("Type").as_deref() == Some("llmCubeTheme"));

/// Only the list of the asked type has something in it.
pub static RANGES: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Object(&[
        (
            "ApiCopilotLlmCubeModels",
            AnswerPart::Each(all("llm_cubes", &[CUBES, keyword(&["alias"], "Keyword")]), &LLM_CUBE),
        ),
        (
            "ApiCopilotThemeModels",
            AnswerPart::Each(all("llm_themes", &[THEMES, keyword(&["name"], "Keyword")]), &LLM_THEME),
        ),
    ]),
};

static LLM_CUBE: AnswerPart = AnswerPart::Object(&[
    ("LlmCubeId", text("id")),
    ("Alias", text("alias")),
    ("CreateUser", text("created_by.account")),
]);

static LLM_THEME: AnswerPart = AnswerPart::Object(&[
    ("ThemeId", text("id")),
    ("ThemeName", text("name")),
    ("CreateUser", text("created_by.account")),
    ("ApiCopilotLlmCubeModels", AnswerPart::Each(items_of("llm_cubes"), &LLM_CUBE)),
]);

/// Dashboards that answer questions, with the right of the user to ask them.
pub static DASHBOARDS: Telling = Telling {
    needs: &[USER, WORKSPACE],
    answer: AnswerPart::Each(
        all(
            "works",
            &[
                word(&["type"], ValueForm::Text, "dashboard"),
                word(&["nl2sql"], ValueForm::Bool, "true"),
                by_param(&["workspace"], "WorkspaceId"),
            ],
        ),
        &DASHBOARD,
    ),
};

static DASHBOARD: AnswerPart = AnswerPart::Object(&[
    ("DashboardNl2sqlId", text("id")),
    ("DashboardName", text("name")),
    ("OwnerId", text("owner")),
    (
        "Authorities",
        AnswerPart::Computed(AnswerType::List, |look, work| {
            Some(reader_may(look, work).then_some("READ").into_iter().map(Value::from).collect())
        }),
    ),
]);

/// Whether a user may ask a thing of Smart Q: its maker, those that it names, and administrators.
fn may_ask(look: &Look<'_>, user: &str, thing: &Thing) -> bool {
    let is_administrator = || {
        let found = look.things.find("users", user);
        found.is_some_and(|user| list_in(user, "roles").iter().any(|role| *role == ADMINISTRATOR))
    };
    text_in(thing, "created_by") == user || list_in(thing, "users").iter().any(|own| own == user) || is_administrator()
}

fn asker_may(look: &Look<'_>, thing: &Thing) -> bool {
    look.args.display("UserId").is_some_and(|user| may_ask(look, &user, thing))
}

/// Both are maps from an id to a name; those of data sets are of the data sets themselves.
pub static OF_USER: Telling = Telling {
    needs: &[USER],
    answer: AnswerPart::Object(&[
        (
            "CubeIds",
            AnswerPart::Computed(AnswerType::Object, |look, _| {
                let cubes = look.things.all("llm_cubes").filter(|cube| asker_may(look, cube));
                let sets = cubes.filter_map(|cube| look.thing(cube, "dataset"));
                Some(names_by_id(sets).into())
            }),
        ),
        (
            "ThemeIds",
            AnswerPart::Computed(AnswerType::Object, |look, _| {
                Some(names_by_id(look.things.all("llm_themes").filter(|theme| asker_may(look, theme))).into())
            }),
        ),
    ]),
};

fn names_by_id<'t>(things: impl Iterator<Item = &'t Thing>) -> Map<String, Value> {
    things.map(|thing| (text_in(thing, "id").to_owned(), text_in(thing, "name").into())).collect()
}

const ASKER: Need = need("UserId", "users", &["id"], |user| Refusal::UserUnknown { user });

pub static PERMISSION: Telling = Telling {
    needs: &[CUBE, ASKER],
    answer: AnswerPart::Object(&[
        ("CubeId", text("id")),
        ("CubeName", text("name")),
        ("HasPerssion", AnswerPart::Computed(AnswerType::Bool, |look, set| Some(may_ask_dataset(look, set).into()))),
    ]),
};

/// Whether the user may ask the data set, which its owner may and whoever may ask Smart Q about it.
fn may_ask_dataset(look: &Look<'_>, set: &Thing) -> bool {
    let Some(user) = look.args.display("UserId") else { return false };
    let of_set = |cube: &&Thing| text_in(cube, "dataset") == text_in(set, "id");
    let is_named = || look.things.all("llm_cubes").filter(of_set).any(|cube| may_ask(look, &user, cube));
    set.get("smart_q") == Some(&true.into()) && (text_in(set, "owner") == &*user || is_named())
}
