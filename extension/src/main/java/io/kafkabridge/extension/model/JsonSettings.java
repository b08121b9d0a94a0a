package io.kafkabridge.extension.model;

import java.util.Optional;

/**
 * What a mapping does with payloads, which are JSON then.
 *
 * @param condition a JSONata expression; a publish for which it isn't true is held back; empty: none is
 * @param value a JSONata expression for the record's value; empty: the payload as it came
 */
public record JsonSettings(Optional<String> condition, Optional<String> value) {}
