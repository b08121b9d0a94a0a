package io.kafkabridge.it;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What an HTTP server on this machine answers. */
final class Web {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    Web(final int port) {
        this.port = port;
    }

    private HttpRequest.Builder to(final String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(LIMIT);
    }

    private HttpResponse<String> send(final HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (final IOException e) {
            throw new IllegalStateException("No answer from " + request.uri(), e);
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(final String path) {
        return send(to(path).build());
    }

    HttpResponse<String> get(final String path, final String user, final String password) {
        final String login =
                Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return send(to(path).header("Authorization", "Basic " + login).build());
    }

    /** The status code; 0 when nobody listens. */
    int status(final String path) {
        try {
            return get(path).statusCode();
        } catch (final IllegalStateException e) {
            return 0;
        }
    }

    /** A metric of Kafka clusters, by their ids. */
    Map<String, Double> metricOfClusters(final String name) {
        final Map<String, Double> values = new HashMap<>();
        Pattern.compile("^" + name + "\\{cluster=\"([^\"]*)\"\\} (\\S+)$", Pattern.MULTILINE)
                .matcher(get("/metrics").body())
                .results()
                .forEach(line -> values.put(line.group(1), Double.valueOf(line.group(2))));
        return values;
    }

    static String encoded(final String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
