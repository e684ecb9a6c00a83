/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import io.freshet.function.builtin.BuiltinFunctions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** All functions there are: the built-in ones, and those of jars on the class path. Immutable. */
public final class Functions {

    private static final Functions ALL = new Functions(load());

    private final Map<String, FeatureFunction> byLabel;

    private Functions(List<FeatureFunction> functions) {
        byLabel = new TreeMap<>();
        for (FeatureFunction function : functions) {
            FeatureFunction other = byLabel.putIfAbsent(function.label(), function);
            if (!function.label().matches("[a-z][a-z0-9_]{0,62}")) {
                throw new IllegalStateException("Cannot use the function '" + function.label() + "' of "
                        + function.getClass().getName() + ": expected a name of lower case letters, digits and _");
            }
            if (other != null) {
                throw new IllegalStateException("Cannot use two functions of the name '" + function.label() + "': "
                        + other.getClass().getName() + " and "
                        + function.getClass().getName());
            }
        }
    }

    private static List<FeatureFunction> load() {
        List<FeatureFunction> functions = new ArrayList<>(CoreFunction.all());
        functions.addAll(BuiltinFunctions.all());
        ServiceLoader.load(FeatureFunction.class, FeatureFunction.class.getClassLoader())
                .forEach(functions::add);
        return functions;
    }

    /** The functions of this class path. */
    public static Functions all() {
        return ALL;
    }

    /** The function of that name. */
    public Optional<FeatureFunction> find(String label) {
        return Optional.ofNullable(byLabel.get(label));
    }

    /** The names of all functions, in alphabetical order. */
    public Collection<String> labels() {
        return byLabel.keySet();
    }

    /** All functions, by name. */
    public Collection<FeatureFunction> functions() {
        return byLabel.values();
    }
}
