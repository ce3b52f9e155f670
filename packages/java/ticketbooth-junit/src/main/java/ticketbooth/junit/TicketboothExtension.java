package ticketbooth.junit;

import java.net.Proxy;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * An emulator for a run, and a sandbox for each test, by {@code @ExtendWith(TicketboothExtension.class)} or
 * {@code @RegisterExtension static TicketboothExtension booth = TicketboothExtension.builder().build()}.
 *
 * <p>Tests take parameters of the types {@link TicketboothSandbox} and {@link TicketboothServer}. The emulator is the one at
 * {@code TICKETBOOTH_URL} where that is set, else one that is started: the program that the system property
 * {@code ticketbooth.binary} names, or that is in {@code PATH}. A test that fails has its calls with its failure.
 */
public final class TicketboothExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final Namespace OURS = Namespace.create(TicketboothExtension.class);

    private final String[] flags;
    private final Map<String, Object> wishes;
    private volatile TicketboothServer server;

    /** With neither flags nor wishes. */
    public TicketboothExtension() {
        this(builder());
    }

    private TicketboothExtension(Builder builder) {
        flags = builder.flags;
        wishes = builder.wishes;
    }

    /** What the emulator is started with, and what each sandbox begins with. */
    public static Builder builder() {
        return new Builder();
    }

    /** See {@link TicketboothExtension#builder()}. */
    public static final class Builder {
        private String[] flags = {};
        private final Map<String, Object> wishes = new LinkedHashMap<>();

        private Builder() {}

        /** Flags of {@code ticketbooth serve}, for an emulator that is started. */
        public Builder flags(String... flags) {
            this.flags = flags.clone();
            return this;
        }

        /** The clock of each sandbox: {@code running} or {@code frozen}, each with {@code @} and a time behind it or not. */
        public Builder clock(String clock) {
            return wish("clock", clock);
        }

        /** The seed of each sandbox. */
        public Builder seed(long seed) {
            return wish("seed", seed);
        }

        /** The text of a scenario file, which each sandbox begins with. */
        public Builder scenario(String text) {
            return wish("scenario", text);
        }

        /** The text of a world file, which each sandbox has. */
        public Builder world(String text) {
            return wish("world", text);
        }

        private Builder wish(String name, Object value) {
            wishes.put(name, value);
            return this;
        }

        /** The extension. */
        public TicketboothExtension build() {
            return new TicketboothExtension(this);
        }
    }

    /** The emulator, from the first test on. */
    public TicketboothServer server() {
        if (server == null) {
            throw new IllegalStateException("the emulator is there from the first test on");
        }
        return server;
    }

    /** See {@link TicketboothServer#trustStore()}. */
    public KeyStore trustStore() {
        return server().trustStore();
    }

    /** See {@link TicketboothServer#proxy()}. */
    public Proxy proxy() {
        return server().proxy();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = serverOf(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        server = serverOf(context);
        // Another registration for the same test has made it: one sandbox is enough for both.
        if (sandboxOf(context) != null) {
            return;
        }
        Map<String, Object> all = new LinkedHashMap<>(wishes);
        String test = context.getRequiredTestClass().getName() + "." + context.getRequiredTestMethod().getName();
        all.put("origin", Map.of("test", test));
        context.getStore(OURS).put(TicketboothSandbox.class, new TicketboothSandbox(server, all));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TicketboothSandbox sandbox = context.getStore(OURS).remove(TicketboothSandbox.class, TicketboothSandbox.class);
        if (sandbox == null) {
            return;
        }
        context.getExecutionException().ifPresent(failure -> failure.addSuppressed(new Calls(sandbox)));
        // Nobody looks into an emulator after a run in CI; outside, that of a failed test is there for the console.
        if (context.getExecutionException().isEmpty() || System.getenv("CI") != null) {
            sandbox.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TicketboothServer.class || type == TicketboothSandbox.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        boolean isServer = parameter.getParameter().getType() == TicketboothServer.class;
        if (isServer) {
            return serverOf(context);
        }
        TicketboothSandbox sandbox = sandboxOf(context);
        if (sandbox == null) {
            throw new ParameterResolutionException("a sandbox is one test's: take it as a parameter of a test or of @BeforeEach");
        }
        return sandbox;
    }

    private static TicketboothSandbox sandboxOf(ExtensionContext context) {
        return context.getStore(OURS).get(TicketboothSandbox.class, TicketboothSandbox.class);
    }

    /** One for all tests of a run that want the same flags; it ends with the run. */
    private TicketboothServer serverOf(ExtensionContext context) {
        Store store = context.getRoot().getStore(OURS);
        return store.getOrComputeIfAbsent(Arrays.asList(flags), ignored -> new Running(flags), Running.class).server;
    }

    private static final class Running implements Store.CloseableResource {
        final TicketboothServer server;

        Running(String... flags) {
            String url = System.getenv("TICKETBOOTH_URL");
            server = url == null ? TicketboothServer.start(flags) : TicketboothServer.join(url, null);
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** What a failed test called, beside its failure. */
    private static final class Calls extends Exception {
        private static final long serialVersionUID = 1L;

        Calls(TicketboothSandbox sandbox) {
            super(told(sandbox), null, false, false);
        }

        private static String told(TicketboothSandbox sandbox) {
            String where = "Ticketbooth " + sandbox.server().version() + " at " + sandbox.url() + ", sandbox " + sandbox.id();
            try {
                return where + "\n" + sandbox.report();
            } catch (TicketboothException error) {
                return where + "\nthe emulator does not tell: " + error.getMessage();
            }
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }
}
