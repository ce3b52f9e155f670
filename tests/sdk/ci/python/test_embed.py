# pip install pytest alibabacloud-quickbi-public20220101
import os

import pytest
import requests  # comes with the SDK
from alibabacloud_quickbi_public20220101 import models
from alibabacloud_quickbi_public20220101.client import Client
from alibabacloud_tea_openapi.utils_models import Config

URL = os.environ["TICKETBOOTH_URL"]
ADMIN = f"{URL}/_ticketbooth"
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


class Booth:
    """A sandbox of one test: keys, tickets, clock, rules and journal of its own."""

    def __init__(self, test):
        self.admin = requests.Session()
        self.admin.headers["content-type"] = "application/json"
        made = self.change("sandboxes", {"origin": {"test": test}})
        self.id, keys = made["id"], made["alibaba"]
        self.admin.headers["x-ticketbooth-sandbox"] = self.id
        self.client = Client(Config(
            access_key_id=keys["access_key_id"], access_key_secret=keys["access_key_secret"],
            endpoint=os.environ["TICKETBOOTH_ENDPOINT"], protocol="http", region_id="cn-hangzhou",
        ))

    def change(self, path, body):
        answer = self.admin.post(f"{ADMIN}/{path}", json=body)
        assert answer.ok, answer.text
        return answer.json()

    def verify(self, **expectation):
        verdict = self.change("verify", expectation)
        assert verdict["verdict"] == "pass", verdict["message"]

    def visit(self, ticket):
        link = f"{URL}/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}"
        headers = requests.get(link).headers
        return headers.get("x-ticketbooth-refusal") or headers["x-ticketbooth-visit"]


@pytest.fixture
def booth(request):
    booth = Booth(request.node.nodeid)
    yield booth
    # Why calls were refused: pytest shows it where the test failed.
    print(booth.admin.get(f"{ADMIN}/explain?format=text").text)
    booth.admin.delete(f"{ADMIN}/sandboxes/{booth.id}")


def test_a_ticket_opens_the_dashboard_once(booth):
    ticket = issue_ticket(booth.client)
    assert [booth.visit(ticket), booth.visit(ticket)] == ["admitted", "used-up"]
    booth.verify(on="alibaba.CreateTicket", calls={"exactly": 1})


def test_a_ticket_ends_after_four_hours(booth):
    ticket = issue_ticket(booth.client)
    booth.change("clock", {"advance": "241m"})
    assert booth.visit(ticket) == "expired"


def test_a_throttled_call_is_tried_again(booth):
    booth.change("rules", {
        "id": "busy", "on": "alibaba.CreateTicket", "calls": {"first": 1}, "then": {"error": "Throttling.User"},
    })
    assert booth.visit(issue_ticket(booth.client)) == "admitted"
    booth.verify(on="alibaba.CreateTicket", code="Throttling.User", calls={"exactly": 1})
    booth.verify(on="alibaba.CreateTicket", calls={"exactly": 2})
