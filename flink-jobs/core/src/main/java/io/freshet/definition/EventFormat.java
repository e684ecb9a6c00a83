/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import java.util.Locale;

/** How the events of a topic lie in its records. */
public enum EventFormat {
    /**
     * Avro's <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">single-object
     * encoding</a>: {@code C3 01}, the fingerprint of the schema it was written with, the body.
     */
    SINGLE_OBJECT,
    /**
     * The <a href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">wire
     * format</a> of Confluent's serializers: {@code 00}, the id of the schema in a registry, the body.
     */
    CONFLUENT,
    /** The body alone; all events of the topic were written with one schema, which the view names. */
    AVRO,
    /** A JSON object whose names are the fields of the schema. */
    JSON;

    /** As written in a view: {@code single_object}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
