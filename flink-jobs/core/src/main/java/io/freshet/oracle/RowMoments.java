/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import io.freshet.definition.Column;
import io.freshet.definition.Window;
import io.freshet.event.SelectedEvent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * As of when one entity must have a row: when an event is applied, and when a tile leaves a window. Follows the entity's
 * clock with nothing but the set of moments to come.
 */
public final class RowMoments {

    private static final BigInteger END_OF_TIME = BigInteger.valueOf(Long.MAX_VALUE);

    private final List<Window> windows;
    private final TreeSet<Long> exits = new TreeSet<>();
    private boolean everlasting;
    private long clockMillis = Long.MIN_VALUE;
    private long seq;

    /**
     * One row that must be.
     *
     * @param asOfMillis its as_of
     * @param seq its number
     */
    public record Moment(long asOfMillis, long seq) {}

    /**
     * The moments of an entity that has not been seen.
     *
     * @param columns the windowed columns of the plan
     */
    public RowMoments(List<Column.Windowed> columns) {
        windows = columns.stream().map(Column.Windowed::window).distinct().toList();
    }

    /**
     * The rows that an event gives on arrival: first those of tiles that leave at or before its time.
     *
     * @param watermarkMillis the watermark; {@link Long#MIN_VALUE} for none
     * @return nothing where the event is late
     */
    public List<Moment> event(SelectedEvent event, long watermarkMillis) {
        long start = clockMillis;
        if (isEmpty() && watermarkMillis != Long.MIN_VALUE) {
            start = Math.max(start, watermarkMillis == Long.MAX_VALUE ? watermarkMillis : watermarkMillis + 1);
        }
        long clock = Math.max(start, event.timeMillis());
        List<Long> ahead = new ArrayList<>();
        boolean stays = false;
        for (BigInteger exit : exits(event.timeMillis())) {
            if (exit.compareTo(END_OF_TIME) >= 0) {
                stays = true;
            } else if (exit.longValueExact() > clock) {
                ahead.add(exit.longValueExact());
            }
        }
        if (ahead.isEmpty() && !stays) {
            return List.of();
        }
        List<Moment> rows = event.timeMillis() > start ? watermark(event.timeMillis()) : new ArrayList<>();
        if (isEmpty() && clock > clockMillis) {
            seq = 0;
        }
        clockMillis = clock;
        exits.addAll(ahead);
        everlasting |= stays;
        rows.add(new Moment(clock, ++seq));
        return rows;
    }

    /** The rows of tiles that leave a window up to that watermark. */
    public List<Moment> watermark(long watermarkMillis) {
        List<Moment> rows = new ArrayList<>();
        while (!exits.isEmpty() && exits.first() <= watermarkMillis) {
            clockMillis = exits.pollFirst();
            rows.add(new Moment(clockMillis, ++seq));
        }
        return rows;
    }

    private boolean isEmpty() {
        return exits.isEmpty() && !everlasting;
    }

    /** When the event enters or leaves a window: the end of its tile plus an end of the window; the end of time for a lifetime. */
    private List<BigInteger> exits(long timeMillis) {
        List<BigInteger> found = new ArrayList<>();
        for (Window window : windows) {
            if (window.isLifetime()) {
                found.add(END_OF_TIME);
                continue;
            }
            BigInteger hop = BigInteger.valueOf(window.hopMillis());
            BigInteger time = BigInteger.valueOf(timeMillis);
            BigInteger endOfTile = time.subtract(time.mod(hop)).add(hop);
            for (int i = 0; i <= window.count(); i++) {
                long age = window.offsetMillis() + i * window.lengthMillis();
                if (age > 0) {
                    found.add(endOfTile.add(BigInteger.valueOf(age)));
                }
            }
        }
        return found;
    }
}
