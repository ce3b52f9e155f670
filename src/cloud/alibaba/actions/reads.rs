//! The actions that tell of things, as rows: what each takes, and what it tells.
//!
//! Names, versions and parameters are those of the vendor's Python SDKs, 1.4.0 to 2.0.0 and 1.19.0 of the newer line.

use super::tells::{data, modules, people, readers, rights, services, smart_q, visits, works, workspaces};
use crate::cloud::catalog::{ParamKind, ParamRow, ParamRule, ValueRange};
use crate::cloud::table::{action_rows, flag, int, need_flag, need_int, need_text, param, tells, text};

const CURRENT: &str = "2022-01-01";

/// A page is counted from 1; nought is taken for the first one too.
const PAGE_NUMBER: ParamRow = page_number("PageNum");
const PAGE_SIZE: ParamRow = page_size("1 to 1000; default 10", 1000);

const fn page_size(about: &'static str, most: i64) -> ParamRow {
    param("PageSize", ParamKind::Int, ParamRule::Number(ValueRange::Fixed(1, most)), about)
}

const fn page_number(name: &'static str) -> ParamRow {
    param(name, ParamKind::Int, ParamRule::Number(ValueRange::Fixed(0, i32::MAX as i64)), "from 1; default 1")
}

action_rows! {
    ROWS, COUNT:
    tells("CheckDatasetExisted", &[CURRENT], "Tell whether a dataset exists.", &[need_text("CubeId")], &data::EXISTS),
    tells("CheckOrganizationMember", &[CURRENT], "Tell whether an account is a member of the organization.", &[need_text("UserId")], &people::IS_MEMBER),
    tells("CheckReadable", &["2020-08-07", CURRENT], "Tell whether a user may view a work.", &[need_text("UserId"), need_text("WorksId")], &readers::READABLE),
    tells("DataSetBlood", &[CURRENT], "List works that use a dataset.", &[need_text("DataSetIds"), text("UserId"), text("WorksType")], &data::WORKS_OF_DATASETS),
    tells("DataSourceBlood", &[CURRENT], "List datasets that use a data source.", &[need_text("DataSourceId")], &data::DATASETS_OF_DATASOURCE),
    tells("GetDataSourceConnectionInfo", &[CURRENT], "Read a data source's connection settings.", &[need_text("DsId")], &data::CONNECTION_INFO),
    tells("GetUserGroupInfo", &["2020-07-31", CURRENT], "Look user groups up by keyword.", &[need_text("Keyword")], &people::GROUPS_BY_NAME),
    tells("GetWorksEmbedList", &[CURRENT], "List works that have embedding enabled.", &[text("Keyword"), page_number("PageNo"), PAGE_SIZE, text("WorksType"), text("WsId")], &works::EMBEDDED),
    tells("ListByUserGroupId", &["2020-07-31", CURRENT], "Read user groups by ids.", &[need_text("UserGroupIds")], &people::GROUPS_BY_ID),
    tells("ListCollections", &["2020-08-09", CURRENT], "List a user's favorites.", &[need_text("UserId")], &readers::COLLECTIONS),
    tells("ListDataSource", &[CURRENT], "List data sources.", &[text("DsType"), need_text("WorkspaceId")], &data::DATASOURCES),
    tells("ListOrganizationRoleUsers", &[CURRENT], "List members having an organization role.", &[text("Keyword"), PAGE_NUMBER, PAGE_SIZE, need_int("RoleId")], &people::ROLE_HOLDERS),
    tells("ListOrganizationRoles", &[CURRENT], "List organization roles.", &[], &people::ROLES),
    tells("ListUserGroupsByUserId", &["2020-07-31", CURRENT], "List the groups of a user.", &[need_text("UserId")], &people::GROUPS_OF_USER),
    tells("ListWorkspaceRoleUsers", &[CURRENT], "List members having a workspace role.", &[text("Keyword"), PAGE_NUMBER, PAGE_SIZE, need_int("RoleId"), text("WorkspaceId")], &workspaces::ROLE_HOLDERS),
    tells("ListWorkspaceRoles", &[CURRENT], "List workspace roles.", &[need_text("WorkspaceId")], &workspaces::ROLES),
    tells("ListWorkspaceUserRolesByUserId", &[CURRENT], "List a user's roles per workspace.", &[need_text("UserId")], &workspaces::ROLES_OF_USER),
    tells("QueryDatasetInfo", &["2020-08-06", CURRENT], "Read one dataset's fields and settings.", &[need_text("DatasetId")], &data::ONE),
    tells("QueryDatasetList", &["2020-08-06", CURRENT], "List datasets of a workspace.", &[text("DirectoryId"), text("Keyword"), PAGE_NUMBER, PAGE_SIZE, flag("WithChildren"), need_text("WorkspaceId")], &data::LIST),
    tells("QueryDatasetSwitchInfo", &["2020-11-11", CURRENT], "Read row/column permission switches of a dataset.", &[need_text("CubeId")], &data::SWITCHES),
    tells("QueryEmbeddedInfo", &["2020-08-07", CURRENT], "Read the organization's embed quota and usage.", &[], &works::EMBEDDING_COUNTS),
    tells("QueryEmbeddedStatus", &[CURRENT], "Tell whether embedding is enabled for a work.", &[need_text("WorksId")], &works::EMBEDDING),
    tells("QueryEmbeddedStaus", &["2020-08-07", CURRENT], "Misspelt predecessor of QueryEmbeddedStatus.", &[need_text("WorksId")], &works::EMBEDDING),
    tells("QueryOrganizationRoleConfig", &[CURRENT], "Read an organization role's configuration.", &[need_int("RoleId")], &people::ROLE_CONFIG),
    tells("QueryOrganizationWorkspaceList", &["2020-08-03", CURRENT], "List the organization's workspaces.", &[text("Keyword"), PAGE_NUMBER, PAGE_SIZE, text("UserId")], &workspaces::LIST),
    tells("QueryReadableResourcesListByUserId", &["2020-08-07", CURRENT], "List works a user may view.", &[need_text("UserId")], &readers::READABLES),
    tells("QueryReadableResourcesListByUserIdV2", &[CURRENT], "List works a user may view, by type and workspace (replaces QueryReadableResourcesListByUserId).", &[need_text("UserId"), text("WorkType"), text("WorkspaceId")], &readers::READABLES_V2),
    tells("QueryShareList", &["2020-08-04", CURRENT], "List the share settings of a report.", &[need_text("ReportId")], &readers::SHARES),
    tells("QuerySharesToUserList", &["2020-08-04", CURRENT], "List works shared to a user.", &[need_text("UserId")], &readers::SHARES_TO_USER),
    tells("QueryUserGroupListByParentId", &["2020-07-31", CURRENT], "List sub-groups of a user group.", &[need_text("ParentUserGroupId")], &people::CHILD_GROUPS),
    tells("QueryUserGroupMember", &["2020-07-31", CURRENT], "List members of a user group.", &[text("Keyword"), need_text("UserGroupId")], &people::GROUP_MEMBERS),
    tells("QueryUserInfoByAccount", &["2020-08-01", CURRENT], "Look a member up by account name.", &[need_text("Account"), text("ParentAccountName")], &people::BY_ACCOUNT),
    tells("QueryUserInfoByUserId", &["2020-08-01", CURRENT], "Look a member up by user id.", &[need_text("UserId")], &people::BY_ID),
    tells("QueryUserList", &["2020-08-01", CURRENT], "List members of the organization.", &[text("Keyword"), PAGE_NUMBER, PAGE_SIZE], &people::MEMBERS),
    tells("QueryUserRoleInfoInWorkspace", &["2020-08-03", CURRENT], "Read a user's role in a workspace.", &[need_text("UserId"), need_text("WorkspaceId")], &workspaces::ROLE_IN_WORKSPACE),
    tells("QueryUserTagMetaList", &["2020-08-02", CURRENT], "List member tag definitions.", &[], &people::TAGS),
    tells("QueryUserTagValueList", &["2020-08-02", CURRENT], "List tag values of a member.", &[need_text("UserId")], &people::TAG_VALUES),
    tells("QueryWorks", &["2020-08-07", CURRENT], "Read one work.", &[need_text("WorksId")], &works::ONE),
    tells("QueryWorksBloodRelationship", &["2020-08-07", CURRENT], "List a work's components and the datasets behind them.", &[need_text("WorksId")], &works::LINEAGE),
    tells("QueryWorksByOrganization", &["2020-08-07", CURRENT], "List works of the organization.", &[PAGE_NUMBER, PAGE_SIZE, int("Status"), int("ThirdPartAuthFlag"), text("WorksType")], &works::BY_ORGANIZATION),
    tells("QueryWorksByWorkspace", &["2020-08-07", CURRENT], "List works of a workspace.", &[PAGE_NUMBER, PAGE_SIZE, int("Status"), int("ThirdPartAuthFlag"), text("WorksType"), need_text("WorkspaceId")], &works::BY_WORKSPACE),
    tells("QueryWorkspaceRoleConfig", &[CURRENT], "Read a workspace role's configuration.", &[need_int("RoleId")], &workspaces::ROLE_CONFIG),
    tells("QueryWorkspaceUserList", &["2020-08-03", CURRENT], "List members of a workspace.", &[text("Keyword"), PAGE_NUMBER, PAGE_SIZE, need_text("WorkspaceId")], &workspaces::MEMBERS),
    tells("ListCubeDataLevelPermissionConfig", &["2020-11-11", CURRENT], "List row/column permission rules of a dataset.", &[need_text("CubeId"), need_text("RuleType")], &modules::RULES),
    tells("ListDataLevelPermissionWhiteList", &["2020-11-11", CURRENT], "List a dataset's row/column permission allow-list.", &[need_text("CubeId"), need_text("RuleType")], &modules::WHITE_LIST),
    tells("ListFavoriteReports", &["2020-08-09", CURRENT], "List a user's favorite reports.", &[text("Keyword"), PAGE_SIZE, text("TreeType"), need_text("UserId")], &readers::FAVORITES),
    tells("ListPortalMenuAuthorization", &["2020-08-08", CURRENT], "List authorizations of portal menus.", &[need_text("DataPortalId")], &modules::MENU_RIGHTS),
    tells("ListPortalMenus", &["2020-08-08", CURRENT], "List the menus of a data portal.", &[need_text("DataPortalId"), text("UserId")], &modules::MENUS),
    tells("ListSharedReports", &["2020-08-09", CURRENT], "List reports shared to a user.", &[text("Keyword"), PAGE_SIZE, text("TreeType"), need_text("UserId")], &readers::SHARED),
    tells("ListWhitePortalMenu", &[CURRENT], "List allow-listed portal menus.", &[need_text("DataportalId")], &modules::WHITE_MENUS),
    tells("QueryAiproEmbedConfig", &[CURRENT], "Read the AI Pro embed module configuration.", &[text("Keyword")], &modules::AI_PROS),
    tells("QueryCopilotEmbedConfig", &[CURRENT], "Read Smart Q embed module configurations.", &[text("Keyword")], &modules::COPILOTS),
    tells("QueryDatasetSmartqStatus", &[CURRENT], "Read Smart Q status of a dataset.", &[need_text("CubeId")], &modules::MAY_BE_ASKED),
    tells("QueryUserByMobileAccount", &[CURRENT], "Look a user up by a mobile-platform account.", &[need_text("MobileType"), need_text("MobileUserId")], &modules::BY_MOBILE),
    tells("ListRecentViewReports", &["2020-08-09", CURRENT], "List reports a user viewed recently.", &[text("Keyword"), param("OffsetDay", ParamKind::Int, ParamRule::Any, "days to look back; default 10"), page_size("1 to 9999; default 10", 9999), param("QueryMode", ParamKind::Text, ParamRule::Any, "1 by number of visits, 2 (default) the last visited first"), text("TreeType"), need_text("UserId")], &visits::RECENT),
    tells("ListAuthConfigByResource", &[CURRENT], "List authorization settings of a resource.", &[need_flag("HasAuth"), text("Keyword"), need_text("ResourceId"), need_int("ShareToType"), need_text("WorksType")], &rights::ON_RESOURCE),
    tells("QueryDatasetDetailInfo", &["2020-08-06", CURRENT], "Read one dataset's structure.", &[need_text("DatasetId")], &data::DETAILS),
    tells("ListApiDatasource", &[CURRENT], "List API data sources of a workspace.", &[text("KeyWord"), PAGE_NUMBER, page_size("1 to 100; default 10", 100), need_text("WorkspaceId")], &data::API_SOURCES),
    tells("QueryDatasetRowLevelPermissionInfo", &["2020-08-05"], "Read the row permissions of a dataset; gone from 2022-01-01.", &[text("DatasetId")], &modules::ROW_RULES),
    tells("ListDynamicTag", &[CURRENT], "List dynamic tags.", &[], &data::DYNAMIC_TAGS),
    tells("QueryDataRange", &[CURRENT], "List data ranges usable by Smart Q.", &[text("Keyword"), need_text("Type")], &smart_q::RANGES),
    tells("QueryDashboardNl2sql", &[CURRENT], "List dashboards with their Smart Q status.", &[need_text("UserId"), need_text("WorkspaceId")], &smart_q::DASHBOARDS),
    tells("QueryLlmCubeWithThemeListByUserId", &[CURRENT], "List Smart Q datasets and themes of a user.", &[need_text("UserId")], &smart_q::OF_USER),
    tells("QuerySmartqPermissionByCubeId", &[CURRENT], "Check a user's Smart Q permission on a dataset.", &[need_text("CubeId"), need_text("UserId")], &smart_q::PERMISSION),
    tells("QueryDataServiceList", &[CURRENT], "List data service APIs.", &[text("Name"), page_number("PageNo"), PAGE_SIZE, text("UserId")], &services::LIST),
}
