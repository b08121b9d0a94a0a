package io.kafkabridge.extension.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** Keys and certificates as an operator has them, made with keytool: stores, and their contents as PEM. */
final class TestKeys {

    static final String PASSWORD = "store " + ConfigFixture.SECRET;
    static final String KEY_PASSWORD = "key " + ConfigFixture.SECRET;

    private static final String ALIAS = "own";

    private final Path store;
    private final String keyPassword;

    private TestKeys(final Path store, final String keyPassword) {
        this.store = store;
        this.keyPassword = keyPassword;
    }

    /** A PKCS12 store with a key, EC. */
    static TestKeys pkcs12(final Path file) throws IOException, InterruptedException, GeneralSecurityException {
        return make(file, "PKCS12", PASSWORD, "-keyalg", "EC", "-groupname", "secp256r1");
    }

    /** A JKS store with a key, RSA, that has a password of its own. */
    static TestKeys jks(final Path file) throws IOException, InterruptedException, GeneralSecurityException {
        return make(file, "JKS", KEY_PASSWORD, "-keyalg", "RSA", "-keysize", "2048");
    }

    private static TestKeys make(
            final Path file, final String type, final String keyPassword, final String... algorithm)
            throws IOException, InterruptedException, GeneralSecurityException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-dname",
                "CN=bridge",
                "-storetype",
                type,
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-keypass",
                keyPassword));
        command.addAll(List.of(algorithm));
        final Path log = Files.createTempFile("keytool", ".log");
        final Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(keytool.waitFor()).as(Files.readString(log)).isZero();
        Files.delete(log);
        return new TestKeys(file, keyPassword);
    }

    Path store() {
        return store;
    }

    /** A truststore with the certificate. */
    void writeTruststore(final Path file) throws IOException, GeneralSecurityException {
        final KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, certificate());
        try (var out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
    }

    String certificatePem() throws IOException, GeneralSecurityException {
        return pem("CERTIFICATE", certificate().getEncoded());
    }

    /** The private key, PKCS#8. */
    String keyPem() throws IOException, GeneralSecurityException {
        return pem("PRIVATE KEY", key().getEncoded());
    }

    /** The private key, PKCS#8, encrypted with {@link #KEY_PASSWORD} as today's openssl does (PBES2). */
    String encryptedKeyPem() throws IOException, GeneralSecurityException {
        final String algorithm = "PBEWithHmacSHA256AndAES_256";
        final Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(KEY_PASSWORD.toCharArray())),
                new PBEParameterSpec(new byte[8], 2048));
        final byte[] encrypted = cipher.doFinal(key().getEncoded());
        final AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
        parameters.init(cipher.getParameters().getEncoded());
        return pem("ENCRYPTED PRIVATE KEY", new EncryptedPrivateKeyInfo(parameters, encrypted).getEncoded());
    }

    static String pem(final String kind, final byte[] content) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind
                + "-----\n";
    }

    private Certificate certificate() throws IOException, GeneralSecurityException {
        return open().getCertificate(ALIAS);
    }

    private Key key() throws IOException, GeneralSecurityException {
        return open().getKey(ALIAS, keyPassword.toCharArray());
    }

    private KeyStore open() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }
}
