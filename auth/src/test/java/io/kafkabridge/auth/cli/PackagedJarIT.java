package io.kafkabridge.auth.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What is delivered: the jar as a program of its own, and the zip. */
class PackagedJarIT {

    private static final Path JAR = Path.of(System.getProperty("extension.jar", ""));
    private static final Path ZIP = Path.of(System.getProperty("extension.zip", ""));

    @TempDir
    private Path folder;

    @Test
    void jar_runsWithoutHiveMq() throws Exception {
        String file = folder.resolve("users").toString();

        assertThat(run("secret\n", "-i", "-C", "4", file, "alice")).isZero();
        assertThat(run("secret\n", "-i", "-v", file, "alice")).isZero();
        assertThat(run("wrong\n", "-i", "-v", file, "alice")).isEqualTo(3);
        assertThat(run("", "-i", file, "bob")).isEqualTo(2);
        assertThat(run("", "-D", file, "alice")).isZero();
    }

    @Test
    void jar_holdsNothingOfTheBroker() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();

            assertThat(names).contains("META-INF/services/com.hivemq.extension.sdk.api.ExtensionMain");
            assertThat(names)
                    .filteredOn(name -> name.endsWith(".class"))
                    .as("ours, and four libraries'")
                    .allMatch(name -> name.matches("(io/kafkabridge/(auth|common)|at/favre/lib|picocli"
                            + "|com/github/benmanes/caffeine|com/google/errorprone/annotations)/.*"));
            assertThat(names)
                    .noneMatch(name -> name.startsWith("com/hivemq/"))
                    .noneMatch(name -> name.startsWith("org/slf4j/"))
                    .noneMatch(name -> name.startsWith("com/codahale/"))
                    .noneMatch(name -> name.endsWith("module-info.class"))
                    .noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)"));
        }
    }

    @Test
    void zip_isTheExtensionsFolder() throws IOException {
        String jar = JAR.getFileName().toString();
        try (ZipFile zip = new ZipFile(ZIP.toFile())) {
            assertThat(zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
                    .containsExactlyInAnyOrder(
                            "hivemq-file-auth/" + jar,
                            "hivemq-file-auth/hivemq-extension.xml",
                            "hivemq-file-auth/conf/users",
                            "hivemq-file-auth/conf/permissions",
                            "hivemq-file-auth/LICENSE",
                            "hivemq-file-auth/THIRD-PARTY.txt",
                            "hivemq-file-auth/licenses/caffeine/META-INF/LICENSE",
                            "hivemq-file-auth/sbom/application.cdx.json");
            String users = new String(
                    zip.getInputStream(zip.getEntry("hivemq-file-auth/conf/users"))
                            .readAllBytes(),
                    UTF_8);
            assertThat(users).contains("java -jar " + jar).doesNotContain("${");
        }
    }

    private int run(String input, String... arguments) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream standardInput = process.getOutputStream()) {
            standardInput.write(input.getBytes(UTF_8));
        }
        return process.waitFor();
    }
}
