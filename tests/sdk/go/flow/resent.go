package flow

import "ticketbooth.test/sdk/booth"

// Resent loses a GET on a connection that is kept. Go's own HTTP client then sends the same bytes again without a
// word to the SDK, and a server that never did the first request has to do the second.
func Resent(client *booth.Client, connect Connect) {
	for _, how := range []string{"reset", "close"} {
		sandbox := booth.NewSandbox()
		sandbox.Rule(booth.Params{
			"on": "alibaba.CreateTicket", "calls": 2, "then": booth.Params{"lose": "request", "how": how},
		})
		send := connect(sandbox.Alibaba)
		client.Call(create(send))
		booth.Admitted(booth.AlibabaLink("accessTicket", client.Call(create(send))["Result"]))
		booth.Same(sandbox.Calls("CreateTicket"), 3, "calls that came, with one lost by "+how)
	}
}
