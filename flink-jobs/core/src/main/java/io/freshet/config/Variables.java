/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.config;

import io.freshet.expression.Spelling;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The environment variables that are meant for Freshet: those that begin with {@code FRESHET_}. */
final class Variables {

    private static final String PREFIX = "FRESHET_";
    private static final String KAFKA_PREFIX = "FRESHET_KAFKA_PROPERTIES_";

    private static final List<String> OF_THE_LAUNCHER = List.of("FRESHET_JAVA_OPTS", "FRESHET_FUNCTIONS");

    /** What Kubernetes sets in every pod beside a service called freshet or freshet-something, whoever wants it or not. */
    private static final Pattern OF_A_SERVICE = Pattern.compile(
            "FRESHET_(?:.+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_.+)?|PORT_[0-9]+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)");

    private static final Pattern PORT_OF_A_SERVICE = Pattern.compile("(?:tcp|udp|sctp)://.*");

    private final Map<String, String> environment;

    Variables(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * What is wrong with the names; never shows a value.
     *
     * @param named the variables that the settings file names itself
     */
    List<String> faults(Set<String> named) {
        List<String> right = Stream.concat(
                        Arrays.stream(ConfigKey.values()).map(ConfigKey::variable), OF_THE_LAUNCHER.stream())
                .toList();
        return environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !right.contains(name) && !named.contains(name))
                .filter(name -> !isKafkaProperty(name) && !isOfAService(name))
                .sorted()
                .map(name -> "Unknown environment variable '" + name + "'" + Spelling.suggestion(name, right)
                        + " (what begins with FRESHET_ sets something)")
                .toList();
    }

    /** Settings of Kafka clients by name: {@code FRESHET_KAFKA_PROPERTIES_CLIENT_ID} is {@code client.id}. */
    Map<String, Secret> kafkaProperties() {
        Map<String, Secret> properties = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (isKafkaProperty(name)) {
                String key = name.substring(KAFKA_PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
                properties.put(key, new Secret(value));
            }
        });
        return properties;
    }

    private static boolean isKafkaProperty(String name) {
        return name.startsWith(KAFKA_PREFIX) && name.length() > KAFKA_PREFIX.length();
    }

    private boolean isOfAService(String name) {
        boolean port = name.endsWith("_PORT")
                && PORT_OF_A_SERVICE.matcher(environment.getOrDefault(name, "")).matches();
        return port || OF_A_SERVICE.matcher(name).matches();
    }
}
