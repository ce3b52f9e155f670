// go get github.com/alibabacloud-go/quickbi-public-20220101/v2 github.com/alibabacloud-go/darabonba-openapi/v2 github.com/alibabacloud-go/tea
package main

import (
	"fmt"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	quickbi "github.com/alibabacloud-go/quickbi-public-20220101/v2/client"
	"github.com/alibabacloud-go/tea/tea"
)

func main() {
	client, err := quickbi.NewClient(&openapi.Config{
		AccessKeyId:     tea.String("LTAIlocaltest000000000000"),
		AccessKeySecret: tea.String("localtestsecret000000000000000"),
		Endpoint:        tea.String("127.0.0.1:4240"),
		Protocol:        tea.String("http"),
		RegionId:        tea.String("cn-hangzhou"),
	})
	if err != nil {
		panic(err)
	}
	work := "a206f5f3-0000-4000-8000-e9b17c835b03"
	response, err := client.CreateTicket(&quickbi.CreateTicketRequest{WorksId: tea.String(work)})
	if err != nil {
		panic(err)
	}
	link := "http://127.0.0.1:4240/token3rd/dashboard/view/pc.htm"
	fmt.Printf("%s?pageId=%s&accessTicket=%s\n", link, work, tea.StringValue(response.Body.Result))
}
