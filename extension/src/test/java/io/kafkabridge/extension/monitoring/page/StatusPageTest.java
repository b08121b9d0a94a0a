package io.kafkabridge.extension.monitoring.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.config.ConfigFile;
import io.kafkabridge.extension.delivery.DeliveryState;
import io.kafkabridge.extension.delivery.DeliveryStatus;
import io.kafkabridge.extension.model.BridgeConfig;

import static org.assertj.core.api.Assertions.assertThat;

/** The page's handlers in a server of the JDK, with a bridge that only says what it does. */
class StatusPageTest {

    private static final String XML = """
            <kafka-configuration>
            <kafka-clusters><kafka-cluster><id>c1</id><bootstrap-servers>127.0.0.1:9092</bootstrap-servers>
              <authentication><plain><username>u</username><password>hidden-password</password></plain></authentication>
            </kafka-cluster></kafka-clusters>
            <mqtt-to-kafka-mappings><mqtt-to-kafka-mapping><id>m1</id><cluster-id>c1</cluster-id>
              <mqtt-topic-filters><mqtt-topic-filter>&lt;script>alert(1)&lt;/script>/+</mqtt-topic-filter></mqtt-topic-filters>
              <kafka-topic>%s</kafka-topic></mqtt-to-kafka-mapping></mqtt-to-kafka-mappings>
            <monitoring/></kafka-configuration>
            """;

    private final MetricRegistry metrics = new MetricRegistry();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile BridgeConfig config =
            new BridgeConfig(List.of(), List.of(), Optional.empty(), Set.of(), List.of());
    private StatusPage page;
    private HttpServer server;

    @BeforeEach
    void start(@TempDir final Path folder) throws Exception {
        config = read(folder, "t1");
        final BridgeView bridge = new BridgeView() {
            @Override
            public ConfigStatus configStatus() {
                return ConfigStatus.IN_FORCE;
            }

            @Override
            public BridgeConfig config() {
                return config;
            }

            @Override
            public Map<String, DeliveryStatus> status() {
                return Map.of("c1", Statuses.of(DeliveryState.LIVE, Duration.ofMinutes(1)));
            }
        };
        final Path data = Files.createDirectories(folder.resolve("data"));
        final Path rejected = Files.createDirectories(data.resolve("rejected/c1"));
        Files.writeString(rejected.resolve("2026-11-25.jsonl"), "{}\n");
        page = new StatusPage(
                bridge,
                metrics,
                new Installation(
                        "1.2.3", Instant.now(), folder.resolve("config.xml"), data, Path.of("/opt/x/bridge.jar")));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        page.pages().forEach(server::createContext);
        page.streams().forEach(server::createContext);
        server.start();
    }

    private static BridgeConfig read(final Path folder, final String topic) throws Exception {
        final Path file = Files.writeString(folder.resolve("config.xml"), XML.formatted(topic));
        return ConfigFile.read(file, folder, Map.of());
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        server.stop(0);
        page.close();
    }

    @Test
    void status_saysWhatRunsAndCounts_withoutSecrets() throws Exception {
        // Given
        metrics.counter("io.kafkabridge.mapping.m1.received").inc(5);
        metrics.counter("io.kafkabridge.mapping.m1.rejected").inc(2);
        metrics.counter("io.kafkabridge.mapping.m1.rejected-because.too-large").inc(2);
        metrics.counter("io.kafkabridge.mapping.m1.held-back.qos").inc(4);
        metrics.timer("io.kafkabridge.cluster.c1.kafka-latency").update(Duration.ofMillis(3));

        // When
        final HttpResponse<String> answer = get("/api/status");

        // Then
        final JsonNode json = new ObjectMapper().readTree(answer.body());
        final JsonNode status = json.path("status");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json; charset=utf-8");
        assertThat(json.at("/about/version").textValue()).isEqualTo("1.2.3");
        assertThat(json.at("/about/rejectedCommand").textValue())
                .isEqualTo("java -jar /opt/x/bridge.jar rejected list");
        assertThat(json.at("/about/mappings/0/filters/0").textValue()).isEqualTo("<script>alert(1)</script>/+");
        assertThat(json.at("/about/mappings/0/example/kafkaTopic").textValue()).isEqualTo("t1");
        assertThat(status.at("/verdict/level").textValue()).isEqualTo("good");
        assertThat(status.at("/clusters/0/words/word").textValue()).isEqualTo("Live");
        assertThat(status.at("/clusters/0/kafkaLatency/p99").doubleValue()).isEqualTo(3);
        assertThat(status.at("/mappings/0/counts/received").longValue()).isEqualTo(5);
        assertThat(status.at("/mappings/0/heldBack/qos").longValue()).isEqualTo(4);
        assertThat(status.at("/rejected/reasons/too-large").longValue()).isEqualTo(2);
        assertThat(status.at("/rejected/kept/0/bytes").longValue()).isEqualTo(3);
        assertThat(answer.body()).doesNotContain("hidden-password");
    }

    @Test
    void events_tellWhatThereIs_thenGoOnEverySecond_andTellAboutAChangedConfiguration(@TempDir final Path folder)
            throws Exception {
        final HttpResponse<InputStream> answer = client.send(request("/events"), BodyHandlers.ofInputStream());
        try (BufferedReader events = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            // Then
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream; charset=utf-8");
            assertThat(List.of(next(events), next(events), next(events), next(events)))
                    .containsExactly("about", "history", "status", "status");

            // When
            config = read(folder, "t2");

            // Then
            String event = next(events);
            while (event.equals("status")) {
                event = next(events);
            }
            assertThat(event).isEqualTo("about");
        }
    }

    @Test
    void page_isWholeAndAsksNobodyElse() throws Exception {
        // When
        final String html = get("/").body();
        final String all = html
                + get("/page.css").body()
                + get("/page.js").body()
                + get("/plot.js").body()
                + get("/sections.js").body()
                + get("/text.js").body();

        // Then
        assertThat(html).contains("<title>HiveMQ Kafka Bridge</title>");
        assertThat(all.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http://", "https://", "@import");
        assertThat(all).doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
        assertThat(get("/icon.svg").headers().firstValue("Content-Type")).contains("image/svg+xml");
    }

    @Test
    void head_hasNoBody() throws Exception {
        // When
        final HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(uri("/"))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    private static String next(final BufferedReader events) throws IOException {
        String line = events.readLine();
        while (line != null && !line.startsWith("event: ")) {
            line = events.readLine();
        }
        return line == null ? "none" : line.substring("event: ".length());
    }

    private HttpResponse<String> get(final String path) throws IOException, InterruptedException {
        final HttpResponse<String> answer = client.send(request(path), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer;
    }

    private HttpRequest request(final String path) {
        return HttpRequest.newBuilder(uri(path)).build();
    }

    private URI uri(final String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }
}
