package io.kafkabridge.it;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.kafkabridge.stack.GuardedProcess;
import io.kafkabridge.stack.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A real Prometheus, where there is one on the PATH, and its tool. */
final class Prometheus implements AutoCloseable {

    /** Set it to {@code true} where the tests have to run. */
    private static final String REQUIRED = "PROMETHEUS_REQUIRED";

    private final Process process;
    private final Web web;

    private Prometheus(final Process process, final Web web) {
        this.process = process;
        this.web = web;
    }

    /** Skips the test where there is no Prometheus, unless it is required. */
    static void assumeInstalled() {
        final boolean installed = Stream.of("prometheus", "promtool")
                .allMatch(tool -> Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool))));
        assumeTrue(
                installed || Boolean.parseBoolean(System.getenv(REQUIRED)),
                "There is no prometheus and promtool on the PATH (Debian and Ubuntu: apt-get install prometheus)");
    }

    /** Runs {@code promtool} and returns what it says; it has to find nothing wrong. */
    static String promtool(final Path folder, final String... arguments) throws IOException, InterruptedException {
        final Process tool = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                        .toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        final String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tool.exitValue()).as(output).isZero();
        return output;
    }

    /** Starts it in a folder with that configuration. */
    static Prometheus start(final Path folder, final Path config) throws IOException {
        final int port = Ports.free();
        final Process process = GuardedProcess.start(new ProcessBuilder(List.of(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile()));
        final Web web = new Web(port);
        await().atMost(LoadedBridge.LIMIT).until(() -> web.status("/-/ready") == 200);
        return new Prometheus(process, web);
    }

    /** The result of a query now, as JSON. */
    String query(final String expression) {
        final String answer =
                web.get("/api/v1/query?query=" + Web.encoded(expression)).body();
        assertThat(answer).as(expression).startsWith("{\"status\":\"success\"");
        return answer.substring(answer.indexOf("\"result\":"));
    }

    boolean hasData(final String expression) {
        return !query(expression).startsWith("\"result\":[]");
    }

    /** All rules with their state, as JSON. */
    String rules() {
        return web.get("/api/v1/rules").body();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
