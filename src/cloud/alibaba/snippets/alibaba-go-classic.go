// go get github.com/aliyun/alibaba-cloud-sdk-go@v1.63.107
package main

import (
	"fmt"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	quickbi "github.com/aliyun/alibaba-cloud-sdk-go/services/quickbi-public"
)

func main() {
	client, err := quickbi.NewClientWithAccessKey(
		"cn-hangzhou", "LTAIlocaltest000000000000", "localtestsecret000000000000000")
	if err != nil {
		panic(err)
	}

	work := "a206f5f3-0000-4000-8000-e9b17c835b03"
	request := quickbi.CreateCreateTicketRequest()
	// Each request is pointed by itself; plain HTTP is this SDK's default.
	request.Domain = "127.0.0.1:4240"
	request.WorksId = work
	request.TicketNum = requests.NewInteger(1)
	request.ExpireTime = requests.NewInteger(240)
	response, err := client.CreateTicket(request)
	if err != nil {
		panic(err)
	}
	link := "http://127.0.0.1:4240/token3rd/dashboard/view/pc.htm"
	fmt.Printf("%s?pageId=%s&accessTicket=%s\n", link, work, response.Result)
}
