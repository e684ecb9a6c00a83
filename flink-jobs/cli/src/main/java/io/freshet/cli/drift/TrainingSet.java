/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

import io.freshet.cli.CommandFailedException;
import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.drift.Profile;
import io.freshet.expression.Spelling;
import io.freshet.expression.ValueType;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableReader;
import io.freshet.table.TableSchema;
import io.freshet.table.Tables;
import io.freshet.training.TrainingOptions;
import io.freshet.training.TrainingSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of rows whose columns are named {@code <view>__<column>}, as training sets have them. Columns of the view that it
 * lacks have no data, and timestamps have none where no column tells of when.
 */
public final class TrainingSet {

    private final ViewPlan view;
    private final String file;
    private final List<String> names = new ArrayList<>();
    /** Places of the view's columns in what is read; -1 where the file has none. */
    private final int[] places;

    private int labelPlace = -1;
    private int timePlace = -1;

    private TrainingSet(ViewPlan view, String file) {
        this.view = view;
        this.file = file;
        places = new int[view.columns().size()];
        Arrays.fill(places, -1);
    }

    /**
     * Reads a file.
     *
     * @param label the column that says what happened; empty for none
     * @param time the column that timestamps are taken as ages against; empty for {@code <view>__as_of} or else {@code timestamp}
     */
    public static Side read(ViewPlan view, String file, Optional<String> label, Optional<String> time)
            throws CommandFailedException {
        TrainingSet set = new TrainingSet(view, file);
        try {
            try (TableReader all = Tables.open(file, ReadOptions.ALL)) {
                set.choose(all.schema(), label, time);
            }
            try (TableReader rows = Tables.open(file, new ReadOptions(set.names))) {
                return new Side(file, "rows", set.profile(rows));
            }
        } catch (IOException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    private void choose(TableSchema schema, Optional<String> label, Optional<String> time)
            throws CommandFailedException {
        String prefix = TrainingSchema.prefix(view.view().name());
        for (int i = 0; i < places.length; i++) {
            String name = prefix + view.columns().get(i).name();
            if (schema.indexOf(name) >= 0) {
                places[i] = select(name);
            }
        }
        if (names.isEmpty()) {
            throw CommandFailedException.wrongInput("Cannot compare '" + file + "': it has no column of view '"
                    + view.view().name() + "', expected names such as '" + prefix
                    + view.columns().get(0).name() + "'; it has " + String.join(", ", schema.names()));
        }
        if (label.isPresent()) {
            labelPlace = required(schema, label.get(), "--label");
        }
        if (time.isPresent()) {
            timePlace = required(schema, time.get(), "--time");
        } else {
            for (String name : List.of(
                    TrainingOptions.TIME_COLUMN, TrainingSchema.asOf(view.view().name()))) {
                timePlace = schema.indexOf(name) >= 0 ? select(name) : timePlace;
            }
        }
    }

    private int required(TableSchema schema, String name, String option) throws CommandFailedException {
        if (schema.indexOf(name) < 0) {
            throw CommandFailedException.wrongInput("Unknown column '" + name + "' of " + option + " in '" + file + "'"
                    + Spelling.suggestion(name, schema.names()));
        }
        return select(name);
    }

    private int select(String name) {
        if (!names.contains(name)) {
            names.add(name);
        }
        return names.indexOf(name);
    }

    private Profile profile(TableReader rows) throws IOException, CommandFailedException {
        Profile profile = new Profile(view, absent());
        for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
            try {
                profile.add(values(row, rows.schema()), time(row, rows.schema()), label(row));
            } catch (IllegalArgumentException e) {
                throw CommandFailedException.failed(
                        "Cannot read '" + file + "', row at " + rows.line() + ": " + e.getMessage());
            }
        }
        if (profile.rows() == 0) {
            throw CommandFailedException.failed("Cannot compare '" + file + "': it has no rows");
        }
        return profile;
    }

    private Set<String> absent() {
        Set<String> absent = new HashSet<>();
        for (int i = 0; i < places.length; i++) {
            Column column = view.columns().get(i);
            if (places[i] < 0 || timePlace < 0 && column.type().kind() == ValueType.Kind.TIMESTAMP) {
                absent.add(column.name());
            }
        }
        return absent;
    }

    private List<@Nullable Object> values(@Nullable Object[] row, TableSchema schema) {
        List<@Nullable Object> values = new ArrayList<>(places.length);
        for (int i = 0; i < places.length; i++) {
            Object cell = places[i] < 0 ? null : row[places[i]];
            Column column = view.columns().get(i);
            values.add(
                    cell == null
                            ? null
                            : Cells.value(cell, schema.columns().get(places[i]).type(), column.type()));
        }
        return values;
    }

    private long time(@Nullable Object[] row, TableSchema schema) {
        if (timePlace < 0) {
            return Profile.NO_TIME;
        }
        Object cell = row[timePlace];
        if (cell == null) {
            // No row of the view was found for it, and all its columns are null.
            return Profile.NO_TIME;
        }
        return (Long) Cells.value(cell, schema.columns().get(timePlace).type(), ValueType.TIMESTAMP);
    }

    private @Nullable Double label(@Nullable Object[] row) {
        Object cell = labelPlace < 0 ? null : row[labelPlace];
        return cell == null ? null : Cells.label(cell);
    }
}
