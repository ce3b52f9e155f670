import booth.Booth;
import booth.Booth.Keys;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.tencentcloudapi.bi.v20220105.BiClient;
import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.common.profile.Language;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** What is signed how, by which method, through the typed client or the call for any action, in which language. */
record Way(String sign, String method, boolean typed, boolean unsigned, Language language) {
    Send send(Keys keys) {
        return send(client(keys));
    }

    Send impatient(Keys keys) {
        BiClient sdk = client(keys, 1);
        return send(sdk);
    }

    BiClient client(Keys keys) {
        return client(keys, 60);
    }

    private BiClient client(Keys keys, int seconds) {
        var http = new HttpProfile();
        http.setProtocol(HttpProfile.REQ_HTTP);
        http.setEndpoint(Booth.ENDPOINT);
        http.setReqMethod(method);
        http.setReadTimeout(seconds);
        var profile = new ClientProfile(sign, http);
        profile.setUnsignedPayload(unsigned);
        if (language != null) {
            profile.setLanguage(language);
        }
        return new BiClient(new Credential(keys.id(), keys.secret(), keys.token()), "", profile);
    }

    private Send send(BiClient sdk) {
        return typed ? (action, params) -> typed(sdk, action, params) : (action, params) -> any(sdk, action, params);
    }

    /** Fills the SDK's model of the action, and gives the JSON of its typed answer. */
    private static JsonObject typed(BiClient sdk, String action, Map<String, Object> params) throws Exception {
        Class<?> model = Class.forName(BiClient.class.getPackageName() + ".models." + action + "Request");
        Object request = AbstractModel.fromJsonString(new Gson().toJson(params), model);
        try {
            Object answer = BiClient.class.getMethod(action, model).invoke(sdk, request);
            return Booth.parse(AbstractModel.toJsonString((AbstractModel) answer));
        } catch (InvocationTargetException error) {
            throw (Exception) error.getCause();
        }
    }

    private static JsonObject any(BiClient sdk, String action, Map<String, Object> params) throws Exception {
        return Booth.parse(sdk.call(action, new Gson().toJson(params))).getAsJsonObject("Response");
    }
}
