package booth;

import booth.Booth.Keys;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A world of one's own: its keys are known to nobody else, and its clock moves only when it is moved. */
public final class Sandbox {
    public final Keys tencent;
    public final Keys alibaba;
    private final String id;

    public Sandbox() {
        JsonObject made = change("sandboxes", Map.of("clock", "frozen"));
        id = made.get("id").getAsString();
        tencent = keys(made.getAsJsonObject("tencent"), "secret_id", "secret_key");
        alibaba = keys(made.getAsJsonObject("alibaba"), "access_key_id", "access_key_secret");
    }

    private static Keys keys(JsonObject made, String id, String secret) {
        return new Keys(made.get(id).getAsString(), made.get(secret).getAsString(), null);
    }

    /** Moves the clock, and tells what became of tickets. */
    public String advance(String duration) {
        var moved = change("clock?sandbox=" + id, Map.of("advance", duration)).getAsJsonArray("transitions");
        return StreamSupport.stream(moved.spliterator(), false)
                .map(each -> each.getAsJsonObject())
                .map(each -> each.get("ticket").getAsString() + " " + each.get("became").getAsString() + ";")
                .collect(Collectors.joining());
    }

    /** Puts a rule in force. */
    public void rule(Map<String, ?> rule) {
        change("rules?sandbox=" + id, rule);
    }

    /** How many tickets there are. */
    public int tickets() {
        return total("tickets?");
    }

    /** How many calls of an action have come. */
    public int calls(String action) {
        return total("journal?action=" + action + "&");
    }

    private int total(String of) {
        var answer = Http.get(Booth.URL + "/_ticketbooth/" + of + "sandbox=" + id);
        return Booth.parse(answer.body()).get("total").getAsInt();
    }

    private static JsonObject change(String path, Map<String, ?> body) {
        var answer = Http.post(Booth.URL + "/_ticketbooth/" + path, new Gson().toJson(body));
        Check.that(answer.statusCode() < 300, path + ": " + answer.body());
        return Booth.parse(answer.body());
    }
}
