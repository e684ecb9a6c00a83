/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An {@link Expression} evaluated by cel-java, for all that {@link NodeCompiler} leaves to it. */
final class CelExpression implements Expression {

    private final CheckedExpression checked;

    CelExpression(CheckedExpression checked) {
        this.checked = checked;
    }

    @Override
    public String text() {
        return checked.text();
    }

    @Override
    public ValueType type() {
        return checked.type();
    }

    @Override
    public List<String> variables() {
        return checked.variables();
    }

    @Override
    public boolean isCompiled() {
        return false;
    }

    @Override
    public Bound bind(List<String> names) {
        List<String> variables = checked.variables();
        int[] positions = checked.positions(names);
        Map<String, Integer> positionByName = new LinkedHashMap<>();
        for (int i = 0; i < positions.length; i++) {
            positionByName.put(variables.get(i), positions[i]);
        }
        return values -> evaluate(positionByName, values);
    }

    private @Nullable Object evaluate(Map<String, Integer> positions, @Nullable Object[] values)
            throws ExpressionFailedException {
        try {
            return plain(checked.program()
                    .eval(name -> Optional.ofNullable(positions.get(name))
                            .map(position -> celValue(checked.typeOf(name), values[position]))));
        } catch (CelEvaluationException | DateTimeException e) {
            for (int position : positions.values()) {
                if (values[position] == null) {
                    return null;
                }
            }
            throw new ExpressionFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Object celValue(ValueType type, @Nullable Object value) {
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        return switch (type.kind()) {
            case DECIMAL -> ((BigDecimal) value).doubleValue();
            case TIMESTAMP -> Instant.ofEpochMilli((Long) value);
            case LONG, DOUBLE, BOOLEAN, STRING -> value;
            case LIST -> {
                List<Object> elements = new ArrayList<>();
                ((List<?>) value).forEach(element -> elements.add(celValue(type.element(), element)));
                yield elements;
            }
            case MAP -> {
                Map<Object, Object> values = new LinkedHashMap<>();
                ((Map<?, ?>) value).forEach((key, element) -> values.put(key, celValue(type.element(), element)));
                yield values;
            }
        };
    }

    private static @Nullable Object plain(Object value) throws ExpressionFailedException {
        if (value instanceof NullValue) {
            return null;
        }
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            throw new ExpressionFailedException("its result is " + number, null);
        }
        return value;
    }
}
