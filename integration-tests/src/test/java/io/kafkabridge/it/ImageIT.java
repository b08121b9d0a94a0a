package io.kafkabridge.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.stack.Checkout;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** docker/Dockerfile, as far as it can be tried without a container engine. */
class ImageIT {

    private static final Path ROOT = Checkout.root();
    private static final Pattern COPY = Pattern.compile("(?m)^COPY (\\S+) (\\S+)$");
    private static final Pattern MOUNT = Pattern.compile("source: \\./(\\S+)\\s+target: (/opt/hivemq/extensions/\\S+)");

    private static String dockerfile() throws IOException {
        return Files.readString(ROOT.resolve("docker/Dockerfile"));
    }

    private static Map<String, String> pairs(final Pattern pattern, final String text) {
        final Map<String, String> pairs = new TreeMap<>();
        final Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            pairs.put(matcher.group(1), matcher.group(2));
        }
        return pairs;
    }

    @Test
    void copies_areOfWhatTheBuildMadeAndTheIgnoreFileLetsThrough() throws IOException {
        // Given
        final Map<String, String> copies = pairs(COPY, dockerfile());
        final String ignored = Files.readString(ROOT.resolve("docker/Dockerfile.dockerignore"));

        // When, Then
        assertThat(copies).hasSize(3);
        assertThat(copies.keySet()).allSatisfy(source -> {
            assertThat(ROOT.resolve(source)).exists();
            assertThat(ignored).contains("!" + source + "\n");
        });
        assertThat(ROOT.resolve("extension/target/hivemq-kafka-bridge/hivemq-extension.xml"))
                .exists();
    }

    @Test
    void image_isMadeAsTheComposeFileRunsHiveMq() throws IOException {
        // Given
        final String compose = Files.readString(ROOT.resolve("docker-compose.yml"));
        final String version = requireNonNull(System.getProperty("hivemq.version"));

        // When, Then
        assertThat(pairs(COPY, dockerfile())).containsAllEntriesOf(pairs(MOUNT, compose));
        assertThat(pairs(MOUNT, compose)).hasSize(2);
        assertThat(dockerfile()).contains("ARG HIVEMQ_VERSION=" + version + "\n", "USER 10000\n");
        assertThat(compose).contains("image: hivemq/hivemq-ce:" + version + "\n");
        for (final String setting : new String[] {"HIVEMQ_ALLOW_ALL_CLIENTS", "HIVEMQ_JMX_ENABLED"}) {
            assertThat(dockerfile()).contains(setting + "=false");
            assertThat(compose).contains(setting + ": \"false\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"200, 0", "503, 1"})
    void healthcheck_isWhatTheBridgeSaysOfItself(final int status, final int exitCode) throws Exception {
        // Given
        final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health/ready", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            // When, Then
            assertThat(healthcheck(server.getAddress().getPort())).isEqualTo(exitCode);
        } finally {
            server.stop(0);
        }
        assertThat(healthcheck(server.getAddress().getPort())).as("stopped").isNotZero();
    }

    @Test
    void healthcheck_ofADisabledExtension_fails(@TempDir final Path extensions) throws Exception {
        // Given
        final Path bridge = Files.createDirectories(extensions.resolve("hivemq-kafka-bridge"));
        final Path disabled = Files.createFile(bridge.resolve("DISABLED"));

        // When
        final ProcessBuilder builder =
                new ProcessBuilder("bash", ROOT.resolve("docker/healthcheck").toString()).redirectErrorStream(true);
        builder.environment().put("HIVEMQ_EXTENSIONS", extensions.toString());
        final Process process = builder.start();

        // Then
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(process.inputReader().readLine()).startsWith(disabled + " is there: HiveMQ doesn't load");
    }

    private static int healthcheck(final int port) throws Exception {
        final ProcessBuilder builder =
                new ProcessBuilder("bash", ROOT.resolve("docker/healthcheck").toString()).inheritIO();
        builder.environment().put("MONITORING_PORT", Integer.toString(port));
        final Process process = builder.start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
