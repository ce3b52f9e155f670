"""The classic Python SDK of Quick BI 1.8.5: version 2021-03-25, which alone has CreateEmbedToken."""

from aliyunsdkcore.acs_exception.exceptions import ServerException

from booth import QUICKBI_USER, WORK, Client, admitted, alibaba_link, refusal_rows, same, turned_away
from classic import connect, generic, read, send, strangers

VERSION = "2021-03-25"


def embed_token(client, sdk):
    """Creates, inspects, visits, renews, extends, deletes."""
    def call(action, **params):
        return client.call(send, sdk, VERSION, action, params)["Result"]

    created = call("CreateEmbedToken", WorksId=WORK, UserId=QUICKBI_USER, ExpireMin=30)
    token = created["AccessToken"]
    same(created["TokeType"], 4, "TokeType, in the vendor's spelling")
    same(call("QueryEmbedTokenInfo", Token=token)["InvalidTime"], created["InvalidTime"], "InvalidTime")
    admitted(alibaba_link(accessToken=token))

    renewed = call("CreateEmbedToken", WorksId=WORK, UserId=QUICKBI_USER, ExpireMin=30)
    same((renewed["AccessToken"], renewed["RegisterTime"]), (token, created["RegisterTime"]), "the renewed token")
    same(created["InvalidTime"] < renewed["InvalidTime"], True, "a renewal moves the expiry")
    same(call("DelayEmbedToken", Token=token, ExpireMin=60), True, "Result")
    delayed = call("QueryEmbedTokenInfo", Token=token)
    same(renewed["InvalidTime"] < delayed["InvalidTime"], True, "a delay moves the expiry")
    admitted(alibaba_link(accessToken=token))

    same(call("DeleteEmbedToken", Token=token), True, "Result")
    turned_away(alibaba_link(accessToken=token), "revoked")
    client.refused(
        send, sdk, VERSION, "QueryEmbedTokenInfo", {"Token": token},
        code="Authorize3Rd.Token.NotExist", message=f"The token [{token}] does not exist.", status=500,
    )


def ticket(client, sdk):
    """The ticket actions of this older version share one store with the newer one's."""
    def call(action, **params):
        return client.call(send, sdk, VERSION, action, params)["Result"]

    text = call("CreateTicket", WorksId=WORK, TicketNum=2)
    link = alibaba_link(accessTicket=text)
    admitted(link)
    admitted(link)
    turned_away(link, "used-up")
    same(call("QueryTicketInfo", Ticket=text)["UsedTicketNum"], 2, "UsedTicketNum")
    same(call("DeleteTicket", Ticket=text), True, "Result")


def refusals(client, sdk):
    live = client.call(generic, sdk, VERSION, "CreateEmbedToken", {"WorksId": WORK})["Result"]["AccessToken"]
    for row in refusal_rows("alibaba")[VERSION]:
        params = {name: live if value == "$live" else value for name, value in row["params"].items()}
        client.refused(
            send, sdk, VERSION, row["action"], params, code=row["code"], message=row["message"], status=row["status"],
        )
    client.refused(generic, sdk, "2022-01-01", "CreateEmbedToken", code="InvalidAction.NotFound", status=404)
    client.call(send, sdk, VERSION, "DeleteEmbedToken", {"Token": live})


def main():
    client = Client("alibaba-python-2021", "aliyun-python-sdk-quickbi-public", ServerException, read)
    sdk = connect()
    embed_token(client, sdk)
    ticket(client, sdk)
    refusals(client, sdk)
    strangers(client, VERSION, "CreateEmbedToken")
    client.report()


main()
