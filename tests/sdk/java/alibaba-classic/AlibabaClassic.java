import static booth.Visits.admitted;
import static booth.Visits.alibabaLink;

import booth.Booth;
import booth.Booth.Keys;
import booth.Check;
import booth.Client;
import booth.Client.Refusal;
import booth.Client.Want;
import booth.Sandbox;
import com.aliyuncs.CommonRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.BasicSessionCredentials;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.auth.signers.SignatureAlgorithm;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.exceptions.ServerException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.policy.retry.RetryPolicy;
import com.aliyuncs.policy.retry.RetryPolicyContext;
import com.aliyuncs.policy.retry.backoff.BackoffStrategy;
import com.aliyuncs.policy.retry.conditions.ExceptionsCondition;
import com.aliyuncs.profile.DefaultProfile;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quickbi.QuickBi;
import quickbi.QuickBi.Send;

/** The classic Java SDK of Alibaba Cloud, by its request for any product. */
final class AlibabaClassic {
    /** What is signed how, by which method, and where parameters travel. */
    record Way(SignatureVersion version, SignatureAlgorithm algorithm, MethodType method, boolean form) {
        DefaultAcsClient client(Keys keys) {
            var credentials = keys.token() == null
                    ? new BasicCredentials(keys.id(), keys.secret())
                    : new BasicSessionCredentials(keys.id(), keys.secret(), keys.token());
            return new DefaultAcsClient(DefaultProfile.getProfile("cn-hangzhou"), credentials);
        }

        CommonRequest request(String version, String action, Map<String, Object> params) {
            var request = new CommonRequest();
            request.setSysDomain(Booth.ENDPOINT);
            request.setSysProtocol(ProtocolType.HTTP);
            request.setSysVersion(version);
            request.setSysAction(action);
            request.setSysMethod(method);
            request.setSysSignatureVersion(this.version);
            request.setSysSignatureAlgorithm(algorithm);
            params.forEach((name, value) -> {
                if (form) {
                    request.putBodyParameter(name, value);
                } else {
                    request.putQueryParameter(name, value.toString());
                }
            });
            return request;
        }
    }

    private static final List<Way> WAYS = List.of(
            new Way(SignatureVersion.V1, null, MethodType.POST, false),
            new Way(SignatureVersion.V1, null, MethodType.POST, true),
            new Way(SignatureVersion.V1, null, MethodType.GET, false),
            new Way(SignatureVersion.V3, SignatureAlgorithm.ACS3_HMAC_SHA256, MethodType.POST, false),
            new Way(SignatureVersion.V3, SignatureAlgorithm.ACS3_HMAC_SHA256, MethodType.POST, true),
            new Way(SignatureVersion.V3, SignatureAlgorithm.ACS3_HMAC_SHA256, MethodType.GET, false),
            new Way(SignatureVersion.V3, SignatureAlgorithm.ACS3_HMAC_SM3, MethodType.POST, false),
            new Way(SignatureVersion.V3, SignatureAlgorithm.ACS3_HMAC_SM3, MethodType.GET, false));

    private static final Map<String, Object> WISH = Map.of("WorksId", Booth.WORK);

    private AlibabaClassic() {}

    private static Send connect(Way way, Keys keys) {
        DefaultAcsClient sdk = way.client(keys);
        return (version, action, params) ->
                Booth.parse(sdk.getCommonResponse(way.request(version, action, params)).getData());
    }

    /** Its exceptions tell whose fault it was by their class, and no status. */
    private static Refusal read(Exception error) {
        if (!(error instanceof ClientException failed)) {
            return null;
        }
        int status = error instanceof ServerException ? 5 : 4;
        return new Refusal(failed.getErrCode(), failed.getErrMsg(), failed.getRequestId(), status);
    }

    /** To a typed request the SDK says whether the secret is wrong, since the server's string to sign is its own. */
    @SuppressWarnings("unchecked")
    private static void wrongSecret(Client client) {
        Way way = WAYS.get(0);
        DefaultAcsClient sdk = way.client(new Keys(Booth.ALIBABA_KEYS.id(), "notthesecret", null));
        client.refused(new Want("SDK.InvalidAccessKeySecret"), () -> {
            Object answer = sdk.getAcsResponse(way.request(QuickBi.NEWER, "CreateTicket", WISH).buildRequest());
            throw new AssertionError("got the answer " + answer);
        });
    }

    /** Answers in XML it hands on as they are; refusals in XML it reads. */
    private static void xml(Client client) throws Exception {
        Way way = WAYS.get(0);
        DefaultAcsClient sdk = way.client(Booth.ALIBABA_KEYS);
        CommonRequest create = way.request(QuickBi.NEWER, "CreateTicket", WISH);
        create.setSysAccept(FormatType.XML);
        client.call(() -> {
            String text = sdk.getCommonResponse(create).getData();
            Check.that(text.contains("<CreateTicketResponse>"), text + " is the answer in XML");
            admitted(alibabaLink("accessTicket", text.split("</?Result>")[1]));
            return null;
        });
        CommonRequest gone = way.request(QuickBi.NEWER, "QueryTicketInfo", Map.of("Ticket", Booth.AWKWARD));
        gone.setSysAccept(FormatType.XML);
        String message = "Ticket " + Booth.AWKWARD + " does not exist.";
        client.refused(new Want("Authorize3rdTicket.NotExist", message, 400),
                () -> Booth.parse(sdk.getCommonResponse(gone).getData()));
    }

    /** The SDK sends a throttled request again, signed anew, when its policy says so, and as often as that says. */
    @SuppressWarnings("unchecked")
    private static void retries(Client client, Way way) throws Exception {
        var sandbox = new Sandbox();
        sandbox.rule(Map.of(
                "on", "alibaba.CreateTicket", "calls", Map.of("first", 2), "then", Map.of("error", "Throttling.User")));
        client.refused(new Want("Throttling.User", null, 400),
                () -> connect(way, sandbox.alibaba).send(QuickBi.NEWER, "CreateTicket", WISH));
        DefaultAcsClient patient = way.client(sandbox.alibaba);
        patient.setSysRetryPolicy(RetryPolicy.builder()
                .maxNumberOfRetries(1)
                .backoffStrategy(new Shortly())
                .retryConditions(Set.of(ExceptionsCondition.create(ClientException.class)))
                .build());
        JsonObject answer = client.call(() -> Booth.parse(patient.getCommonResponse(
                way.request(QuickBi.NEWER, "CreateTicket", WISH)).getData()));
        admitted(alibabaLink("accessTicket", answer.get("Result").getAsString()));
        Check.same(sandbox.calls("CreateTicket"), 3, "calls that came");
    }

    private static final class Shortly extends BackoffStrategy {
        @Override
        public int computeDelayBeforeNextRetry(RetryPolicyContext context) {
            return 1;
        }
    }

    /** One call of an SDK that does not wait for long. */
    private static String faulty(Sandbox sandbox) throws Exception {
        Way way = WAYS.get(0);
        CommonRequest request = way.request(QuickBi.NEWER, "CreateTicket", WISH);
        request.setSysReadTimeout(1000);
        request.setSysConnectTimeout(1000);
        String text = way.client(sandbox.alibaba).getCommonResponse(request).getData();
        // What a success says it leaves to its user.
        try {
            JsonElement result = Booth.parse(text).get("Result");
            return result == null || result.isJsonNull() ? "an answer without Result" : "an answer";
        } catch (JsonParseException | IllegalStateException error) {
            return "an answer that is no object of JSON";
        }
    }

    public static void main(String[] args) throws Exception {
        var client = new Client("alibaba-java-classic", "com.aliyun:aliyun-java-sdk-core", AlibabaClassic::read);
        for (Way way : WAYS) {
            // Shown when this fails.
            System.err.println(way);
            new QuickBi(client, keys -> connect(way, keys)).all();
            retries(client, way);
        }
        wrongSecret(client);
        xml(client);
        client.faults("alibaba", AlibabaClassic::faulty);
        client.report();
        // It keeps threads.
        System.exit(0);
    }
}
