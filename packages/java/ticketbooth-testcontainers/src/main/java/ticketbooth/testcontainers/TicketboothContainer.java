package ticketbooth.testcontainers;

import java.util.UUID;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** The emulator in a container, which is ready when it takes calls. */
public class TicketboothContainer extends GenericContainer<TicketboothContainer> {
    private static final int PORT = 4240;
    private static final int TLS_PORT = 443;
    private static final String WORLD = "/world/world.yaml";
    private static final String SCENARIO = "/scenarios/scenario.yaml";
    private static final String[] VENDOR_NAMES = {
        "bi.tencentcloudapi.com", "quickbi-public.cn-hangzhou.aliyuncs.com", "quickbi-public.aliyuncs.com",
    };

    private final String adminToken = UUID.randomUUID().toString();

    /** From the image of this version. */
    public TicketboothContainer() {
        this(DockerImageName.parse("ticketbooth:0.1.0"));
    }

    /** From this image. */
    public TicketboothContainer(DockerImageName image) {
        super(image);
        withExposedPorts(PORT);
        withEnv("TICKETBOOTH_ADMIN_TOKEN", adminToken);
        waitingFor(Wait.forHttp("/_ticketbooth/ready").forPort(PORT));
    }

    /** The address of the started emulator, {@code http://host:port}. */
    public String getUrl() {
        return "http://" + getEndpoint();
    }

    /** {@code host:port} of the started emulator, as SDKs take it. */
    public String getEndpoint() {
        return getHost() + ":" + getMappedPort(PORT);
    }

    /** The token of its admin API. */
    public String getAdminToken() {
        return adminToken;
    }

    /** Serves this world instead of the demo world. */
    public TicketboothContainer withWorld(MountableFile file) {
        return withCopyFileToContainer(file, WORLD).withEnv("TICKETBOOTH_WORLD", WORLD);
    }

    /** Puts this scenario in force in the default sandbox. */
    public TicketboothContainer withScenario(MountableFile file) {
        return withCopyFileToContainer(file, SCENARIO).withEnv("TICKETBOOTH_SCENARIO", SCENARIO);
    }

    /**
     * Answers under the vendors' own names, with https on port 443, to the containers of the network that
     * {@code withNetwork} names; further names may be given. They trust what {@code GET /_ticketbooth/ca.pem} has.
     */
    public TicketboothContainer withVendorNames(String... further) {
        addExposedPort(TLS_PORT);
        withEnv("TICKETBOOTH_TLS_LISTEN", "0.0.0.0:" + TLS_PORT);
        return withNetworkAliases(VENDOR_NAMES).withNetworkAliases(further);
    }
}
