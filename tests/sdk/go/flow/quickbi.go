// Package flow is what every Go client of Quick BI goes through, in each way of signing that it has.
package flow

import (
	"strings"

	"ticketbooth.test/sdk/booth"
)

// The two versions of the API that have embed actions.
const (
	Newer = "2022-01-01"
	Older = "2021-03-25"
)

// Send makes one call through an SDK and gives the answer as its members are named on the wire.
type Send func(version, action string, params booth.Params) (booth.Params, error)

// Connect makes a client of the SDK with these keys.
type Connect func(booth.Keys) Send

const globalParam = `[{"paramKey":"price","joinType":"and","conditionList":[{"operate":"!=","value":"` +
	booth.Awkward + `"}]}]`

// QuickBI is all of it.
func QuickBI(client *booth.Client, connect Connect) {
	send := connect(booth.AlibabaKeys)
	for _, version := range []string{Newer, Older} {
		tickets(calls{client, send, version})
	}
	embedTokens(calls{client, send, Older})
	refusals(client, send)
	strangers(client, connect)
	temporary(client, connect)
	daysLater(client, connect)
}

// calls makes calls of one version that have to be answered.
type calls struct {
	client  *booth.Client
	send    Send
	version string
}

func (c calls) result(action string, params booth.Params) any {
	answer := c.client.Call(func() (booth.Params, error) { return c.send(c.version, action, params) })
	booth.Same(answer["Success"], true, "Success of "+action)
	return answer["Result"]
}

func (c calls) info(action string, params booth.Params) booth.Params {
	return c.result(action, params).(booth.Params)
}

// tickets creates, inspects, visits, uses up, extends, deletes.
func tickets(c calls) {
	ticket := c.result("CreateTicket", booth.Params{
		"WorksId": booth.Work, "TicketNum": 2, "ExpireTime": 30, "UserId": booth.QuickBIUser,
		"WatermarkParam": booth.Awkward, "GlobalParam": globalParam,
	})
	named := booth.Params{"Ticket": ticket}
	info := c.info("QueryTicketInfo", named)
	booth.Same([]any{info["AccessTicket"], info["WorksId"], info["UserId"]}, []any{ticket, booth.Work, booth.QuickBIUser},
		"whose ticket it is")
	booth.Same([]any{info["MaxTicketNum"], info["UsedTicketNum"]}, []any{2, 0}, "uses before the first visit")
	booth.Same([]any{info["WatermarkParam"], info["GlobalParam"]}, []any{booth.Awkward, globalParam}, "the texts")

	link := booth.AlibabaLink("accessTicket", ticket)
	booth.Admitted(link)
	booth.Admitted(link)
	booth.TurnedAway(link, "used-up")
	booth.Same(c.info("QueryTicketInfo", named)["UsedTicketNum"], 2, "uses after the last visit")

	other := c.result("CreateTicket", booth.Params{"WorksId": booth.Work})
	named = booth.Params{"Ticket": other}
	before := c.info("QueryTicketInfo", named)["InvalidTime"].(string)
	booth.Same(c.result("DelayTicketExpireTime", booth.Params{"Ticket": other, "ExpireTime": 60}), true, "Result")
	after := c.info("QueryTicketInfo", named)["InvalidTime"].(string)
	booth.That(before < after, "the expiry moves from %s to %s", before, after)
	booth.Same(c.result("UpdateTicketNum", booth.Params{"Ticket": other, "TicketNum": 3}), true, "Result")
	booth.Admitted(booth.AlibabaLink("accessTicket", other))
	booth.Same(c.result("DeleteTicket", named), true, "Result")
	booth.TurnedAway(booth.AlibabaLink("accessTicket", other), "revoked")
	c.client.Refused(booth.Want{Code: "Authorize3rdTicket.NotExist"}, func() (booth.Params, error) {
		return c.send(c.version, "QueryTicketInfo", named)
	})
}

// embedTokens creates, inspects, visits, renews, extends, deletes.
func embedTokens(c calls) {
	wish := booth.Params{"WorksId": booth.Work, "AccountName": "wangwu:zhangsan", "AccountType": 5, "ExpireMin": 30}
	created := c.info("CreateEmbedToken", wish)
	token := created["AccessToken"]
	named := booth.Params{"Token": token}
	booth.Same(created["TokeType"], 4, "TokeType, in the vendor's spelling")
	booth.Same(c.info("QueryEmbedTokenInfo", named)["InvalidTime"], created["InvalidTime"], "InvalidTime")
	booth.Admitted(booth.AlibabaLink("accessToken", token))

	renewed := c.info("CreateEmbedToken", wish)
	booth.Same(renewed["AccessToken"], token, "the renewed token")
	booth.Same(c.result("DelayEmbedToken", booth.Params{"Token": token, "ExpireMin": 60}), true, "Result")
	booth.Admitted(booth.AlibabaLink("accessToken", token))
	booth.Same(c.result("DeleteEmbedToken", named), true, "Result")
	booth.TurnedAway(booth.AlibabaLink("accessToken", token), "revoked")
}

func refusals(client *booth.Client, send Send) {
	token := calls{client, send, Older}.info("CreateEmbedToken", booth.Params{"WorksId": booth.Work})["AccessToken"]
	live := map[string]any{
		Newer: calls{client, send, Newer}.result("CreateTicket", booth.Params{"WorksId": booth.Work}),
		Older: token,
	}
	for _, version := range []string{Newer, Older} {
		for _, row := range booth.AlibabaRefusals(version) {
			want := booth.Want{Code: row.Code, Message: row.Message, Status: row.Status}
			client.Refused(want, func() (booth.Params, error) {
				return send(version, row.Action, row.FilledIn(live[version]))
			})
		}
		client.Refused(booth.Want{Code: "InvalidAction.NotFound", Status: 404}, func() (booth.Params, error) {
			return send(version, "CreateNothing", booth.Params{})
		})
	}
	client.Refused(booth.Want{Code: "InvalidVersion", Status: 400}, func() (booth.Params, error) {
		return send("1999-01-01", "CreateTicket", booth.Params{})
	})
}

// create issues one ticket.
func create(send Send) func() (booth.Params, error) {
	return func() (booth.Params, error) {
		return send(Newer, "CreateTicket", booth.Params{"WorksId": booth.Work, "WatermarkParam": booth.Awkward})
	}
}

// strangers are a wrong secret and an unknown key.
func strangers(client *booth.Client, connect Connect) {
	wrongSecret := connect(booth.Keys{ID: booth.AlibabaKeys.ID, Secret: "notthesecret"})
	got := client.Refused(booth.Want{Code: "SignatureDoesNotMatch", Status: 400}, create(wrongSecret))
	booth.That(strings.Contains(got.Message, "server string to sign") || strings.Contains(got.Message, "server StringToSign"),
		"%s tells the server's string to sign", got.Message)
	unknownKey := connect(booth.Keys{ID: "LTAInobody", Secret: "any"})
	client.Refused(booth.Want{
		Code: "InvalidAccessKeyId.NotFound", Status: 404, Message: "Specified access key is not found.",
	}, create(unknownKey))
}

// temporary is a key that works with its token alone.
func temporary(client *booth.Client, connect Connect) {
	keys := booth.AlibabaTemporary
	booth.Admitted(booth.AlibabaLink("accessTicket", client.Call(create(connect(keys)))["Result"]))
	keys.Token = "another-token"
	client.Refused(booth.Want{Code: "InvalidSecurityToken.MismatchWithAccessKey"}, create(connect(keys)))
	keys.Token = ""
	client.Refused(booth.Want{Code: "MissingSecurityToken", Status: 400}, create(connect(keys)))
}

// daysLater shows that a ticket ends to the second, an extended one later, and that the SDK works on ten days later.
func daysLater(client *booth.Client, connect Connect) {
	sandbox := booth.NewSandbox()
	c := calls{client, connect(sandbox.Alibaba), Newer}
	wish := booth.Params{"WorksId": booth.Work, "ExpireTime": 30, "TicketNum": 9}
	short, long := c.result("CreateTicket", wish), c.result("CreateTicket", wish)
	c.result("DelayTicketExpireTime", booth.Params{"Ticket": long, "ExpireTime": 30})
	booth.Same(sandbox.Advance("29m59s"), "", "what ends a second too early")
	booth.Admitted(booth.AlibabaLink("accessTicket", short))
	booth.Same(sandbox.Advance("1s"), short.(string)+" expired;", "what ends after 30 minutes")
	booth.TurnedAway(booth.AlibabaLink("accessTicket", short), "expired")
	booth.Admitted(booth.AlibabaLink("accessTicket", long))
	booth.Same(sandbox.Advance("30m"), long.(string)+" expired;", "what ends after 60 minutes")
	client.Refused(booth.Want{Code: "Authorize3rdTicket.Expired"}, func() (booth.Params, error) {
		return c.send(Newer, "QueryTicketInfo", booth.Params{"Ticket": long})
	})
	sandbox.Advance("10 days")
	booth.Admitted(booth.AlibabaLink("accessTicket", client.Call(create(c.send))["Result"]))
}

// Answered says what came of a call that the SDK took for answered.
func Answered(answer booth.Params) string {
	if ticket, _ := answer["Result"].(string); ticket != "" {
		return "an answer"
	}
	return "an answer without Result"
}
