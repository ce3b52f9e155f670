//! Data sources. Names of users and passwords of a connection are not kept anywhere.

use serde_json::{Value, json};

use super::parts::{subject_id, unfit};
use crate::cloud::alibaba::actions::tells::need;
use crate::cloud::telling::{Need, text};
use crate::cloud::writing::{Edit, FieldValue, FieldWrite, IdShape, WriteAnswer, WriteStep, Writing, sent, set};
use crate::domain::{Reason, Refusal};
use crate::world::things::{Thing, text_of};

const SOURCE: Need = need("DsId", "datasources", &["id"], |datasource| Refusal::DatasourceUnknown { datasource });
const OWNER: Need = need("QuickBIOwnerId", "users", &["id"], |user| Refusal::UserUntold { user });
const CHANGE_MARK: FieldWrite = set("modified", FieldValue::Now);

/// Members of a model that say something of a connection, and the fields that keep it.
const KEPT: [(&str, &str); 8] = [
    ("showName", "name"),
    ("dsType", "type"),
    ("workspaceId", "workspace"),
    ("userId", "owner"),
    ("address", "address"),
    ("port", "port"),
    ("schema", "schema"),
    ("instance", "instance"),
];

/// Nothing is connected to: whoever asks for a data source gets one.
pub static ADD: Writing = Writing {
    needs: &[],
    steps: &[
        WriteStep::Check(Reason::ParamUnfit, |edit| {
            let (model, names) = (model(edit, "AddModel"), ["showName", "dsType", "workspaceId", "userId"]);
            (!names.iter().all(|name| model.get(*name).is_some_and(Value::is_string))).then_some(unfit("AddModel"))
        }),
        WriteStep::Check(Reason::WorkspaceUnknown, |edit| unknown_workspace(edit, "AddModel")),
        WriteStep::Check(Reason::UserUntold, |edit| unknown_owner(edit, "AddModel")),
        WriteStep::Make(
            "datasources",
            &[set("id", FieldValue::NewId(IdShape::Uuid)), set("created", FieldValue::Now), CHANGE_MARK],
        ),
        WriteStep::Do(|edit| take_over(edit, "AddModel")),
    ],
    answer: WriteAnswer::Part(text("id")),
};

/// The model is that of `AddDataSource` with the id in `dsId`, which nobody describes.
pub static UPDATE: Writing = Writing {
    needs: &[],
    steps: &[
        WriteStep::Check(Reason::ParamUnfit, |edit| {
            let model = model(edit, "UpdateModel");
            model.get("dsId").and_then(text_of).is_none().then_some(unfit("UpdateModel"))
        }),
        WriteStep::Check(Reason::DatasourceUnknown, |edit| {
            let datasource = in_model(edit, "UpdateModel", "dsId").unwrap_or_default();
            let is_there = edit.look().things.find("datasources", &datasource).is_some();
            (!is_there).then_some(Refusal::DatasourceUnknown { datasource })
        }),
        WriteStep::Check(Reason::WorkspaceUnknown, |edit| unknown_workspace(edit, "UpdateModel")),
        WriteStep::Check(Reason::UserUntold, |edit| unknown_owner(edit, "UpdateModel")),
        WriteStep::Do(|edit| {
            let id = in_model(edit, "UpdateModel", "dsId").unwrap_or_default();
            if let Some(source) = edit.look().things.find("datasources", &id).cloned() {
                edit.put_subject("datasources", source);
                edit.set_fields("datasources", &id, &[CHANGE_MARK]);
                take_over(edit, "UpdateModel");
            }
        }),
    ],
    answer: WriteAnswer::Done,
};

pub static UPDATE_PROPERTIES: Writing = Writing {
    needs: &[SOURCE, OWNER],
    steps: &[WriteStep::Set(&[
        sent("name", "ShowName"),
        sent("description", "Description"),
        sent("owner", "QuickBIOwnerId"),
        CHANGE_MARK,
    ])],
    answer: WriteAnswer::Done,
};

fn model(edit: &Edit<'_>, param: &str) -> Thing {
    serde_json::from_str(&edit.sent(param)).unwrap_or_default()
}

fn in_model(edit: &Edit<'_>, param: &str, name: &str) -> Option<String> {
    model(edit, param).get(name).and_then(text_of)
}

fn unknown_workspace(edit: &Edit<'_>, param: &str) -> Option<Refusal> {
    let workspace = in_model(edit, param, "workspaceId")?;
    edit.look().things.find("workspaces", &workspace).is_none().then_some(Refusal::WorkspaceUnknown { workspace })
}

fn unknown_owner(edit: &Edit<'_>, param: &str) -> Option<Refusal> {
    let user = in_model(edit, param, "userId")?;
    edit.look().things.find("users", &user).is_none().then_some(Refusal::UserUntold { user })
}

fn take_over(edit: &mut Edit<'_>, param: &str) {
    let (model, source) = (model(edit, param), subject_id(edit));
    edit.update("datasources", &source, |source| {
        for (theirs, ours) in KEPT {
            if let Some(value) = model.get(theirs).and_then(text_of) {
                source.insert(ours.to_owned(), json!(value));
            }
        }
    });
}
