/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Operators between an int and a double, which CEL's type checker refuses: of {@code edits_1m / double(edits_1h)} it is
 * plain what is meant. The int counts as a double. Two ints divide as ints, as ever.
 */
final class MixedNumbers {

    /** The overload that CEL's runtime has for all types. */
    private static final String EQUALS = "equals";

    private static final String NOT_EQUALS = "not_equals";
    private static final String INT_DOUBLE = "_int64_double";
    private static final String DOUBLE_INT = "_double_int64";

    /** What the arithmetic overloads of each operator begin with. */
    private static final Map<String, String> ARITHMETIC =
            Map.of("_+_", "add", "_-_", "subtract", "_*_", "multiply", "_/_", "divide");

    /** CEL wants them free of captured values, so each is written out. */
    private static final List<CelFunctionBinding> BINDINGS = List.of(
            CelFunctionBinding.from("add" + INT_DOUBLE, Long.class, Double.class, (a, b) -> a + b),
            CelFunctionBinding.from("add" + DOUBLE_INT, Double.class, Long.class, (a, b) -> a + b),
            CelFunctionBinding.from("subtract" + INT_DOUBLE, Long.class, Double.class, (a, b) -> a - b),
            CelFunctionBinding.from("subtract" + DOUBLE_INT, Double.class, Long.class, (a, b) -> a - b),
            CelFunctionBinding.from("multiply" + INT_DOUBLE, Long.class, Double.class, (a, b) -> a * b),
            CelFunctionBinding.from("multiply" + DOUBLE_INT, Double.class, Long.class, (a, b) -> a * b),
            CelFunctionBinding.from("divide" + INT_DOUBLE, Long.class, Double.class, (a, b) -> a / b),
            CelFunctionBinding.from("divide" + DOUBLE_INT, Double.class, Long.class, (a, b) -> a / b));

    private MixedNumbers() {}

    static List<CelFunctionDecl> declarations() {
        List<CelFunctionDecl> declarations = new ArrayList<>();
        ARITHMETIC.forEach((name, prefix) -> declarations.add(declaration(name, prefix, SimpleType.DOUBLE)));
        declarations.add(declaration("_==_", EQUALS, SimpleType.BOOL));
        declarations.add(declaration("_!=_", NOT_EQUALS, SimpleType.BOOL));
        return declarations;
    }

    private static CelFunctionDecl declaration(String name, String prefix, CelType result) {
        return CelFunctionDecl.newFunctionDeclaration(
                name,
                CelOverloadDecl.newGlobalOverload(prefix + INT_DOUBLE, result, SimpleType.INT, SimpleType.DOUBLE),
                CelOverloadDecl.newGlobalOverload(prefix + DOUBLE_INT, result, SimpleType.DOUBLE, SimpleType.INT));
    }

    static List<CelFunctionBinding> bindings() {
        return BINDINGS;
    }

    /**
     * Names CEL's own equality where the checker found ours: the runtime compares an int with a double as it is, and
     * each of them with null; only the checker had to be told.
     */
    static CelAbstractSyntaxTree withStandardEquality(CelAbstractSyntaxTree tree) {
        Map<Long, CelReference> references = new HashMap<>(tree.getReferenceMap());
        references.replaceAll((id, reference) -> withStandardEquality(reference));
        return CelAbstractSyntaxTree.newCheckedAst(tree.getExpr(), tree.getSource(), references, tree.getTypeMap());
    }

    private static CelReference withStandardEquality(CelReference reference) {
        List<String> overloads = reference.overloadIds().stream()
                .map(id -> id.equals(EQUALS + INT_DOUBLE) || id.equals(EQUALS + DOUBLE_INT) ? EQUALS : id)
                .map(id -> id.equals(NOT_EQUALS + INT_DOUBLE) || id.equals(NOT_EQUALS + DOUBLE_INT) ? NOT_EQUALS : id)
                .distinct()
                .toList();
        return overloads.equals(reference.overloadIds())
                ? reference
                : CelReference.newBuilder()
                        .setName(reference.name())
                        .addOverloadIds(overloads)
                        .build();
    }
}
