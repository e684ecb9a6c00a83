/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far values of rows are from each other. Equal means each bit: 0.0 and -0.0 are not. */
final class Values {

    private static final double ROUNDING = 1e-9;

    private Values() {}

    /** Whether they differ by no more than rounding of doubles does. */
    static boolean isRounding(@Nullable Object expected, @Nullable Object found) {
        if (expected instanceof Double && found instanceof Double) {
            return expected.equals(found) || distance(expected, found) <= ROUNDING;
        }
        if (expected instanceof List<?> a && found instanceof List<?> b) {
            boolean near = a.size() == b.size();
            for (int i = 0; near && i < a.size(); i++) {
                near = isRounding(a.get(i), b.get(i));
            }
            return near;
        }
        if (expected instanceof Map<?, ?> a && found instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet())
                    && a.entrySet().stream().allMatch(entry -> isRounding(entry.getValue(), b.get(entry.getKey())));
        }
        return Objects.equals(expected, found);
    }

    /** The distance of two numbers in parts of the greater; NaN for all that are not two finite numbers. */
    static double distance(@Nullable Object expected, @Nullable Object found) {
        if (expected instanceof Number a && found instanceof Number b) {
            double greater = Math.max(Math.abs(a.doubleValue()), Math.abs(b.doubleValue()));
            double difference = Math.abs(a.doubleValue() - b.doubleValue());
            return greater == 0 ? 0 : Double.isFinite(greater) ? difference / greater : Double.NaN;
        }
        return Double.NaN;
    }
}
