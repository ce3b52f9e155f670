package booth;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A request that must be refused, as all clients of a vendor are shown it. */
public final class Row {
    public final String action;
    private final JsonObject row;

    private Row(JsonElement element) {
        row = element.getAsJsonObject();
        action = row.get("action").getAsString();
    }

    public static List<Row> tencent() {
        return rows(Booth.table("refusals/tencent.json"));
    }

    public static List<Row> alibaba(String version) {
        return rows(Booth.table("refusals/alibaba.json").getAsJsonObject().get(version));
    }

    private static List<Row> rows(JsonElement list) {
        return StreamSupport.stream(list.getAsJsonArray().spliterator(), false)
                .map(Row::new)
                .toList();
    }

    /** Only a generic call can express it. */
    public boolean untyped() {
        return row.has("untyped");
    }

    /** The parameters, with a live ticket where the row asks for one. */
    public Map<String, Object> params(String live) {
        var params = new LinkedHashMap<String, Object>();
        for (var each : row.getAsJsonObject("params").entrySet()) {
            JsonPrimitive value = each.getValue().getAsJsonPrimitive();
            boolean isLive = value.isString() && value.getAsString().equals("$live");
            params.put(each.getKey(), isLive ? live : value.isNumber() ? value.getAsLong() : value.getAsString());
        }
        return params;
    }

    /** The wanted refusal, with its text under this name: {@code message}, {@code zh} or {@code en}. */
    public Client.Want want(String text) {
        int status = row.has("status") ? row.get("status").getAsInt() : 0;
        String message = row.has(text) ? row.get(text).getAsString() : null;
        return new Client.Want(row.get("code").getAsString(), message, status);
    }
}
