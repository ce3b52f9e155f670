//! Data sets and data sources.

use super::works::DIRECTORY;
use super::{
    PAGES, WORKSPACE, all, asked, boolean, keyword, leaf, listed, need, of_outer, one_of, spelling, text, word,
};
use crate::cloud::telling::{Filter, Form, From, Need, Node, Source, Telling, Test, With};
use crate::domain::Refusal;

const CUBE: Need = need("CubeId", "datasets", &["id"], |dataset| Refusal::DatasetUnknown { dataset });
const DATASET: Need = need("DatasetId", "datasets", &["id"], |dataset| Refusal::DatasetUnknown { dataset });
const DATASOURCE: Need =
    need("DataSourceId", "datasources", &["id"], |datasource| Refusal::DatasourceUnknown { datasource });
const CONNECTION: Need = need("DsId", "datasources", &["id"], |datasource| Refusal::DatasourceUnknown { datasource });

pub static SWITCHES: Telling = Telling {
    needs: &[CUBE],
    answer: Node::Object(&[
        ("CubeId", text("id")),
        ("IsOpenRowLevelPermission", leaf("row_permission.open", Form::Flag)),
        ("IsOpenColumnLevelPermission", leaf("column_permission.open", Form::Flag)),
    ]),
};

pub static EXISTS: Telling = Telling { needs: &[], answer: Node::Any(all("datasets", &[asked(&["id"], "CubeId")])) };

pub static LIST: Telling = Telling {
    needs: &[WORKSPACE],
    answer: Node::Page(
        &PAGES,
        all(
            "datasets",
            &[
                asked(&["workspace"], "WorkspaceId"),
                asked(&["directory"], "DirectoryId"),
                keyword(&["name"], "Keyword"),
            ],
        ),
        &DATASET_IN_LIST,
    ),
};

static DATASET_IN_LIST: Node = Node::Object(&[
    ("DatasetId", text("id")),
    ("DatasetName", text("name")),
    ("Description", text("description")),
    ("WorkspaceId", text("workspace")),
    ("WorkspaceName", text("workspace.name")),
    ("OwnerId", text("owner")),
    ("OwnerName", text("owner.account")),
    ("CreateTime", leaf("created", Form::Wall)),
    ("ModifyTime", leaf("modified", Form::Wall)),
    ("RowLevel", boolean("row_permission.open")),
    ("DataSource", Node::Inside("datasource", &DATASOURCE_OF_DATASET)),
    ("Directory", Node::Inside("directory", &DIRECTORY)),
]);

static DATASOURCE_OF_DATASET: Node =
    Node::Object(&[("DsId", text("id")), ("DsName", text("name")), ("DsType", text("type"))]);

const FIGURES: Filter = word(&["measure"], Form::Bool, "true");
const DIMENSIONS: Filter = word(&["measure"], Form::Bool, "false");

pub static ONE: Telling = Telling {
    needs: &[DATASET],
    answer: Node::Object(&[
        ("DatasetId", text("id")),
        ("DatasetName", text("name")),
        ("WorkspaceId", text("workspace")),
        ("WorkspaceName", text("workspace.name")),
        ("OwnerId", text("owner")),
        ("OwnerName", text("owner.account")),
        ("GmtCreate", leaf("created", Form::MillisText)),
        ("GmtModify", leaf("modified", Form::MillisText)),
        ("RowLevel", boolean("row_permission.open")),
        ("CustimzeSql", boolean("custom_sql")),
        ("DsId", text("datasource")),
        ("DsName", text("datasource.name")),
        ("DsType", text("datasource.type")),
        ("Directory", Node::Inside("directory", &DIRECTORY)),
        ("CubeTableList", Node::Each(listed("tables"), &TABLE)),
        ("DimensionList", Node::Each(Source { from: From::Field("fields"), filters: &[DIMENSIONS] }, &DIMENSION)),
        ("MeasureList", Node::Each(Source { from: From::Field("fields"), filters: &[FIGURES] }, &MEASURE)),
    ]),
};

static TABLE: Node = Node::Object(&[
    ("UniqueId", text("id")),
    ("TableName", text("name")),
    ("Caption", text("caption")),
    ("Sql", text("sql")),
]);

static DIMENSION: Node = Node::Object(&[
    ("Uid", text("uid")),
    ("Caption", text("caption")),
    ("FactColumn", text("name")),
    ("DataType", text("data_type")),
    ("TableUniqueId", text("table")),
]);

static MEASURE: Node = Node::Object(&[
    ("Uid", text("uid")),
    ("Caption", text("caption")),
    ("FactColumn", text("name")),
    ("DataType", text("data_type")),
    ("TableUniqueId", text("table")),
]);

/// The works that use one of the data sets.
const USES: Filter = Filter { paths: &[], form: Form::Text, test: Test::That(uses_one), with: With::Word("") };

fn uses_one(look: &crate::cloud::telling::Look<'_>, work: &crate::world::things::Thing) -> bool {
    let wanted = look.args.display("DataSetIds").unwrap_or_default();
    let sets = work.get("datasets").and_then(serde_json::Value::as_array).map_or(&[][..], Vec::as_slice);
    wanted.split(',').any(|id| sets.iter().any(|set| set.as_str() == Some(id.trim())))
}

pub static WORKS_OF_DATASETS: Telling = Telling {
    needs: &[],
    answer: Node::Each(
        all(
            "works",
            &[
                USES,
                asked(&["owner"], "UserId"),
                super::asked_as(&["type"], Form::Words(spelling::IN_LINEAGE), "WorksType"),
            ],
        ),
        &WORK_OF_DATASET,
    ),
};

static WORK_OF_DATASET: Node =
    Node::Object(&[("WorksId", text("id")), ("WorksType", leaf("type", Form::Words(spelling::IN_LINEAGE)))]);

pub static DATASETS_OF_DATASOURCE: Telling = Telling {
    needs: &[DATASOURCE],
    answer: Node::Each(all("datasets", &[of_outer(&["datasource"], "id")]), &DATASET_ID),
};

static DATASET_ID: Node = text("id");

pub static DATASOURCES: Telling = Telling {
    needs: &[WORKSPACE],
    answer: Node::Each(
        all("datasources", &[asked(&["workspace"], "WorkspaceId"), one_of(&["type"], "DsType")]),
        &DATASOURCE_IN_LIST,
    ),
};

static DATASOURCE_IN_LIST: Node = Node::Object(&[
    ("DatasourceId", text("id")),
    ("ShowName", text("name")),
    ("DsType", text("type")),
    ("CreatorId", text("owner")),
    ("CreatorName", text("owner.account")),
    ("GmtCreate", leaf("created", Form::Wall)),
    ("GmtModified", leaf("modified", Form::Wall)),
]);

/// What is secret of a connection is not told, and a world does not hold it.
pub static CONNECTION_INFO: Telling = Telling {
    needs: &[CONNECTION],
    answer: Node::Object(&[
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
