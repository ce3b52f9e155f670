package booth

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Faults makes one call under every fault that a rule can do, and compares what the SDK makes of it with a table.
//
// create gets a sandbox, makes one call that issues a ticket, and tells what the answer is. With BLESS set the
// table is written instead.
func (c *Client) Faults(vendor string, create func(Sandbox) (string, error)) {
	var faults struct {
		On, Codes map[string]string
		Rows      json.RawMessage
	}
	read("faults/faults.json", &faults)
	effects := Parse(string(faults.Rows))
	names := namesInOrder(faults.Rows)
	got := map[string]string{}
	for _, name := range names {
		sandbox := NewSandbox()
		then := withCode(effects[name].(Params), faults.Codes[vendor])
		sandbox.Rule(Params{"id": "fault", "on": faults.On[vendor], "then": then})
		c.calls++
		seen, err := create(sandbox)
		if err != nil {
			seen = c.inWords(err)
		}
		got[name] = fmt.Sprintf("%s; %d issued", seen, sandbox.Tickets())
	}
	table := "faults/" + c.Name + ".json"
	if os.Getenv("BLESS") != "" {
		bless(table, names, got)
		return
	}
	var expected map[string]string
	read(table, &expected)
	for _, name := range names {
		Same(got[name], expected[name], name+" as "+c.Name+" sees it")
	}
}

func withCode(effect Params, code string) any {
	if len(effect) == 0 {
		return "proceed"
	}
	filled := Params{}
	for key, value := range effect {
		if value == "$code" {
			value = code
		}
		filled[key] = value
	}
	return filled
}

// inWords is the type of an error, and its code if it is of the SDK's own.
func (c *Client) inWords(err error) string {
	words := strings.TrimPrefix(fmt.Sprintf("%T", err), "*")
	if refusal, ours := c.Read(err); ours && refusal.Code != "" {
		words += " " + refusal.Code
	}
	return words
}

// namesInOrder are the names of an object's members; a map forgets their order.
func namesInOrder(object json.RawMessage) (names []string) {
	decoder := json.NewDecoder(bytes.NewReader(object))
	_, err := decoder.Token()
	Must(err)
	for decoder.More() {
		name, err := decoder.Token()
		Must(err)
		var value json.RawMessage
		Must(decoder.Decode(&value))
		names = append(names, name.(string))
	}
	return names
}

func bless(table string, names []string, got map[string]string) {
	lines := make([]string, len(names))
	for at, name := range names {
		lines[at] = fmt.Sprintf("  %q: %q", name, got[name])
	}
	text := "{\n" + strings.Join(lines, ",\n") + "\n}\n"
	Must(os.WriteFile(filepath.Join("..", table), []byte(text), 0o644))
}
