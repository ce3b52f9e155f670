package booth

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// Sandbox is a world of one's own: its keys are known to nobody else, and its clock moves only when it is moved.
type Sandbox struct {
	ID      string
	Tencent Keys
	Alibaba Keys
}

// NewSandbox makes one whose clock stands.
func NewSandbox() Sandbox {
	made := change("sandboxes", Params{"clock": "frozen"})
	keys := func(vendor, id, secret string) Keys {
		half := made[vendor].(Params)
		return Keys{ID: half[id].(string), Secret: half[secret].(string)}
	}
	return Sandbox{
		ID:      made["id"].(string),
		Tencent: keys("tencent", "secret_id", "secret_key"),
		Alibaba: keys("alibaba", "access_key_id", "access_key_secret"),
	}
}

// Advance moves the clock, and tells what became of tickets.
func (s Sandbox) Advance(duration string) string {
	became := ""
	for _, each := range change("clock?sandbox="+s.ID, Params{"advance": duration})["transitions"].([]any) {
		transition := each.(Params)
		became += fmt.Sprintf("%v %v;", transition["ticket"], transition["became"])
	}
	return became
}

// Rule puts a rule in force.
func (s Sandbox) Rule(rule Params) {
	change("rules?sandbox="+s.ID, rule)
}

// Tickets is how many tickets there are.
func (s Sandbox) Tickets() int {
	return s.total("tickets?")
}

// Calls is how many calls of an action have come.
func (s Sandbox) Calls(action string) int {
	return s.total("journal?action=" + action + "&")
}

func (s Sandbox) total(of string) int {
	total, err := ask(http.MethodGet, of+"sandbox="+s.ID, nil)["total"].(json.Number).Int64()
	Must(err)
	return int(total)
}

func change(path string, body Params) Params {
	text, err := json.Marshal(body)
	Must(err)
	return ask(http.MethodPost, path, bytes.NewReader(text))
}

func ask(method, path string, body io.Reader) Params {
	request, err := http.NewRequest(method, URL+"/_ticketbooth/"+path, body)
	Must(err)
	request.Header.Set("content-type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	Must(err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	Must(err)
	That(answer.StatusCode < 300, "%s %s: %s", method, path, text)
	return Parse(string(text))
}
