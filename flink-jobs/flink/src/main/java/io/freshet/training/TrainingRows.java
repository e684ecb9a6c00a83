/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.metrics.ViewMetrics;
import io.freshet.reading.FeatureComputation;
import io.freshet.reading.ReadPlan;
import io.freshet.table.CellType;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableReader;
import io.freshet.table.TableSchema;
import io.freshet.table.TableWriter;
import io.freshet.table.Tables;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes a training set: reads the spine once more, row by row, and lays beside each row what the views gave it. Matches
 * must come in the order of the spine. Used by one thread.
 */
final class TrainingRows implements Closeable {

    private static final BitSet NOTHING_LEFT_OUT = new BitSet();

    private final TrainingRequest.Spine form;
    private final TableReader spine;
    private final TableWriter out;
    private final List<OfView> views = new ArrayList<>();
    private final SpineCells questions;
    private final long horizonMillis;
    private final @Nullable CellType[] casts;
    private final @Nullable Object[] row;
    private final @Nullable Match[] matches;
    private @Nullable Object @Nullable [] cells;
    private long index = -1;

    /**
     * What is computed of one view.
     *
     * @param start place of its first column in the training set
     * @param nothing the values of an entity without a row
     * @param onDemand whether something is computed on demand
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record OfView(
            FeatureComputation computation,
            int start,
            @Nullable Object[] nothing,
            boolean onDemand) {}

    /**
     * Opens the spine, and creates the file.
     *
     * @param file where to write
     */
    TrainingRows(TrainingRequest request, Path file) throws IOException {
        form = request.spine();
        TableSchema schema = TrainingSchema.of(request);
        horizonMillis = request.rules().horizonMillis();
        int next = form.schema().columns().size();
        for (TrainingRequest.OfView view : request.views()) {
            ReadPlan plan = view.readPlan();
            views.add(new OfView(
                    plan.computation(ViewMetrics.NONE),
                    next,
                    new Object[view.columns().size()],
                    plan.isOnDemand()));
            next += 1 + view.features().size();
        }
        row = new Object[next];
        matches = new Match[views.size()];
        spine = Tables.open(
                Tables.path(form.path()),
                form.format(),
                new ReadOptions(new ArrayList<>(form.schema().names())));
        casts = casts(spine.schema(), form.schema());
        questions = new SpineCells(form, request.views(), spine.schema());
        try {
            out = Tables.create(file, request.out().format(), schema);
        } catch (IOException | RuntimeException e) {
            spine.close();
            throw e;
        }
    }

    /** Takes the next match, of the row of the last one or of a later one. */
    void add(Match match) throws IOException {
        if (match.index() < index) {
            throw new IllegalStateException(
                    "Cannot write row " + match.index() + " of the training set behind row " + index);
        }
        while (index < match.index()) {
            if (!next()) {
                throw new TableException(form.path() + " changed while it was read: it has fewer rows than before");
            }
        }
        matches[match.view()] = match;
    }

    /** Writes what is left of the spine. The file is whole after {@link #close}. */
    void finish() throws IOException {
        while (next()) {
            // each call writes the row before
        }
    }

    /** Writes the row that is complete, and goes to the next. */
    private boolean next() throws IOException {
        @Nullable Object @Nullable [] known = cells;
        if (known != null) {
            complete(known);
            out.write(row);
        }
        Arrays.fill(matches, null);
        known = spine.next();
        cells = known;
        index++;
        return known != null;
    }

    private void complete(@Nullable Object[] known) throws TableException {
        Arrays.fill(row, null);
        for (int i = 0; i < known.length; i++) {
            row[i] = typed(known[i], i);
        }
        for (int i = 0; i < views.size(); i++) {
            Match match = matches[i];
            if (match != null || (views.get(i).onDemand() && questions.key(i, known, spine.line()) != null)) {
                fill(i, match, known);
            }
        }
    }

    /** Lays what a view gives beside the row; what is computed on demand has a value for an entity without a row, too. */
    private void fill(int position, @Nullable Match match, @Nullable Object[] known) throws TableException {
        OfView view = views.get(position);
        Long time = view.onDemand() ? questions.timeMillis(known, spine.line()) : (Long) 0L;
        if (time == null) {
            return;
        }
        @Nullable Object[] values = match == null ? view.nothing() : match.values();
        BitSet leftOut = match == null ? NOTHING_LEFT_OUT : match.leftOut();
        @Nullable Object[] request = questions.request(position, known, spine.line());
        @Nullable Object[] features = view.computation().features(values, leftOut, request, time - horizonMillis);
        row[view.start()] = match == null ? null : (Object) match.asOfMillis();
        System.arraycopy(features, 0, row, view.start() + 1, features.length);
    }

    /** By column, the type that its texts are to be read as; null where cells are what they must be. */
    private static @Nullable CellType[] casts(TableSchema found, TableSchema wanted) {
        @Nullable CellType[] casts = new CellType[wanted.columns().size()];
        for (int i = 0; i < casts.length; i++) {
            CellType type = wanted.columns().get(i).type();
            casts[i] = found.columns().get(i).type().equals(type) ? null : type;
        }
        return casts;
    }

    /** A cell of a text file as a value of the type that the training set gives its column. */
    private @Nullable Object typed(@Nullable Object cell, int column) {
        CellType type = casts[column];
        return type != null && cell instanceof String text ? Tables.cast(text, type) : cell;
    }

    @Override
    public void close() throws IOException {
        try (spine) {
            out.close();
        }
    }
}
