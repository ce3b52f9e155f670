package booth;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;

/** One SDK under test: counts its calls, and reads its exceptions. */
public final class Client {
    /** The meaning of an SDK's exception. The status may be known by its first digit alone, or be 0. */
    public record Refusal(String code, String message, String requestId, int status) {}

    /** How a call has to be refused; a null and a 0 are not compared. */
    public record Want(String code, String message, int status) {
        public Want(String code) {
            this(code, null, 0);
        }
    }

    /** One call through an SDK. */
    public interface Call {
        JsonObject make() throws Exception;
    }

    final String name;
    private final String artifact;
    private final Function<Exception, Refusal> read;
    private int calls;
    private int refusals;

    /** {@code read} gives null for what is not the SDK's own exception. */
    public Client(String name, String artifact, Function<Exception, Refusal> read) {
        this.name = name;
        this.artifact = artifact;
        this.read = read;
    }

    /** Makes a call that has to be answered. */
    public JsonObject call(Call call) throws Exception {
        calls++;
        return call.make();
    }

    /** Makes a call that has to be refused. */
    public Refusal refused(Want want, Call call) {
        calls++;
        JsonObject answer;
        try {
            answer = call.make();
        } catch (Exception error) {
            Refusal got = read.apply(error);
            if (got == null) {
                throw new AssertionError(want.code() + " was expected", error);
            }
            compare(got, want);
            refusals++;
            return got;
        }
        throw new AssertionError(want.code() + " was expected, got the answer " + answer);
    }

    private static void compare(Refusal got, Want want) {
        Check.same(got.code(), want.code(), "code of " + got.message());
        Check.that(!empty(got.message()) && !empty(got.requestId()), got + " has a message and a request id");
        if (want.message() != null) {
            Check.same(got.message(), want.message(), "message of " + want.code());
        }
        if (want.status() != 0 && got.status() != 0) {
            int status = got.status() < 10 ? want.status() / 100 : want.status();
            Check.same(got.status(), status, "status of " + want.code());
        }
    }

    private static boolean empty(String text) {
        return text == null || text.isEmpty();
    }

    /** The type of an exception, and its code if it is of the SDK's own. */
    String inWords(Exception error) {
        Refusal refusal = read.apply(error);
        String code = refusal == null || empty(refusal.code()) ? "" : " " + refusal.code();
        return error.getClass().getSimpleName() + code;
    }

    /** Every fault that a rule can do, and what the SDK makes of it. */
    public void faults(String vendor, Faults.Create create) throws IOException {
        calls += new Faults(this, vendor).run(create);
    }

    /** Prints the one line that {@code run} collects. */
    public void report() throws IOException {
        var line = Map.of("client", name, "version", version(), "calls", calls, "refusals", refusals);
        System.out.println(new Gson().toJson(line));
    }

    private String version() throws IOException {
        String[] coordinates = artifact.split(":");
        String path = "/META-INF/maven/%s/%s/pom.properties".formatted((Object[]) coordinates);
        try (var file = Client.class.getResourceAsStream(path)) {
            var properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        }
    }
}
