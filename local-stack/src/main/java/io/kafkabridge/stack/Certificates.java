package io.kafkabridge.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A certificate authority and one server certificate signed by it, made with the JDK's keytool and kept in a folder. The
 * authority's own key is thrown away: nobody can sign anything else with it.
 *
 * @param ca the authority's certificate, PEM
 * @param trustStore the authority's certificate, PKCS12
 * @param keyStore the server's key and certificate chain, PKCS12
 * @param password of both stores
 */
public record Certificates(Path ca, Path trustStore, Path keyStore, String password) {

    private static final String DAYS = "3650";
    private static final String SERVER = "server";

    /** The certificates of that folder for localhost and 127.0.0.1, made now if it has none. */
    public static Certificates in(Path folder) {
        return in(folder, "localhost", "127.0.0.1");
    }

    /**
     * The certificates of that folder, made now if it has none.
     *
     * @param hosts names and addresses that the server certificate is good for
     */
    public static Certificates in(Path folder, String... hosts) {
        try {
            Path passwordFile = folder.resolve("password");
            Path keyStore = folder.toAbsolutePath().resolve("server.p12");
            if (!Files.exists(keyStore)) {
                PrivateFiles.createFolder(folder);
                PrivateFiles.write(passwordFile, randomPassword());
                make(folder.toAbsolutePath(), Files.readString(passwordFile), List.of(hosts));
            }
            return new Certificates(
                    keyStore.resolveSibling("ca.pem"),
                    keyStore.resolveSibling("ca.p12"),
                    keyStore,
                    Files.readString(passwordFile));
        } catch (IOException e) {
            throw new UncheckedIOException("Can't make certificates in " + folder, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Can't make certificates in " + folder, e);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Certificates in " + ca.getParent();
    }

    /** A password that nobody guesses: 24 letters, digits, {@code -} and {@code _}. */
    public static String randomPassword() {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static void make(Path folder, String password, List<String> hosts)
            throws IOException, GeneralSecurityException {
        Path all = folder.resolve("all.p12");
        Files.deleteIfExists(all);
        generate(all, password, "ca", "CN=hivemq-kafka-bridge local CA", "bc:c", "ku:c=keyCertSign,cRLSign");
        generate(
                all, password, SERVER, "CN=" + hosts.get(0), "san=" + subjectAlternativeNames(hosts), "eku=serverAuth");
        KeyStore both = load(all, password);
        Certificate ca = both.getCertificate("ca");
        KeyStore trusted = empty();
        trusted.setCertificateEntry("ca", ca);
        store(trusted, folder.resolve("ca.p12"), password);
        Files.writeString(folder.resolve("ca.pem"), pem(ca));
        KeyStore server = empty();
        char[] secret = password.toCharArray();
        server.setKeyEntry(SERVER, both.getKey(SERVER, secret), secret, both.getCertificateChain(SERVER));
        Files.delete(all);
        store(server, folder.resolve("server.p12"), password);
    }

    private static void generate(Path store, String password, String alias, String name, String... extensions)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", DAYS));
        command.addAll(List.of("-alias", alias, "-dname", name, "-keystore", store.toString()));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass:env", "STORE_PASSWORD"));
        if (alias.equals(SERVER)) {
            command.addAll(List.of("-signer", "ca"));
        }
        Stream.of(extensions).forEach(extension -> command.addAll(List.of("-ext", extension)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("STORE_PASSWORD", password);
        Process keytool = builder.start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool failed: " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while keytool ran", e);
        }
    }

    private static String subjectAlternativeNames(List<String> hosts) {
        return hosts.stream()
                .map(host -> (host.matches("[0-9.]+|.*:.*") ? "ip:" : "dns:") + host)
                .collect(Collectors.joining(","));
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyStore load(Path file, String password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        return store;
    }

    private static void store(KeyStore store, Path file, String password) throws IOException, GeneralSecurityException {
        try (OutputStream out = PrivateFiles.newOutput(file)) {
            store.store(out, password.toCharArray());
        }
    }

    private static String pem(Certificate certificate) throws GeneralSecurityException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    }
}
