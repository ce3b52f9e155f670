// go get github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common@v1.3.212
//
// Calls go through the SDK's client for any product. Its client for BI alone, …/tencentcloud/bi/v20220105, takes the
// same keys and profile: bi.NewClient(keys, "", cpf).
package main

import (
	"encoding/json"
	"fmt"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
)

func main() {
	cpf := profile.NewClientProfile()
	cpf.HttpProfile.Endpoint = "127.0.0.1:4240"
	cpf.HttpProfile.Scheme = "HTTP"
	keys := common.NewCredential("AKIDlocaltest0000000000000000000000", "localtestsecret00000000000000000")
	client := common.NewCommonClient(keys, "", cpf)

	request := tchttp.NewCommonRequest("bi", "2022-01-05", "CreateEmbedToken")
	params := map[string]any{"ProjectId": 117, "PageId": 11520, "Scope": "page", "ExpireTime": "240"}
	if err := request.SetActionParameters(params); err != nil {
		panic(err)
	}
	response := tchttp.NewCommonResponse()
	if err := client.Send(request, response); err != nil {
		panic(err)
	}
	var answer struct {
		Response struct {
			Data struct{ BIToken string }
		}
	}
	if err := json.Unmarshal(response.GetBody(), &answer); err != nil {
		panic(err)
	}
	link := "http://127.0.0.1:4240/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token="
	fmt.Println(link + answer.Response.Data.BIToken)
}
