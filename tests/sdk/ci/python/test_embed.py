# pip install ticketbooth pytest alibabacloud-quickbi-public20220101
import pytest
from alibabacloud_quickbi_public20220101 import models
from alibabacloud_quickbi_public20220101.client import Client
from alibabacloud_tea_openapi.utils_models import Config

WORK = "a206f5f3-0000-4000-8000-e9b17c835b03"


def issue_ticket(client, attempts=3):
    """The code under test: asks for a ticket, and asks again when it is throttled."""
    request = models.CreateTicketRequest(works_id=WORK, ticket_num=1, expire_time=240)
    for attempt in range(1, attempts + 1):
        try:
            return client.create_ticket(request).body.result
        except Exception as error:
            if getattr(error, "code", None) != "Throttling.User" or attempt == attempts:
                raise


@pytest.fixture
def client(ticketbooth):
    return Client(Config(
        access_key_id=ticketbooth.alibaba.access_key_id, access_key_secret=ticketbooth.alibaba.access_key_secret,
        endpoint=ticketbooth.endpoint, protocol="http", region_id="cn-hangzhou",
    ))


def test_a_ticket_opens_the_dashboard_once(ticketbooth, client):
    ticket = issue_ticket(client)
    assert ticketbooth.visit(ticket).admitted
    assert ticketbooth.visit(ticket).refusal == "used-up"
    ticketbooth.verify(on="alibaba.CreateTicket", exactly=1)


def test_a_ticket_ends_after_four_hours(ticketbooth, client):
    ticket = issue_ticket(client)
    ticketbooth.clock.advance("241m")
    assert ticketbooth.visit(ticket).refusal == "expired"


def test_a_throttled_call_is_tried_again(ticketbooth, client):
    ticketbooth.rule({"on": "alibaba.CreateTicket", "calls": {"first": 1}, "then": {"error": "Throttling.User"}})
    assert ticketbooth.visit(issue_ticket(client)).admitted
    ticketbooth.verify(on="alibaba.CreateTicket", code="Throttling.User", exactly=1)
    ticketbooth.verify(on="alibaba.CreateTicket", exactly=2)
