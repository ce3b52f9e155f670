//! The actions that are not served, with their parameters.

use super::VERSIONS;
use crate::cloud::table::{action_rows, flag, int, list, nat, need_nat, need_text, object, other, text};

action_rows! {
    ROWS, COUNT:
    other("CreateCorpTag", VERSIONS, "Create an enterprise tag.", &[text("Name")]),
    other("CreateDataTable", VERSIONS, "Create a data table.", &[need_nat("Type"), need_text("Name"), need_nat("ProjectId"), nat("FoldId"), text("DatasourceId"), text("TableName"), text("Sql"), text("ExcelUrl"), list("Fields"), nat("TableNodeType"), list("Tables"), list("Joins"), text("ExtInfo"), flag("AsyncRequest"), text("ParentTranId"), object("ApiDatasourceConfig"), list("ParamList"), text("DlcExtInfo"), text("QueryDbData"), text("TableComment"), int("QueryFieldRemark"), list("FieldRemarkList")]),
    other("CreatePermissionRanks", VERSIONS, "Set row/column permissions.", &[int("TableId"), text("Mode"), text("RoleType"), int("RoleId"), text("RulerInfo"), text("Type"), text("OpenStatus"), int("ProjectId"), list("RowColumnConfigList")]),
    other("CreateTagTable", VERSIONS, "Create a tag table.", &[text("Name"), int("AutoImportProjectId"), int("AutoImportTableId"), text("AutoImportUinField")]),
    other("DescribeSourceFieldList", VERSIONS, "List the fields of a source table.", &[int("DataSourceId"), text("TableName"), text("Sql"), nat("ProjectId"), flag("AsyncRequest"), text("TranId"), list("ParamList"), text("DlcExtInfo"), text("QueryDbData"), text("TableId"), nat("TableType")]),
    other("EditCorpTag", VERSIONS, "Edit an enterprise tag.", &[int("Id"), text("Name"), text("ImportType"), int("AutoImportTagTableId"), text("AutoImportField"), flag("AsyncRequest"), text("AutoImportTagTableName"), text("TranId")]),
    other("ExportScreenPage", VERSIONS, "Export a page as an image (synchronous or asynchronous).", &[need_text("ProjectId"), need_text("PageId"), text("CanvasType"), text("PicType"), list("WidgetIds"), flag("AsyncRequest"), text("TranId")]),
    other("ModifyResourceUser", VERSIONS, "Change the users authorised on a resource.", &[int("ProjectId"), text("UserId"), object("Resource"), list("EntityIds"), text("ResourceType")]),
    other("ModifyResourceUserGroup", VERSIONS, "Change a user group grant on resources.", &[int("ProjectId"), list("UserGroupIds"), object("Resource"), text("ResourceType"), flag("QueryChildren")]),
    other("ModifyResourceUserGroupResource", VERSIONS, "Change the resources a user group is authorised on.", &[int("ProjectId"), int("UserGroupId"), object("Resource"), list("EntityIds"), text("ResourceType")]),
    other("ModifyTagTable", VERSIONS, "Change a tag table.", &[text("Name"), int("AutoImportProjectId"), int("AutoImportTableId"), text("AutoImportUinField"), int("Id")]),
    other("ModifyUserTag", VERSIONS, "Change the tags of a user.", &[text("UserId"), list("TagList")]),
}
