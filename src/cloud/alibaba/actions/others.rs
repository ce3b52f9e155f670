//! The actions that are not served, with their parameters.

use crate::cloud::table::{action_rows, flag, int, need_int, need_text, other, text};

const CURRENT: &str = "2022-01-01";

action_rows! {
    ROWS, COUNT:
    other("AddRowLevelByTag", &["2020-08-05"], "Older row-level permission / data operation, gone from 2022-01-01.", &[text("ColumnIds"), text("DatasetId"), text("Tags")]),
    other("AddRowLevelPermission", &["2020-08-05"], "Older row-level permission / data operation, gone from 2022-01-01.", &[text("ColumnIds"), text("ColumnValues"), text("DatasetId"), text("TargetIds"), text("TargetType")]),
    other("AllotDatasetAccelerationTask", &[CURRENT], "Start an acceleration task for a dataset.", &[need_text("CubeId")]),
    other("BatchAddFeishuUsers", &[CURRENT], "Bulk-add Feishu/Lark users.", &[text("FeishuUsers"), flag("IsAdmin"), flag("IsAuthAdmin"), text("UserGroupIds"), int("UserType")]),
    other("ClearDynamicTagCache", &[CURRENT], "Drop cached dynamic tag values.", &[need_text("ConfigId")]),
    other("CreateCubeBySql", &[CURRENT], "Create a dataset from a SQL statement.", &[need_text("Caption"), need_text("CustomSql"), need_text("DsId"), text("Placeholders"), need_text("UserId"), need_text("WorkspaceId")]),
    other("CreateDataset", &[CURRENT], "Create a dataset.", &[need_text("DsId"), need_text("TableName"), text("TargetDirectoryId"), need_text("UserDefineCubeName"), need_text("UserId"), need_text("WorkspaceId")]),
    other("DataInterpretation", &[CURRENT], "Ask the AI service to interpret data.", &[need_text("Data"), text("ModelCode"), flag("PromptForceOverride"), text("UserPrompt"), text("UserQuestion")]),
    other("DeleteRowLevelByTag", &["2020-08-05"], "Older row-level permission / data operation, gone from 2022-01-01.", &[text("ColumnIds"), text("DatasetId")]),
    other("DeleteRowLevelPermission", &["2020-08-05"], "Older row-level permission / data operation, gone from 2022-01-01.", &[text("ColumnIds"), text("DatasetId"), text("DeleteType"), text("TargetIds"), text("TargetTypes")]),
    other("GetMailTaskList", &[CURRENT], "List mail subscription tasks.", &[int("PageNum"), int("PageSize"), flag("Paused"), text("UserNick")]),
    other("GetMailTaskStatus", &[CURRENT], "Read run status of a mail subscription task.", &[need_text("MailId"), int("TaskId")]),
    other("IpWhiteListConfig", &[CURRENT], "Configure the organization IP allow-list.", &[text("IpWhiteList"), need_text("Operation")]),
    other("ListAccelerationOfWorkspace", &[CURRENT], "List acceleration settings in a workspace.", &[text("CreatorId"), text("CubeName"), int("PageNo"), int("PageSize"), need_text("WorkspaceId")]),
    other("ManualRunMailTask", &[CURRENT], "Run a mail subscription task now.", &[need_text("MailId")]),
    other("ModifyApiDatasourceParameters", &[CURRENT], "Change parameters of an API data source.", &[need_text("ApiId"), need_text("Parameters"), need_text("WorkspaceId")]),
    other("QueryAccelerationLogByCubeId", &[CURRENT], "Read acceleration logs of a dataset.", &[need_text("CubeId"), need_text("EndDate"), int("PageNo"), int("PageSize"), need_text("StartDate")]),
    other("QueryApprovalInfo", &[CURRENT], "List approval flow records.", &[int("Page"), int("PageSize"), need_int("Status"), need_text("UserId")]),
    other("QueryAuditLog", &[CURRENT], "Read audit log entries.", &[text("AccessSourceFlag"), need_text("EndDate"), need_text("LogType"), text("OperatorId"), text("OperatorTypes"), text("ResourceType"), need_text("StartDate"), text("UserAccessDevice"), text("WorkspaceId")]),
    other("QueryComponentPerformance", &[CURRENT], "Performance figures per component.", &[int("CostTimeAvgMin"), int("PageNum"), int("PageSize"), need_text("QueryType"), text("ReportId"), text("ResourceType"), need_text("WorkspaceId")]),
    other("QueryCubeOptimization", &[CURRENT], "Optimization advice for datasets.", &[need_text("WorkspaceId")]),
    other("QueryCubePerformance", &[CURRENT], "Performance figures per dataset.", &[int("CostTimeAvgMin"), text("CubeId"), int("PageNum"), int("PageSize"), need_text("QueryType"), need_text("WorkspaceId")]),
    other("QueryData", &[CURRENT], "Query a data service API (newer form).", &[need_text("ApiId"), text("Conditions"), text("ReturnFields"), text("UserId")]),
    other("QueryDataService", &["2020-01-07", "2020-07-30", CURRENT], "Query a data service API.", &[need_text("ApiId"), text("Conditions"), text("ReturnFields")]),
    other("QueryLastAccelerationEngineJob", &[CURRENT], "Read the last acceleration job of a dataset.", &[need_text("CubeId")]),
    other("QueryReportPerformance", &[CURRENT], "Performance figures per report.", &[int("CostTimeAvgMin"), int("PageNum"), int("PageSize"), need_text("QueryType"), text("ReportId"), text("ResourceType"), need_text("WorkspaceId")]),
    other("ResultCallback", &["2020-08-04", CURRENT], "Report an external approval flow's result.", &[need_text("ApplicationId"), need_text("HandleReason"), need_int("Status")]),
    other("SmartqAuthTransfer", &[CURRENT], "Transfer Smart Q authorizations between users.", &[need_text("OriginUserId"), need_text("TargetUserIds")]),
    other("SmartqAuthorize", &[CURRENT], "Grant or revoke Smart Q permissions.", &[text("CubeIds"), text("ExpireDay"), text("LlmCubeThemes"), text("LlmCubes"), need_int("OperationType"), need_text("UserIds")]),
    other("SmartqQueryAbility", &[CURRENT], "Ask Smart Q a natural-language question.", &[text("CubeId"), text("MultipleCubeIds"), text("UserId"), need_text("UserQuestion")]),
    other("SwitchColumnRowLevelControl", &["2020-08-05"], "Older row-level permission / data operation, gone from 2022-01-01.", &[text("ColumnIds"), text("DatasetId"), text("Open")]),
    other("SwitchDatasetRowLevelControl", &["2020-08-05"], "Older row-level permission / data operation, gone from 2022-01-01.", &[text("DatasetId"), text("Open")]),
    other("SwitchRowLevelType", &["2020-08-05"], "Older row-level permission / data operation, gone from 2022-01-01.", &[text("DatasetId"), text("Type")]),
    other("UpdateAuthorizationAttributes", &[CURRENT], "Change attributes of an authorization.", &[int("EditPermissionType"), need_text("ResourceId"), need_text("ResourceType"), int("UsePermissionType")]),
    other("UpdateCubeBySql", &[CURRENT], "Change a SQL dataset.", &[need_text("CubeId"), need_text("CustomSql"), need_text("DsId"), text("Placeholders"), need_text("UserId"), need_text("WorkspaceId")]),
}
