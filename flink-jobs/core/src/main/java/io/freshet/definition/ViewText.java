/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A view as text: what is shipped to where it runs, to be planned again there.
 *
 * @param file the file as its author knows it
 * @param yaml the view
 * @param schemas the schemas of its topics, by the names that the view gives them, and the other versions of them that
 *     its events may have been written with, by name and fingerprint
 */
public record ViewText(String file, String yaml, Map<String, String> schemas) implements Serializable {
    private static final long serialVersionUID = 2L;

    public ViewText {
        schemas = Map.copyOf(schemas);
    }

    /** Checks a view within the default limits and takes it as text. */
    public static ViewText of(String file, String yaml, Schemas schemas) throws DefinitionException {
        return of(file, yaml, schemas, Limits.DEFAULT);
    }

    /**
     * Checks a view and takes it as text.
     *
     * @param limits what it may ask of a job
     */
    public static ViewText of(String file, String yaml, Schemas schemas, Limits limits) throws DefinitionException {
        ViewPlan plan = ViewPlanner.plan(file, yaml, schemas, limits);
        Map<String, String> used = new HashMap<>();
        for (ViewPlan.SourcePlan topic : plan.sources()) {
            used.put(topic.source().schema(), topic.schema().toString());
            for (Schema writer : topic.writers()) {
                String name = topic.source().format() == EventFormat.AVRO
                        ? topic.source().writerSchema().orElse(topic.source().schema())
                        : version(writer);
                used.put(name, writer.toString());
            }
        }
        return new ViewText(file, yaml, used);
    }

    private static String version(Schema schema) {
        return "%s %016X".formatted(schema.getFullName(), SchemaNormalization.parsingFingerprint64(schema));
    }

    /** The plan of a view that was checked before. */
    public ViewPlan plan() {
        try {
            return ViewPlanner.plan(file, yaml, new Schemas(schemas), Limits.NONE);
        } catch (DefinitionException e) {
            throw new IllegalStateException("A checked view must plan: " + file, e);
        }
    }

    /**
     * Checks views against each other: names differ, and views over one topic agree on their source.
     *
     * @throws DefinitionException with all that is wrong
     */
    public static void checkTogether(List<ViewText> views) throws DefinitionException {
        List<Problem> problems = new ArrayList<>();
        List<ViewPlan> plans = views.stream().map(ViewText::plan).toList();
        for (int i = 0; i < views.size(); i++) {
            FeatureView later = plans.get(i).view();
            for (int j = 0; j < i; j++) {
                FeatureView earlier = plans.get(j).view();
                if (later.name().equals(earlier.name())) {
                    String other = views.get(j).file();
                    problems.addAll(
                            views.get(i).problem("view", "Duplicate view '" + later.name() + "', also in " + other));
                } else {
                    problems.addAll(views.get(i).disagreements(plans.get(i), plans.get(j)));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new DefinitionException(problems);
        }
    }

    /** A problem for each topic that an earlier view reads in another way. */
    private List<Problem> disagreements(ViewPlan plan, ViewPlan earlier) {
        Problems problems = new Problems(file, yaml);
        for (int i = 0; i < plan.sources().size(); i++) {
            ViewPlan.SourcePlan mine = plan.sources().get(i);
            for (ViewPlan.SourcePlan other : earlier.sources()) {
                if (isTopic(mine)
                        && isTopic(other)
                        && mine.source().topic().equals(other.source().topic())
                        && !agree(mine, other)) {
                    problems.add(
                            placeOfSource(i),
                            "Views '" + earlier.view().name() + "' and '"
                                    + plan.view().name() + "' read topic '"
                                    + mine.source().topic()
                                    + "' but differ in 'source': one topic has one schema, event_time, out_of_orderness,"
                                    + " idle_after, max_future, non_finite, format and writer_schema");
                }
            }
        }
        return problems.sorted();
    }

    /** Each view reads files by itself. */
    private static boolean isTopic(ViewPlan.SourcePlan source) {
        return source.source().files().isEmpty();
    }

    private static boolean agree(ViewPlan.SourcePlan one, ViewPlan.SourcePlan other) {
        return one.source().equals(other.source())
                && one.schema().equals(other.schema())
                && one.writers().equals(other.writers());
    }

    private Node placeOfSource(int position) {
        return FeatureViewParser.parse(yaml, new Problems(file, yaml))
                .orElseThrow()
                .sources()
                .get(position)
                .place();
    }

    private List<Problem> problem(String key, String message) {
        Problems problems = new Problems(file, yaml);
        YamlMap.file(yaml, problems).ifPresent(root -> problems.add(root.keyNode(key), message));
        return problems.sorted();
    }
}
