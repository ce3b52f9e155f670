"""What a backend does around an embed ticket, told through the typed official SDK: each step sees what the one before did."""

import json
import sys

from booth import ENDPOINT, WORK, Client, Refusal, Sandbox, admitted, alibaba_link, same, turned_away, visit


def connect():
    from alibabacloud_quickbi_public20220101 import models
    from alibabacloud_quickbi_public20220101.client import Client as QuickBi
    from alibabacloud_tea_openapi import utils_models
    from alibabacloud_tea_openapi.exceptions import AlibabaCloudException

    key_id, secret = Sandbox().alibaba_keys
    sdk = QuickBi(utils_models.Config(
        access_key_id=key_id, access_key_secret=secret, endpoint=ENDPOINT, protocol="http", region_id="cn-hangzhou",
    ))
    methods = {name.replace("_", ""): name for name in dir(sdk)}

    def send(action, params):
        request = getattr(models, f"{action}Request")().from_map(params)
        body = getattr(sdk, methods[action.lower()])(request).body
        same(body.success, True, f"Success of {action}")
        return body.result

    def read(error):
        return Refusal(error.code, error.data["Message"], error.request_id, error.status_code)

    return Client("stories-alibaba", "alibabacloud-quickbi-public20220101", AlibabaCloudException, read), send


def account_to_data(call, _):
    """From the account of somebody to the fields that his dashboards show."""
    user = call("QueryUserInfoByAccount", Account="wangwu")
    workspaces = call("QueryOrganizationWorkspaceList", UserId=user.user_id)
    workspace = next(one.workspace_id for one in workspaces.data)
    works = call("QueryWorksByWorkspace", WorkspaceId=workspace, WorksType="PAGE", PageSize=1000)
    same(WORK in [work.works_id for work in works.data], True, "the dashboard is one of the pages of the workspace")
    lineage = call("QueryWorksBloodRelationship", WorksId=WORK)
    fields = call("QueryDatasetInfo", DatasetId=lineage[0].dataset_id)
    same(fields.dataset_id, "dataset-demo", "the data set behind the dashboard")
    same([one.caption for one in lineage[0].query_params], ["City", "Price"], "the fields that it shows")


def visitor_and_rows(call, refused):
    """Somebody new is made known, limited to his rows, let in, shut out and let in again."""
    added = call("AddUser", AccountName="newcomer", NickName="Newcomer", UserType=3)
    user = added.user_id
    same(call("QueryUserInfoByUserId", UserId=user).nick_name, "Newcomer", "the nick name")
    call("UpdateUserTagValue", UserId=user, TagId="tag-region", TagValue="west")
    call("AddUserGroupMember", UserGroupId="group-sales", UserIdList=user)
    rule = {"cubeId": "dataset-demo", "ruleName": "West only", "ruleLevelType": "ROW_LEVEL", "isOpen": 1,
            "ruleTargetScope": "2", "hitTakeEffect": 1, "ruleUsersModel": {"userGroups": [], "users": [user]},
            "ruleContentModel": {"ruleContentType": "ROW", "ruleContentJson": '{"city":"west"}'}}
    call("SetDataLevelPermissionRuleConfig", RuleModel=json.dumps(rule))
    told = call("ListCubeDataLevelPermissionConfig", CubeId="dataset-demo", RuleType="ROW_LEVEL")
    same("West only" in told, True, "the rule is told")
    same(call("CheckReadable", WorksId="workbook-demo", UserId=user), True, "readable by the share to his group")
    same(call("CheckReadable", WorksId=WORK, UserId=user), False, "not readable by anything")

    call("UpdateEmbeddedStatus", WorksId=WORK, ThirdPartAuthFlag=True)
    ticket = call("CreateTicket", WorksId=WORK, UserId=user, TicketNum=9)
    link = alibaba_link(accessTicket=ticket)
    admitted(link)
    page = visit(link)[2]
    for shown in ["West only", "Own region", 'data-testid="embed-tag">west<']:
        same(shown in page, True, f"the page shows {shown}")

    call("UpdateEmbeddedStatus", WorksId=WORK, ThirdPartAuthFlag=False)
    turned_away(link, "embedding-off")
    refused("CreateTicket", "Authorize3Rd.Report.Unauthorized", WorksId=WORK, UserId=user)
    call("UpdateEmbeddedStatus", WorksId=WORK, ThirdPartAuthFlag=True)
    admitted(link)
    same(call("CreateTicket", WorksId=WORK, UserId=user) == ticket, False, "a ticket of its own")

    call("DeleteUser", UserId=user)
    refused("CreateTicket", "ApiUser.Not.Exists", WorksId=WORK, UserId=user)
    same(visit(link)[1]["x-ticketbooth-visit"], "refused", "the ticket of somebody who is gone")


def main():
    client, send = connect()

    def call(action, **params):
        return client.call(send, action, params)

    def refused(action, code, **params):
        return client.refused(send, action, params, code=code)

    for story in [account_to_data, visitor_and_rows]:
        story(call, refused)
        print(f"{story.__name__}: {story.__doc__}", file=sys.stderr)
    client.report()


main()
