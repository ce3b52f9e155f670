package ticketbooth.testcontainers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.wait.strategy.HttpWaitStrategy;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.utility.MountableFile;

/** What the container is told, without an engine that would start it. */
class TicketboothContainerTest {
    private static final class Bare extends TicketboothContainer {
        WaitStrategy strategy() {
            return getWaitStrategy();
        }
    }

    @Test
    void itIsTheImageOfThisVersionAndWaitsUntilItIsReady() throws ReflectiveOperationException {
        Bare container = new Bare();
        assertTrue(container.getImage().toString().contains("imageName=ticketbooth:0.1.0,"));
        assertEquals(List.of(4240), container.getExposedPorts());
        assertEquals(Map.of("TICKETBOOTH_ADMIN_TOKEN", container.getAdminToken()), container.getEnvMap());
        assertNotEquals(container.getAdminToken(), new Bare().getAdminToken(), "nobody else knows it");
        assertEquals("/_ticketbooth/ready", field(container.strategy(), "path"));
        assertEquals(4240, ((java.util.Optional<?>) field(container.strategy(), "livenessPort")).get());
    }

    private static Object field(WaitStrategy strategy, String name) throws ReflectiveOperationException {
        var field = HttpWaitStrategy.class.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(strategy);
    }

    @Test
    @SuppressWarnings("deprecation") // There is no other way to see what is copied.
    void worldAndScenarioAreCopiedAndNamed(@TempDir Path folder) throws IOException {
        Path world = Files.writeString(folder.resolve("w.yaml"), "ticketbooth: 1\n");
        Path scenario = Files.writeString(folder.resolve("s.yaml"), "ticketbooth: 1\n");
        TicketboothContainer container = new TicketboothContainer()
                .withWorld(MountableFile.forHostPath(world))
                .withScenario(MountableFile.forHostPath(scenario));
        Map<MountableFile, String> copied = container.getCopyToFileContainerPathMap();
        assertEquals(List.of("/scenarios/scenario.yaml", "/world/world.yaml"), List.copyOf(new java.util.TreeSet<>(copied.values())));
        assertEquals("/world/world.yaml", container.getEnvMap().get("TICKETBOOTH_WORLD"));
        assertEquals("/scenarios/scenario.yaml", container.getEnvMap().get("TICKETBOOTH_SCENARIO"));
    }

    @Test
    void theVendorsNamesAreAliasesWithTls() {
        TicketboothContainer container = new TicketboothContainer().withVendorNames("quickbi-public.eu-central-1.aliyuncs.com");
        assertTrue(container.getExposedPorts().containsAll(List.of(4240, 443)));
        assertEquals("0.0.0.0:443", container.getEnvMap().get("TICKETBOOTH_TLS_LISTEN"));
        List<String> wanted = List.of("bi.tencentcloudapi.com", "quickbi-public.cn-hangzhou.aliyuncs.com",
                "quickbi-public.aliyuncs.com", "quickbi-public.eu-central-1.aliyuncs.com");
        assertTrue(container.getNetworkAliases().containsAll(wanted), container.getNetworkAliases().toString());
    }
}
