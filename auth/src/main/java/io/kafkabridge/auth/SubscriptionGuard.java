package io.kafkabridge.auth;

import com.hivemq.extension.sdk.api.interceptor.subscribe.SubscribeInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.subscribe.parameter.SubscribeInboundInput;
import com.hivemq.extension.sdk.api.interceptor.subscribe.parameter.SubscribeInboundOutput;
import com.hivemq.extension.sdk.api.packets.subscribe.ModifiableSubscription;

/**
 * Refuses the subscriptions of one client that could bring it a topic it may not read. An interceptor rather than an
 * authorizer, because HiveMQ asks authorizers on every publish too. Thread safe.
 */
final class SubscriptionGuard implements SubscribeInboundInterceptor {

    private static final int LONGEST_SHOWN = 1_000;

    private final Login login;

    SubscriptionGuard(Login login) {
        this.login = login;
    }

    @Override
    public void onInboundSubscribe(SubscribeInboundInput input, SubscribeInboundOutput output) {
        for (ModifiableSubscription subscription : output.getSubscribePacket().getSubscriptions()) {
            String filter = subscription.getTopicFilter();
            if (!login.rules().maySubscribe(filter)) {
                // HiveMQ answers "not authorized" with this name in the reason, and goes on with the other filters.
                subscription.setTopicFilter(
                        Permissions.REFUSED + "/" + (filter.length() > LONGEST_SHOWN ? "long" : filter));
            }
        }
    }
}
