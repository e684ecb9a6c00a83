/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.definition.Column;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.reading.ReadPlan;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads which views and columns are wanted: {@code a,b:edits,pages_1h} is all of a, and of b the feature edits over all
 * its windows and the column pages_1h.
 */
final class WantedViews {

    private final Map<String, ViewText> known;
    private final Map<String, Set<String>> wanted = new LinkedHashMap<>();

    private WantedViews(List<ViewText> views) {
        known = views.stream()
                .collect(Collectors.toMap(view -> view.plan().view().name(), view -> view));
    }

    /** The wanted columns, by view, in the order given; views and columns that are not there are refused. */
    static Map<ViewText, List<String>> read(String text, List<ViewText> views) throws TrainingException {
        WantedViews reading = new WantedViews(views);
        String current = "";
        for (String part : text.split(",", -1)) {
            current = reading.take(part.strip(), current);
        }
        Map<ViewText, List<String>> read = new LinkedHashMap<>();
        for (Map.Entry<String, Set<String>> each : reading.wanted.entrySet()) {
            ViewText view = reading.view(each.getKey());
            List<String> all = names(view);
            Set<String> columns = each.getValue();
            read.put(
                    view,
                    columns.isEmpty()
                            ? all
                            : all.stream().filter(columns::contains).toList());
        }
        return read;
    }

    /** Takes one part, and gives the view whose columns may follow. */
    private String take(String part, String current) throws TrainingException {
        int colon = part.indexOf(':');
        if (colon >= 0) {
            String view = part.substring(0, colon).strip();
            add(view);
            column(view, part.substring(colon + 1).strip());
            return view;
        }
        if (!current.isEmpty() && columns(current, part).isPresent()) {
            column(current, part);
            return current;
        }
        if (!current.isEmpty() && !known.containsKey(part)) {
            column(current, part);
        }
        add(part);
        return "";
    }

    private void add(String view) throws TrainingException {
        view(view);
        if (wanted.put(view, new LinkedHashSet<>()) != null) {
            throw new TrainingException("View '" + view + "' is named twice in --views");
        }
    }

    private void column(String view, String name) throws TrainingException {
        String known = String.join(", ", names(view(view)));
        List<String> columns = columns(view, name)
                .orElseThrow(() -> new TrainingException(
                        "Unknown feature '" + name + "' of view '" + view + "' (known: " + known + ")"));
        wanted.computeIfAbsent(view, missing -> new LinkedHashSet<>()).addAll(columns);
    }

    /** The columns of that name, or of the feature of that name. */
    private Optional<List<String>> columns(String view, String name) throws TrainingException {
        ViewPlan plan = view(view).plan();
        List<String> columns = ReadPlan.names(plan).stream()
                .filter(column -> column.equals(name))
                .toList();
        if (columns.isEmpty()) {
            columns = plan.view().features().stream()
                    .filter(feature -> feature.name().equals(name))
                    .flatMap(feature -> columnsOf(feature, plan).stream())
                    .toList();
        }
        return columns.isEmpty() ? Optional.empty() : Optional.of(columns);
    }

    private static List<String> columnsOf(FeatureView.Feature feature, ViewPlan plan) {
        return plan.columns().stream()
                .filter(column -> column instanceof Column.Windowed
                        && column.name()
                                .equals(feature.name() + "_" + column.window().label()))
                .map(Column::name)
                .toList();
    }

    private ViewText view(String name) throws TrainingException {
        ViewText view = known.get(name);
        if (view == null) {
            throw new TrainingException("Unknown view '" + name + "' in --views (known: "
                    + String.join(", ", known.keySet().stream().sorted().toList()) + ")");
        }
        return view;
    }

    private static List<String> names(ViewText view) {
        return ReadPlan.names(view.plan());
    }
}
