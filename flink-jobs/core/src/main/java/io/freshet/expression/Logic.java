/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import org.jspecify.annotations.Nullable;

/** {@code && || !} and the conditional. */
final class Logic {

    private Logic() {}

    static Node and(Node left, Node right) {
        return junction(left, right, false);
    }

    static Node or(Node left, Node right) {
        return junction(left, right, true);
    }

    /**
     * Of two bools, the deciding value if either has it, even where the other fails, as CEL has it. A null is no bool and
     * fails the whole at once where it is met.
     */
    private static Node junction(Node left, Node right, boolean deciding) {
        return new Node.OfBoolean() {
            @Override
            boolean asBoolean(Evaluation now) {
                if (now.failed()) {
                    return deciding;
                }
                Object first = left.value(now);
                String failure = now.failure();
                if (failure == null) {
                    if (first == null) {
                        now.fail("found null, expected a bool");
                        return deciding;
                    }
                    if ((Boolean) first == deciding) {
                        return deciding;
                    }
                    return right.asBoolean(now);
                }
                now.recover();
                if (right.asBoolean(now) == deciding && !now.failed()) {
                    return deciding;
                }
                now.recover();
                now.fail(failure);
                return deciding;
            }
        };
    }

    static Node not(Node operand) {
        return new Node.OfBoolean() {
            @Override
            boolean asBoolean(Evaluation now) {
                return !operand.asBoolean(now);
            }
        };
    }

    /** {@code condition ? yes : no}; the branch that is taken may be null. */
    static Node conditional(Node condition, Node yes, Node no) {
        return new Node() {
            @Override
            @Nullable
            Object value(Evaluation now) {
                return taken(now).value(now);
            }

            @Override
            long asLong(Evaluation now) {
                return taken(now).asLong(now);
            }

            @Override
            double asDouble(Evaluation now) {
                return taken(now).asDouble(now);
            }

            @Override
            boolean asBoolean(Evaluation now) {
                return taken(now).asBoolean(now);
            }

            private Node taken(Evaluation now) {
                return condition.asBoolean(now) ? yes : no;
            }
        };
    }
}
