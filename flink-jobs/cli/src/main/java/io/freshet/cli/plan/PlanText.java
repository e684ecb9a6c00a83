/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.plan;

import io.freshet.change.Change;
import io.freshet.change.Consent;
import io.freshet.change.Danger;
import io.freshet.change.Filling;
import io.freshet.change.ViewDiff;
import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Help.Ansi;

/** A plan as a diff: {@code +} comes, {@code -} goes, {@code ~} changes, {@code =} stays, {@code !} is unsafe. */
public final class PlanText {

    private static final int SHOWN = 6;

    private final JobPlan plan;
    private final Set<Consent> given;
    private final boolean isColoured;
    private final List<String> lines = new ArrayList<>();

    private PlanText(JobPlan plan, Set<Consent> given, boolean isColoured) {
        this.plan = plan;
        this.given = given;
        this.isColoured = isColoured;
    }

    /**
     * The lines.
     *
     * @param given what was agreed to
     */
    public static List<String> of(JobPlan plan, Set<Consent> given, Ansi ansi) {
        PlanText text = new PlanText(plan, given, ansi.enabled());
        text.all();
        return text.lines;
    }

    private void all() {
        lines.add("job 'freshet " + plan.namespace() + "': " + plan.job().orElse("none runs"));
        plan.views().forEach(this::view);
        if (plan.settingsChange()) {
            changed("~ ", "settings");
        }
        lines.add("topics");
        for (TopicPlan topic : plan.topics()) {
            String line = topic.topic() + "  " + topic.what();
            if (topic.isMade()) {
                added("  + ", line + " (would be made)");
            } else {
                lines.add("  = " + line);
            }
        }
        plan.dangers().forEach(this::danger);
        lines.add(summary());
    }

    private void view(ViewDiff diff) {
        switch (diff.kind()) {
            case NEW -> {
                added("+ ", diff.view() + "  new, version " + version(diff.now().orElseThrow()));
                columns("+", diff.now().orElseThrow());
            }
            case REMOVED ->
                removed(
                        "- ",
                        diff.view() + "  removed, was version "
                                + version(diff.before().orElseThrow()));
            case UNCHANGED ->
                lines.add("= " + diff.view() + "  unchanged, version "
                        + version(diff.now().orElseThrow()));
            case CHANGED -> {
                changed("~ ", diff.view() + "  changed, version " + versions(diff));
                diff.changes().forEach(this::change);
            }
        }
        consequences(diff);
    }

    private static int version(ViewPlan plan) {
        return plan.view().version();
    }

    private static String versions(ViewDiff diff) {
        int was = version(diff.before().orElseThrow());
        int is = version(diff.now().orElseThrow());
        return was == is ? String.valueOf(is) : was + " -> " + is;
    }

    private void columns(String mark, ViewPlan view) {
        for (Column column : view.columns()) {
            added("    " + mark + " ", column.name() + "  " + column.type());
        }
    }

    private void change(Change change) {
        if (change instanceof Change.Property property) {
            if (!property.key().equals("version")) {
                changed("    ~ ", property.key() + "  " + or(property.before()) + " -> " + or(property.now()));
            }
        } else if (change instanceof Change.Added feature) {
            added("    + ", feature.name() + "  " + feature.definition());
        } else if (change instanceof Change.Removed feature) {
            removed("    - ", feature.name() + "  " + feature.definition());
        } else if (change instanceof Change.Redefined feature) {
            removed("    - ", feature.name() + "  " + feature.before());
            added("    + ", feature.name() + "  " + feature.now());
        }
    }

    private static String or(String text) {
        return text.isEmpty() ? "(none)" : text;
    }

    private void consequences(ViewDiff diff) {
        if (!diff.kept().isEmpty() && diff.kind() == ViewDiff.Kind.CHANGED) {
            lines.add("      state kept:    " + names(diff.kept()));
        }
        if (!diff.dropped().isEmpty()) {
            removed("      ", "state dropped: " + names(diff.dropped()));
        }
        if (diff.filling().isEmpty()) {
            return;
        }
        if (plan.job().isEmpty()) {
            lines.add("      begins with the oldest events of its topics, or where --start says");
            return;
        }
        Map<Long, List<String>> byLength = new LinkedHashMap<>();
        for (Filling filling : diff.filling()) {
            byLength.computeIfAbsent(filling.millis(), length -> new ArrayList<>())
                    .add(filling.column());
        }
        byLength.forEach(
                (length, columns) -> changed("      ", "warming:       " + names(columns) + " " + until(length)));
        if (diff.kind() == ViewDiff.Kind.CHANGED) {
            lines.add("      for their past: freshet backfill " + diff.view());
        }
    }

    private String until(long millis) {
        return millis == Long.MAX_VALUE
                ? "for ever, as it has no end"
                : "until "
                        + Instant.ofEpochMilli(Math.addExact(plan.nowMillis(), millis))
                                .truncatedTo(ChronoUnit.SECONDS);
    }

    private static String names(List<String> columns) {
        if (columns.size() <= SHOWN) {
            return String.join(", ", columns);
        }
        return String.join(", ", columns.subList(0, SHOWN)) + " and " + (columns.size() - SHOWN) + " more";
    }

    private void danger(Danger danger) {
        boolean isGiven = given.contains(danger.consent());
        String way = danger.consent()
                .option()
                .map(option -> isGiven ? ". Agreed to by " + option + "." : ". " + option + " does it all the same.")
                .orElse(".");
        if (isGiven) {
            changed("! ", danger.what() + way);
        } else {
            paint("! ", danger.what() + way, Ansi.Style.bold, Ansi.Style.fg_red);
        }
    }

    private String summary() {
        Map<ViewDiff.Kind, Long> kinds = new LinkedHashMap<>();
        for (ViewDiff diff : plan.views()) {
            kinds.merge(diff.kind(), 1L, Long::sum);
        }
        List<String> parts = new ArrayList<>();
        kinds.forEach((kind, count) -> parts.add(count + " " + kind.name().toLowerCase(Locale.ROOT)));
        int unsafe = plan.refused(given).size();
        return "views: " + String.join(", ", parts)
                + (unsafe == 0 ? "; nothing unsafe" : "; " + unsafe + " unsafe, so this would be refused");
    }

    private void added(String mark, String text) {
        paint(mark, text, Ansi.Style.fg_green);
    }

    private void removed(String mark, String text) {
        paint(mark, text, Ansi.Style.fg_red);
    }

    private void changed(String mark, String text) {
        paint(mark, text, Ansi.Style.fg_yellow);
    }

    private void paint(String mark, String text, Ansi.IStyle... styles) {
        lines.add(isColoured ? Ansi.Style.on(styles) + mark + text + Ansi.Style.off(styles) : mark + text);
    }
}
