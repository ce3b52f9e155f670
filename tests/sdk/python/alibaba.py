"""The official Python SDK of Quick BI (version 2022-01-01), with ACS3 and with the older V2 signature."""

import json
import re

from alibabacloud_quickbi_public20220101 import models
from alibabacloud_quickbi_public20220101.client import Client as QuickBi
from alibabacloud_tea_openapi import utils_models
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException, ClientException, ServerException
from darabonba.runtime import RuntimeOptions

from booth import (
    ALIBABA_KEYS, AWKWARD, ENDPOINT, QUICKBI_USER, URL, WORK,
    Client, Refusal, Sandbox, admitted, alibaba_link, faults, refusal_rows, same, turned_away,
)

GLOBAL_PARAM = json.dumps(
    [{"paramKey": "price", "joinType": "and", "conditionList": [{"operate": "!=", "value": AWKWARD}]}],
    ensure_ascii=False,
)


def connect(keys=ALIBABA_KEYS, endpoint=ENDPOINT, **more):
    key_id, secret = keys
    return QuickBi(utils_models.Config(
        access_key_id=key_id, access_key_secret=secret,
        endpoint=endpoint, protocol="http", region_id="cn-hangzhou", **more,
    ))


VARIANTS = {
    "ACS3": {},
    "ACS3, scheme in the endpoint": {"endpoint": URL},
    "V2": {"signature_algorithm": "v2"},
}


def send(sdk, action, params):
    """The typed method of an action, given parameters by their wire names."""
    typed = getattr(models, f"{action}Request")().from_map(params)
    method = re.sub(r"(?<!^)([A-Z])", r"_\1", action).lower()
    return getattr(sdk, method)(typed).body


def generic(sdk, action, version):
    params = utils_models.Params(
        action=action, version=version, protocol="HTTP", pathname="/", method="POST",
        auth_type="AK", style="RPC", req_body_type="formData", body_type="json",
    )
    return sdk.call_api(params, utils_models.OpenApiRequest(query={}), RuntimeOptions())


def create(client, sdk, **more):
    return client.call(send, sdk, "CreateTicket", {"WorksId": WORK, **more})


def life(client, sdk):
    """Creates, inspects, visits, uses up, extends, deletes."""
    answer = create(
        client, sdk, TicketNum=2, ExpireTime=30, UserId=QUICKBI_USER,
        WatermarkParam=AWKWARD, GlobalParam=GLOBAL_PARAM,
    )
    same(answer.success, True, "Success")
    ticket = answer.result
    info = client.call(send, sdk, "QueryTicketInfo", {"Ticket": ticket}).result
    same((info.access_ticket, info.works_id, info.user_id), (ticket, WORK, QUICKBI_USER), "whose ticket it is")
    same((info.max_ticket_num, info.used_ticket_num), (2, 0), "uses before the first visit")
    same((info.watermark_param, info.global_param), (AWKWARD, GLOBAL_PARAM), "the texts that are kept")

    link = alibaba_link(accessTicket=ticket)
    admitted(link)
    admitted(link)
    turned_away(link, "used-up")
    info = client.call(send, sdk, "QueryTicketInfo", {"Ticket": ticket}).result
    same((info.max_ticket_num, info.used_ticket_num), (2, 2), "uses after the last visit")

    other = create(client, sdk).result
    before = client.call(send, sdk, "QueryTicketInfo", {"Ticket": other}).result.invalid_time
    same(client.call(send, sdk, "DelayTicketExpireTime", {"Ticket": other, "ExpireTime": 60}).result, True, "Result")
    after = client.call(send, sdk, "QueryTicketInfo", {"Ticket": other}).result.invalid_time
    same(before < after, True, f"the expiry moves from {before} to {after}")
    same(client.call(send, sdk, "UpdateTicketNum", {"Ticket": other, "TicketNum": 3}).result, True, "Result")
    admitted(alibaba_link(accessTicket=other))
    same(client.call(send, sdk, "DeleteTicket", {"Ticket": other}).result, True, "Result")
    turned_away(alibaba_link(accessTicket=other), "revoked")
    client.refused(send, sdk, "QueryTicketInfo", {"Ticket": other}, code="Authorize3rdTicket.NotExist")


def strangers(client, **variant):
    """A wrong secret and an unknown key."""
    key_id, _ = ALIBABA_KEYS
    wrong_secret = connect(keys=(key_id, "notthesecret"), **variant)
    got = client.refused(create, client, wrong_secret, code="SignatureDoesNotMatch", status=400)
    same("server string to sign" in got.message or "server StringToSign" in got.message, True, got.message)
    client.refused(
        create, client, connect(keys=("LTAInobody", "any"), **variant),
        code="InvalidAccessKeyId.NotFound", status=404, message="Specified access key is not found.",
    )


def refusals(client, sdk):
    live = create(client, sdk).result
    for row in refusal_rows("alibaba")["2022-01-01"]:
        params = {name: live if value == "$live" else value for name, value in row["params"].items()}
        client.refused(
            send, sdk, row["action"], params, code=row["code"], message=row["message"], status=row["status"],
        )
    client.refused(
        generic, sdk, "CreateNothing", "2022-01-01", code="InvalidAction.NotFound", status=404,
        message="Specified api is not found, please check your url and method.",
    )
    client.refused(
        generic, sdk, "CreateTicket", "1999-01-01", code="InvalidVersion", status=400,
        message="Specified parameter Version is not valid.",
    )


def days_later(client, **variant):
    """A ticket ends to the second, an extended one later, and the SDK works on ten days later."""
    sandbox = Sandbox()
    sdk = connect(keys=sandbox.alibaba_keys, **variant)
    short, long = (create(client, sdk, ExpireTime=30, TicketNum=9).result for _ in range(2))
    client.call(send, sdk, "DelayTicketExpireTime", {"Ticket": long, "ExpireTime": 30})
    same(sandbox.advance("29m59s"), [], "what ends a second too early")
    admitted(alibaba_link(accessTicket=short))
    same(sandbox.advance("1s"), [(short, "expired")], "what ends after 30 minutes")
    turned_away(alibaba_link(accessTicket=short), "expired")
    admitted(alibaba_link(accessTicket=long))
    same(sandbox.advance("30m"), [(long, "expired")], "what ends after 60 minutes")
    client.refused(send, sdk, "QueryTicketInfo", {"Ticket": long}, code="Authorize3rdTicket.Expired")
    sandbox.advance("10 days")
    admitted(alibaba_link(accessTicket=create(client, sdk).result))


def faulty(sandbox):
    """One call of an SDK that does not wait for long."""
    sdk = connect(keys=sandbox.alibaba_keys, read_timeout=1000, connect_timeout=1000)
    answer = create(Client("fault", "", Exception, None), sdk)
    return "an answer" if answer.result else "an answer without Result"


def read(error):
    """The SDK has one class for the client's mistakes and one for the server's."""
    same(type(error), ServerException if error.status_code >= 500 else ClientException, "class of the exception")
    text = error.data["Message"]
    same(error.message, f"code: {error.status_code}, {text} request id: {error.request_id}", "the exception's text")
    return Refusal(error.code, text, error.request_id, error.status_code)


def main():
    client = Client("alibaba-python", "alibabacloud-quickbi-public20220101", AlibabaCloudException, read)
    for variant in VARIANTS.values():
        sdk = connect(**variant)
        life(client, sdk)
        refusals(client, sdk)
        strangers(client, **variant)
        days_later(client, **variant)
    faults(client, "alibaba", faulty)
    client.report()


main()
