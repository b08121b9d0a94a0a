/** What a configuration says: records, templates and filters. No input, no output. */
@NullMarked
package io.kafkabridge.extension.model;

import org.jspecify.annotations.NullMarked;
