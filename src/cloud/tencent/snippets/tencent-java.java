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
      <groupId>com.tencentcloudapi</groupId>
      <artifactId>tencentcloud-sdk-java</artifactId>
      <version>3.1.1436</version>
    </dependency>
  </dependencies>

Save this as src/main/java/CreateEmbedToken.java.
*/
import com.tencentcloudapi.bi.v20220105.BiClient;
import com.tencentcloudapi.bi.v20220105.models.CreateEmbedTokenRequest;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;

public class CreateEmbedToken {
    public static void main(String[] args) throws TencentCloudSDKException {
        HttpProfile http = new HttpProfile();
        http.setEndpoint("127.0.0.1:4240");
        http.setProtocol("http://");
        ClientProfile profile = new ClientProfile();
        profile.setHttpProfile(http);
        Credential keys = new Credential("AKIDlocaltest0000000000000000000000", "localtestsecret00000000000000000");
        BiClient client = new BiClient(keys, "", profile);

        CreateEmbedTokenRequest request = new CreateEmbedTokenRequest();
        request.setProjectId(117L);
        request.setPageId(11520L);
        request.setScope("page");
        request.setExpireTime("240");
        String token = client.CreateEmbedToken(request).getData().getBIToken();
        String link = "http://127.0.0.1:4240/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token=";
        System.out.println(link + token);
    }
}
