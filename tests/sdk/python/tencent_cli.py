"""The vendor's command line `tccli`, run as a person runs it."""

import json
import re
import subprocess

from booth import (
    AWKWARD, CORPORATION, PAGE, PROJECT, TENCENT_KEYS, URL, USER,
    Client, Refusal, admitted, refusal_rows, same, tencent_link, turned_away,
)

# The form in which it prints an SDK exception, whose text may have several lines.
EXCEPTION = re.compile(r"\[TencentCloudSDKException\] code:(\S+) message:(.*) requestId:(\S+)", re.DOTALL)


class Failed(Exception):
    """The command ended with another exit code than 0."""


def tccli(action, params, keys=TENCENT_KEYS):
    key_id, secret = keys
    flags = ["--endpoint", URL, "--secretId", key_id, "--secretKey", secret, "--region", "ap-guangzhou"]
    for name, value in params.items():
        flags += [f"--{name}", str(value)]
    command = ["tccli", "bi", action, *flags]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise Failed(done.returncode, done.stdout + done.stderr)
    return json.loads(done.stdout)


def read(error):
    exit_code, text = error.args
    same(exit_code, 255, f"exit code of tccli ({text})")
    found = EXCEPTION.search(text)
    if not found:
        raise AssertionError(f"tccli printed no SDK exception: {text}")
    return Refusal(*found.groups())


def main():
    client = Client("tccli", "tccli", Failed, read)
    page = {"ProjectId": PROJECT, "PageId": PAGE, "Scope": "page", "Intention": "embed"}

    user = {"TokenType": 200, "UserCorpId": CORPORATION, "UserId": USER}
    create = {**page, **user, "ExpireTime": "30", "TicketNum": 2, "ExtraParam": AWKWARD}
    data = client.call(tccli, "CreateEmbedToken", create)["Data"]
    same((data["ProjectId"], data["ExpireTime"], data["TicketNum"]), (str(PROJECT), 30, 2), "the answer's fields")
    same(data["ExtraParam"], AWKWARD, "the text that is echoed")
    link = tencent_link(data["BIToken"])
    admitted(link)
    admitted(link)
    turned_away(link, "used-up")

    token = client.call(tccli, "CreateEmbedToken", {**page, **user})["Data"]["BIToken"]
    extended = client.call(tccli, "ApplyEmbedInterval", {**page, "BIToken": token})
    same(extended["Data"], {"Result": True}, "Data of ApplyEmbedInterval")
    admitted(tencent_link(token))

    for row in refusal_rows("tencent"):
        # The command line knows names and types itself and cannot send what they forbid.
        if not row.get("untyped"):
            params = {name: token if value == "$live" else value for name, value in row["params"].items()}
            client.refused(tccli, row["action"], params, code=row["code"], message=row.get("zh"))
    key_id, _ = TENCENT_KEYS
    client.refused(tccli, "CreateEmbedToken", page, (key_id, "notthesecret"), code="AuthFailure.SignatureFailure")
    client.refused(tccli, "CreateEmbedToken", page, ("AKIDnobody", "any"), code="AuthFailure.SecretIdNotFound")

    clearing = {"ProjectId": PROJECT, "PageId": PAGE, "Scope": "page", "UserCorpId": CORPORATION}
    same(client.call(tccli, "ClearEmbedToken", clearing)["Data"], True, "Data of ClearEmbedToken")
    turned_away(tencent_link(token), "revoked")
    client.report()


main()
