@NullMarked
package io.kafkabridge.extension.http;

import org.jspecify.annotations.NullMarked;
