package io.kafkabridge.common;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The version that the build wrote into the jar's manifest, behind the command's name. */
public class ManifestVersion implements IVersionProvider {

    @Spec
    @Nullable
    CommandSpec spec;

    private final @Nullable String name;

    public ManifestVersion() {
        this(null);
    }

    /** Behind another name. */
    protected ManifestVersion(final @Nullable String name) {
        this.name = name;
    }

    @Override
    public final String[] getVersion() {
        final String version = ManifestVersion.class.getPackage().getImplementationVersion();
        final String program = name != null ? name : spec == null ? "" : spec.name();
        return new String[] {(program + " " + (version == null ? "(not packaged)" : version)).strip()};
    }
}
