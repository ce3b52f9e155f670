package ticketbooth.junit;

/** What a browser was shown at an embed link. */
public final class Visit {
    private final String refusal;
    private final String text;

    Visit(String refusal, String text) {
        this.refusal = refusal;
        this.text = text;
    }

    /** Whether the page opened. */
    public boolean admitted() {
        return refusal == null;
    }

    /** Why it did not: {@code expired}, {@code used-up}, {@code revoked} and so on; null where it did. */
    public String refusal() {
        return refusal;
    }

    /** The page, as HTML. */
    public String text() {
        return text;
    }
}
