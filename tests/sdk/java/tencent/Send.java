import com.google.gson.JsonObject;
import java.util.Map;

/** Makes one call through the SDK and gives what stands in {@code Response}. */
interface Send {
    JsonObject send(String action, Map<String, Object> params) throws Exception;
}
