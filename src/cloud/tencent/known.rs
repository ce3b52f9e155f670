//! Every action the vendor has, so that a call can be told from a misspelt one.
//!
//! Which of them are served is the list of rows next door in `actions`.
//! Source: the service model in the vendor's command line tool, 3.1.189.1.

use crate::cloud::catalog::KnownAction;

const VERSIONS: &[&str] = &["2022-01-05"];

const fn known_action(name: &'static str) -> KnownAction {
    KnownAction { name, versions: VERSIONS }
}

pub static KNOWN: &[KnownAction] = &[
    known_action("ApplyEmbedInterval"),
    known_action("ClearEmbedToken"),
    known_action("CreateAuthApiKey"),
    known_action("CreateCorpTag"),
    known_action("CreateDataTable"),
    known_action("CreateDatasource"),
    known_action("CreateDatasourceCloud"),
    known_action("CreateEmbedToken"),
    known_action("CreatePermissionRanks"),
    known_action("CreateProject"),
    known_action("CreateTagTable"),
    known_action("CreateUserGroup"),
    known_action("CreateUserGroupMember"),
    known_action("CreateUserRole"),
    known_action("CreateUserRoleProject"),
    known_action("DeleteAuthApiKey"),
    known_action("DeleteDatasource"),
    known_action("DeleteProject"),
    known_action("DeleteUserGroup"),
    known_action("DeleteUserGroupMember"),
    known_action("DeleteUserRole"),
    known_action("DeleteUserRoleProject"),
    known_action("DescribeAuthApiKeyInfo"),
    known_action("DescribeAuthApiKeyList"),
    known_action("DescribeDatasourceList"),
    known_action("DescribePageWidgetList"),
    known_action("DescribePermissionRanksInfo"),
    known_action("DescribePermissionRoleInfo"),
    known_action("DescribePermissionStatusInfo"),
    known_action("DescribeProjectInfo"),
    known_action("DescribeProjectList"),
    known_action("DescribeResourceUserGroupPageList"),
    known_action("DescribeSourceFieldList"),
    known_action("DescribeUserGroupInfo"),
    known_action("DescribeUserGroupMemberList"),
    known_action("DescribeUserGroupTreeList"),
    known_action("DescribeUserProjectList"),
    known_action("DescribeUserRoleList"),
    known_action("DescribeUserRoleProjectList"),
    known_action("EditCorpTag"),
    known_action("ExportScreenPage"),
    known_action("ModifyAuthApiKey"),
    known_action("ModifyDatasource"),
    known_action("ModifyDatasourceCloud"),
    known_action("ModifyProject"),
    known_action("ModifyResourceUser"),
    known_action("ModifyResourceUserGroup"),
    known_action("ModifyResourceUserGroupResource"),
    known_action("ModifyTagTable"),
    known_action("ModifyUserDetailInfo"),
    known_action("ModifyUserGroup"),
    known_action("ModifyUserRole"),
    known_action("ModifyUserRoleProject"),
    known_action("ModifyUserTag"),
    known_action("QueryUserGroupMember"),
];
