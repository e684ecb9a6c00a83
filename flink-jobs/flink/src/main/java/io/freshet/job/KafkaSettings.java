/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import io.freshet.config.FreshetConfig;
import java.util.Properties;

/** Settings of Kafka clients, from the settings of the deployment. */
public final class KafkaSettings {

    private KafkaSettings() {}

    /** Brokers and all that the author passes through. Holds secrets: never print it. */
    public static Properties of(FreshetConfig config) {
        Properties properties = new Properties();
        config.kafka().properties().forEach((key, value) -> properties.setProperty(key, value.value()));
        properties.setProperty("bootstrap.servers", config.kafka().bootstrap());
        return properties;
    }
}
