package io.kafkabridge.stack;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CheckoutTest {

    @Test
    void classPaths_areOfTheVersionsThatTheRootPomNames() {
        assertThat(Checkout.classPath("kafka"))
                .contains("kafka-clients-" + System.getProperty("kafka.version") + ".jar");
        assertThat(Checkout.classPath("hivemq-ce"))
                .contains("hivemq-community-edition-embedded-" + System.getProperty("hivemq.version") + ".jar");
    }
}
