//! The actions that tell of things, as rows: what each takes, and what it tells.
//!
//! Parameters are those of the service model of the vendor's CLI, 3.1.189.1.

use super::{VERSIONS, tells as told};
use crate::cloud::table::{action_rows, flag, int, list, nat, need_int, need_nat, need_text, tells, text};

action_rows! {
    ROWS, COUNT:
    tells("DescribeDatasourceList", VERSIONS, "List data sources.", &[need_nat("ProjectId"), flag("AllPage"), text("DbName"), int("PageNo"), int("PageSize"), text("Keyword"), int("PermissionType")], &told::DATASOURCES),
    tells("DescribePageWidgetList", VERSIONS, "List the widgets of a page.", &[need_text("ProjectId"), need_text("PageId")], &told::WIDGETS),
    tells("DescribePermissionRoleInfo", VERSIONS, "Read row/column permission by role.", &[need_int("ProjectId"), int("PageNo"), int("PageSize"), flag("AllPage")], &told::PROJECT_ROLES),
    tells("DescribeProjectInfo", VERSIONS, "Read one project.", &[need_nat("Id"), int("DefaultPanelType")], &told::ONE_PROJECT),
    tells("DescribeProjectList", VERSIONS, "List projects.", &[nat("PageSize"), nat("PageNo"), text("Keyword"), flag("AllPage"), text("ModuleCollection"), list("ModuleIdList")], &told::PROJECTS),
    tells("DescribeUserProjectList", VERSIONS, "List the users of a project.", &[int("ProjectId"), flag("AllPage"), int("PageNo"), int("PageSize"), flag("IsFilterPerAuthUser"), flag("IsFilterCurrentUser"), text("Keyword")], &told::USERS_OF_PROJECT),
    tells("DescribeUserRoleList", VERSIONS, "List users with their roles.", &[need_int("PageNo"), need_int("PageSize"), flag("AllPage"), text("UserType"), text("Keyword"), text("ProjectId"), flag("IsOnlyBindAppUser"), text("IdentityType")], &told::USERS),
    tells("DescribeUserRoleProjectList", VERSIONS, "List users with their roles in a project.", &[need_int("PageNo"), need_int("PageSize"), need_int("ProjectId"), flag("IsOnlyBindAppUser"), flag("AllPage"), text("RoleCode"), list("UserIdList"), text("Keyword")], &told::ROLES_OF_MEMBERS),
    tells("DescribeUserGroupTreeList", VERSIONS, "Read the user-group tree.", &[int("ProjectId"), int("AllPage"), int("PageNo"), int("PageSize"), list("TagValueList"), list("Nodes"), list("GroupIds"), flag("QueryNextNode"), list("ParentIds"), flag("QueryAllNode"), list("FilterGroupIds"), text("Keyword")], &told::groups::TREE),
    tells("DescribeUserGroupMemberList", VERSIONS, "List the members of a user group.", &[list("GroupIds"), text("CreatedOnOrder"), text("Keyword"), nat("PageSize"), nat("PageNo"), flag("AllPage")], &told::groups::MEMBERS),
    tells("QueryUserGroupMember", VERSIONS, "Query the members of a user group.", &[list("GroupIds"), text("Keyword"), nat("PageSize"), nat("PageNo"), flag("AllPage"), list("Nodes"), list("TagValueList"), list("FilterGroupIds")], &told::groups::MEMBERS_OF_ALL),
    tells("DescribeUserGroupInfo", VERSIONS, "Read one user group.", &[int("Id")], &told::groups::NOTHING),
    tells("DescribeResourceUserGroupPageList", VERSIONS, "Page through user-group grants of a resource.", &[int("ProjectId"), int("PageId"), text("ResourceType"), int("AllPage"), text("Keyword"), int("PageNo"), int("PageSize"), list("TagValueList"), text("ModuleCollection"), text("ResourceValue"), text("ResourceName"), int("ParentId"), int("EntityId")], &told::groups::ON_PAGE),
    tells("DescribePermissionStatusInfo", VERSIONS, "Read the status of row/column permissions.", &[int("TableId"), text("Type"), text("ProjectId")], &told::rights::STATUS),
    tells("DescribePermissionRanksInfo", VERSIONS, "Read row/column permission ranks.", &[int("TableId"), text("Mode"), text("RoleType"), int("RoleId"), text("Type"), int("ProjectId")], &told::rights::RANKS),
    tells("DescribeAuthApiKeyList", VERSIONS, "List BI-side API keys.", &[flag("AllPage"), int("PageNo"), int("PageSize"), text("Keyword")], &told::rights::API_KEYS),
    tells("DescribeAuthApiKeyInfo", VERSIONS, "Read one BI-side API key.", &[need_text("ApiKey")], &told::rights::ONE_API_KEY),
}
