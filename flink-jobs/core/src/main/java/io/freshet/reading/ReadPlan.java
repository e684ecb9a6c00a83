/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.reading;

import io.freshet.definition.Column;
import io.freshet.definition.OnDemandPlan;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.Expression;
import io.freshet.expression.Spelling;
import io.freshet.expression.ValueType;
import io.freshet.metrics.ViewMetrics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the wanted features of a view are got from its rows: which columns must be read, how they change up to the moment of
 * reading, and what is computed on demand. Immutable and safe for use by many threads; what computes is for one.
 */
public final class ReadPlan {

    private final ViewPlan view;
    private final List<Feature> features;
    private final List<Column> columns;
    private final List<OnDemandPlan.RequestField> request;
    private final LaterValues later;

    /**
     * A wanted feature.
     *
     * @param name its name
     * @param type type of its values
     * @param reads positions of the columns that it is, or is computed on demand from
     * @param onDemand what it is computed by; empty where it is the column that it reads
     */
    public record Feature(String name, ValueType type, List<Integer> reads, List<Expression> onDemand) {
        public Feature {
            reads = List.copyOf(reads);
            onDemand = List.copyOf(onDemand);
        }
    }

    private ReadPlan(ViewPlan view, List<String> wanted) {
        this.view = view;
        Set<String> variables = new HashSet<>();
        view.onDemand().features().stream()
                .filter(feature -> wanted.contains(feature.name()))
                .forEach(feature -> variables.addAll(feature.expression().variables()));
        columns = needed(view, wanted, variables);
        later = new LaterValues(columns);
        request = view.onDemand().request().stream()
                .filter(field -> variables.contains(field.variable()))
                .toList();
        features = wanted.stream().map(this::feature).toList();
    }

    /**
     * For some features of a view.
     *
     * @param wanted names of columns and on-demand features, in the order wanted
     * @throws IllegalArgumentException if the view has no such feature; the message names those it has
     */
    public static ReadPlan of(ViewPlan view, List<String> wanted) {
        List<String> known = names(view);
        for (String name : wanted) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("Cannot read feature '" + name + "': view '"
                        + view.view().name() + "' has no such feature" + Spelling.suggestion(name, known) + " (known: "
                        + String.join(", ", known) + ")");
            }
        }
        return new ReadPlan(view, wanted);
    }

    /** For all features of a view, in its order. */
    public static ReadPlan all(ViewPlan view) {
        return new ReadPlan(view, names(view));
    }

    /** Names of all features of a view: its columns, then what is computed on demand. */
    public static List<String> names(ViewPlan view) {
        return Stream.concat(
                        view.columns().stream().map(Column::name),
                        view.onDemand().features().stream().map(OnDemandPlan.Feature::name))
                .toList();
    }

    /** The columns that are wanted, or that a wanted feature is computed from, in the order of the view. */
    private static List<Column> needed(ViewPlan view, Collection<String> wanted, Collection<String> variables) {
        LaterValues all = new LaterValues(view.columns());
        Set<String> names = new HashSet<>(wanted);
        names.addAll(variables);
        for (int i = 0; i < view.columns().size(); i++) {
            if (view.columns().get(i) instanceof Column.Computed computed
                    && names.contains(computed.name())
                    && all.changes(i)) {
                names.addAll(computed.expression().variables());
            }
        }
        return view.columns().stream()
                .filter(column -> names.contains(column.name()))
                .toList();
    }

    private Feature feature(String name) {
        int position = later.names().indexOf(name);
        if (position >= 0) {
            return new Feature(name, columns.get(position).type(), List.of(position), List.of());
        }
        OnDemandPlan.Feature found = view.onDemand().features().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        List<Integer> reads = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (found.expression().variables().contains(columns.get(i).name())) {
                reads.add(i);
            }
        }
        return new Feature(name, found.type(), reads, List.of(found.expression()));
    }

    /** The view. */
    public ViewPlan view() {
        return view;
    }

    /** The wanted features, in the order wanted. */
    public List<Feature> features() {
        return features;
    }

    /** The columns that must be read of a row, in the order of the view. */
    public List<Column> columns() {
        return columns;
    }

    /** Whether any of the features is computed on demand. */
    public boolean isOnDemand() {
        return features.stream().anyMatch(feature -> !feature.onDemand().isEmpty());
    }

    /** What a request must say for the wanted features. */
    public List<OnDemandPlan.RequestField> request() {
        return request;
    }

    /** How the values of {@link #columns} change while nothing happens. */
    public LaterValues later() {
        return later;
    }

    /**
     * What computes the wanted features; for one thread.
     *
     * @param metrics where expressions that fail on their values are counted; they give null
     */
    public FeatureComputation computation(ViewMetrics metrics) {
        return new FeatureComputation(this, metrics);
    }
}
