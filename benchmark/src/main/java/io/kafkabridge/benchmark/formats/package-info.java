/** The comparison of disk formats that decided the spool's: {@code ./bench formats}. */
@NullMarked
package io.kafkabridge.benchmark.formats;

import org.jspecify.annotations.NullMarked;
