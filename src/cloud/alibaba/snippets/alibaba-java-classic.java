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
      <artifactId>aliyun-java-sdk-core</artifactId>
      <version>4.7.10</version>
    </dependency>
  </dependencies>

Save this as src/main/java/CreateTicket.java.
*/
import com.aliyuncs.CommonRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.IAcsClient;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import com.google.gson.JsonParser;

public class CreateTicket {
    public static void main(String[] args) throws Exception {
        IAcsClient client = new DefaultAcsClient(DefaultProfile.getProfile(
            "cn-hangzhou", "LTAIlocaltest000000000000", "localtestsecret000000000000000"));

        String work = "a206f5f3-0000-4000-8000-e9b17c835b03";
        CommonRequest request = new CommonRequest();
        request.setSysDomain("127.0.0.1:4240");
        request.setSysProtocol(ProtocolType.HTTP);
        request.setSysMethod(MethodType.POST);
        request.setSysVersion("2022-01-01");
        request.setSysAction("CreateTicket");
        request.putQueryParameter("WorksId", work);
        request.putQueryParameter("TicketNum", "1");
        request.putQueryParameter("ExpireTime", "240");
        String answer = client.getCommonResponse(request).getData();
        String ticket = JsonParser.parseString(answer).getAsJsonObject().get("Result").getAsString();
        String link = "http://127.0.0.1:4240/token3rd/dashboard/view/pc.htm";
        System.out.println(link + "?pageId=" + work + "&accessTicket=" + ticket);
    }
}
