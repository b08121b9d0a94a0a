package io.kafkabridge.auth;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FileLocationsTest {

    private static final Path FOLDER = Path.of("/opt/hivemq/extensions/hivemq-file-auth");

    @Test
    void withoutEnvironment_filesAreInTheExtensionsFolder() {
        assertThat(FileLocations.of(FOLDER, Map.of("HIVEMQ_FILE_AUTH_USERS", " ")))
                .isEqualTo(new FileLocations(FOLDER.resolve("conf/users"), FOLDER.resolve("conf/permissions")));
    }

    @Test
    void environment_namesOtherFiles() {
        assertThat(FileLocations.of(
                        FOLDER,
                        Map.of(
                                "HIVEMQ_FILE_AUTH_USERS", "/run/secrets/users",
                                "HIVEMQ_FILE_AUTH_PERMISSIONS", "conf/acl")))
                .isEqualTo(new FileLocations(Path.of("/run/secrets/users"), FOLDER.resolve("conf/acl")));
    }
}
