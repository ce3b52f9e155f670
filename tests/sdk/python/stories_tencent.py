"""Whole stories through the official Python SDK of Tencent Cloud BI: what a call changed, the next ones see.

A resource is made, read back, listed, changed and ended in the order in which a Terraform provider does it, which begins its
pages at 0 and stops at one that is short.
"""

import json

from tencentcloud.bi.v20220105 import bi_client, models
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

from booth import (
    CORPORATION, ENDPOINT, PAGE, PROJECT, USER, Client, Refusal, Sandbox, admitted, same, tencent_link, turned_away,
)

PAGE_SIZE = 20
PERSON = {
    "UserId": "100032000001", "UserName": "张三", "Email": "zhang@example.com", "PhoneNumber": "13800000000",
    "AreaCode": "+86",
}
SOURCE = {
    "DbHost": "mysql.example.com", "DbPort": 3306, "ServiceType": '{"Type":"Own"}', "DbType": "MYSQL", "Charset": "utf8",
    "DbUser": "reader", "DbPwd": "not-to-be-kept", "DbName": "orders", "SourceName": "Orders", "UniqVpcId": "vpc-1",
}
CLOUD_SOURCE = {
    "ServiceType": '{"Type":"Cloud","InstanceId":"cdb-1","Region":"gz"}', "DbType": "MYSQL", "Charset": "utf8",
    "DbUser": "reader", "DbPwd": "not-to-be-kept", "DbName": "stock", "SourceName": "Stock", "VpcId": "5292713",
    "Vip": "10.0.0.5", "Vport": "3310",
}


class Provider:
    """The calls of a provider, through one SDK."""

    def __init__(self, client, keys):
        profile = ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint=ENDPOINT))
        self.client, self.sdk = client, bi_client.BiClient(Credential(*keys), "", profile)

    def send(self, action, params):
        typed = getattr(models, f"{action}Request")()
        typed.from_json_string(json.dumps(params))
        return getattr(self.sdk, action)(typed).Data

    def call(self, action, **params):
        return self.client.call(self.send, action, params)

    def refused(self, action, code, **params):
        return self.client.refused(self.send, action, params, code=code)

    def find(self, action, field, value, **params):
        """The item of a list whose field has the value."""
        offset = 0
        while True:
            items = self.call(action, PageNo=offset, PageSize=PAGE_SIZE, **params).List
            for item in items:
                if getattr(item, field) == value:
                    return item
            if len(items) < PAGE_SIZE:
                return None
            offset += PAGE_SIZE


def fields(thing, expected, what):
    """The fields of a thing, by the names in which they were sent."""
    same({name: getattr(thing, name) for name in expected}, expected, what)


def told(params):
    """What a list tells of a data source that was sent so."""
    return {name: value for name, value in params.items() if name not in ("DbPwd", "Vip", "Vport")}


def users(provider):
    """A user of the corporation."""
    provider.call("CreateUserRole", RoleIdList=[2], UserInfoList=[PERSON])
    user = provider.find("DescribeUserRoleList", "UserId", PERSON["UserId"])
    fields(user, {**PERSON, "RoleIdList": [2]}, "a new user")
    provider.call("ModifyUserRole", UserId=PERSON["UserId"], UserName="Zhang San", RoleIdList=[1, 2])
    user = provider.find("DescribeUserRoleList", "UserId", PERSON["UserId"])
    fields(user, {**PERSON, "UserName": "Zhang San", "RoleIdList": [1, 2]}, "a user that was changed")


def members(provider, project):
    """The same user as a member of the project."""
    provider.call("CreateUserRoleProject", ProjectId=project, RoleIdList=[4], UserInfoList=[PERSON])
    member = provider.find("DescribeUserRoleProjectList", "UserId", PERSON["UserId"], ProjectId=project)
    fields(member, PERSON, "a new member")
    same([role.RoleId for role in member.RoleList], [4], "the roles of a new member")
    provider.call("ModifyUserRoleProject", ProjectId=project, UserId=PERSON["UserId"], UserName="Zhang", RoleIdList=[3, 5])
    member = provider.find("DescribeUserRoleProjectList", "UserId", PERSON["UserId"], ProjectId=project)
    same((member.UserName, [role.RoleId for role in member.RoleList]), ("Zhang", [3, 5]), "a member that was changed")
    same(provider.find("DescribeUserProjectList", "UserId", PERSON["UserId"], ProjectId=project).UserName, "Zhang", "a user")
    same(provider.call("DescribeProjectInfo", Id=project).MemberCount, 1, "MemberCount")


def data_sources(provider, project):
    """A connection of one's own, and one to a cloud database, whose actions write the id of the project as text."""
    for kind, params, where in [
        ("Datasource", SOURCE, project),
        ("DatasourceCloud", CLOUD_SOURCE, str(project)),
    ]:
        made = provider.call(f"Create{kind}", ProjectId=where, **params)
        source = provider.find("DescribeDatasourceList", "Id", made.Id, ProjectId=project)
        fields(source, {**told(params), "ProjectId": str(project)}, f"a new {kind}")
        provider.call(f"Modify{kind}", ProjectId=where, Id=made.Id, **{**params, "SourceName": "Renamed"})
        source = provider.find("DescribeDatasourceList", "Id", made.Id, ProjectId=project)
        fields(source, told({**params, "SourceName": "Renamed"}), f"a {kind} that was changed")
        provider.call("DeleteDatasource", ProjectId=project, Id=made.Id)
        same(provider.find("DescribeDatasourceList", "Id", made.Id, ProjectId=project), None, f"a {kind} that is gone")
        provider.refused("DeleteDatasource", "UnsupportedOperation.BIError", ProjectId=project, Id=made.Id)


def life_of_a_project(client):
    provider = Provider(client, Sandbox().tencent_keys)
    wanted = {"Name": "Terraform 项目", "ColorCode": "#7BD936", "Mark": "made by a provider"}
    project = provider.call("CreateProject", **wanted).Id
    fields(provider.call("DescribeProjectInfo", Id=project), wanted, "a new project")
    same(provider.find("DescribeProjectList", "Id", project, Keyword="terraform").Name, wanted["Name"], "a listed project")
    provider.call("ModifyProject", Id=project, Name="Renamed", ColorCode="#000000", Mark="changed")
    renamed = {"Name": "Renamed", "ColorCode": "#000000", "Mark": "changed"}
    fields(provider.call("DescribeProjectInfo", Id=project), renamed, "a project that was changed")
    users(provider)
    members(provider, project)
    data_sources(provider, project)

    panel = {"ProjectId": project, "Scope": "panel", "Intention": "embed"}
    bound = {"TokenType": 200, "UserCorpId": CORPORATION, "UserId": PERSON["UserId"]}
    same(bool(provider.call("CreateEmbedToken", **panel).BIToken), True, "a token for the project")
    same(provider.call("CreateEmbedToken", **panel, **bound).UserId, PERSON["UserId"], "the user of a token")
    provider.call("DeleteUserRoleProject", ProjectId=project, UserId=PERSON["UserId"])
    gone = provider.find("DescribeUserRoleProjectList", "UserId", PERSON["UserId"], ProjectId=project)
    same(gone, None, "a member that is gone")
    provider.call("DeleteUserRole", UserId=PERSON["UserId"])
    same(provider.find("DescribeUserRoleList", "UserId", PERSON["UserId"]), None, "a user that is gone")
    provider.refused("CreateEmbedToken", "UnauthorizedOperation.UserNotExist", **panel, **bound)

    provider.call("DeleteProject", Id=project)
    same(provider.find("DescribeProjectList", "Id", project), None, "a project that is gone")
    provider.refused("DescribeProjectInfo", "UnsupportedOperation.BIError", Id=project)
    provider.refused("CreateEmbedToken", "InvalidParameter.Embed", **panel)


def end_of_the_demo_project(client):
    """What tokens of a deleted project, and of a deleted user, open."""
    provider = Provider(client, Sandbox().tencent_keys)
    page = {"ProjectId": PROJECT, "PageId": PAGE, "Scope": "page"}
    bound = {"TokenType": 200, "UserCorpId": CORPORATION, "UserId": USER}
    anybodys, somebodys = (provider.call("CreateEmbedToken", **page, **more).BIToken for more in ({}, bound))
    admitted(tencent_link(anybodys))
    admitted(tencent_link(somebodys))
    provider.call("DeleteUserRole", UserId=USER)
    turned_away(tencent_link(somebodys), "wrong-target")
    admitted(tencent_link(anybodys))
    provider.call("DeleteProject", Id=PROJECT)
    turned_away(tencent_link(anybodys), "wrong-target")
    provider.refused("CreateEmbedToken", "InvalidParameter.Embed", **page)
    # Another sandbox has both as they were.
    elsewhere = Provider(client, Sandbox().tencent_keys)
    admitted(tencent_link(elsewhere.call("CreateEmbedToken", **page, **bound).BIToken))


def main():
    client = Client(
        "stories-tencent", "tencentcloud-sdk-python-bi", TencentCloudSDKException,
        lambda error: Refusal(error.get_code(), error.get_message(), error.get_request_id()),
    )
    life_of_a_project(client)
    end_of_the_demo_project(client)
    client.report()


main()
