package booth;

import com.google.gson.JsonPrimitive;
import java.util.List;

/** What ends the program. */
public final class Check {
    private Check() {}

    public static void that(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("does not hold: " + what);
        }
    }

    /** Two values are the same when they print as the same: an answer's 2 may be of any type. */
    public static void same(Object got, Object want, String what) {
        if (!text(got).equals(text(want))) {
            throw new AssertionError(what + ": expected \"" + text(want) + "\", got \"" + text(got) + "\"");
        }
    }

    private static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Check::text).toList().toString();
        }
        return value instanceof JsonPrimitive primitive ? primitive.getAsString() : String.valueOf(value);
    }
}
