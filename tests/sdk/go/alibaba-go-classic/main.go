// The classic Go SDK of Alibaba Cloud: the typed client of Quick BI for its tickets, the generic request for the rest.
package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	sdkerrors "github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	quickbi "github.com/aliyun/alibaba-cloud-sdk-go/services/quickbi-public"

	"ticketbooth.test/sdk/booth"
	"ticketbooth.test/sdk/flow"
)

// variant is a way to call; typed requests have all parameters in the query.
type variant struct {
	method string
	typed  bool
	form   bool
	adjust func(*quickbi.Client)
}

var variants = []variant{
	{method: requests.POST, typed: true},
	{method: requests.GET, typed: true},
	{method: requests.POST, form: true},
	{method: requests.POST},
	{method: requests.GET},
}

func connect(keys booth.Keys) *quickbi.Client {
	var client *quickbi.Client
	var err error
	if keys.Token == "" {
		client, err = quickbi.NewClientWithAccessKey("cn-hangzhou", keys.ID, keys.Secret)
	} else {
		client, err = quickbi.NewClientWithStsToken("cn-hangzhou", keys.ID, keys.Secret, keys.Token)
	}
	booth.Must(err)
	return client
}

func (v variant) connect(keys booth.Keys) flow.Send {
	client := connect(keys)
	if v.adjust != nil {
		v.adjust(client)
	}
	typed := typedCalls(client, v.method)
	return func(version, action string, params booth.Params) (booth.Params, error) {
		if call := typed[action]; call != nil && v.typed && version == flow.Newer {
			return call(params)
		}
		return v.generic(client, version, action, params)
	}
}

func (v variant) generic(client *quickbi.Client, version, action string, params booth.Params) (booth.Params, error) {
	request := requests.NewCommonRequest()
	request.Domain, request.Version, request.ApiName, request.Method = booth.Endpoint, version, action, v.method
	for name, value := range params {
		if v.form {
			request.FormParams[name] = fmt.Sprint(value)
		} else {
			request.QueryParams[name] = fmt.Sprint(value)
		}
	}
	answer, err := client.ProcessCommonRequest(request)
	if err != nil {
		return nil, err
	}
	return booth.Parse(answer.GetHttpContentString()), nil
}

// read takes the SDK's error apart. It says whose fault a signature is: with the right string to sign, the secret's.
func read(err error) (booth.Refusal, bool) {
	var refused *sdkerrors.ServerError
	if !errors.As(err, &refused) {
		return booth.Refusal{}, false
	}
	if refused.ErrorCode() == sdkerrors.SignatureDostNotMatchErrorCode {
		booth.Same(refused.Recommend(), "InvalidAccessKeySecret: Please check you AccessKeySecret", "the SDK's advice")
	}
	return booth.Refusal{
		Code: refused.ErrorCode(), Message: refused.Message(), RequestID: refused.RequestId(), Status: refused.HttpStatus(),
	}, true
}

// retries shows that the SDK hands on what it does not take for the server's fault, and asks again where it does.
func retries(client *booth.Client, way variant) {
	sandbox := booth.NewSandbox()
	fails := func(code string) booth.Params { return booth.Params{"error": code} }
	sandbox.Rule(booth.Params{"on": "alibaba.CreateTicket", "sequence": []any{
		fails("Throttling.User"), fails("ServiceUnavailable"), fails("ServiceUnavailable"), "proceed",
	}})
	way.adjust = func(sdk *quickbi.Client) { sdk.GetConfig().WithAutoRetry(true).WithMaxRetryTime(3) }
	send := way.connect(sandbox.Alibaba)
	create := func() (booth.Params, error) {
		return send(flow.Newer, "CreateTicket", booth.Params{"WorksId": booth.Work})
	}
	client.Refused(booth.Want{Code: "Throttling.User", Status: 400}, create)
	booth.Admitted(booth.AlibabaLink("accessTicket", client.Call(create)["Result"]))
	booth.Same(sandbox.Calls("CreateTicket"), 4, "calls that came")
}

// xml shows that the SDK reads typed answers in XML. Refusals it reads in JSON alone.
func xml(client *booth.Client) {
	sdk := connect(booth.AlibabaKeys)
	ask := quickbi.CreateCreateTicketRequest()
	ask.Domain, ask.AcceptFormat, ask.WorksId, ask.WatermarkParam = booth.Endpoint, "XML", booth.Work, booth.Awkward
	created := client.Call(func() (booth.Params, error) { return answer(sdk.CreateTicket(ask)) })
	ticket := created["Result"].(string)
	inspect := quickbi.CreateQueryTicketInfoRequest()
	inspect.Domain, inspect.AcceptFormat, inspect.Ticket = booth.Endpoint, "XML", ticket
	info := client.Call(func() (booth.Params, error) { return answer(sdk.QueryTicketInfo(inspect)) })
	booth.Same(info["Result"].(booth.Params)["WatermarkParam"], booth.Awkward, "the text that is kept")
	booth.Admitted(booth.AlibabaLink("accessTicket", ticket))
}

// faulty is one call of an SDK that does not wait for long.
func faulty(sandbox booth.Sandbox) (string, error) {
	impatient := variants[0]
	impatient.adjust = func(sdk *quickbi.Client) { sdk.SetReadTimeout(time.Second) }
	answer, err := impatient.connect(sandbox.Alibaba)(flow.Newer, "CreateTicket", booth.Params{"WorksId": booth.Work})
	if err != nil {
		return "", err
	}
	return flow.Answered(answer), nil
}

func main() {
	client := &booth.Client{Name: "alibaba-go-classic", Module: "github.com/aliyun/alibaba-cloud-sdk-go", Read: read}
	for _, way := range variants {
		// Shown when this fails.
		fmt.Fprintf(os.Stderr, "%s, typed: %t, form: %t\n", way.method, way.typed, way.form)
		flow.QuickBI(client, way.connect)
		retries(client, way)
		if way.method == requests.GET {
			flow.Resent(client, way.connect)
		}
	}
	xml(client)
	client.Faults("alibaba", faulty)
	client.Report()
}
