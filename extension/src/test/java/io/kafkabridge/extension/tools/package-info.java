@NullMarked
package io.kafkabridge.extension.tools;

import org.jspecify.annotations.NullMarked;
