/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link Node}s of a checked expression: of what filters and derived features are made of, scalars and their
 * operators. An expression with anything else in it is left to cel-java as a whole.
 */
final class NodeCompiler {

    private final CheckedExpression checked;
    private final List<String> variables;

    private NodeCompiler(CheckedExpression checked) {
        this.checked = checked;
        this.variables = checked.variables();
    }

    /** The root of the compiled expression, or empty where it has a part that only CEL can evaluate. */
    static Optional<Node> compile(CheckedExpression checked) {
        return Optional.ofNullable(new NodeCompiler(checked).node(checked.tree().getExpr()));
    }

    private @Nullable Node node(CelExpr part) {
        return switch (part.getKind()) {
            case CONSTANT -> constant(part.constant());
            case IDENT, SELECT -> variable(part);
            case CALL -> call(part);
            default -> null;
        };
    }

    private static @Nullable Node constant(CelConstant constant) {
        if (constant.getKind() == CelConstant.Kind.NULL_VALUE) {
            return Leaves.constant(null);
        }
        Object value = literal(constant);
        return value == null ? null : Leaves.constant(value);
    }

    private static @Nullable Object literal(CelConstant constant) {
        return switch (constant.getKind()) {
            case INT64_VALUE -> constant.int64Value();
            case DOUBLE_VALUE -> constant.doubleValue();
            case STRING_VALUE -> constant.stringValue();
            case BOOLEAN_VALUE -> constant.booleanValue();
            default -> null;
        };
    }

    private @Nullable Node variable(CelExpr part) {
        int index = checked.tree()
                .getReference(part.id())
                .map(reference -> variables.indexOf(reference.name()))
                .orElse(-1);
        if (index < 0) {
            return null;
        }
        ValueType type = checked.typeOf(variables.get(index));
        return type.isScalar() ? Leaves.variable(index, type) : null;
    }

    private @Nullable Node call(CelExpr part) {
        List<String> overloads = checked.tree()
                .getReference(part.id())
                .map(CelReference::overloadIds)
                .<List<String>>map(List::copyOf)
                .orElse(List.of());
        if (overloads.size() != 1) {
            return null;
        }
        String overload = overloads.get(0);
        List<CelExpr> arguments = new ArrayList<>();
        part.call().target().ifPresent(arguments::add);
        arguments.addAll(part.call().args());
        if (overload.equals("in_list")) {
            return in(arguments.get(0), arguments.get(1));
        }
        List<Node> nodes = new ArrayList<>();
        for (CelExpr argument : arguments) {
            Node node = node(argument);
            if (node == null) {
                return null;
            }
            nodes.add(node);
        }
        return switch (nodes.size()) {
            case 1 -> unary(overload, nodes.get(0));
            case 2 -> binary(overload, nodes.get(0), nodes.get(1));
            case 3 -> conditional(part, nodes);
            default -> null;
        };
    }

    private static @Nullable Node unary(String overload, Node operand) {
        return switch (overload) {
            case "logical_not" -> Logic.not(operand);
            case "size_string", "string_size" -> Texts.size(operand);
            default -> Arithmetic.unary(overload, operand);
        };
    }

    private static @Nullable Node binary(String overload, Node left, Node right) {
        if (overload.equals("logical_and")) {
            return Logic.and(left, right);
        }
        if (overload.equals("logical_or")) {
            return Logic.or(left, right);
        }
        Node found = Arithmetic.binary(overload, left, right);
        if (found == null) {
            found = Comparisons.binary(overload, left, right);
        }
        return found == null ? Texts.binary(overload, left, right) : found;
    }

    /** One that CEL types as null may still be a number or a timestamp, which this form does not tell apart. */
    private @Nullable Node conditional(CelExpr part, List<Node> nodes) {
        boolean typed = checked.tree()
                .getType(part.id())
                .filter(type -> type.kind() != CelKind.NULL_TYPE && type.kind() != CelKind.DYN)
                .isPresent();
        boolean conditional = part.call().function().equals("_?_:_");
        return typed && conditional ? Logic.conditional(nodes.get(0), nodes.get(1), nodes.get(2)) : null;
    }

    private @Nullable Node in(CelExpr element, CelExpr list) {
        Node node = node(element);
        if (node == null || list.getKind() != CelExpr.ExprKind.Kind.LIST) {
            return null;
        }
        Set<Object> literals = new HashSet<>();
        for (CelExpr each : list.list().elements()) {
            Object literal = each.getKind() == CelExpr.ExprKind.Kind.CONSTANT ? literal(each.constant()) : null;
            if (literal == null) {
                return null;
            }
            // As 0.0 equals -0.0, which no set knows.
            literals.add(literal instanceof Double number ? number + 0.0 : literal);
        }
        return Comparisons.in(node, literals);
    }
}
