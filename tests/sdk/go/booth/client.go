package booth

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
)

// Refusal is what an SDK's error says. Status is 0 where its type does not have it.
type Refusal struct {
	Code, Message, RequestID string
	Status                   int
}

// Want is what a call has to be refused with; what is empty is not compared.
type Want struct {
	Code, Message string
	Status        int
}

// Client is one SDK under test: it counts calls, and reads the SDK's errors.
type Client struct {
	Name   string
	Module string
	// Read takes an error apart, and says false if it is not of the type that the SDK has for refusals.
	Read func(error) (Refusal, bool)

	calls, refusals int
}

// Call makes a call that has to be answered.
func (c *Client) Call(send func() (Params, error)) Params {
	c.calls++
	answer, err := send()
	Must(err)
	return answer
}

// Refused makes a call that has to be refused.
func (c *Client) Refused(want Want, send func() (Params, error)) Refusal {
	c.calls++
	answer, err := send()
	That(err != nil, "%s was expected, got the answer %v", want.Code, answer)
	got, refused := c.Read(err)
	That(refused, "%s was expected, got %T: %v", want.Code, err, err)
	Same(got.Code, want.Code, "code of "+got.Message)
	That(got.Message != "" && got.RequestID != "", "%+v lacks a message or a request id", got)
	if want.Message != "" {
		Same(got.Message, want.Message, "message of "+want.Code)
	}
	if want.Status != 0 && got.Status != 0 {
		Same(got.Status, want.Status, "status of "+want.Code)
	}
	c.refusals++
	return got
}

// Report prints the one line that `run` collects.
func (c *Client) Report() {
	line := Params{"client": c.Name, "version": c.version(), "calls": c.calls, "refusals": c.refusals}
	Must(json.NewEncoder(os.Stdout).Encode(line))
}

// version is the one that this program was built with.
func (c *Client) version() string {
	build, known := debug.ReadBuildInfo()
	That(known, "the program does not know its modules")
	for _, module := range build.Deps {
		if module.Path == c.Module {
			return module.Version[len("v"):]
		}
	}
	panic(fmt.Sprintf("%s is not in this program", c.Module))
}
