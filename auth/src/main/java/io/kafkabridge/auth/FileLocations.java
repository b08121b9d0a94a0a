package io.kafkabridge.auth;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the two files are.
 *
 * @param users the htpasswd file
 * @param permissions the ACL file
 */
record FileLocations(Path users, Path permissions) {

    static final String USERS_VARIABLE = "HIVEMQ_FILE_AUTH_USERS";
    static final String PERMISSIONS_VARIABLE = "HIVEMQ_FILE_AUTH_PERMISSIONS";

    /** What the environment says, else {@code conf/} of the extension's folder, to which other relative paths belong too. */
    static FileLocations of(Path extensionFolder, Map<String, String> environment) {
        return new FileLocations(
                extensionFolder.resolve(named(environment, USERS_VARIABLE, "conf/users")),
                extensionFolder.resolve(named(environment, PERMISSIONS_VARIABLE, "conf/permissions")));
    }

    private static String named(Map<String, String> environment, String variable, String standard) {
        String value = environment.getOrDefault(variable, "");
        return value.isBlank() ? standard : value;
    }
}
