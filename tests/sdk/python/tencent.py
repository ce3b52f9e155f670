"""The official Python SDK of Tencent Cloud BI.

Called with `mainland` or `international`: two distributions with the same modules, which differ in
the language they ask for.
"""

import json
import sys

from tencentcloud.bi.v20220105 import bi_client, models
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

from booth import (
    AWKWARD, CORPORATION, ENDPOINT, PAGE, PROJECT, TENCENT_KEYS, URL, USER,
    Client, Refusal, Sandbox, admitted, faults, refusal_rows, same, tencent_link, turned_away,
)

SITES = {
    "mainland": ("tencent-python", "tencentcloud-sdk-python-bi", "zh"),
    "international": ("tencent-python-intl", "tencentcloud-sdk-python-intl-en", "en"),
}
GLOBAL_PARAM = json.dumps(
    [{"ParamKey": "province", "JoinType": "AND", "WhereList": [{"Operator": "-is", "Value": [AWKWARD]}]}],
    ensure_ascii=False,
)


def connect(keys=TENCENT_KEYS, method="POST", sign="TC3-HMAC-SHA256", unsigned=False, http=None):
    http = http or HttpProfile(protocol="http", endpoint=ENDPOINT)
    http.reqMethod = method
    profile = ClientProfile(signMethod=sign, httpProfile=http)
    profile.unsignedPayload = unsigned
    return bi_client.BiClient(Credential(*keys), "", profile)


VARIANTS = {
    "TC3 POST": {},
    "TC3 GET": {"method": "GET"},
    "TC3 POST, unsigned payload": {"unsigned": True},
    "TC3 POST, scheme in the endpoint": {"http": HttpProfile(endpoint=URL)},
    "HmacSHA1 POST": {"sign": "HmacSHA1"},
    "HmacSHA1 GET": {"sign": "HmacSHA1", "method": "GET"},
    "HmacSHA256 POST": {"sign": "HmacSHA256"},
    "HmacSHA256 GET": {"sign": "HmacSHA256", "method": "GET"},
}


def request(action, params):
    """The SDK's own request object; it takes any value for a field it knows."""
    typed = getattr(models, f"{action}Request")()
    typed.from_json_string(json.dumps(params))
    return typed


def send(sdk, action, params):
    return getattr(sdk, action)(request(action, params))


def create(client, sdk, **more):
    params = {"ProjectId": PROJECT, "PageId": PAGE, "Scope": "page", "Intention": "embed", "ExpireTime": "30", **more}
    return client.call(send, sdk, "CreateEmbedToken", params)


def life(client, sdk):
    """Creates, visits, uses up, extends."""
    answer = create(client, sdk, TicketNum=2, TokenType=100, ExtraParam=AWKWARD, GlobalParam=GLOBAL_PARAM)
    data = answer.Data
    same(answer.Msg, "success", "Msg")
    same((data.ProjectId, data.PageId, data.Scope), (str(PROJECT), str(PAGE), "page"), "the target")
    same((data.ExpireTime, data.TicketNum, data.TokenType), (30, 2, 100), "the numbers")
    same((data.ExtraParam, data.GlobalParam), (AWKWARD, GLOBAL_PARAM), "the texts that are echoed")
    same(data.CreatedAt, data.UpdatedAt, "times of creation and update")

    link = tencent_link(data.BIToken)
    admitted(link)
    admitted(link)
    turned_away(link, "used-up")

    token = create(client, sdk).Data.BIToken
    extension = {"ProjectId": PROJECT, "PageId": PAGE, "Scope": "page", "Intention": "embed", "BIToken": token}
    same(client.call(send, sdk, "ApplyEmbedInterval", extension).Data.Result, True, "Data.Result")
    admitted(tencent_link(token))
    return token


def strangers(client, language, **variant):
    """A wrong secret and an unknown key."""
    key_id, _ = TENCENT_KEYS
    texts = {
        "zh": ("请求签名验证失败，请检查您的签名计算是否正确。", "SecretId不存在，请输入正确的密钥。"),
        "en": (
            "The provided credentials could not be validated. Please check your signature is correct.",
            "The SecretId is not found, please ensure that your SecretId is correct.",
        ),
    }
    mismatch, unknown = texts[language]
    wrong_secret = connect(keys=(key_id, "notthesecret"), **variant)
    client.refused(create, client, wrong_secret, code="AuthFailure.SignatureFailure", message=mismatch)
    unknown_key = connect(keys=("AKIDnobody", "notthesecret"), **variant)
    client.refused(create, client, unknown_key, code="AuthFailure.SecretIdNotFound", message=unknown)


def bound_to_one_user(client, sdk):
    """A token of type 200, then all tokens of the page are cleared."""
    data = create(client, sdk, TokenType=200, UserCorpId=CORPORATION, UserId=USER).Data
    same((data.UserCorpId, data.UserId, data.TokenType), (CORPORATION, USER, 200), "the user")
    admitted(tencent_link(data.BIToken))
    clearing = {"ProjectId": str(PROJECT), "PageId": str(PAGE), "Scope": "page", "UserCorpId": CORPORATION}
    same(client.call(send, sdk, "ClearEmbedToken", clearing).Data, True, "Data of ClearEmbedToken")
    turned_away(tencent_link(data.BIToken), "revoked")


def refusals(client, sdk, live, language):
    """The table; what the SDK's models cannot say goes through its generic call."""

    def generic(action, params):
        answer = sdk.call_json(action, params)
        # The generic call raises for an error, as the typed ones do.
        return answer["Response"]

    for row in refusal_rows("tencent"):
        params = {name: live if value == "$live" else value for name, value in row["params"].items()}
        way = generic if row.get("untyped") else lambda action, params: send(sdk, action, params)
        client.refused(way, row["action"], params, code=row["code"], message=row.get(language))


def days_later(client):
    """A token ends to the second, and the SDK works on ten days later."""
    sandbox = Sandbox()
    sdk = connect(keys=sandbox.tencent_keys)
    token = create(client, sdk, ExpireTime="30").Data.BIToken
    same(sandbox.advance("29m59s"), [], "what ends a second too early")
    admitted(tencent_link(token))
    same(sandbox.advance("1s"), [(token, "expired")], "what ends after 30 minutes")
    turned_away(tencent_link(token), "expired")
    sandbox.advance("10 days")
    late = create(client, sdk)
    admitted(tencent_link(late.Data.BIToken))
    extending = {"ProjectId": PROJECT, "PageId": PAGE, "BIToken": late.Data.BIToken, "Scope": "page"}
    same(client.call(send, sdk, "ApplyEmbedInterval", extending).Data.Result, True, "Result ten days later")


def faulty(sandbox):
    """One call of an SDK that does not wait for long."""
    http = HttpProfile(protocol="http", endpoint=ENDPOINT, reqTimeout=1)
    answer = create(Client("fault", "", Exception, None), connect(keys=sandbox.tencent_keys, http=http))
    return "an answer" if answer.Data and answer.Data.BIToken else "an answer without Data"


def main():
    name, package, language = SITES[sys.argv[1]]
    client = Client(
        name, package, TencentCloudSDKException,
        lambda error: Refusal(error.get_code(), error.get_message(), error.get_request_id()),
    )
    for variant in VARIANTS.values():
        life(client, connect(**variant))
        strangers(client, language, **variant)
    sdk = connect()
    refusals(client, sdk, create(client, sdk).Data.BIToken, language)
    bound_to_one_user(client, sdk)
    days_later(client)
    faults(client, "tencent", faulty)
    client.report()


main()
