/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An {@link Expression} evaluated by a tree of {@link Node}s: what cel-java gives, in a small part of its time. */
final class CompiledExpression implements Expression {

    private final CheckedExpression checked;
    private final Node root;

    CompiledExpression(CheckedExpression checked, Node root) {
        this.checked = checked;
        this.root = root;
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
        return true;
    }

    @Override
    public Bound bind(List<String> names) {
        Evaluation evaluation = new Evaluation(checked.positions(names));
        return values -> evaluate(evaluation, values);
    }

    private @Nullable Object evaluate(Evaluation evaluation, @Nullable Object[] values)
            throws ExpressionFailedException {
        evaluation.start(values);
        Object value = root.value(evaluation);
        String failure = evaluation.failure();
        if (failure != null) {
            if (evaluation.hasNull()) {
                return null;
            }
            throw new ExpressionFailedException(failure, null);
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            throw new ExpressionFailedException("its result is " + number, null);
        }
        return value;
    }
}
