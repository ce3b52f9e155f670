# Gemfile:
#
#   git 'https://github.com/TencentCloud/tencentcloud-sdk-ruby.git', tag: '3.0.428' do
#     gem 'tencentcloud-sdk-common'
#     gem 'tencentcloud-sdk-bi'
#   end
#
# This SDK asks port 80, whatever port its endpoint names: start `ticketbooth serve --listen 127.0.0.1:80` for it,
# and have this printed with `--url http://127.0.0.1:80`.
require 'tencentcloud-sdk-bi'

host, port = '127.0.0.1:4240'.split(':')
abort "the SDK would ask port 80 of #{host}, and the emulator has port #{port}" unless port == '80'

http = TencentCloud::Common::HttpProfile.new('http', host)
profile = TencentCloud::Common::ClientProfile.new('TC3-HMAC-SHA256', http)
keys = TencentCloud::Common::Credential.new('AKIDlocaltest0000000000000000000000', 'localtestsecret00000000000000000')
client = TencentCloud::Bi::V20220105::Client.new(keys, '', profile)

request = TencentCloud::Bi::V20220105::CreateEmbedTokenRequest.new
request.ProjectId = 117
request.PageId = 11520
request.Scope = 'page'
request.ExpireTime = '240'
token = client.CreateEmbedToken(request).Data.BIToken
puts "http://127.0.0.1:4240/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token=#{token}"
