package ticketbooth.junit;

import static ticketbooth.junit.TicketboothServer.map;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A world of a test's own: keys, tickets, clock, rules and journal. */
public final class TicketboothSandbox implements AutoCloseable {
    private final TicketboothServer server;
    private boolean closed;
    private final Map<String, Object> made;

    TicketboothSandbox(TicketboothServer server, Map<String, Object> wishes) {
        this.server = server;
        this.made = map(server.ask("POST", "sandboxes", Json.write(wishes)));
    }

    /** Its id. */
    public String id() {
        return (String) made.get("id");
    }

    /** The address of the emulator, {@code http://host:port}. */
    public String url() {
        return server.url();
    }

    /** {@code host:port}, as SDKs take it. */
    public String endpoint() {
        return server.endpoint();
    }

    /** The emulator. */
    public TicketboothServer server() {
        return server;
    }

    /** The key for a client of Tencent Cloud. */
    public Key tencent() {
        return key("tencent", "secret_id", "secret_key");
    }

    /** The key for a client of Alibaba Cloud. */
    public Key alibaba() {
        return key("alibaba", "access_key_id", "access_key_secret");
    }

    private Key key(String vendor, String id, String secret) {
        Map<String, Object> pair = map(made.get(vendor));
        return new Key((String) pair.get(id), (String) pair.get(secret));
    }

    /** Moves the clock forward, as by {@code 241m}; tickets whose end is passed have ended then. */
    public void advance(String duration) {
        ask("POST", "clock", Json.write(Map.of("advance", duration)));
    }

    /** Puts a rule behind the others, written as in a scenario file. */
    public void rule(String yaml) {
        ask("POST", "rules", yaml);
    }

    /**
     * Sees that the expected calls were made.
     *
     * @throws AssertionError with what came instead
     */
    public void verify(Expectation expectation) {
        Map<String, Object> finding = map(ask("POST", "verify", Json.write(expectation.wishes)));
        if (!"pass".equals(finding.get("verdict"))) {
            throw new AssertionError(finding.get("verdict") + ": " + finding.get("message"));
        }
    }

    /** Opens an embed link as a browser does, which takes a use: a URL, its path and query, or the ticket alone. */
    public Visit visit(String link) {
        String ticket = "tickets/" + URLEncoder.encode(link, StandardCharsets.UTF_8);
        URI whole = URI.create(link.contains("/") ? link : (String) map(ask("GET", ticket, null)).get("link"));
        String query = whole.getRawQuery() == null ? "" : "?" + whole.getRawQuery();
        HttpResponse<String> answer = server.send("GET", whole.getRawPath() + query, null);
        if (answer.headers().firstValue("x-ticketbooth-visit").isEmpty()) {
            throw new TicketboothException(link + " is no embed page: HTTP " + answer.statusCode());
        }
        return new Visit(answer.headers().firstValue("x-ticketbooth-refusal").orElse(null), answer.body());
    }

    /** The calls, newest first, as {@code GET /_ticketbooth/journal} lists them. */
    public List<Map<String, Object>> journal() {
        List<Map<String, Object>> entries = new ArrayList<>();
        ((List<?>) map(ask("GET", "journal?limit=1000", null)).get("entries")).forEach(entry -> entries.add(map(entry)));
        return entries;
    }

    /** The calls, oldest first, and why those that did not succeed were answered so: what a failed test shows. */
    public String report() {
        List<Map<String, Object>> entries = journal();
        Collections.reverse(entries);
        StringBuilder report = new StringBuilder(entries.isEmpty() ? "no call came\n" : "");
        for (Map<String, Object> entry : entries) {
            Object code = entry.get("code") == null ? entry.get("outcome") : entry.get("code");
            report.append(String.format("%s.%s  %s  %s\n", entry.get("vendor"), entry.get("action"), code, entry.get("request_id")));
        }
        return report.append("\n").append(ask("GET", "explain?format=text", null)).toString().trim();
    }

    /** Asks the admin API about this sandbox, as {@link TicketboothServer#ask} does. */
    public Object ask(String method, String path, String body) {
        return server.ask(method, path + (path.contains("?") ? "&" : "?") + "sandbox=" + id(), body);
    }

    /** Removes the sandbox; its journal can still be read for a while. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            server.ask("DELETE", "sandboxes/" + id(), null);
        }
    }
}
