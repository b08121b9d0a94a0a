package io.kafkabridge.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Each jar tells truly what is bundled in it: its SBOM, its list of licences and their texts. */
class BundledPartsIT {

    private static final String SBOM = "META-INF/sbom/application.cdx.json";
    private static final Path REPOSITORY = Path.of(requireNonNull(System.getProperty("local.repository")));

    static Stream<Path> jars() {
        return Stream.of(Artifacts.bridgeJar(), Artifacts.authJar(), Artifacts.publisherJar(), Artifacts.consumerJar());
    }

    /** A library that an SBOM lists. */
    private record Library(String group, String name, String version, String licence) {

        static Library of(final JsonObject component) {
            final JsonElement first = component.getAsJsonArray("licenses").get(0);
            final JsonObject licence = first.getAsJsonObject().getAsJsonObject("license");
            return new Library(
                    component.get("group").getAsString(),
                    component.get("name").getAsString(),
                    component.get("version").getAsString(),
                    requireNonNull(licence.has("id") ? licence.get("id") : licence.get("name"))
                            .getAsString());
        }

        boolean isOurs() {
            return group.equals("io.kafkabridge");
        }

        Path file() {
            return REPOSITORY
                    .resolve(group.replace('.', '/'))
                    .resolve(name)
                    .resolve(version)
                    .resolve(name + "-" + version + ".jar");
        }
    }

    private static List<Library> libraries(final ZipFile jar) throws IOException {
        final List<Library> libraries = new ArrayList<>();
        JsonParser.parseString(text(jar, SBOM))
                .getAsJsonObject()
                .getAsJsonArray("components")
                .forEach(each -> libraries.add(Library.of(each.getAsJsonObject())));
        return libraries.stream().filter(each -> !each.isOurs()).toList();
    }

    private static String text(final ZipFile zip, final String name) throws IOException {
        try (InputStream in = zip.getInputStream(
                requireNonNull(zip.getEntry(name), name + " is missing; Maven offline (-o) makes no SBOM"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Set<String> classes(final ZipFile jar) {
        final Set<String> names = new TreeSet<>();
        jar.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
                .forEach(names::add);
        return names;
    }

    @ParameterizedTest
    @MethodSource("jars")
    void sbom_listsExactlyTheLibrariesWhoseClassesAreInTheJar(final Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            // Given
            final Set<String> unexplained = classes(jar);
            // Ours, the second in a library's package, for what only that package may change.
            unexplained.removeIf(
                    name -> name.startsWith("io/kafkabridge/") || name.startsWith("com/dashjoin/jsonata/OpenJsonata"));
            final Set<String> bundled = Set.copyOf(unexplained);
            final List<Library> libraries = libraries(jar);

            // When, Then: every library is in the jar, and every class is from a library.
            assertThat(libraries).isNotEmpty();
            for (final Library library : libraries) {
                try (JarFile original = new JarFile(library.file().toFile())) {
                    final Set<String> its = classes(original);
                    assertThat(bundled).as(library.name()).containsAll(its);
                    unexplained.removeAll(its);
                }
            }
            assertThat(unexplained).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("jars")
    void licences_areListedAndComeWithTheirTexts(final Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            // Given
            final String list = text(jar, "META-INF/THIRD-PARTY.txt");

            // When, Then
            assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
            for (final Library library : libraries(jar)) {
                assertThat(list).contains("(" + library.group() + ":" + library.name() + ":" + library.version());
                // The Apache licence is META-INF/LICENSE; any other is in a folder of the library's name.
                assertThat(library.licence().equals("Apache-2.0") || hasTexts(jar, library.name()))
                        .as("%s, %s", library.name(), library.licence())
                        .isTrue();
            }
        }
    }

    private static boolean hasTexts(final ZipFile jar, final String library) {
        return jar.stream()
                .anyMatch(entry -> !entry.isDirectory()
                        && entry.getName().startsWith("META-INF/licenses/" + library + "/")
                        && entry.getName().contains("LICENSE"));
    }

    @Test
    void zips_holdTheSameListsBesideTheJar() throws IOException {
        for (final Path path : List.of(Artifacts.bridgeZip(), Artifacts.authZip())) {
            final String file = path.getFileName().toString();
            final String folder = file.substring(0, file.lastIndexOf('-')) + "/";
            final Path jar = path.resolveSibling(file.replace(".zip", ".jar"));
            try (ZipFile zip = new ZipFile(path.toFile());
                    JarFile fat = new JarFile(jar.toFile())) {
                // When, Then
                assertThat(text(zip, folder + "sbom/application.cdx.json")).isEqualTo(text(fat, SBOM));
                assertThat(text(zip, folder + "THIRD-PARTY.txt")).isEqualTo(text(fat, "META-INF/THIRD-PARTY.txt"));
                assertThat(zip.getEntry(folder + "LICENSE")).isNotNull();
                assertThat(Files.size(jar))
                        .isEqualTo(requireNonNull(zip.getEntry(folder + jar.getFileName()))
                                .getSize());
            }
        }
    }
}
