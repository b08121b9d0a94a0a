package io.kafkabridge.auth;

import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;

/** Why a client isn't let in, in the words that its CONNACK and the log say. */
enum Refusal {
    ANONYMOUS(ConnackReasonCode.NOT_AUTHORIZED, "a user name and a password are required"),
    WRONG_PASSWORD(ConnackReasonCode.BAD_USER_NAME_OR_PASSWORD, "wrong user name or password"),
    BUSY(ConnackReasonCode.SERVER_BUSY, "too many logins at once; try again later"),
    CHANGED(ConnackReasonCode.SERVER_BUSY, "the user was changed at this moment; try again"),
    NO_FILES(ConnackReasonCode.SERVER_UNAVAILABLE, "the broker's users or permissions file is missing or broken"),
    FAILURE(ConnackReasonCode.UNSPECIFIED_ERROR, "the login failed; see the broker's log");

    private final ConnackReasonCode code;
    private final String reason;

    Refusal(ConnackReasonCode code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    ConnackReasonCode code() {
        return code;
    }

    String reason() {
        return reason;
    }

    /** Whether the same login may succeed later. */
    boolean isTemporary() {
        return this == BUSY || this == CHANGED || this == NO_FILES || this == FAILURE;
    }
}
