//! Secrets in a line of a file, overwritten before the line is shown.

/// The line with the values of secret keys overwritten, in the same number of characters.
///
/// A key counts as secret by its name, so that a mistyped one is covered too.
pub(super) fn blank_line(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(colon) = rest.find(':') {
        let (before, after) = rest.split_at(colon + 1);
        text.push_str(before);
        rest = after;
        if is_secret(key_before(before)) {
            let value = &after[..value_length(after)];
            text.extend(value.chars().map(|sign| if " []\"'".contains(sign) { sign } else { '*' }));
            rest = &after[value.len()..];
        }
    }
    text.push_str(rest);
    text
}

/// The key that ends at the colon that ends the text.
fn key_before(text: &str) -> &str {
    let text = text.trim_end_matches([':', ' ', '"', '\'']);
    text.rsplit(|sign: char| !(sign.is_alphanumeric() || "_-".contains(sign))).next().unwrap_or(text)
}

fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key != "secret_id" && (key.contains("secret") || key.contains("token"))
}

/// How far the value reaches: to the end of its quotes, of its list, of its entry or of the line.
fn value_length(after: &str) -> usize {
    let value = after.trim_start();
    let skipped = after.len() - value.len();
    let end = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].find(quote).map(|length| length + 2),
        Some('[') => value.find(']'),
        _ => value.find([',', '}']),
    };
    end.map_or(after.len(), |length| skipped + length)
}
