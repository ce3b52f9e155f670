import static booth.Visits.admitted;
import static booth.Visits.alibabaLink;

import booth.Booth;
import booth.Booth.Keys;
import booth.Check;
import booth.Client;
import booth.Client.Refusal;
import booth.Client.Want;
import booth.Sandbox;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quickbi.QuickBi;
import quickbi.QuickBi.Send;

/** The current Java SDK of Alibaba Cloud, by its generic client, which the vendor's generated ones only fill in. */
final class Alibaba {
    /** What is signed how, by which method, and where parameters travel. */
    record Way(String algorithm, String method, boolean form) {}

    private static final List<Way> WAYS = List.of(
            new Way("ACS3-HMAC-SHA256", "POST", false),
            new Way("ACS3-HMAC-SHA256", "POST", true),
            new Way("ACS3-HMAC-SHA256", "GET", false),
            new Way("ACS3-HMAC-SM3", "POST", false),
            new Way("ACS3-HMAC-SM3", "GET", false),
            new Way("v2", "POST", false),
            new Way("v2", "POST", true),
            new Way("v2", "GET", false));

    private Alibaba() {}

    static Send connect(Way way, Keys keys, RuntimeOptions runtime) throws Exception {
        var config = new Config()
                .setAccessKeyId(keys.id())
                .setAccessKeySecret(keys.secret())
                .setSecurityToken(keys.token())
                .setEndpoint(Booth.ENDPOINT)
                .setProtocol("http")
                .setRegionId("cn-hangzhou")
                .setSignatureAlgorithm(way.algorithm());
        var sdk = new com.aliyun.teaopenapi.Client(config);
        return (version, action, params) -> {
            var call = new Params()
                    .setAction(action)
                    .setVersion(version)
                    .setProtocol("HTTP")
                    .setPathname("/")
                    .setMethod(way.method())
                    .setAuthType("AK")
                    .setStyle("RPC")
                    .setReqBodyType("formData")
                    .setBodyType("json");
            var answer = sdk.callApi(call, request(way, params), runtime);
            return new Gson().toJsonTree(answer.get("body")).getAsJsonObject();
        };
    }

    private static OpenApiRequest request(Way way, Map<String, Object> params) {
        var query = new HashMap<String, String>();
        var body = new HashMap<String, Object>();
        params.forEach((name, value) -> {
            // The vendor's generated client sends GlobalParam in the body.
            if (way.form() || name.equals("GlobalParam") && way.method().equals("POST")) {
                body.put(name, value);
            } else {
                query.put(name, value.toString());
            }
        });
        var request = new OpenApiRequest().setQuery(query);
        return body.isEmpty() ? request : request.setBody(body);
    }

    /** Its one exception: with the whole answer, and with a text that is made of it. */
    private static Refusal read(Exception error) {
        if (!(error instanceof TeaException failed)) {
            return null;
        }
        if (failed.getData() == null || failed.getData().get("RequestId") == null) {
            return new Refusal(failed.getCode(), failed.getMessage(), null, 0);
        }
        Map<String, Object> data = failed.getData();
        String said = data.get("Message") + " request id: " + data.get("RequestId");
        Check.same(failed.getMessage(), "code: " + failed.getStatusCode() + ", " + said, "the exception's text");
        return new Refusal(
                failed.getCode(), data.get("Message").toString(), data.get("RequestId").toString(), failed.getStatusCode());
    }

    /** The SDK hands on that it was throttled; what got lost it sends again, signed anew. */
    private static void retries(Client client, Way way) throws Exception {
        var sandbox = new Sandbox();
        var lost = Map.of("lose", "request");
        sandbox.rule(Map.of("on", "alibaba.CreateTicket", "sequence",
                List.of(Map.of("error", "Throttling.User"), lost, lost, "proceed")));
        var patient = new RuntimeOptions().setAutoretry(true).setMaxAttempts(3).setBackoffPolicy("no");
        Send send = connect(way, sandbox.alibaba, patient);
        Map<String, Object> wish = Map.of("WorksId", Booth.WORK);
        client.refused(new Want("Throttling.User", null, 400), () -> send.send(QuickBi.NEWER, "CreateTicket", wish));
        JsonObject answer = client.call(() -> send.send(QuickBi.NEWER, "CreateTicket", wish));
        admitted(alibabaLink("accessTicket", answer.get("Result").getAsString()));
        Check.same(sandbox.calls("CreateTicket"), 4, "calls that came");
    }

    /** One call of an SDK that does not wait for long. */
    private static String faulty(Sandbox sandbox) throws Exception {
        var impatient = new RuntimeOptions().setReadTimeout(1000).setConnectTimeout(1000);
        Send send = connect(WAYS.get(0), sandbox.alibaba, impatient);
        JsonObject answer = send.send(QuickBi.NEWER, "CreateTicket", Map.of("WorksId", Booth.WORK));
        return answer.has("Result") ? "an answer" : "an answer without Result";
    }

    public static void main(String[] args) throws Exception {
        var client = new Client("alibaba-java", "com.aliyun:tea-openapi", Alibaba::read);
        for (Way way : WAYS) {
            // Shown when this fails.
            System.err.println(way);
            new QuickBi(client, keys -> connect(way, keys, new RuntimeOptions())).all();
            retries(client, way);
        }
        client.faults("alibaba", Alibaba::faulty);
        client.report();
    }
}
