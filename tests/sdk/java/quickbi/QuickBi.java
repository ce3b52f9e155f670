package quickbi;

import static booth.Check.same;
import static booth.Check.that;
import static booth.Visits.admitted;
import static booth.Visits.alibabaLink;
import static booth.Visits.turnedAway;

import booth.Booth;
import booth.Booth.Keys;
import booth.Client;
import booth.Client.Want;
import booth.Row;
import booth.Sandbox;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** What both Java clients of Quick BI go through, in each way of signing that they have. */
public final class QuickBi {
    public static final String NEWER = "2022-01-01";
    public static final String OLDER = "2021-03-25";

    /** Makes one call through an SDK and gives the answer as its members are named on the wire. */
    public interface Send {
        JsonObject send(String version, String action, Map<String, Object> params) throws Exception;
    }

    /** Makes a client of the SDK with these keys. */
    public interface Connect {
        Send with(Keys keys) throws Exception;
    }

    private static final Map<String, Object> WISH = Map.of("WorksId", Booth.WORK, "WatermarkParam", Booth.AWKWARD);
    private static final String GLOBAL_PARAM =
            """
            [{"paramKey":"price","joinType":"and","conditionList":[{"operate":"!=","value":"%s"}]}]"""
                    .formatted(Booth.AWKWARD);

    private final Client client;
    private final Connect connect;
    private final Send send;

    public QuickBi(Client client, Connect connect) throws Exception {
        this.client = client;
        this.connect = connect;
        this.send = connect.with(Booth.ALIBABA_KEYS);
    }

    public void all() throws Exception {
        tickets(NEWER);
        tickets(OLDER);
        embedTokens();
        refusals();
        strangers();
        temporary();
        daysLater();
    }

    private JsonElement result(Send send, String version, String action, Map<String, Object> params) throws Exception {
        JsonObject answer = client.call(() -> send.send(version, action, params));
        same(answer.get("Success"), true, "Success of " + action);
        return answer.get("Result");
    }

    private JsonElement result(String version, String action, Map<String, Object> params) throws Exception {
        return result(send, version, action, params);
    }

    private JsonObject info(String version, String ticket) throws Exception {
        return result(version, "QueryTicketInfo", Map.of("Ticket", ticket)).getAsJsonObject();
    }

    /** Creates, inspects, visits, uses up, extends, deletes. */
    private void tickets(String version) throws Exception {
        String ticket = result(version, "CreateTicket", Map.of(
                "WorksId", Booth.WORK, "TicketNum", 2, "ExpireTime", 30, "UserId", Booth.QUICKBI_USER,
                "WatermarkParam", Booth.AWKWARD, "GlobalParam", GLOBAL_PARAM)).getAsString();
        JsonObject info = info(version, ticket);
        same(List.of(info.get("AccessTicket"), info.get("WorksId"), info.get("UserId")),
                List.of(ticket, Booth.WORK, Booth.QUICKBI_USER), "whose ticket it is");
        same(List.of(info.get("MaxTicketNum"), info.get("UsedTicketNum")), List.of(2, 0), "uses before the first visit");
        same(List.of(info.get("WatermarkParam"), info.get("GlobalParam")), List.of(Booth.AWKWARD, GLOBAL_PARAM), "the texts");

        String link = alibabaLink("accessTicket", ticket);
        admitted(link);
        admitted(link);
        turnedAway(link, "used-up");
        same(info(version, ticket).get("UsedTicketNum"), 2, "uses after the last visit");

        String other = result(version, "CreateTicket", Map.of("WorksId", Booth.WORK)).getAsString();
        String before = info(version, other).get("InvalidTime").getAsString();
        same(result(version, "DelayTicketExpireTime", Map.of("Ticket", other, "ExpireTime", 60)), true, "Result");
        String after = info(version, other).get("InvalidTime").getAsString();
        that(before.compareTo(after) < 0, "the expiry moves from " + before + " to " + after);
        same(result(version, "UpdateTicketNum", Map.of("Ticket", other, "TicketNum", 3)), true, "Result");
        admitted(alibabaLink("accessTicket", other));
        same(result(version, "DeleteTicket", Map.of("Ticket", other)), true, "Result");
        turnedAway(alibabaLink("accessTicket", other), "revoked");
        client.refused(new Want("Authorize3rdTicket.NotExist"),
                () -> send.send(version, "QueryTicketInfo", Map.of("Ticket", other)));
    }

    /** Creates, inspects, visits, renews, extends, deletes. */
    private void embedTokens() throws Exception {
        Map<String, Object> wish = Map.of(
                "WorksId", Booth.WORK, "AccountName", "wangwu:zhangsan", "AccountType", 5, "ExpireMin", 30);
        JsonObject created = result(OLDER, "CreateEmbedToken", wish).getAsJsonObject();
        String token = created.get("AccessToken").getAsString();
        same(created.get("TokeType"), 4, "TokeType, in the vendor's spelling");
        JsonObject info = result(OLDER, "QueryEmbedTokenInfo", Map.of("Token", token)).getAsJsonObject();
        same(info.get("InvalidTime"), created.get("InvalidTime"), "InvalidTime");
        String link = alibabaLink("accessToken", token);
        admitted(link);

        JsonObject renewed = result(OLDER, "CreateEmbedToken", wish).getAsJsonObject();
        same(renewed.get("AccessToken"), token, "the renewed token");
        same(result(OLDER, "DelayEmbedToken", Map.of("Token", token, "ExpireMin", 60)), true, "Result");
        admitted(link);
        same(result(OLDER, "DeleteEmbedToken", Map.of("Token", token)), true, "Result");
        turnedAway(link, "revoked");
    }

    private void refusals() throws Exception {
        String ticket = result(NEWER, "CreateTicket", WISH).getAsString();
        JsonObject token = result(OLDER, "CreateEmbedToken", Map.of("WorksId", Booth.WORK)).getAsJsonObject();
        refusals(NEWER, ticket);
        refusals(OLDER, token.get("AccessToken").getAsString());
        client.refused(new Want("InvalidVersion", null, 400), () -> send.send("1999-01-01", "CreateTicket", Map.of()));
    }

    private void refusals(String version, String live) {
        for (Row row : Row.alibaba(version)) {
            client.refused(row.want("message"), () -> send.send(version, row.action, row.params(live)));
        }
        client.refused(new Want("InvalidAction.NotFound", null, 404),
                () -> send.send(version, "CreateNothing", Map.of()));
    }

    /** A wrong secret and an unknown key. */
    private void strangers() throws Exception {
        Send wrongSecret = connect.with(new Keys(Booth.ALIBABA_KEYS.id(), "notthesecret", null));
        var got = client.refused(new Want("SignatureDoesNotMatch", null, 400),
                () -> wrongSecret.send(NEWER, "CreateTicket", WISH));
        that(got.message().contains("server string to sign") || got.message().contains("server StringToSign"),
                got.message() + " has the server's string to sign");
        Send unknownKey = connect.with(new Keys("LTAInobody", "any", null));
        client.refused(new Want("InvalidAccessKeyId.NotFound", "Specified access key is not found.", 404),
                () -> unknownKey.send(NEWER, "CreateTicket", WISH));
    }

    /** A key that works with its token alone. */
    private void temporary() throws Exception {
        Keys keys = Booth.ALIBABA_TEMPORARY;
        admitted(alibabaLink("accessTicket", result(connect.with(keys), NEWER, "CreateTicket", WISH).getAsString()));
        Send another = connect.with(keys.withToken("another-token"));
        client.refused(new Want("InvalidSecurityToken.MismatchWithAccessKey"),
                () -> another.send(NEWER, "CreateTicket", WISH));
        Send without = connect.with(keys.withToken(null));
        client.refused(new Want("MissingSecurityToken", null, 400), () -> without.send(NEWER, "CreateTicket", WISH));
    }

    /** A ticket ends to the second, an extended one later, and the SDK works on ten days later. */
    private void daysLater() throws Exception {
        var sandbox = new Sandbox();
        Send send = connect.with(sandbox.alibaba);
        Map<String, Object> wish = Map.of("WorksId", Booth.WORK, "ExpireTime", 30, "TicketNum", 9);
        String brief = result(send, NEWER, "CreateTicket", wish).getAsString();
        String extended = result(send, NEWER, "CreateTicket", wish).getAsString();
        result(send, NEWER, "DelayTicketExpireTime", Map.of("Ticket", extended, "ExpireTime", 30));
        same(sandbox.advance("29m59s"), "", "what ends a second too early");
        admitted(alibabaLink("accessTicket", brief));
        same(sandbox.advance("1s"), brief + " expired;", "what ends after 30 minutes");
        turnedAway(alibabaLink("accessTicket", brief), "expired");
        admitted(alibabaLink("accessTicket", extended));
        same(sandbox.advance("30m"), extended + " expired;", "what ends after 60 minutes");
        client.refused(new Want("Authorize3rdTicket.Expired"),
                () -> send.send(NEWER, "QueryTicketInfo", Map.of("Ticket", extended)));
        sandbox.advance("10 days");
        admitted(alibabaLink("accessTicket", result(send, NEWER, "CreateTicket", WISH).getAsString()));
    }
}
