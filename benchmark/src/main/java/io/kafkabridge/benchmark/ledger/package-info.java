/** What was published and what reached Kafka, compared message by message. */
@NullMarked
package io.kafkabridge.benchmark.ledger;

import org.jspecify.annotations.NullMarked;
