/*
Maven, in pom.xml:

  <properties>
    <maven.compiler.release>11</maven.compiler.release>
    <!-- Maven 3.8 knows no release. -->
    <maven.compiler.source>11</maven.compiler.source>
    <maven.compiler.target>11</maven.compiler.target>
  </properties>
  <dependencies>
    <dependency>
      <groupId>com.aliyun</groupId>
      <artifactId>tea-openapi</artifactId>
      <version>0.3.15</version>
    </dependency>
  </dependencies>

Calls go through the SDK's client for any product. Its client for Quick BI alone, com.aliyun:quickbi_public20220101,
takes the same Config.
Save this as src/main/java/CreateTicket.java.
*/
import com.aliyun.teaopenapi.Client;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import java.util.Map;

public class CreateTicket {
    public static void main(String[] args) throws Exception {
        Client client = new Client(new Config()
            .setAccessKeyId("LTAIlocaltest000000000000")
            .setAccessKeySecret("localtestsecret000000000000000")
            .setEndpoint("127.0.0.1:4240")
            .setProtocol("http")
            .setRegionId("cn-hangzhou"));
        Params createTicket = new Params()
            .setAction("CreateTicket").setVersion("2022-01-01").setProtocol("HTTP").setPathname("/").setMethod("POST")
            .setAuthType("AK").setStyle("RPC").setReqBodyType("formData").setBodyType("json");

        String work = "a206f5f3-0000-4000-8000-e9b17c835b03";
        OpenApiRequest request = new OpenApiRequest()
            .setQuery(Map.of("WorksId", work, "TicketNum", "1", "ExpireTime", "240"));
        Map<String, ?> answer = client.callApi(createTicket, request, new RuntimeOptions());
        Object ticket = ((Map<?, ?>) answer.get("body")).get("Result");
        String link = "http://127.0.0.1:4240/token3rd/dashboard/view/pc.htm";
        System.out.println(link + "?pageId=" + work + "&accessTicket=" + ticket);
    }
}
