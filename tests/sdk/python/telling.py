"""Every action beside embedding through a typed official SDK: its answer, as the SDK's own models read it, and its refusal.

Called with `alibaba`, `alibaba-classic`, `alibaba-classic-2021` or `tencent`. What is sent and what has to be found stands in a
table that the clients of a vendor share, and in one of what only one of them has.
"""

import json
import re
import sys
from pathlib import Path

from booth import ENDPOINT, Client, Refusal, Sandbox, admitted, same


def rows(vendor, client=None):
    """What only the client has, what reads, then what changes things; each change finds the world as those before it left it."""
    names = (client, vendor, f"{vendor}-changes")
    tables = [Path(__file__).parent.parent / "telling" / f"{name}.json" for name in dict.fromkeys(names)]
    return [row for table in tables if table.exists() for row in json.loads(table.read_text("utf-8"))]


def found(value, path, name):
    """What stands at a path such as `Data.0.WorksId`; `name` gives the SDK's spelling of a member."""
    for step in filter(None, path.split(".")):
        value = value[int(step)] if step.isdigit() else member(value, step, name)
    return value


def member(value, step, name):
    return value.get(step) if isinstance(value, dict) else getattr(value, name(step))


def snake(wire):
    """The spelling of the newer Alibaba SDK: `Auth3rdFlag` is `auth_3rd_flag`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[a-z])(?=\d)", "_", wire).lower()


def alibaba(keys=None):
    from alibabacloud_quickbi_public20220101 import models
    from alibabacloud_quickbi_public20220101.client import Client as QuickBi
    from alibabacloud_tea_openapi import utils_models
    from alibabacloud_tea_openapi.exceptions import AlibabaCloudException

    # What it changes is changed for nobody else.
    key_id, secret = keys or Sandbox().alibaba_keys
    sdk = QuickBi(utils_models.Config(
        access_key_id=key_id, access_key_secret=secret, endpoint=ENDPOINT, protocol="http", region_id="cn-hangzhou",
    ))
    # The package names what it has by its own rule, so its own names are looked for.
    methods = {name.replace("_", ""): name for name in dir(sdk)}

    def send(action, params):
        # An action without parameters has no request class, and its method takes nothing.
        request = getattr(models, f"{action}Request", None)
        method = getattr(sdk, methods[action.lower()])
        body = (method(request().from_map(params)) if request else method()).body
        same(body.success, True, f"Success of {action}")
        return body.result

    def read(error):
        return Refusal(error.code, error.data["Message"], error.request_id, error.status_code)

    client = Client("telling-alibaba", "alibabacloud-quickbi-public20220101", AlibabaCloudException, read)
    return client, send, snake


# What is gone from the newest version.
OLDER = {"QueryDatasetRowLevelPermissionInfo": "2020-08-05"}


def alibaba_classic(name="telling-alibaba-classic"):
    from aliyunsdkcore.acs_exception.exceptions import ServerException

    import classic

    sdk = classic.connect(Sandbox().alibaba_keys)

    def send(action, params):
        version = classic.version_of(action, params)
        if version is None:
            # The package has no class for it, so its users write the request that is for any product.
            answer = classic.generic(sdk, OLDER.get(action, "2022-01-01"), action, params)
        else:
            # 27 classes of the package ask for https by themselves.
            typed = classic.request(version, action, params)
            typed.set_protocol_type("http")
            answer = json.loads(sdk.do_action_with_exception(typed))
        same(answer["Success"], True, f"Success of {action}")
        return answer["Result"]

    def read(error):
        return Refusal(error.error_code, error.message, error.request_id, error.http_status)

    client = Client(name, "aliyun-python-sdk-quickbi-public", ServerException, read)
    return client, send, str


def tencent(keys=None):
    from tencentcloud.bi.v20220105 import bi_client, models
    from tencentcloud.common.credential import Credential
    from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
    from tencentcloud.common.profile.client_profile import ClientProfile
    from tencentcloud.common.profile.http_profile import HttpProfile

    profile = ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint=ENDPOINT))
    words = {row["action"]: row["msg"] for row in rows("tencent") if "msg" in row}
    # What the rows change, no other client is to see.
    sdk = bi_client.BiClient(Credential(*(keys or Sandbox().tencent_keys)), "", profile)

    def send(action, params):
        typed = getattr(models, f"{action}Request")()
        typed.from_json_string(json.dumps(params))
        answer = getattr(sdk, action)(typed)
        # The one answer of a request id alone has no model of either.
        same(getattr(answer, "Msg", None), words.get(action, "success"), f"Msg of {action}")
        return getattr(answer, "Data", None)

    def read(error):
        return Refusal(error.get_code(), error.get_message(), error.get_request_id())

    return Client("telling-tencent", "tencentcloud-sdk-python-bi", TencentCloudSDKException, read), send, str


# An action that is not served, what is sent, and what has to be found in the vendor's example of its answer.
EXAMPLES = {
    "alibaba": (
        "QueryAuditLog", {"StartDate": "20260101", "EndDate": "20260102", "LogType": "view"}, "0.OperatorType", "CREATE",
    ),
    "tencent": ("ExportScreenPage", {"ProjectId": "117", "PageId": "11520"}, "PicType", "PNG"),
}


def example(which):
    """In a world that says so, an action that is not served answers with the example of the vendor's documents."""
    demo = (Path(__file__).parents[3] / "fixtures" / "demo.yaml").read_text("utf-8")
    sandbox = Sandbox(world=demo.replace("\nname: demo\n", "\nname: demo\nunsupported: example\n"))
    _, send, name = alibaba(sandbox.alibaba_keys) if which == "alibaba" else tencent(sandbox.tencent_keys)
    action, params, path, expected = EXAMPLES[which]
    same(found(send(action, params), path, name), expected, f"{path} of {action}")


def main():
    which = sys.argv[1]
    clients = {
        "alibaba": alibaba, "alibaba-classic": alibaba_classic, "tencent": tencent,
        "alibaba-classic-2021": lambda: alibaba_classic("telling-alibaba-2021"),
    }
    client, send, name = clients[which]()
    actions = 0
    for row in rows(which.partition("-")[0], which):
        result = client.call(send, row["action"], row["params"])
        for path, expected in row["finds"].items():
            same(found(result, path, name), expected, f"{path} of {row['action']}")
        if row.get("opens"):
            admitted(result)
        if "refused" in row:
            client.refused(send, row["action"], row["refused"]["params"], code=row["refused"]["code"])
        actions += 1
    if which in EXAMPLES:
        example(which)
    print(f"{actions} actions through {client.package}", file=sys.stderr)
    client.report()


main()
