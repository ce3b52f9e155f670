package booth

// Row is a request that must be refused.
type Row struct {
	Action  string
	Params  Params
	Untyped bool
	Code    string
	Status  int
	Message string
	Zh, En  string
}

// FilledIn is the row's parameters, with a live ticket where it asks for one.
func (r Row) FilledIn(live any) Params {
	params := Params{}
	for name, value := range r.Params {
		if value == "$live" {
			value = live
		}
		params[name] = value
	}
	return params
}

// TencentRefusals are the rows that all clients of Tencent are shown.
func TencentRefusals() (rows []Row) {
	read("refusals/tencent.json", &rows)
	return rows
}

// AlibabaRefusals are the rows of a version.
func AlibabaRefusals(version string) []Row {
	var rows map[string][]Row
	read("refusals/alibaba.json", &rows)
	return rows[version]
}
