package ticketbooth.junit;

import java.util.LinkedHashMap;
import java.util.Map;

/** The calls that are expected: one at least, unless a number is said. */
public final class Expectation {
    final Map<String, Object> wishes = new LinkedHashMap<>();
    private final Map<String, Object> calls = new LinkedHashMap<>();

    private Expectation() {}

    /** Calls of {@code vendor.Action}, {@code vendor.*} or {@code vendor.visit}. */
    public static Expectation on(String selector) {
        return new Expectation().with("on", selector);
    }

    /** So many; 0 is never. */
    public Expectation exactly(int times) {
        return counted("exactly", times);
    }

    /** So many or more. */
    public Expectation atLeast(int times) {
        return counted("at_least", times);
    }

    /** So many or fewer. */
    public Expectation atMost(int times) {
        return counted("at_most", times);
    }

    /** That were answered with this code. */
    public Expectation code(String code) {
        return with("code", code);
    }

    /** That have these parameters; texts are globs of {@code *} and {@code ?}. */
    public Expectation where(Map<String, String> parameters) {
        return with("where", parameters);
    }

    /** Waits for them, as {@code 500ms} or {@code 5s}. */
    public Expectation within(String duration) {
        return with("within", duration);
    }

    private Expectation counted(String name, int times) {
        calls.put(name, times);
        return with("calls", calls);
    }

    private Expectation with(String name, Object value) {
        wishes.put(name, value);
        return this;
    }
}
