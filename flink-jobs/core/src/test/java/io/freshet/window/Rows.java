/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.event.SelectedEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the rows it is given. */
final class Rows implements RowOutput {

    /** One row, comparable to the last bit. */
    record Row(long asOfMillis, long seq, List<@Nullable Object> values) {}

    final List<Row> all = new ArrayList<>();

    @Override
    public void row(long asOfMillis, long seq, @Nullable Object[] values, @Nullable SelectedEvent cause) {
        all.add(new Row(asOfMillis, seq, Arrays.asList(values)));
    }

    /** The rows as {@code asOf#seq=values}, and forgets them. */
    List<String> take() {
        List<String> text = all.stream()
                .map(row -> row.asOfMillis + "#" + row.seq + "=" + row.values)
                .toList();
        all.clear();
        return text;
    }
}
