/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.archive.ArchiveException;
import io.freshet.archive.ArchiveFile;
import io.freshet.archive.ArchiveReader;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.OnDemandPlan;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.history.HistorySource;
import io.freshet.reading.ReadPlan;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSchema;
import io.freshet.table.Tables;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Checks what a user asks for before anything is started: files, columns, times, views, histories. */
public final class TrainingPreflight {

    private static final Duration KAFKA_LIMIT = Duration.ofSeconds(20);

    private final TrainingOptions options;

    private TrainingPreflight(TrainingOptions options) {
        this.options = options;
    }

    /**
     * Checks everything, and looks at the whole spine.
     *
     * @param kafka settings of Kafka's clients
     * @param config settings of the deployment
     * @param views all views there are
     * @throws TrainingException if what was asked for cannot be had; it says why
     * @throws IOException if the spine cannot be read
     * @throws org.apache.kafka.common.KafkaException if the histories cannot be read
     */
    public static TrainingPlan run(
            Properties kafka, FreshetConfig config, List<ViewText> views, TrainingOptions options)
            throws TrainingException, IOException {
        return new TrainingPreflight(options).plan(kafka, config, views);
    }

    private TrainingPlan plan(Properties kafka, FreshetConfig config, List<ViewText> views)
            throws TrainingException, IOException {
        Map<ViewText, List<String>> wanted = WantedViews.read(options.views(), views);
        TrainingRequest.Output out = output();
        TableFormat format = format(options.spine(), "--spine");
        TableSchema schema;
        try {
            schema = schema(format, out.format());
        } catch (TableException e) {
            throw new TrainingException("Cannot read the spine: " + e.getMessage(), e);
        }
        if (schema.indexOf(options.timeColumn()) < 0) {
            throw new TrainingException(options.spine() + ": there is no column '" + options.timeColumn()
                    + "' of times (there are: " + String.join(", ", schema.names())
                    + "); say which with --as-of-column");
        }
        List<TrainingRequest.OfView> ofViews = new ArrayList<>();
        for (Map.Entry<ViewText, List<String>> each : wanted.entrySet()) {
            ViewPlan view = each.getKey().plan();
            TrainingRequest.OfView of = TrainingRequest.OfView.of(
                    each.getKey(),
                    each.getValue(),
                    keyColumns(view, schema),
                    requestColumns(ReadPlan.of(view, each.getValue()), schema));
            ofViews.add(options.served() ? of.ofServed(servedColumns(of.name(), schema)) : of);
        }
        checkNames(schema, ofViews);
        TrainingRequest.Spine spine =
                new TrainingRequest.Spine(options.spine(), format, schema, options.timeColumn(), options.times(), 0);
        SpineSummary summary = SpineCheck.run(spine, ofViews);
        TrainingRequest request = new TrainingRequest(
                new TrainingRequest.Spine(
                        spine.path(), format, schema, spine.timeColumn(), spine.times(), summary.rows()),
                ofViews,
                rules(),
                out);
        return new TrainingPlan(request, summary, pasts(kafka, config, ofViews));
    }

    private TrainingRequest.Output output() throws TrainingException, IOException {
        TableFormat format = format(options.out(), "--out");
        Path place = Tables.path(options.out());
        FileSystem files = place.getFileSystem();
        if (files.exists(place) && !options.overwrite()) {
            throw new TrainingException(
                    "Cannot write " + options.out() + ": it is there already; --overwrite replaces it");
        }
        Path folder = place.getParent();
        if (folder != null && !folder.toString().isEmpty() && !files.exists(folder)) {
            throw new TrainingException("Cannot write " + options.out() + ": there is no folder " + folder);
        }
        return new TrainingRequest.Output(options.out(), format);
    }

    private static TableFormat format(String path, String option) throws TrainingException {
        return TableFormat.of(Tables.path(path).getName())
                .orElseThrow(() -> new TrainingException("Cannot tell the format of " + option + " " + path
                        + " from its name, expected one that ends in " + TableFormat.ENDINGS));
    }

    /** A text file's cells stay as they are in a text file; elsewhere they get the type that fits all. */
    private TableSchema schema(TableFormat format, TableFormat out) throws IOException {
        Path spine = Tables.path(options.spine());
        if (format != TableFormat.PARQUET && out != TableFormat.CSV) {
            return Tables.inferText(spine, format);
        }
        try (TableReader reader = Tables.open(spine, format, ReadOptions.ALL)) {
            return reader.schema();
        }
    }

    private List<String> keyColumns(ViewPlan plan, TableSchema schema) throws TrainingException {
        List<String> columns = new ArrayList<>();
        for (ViewPlan.Field field : plan.entity()) {
            String view = plan.view().name();
            String last = field.path().get(field.path().size() - 1);
            String column = options.keys()
                    .getOrDefault(view + "." + field.name(), options.keys().getOrDefault(field.name(), last));
            if (schema.indexOf(column) < 0) {
                throw new TrainingException(options.spine() + ": there is no column '" + column
                        + "' for the entity of view '" + view + "' (there are: "
                        + String.join(", ", schema.names()) + "); name it with --key " + field.name() + "=COLUMN");
            }
            columns.add(column);
        }
        return columns;
    }

    /** The spine's column of each request field that a wanted feature reads. */
    private Map<String, String> requestColumns(ReadPlan plan, TableSchema schema) throws TrainingException {
        String view = plan.view().view().name();
        Map<String, String> columns = new HashMap<>();
        for (OnDemandPlan.RequestField field : plan.request()) {
            String name = field.name();
            String logged = TrainingSchema.REQUEST + name;
            String column = options.requests()
                    .getOrDefault(
                            view + "." + name,
                            options.requests().getOrDefault(name, schema.indexOf(logged) < 0 ? name : logged));
            if (schema.indexOf(column) < 0) {
                throw new TrainingException(options.spine() + ": there is no column '" + column
                        + "' for '" + name + "' of the request, which features of view '" + view
                        + "' are computed from on demand (there are: " + String.join(", ", schema.names())
                        + "); name it with --request " + name + "=COLUMN, or name the features of the view that are"
                        + " wanted without those");
            }
            columns.put(name, column);
        }
        return columns;
    }

    /** The columns of a log that say which row of a view was served. */
    private List<String> servedColumns(String view, TableSchema schema) throws TrainingException {
        List<String> columns = TrainingSchema.served(view);
        for (String column : columns) {
            if (schema.indexOf(column) < 0) {
                throw new TrainingException(options.spine() + ": there is no column '" + column
                        + "', which says what was served of view '" + view + "' (there are: "
                        + String.join(", ", schema.names()) + "); without a log of what was served, use --spine");
            }
        }
        return columns;
    }

    private void checkNames(TableSchema schema, List<TrainingRequest.OfView> views) throws TrainingException {
        for (TableSchema.Column column : TrainingSchema.ofViews(views)) {
            if (schema.indexOf(column.name()) >= 0) {
                throw new TrainingException(options.spine() + ": column '" + column.name()
                        + "' has the name of a feature; a training set would have it twice");
            }
        }
    }

    private TrainingRequest.Rules rules() throws TrainingException {
        if (options.served() && !options.horizon().isZero()) {
            throw new TrainingException("Cannot use --horizon with --served: what was served is of its own time");
        }
        if (options.delay().filter(Duration::isZero).isPresent()) {
            throw new TrainingException("Cannot read features without any delay: the labelled event itself would be in"
                    + " them; expected a --delay above 0");
        }
        return new TrainingRequest.Rules(
                options.maxAge().map(Duration::toMillis).orElse(Long.MAX_VALUE),
                options.delay().map(Duration::toMillis).orElse(TrainingRequest.Rules.AS_WRITTEN),
                options.horizon().toMillis(),
                options.keepWarming(),
                options.ages());
    }

    private List<ViewPast> pasts(Properties kafka, FreshetConfig config, List<TrainingRequest.OfView> views)
            throws TrainingException, IOException {
        List<ViewPast> pasts = new ArrayList<>();
        for (int i = 0; i < views.size(); i++) {
            pasts.add(past(kafka, config, views.get(i).text().plan(), i));
        }
        return pasts;
    }

    private ViewPast past(Properties kafka, FreshetConfig config, ViewPlan plan, int position)
            throws TrainingException, IOException {
        String view = plan.view().name();
        Optional<ArchiveReader> archive = Optional.empty();
        if (options.archive().isPresent()) {
            try {
                archive = Optional.of(
                        ArchiveReader.open(Tables.path(options.archive().get()), view));
            } catch (ArchiveException e) {
                throw new TrainingException(String.valueOf(e.getMessage()), e);
            }
        }
        Map<Integer, Long> from =
                archive.map(known -> known.nextOffsets(kafka, KAFKA_LIMIT)).orElse(Map.of());
        Optional<HistorySource.Bounded> topic;
        try {
            topic = Optional.of(HistorySource.of(kafka, config.namespace(), plan, position, from));
        } catch (IllegalArgumentException e) {
            if (archive.isEmpty()) {
                throw new TrainingException(String.valueOf(e.getMessage()), e);
            }
            // Kafka may have lost what the archive still has.
            topic = Optional.empty();
        }
        return new ViewPast(
                topic,
                archive.map(files -> new ViewPast.Archive(
                        options.archive().orElseThrow(),
                        files.files().stream().map(ArchiveFile::name).toList(),
                        files.rows())));
    }
}
