import static booth.Check.same;
import static booth.Visits.admitted;
import static booth.Visits.tencentLink;
import static booth.Visits.turnedAway;

import booth.Booth;
import booth.Booth.Keys;
import booth.Client;
import booth.Client.Call;
import booth.Client.Refusal;
import booth.Client.Want;
import booth.Row;
import booth.Sandbox;
import com.google.gson.JsonObject;
import com.tencentcloudapi.bi.v20220105.BiClient;
import com.tencentcloudapi.bi.v20220105.models.CreateEmbedTokenRequest;
import com.tencentcloudapi.bi.v20220105.models.CreateEmbedTokenResponse;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.Language;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The Java SDK of Tencent Cloud: the typed client of BI, and its call for any action. */
final class Tencent {
    private static final String TC3 = ClientProfile.SIGN_TC3_256;
    private static final String SHA1 = ClientProfile.SIGN_SHA1;
    private static final String SHA256 = ClientProfile.SIGN_SHA256;

    private static final List<Way> WAYS = List.of(
            new Way(TC3, "POST", true, false, null),
            new Way(TC3, "POST", false, false, Language.ZH_CN),
            new Way(TC3, "GET", true, false, Language.EN_US),
            new Way(TC3, "POST", true, true, Language.ZH_CN),
            new Way(SHA1, "POST", true, false, Language.ZH_CN),
            new Way(SHA1, "GET", true, false, null),
            new Way(SHA256, "POST", true, false, Language.EN_US),
            new Way(SHA256, "GET", true, false, Language.ZH_CN));

    private static final String GLOBAL_PARAM =
            """
            [{"ParamKey":"province","JoinType":"AND","WhereList":[{"Operator":"-is","Value":["%s"]}]}]"""
                    .formatted(Booth.AWKWARD);

    private final Client client;
    private final Way way;
    private final Send send;

    private Tencent(Client client, Way way) {
        this.client = client;
        this.way = way;
        this.send = way.send(Booth.TENCENT_KEYS);
    }

    private void all() throws Exception {
        life();
        oneUser();
        strangers();
        temporary();
        refusals();
        daysLater();
        resent();
    }

    private static Map<String, Object> page(Map<String, Object> more) {
        var params = new HashMap<String, Object>(Map.of(
                "ProjectId", Booth.PROJECT, "PageId", Booth.PAGE, "Scope", "page", "Intention", "embed",
                "ExpireTime", "30"));
        params.putAll(more);
        return params;
    }

    private static Call create(Send send) {
        return () -> send.send("CreateEmbedToken", page(Map.of()));
    }

    private JsonObject data(Send send, Map<String, Object> more) throws Exception {
        return client.call(() -> send.send("CreateEmbedToken", page(more))).getAsJsonObject("Data");
    }

    private String token(Send send) throws Exception {
        return data(send, Map.of()).get("BIToken").getAsString();
    }

    private void extend(Send send, String token) throws Exception {
        Map<String, Object> params = Map.of(
                "ProjectId", Booth.PROJECT, "PageId", Booth.PAGE, "Scope", "page", "Intention", "embed", "BIToken", token);
        JsonObject answer = client.call(() -> send.send("ApplyEmbedInterval", params));
        same(answer.getAsJsonObject("Data").get("Result"), true, "Data.Result");
    }

    /** Creates, visits, uses up, extends. */
    private void life() throws Exception {
        JsonObject data = data(send, Map.of(
                "TicketNum", 2, "TokenType", 100, "ExtraParam", Booth.AWKWARD, "GlobalParam", GLOBAL_PARAM));
        same(List.of(data.get("ProjectId"), data.get("PageId"), data.get("Scope")),
                List.of(Booth.PROJECT, Booth.PAGE, "page"), "the target");
        same(List.of(data.get("ExpireTime"), data.get("TicketNum"), data.get("TokenType")), List.of(30, 2, 100),
                "the numbers");
        same(List.of(data.get("ExtraParam"), data.get("GlobalParam")), List.of(Booth.AWKWARD, GLOBAL_PARAM), "the texts");
        same(data.get("CreatedAt"), data.get("UpdatedAt"), "times of creation and update");

        String link = tencentLink(data.get("BIToken").getAsString());
        admitted(link);
        admitted(link);
        turnedAway(link, "used-up");

        String token = token(send);
        extend(send, token);
        admitted(tencentLink(token));
    }

    /** A token of type 200, then all tokens of the page are cleared. */
    private void oneUser() throws Exception {
        JsonObject data = data(send, Map.of("TokenType", 200, "UserCorpId", Booth.CORPORATION, "UserId", Booth.USER));
        same(List.of(data.get("UserCorpId"), data.get("UserId")), List.of(Booth.CORPORATION, Booth.USER), "the user");
        String link = tencentLink(data.get("BIToken").getAsString());
        admitted(link);
        Map<String, Object> clearing = Map.of(
                "ProjectId", "" + Booth.PROJECT, "PageId", "" + Booth.PAGE, "Scope", "page",
                "UserCorpId", Booth.CORPORATION);
        same(client.call(() -> send.send("ClearEmbedToken", clearing)).get("Data"), true, "Data of ClearEmbedToken");
        turnedAway(link, "revoked");
    }

    /** A wrong secret and an unknown key, told in the client's language. */
    private void strangers() {
        boolean chinese = way.language() == Language.ZH_CN;
        Send wrongSecret = way.send(new Keys(Booth.TENCENT_KEYS.id(), "notthesecret", null));
        client.refused(new Want("AuthFailure.SignatureFailure", chinese
                ? "请求签名验证失败，请检查您的签名计算是否正确。"
                : "The provided credentials could not be validated. Please check your signature is correct.", 0),
                create(wrongSecret));
        Send unknownKey = way.send(new Keys("AKIDnobody", "any", null));
        client.refused(new Want("AuthFailure.SecretIdNotFound", chinese
                ? "SecretId不存在，请输入正确的密钥。"
                : "The SecretId is not found, please ensure that your SecretId is correct.", 0),
                create(unknownKey));
    }

    /** A key that works with its token alone. */
    private void temporary() throws Exception {
        Keys keys = Booth.TENCENT_TEMPORARY;
        admitted(tencentLink(token(way.send(keys))));
        client.refused(new Want("AuthFailure.TokenFailure"), create(way.send(keys.withToken("another-token"))));
        client.refused(new Want("AuthFailure.TokenFailure"), create(way.send(keys.withToken(null))));
    }

    /** The table; what the models cannot say goes through the call for any action. */
    private void refusals() throws Exception {
        Send any = new Way(TC3, "POST", false, false, way.language()).send(Booth.TENCENT_KEYS);
        String live = token(send);
        for (Row row : Row.tencent()) {
            Send send = row.untyped() ? any : this.send;
            client.refused(row.want(way.language() == Language.ZH_CN ? "zh" : "en"),
                    () -> send.send(row.action, row.params(live)));
        }
    }

    /** A token ends to the second, and the SDK works on ten days later. */
    private void daysLater() throws Exception {
        var sandbox = new Sandbox();
        Send send = way.send(sandbox.tencent);
        String token = token(send);
        same(sandbox.advance("29m59s"), "", "what ends a second too early");
        admitted(tencentLink(token));
        same(sandbox.advance("1s"), token + " expired;", "what ends after 30 minutes");
        turnedAway(tencentLink(token), "expired");
        sandbox.advance("10 days");
        String late = token(send);
        extend(send, late);
        admitted(tencentLink(late));
    }

    /**
     * A request is lost on a connection that is kept. The SDK's own HTTP client then sends the same bytes again without
     * a word to the SDK, and a server that never did the first request has to do the second.
     */
    private void resent() throws Exception {
        var sandbox = new Sandbox();
        sandbox.rule(Map.of("on", "tencent.CreateEmbedToken", "calls", 2, "then", Map.of("lose", "request")));
        Send send = way.send(sandbox.tencent);
        token(send);
        admitted(tencentLink(token(send)));
        same(sandbox.calls("CreateEmbedToken"), 3, "calls that came");
    }

    /** The SDK asks again, after a second, as often as it was told. */
    private static void retries(Client client) throws Exception {
        var sandbox = new Sandbox();
        sandbox.rule(Map.of("on", "tencent.CreateEmbedToken", "calls", Map.of("first", 2), "then",
                Map.of("error", "RequestLimitExceeded")));
        BiClient sdk = WAYS.get(0).client(sandbox.tencent);
        var request = new CreateEmbedTokenRequest();
        request.setProjectId((long) Booth.PROJECT);
        request.setPageId((long) Booth.PAGE);
        request.setScope("page");
        client.refused(new Want("RequestLimitExceeded"), () -> {
            throw new AssertionError("got the answer " + sdk.retry(request, 0));
        });
        client.call(() -> {
            var answer = (CreateEmbedTokenResponse) sdk.retry(request, 1);
            admitted(tencentLink(answer.getData().getBIToken()));
            return null;
        });
        same(sandbox.calls("CreateEmbedToken"), 3, "calls that came");
    }

    /** Bytes that the SDK does not look into: their signature is judged first, then they are read as JSON. */
    private static void octets(Client client) throws Exception {
        byte[] body = "{\"ProjectId\": 117, \"PageId\": 11520, \"Scope\": \"page\"}".getBytes(StandardCharsets.UTF_8);
        BiClient wrongSecret = WAYS.get(0).client(new Keys(Booth.TENCENT_KEYS.id(), "notthesecret", null));
        client.refused(new Want("AuthFailure.SignatureFailure"),
                () -> Booth.parse(wrongSecret.callOctetStream("CreateEmbedToken", new HashMap<>(), body)));
        BiClient sdk = WAYS.get(0).client(Booth.TENCENT_KEYS);
        JsonObject answer = client.call(
                () -> Booth.parse(sdk.callOctetStream("CreateEmbedToken", new HashMap<>(), body)));
        JsonObject data = answer.getAsJsonObject("Response").getAsJsonObject("Data");
        admitted(tencentLink(data.get("BIToken").getAsString()));
    }

    private static Refusal read(Exception error) {
        return error instanceof TencentCloudSDKException failed
                ? new Refusal(failed.getErrorCode(), failed.getMessage(), failed.getRequestId(), 0)
                : null;
    }

    /** One call of an SDK that does not wait for long. */
    private static String faulty(Sandbox sandbox) throws Exception {
        JsonObject answer = WAYS.get(0).impatient(sandbox.tencent).send("CreateEmbedToken", page(Map.of()));
        return answer.has("Data") ? "an answer" : "an answer without Data";
    }

    public static void main(String[] args) throws Exception {
        var client = new Client("tencent-java", "com.tencentcloudapi:tencentcloud-sdk-java", Tencent::read);
        for (Way way : WAYS) {
            // Shown when this fails.
            System.err.println(way);
            new Tencent(client, way).all();
        }
        retries(client);
        octets(client);
        client.faults("tencent", Tencent::faulty);
        client.report();
        // Its HTTP client keeps threads.
        System.exit(0);
    }
}
