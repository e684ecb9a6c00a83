/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import java.util.List;

/**
 * A view with the places of what the plan checks.
 *
 * @param view the view
 * @param schema the source's schema, as written
 * @param eventTime the time field, as written
 * @param entity the entity fields, as written
 * @param ttl where the ttl, or else the view, stands
 * @param whole whether all features could be read, so that a name that is not there is a fault of who uses it
 */
record Parsed(
        FeatureView view,
        FeatureView.Text schema,
        FeatureView.Text eventTime,
        List<FeatureView.Text> entity,
        FeatureView.Text ttl,
        boolean whole) {}
