/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.definition.Column;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The Avro schema of a view's history, made from its definition. */
public final class HistorySchema {

    /** Namespace of all history schemas. */
    public static final String NAMESPACE = "io.freshet.history";

    private static final Pattern LETTER_THAT_BEGINS_A_WORD = Pattern.compile("(?:^|_)([a-z])");

    private static final String RESERVED = "_";

    static final String INGESTED_AT = "_ingested_at";

    private static final List<String> ORIGINS =
            Arrays.stream(RowOrigin.values()).map(RowOrigin::name).toList();

    private HistorySchema() {}

    /**
     * The schema of a view's rows: the entity fields, what tells of the row (names that start with {@code _}), then one
     * field per column, null where the value is.
     */
    public static Schema of(ViewPlan plan) {
        List<Schema.Field> fields = new ArrayList<>();
        for (ViewPlan.Field key : plan.entity()) {
            fields.add(field(entityField(plan, key), type(key.type()), "Entity key: " + key.name() + " of the event."));
        }
        fields.add(field(OnlineKeys.AS_OF, timestamp(), "Event time at which the values are true, ms since 1970 UTC."));
        fields.add(field(
                OnlineKeys.AVAILABLE_AT, timestamp(), "From when a reader could have had the row, ms since 1970 UTC."));
        fields.add(field(OnlineKeys.SEQ, type(ValueType.LONG), "Number of the row among those of its entity."));
        fields.add(field(OnlineKeys.VERSION, Schema.create(Schema.Type.INT), "Version of the view."));
        fields.add(new Schema.Field(
                OnlineKeys.ORIGIN,
                Schema.createEnum("RowOrigin", "What made a row.", NAMESPACE, ORIGINS),
                "LIVE: written as the events came; BACKFILL: made later; BATCH: from files.",
                RowOrigin.LIVE.name()));
        fields.add(field(
                INGESTED_AT,
                Schema.createUnion(Schema.create(Schema.Type.NULL), timestamp()),
                "When Kafka took in the event that caused the row, wall clock, ms since 1970 UTC; of a view over files,"
                        + " from when that event was available; null where a tile left a window."));
        fields.add(field(
                OnlineKeys.WARMING,
                Schema.createArray(type(ValueType.STRING)),
                "Columns whose window reaches back to before all events were seen."));
        for (Column column : plan.columns()) {
            Schema nullable = Schema.createUnion(Schema.create(Schema.Type.NULL), type(column.type()));
            fields.add(new Schema.Field(
                    column.name(), nullable, doc(plan.view(), column), Schema.Field.NULL_DEFAULT_VALUE));
        }
        FeatureView view = plan.view();
        String doc =
                view.description().isEmpty() ? "History of the feature view " + view.name() + "." : view.description();
        return Schema.createRecord(camelCase(view.name()), doc, NAMESPACE, false, fields);
    }

    /**
     * Name of an entity field in the history: its last name. Where that is the last name of two, or the name of a column,
     * or starts with {@code _} as the names do that tell of the row, the place in the key and the whole path:
     * {@code _key2_user_id} for {@code user.id}, second of the key. The place alone keeps two such names apart:
     * {@code a.b_c} and {@code a_b.c} read the same once joined.
     */
    static String entityField(ViewPlan plan, ViewPlan.Field key) {
        String last = lastName(key);
        boolean isShared = plan.entity().stream()
                        .filter(other -> lastName(other).equals(last))
                        .count()
                > 1;
        boolean isColumn =
                plan.columns().stream().anyMatch(column -> column.name().equals(last));
        return isShared || isColumn || last.startsWith(RESERVED)
                ? RESERVED + "key" + (plan.entity().indexOf(key) + 1) + "_" + String.join("_", key.path())
                : last;
    }

    private static String lastName(ViewPlan.Field key) {
        return key.path().get(key.path().size() - 1);
    }

    private static String doc(FeatureView view, Column column) {
        if (column instanceof Column.Windowed windowed) {
            Column.Aggregate aggregate = windowed.aggregate();
            String of = view.features().stream()
                    .filter(feature -> column.name()
                            .equals(feature.name() + "_" + column.window().label()))
                    .map(HistorySchema::whatItCounts)
                    .findFirst()
                    .orElse("");
            return aggregate.function() + of + " over " + column.window().label() + unit(column) + ".";
        }
        return view.derived().stream()
                .filter(derived -> derived.name().equals(column.name()))
                .map(derived -> "Computed: " + derived.expression().text() + unit(column) + ".")
                .findFirst()
                .orElse("Computed" + unit(column) + ".");
    }

    private static String whatItCounts(FeatureView.Feature feature) {
        List<String> topics =
                feature.from().stream().map(FeatureView.Text::text).toList();
        return " of " + feature.input().text()
                + (topics.isEmpty() ? "" : " from " + String.join(", ", topics))
                + feature.where().map(where -> " where " + where.text()).orElse("");
    }

    private static String unit(Column column) {
        return column.type().kind() == ValueType.Kind.TIMESTAMP ? ", ms since 1970 UTC" : "";
    }

    private static Schema.Field field(String name, Schema type, String doc) {
        return new Schema.Field(name, type, doc);
    }

    private static Schema type(ValueType type) {
        return switch (type.kind()) {
            case LONG -> Schema.create(Schema.Type.LONG);
            case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
            case DECIMAL ->
                LogicalTypes.decimal(type.precision(), type.scale()).addToSchema(Schema.create(Schema.Type.BYTES));
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case STRING -> Schema.create(Schema.Type.STRING);
            case TIMESTAMP -> timestamp();
            case LIST -> Schema.createArray(Schema.createUnion(Schema.create(Schema.Type.NULL), type(type.element())));
            case MAP -> Schema.createMap(type(type.element()));
        };
    }

    private static Schema timestamp() {
        return LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    }

    /**
     * Two names never give the same: an underscore goes only where the letter behind it becomes a capital, which names of
     * views have none of; before a digit, another underscore or the end it stays.
     */
    static String camelCase(String name) {
        return LETTER_THAT_BEGINS_A_WORD
                .matcher(name)
                .replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }
}
