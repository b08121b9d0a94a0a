@NullMarked
package io.kafkabridge.extension.page;

import org.jspecify.annotations.NullMarked;
