// The current Go SDK of Alibaba Cloud, by its generic client: the generated one only fills in what is filled in here.
package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	"github.com/alibabacloud-go/darabonba-openapi/v2/models"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"

	"ticketbooth.test/sdk/booth"
	"ticketbooth.test/sdk/flow"
)

// variant is a way to call: what is signed how, by which method, and where parameters travel.
type variant struct {
	algorithm string
	method    string
	form      bool
	adjust    func(*models.Config)
}

var variants = []variant{
	{algorithm: "ACS3-HMAC-SHA256", method: "POST"},
	{algorithm: "ACS3-HMAC-SHA256", method: "POST", form: true},
	{algorithm: "ACS3-HMAC-SHA256", method: "GET"},
	{algorithm: "ACS3-HMAC-SM3", method: "POST"},
	{algorithm: "ACS3-HMAC-SM3", method: "GET"},
	{algorithm: "v2", method: "POST"},
	{algorithm: "v2", method: "POST", form: true},
	{algorithm: "v2", method: "GET"},
}

func (v variant) connect(keys booth.Keys) flow.Send {
	config := &models.Config{
		AccessKeyId: tea.String(keys.ID), AccessKeySecret: tea.String(keys.Secret),
		Endpoint: tea.String(booth.Endpoint), Protocol: tea.String("http"), RegionId: tea.String("cn-hangzhou"),
		SignatureAlgorithm: tea.String(v.algorithm),
	}
	if keys.Token != "" {
		config.SecurityToken = tea.String(keys.Token)
	}
	if v.adjust != nil {
		v.adjust(config)
	}
	sdk, err := openapi.NewClient(config)
	booth.Must(err)
	return func(version, action string, params booth.Params) (booth.Params, error) {
		call := &models.Params{
			Action: tea.String(action), Version: tea.String(version), Protocol: tea.String("HTTP"),
			Pathname: tea.String("/"), Method: tea.String(v.method), AuthType: tea.String("AK"), Style: tea.String("RPC"),
			ReqBodyType: tea.String("formData"), BodyType: tea.String("json"),
		}
		answer, err := sdk.CallApi(call, v.request(params), &dara.RuntimeOptions{})
		if err != nil {
			return nil, err
		}
		body, _ := answer["body"].(map[string]any)
		return body, nil
	}
}

func (v variant) request(params booth.Params) *models.OpenApiRequest {
	query := map[string]*string{}
	body := booth.Params{}
	for name, value := range params {
		// The vendor's generated client sends GlobalParam in the body.
		if v.form || name == "GlobalParam" && v.method == "POST" {
			body[name] = value
		} else {
			query[name] = tea.String(fmt.Sprint(value))
		}
	}
	request := &models.OpenApiRequest{Query: query}
	if len(body) > 0 {
		request.Body = body
	}
	return request
}

// read takes the SDK's error apart; what never came to an answer of the server has no data.
func read(err error) (booth.Refusal, bool) {
	var failed *tea.SDKError
	if !errors.As(err, &failed) {
		return booth.Refusal{}, false
	}
	refusal := booth.Refusal{
		Code: tea.StringValue(failed.Code), Message: tea.StringValue(failed.Message), Status: tea.IntValue(failed.StatusCode),
	}
	if data := tea.StringValue(failed.Data); strings.HasPrefix(data, "{") {
		said := booth.Parse(data)
		text, _ := said["Message"].(string)
		refusal.RequestID, _ = said["RequestId"].(string)
		if refusal.RequestID != "" {
			booth.That(strings.Contains(refusal.Message, text+" request id: "+refusal.RequestID), "%s has %s", refusal.Message, text)
		}
		refusal.Message = text
	}
	return refusal, true
}

// retries shows that the SDK asks again when it is throttled, signed anew each time, and as often as it was told.
func retries(client *booth.Client, way variant) {
	sandbox := booth.NewSandbox()
	sandbox.Rule(booth.Params{
		"on": "alibaba.CreateTicket", "calls": booth.Params{"first": 2}, "then": booth.Params{"error": "Throttling.User"},
	})
	patient := func(attempts int) flow.Send {
		way.adjust = func(config *models.Config) {
			config.RetryOptions = &dara.RetryOptions{Retryable: true, RetryCondition: []*dara.RetryCondition{{
				MaxAttempts: attempts, ErrorCode: []string{"Throttling.User"}, MaxDelay: 1,
			}}}
		}
		return way.connect(sandbox.Alibaba)
	}
	create := func(attempts int) func() (booth.Params, error) {
		return func() (booth.Params, error) {
			return patient(attempts)(flow.Newer, "CreateTicket", booth.Params{"WorksId": booth.Work})
		}
	}
	client.Refused(booth.Want{Code: "Throttling.User", Status: 400}, create(1))
	booth.Admitted(booth.AlibabaLink("accessTicket", client.Call(create(3))["Result"]))
	booth.Same(sandbox.Calls("CreateTicket"), 3, "calls that came")
}

// faulty is one call of an SDK that does not wait for long.
func faulty(sandbox booth.Sandbox) (string, error) {
	impatient := variants[0]
	impatient.adjust = func(config *models.Config) {
		config.ConnectTimeout, config.ReadTimeout = tea.Int(500), tea.Int(500)
	}
	answer, err := impatient.connect(sandbox.Alibaba)(flow.Newer, "CreateTicket", booth.Params{"WorksId": booth.Work})
	if err != nil {
		return "", err
	}
	return flow.Answered(answer), nil
}

func main() {
	client := &booth.Client{Name: "alibaba-go", Module: "github.com/alibabacloud-go/darabonba-openapi/v2", Read: read}
	for _, way := range variants {
		// Shown when this fails.
		fmt.Fprintf(os.Stderr, "%s %s, form: %t\n", way.algorithm, way.method, way.form)
		flow.QuickBI(client, way.connect)
		retries(client, way)
		if way.method == "GET" {
			flow.Resent(client, way.connect)
		}
	}
	client.Faults("alibaba", faulty)
	client.Report()
}
