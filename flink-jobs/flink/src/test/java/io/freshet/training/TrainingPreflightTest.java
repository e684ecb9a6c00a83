/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that is wrong with a request is told before anything is started: no Kafka is asked in these tests. */
class TrainingPreflightTest {

    private static final String SCHEMA = """
            {"type": "record", "name": "Sale", "fields": [
             {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
             {"name": "shop", "type": "long"}, {"name": "item", "type": "string"},
             {"name": "price", "type": "double"}]}
            """;
    private static final String VIEW = """
            view: %s
            version: 1
            source: {topic: sales, schema: Sale, event_time: time}
            entity: %s
            windows: [1h, 1d]
            features:
              sales: {count: "*"}
              spent: {sum: price}
            """;

    @TempDir
    Path folder;

    private List<ViewText> views = List.of();

    @BeforeEach
    void define() throws Exception {
        Schemas schemas = new Schemas(Map.of("Sale", SCHEMA));
        views = List.of(
                ViewText.of("shops.yaml", VIEW.formatted("shops", "[shop]"), schemas),
                ViewText.of("items.yaml", VIEW.formatted("items", "[shop, item]"), schemas));
    }

    @Test
    void unknownViewsAndFeaturesAreNamedWithThoseThereAre() throws Exception {
        Path spine = spine("shop,item,timestamp", "1,a,2026-01-01T00:00:00Z");

        refused(spine, "shop").hasMessage("Unknown view 'shop' in --views (known: items, shops)");
        refused(spine, "shops:sale")
                .hasMessage("Unknown feature 'sale' of view 'shops' (known: sales_1h, sales_1d, spent_1h, spent_1d)");
        refused(spine, "shops:sales,itmes")
                .hasMessage("Unknown feature 'itmes' of view 'shops' (known: sales_1h, sales_1d, spent_1h, spent_1d)");
        refused(spine, "shops,shops").hasMessage("View 'shops' is named twice in --views");
        refused(spine, "").hasMessage("Unknown view '' in --views (known: items, shops)");
    }

    @Test
    void featuresStandForTheirWindowsAndColumnsForThemselves() throws Exception {
        assertThat(WantedViews.read("shops:spent_1d,sales,items", views).values())
                .containsExactly(
                        List.of("sales_1h", "sales_1d", "spent_1d"),
                        List.of("sales_1h", "sales_1d", "spent_1h", "spent_1d"));
        assertThat(WantedViews.read("items,shops:spent", views).values())
                .containsExactly(
                        List.of("sales_1h", "sales_1d", "spent_1h", "spent_1d"), List.of("spent_1h", "spent_1d"));
    }

    @Test
    void aSpineWithoutTheColumnsOfTheEntityOrTheTimeIsRefused() throws Exception {
        Path spine = spine("shop,when", "1,2026-01-01T00:00:00Z");

        refused(spine, "shops")
                .hasMessage(spine + ": there is no column 'timestamp' of times (there are: shop, when); say which with"
                        + " --as-of-column");
        refused(spine("shop,timestamp", "1,2026-01-01T00:00:00Z"), "items")
                .hasMessageEndingWith(": there is no column 'item' for the entity of view 'items' (there are: shop,"
                        + " timestamp); name it with --key item=COLUMN");
    }

    @Test
    void wrongTimesAndKeysAreToldWithTheirRows() throws Exception {
        Path spine = spine(
                "shop,item,timestamp",
                "1,a,2026-01-01T00:00:00Z",
                "1,a,yesterday",
                "one,a,2026-01-01T00:00:00Z",
                "1,a,2026-01-01 00:00:00");

        refused(spine, "items")
                .hasMessage(spine + ": row 3, column 'timestamp': Cannot read 'yesterday' as a time, expected one as"
                        + " 2026-01-31T12:00:00Z or 2026-01-31 13:00:00+01:00\n"
                        + spine + ": row 4, column 'shop': Cannot read 'one', expected a long\n"
                        + spine + ": row 5, column 'timestamp': Cannot read '2026-01-01T00:00' as a time: it names no"
                        + " zone; say which with --time-zone, such as UTC or Europe/Berlin");
    }

    @Test
    void secondsTakenForMillisecondsAreNoticedAndSoAreMicroseconds() throws Exception {
        Path seconds = spine("shop,timestamp", "1,1767225600", "2,1767225601");
        Path micros = spine("shop,timestamp", "1,1767225600000000");

        refused(seconds, "shops")
                .hasMessage(seconds + ": the times in column 'timestamp' all lie before 1973 when read in ms; are they"
                        + " seconds? Then say --time-unit s");
        refused(micros, "shops")
                .hasMessageEndingWith(
                        "all lie behind the year 5000 when read in ms; are they of a smaller unit? Then say"
                                + " --time-unit ms, us or ns");
        assertThatThrownBy(() -> run(options(seconds, "shops", new TimeForm(TimeUnit.SECONDS, null), Optional.empty())))
                .as("only Kafka is missing now")
                .isNotInstanceOf(TrainingException.class);
    }

    @Test
    void anOutputThatIsThereIsNotReplacedUnasked() throws Exception {
        Path spine = spine("shop,timestamp", "1,2026-01-01T00:00:00Z");
        Path out = Files.writeString(folder.resolve("out.csv"), "precious");

        refused(spine, "shops").hasMessage("Cannot write " + out + ": it is there already; --overwrite replaces it");
        assertThat(out).hasContent("precious");
    }

    @Test
    void formatsFoldersAndEmptySpinesAreChecked() throws Exception {
        Path spine = spine("shop,timestamp", "1,2026-01-01T00:00:00Z");
        String out = folder.resolve("nowhere").resolve("out.csv").toString();

        assertThatThrownBy(() -> run(TrainingOptions.of(spine.toString(), "shops", out)))
                .hasMessageStartingWith("Cannot write " + out + ": there is no folder ");
        assertThatThrownBy(() -> run(TrainingOptions.of("labels.xls", "shops", folder + "/out.csv")))
                .hasMessageStartingWith("Cannot tell the format of --spine labels.xls from its name");
        refused(spine("shop,timestamp"), "shops").hasMessageEndingWith(": there are no rows");
        refused(folder.resolve("missing.csv"), "shops").hasMessageContaining("missing.csv");
    }

    @Test
    void aDelayOfNothingWouldLetTheLabelledEventIn() throws Exception {
        Path spine = spine("shop,timestamp", "1,2026-01-01T00:00:00Z");

        assertThatThrownBy(() -> run(options(spine, "shops", TimeForm.DEFAULT, Optional.of(Duration.ZERO))))
                .hasMessage(
                        "Cannot read features without any delay: the labelled event itself would be in them; expected"
                                + " a --delay above 0");
    }

    @Test
    void aColumnWithTheNameOfAFeatureIsRefused() throws Exception {
        Path spine = spine("shop,timestamp,shops__sales_1h", "1,2026-01-01T00:00:00Z,3");

        refused(spine, "shops")
                .hasMessageEndingWith(
                        ": column 'shops__sales_1h' has the name of a feature; a training set would have it twice");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(Path spine, String wanted) {
        return assertThatThrownBy(() -> run(TrainingOptions.of(
                        spine.toString(), wanted, folder.resolve("out.csv").toString())))
                .isInstanceOf(TrainingException.class);
    }

    private TrainingOptions options(Path spine, String wanted, TimeForm times, Optional<Duration> delay) {
        return new TrainingOptions(
                spine.toString(),
                wanted,
                folder.resolve("out.csv").toString(),
                TrainingOptions.TIME_COLUMN,
                times,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                delay,
                Duration.ZERO,
                false,
                false,
                Map.of(),
                Ages.READ,
                false);
    }

    private void run(TrainingOptions options) throws Exception {
        FreshetConfig config = FreshetConfig.of("test", "", Map.of(), Map.of("kafka.bootstrap", "nowhere"));
        TrainingPreflight.run(new Properties(), config, views, options);
    }

    private Path spine(String... lines) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "spine", ".csv"), String.join("\n", lines) + "\n");
    }
}
