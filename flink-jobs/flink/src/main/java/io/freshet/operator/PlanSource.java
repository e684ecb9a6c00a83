/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.definition.ViewPlan;
import java.io.Serializable;

/** Where an operator has its view from: the definition's text travels, each task plans for itself. */
@FunctionalInterface
public interface PlanSource extends Serializable {

    /** Plans the view. Gives the same plan each time. */
    ViewPlan plan();
}
