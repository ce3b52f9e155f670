//! Portals and their menus, the rules of data sets as the vendor's JSON text, and the embed modules of assistants.

use serde_json::{Value, json};

use super::data::{CUBE, DATASET};
use super::{keyword, need};
use crate::cloud::telling::{AnswerPart, AnswerType, Constant, Look, Need, Telling, ValueForm, all, leaf, text};
use crate::domain::Refusal;
use crate::world::things::{Thing, list_in, text_of};

const PORTAL: Need = need("DataPortalId", "portals", &["id"], |work| Refusal::WorkUnknown { work });
const SMALL_PORTAL: Need = need("DataportalId", "portals", &["id"], |work| Refusal::WorkUnknown { work });

pub static MENUS: Telling = Telling {
    needs: &[PORTAL],
    answer: AnswerPart::Computed(AnswerType::Text, |look, portal| {
        let user = look.args.display("UserId").and_then(|id| look.things.find("users", &id));
        let is_asked = look.args.display("UserId").is_some();
        let tree = menu_tree(list_in(portal, "menus"), &|menu| !is_asked || sees_menu(user, menu));
        Some(tree.to_string().into())
    }),
};

/// The misspelt member is the vendor's own.
fn menu_tree(menus: &[Value], is_shown: &dyn Fn(&Thing) -> bool) -> Value {
    let shown = menus.iter().filter_map(Value::as_object).filter(|menu| is_shown(menu));
    let told = |menu: &Thing| {
        let mut told = json!({
            "menuId": menu.get("id"),
            "menuName": menu.get("name"),
            "menuType": menu.get("type"),
            "showOnlyWithAccess": menu.get("show_only_with_access"),
            "dependentPermisson": !list_in(menu, "receivers").is_empty(),
        });
        let children = menu_tree(list_in(menu, "children"), is_shown);
        let more = [("uri", menu.get("uri").cloned()), ("children", Some(children))];
        for (name, value) in more.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            if value != json!([]) && !value.is_null() {
                told[name] = value;
            }
        }
        told
    };
    shown.map(told).collect()
}

/// Whether a user is shown the menu: everybody, unless it is for those alone who have a right to it.
fn sees_menu(user: Option<&Thing>, menu: &Thing) -> bool {
    let is_open = menu.get("show_only_with_access") != Some(&json!(true));
    let has = |receiver: &Value| {
        let groups = user.map_or(&[][..], |user| list_in(user, "groups"));
        match receiver["to"].as_str() {
            Some("user") => user.and_then(|user| user.get("id")) == Some(&receiver["id"]),
            Some("group") => groups.contains(&receiver["id"]),
            _ => true,
        }
    };
    is_open || list_in(menu, "receivers").iter().any(has)
}

pub static MENU_RIGHTS: Telling = Telling {
    needs: &[PORTAL],
    answer: AnswerPart::Computed(AnswerType::List, |_, portal| {
        let mut told = Vec::new();
        for menu in every_menu(list_in(portal, "menus")) {
            let receivers: Value = list_in(menu, "receivers").iter().map(receiver).collect();
            if receivers != json!([]) {
                let shown = menu.get("show_only_with_access");
                told.push(json!({ "MenuId": menu.get("id"), "Receivers": receivers, "ShowOnlyWithAccess": shown }));
            }
        }
        Some(told.into())
    }),
};

/// The rights of all menus that are shown only to those who have one.
pub static WHITE_MENUS: Telling = Telling {
    needs: &[SMALL_PORTAL],
    answer: AnswerPart::Computed(AnswerType::List, |_, portal| {
        let menus = every_menu(list_in(portal, "menus"));
        let white = menus.into_iter().filter(|menu| menu.get("show_only_with_access") == Some(&json!(true)));
        Some(white.flat_map(|menu| list_in(menu, "receivers").iter().map(receiver)).collect())
    }),
};

/// Menus with those below them, each before its own.
fn every_menu(menus: &[Value]) -> Vec<&Thing> {
    let found = menus.iter().filter_map(Value::as_object);
    found.flat_map(|menu| [vec![menu], every_menu(list_in(menu, "children"))].concat()).collect()
}

fn receiver(receiver: &Value) -> Value {
    let kinds = ["user", "group", "organization", "workspace"];
    let kind = kinds.iter().position(|kind| receiver["to"] == *kind);
    json!({ "ReceiverId": receiver["id"], "ReceiverType": kind, "AuthPointsValue": receiver["points"] })
}

// --- rules of data sets --------------------------------------------------------------------------------------------

/// The field of a data set with the rules that a parameter names.
fn permission<'a>(look: &Look<'_>, set: &'a Thing) -> Option<&'a Thing> {
    let columns = look.args.display("RuleType").as_deref() == Some("COLUMN_LEVEL");
    set.get(if columns { "column_permission" } else { "row_permission" })?.as_object()
}

fn people(of: &Value) -> Value {
    json!({ "userGroups": of["groups"], "users": of["users"] })
}

/// Members of the vendor's model of a rule that a world file does not have, and the fields that calls keep them in.
pub const MORE_OF_RULE: [(&str, &str); 2] = [("hitTakeEffect", "hit_take_effect"), ("ruleTargetScope", "target_scope")];
/// The same of the content of a rule, with what a world file has of it.
pub const CONTENT_OF_RULE: [(&str, &str); 3] =
    [("ruleContentJson", "content"), ("ruleContentType", "content_type"), ("ruleOriginConfigJson", "origin_config")];

/// A rule as the vendor tells of it.
pub fn rule_model(rule: &Value) -> Value {
    let some = |names: &[(&str, &str)]| -> Thing {
        let member = |(theirs, ours): &(&str, &str)| Some(((*theirs).to_owned(), rule.get(*ours)?.clone()));
        names.iter().filter_map(member).collect()
    };
    let mut told = some(&MORE_OF_RULE);
    told.extend(
        [
            ("ruleId", rule["id"].clone()),
            ("ruleName", rule["name"].clone()),
            ("isOpen", i64::from(rule["open"] == true).into()),
            ("ruleUsersModel", people(&rule["people"])),
            ("ruleContentModel", some(&CONTENT_OF_RULE).into()),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    );
    told.into()
}

pub static RULES: Telling = Telling {
    needs: &[CUBE],
    answer: AnswerPart::Computed(AnswerType::Text, |look, set| {
        rules_in_text(set, permission(look, set)?, &look.args.display("RuleType")?)
    }),
};

/// The same for rows alone, by an action of an older version. Nobody shows its text, so it is that of the newer one.
pub static ROW_RULES: Telling = Telling {
    needs: &[DATASET],
    answer: AnswerPart::Computed(AnswerType::Text, |_, set| {
        rules_in_text(set, set.get("row_permission")?.as_object()?, "ROW_LEVEL")
    }),
};

fn rules_in_text(set: &Thing, permission: &Thing, kind: &str) -> Option<Value> {
    let told = json!({
        "isOpen": i64::from(permission.get("open") == Some(&json!(true))),
        "ruleType": kind,
        "extraConfigModel": {
            "ruleType": kind, "missHitPolicy": permission.get("miss_hit_policy"), "cubeId": set.get("id"),
        },
        "ruleModels": list_in(permission, "rules").iter().map(rule_model).collect::<Value>(),
    });
    Some(told.to_string().into())
}

pub static WHITE_LIST: Telling = Telling {
    needs: &[CUBE],
    answer: AnswerPart::Object(&[
        ("CubeId", text("id")),
        ("RuleType", AnswerPart::Sent("RuleType")),
        (
            "UsersModel",
            AnswerPart::Computed(AnswerType::Object, |look, set| {
                let list = permission(look, set)?.get("white_list")?;
                Some(json!({ "UserGroups": list["groups"], "Users": list["users"] }))
            }),
        ),
    ]),
};

pub static MAY_BE_ASKED: Telling = Telling { needs: &[CUBE], answer: leaf("smart_q", ValueForm::Bool) };

// --- embed modules -------------------------------------------------------------------------------------------------

pub static COPILOTS: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Each(all("copilot_modules", &[keyword(&["module_name"], "Keyword")]), &COPILOT),
};

static COPILOT: AnswerPart = AnswerPart::Object(&[
    ("CopilotId", text("id")),
    ("ModuleName", text("module_name")),
    ("ShowName", text("show_name")),
    ("AgentName", text("agent_name")),
    ("CreateUser", text("created_by")),
    ("CreateUserName", text("created_by.account")),
    ("ModifyUser", text("created_by")),
    (
        "DataRange",
        AnswerPart::Computed(AnswerType::Object, |_, module| {
            let (cubes, themes) = (list_in(module, "cubes"), list_in(module, "themes"));
            let all = (cubes.is_empty(), themes.is_empty());
            Some(json!({ "AllCube": all.0, "AllTheme": all.1, "LlmCubes": cubes, "Themes": themes }))
        }),
    ),
]);

pub static AI_PROS: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Each(all("ai_pro_modules", &[keyword(&["show_name"], "Keyword")]), &AI_PRO),
};

static AI_PRO: AnswerPart = AnswerPart::Object(&[
    ("AiProId", text("id")),
    ("ShowName", text("show_name")),
    ("AgentName", text("agent_name")),
    ("Config", text("config")),
    ("Status", AnswerPart::Constant(Constant::Int(1))),
]);

// --- accounts of mobile platforms ----------------------------------------------------------------------------------

pub static BY_MOBILE: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Computed(AnswerType::Object, |look, _| {
        let is = |user: &&Thing| {
            let field = |name: &str| user.get("mobile").and_then(|mobile| text_of(&mobile[name]));
            let sent = |name: &str| look.args.display(name).map(std::borrow::Cow::into_owned);
            field("type") == sent("MobileType") && field("id") == sent("MobileUserId")
        };
        let user = look.things.all("users").find(is);
        // Nobody says what the answer is when there is none, so it is one without members.
        Some(user.map_or_else(
            || json!({}),
            |user| json!({ "BoundUserId": user.get("id"), "ThirdAccountName": user.get("account") }),
        ))
    }),
};
