// Maven: com.aliyun:quickbi_public20220101 (brings com.aliyun:tea-openapi); save as CreateTicket.java
import com.aliyun.quickbi_public20220101.Client;
import com.aliyun.quickbi_public20220101.models.CreateTicketRequest;
import com.aliyun.teaopenapi.models.Config;

public class CreateTicket {
    public static void main(String[] args) throws Exception {
        Client client = new Client(new Config()
            .setAccessKeyId("LTAIlocaltest000000000000")
            .setAccessKeySecret("localtestsecret000000000000000")
            .setEndpoint("127.0.0.1:4240")
            .setProtocol("http")
            .setRegionId("cn-hangzhou"));

        String work = "a206f5f3-0000-4000-8000-e9b17c835b03";
        CreateTicketRequest request = new CreateTicketRequest().setWorksId(work).setTicketNum(1).setExpireTime(240);
        String ticket = client.createTicket(request).getBody().getResult();
        String link = "http://127.0.0.1:4240/token3rd/dashboard/view/pc.htm";
        System.out.println(link + "?pageId=" + work + "&accessTicket=" + ticket);
    }
}
