/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;

/**
 * {@code cosine(a, b)} of two vectors: {@code sum(a_i * b_i) / (|a| * |b|)}, from -1 to 1. It has no value where a vector is
 * of zeros alone, holds a null, or is of another dimension than the other.
 */
final class Vectors {

    static final String COSINE = "cosine";

    private static final String OVERLOAD = "cosine_list_list";
    private static final ListType VECTOR = ListType.create(SimpleType.DOUBLE);

    private Vectors() {}

    static CelFunctionDecl declaration() {
        return CelFunctionDecl.newFunctionDeclaration(
                COSINE, CelOverloadDecl.newGlobalOverload(OVERLOAD, SimpleType.DOUBLE, VECTOR, VECTOR));
    }

    static CelFunctionBinding binding() {
        return CelFunctionBinding.from(OVERLOAD, List.class, List.class, Vectors::cosine);
    }

    private static Object cosine(List<?> left, List<?> right) throws CelEvaluationException {
        if (left.size() != right.size()) {
            throw new CelEvaluationException("cosine of vectors of dimension " + left.size() + " and " + right.size());
        }
        double product = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        for (int i = 0; i < left.size(); i++) {
            if (!(left.get(i) instanceof Double a) || !(right.get(i) instanceof Double b)) {
                throw new CelEvaluationException("cosine of a vector that holds a null");
            }
            product += a * b;
            leftSquares += a * a;
            rightSquares += b * b;
        }
        double lengths = Math.sqrt(leftSquares) * Math.sqrt(rightSquares);
        if (lengths == 0) {
            throw new CelEvaluationException("cosine of a vector of zeros");
        }
        return Math.max(-1, Math.min(1, product / lengths));
    }
}
