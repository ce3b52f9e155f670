package booth

import (
	"fmt"
	"reflect"
)

// Must ends the program on an error that no client is meant to see.
func Must(err error) {
	if err != nil {
		panic(err)
	}
}

// Same ends the program where two values differ in what they print as: an answer's 2 may be of any type.
func Same(got, want any, what string) {
	if !reflect.DeepEqual(got, want) && fmt.Sprint(got) != fmt.Sprint(want) {
		panic(fmt.Sprintf("%s: expected %q, got %q", what, fmt.Sprint(want), fmt.Sprint(got)))
	}
}

// That ends the program where something does not hold.
func That(holds bool, what string, args ...any) {
	if !holds {
		panic(fmt.Sprintf(what, args...))
	}
}
