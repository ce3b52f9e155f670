//! The admin API described for programs and for people, both made from [`ENDPOINTS`].

use serde_json::{Map, Value, json};

use super::{Access, ENDPOINTS, Endpoint, PREFIX, Takes};

/// The OpenAPI document.
pub fn openapi_document() -> Value {
    let mut paths = Map::new();
    let mut shared = Map::new();
    for endpoint in ENDPOINTS {
        let path = paths.entry(format!("{PREFIX}{}", endpoint.path)).or_insert_with(|| json!({}));
        path[endpoint.method.to_ascii_lowercase()] = describe_operation(endpoint, &mut shared);
    }
    shared.insert("Error".to_owned(), error_schema());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Ticketbooth admin API",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Control of a running emulator. A sandbox is chosen by `?sandbox=` or by the header \
                            `x-ticketbooth-sandbox`, else it is `default`.",
        },
        "paths": paths,
        "components": {
            "schemas": shared,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}

fn describe_operation(endpoint: &Endpoint, shared: &mut Map<String, Value>) -> Value {
    let content = match endpoint.gives.schema {
        Some(schema) => json!({ endpoint.gives.media_type: { "schema": hoist_definitions(schema(), shared) } }),
        None => json!({ endpoint.gives.media_type: {} }),
    };
    let problem = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } });
    let mut operation = json!({
        "operationId": operation_id(endpoint),
        "tags": [endpoint.subject],
        "summary": endpoint.about,
        "parameters": describe_parameters(endpoint),
        "responses": {
            endpoint.gives.status.to_string(): { "description": endpoint.about, "content": content },
            "default": { "description": "what went wrong and what to do", "content": problem },
        },
    });
    if let Some(takes) = endpoint.takes {
        operation["requestBody"] = describe_body(takes, shared);
    }
    if endpoint.access == Access::Guarded {
        // With `{}` beside it: a token is wanted only where one was set.
        operation["security"] = json!([{}, { "token": [] }]);
    }
    operation
}

fn describe_body(takes: Takes, shared: &mut Map<String, Value>) -> Value {
    let (schema, required, types): (fn() -> Value, bool, &[&str]) = match takes {
        Takes::Json(schema) => (schema, true, &["application/json"]),
        Takes::JsonOrNothing(schema) => (schema, false, &["application/json"]),
        Takes::File(schema) => (schema, true, &["application/json", "application/yaml"]),
    };
    let schema = hoist_definitions(schema(), shared);
    let content: Map<String, Value> =
        types.iter().map(|media_type| ((*media_type).to_owned(), json!({ "schema": schema }))).collect();
    json!({ "required": required, "content": content })
}

fn describe_parameters(endpoint: &Endpoint) -> Vec<Value> {
    let path = endpoint
        .path
        .contains("{id}")
        .then(|| json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }));
    let query = endpoint.query.iter().map(
        |(name, about)| json!({ "name": name, "in": "query", "description": about, "schema": { "type": "string" } }),
    );
    let sandbox = (endpoint.access == Access::Guarded).then(|| {
        let about = "the sandbox; `default` when left out";
        json!({ "name": "sandbox", "in": "query", "description": about, "schema": { "type": "string" } })
    });
    path.into_iter().chain(query).chain(sandbox).collect()
}

/// `post_tickets_id_expire`.
fn operation_id(endpoint: &Endpoint) -> String {
    let path = endpoint.path.replace(['{', '}'], "").replace(['/', '.'], "_");
    format!("{}{path}", endpoint.method.to_ascii_lowercase())
}

/// The schema with its definitions moved to where the whole document finds them.
fn hoist_definitions(mut schema: Value, shared: &mut Map<String, Value>) -> Value {
    if let Some(Value::Object(definitions)) = schema.as_object_mut().and_then(|members| members.remove("$defs")) {
        for (name, definition) in definitions {
            let definition = hoist_definitions(definition, shared);
            shared.insert(name, definition);
        }
    }
    if let Some(members) = schema.as_object_mut() {
        members.remove("$schema");
    }
    let text = schema.to_string().replace("#/$defs/", "#/components/schemas/");
    serde_json::from_str(&text).expect("JSON stays JSON when a path in it is exchanged for another")
}

fn error_schema() -> Value {
    let text = |about: &str| json!({ "type": "string", "description": about });
    json!({
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["kind", "message", "hint"],
                "properties": {
                    "kind": text("one word for programs"),
                    "message": text("what is wrong, and where"),
                    "hint": text("what to do next"),
                },
            },
        },
    })
}

/// The same for people, as Markdown.
pub fn admin_book() -> String {
    let mut text = String::from(
        "# The admin API\n\nGenerated from the list of endpoints by `BLESS=1 cargo test --test it admin`. The same list \
         as an OpenAPI document\nis at `GET /_ticketbooth/openapi.json`.\n\nA sandbox is chosen by `?sandbox=ID` or by \
         the header `x-ticketbooth-sandbox`; without either it is `default`.\nA change needs `Content-Type: \
         application/json`. What goes wrong is answered with a fitting status and\n`{\"error\":{\"kind\":\"…\",\
         \"message\":\"…\",\"hint\":\"…\"}}`.\n",
    );
    let mut subject = "";
    for endpoint in ENDPOINTS {
        if endpoint.subject != subject {
            subject = endpoint.subject;
            let mut title = subject.to_owned();
            title[..1].make_ascii_uppercase();
            text.push_str(&format!("\n## {title}\n"));
        }
        text.push_str(&endpoint_chapter(endpoint));
    }
    text
}

fn endpoint_chapter(endpoint: &Endpoint) -> String {
    let mut text =
        format!("\n### `{} {PREFIX}{}`\n\n{}.\n", endpoint.method, endpoint.path, to_sentence(endpoint.about));
    if endpoint.access == Access::Public {
        text.push_str("\nPublic: needs no token and answers under any host name.\n");
    }
    if !endpoint.query.is_empty() {
        text.push_str("\n| query | |\n| --- | --- |\n");
        for (name, about) in endpoint.query {
            text.push_str(&format!("| `{name}` | {about} |\n"));
        }
    }
    if let Some(takes) = endpoint.takes {
        let (schema, how): (fn() -> Value, &str) = match takes {
            Takes::Json(schema) => (schema, "Takes"),
            Takes::JsonOrNothing(schema) => (schema, "Takes nothing or"),
            Takes::File(schema) => (schema, "Takes, as YAML or JSON"),
        };
        text.push_str(&format!("\n{how}:\n\n{}", describe_members(&schema())));
    }
    text.push_str(&match endpoint.gives.schema {
        Some(schema) => format!("\nAnswers {} with:\n\n{}", endpoint.gives.status, describe_members(&schema())),
        None => format!("\nAnswers {} with `{}`.\n", endpoint.gives.status, endpoint.gives.media_type),
    });
    text
}

fn to_sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// The members of an object, one line each.
fn describe_members(schema: &Value) -> String {
    let Some(properties) = schema["properties"].as_object() else { return "JSON.\n".to_owned() };
    let required =
        |name: &str| schema["required"].as_array().is_some_and(|names| names.iter().any(|required| required == name));
    let mut text = String::from("| member | type | |\n| --- | --- | --- |\n");
    for (name, of) in properties {
        let about = of["description"].as_str().unwrap_or("").replace('\n', " ").replace('|', "\\|");
        let optional = if required(name) { "" } else { ", optional" };
        text.push_str(&format!("| `{name}` | {}{optional} | {about} |\n", describe_type(of)));
    }
    text
}

fn describe_type(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str() {
        return name.rsplit('/').next().unwrap_or(name).to_owned();
    }
    if let Some(options) = schema["anyOf"].as_array() {
        return options.iter().map(describe_type).collect::<Vec<_>>().join(" or ");
    }
    match &schema["type"] {
        Value::String(name) if name == "array" => format!("array of {}", describe_type(&schema["items"])),
        Value::String(name) => name.clone(),
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => "any".to_owned(),
    }
}
