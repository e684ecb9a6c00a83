/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.expression.ValueType;
import java.util.Locale;
import java.util.Optional;

/** The aggregate functions, and what each gives for which input. Null inputs are skipped by all of them. */
public enum Function {
    /** Events, or events whose input is not null. Of nothing: 0. */
    COUNT,
    /** Sum of numbers. Exact for longs and decimals; a result that does not fit its type is null and counted. */
    SUM,
    /** Arithmetic mean of numbers, as a double. */
    MEAN,
    /** Least number, timestamp. For doubles -0.0 is below 0.0. */
    MIN,
    /** Greatest number, timestamp. */
    MAX,
    /** Sample variance (divided by n - 1), null below two values. */
    VARIANCE,
    /** Population variance (divided by n). */
    VARIANCE_POP,
    /** Square root of the sample variance. */
    STDDEV,
    /** Square root of the population variance. */
    STDDEV_POP,
    /** Value of the earliest event with a value; ties by partition, then offset. */
    FIRST,
    /** Value of the latest event with a value; ties by partition, then offset. */
    LAST,
    /** Number of distinct values, exact. Of nothing: 0. */
    COUNT_DISTINCT,
    /** Number of distinct values by a HyperLogLog sketch of 4,096 registers (standard error 1.6 %). Of nothing: 0. */
    APPROX_COUNT_DISTINCT;

    /** As written in a view: {@code count_distinct}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it also takes {@code "*"}: whole events instead of values. */
    public boolean takesEvents() {
        return this == COUNT;
    }

    /** The type of its result over values of that type, or empty where it has no meaning for them. */
    public Optional<ValueType> resultType(ValueType input) {
        return switch (this) {
            case COUNT -> Optional.of(ValueType.LONG);
            case COUNT_DISTINCT, APPROX_COUNT_DISTINCT ->
                Optional.of(ValueType.LONG).filter(type -> input.isScalar());
            case SUM ->
                input.kind() == ValueType.Kind.DECIMAL
                        ? Optional.of(ValueType.decimal(ValueType.MAX_PRECISION, input.scale()))
                        : Optional.of(input).filter(ValueType::isNumber);
            case MEAN, VARIANCE, VARIANCE_POP, STDDEV, STDDEV_POP ->
                Optional.of(ValueType.DOUBLE).filter(type -> input.isNumber());
            case MIN, MAX ->
                Optional.of(input).filter(type -> type.isNumber() || type.kind() == ValueType.Kind.TIMESTAMP);
            case FIRST, LAST -> Optional.of(input);
        };
    }
}
