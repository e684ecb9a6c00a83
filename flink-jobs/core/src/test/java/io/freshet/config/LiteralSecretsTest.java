/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.definition.DefinitionException;
import org.junit.jupiter.api.Test;

class LiteralSecretsTest {

    @Test
    void secretsThatAreNamedMayLeave() throws Exception {
        LiteralSecrets.refuse("freshet.yaml", """
                redis: {password: "${REDIS_PASSWORD}"}
                kafka:
                  properties: {client.id: x, sasl.jaas.config: 'module required username="u" password="${KAFKA_PASSWORD}";'}
                """);
        LiteralSecrets.refuse("freshet.yaml", "");
    }

    @Test
    void secretsThatStandThereAreRefusedWithTheirPlacesAndNotShown() {
        assertThatThrownBy(() -> LiteralSecrets.refuse("freshet.yaml", """
                redis: {password: hunter2}
                kafka:
                  properties:
                    ssl.keystore.password: hunter3
                """))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("freshet.yaml:1:19: Cannot send the value of 'password' to a cluster")
                .hasMessageContaining("freshet.yaml:4:28: Cannot send the value of 'ssl.keystore.password'")
                .hasMessageNotContaining("hunter");
    }

    @Test
    void whatIsASecretIsToldByItsKey() {
        assertThat(LiteralSecrets.isSecret("sasl.jaas.config")).isTrue();
        assertThat(LiteralSecrets.isSecret("ssl.keystore.key")).isTrue();
        assertThat(LiteralSecrets.isSecret("redis.password")).isTrue();
        assertThat(LiteralSecrets.isSecret("client.id")).isFalse();
    }
}
