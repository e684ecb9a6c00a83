/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A view as text: what is shipped to where it runs, to be planned again there.
 *
 * @param file the file as its author knows it
 * @param yaml the view
 * @param schemaName how the view names its schema
 * @param schemaJson the schema
 */
public record ViewText(String file, String yaml, String schemaName, String schemaJson) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Checks a view and takes it as text. */
    public static ViewText of(String file, String yaml, Schemas schemas) throws DefinitionException {
        ViewPlan plan = ViewPlanner.plan(file, yaml, schemas);
        return new ViewText(
                file, yaml, plan.view().source().schema(), plan.schema().toString());
    }

    /** The plan of a view that was checked before. */
    public ViewPlan plan() {
        try {
            return ViewPlanner.plan(file, yaml, new Schemas(Map.of(schemaName, schemaJson)));
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
                } else if (later.source().topic().equals(earlier.source().topic())
                        && !agree(plans.get(i), plans.get(j))) {
                    problems.addAll(views.get(i)
                            .problem(
                                    "source",
                                    "Views '" + earlier.name() + "' and '" + later.name()
                                            + "' read topic '" + later.source().topic()
                                            + "' but differ in 'source': one topic has one schema, event_time, out_of_orderness,"
                                            + " idle_after, max_future and non_finite"));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new DefinitionException(problems);
        }
    }

    private static boolean agree(ViewPlan one, ViewPlan other) {
        return one.view().source().equals(other.view().source()) && one.schema().equals(other.schema());
    }

    private List<Problem> problem(String key, String message) {
        Problems problems = new Problems(file, yaml);
        YamlMap.file(yaml, problems).ifPresent(root -> problems.add(root.keyNode(key), message));
        return problems.sorted();
    }
}
