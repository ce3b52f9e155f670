package booth;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The faults of rules, and a table of what an SDK makes of them. With BLESS set the table is written instead. */
public final class Faults {
    /** Makes one call that issues a ticket, and tells what the answer is. */
    public interface Create {
        String in(Sandbox sandbox) throws Exception;
    }

    private final Client client;
    private final String on;
    private final String code;
    private final JsonObject rows;

    Faults(Client client, String vendor) {
        JsonObject faults = Booth.table("faults/faults.json").getAsJsonObject();
        this.client = client;
        on = faults.getAsJsonObject("on").get(vendor).getAsString();
        code = faults.getAsJsonObject("codes").get(vendor).getAsString();
        rows = faults.getAsJsonObject("rows");
    }

    int run(Create create) throws IOException {
        JsonObject got = new JsonObject();
        for (var row : rows.entrySet()) {
            var sandbox = new Sandbox();
            sandbox.rule(Map.of("id", "fault", "on", on, "then", then(row.getValue().getAsJsonObject())));
            got.addProperty(row.getKey(), seen(create, sandbox) + "; " + sandbox.tickets() + " issued");
        }
        String path = "faults/" + client.name + ".json";
        if (System.getenv("BLESS") != null) {
            var gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
            Files.writeString(Path.of("..", path), gson.toJson(got) + "\n");
        } else {
            JsonObject expected = Booth.table(path).getAsJsonObject();
            for (String name : rows.keySet()) {
                Check.same(got.get(name), expected.get(name), name + " as " + client.name + " sees it");
            }
        }
        return rows.size();
    }

    private String seen(Create create, Sandbox sandbox) {
        try {
            return create.in(sandbox);
        } catch (Exception error) {
            return client.inWords(error);
        }
    }

    private JsonElement then(JsonObject effect) {
        if (effect.size() == 0) {
            return new JsonPrimitive("proceed");
        }
        JsonObject filled = new JsonObject();
        for (var part : effect.entrySet()) {
            boolean isCode = part.getValue().equals(new JsonPrimitive("$code"));
            filled.add(part.getKey(), isCode ? new JsonPrimitive(code) : part.getValue());
        }
        return filled;
    }
}
