/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.config;

import io.freshet.definition.DefinitionException;
import io.freshet.definition.FeatureView.Text;
import io.freshet.definition.Problem;
import io.freshet.definition.Problems;
import io.freshet.definition.YamlMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds secrets that stand in a settings file as they are, which must not leave the machine of their author. */
public final class LiteralSecrets {

    private static final List<String> SECTIONS = List.of("redis", "registry", "serve");

    /** Keys of Kafka clients and of Redis whose values nobody else is to see. */
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(password|secret|jaas|token|credential|private|\\.key$).*");

    private static final String NAMED = "\\$\\{[A-Za-z_][A-Za-z0-9_]*}";

    private LiteralSecrets() {}

    /** Whether the value of that setting is a secret. */
    public static boolean isSecret(String key) {
        return SECRET.matcher(key).matches();
    }

    /**
     * Refuses a settings file that holds a secret.
     *
     * @param file its name, for messages
     * @param yaml its text
     * @throws DefinitionException with the place of each; never shows one
     */
    public static void refuse(String file, String yaml) throws DefinitionException {
        Problems problems = new Problems(file, yaml);
        if (!yaml.isBlank()) {
            YamlMap.file(yaml, problems).ifPresent(root -> {
                for (String section : SECTIONS) {
                    root.map(section).ifPresent(map -> refuse(map, map.entries().keySet(), problems));
                }
                root.map("kafka")
                        .flatMap(kafka -> kafka.map("properties"))
                        .ifPresent(kafka -> refuse(kafka, kafka.entries().keySet(), problems));
            });
        }
        if (!problems.isEmpty()) {
            throw new DefinitionException(problems.sorted().stream()
                    .map(each -> new Problem(each.file(), each.line(), each.column(), each.message(), ""))
                    .toList());
        }
    }

    private static void refuse(YamlMap map, Set<String> keys, Problems problems) {
        for (String key : keys) {
            if (isSecret(key)) {
                map.text(key)
                        .filter(LiteralSecrets::isLiteral)
                        .ifPresent(text -> problems.add(
                                text,
                                0,
                                "Cannot send the value of '" + key
                                        + "' to a cluster, where everybody may see it: write ${NAME}"
                                        + " here, and set NAME in the environment of the cluster's JobManager"));
            }
        }
    }

    /** A JAAS line names its module and holds its secret as a variable: one is enough. */
    private static boolean isLiteral(Text text) {
        return !text.text().isEmpty()
                && !Pattern.compile(NAMED).matcher(text.text()).find();
    }
}
