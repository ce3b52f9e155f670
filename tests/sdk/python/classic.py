"""What the two releases of the classic Python SDK share."""

import importlib
import json
import re
from pathlib import Path

import aliyunsdkquickbi_public
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest

from booth import ALIBABA_KEYS, HOST, PORT, WORK, Refusal, same


def connect(keys=ALIBABA_KEYS):
    return AcsClient(*keys, "cn-hangzhou", port=int(PORT))


def version_of(action, params):
    """The newest version in which this release has a request class for the action with these parameters; `None`: none."""
    folder = Path(aliyunsdkquickbi_public.__file__).parent / "request"
    for module in sorted(folder.glob(f"v*/{action}Request.py"), reverse=True):
        text = module.read_text("utf-8")
        if all(f"def set_{name}(" in text for name in params):
            return re.sub(r"v(\d{4})(\d\d)(\d\d)", r"\1-\2-\3", module.parent.name)
    return None


def request(version, action, params, method="POST"):
    """The SDK's own request object, filled through its own setters."""
    module = f"aliyunsdkquickbi_public.request.v{version.replace('-', '')}.{action}Request"
    typed = getattr(importlib.import_module(module), f"{action}Request")()
    typed.set_endpoint(HOST)
    typed.set_method(method)
    for name, value in params.items():
        getattr(typed, f"set_{name}")(value)
    return typed


def send(sdk, version, action, params, method="POST"):
    answer = json.loads(sdk.do_action_with_exception(request(version, action, params, method)))
    same(answer["Success"], True, f"Success of {action}")
    return answer


def generic(sdk, version, action, params=None):
    """The product-neutral request, with its parameters in a form body."""
    common = CommonRequest(domain=HOST, version=version, action_name=action)
    common.set_protocol_type("http")
    common.set_method("POST")
    for name, value in (params or {}).items():
        common.add_body_params(name, value)
    return json.loads(sdk.do_action_with_exception(common))


def strangers(client, version, action, method="POST"):
    """A wrong secret and an unknown key.

    The SDK compares the server's string to sign with its own; since they are equal, it concludes
    that the secret is wrong and says so under a code of its own.
    """
    key_id, _ = ALIBABA_KEYS
    params = {"WorksId": WORK}
    client.refused(
        send, connect((key_id, "notthesecret")), version, action, params, method,
        code="InvalidAccessKeySecret", status=400,
    )
    client.refused(
        send, connect(("LTAInobody", "any")), version, action, params, method,
        code="InvalidAccessKeyId.NotFound", status=404, message="Specified access key is not found.",
    )


def read(error):
    return Refusal(error.get_error_code(), error.get_error_msg(), error.get_request_id(), error.get_http_status())
