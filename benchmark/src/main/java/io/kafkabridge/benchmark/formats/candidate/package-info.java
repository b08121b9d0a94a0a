/** What could hold the spool's records on disk, each as a small class. */
@NullMarked
package io.kafkabridge.benchmark.formats.candidate;

import org.jspecify.annotations.NullMarked;
