/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A view with the places of what the plan checks.
 *
 * @param view the view
 * @param sources its topics, in the order written
 * @param entity the entity fields, as written
 * @param ttl where the ttl, or else the view, stands
 * @param whole whether all features could be read, so that a name that is not there is a fault of who uses it
 */
record Parsed(
        FeatureView view, List<Source> sources, List<FeatureView.Text> entity, FeatureView.Text ttl, boolean whole) {

    /** In place of a text that is not there. */
    static final FeatureView.Text NOWHERE = new FeatureView.Text("", 1, 1);

    Parsed {
        sources = List.copyOf(sources);
        entity = List.copyOf(entity);
    }

    /**
     * One topic of a view.
     *
     * @param source the topic
     * @param schema its schema, as written
     * @param writer the schema its events were written with, as written; empty where the view does not say
     * @param eventTime the time field, as written
     * @param place where what is wrong with the topic as a whole is shown
     */
    record Source(
            FeatureView.Source source,
            FeatureView.Text schema,
            Optional<FeatureView.Text> writer,
            FeatureView.Text eventTime,
            Node place) {}
}
