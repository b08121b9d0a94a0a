package io.kafkabridge.it;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import io.kafkabridge.stack.Certificates;

/**
 * An identity provider as far as OAuth's client credentials go: gives signed tokens to one client over TLS, and the key to check
 * them by without.
 */
final class TokenEndpoint implements AutoCloseable {

    static final String ISSUER = "https://issuer.example.com";
    static final String AUDIENCE = "kafka";
    static final String CLIENT = "bridge";

    private final KeyPair key;
    private final HttpsServer tokens;
    private final HttpServer keys;
    private final Queue<String> issued = new ConcurrentLinkedQueue<>();
    private volatile String secret;

    private TokenEndpoint(final String secret, final Certificates certificates)
            throws IOException, GeneralSecurityException {
        this.secret = secret;
        final KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        key = generator.generateKeyPair();
        tokens = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tokens.setHttpsConfigurator(new HttpsConfigurator(context(certificates)));
        tokens.createContext("/token", this::answerToken);
        tokens.start();
        keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keys.createContext("/keys", exchange -> answer(exchange, 200, keySet()));
        keys.start();
    }

    static TokenEndpoint start(final String secret, final Certificates certificates) {
        try {
            return new TokenEndpoint(secret, certificates);
        } catch (final IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The token endpoint can't start", e);
        }
    }

    private static SSLContext context(final Certificates certificates) throws IOException, GeneralSecurityException {
        final char[] password = certificates.password().toCharArray();
        final KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificates.keyStore())) {
            store.load(in, password);
        }
        final KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    String url() {
        return "https://localhost:" + tokens.getAddress().getPort() + "/token";
    }

    String keysUrl() {
        return "http://localhost:" + keys.getAddress().getPort() + "/keys";
    }

    /** From now on it takes that secret and no other. */
    void setSecret(final String secret) {
        this.secret = secret;
    }

    /** All tokens that it gave. */
    Queue<String> issued() {
        return issued;
    }

    private void answerToken(final HttpExchange exchange) throws IOException {
        final String expected =
                Base64.getEncoder().encodeToString((CLIENT + ":" + secret).getBytes(StandardCharsets.UTF_8));
        if (!("Basic " + expected).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"error\":\"invalid_client\",\"error_description\":\"wrong secret\"}");
            return;
        }
        final String token = token();
        issued.add(token);
        answer(exchange, 200, "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
    }

    private static void answer(final HttpExchange exchange, final int status, final String json) throws IOException {
        exchange.getRequestBody().readAllBytes();
        final byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** RFC 7519, signed with RS256. */
    private String token() {
        final long now = Instant.now().getEpochSecond();
        final String content = base64("{\"alg\":\"RS256\",\"kid\":\"1\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64("{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\",\"scope\":\"kafka\",\"iat\":%d,\"exp\":%d}"
                        .formatted(ISSUER, AUDIENCE, CLIENT, now, now + 3600)
                        .getBytes(StandardCharsets.UTF_8));
        try {
            final Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(content.getBytes(StandardCharsets.UTF_8));
            return content + "." + base64(signature.sign());
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RFC 7517. */
    private String keySet() {
        final RSAPublicKey rsa = (RSAPublicKey) key.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"1\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                .formatted(base64(unsigned(rsa.getModulus())), base64(unsigned(rsa.getPublicExponent())));
    }

    private static byte[] unsigned(final BigInteger number) {
        final byte[] signed = number.toByteArray();
        return signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
    }

    private static String base64(final byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        tokens.stop(0);
        keys.stop(0);
    }
}
