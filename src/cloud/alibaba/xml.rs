//! An answer as XML: the same members as in JSON, under a root that carries the action's name.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use serde_json::Value;

use crate::xml::writable_text;

/// The form of a list under the name of its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lists {
    /// Each repeats the name, inside one element of that name.
    Nested,
    /// Each repeats the name, and nothing holds them together.
    Flat,
}

/// `value`, which is an object, as a document with the given root.
pub fn write_document(root: &str, value: &Value, lists: Lists) -> String {
    let mut writer = Writer::new(Vec::new());
    let declaration = Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None));
    let written = writer.write_event(declaration).and_then(|()| write_element(&mut writer, root, value, lists));
    written.expect("writing into memory cannot fail");
    String::from_utf8(writer.into_inner()).expect("only text was written")
}

fn write_element(writer: &mut Writer<Vec<u8>>, name: &str, value: &Value, lists: Lists) -> std::io::Result<()> {
    if let (Value::Array(items), Lists::Flat) = (value, lists) {
        return items.iter().try_for_each(|item| write_element(writer, name, item, lists));
    }
    writer.write_event(Event::Start(BytesStart::new(name)))?;
    match value {
        Value::Object(members) => {
            members.iter().try_for_each(|(name, value)| write_element(writer, name, value, lists))?
        }
        Value::Array(items) => items.iter().try_for_each(|item| write_element(writer, name, item, lists))?,
        Value::String(text) => writer.write_event(Event::Text(BytesText::new(&writable_text(text))))?,
        Value::Number(number) => writer.write_event(Event::Text(BytesText::new(&number.to_string())))?,
        Value::Bool(truth) => writer.write_event(Event::Text(BytesText::new(&truth.to_string())))?,
        Value::Null => {}
    }
    writer.write_event(Event::End(BytesEnd::new(name)))
}
