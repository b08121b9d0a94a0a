package io.kafkabridge.extension.tools;

import picocli.CommandLine.Command;

/** {@code spool}: what waits on the broker's disk for Kafka. */
@Command(
        name = "spool",
        mixinStandardHelpOptions = true,
        versionProvider = BridgeCommand.Version.class,
        header = "looks at what waits on the disk for Kafka",
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks at the records that wait on the broker's disk for Kafka. HiveMQ may run meanwhile.",
        footer = "$0 spool status --config conf/config.xml",
        subcommands = SpoolStatusCommand.class)
final class SpoolCommand {}
