# gem install aliyunsdkcore -v 0.0.17
require 'aliyunsdkcore'

client = RPCClient.new(
  endpoint: 'http://127.0.0.1:4240',
  api_version: '2022-01-01',
  access_key_id: 'LTAIlocaltest000000000000',
  access_key_secret: 'localtestsecret000000000000000'
)

work = 'a206f5f3-0000-4000-8000-e9b17c835b03'
# Every value is a text: the SDK cannot encode a number.
params = { WorksId: work, TicketNum: '1', ExpireTime: '240' }
ticket = client.request(action: 'CreateTicket', params: params, opts: { method: 'POST' })['Result']
puts "http://127.0.0.1:4240/token3rd/dashboard/view/pc.htm?pageId=#{work}&accessTicket=#{ticket}"
