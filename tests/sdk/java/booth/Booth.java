package booth;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The emulator's address and keys, and things of its demo world.
 *
 * <p>This package is what the Java clients share. It imports no SDK; each client brings its own, and all of them bring
 * Gson.
 */
public final class Booth {
    public static final String URL = setting("TICKETBOOTH_URL");
    public static final String ENDPOINT = setting("TICKETBOOTH_ENDPOINT");

    public static final int PROJECT = 117;
    public static final int PAGE = 11520;
    public static final String CORPORATION = "100022975249";
    public static final String USER = "100024664626";
    public static final String WORK = "a206f5f3-0000-4000-8000-e9b17c835b03";
    public static final String QUICKBI_USER = "46e537466d5e4a3aa1b2c3d4e92704c8";

    /** Every character that some signing recipe treats in its own way. */
    public static final String AWKWARD = "湖南省 a+b&c=d/e%20~*!'()<>";

    /** What a client signs with; the token is null for permanent keys. */
    public record Keys(String id, String secret, String token) {
        public Keys withToken(String other) {
            return new Keys(id, secret, other);
        }
    }

    public static final Keys TENCENT_KEYS =
            new Keys(setting("TICKETBOOTH_TENCENT_SECRET_ID"), setting("TICKETBOOTH_TENCENT_SECRET_KEY"), null);
    public static final Keys ALIBABA_KEYS = new Keys(
            setting("TICKETBOOTH_ALIBABA_ACCESS_KEY_ID"), setting("TICKETBOOTH_ALIBABA_ACCESS_KEY_SECRET"), null);
    public static final Keys TENCENT_TEMPORARY =
            new Keys("AKIDtemporarykey0000000000000000000", "localtestsecret00000000000000000", "demo-session-token");
    public static final Keys ALIBABA_TEMPORARY =
            new Keys("STS.temporarykey00000000000", "localtestsecret000000000000000", "demo-session-token");

    private Booth() {}

    private static String setting(String name) {
        String value = System.getenv(name);
        Check.that(value != null && !value.isEmpty(), name + " is set");
        return value;
    }

    public static JsonObject parse(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    /** A table that stands beside the folders of the languages, where this program runs. */
    public static JsonElement table(String path) {
        try {
            return JsonParser.parseString(Files.readString(Path.of("..", path)));
        } catch (IOException error) {
            throw new AssertionError(path, error);
        }
    }
}
