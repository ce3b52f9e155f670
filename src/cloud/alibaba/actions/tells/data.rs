//! Data sets and data sources.

use serde_json::{Value, json};

use super::works::DIRECTORY;
use super::{PAGES, WORKSPACE, by_param, keyword, need, of_outer, one_of, paging, spelling, word};
use crate::cloud::telling::{
    AnswerPart, AnswerType, ListMember, ListPages, Look, Need, Source, Telling, ThingCondition, ThingOrigin, ValueForm,
    all, boolean, comma_list, int, items_of, leaf, text, that,
};
use crate::domain::Refusal;
use crate::world::things::{Thing, list_in};

pub(super) const CUBE: Need = need("CubeId", "datasets", &["id"], |dataset| Refusal::DatasetUnknown { dataset });
pub(super) const DATASET: Need = need("DatasetId", "datasets", &["id"], |dataset| Refusal::DatasetUnknown { dataset });
const DATASOURCE: Need =
    need("DataSourceId", "datasources", &["id"], |datasource| Refusal::DatasourceUnknown { datasource });
const CONNECTION: Need = need("DsId", "datasources", &["id"], |datasource| Refusal::DatasourceUnknown { datasource });

pub static SWITCHES: Telling = Telling {
    needs: &[CUBE],
    answer: AnswerPart::Object(&[
        ("CubeId", text("id")),
        ("IsOpenRowLevelPermission", leaf("row_permission.open", ValueForm::Flag)),
        ("IsOpenColumnLevelPermission", leaf("column_permission.open", ValueForm::Flag)),
    ]),
};

pub static EXISTS: Telling =
    Telling { needs: &[], answer: AnswerPart::Any(all("datasets", &[by_param(&["id"], "CubeId")])) };

pub static LIST: Telling = Telling {
    needs: &[WORKSPACE],
    answer: AnswerPart::Page(
        &PAGES,
        all(
            "datasets",
            &[
                by_param(&["workspace"], "WorkspaceId"),
                by_param(&["directory"], "DirectoryId"),
                keyword(&["name"], "Keyword"),
            ],
        ),
        &DATASET_IN_LIST,
    ),
};

static DATASET_IN_LIST: AnswerPart = AnswerPart::Object(&[
    ("DatasetId", text("id")),
    ("DatasetName", text("name")),
    ("Description", text("description")),
    ("WorkspaceId", text("workspace")),
    ("WorkspaceName", text("workspace.name")),
    ("OwnerId", text("owner")),
    ("OwnerName", text("owner.account")),
    ("CreateTime", leaf("created", ValueForm::Wall)),
    ("ModifyTime", leaf("modified", ValueForm::Wall)),
    ("RowLevel", boolean("row_permission.open")),
    ("DataSource", AnswerPart::Inside("datasource", &DATASOURCE_OF_DATASET)),
    ("Directory", AnswerPart::Inside("directory", &DIRECTORY)),
]);

static DATASOURCE_OF_DATASET: AnswerPart =
    AnswerPart::Object(&[("DsId", text("id")), ("DsName", text("name")), ("DsType", text("type"))]);

const FIGURES: ThingCondition = word(&["measure"], ValueForm::Bool, "true");
const DIMENSIONS: ThingCondition = word(&["measure"], ValueForm::Bool, "false");

pub static ONE: Telling = Telling {
    needs: &[DATASET],
    answer: AnswerPart::Object(&[
        ("DatasetId", text("id")),
        ("DatasetName", text("name")),
        ("WorkspaceId", text("workspace")),
        ("WorkspaceName", text("workspace.name")),
        ("OwnerId", text("owner")),
        ("OwnerName", text("owner.account")),
        ("GmtCreate", leaf("created", ValueForm::MillisText)),
        ("GmtModify", leaf("modified", ValueForm::MillisText)),
        ("RowLevel", boolean("row_permission.open")),
        ("CustimzeSql", boolean("custom_sql")),
        ("DsId", text("datasource")),
        ("DsName", text("datasource.name")),
        ("DsType", text("datasource.type")),
        ("Directory", AnswerPart::Inside("directory", &DIRECTORY)),
        ("CubeTableList", AnswerPart::Each(items_of("tables"), &TABLE)),
        (
            "DimensionList",
            AnswerPart::Each(Source { from: ThingOrigin::Field("fields"), filters: &[DIMENSIONS] }, &DIMENSION),
        ),
        ("MeasureList", AnswerPart::Each(Source { from: ThingOrigin::Field("fields"), filters: &[FIGURES] }, &MEASURE)),
    ]),
};

static TABLE: AnswerPart = AnswerPart::Object(&[
    ("UniqueId", text("id")),
    ("TableName", text("name")),
    ("Caption", text("caption")),
    ("Sql", text("sql")),
]);

static DIMENSION: AnswerPart = AnswerPart::Object(&[
    ("Uid", text("uid")),
    ("Caption", text("caption")),
    ("FactColumn", text("name")),
    ("DataType", text("data_type")),
    ("TableUniqueId", text("table")),
]);

static MEASURE: AnswerPart = AnswerPart::Object(&[
    ("Uid", text("uid")),
    ("Caption", text("caption")),
    ("FactColumn", text("name")),
    ("DataType", text("data_type")),
    ("TableUniqueId", text("table")),
]);

/// The works that use one of the data sets.
const USES: ThingCondition = that(uses_one);

fn uses_one(look: &Look<'_>, work: &Thing) -> bool {
    let wanted = look.args.display("DataSetIds").unwrap_or_default();
    comma_list(&wanted).any(|id| list_in(work, "datasets").iter().any(|set| set.as_str() == Some(id)))
}

pub static WORKS_OF_DATASETS: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Each(
        all(
            "works",
            &[
                USES,
                by_param(&["owner"], "UserId"),
                super::by_param_as(&["type"], ValueForm::Words(spelling::IN_LINEAGE), "WorksType"),
            ],
        ),
        &WORK_OF_DATASET,
    ),
};

static WORK_OF_DATASET: AnswerPart =
    AnswerPart::Object(&[("WorksId", text("id")), ("WorksType", leaf("type", ValueForm::Words(spelling::IN_LINEAGE)))]);

pub static DATASETS_OF_DATASOURCE: Telling = Telling {
    needs: &[DATASOURCE],
    answer: AnswerPart::Each(all("datasets", &[of_outer(&["datasource"], "id")]), &DATASET_ID),
};

static DATASET_ID: AnswerPart = text("id");

pub static DATASOURCES: Telling = Telling {
    needs: &[WORKSPACE],
    answer: AnswerPart::Each(
        all("datasources", &[by_param(&["workspace"], "WorkspaceId"), one_of(&["type"], "DsType")]),
        &DATASOURCE_IN_LIST,
    ),
};

static DATASOURCE_IN_LIST: AnswerPart = AnswerPart::Object(&[
    ("DatasourceId", text("id")),
    ("ShowName", text("name")),
    ("DsType", text("type")),
    ("CreatorId", text("owner")),
    ("CreatorName", text("owner.account")),
    ("GmtCreate", leaf("created", ValueForm::Wall)),
    ("GmtModified", leaf("modified", ValueForm::Wall)),
]);

/// Secrets of a connection are not told, and a world does not hold them.
pub static CONNECTION_INFO: Telling = Telling {
    needs: &[CONNECTION],
    answer: AnswerPart::Object(&[
        ("DsId", text("id")),
        ("ShowName", text("name")),
        ("DsType", text("type")),
        ("WorkspaceId", text("workspace")),
        ("CreatorId", text("owner")),
        ("ModifyUser", text("owner")),
        ("Address", text("address")),
        ("Port", text("port")),
        ("Schema", text("schema")),
    ]),
};

/// A data set in the vendor's JSON text, with the members that its sample shows.
pub static DETAILS: Telling = Telling {
    needs: &[DATASET],
    answer: AnswerPart::Computed(AnswerType::Text, |look, set| {
        let fields = |measure: bool| {
            let all = list_in(set, "fields").iter().filter(move |field| (field["measure"] == true) == measure);
            all.map(field_in_text).collect::<Value>()
        };
        let table = list_in(set, "tables").first();
        let directory = look.thing(set, "directory").map(|directory| {
            json!({
                "id": directory.get("id"),
                "name": directory.get("name"),
                "pathId": directory.get("path_id"),
                "pathName": directory.get("path_name"),
            })
        });
        let told = json!({
            "cube": {
                "dimensions": fields(false),
                "measures": fields(true),
                "table": {
                    "customsql": set.get("custom_sql"),
                    "dsId": set.get("datasource"),
                    "sql": table.map(|table| &table["sql"]),
                    "tableName": table.map(|table| &table["name"]),
                },
            },
            "datasetId": set.get("id"),
            "datasetName": set.get("name"),
            "directory": directory,
        });
        Some(told.to_string().into())
    }),
};

fn field_in_text(field: &Value) -> Value {
    let (member, kind) = match field["measure"] == true {
        true => ("measureType", "standard_measure"),
        false => ("dimensionType", "standard_dimension"),
    };
    json!({
        "caption": field["caption"],
        "dataType": field["data_type"],
        member: kind,
        "factColumn": field["name"],
        "uid": field["uid"],
    })
}

/// Pages of this list have no number of all pages.
static API_PAGES: ListPages = paging(
    "PageNum",
    &[
        ("Data", ListMember::Items),
        ("PageNum", ListMember::Number),
        ("PageSize", ListMember::Size),
        ("TotalNum", ListMember::Total),
    ],
);

const OVER_HTTP: ThingCondition = that(|_, source| source.contains_key("api"));

pub static API_SOURCES: Telling = Telling {
    needs: &[WORKSPACE],
    answer: AnswerPart::Page(
        &API_PAGES,
        all("datasources", &[OVER_HTTP, by_param(&["workspace"], "WorkspaceId"), keyword(&["name"], "KeyWord")]),
        &API_SOURCE,
    ),
};

static API_SOURCE: AnswerPart = AnswerPart::Object(&[
    ("ApiId", text("id")),
    ("Body", text("api.body")),
    ("DateUpdateTime", leaf("api.updated", ValueForm::Wall)),
    ("GmtCreate", leaf("created", ValueForm::Wall)),
    ("GmtModified", leaf("modified", ValueForm::Wall)),
    ("JobId", AnswerPart::Computed(AnswerType::Text, job_of_source)),
    ("Parameters", text("api.parameters")),
    ("ShowName", text("name")),
    ("StatusType", int("api.status")),
]);

/// The job that reads a source, called as in the vendor's sample.
fn job_of_source(_: &Look<'_>, source: &Thing) -> Option<Value> {
    Some(format!("REST_API_SYNC_{}", source.get("id")?.as_str()?).into())
}

pub static DYNAMIC_TAGS: Telling =
    Telling { needs: &[], answer: AnswerPart::Each(all("dynamic_tags", &[]), &DYNAMIC_TAG) };

static DYNAMIC_TAG: AnswerPart = AnswerPart::Object(&[
    ("ConfigId", text("id")),
    ("ConfigName", text("name")),
    ("OrganizationId", text("organization")),
    ("DsId", text("datasource")),
    ("TableName", text("table")),
    ("ColumnName", text("column")),
    ("RelatedAttribute", int("related")),
]);
