package io.kafkabridge.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client's key and self-signed certificate, in every kind of file that an operator may have: {@code bridge.p12},
 * {@code bridge.jks}, {@code bridge.pem}, {@code bridge.key} and {@code bridge.encrypted.key}.
 *
 * @param folder where the files are
 */
record ClientKey(Path folder) {

    /** Of all of them. */
    static final String PASSWORD = "S3cret-of-key";

    private static final String ALIAS = "bridge";

    /** PBES2, as today's openssl encrypts keys. */
    private static final String ENCRYPTION = "PBEWithHmacSHA256AndAES_256";

    static ClientKey make(final Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        final ClientKey made = new ClientKey(folder);
        final Path p12 = folder.resolve("bridge.p12");
        final Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-dname",
                        "CN=bridge",
                        "-keyalg",
                        "RSA",
                        "-ext",
                        "eku=clientAuth",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        p12.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        try {
            made.write(KeyStore.getInstance(p12.toFile(), PASSWORD.toCharArray()));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("Can't make a client's key", e);
        }
        return made;
    }

    private void write(final KeyStore store) throws IOException, GeneralSecurityException {
        final char[] password = PASSWORD.toCharArray();
        final Key key = store.getKey(ALIAS, password);
        final KeyStore jks = KeyStore.getInstance("JKS");
        jks.load(null, null);
        jks.setKeyEntry(ALIAS, key, password, store.getCertificateChain(ALIAS));
        try (var out = Files.newOutputStream(folder.resolve("bridge.jks"))) {
            jks.store(out, password);
        }
        writePem("bridge.pem", "CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
        writePem("bridge.key", "PRIVATE KEY", key.getEncoded());
        writePem("bridge.encrypted.key", "ENCRYPTED PRIVATE KEY", encrypted(key));
    }

    private static byte[] encrypted(final Key key) throws IOException, GeneralSecurityException {
        final Cipher cipher = Cipher.getInstance(ENCRYPTION);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(ENCRYPTION).generateSecret(new PBEKeySpec(PASSWORD.toCharArray())),
                new PBEParameterSpec(new byte[8], 2048));
        final byte[] encrypted = cipher.doFinal(key.getEncoded());
        final AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
        parameters.init(cipher.getParameters().getEncoded());
        return new EncryptedPrivateKeyInfo(parameters, encrypted).getEncoded();
    }

    private void writePem(final String name, final String kind, final byte[] content) throws IOException {
        Files.writeString(
                folder.resolve(name),
                "-----BEGIN " + kind + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind
                        + "-----\n");
    }

    Path certificate() {
        return folder.resolve("bridge.pem");
    }

    /** Elements of {@code <tls>}. */
    String pem(final String keyFile, final String more) {
        return "<certificate-file>" + certificate() + "</certificate-file><key-file>" + folder.resolve(keyFile)
                + "</key-file>" + more;
    }

    /** An element of {@code <tls>}. */
    String store(final String file) {
        return "<keystore><path>" + folder.resolve(file) + "</path><password>" + PASSWORD + "</password></keystore>";
    }
}
