package io.kafkabridge.extension.monitoring.page;

import java.nio.file.Path;
import java.time.Instant;

/**
 * What runs where.
 *
 * @param version of the bridge
 * @param started when it started
 * @param config the configuration file
 * @param data the bridge's folder in HiveMQ's data folder
 * @param jar the extension's jar, whose commands the page tells
 */
public record Installation(String version, Instant started, Path config, Path data, Path jar) {}
