/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Functions of strings. */
final class Texts {

    private Texts() {}

    /**
     * The function of one of CEL's overloads.
     *
     * @return null if it is no function of two strings
     */
    static @Nullable Node binary(String overload, Node left, Node right) {
        return switch (overload) {
            case "add_string" -> joined(left, right);
            case "starts_with_string" -> test(left, right, String::startsWith);
            case "ends_with_string" -> test(left, right, String::endsWith);
            case "contains_string" -> test(left, right, String::contains);
            default -> null;
        };
    }

    private static Node joined(Node left, Node right) {
        return new Node() {
            @Override
            @Nullable
            Object value(Evaluation now) {
                String joined = left.asString(now) + right.asString(now);
                return now.failed() ? null : joined;
            }
        };
    }

    private static Node test(Node left, Node right, BiPredicate<String, String> test) {
        return new Node.OfBoolean() {
            @Override
            boolean asBoolean(Evaluation now) {
                return test.test(left.asString(now), right.asString(now));
            }
        };
    }

    /** The length of a string, in code points. */
    static Node size(Node text) {
        return new Node.OfLong() {
            @Override
            long asLong(Evaluation now) {
                String value = text.asString(now);
                return value.codePointCount(0, value.length());
            }
        };
    }
}
