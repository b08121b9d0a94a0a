package io.kafkabridge.auth;

import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import org.junit.jupiter.api.Test;

import io.kafkabridge.auth.permissions.AclFormat;
import io.kafkabridge.auth.permissions.ClientRules;

import static org.assertj.core.api.Assertions.assertThat;

class PermissionsTest {

    private final Permissions permissions = new Permissions(FakePermissions::builder);
    private final FakePermissions list = new FakePermissions();

    @Test
    void rules_becomePermissions_denyingOnesFirst() {
        permissions.give(rules("topic read a/#\ntopic write b\ntopic c\ntopic deny a/x"), list);

        assertThat(list.getDefaultBehaviour()).isEqualTo(DefaultAuthorizationBehaviour.DENY);
        assertThat(list.texts())
                .containsExactly(
                        "deny all $refused/#", "deny all a/x", "allow subscribe a/#", "allow publish b", "allow all c");
    }

    @Test
    void noRule_deniesEverything() {
        permissions.give(rules(""), list);

        assertThat(list.getDefaultBehaviour()).isEqualTo(DefaultAuthorizationBehaviour.DENY);
        assertThat(list.texts()).containsExactly("deny all $refused/#");
    }

    @Test
    void replacedRules_areNeverWiderThanTheOldOrTheNew() {
        // Given
        permissions.give(rules("topic both\ntopic old\ntopic deny old/x"), list);
        list.states.clear();

        // When
        permissions.replace(rules("topic both\ntopic new\ntopic deny new/x"), list);

        // Then what both allow stays allowed, and an old "deny" goes after every old "allow"
        assertThat(list.states).allSatisfy(state -> assertThat(state).contains("allow all both"));
        assertThat(list.states)
                .filteredOn(state -> state.contains("allow all old"))
                .allSatisfy(state -> assertThat(state).contains("deny all old/x"));
        assertThat(list.texts())
                .containsExactly("deny all $refused/#", "deny all new/x", "allow all both", "allow all new");
    }

    private static ClientRules rules(String lines) {
        return AclFormat.parse("user u\n" + lines).content().rulesFor("u", "id");
    }
}
