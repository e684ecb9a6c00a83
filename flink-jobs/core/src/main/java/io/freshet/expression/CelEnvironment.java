/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
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
import java.util.Map;
import java.util.Optional;

/** CEL as views have it: limits, functions, and the types of variables and results. */
final class CelEnvironment {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_ITERATIONS = 1_000;
    private static final int MAX_REGEX_PROGRAM = 1_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(ExpressionLimits.MOST_LENGTH)
            .maxParseRecursionDepth(MAX_DEPTH)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .maxRegexProgramSize(MAX_REGEX_PROGRAM)
            .enableTimestampEpoch(true)
            .evaluateCanonicalTypesToNativeValues(true)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private CelEnvironment() {}

    /**
     * Parses and type-checks.
     *
     * @throws InvalidExpressionException if it does not parse, names what is not there, does not type-check, or is beyond
     *     the limits
     */
    static CheckedExpression check(String text, Map<String, ValueType> variables, ExpressionLimits limits)
            throws InvalidExpressionException {
        if (text.isBlank()) {
            throw new InvalidExpressionException("Cannot use an empty expression: expected CEL", 0);
        }
        if (text.length() > limits.length()) {
            throw new InvalidExpressionException(
                    "Cannot use an expression of " + text.length() + " characters: expected " + limits.length()
                            + " or fewer (limits.expression_length)",
                    0);
        }
        Cel cel = environment(variables);
        CelValidationResult checked = cel.compile(text);
        if (checked.hasError()) {
            throw CelFaults.describe(text, checked.getErrors(), variables.keySet());
        }
        try {
            long cost = ExpressionCost.of(checked.getAst().getExpr());
            if (cost > limits.cost()) {
                throw new InvalidExpressionException(
                        "Cannot use an expression that may take " + (cost == Long.MAX_VALUE ? "endless" : cost)
                                + " steps, where each loop over a list counts " + ExpressionCost.ELEMENTS
                                + " times: expected " + limits.cost() + " or fewer (limits.expression_cost)",
                        0);
            }
            CelAbstractSyntaxTree tree = MixedNumbers.withStandardEquality(checked.getAst());
            CelRuntime.Program program = cel.createProgram(tree);
            return new CheckedExpression(text, tree, resultType(tree.getResultType()), variables, program);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new InvalidExpressionException("Cannot compile the expression: " + e.getMessage(), 0);
        }
    }

    private static Cel environment(Map<String, ValueType> variables) {
        CelBuilder builder = CelFactory.standardCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addCompilerLibraries(CelExtensions.strings(), CelExtensions.math(OPTIONS))
                .addRuntimeLibraries(CelExtensions.strings(), CelExtensions.math(OPTIONS))
                .addFunctionDeclarations(MixedNumbers.declarations())
                .addFunctionBindings(MixedNumbers.bindings())
                .addFunctionDeclarations(Vectors.declaration())
                .addFunctionBindings(Vectors.binding());
        // cel-java cannot match a nullable list or map with a function's parameter; null is still given at run time.
        variables.forEach((name, type) ->
                builder.addVar(name, type.isScalar() ? NullableType.create(celType(type)) : celType(type)));
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
}
