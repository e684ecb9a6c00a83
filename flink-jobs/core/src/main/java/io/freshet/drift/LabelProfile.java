/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of the values of one column together with a label, of rows that have one: the values of all, those of rows
 * labelled 1, and the products of value and label. Whether labels are binary shows at the end only, so both are kept.
 */
public final class LabelProfile {

    private final ColumnProfile labelled;
    private final ColumnProfile positives;
    private final Moments products = new Moments();

    LabelProfile(ColumnProfile like) {
        labelled = new ColumnProfile(like.name(), like.type());
        positives = new ColumnProfile(like.name(), like.type());
    }

    void add(@Nullable Object value, long asOfMillis, double label) {
        labelled.add(value, asOfMillis);
        if (label == 1) {
            positives.add(value, asOfMillis);
        }
        if (value != null && labelled.kind() != ColumnProfile.Kind.CATEGORY) {
            double number = labelled.number(value, asOfMillis);
            if (Double.isFinite(number)) {
                products.add(number, label);
            }
        }
    }

    void merge(LabelProfile other) {
        labelled.merge(other.labelled);
        positives.merge(other.positives);
        products.merge(other.products);
    }

    /** The values of rows with a label. */
    public ColumnProfile labelled() {
        return labelled;
    }

    /** The values of rows labelled 1. */
    public ColumnProfile positives() {
        return positives;
    }

    /** Numbers that are there, paired with their labels. */
    public Moments products() {
        return products;
    }
}
