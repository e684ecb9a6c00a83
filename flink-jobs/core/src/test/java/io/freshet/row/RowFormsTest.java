/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.ValueType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A row means the same in memory, in the online store and in the history. */
class RowFormsTest {

    private static final int ROUNDS = 2_000;

    private final ViewPlan plan = AllTypes.plan(6);

    @Test
    void everyRowComesBackFromTheHistory() {
        Random random = new Random(11);
        for (int keys = 1; keys <= 6; keys++) {
            ViewPlan view = AllTypes.plan(keys);
            RowCodec codec = new RowCodec(view);
            for (int round = 0; round < ROUNDS; round++) {
                FeatureRow row = AllTypes.row(random, view);
                RowOrigin origin = RowOrigin.values()[random.nextInt(RowOrigin.values().length)];

                assertThat(codec.decode(codec.encode(row, origin)))
                        .isEqualTo(new HistoryRow(
                                row.entity(),
                                row.asOfMillis(),
                                row.availableAtMillis(),
                                row.seq(),
                                3,
                                origin,
                                row.ingestedAtMillis(),
                                new Warming(view.columns()).columns(row),
                                values(row)));
            }
        }
    }

    @Test
    void theBytesOfARowAreThoseOfAvrosOwnWriter() throws IOException {
        Random random = new Random(15);
        for (int keys = 1; keys <= 6; keys++) {
            ViewPlan view = AllTypes.plan(keys);
            RowCodec codec = new RowCodec(view);
            GenericRows reference = new GenericRows(view);
            for (int round = 0; round < ROUNDS; round++) {
                FeatureRow row = AllTypes.row(random, view);

                assertThat(codec.encode(row, RowOrigin.BACKFILL)).isEqualTo(reference.encode(row));
            }
            FeatureRow caused = AllTypes.row(random, view);
            FeatureRow expired = new FeatureRow(
                    caused.entity(),
                    1,
                    2,
                    3,
                    4,
                    FeatureRow.NO_EVENT,
                    new Object[view.columns().size()]);
            assertThat(codec.encode(expired, RowOrigin.BACKFILL)).isEqualTo(reference.encode(expired));
        }
    }

    @Test
    void entityFieldsNeverShareANameWithEachOtherOrAColumnOrWhatTellsOfTheRow() {
        List<List<String>> paths = List.of(
                List.of("user"),
                List.of("a", "b_c", "x"),
                List.of("a_b", "c", "x"),
                List.of("_seq"),
                List.of("n_1h"),
                List.of("_key6_n_1h"));
        List<ViewPlan.Field> key = paths.stream()
                .map(path -> new ViewPlan.Field(path, ValueType.STRING))
                .toList();
        ViewPlan.SourcePlan topic = plan.sources().get(0);
        ViewPlan.SourcePlan keyed = new ViewPlan.SourcePlan(
                topic.source(), topic.schema(), topic.eventTime(), key, topic.where(), List.of(), List.of());
        ViewPlan view = new ViewPlan(plan.view(), List.of(keyed), plan.columns());

        List<String> names = HistorySchema.of(view).getFields().stream()
                .map(Schema.Field::name)
                .toList();

        assertThat(names).doesNotHaveDuplicates();
        assertThat(names)
                .startsWith("user", "_key2_a_b_c_x", "_key3_a_b_c_x", "_key4__seq", "_key5_n_1h", "_key6__key6_n_1h");
        assertThat(names).contains("_seq", "n_1h");
    }

    @Test
    void everyRowComesBackFromTheOnlineStore() {
        Random random = new Random(12);
        OnlineFields online = new OnlineFields(plan);
        for (int round = 0; round < ROUNDS; round++) {
            FeatureRow row = AllTypes.row(random, plan);
            Map<String, String> fields = online.of(row);

            assertThat(new ArrayList<>(online.values(fields).values())).isEqualTo(values(row));
            assertThat(OnlineFields.warming(fields)).isEqualTo(new Warming(plan.columns()).columns(row));
            assertThat(fields.keySet().stream().limit(5))
                    .containsExactly("_as_of", "_available_at", "_seq", "_version", "_warming");
        }
    }

    @Test
    void viewsOfDifferentNamesHaveHistoriesOfDifferentNames() {
        List<String> names = List.of("ab", "a_b", "a__b", "a_b_", "a_b__", "a1b", "a_1b", "a_1_b", "a1_b", "a_");
        assertThat(names.stream().map(HistorySchema::camelCase))
                .doesNotHaveDuplicates()
                .startsWith("Ab", "AB");
        assertThat(HistorySchema.camelCase("user_activity")).isEqualTo("UserActivity");
    }

    @Test
    void aNullIsAnAbsentFieldOnline() {
        FeatureRow row = new FeatureRow(
                "k", 1, 2, 3, Long.MIN_VALUE, 4, new Object[plan.columns().size()]);

        assertThat(new OnlineFields(plan).of(row))
                .isEqualTo(Map.of("_as_of", "1", "_available_at", "2", "_seq", "3", "_version", "3", "_warming", ""));
    }

    @Test
    void textThatIsNoValueIsRefusedByTheNameOfItsColumn() {
        assertThatThrownBy(() -> new OnlineFields(plan).values(Map.of("last_boolean_1m", "yes")))
                .hasMessage("Cannot read column 'last_boolean_1m' of the online store: "
                        + "Cannot read 'yes', expected true or false");
    }

    @Test
    void differentKeysNeverShareATextAndEachComesBack() {
        Random random = new Random(13);
        Map<String, List<Object>> seen = new java.util.HashMap<>();
        for (int round = 0; round < 10 * ROUNDS; round++) {
            List<Object> key = plan.entity().stream()
                    .map(field -> AllTypes.value(random, field.type()))
                    .toList();
            String text = EntityKey.format(key);

            assertThat(EntityKey.parse(text, plan.entity())).isEqualTo(key);
            assertThat(seen.getOrDefault(text, key)).isEqualTo(key);
            seen.put(text, key);
        }
        assertThat(EntityKey.format(List.of("a|b\\"))).isEqualTo("a|b\\");
        assertThat(EntityKey.format(List.of("a|b\\", 7L))).isEqualTo("a\\|b\\\\|7");
    }

    @Test
    void textThatIsNoKeyIsRefused() {
        List<ViewPlan.Field> two = AllTypes.plan(2).entity();

        assertThatThrownBy(() -> EntityKey.parse("a|1|2", two))
                .hasMessage("Cannot read the entity key 'a|1|2': found 3 parts, expected 2 (key.k0, key.k1)");
        assertThatThrownBy(() -> EntityKey.parse("a|1\\", two)).hasMessageContaining("ends within an escape");
        assertThatThrownBy(() -> EntityKey.parse("a|x", two)).hasMessage("Cannot read 'x', expected a timestamp");
    }

    @Test
    void bytesThatAreNoRowAreRefused() {
        assertThatThrownBy(() -> new RowCodec(plan).decode(new byte[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot read a row of the history of view 'all_types': ")
                .hasMessageEndingWith("expected schema io.freshet.history.AllTypes of version 3");
    }

    @Test
    void rowsOfAnEarlierDefinitionAreReadOnceItsSchemaIsKnownAndLackTheNewColumns() {
        List<Column> fewer = plan.columns().subList(0, 9);
        ViewPlan earlier = new ViewPlan(plan.view(), plan.sources(), fewer);
        FeatureRow row = AllTypes.row(new Random(14), earlier);
        byte[] bytes = new RowCodec(earlier).encode(row, RowOrigin.LIVE);
        RowCodec codec = new RowCodec(plan);

        assertThatThrownBy(() -> codec.decode(bytes)).hasMessageContaining("Cannot resolve schema for fingerprint");
        codec.alsoReads(HistorySchema.of(earlier));

        List<@Nullable Object> expected = values(row);
        expected.add(null);
        expected.add(null);
        assertThat(codec.decode(bytes).values()).isEqualTo(expected);
        List<String> warming =
                new ArrayList<>(new RowCodec(earlier).decode(bytes).warming());
        warming.add(plan.columns().get(9).name());
        warming.add(plan.columns().get(10).name());
        assertThat(codec.decode(bytes).warming()).containsExactlyInAnyOrderElementsOf(warming);
    }

    @Test
    void theHeadOfARowIsReadWithoutItsValues() {
        Random random = new Random(16);
        for (int keys = 1; keys <= 6; keys++) {
            ViewPlan view = AllTypes.plan(keys);
            RowCodec codec = new RowCodec(view);
            RowHeads heads = new RowHeads(codec.schema());
            for (int round = 0; round < ROUNDS; round++) {
                FeatureRow row = AllTypes.row(random, view);

                assertThat(heads.read(codec.encode(row, RowOrigin.BATCH)))
                        .isEqualTo(
                                new RowHead(row.asOfMillis(), row.availableAtMillis(), row.seq(), 3, RowOrigin.BATCH));
            }
        }
    }

    @Test
    void theHeadOfARowOfAnUnknownSchemaIsRefused() {
        byte[] bytes = new RowCodec(plan).encode(AllTypes.row(new Random(17), plan), RowOrigin.LIVE);
        RowHeads heads = new RowHeads(HistorySchema.of(AllTypes.plan(2)));

        assertThatThrownBy(() -> heads.read(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot read a row of the history: its schema, fingerprint ");
        assertThatThrownBy(() -> heads.read(new byte[] {1, 2, 3}))
                .hasMessage("Cannot read a row of the history: it does not start as an Avro single object");
    }

    @Test
    void theSchemaOfTheHistorySaysWhatEachFieldIs() {
        Schema schema = HistorySchema.of(plan);

        assertThat(schema.getFullName()).isEqualTo("io.freshet.history.AllTypes");
        assertThat(schema.getFields())
                .allSatisfy(field -> assertThat(field.doc()).isNotBlank());
        assertThat(schema.getField("k0").schema())
                .isEqualTo(SchemaBuilder.builder().stringType());
        assertThat(schema.getField("n_1h").doc()).isEqualTo("count of * where event.ok over 1h.");
        assertThat(schema.getField("quotient").doc()).isEqualTo("Computed: n_lifetime / n_1h.");
        assertThat(schema.getField("n_1h").hasDefaultValue()).isTrue();
        assertThat(new Schema.Parser().parse(schema.toString())).isEqualTo(schema);
    }

    private static List<@Nullable Object> values(FeatureRow row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            values.add(row.value(i));
        }
        return values;
    }
}
