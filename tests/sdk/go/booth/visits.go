package booth

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// TencentLink is the address of the page that a token opens.
func TencentLink(token any) string {
	query := url.Values{
		"authType": {"strong"}, "projectId": {strconv.Itoa(Project)}, "pageId": {strconv.Itoa(Page)},
		"scope": {"page"}, "token": {fmt.Sprint(token)},
	}
	return URL + "/page/embed?" + query.Encode()
}

// AlibabaLink is the address of the page that a ticket opens; kind is `accessTicket` or `accessToken`.
func AlibabaLink(kind string, ticket any) string {
	query := url.Values{"pageId": {Work}, kind: {fmt.Sprint(ticket)}}
	return URL + "/token3rd/dashboard/view/pc.htm?" + query.Encode()
}

// Admitted opens a link and wants to see the report.
func Admitted(link string) {
	verdict, page := visit(link)
	Same(verdict, "200 admitted ", link)
	That(strings.Contains(page, `data-testid="embed-report"`), "no report stands in %s", link)
}

// TurnedAway opens a link and wants to be refused for this reason.
func TurnedAway(link, kind string) {
	verdict, page := visit(link)
	Same(verdict, "200 refused "+kind, link)
	for _, mark := range []string{`data-testid="embed-refusal"`, `data-kind="` + kind + `"`} {
		That(strings.Contains(page, mark), "%s does not stand in %s", mark, link)
	}
}

func visit(link string) (verdict, page string) {
	answer, err := http.Get(link)
	Must(err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	Must(err)
	head := answer.Header
	verdict = fmt.Sprintf("%d %s %s", answer.StatusCode, head.Get("x-ticketbooth-visit"), head.Get("x-ticketbooth-refusal"))
	return verdict, string(text)
}
