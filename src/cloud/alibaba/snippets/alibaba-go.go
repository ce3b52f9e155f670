// go get github.com/alibabacloud-go/darabonba-openapi/v2@v2.1.13 github.com/alibabacloud-go/tea@v1.5.4
//
// Calls go through the SDK's client for any product. Its client for Quick BI alone,
// github.com/alibabacloud-go/quickbi-public-20220101, takes the same Config.
package main

import (
	"fmt"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	"github.com/alibabacloud-go/darabonba-openapi/v2/models"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
)

func main() {
	client, err := openapi.NewClient(&models.Config{
		AccessKeyId:     tea.String("LTAIlocaltest000000000000"),
		AccessKeySecret: tea.String("localtestsecret000000000000000"),
		Endpoint:        tea.String("127.0.0.1:4240"),
		Protocol:        tea.String("http"),
		RegionId:        tea.String("cn-hangzhou"),
	})
	if err != nil {
		panic(err)
	}
	createTicket := &models.Params{
		Action: tea.String("CreateTicket"), Version: tea.String("2022-01-01"), Protocol: tea.String("HTTP"),
		Pathname: tea.String("/"), Method: tea.String("POST"), AuthType: tea.String("AK"), Style: tea.String("RPC"),
		ReqBodyType: tea.String("formData"), BodyType: tea.String("json"),
	}

	work := "a206f5f3-0000-4000-8000-e9b17c835b03"
	request := &models.OpenApiRequest{Query: map[string]*string{
		"WorksId": tea.String(work), "TicketNum": tea.String("1"), "ExpireTime": tea.String("240"),
	}}
	answer, err := client.CallApi(createTicket, request, &dara.RuntimeOptions{})
	if err != nil {
		panic(err)
	}
	ticket := answer["body"].(map[string]any)["Result"]
	link := "http://127.0.0.1:4240/token3rd/dashboard/view/pc.htm"
	fmt.Printf("%s?pageId=%s&accessTicket=%s\n", link, work, ticket)
}
