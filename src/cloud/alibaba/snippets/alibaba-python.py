# pip install alibabacloud-quickbi-public20220101
from alibabacloud_quickbi_public20220101 import models
from alibabacloud_quickbi_public20220101.client import Client
from alibabacloud_tea_openapi.utils_models import Config

client = Client(Config(
    access_key_id="LTAIlocaltest000000000000",
    access_key_secret="localtestsecret000000000000000",
    endpoint="127.0.0.1:4240",
    protocol="http",
    region_id="cn-hangzhou",
))

work = "a206f5f3-0000-4000-8000-e9b17c835b03"
request = models.CreateTicketRequest(works_id=work, ticket_num=1, expire_time=240)
ticket = client.create_ticket(request).body.result
print(f"http://127.0.0.1:4240/token3rd/dashboard/view/pc.htm?pageId={work}&accessTicket={ticket}")
