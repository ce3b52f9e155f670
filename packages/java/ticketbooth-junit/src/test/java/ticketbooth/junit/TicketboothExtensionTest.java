package ticketbooth.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.tencentcloudapi.bi.v20220105.BiClient;
import com.tencentcloudapi.bi.v20220105.models.CreateEmbedTokenRequest;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;

class TicketboothExtensionTest {
    @RegisterExtension
    static TicketboothExtension booth = TicketboothExtension.builder()
            .flags("--auth-clock", "off")
            .clock("frozen@2026-01-05T00:00:00Z")
            .seed(7)
            .scenario("ticketbooth: 1\nname: busy\nrules: [{ on: alibaba.*, then: { error: Throttling.User } }]\n")
            .build();

    private static String issue(TicketboothSandbox sandbox, String secret) throws TencentCloudSDKException {
        HttpProfile http = new HttpProfile();
        http.setEndpoint(sandbox.endpoint());
        http.setProtocol("http://");
        ClientProfile profile = new ClientProfile();
        profile.setHttpProfile(http);
        CreateEmbedTokenRequest request = new CreateEmbedTokenRequest();
        request.setProjectId(117L);
        request.setPageId(11520L);
        request.setScope("page");
        BiClient client = new BiClient(new Credential(sandbox.tencent().id(), secret), "", profile);
        return client.CreateEmbedToken(request).getData().getBIToken();
    }

    @Test
    void aTicketEndsWithItsTime(TicketboothSandbox sandbox) throws TencentCloudSDKException {
        String ticket = issue(sandbox, sandbox.tencent().secret());
        sandbox.advance("2 days");
        assertEquals("expired", sandbox.visit(ticket).refusal());
        assertTrue(sandbox.visit(ticket).text().contains("embed-refusal"));
    }

    @Test
    void aRuleRefusesTheFirstCall(TicketboothSandbox sandbox) throws TencentCloudSDKException {
        sandbox.rule("{ on: tencent.CreateEmbedToken, calls: { first: 1 }, then: { error: RequestLimitExceeded } }");
        String secret = sandbox.tencent().secret();
        assertThrows(TencentCloudSDKException.class, () -> issue(sandbox, secret));
        assertTrue(sandbox.visit(issue(sandbox, secret)).admitted());
        Expectation busy = Expectation.on("tencent.CreateEmbedToken").code("RequestLimitExceeded").exactly(1);
        sandbox.verify(busy.where(Map.of("ProjectId", "117")));
        Expectation wrong = Expectation.on("tencent.CreateEmbedToken").atLeast(3).within("1ms");
        assertTrue(assertThrows(AssertionError.class, () -> sandbox.verify(wrong)).getMessage().contains("came 2 times"));
    }

    @Test
    void aSandboxBeginsAsTheBuilderSays(TicketboothSandbox sandbox, TicketboothServer server) {
        assertEquals(server, booth.server());
        Map<String, Object> clock = TicketboothServer.map(sandbox.ask("GET", "clock", null));
        assertEquals("2026-01-05T00:00:00Z", clock.get("now"));
        assertEquals(1.0, TicketboothServer.map(sandbox.ask("GET", "rules", null)).get("total"));
        assertNotEquals(sandbox.alibaba().id(), sandbox.tencent().id());
        String told = assertThrows(TicketboothException.class, () -> sandbox.rule("{ on: tencent.Nothing }")).getMessage();
        assertTrue(told.contains("unknown action \"Nothing\" of tencent"), told);
    }

    @Test
    void callsOfThisJvmToTheVendorsHostsEndHere() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(booth.trustStore());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        HttpClient client = HttpClient.newBuilder()
                .sslContext(context)
                .proxy(ProxySelector.of((InetSocketAddress) booth.proxy().address()))
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://bi.tencentcloudapi.com/")).build();
        String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        assertTrue(body.contains("\"Response\""), body);
    }

    @Test
    void whatKeepsItFromStartingIsTold() {
        String told = assertThrows(TicketboothException.class, () -> TicketboothServer.start("--world", "no-such-file")).getMessage();
        assertTrue(told.contains("cannot read no-such-file"), told);
        assertThrows(TicketboothException.class, () -> TicketboothServer.join("127.0.0.1:4240", null));
        TicketboothServer other = TicketboothServer.start();
        TicketboothServer.join(other.url(), null).close();
        assertEquals("ok", TicketboothServer.map(other.ask("GET", "health", null)).get("status"));
        other.close();
        assertThrows(TicketboothException.class, () -> TicketboothServer.join(other.url(), null));
    }

    /** Run by the test below alone. */
    @Tag("inner")
    @ExtendWith(TicketboothExtension.class)
    static class Failing {
        @Test
        void fails(TicketboothSandbox sandbox) throws TencentCloudSDKException {
            issue(sandbox, "wrong");
        }
    }

    @Test
    void aFailureHasItsCallsBesideIt() {
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(Failing.class)).execute().testEvents().failed().stream()
                .map(event -> event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow().getSuppressed()[0].toString())
                .forEach(told -> assertTrue(
                        told.matches("(?s)Ticketbooth \\S+ at http://127\\S+, sandbox \\S+\ntencent.CreateEmbedToken  AuthFailure.*"
                                + "tencent.CreateEmbedToken was refused: AuthFailure.SignatureFailure.*\n  wrong   .*\n  change  .*"),
                        told));
        assertEquals(1, EngineTestKit.engine("junit-jupiter").selectors(selectClass(Failing.class)).execute().testEvents().failed().count());
    }
}
