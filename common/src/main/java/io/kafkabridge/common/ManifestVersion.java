package io.kafkabridge.common;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The version that the build wrote into the jar's manifest. */
public final class ManifestVersion implements IVersionProvider {
    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public String[] getVersion() {
        String version = ManifestVersion.class.getPackage().getImplementationVersion();
        String name = spec == null ? "" : spec.name() + " ";
        return new String[] {name + (version == null ? "(not packaged)" : version)};
    }
}
