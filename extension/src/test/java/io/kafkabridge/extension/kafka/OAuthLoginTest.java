package io.kafkabridge.extension.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import com.sun.net.httpserver.HttpServer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.common.Secret;
import io.kafkabridge.extension.model.Authentication.OAuthBearer;
import io.kafkabridge.extension.model.KafkaCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A producer asks for its first token when it is made. */
class OAuthLoginTest {

    private static final String SECRET = "s3cret/+ =&%";

    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private HttpServer server;
    private int status = 200;
    private String answer = "";

    @BeforeEach
    void startTokenEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> {
            requests.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            final byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopTokenEndpoint() {
        server.stop(0);
    }

    private String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    private KafkaProducer<byte[], byte[]> open(final String endpoint) {
        final KafkaCluster cluster = ProducerSettingsTest.cluster(
                Optional.empty(),
                Optional.of(new OAuthBearer(
                        endpoint, "bridge", new Secret(SECRET), Optional.of("kafka"), Optional.empty())),
                Duration.ofSeconds(3));
        return new KafkaProducer<>(
                ProducerSettings.live(cluster), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static String unsignedToken() {
        final String claims = "{\"sub\":\"bridge\",\"scope\":\"kafka\",\"iat\":%1$d,\"exp\":%2$d}"
                .formatted(Instant.now().getEpochSecond(), Instant.now().getEpochSecond() + 3600);
        return "{\"access_token\":\"" + base64("{\"alg\":\"none\"}") + "." + base64(claims) + ".x\"}";
    }

    private static String base64(final String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void login_asksForATokenWithTheClientsCredentials() throws Exception {
        // Given
        answer = unsignedToken();

        // When
        open(endpoint()).close(Duration.ZERO);

        // Then
        final String expected =
                Base64.getEncoder().encodeToString(("bridge:" + SECRET).getBytes(StandardCharsets.UTF_8));
        assertThat(requests.take()).isEqualTo("Basic " + expected + " grant_type=client_credentials&scope=kafka");
        assertThat(System.getProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls")
                        .split(","))
                .contains(endpoint());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"error\":\"invalid_client\",\"error_description\":\"unknown s3cret/+ =&%\"} | 401 and error response {\"invalid_client\" - \"unknown ***\"}",
                "500 | oops | 500 and error message",
                "200 | {\"token\":\"s3cret/+ =&%\"} | The token endpoint response did not contain a valid JWT.",
                "200 | {\"access_token\":\"x\"} | Malformed JWT"
            })
    void refusal_isTheCauseAndShowsNoSecret(final int code, final String text, final String cause) {
        // Given
        status = code;
        answer = text;

        // Then
        assertThatThrownBy(() -> open(endpoint()).close())
                .rootCause()
                .hasMessageContaining(cause)
                .hasMessageContaining(endpoint())
                .hasMessageNotContaining(SECRET)
                .hasMessageNotContaining("\n");
    }

    @Test
    void endpointThatIsAway_isTheCauseWithinSeconds() {
        // Given
        final String endpoint = endpoint();
        server.stop(0);
        final long start = System.nanoTime();

        // Then
        assertThatThrownBy(() -> open(endpoint).close())
                .rootCause()
                .hasMessageContaining("no token from " + endpoint + ": java.net.ConnectException: Connection refused");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }
}
