/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.explain;

import io.freshet.cli.CommandFailedException;
import io.freshet.cli.EventFile;
import io.freshet.definition.Column;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.Expression;
import io.freshet.metrics.ViewMetrics;
import io.freshet.window.SharedTiles;
import io.freshet.window.WindowEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a view is and costs.
 *
 * @param plan the view
 * @param chains which of its windows share tiles
 * @param formulas its expressions
 * @param costs of an entity, by events a day
 * @param measured over the events of a file, where there is one
 */
public record Explanation(
        ViewPlan plan,
        List<SharedTiles> chains,
        List<Formula> formulas,
        Map<Double, Cost> costs,
        Optional<Measured> measured) {

    /** Entities that are hardly there, common and busy, in events a day. */
    private static final List<Double> RATES = List.of(1.0, 20.0, 1_000.0);

    /**
     * An expression of the view.
     *
     * @param of what it is for: {@code where}, {@code where of spent}, {@code spent}, or a derived column
     * @param text as the author wrote it
     * @param compiled whether it is plain Java; else it is interpreted
     */
    public record Formula(String of, String text, boolean compiled) {}

    /**
     * Explains a view.
     *
     * @param namespace prefix of its keys in Redis
     * @param eventsPerDay a rate that is told beside the usual ones; above 0
     * @param events events to measure with
     */
    public static Explanation of(
            ViewPlan plan, String namespace, Optional<Double> eventsPerDay, Optional<EventFile> events)
            throws CommandFailedException {
        WindowEngine engine = new WindowEngine(plan.windowed(), plan.view().emit(), ViewMetrics.NONE);
        List<Double> rates = eventsPerDay.map(List::of).orElse(RATES);
        Map<Double, Cost> costs = new LinkedHashMap<>();
        rates.forEach(rate -> costs.put(rate, Estimate.of(plan, namespace, rate)));
        Optional<Measured> measured =
                events.isPresent() ? Optional.of(Measured.of(plan, namespace, events.get())) : Optional.empty();
        return new Explanation(plan, engine.sharedTiles(), formulas(plan), costs, measured);
    }

    private static List<Formula> formulas(ViewPlan plan) {
        List<Formula> formulas = new ArrayList<>();
        FeatureView view = plan.view();
        ViewPlan.SourcePlan source = plan.sources().get(0);
        view.where().ifPresent(text -> source.where().ifPresent(where -> formulas.add(formula("where", text, where))));
        Map<String, Column.Windowed> windowed = new LinkedHashMap<>();
        plan.windowed().forEach(column -> windowed.put(column.name(), column));
        for (FeatureView.Feature feature : view.features()) {
            // Its columns differ in the window alone.
            Column.Windowed first =
                    windowed.get(feature.name() + "_" + feature.windows().get(0).label());
            if (first != null) {
                formulas.addAll(formulas(feature, first.aggregate(), plan));
            }
        }
        Map<String, Expression> computed = new LinkedHashMap<>();
        plan.columns().stream()
                .filter(Column.Computed.class::isInstance)
                .map(Column.Computed.class::cast)
                .forEach(column -> computed.put(column.name(), column.expression()));
        for (FeatureView.Derived derived : view.derived()) {
            Expression expression = computed.get(derived.name());
            if (expression != null) {
                formulas.add(formula(derived.name(), derived.expression(), expression));
            }
        }
        return formulas;
    }

    private static List<Formula> formulas(FeatureView.Feature feature, Column.Aggregate aggregate, ViewPlan plan) {
        List<Formula> formulas = new ArrayList<>();
        for (ViewPlan.SourcePlan source : plan.sources()) {
            if (!aggregate.inputs().isEmpty()
                    && source.inputs().get(aggregate.inputs().get(0)) instanceof ViewPlan.Formula input) {
                formulas.add(formula(feature.name(), feature.input(), input.expression()));
            }
            int filter = aggregate.selection().filter();
            if (filter != Column.Selection.NONE
                    && source.filters().get(filter) instanceof ViewPlan.Condition condition) {
                feature.where()
                        .ifPresent(text ->
                                formulas.add(formula("where of " + feature.name(), text, condition.expression())));
            }
        }
        return formulas.stream().distinct().toList();
    }

    private static Formula formula(String of, FeatureView.Text text, Expression expression) {
        return new Formula(of, text.text().strip(), expression.isCompiled());
    }
}
