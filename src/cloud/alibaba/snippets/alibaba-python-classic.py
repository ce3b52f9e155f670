# pip install aliyun-python-sdk-core aliyun-python-sdk-quickbi-public
import json

from aliyunsdkcore.client import AcsClient
from aliyunsdkquickbi_public.request.v20220101.CreateTicketRequest import CreateTicketRequest

# Host and port are set in different places; plain HTTP is this SDK's default.
host, port = "127.0.0.1:4240".rsplit(":", 1)
client = AcsClient("LTAIlocaltest000000000000", "localtestsecret000000000000000", "cn-hangzhou", port=int(port))

work = "a206f5f3-0000-4000-8000-e9b17c835b03"
request = CreateTicketRequest()
request.set_endpoint(host)
request.set_WorksId(work)
request.set_TicketNum(1)
request.set_ExpireTime(240)
ticket = json.loads(client.do_action_with_exception(request))["Result"]
print(f"http://127.0.0.1:4240/token3rd/dashboard/view/pc.htm?pageId={work}&accessTicket={ticket}")
