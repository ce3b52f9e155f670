import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tencentcloudapi.bi.v20220105.BiClient;
import com.tencentcloudapi.bi.v20220105.models.CreateEmbedTokenRequest;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import ticketbooth.junit.TicketboothExtension;
import ticketbooth.junit.TicketboothSandbox;

@ExtendWith(TicketboothExtension.class)
class ExampleTest {
    @Test
    void aTokenOpensThePageOnce(TicketboothSandbox booth) throws TencentCloudSDKException {
        HttpProfile http = new HttpProfile();
        http.setEndpoint(booth.endpoint());
        http.setProtocol("http://");
        ClientProfile profile = new ClientProfile();
        profile.setHttpProfile(http);
        Credential key = new Credential(booth.tencent().id(), booth.tencent().secret());
        CreateEmbedTokenRequest request = new CreateEmbedTokenRequest();
        request.setProjectId(117L);
        request.setPageId(11520L);
        request.setScope("page");
        request.setTicketNum(1L);
        String token = new BiClient(key, "", profile).CreateEmbedToken(request).getData().getBIToken();
        assertTrue(booth.visit(token).admitted());
        assertEquals("used-up", booth.visit(token).refusal());
    }
}
