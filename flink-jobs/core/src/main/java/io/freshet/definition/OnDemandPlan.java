/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.expression.Expression;
import io.freshet.expression.ValueType;
import java.util.List;

/**
 * What is computed when a row is read, from its columns as of that moment and from what the request says. It is kept
 * neither online nor in the history: reader and training sets compute it by the same code.
 *
 * @param request what a request says, in the order written
 * @param features what is computed, in the order written
 */
public record OnDemandPlan(List<RequestField> request, List<Feature> features) {

    /** Nothing. */
    public static final OnDemandPlan NONE = new OnDemandPlan(List.of(), List.of());

    /** The variable that is the moment of reading: a timestamp. */
    public static final String NOW = "now";

    private static final String OF_REQUEST = "request.";

    public OnDemandPlan {
        request = List.copyOf(request);
        features = List.copyOf(features);
    }

    /**
     * One thing that a request says; it may be null.
     *
     * @param name its name
     * @param type type of its values
     */
    public record RequestField(String name, ValueType type) {

        /** Its name in CEL. */
        public String variable() {
            return OF_REQUEST + name;
        }
    }

    /**
     * One column that is computed.
     *
     * @param name its name, unlike those of all columns of the view
     * @param type type of its values
     * @param expression over the view's columns, the {@link RequestField#variable}s and {@link #NOW}
     */
    public record Feature(String name, ValueType type, Expression expression) {}
}
