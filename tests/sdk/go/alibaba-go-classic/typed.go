package main

import (
	"fmt"
	"reflect"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	quickbi "github.com/aliyun/alibaba-cloud-sdk-go/services/quickbi-public"

	"ticketbooth.test/sdk/booth"
)

// call takes parameters by their wire names, and gives the typed answer as the JSON of its fields.
type call func(booth.Params) (booth.Params, error)

// typedCalls are the embed actions that the SDK has a method for.
func typedCalls(client *quickbi.Client, method string) map[string]call {
	return map[string]call{
		"CreateTicket":          typed(method, quickbi.CreateCreateTicketRequest, client.CreateTicket),
		"DelayTicketExpireTime": typed(method, quickbi.CreateDelayTicketExpireTimeRequest, client.DelayTicketExpireTime),
		"UpdateTicketNum":       typed(method, quickbi.CreateUpdateTicketNumRequest, client.UpdateTicketNum),
		"QueryTicketInfo":       typed(method, quickbi.CreateQueryTicketInfoRequest, client.QueryTicketInfo),
		"DeleteTicket":          typed(method, quickbi.CreateDeleteTicketRequest, client.DeleteTicket),
	}
}

func typed[Q requests.AcsRequest, A any](method string, create func() Q, send func(Q) (A, error)) call {
	return func(params booth.Params) (booth.Params, error) {
		request := create()
		request.SetDomain(booth.Endpoint)
		fields := reflect.ValueOf(request).Elem()
		fields.FieldByName("Method").SetString(method)
		for name, value := range params {
			field := fields.FieldByName(name)
			booth.That(field.IsValid(), "%T has no %s", request, name)
			// Its integers are strings too.
			field.SetString(fmt.Sprint(value))
		}
		return answer(send(request))
	}
}

// answer is the JSON of a typed answer's fields.
func answer(typed any, err error) (booth.Params, error) {
	if err != nil {
		return nil, err
	}
	return booth.AsMap(typed), nil
}
