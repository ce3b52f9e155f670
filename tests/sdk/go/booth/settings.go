// Package booth is what the Go clients share: the emulator's address and keys, visits, sandboxes and counting.
// No SDK is imported here; each client brings its own.
package booth

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// Things of the demo world.
const (
	Project     = 117
	Page        = 11520
	Corporation = "100022975249"
	User        = "100024664626"
	Work        = "a206f5f3-0000-4000-8000-e9b17c835b03"
	QuickBIUser = "46e537466d5e4a3aa1b2c3d4e92704c8"
)

// Awkward has every character that some signing recipe treats in its own way.
const Awkward = "湖南省 a+b&c=d/e%20~*!'()<>"

// The emulator under test.
var (
	URL      = setting("TICKETBOOTH_URL")
	Endpoint = setting("TICKETBOOTH_ENDPOINT")
)

// Keys are what a client signs with. Token is empty for permanent ones.
type Keys struct{ ID, Secret, Token string }

var (
	TencentKeys = Keys{
		ID: setting("TICKETBOOTH_TENCENT_SECRET_ID"), Secret: setting("TICKETBOOTH_TENCENT_SECRET_KEY"),
	}
	AlibabaKeys = Keys{
		ID: setting("TICKETBOOTH_ALIBABA_ACCESS_KEY_ID"), Secret: setting("TICKETBOOTH_ALIBABA_ACCESS_KEY_SECRET"),
	}
	TencentTemporary = Keys{"AKIDtemporarykey0000000000000000000", "localtestsecret00000000000000000", "demo-session-token"}
	AlibabaTemporary = Keys{"STS.temporarykey00000000000", "localtestsecret000000000000000", "demo-session-token"}
)

// Params are parameters by their wire names, and answers as they are read.
type Params = map[string]any

func setting(name string) string {
	value := os.Getenv(name)
	if value == "" {
		panic(name + " is not set")
	}
	return value
}

// read fills value from a table that stands beside the folders of the languages, where this program runs.
func read(table string, value any) {
	text, err := os.ReadFile(filepath.Join("..", table))
	Must(err)
	decode(string(text), value)
}

// decode reads JSON and keeps numbers as they are written.
func decode(text string, value any) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	Must(decoder.Decode(value))
}

// AsMap is a value by its JSON, the way a client would see it on the wire.
func AsMap(value any) Params {
	text, err := json.Marshal(value)
	Must(err)
	return Parse(string(text))
}

// Parse reads an object of JSON.
func Parse(text string) Params {
	var object Params
	decode(text, &object)
	return object
}
