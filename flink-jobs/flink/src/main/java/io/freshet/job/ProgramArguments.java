/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import io.freshet.definition.ViewText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of {@code flink run -c} for programs that have options of their own: those, and what is left for the
 * settings of the deployment.
 *
 * @param values by option, those given, in order
 * @param flags options without a value that are given
 * @param others for {@link JobArguments#read}
 * @param usage how to call the program, for messages
 */
public record ProgramArguments(Map<String, List<String>> values, Set<String> flags, List<String> others, String usage) {

    /** Names of views, with commas; all where it is not given. */
    public static final String VIEW = "--view";

    public ProgramArguments {
        values = Map.copyOf(values);
        flags = Set.copyOf(flags);
        others = List.copyOf(others);
    }

    /**
     * Takes a command line apart.
     *
     * @param valued options that have a value, beside {@link #VIEW}
     * @param unvalued options that have none
     * @throws IllegalArgumentException if an option has no value
     */
    public static ProgramArguments read(String[] arguments, Set<String> valued, Set<String> unvalued, String usage) {
        Map<String, List<String>> values = new HashMap<>();
        Set<String> flags = new HashSet<>();
        List<String> others = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            if (unvalued.contains(name)) {
                flags.add(name);
                continue;
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("Cannot read " + name + ": it has no value. Usage: " + usage);
            }
            String value = arguments[++i];
            if (name.equals(VIEW) || valued.contains(name)) {
                values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            } else {
                others.addAll(List.of(name, value));
            }
        }
        return new ProgramArguments(values, flags, others, usage);
    }

    /** The value of an option that is given once; empty where it is not given. */
    public Optional<String> value(String name) {
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw new IllegalArgumentException("Cannot read " + name + ": it is given twice. Usage: " + usage);
        }
        return given.stream().findFirst();
    }

    /**
     * The views of these names; all where none is named.
     *
     * @throws IllegalArgumentException if there is none of a name
     */
    public List<ViewText> views(List<ViewText> all) {
        List<ViewText> chosen = new ArrayList<>();
        for (String names : values.getOrDefault(VIEW, List.of())) {
            for (String name : names.split(",")) {
                chosen.add(all.stream()
                        .filter(view -> view.plan().view().name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("Unknown view '" + name + "' (known: "
                                + String.join(
                                        ", ",
                                        all.stream()
                                                .map(view -> view.plan().view().name())
                                                .sorted()
                                                .toList())
                                + ")")));
            }
        }
        return chosen.isEmpty() ? all : chosen;
    }
}
