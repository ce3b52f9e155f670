//! The actions that change things, as rows: what each takes, and what becomes of the things.
//!
//! Parameters are those of the service model of the vendor's CLI, 3.1.189.1.

mod datasources;
mod groups;
mod keys;
mod members;
mod people;
mod projects;
mod users;

use super::VERSIONS;
use crate::cloud::table::{action_rows, flag, int, list, nat, need_int, need_nat, need_text, text, writes};

action_rows! {
    ROWS, COUNT:
    writes("CreateProject", VERSIONS, "Create a project.", &[need_text("Name"), need_text("ColorCode"), text("Logo"), text("Mark"), flag("IsApply"), int("DefaultPanelType"), text("ManagePlatform")], &projects::CREATE),
    writes("ModifyProject", VERSIONS, "Change a project.", &[need_nat("Id"), text("Name"), text("ColorCode"), text("Logo"), text("Mark"), flag("IsApply"), text("Seed"), int("DefaultPanelType"), text("PanelScope"), text("ManagePlatform")], &projects::MODIFY),
    writes("DeleteProject", VERSIONS, "Delete a project.", &[need_nat("Id"), text("Seed"), int("DefaultPanelType")], &projects::DELETE),
    writes("CreateUserRole", VERSIONS, "Create users and give them roles.", &[list("RoleIdList"), list("UserList"), list("UserInfoList"), list("UserGroups")], &users::CREATE),
    writes("ModifyUserRole", VERSIONS, "Change the roles of a user.", &[text("UserId"), list("RoleIdList"), text("Email"), text("UserName"), text("PhoneNumber"), text("AreaCode"), text("AppUserId"), int("LoginSecurityStatus"), int("ResetPassWordTip"), int("ForceResetPassWord"), int("PasswordExpired")], &users::MODIFY),
    writes("DeleteUserRole", VERSIONS, "Delete a user and their roles.", &[need_text("UserId")], &users::DELETE),
    writes("ModifyUserDetailInfo", VERSIONS, "Change the details of a user.", &[text("UserId"), list("RoleIdList"), text("Email"), text("UserName"), text("PhoneNumber"), text("AreaCode"), text("AppUserId"), int("LoginSecurityStatus"), int("ResetPassWordTip"), int("ForceResetPassWord"), int("PasswordExpired"), list("UserGroupIdList")], &users::MODIFY),
    writes("CreateUserRoleProject", VERSIONS, "Add users with roles to a project.", &[int("ProjectId"), list("RoleIdList"), list("UserList"), list("UserInfoList")], &members::CREATE),
    writes("ModifyUserRoleProject", VERSIONS, "Change the roles of a user in a project.", &[int("ProjectId"), text("UserId"), list("RoleIdList"), text("Email"), text("UserName"), text("AppUserId")], &members::MODIFY),
    writes("DeleteUserRoleProject", VERSIONS, "Remove a user from a project.", &[need_int("ProjectId"), need_text("UserId")], &members::DELETE),
    writes("CreateDatasource", VERSIONS, "Create a data source (self-owned connection).", &[need_text("DbHost"), need_nat("DbPort"), need_text("ServiceType"), need_text("DbType"), need_text("Charset"), need_text("DbUser"), need_text("DbPwd"), need_text("DbName"), need_text("SourceName"), need_nat("ProjectId"), text("Catalog"), text("DataOrigin"), text("DataOriginProjectId"), text("DataOriginDatasourceId"), text("ExtraParam"), text("UniqVpcId"), text("Vip"), text("Vport"), text("VpcId"), list("OperationAuthLimit"), flag("UseVPC"), text("RegionId"), text("Schema"), text("DbVersion")], &datasources::CREATE),
    writes("CreateDatasourceCloud", VERSIONS, "Create a data source backed by a cloud database.", &[need_text("ServiceType"), need_text("DbType"), need_text("Charset"), need_text("DbUser"), need_text("DbPwd"), need_text("DbName"), need_text("SourceName"), need_text("ProjectId"), text("Vip"), text("Vport"), text("VpcId"), text("UniqVpcId"), text("RegionId"), text("ExtraParam"), text("InstanceId"), text("ProdDbName"), text("DataOrigin"), text("DataOriginProjectId"), text("DataOriginDatasourceId"), text("ClusterId"), text("Schema"), text("DbVersion")], &datasources::CREATE_CLOUD),
    writes("ModifyDatasource", VERSIONS, "Change a data source.", &[need_text("DbHost"), need_nat("DbPort"), need_text("ServiceType"), need_text("DbType"), need_text("Charset"), need_text("DbUser"), need_text("DbPwd"), need_text("DbName"), need_text("SourceName"), need_int("Id"), need_nat("ProjectId"), text("Catalog"), text("DataOrigin"), text("DataOriginProjectId"), text("DataOriginDatasourceId"), text("ExtraParam"), text("UniqVpcId"), text("Vip"), text("Vport"), text("VpcId"), flag("UseVPC"), text("RegionId"), text("Schema"), text("DbVersion")], &datasources::MODIFY),
    writes("ModifyDatasourceCloud", VERSIONS, "Change a cloud-database data source.", &[need_text("ServiceType"), need_text("DbType"), need_text("Charset"), need_text("DbUser"), need_text("DbPwd"), need_text("DbName"), need_text("SourceName"), need_text("ProjectId"), need_nat("Id"), text("Vip"), text("Vport"), text("VpcId"), text("UniqVpcId"), text("RegionId"), text("ExtraParam"), text("InstanceId"), text("ProdDbName"), text("DataOrigin"), text("DataOriginProjectId"), text("DataOriginDatasourceId"), text("ClusterId"), text("Schema"), text("DbVersion")], &datasources::MODIFY_CLOUD),
    writes("DeleteDatasource", VERSIONS, "Delete a data source.", &[need_nat("Id"), need_nat("ProjectId")], &datasources::DELETE),
    writes("CreateUserGroup", VERSIONS, "Create a user group.", &[text("AdminUserId"), text("Description"), text("GroupName"), int("Location"), int("ParentId")], &groups::CREATE),
    writes("ModifyUserGroup", VERSIONS, "Change a user group.", &[list("UpdateList")], &groups::MODIFY),
    writes("DeleteUserGroup", VERSIONS, "Delete a user group.", &[int("Id")], &groups::DELETE),
    writes("CreateUserGroupMember", VERSIONS, "Add members to a user group.", &[nat("GroupId"), list("UserIdList")], &groups::ADD_MEMBERS),
    writes("DeleteUserGroupMember", VERSIONS, "Remove members from a user group.", &[nat("GroupId"), list("UserIdList")], &groups::REMOVE_MEMBERS),
    writes("CreateAuthApiKey", VERSIONS, "Create a BI-side API key.", &[text("DefaultUser")], &keys::CREATE),
    writes("ModifyAuthApiKey", VERSIONS, "Change a BI-side API key.", &[need_text("ApiKey"), text("DefaultUser")], &keys::MODIFY),
    writes("DeleteAuthApiKey", VERSIONS, "Delete a BI-side API key.", &[need_text("ApiKey")], &keys::DELETE),
}
