/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import static java.util.Objects.requireNonNull;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelReference;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Map;

/**
 * An expression that has passed CEL's parser and type checker.
 *
 * @param text as its author wrote it
 * @param tree its tree, with the type of each part and what each name refers to
 * @param type type of the result
 * @param types name and type of each variable it could read
 * @param program CEL's own form of it
 */
record CheckedExpression(
        String text,
        CelAbstractSyntaxTree tree,
        ValueType type,
        Map<String, ValueType> types,
        CelRuntime.Program program) {

    /** The variables it reads, sorted. */
    List<String> variables() {
        return tree.getReferenceMap().values().stream()
                .map(CelReference::name)
                .filter(types::containsKey)
                .distinct()
                .sorted()
                .toList();
    }

    /** The type of a variable. */
    ValueType typeOf(String variable) {
        return requireNonNull(types.get(variable), variable);
    }

    /** Where each of its variables is among those names. */
    int[] positions(List<String> names) {
        return variables().stream()
                .mapToInt(variable -> {
                    int position = names.indexOf(variable);
                    if (position < 0) {
                        throw new IllegalArgumentException("Cannot bind variable '" + variable
                                + "': found no such name, expected one of " + names);
                    }
                    return position;
                })
                .toArray();
    }
}
