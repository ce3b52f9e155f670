package ticketbooth.junit;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;

/** A running emulator. */
public final class TicketboothServer implements AutoCloseable {
    private static final long START_MILLIS = 10_000;
    private static final long STOP_SECONDS = 6;
    private static final int LOG_LINES = 20;
    // What stands in the environment or in system properties about a proxy has no say in this.
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).proxy(HttpClient.Builder.NO_PROXY).build();

    private final String url;
    private final String token;
    private final Process process;
    private final String version;

    private TicketboothServer(String url, String token, Process process) {
        this.url = url;
        this.token = token;
        this.process = process;
        this.version = (String) map(ask("GET", "ready", null)).get("version");
    }

    /**
     * The emulator at this address, which goes on when the tests end.
     *
     * @param token that of its admin API, {@code TICKETBOOTH_ADMIN_TOKEN} when null
     */
    public static TicketboothServer join(String url, String token) {
        if (!url.matches("http://[^/]+/?")) {
            throw new TicketboothException(url + " is no address of an emulator: write http://HOST:PORT, as the ready line does");
        }
        String own = token == null ? System.getenv("TICKETBOOTH_ADMIN_TOKEN") : token;
        return new TicketboothServer(url.replaceFirst("/$", ""), own, null);
    }

    /**
     * Starts an emulator on a free port, with these flags of {@code ticketbooth serve}. It ends with this process at the
     * latest, and is also a proxy for the vendors' hosts.
     */
    public static TicketboothServer start(String... flags) {
        String program = System.getProperty("ticketbooth.binary", "ticketbooth");
        List<String> command =
                new ArrayList<>(List.of(program, "serve", "--until-stdin-closes", "--output", "json"));
        command.addAll(Arrays.asList(flags));
        try {
            Path log = Files.createTempFile("ticketbooth", ".log");
            try {
                return started(new ProcessBuilder(command), log);
            } finally {
                // Windows keeps a file for as long as a process has it open.
                log.toFile().deleteOnExit();
                log.toFile().delete();
            }
        } catch (IOException error) {
            throw new TicketboothException(
                    "cannot run " + program + ": put it into PATH, or name it by -Dticketbooth.binary", error);
        }
    }

    private static TicketboothServer started(ProcessBuilder builder, Path log) throws IOException {
        Map<String, String> environment = builder.environment();
        environment.put("TICKETBOOTH_LISTEN", "127.0.0.1:0");
        environment.put("TICKETBOOTH_PROXY", "true");
        environment.putIfAbsent("TICKETBOOTH_LOG", "warn");
        environment.remove("TICKETBOOTH_READY_FILE");
        Process process = builder.redirectError(log.toFile()).start();
        Timer timer = new Timer("ticketbooth", true);
        timer.schedule(new TimerTask() {
            @Override
            public void run() {
                process.destroyForcibly();
            }
        }, START_MILLIS);
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        timer.cancel();
        if (line == null) {
            List<String> told = Files.readAllLines(log);
            String last = String.join("\n", told.subList(Math.max(0, told.size() - LOG_LINES), told.size()));
            throw new TicketboothException("the emulator did not come up:\n" + last);
        }
        String url = (String) map(Json.read(line)).get("http");
        return new TicketboothServer(url, System.getenv("TICKETBOOTH_ADMIN_TOKEN"), process);
    }

    /** Its address, {@code http://127.0.0.1:PORT}. */
    public String url() {
        return url;
    }

    /** {@code host:port}, as SDKs take it. */
    public String endpoint() {
        return URI.create(url).getAuthority();
    }

    /** Its version. */
    public String version() {
        return version;
    }

    /** The proxy by which calls to the vendors' own hosts end here; it answers for no other host. */
    public Proxy proxy() {
        URI here = URI.create(url);
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(here.getHost(), here.getPort()));
    }

    /** The emulator's root, for clients of TLS in this JVM, which reads a trust store in a system property once. */
    public KeyStore trustStore() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            byte[] root = send("GET", "/_ticketbooth/ca.pem", null).body().getBytes(StandardCharsets.US_ASCII);
            store.setCertificateEntry(
                    "ticketbooth", CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(root)));
            return store;
        } catch (GeneralSecurityException | IOException error) {
            throw new TicketboothException(url + " has no TLS: start it with --proxy", error);
        }
    }

    /**
     * Asks the admin API: {@code path} stands behind {@code /_ticketbooth/}, and {@code body} is JSON, or YAML where the API
     * takes it. The answer is JSON, read into maps, lists, texts, numbers and truths, or a text where it is one.
     *
     * @throws TicketboothException when it is refused
     */
    public Object ask(String method, String path, String body) {
        HttpResponse<String> answer = send(method, "/_ticketbooth/" + path, body);
        boolean isData = answer.headers().firstValue("content-type").orElse("").startsWith("application/json");
        Object read = isData && !answer.body().isEmpty() ? Json.read(answer.body()) : answer.body();
        if (answer.statusCode() < 400) {
            return read;
        }
        Map<String, Object> error = isData ? map(map(read).get("error")) : Map.of("message", answer.body());
        Object hint = error.get("hint");
        throw new TicketboothException(error.get("message") + (hint == null ? "" : "\n" + hint));
    }

    HttpResponse<String> send(String method, String target, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + target)).timeout(Duration.ofSeconds(60));
        if (!method.equals("GET")) {
            boolean isJson = body == null || body.startsWith("{\"");
            request.header("content-type", isJson ? "application/json" : "application/yaml");
        }
        if (token != null) {
            request.header("authorization", "Bearer " + token);
        }
        request.method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException error) {
            throw new TicketboothException("no emulator answers at " + url + "; start one, or unset TICKETBOOTH_URL", error);
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
            throw new TicketboothException("interrupted", error);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object read) {
        return (Map<String, Object>) read;
    }

    /** Ends the emulator if this process started it. */
    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException error) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
