import static booth.Check.same;

import booth.Booth;
import booth.Booth.Keys;
import booth.Client;
import booth.Client.Refusal;
import booth.Client.Want;
import booth.Sandbox;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.tencentcloudapi.bi.v20220105.BiClient;
import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every action that tells of things or changes them, through the typed client of BI: its answer, as the SDK's models read
 * it, and its refusal. What is sent and what has to be found stands in the table that Python's clients go by.
 */
final class Telling {
    private final Client client = new Client("telling-java", "com.tencentcloudapi:tencentcloud-sdk-java", Telling::read);
    private final Keys keys = new Sandbox().tencent;
    private final Send typed = new Way(ClientProfile.SIGN_TC3_256, "POST", true, false, null).send(keys);
    /** For actions that the package has no model of: its users send those by the call for any action. */
    private final Send any = new Way(ClientProfile.SIGN_TC3_256, "POST", false, false, null).send(keys);
    private int actions;
    private int untyped;

    private static Refusal read(Exception error) {
        return error instanceof TencentCloudSDKException refused
                ? new Refusal(refused.getErrorCode(), refused.getMessage(), refused.getRequestId(), 0)
                : null;
    }

    private void row(JsonObject row) throws Exception {
        String action = row.get("action").getAsString();
        Class<?> model = model(action);
        Send send = model == null ? any : typed;
        JsonObject answer = client.call(() -> send.send(action, params(row)));
        JsonElement data = answer.has("Data") ? answer.get("Data") : JsonNull.INSTANCE;
        for (var find : row.getAsJsonObject("finds").entrySet()) {
            same(found(data, find.getKey()), find.getValue(), find.getKey() + " of " + action);
        }
        if (row.has("refused") && fits(model, row.getAsJsonObject("refused"))) {
            JsonObject refused = row.getAsJsonObject("refused");
            client.refused(new Want(refused.get("code").getAsString()), () -> send.send(action, params(refused)));
        }
        actions++;
        untyped += model == null ? 1 : 0;
    }

    /** The parameters as they stand, so that no number changes its form. */
    private static Map<String, Object> params(JsonObject row) {
        var params = new LinkedHashMap<String, Object>();
        row.getAsJsonObject("params").entrySet().forEach(each -> params.put(each.getKey(), each.getValue()));
        return params;
    }

    private static Class<?> model(String action) {
        try {
            return Class.forName(BiClient.class.getPackageName() + ".models." + action + "Request");
        } catch (ClassNotFoundException error) {
            return null;
        }
    }

    /** Whether the model of the request can hold the parameters: a text for a number can be sent by other languages only. */
    private static boolean fits(Class<?> model, JsonObject row) {
        try {
            return model == null || AbstractModel.fromJsonString(row.get("params").toString(), model) != null;
        } catch (JsonParseException error) {
            return false;
        }
    }

    /** What stands at a path such as {@code List.0.Id}. */
    private static JsonElement found(JsonElement data, String path) {
        JsonElement value = data;
        for (String step : path.isEmpty() ? new String[0] : path.split("\\.")) {
            boolean isPlace = step.chars().allMatch(Character::isDigit);
            value = isPlace ? value.getAsJsonArray().get(Integer.parseInt(step)) : value.getAsJsonObject().get(step);
            value = value == null ? JsonNull.INSTANCE : value;
        }
        return value;
    }

    public static void main(String[] arguments) throws Exception {
        var telling = new Telling();
        for (JsonElement row : Booth.table("telling/tencent.json").getAsJsonArray()) {
            telling.row(row.getAsJsonObject());
        }
        System.err.println(telling.actions + " actions, " + telling.untyped + " of them without a model in Java");
        telling.client.report();
    }
}
