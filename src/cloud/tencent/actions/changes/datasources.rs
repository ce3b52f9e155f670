//! Data sources of projects. Of what a call sends, passwords are not kept, nor `ExtraParam`, which may hold keys of a cloud.

use crate::cloud::telling::{AnswerPart, Need, int, text};
use crate::cloud::tencent::actions::tells::{IN_PROJECT, need_project};
use crate::cloud::writing::{Edit, FieldValue, FieldWrite, IdShape, WriteAnswer, WriteStep, Writing, sent, set};
use crate::domain::Refusal;
use crate::world::things::Thing;

const KIND: &str = "datasources";

const PROJECT: Need = need_project("ProjectId");

/// The sample of a deletion has `非法的数据源ID` for `Msg` and no error, so a service that says so in a success was seen. Here
/// it is the error that the list of the action has for it, which no client takes for a success.
const DATASOURCE: Need = Need {
    param: "Id",
    kind: KIND,
    by: &["id"],
    among: &[IN_PROJECT],
    unknown: |datasource| Refusal::DatasourceUnknown { datasource },
};

/// The subject is the project.
const NEW: [FieldWrite; 7] = [
    set("id", FieldValue::NewId(IdShape::Number)),
    set("project", FieldValue::OfSubject("id")),
    set("corporation", FieldValue::OfSubject("corporation")),
    set("host", FieldValue::Text("")),
    set("port", FieldValue::Int(0)),
    set("owner", FieldValue::Caller),
    set("created", FieldValue::Now),
];

/// `ServiceType` is told as it was sent: clients write a word, a number or JSON, and compare.
const SETTINGS: [FieldWrite; 17] = [
    sent("name", "SourceName"),
    sent("db_name", "DbName"),
    sent("db_type", "DbType"),
    sent("user_name", "DbUser"),
    sent("service_type", "ServiceType"),
    sent("charset", "Charset"),
    sent("catalog", "Catalog"),
    sent("data_origin", "DataOrigin"),
    sent("data_origin_project", "DataOriginProjectId"),
    sent("data_origin_datasource", "DataOriginDatasourceId"),
    sent("vpc", "VpcId"),
    sent("uniq_vpc", "UniqVpcId"),
    sent("region", "RegionId"),
    sent("cluster", "ClusterId"),
    sent("schema", "Schema"),
    sent("db_version", "DbVersion"),
    set("use_vpc", FieldValue::SentBool("UseVPC")),
];

const OWN_ADDRESS: [FieldWrite; 2] = [sent("host", "DbHost"), set("port", FieldValue::SentInt("DbPort"))];

/// A cloud database is reached within its network.
const CLOUD_ADDRESS: [FieldWrite; 2] = [sent("host", "Vip"), set("port", FieldValue::SentInt("Vport"))];

const MODIFIED: [FieldWrite; 2] = [set("modified", FieldValue::Now), set("modified_by", FieldValue::Caller)];

/// No key and no transaction: nothing here is done after the answer.
const IDS: WriteAnswer = WriteAnswer::Part(AnswerPart::Object(&[
    ("Id", int("id")),
    ("AccessKey", text("access_key")),
    ("ProjectId", int("project")),
    ("TranId", text("transaction")),
    ("TranStatus", int("transaction_status")),
]));

pub static CREATE: Writing =
    Writing { needs: &[PROJECT], steps: &[WriteStep::Do(|edit| add_source(edit, &OWN_ADDRESS))], answer: IDS };

pub static CREATE_CLOUD: Writing =
    Writing { needs: &[PROJECT], steps: &[WriteStep::Do(|edit| add_source(edit, &CLOUD_ADDRESS))], answer: IDS };

pub static MODIFY: Writing = Writing {
    needs: &[PROJECT, DATASOURCE],
    steps: &[WriteStep::Do(|edit| change_source(edit, &OWN_ADDRESS))],
    answer: WriteAnswer::Nothing,
};

pub static MODIFY_CLOUD: Writing = Writing {
    needs: &[PROJECT, DATASOURCE],
    steps: &[WriteStep::Do(|edit| change_source(edit, &CLOUD_ADDRESS))],
    answer: WriteAnswer::Nothing,
};

pub static DELETE: Writing = Writing {
    needs: &[PROJECT, DATASOURCE],
    steps: &[WriteStep::Do(|edit| {
        let id = edit.sent("Id");
        edit.end(KIND, &id);
    })],
    answer: WriteAnswer::Nothing,
};

fn add_source(edit: &mut Edit<'_>, address: &[FieldWrite]) {
    let source = with_all(edit, Thing::default(), &[&NEW, &SETTINGS, address]);
    edit.put_subject(KIND, source);
}

/// Fields that a call leaves out stay.
fn change_source(edit: &mut Edit<'_>, address: &[FieldWrite]) {
    if let Some(source) = edit.look().things.find(KIND, &edit.sent("Id")).cloned() {
        let source = with_all(edit, source, &[&SETTINGS, address, &MODIFIED]);
        edit.put(KIND, source);
    }
}

fn with_all(edit: &Edit<'_>, source: Thing, sets: &[&[FieldWrite]]) -> Thing {
    sets.iter().fold(source, |source, fields| edit.with_fields(source, KIND, fields, ""))
}
