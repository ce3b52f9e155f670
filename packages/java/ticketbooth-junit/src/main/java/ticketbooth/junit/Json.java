package ticketbooth.junit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON of the admin API, which is well formed: texts in, maps, lists, texts, numbers and truths out, and back. */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Object read(String text) {
        return new Json(text).value();
    }

    /** The text of a map, list, text, number or truth; members that are null are left out. */
    static String write(Object value) {
        if (value instanceof Map) {
            List<String> members = new ArrayList<>();
            ((Map<?, ?>) value).forEach((name, member) -> {
                if (member != null) {
                    members.add(write(name) + ":" + write(member));
                }
            });
            return "{" + String.join(",", members) + "}";
        }
        if (!(value instanceof String)) {
            return String.valueOf(value);
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (char sign : ((String) value).toCharArray()) {
            if (sign < ' ' || sign == '"' || sign == '\\') {
                quoted.append(String.format("\\u%04x", (int) sign));
            } else {
                quoted.append(sign);
            }
        }
        return quoted.append('"').toString();
    }

    private Object value() {
        char first = next();
        switch (first) {
            case '{':
                return map();
            case '[':
                return list();
            case '"':
                return string();
            default:
                int begin = at - 1;
                while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                String word = text.substring(begin, at);
                if (word.equals("null")) {
                    return null;
                }
                return word.equals("true") || word.equals("false") ? (Object) Boolean.valueOf(word) : Double.valueOf(word);
        }
    }

    private Map<String, Object> map() {
        Map<String, Object> members = new LinkedHashMap<>();
        while (next() != '}') {
            if (text.charAt(at - 1) == ',') {
                next();
            }
            String name = string();
            next();
            members.put(name, value());
        }
        return members;
    }

    private List<Object> list() {
        List<Object> entries = new ArrayList<>();
        while (next() != ']') {
            if (text.charAt(at - 1) != ',') {
                at--;
            }
            entries.add(value());
        }
        return entries;
    }

    private String string() {
        StringBuilder read = new StringBuilder();
        for (char sign = text.charAt(at++); sign != '"'; sign = text.charAt(at++)) {
            if (sign != '\\') {
                read.append(sign);
                continue;
            }
            char escape = text.charAt(at++);
            if (escape == 'u') {
                read.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                at += 4;
            } else {
                int known = "bfnrt".indexOf(escape);
                read.append(known < 0 ? escape : "\b\f\n\r\t".charAt(known));
            }
        }
        return read.toString();
    }

    private char next() {
        while (" \n\r\t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return text.charAt(at++);
    }
}
