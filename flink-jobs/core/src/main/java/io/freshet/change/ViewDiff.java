/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.change;

import io.freshet.definition.Column;
import io.freshet.definition.FeatureView;
import io.freshet.definition.Meanings;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.Durations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What becomes of one view.
 *
 * @param view its name
 * @param before what runs; empty where it does not run
 * @param now what is to run; empty where it is gone
 * @param changes what differs; nothing where it is new, gone or the same
 * @param kept columns whose state goes on as it is
 * @param dropped columns whose state is left behind
 * @param filling columns that begin without a past
 */
public record ViewDiff(
        String view,
        Optional<ViewPlan> before,
        Optional<ViewPlan> now,
        List<Change> changes,
        List<String> kept,
        List<String> dropped,
        List<Filling> filling) {

    public ViewDiff {
        changes = List.copyOf(changes);
        kept = List.copyOf(kept);
        dropped = List.copyOf(dropped);
        filling = List.copyOf(filling);
    }

    /** What becomes of a view. */
    public enum Kind {
        NEW,
        UNCHANGED,
        CHANGED,
        REMOVED
    }

    /** In a word. */
    public Kind kind() {
        if (before.isEmpty()) {
            return Kind.NEW;
        }
        if (now.isEmpty()) {
            return Kind.REMOVED;
        }
        return changes.isEmpty() ? Kind.UNCHANGED : Kind.CHANGED;
    }

    /** Whether readers find other columns, or other values in those there were. */
    public boolean hasNewColumns() {
        return !filling.isEmpty();
    }

    /** What becomes of each view: those that are to run in their order, then those that are gone. */
    public static List<ViewDiff> of(List<ViewPlan> running, List<ViewPlan> wanted) {
        Map<String, ViewPlan> before = byName(running);
        Map<String, ViewPlan> now = byName(wanted);
        List<ViewDiff> diffs = new ArrayList<>();
        now.forEach((name, plan) -> diffs.add(of(name, Optional.ofNullable(before.get(name)), Optional.of(plan))));
        before.forEach((name, plan) -> {
            if (!now.containsKey(name)) {
                diffs.add(of(name, Optional.of(plan), Optional.empty()));
            }
        });
        return diffs;
    }

    private static Map<String, ViewPlan> byName(List<ViewPlan> plans) {
        return plans.stream()
                .collect(Collectors.toMap(
                        plan -> plan.view().name(), Function.identity(), (one, other) -> one, LinkedHashMap::new));
    }

    private static ViewDiff of(String name, Optional<ViewPlan> before, Optional<ViewPlan> now) {
        Map<String, String> was = before.map(ViewDiff::windowed).orElse(Map.of());
        Map<String, String> is = now.map(ViewDiff::windowed).orElse(Map.of());
        List<String> kept = is.keySet().stream()
                .filter(column -> Objects.equals(is.get(column), was.get(column)))
                .toList();
        List<String> dropped =
                was.keySet().stream().filter(column -> !kept.contains(column)).toList();
        List<Filling> filling = now.stream()
                .flatMap(plan -> plan.windowed().stream()
                        .filter(column -> !kept.contains(column.name()))
                        .map(column -> filling(column, plan.view())))
                .toList();
        List<Change> changes =
                before.isPresent() && now.isPresent() ? new Differences(before.get(), now.get()).all() : List.of();
        return new ViewDiff(name, before, now, changes, kept, dropped, filling);
    }

    /** Events of before may be ahead of the clock by as much as the view allows; the first that it sees all of come then. */
    private static Filling filling(Column.Windowed column, FeatureView view) {
        long memory = column.window().memoryMillis();
        long ahead = view.sources().stream()
                .mapToLong(source -> source.maxFuture().toMillis())
                .max()
                .orElse(0);
        return new Filling(column.name(), memory == Long.MAX_VALUE ? memory : memory + ahead);
    }

    private static Map<String, String> windowed(ViewPlan plan) {
        List<String> meanings = Meanings.of(plan);
        Map<String, String> byName = new LinkedHashMap<>();
        for (int i = 0; i < plan.columns().size(); i++) {
            if (plan.columns().get(i) instanceof Column.Windowed column) {
                byName.put(column.name(), meanings.get(i));
            }
        }
        return byName;
    }

    /** What could harm. */
    public List<Danger> dangers() {
        if (now.isEmpty()) {
            return List.of(new Danger(
                    "View '" + view + "' is gone: its state is left behind, and its rows stay in the online store"
                            + ttl(before.orElseThrow().view()) + " as they are",
                    Consent.DROP_STATE));
        }
        if (before.isEmpty()) {
            return List.of();
        }
        int was = before.get().view().version();
        int is = now.get().view().version();
        if (is < was) {
            return List.of(new Danger(
                    "View '" + view + "' goes back from version " + was + " to " + is
                            + ": the online store keeps the rows of the greater version; write version: " + (was + 1),
                    Consent.NEVER));
        }
        List<String> meanings = changes.stream().flatMap(ViewDiff::otherMeaning).toList();
        if (is > was || meanings.isEmpty()) {
            return List.of();
        }
        return List.of(new Danger(
                "View '" + view + "' means something else (" + String.join(", ", meanings)
                        + ") and is still version " + was
                        + ": readers and training sets would mix the two; write version: "
                        + (was + 1),
                Consent.NEW_MEANING));
    }

    private static Stream<String> otherMeaning(Change change) {
        if (change instanceof Change.Property property) {
            return property.isMeaning() ? Stream.of(property.key()) : Stream.empty();
        }
        return change instanceof Change.Redefined feature ? feature.redefined().stream() : Stream.empty();
    }

    private static String ttl(FeatureView view) {
        return view.online()
                .ttl()
                .map(ttl -> " for " + Durations.format(ttl.toMillis()))
                .orElse(" for ever");
    }
}
