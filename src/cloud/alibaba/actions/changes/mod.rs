//! The actions that change things, as rows: what each takes, and what becomes of the things.
//!
//! Names, versions and parameters are those of the vendor's Python SDKs, 1.4.0 to 2.0.0 and 1.19.0 of the newer line;
//! lengths, numbers and words those that its SDKs and pages describe. Nick names and names of tags and groups may there have
//! certain letters alone, which is left out: no code for it is known.

mod groups;
mod menus;
mod modules;
mod parts;
mod people;
mod permissions;
mod rights;
mod rules;
mod sources;
mod tags;
mod traces;
mod works;
mod workspaces;

use crate::cloud::catalog::{ParamKind, ParamRow, ParamRule, ValueRange};
use crate::cloud::table::{action_rows, flag, int, need_flag, need_int, need_text, param, text, writes};

const CURRENT: &str = "2022-01-01";

/// 1 developer, 2 visitor, 3 analyst.
const USER_TYPE: ParamRow = number("UserType", 1, 3);
const NEED_USER_TYPE: ParamRow = ParamRow { required: true, ..USER_TYPE };
const NEED_NICK: ParamRow = need_chars("NickName", 50);
/// Milliseconds until the end of the year 9999.
const EXPIRE_DATE: ParamRow = ParamRow { required: true, ..number("ExpireDate", 0, 253_402_300_799_999) };

const fn number(name: &'static str, low: i64, high: i64) -> ParamRow {
    param(name, ParamKind::Int, ParamRule::Number(ValueRange::Fixed(low, high)), "")
}

const fn flag_number(name: &'static str) -> ParamRow {
    ParamRow { required: true, ..number(name, 0, 1) }
}

const fn chars(name: &'static str, most: usize) -> ParamRow {
    param(name, ParamKind::Text, ParamRule::Chars(most), "")
}

const fn need_chars(name: &'static str, most: usize) -> ParamRow {
    ParamRow { required: true, ..chars(name, most) }
}

action_rows! {
    ROWS, COUNT:
    writes("AddDataLevelPermissionRuleUsers", &["2020-11-11", CURRENT], "Add people or groups to an existing row/column permission rule.", &[need_text("AddUserModel")], &rules::ADD_PEOPLE),
    writes("AddDataLevelPermissionWhiteList", &["2020-11-11", CURRENT], "Append entries to a dataset's row/column permission allow-list.", &[need_text("CubeId"), text("OperateType"), text("RuleType"), text("TargetIds"), text("TargetType")], &permissions::EDIT_WHITE_LIST),
    writes("AddDataSource", &[CURRENT], "Create a data source connection.", &[need_text("AddModel")], &sources::ADD),
    writes("AddShareReport", &["2020-08-04", CURRENT], "Share a report with a user, group or the organization.", &[need_int("AuthPoint"), EXPIRE_DATE, text("ShareToId"), need_int("ShareToType"), need_text("WorksId")], &rights::SHARE),
    writes("AddUser", &["2020-08-01", CURRENT], "Add a member to the organization.", &[chars("AccountId", 50), chars("AccountName", 50), flag("AdminUser"), flag("AuthAdminUser"), text("CopilotModules"), NEED_NICK, text("RoleIds"), NEED_USER_TYPE], &people::ADD),
    writes("AddUserGroupMember", &["2020-07-31", CURRENT], "Add one or more users to one user group.", &[need_text("UserGroupId"), need_text("UserIdList")], &groups::ADD_USERS),
    writes("AddUserGroupMembers", &["2020-07-31", CURRENT], "Add a user to several user groups.", &[need_text("UserGroupIds"), need_text("UserId")], &groups::ADD_TO_GROUPS),
    writes("AddUserTagMeta", &["2020-08-02", CURRENT], "Create a member tag definition.", &[chars("TagDescription", 255), need_chars("TagName", 50)], &tags::ADD),
    writes("AddUserToWorkspace", &["2020-08-03", CURRENT], "Add one member to a group workspace.", &[need_int("RoleId"), need_text("UserId"), need_text("WorkspaceId")], &workspaces::ADD_MEMBER),
    writes("AddWorksAuthorization", &[CURRENT], "Grant works (reports) permissions to users or groups.", &[need_int("AuthPoints"), need_int("AuthorizeScope"), need_text("AuthorizedId"), text("ExpireDay"), need_text("ResourceId"), need_text("ResourceType")], &rights::AUTHORIZE),
    writes("AddWorkspaceUsers", &["2020-08-03", CURRENT], "Add several members to a group workspace.", &[need_int("RoleId"), need_text("UserIds"), need_text("WorkspaceId")], &workspaces::ADD_MEMBERS),
    writes("AuthorizeMenu", &["2020-08-08", CURRENT], "Authorize portal menu entries to users or groups.", &[int("AuthPointsValue"), need_text("DataPortalId"), need_text("MenuIds"), text("UserGroupIds"), text("UserIds")], &menus::AUTHORIZE),
    writes("CancelAuthorizationMenu", &["2020-08-08", CURRENT], "Revoke portal menu authorization.", &[need_text("DataPortalId"), need_text("MenuIds"), text("UserGroupIds"), text("UserIds")], &menus::CANCEL),
    writes("CancelCollection", &["2020-08-09", CURRENT], "Remove a report from a user's favorites.", &[need_text("UserId"), need_text("WorksId")], &rights::UNLIKE),
    writes("CancelReportShare", &["2020-08-04", CURRENT], "Cancel a report share.", &[need_text("ReportId"), need_text("ShareToIds"), need_int("ShareToType")], &rights::CANCEL_SHARE),
    writes("ChangeVisibilityModel", &["2020-08-08", CURRENT], "Change visibility mode of portal menus.", &[need_text("DataPortalId"), need_text("MenuIds"), need_flag("ShowOnlyWithAccess")], &menus::CHANGE_VISIBILITY),
    writes("CreateUserGroup", &["2020-07-31", CURRENT], "Create a user group.", &[need_text("ParentUserGroupId"), chars("UserGroupDescription", 255), chars("UserGroupId", 64), need_chars("UserGroupName", 255)], &groups::CREATE),
    writes("CreateWorkspace", &[CURRENT], "Create a group workspace.", &[flag("AllowPublish"), flag("AllowShare"), flag("AllowViewAll"), flag("DefaultShareToAll"), flag("OnlyAdminCreateDatasource"), flag("UseComment"), text("WorkspaceDescription"), need_text("WorkspaceName")], &workspaces::CREATE),
    writes("DeleteAuthorizationByUserId", &[CURRENT], "Remove resource authorizations of a user.", &[need_text("QbiUserId"), need_text("ResourceId"), need_text("ResourceType")], &rights::END_AUTHORIZATION),
    writes("DeleteDataLevelPermissionRuleUsers", &["2020-11-11", CURRENT], "Remove people or groups from a row/column permission rule.", &[need_text("DeleteUserModel")], &rules::TAKE_PEOPLE),
    writes("DeleteDataLevelRuleConfig", &["2020-11-11", CURRENT], "Delete a row/column permission rule.", &[need_text("CubeId"), need_text("RuleId")], &rules::DELETE_RULE),
    writes("DeleteUser", &["2020-08-01", CURRENT], "Remove a member from the organization.", &[text("TransferUserId"), need_text("UserId")], &people::DELETE),
    writes("DeleteUserFromWorkspace", &["2020-08-03", CURRENT], "Remove a member from a workspace.", &[need_text("UserId"), need_text("WorkspaceId")], &workspaces::REMOVE_MEMBER),
    writes("DeleteUserGroup", &["2020-07-31", CURRENT], "Delete a user group.", &[need_text("UserGroupId")], &groups::DELETE),
    writes("DeleteUserGroupMember", &["2020-07-31", CURRENT], "Remove a user from one user group.", &[need_text("UserGroupId"), need_text("UserId")], &groups::TAKE_USER),
    writes("DeleteUserGroupMembers", &["2020-07-31", CURRENT], "Remove a user from several user groups.", &[need_text("UserGroupIds"), need_text("UserId")], &groups::TAKE_FROM_GROUPS),
    writes("DeleteUserTagMeta", &["2020-08-02", CURRENT], "Delete a member tag definition.", &[need_text("TagId")], &tags::DELETE),
    writes("ModifyAiproEmbedConfig", &[CURRENT], "Change the AI Pro embed module configuration.", &[text("AgentName"), text("AiProId"), int("ChatHistoryStatus"), text("Config"), int("MemoryEnabled"), text("ShowName"), int("UploadEnabled")], &modules::MODIFY_AI_PRO),
    writes("ModifyCopilotEmbedConfig", &[CURRENT], "Change a Smart Q embed module configuration.", &[text("AgentName"), need_text("CopilotId"), text("DataRange"), text("ModuleName")], &modules::MODIFY_COPILOT),
    writes("ModifyDashboardNl2sqlStatus", &[CURRENT], "Switch Smart Q on or off for a dashboard.", &[need_text("DashboardIds"), flag_number("Status")], &modules::SWITCH_DASHBOARDS),
    writes("SaveFavorites", &["2020-08-09", CURRENT], "Add a report to a user's favorites.", &[need_text("UserId"), need_text("WorksId")], &rights::LIKE),
    writes("SetDataLevelPermissionExtraConfig", &["2020-11-11", CURRENT], "Set default behaviour for people without a rule.", &[need_text("CubeId"), need_text("MissHitPolicy"), need_text("RuleType")], &permissions::SET_MISS_POLICY),
    writes("SetDataLevelPermissionRuleConfig", &["2020-11-11", CURRENT], "Create or update a row/column permission rule.", &[need_text("RuleModel")], &rules::SET_RULE),
    writes("SetDataLevelPermissionWhiteList", &["2020-11-11", CURRENT], "Replace a dataset's row/column permission allow-list.", &[need_text("WhiteListModel")], &permissions::SET_WHITE_LIST),
    writes("TransferUsergroup", &[CURRENT], "Move user groups.", &[need_text("ParentUserGroupId"), need_text("UserGroupId")], &groups::TRANSFER),
    writes("UpdateDataLevelPermissionStatus", &["2020-11-11", CURRENT], "Switch row/column permission on or off.", &[need_text("CubeId"), flag_number("IsOpen"), need_text("RuleType")], &permissions::SWITCH),
    writes("UpdateDataSource", &[CURRENT], "Change a data source.", &[need_text("UpdateModel")], &sources::UPDATE),
    writes("UpdateDataSourceProperties", &[CURRENT], "Change properties of a data source.", &[text("Description"), need_text("DsId"), text("QuickBIOwnerId"), text("ShowName")], &sources::UPDATE_PROPERTIES),
    writes("UpdateUser", &["2020-08-01", CURRENT], "Change a member.", &[flag("AdminUser"), flag("AuthAdminUser"), text("CopilotModules"), flag("IsDeleted"), chars("NickName", 50), text("RoleIds"), need_text("UserId"), USER_TYPE], &people::UPDATE),
    writes("UpdateUserGroup", &["2020-07-31", CURRENT], "Change a user group.", &[chars("UserGroupDescription", 255), need_text("UserGroupId"), chars("UserGroupName", 255)], &groups::UPDATE),
    writes("UpdateUserTagMeta", &["2020-08-02", CURRENT], "Change a member tag definition.", &[chars("TagDescription", 255), need_text("TagId"), need_chars("TagName", 50)], &tags::UPDATE),
    writes("UpdateUserTagValue", &["2020-08-02", CURRENT], "Change a member's tag value.", &[need_text("TagId"), need_text("TagValue"), need_text("UserId")], &tags::SET_VALUE),
    writes("UpdateWorkspaceUserRole", &["2020-08-03", CURRENT], "Change one member's workspace role.", &[int("RoleId"), text("RoleIds"), need_text("UserId"), need_text("WorkspaceId")], &workspaces::SET_ROLE),
    writes("UpdateWorkspaceUsersRole", &["2020-08-03", CURRENT], "Change several members' workspace role.", &[need_int("RoleId"), need_text("UserIds"), need_text("WorkspaceId")], &workspaces::SET_ROLES),
    writes("WithdrawAllUserGroups", &["2020-07-31", CURRENT], "Remove a user from every group.", &[need_text("UserId")], &groups::TAKE_FROM_ALL),
    writes("UpdateEmbeddedStatus", &["2020-08-07", CURRENT], "Enable or disable embedding for works.", &[need_flag("ThirdPartAuthFlag"), need_text("WorksId")], &works::SWITCH_EMBEDDING),
}
