package main

import tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

// The SDK's module for BI is not to be had, so these are its models as its generator writes them: `name` is read for
// parameters in a query or a form, `json` for a body and for answers.

type createEmbedTokenRequest struct {
	*tchttp.BaseRequest

	ProjectId   *uint64 `json:"ProjectId,omitnil,omitempty" name:"ProjectId"`
	PageId      *uint64 `json:"PageId,omitnil,omitempty" name:"PageId"`
	Intention   *string `json:"Intention,omitnil,omitempty" name:"Intention"`
	Scope       *string `json:"Scope,omitnil,omitempty" name:"Scope"`
	ExpireTime  *string `json:"ExpireTime,omitnil,omitempty" name:"ExpireTime"`
	ExtraParam  *string `json:"ExtraParam,omitnil,omitempty" name:"ExtraParam"`
	UserCorpId  *string `json:"UserCorpId,omitnil,omitempty" name:"UserCorpId"`
	UserId      *string `json:"UserId,omitnil,omitempty" name:"UserId"`
	TicketNum   *int64  `json:"TicketNum,omitnil,omitempty" name:"TicketNum"`
	GlobalParam *string `json:"GlobalParam,omitnil,omitempty" name:"GlobalParam"`
	TokenType   *int64  `json:"TokenType,omitnil,omitempty" name:"TokenType"`
	TokenNum    *int64  `json:"TokenNum,omitnil,omitempty" name:"TokenNum"`
	ConfigParam *string `json:"ConfigParam,omitnil,omitempty" name:"ConfigParam"`
}

type createEmbedTokenResponse struct {
	*tchttp.BaseResponse
	Response *struct {
		ErrorInfo *errorInfo      `json:"ErrorInfo,omitnil,omitempty" name:"ErrorInfo"`
		Extra     *string         `json:"Extra,omitnil,omitempty" name:"Extra"`
		Data      *embedTokenInfo `json:"Data,omitnil,omitempty" name:"Data"`
		Msg       *string         `json:"Msg,omitnil,omitempty" name:"Msg"`
		RequestId *string         `json:"RequestId,omitnil,omitempty" name:"RequestId"`
	} `json:"Response"`
}

type applyEmbedIntervalRequest struct {
	*tchttp.BaseRequest

	ProjectId  *uint64 `json:"ProjectId,omitnil,omitempty" name:"ProjectId"`
	PageId     *uint64 `json:"PageId,omitnil,omitempty" name:"PageId"`
	BIToken    *string `json:"BIToken,omitnil,omitempty" name:"BIToken"`
	ExtraParam *string `json:"ExtraParam,omitnil,omitempty" name:"ExtraParam"`
	Intention  *string `json:"Intention,omitnil,omitempty" name:"Intention"`
	Scope      *string `json:"Scope,omitnil,omitempty" name:"Scope"`
}

type applyEmbedIntervalResponse struct {
	*tchttp.BaseResponse
	Response *struct {
		ErrorInfo *errorInfo           `json:"ErrorInfo,omitnil,omitempty" name:"ErrorInfo"`
		Extra     *string              `json:"Extra,omitnil,omitempty" name:"Extra"`
		Data      *applyEmbedTokenInfo `json:"Data,omitnil,omitempty" name:"Data"`
		Msg       *string              `json:"Msg,omitnil,omitempty" name:"Msg"`
		RequestId *string              `json:"RequestId,omitnil,omitempty" name:"RequestId"`
	} `json:"Response"`
}

type clearEmbedTokenRequest struct {
	*tchttp.BaseRequest

	ProjectId  *string `json:"ProjectId,omitnil,omitempty" name:"ProjectId"`
	UserCorpId *string `json:"UserCorpId,omitnil,omitempty" name:"UserCorpId"`
	Scope      *string `json:"Scope,omitnil,omitempty" name:"Scope"`
	PageId     *string `json:"PageId,omitnil,omitempty" name:"PageId"`
}

type clearEmbedTokenResponse struct {
	*tchttp.BaseResponse
	Response *struct {
		ErrorInfo *errorInfo `json:"ErrorInfo,omitnil,omitempty" name:"ErrorInfo"`
		Extra     *string    `json:"Extra,omitnil,omitempty" name:"Extra"`
		Msg       *string    `json:"Msg,omitnil,omitempty" name:"Msg"`
		Data      *bool      `json:"Data,omitnil,omitempty" name:"Data"`
		RequestId *string    `json:"RequestId,omitnil,omitempty" name:"RequestId"`
	} `json:"Response"`
}

type errorInfo struct {
	ErrorTip      *string `json:"ErrorTip,omitnil,omitempty" name:"ErrorTip"`
	ErrorMessage  *string `json:"ErrorMessage,omitnil,omitempty" name:"ErrorMessage"`
	ErrorLevel    *string `json:"ErrorLevel,omitnil,omitempty" name:"ErrorLevel"`
	DocLink       *string `json:"DocLink,omitnil,omitempty" name:"DocLink"`
	FAQ           *string `json:"FAQ,omitnil,omitempty" name:"FAQ"`
	ReservedField *string `json:"ReservedField,omitnil,omitempty" name:"ReservedField"`
}

type embedTokenInfo struct {
	Id                   *uint64 `json:"Id,omitnil,omitempty" name:"Id"`
	BIToken              *string `json:"BIToken,omitnil,omitempty" name:"BIToken"`
	ProjectId            *string `json:"ProjectId,omitnil,omitempty" name:"ProjectId"`
	CreatedUser          *string `json:"CreatedUser,omitnil,omitempty" name:"CreatedUser"`
	CreatedAt            *string `json:"CreatedAt,omitnil,omitempty" name:"CreatedAt"`
	UpdatedUser          *string `json:"UpdatedUser,omitnil,omitempty" name:"UpdatedUser"`
	UpdatedAt            *string `json:"UpdatedAt,omitnil,omitempty" name:"UpdatedAt"`
	PageId               *string `json:"PageId,omitnil,omitempty" name:"PageId"`
	ExtraParam           *string `json:"ExtraParam,omitnil,omitempty" name:"ExtraParam"`
	Scope                *string `json:"Scope,omitnil,omitempty" name:"Scope"`
	ExpireTime           *uint64 `json:"ExpireTime,omitnil,omitempty" name:"ExpireTime"`
	UserCorpId           *string `json:"UserCorpId,omitnil,omitempty" name:"UserCorpId"`
	UserId               *string `json:"UserId,omitnil,omitempty" name:"UserId"`
	TicketNum            *int64  `json:"TicketNum,omitnil,omitempty" name:"TicketNum"`
	GlobalParam          *string `json:"GlobalParam,omitnil,omitempty" name:"GlobalParam"`
	Intention            *string `json:"Intention,omitnil,omitempty" name:"Intention"`
	TokenType            *int64  `json:"TokenType,omitnil,omitempty" name:"TokenType"`
	TokenNum             *int64  `json:"TokenNum,omitnil,omitempty" name:"TokenNum"`
	SingleUserMultiToken *bool   `json:"SingleUserMultiToken,omitnil,omitempty" name:"SingleUserMultiToken"`
	ConfigParam          *string `json:"ConfigParam,omitnil,omitempty" name:"ConfigParam"`
}

type applyEmbedTokenInfo struct {
	Result *bool `json:"Result,omitnil,omitempty" name:"Result"`
}
