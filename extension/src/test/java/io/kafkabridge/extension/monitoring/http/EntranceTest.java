package io.kafkabridge.extension.monitoring.http;

import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Who gets what from the monitoring server. */
class EntranceTest extends ServerFixture {

    private static String basic(final String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"/health/live,200", "/page,200", "/nothing,404", "/health/live/more,404", "/%2e%2e/page,404"})
    void path_isExact(final String path, final int status) throws Exception {
        assertThat(get(start(OPEN), path).statusCode()).isEqualTo(status);
    }

    @Test
    void answer_keepsBrowsersFromDoingMoreThanShowIt() throws Exception {
        // When
        final HttpResponse<String> answer = get(start(OPEN), "/nothing");

        // Then
        assertThat(answer.body())
                .isEqualTo("There is nothing here. There is: /broken, /flood, /health/live, /large, /page, /stream\n");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'self';");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void otherMethods_areRefused(final String method) throws Exception {
        // When
        final HttpResponse<String> answer = client.send(
                to(start(OPEN), "/page")
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void head_getsTheHeadersAlone() throws Exception {
        // When
        final HttpResponse<String> answer = client.send(
                to(start(OPEN), "/page")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).contains("5");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ops:wrong", "ops:pä:ss ", "other:pä:ss", "ops", ":"})
    void wrongPassword_getsNothingButHealth(final String login) throws Exception {
        // Given
        final int port = start(LOCKED);

        // When
        final HttpResponse<String> refused = client.send(
                to(port, "/page").header("Authorization", basic(login)).build(), HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Basic realm=");
        assertThat(get(port, "/page").statusCode()).isEqualTo(401);
        assertThat(get(port, "/nothing").statusCode()).isEqualTo(401);
        assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void rightPassword_opensThePages() throws Exception {
        // When
        final HttpResponse<String> answer = client.send(
                to(start(LOCKED), "/page")
                        .header("Authorization", basic("ops:pä:ss"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(answer.body()).isEqualTo("page\n");
    }

    @ParameterizedTest
    @CsvSource({"localhost,200", "localhost:9398,200", "[::1]:9398,200", "10.0.0.1,200", "evil.example,421"})
    void pageOfAnotherName_canNotReadWhatOnlyThisMachineMay(final String host, final int status) throws Exception {
        // When
        final String answer;
        try (Socket socket =
                raw(start(OPEN), "GET /page HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")) {
            answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }

        // Then
        assertThat(answer).isEqualTo("HTTP/1.1 " + status);
    }
}
