/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An {@link Expression} evaluated by cel-java. */
final class CelExpression implements Expression {

    /** Enough for any feature; a text beyond it is a program in the wrong place. */
    private static final int MAX_CODE_POINTS = 4_096;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_ITERATIONS = 1_000;
    private static final int MAX_REGEX_PROGRAM = 1_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MAX_CODE_POINTS)
            .maxParseRecursionDepth(MAX_DEPTH)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .maxRegexProgramSize(MAX_REGEX_PROGRAM)
            .enableTimestampEpoch(true)
            .evaluateCanonicalTypesToNativeValues(true)
            .build();

    private final CelRuntime.Program program;
    private final ValueType type;
    private final Map<String, ValueType> variables;

    private CelExpression(CelRuntime.Program program, ValueType type, Map<String, ValueType> variables) {
        this.program = program;
        this.type = type;
        this.variables = variables;
    }

    static CelExpression of(String text, Map<String, ValueType> variables) throws InvalidExpressionException {
        Cel cel = environment(variables);
        CelValidationResult checked = cel.compile(text);
        if (checked.hasError()) {
            throw CelFaults.describe(text, checked.getErrors(), variables.keySet());
        }
        try {
            CelAbstractSyntaxTree tree = checked.getAst();
            Map<String, ValueType> read = tree.getReferenceMap().values().stream()
                    .map(CelReference::name)
                    .distinct()
                    .filter(variables::containsKey)
                    .collect(Collectors.toUnmodifiableMap(name -> name, variables::get));
            return new CelExpression(cel.createProgram(tree), resultType(tree.getResultType()), read);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new InvalidExpressionException("Cannot compile the expression: " + e.getMessage(), 0);
        }
    }

    private static Cel environment(Map<String, ValueType> variables) {
        CelBuilder builder = CelFactory.standardCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addCompilerLibraries(CelExtensions.strings(), CelExtensions.math(OPTIONS))
                .addRuntimeLibraries(CelExtensions.strings(), CelExtensions.math(OPTIONS));
        variables.forEach((name, type) -> builder.addVar(name, NullableType.create(celType(type))));
        return builder.build();
    }

    private static CelType celType(ValueType type) {
        return switch (type.kind()) {
            case LONG -> SimpleType.INT;
            case DOUBLE, DECIMAL -> SimpleType.DOUBLE;
            case BOOLEAN -> SimpleType.BOOL;
            case STRING -> SimpleType.STRING;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
            case LIST -> ListType.create(celType(type.element()));
            case MAP -> MapType.create(SimpleType.STRING, celType(type.element()));
        };
    }

    private static ValueType resultType(CelType result) throws InvalidExpressionException {
        CelType type = result instanceof NullableType nullable ? nullable.targetType() : result;
        Optional<ValueType> found = Optional.empty();
        if (type.kind() == CelKind.INT) {
            found = Optional.of(ValueType.LONG);
        } else if (type.kind() == CelKind.DOUBLE) {
            found = Optional.of(ValueType.DOUBLE);
        } else if (type.kind() == CelKind.BOOL) {
            found = Optional.of(ValueType.BOOLEAN);
        } else if (type.kind() == CelKind.STRING) {
            found = Optional.of(ValueType.STRING);
        } else if (type.kind() == CelKind.TIMESTAMP) {
            found = Optional.of(ValueType.TIMESTAMP);
        }
        return found.orElseThrow(() -> new InvalidExpressionException(
                "Cannot use a result of type " + type.name() + ", expected int, double, bool, string or timestamp", 0));
    }

    @Override
    public ValueType type() {
        return type;
    }

    @Override
    public Set<String> variables() {
        return variables.keySet();
    }

    @Override
    public @Nullable Object evaluate(Function<String, @Nullable Object> values) throws ExpressionFailedException {
        try {
            return plain(program.eval(
                    name -> Optional.ofNullable(variables.get(name)).map(kind -> celValue(kind, values.apply(name)))));
        } catch (CelEvaluationException | DateTimeException e) {
            for (String name : variables.keySet()) {
                if (values.apply(name) == null) {
                    return null;
                }
            }
            throw new ExpressionFailedException("Cannot evaluate the expression: " + e.getMessage(), e);
        }
    }

    private static Object celValue(ValueType type, @Nullable Object value) {
        if (value == null) {
            return dev.cel.common.values.NullValue.NULL_VALUE;
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

    private @Nullable Object plain(Object value) throws ExpressionFailedException {
        if (value instanceof dev.cel.common.values.NullValue) {
            return null;
        }
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            throw new ExpressionFailedException(
                    "Cannot evaluate the expression: its result is " + number,
                    new ArithmeticException("not a finite number"));
        }
        return value;
    }
}
