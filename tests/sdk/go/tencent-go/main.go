// The Go SDK of Tencent Cloud: its generic request, and its typed ones, which alone can be sent by GET or with the
// older signatures.
package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	sdkerrors "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/errors"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"

	"ticketbooth.test/sdk/booth"
)

const globalParam = `[{"ParamKey":"province","JoinType":"AND","WhereList":[{"Operator":"-is","Value":["` +
	booth.Awkward + `"]}]}]`

// variant is a way to call.
type variant struct {
	sign     string
	method   string
	typed    bool
	unsigned bool
	language string
}

const tc3 = "TC3-HMAC-SHA256"

var variants = []variant{
	{sign: tc3, method: "POST"},
	{sign: tc3, method: "POST", typed: true},
	{sign: tc3, method: "GET", typed: true, language: "en-US"},
	{sign: tc3, method: "POST", typed: true, unsigned: true},
	{sign: "HmacSHA1", method: "POST", typed: true},
	{sign: "HmacSHA1", method: "GET", typed: true},
	{sign: "HmacSHA256", method: "POST", typed: true, language: "en-US"},
	{sign: "HmacSHA256", method: "GET", typed: true},
}

func (v variant) profile() *profile.ClientProfile {
	wish := profile.NewClientProfile()
	wish.HttpProfile.Endpoint, wish.HttpProfile.Scheme, wish.HttpProfile.ReqMethod = booth.Endpoint, "HTTP", v.method
	wish.SignMethod, wish.UnsignedPayload = v.sign, v.unsigned
	if v.language != "" {
		wish.Language = v.language
	}
	return wish
}

func (v variant) connect(keys booth.Keys) send {
	return v.with(keys, v.profile())
}

func (v variant) with(keys booth.Keys, wish *profile.ClientProfile) send {
	credential := common.NewTokenCredential(keys.ID, keys.Secret, keys.Token)
	sdk := common.NewCommonClient(credential, "", wish)
	if v.typed {
		return typed(sdk)
	}
	return generic(sdk)
}

func page(more booth.Params) booth.Params {
	params := booth.Params{
		"ProjectId": booth.Project, "PageId": booth.Page, "Scope": "page", "Intention": "embed", "ExpireTime": "30",
	}
	for name, value := range more {
		params[name] = value
	}
	return params
}

func create(send send, more booth.Params) func() (booth.Params, error) {
	return func() (booth.Params, error) { return send("CreateEmbedToken", page(more)) }
}

func data(client *booth.Client, send send, more booth.Params) booth.Params {
	return client.Call(create(send, more))["Data"].(booth.Params)
}

// extend wants another interval for a token.
func extend(client *booth.Client, send send, token any) {
	answer := client.Call(func() (booth.Params, error) {
		return send("ApplyEmbedInterval", booth.Params{
			"ProjectId": booth.Project, "PageId": booth.Page, "Scope": "page", "Intention": "embed", "BIToken": token,
		})
	})
	booth.Same(answer["Data"].(booth.Params)["Result"], true, "Data.Result")
}

// life creates, visits, uses up, extends.
func life(client *booth.Client, send send) {
	got := data(client, send, booth.Params{
		"TicketNum": 2, "TokenType": 100, "ExtraParam": booth.Awkward, "GlobalParam": globalParam,
	})
	booth.Same([]any{got["ProjectId"], got["PageId"], got["Scope"]}, []any{booth.Project, booth.Page, "page"}, "the target")
	booth.Same([]any{got["ExpireTime"], got["TicketNum"], got["TokenType"]}, []any{30, 2, 100}, "the numbers")
	booth.Same([]any{got["ExtraParam"], got["GlobalParam"]}, []any{booth.Awkward, globalParam}, "the texts")
	booth.Same(got["CreatedAt"], got["UpdatedAt"], "times of creation and update")

	link := booth.TencentLink(got["BIToken"])
	booth.Admitted(link)
	booth.Admitted(link)
	booth.TurnedAway(link, "used-up")

	token := data(client, send, nil)["BIToken"]
	extend(client, send, token)
	booth.Admitted(booth.TencentLink(token))
}

// strangers are a wrong secret and an unknown key, told in the client's language.
func strangers(client *booth.Client, way variant) {
	mismatch, unknown := "请求签名验证失败，请检查您的签名计算是否正确。", "SecretId不存在，请输入正确的密钥。"
	if way.language == "en-US" {
		mismatch = "The provided credentials could not be validated. Please check your signature is correct."
		unknown = "The SecretId is not found, please ensure that your SecretId is correct."
	}
	wrongSecret := way.connect(booth.Keys{ID: booth.TencentKeys.ID, Secret: "notthesecret"})
	client.Refused(booth.Want{Code: "AuthFailure.SignatureFailure", Message: mismatch}, create(wrongSecret, nil))
	unknownKey := way.connect(booth.Keys{ID: "AKIDnobody", Secret: "any"})
	client.Refused(booth.Want{Code: "AuthFailure.SecretIdNotFound", Message: unknown}, create(unknownKey, nil))
}

// temporary is a key that works with its token alone.
func temporary(client *booth.Client, way variant) {
	keys := booth.TencentTemporary
	token := data(client, way.connect(keys), booth.Params{"ExtraParam": booth.Awkward})["BIToken"]
	booth.Admitted(booth.TencentLink(token))
	for _, wrong := range []string{"", "another-token"} {
		keys.Token = wrong
		client.Refused(booth.Want{Code: "AuthFailure.TokenFailure"}, create(way.connect(keys), nil))
	}
}

// refusals are the table; what the models cannot say goes through the generic request.
func refusals(client *booth.Client, way variant) {
	usual, untyped := way.connect(booth.TencentKeys), variants[0].connect(booth.TencentKeys)
	live := data(client, usual, nil)["BIToken"]
	for _, row := range booth.TencentRefusals() {
		send, message := usual, row.Zh
		if request, _ := model(row.Action, nil); row.Untyped || request == nil {
			send = untyped
		} else if way.language == "en-US" {
			message = row.En
		}
		client.Refused(booth.Want{Code: row.Code, Message: message}, func() (booth.Params, error) {
			return send(row.Action, row.FilledIn(live))
		})
	}
}

// oneUser is a token of type 200; then all tokens of the page are cleared.
func oneUser(client *booth.Client, send send) {
	got := data(client, send, booth.Params{"TokenType": 200, "UserCorpId": booth.Corporation, "UserId": booth.User})
	booth.Same([]any{got["UserCorpId"], got["UserId"]}, []any{booth.Corporation, booth.User}, "the user")
	link := booth.TencentLink(got["BIToken"])
	booth.Admitted(link)
	answer := client.Call(func() (booth.Params, error) {
		return send("ClearEmbedToken", booth.Params{
			"ProjectId": fmt.Sprint(booth.Project), "PageId": fmt.Sprint(booth.Page), "Scope": "page",
			"UserCorpId": booth.Corporation,
		})
	})
	booth.Same(answer["Data"], true, "Data of ClearEmbedToken")
	booth.TurnedAway(link, "revoked")
}

// daysLater shows that a token ends to the second, and that the SDK works on ten days later.
func daysLater(client *booth.Client, way variant) {
	sandbox := booth.NewSandbox()
	send := way.connect(sandbox.Tencent)
	token := data(client, send, nil)["BIToken"].(string)
	booth.Same(sandbox.Advance("29m59s"), "", "what ends a second too early")
	booth.Admitted(booth.TencentLink(token))
	booth.Same(sandbox.Advance("1s"), token+" expired;", "what ends after 30 minutes")
	booth.TurnedAway(booth.TencentLink(token), "expired")
	sandbox.Advance("10 days")
	late := data(client, send, nil)["BIToken"]
	extend(client, send, late)
	booth.Admitted(booth.TencentLink(late))
}

// retries shows that the SDK sends a throttled request again, and as often as it was told.
func retries(client *booth.Client, way variant) {
	sandbox := booth.NewSandbox()
	sandbox.Rule(booth.Params{
		"on": "tencent.CreateEmbedToken", "calls": booth.Params{"first": 2},
		"then": booth.Params{"error": "RequestLimitExceeded"},
	})
	patient := func(retries int) send {
		wish := way.profile()
		wish.RateLimitExceededMaxRetries = retries
		wish.RateLimitExceededRetryDuration = profile.ConstantDurationFunc(time.Millisecond)
		return way.with(sandbox.Tencent, wish)
	}
	client.Refused(booth.Want{Code: "RequestLimitExceeded"}, create(patient(0), nil))
	booth.Admitted(booth.TencentLink(data(client, patient(2), nil)["BIToken"]))
	booth.Same(sandbox.Calls("CreateEmbedToken"), 3, "calls that came")
}

// resent loses a GET on a connection that is kept. Go's own HTTP client then sends the same bytes again without a word
// to the SDK, and a server that never did the first request has to do the second.
func resent(client *booth.Client, way variant) {
	for _, how := range []string{"reset", "close"} {
		sandbox := booth.NewSandbox()
		sandbox.Rule(booth.Params{
			"on": "tencent.CreateEmbedToken", "calls": 2, "then": booth.Params{"lose": "request", "how": how},
		})
		send := way.connect(sandbox.Tencent)
		data(client, send, nil)
		booth.Admitted(booth.TencentLink(data(client, send, nil)["BIToken"]))
		booth.Same(sandbox.Calls("CreateEmbedToken"), 3, "calls that came, with one lost by "+how)
	}
}

// octets are a body that the SDK does not look into: its signature is judged first, then it is read as JSON.
func octets(client *booth.Client) {
	body := []byte(`{"ProjectId": 117, "PageId": 11520, "Scope": "page"}`)
	wrongSecret := booth.Keys{ID: booth.TencentKeys.ID, Secret: "notthesecret"}
	client.Refused(booth.Want{Code: "AuthFailure.SignatureFailure"}, octetStream(wrongSecret, body))
	data := client.Call(octetStream(booth.TencentKeys, body))["Data"].(booth.Params)
	booth.Admitted(booth.TencentLink(data["BIToken"]))
}

// read takes the SDK's error apart; it has no status.
func read(err error) (booth.Refusal, bool) {
	var failed *sdkerrors.TencentCloudSDKError
	if !errors.As(err, &failed) {
		return booth.Refusal{}, false
	}
	return booth.Refusal{Code: failed.GetCode(), Message: failed.GetMessage(), RequestID: failed.GetRequestId()}, true
}

// faulty is one call of an SDK that does not wait for long.
func faulty(sandbox booth.Sandbox) (string, error) {
	way := variants[1]
	wish := way.profile()
	wish.HttpProfile.ReqTimeout = 1
	answer, err := create(way.with(sandbox.Tencent, wish), nil)()
	if err != nil {
		return "", err
	}
	if data, _ := answer["Data"].(booth.Params); data["BIToken"] != nil {
		return "an answer", nil
	}
	return "an answer without Data", nil
}

func main() {
	client := &booth.Client{
		Name: "tencent-go", Module: "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common", Read: read,
	}
	for _, way := range variants {
		// Shown when this fails.
		fmt.Fprintf(os.Stderr, "%+v\n", way)
		send := way.connect(booth.TencentKeys)
		life(client, send)
		oneUser(client, send)
		strangers(client, way)
		temporary(client, way)
		refusals(client, way)
		daysLater(client, way)
		retries(client, way)
		if way.method == "GET" {
			resent(client, way)
		}
	}
	octets(client)
	client.Faults("tencent", faulty)
	client.Report()
}
