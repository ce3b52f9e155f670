package booth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Links to embed pages, and what happens to somebody who opens one. */
public final class Visits {
    private Visits() {}

    public static String tencentLink(String token) {
        return "%s/page/embed?authType=strong&projectId=%d&pageId=%d&scope=page&token=%s"
                .formatted(Booth.URL, Booth.PROJECT, Booth.PAGE, URLEncoder.encode(token, UTF_8));
    }

    /** The kind is {@code accessTicket} or {@code accessToken}. */
    public static String alibabaLink(String kind, String ticket) {
        return "%s/token3rd/dashboard/view/pc.htm?pageId=%s&%s=%s"
                .formatted(Booth.URL, Booth.WORK, kind, URLEncoder.encode(ticket, UTF_8));
    }

    /** Opens a link and wants to see the report. */
    public static void admitted(String link) {
        visit(link, "200 admitted -", "data-testid=\"embed-report\"");
    }

    /** Opens a link and wants to be refused for this reason. */
    public static void turnedAway(String link, String kind) {
        visit(link, "200 refused " + kind, "data-testid=\"embed-refusal\"", "data-kind=\"" + kind + "\"");
    }

    private static void visit(String link, String verdict, String... marks) {
        var answer = Http.get(link);
        var headers = answer.headers();
        String got = answer.statusCode() + " " + headers.firstValue("x-ticketbooth-visit").orElse("-") + " "
                + headers.firstValue("x-ticketbooth-refusal").orElse("-");
        Check.same(got, verdict, link);
        for (String mark : marks) {
            Check.that(answer.body().contains(mark), mark + " stands in " + link);
        }
    }
}
