package main

import (
	"encoding/json"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"ticketbooth.test/sdk/booth"
)

const service, version = "bi", "2022-01-05"

// send makes one call through the SDK and gives what stands in `Response`.
type send func(action string, params booth.Params) (booth.Params, error)

// generic sends the SDK's request for any action.
func generic(sdk *common.Client) send {
	return func(action string, params booth.Params) (booth.Params, error) {
		request := tchttp.NewCommonRequest(service, version, action)
		text, err := json.Marshal(params)
		booth.Must(err)
		booth.Must(request.SetActionParameters(string(text)))
		response := tchttp.NewCommonResponse()
		if err := sdk.Send(request, response); err != nil {
			return nil, err
		}
		return said(response), nil
	}
}

func said(response *tchttp.CommonResponse) booth.Params {
	return booth.Parse(string(response.GetBody()))["Response"].(booth.Params)
}

// typed fills the model of an action and gives the fields of its typed answer.
func typed(sdk *common.Client) send {
	return func(action string, params booth.Params) (booth.Params, error) {
		base := &tchttp.BaseRequest{}
		base.Init().WithApiInfo(service, version, action)
		request, response := model(action, base)
		text, err := json.Marshal(params)
		booth.Must(err)
		booth.Must(json.Unmarshal(text, request))
		if err := sdk.Send(request, response); err != nil {
			return nil, err
		}
		return booth.AsMap(response)["Response"].(booth.Params), nil
	}
}

// model is nothing for an action that models.go does not have.
func model(action string, base *tchttp.BaseRequest) (tchttp.Request, tchttp.Response) {
	answer := &tchttp.BaseResponse{}
	switch action {
	case "CreateEmbedToken":
		return &createEmbedTokenRequest{BaseRequest: base}, &createEmbedTokenResponse{BaseResponse: answer}
	case "ApplyEmbedInterval":
		return &applyEmbedIntervalRequest{BaseRequest: base}, &applyEmbedIntervalResponse{BaseResponse: answer}
	case "ClearEmbedToken":
		return &clearEmbedTokenRequest{BaseRequest: base}, &clearEmbedTokenResponse{BaseResponse: answer}
	}
	return nil, nil
}

// octetStream sends bytes that the SDK does not look into.
func octetStream(keys booth.Keys, body []byte) func() (booth.Params, error) {
	sdk := common.NewCommonClient(common.NewCredential(keys.ID, keys.Secret), "", variants[0].profile())
	return func() (booth.Params, error) {
		request := tchttp.NewCommonRequest(service, version, "CreateEmbedToken")
		request.SetOctetStreamParameters(nil, body)
		response := tchttp.NewCommonResponse()
		if err := sdk.SendOctetStream(request, response); err != nil {
			return nil, err
		}
		return said(response), nil
	}
}
