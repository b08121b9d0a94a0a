/** The figures as table, JSON and plot. */
@NullMarked
package io.kafkabridge.benchmark.report;

import org.jspecify.annotations.NullMarked;
