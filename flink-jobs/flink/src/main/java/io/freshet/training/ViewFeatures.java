/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.definition.OnDemandPlan;
import io.freshet.expression.ValueType;
import io.freshet.reading.ReadPlan;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The wanted features of a view: columns and those computed on demand.
 *
 * @param names their names
 * @param types their types
 * @param requestColumns names of the spine's columns that hold what a request says, in the order of the plan
 * @param requestTypes types of what these hold in the view
 */
public record ViewFeatures(
        List<String> names, List<ValueType> types, List<String> requestColumns, List<ValueType> requestTypes)
        implements Serializable {

    public ViewFeatures {
        names = List.copyOf(names);
        types = List.copyOf(types);
        requestColumns = List.copyOf(requestColumns);
        requestTypes = List.copyOf(requestTypes);
    }

    /**
     * Those of a plan.
     *
     * @param columns the spine's column of a request field where it has another name
     */
    static ViewFeatures of(ReadPlan plan, Map<String, String> columns) {
        List<OnDemandPlan.RequestField> request = plan.request();
        return new ViewFeatures(
                plan.features().stream().map(ReadPlan.Feature::name).toList(),
                plan.features().stream().map(ReadPlan.Feature::type).toList(),
                request.stream()
                        .map(field -> columns.getOrDefault(field.name(), field.name()))
                        .toList(),
                request.stream().map(OnDemandPlan.RequestField::type).toList());
    }

    int size() {
        return names.size();
    }
}
