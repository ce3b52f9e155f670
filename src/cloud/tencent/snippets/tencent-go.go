// go get github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/bi github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common
package main

import (
	"fmt"

	bi "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/bi/v20220105"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
)

func main() {
	cpf := profile.NewClientProfile()
	cpf.HttpProfile.Endpoint = "127.0.0.1:4240"
	cpf.HttpProfile.Scheme = "HTTP"
	keys := common.NewCredential("AKIDlocaltest0000000000000000000000", "localtestsecret00000000000000000")
	client, err := bi.NewClient(keys, "", cpf)
	if err != nil {
		panic(err)
	}
	request := bi.NewCreateEmbedTokenRequest()
	request.ProjectId = common.Uint64Ptr(117)
	request.PageId = common.Uint64Ptr(11520)
	request.Scope = common.StringPtr("page")
	request.ExpireTime = common.StringPtr("240")
	response, err := client.CreateEmbedToken(request)
	if err != nil {
		panic(err)
	}
	link := "http://127.0.0.1:4240/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token="
	fmt.Println(link + *response.Response.Data.BIToken)
}
