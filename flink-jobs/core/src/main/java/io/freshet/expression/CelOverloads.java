/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelFunctionDecl;
import dev.cel.extensions.CelExtensions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** CEL's functions and operators in the words of those who write expressions. */
final class CelOverloads {

    /** What a function is called elsewhere, and here. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "length", "size",
            "len", "size",
            "count", "size",
            "lower", "lowerAscii",
            "upper", "upperAscii",
            "tolowercase", "lowerAscii",
            "touppercase", "upperAscii",
            "max", "math.greatest",
            "min", "math.least");

    private static final List<String> MACROS =
            List.of("has", "all", "exists", "exists_one", "map", "filter", "math.greatest", "math.least");

    /** Types that no variable has. */
    private static final Set<String> FOREIGN = Set.of("uint", "bytes");

    private CelOverloads() {}

    /** {@code , did you mean 'size'?} or the empty text: the end of a message on a function that is not there. */
    static String suggestion(String written) {
        Map<String, String> functions = functions();
        return Spelling.nearest(written, functions.keySet())
                .map(known -> ", did you mean '" + functions.get(known) + "'?")
                .orElse("");
    }

    /** Each function by its name and by what it may be taken for: {@code abs} is {@code math.abs}. */
    private static Map<String, String> functions() {
        List<String> names = new ArrayList<>(MACROS);
        names.add(Vectors.COSINE);
        CelStandardDeclarations.getAllFunctionNames().stream()
                .filter(name -> name.matches("[A-Za-z].*"))
                .forEach(names::add);
        Stream.concat(CelExtensions.strings().functions().stream(), CelExtensions.math().functions().stream())
                .map(CelFunctionDecl::name)
                .filter(name -> name.matches("[A-Za-z.]+"))
                .forEach(names::add);
        Map<String, String> functions = new TreeMap<>(OTHER_NAMES);
        names.forEach(name -> functions.put(name.substring(name.lastIndexOf('.') + 1), name));
        names.forEach(name -> functions.put(name, name));
        return functions;
    }

    /**
     * Says of a function that it is not for such operands, and what it would take beside one of them.
     *
     * @param function as CEL names it: {@code _/_}, {@code @in}, {@code size}
     * @param operands their types as CEL writes them: {@code (wrapper(int), double)}, {@code string.(int)}
     * @param candidates the types that it takes, likewise, with commas between
     */
    static String mismatch(String function, String operands, String candidates) {
        List<String> found = types(operands);
        List<List<String>> takes = parts(candidates).stream()
                .map(CelOverloads::types)
                .filter(types -> types.stream().noneMatch(FOREIGN::contains))
                .toList();
        List<String> near = takes.stream()
                .filter(types -> agree(types, found))
                .map(CelOverloads::list)
                .toList();
        List<String> expected =
                near.isEmpty() ? takes.stream().map(CelOverloads::list).toList() : near;
        return "Cannot apply '" + name(function) + "' to " + list(found) + ": expected "
                + expected.stream().distinct().sorted().collect(Collectors.joining(", or "));
    }

    /** Operators stand between or before underscores: {@code _?_:_}. */
    private static String name(String function) {
        String bare = function.replace("_", "").replace("@", "");
        boolean word = function.matches("[A-Za-z].*");
        return word ? function : bare;
    }

    private static boolean agree(List<String> types, List<String> found) {
        return types.size() == found.size()
                && IntStream.range(0, types.size())
                        .anyMatch(i -> types.get(i).equals(found.get(i))
                                || types.get(i).startsWith("list(")
                                        && found.get(i).startsWith("list("));
    }

    private static String list(List<String> types) {
        return String.join(" and ", types);
    }

    /** The types within the parentheses, after that before them. */
    private static List<String> types(String signature) {
        int open = signature.startsWith("(") ? 0 : signature.indexOf(".(") + 1;
        List<String> types = new ArrayList<>();
        if (open > 0) {
            types.add(plain(signature.substring(0, open - 1)));
        }
        parts(signature.substring(open + 1, signature.length() - 1)).forEach(type -> types.add(plain(type)));
        return types;
    }

    /** Splits at the commas that are in no parentheses. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char here = text.charAt(i);
            depth += here == '(' ? 1 : here == ')' ? -1 : 0;
            if (here == ',' && depth == 0) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    private static String plain(String type) {
        return type.replaceAll("wrapper\\(([^()]+)\\)", "$1")
                .replace("google.protobuf.Timestamp", "timestamp")
                .replace("google.protobuf.Duration", "duration")
                .replaceAll("%A\\d+", "T")
                .replaceAll("%B\\d+", "U");
    }
}
