/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.viewtest;

import io.freshet.definition.FeatureView.Text;
import io.freshet.definition.Problems;
import io.freshet.definition.YamlMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Parts of a file of tests that are read in the same way wherever they stand. */
final class Yaml {

    private Yaml() {}

    /** The maps of a list under a key; none where the key is not there. */
    static List<YamlMap> maps(YamlMap map, String key, String what, Problems problems) {
        Optional<Node> node = map.value(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof SequenceNode list) || list.getValue().isEmpty()) {
            problems.add(
                    map.keyNode(key), "Cannot read '" + key + "': expected a list with one item or more, each " + what);
            return List.of();
        }
        return list.getValue().stream()
                .flatMap(item -> YamlMap.of(item, what, problems).stream())
                .toList();
    }

    /** A time of a test; empty for a text that is none, which is then a problem. */
    static OptionalLong time(Text time, long startMillis, Problems problems) {
        OptionalLong millis = Times.millis(time.text(), startMillis);
        if (millis.isEmpty()) {
            problems.add(time, 0, "Cannot read the time '" + time.text() + "': " + Times.EXPECTED);
        }
        return millis;
    }

    /** Where a node begins. */
    static Text place(Node node) {
        return new Text(
                "",
                node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1),
                node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1));
    }

    /** Whether a value says null, as YAML's core schema has it. */
    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && List.of("", "~", "null", "Null", "NULL").contains(scalar.getValue());
    }

    /** Whether a value is a mapping. */
    static boolean isMapping(Node node) {
        return node instanceof MappingNode;
    }
}
