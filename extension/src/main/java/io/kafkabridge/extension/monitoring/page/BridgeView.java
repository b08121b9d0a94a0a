package io.kafkabridge.extension.monitoring.page;

import java.util.Map;

import io.kafkabridge.extension.delivery.DeliveryStatus;
import io.kafkabridge.extension.model.BridgeConfig;

/** What the page wants to know from the bridge. Asked from its own thread, once a second; must not block. */
public interface BridgeView {

    /** The configuration in force; without clusters and mappings when none is. */
    BridgeConfig config();

    /** Whether that is what the file says. */
    ConfigStatus configStatus();

    /** How the way to each cluster is, by its id. */
    Map<String, DeliveryStatus> status();
}
