/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.expression.ValueType;
import io.freshet.row.ValueText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Values as people read them. */
public final class ValueView {

    private ValueView() {}

    /** The text of a value; {@code null} for none; a timestamp in ISO 8601. */
    public static String text(@Nullable Object value, ValueType type) {
        if (value == null) {
            return "null";
        }
        return type.kind() == ValueType.Kind.TIMESTAMP
                ? Instant.ofEpochMilli((Long) value).toString()
                : ValueText.format(value);
    }
}
