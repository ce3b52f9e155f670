# pip install tencentcloud-sdk-python-bi
from tencentcloud.bi.v20220105 import bi_client, models
from tencentcloud.common import credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

http = HttpProfile(protocol="http", endpoint="127.0.0.1:4240")
keys = credential.Credential("AKIDlocaltest0000000000000000000000", "localtestsecret00000000000000000")
client = bi_client.BiClient(keys, "", ClientProfile(httpProfile=http))

request = models.CreateEmbedTokenRequest()
request.ProjectId = 117
request.PageId = 11520
request.Scope = "page"
request.ExpireTime = "240"
token = client.CreateEmbedToken(request).Data.BIToken
print(f"http://127.0.0.1:4240/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token={token}")
