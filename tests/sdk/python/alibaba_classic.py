"""The classic Python SDK of Quick BI (version 2022-01-01, V2 signature), by POST, by GET and as XML."""

from xml.etree import ElementTree

from aliyunsdkcore.acs_exception.exceptions import ServerException

from booth import AWKWARD, QUICKBI_USER, WORK, Client, admitted, alibaba_link, refusal_rows, same, turned_away
from classic import connect, generic, read, request, send, strangers

VERSION = "2022-01-01"


def life(client, sdk, method):
    """Creates, inspects, visits, uses up, extends, deletes."""
    def call(action, **params):
        return client.call(send, sdk, VERSION, action, params, method)["Result"]

    ticket = call("CreateTicket", WorksId=WORK, TicketNum=2, ExpireTime=30, UserId=QUICKBI_USER, WatermarkParam=AWKWARD)
    info = call("QueryTicketInfo", Ticket=ticket)
    same((info["AccessTicket"], info["WorksId"], info["UserId"]), (ticket, WORK, QUICKBI_USER), "whose ticket it is")
    same((info["MaxTicketNum"], info["UsedTicketNum"], info["WatermarkParam"]), (2, 0, AWKWARD), "what it may")

    link = alibaba_link(accessTicket=ticket)
    admitted(link)
    admitted(link)
    turned_away(link, "used-up")

    other = call("CreateTicket", WorksId=WORK, AccountName="wangwu", AccountType=1)
    before = call("QueryTicketInfo", Ticket=other)["InvalidTime"]
    same(call("DelayTicketExpireTime", Ticket=other, ExpireTime=60), True, "Result")
    after = call("QueryTicketInfo", Ticket=other)["InvalidTime"]
    same(before < after, True, f"the expiry moves from {before} to {after}")
    admitted(alibaba_link(accessTicket=other))
    same(call("DeleteTicket", Ticket=other), True, "Result")
    turned_away(alibaba_link(accessTicket=other), "revoked")


def xml(client, sdk):
    """Only `do_action` honours the format that was asked for."""
    def answer(**params):
        asked = request(VERSION, "CreateTicket", params)
        asked.set_accept_format("XML")
        return ElementTree.fromstring(client.call(sdk.do_action, asked))

    created = answer(WorksId=WORK)
    same((created.tag, created.findtext("Success")), ("CreateTicketResponse", "true"), "the answer in XML")
    admitted(alibaba_link(accessTicket=created.findtext("Result")))

    refused = answer(WorksId="embedding-off")
    same((refused.tag, refused.findtext("Code")), ("Error", "Authorize3Rd.Report.Unauthorized"), "the refusal in XML")
    client.refusals += 1


def refusals(client, sdk):
    live = client.call(send, sdk, VERSION, "CreateTicket", {"WorksId": WORK})["Result"]
    for row in refusal_rows("alibaba")[VERSION]:
        params = {name: live if value == "$live" else value for name, value in row["params"].items()}
        client.refused(
            send, sdk, VERSION, row["action"], params, code=row["code"], message=row["message"], status=row["status"],
        )
    client.refused(
        generic, sdk, VERSION, "CreateNothing", code="InvalidAction.NotFound", status=404,
        message="Specified api is not found, please check your url and method.",
    )
    client.refused(generic, sdk, "1999-01-01", "CreateTicket", code="InvalidVersion", status=400)


def main():
    client = Client("alibaba-python-classic", "aliyun-python-sdk-quickbi-public", ServerException, read)
    sdk = connect()
    for method in ("POST", "GET"):
        life(client, sdk, method)
        strangers(client, VERSION, "CreateTicket", method)
    xml(client, sdk)
    refusals(client, sdk)
    client.report()


main()
