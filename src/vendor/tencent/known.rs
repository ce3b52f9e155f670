//! Every action the vendor has, so that a call can be told from a misspelt one.
//!
//! Which of them are served is the list of rows next door in `actions`.
//! Source: the service model in the vendor's command line tool, 3.1.189.1.

use crate::vendor::catalog::KnownAction;

const VERSIONS: &[&str] = &["2022-01-05"];

const fn known(name: &'static str) -> KnownAction {
    KnownAction { name, versions: VERSIONS }
}

pub static KNOWN: &[KnownAction] = &[
    known("ApplyEmbedInterval"),
    known("ClearEmbedToken"),
    known("CreateAuthApiKey"),
    known("CreateCorpTag"),
    known("CreateDataTable"),
    known("CreateDatasource"),
    known("CreateDatasourceCloud"),
    known("CreateEmbedToken"),
    known("CreatePermissionRanks"),
    known("CreateProject"),
    known("CreateTagTable"),
    known("CreateUserGroup"),
    known("CreateUserGroupMember"),
    known("CreateUserRole"),
    known("CreateUserRoleProject"),
    known("DeleteAuthApiKey"),
    known("DeleteDatasource"),
    known("DeleteProject"),
    known("DeleteUserGroup"),
    known("DeleteUserGroupMember"),
    known("DeleteUserRole"),
    known("DeleteUserRoleProject"),
    known("DescribeAuthApiKeyInfo"),
    known("DescribeAuthApiKeyList"),
    known("DescribeDatasourceList"),
    known("DescribePageWidgetList"),
    known("DescribePermissionRanksInfo"),
    known("DescribePermissionRoleInfo"),
    known("DescribePermissionStatusInfo"),
    known("DescribeProjectInfo"),
    known("DescribeProjectList"),
    known("DescribeResourceUserGroupPageList"),
    known("DescribeSourceFieldList"),
    known("DescribeUserGroupInfo"),
    known("DescribeUserGroupMemberList"),
    known("DescribeUserGroupTreeList"),
    known("DescribeUserProjectList"),
    known("DescribeUserRoleList"),
    known("DescribeUserRoleProjectList"),
    known("EditCorpTag"),
    known("ExportScreenPage"),
    known("ModifyAuthApiKey"),
    known("ModifyDatasource"),
    known("ModifyDatasourceCloud"),
    known("ModifyProject"),
    known("ModifyResourceUser"),
    known("ModifyResourceUserGroup"),
    known("ModifyResourceUserGroupResource"),
    known("ModifyTagTable"),
    known("ModifyUserDetailInfo"),
    known("ModifyUserGroup"),
    known("ModifyUserRole"),
    known("ModifyUserRoleProject"),
    known("ModifyUserTag"),
    known("QueryUserGroupMember"),
];
