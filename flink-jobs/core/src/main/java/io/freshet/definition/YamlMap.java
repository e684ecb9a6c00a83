/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.expression.Spelling;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML mapping whose values know where they stand; what is not as it should be goes to {@link Problems}. */
public final class YamlMap {

    private final Node node;
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Problems problems;

    private YamlMap(Node node, Problems problems) {
        this.node = node;
        this.problems = problems;
    }

    /** The mapping that a whole file is; empty where it is none, which is then a problem. */
    public static Optional<YamlMap> file(String text, Problems problems) {
        try {
            LoadSettings settings =
                    LoadSettings.builder().setMaxAliasesForCollections(20).build();
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                problems.add(Optional.empty(), "Cannot read the file: it is empty");
            }
            return root.flatMap(node -> of(node, "the file", problems));
        } catch (MarkedYamlEngineException e) {
            problems.add(e.getProblemMark(), "Cannot read as YAML: " + e.getProblem());
            return Optional.empty();
        } catch (YamlEngineException e) {
            problems.add(Optional.empty(), "Cannot read as YAML: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** A node as a mapping; empty where it is none, which is then a problem. */
    public static Optional<YamlMap> of(Node node, String what, Problems problems) {
        if (!(node instanceof MappingNode mapping)) {
            problems.add(node, "Cannot read " + what + ": expected a mapping of keys to values");
            return Optional.empty();
        }
        YamlMap map = new YamlMap(node, problems);
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                if (map.values.put(key.getValue(), tuple.getValueNode()) != null) {
                    problems.add(key, "Duplicate key '" + key.getValue() + "' in " + what);
                }
                map.keys.put(key.getValue(), key);
            } else {
                problems.add(tuple.getKeyNode(), "Cannot read a key of " + what + ": expected a name");
            }
        }
        return Optional.of(map);
    }

    /** The mapping itself. */
    public Node node() {
        return node;
    }

    /** All keys and their values, in order. */
    public Map<String, Node> entries() {
        return values;
    }

    /** Where a key stands; the mapping where the key is not there. */
    public Node keyNode(String key) {
        Node found = keys.get(key);
        return found == null ? node : found;
    }

    /** Reports each key that is none of these. */
    public void allow(Collection<String> known, String what) {
        allow(known, what, UnaryOperator.identity(), "");
    }

    /**
     * As {@link #allow(Collection, String)}, for keys that have other names elsewhere.
     *
     * @param meant the known key that a written one means, or the written one
     * @param otherwise what a key may be that is near to no known one, a further part of the message; may be empty
     */
    void allow(Collection<String> known, String what, UnaryOperator<String> meant, String otherwise) {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                String near = Spelling.suggestion(meant.apply(key), known);
                problems.add(
                        keyNode(key),
                        "Unknown key '" + key + "' in " + what + near + " (known: " + String.join(", ", known) + ")"
                                + (near.isEmpty() ? otherwise : ""));
            }
        }
    }

    /** What stands under a key; empty where the key is not there. */
    public Optional<Node> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** A mapping under a key; empty where the key is not there. */
    public Optional<YamlMap> map(String key) {
        return value(key).flatMap(found -> of(found, "'" + key + "'", problems));
    }

    /** A scalar under a key with its place; empty where the key is not there. */
    public Optional<FeatureView.Text> text(String key) {
        return value(key).flatMap(found -> scalar(found, "'" + key + "'"));
    }

    /** As {@link #text}, and a problem where the key is not there. */
    public Optional<FeatureView.Text> required(String key, String what) {
        if (!values.containsKey(key)) {
            problems.add(node, "Missing key '" + key + "' in " + what);
        }
        return text(key);
    }

    /** The scalars of a list under a key; one scalar counts as a list of one. */
    public List<FeatureView.Text> texts(String key) {
        return value(key).map(found -> scalars(found, "'" + key + "'")).orElse(List.of());
    }

    private List<FeatureView.Text> scalars(Node found, String what) {
        if (found instanceof SequenceNode list) {
            return list.getValue().stream()
                    .flatMap(each -> scalar(each, "an item of " + what).stream())
                    .toList();
        }
        return scalar(found, what).stream().toList();
    }

    /** A node as a scalar with the place of its first character; empty where it is none, which is then a problem. */
    public Optional<FeatureView.Text> scalar(Node found, String what) {
        if (!(found instanceof ScalarNode scalar)) {
            problems.add(found, "Cannot read " + what + ": expected a single value");
            return Optional.empty();
        }
        int line = scalar.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        int column = scalar.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
        String text = scalar.getValue();
        ScalarStyle style = scalar.getScalarStyle();
        if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
            // The node starts at its | or >, its text on the line below.
            return Optional.of(new FeatureView.Text(text, line + 1, problems.blockColumn(text, line + 1)));
        }
        boolean quoted = style == ScalarStyle.DOUBLE_QUOTED || style == ScalarStyle.SINGLE_QUOTED;
        return Optional.of(new FeatureView.Text(text, line, quoted ? column + 1 : column));
    }
}
