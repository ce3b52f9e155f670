//! The actions that are not served, with their parameters.

use super::VERSIONS;
use crate::cloud::table::{action_rows, flag, int, list, nat, need_int, need_nat, need_text, object, other, text};

action_rows! {
    ROWS, COUNT:
    other("CreateAuthApiKey", VERSIONS, "Create a BI-side API key.", &[text("DefaultUser")]),
    other("CreateCorpTag", VERSIONS, "Create an enterprise tag.", &[text("Name")]),
    other("CreateDataTable", VERSIONS, "Create a data table.", &[need_nat("Type"), need_text("Name"), need_nat("ProjectId"), nat("FoldId"), text("DatasourceId"), text("TableName"), text("Sql"), text("ExcelUrl"), list("Fields"), nat("TableNodeType"), list("Tables"), list("Joins"), text("ExtInfo"), flag("AsyncRequest"), text("ParentTranId"), object("ApiDatasourceConfig"), list("ParamList"), text("DlcExtInfo"), text("QueryDbData"), text("TableComment"), int("QueryFieldRemark"), list("FieldRemarkList")]),
    other("CreateDatasource", VERSIONS, "Create a data source (self-owned connection).", &[need_text("DbHost"), need_nat("DbPort"), need_text("ServiceType"), need_text("DbType"), need_text("Charset"), need_text("DbUser"), need_text("DbPwd"), need_text("DbName"), need_text("SourceName"), need_nat("ProjectId"), text("Catalog"), text("DataOrigin"), text("DataOriginProjectId"), text("DataOriginDatasourceId"), text("ExtraParam"), text("UniqVpcId"), text("Vip"), text("Vport"), text("VpcId"), list("OperationAuthLimit"), flag("UseVPC"), text("RegionId"), text("Schema"), text("DbVersion")]),
    other("CreateDatasourceCloud", VERSIONS, "Create a data source backed by a cloud database.", &[need_text("ServiceType"), need_text("DbType"), need_text("Charset"), need_text("DbUser"), need_text("DbPwd"), need_text("DbName"), need_text("SourceName"), need_text("ProjectId"), text("Vip"), text("Vport"), text("VpcId"), text("UniqVpcId"), text("RegionId"), text("ExtraParam"), text("InstanceId"), text("ProdDbName"), text("DataOrigin"), text("DataOriginProjectId"), text("DataOriginDatasourceId"), text("ClusterId"), text("Schema"), text("DbVersion")]),
    other("CreatePermissionRanks", VERSIONS, "Set row/column permissions.", &[int("TableId"), text("Mode"), text("RoleType"), int("RoleId"), text("RulerInfo"), text("Type"), text("OpenStatus"), int("ProjectId"), list("RowColumnConfigList")]),
    other("CreateTagTable", VERSIONS, "Create a tag table.", &[text("Name"), int("AutoImportProjectId"), int("AutoImportTableId"), text("AutoImportUinField")]),
    other("CreateUserGroup", VERSIONS, "Create a user group.", &[text("AdminUserId"), text("Description"), text("GroupName"), int("Location"), int("ParentId")]),
    other("CreateUserGroupMember", VERSIONS, "Add members to a user group.", &[nat("GroupId"), list("UserIdList")]),
    other("CreateUserRole", VERSIONS, "Create users and give them roles.", &[list("RoleIdList"), list("UserList"), list("UserInfoList"), list("UserGroups")]),
    other("CreateUserRoleProject", VERSIONS, "Add users with roles to a project.", &[int("ProjectId"), list("RoleIdList"), list("UserList"), list("UserInfoList")]),
    other("DeleteAuthApiKey", VERSIONS, "Delete a BI-side API key.", &[need_text("ApiKey")]),
    other("DeleteDatasource", VERSIONS, "Delete a data source.", &[need_nat("Id"), need_nat("ProjectId")]),
    other("DeleteUserGroup", VERSIONS, "Delete a user group.", &[int("Id")]),
    other("DeleteUserGroupMember", VERSIONS, "Remove members from a user group.", &[nat("GroupId"), list("UserIdList")]),
    other("DeleteUserRole", VERSIONS, "Delete a user and their roles.", &[need_text("UserId")]),
    other("DeleteUserRoleProject", VERSIONS, "Remove a user from a project.", &[need_int("ProjectId"), need_text("UserId")]),
    other("DescribeSourceFieldList", VERSIONS, "List the fields of a source table.", &[int("DataSourceId"), text("TableName"), text("Sql"), nat("ProjectId"), flag("AsyncRequest"), text("TranId"), list("ParamList"), text("DlcExtInfo"), text("QueryDbData"), text("TableId"), nat("TableType")]),
    other("EditCorpTag", VERSIONS, "Edit an enterprise tag.", &[int("Id"), text("Name"), text("ImportType"), int("AutoImportTagTableId"), text("AutoImportField"), flag("AsyncRequest"), text("AutoImportTagTableName"), text("TranId")]),
    other("ExportScreenPage", VERSIONS, "Export a page as an image (synchronous or asynchronous).", &[need_text("ProjectId"), need_text("PageId"), text("CanvasType"), text("PicType"), list("WidgetIds"), flag("AsyncRequest"), text("TranId")]),
    other("ModifyAuthApiKey", VERSIONS, "Change a BI-side API key.", &[need_text("ApiKey"), text("DefaultUser")]),
    other("ModifyDatasource", VERSIONS, "Change a data source.", &[need_text("DbHost"), need_nat("DbPort"), need_text("ServiceType"), need_text("DbType"), need_text("Charset"), need_text("DbUser"), need_text("DbPwd"), need_text("DbName"), need_text("SourceName"), need_int("Id"), need_nat("ProjectId"), text("Catalog"), text("DataOrigin"), text("DataOriginProjectId"), text("DataOriginDatasourceId"), text("ExtraParam"), text("UniqVpcId"), text("Vip"), text("Vport"), text("VpcId"), flag("UseVPC"), text("RegionId"), text("Schema"), text("DbVersion")]),
    other("ModifyDatasourceCloud", VERSIONS, "Change a cloud-database data source.", &[need_text("ServiceType"), need_text("DbType"), need_text("Charset"), need_text("DbUser"), need_text("DbPwd"), need_text("DbName"), need_text("SourceName"), need_text("ProjectId"), need_nat("Id"), text("Vip"), text("Vport"), text("VpcId"), text("UniqVpcId"), text("RegionId"), text("ExtraParam"), text("InstanceId"), text("ProdDbName"), text("DataOrigin"), text("DataOriginProjectId"), text("DataOriginDatasourceId"), text("ClusterId"), text("Schema"), text("DbVersion")]),
    other("ModifyResourceUser", VERSIONS, "Change the users authorised on a resource.", &[int("ProjectId"), text("UserId"), object("Resource"), list("EntityIds"), text("ResourceType")]),
    other("ModifyResourceUserGroup", VERSIONS, "Change a user group grant on resources.", &[int("ProjectId"), list("UserGroupIds"), object("Resource"), text("ResourceType"), flag("QueryChildren")]),
    other("ModifyResourceUserGroupResource", VERSIONS, "Change the resources a user group is authorised on.", &[int("ProjectId"), int("UserGroupId"), object("Resource"), list("EntityIds"), text("ResourceType")]),
    other("ModifyTagTable", VERSIONS, "Change a tag table.", &[text("Name"), int("AutoImportProjectId"), int("AutoImportTableId"), text("AutoImportUinField"), int("Id")]),
    other("ModifyUserDetailInfo", VERSIONS, "Change the details of a user.", &[text("UserId"), list("RoleIdList"), text("Email"), text("UserName"), text("PhoneNumber"), text("AreaCode"), text("AppUserId"), int("LoginSecurityStatus"), int("ResetPassWordTip"), int("ForceResetPassWord"), int("PasswordExpired"), list("UserGroupIdList")]),
    other("ModifyUserGroup", VERSIONS, "Change a user group.", &[list("UpdateList")]),
    other("ModifyUserRole", VERSIONS, "Change the roles of a user.", &[text("UserId"), list("RoleIdList"), text("Email"), text("UserName"), text("PhoneNumber"), text("AreaCode"), text("AppUserId"), int("LoginSecurityStatus"), int("ResetPassWordTip"), int("ForceResetPassWord"), int("PasswordExpired")]),
    other("ModifyUserRoleProject", VERSIONS, "Change the roles of a user in a project.", &[int("ProjectId"), text("UserId"), list("RoleIdList"), text("Email"), text("UserName"), text("AppUserId")]),
    other("ModifyUserTag", VERSIONS, "Change the tags of a user.", &[text("UserId"), list("TagList")]),
}
