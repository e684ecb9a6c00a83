/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.metrics.ViewMetrics;
import io.freshet.reading.ReadPlan;
import io.freshet.reading.RequestValues;
import io.freshet.row.FeatureRow;
import io.freshet.row.OnlineFields;
import io.freshet.row.RowHead;
import io.freshet.row.RowOrigin;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.Tables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training set computes on demand is what a reader computes from the row as the online store has it. */
class OnDemandRowsTest {

    private static final String SCHEMA = """
            {"type": "record", "name": "Payment", "fields": [
              {"name": "card", "type": "string"}, {"name": "country", "type": "string"},
              {"name": "amount", "type": "double"},
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
            """;
    private static final String VIEW = """
            view: payments
            source: {topic: t, schema: Payment, event_time: time}
            entity: [card]
            windows: [1h]
            features:
              n: {count: "*"}
              amount_mean: {mean: amount}
              age: {time_since_last: "*"}
              faded: {decayed_sum: amount, half_life: 10m}
              last_country: {last: country}
            derived:
              is_recent: "age_1h < 600000"
            request: {amount: double, country: string, hops: long}
            on_demand:
              ratio: "request.amount / amount_mean_1h"
              abroad: "request.country != last_country_1h"
              each: "n_1h / request.hops"
              quick: "is_recent && request.amount > faded_1h"
              first: "amount_mean_1h == null ? request.amount : amount_mean_1h"
              hour: "now.getHours('Europe/Berlin')"
            """;
    private static final int ROWS = 5_000;

    @TempDir
    static Path folder;

    private static ViewText text;
    private static ViewPlan view;

    @BeforeAll
    static void plan() throws Exception {
        text = ViewText.of("payments.yaml", VIEW, new Schemas(Map.of("Payment", SCHEMA)));
        view = text.plan();
    }

    /** A row of the spine, and the row of its card, if there is one. */
    private record Case(long timeMillis, Map<String, @Nullable Object> request, Optional<FeatureRow> row) {}

    @Test
    void trainingSetAndReaderComputeTheSameOfThousandsOfRows() throws Exception {
        Random random = new Random(11);
        List<Case> cases = new java.util.ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            cases.add(next(random));
        }
        List<@Nullable Object[]> trained = train(cases, ReadPlan.names(view));

        for (int i = 0; i < ROWS; i++) {
            assertThat(trained.get(i)).as("row %s: %s", i, cases.get(i)).containsExactly(read(cases.get(i)));
        }
        int width = ReadPlan.names(view).size();
        for (int column = 0; column < width; column++) {
            int place = column;
            assertThat(trained).as(ReadPlan.names(view).get(column)).anyMatch(row -> row[place] != null);
        }
    }

    @Test
    void aValueThatWasWarmingTakesAlongWhatIsComputedFromIt() throws Exception {
        TrainingRequest request = request(write(List.of("a,1000,5.0,DE,1")), List.of("first", "hour"));
        BitSet leftOut = new BitSet();
        leftOut.set(0);
        Path out = folder.resolve("warming.parquet");
        try (TrainingRows rows = new TrainingRows(request, Tables.path(out.toString()))) {
            rows.add(new Match(0, 0, 900, new Object[] {null}, leftOut));
            rows.finish();
        }
        assertThat(features(out).get(0)).containsExactly(null, 1L);
    }

    @Test
    void aCellThatIsNoValueOfTheRequestsTypeIsToldWithItsRowBeforeAnythingStarts() throws Exception {
        TrainingRequest request =
                request(write(List.of("a,1000,5.0,DE,1", "a,1000,much,DE,1.5")), List.of("ratio", "each"));

        assertThatThrownBy(() -> SpineCheck.run(request.spine(), request.views()))
                .hasMessageEndingWith(": row 3, column 'sum': found 'much', expected a double");
    }

    private static Case next(Random random) {
        long asOf = 1_700_000_000_000L + random.nextInt(1_000_000_000);
        Map<String, @Nullable Object> request = new HashMap<>();
        request.put("amount", random.nextInt(8) == 0 ? null : (Object) (random.nextInt(2_000) / 10.0));
        request.put("country", random.nextInt(8) == 0 ? null : (random.nextBoolean() ? "DE" : "FR"));
        request.put("hops", random.nextInt(8) == 0 ? null : (Object) (long) random.nextInt(3));
        Optional<FeatureRow> row = random.nextInt(5) == 0 ? Optional.empty() : Optional.of(row(asOf, random));
        return new Case(asOf + random.nextInt(1_200_000), request, row);
    }

    private static FeatureRow row(long asOf, Random random) {
        Long age = random.nextInt(6) == 0 ? null : (Long) (long) random.nextInt(900_000);
        @Nullable
        Object[] values = {
            (long) random.nextInt(5),
            random.nextInt(6) == 0 ? null : (Object) (random.nextInt(3) * random.nextDouble() * 100),
            age,
            random.nextInt(6) == 0 ? null : (Object) (random.nextDouble() * 300),
            random.nextInt(6) == 0 ? null : "DE",
            age == null ? null : (Object) (age < 600_000)
        };
        return new FeatureRow("a", asOf, asOf + 5, 1, Long.MIN_VALUE, asOf, values);
    }

    /** As a model server has it: from the fields of the hash, at the moment of the request. */
    private static @Nullable Object[] read(Case asked) {
        ReadPlan plan = ReadPlan.all(view);
        OnlineFields fields = new OnlineFields(view);
        @Nullable
        Object[] values = asked.row()
                .map(row -> plan.later()
                        .at(fields.values(fields.of(row)).values().toArray(), asked.timeMillis() - row.asOfMillis()))
                .orElseGet(() -> new Object[view.columns().size()]);
        return plan.computation(ViewMetrics.NONE)
                .features(values, new BitSet(), RequestValues.of(plan.request(), asked.request()), asked.timeMillis());
    }

    private static List<@Nullable Object[]> train(List<Case> cases, List<String> wanted) throws Exception {
        List<String> lines = cases.stream().map(OnDemandRowsTest::line).toList();
        TrainingRequest request = request(write(lines), wanted);
        Path out = folder.resolve("train.parquet");
        try (TrainingRows rows = new TrainingRows(request, Tables.path(out.toString()))) {
            for (int i = 0; i < cases.size(); i++) {
                Optional<Match> match = match(i, cases.get(i));
                if (match.isPresent()) {
                    rows.add(match.get());
                }
            }
            rows.finish();
        }
        return features(out);
    }

    private static Optional<Match> match(int index, Case asked) {
        return asked.row().map(row -> {
            @Nullable Object[] values = new Object[row.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.value(i);
            }
            RowHead head = new RowHead(row.asOfMillis(), row.availableAtMillis(), 1, 1, RowOrigin.LIVE);
            Timeline timeline = new Timeline(
                    TrainingRequest.Rules.AS_SERVED,
                    Long.MAX_VALUE,
                    ReadPlan.all(view).later().forOneThread());
            timeline.add(new JoinItem.Sample(0, "a", head, values, new BitSet()));
            Timeline.Answer answer = timeline.at(asked.timeMillis()).orElseThrow();
            return new Match(index, 0, row.asOfMillis(), answer.values(), answer.leftOut());
        });
    }

    private static List<@Nullable Object[]> features(Path out) throws Exception {
        List<@Nullable Object[]> rows = new java.util.ArrayList<>();
        try (TableReader reader = Tables.open(Tables.path(out.toString()))) {
            for (@Nullable Object[] row = reader.next(); row != null; row = reader.next()) {
                rows.add(Arrays.copyOfRange(row, 6, row.length));
            }
        }
        return rows;
    }

    private static TrainingRequest request(Path spine, List<String> wanted) throws Exception {
        TrainingRequest.OfView of = TrainingRequest.OfView.of(text, wanted, List.of("card"), Map.of("amount", "sum"));
        try (TableReader reader = Tables.open(Tables.path(spine.toString()), TableFormat.CSV, ReadOptions.ALL)) {
            return new TrainingRequest(
                    new TrainingRequest.Spine(
                            spine.toString(), TableFormat.CSV, reader.schema(), "time", TimeForm.DEFAULT, 0),
                    List.of(of),
                    TrainingRequest.Rules.AS_SERVED,
                    new TrainingRequest.Output("unused", TableFormat.PARQUET));
        }
    }

    private static Path write(List<String> lines) throws Exception {
        return Files.writeString(
                Files.createTempFile(folder, "spine", ".csv"),
                "card,time,sum,country,hops\n" + String.join("\n", lines) + "\n");
    }

    private static String line(Case asked) {
        return "a," + asked.timeMillis() + "," + cell(asked.request().get("amount")) + ","
                + cell(asked.request().get("country")) + ","
                + cell(asked.request().get("hops"));
    }

    private static String cell(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
