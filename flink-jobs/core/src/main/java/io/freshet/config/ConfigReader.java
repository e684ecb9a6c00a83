/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.config;

import io.freshet.definition.DefinitionException;
import io.freshet.definition.FeatureView.Text;
import io.freshet.definition.Limits;
import io.freshet.definition.Problem;
import io.freshet.definition.Problems;
import io.freshet.definition.YamlMap;
import io.freshet.expression.Durations;
import io.freshet.expression.ExpressionLimits;
import io.freshet.expression.Spelling;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@link FreshetConfig} from flags, environment and file. */
final class ConfigReader {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");
    private static final Pattern NAMESPACE = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,100}");
    private static final Pattern PASSWORD_IN_URI = Pattern.compile("(?i)rediss?://.*@.*");

    private static final Pattern USER_IN_URL = Pattern.compile("(?i)https?://[^/]*@.*");
    private static final Pattern HTTP_URL =
            Pattern.compile("(?i)https?://[a-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?");
    private static final Duration SHORTEST_REGISTRY_TIMEOUT = Duration.ofMillis(100);

    private static final Duration SHORTEST_SERVE_TIMEOUT = Duration.ofMillis(1);
    private static final Duration SHORTEST_SERVE_IDLE = Duration.ofSeconds(1);
    private static final int MOST_EVENT_BYTES = 100_000_000;
    private static final int MOST_KEY_LENGTH = 100_000;
    private static final int MOST_LIST_LENGTH = 10_000_000;
    private static final int MOST_DISTINCT_VALUES = 10_000_000;
    private static final int MOST_EXPRESSION_COST = 100_000_000;

    private static final String KAFKA_PROPERTIES = "kafka.properties.";
    private static final Duration SHORTEST_CHECKPOINT_INTERVAL = Duration.ofMillis(10);

    private final Map<String, String> environment;
    private final Map<String, String> flags;
    private final Problems problems;
    private final Variables variables;
    private final Map<String, Text> file = new LinkedHashMap<>();
    private final Map<String, Secret> kafkaProperties = new LinkedHashMap<>();
    private final Map<String, List<String>> services = new LinkedHashMap<>();
    private final Map<ConfigKey, String> values = new EnumMap<>(ConfigKey.class);

    private ConfigReader(Map<String, String> environment, Map<String, String> flags, Problems problems) {
        this.environment = environment;
        this.variables = new Variables(environment);
        this.flags = flags;
        this.problems = problems;
    }

    static FreshetConfig read(String name, String yaml, Map<String, String> environment, Map<String, String> flags)
            throws DefinitionException {
        Problems problems = new Problems(name, yaml);
        ConfigReader reader = new ConfigReader(environment, flags, problems);
        if (!yaml.isBlank()) {
            YamlMap.file(yaml, problems).ifPresent(reader::readFile);
        }
        reader.checkFlags();
        reader.checkEnvironment(yaml);
        reader.readKafkaProperties();
        reader.resolve();
        FreshetConfig config = reader.config();
        if (!problems.isEmpty()) {
            throw new DefinitionException(
                    problems.sorted().stream().map(ConfigReader::withoutItsLine).toList());
        }
        return config;
    }

    /** A line of the settings may hold a secret, under whatever key its author has mistyped: none is ever quoted. */
    private static Problem withoutItsLine(Problem problem) {
        return new Problem(problem.file(), problem.line(), problem.column(), problem.message(), "");
    }

    private void readFile(YamlMap root) {
        root.allow(
                List.of("namespace", "kafka", "redis", "registry", "flink", "serve", "limits", "views", "schemas"),
                "the settings");
        for (String key : List.of("namespace", "views", "schemas")) {
            root.text(key).ifPresent(text -> file.put(key, text));
        }
        for (String section : List.of("kafka", "redis", "registry", "flink", "serve", "limits")) {
            root.map(section).ifPresent(map -> readSection(section, map));
        }
    }

    private void readSection(String section, YamlMap map) {
        List<String> known = new ArrayList<>();
        ConfigKey.keys().stream()
                .filter(key -> key.startsWith(section + "."))
                .forEach(key -> known.add(key.substring(section.length() + 1)));
        if (section.equals("kafka")) {
            known.add("properties");
            map.map("properties").ifPresent(this::readProperties);
        }
        if (section.equals("serve")) {
            known.add("services");
            map.map("services").ifPresent(this::readServices);
        }
        map.allow(known, "'" + section + "'");
        known.stream()
                .filter(key -> !key.equals("properties") && !key.equals("services"))
                .forEach(key -> map.text(key).ifPresent(text -> file.put(section + "." + key, text)));
    }

    private void readProperties(YamlMap map) {
        map.entries()
                .keySet()
                .forEach(key -> map.text(key)
                        .flatMap(this::substituted)
                        .ifPresent(value -> kafkaProperties.put(key, new Secret(value))));
    }

    private void readServices(YamlMap map) {
        map.entries()
                .keySet()
                .forEach(name -> services.put(
                        name, map.texts(name).stream().map(Text::text).toList()));
    }

    private void checkFlags() {
        for (String flag : flags.keySet()) {
            if (!ConfigKey.keys().contains(flag) && !isKafkaProperty(flag)) {
                problems.add(
                        nowhere(), 0, "Unknown setting '" + flag + "'" + Spelling.suggestion(flag, ConfigKey.keys()));
            }
        }
    }

    private void checkEnvironment(String yaml) {
        Set<String> named =
                VARIABLE.matcher(yaml).results().map(found -> found.group(1)).collect(Collectors.toSet());
        variables.faults(named).forEach(fault -> problems.add(nowhere(), 0, fault));
    }

    private void readKafkaProperties() {
        kafkaProperties.putAll(variables.kafkaProperties());
        flags.forEach((flag, value) -> {
            if (isKafkaProperty(flag)) {
                kafkaProperties.put(flag.substring(KAFKA_PROPERTIES.length()), new Secret(value));
            }
        });
    }

    private static boolean isKafkaProperty(String flag) {
        return flag.startsWith(KAFKA_PROPERTIES) && flag.length() > KAFKA_PROPERTIES.length();
    }

    private void resolve() {
        for (ConfigKey key : ConfigKey.values()) {
            Optional.ofNullable(flags.get(key.key()))
                    .or(() -> Optional.ofNullable(environment.get(key.variable())))
                    .or(() -> Optional.ofNullable(file.get(key.key())).flatMap(this::substituted))
                    .or(key::fallback)
                    .ifPresent(value -> values.put(key, value));
        }
    }

    private Optional<String> substituted(Text text) {
        Matcher matcher = VARIABLE.matcher(text.text());
        StringBuilder whole = new StringBuilder();
        while (matcher.find()) {
            String found = environment.get(matcher.group(1));
            String value = found == null ? matcher.group(2) : found;
            if (value == null) {
                problems.add(
                        text,
                        matcher.start(),
                        "Cannot read environment variable '" + matcher.group(1)
                                + "': it is not set; set it, or write ${" + matcher.group(1) + ":-default}");
                return Optional.empty();
            }
            matcher.appendReplacement(whole, Matcher.quoteReplacement(value));
        }
        return Optional.of(matcher.appendTail(whole).toString());
    }

    private FreshetConfig config() {
        String namespace = text(ConfigKey.NAMESPACE);
        if (!NAMESPACE.matcher(namespace).matches()) {
            fault(ConfigKey.NAMESPACE, "expected letters, digits, '.', '_' and '-'");
        }
        if (PASSWORD_IN_URI.matcher(text(ConfigKey.REDIS_URI)).matches()) {
            problems.add(
                    place(ConfigKey.REDIS_URI),
                    0,
                    "Cannot take a user or password from redis.uri, where logs may show it:"
                            + " set redis.username and redis.password");
        }
        return new FreshetConfig(
                namespace,
                new FreshetConfig.Kafka(text(ConfigKey.KAFKA_BOOTSTRAP), kafkaProperties),
                new FreshetConfig.Redis(
                        text(ConfigKey.REDIS_URI),
                        optional(ConfigKey.REDIS_USERNAME),
                        optional(ConfigKey.REDIS_PASSWORD).map(Secret::new),
                        optional(ConfigKey.REDIS_CA_CERTIFICATES),
                        number(ConfigKey.REDIS_BATCH, 1, 10_000),
                        number(ConfigKey.REDIS_PENDING, 1, 10_000_000),
                        duration(ConfigKey.REDIS_RETRY_FOR)),
                registry(),
                new FreshetConfig.Flink(
                        number(ConfigKey.FLINK_PARALLELISM, 1, 10_000),
                        state(),
                        number(ConfigKey.FLINK_CACHE_ENTITIES, 0, 100_000_000),
                        duration(ConfigKey.FLINK_CHECKPOINT_INTERVAL, SHORTEST_CHECKPOINT_INTERVAL),
                        optional(ConfigKey.FLINK_CHECKPOINT_DIR),
                        optional(ConfigKey.FLINK_METRICS_PORT)
                                .map(port -> number(ConfigKey.FLINK_METRICS_PORT, 0, 65_535)),
                        duration(ConfigKey.FLINK_BUFFER_TIMEOUT),
                        number(ConfigKey.FLINK_UI_PORT, 0, 65_535),
                        rest()),
                serve(),
                limits(),
                text(ConfigKey.VIEWS),
                optional(ConfigKey.SCHEMAS));
    }

    private Limits limits() {
        return new Limits(
                number(ConfigKey.LIMITS_EVENT_BYTES, 1, MOST_EVENT_BYTES),
                number(ConfigKey.LIMITS_KEY_LENGTH, 1, MOST_KEY_LENGTH),
                number(ConfigKey.LIMITS_LIST_LENGTH, 0, MOST_LIST_LENGTH),
                number(ConfigKey.LIMITS_DISTINCT_VALUES, 1, MOST_DISTINCT_VALUES),
                new ExpressionLimits(
                        number(ConfigKey.LIMITS_EXPRESSION_LENGTH, 1, ExpressionLimits.MOST_LENGTH),
                        number(ConfigKey.LIMITS_EXPRESSION_COST, 1, MOST_EXPRESSION_COST)));
    }

    private FreshetConfig.Registry registry() {
        List<String> urls = Arrays.stream(text(ConfigKey.REGISTRY_URL).split(","))
                .map(String::strip)
                .filter(url -> !url.isEmpty())
                .toList();
        if (urls.stream().anyMatch(url -> USER_IN_URL.matcher(url).matches())) {
            problems.add(
                    place(ConfigKey.REGISTRY_URL),
                    0,
                    "Cannot take a user or password from registry.url, where logs may show it:"
                            + " set registry.username and registry.password");
        } else if (!urls.stream().allMatch(url -> HTTP_URL.matcher(url).matches())) {
            fault(ConfigKey.REGISTRY_URL, "expected http://host:port or https://, several with commas");
        }
        return new FreshetConfig.Registry(
                urls.stream().map(url -> url.replaceAll("/+$", "")).toList(),
                optional(ConfigKey.REGISTRY_USERNAME),
                optional(ConfigKey.REGISTRY_PASSWORD).map(Secret::new),
                optional(ConfigKey.REGISTRY_CA_CERTIFICATES),
                duration(ConfigKey.REGISTRY_TIMEOUT, SHORTEST_REGISTRY_TIMEOUT),
                duration(ConfigKey.REGISTRY_RETRY_FOR));
    }

    private FreshetConfig.Serve serve() {
        return new FreshetConfig.Serve(
                text(ConfigKey.SERVE_HOST),
                number(ConfigKey.SERVE_PORT, 0, 65_535),
                optional(ConfigKey.SERVE_TOKEN).map(Secret::new),
                number(ConfigKey.SERVE_PENDING, 1, 100_000),
                number(ConfigKey.SERVE_MAX_BODY, 1, 100_000_000),
                number(ConfigKey.SERVE_MAX_ROWS, 1, 1_000_000),
                duration(ConfigKey.SERVE_TIMEOUT, SHORTEST_SERVE_TIMEOUT),
                duration(ConfigKey.SERVE_IDLE, SHORTEST_SERVE_IDLE),
                duration(ConfigKey.SERVE_STOP_WITHIN),
                optional(ConfigKey.SERVE_STALE_AFTER).map(given -> duration(ConfigKey.SERVE_STALE_AFTER)),
                optional(ConfigKey.SERVE_LOG),
                services);
    }

    private String text(ConfigKey key) {
        return values.getOrDefault(key, "");
    }

    private Optional<String> optional(ConfigKey key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
    }

    private int number(ConfigKey key, int least, int most) {
        String value = text(key);
        if (value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most) {
            return Integer.parseInt(value);
        }
        fault(key, "expected a whole number from " + least + " to " + most);
        return least;
    }

    private Duration duration(ConfigKey key) {
        return duration(key, Duration.ZERO);
    }

    private Duration duration(ConfigKey key, Duration least) {
        Optional<Duration> found = Durations.parse(text(key));
        if (found.isEmpty()) {
            fault(key, Durations.EXPECTED);
        } else if (found.get().compareTo(least) < 0) {
            fault(key, "expected " + Durations.format(least.toMillis()) + " or more");
        }
        return found.orElse(Duration.ZERO);
    }

    private Optional<FreshetConfig.StateBackend> state() {
        Optional<String> value = optional(ConfigKey.FLINK_STATE);
        Optional<FreshetConfig.StateBackend> found =
                value.flatMap(name -> Arrays.stream(FreshetConfig.StateBackend.values())
                        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
                        .findFirst());
        if (value.isPresent() && found.isEmpty()) {
            fault(ConfigKey.FLINK_STATE, "expected heap or rocksdb");
        }
        return found;
    }

    private URI rest() {
        String value = text(ConfigKey.FLINK_REST);
        if (!HTTP_URL.matcher(value).matches()) {
            fault(ConfigKey.FLINK_REST, "expected an address like http://localhost:8081");
            return URI.create("http://localhost");
        }
        return URI.create(value);
    }

    private void fault(ConfigKey key, String expected) {
        problems.add(place(key), 0, "Cannot use " + shown(key) + " for " + key.key() + ": " + expected);
    }

    /** What the author wrote, but never what stands in the environment: that may be a secret in the wrong place. */
    private String shown(ConfigKey key) {
        if (flags.containsKey(key.key())) {
            return "'" + text(key) + "'";
        }
        if (environment.containsKey(key.variable())) {
            return "the value of " + key.variable();
        }
        return "'" + place(key).text() + "'";
    }

    private Text place(ConfigKey key) {
        boolean fromFile = !flags.containsKey(key.key()) && !environment.containsKey(key.variable());
        Text inFile = file.get(key.key());
        return fromFile && inFile != null ? inFile : nowhere();
    }

    private static Text nowhere() {
        return new Text("", 1, 1);
    }
}
