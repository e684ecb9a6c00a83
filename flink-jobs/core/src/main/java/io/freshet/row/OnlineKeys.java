/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

/** Names of the keys and of the fields that are not features in the online store. */
public final class OnlineKeys {

    /** Field: event time at which the row's values are true, ms. */
    public static final String AS_OF = "_as_of";

    /** Field: from when a reader could have had the row, ms. */
    public static final String AVAILABLE_AT = "_available_at";

    /** Field: number of the row among those of its entity. */
    public static final String SEQ = "_seq";

    /** Field: version of the view. */
    public static final String VERSION = "_version";

    /** Field of the history alone: what made the row, see {@link RowOrigin}. */
    public static final String ORIGIN = "_origin";

    /** Field: names of the columns still warming, comma-separated; empty if none. */
    public static final String WARMING = "_warming";

    private OnlineKeys() {}

    /** Key of the hash that holds an entity's newest row. */
    public static String row(String namespace, String view, String entity) {
        return rowPrefix(namespace, view) + entity;
    }

    /** What all row keys of a view start with. */
    public static String rowPrefix(String namespace, String view) {
        return namespace + ":" + view + ":";
    }

    /** Key of the hash that holds the schemas of a view's rows, where these are binary: JSON by fingerprint. */
    public static String schemas(String namespace, String view) {
        return namespace + ":_schemas:" + view;
    }

    /** Key of the string that holds a view's published watermark, ms. */
    public static String watermark(String namespace, String view) {
        return namespace + ":_watermark:" + view;
    }
}
