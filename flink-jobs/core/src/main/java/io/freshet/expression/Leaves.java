/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Literals and variables. */
final class Leaves {

    private Leaves() {}

    /** A literal; null is the literal null. */
    static Node constant(@Nullable Object value) {
        return new Node() {
            @Override
            @Nullable
            Object value(Evaluation now) {
                return value;
            }
        };
    }

    /** The expression's variable of that index. */
    static Node variable(int index, ValueType type) {
        return type.kind() == ValueType.Kind.DECIMAL ? decimal(index) : plain(index);
    }

    private static Node plain(int index) {
        return new Node() {
            @Override
            @Nullable
            Object value(Evaluation now) {
                return now.variable(index);
            }
        };
    }

    private static Node decimal(int index) {
        return new Node() {
            @Override
            @Nullable
            Object value(Evaluation now) {
                Object value = now.variable(index);
                return value == null ? null : (Object) ((BigDecimal) value).doubleValue();
            }
        };
    }
}
